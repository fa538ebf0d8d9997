//! One hour of ground combat over a hex: the one function behind preview, resolution and
//! explanation (model §3.1, §3.2, §3.6). Pure: reads its arguments, rolls keyed dice, changes
//! nothing.

mod factors;
mod site;

pub use site::Site;

use super::{
    dice::{Dice, Purpose, RollKey},
    shellfire,
    unit::Condition,
    why::{Term, Why, WhyKind},
};
use crate::scenario::{Branch, Rules, UnitId, forces::TroopFigures};
use factors::Factors;

/// A unit in a fight.
#[derive(Clone, Debug, PartialEq)]
pub struct Combatant {
    /// Its number.
    pub id: UnitId,
    /// Its name to the dice.
    pub key: u64,
    /// Arm of service.
    pub branch: Branch,
    /// Formed men.
    pub formed: u32,
    /// Quality factor (model §3.1, `q`).
    pub quality: f64,
    /// Figures of its troops.
    pub figures: TroopFigures,
    /// How fit it is.
    pub condition: Condition,
    /// Tanks and armoured cars.
    pub tanks: u32,
    /// Anti-tank guns.
    pub anti_tank: u32,
    /// Guns.
    pub guns: u32,
    /// In flight.
    pub routed: bool,
    /// Falling back under orders.
    pub withdrawing: bool,
    /// Stands to the last, as ordered.
    pub obeys_to_the_last: bool,
    /// Men lost in the last four hours.
    pub recent_losses: u32,
    /// Summed hazard and carried fraction (expected mode).
    pub hazard: f64,
    /// Carried fraction of losses (expected mode).
    pub carry: f64,
    /// Share of its strength that this fight gets, when it fights on several sides at once.
    pub share: f64,
    /// Factor of its side's handicap; 1 without one.
    pub handicap: f64,
}

/// A fight.
#[derive(Clone, Debug, PartialEq)]
pub struct Engagement {
    /// The ground.
    pub site: Site,
    /// Attackers in order of number.
    pub attackers: Vec<Combatant>,
    /// Defenders in order of number.
    pub defenders: Vec<Combatant>,
}

/// What an hour of it brings.
#[derive(Clone, Debug, PartialEq)]
pub struct HourResult {
    /// Killed and wounded of each attacker.
    pub attacker_losses: Vec<u32>,
    /// Killed and wounded of each defender.
    pub defender_losses: Vec<u32>,
    /// Do the defenders give way? Always false in mere contact.
    pub yields: bool,
    /// Why the attackers lost so many.
    pub attacker_why: Why,
    /// Why the defenders lost so many.
    pub defender_why: Why,
    /// Why they held or gave way.
    pub hold: Option<Why>,
    /// Fractions carried on by attackers and defenders, and the defenders' summed hazard
    /// (expected mode).
    pub carried: Carried,
}

/// What expected mode carries from hour to hour.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// Fractions of losses of each attacker.
    pub attackers: Vec<f64>,
    /// Fractions of losses of each defender.
    pub defenders: Vec<f64>,
    /// The defenders' summed hazard of giving way.
    pub hazard: f64,
}

/// `cap(n, f)`: about n below f, about sqrt(n f) above (model §3).
pub fn smooth_cap(n: f64, f: f64) -> f64 {
    let r = n / f;
    n / (1.0 + r * r).sqrt().sqrt()
}

impl Engagement {
    /// Resolves one hour.
    pub fn resolve(&self, rules: &Rules, dice: &Dice) -> HourResult {
        let attack = self.power(rules, &self.attackers, Role::Attack);
        let defence = self.power(rules, &self.defenders, Role::Defence);
        let attacker_why = self.loss(rules, dice, &attack, &defence, Role::Attack);
        let defender_why = self.loss(rules, dice, &defence, &attack, Role::Defence);
        let (attacker_losses, attackers) =
            self.spread(dice, &self.attackers, &attack, &attacker_why);
        let (defender_losses, defenders) =
            self.spread(dice, &self.defenders, &defence, &defender_why);
        let hold = self
            .site
            .assault
            .then(|| self.hold(rules, dice, attack.why.result, defence.why.result));
        let mut hazard = self.defenders.first().map_or(0.0, |c| c.hazard);
        let yields = hold
            .as_ref()
            .is_some_and(|why| gives_way(dice, why, &mut hazard));
        HourResult {
            attacker_losses,
            defender_losses,
            yields,
            attacker_why,
            defender_why,
            hold,
            carried: Carried {
                attackers,
                defenders,
                hazard,
            },
        }
    }

