//! Components of units and formations. Fields are changed only inside `battle`.

use super::order::{FormationMission, Task};
use crate::scenario::{Branch, FormationId, Hex, Hours, Side, UnitId, map::WorksLevel};
use bevy_ecs::{component::Component, entity::Entity};
use serde::{Deserialize, Serialize};

/// Who a unit is. Never changes.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its number.
    pub id: UnitId,
    /// Whose it is.
    pub side: Side,
    /// Arm of service.
    pub branch: Branch,
    /// Name to the dice.
    pub key: u64,
    /// The formation it belongs to.
    pub formation: FormationId,
}

/// Who a formation is. Never changes.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormationIdentity {
    /// Its number.
    pub id: FormationId,
    /// Whose it is.
    pub side: Side,
}

/// Chain of command: this unit or formation is under that formation. Our own relationship, not
/// `ChildOf`, whose despawn would take a whole division with it.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
#[relationship(relationship_target = Subordinates)]
pub struct CommandedBy(pub Entity);

/// The other end of [`CommandedBy`].
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
#[relationship_target(relationship = CommandedBy)]
pub struct Subordinates(Vec<Entity>);

/// The mission a formation has been given.
#[derive(Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Commission {
    /// The mission in force; none before the first order.
    pub mission: Option<FormationMission>,
    /// Since when.
    pub since: Hours,
    /// A mission received that begins later, and when.
    pub pending: Option<(FormationMission, Hours)>,
}

/// Where a unit is.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Its hex; none before arrival and after it has left the map.
    pub hex: Option<Hex>,
    /// Minutes already spent on the way to `towards`.
    pub progress: f64,
    /// The next hex it is on the way to.
    pub towards: Option<Hex>,
    /// When it entered its hex.
    pub since: Hours,
    /// Did it take its hex by assault at `since`?
    pub taken: bool,
}

/// How fit a unit is. All in 0..1 unless said otherwise.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Holding together.
    pub cohesion: f64,
    /// Tiredness.
    pub fatigue: f64,
    /// Food and stores.
    pub supply: f64,
    /// Small-arms ammunition, share of a unit of fire.
    pub ammunition: f64,
    /// Pinned by shelling.
    pub suppression: f64,
    /// Rounds left, all its guns together.
    pub rounds: f64,
    /// Cut off: no line of supply free of enemy zones of control.
    pub isolated: bool,
}

/// What a unit is doing with itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Posture {
    /// At its place.
    Holding,
    /// On the march.
    Marching,
    /// Attacking.
    Attacking,
    /// Breaking off under orders.
    Withdrawing,
    /// In flight: takes no orders until it rallies.
    Routed,
}

/// Posture and entrenchment.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// What it is doing.
    pub posture: Posture,
    /// Works it has dug itself where it stands.
    pub entrenched: WorksLevel,
    /// Turns spent at its place, counted towards the next level.
    pub idle_turns: u32,
    /// Draws once per hold order whether it stands to the last; `None` while not drawn.
    pub obeys_to_the_last: Option<bool>,
}

/// What a unit has been told to do.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mission {
    /// The task.
    pub task: Task,
    /// Not before this hour (joint orders).
    pub start_at: Option<Hours>,
    /// The way, last hex first; empty until planned.
    pub route: Vec<Hex>,
    /// Since when.
    pub since: Hours,
}

/// Short memory a unit's rules need.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// One bit an hour, newest lowest: marched in that hour.
    pub marched: u32,
    /// Men lost in each of the last four hours, newest first.
    pub losses: [u32; 4],
    /// Men lost in this hour so far.
    pub losses_now: u32,
    /// Was in close combat (intensity 0.4 or more) this hour.
    pub fought: bool,
    /// Took a hex this hour.
    pub victorious: bool,
    /// Is adjacent to formed enemies.
    pub in_contact: bool,
    /// Fired its guns this hour.
    pub fired: bool,
    /// Moved this hour, km.
    pub moved_km: f64,
    /// Marched since midnight, km.
    pub day_km: f64,
    /// Longest day's march, km.
    pub best_day_km: f64,
    /// Wanted to move and was blocked all hour.
    pub blocked: bool,
    /// Hours blocked running.
    pub blocked_hours: u32,
    /// Men out of its ranks who are about to go their own way, and wait for more to go with.
    pub gathering: u32,
    /// Summed hazard of giving way (expected mode).
    pub hazard: f64,
    /// Carried fraction of losses (expected mode).
    pub carry: f64,
    /// Carried fraction of the killed among them (expected mode).
    pub carry_killed: f64,
}
