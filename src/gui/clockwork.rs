//! Carries out intents: the one place where a wish becomes a call of the session, a change of the
//! tabletop or of the screen.

use super::{
    intent::{ArmedTask, Intent, SidePanel},
    picture::Known,
    session::Session,
    tabletop::{Card, Tabletop},
};
use crate::{
    battle::{Order, Posture, Task, phases::movement, route::Pathfinder},
    scenario::{
        AirGroupId, Hex, SideId, UnitId,
        map::{Direction, Mover},
    },
};
use bevy::prelude::*;
use std::collections::BTreeMap;

/// Intents waiting to be carried out this frame, in order.
#[derive(Resource, Default)]
pub struct Intents(pub Vec<Intent>);

/// Runs of a forecast: enough for two digits, short enough for a frame.
pub const FORECAST_RUNS: u32 = 300;

/// Hours ahead that reach is shown.
const REACH_HOURS: f32 = 8.0;

/// Carries out one intent on session and tabletop. Returns the intents it cannot carry out here
/// (those of camera, screens, files).
pub fn carry_out(
    intent: Intent,
    session: &mut Session,
    table: &mut Tabletop,
    finder: &mut Pathfinder,
) -> Option<Intent> {
    match intent {
        Intent::SelectUnit(unit) => select_unit(session, table, finder, unit),
        Intent::SelectHex(hex) => {
            let next = next_in_stack(session, table, hex);
            match next {
                Some(unit) => select_unit(session, table, finder, unit),
                None => {
                    table.clear();
                    table.hex = Some(hex);
                }
            }
        }
        Intent::SelectFormation(formation) => {
            table.clear();
            table.formation = Some(formation);
        }
        Intent::SelectAir(group) => {
            table.clear();
            table.air = Some(group);
        }
        Intent::NextAir => match next_air(session, table) {
            Some(group) => {
                table.clear();
                table.air = Some(group);
            }
            None => table.message = Some("No air group is under your command.".to_owned()),
        },
        Intent::Deselect => table.clear(),
        Intent::NextUnit(forward) => {
            if let Some(unit) = next_idle(session, table, forward) {
                select_unit(session, table, finder, unit);
                return table.hex.map(Intent::LookAt);
            }
            table.message = Some("Every unit has an order, or stands in its works.".to_owned());
        }
        Intent::Arm(task) => table.armed = task,
        Intent::Order {
            unit,
            task,
            start_at,
        } => {
            let side = session.scenario().unit(unit).side;
            let order = Order::Unit {
                unit,
                task,
                start_at,
            };
            table.message = session.order(side, order).err().map(|r| r.to_string());
            table.armed = ArmedTask::Fitting;
            if table.unit == Some(unit) {
                show_way(session, table, finder, unit);
            }
        }
        Intent::Commission {
            formation,
            mission,
            start_at,
        } => {
            let side = session.scenario().formation(formation).side;
            let order = Order::Formation {
                formation,
                mission,
                start_at,
            };
            table.message = session.order(side, order).err().map(|r| r.to_string());
        }
        Intent::Direct {
            side,
            to,
            directive,
            start_at,
        } => {
            let order = Order::Directive {
                to,
                directive,
                start_at,
            };
            table.message = session.order(side, order).err().map(|r| r.to_string());
        }
        Intent::ArmRaid(raid) => table.raid = raid,
        Intent::Fly { group, mission } => {
            let order = Order::Air { group, mission };
            let side = session.picture.wing(group).map(|wing| wing.side);
            let given = side.map(|side| session.order(side, order));
            table.message = given.and_then(|g| g.err()).map(|r| r.to_string());
            table.raid = None;
        }
        Intent::Decide {
            side,
            decision,
            option,
        } => {
            let order = Order::Decide { decision, option };
            table.message = session.order(side, order).err().map(|r| r.to_string());
        }
        Intent::Retract(id) => session.retract(id),
        Intent::Undo => {
            if !session.undo() {
                table.message = Some("Nothing to undo.".to_owned());
            }
        }
        Intent::Redo => {
            if !session.redo() {
                table.message = Some("Nothing to redo.".to_owned());
            }
        }
        Intent::Delegate(_) => {
            let given = session.delegate();
            table.message = Some(match given {
                1 => "The staff has written one order.".to_owned(),
                n => format!("The staff has written {n} orders."),
            });
        }
        Intent::TakeOver { unit, by_hand } => session.take_over(unit, by_hand),
        Intent::FreeMission(formation) => session.free_mission(formation),
        Intent::FreeUnits(formation) => session.free_units(formation),
        Intent::OpenCard(target) => {
            table.fire = None;
            table.card = Some(card(session, table, target));
        }
        Intent::OpenFireCard(target) => {
            table.card = None;
            table.fire = Some(target);
        }
        Intent::OpenFoughtCard(event) => table.fought = Some(event as usize),
        Intent::Close => close(table),
        Intent::EndTurn { confirmed } => {
            let idle = idle_formations(session);
            table.message = None;
            if session.busy() || session.unseen() || session.picture.over {
            } else if confirmed || table.never_ask || table.staff_at_end || idle.is_empty() {
                table.confirming_end = false;
                table.card = None;
                table.fire = None;
                table.fought = None;
                if table.staff_at_end {
                    session.delegate();
                }
                session.end_turn();
            } else {
                table.confirming_end = true;
            }
        }
        // Kept in the settings as well.
        Intent::NeverAsk(never) => {
            table.never_ask = never;
            return Some(intent);
        }
        Intent::StaffAtEnd(on) => {
            table.staff_at_end = on;
            return Some(intent);
        }
        Intent::SilenceRead => table.silence_read = true,
        Intent::Cancel => session.cancel(),
        Intent::Toggle(layer) => {
            if !table.layers.remove(&layer) {
                table.layers.insert(layer);
            }
        }
        Intent::Panel(panel) => toggle_panel(table, panel),
        other => return Some(other),
    }
    None
}

