//! Refusals: why an order is not taken.

use serde::{Deserialize, Serialize};

/// Why an order is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Refusal {
    /// The battle has ended.
    #[error("the battle is over")]
    Over,
    /// No such unit or formation.
    #[error("there is no such unit or formation")]
    Unknown,
    /// It is the other side's.
    #[error("it is not under your command")]
    NotYours,
    /// Not on the map.
    #[error("{unit} is not on the map")]
    NotOnMap {
        /// Name.
        unit: String,
    },
    /// In flight.
    #[error("{unit} is in flight and takes no orders until it rallies")]
    Routed {
        /// Name.
        unit: String,
    },
    /// Called away by an event.
    #[error("{unit} has been called away and takes no other orders")]
    Leaving {
        /// Name.
        unit: String,
    },
    /// No open question.
    #[error("that is not for you to decide now")]
    NotAsked,
    /// Off the map.
    #[error("that hex is not on the map")]
    NoSuchHex,
    /// Cannot be entered by this unit.
    #[error("{unit} cannot enter {hex}")]
    Impassable {
        /// Name.
        unit: String,
        /// Printed coordinates or place.
        hex: String,
    },
    /// No way leads there.
    #[error("{unit} finds no way to {hex}")]
    NoWay {
        /// Name.
        unit: String,
        /// Printed coordinates or place.
        hex: String,
    },
    /// It cannot do that.
    #[error("{unit} cannot {what}")]
    NotItsWork {
        /// Name.
        unit: String,
        /// The verb.
        what: String,
    },
    /// Beyond the guns' range.
    #[error("{have} km away; the guns reach {need} km")]
    OutOfRange {
        /// Distance, km, in tenths.
        have: Tenths,
        /// Range, km, in tenths.
        need: Tenths,
    },
    /// No shells.
    #[error("{unit} has no shells left")]
    NoShells {
        /// Name.
        unit: String,
    },
    /// Fire is forbidden there.
    #[error("fire on {hex} is forbidden: {why}")]
    Forbidden {
        /// Printed coordinates or place.
        hex: String,
        /// By what.
        why: String,
    },
    /// Beyond what ships' guns are aimed at.
    #[error("{hex} lies too far inland for the guns of {unit}")]
    TooFarInland {
        /// Name.
        unit: String,
        /// Printed coordinates or place.
        hex: String,
    },
    /// Not at the side's disposal yet.
    #[error("{who} is not at your disposal yet")]
    NotYet {
        /// Name.
        who: String,
    },
    /// Not where it must be to do that.
    #[error("{unit} must stand {place} to do that")]
    NotThere {
        /// Name.
        unit: String,
        /// Where it must stand.
        place: String,
    },
    /// Nothing to be done there.
    #[error("{why}")]
    NothingToDo {
        /// Why not.
        why: String,
    },
    /// The highest headquarters has left.
    #[error("the headquarters of {who} has left: no order goes out any more")]
    NoCommand {
        /// Whose.
        who: String,
    },
    /// Not allowed to leave.
    #[error("{unit} has no leave to cross: give its formation permission to withdraw first")]
    NotPermitted {
        /// Name.
        unit: String,
    },
    /// The city is lost.
    #[error("the city is lost: nothing inside its walls is ordered or fought any more")]
    CityLost,
    /// No halting in the Safety Zone.
    #[error("the Safety Zone is no battlefield: no halt, no target, no objective there")]
    SafetyZone,
    /// Start hour in the past or after the end.
    #[error("the start hour lies outside the battle")]
    StartHour,
}

/// A tenth, so that refusals can be compared exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Tenths(pub i64);

impl Tenths {
    /// Rounds to tenths.
    pub fn of(x: f64) -> Self {
        Self((x * 10.0).round() as i64)
    }
}

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.0 / 10, (self.0 % 10).abs())
    }
}
