//! A unit's order for the coming turn and the buttons that give one. What greys a button is the
//! check that would refuse the order.

use super::{embark, foreseen, gauge, words};
use crate::{
    battle::{Deed, Order, Refusal, Task},
    gui::{
        clockwork, foresight,
        intent::{ArmedTask, Intent},
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    scenario::{Branch, Hours, Side, SideId, UnitId, calendar::HOURS_PER_TURN},
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
            let task = clockwork::aimed(session, armed, unit, counter.hex);
            let reason = refusal(session, side, unit, task, true);
            wanted.extend(arm(ui, table, (armed, name, about), reason.as_deref()));
        }
        embark::button(ui, session, table, unit, wanted);
    });
    at_the_wall(ui, session, table, unit, wanted);
    // Below the buttons, so that these stay where they are.
    embark::choices(ui, session, table, unit, wanted);
    standing(ui, session, unit, wanted);
    hint(ui, table.armed, fixed.gun_class.is_some());
    forecast(ui, session, table, unit);
}

/// The button that arms a task, or lets it go again; greyed with the reason if there is one.
pub fn arm(
    ui: &mut Ui,
    table: &Tabletop,
    (armed, name, about): (ArmedTask, &str, &str),
    reason: Option<&str>,
) -> Option<Intent> {
    if reason.is_some() {
        gauge::button(ui, name, reason, about);
        return None;
    }
    let on = table.armed == armed;
    gauge::toggle(ui, on, name, about).then_some(Intent::Arm(if on {
        ArmedTask::Fitting
    } else {
        armed
    }))
}

/// Further tasks, of which most units can do few: what arms them, their name, and what they mean.
const SPECIAL: [(ArmedTask, &str, &str); 7] = [
    (
        ArmedTask::Counterattack,
        "Counterattack",
        "Stay, and strike in the hour in which the enemy enters the hex or its wall.",
    ),
    (
        ArmedTask::ClearMines,
        "Clear mines",
        "Engineers take up the mines in the hex; takes several turns.",
    ),
    (
        ArmedTask::Wall(Deed::Breach),
        "Breach",
        "Guns batter the wall; engineers before it blow it up, or widen a breach.",
    ),
    (
        ArmedTask::Wall(Deed::Bridge),
        "Bridge",
        "Engineers lay a footbridge over the moat; two turns.",
    ),
    (
        ArmedTask::Wall(Deed::Escalade),
        "Escalade",
        "A picked party goes over the wall with a ladder; most of it is lost.",
    ),
    (
        ArmedTask::Wall(Deed::Smoke),
        "Smoke",
        "Smoke before the wall hides those at its foot.",
    ),
    (
        ArmedTask::Wall(Deed::Open),
        "Open gate",
        "Engineers clear the barricade of a gate of one's own; two turns.",
    ),
];

/// The special tasks that are this unit's work, where they can be done at all.
fn at_the_wall(
    ui: &mut Ui,
    session: &Session,
    table: &Tabletop,
    unit: UnitId,
    wanted: &mut Vec<Intent>,
) {
    let scenario = session.scenario();
    let fixed = scenario.unit(unit);
    let (map, side) = (scenario.map(), fixed.side);
    let Some(at) = session.picture.counter(unit).map(|c| c.hex) else {
        return;
    };
    let walls: Vec<SideId> = map
        .grid
        .neighbours(at)
        .filter_map(|(direction, _)| map.grid.side_id(at, direction))
        .filter(|s| map.sides[s.index()].wall.is_some())
        .collect();
    ui.horizontal_wrapped(|ui| {
        for (armed, name, about) in SPECIAL {
            let guns_reach_it = fixed.gun_class.is_some();
            let refusals: Vec<String> = match armed {
                ArmedTask::Wall(Deed::Breach) if guns_reach_it => Vec::new(),
                ArmedTask::Wall(deed) => {
                    if walls.is_empty() {
                        continue;
                    }
                    let task = |side| Task::Siege { deed, side };
                    let all = walls
                        .iter()
                        .map(|wall| refusal(session, side, unit, task(*wall), false));
                    // One that can be done is enough.
                    all.collect::<Option<Vec<String>>>().unwrap_or_default()
                }
                ArmedTask::ClearMines if fixed.branch != Branch::Engineer => continue,
                // Where the mines are is asked when the hex is pointed at.
                ArmedTask::ClearMines => Vec::new(),
                _ => {
                    let task = clockwork::aimed(session, armed, unit, at);
                    refusal(session, side, unit, task, true)
                        .into_iter()
                        .collect()
                }
            };
            let reason = refusals.first().map(String::as_str);
            wanted.extend(arm(ui, table, (armed, name, about), reason));
        }
    });
}

/// What the armed task would bring at the hex under the pointer, else what the order standing will.
fn forecast(ui: &mut Ui, session: &Session, table: &Tabletop, unit: UnitId) {
    let armed = table.armed != ArmedTask::Fitting;
    let told = match table.hovered.filter(|_| armed) {
        Some(hex) => foresight::at(session, table, hex),
        None => {
            let standing = session.picture.order_of(unit);
            standing.map(|(_, task)| foresight::of_task(session, unit, task))
        }
    };
    let Some(told) = told.filter(|f| f.refusal.is_some() || !f.lines.is_empty()) else {
        return;
    };
    gauge::heading(ui, "What it would bring");
    foreseen::show(ui, session.scenario(), &told);
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
    let order = Order::Unit {
        unit,
        task,
        start_at: None,
    };
    reason(session, side, &order, targeted)
}

/// Why an order cannot be given; for one that needs a target, why none can be found for it.
pub fn reason(session: &Session, side: Side, order: &Order, targeted: bool) -> Option<String> {
    if session.busy() {
        return Some("the turn is being worked out".to_owned());
    }
    if session.unseen() {
        return Some("the turn is being played back".to_owned());
    }
    match session.check(side, order) {
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
        ArmedTask::March => "Click on the map: where to march. Esc: not now.",
        ArmedTask::ForcedMarch => {
            "Click on the map: where to march by forced marches. Esc: not now."
        }
        ArmedTask::Assault => "Click on the map: which hex to assault. Esc: not now.",
        ArmedTask::Withdraw => "Click on the map: where to withdraw to. Esc: not now.",
        ArmedTask::Embark => "Click on the map: from where to cross the river. Esc: not now.",
        ArmedTask::Bombard => "Click on the map: which hex to bombard. Esc: not now.",
        ArmedTask::Support => "Click on the map: which fight to support. Esc: not now.",
        ArmedTask::Counterattack => "Click on the map: which hex to watch. Esc: not now.",
        ArmedTask::ClearMines => "Click on the map: which hex to clear. Esc: not now.",
        ArmedTask::Wall(_) => "Click on the map: the hex behind that wall or gate. Esc: not now.",
    };
    ui.label(RichText::new(text).color(theme::PENCIL).small());
}
