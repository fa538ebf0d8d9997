//! Whose hands a unit or a formation's mission is in, its staff's or the person's, and how it changes
//! hands.

use super::gauge;
use crate::{
    gui::{
        intent::Intent,
        session::Session,
        theme::{self, Mark},
    },
    scenario::{FormationId, UnitId},
};
use bevy_egui::egui::{Label, RichText, Ui};

fn not_now(session: &Session) -> Option<&'static str> {
    if session.busy() {
        Some("the turn is being worked out")
    } else if session.unseen() {
        Some("the turn is being played back")
    } else {
        None
    }
}

/// Whose hands a unit is in, with the button that changes it.
pub fn of_unit(ui: &mut Ui, session: &Session, unit: UnitId, wanted: &mut Vec<Intent>) {
    let by_hand = session.hands().has_unit(unit);
    let (mark, says, button, about) = if by_hand {
        (
            Mark::ByHand,
            "Taken over by hand",
            "Give back",
            "H. Its formation's staff orders it again, from the next staff orders on.",
        )
    } else {
        (
            Mark::Idle,
            "With its formation's staff",
            "Take over",
            "H. The staff orders it no more; it does what you order. Any order of yours does the same.",
        )
    };
    ui.horizontal(|ui| {
        mark.show(ui).on_hover_text(says);
        ui.label(RichText::new(says).color(theme::PENCIL));
        if gauge::button(ui, button, not_now(session), about) {
            wanted.push(Intent::TakeOver {
                unit,
                by_hand: !by_hand,
            });
        }
    });
}

/// Who has given a formation's mission, with the button that leaves it to the staff.
pub fn of_mission(
    ui: &mut Ui,
    session: &Session,
    formation: FormationId,
    wanted: &mut Vec<Intent>,
) {
    let scenario = session.scenario();
    match session.hands().binding(scenario, formation) {
        Some(from) if from == formation => {
            ui.horizontal_wrapped(|ui| {
                Mark::ByHand.show(ui);
                ui.label(RichText::new("Given by you").color(theme::PENCIL))
                    .on_hover_text("The staff orders the units by it and gives no other.");
                let about = "The staff may give the formation another mission, by the plan.";
                if gauge::button(ui, "Leave it to the staff", not_now(session), about) {
                    wanted.push(Intent::FreeMission(formation));
                }
            });
        }
        Some(from) => {
            let text = format!(
                "Bound by what you ordered {}",
                scenario.formation(from).name
            );
            ui.add(Label::new(RichText::new(text).color(theme::PENCIL)).wrap())
                .on_hover_text("The staff hands that mission on.");
        }
        None => {}
    }
}

/// How many units under a formation are taken over, with the button that gives all back.
pub fn of_units(ui: &mut Ui, session: &Session, formation: FormationId, wanted: &mut Vec<Intent>) {
    let scenario = session.scenario();
    let under = |unit: &UnitId| scenario.is_under(scenario.unit(*unit).formation, formation);
    let taken = session.hands().units().filter(under).count();
    if taken == 0 {
        return;
    }
    ui.horizontal(|ui| {
        Mark::ByHand.show(ui);
        ui.label(RichText::new(format!("{taken} taken over by hand")).color(theme::PENCIL));
        let about = "Their staffs order them again.";
        if gauge::button(ui, "Give back", not_now(session), about) {
            wanted.push(Intent::FreeUnits(formation));
        }
    });
}
