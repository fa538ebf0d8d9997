//! The panel of an air group: whether it flies in the coming turn and why not, its mission, and the
//! orders that can be given to it. What greys a button is the check that would refuse the order.

use super::{foreseen, gauge, tasks, words};
use crate::{
    battle::{AirMission, Order},
    gui::{
        foresight,
        intent::{Intent, Raid},
        picture::theatre::Wing,
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    scenario::{AirGroup, AirGroupId, Hex, Scenario, calendar::HOURS_PER_TURN},
};
use bevy_egui::egui::{Frame, Label, RichText, Ui};

/// Shows an air group.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    table: &Tabletop,
    group: AirGroupId,
    wanted: &mut Vec<Intent>,
) {
    let scenario = session.scenario();
    let (Some(fixed), Some(wing)) = (
        scenario.air().get(usize::from(group.0)),
        session.picture.wing(group),
    ) else {
        return;
    };
    Frame::new()
        .fill(theme::side_ground(fixed.side))
        .inner_margin(5.0)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(RichText::new(&fixed.name).heading()).wrap());
            let kind = format!("{} air group, off the map", fixed.side.adjective());
            ui.label(RichText::new(kind).small());
        });
    gauge::heading(ui, "In the coming turn");
    let flies = flies(scenario, wing);
    ui.add(Label::new(flies).wrap()).on_hover_text(format!(
        "One draw of the weather serves the group for the turn.\nSource of the rule: {}",
        scenario.rules().air.source
    ));
    gauge::row(
        ui,
        "sorties",
        &sorties(fixed, wing),
        &format!(
            "{:.0} on a whole clear day.\nSource: {} ({})",
            fixed.sorties_per_day,
            fixed.source,
            words::confidence(fixed.confidence)
        ),
    );
    gauge::heading(ui, "Mission");
    gauge::row(
        ui,
        "in force",
        &words::flight(scenario, &wing.mission),
        "What it goes on doing every turn unless it gets a new order.",
    );
    if session.seat().commands(fixed.side) {
        orders(ui, session, table, wing, wanted);
    }
}

/// Whether it flies, in a sentence.
pub fn flies(scenario: &Scenario, wing: &Wing) -> String {
    let outlook = &wing.outlook;
    if let Some(from) = outlook.not_before {
        let when = scenario.calendar().text(from);
        return format!("It does not fly: not at its command's disposal before {when}.");
    }
    if outlook.hours == 0 {
        return "It does not fly: there is too little light in all hours of the turn.".to_owned();
    }
    let hours = if outlook.hours == HOURS_PER_TURN {
        "in all hours".to_owned()
    } else {
        format!(
            "in {} of {HOURS_PER_TURN} hours, by daylight",
            outlook.hours
        )
    };
    let fog = outlook.fog.map_or_else(String::new, |chance| {
        format!(", {:.0} % while fog lies", chance * 100.0)
    });
    format!(
        "It can fly {hours}: chance {:.0} % in clear weather{fog}.",
        outlook.clear * 100.0
    )
}

fn sorties(fixed: &AirGroup, wing: &Wing) -> String {
    if wing.outlook.hours == 0 {
        return format!("none in the turn, {:.0} a day", fixed.sorties_per_day);
    }
    format!("about {:.0}, if it flies", wing.outlook.sorties)
}

/// What a group does, in few words, for the list of forces.
pub fn brief(session: &Session, wing: &Wing) -> &'static str {
    let ordered = session.picture.flight_of(wing.id).map(|(_, m)| m);
    match (wing.outlook.not_before, ordered.unwrap_or(wing.mission)) {
        (Some(_), _) => "to come",
        (None, AirMission::Rest) => "rests",
        (None, AirMission::Bomb { .. }) => "bombs",
        (None, AirMission::Interdict { .. }) => "roads",
    }
}

fn orders(ui: &mut Ui, session: &Session, table: &Tabletop, wing: &Wing, wanted: &mut Vec<Intent>) {
    let scenario = session.scenario();
    let group = wing.id;
    let reason = |mission: AirMission, targeted: bool| {
        tasks::reason(session, wing.side, &Order::Air { group, mission }, targeted)
    };
    gauge::heading(ui, "Order for the coming turn");
    ui.horizontal_wrapped(|ui| {
        for (raid, name) in [(Raid::Bomb, "Bomb"), (Raid::Roads, "Attack roads")] {
            let about = foresight::meaning(scenario, raid);
            match reason(raid.on(Hex(0)), true) {
                Some(reason) => {
                    gauge::button(ui, name, Some(&reason), &about);
                }
                None => {
                    let on = table.raid == Some(raid);
                    if gauge::toggle(ui, on, name, &about) {
                        wanted.push(Intent::ArmRaid((!on).then_some(raid)));
                    }
                }
            }
        }
        let rest = AirMission::Rest;
        let refusal = reason(rest, false);
        if gauge::button(ui, "Stay on the ground", refusal.as_deref(), "No sorties.") {
            let mission = rest;
            wanted.push(Intent::Fly { group, mission });
        }
    });
    match session.picture.flight_of(group) {
        Some((id, mission)) => {
            ui.horizontal_wrapped(|ui| {
                ui.label(words::capital(&words::flight(scenario, &mission)));
                if gauge::button(ui, "Take back", None, "Retract this order.") {
                    wanted.push(Intent::Retract(id));
                }
            });
        }
        None => {
            let none = "None: it goes on with the mission in force.";
            ui.label(RichText::new(none).color(theme::PENCIL));
        }
    }
    let hint = match table.raid {
        Some(_) => "Click on the map: the target. Esc: not now.",
        None => "Right click on the map: bomb what stands there.",
    };
    ui.label(RichText::new(hint).color(theme::PENCIL).small());
    let aimed = table
        .raid
        .zip(table.hovered)
        .map(|(raid, hex)| raid.on(hex));
    let standing = session.picture.flight_of(group).map(|(_, mission)| mission);
    let mission = aimed.or(standing).unwrap_or(wing.mission);
    if mission.target().is_some() {
        gauge::heading(ui, &words::capital(&words::flight(scenario, &mission)));
        foreseen::show(ui, scenario, &foresight::of_raid(session, group, mission));
    }
}
