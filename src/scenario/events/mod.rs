//! Scenario events: "when this, then that", as plain data. Conditions, actions and decisions as a
//! scenario file writes them ([`file`]) and as the battle reads them, with every name resolved.
//!
//! There is no scripting language, and no action sets strength, cohesion, control, breaches or losses:
//! an event gives orders, changes what commands intend and what they are allowed, moves dates, opens
//! gates, tells people things and asks them. What comes of it is for the rules to say.

pub mod action;
pub mod amend;
pub mod condition;
pub mod file;
pub mod names;
pub mod rates;
pub mod reference;

pub use action::{Action, Arriving, Command, DoctrineChange, Intent, UnitTask, Voice};
pub use condition::{Condition, Daylight, Force, Limit};
pub use names::{Known, Names, Written};

use super::{file::Confidence, side::Side};
use serde::{Deserialize, Serialize};

/// A condition with its names resolved.
pub type When = Condition<Known>;

/// An action with its names resolved.
pub type Act = Action<Known>;

/// Ordinal of an event in the scenario, in order of id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HappeningId(pub u16);

/// Ordinal of a decision in the scenario, in order of id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DecisionId(pub u16);

/// All events of a scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// Events in order of id.
    pub list: Vec<Happening>,
    /// Decisions they put to commands, in order of id.
    pub decisions: Vec<Decision>,
    /// Names of flags, sorted.
    pub flags: Vec<String>,
}

/// One event, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// Stable id.
    pub id: String,
    /// FNV-64 of the id: names the event to the dice.
    pub key: u64,
    /// A few words.
    pub title: String,
    /// When it happens.
    pub when: When,
    /// Probability that it does once its conditions hold.
    pub chance: f64,
    /// At most once?
    pub once: bool,
    /// Hours between its conditions and its actions.
    pub delay: u32,
    /// What then.
    pub then: Vec<Act>,
    /// Does it take part in the battle at all?
    pub enabled: bool,
    /// Who learns of it; both sides if none is named.
    pub known_to: Option<Side>,
    /// What people read of it.
    pub narration: String,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A question put to a command.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Stable id.
    pub id: String,
    /// FNV-64 of the id: names it to the dice.
    pub key: u64,
    /// Who decides.
    pub side: Side,
    /// What is to be decided.
    pub question: String,
    /// Hours within which it must be.
    pub deadline: u32,
    /// The option taken when nobody decides.
    pub otherwise: u16,
    /// What can be answered.
    pub options: Vec<Choice>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Stable id within its decision.
    pub id: String,
    /// The answer in words.
    pub text: String,
    /// How much the computer leans to it.
    pub weight: file::Weight,
    /// What then.
    pub then: Vec<Act>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

impl Events {
    /// An event.
    pub fn happening(&self, id: HappeningId) -> &Happening {
        &self.list[usize::from(id.0)]
    }

    /// A decision.
    pub fn decision(&self, id: DecisionId) -> &Decision {
        &self.decisions[usize::from(id.0)]
    }
}