    /// Effective power of the attackers, and of the defenders, with reasons.
    pub fn powers(&self, rules: &Rules) -> (Why, Why) {
        (
            self.power(rules, &self.attackers, Role::Attack).why,
            self.power(rules, &self.defenders, Role::Defence).why,
        )
    }

    /// Probability that the defenders give way within four hours at the present odds.
    pub fn yield_in_four_hours(&self, rules: &Rules) -> f64 {
        let attack = self.power(rules, &self.attackers, Role::Attack);
        let defence = self.power(rules, &self.defenders, Role::Defence);
        let why = self.yield_odds(rules, attack.why.result, defence.why.result);
        logistic(why.result)
    }

    /// Model §3.1.
    fn power(&self, rules: &Rules, stack: &[Combatant], role: Role) -> Power {
        let r = &rules.power;
        let km = self.site.hex_km;
        let frontage = match role {
            Role::Attack if self.site.assault => {
                r.frontage_attack * km * f64::from(self.site.sides.max(1))
            }
            // In mere contact both lie in their own hexes.
            Role::Attack | Role::Defence => r.frontage_defence * km,
        };
        let men: f64 = stack.iter().map(|c| f64::from(c.formed) * c.share).sum();
        let engaged = if men > 0.0 {
            smooth_cap(men, frontage)
        } else {
            0.0
        };
        let mut sum = Factors::default();
        for c in stack {
            let n = f64::from(c.formed) * c.share;
            let weight = if c.formed > 0 {
                c.figures.weight + r.tank_men * f64::from(c.tanks) / f64::from(c.formed)
            } else {
                0.0
            };
            let k = &c.condition;
            sum.add(
                n,
                [
                    weight,
                    c.quality,
                    0.3 + 0.7 * k.cohesion,
                    1.0 - 0.35 * k.fatigue,
                    0.7 + 0.3 * k.supply,
                    0.3 + 0.7 * k.ammunition,
                    1.0 - k.suppression,
                ],
            );
        }
        let mut why = Why::product(WhyKind::Power, self.site.at, engaged);
        let terms = [
            Term::Weight,
            Term::Quality,
            Term::Cohesion,
            Term::Fatigue,
            Term::Supply,
            Term::Ammunition,
            Term::Suppression,
        ];
        for (term, factor) in terms.into_iter().zip(sum.chain()) {
            why.times(term, factor);
        }
        why.times(Term::CombinedArms, self.combined_arms(rules, stack, role));
        let batteries = self.site.batteries[role as usize];
        why.times(Term::Support, shellfire::support(rules, batteries));
        why.times(Term::Handicap, self.handicap(role));
        why.result = why.result.max(1.0);
        Power { why, engaged, men }
    }

    /// Factor of a side's handicap.
    fn handicap(&self, role: Role) -> f64 {
        let stack = match role {
            Role::Attack => &self.attackers,
            Role::Defence => &self.defenders,
        };
        stack.first().map_or(1.0, |c| c.handicap)
    }

    fn combined_arms(&self, rules: &Rules, stack: &[Combatant], role: Role) -> f64 {
        let present = |f: &dyn Fn(&Combatant) -> bool| stack.iter().any(|c| c.formed > 0 && f(c));
        let infantry = present(&|c| !c.branch.is_guns() && c.branch != Branch::Engineer);
        let silent = self.site.spared && role == Role::Attack;
        let guns =
            !silent && (present(&|c| c.guns > 0) || self.site.batteries[role as usize] > 0.0);
        let engineers = present(&|c| c.branch == Branch::Engineer);
        let mut bonus = 1.0;
        if infantry && guns {
            bonus += rules.power.arms_guns;
        }
        if infantry && engineers {
            bonus += rules.power.arms_engineers;
        }
        bonus
    }

