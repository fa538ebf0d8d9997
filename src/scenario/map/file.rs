//! `MapFile`: exactly what stands in a map's RON file. A draft: it may be wrong.
//!
//! Positions are (longitude, latitude) in degrees, as in all open geographic data. This file holds
//! no rules: [`super::rasterise`] turns the draft into a [`super::HexMap`] or lists its problems.

use super::{Terrain, WorksLevel};
use crate::scenario::file::{Confidence, WindowFile};
use serde::{Deserialize, Serialize};

/// A position: (longitude, latitude) in degrees.
pub type Position = (f64, f64);

/// A whole map as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Map", deny_unknown_fields)]
pub struct MapFile {
    /// Must be [`crate::scenario::file::FORMAT`].
    pub format: u32,
    /// Stable id, lower case, as in the file's name.
    pub id: String,
    /// Name of the map in English.
    pub name: String,
    /// Name in Chinese, traditional characters.
    #[serde(default)]
    pub name_zh: String,
    /// Credit to be shown with the map.
    pub attribution: String,
    /// Licence of this file.
    pub licence: String,
    /// Where the plane touches the earth.
    pub origin: OriginFile,
    /// The whole extent of the map.
    pub bounds: WindowFile,
    /// Terrain wherever no feature says otherwise.
    pub base: Terrain,
    /// What lies on the ground, painted in this order.
    pub features: Vec<FeatureFile>,
    /// Gates of the wall. Each is also a place of the same id.
    #[serde(default)]
    pub gates: Vec<GateFile>,
    /// Named places.
    #[serde(default)]
    pub places: Vec<PlaceFile>,
    /// Corrections of single hexes, made last.
    #[serde(default)]
    pub overrides: Vec<OverrideFile>,
}

/// Origin of the projection.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginFile {
    /// Degrees of longitude.
    pub lon: f64,
    /// Degrees of latitude; scale is true along this parallel.
    pub lat: f64,
}

/// A feature: one of `line`, `area` and `at` holds its geometry, as its kind demands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureFile {
    /// Stable id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese, traditional characters.
    #[serde(default)]
    pub name_zh: String,
    /// What it is.
    pub kind: FeatureKind,
    /// Points of a line, in order.
    #[serde(default)]
    pub line: Vec<Position>,
    /// Corners of an area; the last need not repeat the first.
    #[serde(default)]
    pub area: Vec<Position>,
    /// Single points.
    #[serde(default)]
    pub at: Vec<Position>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Radius within which the true position lies, km; 0 if not stated.
    #[serde(default)]
    pub accuracy_km: f64,
    /// Remark.
    #[serde(default)]
    pub note: String,
}

