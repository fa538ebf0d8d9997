//! The battle day by day, and what history tells of the same day: dated figures of the scenario's
//! history, and the narration of its events at the hours at which they happened.
//!
//! History is told as it was, whatever the simulated battle has come to, and to each side no more than
//! it knew. Reads the scenario as written; must never look at the battle.

use crate::{
    battle::{Event, Logged},
    report::history::is_casualty,
    scenario::{
        Calendar, Confidence, Hex, Hours, Measure, Quantity, Scenario, Side,
        events::{Action, Condition, Written, file::DecisionFile, file::EventFile},
    },
};

/// Something that history tells of an hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// When.
    pub hour: Hours,
    /// Or some time after it: what was decided followed the question at an hour not told.
    pub later: bool,
    /// What.
    pub text: String,
    /// Where it comes from.
    pub source: String,
    /// Where it was, if it was at one place.
    pub at: Option<Hex>,
}

/// What history tells, in order of time. A side reads what both knew and what it knew itself;
/// whoever sees both reads all.
pub fn history(scenario: &Scenario, read_by: Option<Side>) -> Vec<Dated> {
    let mut told = Vec::new();
    for event in &scenario.file().events {
        if let Some(hour) = hour_of(scenario, event) {
            happened(event, hour, read_by, &mut told);
        }
    }
    for figure in scenario.history() {
        if let Quantity::Time(hour) = figure.value
            && let Ok(hour) = u32::try_from(hour)
        {
            told.push(Dated {
                hour: Hours(hour),
                later: false,
                text: format!("{}.", figure.text),
                source: figure.source.clone(),
                at: whereabouts(scenario, &figure.measure),
            });
        }
    }
    told.sort_by_key(|d| d.hour);
    told
}

/// Is an event of the scenario told in the history of a date?
pub fn is_dated(scenario: &Scenario, id: &str) -> bool {
    let events = &scenario.file().events;
    events
        .iter()
        .find(|e| e.id == id)
        .is_some_and(|e| hour_of(scenario, e).is_some())
}

fn happened(event: &EventFile, hour: Hours, read_by: Option<Side>, told: &mut Vec<Dated>) {
    let may = |whose: Option<Side>| read_by.is_none_or(|own| whose.is_none_or(|s| s == own));
    if !may(event.known_to) {
        return;
    }
    let mut tell = |text: String, source: &str, later: bool| {
        told.push(Dated {
            hour,
            later,
            text,
            source: source.to_owned(),
            at: None,
        });
    };
    if !event.narration.is_empty() {
        tell(
            format!("{}: {}", event.title, event.narration),
            &event.source,
            false,
        );
    }
    for action in &event.then {
        match action {
            Action::HistoricalNote { text, source, .. } => tell(text.clone(), source, false),
            Action::Decision(decision) if may(Some(decision.side)) => {
                if let Some((text, source)) = decided(event, decision) {
                    tell(text, source, true);
                }
            }
            _ => {}
        }
    }
}

/// What was decided, where a source says so with certainty.
fn decided<'a>(event: &EventFile, decision: &'a DecisionFile) -> Option<(String, &'a str)> {
    let option = decision
        .options
        .iter()
        .find(|o| o.id == decision.otherwise && o.confidence == Confidence::High)?;
    Some((format!("{}: {}", event.title, option.text), &option.source))
}

/// The hour at which an event happened in history, where its conditions name one.
fn hour_of(scenario: &Scenario, event: &EventFile) -> Option<Hours> {
    let hour = earliest(scenario.calendar(), &event.when)?;
    Some(Hours(hour.0.saturating_add(event.delay)))
}

/// The date that a condition names: of several that must all hold the last, of several that may the
/// first.
fn earliest(calendar: &Calendar, when: &Condition<Written>) -> Option<Hours> {
    let time = |text: &str| Calendar::parse(text).map(|t| calendar.hour_of(t));
    match when {
        Condition::At(t) | Condition::After(t) | Condition::Between(t, _) => time(t),
        Condition::All(all) => all.iter().filter_map(|c| earliest(calendar, c)).max(),
        Condition::Any(any) | Condition::AtLeast(_, any) => {
            any.iter().filter_map(|c| earliest(calendar, c)).min()
        }
        _ => None,
    }
}

fn whereabouts(scenario: &Scenario, measure: &Measure) -> Option<Hex> {
    let map = scenario.map();
    let place = |i: usize| map.places.get(i).map(|p| p.centre);
    match measure {
        Measure::Captured { place: i, .. } => place(*i),
        Measure::FirstContact { line, .. } => {
            let feature = map.features.get(*line)?;
            feature.hexes.get(feature.hexes.len() / 2).copied()
        }
        Measure::CityLost => place(scenario.city()?.centre),
        _ => None,
    }
}

/// Killed and wounded of each day from the first, by [`Side::index`].
pub fn casualties(scenario: &Scenario, events: &[Logged]) -> Vec<[u32; 2]> {
    let mut days: Vec<[u32; 2]> = Vec::new();
    for logged in events {
        let Event::Men {
            unit,
            from,
            to,
            men,
            ..
        } = &logged.event
        else {
            continue;
        };
        if !is_casualty(*from, *to) {
            continue;
        }
        let day = scenario.calendar().day(logged.hour) as usize;
        if days.len() <= day {
            days.resize(day + 1, [0; 2]);
        }
        days[day][scenario.unit(*unit).side.index()] += men;
    }
    days
}
