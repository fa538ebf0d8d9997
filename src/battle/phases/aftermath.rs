//! What happens when defenders give way (model §3.7): orderly retreat, rout, or the end of a unit
//! with no way out; and who follows up into the hex.

use super::losses;
use crate::{
    battle::{
        clock::Clock,
        dice::{Dice, Purpose, RollKey},
        engagement::Engagement,
        event::{Cause, Event, EventLog, Phase},
        ground::{Field, Occupancy, Roster, SupplyReach, opposite_hexes, stack_limit},
        order::Task,
        parts::{self, UnitPartsItem, Units},
        rampart,
        strength::Bin,
        unit::Posture,
    },
    scenario::{
        Hex, Scenario, Side, UnitId,
        map::{Mover, WorksLevel},
        rules::YieldShares,
    },
};

/// The defenders of a hex give way to `side`.
pub fn give_way(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    occupancy: &mut Occupancy,
    field: &mut Field,
    reach: &SupplyReach,
    units: &mut Units,
    log: &mut EventLog,
    engagement: &Engagement,
    side: Side,
) {
    let at = engagement.site.at;
    if occupancy.side(at) != Some(side.enemy()) {
        return;
    }
    let (attack, defence) = engagement.powers(scenario.rules());
    let ratio = attack.result / defence.result;
    let mut defenders: Vec<UnitId> = occupancy.units(at).collect();
    // By the units' own keys, so that no place in a file has the first choice of the way out.
    defenders.sort_by_key(|id| scenario.unit(*id).key);
    for id in defenders {
        leave_position(
            scenario, clock, dice, roster, occupancy, field, reach, units, log, id, at, ratio,
        );
    }
    follow_up(
        scenario, clock, roster, occupancy, field, units, log, engagement, at, side,
    );
}

fn leave_position(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    occupancy: &mut Occupancy,
    field: &mut Field,
    reach: &SupplyReach,
    units: &mut Units,
    log: &mut EventLog,
    id: UnitId,
    at: Hex,
    ratio: f64,
) {
    let rules = &scenario.rules().yielding;
    let km = scenario.map().grid.hex_km();
    let (routed, present) = {
        let u = parts::read(units, roster, id);
        (
            u.condition.cohesion < rules.rout_below || u.stance.posture == Posture::Routed,
            u.strength.present(),
        )
    };
    let furthest = if routed {
        rules.rout_km
    } else {
        rules.retreat_km
    };
    let steps = (furthest / km).round().max(1.0) as usize;
    let fixed = scenario.unit(id).branch.is_fixed();
    // Men who obey their order to stand, in pillboxes chained from outside (model §3.7).
    let chained = scenario.siege().is_chained(at)
        && parts::read(units, roster, id).stance.obeys_to_the_last == Some(true);
    let way = if fixed || chained {
        Vec::new()
    } else {
        way_out(scenario, occupancy, field, reach, id, at, present, steps)
    };
    let cut_off = way.is_empty();
    log.push(
        Phase::Assault,
        Event::Yielded {
            unit: id,
            at,
            routed: routed && !cut_off,
            cut_off,
        },
    );
    let figures = scenario.figures(id);
    let (shares, factor) = if cut_off {
        (
            rules.destroyed.clone(),
            [figures.stand_scale, figures.surrender_scale],
        )
    } else if routed {
        (rules.rout.clone(), [1.0, figures.surrender_scale])
    } else {
        (
            rules.orderly.clone(),
            [ratio.clamp(0.1, 10.0).sqrt(), figures.surrender_scale],
        )
    };
    let cause = match (cut_off, routed) {
        (true, _) => Cause::Overrun,
        (_, true) => Cause::Rout,
        _ => Cause::Retreat,
    };
    {
        let mut u = parts::write(units, roster, id);
        occupancy.leave(at, id);
        toll(clock, dice, &mut u, at, &shares, factor, cause, log);
        overrun_wounded(
            clock,
            dice,
            &mut u,
            at,
            rules.wounded_overrun * figures.surrender_scale,
            log,
        );
        u.stance.entrenched = WorksLevel::None;
        u.stance.idle_turns = 0;
        u.stance.obeys_to_the_last = None;
        u.mission.route.clear();
        u.mission.task = Task::Hold;
        u.mission.start_at = None;
        u.position.progress = 0.0;
        u.position.towards = None;
        let posture = if routed || cut_off {
            Posture::Routed
        } else {
            Posture::Holding
        };
        if u.stance.posture != posture {
            u.stance.posture = posture;
            log.push(Phase::Assault, Event::PostureChanged { unit: id, posture });
        }
    }
    if cut_off {
        exfiltrate(
            scenario, clock, roster, occupancy, field, units, log, id, at,
        );
        return;
    }
    go(
        scenario,
        clock,
        roster,
        occupancy,
        field,
        units,
        log,
        id,
        at,
        &way,
        Phase::Assault,
    );
}

