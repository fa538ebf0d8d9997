//! State of the wall, hexside by hexside: damage, breaches, barricades, footbridges, smoke, and the
//! men who hold out in a breach; and the mines that are left. Who can get across is decided here, by
//! one function for movement, assault, supply and forecasts. Rolls nothing.

use super::ground::Field;
use crate::scenario::{
    Branch, Direction, Hex, Hours, Scenario, Side, SideId, UnitId,
    map::{HexSide, Mover},
};
use serde::{Deserialize, Serialize};

/// Men cut off in a breach or on the wall. They stay in their unit's books; this says how many of
/// them are not in its hex but on the hexside before it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lodgement {
    /// Their unit, which stands before the wall.
    pub unit: UnitId,
    /// How many are left.
    pub men: u32,
    /// Since when.
    pub since: Hours,
    /// Over a ladder (true) or through a breach.
    pub by_ladder: bool,
}

/// State of a hexside of the wall. All of them are as built until something is noted here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rampart {
    /// Damage (model §3.13, `D`).
    pub damage: f64,
    /// Steps by which it is breached; 0: it stands.
    pub breach: u32,
    /// Its gate is shut with sandbags and concrete.
    pub barricaded: bool,
    /// The barricade has been cleared.
    pub opened: bool,
    /// Engineers have laid a footbridge over the moat.
    pub bridged: bool,
    /// Hours of engineers' work towards a footbridge, an open gate, a wider breach.
    pub labour: [u32; 3],
    /// Battery-turns of heavy fire this turn, and how much of it was observed.
    pub battered: [f64; 2],
    /// Engineers' attempts this turn.
    pub charges: f64,
    /// Smoke hangs before this hour.
    pub smoke_until: u32,
    /// The turn in which a party last went at it.
    pub party: u32,
    /// Men who passed the barricade and have not been worked off yet.
    pub passing: f32,
    /// Summed hazard (expected mode).
    pub hazard: f64,
    /// Men who hold out on it.
    pub lodgement: Option<Lodgement>,
}

impl Rampart {
    /// Does smoke hide the foot of the wall?
    pub fn in_smoke(&self, hour: Hours) -> bool {
        hour.0 < self.smoke_until
    }

    /// Has the defender lost the shelter of the wall here?
    pub fn is_broken(&self) -> bool {
        self.breach > 0 || self.lodgement.is_some()
    }
}

/// A minefield that has not been cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mines {
    /// Where.
    pub hex: Hex,
    /// Whose engineers laid it.
    pub of: Side,
    /// Has the other side run into it?
    pub known: bool,
    /// Are its lanes marked, so that its owner's men pass it even in flight by night?
    #[serde(default)]
    pub lanes: bool,
}

/// The hexside between two neighbours, with its number.
pub fn side_between(scenario: &Scenario, from: Hex, to: Hex) -> Option<SideId> {
    let grid = &scenario.map().grid;
    grid.side_id(from, grid.direction(from, to)?)
}

/// Inner and outer hex of a hexside of the wall.
pub fn wall_hexes(scenario: &Scenario, side: SideId) -> Option<(Hex, Hex)> {
    let map = scenario.map();
    let inner = map.sides.get(side.index())?.wall?;
    let (a, b) = map.grid.side_hexes(side)?;
    Some((inner, if inner == a { b } else { a }))
}

/// A gate in use on this hexside: not one that is walled up for good.
pub fn gate_on(scenario: &Scenario, hexside: &HexSide) -> bool {
    hexside
        .gate
        .is_some_and(|gate| !scenario.map().gates[usize::from(gate)].blocked)
}

/// Is there water to cross before this hexside of the wall, with no bridge over it?
pub fn moat_bars(scenario: &Scenario, field: &Field, side: SideId) -> bool {
    let hexside = &scenario.map().sides[side.index()];
    let state = field.rampart(side);
    let stands = hexside.bridge && !(state.barricaded && scenario.siege().bridges_down);
    hexside.moat && !stands && !state.bridged
}

/// Can men of a side step across this hexside without a fight, as far as walls go? A gate is open to
/// the side that controls its inner hex; a barricaded one only to men on foot, and so is a breach.
pub fn is_open(
    scenario: &Scenario,
    field: &Field,
    from: Hex,
    direction: Direction,
    side: Side,
    mover: Mover,
) -> bool {
    if !scenario.passage().walled(from, direction) {
        return true;
    }
    let map = scenario.map();
    let Some(id) = map.grid.side_id(from, direction) else {
        return false;
    };
    let hexside = &map.sides[id.index()];
    let own = hexside
        .wall
        .is_some_and(|inner| field.control[inner.index()] == Some(side));
    if !own {
        return false;
    }
    let state = field.rampart(id);
    let on_foot = mover == Mover::Foot;
    if gate_on(scenario, hexside) && (on_foot || !state.barricaded || state.opened) {
        return true;
    }
    on_foot && state.breach > 0
}

/// Can men on both sides of this hexside fire at each other? Over the wall at gates in use and where
/// it is broken, over a moat where a bridge is.
pub fn faces(scenario: &Scenario, field: &Field, hex: Hex, direction: Direction) -> bool {
    let passage = scenario.passage();
    passage.fights(hex, direction)
        || (passage.walled(hex, direction)
            && scenario
                .map()
                .grid
                .side_id(hex, direction)
                .is_some_and(|id| field.rampart(id).is_broken()))
}

