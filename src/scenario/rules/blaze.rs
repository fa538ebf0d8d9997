//! Numbers of fires, and of ground laid waste.

use crate::scenario::file::Confidence;
use serde::{Deserialize, Serialize};

/// Fires.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlazeRules {
    /// Chance that 100 rounds of a 75 mm gun set ground of tinder 1 on fire.
    pub shells: f64,
    /// Chance that an hour of assault does.
    pub assault: f64,
    /// Chance that houses which are razed burn on by themselves.
    pub razing: f64,
    /// Chance in a turn that a fire spreads to a neighbouring hex of tinder 1.
    pub spread: f64,
    /// Chance in a turn that a fire burns out.
    pub burns_out: f64,
    /// Tinder of razed ground, whatever stood there.
    pub razed_tinder: f64,
    /// How far a fire lights the night, km.
    pub lit_km: f64,
    /// Light there.
    pub lit: f64,
    /// Factor on rest where nothing is left to shelter in.
    pub rest: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}
