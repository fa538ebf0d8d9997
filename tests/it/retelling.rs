//! A battle retold from its opening state and its events alone, and random legal orders to make it
//! eventful. Never looks at a battle's state after its beginning.

use crate::support::Table;
use nanking::{
    battle::{
        AirMission, Battle, CrowdId, Deed, Event, FormationMission, Logged, MissionPosture, Order,
        PlaceState, Randomness, Strength, Task, order, strength::Bin,
    },
    scenario::{
        Branch, FormationId, Hex, Hours, Scenario, Side, UnitId, events::Action, file::Belt,
        map::file::FeatureKind,
    },
};
use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

/// What the events say: positions, men by bin, controllers of hexes, holders of places.
#[derive(Clone, Debug, PartialEq)]
pub struct Retelling {
    pub positions: Vec<Option<Hex>>,
    pub men: Vec<[i64; 11]>,
    pub control: Vec<Option<Side>>,
    /// Holder, and whether it was contested since.
    pub places: Vec<(Option<Side>, bool)>,
    pub city_lost: Option<Side>,
    pub ended: bool,
    /// Crowds: where they are.
    pub crowds: BTreeMap<CrowdId, (Side, Hex, u32)>,
    /// Boats of each crossing.
    pub boats: Vec<u32>,
}

fn boats(battle: &Battle) -> Vec<u32> {
    let of = |i: usize| {
        battle
            .berths()
            .iter()
            .filter(move |b| usize::from(b.crossing) == i)
    };
    (0..battle.scenario().crossings().len())
        .map(|i| of(i).map(|b| b.boats).sum())
        .collect()
}

fn bins(strength: Strength) -> [i64; 11] {
    Bin::ALL.map(|bin| i64::from(strength.men(bin)))
}

impl Retelling {
    /// Begins with the state of a battle.
    pub fn of(battle: &Battle) -> Self {
        let units = (0..battle.scenario().units().len() as u32).map(UnitId);
        let places = 0..battle.scenario().map().places.len();
        Self {
            positions: units.clone().map(|u| battle.position(u)).collect(),
            men: units.map(|u| bins(battle.strength(u))).collect(),
            control: battle.control().to_vec(),
            places: places
                .filter_map(|p| battle.tenure(p))
                .map(|t| (t.holder, t.contested))
                .collect(),
            city_lost: battle.city_lost().map(|(_, by)| by),
            ended: battle.end().is_some(),
            crowds: battle
                .crowds()
                .into_iter()
                .map(|c| (c.id, (c.side, c.at, c.size())))
                .collect(),
            boats: boats(battle),
        }
    }

    /// Takes in an event; an event that does not fit what was told before is a fault.
    pub fn hear(&mut self, logged: &Logged) {
        let at = |unit: &UnitId| unit.0 as usize;
        match &logged.event {
            Event::Arrived { unit, at: hex } => {
                assert_eq!(self.positions[at(unit)].replace(*hex), None, "{logged:?}");
            }
            Event::Moved { unit, from, to } => {
                assert_eq!(
                    self.positions[at(unit)].replace(*to),
                    Some(*from),
                    "{logged:?}"
                );
            }
            Event::Left { unit, at: hex, .. } => {
                assert_eq!(self.positions[at(unit)].take(), Some(*hex), "{logged:?}");
            }
            Event::Men {
                unit,
                from,
                to,
                men,
                ..
            } => {
                let bins = &mut self.men[at(unit)];
                bins[*from as usize] -= i64::from(*men);
                bins[*to as usize] += i64::from(*men);
                assert!(bins[*from as usize] >= 0, "men out of nothing: {logged:?}");
            }
            Event::HexTaken { hex, by, .. } => {
                assert_ne!(
                    self.control[hex.index()].replace(*by),
                    Some(*by),
                    "{logged:?}"
                );
            }
            Event::Place { place, by, state } => {
                self.places[usize::from(*place)] = match state {
                    PlaceState::Contested => (self.places[usize::from(*place)].0, true),
                    PlaceState::Captured => (Some(*by), false),
                };
            }
            Event::CrowdFormed(c) => {
                let told = self.crowds.insert(c.crowd, (c.side, c.at, c.men));
                assert_eq!(told, None, "{logged:?}");
            }
            Event::CrowdMoved(c) | Event::CrowdCounted(c) if c.men > 0 => {
                let told = self.crowds.insert(c.crowd, (c.side, c.at, c.men));
                assert!(told.is_some(), "{logged:?}");
            }
            Event::CrowdMoved(c) | Event::CrowdMerged(c) | Event::CrowdCounted(c) => {
                assert!(self.crowds.remove(&c.crowd).is_some(), "{logged:?}");
            }
            Event::Crossed(c) => self.boats[usize::from(c.crossing)] -= c.boats_lost,
            Event::BoatsTaken(b) => self.boats[usize::from(b.crossing)] -= b.boats,
            Event::Acted { act, .. } => {
                if let Action::Boats { at, more, .. } = &**act {
                    let boats = &mut self.boats[usize::from(*at)];
                    *boats = boats.checked_add_signed(*more).expect("boats of no place");
                }
            }
            Event::CityLost { by } => self.city_lost = Some(*by),
            Event::Ended { .. } => self.ended = true,
            _ => {}
        }
    }

