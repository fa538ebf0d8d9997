//! What a scenario says of crossing wide water: where boats put off, to which landing, and which
//! boats lie there, by kind and owner. Facts of the place, with their source; never who gets across.

use super::{file::Confidence, forces::FormationId, map::Hex, side::Side};
use serde::{Deserialize, Serialize};

/// A place where boats put off, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrossingFile {
    /// Whose boats they are.
    pub side: Side,
    /// The place from which they put off.
    pub from: String,
    /// The place where they land.
    pub to: String,
    /// The boats.
    pub boats: Vec<BoatsFile>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Boats of one kind at a place, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoatsFile {
    /// Their kind, by its id in the rules.
    pub kind: String,
    /// How many.
    pub count: u32,
    /// The formation that keeps them for itself; none: whoever comes.
    #[serde(default)]
    pub owner: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A place where boats put off, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Whose boats they are.
    pub side: Side,
    /// Index of the place.
    pub place: usize,
    /// Where they put off.
    pub hex: Hex,
    /// Where they land.
    pub landing: Hex,
    /// Is it a harbour to which everybody goes, or one that a formation keeps for itself?
    pub is_public: bool,
    /// The boats: index of the kind, owner, count.
    pub boats: Vec<(usize, Option<FormationId>, u32)>,
}
