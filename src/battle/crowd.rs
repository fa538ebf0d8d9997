//! Crowds: soldiers who have left their units and go their own way together. Each man stays in the
//! books of the unit he came from, in the bin "in a crowd"; a crowd says where those men are. It forms
//! when units come apart and enough of their men are together; a few stragglers are no crowd.
//!
//! Civilians were among them; they are in no number here.

use super::dice::apportion;
use crate::scenario::{Hex, Scenario, Side, UnitId};
use bevy_ecs::{component::Component, entity::Entity, resource::Resource, world::World};
use serde::{Deserialize, Serialize};

/// Number of a crowd in its battle, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CrowdId(pub u32);

/// A crowd.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crowd {
    /// Its number.
    pub id: CrowdId,
    /// Whose men they were.
    pub side: Side,
    /// Where it is.
    pub at: Hex,
    /// Minutes already spent on the way to the next hex.
    pub progress: f64,
    /// Its way, last hex first; empty until it knows one.
    pub route: Vec<Hex>,
    /// Men by the unit they came from, in order of number; never 0.
    pub men: Vec<(UnitId, u32)>,
    /// How many it was last told to be.
    pub told: u32,
    /// Carried fraction of those who leave it (expected mode).
    pub carry: f64,
}

impl Crowd {
    /// Men in it.
    pub fn size(&self) -> u32 {
        self.men.iter().map(|(_, men)| men).sum()
    }

    /// More men join it.
    pub(in crate::battle) fn join(&mut self, unit: UnitId, men: u32) {
        if men == 0 {
            return;
        }
        match self.men.binary_search_by_key(&unit, |(id, _)| *id) {
            Ok(i) => self.men[i].1 += men,
            Err(i) => self.men.insert(i, (unit, men)),
        }
    }

    /// So many men leave it, from each unit its share.
    pub(in crate::battle) fn part(&mut self, men: u32) -> Vec<(UnitId, u32)> {
        let men = men.min(self.size());
        let weights: Vec<f64> = self.men.iter().map(|(_, n)| f64::from(*n)).collect();
        let parts = apportion(men, &weights);
        let gone: Vec<(UnitId, u32)> = self
            .men
            .iter()
            .zip(parts)
            .map(|((unit, had), part)| (*unit, part.min(*had)))
            .filter(|(_, part)| *part > 0)
            .collect();
        for (unit, part) in &gone {
            if let Ok(i) = self.men.binary_search_by_key(unit, |(id, _)| *id) {
                self.men[i].1 -= part;
            }
        }
        self.men.retain(|(_, n)| *n > 0);
        gone
    }
}

/// All crowds there are, in order of number, and hexes that crowds cannot enter.
#[derive(Resource, Clone, Debug, Default)]
pub struct Crowds {
    /// Number of the next.
    pub(in crate::battle) next: u32,
    /// Their entities, in order of number.
    pub(in crate::battle) entities: Vec<Entity>,
    /// Hexes that a side's crowds cannot enter, as others hold them back; sorted. Set each hour.
    pub(in crate::battle) barred: Vec<(Hex, Side)>,
}

impl Crowds {
    /// Says which hexes a side's crowds cannot enter in this hour.
    pub fn bar(&mut self, mut hexes: Vec<(Hex, Side)>) {
        hexes.sort_unstable();
        hexes.dedup();
        self.barred = hexes;
    }
}

/// All crowds of a world, in order of number.
pub fn all(world: &World) -> impl Iterator<Item = &Crowd> {
    world
        .resource::<Crowds>()
        .entities
        .iter()
        .filter_map(|entity| world.get::<Crowd>(*entity))
}

/// Soldiers of a side in crowds within so many km of a hex: what presses on whoever stands there.
pub fn near<'a>(
    scenario: &Scenario,
    crowds: impl Iterator<Item = &'a Crowd>,
    side: Side,
    hex: Hex,
    km: f64,
) -> u32 {
    let grid = &scenario.map().grid;
    let reach = (km / grid.hex_km()).round() as u32;
    crowds
        .filter(|c| c.side == side && grid.distance(c.at, hex) <= reach)
        .map(Crowd::size)
        .sum()
}
