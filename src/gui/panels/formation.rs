//! The part of the selection panel about a formation: its mission, its men, what is under it, and
//! the order that can be given to the whole of it.

use super::{gauge, words};
use crate::{
    battle::{Bin, FormationMission, MissionPosture, Order},
    gui::{
        intent::Intent,
        picture::Counter,
        session::Session,
        theme::{self, Mark},
    },
    report::{grouped, place},
    scenario::{FormationId, Hex, UnitId},
};
use bevy_egui::egui::{Button, ComboBox, Frame, Id, Label, RichText, ScrollArea, TextEdit, Ui};

/// The order being written, kept while the panel is open.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    posture: MissionPosture,
    objective: Option<Hex>,
    may_withdraw: bool,
    search: String,
}

/// Shows a formation.
pub fn show(ui: &mut Ui, session: &Session, chosen: FormationId, wanted: &mut Vec<Intent>) {
    let scenario = session.scenario();
    let Some(formation) = scenario.formations().get(chosen.0 as usize) else {
        return;
    };
    Frame::new()
        .fill(theme::side_ground(formation.side))
        .inner_margin(5.0)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(RichText::new(&formation.name).heading()).wrap());
            let kind = format!(
                "{} {}",
                formation.side.adjective(),
                words::echelon(formation.echelon)
            );
            ui.label(RichText::new(kind).small());
        });
    if !formation.commander.is_empty() {
        gauge::row(ui, "commander", &formation.commander, "");
    }
    if let Some(parent) = formation.parent {
        let name = &scenario.formation(parent).name;
        if gauge::link(ui, name, "The formation above it; click to select it.") {
            wanted.push(Intent::SelectFormation(parent));
        }
    }
    if !session.seat().sees(formation.side) {
        ui.label("What it does is not known to your side.");
        return;
    }
    gauge::heading(ui, "Men");
    if let Some(men) = session.picture.formation_men.get(chosen.0 as usize) {
        for bin in Bin::ALL.into_iter().filter(|b| men.men(*b) > 0) {
            gauge::row(
                ui,
                words::bin(bin),
                &grouped(men.men(bin)),
                &format!(
                    "Of all units under it.\nSource: {} ({})",
                    formation.source,
                    words::confidence(formation.confidence)
                ),
            );
        }
    }
    mission(ui, session, chosen);
    if session.seat().commands(formation.side) {
        commission(ui, session, chosen, wanted);
    }
    units(ui, session, chosen, wanted);
}

fn mission(ui: &mut Ui, session: &Session, chosen: FormationId) {
    gauge::heading(ui, "Mission");
    let mission = session
        .picture
        .missions
        .get(chosen.0 as usize)
        .copied()
        .flatten();
    match mission {
        Some(mission) => {
            ui.label(words::capital(&intended(session, &mission)))
                .on_hover_text(words::mission_meaning(mission.posture));
        }
        None => {
            ui.label(
                RichText::new("None of its own; it follows what is above it.").color(theme::PENCIL),
            );
        }
    }
}

fn intended(session: &Session, mission: &FormationMission) -> String {
    let leave = if mission.may_withdraw {
        ", free to fall back"
    } else {
        ""
    };
    format!(
        "{}: {}{leave}",
        words::mission(mission.posture),
        place::called(session.scenario().map(), mission.objective)
    )
}

