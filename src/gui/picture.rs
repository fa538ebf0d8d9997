//! What is drawn: an owned copy of what one side may know, made once a turn. Drawing reads this and
//! never the battle, so that the battle can be away being resolved.

pub mod chain;
pub mod escape;
pub mod theatre;

use super::session::Seat;
use crate::{
    battle::{
        AirMission, Battle, Char, FormationMission, Order, OrderId, Posture, SideView, Sky,
        Strength, Task,
        rampart::{self, Lodgement, Rampart},
        unit::Condition,
    },
    report::estimate::rounded,
    scenario::{
        AirGroupId, FormationId, Hex, Hours, Scenario, Side, SideId, TurnNo, UnitId,
        map::WorksLevel,
    },
};
use chain::{Chain, Sign};
use escape::Escape;
use std::collections::{BTreeMap, BTreeSet};
use theatre::{River, Wing};

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
    /// What is not plain about the last order to its formation.
    pub sign: Option<Sign>,
    /// In the person's own hands, not in its staff's.
    pub by_hand: bool,
}

/// A gate that has been barricaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barricade {
    /// Shut with sandbags and concrete.
    Shut,
    /// Cleared again.
    Opened,
}

/// Men who hold out in a breach or on the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foothold {
    /// Whose.
    pub side: Side,
    /// How many; of the enemy, an estimate.
    pub men: u32,
    /// One's own, so that the number is exact.
    pub exact: bool,
    /// Over a ladder, not through a breach.
    pub by_ladder: bool,
}

/// A hexside of the wall to which something has been done, as it can be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Hex within.
    pub inner: Hex,
    /// Hex without.
    pub outer: Hex,
    /// Damage (model §3.13, `D`).
    pub damage: f64,
    /// Steps by which it is breached; 0: it stands.
    pub breach: u32,
    /// State of its gate, if that was ever barricaded.
    pub barricade: Option<Barricade>,
    /// A footbridge lies over the moat.
    pub bridged: bool,
    /// Smoke hangs before it.
    pub smoke: bool,
    /// Who holds out on it.
    pub foothold: Option<Foothold>,
}

/// What may be known of walls, mines and fires.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Siege {
    /// Hexsides of the wall.
    pub wall: BTreeMap<SideId, Stretch>,
    /// Known mines, with those who laid them.
    pub mines: BTreeMap<Hex, Side>,
    /// Hexes on fire, burnt out or razed.
    pub char: BTreeMap<Hex, Char>,
    /// Hexes that a side's fire is kept from by its own command.
    pub no_fire: BTreeMap<Hex, Side>,
    /// One hex near the middle of each such zone, where it is named.
    pub zones: Vec<Hex>,
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
    /// Walls, mines, fires.
    pub siege: Siege,
    /// Air groups.
    pub air: Vec<Wing>,
    /// The river, as far as ships bar it.
    pub river: River,
    /// Headquarters, and orders on their way.
    pub chain: Chain,
    /// Crowds, boats, units on their way back.
    pub escape: Escape,
}

