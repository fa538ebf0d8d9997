//! Observation: who sees whom (model §3.5). Adjacent formed enemies are seen every hour; distant
//! ones by a draw each turn, the better the more observers, the nearer and the lighter.
//!
//! Reads: positions, ground, sky. Writes: each side's intelligence. Order: by unit number.

use crate::{
    battle::{
        blaze::Blaze,
        clock::{Clock, Sky},
        dice::{Dice, Purpose, RollKey},
        event::{Event, EventLog, Phase},
        ground::{Occupancy, Roster, Stage, sees},
        intelligence::{Contact, Intelligence},
        parts::{self, Units},
        strength::Strength,
        turn::HourSystems,
        unit::{Identity, Position},
    },
    scenario::{Branch, Hex, Side, Terrain, UnitId},
};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Query, Res, ResMut},
};

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems((stand, observe).chain().in_set(HourSystems::Observation));
}

/// Rebuilds the index of who stands where, for the phases of the hour.
fn stand(
    roster: Res<Roster>,
    mut occupancy: ResMut<Occupancy>,
    standing: Query<(&Identity, &Position, &Strength)>,
) {
    occupancy.rebuild(roster.units.iter().filter_map(|entity| {
        let (identity, position, strength) = standing.get(*entity).ok()?;
        Some((identity.id, identity.side, position, strength))
    }));
}

/// Rebuilds the index of who stands where.
pub fn reindex(occupancy: &mut Occupancy, units: &Units) {
    let standing: Vec<_> = parts::all(units)
        .map(|u| (u.identity.id, u.identity.side, u.position, u.strength))
        .collect();
    occupancy.rebuild(standing.into_iter());
}

struct Seen {
    id: UnitId,
    key: u64,
    side: Side,
    hex: Hex,
    column_row: (i32, i32),
    formed: u32,
    recon: f64,
    fighting: bool,
}

fn observe(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    occupancy: Res<Occupancy>,
    blaze: Res<Blaze>,
    mut intelligence: ResMut<Intelligence>,
    mut log: ResMut<EventLog>,
    units: Units,
) {
    let scenario = &stage.0;
    let map = scenario.map();
    let rules = &scenario.rules().observation;
    let sky = clock.sky(scenario);
    let km = map.grid.hex_km();
    let sight_km = if sky.fog {
        scenario.rules().weather.fog_sight_km
    } else {
        rules.sight_km
    };
    let reach = (sight_km / km).floor().max(1.0) as i32;
    let all: Vec<Seen> = parts::all(&units)
        .filter_map(|u| {
            let id = u.identity.id;
            let hex = u.position.hex?;
            let (column, row) = map.grid.column_row(hex);
            Some(Seen {
                id,
                key: u.identity.key,
                side: u.identity.side,
                hex,
                column_row: (i32::from(column), i32::from(row)),
                formed: u.strength.formed(),
                recon: if u.identity.branch == Branch::Cavalry {
                    rules.recon_cavalry
                } else {
                    rules.recon
                },
                fighting: u.ledger.in_contact,
            })
        })
        .collect();
    let far_look = clock.hour_in_turn() == 0;
    for target in &all {
        let watcher = target.side.enemy();
        let adjacent = map
            .grid
            .neighbours(target.hex)
            .any(|(_, n)| occupancy.formed_of(n, watcher) > 0);
        let seen = adjacent
            || (far_look
                && seen_from_afar(scenario, &dice, &clock, &blaze, &all, target, reach, &sky));
        if !seen {
            continue;
        }
        let spread = if target.fighting || adjacent {
            rules.strength_spread_fighting
        } else {
            rules.strength_spread
        };
        let key = RollKey {
            turn: clock.turn().0,
            purpose: Purpose::StrengthEstimate,
            unit: target.key,
            salt: 0,
        };
        let estimate = f64::from(target.formed) * libm::exp(spread * dice.normal(key));
        let known = intelligence.of(watcher).get(&target.id);
        if known.is_none_or(|c| c.hex != target.hex) {
            log.push(
                Phase::Observation,
                Event::Sighted {
                    by: watcher,
                    unit: target.id,
                    at: target.hex,
                },
            );
        }
        intelligence.note(
            watcher,
            target.id,
            Contact {
                hex: target.hex,
                men: estimate.round() as u32,
                seen: clock.hour,
            },
        );
    }
    intelligence.forget(clock.hour, rules.memory_turns * 4, |side, hex| {
        // A hex one's own men stand in or next to, with nobody seen there now: he is gone.
        occupancy.side(hex) == Some(side)
            || map
                .grid
                .neighbours(hex)
                .any(|(_, n)| occupancy.formed_of(n, side) > 0)
    });
}

/// `1 - exp(-light x recon x (1 - conceal) x (3 / d)^2)`, summed over observers in line of sight.
fn seen_from_afar(
    scenario: &crate::scenario::Scenario,
    dice: &Dice,
    clock: &Clock,
    blaze: &Blaze,
    all: &[Seen],
    target: &Seen,
    reach: i32,
    sky: &Sky,
) -> bool {
    let map = scenario.map();
    let rules = &scenario.rules().observation;
    let km = map.grid.hex_km();
    // Burnt ground hides nobody better than open country, and a fire lights up who is near it.
    let hides = |terrain| scenario.rules().terrain(terrain).conceal;
    let mut conceal = hides(map.at(target.hex).terrain);
    if blaze.bare(target.hex) {
        conceal = conceal.min(hides(Terrain::Open));
    }
    let light = blaze.sky_over(scenario, target.hex, sky).light;
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::Sighting,
        unit: target.key,
        salt: 0,
    };
    // Once it is certain that he is seen, further observers need not be asked for their lines of sight.
    let enough = -libm::log1p(-dice.uniform(key)) + 1e-6;
    let mut hazard = 0.0;
    let (tc, tr) = target.column_row;
    for o in all {
        let (c, r) = o.column_row;
        if (r - tr).abs() > reach
            || (c - tc).abs() > reach
            || o.side == target.side
            || o.formed == 0
        {
            continue;
        }
        let d = map.grid.distance(o.hex, target.hex);
        if d as i32 > reach || d == 0 || !sees(scenario, o.hex, target.hex, 2.0) {
            continue;
        }
        let ratio = rules.reference_km / (f64::from(d) * km);
        hazard += light * o.recon * (1.0 - conceal) * ratio * ratio;
        if hazard > enough {
            break;
        }
    }
    if hazard <= 0.0 {
        return false;
    }
    let p = 1.0 - libm::exp(-hazard);
    dice.chance(key, p, &mut 0.0).0
}
