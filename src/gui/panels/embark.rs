//! The button that orders a unit across the river, and the places where boats put off, each with what
//! to expect there. Armed, a click on the map chooses as well.

use super::{foreseen, gauge};
use crate::{
    battle::{Order, Task},
    gui::{
        foresight,
        intent::{ArmedTask, Intent},
        session::Session,
        tabletop::Tabletop,
    },
    report::place,
    scenario::{Hex, UnitId},
};
use bevy_egui::egui::Ui;

/// Where boats of a unit's side put off.
fn piers(session: &Session, unit: UnitId) -> Vec<Hex> {
    let scenario = session.scenario();
    let side = scenario.unit(unit).side;
    let crossings = scenario.crossings().iter();
    crossings
        .filter(|c| c.side == side)
        .map(|c| c.hex)
        .collect()
}

/// Why a unit cannot embark anywhere: what speaks against it at the first place, if it may at none.
fn refusal(session: &Session, unit: UnitId, piers: &[Hex]) -> Option<String> {
    let mut refusals = piers.iter().map(|pier| reason(session, unit, *pier));
    let all: Option<Vec<String>> = refusals.by_ref().collect();
    all.and_then(|all| all.into_iter().next())
}

fn reason(session: &Session, unit: UnitId, pier: Hex) -> Option<String> {
    let side = session.scenario().unit(unit).side;
    let order = Order::Unit {
        unit,
        task: Task::Embark { at: pier },
        start_at: None,
    };
    super::tasks::reason(session, side, &order, false)
}

/// The button, where the side has boats at all.
pub fn button(
    ui: &mut Ui,
    session: &Session,
    table: &Tabletop,
    unit: UnitId,
    wanted: &mut Vec<Intent>,
) {
    let piers = piers(session, unit);
    if piers.is_empty() {
        return;
    }
    let reason = refusal(session, unit, &piers);
    let about = "Go to where boats put off and across the river with them, as room is found.";
    let armed = (ArmedTask::Embark, "Embark", about);
    wanted.extend(super::tasks::arm(ui, table, armed, reason.as_deref()));
}

/// While it is armed: the places, with a button and a forecast each.
pub fn choices(
    ui: &mut Ui,
    session: &Session,
    table: &Tabletop,
    unit: UnitId,
    wanted: &mut Vec<Intent>,
) {
    if table.armed != ArmedTask::Embark {
        return;
    }
    let map = session.scenario().map();
    gauge::heading(ui, "Where boats put off");
    for pier in piers(session, unit) {
        let task = Task::Embark { at: pier };
        let reason = reason(session, unit, pier);
        ui.horizontal_wrapped(|ui| {
            let name = format!("Embark {}", place::placed(map, "at", pier));
            if gauge::button(ui, &name, reason.as_deref(), "Order it.") {
                wanted.push(Intent::Order {
                    unit,
                    task,
                    start_at: None,
                });
            }
            if gauge::link(ui, "show", "Look there on the map.") {
                wanted.push(Intent::LookAt(pier));
            }
        });
        // Why it is not possible, the greyed button says.
        if reason.is_none() {
            foreseen::lines(ui, &foresight::of_task(session, unit, task));
            ui.add_space(3.0);
        }
    }
}
