//! The epilogue: what followed the battle, as text to be read. The same for both sides, and never
//! an outcome of the simulation: no number of the battle goes into it, and nothing in it is scored.

use crate::scenario::Scenario;

/// The text on what followed the battle of December 1937.
const NANKING_1937: &str = include_str!("../../scenarios/texts/nanking_1937_epilogue.md");

/// The epilogue of a scenario: it belongs to battles for the city itself, however they end.
pub fn epilogue(scenario: &Scenario) -> Option<&'static str> {
    scenario.city().map(|_| NANKING_1937.trim())
}