/// A unit that is in the index at `at` falls back up to `km`, if there is a way. True if it went.
pub fn retreat(
    scenario: &Scenario,
    clock: &Clock,
    roster: &Roster,
    occupancy: &mut Occupancy,
    field: &mut Field,
    reach: &SupplyReach,
    units: &mut Units,
    log: &mut EventLog,
    id: UnitId,
    at: Hex,
    km: f64,
    phase: Phase,
) -> bool {
    let steps = (km / scenario.map().grid.hex_km()).round().max(1.0) as usize;
    let present = parts::read(units, roster, id).strength.present();
    let way = way_out(scenario, occupancy, field, reach, id, at, present, steps);
    if way.is_empty() {
        return false;
    }
    {
        let mut u = parts::write(units, roster, id);
        occupancy.leave(at, id);
        u.stance.entrenched = WorksLevel::None;
        u.stance.idle_turns = 0;
        u.stance.obeys_to_the_last = None;
        u.mission.route.clear();
        u.mission.task = Task::Hold;
        u.position.progress = 0.0;
        u.position.towards = None;
    }
    go(
        scenario, clock, roster, occupancy, field, units, log, id, at, &way, phase,
    );
    true
}

/// Puts a unit that has left `at` at the end of its way, and logs the steps.
fn go(
    scenario: &Scenario,
    clock: &Clock,
    roster: &Roster,
    occupancy: &mut Occupancy,
    field: &mut Field,
    units: &mut Units,
    log: &mut EventLog,
    id: UnitId,
    at: Hex,
    way: &[Hex],
    phase: Phase,
) {
    let side = scenario.unit(id).side;
    let km = scenario.map().grid.hex_km();
    let mut from = at;
    for &hex in way {
        log.push(
            phase,
            Event::Moved {
                unit: id,
                from,
                to: hex,
            },
        );
        super::movement::control(field, log, phase, scenario, hex, side, false);
        from = hex;
    }
    let mut u = parts::write(units, roster, id);
    u.position.hex = Some(from);
    u.position.since = clock.hour;
    u.position.taken = false;
    u.ledger.moved_km += km * way.len() as f64;
    occupancy.enter(from, id, side, &u.strength);
}

/// Killed, captured and disordered of those who give way.
fn toll(
    clock: &Clock,
    dice: &Dice,
    u: &mut UnitPartsItem,
    at: Hex,
    shares: &YieldShares,
    [stand, surrender]: [f64; 2],
    cause: Cause,
    log: &mut EventLog,
) {
    let present = f64::from(u.strength.present());
    let count = |share: f64, nth: u32, u: &mut UnitPartsItem| {
        let key = RollKey {
            turn: clock.turn().0,
            purpose: Purpose::Aftermath,
            unit: u.identity.key,
            salt: RollKey::salt(clock.hour_in_turn(), at.0, nth),
        };
        dice.round(key, present * share.min(1.0), &mut u.ledger.carry)
    };
    let killed = count(shares.killed * stand, 0, u);
    let captured = count(shares.captured * surrender, 1, u);
    let straggling = count(shares.straggle, 2, u);
    for (men, to) in [(killed, Bin::Killed), (captured, Bin::Captured)] {
        let formed = losses::transfer(u, Bin::Formed, to, men, cause, Phase::Assault, log);
        let rest = losses::transfer(
            u,
            Bin::Disordered,
            to,
            men - formed,
            cause,
            Phase::Assault,
            log,
        );
        u.ledger.losses_now += formed + rest;
    }
    losses::transfer(
        u,
        Bin::Formed,
        Bin::Disordered,
        straggling,
        cause,
        Phase::Assault,
        log,
    );
}

