//! A course of action: the points at which a commander may choose, for a side as a whole. The scenario's
//! doctrine is one; a commander that looks ahead weighs others beside it.

use crate::scenario::Hex;

/// How much bolder or warier than its doctrine a side may be.
const BOLD: f64 = 0.25;

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
    /// Those that a side may weigh, the doctrine first: bolder, warier, by night as by day, and a main
    /// effort at each of the objectives that it wants most and does not hold.
    pub(super) fn all(efforts: &[Hex], night: bool) -> Vec<Self> {
        let plain = Self::default();
        let bent = |boldness| Self { boldness, ..plain };
        let mut all = vec![plain, bent(BOLD), bent(-BOLD)];
        if night {
            all.push(Self {
                by_night: true,
                ..plain
            });
        }
        all.extend(efforts.iter().map(|hex| Self {
            effort: Some(*hex),
            commits: true,
            ..bent(BOLD)
        }));
        all
    }

    /// Is it what the doctrine says, and no more?
    pub fn is_doctrine(&self) -> bool {
        *self == Self::default()
    }
}
