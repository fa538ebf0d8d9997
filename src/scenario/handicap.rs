//! The handicap: a help to one side, set at the start by those who play. It changes fighting power and
//! nothing else, is no part of a scenario file, and levels of the computer commander never use it.

use super::{Scenario, side::Side};

/// Smallest and greatest handicap, per cent more power than the side has.
pub const LIMITS: (i8, i8) = (-50, 50);
/// It is set in steps of so many per cent.
pub const STEP: i8 = 10;

/// May it be set so?
pub fn is_possible(percent: i8) -> bool {
    (LIMITS.0..=LIMITS.1).contains(&percent) && percent % STEP == 0
}

/// What may be set, for people.
pub fn possible() -> String {
    format!(
        "a handicap goes from {} to {} in steps of {STEP}: per cent more or less power than the side \
         has",
        LIMITS.0, LIMITS.1
    )
}

impl Scenario {
    /// Per cent by which a side fights with more power than it has; 0: as it is.
    pub fn handicap(&self, side: Side) -> i8 {
        self.inner.handicap[side.index()]
    }

    /// The same as a factor.
    pub fn handicap_factor(&self, side: Side) -> f64 {
        1.0 + f64::from(self.handicap(side)) / 100.0
    }
}
