//! How well a computer commander commands. All levels throw the same dice, see through the same fog,
//! eat the same supply and wait for the same orders; they differ in how deep they look, how steady
//! their judgement is, whether they bring units together, and what they remember.

use serde::{Deserialize, Serialize};

/// A level of the computer commander.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Level {
    /// Attacks unit by unit, misjudges, forgets.
    Recruit,
    /// Brings units together and judges steadily: the one the model is calibrated with.
    #[default]
    Regular,
    /// The same, and it plays its plans through against the enemy it knows before it chooses one.
    Veteran,
}

impl Level {
    /// All of them, from the least.
    pub const ALL: [Level; 3] = [Level::Recruit, Level::Regular, Level::Veteran];

    /// Stable key for files and the command line.
    pub fn key(self) -> &'static str {
        match self {
            Level::Recruit => "recruit",
            Level::Regular => "regular",
            Level::Veteran => "veteran",
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Level::Recruit => "Recruit",
            Level::Regular => "Regular",
            Level::Veteran => "Veteran",
        }
    }

    /// In what it differs from the others, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Level::Recruit => "Attacks unit by unit, misjudges odds, soon forgets reports.",
            Level::Regular => "Masses units and guns, judges steadily, forgets no report.",
            Level::Veteran => "As Regular, and plays its plans ahead before it chooses.",
        }
    }

    /// What it does better or worse.
    pub fn skill(self) -> Skill {
        match self {
            Level::Recruit => Skill {
                joint: false,
                noise: 0.6,
                memory_hours: 4,
                horizon_turns: 0,
            },
            Level::Regular => Skill {
                joint: true,
                noise: 0.0,
                memory_hours: u32::MAX,
                horizon_turns: 0,
            },
            Level::Veteran => Skill {
                joint: true,
                noise: 0.0,
                memory_hours: u32::MAX,
                horizon_turns: 4,
            },
        }
    }
}

/// In what levels differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skill {
    /// Does it plan attacks of several units together, with guns in support?
    pub joint: bool,
    /// Spread of the error in what it judges, as the logarithm of a factor.
    pub noise: f64,
    /// How old a report may be for it to count, in hours.
    pub memory_hours: u32,
    /// Turns it plays ahead before it chooses a course of action.
    pub horizon_turns: u32,
}
