//! Verdict: who holds the places, whether the city is lost, whether the battle is over.
//!
//! Reads: control, positions. Writes: tenure of places, the city's loss, the end. There are no
//! points.

use super::escape::{Bodies, crowds::settle};
use crate::{
    battle::{
        clock::Clock,
        crowd::Crowds,
        drafts::has_entered,
        event::{Cause, CrowdAt, End, Event, EventLog, Phase, PlaceState},
        ground::{Field, Occupancy, PlaceEntity, Roster, Stage, Tenure, opposite_hexes},
        intelligence::Intelligence,
        navy,
        parts::{self, Units},
        strength::Bin,
        turn::TurnSystems,
    },
    scenario::{Hours, Scenario, Side, events::amend::NEVER, map::WorksLevel},
};
use bevy_ecs::{
    resource::Resource,
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Query, Res, ResMut},
};
use serde::{Deserialize, Serialize};

/// The end of the battle, once it has come.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome(pub Option<End>);

/// Adds the phase to the turn.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (places, lines, city, navy::close_river, finish)
            .chain()
            .in_set(TurnSystems::Verdict),
    );
}

/// A place is captured when all its hexes are controlled, contested before that when some are, or
/// when one of them is next to formed enemies who can get at it.
fn places(
    stage: Res<Stage>,
    roster: Res<Roster>,
    field: Res<Field>,
    occupancy: Res<Occupancy>,
    mut log: ResMut<EventLog>,
    mut tenures: Query<(&PlaceEntity, &mut Tenure)>,
) {
    let map = stage.0.map();
    for entity in &roster.places {
        let Ok((place, mut tenure)) = tenures.get_mut(*entity) else {
            continue;
        };
        let hexes = &map.places[usize::from(place.index)].hexes;
        for side in Side::ALL {
            if tenure.holder == Some(side) {
                continue;
            }
            let holds = |h: &crate::scenario::Hex| field.control[h.index()] == Some(side);
            if hexes.iter().all(holds) {
                tenure.holder = Some(side);
                tenure.contested = false;
                log.push(
                    Phase::Verdict,
                    Event::Place {
                        place: place.index,
                        by: side,
                        state: PlaceState::Captured,
                    },
                );
                break;
            }
            let attacked = hexes.iter().any(|h| {
                holds(h)
                    || opposite_hexes(&stage.0, &field, *h)
                        .any(|n| occupancy.formed_of(n, side) > 0)
            });
            if attacked && !tenure.contested && tenure.holder.is_some() {
                tenure.contested = true;
                log.push(
                    Phase::Verdict,
                    Event::Place {
                        place: place.index,
                        by: side,
                        state: PlaceState::Contested,
                    },
                );
            } else if !attacked {
                tenure.contested = false;
            }
        }
    }
}

/// The first time a side stands against the manned works of a line.
fn lines(
    stage: Res<Stage>,
    field: ResMut<Field>,
    occupancy: Res<Occupancy>,
    mut log: ResMut<EventLog>,
) {
    let map = stage.0.map();
    let field = field.into_inner();
    for hex in occupancy.occupied() {
        let ground = map.at(hex);
        let (Some(line), Some(holder)) = (ground.line, occupancy.side(hex)) else {
            continue;
        };
        if ground.works.level < WorksLevel::Prepared {
            continue;
        }
        let attacker = holder.enemy();
        let reached =
            opposite_hexes(&stage.0, &*field, hex).any(|n| occupancy.formed_of(n, attacker) > 0);
        let known = &mut field.lines_reached[attacker.index()];
        if reached && !known.contains(&line) {
            known.push(line);
            known.sort_unstable();
            log.push(Phase::Verdict, Event::LineReached { line, by: attacker });
        }
    }
}