    /// Men with a unit: formed and disordered.
    pub fn present(&self, unit: usize) -> i64 {
        self.men[unit][Bin::Formed as usize] + self.men[unit][Bin::Disordered as usize]
    }

    /// Panics with the first thing in which the battle is not as told.
    pub fn agrees_with(&self, battle: &Battle) {
        let truth = Retelling::of(battle);
        assert_eq!(self.positions, truth.positions);
        assert_eq!(self.men, truth.men);
        assert_eq!(self.control, truth.control);
        assert_eq!(self.crowds, truth.crowds);
        assert_eq!(self.boats, truth.boats);
        assert_eq!((self.city_lost, self.ended), (truth.city_lost, truth.ended));
        for (told, is) in self.places.iter().zip(&truth.places) {
            assert_eq!(told.0, is.0);
            // That a place is quiet again has no event; that it is contested has.
            assert!(told.1 || !is.1, "contested, and nobody told");
        }
    }
}

/// A map of 12 x 10 with water, hills, works, a Safety Zone, a walled town with two gates, and
/// fifteen units of both sides.
pub static SKIRMISH: LazyLock<Arc<Scenario>> = LazyLock::new(|| skirmish().build());

/// [`SKIRMISH`] as a draft.
pub fn skirmish() -> Table {
    let road: Vec<(u16, u16)> = (0..12).map(|c| (c, 3)).collect();
    let table = Table::draw(&[
        "~~~~.....h..",
        "..~~.cc..h..",
        ".....cc..m..",
        "..p.....ss..",
        ".ff.....ss..",
        "..p..h......",
        "............",
        "....w.......",
        "..h.w..~~...",
        "..h....~~...",
    ])
    .road(&road)
    .line("stream", FeatureKind::Stream, &[(9, 0), (9, 1), (9, 2)])
    .wall((4, 6), (7, 8))
    .gate("south_gate", (5, 6), (5, 5))
    .gate("east_gate", (7, 7), (8, 7))
    .place("centre", (6, 7))
    .place("hill", (5, 4))
    .city(Side::China, 1, "centre", 8)
    .crossing(Side::China, (1, 8), (4, 9), &[("junk", 2, None)])
    .crossing(Side::Japan, (6, 1), (9, 1), &[("junk", 6, Some("japan"))])
    .depot(Side::China, (0, 7))
    .depot(Side::Japan, (11, 3));
    let mut table = table
        .barricaded()
        .line("moat", FeatureKind::Moat, &[(5, 5), (6, 5)])
        .line(
            "mines",
            FeatureKind::Minefield { of: Side::China },
            &[(6, 3), (6, 4)],
        );
    // In the evening of the first day.
    if let Some(barricades) = &mut table.scenario.barricades {
        barricades.from = "1937-12-05T21:00".into();
    }
    let branch = |branch| move |u: &mut nanking::scenario::file::UnitFile| u.branch = branch;
    table
        .unit(Side::China, "c1", 900, (1, 5))
        .unit(Side::China, "c2", 700, (2, 4))
        .unit(Side::China, "c3", 800, (5, 4))
        .unit(Side::China, "c4", 400, (5, 6))
        .unit_with(
            Side::China,
            "c5",
            200,
            (7, 7),
            branch(Branch::MilitaryPolice),
        )
        .battery(Side::China, "c6", (0, 6))
        .unit_with(Side::China, "c7", 500, (11, 9), |u| {
            u.quality = 2;
            u.recruits = 300;
            u.drafts = vec![nanking::scenario::file::DraftFile {
                men: 120,
                at: "1937-12-05T17:00".into(),
                source: "invented for a test".into(),
                confidence: nanking::scenario::Confidence::Low,
            }];
        })
        .air(Side::Japan, "wing", 80.0)
        .scorched(Side::China, Belt::Wall { km: 1.0 }, 0.1, 0.3)
        .unit(Side::Japan, "j1", 900, (7, 4))
        .unit(Side::Japan, "j2", 800, (8, 3))
        .unit(Side::Japan, "j3", 800, (9, 4))
        .unit_with(Side::Japan, "j4", 250, (10, 3), branch(Branch::Engineer))
        .unit_with(Side::Japan, "j5", 200, (11, 3), |u| {
            u.branch = Branch::Armour;
            u.tanks = 12;
        })
        .battery(Side::Japan, "j6", (10, 4))
        .unit_with(Side::Japan, "j7", 700, (11, 1), |u| {
            u.start = nanking::scenario::file::StartFile::Arrives {
                place: "at_j7".into(),
                at: "1937-12-05T17:00".into(),
                between: None,
            };
        })
        .unit(Side::Japan, "j8", 900, (8, 7))
        // Fights come soon and end soon.
        .rules(|r| {
            r.hold.base = -0.8;
            r.fire.lethality_per_day = 1.2;
            r.morale.per_loss = 3.0;
            r.blaze.shells = 0.3;
            r.blaze.assault = 0.2;
            r.blaze.razing = 0.5;
            r.escape.crowd_least = 20.0;
        })
}

