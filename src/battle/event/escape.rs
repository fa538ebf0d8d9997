//! What events of collapse and escape carry: crowds, boats, men in the water.

use crate::{
    battle::{crowd::CrowdId, why::Why},
    scenario::{FormationId, Hex, Side},
};
use serde::{Deserialize, Serialize};

/// A crowd, where it is and how many men are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrowdAt {
    /// Which.
    pub crowd: CrowdId,
    /// Whose men they were.
    pub side: Side,
    /// Where it is.
    pub at: Hex,
    /// Soldiers in it.
    pub men: u32,
}

/// An hour of boats at a crossing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crossed {
    /// Number of the crossing.
    pub crossing: u16,
    /// Where boats put off.
    pub at: Hex,
    /// Whose.
    pub side: Side,
    /// The formation whose own boats they are.
    pub owner: Option<FormationId>,
    /// Loaded in panic?
    pub panic: bool,
    /// Men who got across.
    pub across: u32,
    /// Men who drowned.
    pub drowned: u32,
    /// Men who came back to the bank.
    pub turned_back: u32,
    /// Boats lost.
    pub boats_lost: u32,
    /// Why so many got across.
    pub why: Why,
}

/// An hour of men in the water.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Swam {
    /// Number of the crossing.
    pub crossing: u16,
    /// Where they went into the water.
    pub at: Hex,
    /// Whose.
    pub side: Side,
    /// Men who got across.
    pub across: u32,
    /// Men who drowned.
    pub drowned: u32,
    /// Why so many got across.
    pub why: Why,
}

/// Boats that fell into enemy hands with the place they lay at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoatsTaken {
    /// Number of the crossing.
    pub crossing: u16,
    /// Where they lay.
    pub at: Hex,
    /// By whom.
    pub by: Side,
    /// How many.
    pub boats: u32,
}
