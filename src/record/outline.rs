//! The outline of a state: one short line a unit and place, with a check of all that the line leaves
//! out. Small enough to keep for every turn, and enough to say what differs in a replay.
//!
//! Made from the battle's own dump and from nothing else.

use crate::{battle::Battle, scenario::Side};
use std::{collections::BTreeMap, fmt::Write};

/// Lines by what they are about (`unit cn_88d_1`, `place yuhuatai`, `known_to china`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    lines: BTreeMap<String, String>,
}

/// In a unit's dump line, where the figures begin that the outline only checks.
const FIGURES: &str = " cohesion ";

impl Outline {
    /// The outline of a battle's state.
    pub fn of(battle: &Battle) -> Self {
        Self::of_dump(&battle.dump())
    }

    fn of_dump(dump: &str) -> Self {
        let mut lines = BTreeMap::new();
        // A side that knows of nobody has a line too, so that no line is ever taken away.
        let mut known: BTreeMap<String, (u32, u32)> = Side::ALL
            .into_iter()
            .map(|side| (format!("known_to {}", side.key()), (0, CHECK)))
            .collect();
        for line in dump.lines() {
            let about = about(line).to_owned();
            if about.starts_with("known_to ") {
                let (count, check) = known.entry(about).or_insert((0, CHECK));
                *count += 1;
                *check = fnv32(*check, line);
            } else if let Some((head, figures)) = line.split_once(FIGURES) {
                let check = fnv32(CHECK, figures);
                lines.insert(about, format!("{head} #{check:08x}"));
            } else {
                lines.insert(about, line.to_owned());
            }
        }
        for (about, (count, check)) in known {
            let line = format!("{about} {count} units #{check:08x}");
            lines.insert(about, line);
        }
        Self { lines }
    }

    /// Lines that are not as in an earlier outline.
    pub fn since(&self, earlier: &Outline) -> Vec<String> {
        self.lines
            .iter()
            .filter(|(about, line)| earlier.lines.get(*about) != Some(*line))
            .map(|(_, line)| line.clone())
            .collect()
    }

    /// Brings an earlier outline up to date with lines from [`Outline::since`].
    pub fn update(&mut self, changed: &[String]) {
        for line in changed {
            self.lines.insert(about(line).to_owned(), line.clone());
        }
    }

    /// What differs, as text: `-` recorded, `+` replayed, at most `limit` entries; below a line that
    /// differs only in its check, the replayed figures from the dump. Empty if nothing differs.
    pub fn diff(&self, replayed: &Outline, dump: &str, limit: usize) -> String {
        let mut text = String::new();
        let mut differing = 0;
        let mut abouts: Vec<&String> = self.lines.keys().chain(replayed.lines.keys()).collect();
        abouts.sort_unstable();
        abouts.dedup();
        for about_line in abouts {
            let (was, is) = (self.lines.get(about_line), replayed.lines.get(about_line));
            if was == is {
                continue;
            }
            differing += 1;
            if differing > limit {
                continue;
            }
            // Writing to a String cannot fail.
            for (sign, line) in [('-', was), ('+', is)] {
                if let Some(line) = line {
                    let _ = writeln!(text, "{sign} {line}");
                }
            }
            if let (Some(was), Some(is)) = (was, is)
                && unchecked(was) == unchecked(is)
            {
                for line in dump.lines().filter(|l| about(l) == about_line.as_str()) {
                    let _ = writeln!(text, "  replayed: {line}");
                }
            }
        }
        if differing > limit {
            let _ = writeln!(text, "  and {} more", differing - limit);
        }
        text
    }
}

/// What a line is about: its first word, and for units, places and sides the second.
fn about(line: &str) -> &str {
    let words = if line.starts_with("hour ") { 1 } else { 2 };
    line.match_indices(' ')
        .nth(words - 1)
        .map_or(line, |(end, _)| &line[..end])
}

/// A line without its check.
fn unchecked(line: &str) -> &str {
    line.rsplit_once(" #").map_or(line, |(head, _)| head)
}

/// Where FNV-1a, 32 bit, begins: enough to notice a difference, no protection against malice.
const CHECK: u32 = 0x811c_9dc5;

fn fnv32(from: u32, text: &str) -> u32 {
    text.bytes()
        .fold(from, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUMP: &str = "hour 8 1937-12-05T13:00 fog false city_lost None\n\
        unit a at 0102 Holding Hold formed 90 cohesion 0.5 fatigue 0.1\n\
        unit b at 0103 Holding Hold formed 80 cohesion 0.5 fatigue 0.1\n\
        place bridge Some(China) contested false\n\
        known_to china b at 0103 men 80 seen 4\n";

    #[test]
    fn an_outline_is_rebuilt_from_its_changes() {
        let first = Outline::of_dump(DUMP);
        let second = Outline::of_dump(&DUMP.replace("0103", "0104"));
        let changed = second.since(&first);
        assert_eq!(changed.len(), 2, "the unit and what is known of it");
        let mut rebuilt = Outline::default();
        rebuilt.update(&first.since(&Outline::default()));
        assert_eq!(rebuilt, first);
        rebuilt.update(&changed);
        assert_eq!(rebuilt, second);
    }

    #[test]
    fn a_difference_names_the_unit_and_both_places() {
        let was = Outline::of_dump(DUMP);
        let dump = DUMP.replace("unit b at 0103", "unit b at 0104");
        let text = was.diff(&Outline::of_dump(&dump), &dump, 10);
        assert!(text.contains("- unit b at 0103") && text.contains("+ unit b at 0104"));
        assert!(!text.contains("unit a"));
    }

    #[test]
    fn a_difference_in_figures_shows_the_replayed_ones() {
        let was = Outline::of_dump(DUMP);
        let dump = DUMP.replace("formed 80 cohesion 0.5", "formed 80 cohesion 0.6");
        let text = was.diff(&Outline::of_dump(&dump), &dump, 10);
        assert!(text.contains("replayed: unit b at 0103 Holding Hold formed 80 cohesion 0.6"));
    }
}
