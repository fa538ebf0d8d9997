//! What the person at the window has taken out of the staffs' hands: single units, and the missions of
//! formations. A staff orders neither; everything else it does. Kept in the save and through undo.

use crate::{
    battle::Order,
    scenario::{FormationId, Scenario, UnitId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Units and formations that the person commands himself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hands {
    units: BTreeSet<UnitId>,
    missions: BTreeSet<FormationId>,
}

impl Hands {
    /// Of a save that does not say: whoever has an order standing was ordered by hand.
    pub fn of_standing<'o>(orders: impl IntoIterator<Item = &'o Order>) -> Self {
        let mut hands = Self::default();
        for order in orders {
            hands.take(order);
        }
        hands
    }

    /// Is a unit taken over?
    pub fn has_unit(&self, unit: UnitId) -> bool {
        self.units.contains(&unit)
    }

    /// Was a formation's mission given by the person?
    pub fn has_mission(&self, formation: FormationId) -> bool {
        self.missions.contains(&formation)
    }

    /// The formation whose mission binds this one: itself, or the nearest above it with a mission
    /// given by the person.
    pub fn binding(&self, scenario: &Scenario, formation: FormationId) -> Option<FormationId> {
        let mut at = Some(formation);
        while let Some(id) = at {
            if self.has_mission(id) {
                return Some(id);
            }
            at = scenario.formation(id).parent;
        }
        None
    }

    /// Is it for the person alone to order whom this order is for? Directives, answers and aircraft
    /// are no matter of taking over.
    pub fn hold(&self, order: &Order) -> bool {
        match order {
            Order::Unit { unit, .. } => self.has_unit(*unit),
            Order::Formation { formation, .. } => self.has_mission(*formation),
            _ => true,
        }
    }

    /// Takes over whom an order by hand is for.
    pub(super) fn take(&mut self, order: &Order) {
        match order {
            Order::Unit { unit, .. } => {
                self.units.insert(*unit);
            }
            Order::Formation { formation, .. } => {
                self.missions.insert(*formation);
            }
            _ => {}
        }
    }

    /// An order has been taken back: whom it was for is again as before the turn.
    pub(super) fn let_go(&mut self, order: &Order, before: &Hands) {
        match order {
            Order::Unit { unit, .. } if !before.has_unit(*unit) => {
                self.units.remove(unit);
            }
            Order::Formation { formation, .. } if !before.has_mission(*formation) => {
                self.missions.remove(formation);
            }
            _ => {}
        }
    }

    /// Takes a unit over, or gives it back to its staff.
    pub(super) fn set_unit(&mut self, unit: UnitId, by_hand: bool) {
        if by_hand {
            self.units.insert(unit);
        } else {
            self.units.remove(&unit);
        }
    }

    /// Leaves a formation's mission to its staff.
    pub(super) fn free_mission(&mut self, formation: FormationId) {
        self.missions.remove(&formation);
    }

    /// Gives all units of a formation, and of those under it, back to their staffs.
    pub(super) fn free_units(&mut self, scenario: &Scenario, formation: FormationId) {
        self.units
            .retain(|u| !scenario.is_under(scenario.unit(*u).formation, formation));
    }

    /// Units taken over.
    pub fn units(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.units.iter().copied()
    }

    /// Leaves out what the scenario does not have: a save can be damaged.
    pub fn fitting(mut self, scenario: &Scenario) -> Self {
        self.units
            .retain(|u| (u.0 as usize) < scenario.units().len());
        self.missions
            .retain(|f| (f.0 as usize) < scenario.formations().len());
        self
    }
}
