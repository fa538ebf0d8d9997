//! Scenario events: conditions, actions, decisions, their reference, broken ones, and that nothing they
//! do loses a man or breaks a replay.

mod broken;
mod campaign;
mod decisions;
mod fire;
mod random;
mod reference;

use crate::support::Table;
use nanking::{
    battle::{Battle, Event},
    scenario::{
        Side,
        events::{Action, Condition, Written, file::EventFile},
        file::Confidence,
    },
};

pub const SOURCE: &str = "invented for a test";

/// A condition or action from its text.
pub fn ron<T: serde::de::DeserializeOwned>(text: &str) -> T {
    ron::from_str(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// An event of these texts.
pub fn event(id: &str, when: &str, then: &[&str]) -> EventFile {
    let when: Condition<Written> = ron(when);
    let then: Vec<Action<Written>> = then.iter().map(|t| ron(t)).collect();
    EventFile {
        id: id.into(),
        title: format!("The event {id}"),
        when,
        chance: 1.0,
        once: true,
        delay: 0,
        then,
        enabled: true,
        known_to: None,
        narration: "It is told.".into(),
        source: SOURCE.into(),
        confidence: Confidence::Low,
    }
}

/// Two weak forces far from each other on a plain with a few places.
pub fn plain(events: Vec<EventFile>) -> Table {
    let mut table = Table::draw(&["..........", "..........", "..........", ".........."])
        .place("west", (1, 1))
        .place("middle", (5, 1))
        .place("east", (8, 1))
        .unit(Side::Japan, "a", 500, (1, 1))
        .unit(Side::China, "b", 500, (8, 1))
        .depot(Side::Japan, (0, 0))
        .depot(Side::China, (9, 3));
    table.scenario.events = events;
    table
}

/// Hours at which events of an id happened.
pub fn hours(battle: &Battle, id: &str) -> Vec<u32> {
    battle
        .events()
        .iter()
        .filter_map(|l| match &l.event {
            Event::Happened { event, .. } => {
                let known = battle.scenario().events().happening(*event);
                (known.id == id).then_some(l.hour.0)
            }
            _ => None,
        })
        .collect()
}
