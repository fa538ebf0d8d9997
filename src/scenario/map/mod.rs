//! The ground: hexes, hexsides, places, gates, features.
//!
//! Pointy-top hexes in odd-row offset order; the distance between neighbouring centres is
//! `hex_km`. The grid is a dense array that points back at the features it was painted from.

pub mod file;
pub mod geo;
pub mod grid;
pub mod passage;
pub mod rasterise;
pub mod side;

pub use grid::{Direction, Grid, Hex};
pub use passage::{Mover, Passage};
pub use side::{HexSide, SideId};

use super::file::Confidence;
use serde::{Deserialize, Serialize};

/// What grows or stands on a hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Terrain {
    /// Dry open ground.
    Open,
    /// Fields and hamlets.
    Farmland,
    /// Flooded or muddy rice fields.
    Paddy,
    /// Marsh, reed and ponds.
    Wetland,
    /// Bare or brushy hills.
    Hill,
    /// Steep wooded mountain.
    Mountain,
    /// A town or suburb.
    Town,
    /// Dense city blocks.
    City,
    /// Wide water: passed only by ferry or ship.
    Water,
}

/// Strength of field works (model §3.6).
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum WorksLevel {
    /// None.
    #[default]
    None,
    /// Hasty: rifle pits.
    Hasty,
    /// Prepared: trenches.
    Prepared,
    /// Fortified: trenches, wire, mines, pillboxes.
    Fortified,
}

/// Works on a hex: a level, and the hexsides they face (bit n = [`Direction`] n).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Works {
    /// Strength.
    pub level: WorksLevel,
    /// Faced hexsides, one bit each; 0x3f faces all ways.
    pub facing: u8,
}

/// One hex of ground as the map describes it (what changes in battle is kept by the battle).
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Terrain.
    pub terrain: Terrain,
    /// Height above the plain, metres.
    pub height_m: i16,
    /// Works.
    pub works: Works,
    /// Inside the city wall.
    pub inside_wall: bool,
    /// Artillery is forbidden to fire here by order.
    pub no_fire: bool,
    /// Belongs to the Safety Zone.
    pub safety_zone: bool,
    /// Land exit at the map's edge: a body that reaches it has escaped.
    pub exit: bool,
    /// A railway runs through.
    pub railway: bool,
    /// Mines laid by this side's engineers, if any.
    pub mines: Option<super::side::Side>,
    /// Defence line this hex belongs to: index in [`HexMap::features`].
    pub line: Option<u16>,
    /// Features painted here, in painting order: indices in [`HexMap::features`].
    pub features: Vec<u16>,
}

/// A feature of the map file, as painted.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Stable id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese, traditional characters.
    pub name_zh: String,
    /// Kind, as in the file.
    pub kind: file::FeatureKind,
    /// Its geometry in km east and north of the map's south-west corner.
    pub shape: Vec<[f64; 2]>,
    /// Hexes it covers, sorted.
    pub hexes: Vec<Hex>,
    /// Hexsides it lies on, sorted.
    pub sides: Vec<SideId>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A gate of the city wall.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Stable id, also the id of its place.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese, traditional characters.
    pub name_zh: String,
    /// The wall side it opens.
    pub side: SideId,
    /// The hex inside.
    pub inner: Hex,
    /// The hex outside.
    pub outer: Hex,
    /// Index of its place in [`HexMap::places`] (the inner hex).
    pub place: usize,
    /// A gate on paper only: blocked for good, a plain wall.
    pub blocked: bool,
    /// May stay half open for sallies after the gates were barricaded.
    pub sally: bool,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A named place: a list of hexes.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Stable id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in Chinese, traditional characters.
    pub name_zh: String,
    /// Its hexes; captured when all are controlled, contested before. Never empty.
    pub hexes: Vec<Hex>,
    /// The hex its name is written at and units march for.
    pub centre: Hex,
    /// Its gate, if it is one: index in [`HexMap::gates`].
    pub gate: Option<usize>,
    /// How large its name is written: 0 largest.
    pub rank: u8,
    /// Exact position, degrees (longitude, latitude).
    pub at: [f64; 2],
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// The rasterised map.
#[derive(Clone, Debug, PartialEq)]
pub struct HexMap {
    /// Stable id of the map file.
    pub id: String,
    /// Name of the map.
    pub name: String,
    /// Credit to be shown with it.
    pub attribution: String,
    /// Longitude and latitude of its origin, degrees: where the sun is reckoned for.
    pub origin: [f64; 2],
    /// The grid: size, neighbours, positions.
    pub grid: Grid,
    /// Ground of each hex, indexed by [`Hex`].
    pub ground: Vec<Ground>,
    /// Hexsides, indexed by [`SideId`].
    pub sides: Vec<HexSide>,
    /// Features in painting order.
    pub features: Vec<Feature>,
    /// Gates, in order of id.
    pub gates: Vec<Gate>,
    /// Places, in order of id.
    pub places: Vec<Place>,
}

impl HexMap {
    /// The ground of a hex.
    pub fn at(&self, hex: Hex) -> &Ground {
        &self.ground[hex.index()]
    }

    /// The hexside between a hex and its neighbour in a direction; `None` at the map's edge.
    pub fn side(&self, hex: Hex, direction: Direction) -> Option<&HexSide> {
        self.grid
            .side_id(hex, direction)
            .map(|id| &self.sides[id.index()])
    }

    /// Index of a place by id.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.binary_search_by(|p| p.id.as_str().cmp(id)).ok()
    }

    /// Index of a feature by id.
    pub fn feature(&self, id: &str) -> Option<usize> {
        self.features.iter().position(|f| f.id == id)
    }

    /// Name of the place a hex belongs to, or the nearest place within 3 hexes, or its coordinates.
    pub fn describe(&self, hex: Hex) -> String {
        let nearest = self
            .places
            .iter()
            .map(|p| (self.grid.distance(hex, p.centre), p.rank, p))
            .min_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
        match nearest {
            Some((0, _, p)) => p.name.clone(),
            Some((d, _, p)) if d <= 3 => {
                format!("a point near {} ({})", p.name, self.grid.label(hex))
            }
            _ => self.grid.label(hex),
        }
    }
}
