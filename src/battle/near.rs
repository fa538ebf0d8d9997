//! Where each side has stood in an hour, and next to that: elsewhere its zone of control need not be
//! worked out. A saving only; it never changes what a zone is.

use super::ground::{Field, Occupancy, zone_of_control};
use crate::scenario::{Hex, Scenario, Side};

/// Hexes in or next to which a side has stood this hour, by [`Side::index`].
#[derive(Clone, Debug)]
pub struct Near([Vec<bool>; 2]);

impl Near {
    /// As everybody stands now.
    pub fn of(scenario: &Scenario, occupancy: &Occupancy) -> Self {
        let none = vec![false; scenario.map().grid.len()];
        let mut near = Self([none.clone(), none]);
        for hex in occupancy.occupied() {
            if let Some(side) = occupancy.side(hex) {
                near.note(scenario, side, hex);
            }
        }
        near
    }

    /// A unit of a side has entered a hex.
    pub fn note(&mut self, scenario: &Scenario, side: Side, hex: Hex) {
        let near = &mut self.0[side.index()];
        near[hex.index()] = true;
        for (_, n) in scenario.map().grid.neighbours(hex) {
            near[n.index()] = true;
        }
    }

    /// Zone of control of a side's enemies over a hex.
    pub fn zone(
        &self,
        scenario: &Scenario,
        field: &Field,
        side: Side,
        hex: Hex,
        enemies_in: impl FnMut(Hex) -> f64,
    ) -> f64 {
        if self.0[side.enemy().index()][hex.index()] {
            zone_of_control(scenario, field, hex, enemies_in)
        } else {
            0.0
        }
    }
}
