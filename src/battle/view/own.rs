//! One's own units as one sees them: all of them exactly. Reads only.

use crate::{
    battle::{
        order::Task,
        strength::Strength,
        unit::{Condition, Ledger, Mission, Position, Posture, Stance},
    },
    scenario::{Hex, Hours, UnitId, map::WorksLevel},
};

/// One of one's own units.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnUnit {
    /// Its number.
    pub id: UnitId,
    /// Where it is, if on the map.
    pub hex: Option<Hex>,
    /// Men by bin.
    pub strength: Strength,
    /// How fit it is.
    pub condition: Condition,
    /// What it is doing.
    pub posture: Posture,
    /// What it has dug.
    pub entrenched: WorksLevel,
    /// Its task.
    pub task: Task,
    /// Not before this hour.
    pub start_at: Option<Hours>,
    /// Adjacent to formed enemies.
    pub in_contact: bool,
    /// Hours blocked running.
    pub blocked_hours: u32,
    /// Hours marched in the last 24.
    pub marched_hours: u32,
    /// Men lost in the last four hours.
    pub recent_losses: u32,
}

/// The components it is read from.
pub(super) type OwnParts = (
    &'static Strength,
    &'static Position,
    &'static Condition,
    &'static Stance,
    &'static Mission,
    &'static Ledger,
);

/// A unit as its own side sees it.
pub(super) fn own_unit(
    id: UnitId,
    (strength, position, condition, stance, mission, ledger): (
        &Strength,
        &Position,
        &Condition,
        &Stance,
        &Mission,
        &Ledger,
    ),
) -> OwnUnit {
    OwnUnit {
        id,
        hex: position.hex,
        strength: *strength,
        condition: *condition,
        posture: stance.posture,
        entrenched: stance.entrenched,
        task: mission.task,
        start_at: mission.start_at,
        in_contact: ledger.in_contact,
        blocked_hours: ledger.blocked_hours,
        marched_hours: (ledger.marched & 0x00ff_ffff).count_ones(),
        recent_losses: ledger.losses.iter().sum(),
    }
}
