//! A unit's order for the coming turn and the buttons that give one. What greys a button is the
//! check that would refuse the order.

use super::{gauge, words};
use crate::{
    battle::{Order, Refusal, Task},
    gui::{
        clockwork,
        intent::{ArmedTask, Intent},
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    scenario::{Hours, Side, UnitId, calendar::HOURS_PER_TURN},
};
use bevy_egui::egui::{RichText, Ui};

/// Tasks that need a target: what arms them, their name, and what they mean.
const TARGETED: [(ArmedTask, &str, &str); 6] = [
    (
        ArmedTask::March,
        "March",
        "March there; contact with the enemy stops it.",
    ),
    (
        ArmedTask::ForcedMarch,
        "Forced march",
        "March longer hours a day; tires it and costs stragglers.",
    ),
    (
        ArmedTask::Assault,
        "Assault",
        "Go up to the hex and attack whoever holds it.",
    ),
    (
        ArmedTask::Withdraw,
        "Withdraw",
        "Break off and go there; at an exit of the map it leaves the battle.",
    ),
    (ArmedTask::Bombard, "Bombard", "Guns: shell the hex."),
    (
        ArmedTask::Support,
        "Support",
        "Guns: support the fight for the hex, whoever of one's own attacks or defends it.",
    ),
];

/// Shows order, buttons and hints for a unit that takes one's orders.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    table: &Tabletop,
    unit: UnitId,
    wanted: &mut Vec<Intent>,
) {
    let (Some(fixed), Some(counter)) = (
        session.scenario().units().get(unit.0 as usize),
        session.picture.counter(unit),
    ) else {
        return;
    };
    let side = fixed.side;
    gauge::heading(ui, "Order for the coming turn");
    standing(ui, session, unit, wanted);
    ui.horizontal_wrapped(|ui| {
        for (task, name, about) in [
            (
                Task::Hold,
                "Hold",
                "Space. Stay and defend; works grow in quiet.",
            ),
            (Task::Rest, "Rest", "Stay and recover from fatigue."),
        ] {
            let refusal = refusal(session, side, unit, task, false);
            if gauge::button(ui, name, refusal.as_deref(), about) {
                wanted.push(Intent::Order {
                    unit,
                    task,
                    start_at: None,
                });
            }
        }
        for (armed, name, about) in TARGETED {
            let task = clockwork::aimed(armed, counter.hex);
            match refusal(session, side, unit, task, true) {
                Some(reason) => {
                    gauge::button(ui, name, Some(&reason), about);
                }
                None => {
                    if gauge::toggle(ui, table.armed == armed, name, about) {
                        let next = if table.armed == armed {
                            ArmedTask::Fitting
                        } else {
                            armed
                        };
                        wanted.push(Intent::Arm(next));
                    }
                }
            }
        }
    });
    hint(ui, table.armed, fixed.gun_class.is_some());
}

/// The order standing, with its hour and a button to take it back.
fn standing(ui: &mut Ui, session: &Session, unit: UnitId, wanted: &mut Vec<Intent>) {
    let scenario = session.scenario();
    let order = session
        .picture
        .orders
        .iter()
        .find_map(|(id, _, order)| match order {
            Order::Unit {
                unit: u,
                task,
                start_at,
            } if *u == unit => Some((*id, *task, *start_at)),
            _ => None,
        });
    let Some((id, task, start_at)) = order else {
        ui.label(RichText::new("None: it goes on with the order in force.").color(theme::PENCIL));
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(words::capital(&words::task(scenario, &task)));
        if gauge::button(ui, "Take back", None, "Retract this order.") {
            wanted.push(Intent::Retract(id));
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("begins").color(theme::PENCIL));
        let first = session.picture.hour;
        let now = start_at.is_none_or(|h| h <= first);
        if gauge::toggle(ui, now, "at once", "As soon as the turn begins.") && !now {
            wanted.push(Intent::Order {
                unit,
                task,
                start_at: None,
            });
        }
        for later in 1..HOURS_PER_TURN {
            let hour = Hours(first.0 + later);
            let clock = scenario.calendar().at(hour).strftime("%H:%M").to_string();
            let about = "Not before this hour, so that several units begin together.";
            if gauge::toggle(ui, start_at == Some(hour), &clock, about) {
                wanted.push(Intent::Order {
                    unit,
                    task,
                    start_at: Some(hour),
                });
            }
        }
    });
}

/// Why a task cannot be ordered; for tasks that need a target, why none can be found for it.
fn refusal(
    session: &Session,
    side: Side,
    unit: UnitId,
    task: Task,
    targeted: bool,
) -> Option<String> {
    if session.busy() {
        return Some("the turn is being worked out".to_owned());
    }
    let order = Order::Unit {
        unit,
        task,
        start_at: None,
    };
    match session.check(side, &order) {
        Ok(()) => None,
        // What speaks against its own hex as a target does not speak against another.
        Err(
            Refusal::SafetyZone
            | Refusal::Forbidden { .. }
            | Refusal::OutOfRange { .. }
            | Refusal::TooFarInland { .. }
            | Refusal::NoWay { .. }
            | Refusal::Impassable { .. },
        ) if targeted => None,
        Err(refusal) => Some(refusal.to_string()),
    }
}

fn hint(ui: &mut Ui, armed: ArmedTask, guns: bool) {
    let text = match armed {
        ArmedTask::Fitting if guns => {
            "Right click on the map: march to free ground, bombard a hex held by the enemy."
        }
        ArmedTask::Fitting => {
            "Right click on the map: march to free ground, assault a hex held by the enemy."
        }
        ArmedTask::March => "Right click on the map: where to march.",
        ArmedTask::ForcedMarch => "Right click on the map: where to march by forced marches.",
        ArmedTask::Assault => "Right click on the map: which hex to assault.",
        ArmedTask::Withdraw => "Right click on the map: where to withdraw to.",
        ArmedTask::Bombard => "Right click on the map: which hex to bombard.",
        ArmedTask::Support => "Right click on the map: which fight to support.",
    };
    ui.label(RichText::new(text).color(theme::PENCIL).small());
}
