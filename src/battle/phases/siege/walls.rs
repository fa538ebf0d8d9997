//! Walls: what the turn's fire and charges did to each hexside, breaches, and repair. One formula
//! for the rule, its explanation and the forecast (model §3.13): with damage `D` and `x` added this
//! turn, `p = 1 - exp(-[B(D+x) - B(D)])`, `B(D) = D + D^2/4`; no fire, no roll.

use crate::{
    battle::{
        clock::Clock,
        dice::{Dice, Purpose, RollKey},
        event::{Event, EventLog, Phase},
        ground::{Field, Occupancy, Roster, Stage},
        parts::{self, Units},
        rampart::{Rampart, gate_on, wall_hexes},
        why::{Term, Why, WhyKind},
    },
    scenario::{Branch, Hex, Scenario, SideId, calendar::HOURS_PER_TURN},
};
use bevy_ecs::system::{Res, ResMut};

/// What is done to a hexside of the wall in a turn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Attempt {
    /// Battery-turns of heavy guns, lighter ones counted at their share.
    pub batteries: f64,
    /// How much of that is observed.
    pub observed: f64,
    /// Attempts of companies of engineers.
    pub engineers: f64,
}

/// Damage of a turn, and why a breach comes of it or not.
pub fn breach_why(
    scenario: &Scenario,
    side: SideId,
    at: Hex,
    damage: f64,
    attempt: &Attempt,
) -> (f64, Why) {
    let rules = &scenario.rules().siege;
    let map = scenario.map();
    let full = rules.heavy_battery * attempt.batteries;
    let fire = rules.heavy_battery
        * (attempt.observed + rules.unobserved * (attempt.batteries - attempt.observed).max(0.0));
    let charges = rules.engineer_attempt * attempt.engineers.min(rules.attempts);
    let mut why = Why::product(WhyKind::Breach, at, full + charges);
    if full + charges <= 0.0 {
        why.probability = Some(0.0);
        return (0.0, why);
    }
    why.times(Term::Observation, (fire + charges) / (full + charges));
    if gate_on(scenario, &map.sides[side.index()]) {
        why.times(Term::GateArch, rules.gate_arch);
    } else {
        // A longer stretch of wall gives more to hit; a gate is a gate at any size of hex.
        why.times(Term::WallLength, map.grid.hex_km());
    }
    let x = why.result;
    why.times(Term::EarlierDamage, 1.0 + damage / 2.0 + x / 4.0);
    why.probability = Some(1.0 - libm::exp(-why.result));
    (x, why)
}

/// At the turn's end: damage, breaches, repair.
pub fn settle(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    occupancy: Res<Occupancy>,
    field: ResMut<Field>,
    mut log: ResMut<EventLog>,
    units: Units,
) {
    if clock.hour_in_turn() + 1 < HOURS_PER_TURN {
        return;
    }
    let scenario = &stage.0;
    let Field {
        ramparts, control, ..
    } = field.into_inner();
    for (&side, rampart) in ramparts.iter_mut() {
        let Some((inner, _)) = wall_hexes(scenario, side) else {
            continue;
        };
        if let Some(holder) = control[inner.index()] {
            if rampart.battered[0] > 0.0 || rampart.charges > 0.0 {
                shake(
                    scenario, &clock, &dice, &mut log, side, inner, holder, rampart,
                );
            }
            let repaired = rampart.damage > 0.0
                && occupancy.units(inner).any(|id| {
                    let u = parts::read(&units, &roster, id);
                    u.identity.side == holder
                        && u.identity.branch == Branch::Engineer
                        && u.strength.formed() > 0
                });
            if repaired {
                rampart.damage *= 1.0 - scenario.rules().siege.repair;
            }
        }
        rampart.battered = [0.0; 2];
        rampart.charges = 0.0;
    }
}

fn shake(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    log: &mut EventLog,
    side: SideId,
    inner: Hex,
    holder: crate::scenario::Side,
    rampart: &mut Rampart,
) {
    let attempt = Attempt {
        batteries: rampart.battered[0],
        observed: rampart.battered[1],
        engineers: rampart.charges,
    };
    let (added, mut why) = breach_why(scenario, side, inner, rampart.damage, &attempt);
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::Breach,
        unit: u64::from(side.0),
        salt: RollKey::salt(0, inner.0, 0),
    };
    let p = why.probability.unwrap_or(0.0);
    let (breached, roll) = dice.chance(key, p, &mut rampart.hazard);
    why.key = Some(key);
    why.roll = Some(roll);
    rampart.damage += added;
    let by = holder.enemy();
    let why = Box::new(why);
    let event = if breached && rampart.breach < scenario.rules().siege.breach_widest {
        rampart.breach += 1;
        Event::Breached {
            wall: side,
            at: inner,
            by,
            steps: rampart.breach,
            why,
        }
    } else {
        Event::WallDamaged {
            wall: side,
            at: inner,
            by,
            damage: rampart.damage,
            why,
        }
    };
    log.push(Phase::Siege, event);
}
