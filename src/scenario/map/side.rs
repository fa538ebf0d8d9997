//! Hexsides: walls, gates, moats, streams, bridges, roads, mines.

use super::grid::Hex;
use serde::{Deserialize, Serialize};

/// Canonical number of a hexside: the same seen from either hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SideId(pub u32);

impl SideId {
    /// For indexing arrays with one entry a hexside.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What runs along or across a hexside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HexSide {
    /// The city wall stands on it; the hex inside.
    pub wall: Option<Hex>,
    /// A gate in that wall: index in [`super::HexMap::gates`].
    pub gate: Option<u16>,
    /// A moat runs along it.
    pub moat: bool,
    /// A stream runs along it.
    pub stream: bool,
    /// A bridge carries the road across.
    pub bridge: bool,
    /// A road crosses it.
    pub road: bool,
    /// A railway crosses it.
    pub railway: bool,
    /// Belts of mines across it.
    pub mines: Option<crate::scenario::side::Side>,
}
