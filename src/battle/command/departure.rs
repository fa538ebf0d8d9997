//! The staff of a headquarters that has left: it goes for good, over the river in boats, or by its way
//! out. The article: Tang slipped out of the city and crossed the Yangtze by way of Pukou while his
//! units still fought.
//!
//! Men change bins only where boats and exits do that; here nobody is moved.

use super::Headquarters;
use crate::{
    battle::{
        clock::Clock,
        course::Course,
        event::{EventLog, Phase},
        ground::{Field, Roster, Stage},
        order::Task,
        parts::{self, Units},
        phases::command::take_up,
        unit::Posture,
    },
    scenario::{Branch, Hex, Scenario, UnitId, map::Mover},
};
use bevy_ecs::system::{Query, Res, ResMut};

/// Every hour: staffs of headquarters that have left are on their way, and take no other orders.
pub(in crate::battle) fn see_off(
    stage: Res<Stage>,
    clock: Res<Clock>,
    roster: Res<Roster>,
    field: Res<Field>,
    staffs: Query<&Headquarters>,
    mut course: ResMut<Course>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    for (i, unit) in scenario.units().iter().enumerate() {
        let staff = roster.formations[unit.formation.0 as usize];
        let left = unit.branch == Branch::Headquarters && staffs.get(staff).is_ok_and(|hq| hq.left);
        if !left {
            continue;
        }
        let id = UnitId(i as u32);
        let mut u = parts::write(&mut units, &roster, id);
        let Some(at) = u.position.hex.filter(|at| !field.is_silent(scenario, *at)) else {
            continue;
        };
        if u.stance.posture == Posture::Routed {
            continue;
        }
        let Some(task) = way(scenario, &field, id, at) else {
            continue;
        };
        course.call_away(id);
        if u.mission.task != task {
            let (now, phase) = (clock.hour, Phase::Happenings);
            take_up(&mut u, task, None, now, phase, &mut log);
        }
    }
}

/// How a staff leaves: by the nearest boats that may carry it, if the enemy holds neither bank; or by
/// its way out, if that leads off the map.
fn way(scenario: &Scenario, field: &Field, unit: UnitId, at: Hex) -> Option<Task> {
    let known = scenario.unit(unit);
    let grid = &scenario.map().grid;
    let enemy = Some(known.side.enemy());
    let mover = Mover::of(known.branch);
    let reaches =
        |hex: Hex| !field.is_silent(scenario, hex) && scenario.passage().connected(mover, at, hex);
    let open = |hex: Hex| field.control[hex.index()] != enemy;
    let pier = scenario
        .crossings()
        .iter()
        .filter(|c| {
            let keeps = |(_, owner, _): &(usize, Option<_>, u32)| {
                owner.is_none_or(|owner| scenario.is_under(known.formation, owner))
            };
            c.side == known.side
                && c.boats.iter().any(keeps)
                && open(c.hex)
                && open(c.landing)
                && reaches(c.hex)
        })
        .min_by_key(|c| (grid.distance(at, c.hex), c.hex));
    if let Some(crossing) = pier {
        return Some(Task::Embark { at: crossing.hex });
    }
    let out = scenario.staff(known.formation).way_out;
    out.filter(|hex| scenario.map().at(*hex).exit && reaches(*hex))
        .map(|to| Task::Withdraw { to })
}
