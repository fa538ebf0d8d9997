//! What a scenario says of the siege: when the gates were barricaded, and where men could not leave
//! their pillboxes. Facts of the place, with their source; never damage, breaches or losses.

use super::{calendar::Hours, file::Confidence, map::Hex};
use serde::{Deserialize, Serialize};

/// Gates shut with sandbags and concrete, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarricadeFile {
    /// From this local time on. Gates that the map calls `sally` stay half open.
    pub from: String,
    /// Are the bridges before the gates down with it?
    pub bridges_down: bool,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Pillboxes chained from outside, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainedFile {
    /// The place whose works they are.
    pub place: String,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// The same, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Siege {
    /// Hour from which gates are barricaded; `None`: never.
    pub barricaded_from: Option<Hours>,
    /// Are the bridges before barricaded gates down?
    pub bridges_down: bool,
    /// Hexes whose pillboxes are chained, sorted.
    pub chained: Vec<Hex>,
}

impl Siege {
    /// Can men who obey their order to stand not leave this hex?
    pub fn is_chained(&self, hex: Hex) -> bool {
        self.chained.binary_search(&hex).is_ok()
    }
}
