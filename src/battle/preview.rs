//! Forecast of an assault: a number of runs of the resolver itself, over the hours of a turn, on
//! dice of its own. With perfect information it equals the resolution.

use super::{
    clock::sky,
    dice::{Dice, Purpose, RollKey},
    engagement::{Combatant, Engagement},
    wear::{HourSpent, wear},
    why::Why,
};
use crate::scenario::{Hours, Scenario, calendar::HOURS_PER_TURN};
use serde::{Deserialize, Serialize};

/// A fight to be forecast.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospect {
    /// The fight in its first hour.
    pub engagement: Engagement,
    /// `hold_to_death` of the defenders' command, where whether they stand to the last has not
    /// been drawn and they may not withdraw.
    pub obedience: Option<f64>,
}

/// One run: how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Run {
    /// Hour (1 to 4) in which the defenders gave way; `None` if they held.
    pub yielded: Option<u32>,
    /// Killed and wounded of the attackers, up to then.
    pub attacker_losses: u32,
    /// Killed and wounded of the defenders, up to then, before any retreat.
    pub defender_losses: u32,
}

/// The outcome distribution and what drives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview {
    /// All runs, sorted.
    pub runs: Vec<Run>,
    /// Attackers' power in the first hour.
    pub attack: Why,
    /// Defenders' power in the first hour.
    pub defence: Why,
    /// The attackers' losses of the first hour, one run's chance included.
    pub attacker_loss: Why,
    /// The defenders' losses of the first hour.
    pub defender_loss: Why,
    /// Why they would hold or give way, in the first hour.
    pub hold: Option<Why>,
}

impl Preview {
    /// Runs the forecast.
    pub fn run(scenario: &Scenario, prospect: &Prospect, dice: &Dice, runs: u32) -> Self {
        let (attack, defence) = prospect.engagement.powers(scenario.rules());
        let first = prospect
            .engagement
            .resolve(scenario.rules(), &dice.aside(0));
        let mut results: Vec<Run> = (0..runs)
            .map(|i| one(scenario, prospect, &dice.aside(0x1000 + i)))
            .collect();
        results.sort_unstable();
        Self {
            runs: results,
            attack,
            defence,
            attacker_loss: first.attacker_why,
            defender_loss: first.defender_why,
            hold: first.hold,
        }
    }

    /// Share of runs in which the defenders gave way within the turn.
    pub fn taken(&self) -> f64 {
        let n = self.runs.iter().filter(|r| r.yielded.is_some()).count();
        n as f64 / self.runs.len().max(1) as f64
    }

    /// A quantile of the losses of a side: (attackers, defenders), `q` from 0 to 1.
    pub fn losses(&self, q: f64) -> (u32, u32) {
        let pick = |f: &dyn Fn(&Run) -> u32| {
            let mut all: Vec<u32> = self.runs.iter().map(f).collect();
            all.sort_unstable();
            let i = (q.clamp(0.0, 1.0) * all.len().saturating_sub(1) as f64).round() as usize;
            all.get(i).copied().unwrap_or(0)
        };
        (pick(&|r| r.attacker_losses), pick(&|r| r.defender_losses))
    }
}

fn one(scenario: &Scenario, prospect: &Prospect, dice: &Dice) -> Run {
    let rules = scenario.rules();
    let mut e = prospect.engagement.clone();
    if let Some(hold) = prospect.obedience {
        for c in &mut e.defenders {
            let p = hold * (0.3 + 0.7 * c.condition.cohesion);
            let key = RollKey {
                turn: e.site.hour / 4 + 1,
                purpose: Purpose::Obedience,
                unit: c.key,
                salt: 0,
            };
            c.obeys_to_the_last |= dice.chance(key, p, &mut 0.0).0;
        }
    }
    let mut run = Run {
        yielded: None,
        attacker_losses: 0,
        defender_losses: 0,
    };
    let first = e.site.hour;
    for hour in 0..HOURS_PER_TURN {
        let above = sky(scenario, Hours(first + hour), false);
        e.site.hour = first + hour;
        e.site.light = above.light;
        e.site.night = above.night;
        let result = e.resolve(rules, dice);
        run.attacker_losses += result.attacker_losses.iter().sum::<u32>();
        run.defender_losses += result.defender_losses.iter().sum::<u32>();
        if result.yields {
            run.yielded = Some(hour + 1);
            break;
        }
        let pass = |stack: &mut Vec<Combatant>, losses: &[u32], carried: &[f64]| {
            for ((c, lost), carry) in stack.iter_mut().zip(losses).zip(carried) {
                let spent = HourSpent {
                    loss_share: f64::from(*lost) / f64::from(c.formed.max(1)),
                    fought: true,
                    in_contact: true,
                    ..HourSpent::default()
                };
                c.formed -= lost;
                c.recent_losses += lost;
                c.carry = *carry;
                wear(rules, &mut c.condition, &spent);
            }
        };
        pass(
            &mut e.attackers,
            &result.attacker_losses,
            &result.carried.attackers,
        );
        pass(
            &mut e.defenders,
            &result.defender_losses,
            &result.carried.defenders,
        );
        if let Some(c) = e.defenders.first_mut() {
            c.hazard = result.carried.hazard;
        }
    }
    run
}
