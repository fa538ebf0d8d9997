//! Air groups: first on what the infantry assaults, then on guns that have been located and on enemies
//! before the front; one group watches the roads behind it. Decides nothing on the ground.

use super::{
    attack::Blow,
    desk::Desk,
    reason::{Choice, Motive, Subject},
    table::Table,
};
use crate::{
    battle::{AirMission, Order, order::check},
    scenario::{Hex, map::Mover},
};

/// Enemies that count as a column to be stopped on the road, men.
const COLUMN: u32 = 400;
/// How much more guns are worth as targets than as many other men.
const GUNS: f64 = 3.0;

/// Missions of the side's groups for the turn.
pub(super) fn fly(table: &Table<'_, '_>, desk: &mut Desk, blows: &[Blow]) {
    let view = table.view;
    let groups: Vec<_> = view.air_groups().collect();
    if groups.is_empty() {
        return;
    }
    let mut taken: Vec<Hex> = Vec::new();
    for (i, (group, _, now)) in groups.iter().enumerate() {
        let legal = |mission: AirMission| {
            check(
                view,
                &Order::Air {
                    group: *group,
                    mission,
                },
            )
            .is_ok()
        };
        // The last of several groups looks after the roads.
        let roads = groups.len() > 1 && i + 1 == groups.len();
        let mission = roads
            .then(|| column(table))
            .flatten()
            .map(|target| AirMission::Interdict { target })
            .filter(|m| legal(*m))
            .or_else(|| {
                let free = targets(table, blows)
                    .into_iter()
                    .filter(|(_, hex)| !taken.contains(hex))
                    .map(|(score, target)| (score, AirMission::Bomb { target }));
                let subject = Subject::Air(*group);
                free.inspect(|(score, m)| desk.lay(subject, Choice::Air(*m), *score, None))
                    .map(|(_, m)| m)
                    .find(|m| legal(*m))
            })
            .unwrap_or_default();
        taken.extend(mission.target());
        let order = Order::Air {
            group: *group,
            mission,
        };
        let motive = motive(table, mission);
        if mission == *now {
            let subject = Subject::Air(*group);
            desk.explain(subject, None, Choice::Air(mission), motive, false);
        } else {
            desk.send(order, motive);
        }
    }
}

fn motive(table: &Table<'_, '_>, mission: AirMission) -> Motive {
    let men = |hex| table.view.enemy_men(hex);
    match mission {
        AirMission::Rest => Motive::NoTarget,
        AirMission::Bomb { target } => Motive::Shells {
            men: men(target),
            gunners: table.gunners(target),
        },
        AirMission::Interdict { target } => Motive::Column { men: men(target) },
    }
}

/// Enemies worth bombs, best first: those under assault by their number and works, then located guns
/// and those who face one's own men.
fn targets(table: &Table<'_, '_>, blows: &[Blow]) -> Vec<(f64, Hex)> {
    let view = table.view;
    let mut scored: Vec<(f64, Hex)> = view
        .enemy_hexes()
        .filter_map(|(hex, men)| {
            let assaulted = blows.iter().any(|b| b.target == hex);
            let guns = table.gunners(hex);
            let near = assaulted || guns > 0 || table.steps_to_own(hex) <= 1;
            let worth = f64::from(men) + (GUNS - 1.0) * f64::from(guns);
            near.then_some((if assaulted { 2.0 * worth } else { worth }, hex))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    scored
}

/// The largest body of enemies on a road behind his front.
fn column(table: &Table<'_, '_>) -> Option<Hex> {
    let view = table.view;
    view.enemy_hexes()
        .filter(|(hex, men)| {
            *men >= COLUMN
                && view.passage().on_road(*hex)
                && view.passage().can_stand(Mover::Foot, *hex)
                && table.steps_to_own(*hex) > 2
        })
        .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)))
        .map(|(hex, _)| hex)
}
