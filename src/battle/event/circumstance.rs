//! Circumstances of events: when in the turn, why, by what, how it ended.

use crate::scenario::{
    Side,
    events::{DecisionId, HappeningId},
};
use serde::{Deserialize, Serialize};

/// The part of the turn that wrote an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Phase {
    Arrivals,
    Command,
    Happenings,
    Observation,
    Bombardment,
    Movement,
    Escape,
    Siege,
    Assault,
    Morale,
    Supply,
    Verdict,
}

/// Why men changed bins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Cause {
    Arrival,
    Ground,
    Bombardment,
    Retreat,
    Rout,
    Overrun,
    March,
    Dissolution,
    Rally,
    LeftTheMap,
    CityLost,
    Mines,
    Draft,
    Barrier,
    Collapse,
    Crossing,
    Sinking,
    Swimming,
}

/// What set ground on fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Spark {
    /// Shells or bombs.
    Shells,
    /// An assault.
    Assault,
    /// The torch.
    Razing,
    /// A fire in a neighbouring hex.
    Neighbour,
    /// An event of the scenario.
    Happening,
}

/// Why a unit could not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Obstacle {
    /// The hex ahead is full.
    Full,
    /// The road is full.
    Traffic,
    /// Enemies hold it.
    Enemy,
    /// A gate not in own hands.
    Gate,
    /// Enemy zones of control.
    ZoneOfControl,
    /// No way leads on.
    NoWay,
}

/// State of a place for the side that does not hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PlaceState {
    /// One of its hexes entered or attacked.
    Contested,
    /// All of its hexes controlled.
    Captured,
}

/// Why the battle ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum End {
    /// The city was lost and the hours after it have passed.
    CityLost,
    /// The last turn is over.
    TimeUp,
    /// One side has no formed men left on the map and none to come.
    NobodyLeft(Side),
    /// An event of the scenario, or what followed from a decision it asked for.
    Happening(Origin),
}

/// Where an action comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Origin {
    /// An event of the scenario.
    Event(HappeningId),
    /// A decision.
    Decision {
        /// Which.
        decision: DecisionId,
        /// Which of its options was taken.
        option: u16,
    },
}

/// What was found of a condition when its event happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Which: its place among the event's conditions that are made of no others.
    pub leaf: u16,
    /// Did it hold?
    pub held: bool,
    /// The number it was measured by, if it is about one.
    pub measured: Option<f64>,
}

/// How a lodgement ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LodgementEnd {
    /// Its side took the hex behind the wall.
    Relieved,
    /// Its unit is no longer before the wall; the men went back.
    GivenUp,
    /// Nobody was left.
    Destroyed,
}
