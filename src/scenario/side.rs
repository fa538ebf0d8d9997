//! The two sides of the battle.
//!
//! A side tells friend from foe and nothing else: no rule of the battle asks which side a unit is
//! on. What differs between armies is sourced data of their formations and troop classes.

use serde::{Deserialize, Serialize};

/// One of the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    /// The Nanking Garrison Force.
    China,
    /// The Central China Area Army and the navy with it.
    Japan,
}

impl Side {
    /// Both sides, in the order in which they are listed everywhere.
    pub const ALL: [Side; 2] = [Side::China, Side::Japan];

    /// The other side.
    pub fn enemy(self) -> Side {
        match self {
            Side::China => Side::Japan,
            Side::Japan => Side::China,
        }
    }

    /// 0 for China, 1 for Japan: for arrays with an entry per side.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Stable lower-case key, as in the JSON output.
    pub fn key(self) -> &'static str {
        match self {
            Side::China => "china",
            Side::Japan => "japan",
        }
    }

    /// Adjective for a sentence.
    pub fn adjective(self) -> &'static str {
        match self {
            Side::China => "Chinese",
            Side::Japan => "Japanese",
        }
    }
}
