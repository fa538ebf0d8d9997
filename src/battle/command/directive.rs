//! Directives: what a side's command wants of everyone, or of a formation, whatever their missions:
//! hold to the death, delay, withdraw, break out. A headquarters follows the one it has received.

use crate::scenario::{Hex, Hours};
use serde::{Deserialize, Serialize};

/// What a directive asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DirectiveKind {
    /// Not one step back.
    HoldToTheDeath,
    /// Hold while that costs little.
    Delay,
    /// Units may fall back without being told.
    MayWithdraw,
    /// Fall back in order, to a place.
    Withdraw,
    /// Break out of the encirclement, each formation by its own way.
    BreakOut,
}

impl DirectiveKind {
    /// All of them.
    pub const ALL: [DirectiveKind; 5] = [
        DirectiveKind::HoldToTheDeath,
        DirectiveKind::Delay,
        DirectiveKind::MayWithdraw,
        DirectiveKind::Withdraw,
        DirectiveKind::BreakOut,
    ];

    /// May units fall back without being told?
    pub fn permits(self) -> bool {
        self != DirectiveKind::HoldToTheDeath
    }

    /// Does it send formations somewhere?
    pub fn moves(self) -> bool {
        matches!(self, DirectiveKind::Withdraw | DirectiveKind::BreakOut)
    }
}

/// A directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Directive {
    /// What it asks for.
    pub kind: DirectiveKind,
    /// Where to; if none, each formation by the way out that the scenario gives it.
    pub towards: Option<Hex>,
}

/// Who gave an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Authority {
    /// Nobody: the doctrine with which the battle opens.
    Doctrine,
    /// The side's command.
    Command,
    /// Its superior, outside the battle.
    Above,
    /// The headquarters itself, of its own accord.
    Itself,
}

/// A directive as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// What it says.
    pub directive: Directive,
    /// Who gave it.
    pub by: Authority,
    /// When it was given.
    pub issued: Hours,
    /// When it was received.
    pub received: Hours,
    /// From when it is in force.
    pub from: Hours,
    /// Have the formations under this headquarters been sent off?
    pub begun: bool,
}

impl Standing {
    /// May units fall back without being told, at an hour?
    pub fn permits(&self, hour: Hours) -> bool {
        self.directive.kind.permits() && self.from <= hour
    }

    /// Does it send formations somewhere, at an hour?
    pub fn moves(&self, hour: Hours) -> bool {
        self.directive.kind.moves() && self.from <= hour
    }

    pub(super) fn digest(&self, put: &mut impl FnMut(u64)) {
        self.directive.digest(put);
        put(u64::from(self.issued.0) << 32 | u64::from(self.received.0));
        put(u64::from(self.from.0) << 8 | (self.by as u64) << 1 | u64::from(self.begun));
    }
}

impl Directive {
    pub(super) fn digest(&self, put: &mut impl FnMut(u64)) {
        let towards = self.towards.map_or(u64::MAX >> 8, |h| u64::from(h.0));
        put(1 << 63 | towards << 4 | self.kind as u64);
    }
}
