//! Set-up: in which hex each unit stands when the battle begins (model §2, "Set-up").
//!
//! A named place is a sector. A unit goes to the nearest hex of its sector that it can stand on and
//! that has room: hexes with works first if it is one that fights in them, and last those of places
//! to which others are posted. The sector reaches [`SECTOR_KM`] beyond the hexes of the place, over
//! ground on which men could walk, and never across the city wall, so that a regiment posted at a
//! gate does not find itself on the far side.
//!
//! The result is a function of the set of wishes: their order in the file does not matter. This
//! module must never put both sides into one hex, and must never ask which side a unit is on other
//! than to keep the sides apart.

use super::{
    forces::Branch,
    map::{Hex, HexMap, Place, Terrain, WorksLevel},
    rules::Rules,
    side::Side,
};
use std::collections::{BTreeMap, BTreeSet};

/// How far a sector reaches beyond the hexes of its place, km.
pub const SECTOR_KM: f64 = 2.0;

/// A unit that wants to stand at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted<'a> {
    /// Its text id: units of a sector choose their hexes in this order.
    pub text_id: &'a str,
    /// Whose it is.
    pub side: Side,
    /// Men at the strength estimate in force.
    pub men: u32,
    /// Index of the place in [`HexMap::places`].
    pub place: usize,
    /// Arm of service: ships stand on water, guns and motors not on wooded mountains.
    pub branch: Branch,
    /// Scale on the stacking caps: the factor of the strength estimate in force, so that a larger
    /// estimate makes the same places fuller and not the front longer.
    pub cap_scale: f64,
}

/// Why a unit has no place to stand.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DeployProblem {
    /// The index names no place.
    #[error("the map has no place number {0}")]
    NoPlace(usize),
    /// Nowhere in the sector can this arm stand.
    #[error("within {SECTOR_KM} km of `{0}` there is no ground this unit can stand on")]
    NoGround(String),
    /// There is ground, but the other side has all of it.
    #[error("all ground within {SECTOR_KM} km of `{0}` is held by the other side")]
    EnemyHeld(String),
    /// There is ground, but it is full.
    #[error("the hexes within {km} km of `{place}` are full: no room for {men} men", km = SECTOR_KM)]
    Full {
        /// Id of the place.
        place: String,
        /// Men who found no room.
        men: u32,
    },
}

/// Finds a hex for each unit on the map at the start; the answers stand in the order of `wanted`.
///
/// Units that arrive later are not deployed: see [`entry`].
pub fn deploy(map: &HexMap, rules: &Rules, wanted: &[Wanted]) -> Vec<Result<Hex, DeployProblem>> {
    let ground = Standing { map, rules };
    let holder = holder_of_the_walls(map, wanted);
    let claims = claims(map, holder, wanted);
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|&i| {
        let w = &wanted[i];
        (w.text_id, w.side, w.place, w.men, w.branch.is_guns())
    });

    let mut stacks: BTreeMap<Hex, (Side, u32)> = BTreeMap::new();
    let mut answers: Vec<Option<Result<Hex, DeployProblem>>> = vec![None; wanted.len()];
    for i in order {
        let unit = &wanted[i];
        let answer = ground.choose(unit, holder, &claims, &stacks);
        if let Ok(hex) = answer {
            let (_, men) = stacks.entry(hex).or_insert((unit.side, 0));
            // A draft may claim more men than can be counted; that is a problem told elsewhere.
            *men = men.saturating_add(unit.men);
        }
        answers[i] = Some(answer);
    }
    answers.into_iter().flatten().collect()
}

/// The hex at which a unit that arrives later enters: the nearest to the place it can stand on.
/// Columns queue there, so it has no stacking cap.
///
/// # Errors
/// [`DeployProblem::NoPlace`] and [`DeployProblem::NoGround`].
pub fn entry(
    map: &HexMap,
    rules: &Rules,
    branch: Branch,
    place: usize,
) -> Result<Hex, DeployProblem> {
    let at = map.places.get(place).ok_or(DeployProblem::NoPlace(place))?;
    Standing { map, rules }
        .sector(&at.hexes, branch)
        .first()
        .map(|&(_, hex)| hex)
        .ok_or_else(|| DeployProblem::NoGround(at.id.clone()))
}

/// The side that stands behind the city wall: the one with more men posted at places inside it, or
/// else with more men posted at its gates. At a gate the other side stands outside.
fn holder_of_the_walls(map: &HexMap, wanted: &[Wanted]) -> Option<Side> {
    let men = |counts: &dyn Fn(&Place) -> bool| {
        let mut sum = [0_u64; 2];
        for unit in wanted {
            if map.places.get(unit.place).is_some_and(counts) {
                sum[unit.side.index()] += u64::from(unit.men);
            }
        }
        sum
    };
    let inside = men(&|p| p.gate.is_none() && map.at(p.centre).inside_wall);
    let gates = men(&|p| p.gate.is_some());
    Side::ALL
        .into_iter()
        .find(|s| inside[s.index()] > inside[s.enemy().index()])
        .or_else(|| {
            let level = inside[0] == inside[1];
            Side::ALL
                .into_iter()
                .find(|s| level && gates[s.index()] > gates[s.enemy().index()])
        })
}

/// The hexes from which a side's sector at a place is measured.
fn anchors(map: &HexMap, place: &Place, side: Side, holder: Option<Side>) -> Vec<Hex> {
    match place.gate.and_then(|g| map.gates.get(g)) {
        Some(gate) if holder.is_some_and(|h| h != side) => vec![gate.outer],
        _ => place.hexes.clone(),
    }
}

