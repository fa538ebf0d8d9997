//! What bears on a battle beside the units on the map, as written: rules of engagement, air groups,
//! recruits on their way, ground laid waste.

use super::Confidence;
use crate::scenario::side::Side;
use serde::{Deserialize, Serialize};

/// Rules of engagement of a side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngagementFile {
    /// Is its artillery (and are its airmen) kept from the map's no-fire zones?
    pub no_fire_zones: bool,
    /// Where the order comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// An air group: off the map, with so many sorties a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AirGroupFile {
    /// Stable id; the group's luck hangs on it.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in the side's own script.
    #[serde(default)]
    pub name_local: String,
    /// Sorties on a clear day.
    pub sorties_per_day: f64,
    /// From this local time on, if not from the start.
    #[serde(default)]
    pub from: Option<String>,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A party of recruits that joins its unit under way or at the front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftFile {
    /// How many of the unit's recruits.
    pub men: u32,
    /// When they can join it.
    pub at: String,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Ground that a side lays waste.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScorchFile {
    /// Who does it, on ground it controls.
    pub side: Side,
    /// From this local time on.
    pub from: String,
    /// Which ground.
    pub belt: Belt,
    /// Only within this feature of the map.
    #[serde(default)]
    pub within: Option<String>,
    /// Share of a hex's forage that is left.
    pub left: f64,
    /// Share of the ground still whole that is razed in a turn.
    pub share_per_turn: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Which ground.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Belt {
    /// Outside the city wall, out to a distance.
    Wall {
        /// Kilometres.
        km: f64,
    },
    /// Along the roads, out to a distance from the wall.
    Roads {
        /// Kilometres from the wall.
        out_km: f64,
        /// Kilometres from the road.
        beside_km: f64,
    },
}
