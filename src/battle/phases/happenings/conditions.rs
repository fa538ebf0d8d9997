//! What is so in this hour. Only reads.

use crate::{
    battle::{
        clock::{Clock, Sky},
        course::{Course, Motion},
        dice::{Dice, Purpose, RollKey},
        event::Finding,
        ground::{Field, Roster, Tenure},
        order::MissionPosture,
        strength::Strength,
        unit::{Commission, Condition as Fitness, Position},
    },
    scenario::{
        FormationId, Hours, PlanTask, Scenario, UnitId,
        events::{Condition, Daylight, Force, Known, When},
    },
};
use bevy_ecs::world::World;

/// Whether something is so, and the number by which one tells.
type Answer = (bool, Option<f64>);

/// The facts of an hour, for one event.
pub(super) struct Facts<'w> {
    world: &'w World,
    scenario: &'w Scenario,
    course: &'w Course,
    clock: Clock,
    sky: Sky,
    key: u64,
}

impl<'w> Facts<'w> {
    pub fn new(world: &'w World, scenario: &'w Scenario, course: &'w Course, key: u64) -> Self {
        let clock = *world.resource::<Clock>();
        Self {
            world,
            scenario,
            course,
            clock,
            sky: clock.sky(scenario),
            key,
        }
    }

    /// Does a condition hold?
    pub fn holds(&self, when: &When) -> bool {
        self.weigh(when, &mut 0)
    }

    /// What is found of each condition that is made of no others.
    pub fn findings(&self, when: &When) -> Vec<Finding> {
        when.leaves()
            .into_iter()
            .enumerate()
            .map(|(i, leaf)| {
                let (held, measured) = self.ask(leaf, i as u32);
                Finding {
                    leaf: i as u16,
                    held,
                    measured,
                }
            })
            .collect()
    }

    /// `leaf` counts the leaves before, so that each chance has a draw of its own.
    fn weigh(&self, when: &When, leaf: &mut u32) -> bool {
        match when {
            Condition::All(list) => {
                let mut all = true;
                for c in list {
                    all &= self.unless(!all, c, leaf);
                }
                all
            }
            Condition::Any(list) => {
                let mut any = false;
                for c in list {
                    any |= self.unless(any, c, leaf);
                }
                any
            }
            Condition::AtLeast(n, list) => {
                let mut count = 0;
                for c in list {
                    count += u32::from(self.unless(count >= *n, c, leaf));
                }
                count >= *n
            }
            Condition::Not(one) => !self.weigh(one, leaf),
            _ => {
                let held = self.ask(when, *leaf).0;
                *leaf += 1;
                held
            }
        }
    }

    /// As [`Self::weigh`], but only counts the leaves of what is settled already.
    fn unless(&self, settled: bool, when: &When, leaf: &mut u32) -> bool {
        if settled {
            *leaf += when.leaves().len() as u32;
            return false;
        }
        self.weigh(when, leaf)
    }

