//! Numbers of collapse and escape: men who leave their units, crowds, boats, the river (model §3.9,
//! §3.14, §3.15). Numbers only; what they do is in `battle/phases/escape`.

use crate::scenario::file::Confidence;
use serde::{Deserialize, Serialize};

/// A kind of boat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoatKind {
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Men it carries.
    pub seats: f64,
    /// Crossings it makes in an hour, there and back.
    pub trips: f64,
}

/// Collapse and escape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscapeRules {
    /// Factor on dissolution of units whose headquarters is lost.
    pub headquarters_lost: f64,
    /// Share of the men who leave the ranks in the city who make for the harbour, where one is open; the
    /// others cast off their uniforms.
    pub flee: f64,
    /// Share of the men out of the ranks of a unit that comes apart who go their own way in a turn.
    pub leave: f64,
    /// Share of them who cast off their uniforms in the city in a turn, if nothing holds them.
    pub hide: f64,
    /// Share of the men left inside the wall who are in the city out of uniform when it is lost; the
    /// others are captured or missing.
    pub hidden_at_loss: f64,
    /// Fewest men who go their own way together as a crowd.
    pub crowd_least: f64,
    /// How far from a harbour men make for it of themselves, km.
    pub reach_km: f64,
    /// Pace of a crowd, km of cost an hour.
    pub crowd_km: f64,
    /// Share of a crowd next to formed enemies that is captured in a turn.
    pub crowd_captured: f64,
    /// Kinds of boats.
    pub boats: Vec<BoatKind>,
    /// Share of what boats can carry that is loaded in order ...
    pub loading_order: f64,
    /// ... and in panic.
    pub loading_panic: f64,
    /// A crowd so many times the formed men there takes the boats.
    pub panic_ratio: f64,
    /// Most men who find room at the piers of a place in a turn.
    pub pier: f64,
    /// Share of overloaded boats that sink, per log of crowd to places in the boats.
    pub overload: f64,
    /// At most.
    pub overload_most: f64,
    /// Share of the men in boats that sink who drown.
    pub drowned: f64,
    /// Interception of a crossing, per ship.
    pub per_ship: f64,
    /// Ships of a naval unit on station at one place.
    pub ships: f64,
    /// How far ships see by night, against day.
    pub ships_night: f64,
    /// Interception by fire from a bank in enemy hands.
    pub bank_fire: f64,
    /// How near to either bank the enemy must be for that, km.
    pub bank_km: f64,
    /// Share of the men intercepted who get back to the bank; the others drown.
    pub turned_back: f64,
    /// Share of a crowd without boats that takes to the water in a turn.
    pub swim: f64,
    /// Share of them who get across ...
    pub swim_across: f64,
    /// ... and under the guns of ships.
    pub swim_blockaded: f64,
    /// Share of a crowd without boats that turns back to the city in a turn.
    pub despair: f64,
    /// How near the city must be for that, km.
    pub despair_km: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}
