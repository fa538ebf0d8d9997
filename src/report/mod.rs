//! Reports: what happened, in words and tables, beside the figures of history.
//!
//! Reads events and the state of a battle; must never change one, and never keep score: there are
//! no points, and no word here calls a side the winner. The dead of the battle and the victims of
//! the Nanking Massacre are never in one number.

pub mod chronicle;
pub mod days;
pub mod diary;
pub mod epilogue;
pub mod estimate;
pub mod history;
pub mod milestones;
pub mod outcome;
pub mod place;
pub mod reasons;
pub mod sentence;
pub mod tables;

pub use chronicle::{Bulletin, bulletin, weight};
pub use diary::Diary;
pub use history::{Comparison, Word, compare};
pub use milestones::{Milestone, MilestoneKind, Watch, milestones};
pub use outcome::{Outcome, outcome};
pub use sentence::{assaults_seen_by, directed, sentence, sentence_seen_by};

use crate::{
    battle::End,
    commander::Level,
    scenario::{Scenario, Side},
};

/// How the battle ended, as a sentence.
pub fn ending(scenario: &Scenario, end: Option<End>) -> String {
    match end {
        Some(End::CityLost) => "The city is lost; the battle on this map is over.".to_owned(),
        Some(End::TimeUp) if scenario.city().is_some() => {
            "The time of the scenario is over. What would have followed is unknown.".to_owned()
        }
        Some(End::TimeUp) => "The time of the scenario is over.".to_owned(),
        Some(End::Happening(origin)) => sentence::ending(scenario, origin),
        Some(End::NobodyLeft(side)) => format!(
            "{} has no formed troops left on the map, and none are due.",
            named(scenario, side)
        ),
        None => "The battle is not over.".to_owned(),
    }
}

/// What was switched in this battle against its scenario, for people: shown while it is played, in its
/// record and beside its result, since it cannot be set beside history as others can.
pub fn switches(scenario: &Scenario) -> Vec<String> {
    let simplified = "simplified command: orders to formations arrive at once";
    [
        (scenario.simplified_command(), simplified),
        (scenario.no_events(), "scenario events off"),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .map(|(_, text)| text.to_owned())
    .chain(
        Side::ALL
            .into_iter()
            .filter_map(|side| handicap(side, scenario.handicap(side))),
    )
    .collect()
}

/// A side's handicap in words, if it has one.
pub fn handicap(side: Side, percent: i8) -> Option<String> {
    (percent != 0).then(|| {
        format!(
            "a handicap: the {} side fights with {} % of its power",
            side.adjective(),
            100 + i32::from(percent)
        )
    })
}

/// Levels of the computer's commanders that are not the usual one, for people: noted in the record and
/// shown beside the result.
pub fn commanded(levels: [Level; 2]) -> Vec<String> {
    Side::ALL
        .into_iter()
        .zip(levels)
        .filter(|(_, level)| *level != Level::default())
        .map(|(side, level)| at_level(side, level))
        .collect()
}

/// A computer commander and its level: `Japanese command: Veteran`.
pub fn at_level(side: Side, level: Level) -> String {
    format!("{} command: {}", side.adjective(), level.name())
}

/// The levels that a record's notes tell of.
pub fn levels_in(notes: &[String]) -> [Level; 2] {
    Side::ALL.map(|side| {
        let is = |level: &Level| notes.contains(&at_level(side, *level));
        Level::ALL.into_iter().find(is).unwrap_or_default()
    })
}

/// Stable key of how the battle ended, as in the JSON output; `stopped` if it was not fought out.
pub fn end_key(end: Option<End>) -> &'static str {
    match end {
        Some(End::CityLost) => "city_lost",
        Some(End::TimeUp) => "time_up",
        Some(End::Happening(_)) => "event",
        Some(End::NobodyLeft(Side::China)) => "nobody_left_china",
        Some(End::NobodyLeft(Side::Japan)) => "nobody_left_japan",
        None => "stopped",
    }
}

/// A side's name with its adjective: `Nanking Garrison Force (Chinese)`.
pub fn named(scenario: &Scenario, side: Side) -> String {
    format!("{} ({})", scenario.side_file(side).name, side.adjective())
}

/// A whole number with separators: `73,790`.
pub fn grouped(n: u32) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let shown = [0, 999, 1_000, 73_790, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "73,790", "1,234,567"]);
    }
}
