//! `MapFile`: exactly what stands in a map's RON file.

use serde::{Deserialize, Serialize};

/// Kind of a feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum FeatureKind {
    /// placeholder
    Road,
}
