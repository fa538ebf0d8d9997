//! The outcome of a battle for a city, in plain words: for each side beside history, the encirclement
//! as a fact, and what it meant for the war. Nobody wins here, nothing is scored, and civilians and
//! prisoners are in no number.

use super::{
    grouped,
    history::{Comparison, Word, brought_out, compare},
    milestones::city_lost,
    named,
};
use crate::{
    battle::Battle,
    scenario::{Hex, Hours, Measure, Quantity, Scenario, Side, map::Mover},
};
use std::collections::BTreeSet;

/// What the fall of the capital led to; the same however the simulated battle went.
pub const STRATEGIC: &str = "The fall of the capital did not, in history, make China surrender, \
    although Japan's leaders had expected that it would. The Chinese government had moved to \
    Chongqing before the battle. It rejected the harsher terms that Japan then set, and the war went \
    on until Japan's defeat in 1945. Japan's reputation in the world was blackened by the Nanking \
    Massacre, and by international incidents during and after the battle.";

/// How near the centre ground counts as about the city, km.
const ABOUT_KM: f64 = 8.0;

/// A fact beside history.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is.
    pub text: String,
    /// In the simulation.
    pub simulated: String,
    /// In history with what is held plausible, where history gives a figure.
    pub historical: Option<String>,
    /// How they compare.
    pub word: Option<Word>,
}

/// The outcome of a battle for a city.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The city: when it was lost, how long it was held.
    pub city: Vec<Line>,
    /// Each side: its name; men brought out with their units, its losses.
    pub sides: [(String, Vec<Line>); 2],
    /// The ways out at the end, as a sentence.
    pub encirclement: String,
    /// What it meant for the war.
    pub strategic: &'static str,
}

/// The outcome, where the battle is for a city.
pub fn outcome(battle: &Battle) -> Option<Outcome> {
    let scenario = battle.scenario();
    let held_by = scenario.city()?.held_by;
    let figures = compare(scenario, battle);
    let find =
        |wanted: &dyn Fn(&Measure) -> bool| figures.iter().find(|c| wanted(&c.figure.measure));
    let fall = find(&|m| *m == Measure::CityLost);
    let sides = Side::ALL.map(|side| {
        let losses = find(
            &|m| matches!(m, Measure::KilledAndWounded { side: s, at, .. } if *s == side && at.is_empty()),
        );
        let out = find(&|m| matches!(m, Measure::BroughtOut { side: s } if *s == side));
        let mut lines = Vec::new();
        if out.is_some() || brought_out(battle, side) > 0 {
            lines.push(Line {
                text: "Men brought out with their units".to_owned(),
                simulated: grouped(brought_out(battle, side)),
                historical: out.map(|c| beside(scenario, c)),
                word: out.map(|c| c.word),
            });
        }
        lines.push(Line {
            text: losses.map_or_else(|| "Killed and wounded".to_owned(), |c| c.figure.text.clone()),
            simulated: losses.map_or_else(
                || grouped(battle.men(side).casualties()),
                |c| shown(scenario, c),
            ),
            historical: losses.map(|c| beside(scenario, c)),
            word: losses.map(|c| c.word),
        });
        (named(scenario, side), lines)
    });
    Some(Outcome {
        city: city(battle, fall),
        sides,
        encirclement: encirclement(battle, held_by),
        strategic: STRATEGIC,
    })
}

/// History's value, and how sure it is: `6,947 (plausible: 5,500 to 8,500)`.
fn beside(scenario: &Scenario, c: &Comparison<'_>) -> String {
    let plausible = c.plausible(scenario);
    format!("{} (plausible: {plausible})", c.in_history(scenario))
}

fn shown(scenario: &Scenario, c: &Comparison<'_>) -> String {
    c.simulated.map_or_else(
        || "not by the end".to_owned(),
        |value| c.show(scenario, value),
    )
}