    /// Model §3.2: share of the engaged men lost in the hour.
    fn loss(&self, rules: &Rules, dice: &Dice, own: &Power, enemy: &Power, role: Role) -> Why {
        let f = &rules.fire;
        let site = &self.site;
        let mut why = Why::product(WhyKind::Loss, site.at, f.lethality_per_day / 24.0);
        if own.men <= 0.0 || enemy.men <= 0.0 {
            why.times(Term::EnemyPower, 0.0);
            return why;
        }
        let handicap = self.handicap(role.other());
        why.times(
            Term::EnemyPower,
            libm::pow(enemy.why.result / handicap / own.engaged, f.exponent),
        );
        why.times(Term::Handicap, libm::pow(handicap, f.exponent));
        let (intensity, light) = if site.assault {
            let light = if site.night {
                site.light.max(f.night_attack_light)
            } else {
                site.light
            };
            (f.intensity_assault, light)
        } else {
            (f.intensity_contact, site.light)
        };
        why.times(Term::Posture, intensity);
        why.times(Term::Light, light);
        match role {
            Role::Attack if site.assault => {
                let engineers = self
                    .attackers
                    .iter()
                    .any(|c| c.formed > 0 && c.branch == Branch::Engineer);
                why.times(Term::Works, rules.attack_exposure(site.works, engineers));
                if site.uphill {
                    why.times(Term::Height, f.attack_uphill);
                }
                let beside = f64::from(site.neighbours.min(f.neighbours_most));
                why.times(Term::NeighbourWorks, 1.0 + f.neighbour_works * beside);
                if site.gate {
                    why.times(Term::Crossing, f.attack_gate);
                } else if site.stream {
                    why.times(Term::Crossing, f.attack_stream);
                }
            }
            Role::Attack => {
                why.times(Term::Works, rules.defend_exposure(site.shelter.0));
                if site.shelter.1 {
                    why.times(Term::Cover, f.defend_cover);
                }
                if !self.attackers.is_empty() && self.attackers.iter().all(|c| c.routed) {
                    why.times(Term::Flight, f.routed);
                }
            }
            Role::Defence => {
                let works = rules.defend_exposure(site.works);
                why.times(
                    Term::Works,
                    if site.gate && !site.breached {
                        works.min(f.defend_wall)
                    } else {
                        works
                    },
                );
                if site.cover {
                    why.times(Term::Cover, f.defend_cover);
                }
                if !self.defenders.is_empty() && self.defenders.iter().all(|c| c.routed) {
                    why.times(Term::Flight, f.routed);
                }
            }
        }
        let key = RollKey {
            turn: site.hour / 4 + 1,
            purpose: Purpose::FireNoise,
            unit: role as u64 + 2 * u64::from(site.assault),
            // No hour: one draw per contact and turn, else it averages out.
            salt: RollKey::salt(0, site.at.0, self.opponents()),
        };
        why.times(Term::Luck, dice.noise(key, f.spread));
        why.key = Some(key);
        why
    }

    /// Tells two contacts over one hex apart.
    fn opponents(&self) -> u32 {
        if self.site.assault {
            0
        } else {
            // By name: a variant that adds a unit leaves all other luck alone.
            let name = self.attackers.iter().map(|c| c.key).min().unwrap_or(0);
            (name as u32 ^ (name >> 32) as u32) | 1
        }
    }

    /// Losses of each unit from the share of the stack's engaged men.
    fn spread(
        &self,
        dice: &Dice,
        stack: &[Combatant],
        power: &Power,
        why: &Why,
    ) -> (Vec<u32>, Vec<f64>) {
        if power.men <= 0.0 {
            return (
                vec![0; stack.len()],
                stack.iter().map(|c| c.carry).collect(),
            );
        }
        let lost = power.men * (1.0 - libm::exp(-why.result * power.engaged / power.men));
        stack
            .iter()
            .map(|c| {
                let key = RollKey {
                    turn: self.site.hour / 4 + 1,
                    purpose: Purpose::FireLoss,
                    unit: c.key,
                    salt: RollKey::salt(self.site.hour % 4, self.site.at.0, self.opponents()),
                };
                let mine = lost * f64::from(c.formed) * c.share / power.men;
                let mut carry = c.carry;
                (dice.round(key, mine, &mut carry).min(c.formed), carry)
            })
            .unzip()
    }

