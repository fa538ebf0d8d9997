//! What changes on the ground: who controls each hex, what the land still feeds, traffic on the
//! roads, how far supply reaches. And where everybody stands: an index rebuilt at named points.

use super::{
    rampart::{Mines, Rampart, faces},
    strength::Strength,
    unit::Position,
};
use crate::scenario::{
    Hex, Scenario, Side, SideId, UnitId,
    map::{Grid, HexMap},
};
use bevy_ecs::{component::Component, entity::Entity, resource::Resource};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

/// The scenario, for systems.
#[derive(Resource, Clone)]
pub struct Stage(pub Arc<Scenario>);

/// A feature of the map as an entity.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapFeature {
    /// Index in [`HexMap::features`].
    pub index: u16,
}

/// A gate as an entity.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct GateEntity {
    /// Index in [`HexMap::gates`].
    pub index: u16,
}

/// A place as an entity.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceEntity {
    /// Index in [`HexMap::places`].
    pub index: u16,
}

/// Who holds a place, and whether it is contested.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// The side that last controlled all its hexes.
    pub holder: Option<Side>,
    /// Has the other side contested it since?
    pub contested: bool,
}

/// Entities by number: the dense hex grid and the order of battle point back at them.
#[derive(Resource, Clone, Debug, Default)]
pub struct Roster {
    /// By [`UnitId`].
    pub units: Vec<Entity>,
    /// By formation number.
    pub formations: Vec<Entity>,
    /// By feature index.
    pub features: Vec<Entity>,
    /// By gate index.
    pub gates: Vec<Entity>,
    /// By place index.
    pub places: Vec<Entity>,
}

/// State of the ground.
#[derive(Resource, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Who controls each hex.
    pub control: Vec<Option<Side>>,
    /// What is left of what the land feeds, 0 to 1, by hex.
    pub forage: Vec<f32>,
    /// Hexes with traffic this hour and the men-equivalents that passed, in order of hex.
    pub traffic: Vec<(Hex, f32)>,
    /// Hour in which the city was lost, and to whom.
    pub city_lost: Option<(u32, Side)>,
    /// Lines (feature indices) each side has fought against.
    pub lines_reached: [Vec<u16>; 2],
    /// What has been done to the wall, by hexside.
    pub ramparts: BTreeMap<SideId, Rampart>,
    /// Minefields not yet cleared, in order of hex.
    pub mines: Vec<Mines>,
}

impl Field {
    /// Is a hex inside the walls, or in the Safety Zone, of a city that is lost? From that hour on
    /// nothing there is simulated: nobody moves, fires, falls or is captured.
    pub fn is_silent(&self, scenario: &Scenario, hex: Hex) -> bool {
        self.city_lost.is_some() && {
            let ground = scenario.map().at(hex);
            ground.inside_wall || ground.safety_zone
        }
    }
}

/// How far supply reaches: by side, cost in km from the nearest source to each hex; infinite where
/// it does not reach. Rebuilt by the supply phase, and by [`super::muster`]; a pure function of
/// positions, control and sources.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct SupplyReach {
    /// By [`Side::index`], by hex.
    pub cost_km: [Vec<f32>; 2],
}

/// Nobody.
const NONE: u16 = u16::MAX;

/// Who stands where. Rebuilt at the start of the phases that read it and kept by `Movement` while
/// units move.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Occupancy {
    first: Vec<u16>,
    next: Vec<u16>,
    side: Vec<Option<Side>>,
    formed: Vec<u32>,
    present: Vec<u32>,
    /// With how many men, formed and in all, each unit was counted when it entered: so many go with
    /// it, whatever has become of them since.
    counted: Vec<(u32, u32)>,
    /// Hexes entered since the last rebuilding.
    touched: Vec<Hex>,
    /// One bit a hex: does anybody stand there?
    taken: Vec<u64>,
}