/// Men who can get across a hexside in a turn to assault who stands there, with so many boats at
/// hand; infinite where nothing narrows the way, `None` where there is none. An intact wall and a
/// barricaded gate let nobody through, in either direction.
pub fn room_to_storm(
    scenario: &Scenario,
    field: &Field,
    from: Hex,
    direction: Direction,
    boats: f64,
) -> Option<f64> {
    let passage = scenario.passage();
    if !passage.walled(from, direction) {
        return passage.fights(from, direction).then_some(f64::INFINITY);
    }
    let map = scenario.map();
    let id = map.grid.side_id(from, direction)?;
    let hexside = &map.sides[id.index()];
    let state = field.rampart(id);
    let rules = &scenario.rules().siege;
    let gate = gate_on(scenario, hexside) && (!state.barricaded || state.opened);
    let outward = hexside.wall == Some(from);
    let way = if gate {
        f64::INFINITY
    } else {
        through_breach(scenario, &state, outward)?
    };
    if !moat_bars(scenario, field, id) {
        return Some(way);
    }
    if !gate && state.breach < 2 {
        // A ladder party crosses by boat; those who climb after it want a bridge.
        return None;
    }
    let ferried = 4.0 * boats * rules.boat_men;
    (ferried > 0.0).then(|| way.min(ferried))
}

/// Leaves out those who cannot get at a hex to assault it, and gives each of the others the share of
/// its men that finds room: rubble, ladders and boats let through so many in a turn. `arms` gives
/// branch and formed men of a unit.
pub fn storm_shares(
    scenario: &Scenario,
    field: &Field,
    target: Hex,
    attackers: &mut Vec<(UnitId, Hex)>,
    arms: impl Fn(UnitId) -> (Branch, u32),
) -> Vec<f64> {
    let grid = &scenario.map().grid;
    let all = attackers.clone();
    let room = |from: Hex| {
        let d = grid.direction(from, target)?;
        let here = || {
            all.iter()
                .filter(|(_, h)| *h == from)
                .map(|(id, _)| arms(*id))
        };
        let men: u32 = here().map(|(_, men)| men).sum();
        let engineers = here()
            .filter(|(b, _)| *b == Branch::Engineer)
            .map(|(_, men)| men)
            .sum();
        let room = room_to_storm(scenario, field, from, d, boats(scenario, engineers))?;
        Some((room / f64::from(men.max(1))).min(1.0))
    };
    let on_foot = |id: UnitId, from: Hex| {
        Mover::of(arms(id).0) == Mover::Foot
            || grid
                .direction(from, target)
                .is_some_and(|d| vehicles_pass(scenario, field, from, d))
    };
    let mut shares = Vec::with_capacity(all.len());
    attackers.retain(|(id, from)| {
        let share = room(*from).filter(|_| on_foot(*id, *from));
        shares.extend(share);
        share.is_some()
    });
    shares
}

/// Can vehicles cross this hexside: no wall, or a gate that is not barricaded, and ground for them?
pub fn vehicles_pass(scenario: &Scenario, field: &Field, from: Hex, direction: Direction) -> bool {
    let map = scenario.map();
    let ground = scenario
        .passage()
        .cost(Mover::Motor, from, direction)
        .is_finite();
    let gate = || {
        map.grid.side_id(from, direction).is_some_and(|id| {
            let state = field.rampart(id);
            gate_on(scenario, &map.sides[id.index()]) && (!state.barricaded || state.opened)
        })
    };
    ground && (!scenario.passage().walled(from, direction) || gate())
}

/// Men a turn who get through a breach. A fresh one takes a storming party only, until it is two
/// steps wide; where a ladder party has a foothold, others climb after it.
fn through_breach(scenario: &Scenario, state: &Rampart, outward: bool) -> Option<f64> {
    let rules = &scenario.rules().siege;
    let laddered = !outward && state.lodgement.is_some_and(|l| l.by_ladder);
    match state.breach {
        0 | 1 if laddered => Some(rules.breach_men),
        0 | 1 => None,
        steps => Some(rules.breach_men * f64::from(1u32 << (steps - 1).min(20))),
    }
}

/// Boats that engineers have with them.
pub fn boats(scenario: &Scenario, engineers: u32) -> f64 {
    let rules = &scenario.rules().siege;
    (f64::from(engineers) / rules.company_men).ceil() * rules.boats
}

impl Field {
    /// State of a hexside of the wall.
    pub fn rampart(&self, side: SideId) -> Rampart {
        self.ramparts.get(&side).copied().unwrap_or_default()
    }

    /// The same, to be changed.
    pub(in crate::battle) fn rampart_mut(&mut self, side: SideId) -> &mut Rampart {
        self.ramparts.entry(side).or_default()
    }

    /// Lodgements in order of hexside.
    pub fn lodgements(&self) -> impl Iterator<Item = (SideId, Lodgement)> + '_ {
        self.ramparts
            .iter()
            .filter_map(|(side, r)| Some((*side, r.lodgement?)))
    }

    /// Does smoke hang before the wall on one of a hex's sides?
    pub fn smoke_at(&self, scenario: &Scenario, hex: Hex, hour: Hours) -> bool {
        self.ramparts.iter().any(|(side, r)| {
            r.in_smoke(hour)
                && wall_hexes(scenario, *side)
                    .is_some_and(|(inner, outer)| hex == inner || hex == outer)
        })
    }

    /// Do enemies hold out on the wall of this hex?
    pub fn is_lodged(&self, scenario: &Scenario, inner: Hex) -> bool {
        self.lodgements()
            .any(|(side, _)| scenario.map().sides[side.index()].wall == Some(inner))
    }

    /// Mines left in a hex.
    pub fn mines(&self, hex: Hex) -> Option<&Mines> {
        self.mines.iter().find(|m| m.hex == hex)
    }
}
