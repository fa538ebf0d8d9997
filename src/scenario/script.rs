//! Scripts: orders of a part of a side's forces, hour by hour, as a lesson shows them. What comes of
//! them is for the rules to say, as with all orders; a script sets nothing else.

use super::{
    Scenario,
    calendar::Hours,
    events::{Known, Names, UnitTask, Written},
    file::Confidence,
    forces::PlanTask,
    side::Side,
};
use serde::{Deserialize, Serialize};

/// One order of a script, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptFile {
    /// Given at this local time.
    pub at: String,
    /// To whom, and what.
    pub order: Told<Written>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// To whom, and what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "", deny_unknown_fields)]
pub enum Told<N: Names> {
    /// To a unit.
    Unit {
        /// Which.
        id: N::Unit,
        /// What.
        task: UnitTask<N>,
    },
    /// To a formation, whose staff then orders its units; not to those under it.
    Formation {
        /// Which.
        id: N::Formation,
        /// What to do.
        task: PlanTask,
        /// Where.
        at: N::Place,
    },
}

/// One order of a script, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Given at this hour.
    pub at: Hours,
    /// To whom, and what.
    pub order: Told<Known>,
}

impl Scenario {
    /// The script, in order of time.
    pub fn script(&self) -> &[Line] {
        &self.inner.script
    }

    /// Whose unit or formation a line of the script is for.
    pub fn scripted_side(&self, line: &Line) -> Side {
        match &line.order {
            Told::Unit { id, .. } => self.unit(*id).side,
            Told::Formation { id, .. } => self.formation(*id).side,
        }
    }
}
