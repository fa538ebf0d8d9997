//! Conditions: what must be so for an event to happen. Facts of the hour, told from the state as it
//! stands; none of them changes anything.

use super::names::Names;
use crate::scenario::{forces::PlanTask, side::Side};
use serde::{Deserialize, Serialize};

/// A condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "", deny_unknown_fields)]
pub enum Condition<N: Names> {
    /// It is this hour.
    At(N::Time),
    /// It is this hour or later.
    After(N::Time),
    /// It is earlier than this hour.
    Before(N::Time),
    /// It is the first hour or later, and earlier than the second.
    Between(N::Time, N::Time),
    /// The hour of the day is the first or later, and earlier than the second; across midnight if
    /// the first is the larger.
    HourOfDay {
        /// 0 to 23.
        from: u32,
        /// 0 to 24.
        until: u32,
    },
    /// It is one of these turns.
    Turn {
        /// The first, counted from 1.
        from: u32,
        /// The last.
        until: u32,
    },
    /// A side holds all of a place.
    Held {
        /// Which.
        place: N::Place,
        /// Who.
        by: Side,
    },
    /// A side has taken a place in this battle, whoever holds it now.
    Captured {
        /// Which.
        place: N::Place,
        /// Who.
        by: Side,
    },
    /// A place is contested by a side that does not hold it.
    Contested {
        /// Which.
        place: N::Place,
        /// By whom.
        by: Side,
    },
    /// The city is lost.
    CityLost,
    /// Formed men.
    Strength {
        /// Whose.
        of: Force<N>,
        /// How many.
        men: Limit,
    },
    /// Formed men as a share of all it began with.
    ShareLeft {
        /// Whose.
        of: Force<N>,
        /// 0 to 1.
        share: Limit,
    },
    /// Killed and wounded so far.
    Losses {
        /// Whose.
        of: Force<N>,
        /// How many.
        men: Limit,
    },
    /// Mean cohesion of its men on the map.
    Cohesion {
        /// Whose.
        of: Force<N>,
        /// 0 to 1.
        mean: Limit,
    },
    /// Mean supply of its men on the map.
    Supply {
        /// Whose.
        of: Force<N>,
        /// 0 to 1.
        mean: Limit,
    },
    /// Share of its men on the map who are cut off from supply.
    CutOff {
        /// Whose.
        of: Force<N>,
        /// 0 to 1.
        share: Limit,
    },
    /// Some of it is on the map.
    OnMap(Force<N>),
    /// Some of it stands near a place.
    Near {
        /// Whose.
        of: Force<N>,
        /// The place.
        place: N::Place,
        /// How near, km.
        km: f64,
    },
    /// A formation has been given a mission of this kind, and it is in force.
    OrderReceived {
        /// Which.
        formation: N::Formation,
        /// Of what kind.
        task: PlanTask,
    },
    /// A flag is set.
    Flag(N::Flag),
    /// Another event has happened, so many hours ago or more.
    Fired {
        /// Which.
        event: N::Event,
        /// Hours.
        #[serde(default)]
        hours_ago: u32,
    },
    /// A decision was taken in this way.
    Decided {
        /// Which.
        decision: N::Decision,
        /// How.
        option: N::Choice,
    },
    /// How light it is.
    Light(Daylight),
    /// There is fog.
    Fog,
    /// A draw, anew each hour.
    Chance(f64),
    /// All of these.
    All(Vec<Condition<N>>),
    /// One of these or more.
    Any(Vec<Condition<N>>),
    /// Not this.
    Not(Box<Condition<N>>),
    /// So many of these or more.
    AtLeast(u32, Vec<Condition<N>>),
}

/// Whom a condition is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum Force<N: Names> {
    /// All units of a side.
    Side(Side),
    /// All units of a formation and of those under it.
    Formation(N::Formation),
    /// One unit.
    Unit(N::Unit),
}

/// A bound on a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Limit {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

/// How light it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Daylight {
    /// Full light.
    Day,
    /// Dawn or dusk.
    HalfLight,
    /// Night.
    Night,
}

impl Limit {
    /// Does a number keep it?
    pub fn holds(self, value: f64) -> bool {
        match self {
            Limit::AtLeast(least) => value >= least,
            Limit::AtMost(most) => value <= most,
        }
    }

    /// The number.
    pub fn value(self) -> f64 {
        match self {
            Limit::AtLeast(x) | Limit::AtMost(x) => x,
        }
    }
}

impl<N: Names> Condition<N> {
    /// The conditions it is made of, if it is made of others.
    pub fn parts(&self) -> Option<&[Condition<N>]> {
        match self {
            Condition::All(list) | Condition::Any(list) | Condition::AtLeast(_, list) => Some(list),
            Condition::Not(one) => Some(std::slice::from_ref(one)),
            _ => None,
        }
    }

    /// Those that are made of no others, in the order in which they are written.
    pub fn leaves(&self) -> Vec<&Condition<N>> {
        match self.parts() {
            Some(parts) => parts.iter().flat_map(Condition::leaves).collect(),
            None => vec![self],
        }
    }
}