impl Picture {
    /// Draws up what a seat may see. `control` is who holds each hex as far as the seat knows.
    pub fn of(battle: &Battle, seat: Seat, control: Vec<Option<Side>>) -> Self {
        let scenario = battle.scenario();
        let chain = Chain::of(battle, seat);
        let mut counters = Vec::new();
        for side in Side::ALL {
            let view = battle.view(side);
            if seat.sees(side) {
                for own in view.own_units() {
                    let Some(hex) = own.hex else { continue };
                    let formation = scenario.unit(own.id).formation;
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
                            sign: chain.unsettled(scenario, formation).map(|(_, s)| s),
                            by_hand: false,
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
            siege: Siege::of(battle, seat),
            air: theatre::wings(battle, seat),
            river: theatre::river(battle, seat),
            chain,
            escape: Escape::of(battle, seat),
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

impl Picture {
    /// An air group of a side that is seen.
    pub fn wing(&self, group: AirGroupId) -> Option<&Wing> {
        self.air.iter().find(|w| w.id == group)
    }

    /// The order standing for an air group.
    pub fn flight_of(&self, group: AirGroupId) -> Option<(OrderId, AirMission)> {
        self.orders.iter().find_map(|(id, _, order)| match order {
            Order::Air { group: g, mission } if *g == group => Some((*id, *mission)),
            _ => None,
        })
    }
}

impl Siege {
    /// What the sides that a seat sees know between them.
    fn of(battle: &Battle, seat: Seat) -> Self {
        let mut siege = Self::default();
        for side in Side::ALL.into_iter().filter(|side| seat.sees(*side)) {
            siege.add(&battle.view(side), seat);
        }
        siege.zones = zones(battle.scenario(), &siege.no_fire);
        siege
    }

    fn add(&mut self, view: &SideView<'_>, seat: Seat) {
        let scenario = view.scenario();
        for (id, state) in view.ramparts() {
            let Some((inner, outer)) = rampart::wall_hexes(scenario, id) else {
                continue;
            };
            let foothold = |l: Lodgement| {
                let side = scenario.unit(l.unit).side;
                let exact = seat.sees(side);
                Foothold {
                    side,
                    men: if exact { l.men } else { rounded(l.men) },
                    exact,
                    by_ladder: l.by_ladder,
                }
            };
            let stretch = Stretch {
                inner,
                outer,
                damage: state.damage,
                breach: state.breach,
                barricade: barricade(&state),
                bridged: state.bridged,
                smoke: state.in_smoke(view.hour()),
                foothold: state.lodgement.map(foothold),
            };
            self.wall.insert(id, stretch);
        }
        self.mines.extend(view.known_mines().map(|m| (m.hex, m.of)));
        for hex in scenario.map().grid.hexes() {
            let char = view.char(hex);
            if char != Char::Whole {
                self.char.insert(hex, char);
            }
            if view.keeps_fire_from(hex) {
                self.no_fire.insert(hex, view.side());
            }
        }
    }
}

fn barricade(state: &Rampart) -> Option<Barricade> {
    match (state.barricaded, state.opened) {
        (true, false) => Some(Barricade::Shut),
        (_, true) => Some(Barricade::Opened),
        (false, false) => None,
    }
}

/// One hex near the middle of each connected zone.
fn zones(scenario: &Scenario, no_fire: &BTreeMap<Hex, Side>) -> Vec<Hex> {
    let grid = &scenario.map().grid;
    let mut left: BTreeSet<Hex> = no_fire.keys().copied().collect();
    let mut middles = Vec::new();
    while let Some(first) = left.pop_first() {
        let mut zone = vec![first];
        let mut next = 0;
        while let Some(&hex) = zone.get(next) {
            next += 1;
            for (_, beside) in grid.neighbours(hex) {
                if left.remove(&beside) {
                    zone.push(beside);
                }
            }
        }
        let mut mean = [0.0; 2];
        for hex in &zone {
            let [x, y] = grid.centre(*hex);
            mean[0] += x / zone.len() as f64;
            mean[1] += y / zone.len() as f64;
        }
        let off = |hex: &Hex| {
            let [x, y] = grid.centre(*hex);
            let (dx, dy) = (x - mean[0], y - mean[1]);
            dx * dx + dy * dy
        };
        let middle = zone.into_iter().min_by(|a, b| off(a).total_cmp(&off(b)));
        middles.extend(middle);
    }
    middles
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{battle::Randomness, scenario::Options, shelf::Shelf};
    use std::sync::Arc;

    fn siege(name: &str, seat: Seat) -> Siege {
        let scenario = Scenario::load(&Shelf::embedded(), name, &Options::default()).unwrap();
        let battle = Battle::new(Arc::new(scenario), 1, Randomness::Sampled);
        Picture::of(&battle, seat, battle.control().to_vec()).siege
    }

    #[test]
    fn mines_are_known_to_those_who_laid_them_alone() {
        let laid = |seat| {
            let known = siege("nanking_1937.ron", seat).mines;
            known.values().filter(|of| **of == Side::China).count()
        };
        assert!(laid(Seat::Side(Side::China)) > 0);
        assert_eq!(laid(Seat::Side(Side::Japan)), 0);
        assert_eq!(laid(Seat::Watch), laid(Seat::Side(Side::China)));
    }

    #[test]
    fn barricades_are_seen_from_both_sides() {
        let shut = |seat| {
            let wall = siege("guanghua_gate_1937.ron", seat).wall;
            let gates = wall.values().filter_map(|s| s.barricade);
            gates.filter(|b| *b == Barricade::Shut).count()
        };
        let seen = Side::ALL.map(|side| shut(Seat::Side(side)));
        assert!(seen[0] > 0);
        assert_eq!(seen, [shut(Seat::Both); 2]);
    }

    #[test]
    fn a_side_knows_the_orders_that_bind_its_own_fire() {
        let name = "nanking_1937.ron";
        let japanese = siege(name, Seat::Side(Side::Japan));
        assert!(!japanese.no_fire.is_empty());
        assert!(!japanese.zones.is_empty());
        let on_it = |hex: &Hex| japanese.no_fire.contains_key(hex);
        assert!(japanese.zones.iter().all(on_it));
        assert!(siege(name, Seat::Side(Side::China)).no_fire.is_empty());
    }
}
