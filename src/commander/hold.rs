//! Defenders: into the works about the place they are to hold, spread so that its front is manned;
//! reserves to where the enemy presses; back, when the plan says so.

use super::{
    charge::Charge,
    desk::Desk,
    march::{blocked, friendly, rest},
    reason::{Motive, Wear},
    siege::watch,
    table::Table,
};
use crate::{
    battle::{MissionPosture, Task},
    scenario::{Branch, Hex},
};

/// How far from its place a formation's position reaches, in km.
const POSITION_KM: f64 = 2.0;
/// How far a reserve looks for a hard-pressed neighbour, in km.
const HELP_KM: f64 = 4.0;
/// A unit that has been pushed off no further than this stays at its position's edge, km.
const EDGE_KM: f64 = 5.0;
/// Cohesion under which a unit out of contact rests instead of manning the line.
const SHAKEN: f64 = 0.35;

/// A unit of a formation that holds, delays, stands in reserve or falls back.
pub(super) fn man(table: &mut Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>) {
    if c.is_stuck() {
        desk.give(table, c, Task::Hold, blocked(c));
        return;
    }
    if c.unit.branch == Branch::Headquarters && !leaves(c) && !c.own.in_contact {
        desk.give(table, c, Task::Hold, Motive::Staff);
        return;
    }
    if c.own.condition.cohesion < SHAKEN && !leaves(c) {
        let why = Motive::Worn {
            by: Wear::Cohesion,
            level: c.own.condition.cohesion,
            limit: SHAKEN,
        };
        rest(table, desk, c, why);
        return;
    }
    if leaves(c) {
        fall_back(table, desk, c);
    } else if !is_home(table, c, c.at) {
        take_position(table, desk, c);
    } else if c.mission.posture == MissionPosture::Reserve && help(table, desk, c)
        || c.mission.posture == MissionPosture::Hold && man_centre(table, desk, c)
    {
        // Its task is decided.
    } else {
        spread(table, desk, c);
    }
}

fn leaves(c: &Charge<'_>) -> bool {
    c.mission.posture == MissionPosture::Withdraw
}

fn reach(table: &Table<'_, '_>, km: f64) -> u32 {
    ((km / table.map.grid.hex_km()) as u32).max(1)
}

/// Does a hex belong to the formation's position: close to its place, on the same side of the wall?
fn is_home(table: &Table<'_, '_>, c: &Charge<'_>, hex: Hex) -> bool {
    let objective = c.mission.objective;
    table.map.grid.distance(hex, objective) <= reach(table, POSITION_KM)
        && table.map.at(hex).inside_wall == table.map.at(objective).inside_wall
}

/// Hexes of the position where the unit finds room, best first.
fn posts(table: &Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>) -> Option<Hex> {
    let objective = c.mission.objective;
    let power = c.power(table.view).max(1.0);
    let side = table.view.side();
    let posts: Vec<(f64, Hex)> = table
        .map
        .grid
        .within(objective, reach(table, POSITION_KM))
        .into_iter()
        .filter(|h| {
            is_home(table, c, *h)
                && table.may_stand(c.mover, *h)
                && table.fits(*h, c.men())
                && friendly(table, *h, side)
        })
        .map(|h| {
            let from_centre = f64::from(table.map.grid.distance(h, objective));
            let shared = f64::from(table.units(h).min(3));
            let danger = (table.threat(h) / power).min(3.0);
            let score =
                table.strength_of_ground(h) - 0.4 * from_centre - 0.5 * shared - 0.5 * danger;
            (score, h)
        })
        .collect();
    if desk.explains() {
        for (score, to) in &posts {
            let task = if c.own.in_contact || leaves(c) {
                Task::Withdraw { to: *to }
            } else {
                Task::March {
                    to: *to,
                    forced: true,
                }
            };
            desk.weigh(c.own.id, task, *score, None);
        }
    }
    posts
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, h)| h)
}

/// On the way to the position already?
fn under_way(table: &Table<'_, '_>, c: &Charge<'_>) -> bool {
    match c.own.task {
        Task::March { to, .. } | Task::Withdraw { to } => {
            to != c.at && is_home(table, c, to) && table.may_stand(c.mover, to)
        }
        _ => false,
    }
}

