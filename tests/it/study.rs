//! Studies: the same whatever the threads, complete in their kinds of events, and true to the games
//! they are made of.

use nanking::{
    battle::{End, Event},
    cli::fight::load,
    scenario::{Options, Side, TurnNo},
    study::{self, Study, kinds, stats, tables},
};
use std::{collections::BTreeSet, num::NonZeroUsize};

fn study(scenario: &str, seeds: u64, threads: usize) -> Study {
    let scenario = load(scenario, &Options::default()).unwrap();
    Study::of(scenario, seeds, NonZeroUsize::new(threads).unwrap())
}

#[test]
fn a_study_does_not_depend_on_the_number_of_threads() {
    let one = study("crossroads", 7, 1);
    let three = study("crossroads", 7, 3);
    assert_eq!(one.games, three.games);
    assert_eq!(tables::report(&[one]), tables::report(&[three]));
}

#[test]
fn games_are_in_order_of_seed_and_differ() {
    let study = study("crossroads", 6, 2);
    let seeds: Vec<u64> = study.games.iter().map(|g| g.seed).collect();
    assert_eq!(seeds, [1, 2, 3, 4, 5, 6]);
    let digests: BTreeSet<&str> = study.games.iter().map(|g| g.digest.as_str()).collect();
    assert_eq!(digests.len(), 6);
}

#[test]
fn kinds_of_events_are_those_of_the_log() {
    let turn = TurnNo(1);
    let end = Event::Ended { end: End::TimeUp };
    assert_eq!(
        kinds::of(&Event::TurnBegan { turn, fog: true }),
        "TurnBegan"
    );
    assert_eq!(kinds::of(&end), "Ended");
    let all = kinds::all();
    assert!(all.len() > 20 && all.contains(&"Fought") && all.contains(&"Ended"));
    for game in study("crossroads", 2, 1).games {
        assert!(game.counts.keys().all(|kind| all.contains(kind)));
        assert_eq!(game.counts["TurnBegan"], game.turns);
        assert_eq!(game.counts["Ended"], 1);
    }
}

#[test]
fn every_kind_has_its_row_even_if_it_never_happens() {
    let text = tables::events(&[study("crossroads", 2, 1)]);
    for kind in kinds::all() {
        assert!(text.contains(&format!("\n| {kind} | ")), "{kind}");
    }
    // The lesson has no city to lose.
    assert!(text.contains("\n| CityLost | 0 |"), "{text}");
}

#[test]
fn each_kind_of_event_is_measured_and_happens_in_some_scenario() {
    let measured = include_str!("../../docs/measured.md");
    let command = measured.split('`').nth(1).unwrap();
    for kind in kinds::all() {
        let row = measured
            .lines()
            .find(|line| line.starts_with(&format!("| {kind} |")))
            .unwrap_or_else(|| panic!("{kind} is new: write the file anew with `{command}`"));
        let happens = row.split('|').skip(2).any(|cell| cell.contains("(in "));
        let excused = tables::NOT_BY_COMPUTERS.iter().find(|(k, _)| k == kind);
        assert_eq!(happens, excused.is_none(), "{row}");
        let reason = excused.map_or("", |(_, reason)| reason);
        assert!(measured.contains(reason), "the reason for {kind} is told");
    }
}

#[test]
fn a_scenario_does_not_differ_from_itself() {
    let (a, b) = (study("crossroads", 5, 2), study("crossroads", 5, 1));
    let found = study::differences(&a, &b);
    assert!(found.len() >= Side::ALL.len());
    for d in found {
        assert_eq!((d.mean, d.half_width, d.pairs), (0.0, 0.0, 5), "{}", d.text);
    }
}

#[test]
fn the_band_of_a_figure_holds_its_median() {
    let study = study("yuhuatai_1937", 6, 2);
    for (i, figure) in study.scenario.history().iter().enumerate() {
        let sample: Vec<Option<f64>> = study
            .games
            .iter()
            .map(|g| study::pairs::number(g.figures[i]))
            .collect();
        let spread = stats::spread(&sample);
        if let (Some(low), Some(median)) = (spread.low, spread.median) {
            assert!(low <= median, "{}", figure.text);
        }
    }
    let text = tables::figures(&study);
    assert!(
        text.contains("| Yuhuatai overrun | 12 Dec 12:00 |"),
        "{text}"
    );
}
