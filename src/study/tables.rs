//! A study as Markdown: kinds of events against counts, figures of history with medians and bands,
//! differences of pairs. Sober: no points and no winner.

use super::{
    Difference, Game, Study, kinds,
    pairs::number,
    stats::{self, Spread},
};
use crate::{
    report::{Comparison, Word, grouped},
    scenario::{HistoricalFigure, Measure, Quantity, Side},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// Kinds of events that no battle between computers brings, and why.
pub const NOT_BY_COMPUTERS: [(&str, &str); 1] = [(
    "OrderLapsed",
    "an order lapses when its unit is gone or in flight before the order is taken. Orders are written \
     while the battle stands still and taken the moment it goes on, so that only an order kept back \
     can be overtaken; tested on a tiny map (`tests/it/phases/command.rs`)",
)];

/// All tables of some studies.
pub fn report(studies: &[Study]) -> String {
    let mut text = String::new();
    for study in studies {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{}", figures(study));
    }
    let _ = writeln!(text, "{}", events(studies));
    text
}

fn head(study: &Study) -> String {
    format!(
        "{} ({} games)",
        study.scenario.file().title,
        study.games.len()
    )
}

/// Figures of history beside the simulated ones: median and 80 % band.
pub fn figures(study: &Study) -> String {
    let mut text = format!("## {}\n\n", head(study));
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    for game in &study.games {
        *ends.entry(crate::report::end_key(game.end)).or_default() += 1;
    }
    let ends: Vec<String> = ends.iter().map(|(end, n)| format!("{end} {n}")).collect();
    let _ = writeln!(text, "How they ended: {}.\n", ends.join(", "));
    text.push_str(
        "| figure | history | plausible | median | 80 % band | median beside history |\n",
    );
    text.push_str("|---|--:|--:|--:|--:|---|\n");
    for side in Side::ALL {
        text.push_str(&tally(
            study,
            side,
            "killed and wounded, whole battle",
            |g| g.casualties,
        ));
    }
    for side in Side::ALL {
        let counts: [(&str, fn(&Game) -> [u32; 2]); 3] = [
            ("men brought out with their units", |g| g.brought_out),
            ("men drowned", |g| g.drowned),
            ("boats lost", |g| g.boats_lost),
        ];
        for (what, count) in counts {
            if study.games.iter().any(|g| count(g)[side.index()] > 0) {
                text.push_str(&tally(study, side, what, count));
            }
        }
    }
    for (i, figure) in study.scenario.history().iter().enumerate() {
        let sample: Vec<Option<f64>> = study.games.iter().map(|g| number(g.figures[i])).collect();
        if matches!(figure.measure, Measure::HeldAt { .. }) {
            let _ = writeln!(text, "{}", yes_or_no(figure, &sample));
            continue;
        }
        let _ = writeln!(text, "{}", row(study, figure, &stats::spread(&sample)));
    }
    text
}

/// A row of something that history gives no figure for.
fn tally(study: &Study, side: Side, what: &str, count: impl Fn(&Game) -> [u32; 2]) -> String {
    let sample: Vec<Option<f64>> = study
        .games
        .iter()
        .map(|g| Some(f64::from(count(g)[side.index()])))
        .collect();
    let spread = stats::spread(&sample);
    let men = |x: Option<f64>| x.map_or_else(|| "-".to_owned(), |n| grouped(n.round() as u32));
    format!(
        "| {} {what} | | | {} | {} to {} | |\n",
        side.adjective(),
        men(spread.median),
        men(spread.low),
        men(spread.high)
    )
}

/// A row of something that is so in a game or is not.
fn yes_or_no(figure: &HistoricalFigure, sample: &[Option<f64>]) -> String {
    let is = |x: &Option<f64>| x.is_some_and(|x| x >= 0.5);
    let yes = sample.iter().filter(|x| is(x)).count();
    let historical = is(&number(Some(figure.value)));
    let share = yes as f64 / sample.len().max(1) as f64;
    let beside = match historical == (share >= 0.5) {
        true => Word::AsInHistory,
        false => Word::Later,
    };
    format!(
        "| {} | {} | | in {yes} of {} | | {} |",
        figure.text,
        if historical { "yes" } else { "no" },
        sample.len(),
        beside.text()
    )
}

fn row(study: &Study, figure: &HistoricalFigure, spread: &Spread) -> String {
    let quantity = |x: f64| match figure.value {
        Quantity::Time(_) => Quantity::Time(x.round() as i64),
        Quantity::Number(_) => Quantity::Number(x),
    };
    let comparison = Comparison {
        figure,
        simulated: spread.median.map(quantity),
        word: Word::AsInHistory,
    };
    let show = |q: Quantity| comparison.show(&study.scenario, q);
    let simulated = |x: Option<f64>| x.map_or("not by the end".to_owned(), |x| show(quantity(x)));
    let came = if spread.came < study.games.len() {
        format!(" (came in {} of {})", spread.came, study.games.len())
    } else {
        String::new()
    };
    format!(
        "| {} | {} | {} to {} | {} | {} to {}{came} | {} |",
        figure.text,
        show(figure.value),
        show(figure.low),
        show(figure.high),
        simulated(spread.median),
        simulated(spread.low),
        simulated(spread.high),
        beside(figure, spread.median),
    )
}

/// How the median compares with history's plausible interval.
fn beside(figure: &HistoricalFigure, median: Option<f64>) -> &'static str {
    let of = |q| number(Some(q)).unwrap_or(0.0);
    let (low, high) = (of(figure.low), of(figure.high));
    let timed = matches!(figure.value, Quantity::Time(_));
    let amount = matches!(
        figure.measure,
        Measure::ShareLost { .. }
            | Measure::ShareEscaped { .. }
            | Measure::CameFrom(_)
            | Measure::AssaultsAt { .. }
            | Measure::BestMarch { .. }
    );
    let word = match median {
        None => Word::NotByTheEnd,
        Some(x) if x < low && timed => Word::Earlier,
        Some(x) if x < low && amount => Word::Less,
        Some(x) if x < low => Word::Fewer,
        Some(x) if x > high && timed => Word::Later,
        Some(x) if x > high => Word::More,
        Some(_) => Word::AsInHistory,
    };
    word.text()
}

