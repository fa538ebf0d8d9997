//! What an hour does to a unit: cohesion, fatigue, ammunition, suppression (model §3.4, §3.9,
//! §3.10). One function for the battle and for the preview. Pure.

use super::unit::Condition;
use crate::scenario::Rules;

/// What happened to a unit in an hour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HourSpent {
    /// Share of its men lost.
    pub loss_share: f64,
    /// In close combat (intensity 0.4 or more).
    pub fought: bool,
    /// Adjacent to formed enemies.
    pub in_contact: bool,
    /// Marched, km.
    pub moved_km: f64,
    /// Took a hex.
    pub victorious: bool,
    /// Routed friends within two hexes.
    pub routed_neighbours: u32,
    /// Marched on a road under air attack.
    pub raided: bool,
    /// Lay where nothing is left to shelter in.
    pub bare: bool,
    /// Its headquarters is at odds over contradictory directives.
    pub at_odds: bool,
}

impl HourSpent {
    /// Neither marched nor fought.
    pub fn rested(&self) -> bool {
        !self.fought && self.moved_km == 0.0
    }
}

/// Applies an hour.
pub fn wear(rules: &Rules, condition: &mut Condition, hour: &HourSpent) {
    let m = &rules.morale;
    let quarter = 0.25;
    let yes = |b: bool| f64::from(u8::from(b));
    let resting = hour.rested() && !hour.in_contact;
    let change = -m.per_loss * hour.loss_share
        - m.per_suppression * condition.suppression * quarter
        - m.contact * yes(hour.fought) * quarter
        - m.isolated * yes(condition.isolated) * quarter
        - m.routed_neighbour * f64::from(hour.routed_neighbours.min(2)) * quarter
        - rules.command.conflict_cohesion * yes(hour.at_odds) * quarter
        - rules.air.column_cohesion * yes(hour.raided) * quarter
        + m.rest * yes(resting) * quarter
        + m.success * yes(hour.victorious);
    condition.cohesion = (condition.cohesion + change).clamp(0.0, 1.0);

    let v = &rules.movement;
    let tired = v.fatigue_per_km * hour.moved_km + v.fatigue_per_assault_hour * yes(hour.fought);
    let shelter = if hour.bare { rules.blaze.rest } else { 1.0 };
    let rest = v.rest_per_hour * (0.5 + 0.5 * condition.supply) * yes(hour.rested()) * shelter;
    condition.fatigue = (condition.fatigue + tired - rest).clamp(0.0, 1.0);

    let s = &rules.supply;
    let used = if hour.fought {
        s.ammo_assault_hour
    } else {
        s.ammo_contact_hour * yes(hour.in_contact)
    };
    condition.ammunition = (condition.ammunition - used).max(0.0);

    // 70 % of suppression passes in a turn: the fourth root of the rest remains each hour.
    let keeps = (1.0 - rules.bombardment.suppression_recovery).sqrt().sqrt();
    condition.suppression *= keeps;
}
