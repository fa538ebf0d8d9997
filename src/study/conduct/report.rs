//! Behaviour as Markdown: counts by scenario, the most frequent causes, and single cases.

use super::{Conduct, Fault, Finding};
use crate::scenario::{Hex, Scenario, Side};
use std::{collections::BTreeMap, fmt::Write as _};

/// Counts of all games, and their most frequent causes.
pub fn report(all: &[Conduct], causes: usize) -> String {
    let mut text = counts(all);
    text.push_str(&most_frequent(all, causes));
    text
}

fn counts(all: &[Conduct]) -> String {
    let heads: Vec<String> = all
        .iter()
        .map(|c| format!("{} ({} games)", c.scenario.file().title, c.games.len()))
        .collect();
    let mut text = format!("| | {} |\n|---|", heads.join(" | "));
    text.push_str(&"--:|".repeat(all.len()));
    text.push('\n');
    let mut row = |name: &str, cell: &dyn Fn(&Conduct) -> String| {
        let cells: Vec<String> = all.iter().map(cell).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {name} | {} |", cells.join(" | "));
    };
    let sum = |c: &Conduct, of: fn(&super::Behaviour) -> u32| {
        let sum: u64 = c.games.iter().map(|g| u64::from(of(g))).sum();
        sum.to_string()
    };
    row("orders", &|c| sum(c, |g| g.orders));
    row("turns of formations that could act", &|c| {
        sum(c, |g| g.able)
    });
    row("moves from hex to hex", &|c| sum(c, |g| g.moves));
    for fault in Fault::ALL {
        for side in Side::ALL {
            row(&format!("{}, {}", fault.text(), side.adjective()), &|c| {
                let of = |f: &&Finding| f.fault == fault && f.side == side;
                let games = c.games.iter().filter(|g| g.findings.iter().any(|f| of(&f)));
                match c.findings().filter(of).count() {
                    0 => "0".to_owned(),
                    n => format!("{n} (in {})", games.count()),
                }
            });
        }
    }
    text
}

fn most_frequent(all: &[Conduct], causes: usize) -> String {
    type Cases<'a> = Vec<(&'a Scenario, &'a Finding)>;
    let mut by_cause: BTreeMap<(Fault, Side, &str), Cases<'_>> = BTreeMap::new();
    for conduct in all {
        for finding in conduct.findings() {
            let key = (finding.fault, finding.side, finding.cause.as_str());
            let cases = by_cause.entry(key).or_default();
            cases.push((&conduct.scenario, finding));
        }
    }
    if by_cause.is_empty() {
        return String::new();
    }
    let mut ranked: Vec<_> = by_cause.into_iter().collect();
    ranked.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let mut text = String::from(
        "\nThe most frequent causes, with the longest case of each.\n\n| cases | what | whose | cause \
         | longest case |\n|--:|---|---|---|---|\n",
    );
    for ((fault, side, cause), cases) in ranked.into_iter().take(causes) {
        let longest = cases.iter().rev().max_by_key(|(_, f)| f.length);
        let shown = longest.map_or(String::new(), |(s, f)| case(s, f));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {cause} | {shown} |",
            cases.len(),
            fault.text(),
            side.adjective()
        );
    }
    text
}

/// Single cases, the first so many of each scenario and fault.
pub fn list(all: &[Conduct], most: usize) -> String {
    let mut text = String::from("\n| what | cause | case |\n|---|---|---|\n");
    for conduct in all {
        for fault in Fault::ALL {
            let cases = conduct.findings().filter(|f| f.fault == fault);
            for finding in cases.take(most) {
                let _ = writeln!(
                    text,
                    "| {} | {} | {} |",
                    fault.text(),
                    finding.cause,
                    case(&conduct.scenario, finding)
                );
            }
        }
    }
    text
}

fn case(scenario: &Scenario, finding: &Finding) -> String {
    let map = scenario.map();
    let name = |hex: &Hex| {
        let near = map.describe(*hex);
        let label = map.grid.label(*hex);
        if near.contains(&label) {
            near
        } else {
            format!("{near} ({label})")
        }
    };
    let hexes: Vec<String> = finding.hexes.iter().map(name).collect();
    format!(
        "{} seed {} turn {}, {}, {} {}: {}",
        scenario.file().id,
        finding.seed,
        finding.turn.0,
        finding.who,
        finding.length,
        match finding.fault {
            Fault::ToAndFro => "moves",
            Fault::IllegalOrder => "order",
            Fault::IdleFormation | Fault::Blocked => "turns",
        },
        hexes.join(", ")
    )
}
