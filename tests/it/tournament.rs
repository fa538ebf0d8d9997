//! Tournaments: fair to both commanders, the same whatever the threads, and measured by what a side
//! holds and has left.

use crate::support::{Table, altered, id};
use nanking::{
    battle::{Bin, Strength},
    cli::fight::load,
    scenario::{Confidence, Options, Side, file::ObjectiveFile},
    study::{
        cast::{self, Known},
        tournament::{Tally, Tournament, Yardstick, report},
    },
};
use std::num::NonZeroUsize;

fn known(name: &str) -> Known {
    cast::named(name).expect("a commander of that name")
}

fn tournament(first: &str, second: &str, seeds: u64, threads: usize) -> Tournament {
    Tournament::of(
        vec![load("crossroads", &Options::default()).unwrap()],
        [known(first), known(second)],
        seeds,
        Yardstick::default(),
        NonZeroUsize::new(threads).unwrap(),
    )
}

#[test]
fn a_tournament_does_not_depend_on_the_number_of_threads() {
    let one = tournament("regular", "random", 3, 1);
    let three = tournament("regular", "random", 3, 3);
    assert_eq!(one.pairs, three.pairs);
    assert_eq!(report(&one), report(&three));
}

#[test]
fn a_commander_ties_with_itself() {
    let played = tournament("regular", "regular", 3, 2);
    for pair in played.pairs.iter().flatten() {
        assert_eq!(pair.bouts[0], pair.bouts[1], "seed {}", pair.seed);
    }
    let tally = played.tally();
    assert_eq!((tally.pairs, tally.ties(), tally.mean), (3, 3, 0.0));
}

#[test]
fn who_is_named_first_does_not_matter() {
    let (one, two) = (
        tournament("regular", "idle", 3, 2),
        tournament("idle", "regular", 3, 2),
    );
    let (a, b) = (one.tally(), two.tally());
    assert_eq!((a.won, a.lost), (b.lost, b.won));
    for (x, y) in one.pairs[0].iter().zip(&two.pairs[0]) {
        assert!((x.difference() + y.difference()).abs() < 1e-12);
        assert_eq!(x.bouts[0], y.bouts[1], "the same game");
    }
}

#[test]
fn the_computer_commander_does_better_than_none_and_than_any_orders() {
    for other in ["idle", "random"] {
        let tally = tournament("regular", other, 4, 2).tally();
        assert!(tally.won >= 3, "{other}: {tally:?}");
    }
}

#[test]
fn time_is_told_by_commander_and_side() {
    let played = tournament("regular", "idle", 2, 1);
    for (of, sides) in played.between.iter().zip(&played.spent) {
        for spent in sides {
            assert!(spent.turns > 0 && spent.mean_ms().is_some(), "{}", of.name);
        }
    }
    let of = |who: usize| played.spent[who].iter().map(|s| s.time).max();
    assert!(of(0) > of(1), "who thinks takes longer than who does not");
}

/// Two places, one in the hands of each side, of different worth to both.
fn two_places() -> Table {
    let mut table = Table::draw(&[".....", ".....", "....."])
        .unit(Side::China, "keeper", 750, (0, 1))
        .unit(Side::China, "second", 250, (0, 1))
        .unit(Side::Japan, "column", 500, (4, 1))
        .place("west", (0, 1))
        .place("east", (4, 1));
    for (place, china, japan) in [("west", 6.0, 1.0), ("east", 2.0, 3.0)] {
        table.scenario.objectives.push(ObjectiveFile {
            place: place.into(),
            china,
            japan,
            source: "invented for a test".into(),
            confidence: Confidence::Low,
        });
    }
    table
}

#[test]
fn a_side_stands_by_the_worth_of_what_it_holds_and_by_the_men_it_has_left() {
    let battle = two_places().battle(1);
    let scenario = battle.scenario().clone();
    let stands = |battle: &_, objectives: f64, men: f64| {
        let yardstick = Yardstick { objectives, men };
        Side::ALL.map(|side| yardstick.measure(&scenario, battle, side))
    };
    // Each by its own worth: 6 less 2 of 8, and 3 less 1 of 4.
    assert_eq!(stands(&battle, 1.0, 0.0), [0.5, 0.5]);
    assert_eq!(
        stands(&battle, 1.0, 1.0),
        [0.5, 0.5],
        "nobody has lost a man"
    );

    let second = id(&battle, "second");
    let after = altered(&battle, |state| {
        state.units[second.0 as usize].strength = Strength::all_in(Bin::Killed, 250);
    });
    assert_eq!(stands(&after, 0.0, 1.0), [-0.25, 0.25]);
    assert_eq!(stands(&after, 2.0, 1.0), [0.75, 1.25]);
}

#[test]
fn a_tally_counts_wins_losses_and_ties() {
    let played = tournament("regular", "idle", 2, 1);
    let mut pairs = played.pairs[0].clone();
    for (pair, stand) in pairs.iter_mut().zip([0.2, -0.3]) {
        pair.bouts[1] = pair.bouts[0].clone();
        pair.bouts[0].stands[0] = pair.bouts[1].stands[0] + stand;
    }
    let mut tie = pairs[0].clone();
    tie.bouts[0] = tie.bouts[1].clone();
    pairs.push(tie);
    let tally = Tally::of(pairs.iter());
    assert_eq!(
        (tally.pairs, tally.won, tally.lost, tally.ties()),
        (3, 1, 1, 1)
    );
    assert!((tally.rate() - 1.0 / 3.0).abs() < 1e-12);
    assert!((tally.mean - (0.2 - 0.3) / 3.0).abs() < 1e-9);
}
