//! `MapFile`: exactly what stands in a map's RON file.

use serde::{Deserialize, Serialize};

/// Kind of a feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum FeatureKind {
    /// placeholder
    Road,
}

/// A named place: a point with a radius, or the union of other places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceFile {
    /// Stable id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese, traditional characters.
    #[serde(default)]
    pub name_zh: String,
    /// Position, degrees (longitude, latitude).
    #[serde(default)]
    pub at: Option<(f64, f64)>,
    /// Hexes within this distance belong to it, km; 0 is one hex.
    #[serde(default)]
    pub radius_km: f64,
    /// Other places whose hexes belong to it.
    #[serde(default)]
    pub members: Vec<String>,
    /// How large its name is written: 0 largest.
    #[serde(default)]
    pub rank: u8,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: crate::scenario::file::Confidence,
    /// Remark.
    #[serde(default)]
    pub note: String,
}