fn commission(ui: &mut Ui, session: &Session, chosen: FormationId, wanted: &mut Vec<Intent>) {
    gauge::heading(ui, "Order for the coming turn");
    let standing = session
        .picture
        .orders
        .iter()
        .find_map(|(id, _, order)| match order {
            Order::Formation {
                formation, mission, ..
            } if *formation == chosen => Some((*id, *mission)),
            _ => None,
        });
    if let Some((id, mission)) = standing {
        ui.horizontal_wrapped(|ui| {
            ui.label(words::capital(&intended(session, &mission)));
            if gauge::button(ui, "Take back", None, "Retract this order.") {
                wanted.push(Intent::Retract(id));
            }
        });
    }
    let key = Id::new(("formation order", chosen.0));
    let mut draft: Draft = ui
        .data(|d| d.get_temp(key))
        .unwrap_or_else(|| opening(session, chosen));
    let before = draft.clone();
    ui.horizontal_wrapped(|ui| {
        for posture in words::MISSIONS {
            let name = words::capital(words::mission(posture));
            let about = words::mission_meaning(posture);
            if gauge::toggle(ui, draft.posture == posture, &name, about) {
                draft.posture = posture;
            }
        }
    });
    objective(ui, session, &mut draft);
    ui.checkbox(&mut draft.may_withdraw, "its units may fall back")
        .on_hover_text("They may break off of themselves when losses grow.");
    if draft != before {
        ui.data_mut(|d| d.insert_temp(key, draft.clone()));
    }
    let mission = draft.objective.map(|objective| FormationMission {
        objective,
        posture: draft.posture,
        may_withdraw: draft.may_withdraw,
    });
    let refusal = match mission {
        _ if session.busy() => Some("the turn is being worked out".to_owned()),
        None => Some("no objective is chosen".to_owned()),
        Some(mission) => {
            let side = session.scenario().formation(chosen).side;
            let order = Order::Formation {
                formation: chosen,
                mission,
                start_at: None,
            };
            session.check(side, &order).err().map(|r| r.to_string())
        }
    };
    let about = "Orders the formation; the staff orders its units accordingly.";
    if gauge::button(ui, "Give the order", refusal.as_deref(), about)
        && let Some(mission) = mission
    {
        wanted.push(Intent::Commission {
            formation: chosen,
            mission,
        });
    }
}

/// What a new order starts from: the mission in force, else holding where its first unit stands.
fn opening(session: &Session, chosen: FormationId) -> Draft {
    let mission = session
        .picture
        .missions
        .get(chosen.0 as usize)
        .copied()
        .flatten();
    Draft {
        posture: mission.map_or(MissionPosture::Hold, |m| m.posture),
        objective: mission.map(|m| m.objective).or_else(|| {
            under(session, chosen).find_map(|id| session.picture.counter(id).map(|c| c.hex))
        }),
        may_withdraw: mission.is_some_and(|m| m.may_withdraw),
        search: String::new(),
    }
}

fn objective(ui: &mut Ui, session: &Session, draft: &mut Draft) {
    let map = session.scenario().map();
    let shown = draft.objective.map_or_else(
        || "choose a place".to_owned(),
        |hex| place::called(map, hex),
    );
    ComboBox::from_id_salt("objective")
        .selected_text(shown)
        .width(ui.available_width() - 16.0)
        .truncate()
        .show_ui(ui, |ui| {
            ui.add(TextEdit::singleline(&mut draft.search).hint_text("search a place"));
            let wanted = draft.search.to_lowercase();
            let mut places: Vec<_> = map
                .places
                .iter()
                .filter(|p| p.name.to_lowercase().contains(&wanted))
                .collect();
            places.sort_by(|a, b| a.name.cmp(&b.name));
            ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
                for place in places {
                    let on = draft.objective == Some(place.centre);
                    if ui.add(Button::selectable(on, &place.name)).clicked() {
                        draft.objective = Some(place.centre);
                        ui.close();
                    }
                }
            });
        });
}

/// Units of a formation and all under it.
fn under(session: &Session, chosen: FormationId) -> impl Iterator<Item = UnitId> + '_ {
    let scenario = session.scenario();
    (0_u32..)
        .zip(scenario.units())
        .filter(move |(_, unit)| scenario.is_under(unit.formation, chosen))
        .map(|(i, _)| UnitId(i))
}

fn units(ui: &mut Ui, session: &Session, chosen: FormationId, wanted: &mut Vec<Intent>) {
    gauge::heading(ui, "Units");
    for id in under(session, chosen) {
        let counter: Option<&Counter> = session.picture.counter(id);
        let name = &session.scenario().unit(id).name;
        let men = counter.map_or_else(
            || "not on the map".to_owned(),
            |c| format!("{} men", grouped(c.men)),
        );
        ui.horizontal(|ui| {
            match counter {
                Some(c) => Mark::Of(c.side).show(ui),
                None => Mark::Absent.show(ui),
            };
            let text = format!("{name}, {men}");
            if ui
                .add(Button::selectable(false, &text).truncate())
                .on_hover_text(text)
                .clicked()
            {
                wanted.push(Intent::SelectUnit(id));
                wanted.extend(counter.map(|c| Intent::LookAt(c.hex)));
            }
        });
    }
}