/// A unit away from its position goes there, unless the enemy stands between.
fn take_position(table: &mut Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>) {
    if let (true, Some(to)) = (under_way(table, c), c.own.task.goal()) {
        let motive = position(table, c, to);
        if desk.give(table, c, c.own.task, motive) {
            return;
        }
    }
    let objective = c.mission.objective;
    let away = table.map.grid.distance(c.at, objective);
    let pressed = table.steps(objective) <= 1;
    if away <= reach(table, EDGE_KM) && pressed {
        // Driven off: dig in where it stands.
        desk.give(table, c, Task::Hold, Motive::DrivenOff);
        return;
    }
    let post = posts(table, desk, c);
    let task = match post {
        Some(to) if c.own.in_contact => Task::Withdraw { to },
        Some(to) => Task::March { to, forced: true },
        None => Task::Hold,
    };
    let motive = post.map_or(Motive::NoWay, |to| position(table, c, to));
    if !desk.give(table, c, task, motive) {
        desk.give(table, c, Task::Hold, blocked(c));
    }
}

fn position(table: &Table<'_, '_>, c: &Charge<'_>, to: Hex) -> Motive {
    let grid = &table.map.grid;
    Motive::Position {
        ground: table.strength_of_ground(to),
        away_km: f64::from(grid.distance(to, c.mission.objective)) * grid.hex_km(),
    }
}

/// A unit ordered back.
fn fall_back(table: &mut Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>) {
    let to = c.mission.objective;
    if table.map.at(to).exit && desk.give(table, c, Task::Withdraw { to }, Motive::Back) {
        // Off the map by an exit.
        return;
    }
    if is_home(table, c, c.at) {
        desk.give(table, c, Task::Hold, holds(table, c));
        return;
    }
    if under_way(table, c) && desk.give(table, c, c.own.task, Motive::Back) {
        return;
    }
    // Where there is no room, it presses on towards the place all the same.
    let to = posts(table, desk, c).or(table.may_stand(c.mover, to).then_some(to));
    let task = to.map_or(Task::Hold, |to| Task::Withdraw { to });
    if !desk.give(table, c, task, Motive::Back) {
        desk.give(table, c, Task::Hold, blocked(c));
    }
}

/// Nobody stands at the place itself: a unit that is not in contact goes there. True if this one
/// does.
fn man_centre(table: &mut Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>) -> bool {
    let to = c.mission.objective;
    let goes = c.fights()
        && !c.assists()
        && c.at != to
        && table.units(to) == 0
        && table.faced(c.at) == 0
        && table.may_stand(c.mover, to)
        && friendly(table, to, table.view.side());
    goes && desk.give(table, c, Task::March { to, forced: true }, Motive::Unmanned)
}

/// Two units in one hex and works unmanned beside it: the smaller one goes there, while it is quiet.
fn spread(table: &mut Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>) {
    if under_way(table, c) && desk.give(table, c, c.own.task, Motive::Spread) {
        return;
    }
    let crowded = table.units(c.at) > 1 && c.fights() && table.steps(c.at) > 1;
    if crowded {
        let mine = table.strength_of_ground(c.at);
        let post = posts(table, desk, c).filter(|h| {
            *h != c.at && table.units(*h) == 0 && table.strength_of_ground(*h) >= mine - 0.3
        });
        if let Some(to) = post
            && desk.give(table, c, Task::March { to, forced: false }, Motive::Spread)
        {
            return;
        }
    }
    let task = watch(table, c);
    let motive = match task {
        Task::Counterattack { target } => Motive::Pressed {
            threat: table.threat(target),
        },
        _ => holds(table, c),
    };
    if !desk.give(table, c, task, motive) {
        desk.give(table, c, Task::Hold, holds(table, c));
    }
}

fn holds(table: &Table<'_, '_>, c: &Charge<'_>) -> Motive {
    Motive::Holds {
        ground: table.strength_of_ground(c.at),
    }
}

/// A reserve goes to the hardest-pressed own hex close by. False if there is none.
fn help(table: &mut Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>) -> bool {
    if !c.fights() || !c.is_fit() || c.own.in_contact {
        return false;
    }
    let view = table.view;
    let inside = table.map.at(c.at).inside_wall;
    let pressed = table
        .map
        .grid
        .within(c.at, reach(table, HELP_KM))
        .into_iter()
        .filter(|h| {
            table.faced(*h) > 0
                && view.own_men(*h) > 0
                && table.map.at(*h).inside_wall == inside
                && table.fits(*h, c.men())
                && table.may_stand(c.mover, *h)
        })
        .map(|h| (table.threat(h) - 0.5 * f64::from(table.men(h)), h))
        .filter(|(need, _)| *need > 0.0)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    pressed.is_some_and(|(_, to)| {
        let motive = Motive::Pressed {
            threat: table.threat(to),
        };
        desk.give(table, c, Task::March { to, forced: true }, motive)
    })
}
