//! Bombardment: guns and aircraft shell hexes (model §3.3). All missions are computed first, then
//! applied, so that guns that shell each other both fire. Guns that fire may be located; shells may
//! set ground on fire.
//!
//! Reads: missions, positions, ground, sky. Writes: rounds, losses, suppression, fires, contacts;
//! cohesion only through the losses. Order: missions by unit number, shelled hexes by hex number.

use super::losses;
use crate::battle::eyes::{self, observed};
use crate::{
    battle::{
        air::{self, AirArm, AirMission, Interdiction},
        blaze::{self, Blaze},
        clock::{Clock, Sky},
        dice::{Dice, Purpose, RollKey},
        event::{Cause, Event, EventLog, Phase, Spark},
        ground::{Field, Occupancy, Roster, Stage},
        intelligence::{Contact, Intelligence},
        navy,
        order::Task,
        parts::{self, Units},
        shellfire::{self, Fall, Salvo, Under},
        turn::HourSystems,
        why::Why,
    },
    scenario::{Branch, Hex, Scenario, Side, UnitId},
};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Res, ResMut},
};
use std::collections::BTreeMap;

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (super::siege::guns::batter, fire_missions)
            .chain()
            .in_set(HourSystems::Bombardment),
    );
}

fn fire_missions(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    occupancy: Res<Occupancy>,
    field: Res<Field>,
    arm: Res<AirArm>,
    mut interdiction: ResMut<Interdiction>,
    mut blaze: ResMut<Blaze>,
    mut intelligence: ResMut<Intelligence>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let map = scenario.map();
    let sky = clock.sky(scenario);
    let mut falls: BTreeMap<(Hex, Side), Fall> = BTreeMap::new();
    let mut located: Vec<(UnitId, f64)> = Vec::new();
    interdiction.clear();
    for raid in air::raids(scenario, &clock, &dice, &sky, &field, &arm) {
        let enemy = raid.side.enemy();
        let roads = matches!(raid.mission, AirMission::Interdict { .. });
        if roads {
            interdiction.add(scenario, raid.target, enemy);
        }
        let salvo = air::bombs(scenario, f64::from(raid.sorties));
        add_fall(scenario, &field, &mut falls, raid.target, enemy, &salvo);
        log.push(
            Phase::Bombardment,
            Event::Raided {
                group: raid.group,
                by: raid.side,
                target: raid.target,
                sorties: raid.sorties,
                roads,
            },
        );
        let seen = std::iter::once(raid.target)
            .chain(map.grid.neighbours(raid.target).map(|(_, n)| n))
            .filter(|h| occupancy.side(*h) == Some(enemy))
            .flat_map(|h| occupancy.units(h));
        located.extend(seen.map(|id| (id, scenario.rules().air.recon)));
    }
    for id in parts::ids(&roster) {
        let fixed = scenario.unit(id);
        let Some(class) = fixed.gun_class else {
            continue;
        };
        let u = parts::read(&units, &roster, id);
        let haze = if sky.fog {
            scenario.rules().weather.fog_fire
        } else {
            1.0
        };
        let flash = haze * scenario.rules().bombardment.flash;
        // Guns that batter a wall have fired already, and show themselves no less.
        if u.ledger.fired {
            located.push((id, flash));
            continue;
        }
        let (Some(at), Task::Bombard { target } | Task::Support { target }) =
            (u.position.hex, u.mission.task)
        else {
            continue;
        };
        let ready = u.mission.start_at.is_none_or(|h| h <= clock.hour)
            && shellfire::ready(u.stance.posture, u.strength.formed(), u.ledger.in_contact);
        let class = &scenario.rules().guns[class];
        let distance = f64::from(map.grid.distance(at, target)) * map.grid.hex_km();
        let side = u.identity.side;
        let silent_city = field.city_lost.is_some() && map.at(at).inside_wall;
        let spared = silent_city || air::spared(scenario, &field, side, target);
        let inland = fixed.branch == Branch::Naval && !navy::near_channel(scenario, at, target);
        if !ready || distance > class.range_km || spared || inland {
            continue;
        }
        let supporting = matches!(u.mission.task, Task::Support { .. });
        let enemy = u.identity.side.enemy();
        // A battery in direct support fires when there is a fight to support: its effect is in
        // the fight's power. A mission of its own wants enemies in the hex.
        let wanted = if supporting {
            fight_at(scenario, &occupancy, &units, &roster, target)
                || field.is_lodged(scenario, target)
        } else {
            occupancy.side(target) == Some(enemy)
        };
        if !wanted {
            continue;
        }
        let k = &u.condition;
        let formed = u.strength.formed();
        let pace = shellfire::pace(scenario.rules(), supporting);
        let rounds = shellfire::rounds(fixed, class, pace, formed, k.suppression, k.rounds);
        if rounds < 1.0 {
            continue;
        }
        let observed = supporting
            || observed(
                scenario,
                &occupancy,
                side,
                target,
                &eyes::sky_over(scenario, &blaze, &field, clock.hour, target, &sky),
            );
        if !supporting {
            let salvo = Salvo {
                rounds,
                weight: shellfire::shell_weight(scenario.rules(), class),
                observed,
            };
            add_fall(scenario, &field, &mut falls, target, enemy, &salvo);
        }
        let mut u = parts::write(&mut units, &roster, id);
        u.condition.rounds -= rounds;
        u.ledger.fired = true;
        located.push((id, flash));
        log.push(
            Phase::Bombardment,
            Event::Fired {
                unit: id,
                target,
                rounds: rounds as u32,
                observed,
            },
        );
    }
    for ((hex, side), fall) in falls {
        let silent_city = field.city_lost.is_some() && map.at(hex).inside_wall;
        if occupancy.side(hex) == Some(side) && !map.at(hex).safety_zone && !silent_city {
            shell(
                scenario, &clock, &dice, &roster, &occupancy, &sky, hex, side, fall, &mut units,
                &mut log,
            );
        }
        blaze::strike(
            scenario,
            &clock,
            &dice,
            &field,
            &mut blaze,
            &mut log,
            Phase::Bombardment,
            hex,
            Spark::Shells,
            fall.rounds * fall.weight,
        );
    }
    locate(
        scenario,
        &clock,
        &dice,
        &roster,
        &units,
        &located,
        &mut intelligence,
        &mut log,
    );
}

