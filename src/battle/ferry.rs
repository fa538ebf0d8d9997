//! Boats at the places where they put off, and what they carry in an hour: one function for those who
//! look ahead, for the hour itself and for its explanation (model §3.14).
//!
//! The article: hardly any boats were left in the harbour; the few became so overloaded that they
//! sank midway; men were fired upon from both sides of the river; ships closed it.

use super::{
    clock::Sky,
    ground::{Field, Occupancy, Roster, Stage},
    navy,
    parts::Units,
    why::{Term, Why, WhyKind},
};
use crate::scenario::{FormationId, Hex, Scenario, Side, river::Crossing};
use bevy_ecs::resource::Resource;
use serde::{Deserialize, Serialize};

/// Boats of one kind and owner at a crossing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Berth {
    /// Number of the crossing in the scenario.
    pub crossing: u16,
    /// Index of their kind in the rules.
    pub kind: u16,
    /// The formation that keeps them for itself.
    pub owner: Option<FormationId>,
    /// How many are left.
    pub boats: u32,
}

/// All boats, in order of crossing, owner and kind.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ferries {
    pub(in crate::battle) berths: Vec<Berth>,
    /// Hour from which no boat of a side puts off any more, though no ship is there.
    pub(in crate::battle) closed_from: [Option<u32>; 2],
    /// Carried fraction of men and boats (expected mode).
    pub(in crate::battle) carry: f64,
}

impl Ferries {
    /// The boats of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let mut ferries = Self::default();
        for (i, crossing) in scenario.crossings().iter().enumerate() {
            for (kind, owner, boats) in &crossing.boats {
                ferries.change(i as u16, *kind as u16, *owner, i64::from(*boats));
            }
        }
        ferries
    }

    /// Boats at all crossings.
    pub fn berths(&self) -> &[Berth] {
        &self.berths
    }

    /// Boats at a crossing, of all kinds and owners.
    pub fn boats(&self, crossing: u16) -> u32 {
        self.at(crossing).map(|b| b.boats).sum()
    }

    pub(in crate::battle) fn at(&self, crossing: u16) -> impl Iterator<Item = &Berth> {
        self.berths.iter().filter(move |b| b.crossing == crossing)
    }

    /// Boats come to a crossing, or go from it: what a scenario's events may bring about.
    pub fn change(&mut self, crossing: u16, kind: u16, owner: Option<FormationId>, by: i64) {
        let key = |b: &Berth| (b.crossing, b.owner, b.kind);
        let count = |boats: u32| u32::try_from((i64::from(boats) + by).max(0)).unwrap_or(u32::MAX);
        match self
            .berths
            .binary_search_by(|b| key(b).cmp(&(crossing, owner, kind)))
        {
            Ok(i) => self.berths[i].boats = count(self.berths[i].boats),
            Err(i) => self.berths.insert(
                i,
                Berth {
                    crossing,
                    kind,
                    owner,
                    boats: count(0),
                },
            ),
        }
    }

    /// From this hour on no boat of a side puts off any more: what a scenario's events may bring
    /// about. `None` takes it back.
    pub fn close(&mut self, side: Side, from: Option<u32>) {
        self.closed_from[side.index()] = from;
    }

    /// Men that boats carry across in an hour if all goes well: those of an owner, or those of none.
    pub fn seats(&self, scenario: &Scenario, crossing: u16, owner: Option<FormationId>) -> f64 {
        let kinds = &scenario.rules().escape.boats;
        self.at(crossing)
            .filter(|b| b.owner == owner)
            .filter_map(|b| {
                let kind = kinds.get(usize::from(b.kind))?;
                Some(f64::from(b.boats) * kind.seats * kind.trips)
            })
            .sum()
    }

    /// Does a formation, or one above it, keep boats of its own there?
    pub fn keeps_boats(&self, scenario: &Scenario, crossing: u16, formation: FormationId) -> bool {
        self.at(crossing).any(|b| {
            b.boats > 0
                && b.owner
                    .is_some_and(|owner| scenario.is_under(formation, owner))
        })
    }
}

/// The crossing that puts off from a hex, with its number.
pub fn crossing_at(scenario: &Scenario, side: Side, hex: Hex) -> Option<(u16, &Crossing)> {
    (0..)
        .zip(scenario.crossings())
        .find(|(_, c)| c.side == side && c.hex == hex)
}

/// What bears on a crossing in an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Water {
    /// Does nobody land over there: the enemy holds the landing, or the crossing is closed?
    pub closed: bool,
    /// Enemy naval units whose guns bar it.
    pub ships: u32,
    /// Do enemies stand close to a bank?
    pub under_fire: bool,
    /// Is it night?
    pub night: bool,
}