    /// Model §3.6, the log-odds of giving way within four hours.
    fn yield_odds(&self, rules: &Rules, attack: f64, defence: f64) -> Why {
        let h = &rules.hold;
        let site = &self.site;
        let mut why = Why::product(WhyKind::Yield, site.at, h.base);
        let works = if self.defenders.iter().any(|c| c.withdrawing) {
            h.posture_withdraw
        } else {
            rules.posture_factor(site.works)
        };
        let mut v = works * site.terrain;
        if site.uphill {
            v *= h.height;
        }
        if site.gate {
            v *= if site.breached {
                rules.siege.rubble
            } else {
                h.wall
            };
        }
        let limit = libm::log(h.ratio_limit);
        let ratio = |attack: f64| libm::log(attack / (defence * v)).clamp(-limit, limit);
        let handicap = self.handicap(Role::Attack) / self.handicap(Role::Defence);
        let (ratio, plain) = (ratio(attack), ratio(attack / handicap));
        why.plus(Term::Ratio, h.ratio * plain);
        why.plus(Term::Handicap, h.ratio * (ratio - plain));
        let men: f64 = self.defenders.iter().map(|c| f64::from(c.formed)).sum();
        let mean = |f: &dyn Fn(&Combatant) -> f64| {
            if men > 0.0 {
                self.defenders
                    .iter()
                    .map(|c| f64::from(c.formed) * f(c))
                    .sum::<f64>()
                    / men
            } else {
                0.0
            }
        };
        why.plus(
            Term::CohesionLost,
            h.cohesion * (1.0 - mean(&|c| c.condition.cohesion)),
        );
        let isolated = mean(&|c| f64::from(u8::from(c.condition.isolated)));
        let flank = f64::from(site.sides.saturating_sub(2)) / 2.0 + h.flank_isolated * isolated;
        why.plus(Term::Flank, h.flank * flank);
        let beside = f64::from(site.neighbours.min(rules.fire.neighbours_most));
        why.plus(Term::NeighbourWorks, -h.neighbour_works * beside);
        let lost: f64 = self
            .defenders
            .iter()
            .map(|c| f64::from(c.recent_losses))
            .sum();
        if men > 0.0 {
            why.plus(
                Term::RecentLosses,
                h.losses * (lost / men * 100.0 / 5.0).min(10.0),
            );
        }
        let tanks: u32 = self.attackers.iter().map(|c| c.tanks).sum();
        let answered = self
            .defenders
            .iter()
            .any(|c| c.anti_tank > 0 && c.formed > 0);
        if tanks >= h.tanks_needed && site.tanks_pass && !answered {
            why.plus(Term::Tanks, h.tanks);
        }
        why.plus(
            Term::HoldOrder,
            -h.order * mean(&|c| f64::from(u8::from(c.obeys_to_the_last))),
        );
        why
    }

    fn hold(&self, rules: &Rules, dice: &Dice, attack: f64, defence: f64) -> Why {
        let mut why = self.yield_odds(rules, attack, defence);
        let p4 = logistic(why.result);
        // One hour's share of the four-hour probability.
        let p = if self.defenders.iter().all(|c| c.formed == 0) {
            1.0
        } else {
            1.0 - (1.0 - p4).sqrt().sqrt()
        };
        let key = RollKey {
            turn: self.site.hour / 4 + 1,
            purpose: Purpose::Hold,
            unit: 0,
            salt: RollKey::salt(self.site.hour % 4, self.site.at.0, 0),
        };
        why.probability = Some(p);
        why.roll = Some(dice.uniform(key));
        why.key = Some(key);
        why
    }
}

fn gives_way(dice: &Dice, why: &Why, hazard: &mut f64) -> bool {
    let (Some(p), Some(key)) = (why.probability, why.key) else {
        return false;
    };
    p >= 1.0 || dice.chance(key, p, hazard).0
}

/// 1 / (1 + e^-x).
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    Attack = 0,
    Defence = 1,
}

impl Role {
    fn other(self) -> Self {
        match self {
            Role::Attack => Role::Defence,
            Role::Defence => Role::Attack,
        }
    }
}

struct Power {
    why: Why,
    engaged: f64,
    men: f64,
}
