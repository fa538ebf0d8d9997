//! Doctrine as a commander applies it: that of the scenario, bent by the course of action it follows.

use super::course::Course;
use crate::scenario::file::Doctrine;

/// Habits of a command, each from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Temper {
    /// Readiness to attack at poor odds.
    pub(super) aggression: f64,
    /// Readiness to strike back at lost ground.
    pub(super) counterattack: f64,
    /// Readiness to attack by night.
    pub(super) night_attack: f64,
    /// Share of the force that may be lost in an attack before it is let go.
    pub(super) loss_tolerance: f64,
}

impl Temper {
    /// A doctrine under a course of action.
    pub(super) fn of(doctrine: &Doctrine, course: &Course) -> Self {
        let bent = |habit: f64| (habit + course.boldness).clamp(0.0, 1.0);
        Self {
            aggression: bent(doctrine.aggression),
            counterattack: bent(doctrine.counterattack),
            night_attack: if course.by_night {
                1.0
            } else {
                doctrine.night_attack
            },
            loss_tolerance: bent(doctrine.loss_tolerance),
        }
    }
}
