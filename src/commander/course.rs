//! A course of action: the points at which a commander may choose, for a side as a whole. The scenario's
//! doctrine is one; a commander that looks ahead weighs others beside it.

use crate::scenario::Hex;

/// A course of action.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Course {
    /// Added to the doctrine's readiness to attack, to strike back and to bear losses; below zero: more
    /// wary than it.
    pub boldness: f64,
    /// Are attacks made by night as by day?
    pub by_night: bool,
    /// Where the main effort lies: formations that the plan leaves free go there.
    pub effort: Option<Hex>,
    /// Do reserves join it?
    pub commits: bool,
}

impl Course {
    /// Is it what the doctrine says, and no more?
    pub fn is_doctrine(&self) -> bool {
        *self == Self::default()
    }
}
