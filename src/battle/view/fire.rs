//! What a side can foresee of its own fire: shells and bombs on a hex, guns in support, and whether
//! aircraft fly. The forecasts call the functions that resolve the hour, on dice of their own.

use super::SideView;
use crate::{
    battle::{
        Why,
        air::{self, AirMission, Outlook},
        blaze::Blaze,
        clock::Sky,
        dice::{Dice, Purpose, RollKey},
        eyes, order,
        order::{Order, Task},
        shellfire::{self, Fall, Salvo, Under},
        unit::Posture,
    },
    scenario::{AirGroupId, Hex, Hours, UnitId, calendar::HOURS_PER_TURN, map::WorksLevel},
};

/// Runs of a forecast of fire.
const RUNS: u32 = 100;
/// First stream of dice of its own.
const STREAM: u32 = 0x2000;

/// Fire on a hex over the turn to come, as foreseen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Barrage {
    /// Batteries that take part, in order.
    pub batteries: Vec<UnitId>,
    /// Rounds they fire, or that the bombs count for, on average.
    pub rounds: f64,
    /// Hours of the turn in which something falls.
    pub hours: u32,
    /// Hours of these in which the fall of shot is seen.
    pub observed: u32,
    /// Men known to be there.
    pub men: u32,
    /// Killed and wounded among them, one figure for each run, sorted.
    pub losses: Vec<u32>,
    /// Suppression at the end of the turn, the highest of all units there, mean of all runs.
    pub suppression: f64,
    /// Losses of the first hour in which something falls on them, with every factor.
    pub why: Option<Why>,
}

impl Barrage {
    /// A quantile of the losses, `q` from 0 to 1.
    pub fn quantile(&self, q: f64) -> u32 {
        let i = (q.clamp(0.0, 1.0) * self.losses.len().saturating_sub(1) as f64).round();
        self.losses.get(i as usize).copied().unwrap_or(0)
    }

    /// Mean of the losses.
    pub fn mean(&self) -> f64 {
        let sum: f64 = self.losses.iter().map(|n| f64::from(*n)).sum();
        sum / self.losses.len().max(1) as f64
    }
}

/// What a battery in direct support does for a fight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backing {
    /// Rounds it fires in an hour in which there is a fight.
    pub rounds: f64,
    /// Batteries that support the fight, this one among them.
    pub batteries: f64,
    /// Factor of all of them on one's own power there.
    pub factor: f64,
}

