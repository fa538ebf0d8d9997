//! One game of a study: played to its end, and what is kept of it.

use super::kinds;
use crate::{
    battle::{Battle, Bin, Cause, End, Event, PlaceState, Randomness},
    commander::{Commander, Level, drive, for_side},
    report::{compare, history::brought_out},
    scenario::{Quantity, Scenario, Side, calendar::HOURS_PER_TURN},
};
use std::{collections::BTreeMap, sync::Arc};

/// What is kept of a game.
#[derive(Clone, Debug, PartialEq)]
pub struct Game {
    /// Seed of its dice.
    pub seed: u64,
    /// Turns fought.
    pub turns: u32,
    /// Why it ended.
    pub end: Option<End>,
    /// How often each kind of event happened; kinds that did not happen are not there.
    pub counts: BTreeMap<&'static str, u32>,
    /// The same for kinds told apart further, such as why men changed bins.
    pub details: BTreeMap<String, u32>,
    /// The scenario's figures of history as measured, in its order; `None`: not by the end.
    pub figures: Vec<Option<Quantity>>,
    /// Killed and wounded, by [`Side::index`].
    pub casualties: [u32; 2],
    /// Men who got away with their units, by [`Side::index`].
    pub brought_out: [u32; 2],
    /// Men drowned, by [`Side::index`].
    pub drowned: [u32; 2],
    /// Boats sunk, shot or taken, by [`Side::index`].
    pub boats_lost: [u32; 2],
    /// Digest of the last state.
    pub digest: String,
}

/// Plays a game, computer against computer.
pub fn play(scenario: &Arc<Scenario>, seed: u64) -> Game {
    let mut battle = Battle::new(Arc::clone(scenario), seed, Randomness::Sampled);
    let mut commanders =
        Side::ALL.map(|side| -> Box<dyn Commander> { for_side(scenario, side, Level::default()) });
    while battle.end().is_none() {
        drive(&mut battle, &mut commanders);
    }
    measure(&battle)
}

/// What is kept of a battle.
pub fn measure(battle: &Battle) -> Game {
    let mut counts: BTreeMap<&'static str, u32> = BTreeMap::new();
    let mut details: BTreeMap<String, u32> = BTreeMap::new();
    for logged in battle.events() {
        *counts.entry(kinds::of(&logged.event)).or_default() += 1;
        if let Some(detail) = detail(&logged.event) {
            *details.entry(detail).or_default() += 1;
        }
    }
    Game {
        seed: battle.seed(),
        turns: battle.hour().0 / HOURS_PER_TURN,
        end: battle.end(),
        counts,
        details,
        figures: compare(battle.scenario(), battle)
            .into_iter()
            .map(|c| c.simulated)
            .collect(),
        casualties: Side::ALL.map(|side| battle.men(side).casualties()),
        brought_out: Side::ALL.map(|side| brought_out(battle, side)),
        drowned: Side::ALL.map(|side| battle.men(side).men(Bin::Drowned)),
        boats_lost: Side::ALL.map(|side| boats_lost(battle, side)),
        digest: battle.digest().to_string(),
    }
}

fn boats_lost(battle: &Battle, side: Side) -> u32 {
    let events = battle.events().iter();
    events
        .map(|logged| match &logged.event {
            Event::Crossed(c) if c.side == side => c.boats_lost,
            Event::BoatsTaken(b) if b.by != side => b.boats,
            _ => 0,
        })
        .sum()
}

/// Events of one kind that mean different things.
fn detail(event: &Event) -> Option<String> {
    Some(match event {
        Event::Men { cause, .. } if *cause != Cause::Arrival => format!("Men: {cause:?}"),
        Event::Fought { assault: true, .. } => "Fought: assault".to_owned(),
        Event::Fought { assault: false, .. } => "Fought: contact".to_owned(),
        Event::Yielded { cut_off: true, .. } => "Yielded: cut off".to_owned(),
        Event::Yielded { routed: true, .. } => "Yielded: in flight".to_owned(),
        Event::Yielded { .. } => "Yielded: in order".to_owned(),
        Event::Blocked { by, .. } => format!("Blocked: {by:?}"),
        Event::Kindled { spark, .. } => format!("Kindled: {spark:?}"),
        Event::PartySent { ladder: true, .. } => "PartySent: by ladder".to_owned(),
        Event::PartySent { .. } => "PartySent: through a breach".to_owned(),
        Event::LodgementEnded { end, .. } => format!("LodgementEnded: {end:?}"),
        Event::MinesStruck { fleeing: true, .. } => "MinesStruck: in flight".to_owned(),
        Event::MinesStruck { .. } => "MinesStruck: going on".to_owned(),
        Event::Place { state, .. } => match state {
            PlaceState::Contested => "Place: contested".to_owned(),
            PlaceState::Captured => "Place: captured".to_owned(),
        },
        Event::Command(event) => format!("Command: {}", kinds::of_command(event)),
        _ => return None,
    })
}
