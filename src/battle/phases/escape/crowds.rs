//! Crowds on their way: to the nearest harbour that the enemy does not hold, through gates that are
//! open, round the enemy; those he comes up to are captured, or hide where there is a city to hide in.

use super::{Bodies, hourly, key};
use crate::{
    battle::{
        clock::{Clock, Sky},
        crowd::{Crowd, Crowds},
        dice::{Dice, Purpose},
        event::{Cause, CrowdAt, Event, EventLog, Phase},
        ground::{Field, Occupancy, Roster, Stage, opposite_hexes, zone_of_control},
        parts::{self, Units},
        phases::{losses, movement, siege::gates},
        rampart,
        route::Pathfinder,
        strength::Bin,
    },
    scenario::{Hex, Scenario, Side, UnitId, map::Mover},
};
use bevy_ecs::system::{Commands, Res, ResMut};
use std::collections::BTreeMap;

/// Harbours to which men of a side make: public, and not in enemy hands.
pub(in crate::battle) fn harbours<'a>(
    scenario: &'a Scenario,
    field: &'a Field,
    side: Side,
) -> impl Iterator<Item = Hex> + 'a {
    scenario
        .crossings()
        .iter()
        .filter(move |c| {
            c.side == side && c.is_public && field.control[c.hex.index()] != Some(side.enemy())
        })
        .map(|c| c.hex)
}

/// Men who leave a crowd for another bin.
pub(in crate::battle) fn settle(
    roster: &Roster,
    units: &mut Units,
    log: &mut EventLog,
    gone: &[(UnitId, u32)],
    to: Bin,
    cause: Cause,
    phase: Phase,
) -> u32 {
    gone.iter()
        .map(|(unit, men)| {
            let mut u = parts::write(units, roster, *unit);
            losses::transfer(&mut u, Bin::Crowd, to, *men, cause, phase, log)
        })
        .sum()
}

/// An hour on the way.
pub fn go_on(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    mut occupancy: ResMut<Occupancy>,
    mut field: ResMut<Field>,
    mut pathfinder: ResMut<Pathfinder>,
    crowds: Res<Crowds>,
    mut bodies: Bodies,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    if scenario.crossings().is_empty() {
        return;
    }
    // Men have left their units in this hour.
    crate::battle::phases::observation::reindex(&mut occupancy, &units);
    let sky = clock.sky(scenario);
    for entity in &crowds.entities {
        let Ok(mut crowd) = bodies.get_mut(*entity) else {
            continue;
        };
        if field.is_silent(scenario, crowd.at) {
            continue;
        }
        overtaken(
            scenario, &clock, &dice, &roster, &occupancy, &field, &mut units, &mut log, &mut crowd,
        );
        let goal = goal(scenario, &field, &crowd);
        let Some(goal) = goal.filter(|goal| *goal != crowd.at && crowd.size() > 0) else {
            continue;
        };
        find_way(
            scenario,
            &clock,
            &occupancy,
            &field,
            &mut pathfinder,
            &crowds,
            &mut crowd,
            goal,
        );
        walk(
            scenario, &sky, &occupancy, &mut field, &crowds, &mut log, &mut crowd,
        );
    }
}

/// Enemies have come up to a crowd.
fn overtaken(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    occupancy: &Occupancy,
    field: &Field,
    units: &mut Units,
    log: &mut EventLog,
    crowd: &mut Crowd,
) {
    let enemy = crowd.side.enemy();
    let among = occupancy.side(crowd.at) == Some(enemy);
    let acts = |n: Hex| occupancy.formed_of(n, enemy) > 0 && !field.is_silent(scenario, n);
    let beside = || opposite_hexes(scenario, field, crowd.at).any(acts);
    // Own troops who still stand there keep the enemy off.
    let covered = occupancy.formed_of(crowd.at, crowd.side) > 0;
    let share = if among {
        1.0
    } else if !covered && beside() {
        hourly(scenario.rules().escape.crowd_captured)
    } else {
        return;
    };
    let k = key(
        clock,
        Purpose::CrowdCapture,
        u64::from(crowd.id.0),
        crowd.at.0,
        0,
    );
    let mut carry = crowd.carry;
    let men = dice.round(k, f64::from(crowd.size()) * share, &mut carry);
    crowd.carry = carry;
    let bin = if scenario.map().at(crowd.at).inside_wall {
        Bin::Hidden
    } else {
        Bin::Captured
    };
    let gone = crowd.part(men);
    settle(
        roster,
        units,
        log,
        &gone,
        bin,
        Cause::Overrun,
        Phase::Escape,
    );
}

/// The harbour a crowd makes for: the nearest.
pub(super) fn goal(scenario: &Scenario, field: &Field, crowd: &Crowd) -> Option<Hex> {
    let grid = &scenario.map().grid;
    harbours(scenario, field, crowd.side).min_by_key(|h| (grid.distance(crowd.at, *h), *h))
}

