//! What a unit can be told to do.

use crate::scenario::{
    Hex, HexMap, Scenario, SideId,
    events::{Known, UnitTask},
};
use serde::{Deserialize, Serialize};

/// What is done at a hexside of the wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Deed {
    /// Guns within range batter it; engineers before it blow it up, or widen a breach.
    Breach,
    /// Engineers lay a footbridge over the moat.
    Bridge,
    /// A picked party goes over it with a ladder.
    Escalade,
    /// Smoke before it.
    Smoke,
    /// Engineers clear the barricade of one's own gate.
    Open,
}

impl Deed {
    /// All of them.
    pub const ALL: [Deed; 5] = [
        Deed::Breach,
        Deed::Bridge,
        Deed::Escalade,
        Deed::Smoke,
        Deed::Open,
    ];
}

/// What a unit is told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Task {
    /// Stay and defend; works grow in quiet.
    Hold,
    /// Stay, recover.
    Rest,
    /// March there; contact stops it.
    March {
        /// Goal.
        to: Hex,
        /// Up to 13 hours of marching a day instead of 8.
        forced: bool,
    },
    /// Go up to the hex and attack it.
    Assault {
        /// The hex to take.
        target: Hex,
    },
    /// Break off and go there.
    Withdraw {
        /// Goal; at an exit hex the unit leaves the battle.
        to: Hex,
    },
    /// Go to where boats put off and across with them, as room is found.
    Embark {
        /// Where they put off.
        at: Hex,
    },
    /// Guns: shell a hex.
    Bombard {
        /// The hex.
        target: Hex,
    },
    /// Guns: support the fight for this hex, whoever of one's own attacks or defends it.
    Support {
        /// The hex.
        target: Hex,
    },
    /// Stay, and strike at once at enemies who come into this hex or onto its wall.
    Counterattack {
        /// The hex watched: one's own or a neighbour.
        target: Hex,
    },
    /// A deed at the wall.
    Siege {
        /// What.
        deed: Deed,
        /// The hexside.
        side: SideId,
    },
    /// Engineers: take up the mines in this hex, one's own or a neighbour.
    ClearMines {
        /// The hex.
        target: Hex,
    },
}

impl Task {
    /// What a scenario tells a unit, with its place as a hex.
    pub fn told(scenario: &Scenario, task: &UnitTask<Known>) -> Self {
        let hex = |place: &u16| scenario.map().places[usize::from(*place)].centre;
        match task {
            UnitTask::Hold => Task::Hold,
            UnitTask::Rest => Task::Rest,
            UnitTask::March(to) => Task::March {
                to: hex(to),
                forced: false,
            },
            UnitTask::Assault(at) => Task::Assault { target: hex(at) },
            UnitTask::Withdraw(to) => Task::Withdraw { to: hex(to) },
            UnitTask::Bombard(at) => Task::Bombard { target: hex(at) },
            UnitTask::Support(at) => Task::Support { target: hex(at) },
        }
    }

    /// Where it leads, if it leads anywhere.
    pub fn goal(&self) -> Option<Hex> {
        match *self {
            Task::Hold
            | Task::Rest
            | Task::Bombard { .. }
            | Task::Support { .. }
            | Task::Counterattack { .. }
            | Task::Siege { .. }
            | Task::ClearMines { .. } => None,
            Task::March { to, .. } | Task::Withdraw { to } | Task::Embark { at: to } => Some(to),
            Task::Assault { target } => Some(target),
        }
    }

    /// The hex it is about, if it is about one: for a deed at the wall the one inside.
    pub fn place(&self, map: &HexMap) -> Option<Hex> {
        match *self {
            Task::Bombard { target }
            | Task::Support { target }
            | Task::Counterattack { target }
            | Task::ClearMines { target } => Some(target),
            Task::Siege { side, .. } => map.sides.get(side.index()).and_then(|s| s.wall),
            _ => self.goal(),
        }
    }

    /// The hex it is to fight its way into, now or when the enemy comes there.
    pub fn assaults(&self) -> Option<Hex> {
        match *self {
            Task::Assault { target } | Task::Counterattack { target } => Some(target),
            _ => None,
        }
    }
}