/// Wounded of the last hours who could not be brought away (model §2).
fn overrun_wounded(
    clock: &Clock,
    dice: &Dice,
    u: &mut UnitPartsItem,
    at: Hex,
    share: f64,
    log: &mut EventLog,
) {
    let recent: u32 = u.ledger.losses.iter().sum::<u32>() + u.ledger.losses_now;
    let wounded = u.strength.men(Bin::Wounded).min(recent);
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::Aftermath,
        unit: u.identity.key,
        salt: RollKey::salt(clock.hour_in_turn(), at.0, 3),
    };
    let taken = dice.round(
        key,
        f64::from(wounded) * share.min(1.0),
        &mut u.ledger.carry,
    );
    losses::transfer(
        u,
        Bin::Wounded,
        Bin::Captured,
        taken.min(wounded),
        Cause::Overrun,
        Phase::Assault,
        log,
    );
}

/// The way out: step by step to a hex free of enemies, not in their zone of control unless a
/// friend stands there, with room, nearest to one's own supply. Stops once out of contact.
fn way_out(
    scenario: &Scenario,
    occupancy: &Occupancy,
    field: &Field,
    reach: &SupplyReach,
    id: UnitId,
    at: Hex,
    present: u32,
    steps: usize,
) -> Vec<Hex> {
    let map = scenario.map();
    let unit = scenario.unit(id);
    let mover = Mover::of(unit.branch);
    let limit = stack_limit(scenario);
    let threatened = |hex: Hex| {
        opposite_hexes(scenario, field, hex).any(|n| occupancy.formed_of(n, unit.side.enemy()) > 0)
    };
    let mut way: Vec<Hex> = Vec::new();
    let mut here = at;
    for _ in 0..steps {
        let next = map
            .grid
            .neighbours(here)
            .filter(|(d, n)| {
                scenario.passage().cost(mover, here, *d).is_finite()
                    && occupancy.side(*n) != Some(unit.side.enemy())
                    && rampart::is_open(scenario, field, here, *d, unit.side, mover)
                    && !map.at(*n).safety_zone
                    && !field.is_silent(scenario, *n)
                    && *n != at
                    && !way.contains(n)
                    && (occupancy.present(*n) == 0 || occupancy.present(*n) + present <= limit)
            })
            .filter(|(_, n)| !threatened(*n) || occupancy.formed_of(*n, unit.side) > 0)
            .map(|(_, n)| {
                let far = reach.cost_km[unit.side.index()]
                    .get(n.index())
                    .copied()
                    .unwrap_or(f32::INFINITY);
                (threatened(n), far, n)
            })
            .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let Some((in_contact, _, hex)) = next else {
            break;
        };
        way.push(hex);
        here = hex;
        if !in_contact && way.len() * 2 > steps {
            break;
        }
    }
    way
}

/// Remnants of a unit that was cut off find their way to the nearest friends within reach, or are
/// missing.
fn exfiltrate(
    scenario: &Scenario,
    clock: &Clock,
    roster: &Roster,
    occupancy: &mut Occupancy,
    field: &Field,
    units: &mut Units,
    log: &mut EventLog,
    id: UnitId,
    at: Hex,
) {
    let map = scenario.map();
    let unit = scenario.unit(id);
    let radius = (scenario.rules().yielding.rout_km / map.grid.hex_km()).round() as u32;
    let mover = Mover::of(unit.branch);
    let limit = stack_limit(scenario);
    let mut near = map.grid.within(at, radius);
    near.sort_by_key(|h| (map.grid.distance(at, *h), *h));
    let mut u = parts::write(units, roster, id);
    let present = u.strength.present();
    // No slipping through a wall.
    let inside = map.at(at).inside_wall;
    let refuge = near.into_iter().find(|h| {
        *h != at
            && !field.is_silent(scenario, *h)
            && occupancy.formed_of(*h, unit.side) > 0
            && map.at(*h).inside_wall == inside
            && scenario.passage().can_stand(mover, *h)
            && occupancy.present(*h) + present <= limit
    });
    let fixed = unit.branch.is_fixed();
    match refuge.filter(|_| !fixed && present > 0) {
        Some(hex) => {
            u.position.hex = Some(hex);
            u.position.since = clock.hour;
            u.position.taken = false;
            occupancy.enter(hex, id, unit.side, &u.strength);
            log.push(
                Phase::Assault,
                Event::Moved {
                    unit: id,
                    from: at,
                    to: hex,
                },
            );
        }
        None => {
            // Inside the wall one who held the city can cast off his uniform; any other is missing.
            let at_home = scenario.city().is_none_or(|c| c.held_by == unit.side);
            let bin = if inside && at_home {
                Bin::Hidden
            } else {
                Bin::Captured
            };
            for from in [Bin::Formed, Bin::Disordered] {
                let men = u.strength.men(from);
                losses::transfer(&mut u, from, bin, men, Cause::Overrun, Phase::Assault, log);
            }
            u.position.hex = None;
            log.push(
                Phase::Assault,
                Event::Left {
                    unit: id,
                    at,
                    escaped: false,
                },
            );
        }
    }
}

