//! Numbers of air attack, and of recruits who join units under way.

use crate::scenario::file::Confidence;
use serde::{Deserialize, Serialize};

/// Air attack (model §3.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AirRules {
    /// Chance that a group flies on a clear day.
    pub fly_clear: f64,
    /// In fog.
    pub fly_fog: f64,
    /// Light under which nobody flies.
    pub least_light: f64,
    /// Hours of flying weather in a day, over which a group's sorties are spread.
    pub flying_hours: f64,
    /// A sortie's bombs in rounds of a 75 mm gun.
    pub rounds_per_sortie: f64,
    /// How far round its target a raid on a road holds up columns, km.
    pub interdiction_km: f64,
    /// Factor on what a road there costs by day.
    pub road_cost: f64,
    /// Cohesion that columns under air attack lose in a turn.
    pub column_cohesion: f64,
    /// Chance that airmen see an enemy unit in the hex they attack, or next to it.
    pub recon: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Recruits who join units under way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftRules {
    /// Cohesion they bring.
    pub cohesion: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}
