//! Barrier troops (model §3.11): whoever comes to them in flight, or on his way back before they have
//! been told that it is allowed, is shot at and turned back, or goes through; a crowd with tanks runs
//! them down.
//!
//! Reads: directives, missions, positions. Writes: strengths (shot by their own side), tasks of those
//! turned back, the state of the barrier.

use super::{mission_of, standing};
use crate::{
    battle::{
        armour,
        clock::Clock,
        command::{BarrierState, Headquarters, Signals},
        course::Course,
        crowd::{self, Crowd},
        dice::{Dice, Purpose, RollKey},
        engagement::logistic,
        event::{Cause, CommandEvent, Event, EventLog, Phase},
        ground::{Roster, Stage},
        order::Task,
        parts::{self, Units},
        strength::Bin,
        unit::{Commission, Posture},
        why::{Term, Why, WhyKind},
    },
    scenario::{Hex, Hours, Rules, Scenario, UnitId, calendar::HOURS_PER_TURN},
};
use bevy_ecs::system::{Query, Res, ResMut};

/// How many of a body the barrier shoots: men, and why.
pub fn toll(rules: &Rules, at: Hex, men: u32) -> Why {
    let mut why = Why::product(WhyKind::BarrierShot, at, f64::from(men));
    why.times(Term::ShareShot, rules.command.barrier_shot);
    why
}

/// Is the barrier run down this turn? Log-odds, with the probability.
pub fn run_down(rules: &Rules, at: Hex, crowd: u32, barrier: u32, tanks: bool) -> Why {
    let c = &rules.command;
    let mut why = Why::product(WhyKind::BarrierBroken, at, c.barrier_base);
    let ratio = f64::from(crowd.max(1)) / f64::from(barrier.max(1));
    why.plus(Term::Crowd, c.barrier_crowd * libm::log(ratio));
    if tanks {
        why.plus(Term::CrowdTanks, c.barrier_tanks);
    }
    why.probability = Some(logistic(why.result));
    why
}

/// A body that comes to the barrier.
struct Body {
    id: UnitId,
    at: Hex,
    men: u32,
    tanks: bool,
    moved: bool,
}

/// Where barrier troops stand and with how many men, if they bar the way in this hour.
pub fn holding(
    scenario: &Scenario,
    clock: &Clock,
    roster: &Roster,
    staffs: &Query<&Headquarters>,
    units: &Units,
    state: BarrierState,
) -> Option<(Hex, u32)> {
    if !state.on || state.broken || state.from > clock.hour {
        return None;
    }
    let u = parts::read(units, roster, state.unit);
    let ready = u.stance.posture != Posture::Routed && u.strength.formed() > 0;
    let at = u.position.hex.filter(|_| ready)?;
    let own = scenario.unit(state.unit).formation;
    // Once they have been told, the road is open.
    let told = standing(scenario, roster, staffs, own).permits(clock.hour);
    (!told).then(|| (at, u.strength.formed()))
}

pub(super) fn bar(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    mut signals: ResMut<Signals>,
    staffs: Query<&Headquarters>,
    commissions: Query<&Commission>,
    crowds: Query<&Crowd>,
    course: Res<Course>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let rules = scenario.rules();
    let last = clock.hour_in_turn() + 1 == HOURS_PER_TURN;
    for i in 0..signals.barriers.len() {
        let state = signals.barriers[i];
        let Some((at, men)) = holding(scenario, &clock, &roster, &staffs, &units, state) else {
            continue;
        };
        let bodies = bodies(
            scenario,
            &clock,
            &roster,
            &staffs,
            &commissions,
            &course,
            &units,
            state.unit,
            at,
        );
        for body in bodies.iter().filter(|b| b.moved || last) {
            stop(
                scenario, &clock, &dice, &roster, &mut units, &mut log, state.unit, body,
            );
        }
        let side = scenario.unit(state.unit).side;
        let pressing = crowd::near(scenario, crowds.iter(), side, at, rules.command.barrier_km);
        let crowd: u32 = pressing + bodies.iter().map(|b| b.men).sum::<u32>();
        if !last || crowd == 0 {
            continue;
        }
        let key = RollKey {
            turn: clock.turn().0,
            purpose: Purpose::BarrierBroken,
            unit: scenario.unit(state.unit).key,
            salt: 0,
        };
        let mut why = run_down(rules, at, crowd, men, bodies.iter().any(|b| b.tanks));
        let p = why.probability.unwrap_or(0.0);
        let (broken, roll) = dice.chance(key, p, &mut 0.0);
        why.roll = Some(roll);
        why.key = Some(key);
        if broken {
            signals.barriers[i].broken = true;
            let event = CommandEvent::BarrierBroken {
                barrier: state.unit,
                at,
                why: Box::new(why),
            };
            log.push(Phase::Morale, Event::Command(Box::new(event)));
        }
    }
}