impl Occupancy {
    /// Empty, for a map of `hexes` hexes and `units` units.
    pub fn new(hexes: usize, units: usize) -> Self {
        Self {
            first: vec![NONE; hexes],
            next: vec![NONE; units],
            side: vec![None; hexes],
            formed: vec![0; hexes],
            present: vec![0; hexes],
            counted: vec![(0, 0); units],
            touched: Vec::new(),
            taken: vec![0; hexes.div_ceil(64)],
        }
    }

    /// Rebuilds from positions, given in order of [`UnitId`].
    pub fn rebuild<'a>(
        &mut self,
        units: impl DoubleEndedIterator<Item = (UnitId, Side, &'a Position, &'a Strength)>,
    ) {
        for hex in self.touched.drain(..) {
            self.first[hex.index()] = NONE;
            self.side[hex.index()] = None;
            self.formed[hex.index()] = 0;
            self.present[hex.index()] = 0;
        }
        self.taken.fill(0);
        for (id, side, position, strength) in units.rev() {
            if let Some(hex) = position.hex {
                self.enter(hex, id, side, strength);
            }
        }
    }

    /// A unit enters a hex.
    pub fn enter(&mut self, hex: Hex, unit: UnitId, side: Side, strength: &Strength) {
        let h = hex.index();
        if self.first[h] == NONE {
            self.touched.push(hex);
            self.taken[h / 64] |= 1 << (h % 64);
        }
        let me = unit.0 as u16;
        let mut at = self.first[h];
        if at == NONE || at > me {
            self.next[unit.0 as usize] = at;
            self.first[h] = me;
        } else {
            while self.next[usize::from(at)] != NONE && self.next[usize::from(at)] < me {
                at = self.next[usize::from(at)];
            }
            self.next[unit.0 as usize] = self.next[usize::from(at)];
            self.next[usize::from(at)] = me;
        }
        self.side[h] = Some(side);
        let (formed, present) = (strength.formed(), strength.present());
        self.counted[unit.0 as usize] = (formed, present);
        self.formed[h] += formed;
        self.present[h] += present;
    }

    /// A unit leaves its hex, and all who were counted with it.
    pub fn leave(&mut self, hex: Hex, unit: UnitId) {
        let h = hex.index();
        let me = unit.0 as u16;
        if self.first[h] == me {
            self.first[h] = self.next[unit.0 as usize];
        } else {
            let mut at = self.first[h];
            while at != NONE && self.next[usize::from(at)] != me {
                at = self.next[usize::from(at)];
            }
            if at != NONE {
                self.next[usize::from(at)] = self.next[unit.0 as usize];
            }
        }
        self.next[unit.0 as usize] = NONE;
        let (formed, present) = std::mem::take(&mut self.counted[unit.0 as usize]);
        debug_assert!(self.formed[h] >= formed && self.present[h] >= present);
        self.formed[h] = self.formed[h].saturating_sub(formed);
        self.present[h] = self.present[h].saturating_sub(present);
        if self.first[h] == NONE {
            self.side[h] = None;
            self.taken[h / 64] &= !(1 << (h % 64));
        }
    }

    /// Whose units stand in a hex.
    pub fn side(&self, hex: Hex) -> Option<Side> {
        self.side[hex.index()]
    }

    /// Do formed men of a side stand in a hex?
    pub fn formed_of(&self, hex: Hex, side: Side) -> u32 {
        if self.side[hex.index()] == Some(side) {
            self.formed[hex.index()]
        } else {
            0
        }
    }

    /// Men in a hex, formed and disordered.
    pub fn present(&self, hex: Hex) -> u32 {
        self.present[hex.index()]
    }

    /// Units in a hex in order of number.
    pub fn units(&self, hex: Hex) -> impl Iterator<Item = UnitId> + '_ {
        let mut at = self.first[hex.index()];
        std::iter::from_fn(move || {
            if at == NONE {
                return None;
            }
            let unit = UnitId(u32::from(at));
            at = self.next[usize::from(at)];
            Some(unit)
        })
    }

    /// Occupied hexes in order.
    pub fn occupied(&self) -> Vec<Hex> {
        let mut hexes = Vec::new();
        for (word, bits) in (0..).zip(&self.taken) {
            let mut rest = *bits;
            while rest != 0 {
                hexes.push(Hex(word * 64 + rest.trailing_zeros() as u16));
                rest &= rest - 1;
            }
        }
        hexes
    }
}