/// The strongest attacker that fits enters the hex; the rest stay where they are.
fn follow_up(
    scenario: &Scenario,
    clock: &Clock,
    roster: &Roster,
    occupancy: &mut Occupancy,
    field: &mut Field,
    units: &mut Units,
    log: &mut EventLog,
    engagement: &Engagement,
    at: Hex,
    side: Side,
) {
    if occupancy.side(at).is_some() {
        return;
    }
    let map = scenario.map();
    let mut order: Vec<(u32, u64, UnitId)> = engagement
        .attackers
        .iter()
        .map(|c| {
            let formed = parts::read(units, roster, c.id).strength.formed();
            (formed, c.key, c.id)
        })
        .collect();
    order.sort_by(|a, b| b.cmp(a));
    let limit = stack_limit(scenario);
    let mut entered = false;
    for (formed, _, id) in order {
        let mut u = parts::write(units, roster, id);
        let Some(from) = u.position.hex.filter(|h| map.grid.distance(*h, at) == 1) else {
            continue;
        };
        let passes = map.grid.direction(from, at).is_some_and(|d| {
            let mover = Mover::of(u.identity.branch);
            let foot = mover == Mover::Foot && scenario.passage().cost(mover, from, d).is_finite();
            foot || (mover == Mover::Motor && rampart::vehicles_pass(scenario, field, from, d))
        });
        u.mission.route.clear();
        if entered
            || formed == 0
            || !passes
            || u.strength.present() > limit
            || u.stance.posture == Posture::Routed
        {
            continue;
        }
        entered = true;
        occupancy.leave(from, id);
        occupancy.enter(at, id, side, &u.strength);
        u.position.hex = Some(at);
        u.position.since = clock.hour;
        u.position.taken = true;
        u.position.progress = 0.0;
        u.position.towards = None;
        u.stance.entrenched = WorksLevel::None;
        u.stance.idle_turns = 0;
        u.stance.posture = Posture::Holding;
        u.mission.task = Task::Hold;
        u.ledger.victorious = true;
        u.ledger.moved_km += map.grid.hex_km();
        let disorder = scenario.rules().hold.success_disorder;
        u.condition.cohesion = (u.condition.cohesion - disorder).max(0.0);
        log.push(
            Phase::Assault,
            Event::Moved {
                unit: id,
                from,
                to: at,
            },
        );
        log.push(
            Phase::Assault,
            Event::PostureChanged {
                unit: id,
                posture: Posture::Holding,
            },
        );
    }
    if entered {
        super::movement::control(field, log, Phase::Assault, scenario, at, side, true);
        // The others have done what they were told.
        for c in &engagement.attackers {
            let mut u = parts::write(units, roster, c.id);
            if u.mission.task.assaults() == Some(at) {
                u.mission.task = Task::Hold;
                if u.stance.posture == Posture::Attacking {
                    u.stance.posture = Posture::Holding;
                    log.push(
                        Phase::Assault,
                        Event::PostureChanged {
                            unit: c.id,
                            posture: Posture::Holding,
                        },
                    );
                }
            }
        }
    }
}