/// Units in flight or on their way back within reach of the barrier, that have it before them, in
/// order of number.
fn bodies(
    scenario: &Scenario,
    clock: &Clock,
    roster: &Roster,
    staffs: &Query<&Headquarters>,
    commissions: &Query<&Commission>,
    course: &Course,
    units: &Units,
    barrier: UnitId,
    at: Hex,
) -> Vec<Body> {
    let grid = &scenario.map().grid;
    let side = scenario.unit(barrier).side;
    let reach = scenario.rules().command.barrier_km / grid.hex_km();
    parts::ids(roster)
        .filter_map(|id| {
            let u = parts::read(units, roster, id);
            let hex = u.position.hex?;
            let men = u.strength.present();
            let near = f64::from(grid.distance(hex, at)) <= reach;
            // Who is called away from above is let through.
            let passes = id == barrier || course.is_leaving(id);
            if passes || u.identity.side != side || men == 0 || !near {
                return None;
            }
            let formation = u.identity.formation;
            let flees = u.stance.posture == Posture::Routed;
            let leaves = || {
                standing(scenario, roster, staffs, formation).moves(clock.hour)
                    && u.stance.posture == Posture::Withdrawing
            };
            if !flees && !leaves() {
                return None;
            }
            let goal = mission_of(scenario, roster, commissions, formation)
                .map(|m| m.objective)
                .filter(|_| !flees)
                .or(scenario.staff(formation).way_out);
            let ahead = goal.is_none_or(|g| grid.distance(hex, g) > grid.distance(at, g));
            ahead.then_some(Body {
                id,
                at: hex,
                men,
                tanks: armour::manned(scenario.unit(id), u.strength.formed()) > 0,
                moved: u.ledger.moved_km > 0.0,
            })
        })
        .collect()
}

fn stop(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    roster: &Roster,
    units: &mut Units,
    log: &mut EventLog,
    barrier: UnitId,
    body: &Body,
) {
    let rules = scenario.rules();
    let mut u = parts::write(units, roster, body.id);
    let key = |purpose, hour: u32| RollKey {
        turn: clock.turn().0,
        purpose,
        unit: u.identity.key,
        salt: RollKey::salt(hour, 0, barrier.0),
    };
    let mut why = toll(rules, body.at, body.men);
    // One roll a turn: who has gone through is not turned back an hour later.
    let passing = key(Purpose::BarrierPassed, 0);
    let passes = dice.uniform(passing) < rules.command.barrier_passed;
    let shot = key(Purpose::BarrierShot, clock.hour_in_turn());
    why.key = Some(shot);
    let men = dice.round(shot, why.result, &mut u.ledger.carry);
    let mut lost = 0;
    for bin in [Bin::Disordered, Bin::Formed] {
        lost += super::losses::transfer(
            &mut u,
            bin,
            Bin::OwnSideShot,
            men - lost,
            Cause::Barrier,
            Phase::Morale,
            log,
        );
    }
    let event = CommandEvent::BarrierShot {
        barrier,
        unit: Some(body.id),
        at: body.at,
        men: lost,
        turned_back: !passes,
        why: Box::new(why),
    };
    log.push(Phase::Morale, Event::Command(Box::new(event)));
    if !passes && u.stance.posture == Posture::Withdrawing {
        u.mission.task = Task::Hold;
        u.mission.since = Hours(clock.hour.0);
        u.mission.route.clear();
        u.position.progress = 0.0;
        u.position.towards = None;
        u.stance.posture = Posture::Holding;
        let (unit, posture) = (body.id, Posture::Holding);
        log.push(Phase::Morale, Event::PostureChanged { unit, posture });
    }
}