/// Guns that fired, and men seen from the air: each is located by the other side by chance.
fn locate(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    units: &Units,
    found: &[(UnitId, f64)],
    intelligence: &mut Intelligence,
    log: &mut EventLog,
) {
    for (id, p) in found {
        let u = parts::read(units, roster, *id);
        let guns = scenario.unit(*id).gun_class.is_some();
        let key = RollKey {
            turn: clock.turn().0,
            purpose: if guns {
                Purpose::Flash
            } else {
                Purpose::AirSight
            },
            unit: u.identity.key,
            salt: RollKey::salt(clock.hour_in_turn(), 0, 0),
        };
        let (Some(hex), true) = (u.position.hex, dice.uniform(key) < *p) else {
            continue;
        };
        let watcher = u.identity.side.enemy();
        let known = intelligence.of(watcher).get(id).copied();
        if known.is_some_and(|c| c.hex == hex && c.seen == clock.hour) {
            continue;
        }
        if known.is_none_or(|c| c.hex != hex) {
            log.push(
                Phase::Bombardment,
                Event::Sighted {
                    by: watcher,
                    unit: *id,
                    at: hex,
                },
            );
        }
        // What is seen is that they are there; how many is what was known, or what such a unit has.
        let men = known.map_or(scenario.unit(*id).men, |c| c.men);
        intelligence.note(
            watcher,
            *id,
            Contact {
                hex,
                men,
                seen: clock.hour,
            },
        );
    }
}

/// Is there a fight over the hex, or from it?
fn fight_at(
    scenario: &Scenario,
    occupancy: &Occupancy,
    units: &Units,
    roster: &Roster,
    target: Hex,
) -> bool {
    let assaults = |hex: Hex, goal: Option<Hex>| {
        occupancy
            .units(hex)
            .filter_map(|id| parts::read(units, roster, id).mission.task.assaults())
            .any(|target| goal.is_none_or(|g| g == target))
    };
    let defended = occupancy.side(target);
    defended.is_some()
        && scenario.map().grid.neighbours(target).any(|(_, n)| {
            occupancy.side(n).is_some_and(|s| Some(s) != defended) && assaults(n, Some(target))
        })
}

/// Adds what falls on a target and about it to the hour's account.
fn add_fall(
    scenario: &Scenario,
    field: &Field,
    falls: &mut BTreeMap<(Hex, Side), Fall>,
    target: Hex,
    enemy: Side,
    salvo: &Salvo,
) {
    let spared = |hex| air::spared(scenario, field, enemy.enemy(), hex);
    shellfire::spread(scenario, target, salvo, spared, |hex, add| {
        add(falls.entry((hex, enemy)).or_default());
    });
}

/// Losses and suppression of a shelled stack.
fn shell(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    occupancy: &Occupancy,
    sky: &Sky,
    hex: Hex,
    side: Side,
    fall: Fall,
    units: &mut Units,
    log: &mut EventLog,
) {
    let b = &scenario.rules().bombardment;
    let mut total = 0;
    let mut worst = 0.0f64;
    let mut reason: Option<Why> = None;
    let ids: Vec<UnitId> = occupancy.units(hex).collect();
    let present = f64::from(occupancy.present(hex));
    for id in ids {
        let u = parts::read(units, roster, id);
        let works = crate::battle::works::works_of(scenario, &u, hex);
        let men = u.strength.formed();
        let under = Under {
            hex,
            present,
            works,
            posture: u.stance.posture,
        };
        let (share_hit, mut why) = shellfire::hit(scenario, &fall, &under, sky);
        let key = RollKey {
            turn: clock.turn().0,
            purpose: Purpose::BombardmentLoss,
            unit: u.identity.key,
            salt: RollKey::salt(clock.hour_in_turn(), hex.0, 0),
        };
        why.key = Some(key);
        let lost = f64::from(men) * share_hit;
        let figures = scenario.figures(id);
        let share = figures.killed_share_held;
        let mut u = parts::write(units, roster, id);
        let count = dice.round(key, lost, &mut u.ledger.carry).min(men);
        losses::strike(
            dice,
            clock,
            hex,
            &mut u,
            count,
            share,
            Cause::Bombardment,
            Phase::Bombardment,
            log,
        );
        total += count;
        u.condition.suppression = shellfire::suppressed(b, &fall, works, u.condition.suppression);
        worst = worst.max(u.condition.suppression);
        reason.get_or_insert(why);
    }
    if let Some(why) = reason {
        log.push(
            Phase::Bombardment,
            Event::Shelled {
                at: hex,
                side,
                casualties: total,
                suppression: worst,
                why,
            },
        );
    }
}
