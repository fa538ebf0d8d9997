//! What a side can see and foresee of the wall: its state, what a turn's fire and charges would do,
//! and what a party would meet. The forecasts are the rules' own functions on what the side knows.

use super::SideView;
use crate::{
    battle::{
        Order, Sky, Why,
        blaze::Blaze,
        eyes,
        order::{Deed, Task},
        phases::siege::{
            guns,
            parties::{Venture, party_why, steadiness},
            walls::{Attempt, breach_why},
        },
        rampart::{self, Lodgement, Mines, Rampart, wall_hexes},
    },
    scenario::{Branch, Direction, Hex, Hours, SideId, UnitId, calendar::HOURS_PER_TURN},
};

/// Clear daylight.
const CLEAR: Sky = Sky {
    light: 1.0,
    night: false,
    fog: false,
};

impl SideView<'_> {
    /// State of a hexside of the wall, as both sides can see it.
    pub fn rampart(&self, side: SideId) -> Rampart {
        self.field().rampart(side)
    }

    /// Hexsides of the wall to which something has been done, in order.
    pub fn ramparts(&self) -> impl Iterator<Item = (SideId, Rampart)> + '_ {
        self.field().ramparts.iter().map(|(side, r)| (*side, *r))
    }

    /// Men who hold out in breaches and on the wall, one's own and the enemy's.
    pub fn lodgements(&self) -> impl Iterator<Item = (SideId, Lodgement)> + '_ {
        self.field().lodgements()
    }

    /// Does water bar the way to a hexside of the wall?
    pub fn moat_bars(&self, side: SideId) -> bool {
        rampart::moat_bars(self.scenario(), self.field(), side)
    }

    /// Can men on both sides of a hexside fire at each other?
    pub fn faces(&self, hex: Hex, direction: Direction) -> bool {
        rampart::faces(self.scenario(), self.field(), hex, direction)
    }

    /// Men who could get across a hexside in a turn to assault, with so many engineers at hand;
    /// `None` where the wall, the barricade or the moat lets nobody through.
    pub fn room_to_storm(&self, from: Hex, direction: Direction, engineers: u32) -> Option<f64> {
        let boats = rampart::boats(self.scenario(), engineers);
        rampart::room_to_storm(self.scenario(), self.field(), from, direction, boats)
    }

    /// Own formed engineers in a hex.
    pub fn engineers_at(&self, hex: Hex) -> u32 {
        self.own_units()
            .iter()
            .filter(|u| u.hex == Some(hex))
            .filter(|u| self.scenario().unit(u.id).branch == Branch::Engineer)
            .map(|u| u.strength.formed())
            .sum()
    }

    /// Mines one knows of: one's own, and those one's men have run into.
    pub fn known_mines(&self) -> impl Iterator<Item = Mines> + '_ {
        let known = |m: &&Mines| m.of == self.side() || m.known;
        self.field().mines.iter().filter(known).copied()
    }

    /// The hexside of the wall that a unit would work on if sent to a hex: the one between it and
    /// the hex, else the hex's gate, else its side nearest to the unit.
    pub fn wall_toward(&self, unit: UnitId, hex: Hex) -> Option<SideId> {
        let map = self.scenario().map();
        let at = self.own(unit)?.hex?;
        let own = rampart::side_between(self.scenario(), at, hex)
            .filter(|s| map.sides[s.index()].wall.is_some());
        own.or_else(|| {
            map.grid
                .neighbours(hex)
                .filter_map(|(d, n)| Some((map.grid.side_id(hex, d)?, n)))
                .filter(|(s, _)| map.sides[s.index()].wall.is_some())
                .min_by_key(|(s, n)| {
                    let gate = rampart::gate_on(self.scenario(), &map.sides[s.index()]);
                    (!gate, map.grid.distance(at, *n), *s)
                })
                .map(|(s, _)| s)
        })
    }

    /// What a unit is to do in the turn to come: what it has been ordered, else its task.
    fn task_of(&self, standing: &[(crate::battle::OrderId, Order)], id: UnitId) -> Option<Task> {
        let ordered = standing.iter().find_map(|(_, order)| match order {
            Order::Unit { unit, task, .. } if *unit == id => Some(*task),
            _ => None,
        });
        ordered.or_else(|| self.own(id).map(|u| u.task))
    }

    /// Own units that have, or are ordered, a task.
    pub(super) fn tasked(&self, task: Task) -> Vec<UnitId> {
        let standing = self.battle.standing(self.side());
        self.own_units()
            .iter()
            .filter(|u| u.hex.is_some() && self.task_of(&standing, u.id) == Some(task))
            .map(|u| u.id)
            .collect()
    }

    /// Would own men see, by clear daylight, what is fired at the wall of a hex?
    pub fn overlooks(&self, inner: Hex) -> bool {
        self.watches(inner, &CLEAR)
    }

    /// Would men in some hexes see, by clear daylight, what falls on a hex?
    pub fn overlooked_from(&self, eyes: &[Hex], target: Hex) -> bool {
        eyes::seen_from(self.scenario(), eyes, target, &CLEAR)
    }

    pub(super) fn watches(&self, inner: Hex, above: &Sky) -> bool {
        let own: Vec<Hex> = self.own_men.keys().copied().collect();
        eyes::seen_from(self.scenario(), &own, inner, above)
    }

    /// What the turn to come would do to a hexside of the wall, with those who have it as their
    /// task, and these units besides. The probability is that of a breach within the turn.
    pub fn breach_forecast(&self, side: SideId, besides: &[UnitId]) -> Option<Why> {
        let scenario = self.scenario();
        let rules = scenario.rules();
        let (inner, outer) = wall_hexes(scenario, side)?;
        let mut ids = self.tasked(Task::breach(side));
        ids.extend_from_slice(besides);
        ids.sort_unstable();
        ids.dedup();
        let (mut seen, mut dark) = (0.0, 0.0);
        for hour in (0..HOURS_PER_TURN).map(|h| Hours(self.hour().0 + h)) {
            let sky = self.sky(hour);
            let blaze = self.world().resource::<Blaze>();
            let above = eyes::sky_over(scenario, blaze, self.field(), hour, inner, &sky);
            let smoke = self.rampart(side).in_smoke(hour);
            let hidden = sky.night || smoke || sky.light <= rules.siege.dark_light;
            let part = 1.0 / f64::from(HOURS_PER_TURN);
            seen += if self.watches(inner, &above) {
                part
            } else {
                0.0
            };
            dark += if hidden { part } else { 0.0 };
        }
        let mut attempt = Attempt::default();
        for own in ids.into_iter().filter_map(|id| self.own(id)) {
            let fixed = scenario.unit(own.id);
            if let Some(class) = fixed.gun_class {
                let class = &rules.guns[class];
                let crews = f64::from(own.strength.formed()) / f64::from(fixed.men.max(1));
                let turn = f64::from(fixed.guns) * crews * class.rounds_per_hour * 4.0;
                let lasting = (own.condition.rounds / turn.max(1.0)).min(1.0);
                let batteries = f64::from(fixed.guns) * crews / rules.power.battery_guns;
                let fire = guns::weight(scenario, class) * batteries * lasting;
                attempt.batteries += fire;
                attempt.observed += fire * seen;
            } else if own.hex == Some(outer) {
                let company = f64::from(own.strength.formed()) / rules.siege.company_men;
                attempt.engineers += company.min(1.0) * dark;
            }
        }
        let damage = self.rampart(side).damage;
        Some(breach_why(scenario, side, inner, damage, &attempt).1)
    }

    /// What a party would meet at a hexside of the wall, over a ladder or through a breach, with
    /// smoke or without.
    pub fn party_forecast(&self, side: SideId, ladder: bool, smoke: bool) -> Option<Why> {
        let scenario = self.scenario();
        let (inner, _) = wall_hexes(scenario, side)?;
        let known = self.known_stack(inner);
        let defenders = steadiness(known.iter().map(|c| {
            let k = &c.condition;
            (c.formed, c.quality, k.cohesion, k.suppression)
        }));
        let venture = Venture {
            ladder,
            defenders,
            smoke: smoke
                || self.rampart(side).in_smoke(self.hour())
                || !self
                    .tasked(Task::Siege {
                        deed: Deed::Smoke,
                        side,
                    })
                    .is_empty(),
            overlooked: {
                let blaze = self.world().resource::<Blaze>();
                self.watches(
                    inner,
                    &blaze.sky_over(scenario, inner, &self.sky(self.hour())),
                )
            },
        };
        Some(party_why(scenario, inner, &venture))
    }
}
