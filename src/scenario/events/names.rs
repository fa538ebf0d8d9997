//! How conditions and actions name things: by text in a file ([`Written`]), by number once a scenario
//! is checked ([`Known`]). One definition of each condition and action serves both.

use super::{DecisionId, HappeningId, file::DecisionFile, rates::RateId};
use crate::scenario::{
    calendar::Hours,
    forces::{AirGroupId, FormationId, UnitId},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// Anything a condition or action may hold.
pub trait Datum: Clone + Debug + PartialEq + Serialize + DeserializeOwned {}

impl<T: Clone + Debug + PartialEq + Serialize + DeserializeOwned> Datum for T {}

/// A way to name things.
pub trait Names: Clone + Debug + PartialEq {
    /// A local time.
    type Time: Datum;
    /// A place of the map or the scenario.
    type Place: Datum;
    /// A gate.
    type Gate: Datum;
    /// A unit.
    type Unit: Datum;
    /// A formation.
    type Formation: Datum;
    /// An air group.
    type AirGroup: Datum;
    /// An event.
    type Event: Datum;
    /// A decision.
    type Decision: Datum;
    /// An option of it.
    type Choice: Datum;
    /// A flag.
    type Flag: Datum;
    /// A number of the rules.
    type Rate: Datum;
    /// A place where boats put off.
    type Crossing: Datum;
    /// A kind of boat.
    type Boat: Datum;
    /// A decision where it is asked.
    type Asked: Datum;
}

/// By text, as in a scenario file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Written;

/// By number, as in a checked scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Known;

impl Names for Written {
    type Time = String;
    type Place = String;
    type Gate = String;
    type Unit = String;
    type Formation = String;
    type AirGroup = String;
    type Event = String;
    type Decision = String;
    type Choice = String;
    type Flag = String;
    type Rate = String;
    type Crossing = String;
    type Boat = String;
    type Asked = Box<DecisionFile>;
}

impl Names for Known {
    type Time = Hours;
    type Place = u16;
    type Gate = u16;
    type Unit = UnitId;
    type Formation = FormationId;
    type AirGroup = AirGroupId;
    type Event = HappeningId;
    type Decision = DecisionId;
    type Choice = u16;
    type Flag = u16;
    type Rate = RateId;
    type Crossing = u16;
    type Boat = u16;
    type Asked = DecisionId;
}
