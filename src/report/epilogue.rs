//! The epilogue: what followed the battle, as text to be read. The same for both sides, and never
//! an outcome of the simulation: no number of the battle goes into it, and nothing in it is scored.

use crate::scenario::Scenario;
use std::fmt::Write;

/// The text on what followed the battle of December 1937.
const NANKING_1937: &str = include_str!("../../scenarios/texts/nanking_1937_epilogue.md");

/// The epilogue of a scenario: it belongs to battles for the city itself, however they end. After the
/// text comes what the scenario tells of the days that followed.
pub fn epilogue(scenario: &Scenario) -> Option<String> {
    scenario.city()?;
    let mut text = NANKING_1937.trim().to_owned();
    let days = &scenario.file().afterwards;
    if !days.is_empty() {
        text.push_str(
            "\n\nThe days that followed\n\nIn brackets the source of each entry; \"article\" is the \
             English Wikipedia article named above.\n",
        );
    }
    for day in days {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n{}. {} ({})\n", day.date, day.text, day.source);
    }
    Some(text.trim_end().to_owned())
}
