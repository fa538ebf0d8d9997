//! What each side knows of the other's units.

use crate::scenario::{Hex, Hours, Side, UnitId};
use bevy_ecs::resource::Resource;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An enemy unit as last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Where.
    pub hex: Hex,
    /// Formed men, estimated.
    pub men: u32,
    /// When.
    pub seen: Hours,
}

/// Contacts of both sides.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intelligence {
    sides: [BTreeMap<UnitId, Contact>; 2],
}

impl Intelligence {
    /// What a side knows of the other's units.
    pub fn of(&self, side: Side) -> &BTreeMap<UnitId, Contact> {
        &self.sides[side.index()]
    }

    /// Notes a sighting.
    pub(in crate::battle) fn note(&mut self, side: Side, unit: UnitId, contact: Contact) {
        self.sides[side.index()].insert(unit, contact);
    }

    /// Forgets contacts older than `memory` hours, and those not seen this hour although their
    /// hex is under one's own eyes.
    pub(in crate::battle) fn forget(
        &mut self,
        now: Hours,
        memory: u32,
        under_eyes: impl Fn(Side, Hex) -> bool,
    ) {
        for side in Side::ALL {
            self.sides[side.index()].retain(|_, c| {
                let age = now.0 - c.seen.0;
                age == 0 || (age <= memory && !under_eyes(side, c.hex))
            });
        }
    }

    /// Leaves only what one side knows.
    pub(in crate::battle) fn keep_only(&mut self, side: Side) {
        self.sides[side.enemy().index()].clear();
    }

    /// Strikes out a unit that is no more.
    pub(in crate::battle) fn strike(&mut self, unit: UnitId) {
        for known in &mut self.sides {
            known.remove(&unit);
        }
    }
}
