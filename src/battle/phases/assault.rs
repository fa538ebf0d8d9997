//! Assault: fights over hexes, and fire between neighbours in contact (model §3.2, §3.6). All
//! fights of the hour are computed from the same state, then both sides' losses are applied, then
//! those who gave way go.
//!
//! Reads: missions, positions, ground, sky. Writes: losses, ledgers, positions of those who yield
//! and of those who follow up, control of hexes. Ties: who gives way first is ordered by the rolls.

use super::{aftermath, losses};
pub use crate::battle::works::works_against;
use crate::{
    battle::{
        armour,
        blaze::{self, Blaze},
        clock::{Clock, Sky},
        command::Headquarters,
        dice::{Dice, Purpose, RollKey},
        engagement::{Combatant, Engagement, HourResult, Site},
        event::{Cause, Event, EventLog, Phase, Spark},
        ground::{Field, Occupancy, Roster, Stage, opponents},
        order::Task,
        parts::{self, Units},
        rampart,
        turn::HourSystems,
        unit::{Commission, Posture},
        works::{self, settling},
    },
    scenario::{Hex, Hours, Scenario, Side, UnitId, map::WorksLevel},
};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Query, Res, ResMut},
};

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (draw_obedience, fight, super::siege::lodgement::hold)
            .chain()
            .in_set(HourSystems::Assault),
    );
}

/// Draws, once per hold order, whether a unit stands to the last.
fn draw_obedience(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    mut units: Units,
    commissions: Query<&Commission>,
    staffs: Query<&Headquarters>,
) {
    let scenario = &stage.0;
    for mut u in parts::all_mut(&mut units) {
        let under_order = matches!(
            u.mission.task,
            Task::Hold | Task::Bombard { .. } | Task::Support { .. } | Task::Counterattack { .. }
        ) && u.stance.posture == Posture::Holding
            && u.ledger.in_contact;
        if !under_order || u.stance.obeys_to_the_last.is_some() {
            continue;
        }
        let permitted = super::morale::may_withdraw(
            scenario,
            &roster,
            &commissions,
            &staffs,
            u.identity.formation,
            clock.hour,
        );
        let p = if permitted {
            0.0
        } else {
            let doctrine = scenario.doctrine_of(u.identity.formation);
            doctrine.hold_to_death * (0.3 + 0.7 * u.condition.cohesion)
        };
        let key = RollKey {
            turn: clock.turn().0,
            purpose: Purpose::Obedience,
            unit: u.identity.key,
            salt: u64::from(u.mission.since.0) << 8 | u64::from(clock.hour_in_turn()),
        };
        let mut hazard = 0.0;
        u.stance.obeys_to_the_last = Some(p > 0.0 && dice.chance(key, p, &mut hazard).0);
    }
}

/// A fight with its result.
struct Fight {
    engagement: Engagement,
    result: HourResult,
    side: Side,
}

fn fight(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    mut occupancy: ResMut<Occupancy>,
    mut field: ResMut<Field>,
    reach: Res<crate::battle::ground::SupplyReach>,
    mut blaze: ResMut<Blaze>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let sky = clock.sky(scenario);
    let mut fights = gather(
        scenario, &clock, &sky, &roster, &occupancy, &field, &blaze, &units,
    );
    for f in &mut fights {
        f.result = f.engagement.resolve(scenario.rules(), &dice);
    }
    for f in &fights {
        apply(scenario, &clock, &dice, &roster, &mut units, &mut log, f);
    }
    for f in fights.iter().filter(|f| f.engagement.site.assault) {
        let (at, by) = (f.engagement.site.at, Spark::Assault);
        let phase = Phase::Assault;
        blaze::strike(
            scenario, &clock, &dice, &field, &mut blaze, &mut log, phase, at, by, 1.0,
        );
    }
    let mut lost: Vec<&Fight> = fights.iter().filter(|f| f.result.yields).collect();
    lost.sort_by(|a, b| {
        let roll = |f: &Fight| f.result.hold.as_ref().and_then(|w| w.roll).unwrap_or(0.5);
        roll(a)
            .total_cmp(&roll(b))
            .then(a.engagement.site.at.cmp(&b.engagement.site.at))
    });
    for f in lost {
        aftermath::give_way(
            scenario,
            &clock,
            &dice,
            &roster,
            &mut occupancy,
            &mut field,
            &reach,
            &mut units,
            &mut log,
            &f.engagement,
            f.side,
        );
    }
}

/// Units of a side that assault a hex this hour, with the hexes they come from.
pub fn assailants(
    scenario: &Scenario,
    hour: Hours,
    roster: &Roster,
    occupancy: &Occupancy,
    field: &Field,
    units: &Units,
    target: Hex,
    side: Side,
) -> Vec<(UnitId, Hex)> {
    let mut found: Vec<(UnitId, Hex)> =
        opponents(scenario, field, target, |n| occupancy.side(n) == Some(side))
            .flat_map(|n| occupancy.units(n).map(move |id| (id, n)))
            .filter(|(id, _)| {
                let u = parts::read(units, roster, *id);
                u.mission.task.assaults() == Some(target)
                    && u.stance.posture == Posture::Attacking
                    && u.mission.start_at.is_none_or(|h| h <= hour)
                    && u.strength.formed() > 0
            })
            .collect();
    found.sort_unstable();
    found
}

