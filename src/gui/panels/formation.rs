//! The part of the selection panel about a formation: its mission, its men, what is under it, and
//! the order that can be given to the whole of it.

use super::{command, directive, gauge, hands, place_box, reasons, words};
use crate::{
    battle::{Bin, FormationMission, MissionPosture, Order},
    commander::reason::Subject,
    gui::{
        intent::Intent,
        picture::Counter,
        session::Session,
        theme::{self, Mark},
    },
    report::{grouped, place},
    scenario::{FormationId, Hex, Hours, UnitId},
};
use bevy_egui::egui::{Button, Frame, Id, Label, RichText, Ui};

/// The order being written, kept while the panel is open.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    posture: MissionPosture,
    objective: Option<Hex>,
    may_withdraw: bool,
    start_at: Option<Hours>,
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
        hands::of_mission(ui, session, chosen, wanted);
    }
    reasons::show(ui, session, formation.side, Subject::Formation(chosen));
    if formation.parent.is_none() {
        reasons::show(ui, session, formation.side, Subject::Side);
    }
    command::of_formation(ui, session, chosen, wanted);
    if session.seat().commands(formation.side) {
        commission(ui, session, chosen, wanted);
        directive::show(ui, session, chosen, wanted);
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

/// A mission in a few words.
pub fn intended(session: &Session, mission: &FormationMission) -> String {
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
                formation,
                mission,
                start_at,
            } if *formation == chosen => Some((*id, *mission, *start_at)),
            _ => None,
        });
    if let Some((id, mission, start_at)) = standing {
        let from = start_at.map_or_else(String::new, |hour| {
            format!(", from {} on", session.scenario().calendar().text(hour))
        });
        ui.horizontal_wrapped(|ui| {
            let what = words::capital(&intended(session, &mission));
            ui.label(format!("{what}{from}"));
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
    let (hex, search) = (&mut draft.objective, &mut draft.search);
    place_box::place(ui, session, "objective", hex, search, None);
    ui.checkbox(&mut draft.may_withdraw, "its units may fall back")
        .on_hover_text("They may break off of themselves when losses grow.");
    place_box::start_hour(ui, session, "mission begins", &mut draft.start_at);
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
                start_at: draft.start_at,
            };
            session.check(side, &order).err().map(|r| r.to_string())
        }
    };
    if refusal.is_none() {
        let joint = draft
            .start_at
            .and_then(|hour| directive::together(session, chosen, hour));
        for line in directive::arrival(session, chosen).into_iter().chain(joint) {
            ui.add(Label::new(RichText::new(line).small()).wrap());
        }
    }
    let about = "Orders the formation; the staff orders its units accordingly.";
    if gauge::button(ui, "Give the order", refusal.as_deref(), about)
        && let Some(mission) = mission
    {
        wanted.push(Intent::Commission {
            formation: chosen,
            mission,
            start_at: draft.start_at,
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
        start_at: None,
        search: String::new(),
    }
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
    hands::of_units(ui, session, chosen, wanted);
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
            if session.hands().has_unit(id) {
                Mark::ByHand.show(ui).on_hover_text("Taken over by hand.");
            }
            let text = format!("{name}, {men}");
            let side = session.scenario().unit(id).side;
            let why = reasons::line(session, side, Subject::Unit(id));
            let about = why.map_or_else(|| text.clone(), |why| format!("{text}\n{why}"));
            if ui
                .add(Button::selectable(false, &text).truncate())
                .on_hover_text(about)
                .clicked()
            {
                wanted.push(Intent::SelectUnit(id));
                wanted.extend(counter.map(|c| Intent::LookAt(c.hex)));
            }
        });
    }
}
