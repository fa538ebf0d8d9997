//! What a side assumes of an enemy it cannot inspect.

use super::KnownEnemy;
use crate::{
    battle::{engagement::Combatant, unit::Condition},
    scenario::{Scenario, UnitId},
};

/// What one expects of an enemy unit one cannot inspect: the cohesion of its kind, somewhat worn.
pub(super) fn assumed_condition(scenario: &Scenario, id: UnitId) -> Condition {
    Condition {
        cohesion: 0.9 * scenario.figures(id).cohesion,
        fatigue: 0.2,
        supply: 0.7,
        ammunition: 0.7,
        suppression: 0.0,
        rounds: 0.0,
        isolated: false,
    }
}

/// An enemy unit as known, at the condition one expects of it.
pub(super) fn assumed_combatant(scenario: &Scenario, enemy: &KnownEnemy) -> Combatant {
    let fixed = scenario.unit(enemy.id);
    Combatant {
        id: enemy.id,
        key: fixed.key,
        branch: fixed.branch,
        formed: enemy.contact.men,
        quality: fixed.quality_factor(),
        figures: scenario.figures(enemy.id).clone(),
        condition: assumed_condition(scenario, enemy.id),
        tanks: fixed.tanks,
        anti_tank: fixed.anti_tank,
        guns: fixed.guns,
        routed: false,
        withdrawing: false,
        obeys_to_the_last: false,
        recent_losses: 0,
        hazard: 0.0,
        carry: 0.0,
        share: 1.0,
        handicap: scenario.handicap_factor(fixed.side),
    }
}