fn toggle_panel(table: &mut Tabletop, panel: SidePanel) {
    if !table.panels.remove(&panel) {
        table.panels.insert(panel);
    }
}

fn close(table: &mut Tabletop) {
    if table.confirming_end {
        table.confirming_end = false;
    } else if table.panels.remove(&SidePanel::Help) {
    } else if table.fought.take().is_none()
        && table.card.take().is_none()
        && table.fire.take().is_none()
    {
        if table.raid.take().is_some() {
        } else if table.armed != ArmedTask::Fitting {
            table.armed = ArmedTask::Fitting;
        } else {
            table.clear();
        }
    }
}

/// The unit of one's own in a hex that comes after the selected one, or the strongest.
fn next_in_stack(session: &Session, table: &Tabletop, hex: Hex) -> Option<UnitId> {
    let stack: Vec<UnitId> = session.picture.stack(hex).map(|c| c.id).collect();
    let at = table
        .unit
        .and_then(|unit| stack.iter().position(|u| *u == unit));
    match at {
        Some(i) => stack.get((i + 1) % stack.len()).copied(),
        None => stack.first().copied(),
    }
}

/// Own units on the map that take orders and have none for the coming turn and none under way.
pub fn idle_units(session: &Session) -> Vec<UnitId> {
    let picture = &session.picture;
    picture
        .counters
        .iter()
        .filter(|c| session.seat().commands(c.side))
        .filter(|c| match &c.known {
            Known::Exactly(d) => {
                d.task == Task::Hold
                    && d.posture != Posture::Routed
                    && !session.scenario().unit(c.id).branch.is_fixed()
            }
            Known::Reported(_) => false,
        })
        .filter(|c| picture.order_of(c.id).is_none())
        .map(|c| c.id)
        .collect()
}

/// Formations with idle units and no order of their own for the coming turn.
pub fn idle_formations(session: &Session) -> Vec<(crate::scenario::FormationId, u32)> {
    let mut count: BTreeMap<crate::scenario::FormationId, u32> = BTreeMap::new();
    for unit in idle_units(session) {
        *count
            .entry(session.scenario().unit(unit).formation)
            .or_default() += 1;
    }
    count
        .into_iter()
        .filter(|(f, _)| {
            !session
                .picture
                .orders
                .iter()
                .any(|(_, _, o)| matches!(o, Order::Formation { formation, .. } if formation == f))
        })
        .collect()
}