/// What bears on a crossing now.
pub fn water(
    stage: &Stage,
    roster: &Roster,
    units: &Units,
    field: &Field,
    occupancy: &Occupancy,
    ferries: &Ferries,
    sky: &Sky,
    hour: u32,
    crossing: &Crossing,
) -> Water {
    let scenario = &stage.0;
    let enemy = crossing.side.enemy();
    let ships = navy::barred(scenario, roster, units, enemy, crossing.hex);
    Water {
        ships,
        night: sky.night,
        ..seen(scenario, field, ferries, hour, crossing, |hex| {
            occupancy.formed_of(hex, enemy) > 0
        })
    }
}

/// The same as far as control of the banks goes, for enemies as told by `enemies`.
pub(in crate::battle) fn seen(
    scenario: &Scenario,
    field: &Field,
    ferries: &Ferries,
    hour: u32,
    crossing: &Crossing,
    enemies: impl Fn(Hex) -> bool,
) -> Water {
    let grid = &scenario.map().grid;
    let near = (scenario.rules().escape.bank_km / grid.hex_km()).round() as u32;
    let closed = field.control[crossing.landing.index()] == Some(crossing.side.enemy())
        || ferries.closed_from[crossing.side.index()].is_some_and(|from| from <= hour);
    let under_fire = [crossing.hex, crossing.landing]
        .into_iter()
        .flat_map(|bank| grid.within(bank, near))
        .any(enemies);
    Water {
        closed,
        ships: 0,
        under_fire,
        night: false,
    }
}

/// An hour's crossing, in shares: what is loaded, sinks, is intercepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Loading {
    /// Men who get into boats.
    pub afloat: f64,
    /// Share of the boats that sink under too many.
    pub sinking: f64,
    /// Share of the men afloat who are intercepted.
    pub intercepted: f64,
    /// Men across, and why so many.
    pub why: Why,
}

/// Does a crowd take the boats of a place where so many men of their side stand in the ranks?
pub fn in_panic(scenario: &Scenario, crowd: u32, formed: u32) -> bool {
    f64::from(crowd) > scenario.rules().escape.panic_ratio * f64::from(formed)
}

/// What boats with so many seats an hour carry of the men who wait for them. In panic (model §3.14)
/// boats are loaded badly, and too many men in them.
pub fn load(
    scenario: &Scenario,
    at: Hex,
    water: &Water,
    seats: f64,
    waiting: f64,
    panic: bool,
) -> Loading {
    let rules = &scenario.rules().escape;
    let mut why = Why::product(WhyKind::Crossing, at, seats);
    let loading = if panic {
        rules.loading_panic
    } else {
        rules.loading_order
    };
    why.times(if panic { Term::Panic } else { Term::Loading }, loading);
    let mut room = seats * loading;
    let pier = rules.pier / 4.0;
    if room > pier {
        why.times(Term::Pier, pier / room);
        room = pier;
    }
    if water.closed {
        why.times(Term::LandingLost, 0.0);
        room = 0.0;
    }
    let afloat = room.min(waiting);
    if afloat < room {
        why.times(Term::Waiting, afloat / room);
    }
    let mut sinking = 0.0;
    if panic && room > 0.0 {
        let excess = libm::log((waiting / (4.0 * room)).max(1.0));
        sinking = (rules.overload * excess).min(rules.overload_most);
        why.times(Term::Overload, 1.0 - sinking);
    }
    let clear = clearance(rules, water, &mut why);
    Loading {
        afloat,
        sinking,
        intercepted: 1.0 - clear,
        why,
    }
}

/// Share of the men afloat who are not intercepted.
fn clearance(rules: &crate::scenario::rules::EscapeRules, water: &Water, why: &mut Why) -> f64 {
    let sight = if water.night { rules.ships_night } else { 1.0 };
    let ships = f64::from(water.ships) * rules.ships * rules.per_ship * sight;
    let past_ships = libm::exp(-ships);
    why.times(Term::Blockade, past_ships);
    let bank = if water.under_fire {
        rules.bank_fire
    } else {
        0.0
    };
    let past_bank = libm::exp(-bank);
    why.times(Term::BankFire, past_bank);
    past_ships * past_bank
}

/// Of men who take to the water on rafts and timber, the share that gets across, and why.
pub fn swim(scenario: &Scenario, at: Hex, water: &Water, men: f64) -> (f64, Why) {
    let rules = &scenario.rules().escape;
    let mut why = Why::product(WhyKind::Swimming, at, men);
    why.times(Term::ColdWater, rules.swim_across);
    let mut share = rules.swim_across;
    if water.ships > 0 && rules.swim_across > 0.0 {
        let factor = (rules.swim_blockaded / rules.swim_across).min(1.0);
        why.times(Term::Blockade, factor);
        share *= factor;
    }
    if water.under_fire {
        let factor = libm::exp(-rules.bank_fire);
        why.times(Term::BankFire, factor);
        share *= factor;
    }
    (share, why)
}
