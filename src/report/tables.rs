//! Tables of the result, as plain text: what fell when, men by side and formation in every bin,
//! and the figures of history.

use super::{
    grouped,
    history::{Comparison, Word},
    milestones::{Milestone, MilestoneKind, city_lost},
    named,
    outcome::{Line, Outcome},
};
use crate::{
    battle::{Battle, Bin, Logged, Strength},
    scenario::{Echelon, FormationId, Scenario, Side},
};
use std::{cmp::Reverse, fmt::Write};

/// Places and when they were taken, in order of time.
pub fn captures(scenario: &Scenario, milestones: &[Milestone], events: &[Logged]) -> String {
    let mut text = String::from("What was taken when\n");
    let mut rows: Vec<(u32, String)> = milestones
        .iter()
        .filter(|m| m.kind == MilestoneKind::Captured)
        .map(|m| {
            let time = scenario.calendar().text(m.hour);
            let place = m.place.name(scenario);
            (
                m.hour.0,
                format!("  {time:>13}  {place}, by the {} side", m.by.adjective()),
            )
        })
        .collect();
    if let Some((hour, by)) = city_lost(events) {
        let time = scenario.calendar().text(hour);
        rows.push((
            hour.0,
            format!(
                "  {time:>13}  The city is lost to the {} side",
                by.adjective()
            ),
        ));
    }
    rows.sort_by_key(|(hour, _)| *hour);
    if rows.is_empty() {
        text.push_str("  Nothing changed hands.\n");
    }
    for (_, row) in rows {
        text.push_str(&row);
        text.push('\n');
    }
    text
}

/// Heading of a bin's column.
fn heading(bin: Bin) -> &'static str {
    match bin {
        Bin::NotArrived => "to come",
        Bin::Formed => "formed",
        Bin::Disordered => "disord.",
        Bin::Crowd => "crowd",
        Bin::Killed => "killed",
        Bin::OwnSideShot => "own shot",
        Bin::Drowned => "drowned",
        Bin::Wounded => "wounded",
        Bin::Captured => "captured",
        Bin::Escaped => "escaped",
        Bin::Hidden => "in city",
    }
}

/// A bin in full, for the line under the table.
fn meaning(bin: Bin) -> &'static str {
    match bin {
        Bin::NotArrived => "still to come",
        Bin::Formed => "formed",
        Bin::Disordered => "disordered",
        Bin::Crowd => "in a crowd",
        Bin::Killed => "killed",
        Bin::OwnSideShot => "shot by their own side",
        Bin::Drowned => "drowned",
        Bin::Wounded => "wounded",
        Bin::Captured => "captured or missing",
        Bin::Escaped => "escaped",
        Bin::Hidden => "in the city, out of uniform",
    }
}

/// What the numbers of a battle for the city are not.
const NOT_COUNTED: &str = "  These are soldiers, as far as the simulation goes. What happened to men \
    after they were captured, or in the city, is\n  not simulated. None of these numbers contains \
    victims of the Nanking Massacre; it is told at the end.";

/// Widest name in the first column.
const NAME: usize = 40;

/// Men by side and formation, in every bin.
pub fn men(battle: &Battle) -> String {
    let scenario = battle.scenario();
    let rows: Vec<(String, Strength)> = Side::ALL
        .into_iter()
        .flat_map(|side| {
            let total = (named(scenario, side), battle.men(side));
            let below = shown(scenario, side).into_iter().map(|(depth, id)| {
                let name = &scenario.formation(id).name;
                (format!("{}{name}", "  ".repeat(depth)), battle.men_of(id))
            });
            [total].into_iter().chain(below)
        })
        .filter(|(_, men)| men.total() > 0)
        .collect();
    let (used, empty): (Vec<Bin>, Vec<Bin>) = Bin::ALL
        .into_iter()
        .partition(|bin| rows.iter().any(|(_, men)| men.men(*bin) > 0));
    let mut text = format!("Men\n  {:<NAME$}{:>9}", "", "all");
    // Writing to a String cannot fail.
    for bin in &used {
        let _ = write!(text, "{:>9}", heading(*bin));
    }
    text.push('\n');
    for (name, men) in &rows {
        let name = shortened(name, NAME - 1);
        let _ = write!(text, "  {name:<NAME$}{:>9}", grouped(men.total()));
        for bin in &used {
            let _ = write!(text, "{:>9}", grouped(men.men(*bin)));
        }
        text.push('\n');
    }
    if !empty.is_empty() {
        let names: Vec<&str> = empty.into_iter().map(meaning).collect();
        let _ = writeln!(text, "  Nobody: {}.", names.join(", "));
    }
    let short: Vec<String> = used
        .iter()
        .filter(|bin| heading(**bin) != meaning(**bin))
        .map(|bin| format!("{}: {}", heading(*bin).trim_end_matches('.'), meaning(*bin)))
        .collect();
    let _ = writeln!(text, "  Columns: {}.", short.join("; "));
    if scenario.city().is_some() {
        let _ = writeln!(text, "{NOT_COUNTED}");
    }
    text
}