fn next_idle(session: &Session, table: &Tabletop, forward: bool) -> Option<UnitId> {
    let idle = idle_units(session);
    let here = table.unit;
    if forward {
        idle.iter()
            .find(|u| here.is_none_or(|h| **u > h))
            .or(idle.first())
            .copied()
    } else {
        idle.iter()
            .rev()
            .find(|u| here.is_none_or(|h| **u < h))
            .or(idle.last())
            .copied()
    }
}

/// The air group under one's command after the selected one.
fn next_air(session: &Session, table: &Tabletop) -> Option<AirGroupId> {
    let own = session.picture.air.iter();
    let own: Vec<AirGroupId> = own
        .filter(|w| session.seat().commands(w.side))
        .map(|w| w.id)
        .collect();
    let after = own
        .iter()
        .find(|id| table.air.is_some_and(|air| **id > air));
    after.or(own.first()).copied()
}

fn select_unit(session: &Session, table: &mut Tabletop, finder: &mut Pathfinder, unit: UnitId) {
    table.clear();
    table.unit = Some(unit);
    let Some(counter) = session.picture.counter(unit) else {
        return;
    };
    table.hex = Some(counter.hex);
    if session.seat().commands(counter.side) {
        table.reach = reach(session, finder, unit);
        show_way(session, table, finder, unit);
    }
}

/// What lies on the table after a turn: the same unit is selected, where it stands now. Reach and way
/// are drawn anew once playback is over.
pub fn turn_over(table: &mut Tabletop) {
    table.reach.clear();
    table.way.clear();
    table.armed = ArmedTask::Fitting;
    table.raid = None;
    if table.unit.is_some() {
        table.hex = None;
    }
}

/// The selection as it is when playback is over.
pub fn select_again(session: &Session, table: &mut Tabletop, finder: &mut Pathfinder) {
    if let Some(unit) = table.unit {
        if session.picture.counter(unit).is_some() {
            select_unit(session, table, finder, unit);
        } else {
            table.clear();
        }
    }
}

/// Minutes of a step for a unit, as the movement rules count it by the light of the coming turn.
fn minutes(session: &Session, unit: UnitId, from: Hex, direction: Direction, cost: f32) -> f64 {
    let scenario = session.scenario();
    let (fatigue, deployed) = match session.picture.counter(unit).map(|c| &c.known) {
        Some(Known::Exactly(d)) => (d.condition.fatigue, d.in_contact),
        _ => (0.0, false),
    };
    movement::step_minutes(
        &scenario.rules().movement,
        Mover::of(scenario.unit(unit).branch),
        deployed,
        scenario.passage().road(from, direction),
        f64::from(cost),
        fatigue,
        session.picture.sky.is_some_and(|s| s.night),
    )
}

/// Where a unit can get within the next hours, by the rules of movement and enemies as known.
pub fn reach(session: &Session, finder: &mut Pathfinder, unit: UnitId) -> BTreeMap<Hex, f32> {
    let (Some(battle), Some(counter)) = (session.battle(), session.picture.counter(unit)) else {
        return BTreeMap::new();
    };
    let view = battle.view(counter.side);
    view.reach(finder, unit, REACH_HOURS, |from, d, cost| {
        minutes(session, unit, from, d, cost)
    })
}

/// The way to the goal of a unit's order, with the hour at which each hex is reached.
fn show_way(session: &Session, table: &mut Tabletop, finder: &mut Pathfinder, unit: UnitId) {
    table.way.clear();
    let picture = &session.picture;
    let task = picture.order_of(unit).map(|(_, task)| task).or_else(|| {
        match picture.counter(unit).map(|c| &c.known) {
            Some(Known::Exactly(d)) => Some(d.task),
            _ => None,
        }
    });
    if let Some(goal) = task.and_then(|t| t.goal()) {
        table.way = way(session, finder, unit, goal);
    }
}

