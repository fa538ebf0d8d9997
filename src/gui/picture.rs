//! What is drawn: an owned copy of what one side may know, made once a turn. Drawing reads this and
//! never the battle, so that the battle can be away being resolved.

use super::session::Seat;
use crate::{
    battle::{
        Battle, FormationMission, Order, OrderId, Posture, Sky, Strength, Task, unit::Condition,
    },
    scenario::{FormationId, Hex, Hours, Scenario, Side, TurnNo, UnitId, map::WorksLevel},
};
use std::collections::BTreeMap;

/// A unit as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Counter {
    /// Which.
    pub id: UnitId,
    /// Whose.
    pub side: Side,
    /// Where.
    pub hex: Hex,
    /// Formed men: exact for one's own, estimated for the enemy's.
    pub men: u32,
    /// Known exactly, or as a report?
    pub known: Known,
}

/// How well a unit is known.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// One's own, or both sides are shown.
    Exactly(Box<Details>),
    /// The enemy's as reported at this hour.
    Reported(Hours),
}

/// All about a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Men by bin.
    pub strength: Strength,
    /// How fit.
    pub condition: Condition,
    /// What doing.
    pub posture: Posture,
    /// What dug.
    pub entrenched: WorksLevel,
    /// What ordered (in force).
    pub task: Task,
    /// Not before.
    pub start_at: Option<Hours>,
    /// Adjacent to formed enemies.
    pub in_contact: bool,
    /// Hours marched of the last 24.
    pub marched_hours: u32,
}

/// What one side may know, to be drawn.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// First hour of the turn to come.
    pub hour: Hours,
    /// The turn to come.
    pub turn: TurnNo,
    /// Light and weather to expect at its beginning.
    pub sky: Option<Sky>,
    /// Units on the map in order of number.
    pub counters: Vec<Counter>,
    /// Counters by hex: indices into `counters`, strongest first.
    pub stacks: BTreeMap<Hex, Vec<usize>>,
    /// Who controls each hex, as far as is known: the other side's march through empty country is
    /// not.
    pub control: Vec<Option<Side>>,
    /// Who holds each place, and is it contested?
    pub places: Vec<(Option<Side>, bool)>,
    /// Men of both sides by bin: one's own exactly; the enemy's as far as the battle's own books
    /// go only when both sides are shown, else none.
    pub men: [Option<Strength>; 2],
    /// Own men of formations by number.
    pub formation_men: Vec<Strength>,
    /// Missions of formations by number.
    pub missions: Vec<Option<FormationMission>>,
    /// Orders standing for the turn to come.
    pub orders: Vec<(OrderId, Side, Order)>,
    /// The battle is over.
    pub over: bool,
    /// Since when the city is lost, and to whom.
    pub city_lost: Option<(Hours, Side)>,
}

impl Picture {
    /// Draws up what a seat may see. `control` is who holds each hex as far as the seat knows.
    pub fn of(battle: &Battle, seat: Seat, control: Vec<Option<Side>>) -> Self {
        let scenario = battle.scenario();
        let mut counters = Vec::new();
        for side in Side::ALL {
            let view = battle.view(side);
            if seat.sees(side) {
                for own in view.own_units() {
                    let Some(hex) = own.hex else { continue };
                    counters.push(Counter {
                        id: own.id,
                        side,
                        hex,
                        men: own.strength.formed(),
                        known: Known::Exactly(Box::new(Details {
                            strength: own.strength,
                            condition: own.condition,
                            posture: own.posture,
                            entrenched: own.entrenched,
                            task: own.task,
                            start_at: own.start_at,
                            in_contact: own.in_contact,
                            marched_hours: own.marched_hours,
                        })),
                    });
                }
            } else {
                let eyes = battle.view(side.enemy());
                for e in eyes.enemies() {
                    counters.push(Counter {
                        id: e.id,
                        side,
                        hex: e.contact.hex,
                        men: e.contact.men,
                        known: Known::Reported(e.contact.seen),
                    });
                }
            }
        }
        counters.sort_by_key(|c| c.id);
        let mut stacks: BTreeMap<Hex, Vec<usize>> = BTreeMap::new();
        for (i, c) in counters.iter().enumerate() {
            stacks.entry(c.hex).or_default().push(i);
        }
        for stack in stacks.values_mut() {
            stack.sort_by_key(|i| (std::cmp::Reverse(counters[*i].men), counters[*i].id));
        }
        let formations = scenario.formations().len() as u32;
        Self {
            hour: battle.hour(),
            turn: battle.turn(),
            sky: Some(battle.view(Side::China).sky(battle.hour())),
            counters,
            stacks,
            control,
            places: (0..scenario.map().places.len())
                .map(|i| {
                    battle
                        .tenure(i)
                        .map_or((None, false), |t| (t.holder, t.contested))
                })
                .collect(),
            men: Side::ALL.map(|side| seat.sees(side).then(|| battle.men(side))),
            formation_men: formation_men(battle, scenario),
            missions: (0..formations)
                .map(|f| {
                    let id = FormationId(f);
                    let side = scenario.formation(id).side;
                    seat.sees(side)
                        .then(|| battle.view(side).mission(id))
                        .flatten()
                })
                .collect(),
            orders: Side::ALL
                .into_iter()
                .filter(|side| seat.commands(*side))
                .flat_map(|side| {
                    battle
                        .standing(side)
                        .into_iter()
                        .map(move |(id, order)| (id, side, order))
                })
                .collect(),
            over: battle.end().is_some(),
            city_lost: battle.city_lost(),
        }
    }

    /// The counter of a unit, if it is on the map and seen.
    pub fn counter(&self, unit: UnitId) -> Option<&Counter> {
        self.counters
            .binary_search_by_key(&unit, |c| c.id)
            .ok()
            .map(|i| &self.counters[i])
    }

    /// Counters in a hex, strongest first.
    pub fn stack(&self, hex: Hex) -> impl Iterator<Item = &Counter> {
        self.stacks
            .get(&hex)
            .into_iter()
            .flatten()
            .map(|i| &self.counters[*i])
    }

    /// The order standing for a unit.
    pub fn order_of(&self, unit: UnitId) -> Option<(OrderId, Task)> {
        self.orders.iter().find_map(|(id, _, order)| match order {
            Order::Unit { unit: u, task, .. } if *u == unit => Some((*id, *task)),
            _ => None,
        })
    }
}

fn formation_men(battle: &Battle, scenario: &Scenario) -> Vec<Strength> {
    let mut sums = vec![Strength::default(); scenario.formations().len()];
    for (i, unit) in scenario.units().iter().enumerate() {
        let men = battle.strength(UnitId(i as u32));
        let mut at = Some(unit.formation);
        while let Some(f) = at {
            sums[f.0 as usize].add(&men);
            at = scenario.formation(f).parent;
        }
    }
    sums
}