/// At most `most` characters; what is cut off leaves three dots.
fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(3)).collect();
    format!("{}...", kept.trim_end())
}

/// Formations with a row of their own, with their depth: from the top down to divisions, and what
/// stands beside divisions. A top that is the whole side is left out, since the side has its row.
fn shown(scenario: &Scenario, side: Side) -> Vec<(usize, FormationId)> {
    let all = scenario.formations();
    // The largest first.
    let children = |parent: Option<FormationId>| -> Vec<FormationId> {
        let mut found: Vec<FormationId> = (0..)
            .zip(all)
            .filter(|(_, f)| f.side == side && f.parent == parent)
            .map(|(i, _)| FormationId(i))
            .collect();
        found.sort_by_key(|id| (Reverse(scenario.formation(*id).echelon), *id));
        found
    };
    let mut top = children(None);
    if let [only] = top[..] {
        let below = children(Some(only));
        if !below.is_empty() {
            top = below;
        }
    }
    let mut open: Vec<(usize, FormationId)> = top.into_iter().rev().map(|id| (1, id)).collect();
    let mut rows = Vec::new();
    while let Some((depth, id)) = open.pop() {
        rows.push((depth, id));
        if scenario.formation(id).echelon > Echelon::Division {
            open.extend(
                children(Some(id))
                    .into_iter()
                    .rev()
                    .map(|id| (depth + 1, id)),
            );
        }
    }
    rows
}

/// The outcome: the city and each side beside history, the ways out, and the war.
pub fn outcome(outcome: &Outcome) -> String {
    let mut text = String::from("Outcome\n");
    rows(&mut text, &outcome.city);
    for (side, lines) in &outcome.sides {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {side}");
        rows(&mut text, lines);
    }
    let _ = writeln!(text, "  {}", outcome.encirclement);
    let _ = writeln!(text, "  {}", outcome.strategic);
    text
}

fn rows(text: &mut String, lines: &[Line]) {
    for line in lines {
        let beside = match (&line.historical, line.word) {
            // Said already.
            (Some(history), Some(Word::NotByTheEnd)) => format!("; in history {history}"),
            (Some(history), Some(word)) => format!("; in history {history}: {}", word.text()),
            _ => String::new(),
        };
        let _ = writeln!(text, "    {}: {}{beside}", line.text, line.simulated);
    }
}

/// Widest text of a figure of history.
const FIGURE: usize = 62;

/// The figures of history beside the simulation's.
pub fn history(scenario: &Scenario, comparisons: &[Comparison<'_>]) -> String {
    if comparisons.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "Beside history\n  {:<FIGURE$}{:>14}{:>15}  {:<20}{:>30}\n",
        "", "history", "simulation", "", "held plausible"
    );
    for c in comparisons {
        let name = shortened(&c.figure.text, FIGURE - 1);
        let historical = c.in_history(scenario);
        let plausible = c.plausible(scenario);
        let simulated = c
            .simulated
            .map_or_else(|| "-".to_owned(), |value| c.show(scenario, value));
        let _ = writeln!(
            text,
            "  {name:<FIGURE$}{historical:>14}{simulated:>15}  {:<20}{plausible:>30}",
            c.word.text()
        );
    }
    text.push_str(
        "  \"As in history\": within what the scenario holds plausible. \"About\": an estimate of this \
         project. Sources stand in the scenario file.\n",
    );
    text
}