/// The way of a unit to a hex, goal first, with the hours to each hex.
pub fn way(session: &Session, finder: &mut Pathfinder, unit: UnitId, goal: Hex) -> Vec<(Hex, f32)> {
    let (Some(battle), Some(counter)) = (session.battle(), session.picture.counter(unit)) else {
        return Vec::new();
    };
    let view = battle.view(counter.side);
    let Some(route) = view.route(finder, unit, goal) else {
        return Vec::new();
    };
    let scenario = session.scenario();
    let mover = Mover::of(scenario.unit(unit).branch);
    let mut at = counter.hex;
    let mut hours = 0.0;
    let mut steps: Vec<(Hex, f32)> = route
        .iter()
        .rev()
        .filter_map(|&next| {
            let direction = scenario.map().grid.direction(at, next)?;
            let cost = scenario.passage().cost(mover, at, direction);
            hours += minutes(session, unit, at, direction, cost) as f32 / 60.0;
            at = next;
            Some((next, hours))
        })
        .collect();
    steps.reverse();
    steps
}

/// The card of an assault: own units adjacent to the hex that can assault, those ordered to do so
/// and the selected one first of all.
fn card(session: &Session, table: &Tabletop, target: Hex) -> Card {
    let scenario = session.scenario();
    let picture = &session.picture;
    let side = table
        .unit
        .map(|u| scenario.unit(u).side)
        .filter(|s| session.seat().commands(*s));
    let takes_part = |unit: UnitId| {
        let ordered = picture.order_of(unit).map(|(_, t)| t);
        Some(unit) == table.unit || ordered == Some(Task::Assault { target })
    };
    let attackers: Vec<UnitId> = scenario
        .map()
        .grid
        .neighbours(target)
        .flat_map(|(_, n)| picture.stack(n))
        .filter(|c| {
            Some(c.side) == side && scenario.unit(c.id).branch.can_assault() && takes_part(c.id)
        })
        .map(|c| c.id)
        .collect();
    Card {
        target,
        preview: session.preview(&attackers, target, FORECAST_RUNS),
        attackers,
    }
}

/// The order that a click on a hex gives a unit, for the armed task.
pub fn fitting_task(session: &Session, armed: ArmedTask, unit: UnitId, hex: Hex) -> Task {
    let fixed = session.scenario().unit(unit);
    let enemy = session.picture.stack(hex).any(|c| c.side != fixed.side);
    let armed = match armed {
        ArmedTask::Fitting if enemy && fixed.gun_class.is_some() => ArmedTask::Bombard,
        ArmedTask::Fitting if enemy => ArmedTask::Assault,
        armed => armed,
    };
    aimed(session, armed, unit, hex)
}

/// An armed task with its target; what fits free ground is a march.
pub fn aimed(session: &Session, armed: ArmedTask, unit: UnitId, hex: Hex) -> Task {
    match armed {
        ArmedTask::Fitting | ArmedTask::March => Task::March {
            to: hex,
            forced: false,
        },
        ArmedTask::ForcedMarch => Task::March {
            to: hex,
            forced: true,
        },
        ArmedTask::Assault => Task::Assault { target: hex },
        ArmedTask::Withdraw => Task::Withdraw { to: hex },
        ArmedTask::Embark => Task::Embark { at: hex },
        ArmedTask::Bombard => Task::Bombard { target: hex },
        ArmedTask::Support => Task::Support { target: hex },
        ArmedTask::Counterattack => Task::Counterattack { target: hex },
        ArmedTask::ClearMines => Task::ClearMines { target: hex },
        ArmedTask::Wall(deed) => {
            let side = session.scenario().unit(unit).side;
            let wall = session
                .battle()
                .and_then(|battle| battle.view(side).wall_toward(unit, hex));
            Task::Siege {
                deed,
                // No wall is there: the check says so.
                side: wall.unwrap_or(SideId(u32::MAX)),
            }
        }
    }
}