/// A battle of it.
pub fn battle(seed: u64) -> Battle {
    Battle::new(Arc::clone(&SKIRMISH), seed, Randomness::Sampled)
}

/// A stream of numbers for choosing orders: SplitMix64.
pub struct Choices(pub u64);

impl Choices {
    /// A number below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }

    /// Puts a list into an order of chance.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}

/// Legal orders of a side, chosen at random among what its view and the gate of orders allow: up to
/// one a unit, now and then one for the formation. Assaults on known enemies are preferred.
pub fn random_orders(battle: &Battle, side: Side, choices: &mut Choices) -> Vec<Order> {
    let view = battle.view(side);
    let hexes = view.scenario().map().grid.len() as u64;
    let foes: Vec<Hex> = view.enemy_hexes().map(|(hex, _)| hex).collect();
    let mut orders = Vec::new();
    for own in view.own_units() {
        if choices.below(3) == 0 {
            continue;
        }
        let anywhere = Hex(choices.below(hexes) as u16);
        let foe = match foes.len() as u64 {
            0 => anywhere,
            n => foes[choices.below(n) as usize],
        };
        let beside = |choices: &mut Choices| {
            let at = own.hex.unwrap_or(anywhere);
            let around = view.scenario().map().grid.within(at, 1);
            around[choices.below(around.len() as u64) as usize]
        };
        let task = match choices.below(14) {
            0 => Task::Hold,
            1 => Task::Rest,
            2 | 3 => Task::March {
                to: anywhere,
                forced: choices.below(2) == 0,
            },
            4 if choices.below(3) == 0 => {
                let piers = view.scenario().crossings();
                Task::Embark {
                    at: piers[choices.below(piers.len() as u64) as usize].hex,
                }
            }
            4 => Task::Withdraw { to: anywhere },
            5 => Task::Bombard { target: foe },
            6 => Task::Support { target: foe },
            7 => Task::Counterattack {
                target: beside(choices),
            },
            8 => Task::ClearMines {
                target: beside(choices),
            },
            9..=11 => Task::Siege {
                deed: Deed::ALL[choices.below(5) as usize],
                side: {
                    let gates = &view.scenario().map().gates;
                    gates[choices.below(gates.len() as u64) as usize].side
                },
            },
            _ => Task::Assault { target: foe },
        };
        let start_at =
            (choices.below(8) == 0).then(|| Hours(view.hour().0 + choices.below(6) as u32));
        let order = Order::Unit {
            unit: own.id,
            task,
            start_at,
        };
        if order::check(&view, &order).is_ok() {
            orders.push(order);
        }
    }
    for (group, _, _) in view.air_groups() {
        let target = match foes.len() as u64 {
            0 => Hex(choices.below(hexes) as u16),
            n => foes[choices.below(n) as usize],
        };
        let mission = match choices.below(3) {
            0 => AirMission::Rest,
            1 => AirMission::Bomb { target },
            _ => AirMission::Interdict { target },
        };
        let order = Order::Air { group, mission };
        if order::check(&view, &order).is_ok() {
            orders.push(order);
        }
    }
    if choices.below(4) == 0 {
        let formations = view.scenario().formations().len() as u64;
        let postures = [
            MissionPosture::Attack,
            MissionPosture::Hold,
            MissionPosture::Delay,
            MissionPosture::Withdraw,
        ];
        let order = Order::Formation {
            formation: FormationId(choices.below(formations) as u32),
            mission: FormationMission {
                objective: Hex(choices.below(hexes) as u16),
                posture: postures[choices.below(4) as usize],
                may_withdraw: choices.below(2) == 0,
            },
            start_at: None,
        };
        if order::check(&view, &order).is_ok() {
            orders.push(order);
        }
    }
    orders
}

/// Gives both sides random orders and resolves the turn.
pub fn play_turn(battle: &mut Battle, choices: &mut Choices) {
    for side in Side::ALL {
        let orders = random_orders(battle, side, choices);
        let refused = battle.orders(side, &orders);
        assert!(refused.is_empty(), "checked and yet refused: {refused:?}");
    }
    battle.end_turn();
}
