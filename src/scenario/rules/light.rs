//! Daylight: the sun's height from date and place, and what light that gives.

use crate::scenario::file::Confidence;
use serde::{Deserialize, Serialize};

/// Light by the height of the sun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LightRules {
    /// Factor on fire and sight in full daylight.
    pub day: f64,
    /// In the dark.
    pub night: f64,
    /// Height of the sun from which there is full daylight, degrees.
    pub day_above_deg: f64,
    /// Height of the sun below which it is night, for light and for marching, degrees.
    pub night_below_deg: f64,
    /// Local time is so many hours ahead of Greenwich.
    pub zone_hours: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}