fn gather(
    scenario: &Scenario,
    clock: &Clock,
    sky: &Sky,
    roster: &Roster,
    occupancy: &Occupancy,
    field: &Field,
    blaze: &Blaze,
    units: &Units,
) -> Vec<Fight> {
    let map = scenario.map();
    let occupied = occupancy.occupied();
    let quiet = |hex: Hex| {
        let ground = map.at(hex);
        ground.safety_zone || (field.city_lost.is_some() && ground.inside_wall)
    };
    let mut fights = Vec::new();
    let mut assaulted: Vec<(Hex, Hex)> = Vec::new();
    for &target in &occupied {
        let Some(defender) = occupancy.side(target) else {
            continue;
        };
        if quiet(target) {
            continue;
        }
        let mut attackers = assailants(
            scenario,
            clock.hour,
            roster,
            occupancy,
            field,
            units,
            target,
            defender.enemy(),
        );
        attackers.retain(|(_, from)| !quiet(*from));
        let arms = |id: UnitId| {
            let u = parts::read(units, roster, id);
            (u.identity.branch, u.strength.formed())
        };
        let shares = rampart::storm_shares(scenario, field, target, &mut attackers, arms);
        if attackers.is_empty() {
            continue;
        }
        assaulted.extend(attackers.iter().map(|(_, from)| (*from, target)));
        let batteries = [
            batteries_on(scenario, roster, units, defender.enemy(), target),
            batteries_on(scenario, roster, units, defender, target),
        ];
        let one = |id: UnitId| parts::combatant(scenario, &parts::read(units, roster, id), 1.0);
        let storming = |id: UnitId, from: Hex, share: f64| {
            let whole = parts::combatant(scenario, &parts::read(units, roster, id), share);
            armour::fit(scenario, target, Some(from), whole)
        };
        let from: Vec<Hex> = attackers.iter().map(|(_, h)| *h).collect();
        let defenders: Vec<Combatant> = occupancy
            .units(target)
            .map(|id| armour::fit(scenario, target, None, one(id)))
            .collect();
        let entrenched = entrenchment(roster, units, occupancy, target);
        let taken = just_taken(roster, units, occupancy, target, clock.hour);
        let mut site = Site::of(
            scenario, field, clock.hour, sky, target, &from, entrenched, taken, batteries,
        );
        works::beside(scenario, &mut site, &from, |h| {
            occupancy.formed_of(h, defender) > 0
        });
        site.spared = scenario.keeps_fire_from(defender.enemy(), target);
        blaze.settle(scenario, &mut site);
        fights.push(Fight {
            engagement: Engagement {
                site,
                attackers: attackers
                    .iter()
                    .zip(&shares)
                    .map(|((id, from), share)| storming(*id, *from, *share))
                    .collect(),
                defenders,
            },
            result: nothing(target),
            side: defender.enemy(),
        });
    }
    assaulted.sort_unstable();
    contacts(
        scenario,
        clock,
        sky,
        roster,
        occupancy,
        field,
        blaze,
        units,
        &occupied,
        &assaulted,
        &quiet,
        &mut fights,
    );
    fights
}

fn nothing(at: Hex) -> HourResult {
    use crate::battle::why::{Why, WhyKind};
    HourResult {
        attacker_losses: Vec::new(),
        defender_losses: Vec::new(),
        yields: false,
        attacker_why: Why::product(WhyKind::Loss, at, 0.0),
        defender_why: Why::product(WhyKind::Loss, at, 0.0),
        hold: None,
        carried: Default::default(),
    }
}