    fn ask(&self, when: &When, leaf: u32) -> Answer {
        let now = self.clock.hour;
        let plain = |held: bool| (held, None);
        match when {
            Condition::At(h) => plain(now == *h),
            Condition::After(h) => plain(now >= *h),
            Condition::Before(h) => plain(now < *h),
            Condition::Between(a, b) => plain(now >= *a && now < *b),
            Condition::HourOfDay { from, until } => {
                let hour = self.scenario.calendar().hour_of_day(now);
                plain(if from <= until {
                    hour >= *from && hour < *until
                } else {
                    hour >= *from || hour < *until
                })
            }
            Condition::Turn { from, until } => {
                plain((*from..=*until).contains(&self.clock.turn().0))
            }
            Condition::Held { place, by } => {
                plain(self.tenure(*place).is_some_and(|t| t.holder == Some(*by)))
            }
            Condition::Captured { place, by } => {
                plain(self.course.captured.binary_search(&(*place, *by)).is_ok())
            }
            Condition::Contested { place, by } => plain(
                self.tenure(*place)
                    .is_some_and(|t| t.contested && t.holder == Some(by.enemy())),
            ),
            Condition::CityLost => {
                let lost = self.world.resource::<Field>().city_lost;
                plain(lost.is_some_and(|(h, _)| now >= Hours(h)))
            }
            Condition::Strength { of, men } => {
                let formed = f64::from(self.men(of).formed());
                (men.holds(formed), Some(formed))
            }
            Condition::ShareLeft { of, share } => {
                let men = self.men(of);
                let left = f64::from(men.formed()) / f64::from(men.total().max(1));
                (share.holds(left), Some(left))
            }
            Condition::Losses { of, men } => {
                let lost = f64::from(self.men(of).casualties());
                (men.holds(lost), Some(lost))
            }
            Condition::Cohesion { of, mean } => {
                let found = self.mean(of, |c| c.cohesion);
                (found.is_some_and(|x| mean.holds(x)), found)
            }
            Condition::Supply { of, mean } => {
                let found = self.mean(of, |c| c.supply);
                (found.is_some_and(|x| mean.holds(x)), found)
            }
            Condition::CutOff { of, share } => {
                let found = self.mean(of, |c| f64::from(u8::from(c.isolated)));
                (found.is_some_and(|x| share.holds(x)), found)
            }
            Condition::OnMap(of) => plain(self.members(of).any(|id| self.stands(id).is_some())),
            Condition::Near { of, place, km } => {
                let grid = &self.scenario.map().grid;
                let hexes = &self.scenario.map().places[usize::from(*place)].hexes;
                let nearest = self
                    .members(of)
                    .filter_map(|id| self.stands(id)?.hex)
                    .flat_map(|at| hexes.iter().map(move |h| grid.distance(at, *h)))
                    .min()
                    .map(|steps| f64::from(steps) * grid.hex_km());
                (nearest.is_some_and(|d| d <= *km), nearest)
            }
            Condition::OrderReceived { formation, task } => plain(
                self.commission(*formation)
                    .and_then(|c| c.mission)
                    .is_some_and(|m| m.posture == posture(*task)),
            ),
            Condition::Flag(flag) => plain(self.course.flags[usize::from(*flag)]),
            Condition::Fired { event, hours_ago } => {
                let fired = self.course.stands[usize::from(event.0)].fired;
                plain(fired.is_some_and(|h| now.0 >= h.0 + hours_ago))
            }
            Condition::Decided { decision, option } => plain(matches!(
                self.course.motions[usize::from(decision.0)],
                Motion::Taken { option: taken, .. } if taken == *option
            )),
            Condition::Light(light) => plain(match light {
                Daylight::Night => self.sky.night,
                Daylight::HalfLight => !self.sky.night && self.sky.light < 1.0,
                Daylight::Day => !self.sky.night && self.sky.light >= 1.0,
            }),
            Condition::Fog => plain(self.sky.fog),
            Condition::Chance(p) => {
                let key = RollKey {
                    turn: now.turn().0,
                    purpose: Purpose::HourlyChance,
                    unit: self.key,
                    salt: RollKey::salt(self.clock.hour_in_turn(), 0, leaf),
                };
                let roll = self.world.resource::<Dice>().uniform(key);
                (roll < *p, Some(roll))
            }
            // Made of others: never a leaf.
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::AtLeast(..) => {
                plain(false)
            }
        }
    }

    fn tenure(&self, place: u16) -> Option<&'w Tenure> {
        let entity = self.world.resource::<Roster>().places[usize::from(place)];
        self.world.get::<Tenure>(entity)
    }

    fn commission(&self, formation: FormationId) -> Option<&'w Commission> {
        let entity = self.world.resource::<Roster>().formations[formation.0 as usize];
        self.world.get::<Commission>(entity)
    }

    /// Units of a force, in order of number.
    fn members(&self, of: &Force<Known>) -> impl Iterator<Item = UnitId> + use<'w> {
        let (scenario, of) = (self.scenario, of.clone());
        (0..scenario.units().len() as u32)
            .map(UnitId)
            .filter(move |id| match &of {
                Force::Side(side) => scenario.unit(*id).side == *side,
                Force::Formation(f) => scenario.is_under(scenario.unit(*id).formation, *f),
                Force::Unit(unit) => id == unit,
            })
    }

    fn part<C: bevy_ecs::component::Component>(&self, id: UnitId) -> Option<&'w C> {
        let entity = self.world.resource::<Roster>().units[id.0 as usize];
        self.world.get::<C>(entity)
    }

    /// The position of a unit that is on the map.
    fn stands(&self, id: UnitId) -> Option<&'w Position> {
        self.part::<Position>(id).filter(|p| p.hex.is_some())
    }

    fn men(&self, of: &Force<Known>) -> Strength {
        let mut sum = Strength::default();
        for id in self.members(of) {
            if let Some(men) = self.part::<Strength>(id) {
                sum.add(men);
            }
        }
        sum
    }

    /// Mean over formed men on the map; `None` if there are none.
    fn mean(&self, of: &Force<Known>, figure: impl Fn(&Fitness) -> f64) -> Option<f64> {
        let (mut sum, mut men) = (0.0, 0.0);
        for id in self.members(of).filter(|id| self.stands(*id).is_some()) {
            if let (Some(s), Some(c)) = (self.part::<Strength>(id), self.part::<Fitness>(id)) {
                let formed = f64::from(s.formed());
                men += formed;
                sum += formed * figure(c);
            }
        }
        (men > 0.0).then(|| sum / men)
    }
}

/// How a formation goes about what a plan asks of it.
pub(super) fn posture(task: PlanTask) -> MissionPosture {
    match task {
        PlanTask::Seize => MissionPosture::Attack,
        PlanTask::Hold => MissionPosture::Hold,
        PlanTask::Delay => MissionPosture::Delay,
        PlanTask::Reserve => MissionPosture::Reserve,
        PlanTask::Withdraw => MissionPosture::Withdraw,
    }
}
