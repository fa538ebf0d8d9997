//! Men: every man of a unit is in exactly one bin, always. The only way to change a bin is
//! [`Strength::transfer`], so men can be neither made nor lost.

use bevy_ecs::component::Component;
use serde::{Deserialize, Serialize};

/// Where a man is in the bookkeeping (model §2). What happens to men after "captured" or "hidden"
/// is not simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Bin {
    /// Due later.
    NotArrived,
    /// With the unit, in order.
    Formed,
    /// With the unit or near it, not in order.
    Disordered,
    /// Left his unit, on his way in a crowd.
    Crowd,
    /// Killed in action.
    Killed,
    /// Shot by their own side.
    OwnSideShot,
    /// Drowned.
    Drowned,
    /// Wounded, out of the battle.
    Wounded,
    /// Captured or missing.
    Captured,
    /// Got away.
    Escaped,
    /// In the city, out of uniform.
    Hidden,
}

impl Bin {
    /// All bins in order.
    pub const ALL: [Bin; 11] = [
        Bin::NotArrived,
        Bin::Formed,
        Bin::Disordered,
        Bin::Crowd,
        Bin::Killed,
        Bin::OwnSideShot,
        Bin::Drowned,
        Bin::Wounded,
        Bin::Captured,
        Bin::Escaped,
        Bin::Hidden,
    ];

    /// Stable key, as in the JSON output.
    pub fn key(self) -> &'static str {
        match self {
            Bin::NotArrived => "not_arrived",
            Bin::Formed => "formed",
            Bin::Disordered => "disordered",
            Bin::Crowd => "crowd",
            Bin::Killed => "killed",
            Bin::OwnSideShot => "own_side_shot",
            Bin::Drowned => "drowned",
            Bin::Wounded => "wounded",
            Bin::Captured => "captured",
            Bin::Escaped => "escaped",
            Bin::Hidden => "hidden",
        }
    }
}

/// Men of a unit (or of a sum of units) by bin.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strength {
    bins: [u32; 11],
}

impl Strength {
    /// All men in one bin.
    pub fn all_in(bin: Bin, men: u32) -> Self {
        let mut bins = [0; 11];
        bins[bin as usize] = men;
        Self { bins }
    }

    /// Men in a bin.
    pub fn men(&self, bin: Bin) -> u32 {
        self.bins[bin as usize]
    }

    /// Formed men.
    pub fn formed(&self) -> u32 {
        self.men(Bin::Formed)
    }

    /// Men on the map: formed and disordered.
    pub fn present(&self) -> u32 {
        self.men(Bin::Formed) + self.men(Bin::Disordered)
    }

    /// Killed and wounded.
    pub fn casualties(&self) -> u32 {
        self.men(Bin::Killed) + self.men(Bin::Wounded)
    }

    /// All men; never changes.
    pub fn total(&self) -> u32 {
        self.bins.iter().sum()
    }

    /// Moves up to `men` men from one bin to another; returns how many went.
    pub(in crate::battle) fn transfer(&mut self, from: Bin, to: Bin, men: u32) -> u32 {
        let men = men.min(self.bins[from as usize]);
        self.bins[from as usize] -= men;
        self.bins[to as usize] += men;
        men
    }

    /// Adds another unit's men, for sums over a formation or side.
    pub fn add(&mut self, other: &Strength) {
        for (mine, theirs) in self.bins.iter_mut().zip(other.bins) {
            *mine += theirs;
        }
    }
}