/// Fire between neighbours who do not assault each other.
fn contacts(
    scenario: &Scenario,
    clock: &Clock,
    sky: &Sky,
    roster: &Roster,
    occupancy: &Occupancy,
    field: &Field,
    blaze: &Blaze,
    units: &Units,
    occupied: &[Hex],
    assaulted: &[(Hex, Hex)],
    quiet: &dyn Fn(Hex) -> bool,
    fights: &mut Vec<Fight>,
) {
    let map = scenario.map();
    let opposed = |hex: Hex| {
        let here = occupancy.side(hex);
        let other = |n: Hex| occupancy.side(n).is_some_and(|s| Some(s) != here);
        opponents(scenario, field, hex, other).collect::<Vec<_>>()
    };
    for &low in occupied {
        for high in opposed(low).into_iter().filter(|b| *b > low) {
            // Those behind a wall are taken as the defenders, for the parapet is theirs.
            let wall = map
                .grid
                .direction(low, high)
                .and_then(|d| map.side(low, d))
                .and_then(|s| s.wall);
            let (a, b) = if wall == Some(low) {
                (high, low)
            } else {
                (low, high)
            };
            let Some(side) = occupancy.side(a) else {
                continue;
            };
            let fought = assaulted.binary_search(&(a, b)).is_ok()
                || assaulted.binary_search(&(b, a)).is_ok();
            if fought || quiet(a) || quiet(b) {
                continue;
            }
            let formed = |h| occupancy.formed_of(h, side) + occupancy.formed_of(h, side.enemy());
            if formed(a) == 0 || formed(b) == 0 {
                continue;
            }
            let stack = |hex: Hex, share: f64| -> Vec<Combatant> {
                occupancy
                    .units(hex)
                    .map(|id| parts::combatant(scenario, &parts::read(units, roster, id), share))
                    .map(|c| armour::fit(scenario, hex, None, c))
                    .collect()
            };
            let mut site = Site::of(
                scenario,
                field,
                clock.hour,
                sky,
                b,
                &[a],
                entrenchment(roster, units, occupancy, b),
                false,
                [0.0; 2],
            );
            site.assault = false;
            blaze.settle(scenario, &mut site);
            let to_b = map.grid.direction(a, b).into_iter().collect::<Vec<_>>();
            site.shelter = (
                works_against(
                    map.at(a).works,
                    entrenchment(roster, units, occupancy, a),
                    &to_b,
                    false,
                ),
                scenario.rules().terrain(map.at(a).terrain).cover && !blaze.bare(a),
            );
            fights.push(Fight {
                engagement: Engagement {
                    site,
                    attackers: stack(a, 1.0 / opposed(a).len().max(1) as f64),
                    defenders: stack(b, 1.0 / opposed(b).len().max(1) as f64),
                },
                result: nothing(b),
                side,
            });
        }
    }
}

/// Own digging of a stack: that of its largest unit.
pub fn entrenchment(roster: &Roster, units: &Units, occupancy: &Occupancy, hex: Hex) -> WorksLevel {
    occupancy
        .units(hex)
        .map(|id| {
            let u = parts::read(units, roster, id);
            (u.strength.formed(), u.stance.entrenched)
        })
        .max()
        .map_or(WorksLevel::None, |(_, level)| level)
}

fn just_taken(roster: &Roster, units: &Units, occupancy: &Occupancy, hex: Hex, now: Hours) -> bool {
    occupancy
        .units(hex)
        .any(|id| settling(parts::read(units, roster, id).position, now))
}

/// Batteries in support of a side's fight for a hex.
pub fn batteries_on(
    scenario: &Scenario,
    roster: &Roster,
    units: &Units,
    side: Side,
    target: Hex,
) -> f64 {
    parts::ids(roster)
        .filter(|id| scenario.unit(*id).gun_class.is_some() && scenario.unit(*id).side == side)
        .map(|id| {
            let u = parts::read(units, roster, id);
            let supports = u.mission.task == Task::Support { target } && u.ledger.fired;
            if supports {
                f64::from(scenario.unit(id).guns) / scenario.rules().power.battery_guns
            } else {
                0.0
            }
        })
        .sum()
}

/// Losses of a fight, for both sides.
fn apply(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    units: &mut Units,
    log: &mut EventLog,
    f: &Fight,
) {
    let (e, r) = (&f.engagement, &f.result);
    let at = e.site.at;
    let sum = |losses: &[u32]| losses.iter().sum::<u32>();
    let (attacker_losses, defender_losses) = (sum(&r.attacker_losses), sum(&r.defender_losses));
    if e.site.assault || attacker_losses + defender_losses > 0 {
        let ids = |stack: &[Combatant]| stack.iter().map(|c| c.id).collect();
        log.push(
            Phase::Assault,
            Event::Fought {
                at,
                attacker: f.side,
                attackers: ids(&e.attackers),
                defenders: ids(&e.defenders),
                assault: e.site.assault,
                attacker_losses,
                defender_losses,
                attacker_why: Box::new(r.attacker_why.clone()),
                defender_why: Box::new(r.defender_why.clone()),
                hold: r.hold.clone().map(Box::new),
            },
        );
    }
    let stacks = [
        (
            &e.attackers,
            &r.attacker_losses,
            &r.carried.attackers,
            false,
        ),
        (
            &e.defenders,
            &r.defender_losses,
            &r.carried.defenders,
            r.yields,
        ),
    ];
    for (stack, lost, carried, position_lost) in stacks {
        for ((c, count), carry) in stack.iter().zip(lost).zip(carried) {
            let mut u = parts::write(units, roster, c.id);
            let figures = scenario.figures(c.id);
            let share = if position_lost {
                figures.killed_share_lost
            } else {
                figures.killed_share_held
            };
            u.ledger.carry = *carry;
            u.ledger.fought |= e.site.assault;
            losses::strike(
                dice,
                clock,
                at,
                &mut u,
                *count,
                share,
                Cause::Ground,
                Phase::Assault,
                log,
            );
        }
    }
    for c in e.defenders.iter().take(1) {
        parts::write(units, roster, c.id).ledger.hazard = r.carried.hazard;
    }
}
