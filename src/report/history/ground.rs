//! Where an army came from and where it attacked, from the events.

use crate::{
    battle::{Event, Logged, PlaceState},
    scenario::{Approach, FormationId, Hex, HexMap, Hours, Scenario, Side},
};
use std::collections::{BTreeMap, BTreeSet};

/// Share of the formations under one that came at the city from a range of bearings, of those that came
/// at all: where a fighting unit of a formation's own first stood so near the wall, seen from a place
/// within. `None` if none came.
pub(super) fn came_from(
    scenario: &Scenario,
    events: &[Logged],
    approach: &Approach,
) -> Option<f64> {
    let map = scenario.map();
    let near = near_the_wall(map, approach.wall_km);
    let mut first: BTreeMap<FormationId, Hex> = BTreeMap::new();
    for logged in events {
        let (unit, hex) = match logged.event {
            Event::Moved { unit, to, .. } => (unit, to),
            Event::Arrived { unit, at } => (unit, at),
            _ => continue,
        };
        let known = scenario.unit(unit);
        let counts = known.branch.can_assault()
            && near.contains(&hex)
            && scenario.is_under(known.formation, approach.formation);
        if counts {
            first.entry(known.formation).or_insert(hex);
        }
    }
    let seen_from = map.places[approach.seen_from].centre;
    let from_there = |hex: &&Hex| lies_between(bearing(map, seen_from, **hex), approach.bearings);
    let share = first.values().filter(from_there).count() as f64 / first.len() as f64;
    (!first.is_empty()).then_some(share)
}

fn near_the_wall(map: &HexMap, km: f64) -> BTreeSet<Hex> {
    let reach = (km / map.grid.hex_km()) as u32;
    map.grid
        .hexes()
        .filter(|hex| map.at(*hex).inside_wall)
        .flat_map(|hex| map.grid.within(hex, reach))
        .collect()
}

/// Degrees clockwise from north.
fn bearing(map: &HexMap, from: Hex, to: Hex) -> f64 {
    let ([x, y], [a, b]) = (map.grid.centre(from), map.grid.centre(to));
    libm::atan2(a - x, b - y).to_degrees().rem_euclid(360.0)
}

/// Does a bearing lie between two, going clockwise from the first?
fn lies_between(bearing: f64, (first, last): (f64, f64)) -> bool {
    let width = if last - first < 360.0 {
        (last - first).rem_euclid(360.0)
    } else {
        360.0
    };
    (bearing - first).rem_euclid(360.0) <= width
}

/// Share of a side's hours of assault from an hour on that were fought over some hexes; `None` if there
/// were none.
pub(super) fn assaults_at(
    events: &[Logged],
    by: Side,
    from: Hours,
    hexes: &BTreeSet<Hex>,
) -> Option<f64> {
    let (mut here, mut all) = (0_u32, 0_u32);
    for logged in events.iter().filter(|l| l.hour >= from) {
        if let Event::Fought {
            at,
            attacker,
            assault: true,
            ..
        } = &logged.event
            && *attacker == by
        {
            all += 1;
            here += u32::from(hexes.contains(at));
        }
    }
    (all > 0).then(|| f64::from(here) / f64::from(all))
}

/// Who held a place at an hour: whoever took it last before, or whoever lost it first after. `now` is
/// who holds it at the end.
pub(super) fn holder(
    events: &[Logged],
    place: usize,
    hour: Hours,
    now: Option<Side>,
) -> Option<Side> {
    let taken = |logged: &Logged| match logged.event {
        Event::Place {
            place: p,
            by,
            state: PlaceState::Captured,
        } if usize::from(p) == place => Some(by),
        _ => None,
    };
    let until = events.partition_point(|l| l.hour < hour);
    let before = events[..until].iter().rev().find_map(taken);
    let after = || events[until..].iter().find_map(taken).map(Side::enemy);
    before.or_else(after).or(now)
}

#[cfg(test)]
mod tests {
    use super::lies_between;

    #[test]
    fn bearings_run_clockwise_and_over_north() {
        assert!(lies_between(90.0, (0.0, 180.0)));
        assert!(!lies_between(270.0, (0.0, 180.0)));
        assert!(lies_between(350.0, (300.0, 30.0)) && lies_between(10.0, (300.0, 30.0)));
        assert!(!lies_between(180.0, (300.0, 30.0)));
        assert!(lies_between(180.0, (0.0, 360.0)));
    }
}