/// Who asks for the hexes of places, as (side, place). Where only one side asks, the other side's
/// sectors do not spill; friends posted elsewhere come there last.
type Claims = BTreeMap<Hex, BTreeSet<(Side, usize)>>;

fn claims(map: &HexMap, holder: Option<Side>, wanted: &[Wanted]) -> Claims {
    let mut claims = Claims::new();
    for unit in wanted {
        if let Some(place) = map.places.get(unit.place) {
            for hex in anchors(map, place, unit.side, holder) {
                claims
                    .entry(hex)
                    .or_default()
                    .insert((unit.side, unit.place));
            }
        }
    }
    claims
}

/// Ground and rules together: who can stand where.
struct Standing<'a> {
    map: &'a HexMap,
    rules: &'a Rules,
}

impl Standing<'_> {
    fn choose(
        &self,
        unit: &Wanted,
        holder: Option<Side>,
        claims: &Claims,
        stacks: &BTreeMap<Hex, (Side, u32)>,
    ) -> Result<Hex, DeployProblem> {
        let place = self
            .map
            .places
            .get(unit.place)
            .ok_or(DeployProblem::NoPlace(unit.place))?;
        let anchors = anchors(self.map, place, unit.side, holder);
        let mut sector = self.sector(&anchors, unit.branch);
        if sector.is_empty() {
            return Err(DeployProblem::NoGround(place.id.clone()));
        }
        sector.retain(|(_, hex)| {
            let open = claims
                .get(hex)
                .is_none_or(|by| by.iter().any(|(side, _)| *side == unit.side));
            open && stacks.get(hex).is_none_or(|(s, _)| *s == unit.side)
        });
        if sector.is_empty() {
            return Err(DeployProblem::EnemyHeld(place.id.clone()));
        }
        let fights = unit.branch.can_assault();
        sector.sort_by_key(|&(steps, hex)| {
            let others = claims
                .get(&hex)
                .is_some_and(|by| !by.contains(&(unit.side, unit.place)));
            (others, fights && !self.has_works(hex), steps, hex)
        });
        let there = |hex: &Hex| stacks.get(hex).map_or(0, |(_, men)| *men);
        let room = |cap: f64| {
            let cap = cap * self.map.grid.hex_km() * unit.cap_scale;
            sector
                .iter()
                .find(|(_, hex)| f64::from(there(hex)) + f64::from(unit.men) <= cap)
        };
        room(self.rules.power.stack_soft)
            .or_else(|| room(self.rules.power.stack_hard))
            // Caps bind movement only: a unit larger than any cap may have a hex to itself.
            .or_else(|| sector.iter().find(|(_, hex)| there(hex) == 0))
            .map(|&(_, hex)| hex)
            .ok_or(DeployProblem::Full {
                place: place.id.clone(),
                men: unit.men,
            })
    }

    /// The hexes of a sector where an arm can stand, with steps from the anchors, nearest first.
    /// Steps go over ground the arm's men can walk (or sail) and never through the wall, so that
    /// neither a river nor the wall lies between a unit and its place.
    fn sector(&self, anchors: &[Hex], branch: Branch) -> Vec<(u32, Hex)> {
        let grid = &self.map.grid;
        let reach = ((SECTOR_KM / grid.hex_km()) as u32).max(1);
        let mut steps: BTreeMap<Hex, u32> = BTreeMap::new();
        // Ships may be posted at a harbour; men are never posted in the river.
        let mut ring: Vec<Hex> = anchors
            .iter()
            .copied()
            .filter(|h| branch == Branch::Naval || self.passes(*h, branch))
            .collect();
        ring.sort();
        ring.dedup();
        for distance in 0..=reach {
            let mut next = Vec::new();
            for hex in ring {
                if steps.contains_key(&hex) {
                    continue;
                }
                steps.insert(hex, distance);
                next.extend(
                    grid.neighbours(hex)
                        .filter(|&(direction, to)| {
                            let walled = self
                                .map
                                .side(hex, direction)
                                .is_some_and(|s| s.wall.is_some());
                            !walled && self.passes(to, branch)
                        })
                        .map(|(_, to)| to),
                );
            }
            next.sort();
            next.dedup();
            ring = next;
        }
        let mut sector: Vec<(u32, Hex)> = steps
            .into_iter()
            .filter(|(hex, _)| self.stands(*hex, branch))
            .map(|(hex, distance)| (distance, hex))
            .collect();
        sector.sort();
        sector
    }

    fn passes(&self, hex: Hex, branch: Branch) -> bool {
        let terrain = self.map.at(hex).terrain;
        if branch == Branch::Naval {
            terrain == Terrain::Water
        } else {
            self.cost(terrain, false)
        }
    }

    fn stands(&self, hex: Hex, branch: Branch) -> bool {
        let ground = self.map.at(hex);
        if branch == Branch::Naval {
            return ground.terrain == Terrain::Water;
        }
        let wheels = branch == Branch::Armour || (branch.is_guns() && !branch.is_fixed());
        // Neither side posts troops in the Safety Zone (model §3.15).
        !ground.safety_zone && self.cost(ground.terrain, wheels)
    }

    fn cost(&self, terrain: Terrain, wheels: bool) -> bool {
        self.rules
            .terrain
            .iter()
            .find(|t| t.terrain == terrain)
            .is_some_and(|t| if wheels { t.vehicle_cost } else { t.cost }.is_some())
    }

    fn has_works(&self, hex: Hex) -> bool {
        self.map.at(hex).works.level > WorksLevel::None
    }
}

#[cfg(test)]
mod tests;