impl SideView<'_> {
    /// Would a battery fire at all? Not with the enemy beside it.
    pub fn guns_ready(&self, unit: UnitId) -> bool {
        self.own(unit)
            .is_some_and(|u| shellfire::ready(Posture::Holding, u.strength.formed(), u.in_contact))
    }

    /// Is the fall of shot on a hex seen, hour by hour of the turn to come, fog aside?
    pub fn spotted(&self, target: Hex) -> [bool; HOURS_PER_TURN as usize] {
        std::array::from_fn(|h| {
            let hour = Hours(self.hour().0 + h as u32);
            let blaze = self.world().resource::<Blaze>();
            let sky = self.sky(hour);
            let above = eyes::sky_over(self.scenario(), blaze, self.field(), hour, target, &sky);
            self.watches(target, &above)
        })
    }

    /// Shelling of a hex by all who have it as their task, and by these units besides. `None` off
    /// the map.
    pub fn barrage(&self, target: Hex, besides: &[UnitId]) -> Option<Barrage> {
        let scenario = self.scenario();
        if target.index() >= scenario.map().grid.len() {
            return None;
        }
        let task = Task::Bombard { target };
        let mut ids = self.tasked(task);
        ids.extend_from_slice(besides);
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| {
            let order = Order::Unit {
                unit: *id,
                task,
                start_at: None,
            };
            order::check(self, &order).is_ok() && self.guns_ready(*id)
        });
        let seen = self.spotted(target);
        let mut hours: Vec<Vec<Salvo>> = vec![Vec::new(); seen.len()];
        for own in ids.iter().filter_map(|id| self.own(*id)) {
            let fixed = scenario.unit(own.id);
            let Some(class) = fixed.gun_class.map(|class| &scenario.rules().guns[class]) else {
                continue;
            };
            let (formed, k) = (own.strength.formed(), &own.condition);
            let pace = shellfire::pace(scenario.rules(), false);
            let mut left = k.rounds;
            for (salvos, observed) in hours.iter_mut().zip(seen) {
                let rounds = shellfire::rounds(fixed, class, pace, formed, k.suppression, left);
                if rounds < 1.0 {
                    break;
                }
                left -= rounds;
                salvos.push(Salvo {
                    rounds,
                    weight: shellfire::shell_weight(scenario.rules(), class),
                    observed,
                });
            }
        }
        let salvos = |_: &Dice, hour: u32| hours[hour as usize].clone();
        Some(Barrage {
            batteries: ids,
            ..self.fall_of_shot(target, salvos)
        })
    }

    /// What a battery in direct support would do for the fight for a hex, with those that have that
    /// task.
    pub fn backing(&self, unit: UnitId, target: Hex) -> Option<Backing> {
        let scenario = self.scenario();
        let (own, fixed) = (self.own(unit)?, scenario.unit(unit));
        let class = &scenario.rules().guns[fixed.gun_class?];
        let mut others = self.tasked(Task::Support { target });
        others.retain(|id| *id != unit);
        others.push(unit);
        let ready = |id: &UnitId| {
            self.guns_ready(*id) && self.own(*id).is_some_and(|u| u.condition.rounds >= 1.0)
        };
        let guns = |id: UnitId| f64::from(scenario.unit(id).guns);
        let batteries: f64 = others.into_iter().filter(ready).map(guns).sum::<f64>()
            / scenario.rules().power.battery_guns;
        let (formed, k) = (own.strength.formed(), &own.condition);
        let pace = shellfire::pace(scenario.rules(), true);
        Some(Backing {
            rounds: shellfire::rounds(fixed, class, pace, formed, k.suppression, k.rounds),
            batteries,
            factor: shellfire::support(scenario.rules(), batteries),
        })
    }

    /// Does one of one's own air groups fly in the turn to come?
    pub fn flying(&self, group: AirGroupId) -> Option<Outlook> {
        let scenario = self.scenario();
        let group = scenario.air().get(usize::from(group.0))?;
        (group.side == self.side()).then(|| air::outlook(scenario, group, self.hour()))
    }

    /// What the bombs of one of one's own air groups would do to what is known in the hex it is sent
    /// to, if it is sent to one; raids on roads count for what stands in the hex as well.
    pub fn raid_forecast(&self, group: AirGroupId, mission: AirMission) -> Option<Barrage> {
        let scenario = self.scenario();
        let target = mission.target()?;
        let known = scenario.air().get(usize::from(group.0))?;
        if known.side != self.side() || target.index() >= scenario.map().grid.len() {
            return None;
        }
        let first = self.hour();
        let salvos = |dice: &Dice, hour: u32| {
            let now = Hours(first.0 + hour);
            let sorties = air::sorties(scenario, known, now, &self.sky(now), dice);
            (sorties > 0)
                .then(|| air::bombs(scenario, f64::from(sorties)))
                .into_iter()
                .collect()
        };
        Some(self.fall_of_shot(target, salvos))
    }

    /// Runs of the hours of a turn in which shells or bombs fall, on men known to be there, lying in
    /// the works of the map or in what they have dug.
    fn fall_of_shot(&self, target: Hex, salvos: impl Fn(&Dice, u32) -> Vec<Salvo>) -> Barrage {
        let scenario = self.scenario();
        let b = &scenario.rules().bombardment;
        let field = self.field();
        let stack = self.known_stack(target);
        let men: u32 = stack.iter().map(|c| c.formed).sum();
        let works = scenario.map().at(target).works.level.max(WorksLevel::Hasty);
        let mut all = Barrage {
            men,
            ..Barrage::default()
        };
        let skies: Vec<Sky> = (0..HOURS_PER_TURN)
            .map(|h| self.sky(Hours(self.hour().0 + h)))
            .collect();
        let runs = f64::from(RUNS);
        for run in 0..RUNS {
            let dice = self.dice().aside(STREAM + run);
            let mut formed: Vec<u32> = stack.iter().map(|c| c.formed).collect();
            let mut pinned = vec![0.0; stack.len()];
            for (hour, sky) in (0..HOURS_PER_TURN).zip(&skies) {
                let (mut fall, mut any, mut seen) = (Fall::default(), false, false);
                for salvo in salvos(&dice, hour) {
                    let spared = |hex| air::spared(scenario, field, self.side(), hex);
                    shellfire::spread(scenario, target, &salvo, spared, |hex, add| {
                        if hex == target {
                            add(&mut fall);
                        }
                    });
                    all.rounds += salvo.rounds / runs;
                    any = true;
                    seen |= salvo.observed;
                }
                if run == 0 {
                    all.hours += u32::from(any);
                    all.observed += u32::from(seen);
                }
                if !any {
                    continue;
                }
                let under = Under {
                    hex: target,
                    present: f64::from(formed.iter().sum::<u32>()),
                    works,
                    posture: Posture::Holding,
                };
                let (share, why) = shellfire::hit(scenario, &fall, &under, sky);
                if !stack.is_empty() {
                    all.why.get_or_insert(why);
                }
                for ((c, men), pinned) in stack.iter().zip(&mut formed).zip(&mut pinned) {
                    let key = RollKey {
                        turn: self.hour().turn().0,
                        purpose: Purpose::BombardmentLoss,
                        unit: c.key,
                        salt: RollKey::salt(hour, target.0, 0),
                    };
                    *men -= dice.round(key, f64::from(*men) * share, &mut 0.0).min(*men);
                    *pinned = shellfire::suppressed(b, &fall, works, *pinned);
                }
            }
            all.losses.push(men - formed.iter().sum::<u32>());
            all.suppression += pinned.into_iter().fold(0.0, f64::max) / runs;
        }
        all.losses.sort_unstable();
        all
    }
}