/// The city is lost when the attacker holds enough gates and the centre, or no formed defender is
/// left inside the wall while he holds a gate (model §0).
fn city(
    stage: Res<Stage>,
    clock: Res<Clock>,
    outcome: Res<Outcome>,
    mut field: ResMut<Field>,
    mut log: ResMut<EventLog>,
    units: Units,
) {
    let scenario = &stage.0;
    let Some(city) = scenario.city() else {
        return;
    };
    if field.city_lost.is_some() || outcome.0.is_some() {
        return;
    }
    let map = scenario.map();
    let attacker = city.held_by.enemy();
    let held = |h: crate::scenario::Hex| field.control[h.index()] == Some(attacker);
    let gates = map
        .gates
        .iter()
        .filter(|g| !g.blocked && held(g.inner))
        .count() as u32;
    let centre = map.places[city.centre].hexes.iter().all(|h| held(*h));
    let defended = parts::all(&units).any(|u| {
        u.identity.side == city.held_by
            && u.strength.formed() > 0
            && u.position.hex.is_some_and(|h| map.at(h).inside_wall)
    });
    if (gates >= city.gates && centre) || (gates > 0 && !defended) {
        field.city_lost = Some((clock.hour.0 + 1, attacker));
        log.push(Phase::Verdict, Event::CityLost { by: attacker });
    }
}

/// Is the battle over? The clock moves on to the next turn.
fn finish(
    stage: Res<Stage>,
    mut clock: ResMut<Clock>,
    roster: Res<Roster>,
    field: Res<Field>,
    mut outcome: ResMut<Outcome>,
    mut intelligence: ResMut<Intelligence>,
    crowds: Res<Crowds>,
    mut bodies: Bodies,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let turn = clock.turn();
    let next = Hours(clock.hour.0 + 1);
    for u in parts::all(&units) {
        if u.position.hex.is_none() {
            intelligence.strike(u.identity.id);
        }
    }
    // An event may have ended it already.
    let end = end_of_battle(scenario, &units, &field, next);
    if let (Some(end), None) = (end, outcome.0) {
        if let Some((_, by)) = field.city_lost {
            scatter(&roster, &crowds, &mut bodies, &mut units, &mut log, by);
        }
        outcome.0 = Some(end);
        log.push(Phase::Verdict, Event::Ended { end });
    }
    log.push(Phase::Verdict, Event::TurnEnded { turn });
    clock.hour = next;
}

/// The battle ends with the city lost: who still waits on the bank in a crowd is captured or missing.
fn scatter(
    roster: &Roster,
    crowds: &Crowds,
    bodies: &mut Bodies,
    units: &mut Units,
    log: &mut EventLog,
    by: Side,
) {
    for entity in &crowds.entities {
        let Ok(mut crowd) = bodies.get_mut(*entity) else {
            continue;
        };
        if crowd.side == by {
            continue;
        }
        let men = crowd.size();
        let gone = crowd.part(men);
        crowd.told = 0;
        let (cause, phase) = (Cause::CityLost, Phase::Verdict);
        settle(roster, units, log, &gone, Bin::Captured, cause, phase);
        log.push(
            phase,
            Event::CrowdCounted(CrowdAt {
                crowd: crowd.id,
                side: crowd.side,
                at: crowd.at,
                men: 0,
            }),
        );
    }
}

fn end_of_battle(scenario: &Scenario, units: &Units, field: &Field, next: Hours) -> Option<End> {
    let after = scenario.city().map_or(0, |c| c.hours_after);
    if field
        .city_lost
        .is_some_and(|(hour, _)| next.0 >= hour + after)
    {
        return Some(End::CityLost);
    }
    for side in Side::ALL {
        let left = parts::all(units).any(|u| {
            u.identity.side == side
                && ((u.strength.men(Bin::NotArrived) > 0
                    && !has_entered(u.strength)
                    && scenario.unit(u.identity.id).start_hour != NEVER)
                    || (u.position.hex.is_some() && u.strength.formed() > 0))
        });
        if !left {
            return Some(End::NobodyLeft(side));
        }
    }
    (next.0 >= scenario.turns() * 4).then_some(End::TimeUp)
}