/// Can two hexes fight each other on foot? They must be neighbours; over a wall only at a gate, or
/// where it is broken.
pub fn can_fight_across(scenario: &Scenario, field: &Field, a: Hex, b: Hex) -> bool {
    scenario
        .map()
        .grid
        .direction(a, b)
        .is_some_and(|d| faces(scenario, field, a, d))
}

/// Neighbours that a hex can fight with, and be fought from.
pub fn opposite_hexes<'a>(
    scenario: &'a Scenario,
    field: &'a Field,
    hex: Hex,
) -> impl Iterator<Item = Hex> + 'a {
    opponents(scenario, field, hex, |_| true)
}

/// Those of them that are wanted: asked first, for few are, and what lies between is asked last.
pub fn opponents<'a>(
    scenario: &'a Scenario,
    field: &'a Field,
    hex: Hex,
    wanted: impl Fn(Hex) -> bool + 'a,
) -> impl Iterator<Item = Hex> + 'a {
    scenario
        .map()
        .grid
        .neighbours(hex)
        .filter(move |(d, n)| wanted(*n) && faces(scenario, field, hex, *d))
        .map(|(_, n)| n)
}

/// Formed enemies, weighted by their cohesion, whose zone of control covers a hex: as a share of a
/// full zone (model §3.4), 0 to 1.
pub fn zone_of_control(
    scenario: &Scenario,
    field: &Field,
    hex: Hex,
    mut enemies_in: impl FnMut(Hex) -> f64,
) -> f64 {
    let full = scenario.rules().movement.zone_men * scenario.map().grid.hex_km();
    let men: f64 = scenario
        .map()
        .grid
        .neighbours(hex)
        .map(|(d, n)| {
            let men = enemies_in(n);
            if men > 0.0 && faces(scenario, field, hex, d) {
                men
            } else {
                0.0
            }
        })
        .sum();
    (men / full).min(1.0)
}

/// Most men who may be in a hex: the hard stack, for the largest strength estimate in force.
pub fn stack_limit(scenario: &Scenario) -> u32 {
    let rules = &scenario.rules().power;
    (rules.stack_hard * scenario.map().grid.hex_km() * scenario.strength_scale()) as u32
}

/// Can a point see another? As [`line_of_sight`], without walking the line where no ground near it is
/// high enough to matter.
pub fn sees(scenario: &Scenario, from: Hex, to: Hex, eye_m: f64) -> bool {
    let map = scenario.map();
    let height = |h: Hex| f64::from(map.at(h).height_m);
    let lowest = (height(from) + eye_m).min(height(to)) + eye_m;
    let distance = map.grid.distance(from, to);
    scenario.passage().surely_below(from, to, distance, lowest)
        || line_of_sight(map, from, to, eye_m)
}

/// Heights along a line, within a distance: can a point see another (model §3.3)?
pub fn line_of_sight(map: &HexMap, from: Hex, to: Hex, eye_m: f64) -> bool {
    let grid: &Grid = &map.grid;
    let height = |h: Hex| f64::from(map.at(h).height_m);
    let (a, b) = (height(from) + eye_m, height(to));
    let steps = grid.distance(from, to) as usize;
    if steps <= 1 {
        return true;
    }
    // A hex beyond the map's edge is no obstacle.
    grid.between(from, to).zip(1..).all(|(hex, i)| {
        // From a crest one goes forward until one sees down the slope.
        if i == 1 && height(hex) < height(from) {
            return true;
        }
        let along = f64::from(i) / steps as f64;
        height(hex) <= a + (b - a) * along + eye_m
    })
}