/// A crowd that knows no way looks for one when it forms, and then once a turn.
fn find_way(
    scenario: &Scenario,
    clock: &Clock,
    occupancy: &Occupancy,
    field: &Field,
    pathfinder: &mut Pathfinder,
    crowds: &Crowds,
    crowd: &mut Crowd,
    goal: Hex,
) {
    let leads = crowd.route.first() == Some(&goal);
    let now = clock.hour_in_turn() == 0 || crowd.progress == 0.0;
    if leads || !now {
        return;
    }
    let enemy = crowd.side.enemy();
    let enemies = |hex: Hex| f64::from(occupancy.formed_of(hex, enemy));
    let zone = |hex: Hex| zone_of_control(scenario, field, hex, enemies);
    let grid = &scenario.map().grid;
    let (at, side) = (crowd.at, crowd.side);
    let mut way = |past_those_who_bar_it: bool| {
        let passage = scenario.passage();
        pathfinder.route(
            grid,
            passage,
            Mover::Foot,
            at,
            goal,
            |from, to, direction| {
                if held_back(crowds, side, to) && !past_those_who_bar_it {
                    return None;
                }
                movement::step_extra(
                    scenario,
                    field,
                    side,
                    Mover::Foot,
                    goal,
                    &enemies,
                    &zone,
                    from,
                    to,
                    direction,
                )
            },
        )
    };
    // Where no way leads round those who hold it back it goes up to them, and presses on.
    crowd.route = way(false)
        .or_else(|| {
            let barred = crowds.barred.iter().any(|(_, of)| *of == side);
            barred.then(|| way(true)).flatten()
        })
        .unwrap_or_default();
}

fn held_back(crowds: &Crowds, side: Side, hex: Hex) -> bool {
    crowds.barred.binary_search(&(hex, side)).is_ok()
}

/// Goes on as far as the hour allows.
fn walk(
    scenario: &Scenario,
    sky: &Sky,
    occupancy: &Occupancy,
    field: &mut Field,
    crowds: &Crowds,
    log: &mut EventLog,
    crowd: &mut Crowd,
) {
    let map = scenario.map();
    let rules = scenario.rules();
    crowd.progress += 60.0;
    while let Some(&next) = crowd.route.last() {
        let Some(direction) = map.grid.direction(crowd.at, next) else {
            crowd.route.clear();
            break;
        };
        let barred = occupancy.side(next) == Some(crowd.side.enemy())
            || held_back(crowds, crowd.side, next)
            || field.is_silent(scenario, next)
            || !rampart::is_open(
                scenario,
                field,
                crowd.at,
                direction,
                crowd.side,
                Mover::Foot,
            );
        if barred {
            crowd.route.clear();
            break;
        }
        let cost = f64::from(scenario.passage().cost(Mover::Foot, crowd.at, direction));
        let night = if sky.night { rules.movement.night } else { 1.0 };
        let needed = 60.0 * cost / rules.escape.crowd_km * night;
        let through = crowd.progress >= needed
            && gates::lets_pass(scenario, field, crowd.at, next, crowd.size());
        if !through {
            break;
        }
        crowd.progress -= needed;
        crowd.route.pop();
        crowd.at = next;
        log.push(
            Phase::Escape,
            Event::CrowdMoved(CrowdAt {
                crowd: crowd.id,
                side: crowd.side,
                at: next,
                men: crowd.size(),
            }),
        );
    }
    // Waiting is no running start.
    crowd.progress = crowd.progress.min(60.0);
    if crowd.route.is_empty() {
        crowd.progress = 1.0;
    }
}

/// Crowds that meet go on as one: the one that formed first.
pub fn merge(
    mut crowds: ResMut<Crowds>,
    mut bodies: Bodies,
    mut commands: Commands,
    mut log: ResMut<EventLog>,
) {
    if crowds.entities.len() < 2 {
        return;
    }
    let mut first: BTreeMap<(Hex, Side), bevy_ecs::entity::Entity> = BTreeMap::new();
    let mut left = Vec::with_capacity(crowds.entities.len());
    for entity in crowds.entities.clone() {
        let Ok(crowd) = bodies.get(entity) else {
            continue;
        };
        let (at, side, men, id) = (crowd.at, crowd.side, crowd.men.clone(), crowd.id);
        let Some(into) = first.get(&(at, side)).copied() else {
            first.insert((at, side), entity);
            left.push(entity);
            continue;
        };
        log.push(
            Phase::Escape,
            Event::CrowdMerged(CrowdAt {
                crowd: id,
                side,
                at,
                men: men.iter().map(|(_, n)| n).sum(),
            }),
        );
        if let Ok(mut into) = bodies.get_mut(into) {
            for (unit, n) in men {
                into.join(unit, n);
            }
        }
        commands.entity(entity).despawn();
    }
    crowds.entities = left;
}

/// At the end of the hour: how many are in each crowd; one with nobody left is no more.
pub fn count(
    mut crowds: ResMut<Crowds>,
    mut bodies: Bodies,
    mut commands: Commands,
    mut log: ResMut<EventLog>,
) {
    let mut left = Vec::with_capacity(crowds.entities.len());
    for entity in std::mem::take(&mut crowds.entities) {
        let Ok(mut crowd) = bodies.get_mut(entity) else {
            continue;
        };
        let men = crowd.size();
        if men != crowd.told {
            crowd.told = men;
            log.push(
                Phase::Escape,
                Event::CrowdCounted(CrowdAt {
                    crowd: crowd.id,
                    side: crowd.side,
                    at: crowd.at,
                    men,
                }),
            );
        }
        if men == 0 {
            commands.entity(entity).despawn();
        } else {
            left.push(entity);
        }
    }
    crowds.entities = left;
}
