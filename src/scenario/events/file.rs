//! Events and decisions as written in a scenario file.

use super::{Action, Condition, Written};
use crate::scenario::{
    file::{Confidence, Doctrine},
    side::Side,
};
use serde::{Deserialize, Serialize};

/// One event, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFile {
    /// Stable id; the event's luck hangs on it.
    pub id: String,
    /// A few words.
    pub title: String,
    /// When it happens.
    pub when: Condition<Written>,
    /// Probability that it does once its conditions hold; drawn each time they begin to.
    #[serde(default = "certain")]
    pub chance: f64,
    /// At most once? If not, each time its conditions begin to hold anew.
    #[serde(default = "yes")]
    pub once: bool,
    /// Hours between its conditions and its actions.
    #[serde(default)]
    pub delay: u32,
    /// What then.
    #[serde(default)]
    pub then: Vec<Action<Written>>,
    /// Does it take part in the battle at all?
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Who learns of it; both sides if none is named.
    #[serde(default)]
    pub known_to: Option<Side>,
    /// What people read of it.
    #[serde(default)]
    pub narration: String,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A decision, as written where it is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionFile {
    /// Stable id.
    pub id: String,
    /// Who decides.
    pub side: Side,
    /// What is to be decided.
    pub question: String,
    /// Hours within which it must be.
    pub deadline: u32,
    /// Id of the option taken when nobody decides.
    pub otherwise: String,
    /// What can be answered: two or more.
    pub options: Vec<OptionFile>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// One answer, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionFile {
    /// Stable id within its decision.
    pub id: String,
    /// The answer in words.
    pub text: String,
    /// How much the computer leans to it.
    #[serde(default)]
    pub weight: Weight,
    /// What then.
    #[serde(default)]
    pub then: Vec<Action<Written>>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// How much a computer commander leans to an option: a base, and so much more for each habit of its
/// command's doctrine. Options are drawn in proportion; what comes out below 0 counts as 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weight {
    /// Whatever the doctrine.
    pub base: f64,
    /// For readiness to attack.
    pub aggression: f64,
    /// For "not one step back".
    pub hold_to_death: f64,
    /// For readiness to strike back.
    pub counterattack: f64,
    /// For the losses it will bear.
    pub loss_tolerance: f64,
}

impl Default for Weight {
    fn default() -> Self {
        Self {
            base: 1.0,
            aggression: 0.0,
            hold_to_death: 0.0,
            counterattack: 0.0,
            loss_tolerance: 0.0,
        }
    }
}

impl Weight {
    /// All its numbers, with their names.
    pub fn numbers(&self) -> [(&'static str, f64); 5] {
        [
            ("base", self.base),
            ("aggression", self.aggression),
            ("hold_to_death", self.hold_to_death),
            ("counterattack", self.counterattack),
            ("loss_tolerance", self.loss_tolerance),
        ]
    }

    /// What it comes to under a doctrine, 0 or more.
    pub fn under(&self, doctrine: &Doctrine) -> f64 {
        let sum = self.base
            + self.aggression * doctrine.aggression
            + self.hold_to_death * doctrine.hold_to_death
            + self.counterattack * doctrine.counterattack
            + self.loss_tolerance * doctrine.loss_tolerance;
        sum.max(0.0)
    }
}

fn yes() -> bool {
    true
}

fn certain() -> f64 {
    1.0
}
