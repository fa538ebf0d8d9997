//! A unit's components as one query item, and the loops over units in order of number.
//!
//! Bevy promises no order of iteration; every loop that writes or rolls goes through
//! [`Roster`] order.

use super::{
    engagement::Combatant,
    ground::Roster,
    strength::Strength,
    unit::{Condition, Identity, Ledger, Mission, Position, Posture, Stance},
};
use crate::scenario::{Scenario, UnitId};
use bevy_ecs::{query::QueryData, system::Query};

/// Everything that makes a unit.
#[derive(QueryData)]
#[query_data(mutable)]
pub struct UnitParts {
    /// Who.
    pub identity: &'static Identity,
    /// Men.
    pub strength: &'static mut Strength,
    /// Where.
    pub position: &'static mut Position,
    /// How fit.
    pub condition: &'static mut Condition,
    /// What doing.
    pub stance: &'static mut Stance,
    /// What ordered.
    pub mission: &'static mut Mission,
    /// Short memory.
    pub ledger: &'static mut Ledger,
}

/// The query over units that phases use.
pub type Units<'w, 's> = Query<'w, 's, UnitParts>;

/// Reads a unit.
pub fn read<'a, 's>(
    units: &'a Units<'_, 's>,
    roster: &Roster,
    id: UnitId,
) -> UnitPartsReadOnlyItem<'a, 's> {
    units
        .get(roster.units[id.0 as usize])
        .unwrap_or_else(|_| panic!("unit {} of the roster has lost its components", id.0))
}

/// Writes a unit.
pub fn write<'a, 's>(
    units: &'a mut Units<'_, 's>,
    roster: &Roster,
    id: UnitId,
) -> UnitPartsItem<'a, 's> {
    units
        .get_mut(roster.units[id.0 as usize])
        .unwrap_or_else(|_| panic!("unit {} of the roster has lost its components", id.0))
}

/// Reads all units in order of number. Much cheaper than one by one.
pub fn all<'a, 's>(
    units: &'a Units<'_, 's>,
) -> impl Iterator<Item = UnitPartsReadOnlyItem<'a, 's>> {
    // Units are spawned in order of number, never despawned and never given or robbed of a component:
    // they lie in their table in that order. Bevy does not promise that, so it is held here.
    units.iter().zip(0..).map(|(u, number)| {
        assert_eq!(u.identity.id, UnitId(number), "units lie in order");
        u
    })
}

/// Writes all units in order of number. Much cheaper than one by one.
pub fn all_mut<'a, 's>(
    units: &'a mut Units<'_, 's>,
) -> impl Iterator<Item = UnitPartsItem<'a, 's>> {
    units.iter_mut().zip(0..).map(|(u, number)| {
        assert_eq!(u.identity.id, UnitId(number), "units lie in order");
        u
    })
}

/// All unit numbers in order.
pub fn ids(roster: &Roster) -> impl DoubleEndedIterator<Item = UnitId> + use<> {
    (0..roster.units.len() as u32).map(UnitId)
}

/// A unit as it goes into a fight.
pub fn combatant(scenario: &Scenario, u: &UnitPartsReadOnlyItem, share: f64) -> Combatant {
    let fixed = scenario.unit(u.identity.id);
    Combatant {
        id: u.identity.id,
        key: u.identity.key,
        branch: u.identity.branch,
        formed: u.strength.formed(),
        quality: super::drafts::quality(fixed, u.strength),
        figures: scenario.figures(u.identity.id).clone(),
        condition: *u.condition,
        tanks: super::armour::manned(fixed, u.strength.formed()),
        anti_tank: fixed.anti_tank,
        guns: fixed.guns,
        routed: u.stance.posture == Posture::Routed,
        withdrawing: u.stance.posture == Posture::Withdrawing,
        obeys_to_the_last: u.stance.obeys_to_the_last == Some(true),
        recent_losses: u.ledger.losses.iter().sum::<u32>() + u.ledger.losses_now,
        hazard: u.ledger.hazard,
        carry: u.ledger.carry,
        share,
        handicap: scenario.handicap_factor(fixed.side),
    }
}