/// Kind of a feature, with the figures that kind has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum FeatureKind {
    /// A river (`line`): water hexes if at least 0.4 hexes wide, else a stream on hexsides.
    River {
        /// Width, km.
        width_km: f64,
    },
    /// A stream (`line`): always hexsides.
    Stream,
    /// A lake (`area`): hexes half covered become water, a fifth covered wetland.
    Lake,
    /// An island (`area`): water becomes land again, never the middle of a river.
    Island {
        /// What grows on it.
        terrain: Terrain,
    },
    /// A hill (`at`) or a ridge (`line`).
    Hill {
        /// Height above the plain, metres.
        height_m: f64,
        /// From crest to foot, km.
        radius_km: f64,
        /// `Hill` or `Mountain`.
        terrain: Terrain,
    },
    /// A summit (`at`) that stands out of a larger hill.
    Peak {
        /// Height above the plain, metres.
        height_m: f64,
        /// From top to shoulder, km.
        radius_km: f64,
        /// `Hill` or `Mountain`.
        terrain: Terrain,
    },
    /// A town or suburb (`at` or `area`).
    Town {
        /// Radius of a town given by a point, km; 0 is one hex.
        #[serde(default)]
        radius_km: f64,
    },
    /// Dense city blocks (`area`).
    City,
    /// Dry open ground (`area`).
    Open,
    /// Fields and hamlets (`area`).
    Farmland,
    /// Rice fields (`area`).
    Paddy,
    /// Marsh and ponds (`area`).
    Wetland,
    /// An airfield (`at`): open ground.
    Airfield {
        /// Radius, km; 0 is one hex.
        #[serde(default)]
        radius_km: f64,
    },
    /// A building or site worth a name (`at`): paints nothing.
    Landmark,
    /// A berth or a point on the water (`at`): a place of the same id stays on the water.
    Anchorage,
    /// A road (`line`).
    Road {
        /// How good it is.
        class: RoadClass,
    },
    /// A railway (`line`).
    Railway,
    /// A line of field works (`line`).
    DefenceLine {
        /// Strength.
        level: WorksLevel,
        /// Where its front is.
        facing: Facing,
    },
    /// A fortified point (`at`).
    Strongpoint {
        /// Strength.
        level: WorksLevel,
        /// Radius, km; 0 is one hex.
        #[serde(default)]
        radius_km: f64,
        /// Where its front is.
        facing: Facing,
        /// Id of the defence line it belongs to.
        #[serde(default)]
        line: Option<String>,
    },
    /// Positions on the wall and behind its gates: works in each gate's inner hex, towards the wall.
    GateWorks {
        /// Strength.
        level: WorksLevel,
        /// Ids of the gates.
        gates: Vec<String>,
    },
    /// A belt of mines (`line`): the hexes it runs through.
    Minefield {
        /// Whose engineers laid it and know its lanes.
        of: crate::scenario::side::Side,
    },
    /// A closed wall (`area`), at most one in a map.
    Wall {
        /// Height, metres.
        height_m: f64,
        /// Thickness, metres.
        thickness_m: f64,
    },
    /// A moat (`line`): marks the hexsides of the wall that it runs along.
    Moat,
    /// A zone (`area`).
    Zone(Zone),
}

/// How good a road is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RoadClass {
    /// A made highway.
    Highway,
    /// A country road.
    Country,
    /// A main street.
    Street,
}

/// Where the front of field works is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Facing {
    /// Away from this position (longitude, latitude).
    AwayFrom(f64, f64),
    /// To the left of the line, seen along its points.
    Left,
    /// To the right of the line, seen along its points.
    Right,
    /// All round.
    AllRound,
}

/// What a zone does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Zone {
    /// Artillery may not fire here, by order.
    NoFire,
    /// The Safety Zone.
    SafetyZone,
    /// Land at the edge of the fought-over window where a body can leave the battle.
    Exit,
    /// Houses near roads were burned here by the defenders; recorded, paints nothing.
    Scorched,
}

/// A gate of the wall.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GateFile {
    /// Stable id, also of its place.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese, traditional characters.
    #[serde(default)]
    pub name_zh: String,
    /// Where it stands.
    pub at: Position,
    /// Walled up for good: no passage.
    #[serde(default)]
    pub blocked: bool,
    /// Stays half open for its own side after the gates were barricaded.
    #[serde(default)]
    pub sally: bool,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Remark.
    #[serde(default)]
    pub note: String,
}

/// A named place. Scenarios may add places of their own in the same form.
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
    /// Where it lies; not needed if it has members.
    #[serde(default)]
    pub at: Option<Position>,
    /// All land within this distance, km; 0 is one hex.
    #[serde(default)]
    pub radius_km: f64,
    /// Ids of places it consists of.
    #[serde(default)]
    pub members: Vec<String>,
    /// How large its name is written: 0 largest.
    #[serde(default)]
    pub rank: u8,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Remark.
    #[serde(default)]
    pub note: String,
}

/// A correction of the one hex in which a position lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverrideFile {
    /// A position in the hex.
    pub at: Position,
    /// Its terrain.
    #[serde(default)]
    pub terrain: Option<Terrain>,
    /// Its height above the plain, metres.
    #[serde(default)]
    pub height_m: Option<f64>,
    /// Its works, facing all ways.
    #[serde(default)]
    pub works: Option<WorksLevel>,
    /// Does it belong to the Safety Zone?
    #[serde(default)]
    pub safety_zone: Option<bool>,
    /// Where the correction comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Remark.
    #[serde(default)]
    pub note: String,
}