/// Kinds of events against counts: mean a game, and in how many games at all.
pub fn events(studies: &[Study]) -> String {
    let mut text =
        String::from("## Kinds of events\n\nMean count a game, and in how many games.\n\n");
    text.push_str(&table(
        studies,
        kinds::all().iter().copied(),
        |game, kind| game.counts.get(kind).copied().unwrap_or(0),
    ));
    for (kind, reason) in NOT_BY_COMPUTERS {
        let _ = writeln!(text, "\n{kind}: {reason}.");
    }
    let details: BTreeSet<&str> = studies
        .iter()
        .flat_map(|s| &s.games)
        .flat_map(|g| g.details.keys())
        .map(String::as_str)
        .collect();
    text.push_str("\nSome of them in detail.\n\n");
    text.push_str(&table(studies, details.into_iter(), |game, kind| {
        game.details.get(kind).copied().unwrap_or(0)
    }));
    text
}

fn table<'k>(
    studies: &[Study],
    kinds: impl Iterator<Item = &'k str>,
    count: impl Fn(&Game, &str) -> u32,
) -> String {
    let heads: Vec<String> = studies.iter().map(head).collect();
    let mut text = format!("| kind | {} |\n|---|", heads.join(" | "));
    text.push_str(&"--:|".repeat(studies.len()));
    text.push('\n');
    for kind in kinds {
        let cells: Vec<String> = studies
            .iter()
            .map(|study| {
                let counts: Vec<u32> = study.games.iter().map(|g| count(g, kind)).collect();
                let games = counts.iter().filter(|n| **n > 0).count();
                let sum: u64 = counts.iter().map(|n| u64::from(*n)).sum();
                if games == 0 {
                    return "0".to_owned();
                }
                let mean = sum as f64 / counts.len() as f64;
                format!("{mean:.1} (in {games})")
            })
            .collect();
        let _ = writeln!(text, "| {kind} | {} |", cells.join(" | "));
    }
    text
}

/// Differences of pairs.
pub fn differences(first: &Study, other: &Study, found: &[Difference]) -> String {
    let mut text = format!(
        "## {} against {}\n\n",
        first.scenario.file().title,
        other.scenario.file().title
    );
    text.push_str(
        "Pairs of the same seed; the second less the first, with the 95 % interval of the mean. A \
         time that did not come counts as the end of the scenario.\n\n",
    );
    let (a, b) = (&first.scenario.file().id, &other.scenario.file().id);
    let _ = writeln!(
        text,
        "| figure | {a} | {b} | mean difference | 95 % interval | pairs |\n|---|--:|--:|--:|--:|--:|"
    );
    for d in found {
        let show = |x: f64| {
            if x.abs() >= 100.0 {
                format!("{x:.0}")
            } else {
                format!("{x:.2}")
            }
        };
        let _ = writeln!(
            text,
            "| {}{} | {} | {} | {} | {} to {} | {} |",
            d.text,
            if d.unit.is_empty() {
                String::new()
            } else {
                format!(", {}", d.unit)
            },
            show(d.means.0),
            show(d.means.1),
            show(d.mean),
            show(d.mean - d.half_width),
            show(d.mean + d.half_width),
            d.pairs
        );
    }
    text
}
