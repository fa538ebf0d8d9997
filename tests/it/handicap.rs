//! The handicap: a help to one side that is seen in every fight, kept in the record, and nothing else.

use crate::support::{Table, hex, id, shelved, tell};
use nanking::{
    battle::{Battle, Event, Randomness, Task, Term, Why},
    commander::{Commander, Level, drive, for_side},
    record::{Record, Recorder, verify},
    report,
    scenario::{Options, Scenario, Side},
};
use std::sync::Arc;

fn with(scenario: &Scenario, handicap: [i8; 2]) -> Arc<Scenario> {
    let options = Options {
        handicap,
        ..Options::default()
    };
    Arc::new(Scenario::load(scenario.texts(), scenario.path(), &options).expect("valid"))
}

/// A battalion of Japan beside one of China, who defends.
fn fight() -> Arc<Scenario> {
    Table::draw(&["....", "....", "...."])
        .unit(Side::Japan, "a", 900, (1, 1))
        .unit(Side::China, "b", 800, (2, 1))
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (3, 1))
        .build()
}

fn opened(handicap: [i8; 2]) -> Battle {
    Battle::new(with(&fight(), handicap), 5, Randomness::Expected)
}

fn factor(why: &Why) -> Option<f64> {
    let mut terms = why.terms.iter();
    terms.find(|(t, _)| *t == Term::Handicap).map(|t| t.1)
}

#[test]
fn it_is_a_named_factor_of_its_sides_power_in_forecast_and_fight_alike() {
    let preview = |handicap| {
        let b = opened(handicap);
        let truth = b.preview_true(&[id(&b, "a")], hex(&b, (2, 1)), 1);
        (b, truth.expect("a fight"))
    };
    let (_, plain) = preview([0, 0]);
    assert_eq!(
        (factor(&plain.attack), factor(&plain.defence)),
        (None, None)
    );
    for (handicap, attack, defence) in [([0, 20], 1.2, 1.0), ([-30, 0], 1.0, 0.7)] {
        let (mut b, shown) = preview(handicap);
        let ratio = |one: &Why, other: &Why| one.result / other.result;
        assert!((ratio(&shown.attack, &plain.attack) - attack).abs() < 1e-9);
        assert!((ratio(&shown.defence, &plain.defence) - defence).abs() < 1e-9);
        let named = |why: &Why| factor(why).unwrap_or(1.0);
        assert!((named(&shown.attack) - attack).abs() < 1e-9);
        assert!((named(&shown.defence) - defence).abs() < 1e-9);
        assert_eq!(Term::Handicap.label(), "handicap, set at the start");
        assert!(!Term::Handicap.source(b.scenario().rules()).is_empty());
        // The forecast from what the side may know names it too.
        let mut seen = opened(handicap);
        seen.end_turn();
        let known = seen
            .view(Side::Japan)
            .preview(&[id(&seen, "a")], hex(&seen, (2, 1)), 1)
            .expect("he is seen");
        assert!((named(&known.attack) - attack).abs() < 1e-9);
        assert!((named(&known.defence) - defence).abs() < 1e-9);
        // And so does the fight, which the first hour of the forecast is.
        let target = hex(&b, (2, 1));
        tell(&mut b, "a", Task::Assault { target });
        b.end_turn();
        let fought = b.events().iter().find_map(|l| match &l.event {
            Event::Fought {
                assault: true,
                attacker_why,
                defender_why,
                hold: Some(hold),
                ..
            } => Some([attacker_why, defender_why, hold].map(|why| (**why).clone())),
            _ => None,
        });
        let [attacker, defender, hold] = fought.expect("a fight");
        // The card of the fight names it where it counts: in the enemy's fire, and in the odds.
        assert!(factor(&attacker).is_some() == (defence != 1.0));
        assert!(factor(&defender).is_some() == (attack != 1.0));
        assert!(factor(&hold).is_some_and(|log_odds| log_odds > 0.0));
        let shown = [&shown.attacker_loss, &shown.defender_loss].map(factor);
        assert_eq!([&attacker, &defender].map(factor), shown);
    }
}

#[test]
fn it_changes_the_odds_in_favour_of_its_side() {
    let chance = |handicap| {
        let mut b = opened(handicap);
        b.end_turn();
        let odds = b.view(Side::Japan).odds(&[id(&b, "a")], hex(&b, (2, 1)));
        odds.expect("he is seen")
    };
    let at = |percent| chance([0, percent]);
    assert!(at(-50) < at(0) && at(0) < at(20) && at(20) < at(50));
    assert!(chance([20, 0]) < chance([0, 0]) && chance([-20, 0]) > chance([0, 0]));
}

fn fought(scenario: &Arc<Scenario>, turns: u32) -> Record {
    let mut b = Battle::new(Arc::clone(scenario), 3, Randomness::Sampled);
    let mut pair =
        Side::ALL.map(|side| -> Box<dyn Commander> { for_side(scenario, side, Level::Regular) });
    let mut recorder = Recorder::new(&b, report::switches(scenario));
    for _ in 0..turns {
        for side in Side::ALL {
            let commander = &mut pair[side.index()];
            b.planned(side, |view| commander.orders(view));
        }
        recorder.end_turn(&mut b);
    }
    recorder.into_record()
}

#[test]
fn it_is_kept_in_the_record_and_a_replay_fights_with_it() {
    let lesson = shelved("crossroads");
    let record = fought(&with(&lesson, [20, -10]), 8);
    assert_eq!(record.header.handicap, [20, -10]);
    assert_eq!(
        record.header.notes,
        [
            "a handicap: the Chinese side fights with 120 % of its power",
            "a handicap: the Japanese side fights with 90 % of its power",
        ]
    );
    let text = record.write().expect("it can be written");
    let read = Record::read(&text).expect("it can be read");
    assert_eq!(read, record);
    assert!(verify(read.clone()).is_ok());
    // Without it the same orders bring another battle.
    let mut without = read;
    without.header.handicap = [0, 0];
    assert!(verify(without).is_err());
}

#[test]
fn without_one_nothing_changes_and_records_do_not_speak_of_it() {
    let lesson = shelved("crossroads");
    let plain = fought(&lesson, 8);
    let none = fought(&with(&lesson, [0, 0]), 8);
    assert_eq!(plain.digest(), none.digest());
    let text = none.write().expect("it can be written");
    assert!(!text.contains("handicap"));
    assert_eq!(
        Record::read(&text)
            .expect("as older ones are")
            .header
            .handicap,
        [0, 0]
    );
    assert!(report::switches(&lesson).is_empty());
    // It is no level's help: nobody has one unless it is asked for.
    let mut b = Battle::new(Arc::clone(&lesson), 1, Randomness::Sampled);
    let mut pair =
        Side::ALL.map(|side| -> Box<dyn Commander> { for_side(&lesson, side, Level::Veteran) });
    drive(&mut b, &mut pair);
    assert_eq!(Side::ALL.map(|s| b.scenario().handicap(s)), [0, 0]);
}

#[test]
fn only_steps_of_ten_per_cent_up_to_half_are_taken() {
    let lesson = shelved("crossroads");
    for wrong in [[60, 0], [0, -60], [5, 0], [0, i8::MIN], [i8::MAX, 0]] {
        let options = Options {
            handicap: wrong,
            ..Options::default()
        };
        let problems =
            Scenario::load(lesson.texts(), lesson.path(), &options).expect_err("not a handicap");
        assert_eq!(problems.len(), 1, "{problems:?}");
        let told = problems[0].to_string();
        assert!(
            told.contains("a handicap of") && told.contains("-50 to 50 in steps of 10"),
            "{told}"
        );
    }
}