/// When the city was lost, and for how many days it was held.
fn city(battle: &Battle, fall: Option<&Comparison<'_>>) -> Vec<Line> {
    let scenario = battle.scenario();
    let lost = city_lost(battle.events()).map(|(hour, _)| hour);
    let held = lost.unwrap_or(battle.hour());
    let days = |hours: i64| {
        let hours = hours.max(0);
        match (hours / 24, hours % 24) {
            (days, 0) => format!("{days} days"),
            (days, hours) => format!("{days} days and {hours} hours"),
        }
    };
    let historical = fall.and_then(|c| match c.figure.value {
        Quantity::Time(hour) => Some(hour),
        Quantity::Number(_) => None,
    });
    // Where the battle ended with the city held, it was not held longer unless it lasted longer.
    let longer = fall.is_some_and(|c| match c.figure.high {
        Quantity::Time(high) => i64::from(held.0) > high,
        Quantity::Number(_) => false,
    });
    let word = fall.map(|c| match c.word {
        Word::Earlier => Word::Fewer,
        Word::Later => Word::More,
        Word::NotByTheEnd | Word::Unfinished if longer => Word::More,
        Word::NotByTheEnd => Word::Unfinished,
        other => other,
    });
    vec![
        Line {
            text: "The city lost".to_owned(),
            simulated: lost.map_or_else(
                || "not by the end".to_owned(),
                |hour: Hours| scenario.calendar().text(hour),
            ),
            historical: fall.map(|c| beside(scenario, c)),
            word: fall.map(|c| c.word),
        },
        Line {
            text: format!("Held since {}", scenario.calendar().text(Hours(0))),
            simulated: days(i64::from(held.0)),
            historical: historical.map(days),
            word,
        },
    ]
}

/// The ways out of the city at the end: by land, and over the river.
fn encirclement(battle: &Battle, side: Side) -> String {
    let scenario = battle.scenario();
    let map = scenario.map();
    if !map.grid.hexes().any(|hex| map.at(hex).exit) {
        return "The map is too small to say whether the city was surrounded.".to_owned();
    }
    let land = if way_out(battle, side) {
        "At the end the defenders in and about the city still had a way out by land"
    } else {
        "At the end the defenders in and about the city had no way out by land any more"
    };
    let enemy = Some(side.enemy());
    let own: Vec<_> = scenario
        .crossings()
        .iter()
        .filter(|c| c.side == side)
        .collect();
    if own.is_empty() {
        return format!("{land}.");
    }
    let control = |hex: Hex| battle.control()[hex.index()];
    let open = own
        .iter()
        .filter(|c| control(c.hex) != enemy && control(c.landing) != enemy)
        .count();
    let ships = battle.closed_river().iter().any(|(_, by)| *by != side);
    let ferries = own.len();
    let left = match open {
        0 => format!("none of {ferries} crossings of the river was left"),
        1 => format!("1 of {ferries} crossings of the river was left"),
        n => format!("{n} of {ferries} crossings of the river were left"),
    };
    let river = if open > 0 && ships {
        format!(
            "{left}, under the guns of {} ships",
            side.enemy().adjective()
        )
    } else {
        left
    };
    format!("{land}; {river}.")
}

/// Does ground that the side holds about the city lead, over ground the enemy does not hold, to an
/// exit of the map?
fn way_out(battle: &Battle, side: Side) -> bool {
    let scenario = battle.scenario();
    let Some(city) = scenario.city() else {
        return true;
    };
    let map = scenario.map();
    let enemy = Some(side.enemy());
    let free = |hex: Hex| battle.control()[hex.index()] != enemy;
    let reach = (ABOUT_KM / map.grid.hex_km()).round() as u32;
    let mut open: Vec<Hex> = map
        .grid
        .within(map.places[city.centre].centre, reach)
        .into_iter()
        .filter(|h| battle.control()[h.index()] == Some(side))
        .collect();
    let mut seen: BTreeSet<Hex> = open.iter().copied().collect();
    while let Some(hex) = open.pop() {
        if map.at(hex).exit {
            return true;
        }
        for (direction, next) in map.grid.neighbours(hex) {
            let passes = scenario
                .passage()
                .cost(Mover::Foot, hex, direction)
                .is_finite();
            if passes && free(next) && seen.insert(next) {
                open.push(next);
            }
        }
    }
    false
}
