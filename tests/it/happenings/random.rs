//! Random events on a small battle and on the historical one: men are conserved step by step, all is
//! told in the log, a replay and a snapshot give the same digest.

use super::{event, ron};
use crate::{
    conservation::{follow, sound},
    games::Draft,
    retelling::Retelling,
    support::Table,
};
use nanking::{
    battle::{Battle, Randomness},
    commander::{Commander, General, RandomLegal, drive},
    record::{Recorder, verify},
    scenario::{
        Side,
        events::{
            Action, Condition, Written,
            file::EventFile,
            reference::{ACTIONS, CONDITIONS, WHOLE},
        },
        map::file::Zone,
    },
};
use proptest::prelude::*;
use std::sync::Arc;

const WHEN: [&str; 16] = [
    "Turn(from: 1, until: 3)",
    r#"After("1937-12-05T15:00")"#,
    "HourOfDay(from: 18, until: 7)",
    r#"Held(place: "town", by: Japan)"#,
    r#"Captured(place: "town", by: Japan)"#,
    r#"Contested(place: "town", by: Japan)"#,
    "Strength(of: Side(China), men: AtMost(1500))",
    r#"ShareLeft(of: Unit("c1"), share: AtMost(0.9))"#,
    "Losses(of: Side(Japan), men: AtLeast(20))",
    r#"Cohesion(of: Formation("china"), mean: AtMost(0.8))"#,
    "Supply(of: Side(Japan), mean: AtMost(0.9))",
    "CutOff(of: Side(China), share: AtLeast(0.1))",
    r#"Near(of: Side(Japan), place: "town", km: 2)"#,
    "Light(Night)",
    "Chance(0.2)",
    r#"OrderReceived(formation: "japan", task: Seize)"#,
];

const THEN: [&str; 30] = [
    r#"Boats(at: "pier_0", kind: "junk", more: 40)"#,
    r#"Boats(at: "pier_0", kind: "junk", owner: Some("china"), more: -15)"#,
    "Crossings(side: China, open: false)",
    "Directive(to: Side(China), kind: BreakOut, notice: 2)",
    "Directive(to: Formation(\"japan\"), kind: HoldToTheDeath, by: Above)",
    "HeadquartersLeaves(\"china\")",
    "HeadquartersMoves(formation: \"japan\", to: \"town\")",
    "News(side: China, from: \"town\")",
    "Doctrine(of: Side(China), set: (hold_to_death: Some(1.0)))",
    r#"Doctrine(of: Formation("japan"), set: (aggression: Some(1.0)))"#,
    r#"Mission(formation: "china", task: Withdraw, place: "east")"#,
    r#"Mission(formation: "japan", task: Seize, place: "town")"#,
    r#"Order(unit: "c2", task: March("town"))"#,
    r#"Order(unit: "j1", task: Assault("town"))"#,
    r#"Order(unit: "gun", task: Bombard("town"))"#,
    r#"Arrival(unit: "late", when: Now)"#,
    r#"Arrival(unit: "late", when: Never)"#,
    r#"Departure(unit: "c2", towards: "east")"#,
    r#"Leader(formation: "china", name: "Another")"#,
    "NoFireZones(side: Japan, kept: true)",
    r#"Barricade("west_gate")"#,
    r#"OpenGate("west_gate")"#,
    "ScorchedEarth(side: China, on: true)",
    r#"Mines(place: "road", of: China)"#,
    r#"Lanes(of: China, near: "road", km: 5)"#,
    r#"Fire("town")"#,
    r#"AirGroup(group: "wing", sorties_per_day: 30)"#,
    r#"Rate(rule: "morale.rest", value: 0.0)"#,
    r#"SetFlag("f")"#,
    r#"EndBattle(text: "It ends.")"#,
];

/// The skirmish about a walled town.
fn skirmish(events: Vec<EventFile>) -> Table {
    let mut t = Table::draw(&[
        "............",
        "............",
        ".....cc.....",
        "....cccc....",
        "....cccc....",
        "............",
        "............",
    ])
    .wall((4, 2), (8, 4))
    .gate("west_gate", (4, 3), (3, 3))
    .place("town", (5, 3))
    .place("road", (3, 1))
    .place("east", (10, 3))
    .zone(Zone::Exit, &[(11, 3), (11, 2)])
    .unit(Side::China, "c1", 900, (5, 3))
    .unit(Side::China, "c2", 700, (9, 3))
    .unit(Side::Japan, "j1", 900, (2, 3))
    .unit(Side::Japan, "j2", 900, (2, 2))
    .battery(Side::Japan, "gun", (1, 3))
    .unit_with(Side::Japan, "late", 400, (0, 3), |u| {
        u.start = nanking::scenario::file::StartFile::Arrives {
            place: "at_late".into(),
            at: "1937-12-06T01:00".into(),
            between: None,
        };
    })
    .crossing(
        Side::China,
        (10, 5),
        (10, 6),
        &[("junk", 10, None), ("junk", 20, Some("china"))],
    )
    .air(Side::Japan, "wing", 6.0)
    .depot(Side::Japan, (0, 2))
    .depot(Side::China, (10, 2));
    t.scenario.events = events;
    t
}

fn choose(row: &(Vec<usize>, Vec<usize>, u32, bool, u32), nth: usize) -> EventFile {
    let (when, then, chance, once, delay) = row;
    let list: Vec<Condition<Written>> = when.iter().map(|i| ron(WHEN[*i])).collect();
    let acts: Vec<Action<Written>> = then.iter().map(|i| ron(THEN[*i])).collect();
    EventFile {
        when: Condition::Any(list),
        then: acts,
        chance: f64::from(*chance) / 10.0,
        once: *once,
        delay: *delay,
        ..event(&format!("e{nth}"), "Fog", &[])
    }
}

fn rows() -> impl Strategy<Value = Vec<(Vec<usize>, Vec<usize>, u32, bool, u32)>> {
    let row = (
        prop::collection::vec(0..WHEN.len(), 1..3),
        prop::collection::vec(0..THEN.len(), 1..4),
        1..=10u32,
        any::<bool>(),
        0..6u32,
    );
    prop::collection::vec(row, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1937),
        ..ProptestConfig::default()
    })]

    #[test]
    fn men_are_conserved_and_a_replay_is_the_same(rows in rows(), seed in 0..1000u64, wild: bool) {
        let events = rows.iter().enumerate().map(|(n, row)| choose(row, n)).collect();
        let scenario = skirmish(events).build();
        let mut battle = Battle::new(Arc::clone(&scenario), seed, Randomness::Sampled);
        let mut told = Retelling::of(&battle);
        let before = Side::ALL.map(|side| battle.men(side).total());
        let mut commanders: [Box<dyn Commander>; 2] = if wild {
            [Box::new(RandomLegal), Box::new(RandomLegal)]
        } else {
            [Box::new(General::default()), Box::new(General::default())]
        };
        let mut recorder = Recorder::new(&battle, Vec::new());
        for _ in 0..8 {
            let from = battle.next_event();
            for side in Side::ALL {
                let commander = &mut commanders[side.index()];
                let refused = battle.planned(side, |view| commander.orders(view));
                prop_assert!(refused.is_empty());
            }
            recorder.end_turn(&mut battle);
            prop_assert_eq!(before, Side::ALL.map(|side| battle.men(side).total()));
            follow(&mut told, &battle, from);
            sound(&battle);
            told.agrees_with(&battle);
            let copy = Battle::restore(Arc::clone(&scenario), battle.snapshot());
            prop_assert_eq!(copy.digest(), battle.digest());
        }
        let text = recorder.into_record().write().expect("a record");
        let record = nanking::record::Record::read(&text).expect("reads");
        prop_assert!(verify(record).is_ok());
    }
}

/// The historical battle with events drawn from the examples of the reference.
fn campaign(rows: &[(Vec<usize>, Vec<usize>, u32)]) -> Draft {
    // Not those that end the battle, or ask what is asked already.
    let actions: Vec<&str> = ACTIONS
        .iter()
        .filter(|e| !["Decision", "EndBattle"].contains(&e.name()))
        .map(|e| e.example)
        .collect();
    let mut events = vec![
        ron::<EventFile>(WHOLE),
        event("silence", "Fog", &[r#"SetFlag("radio_is_silent")"#]),
    ];
    for (nth, (when, then, chance)) in rows.iter().enumerate() {
        let mut list: Vec<Condition<Written>> = vec![ron("Chance(0.02)")];
        list.extend(
            when.iter()
                .map(|i| ron(CONDITIONS[i % CONDITIONS.len()].example)),
        );
        let acts: Vec<&str> = then.iter().map(|i| actions[i % actions.len()]).collect();
        events.push(EventFile {
            when: Condition::Any(list),
            chance: f64::from(*chance) / 10.0,
            once: chance % 2 == 0,
            ..event(&format!("e{nth}"), "Fog", &acts)
        });
    }
    Draft::of("nanking_1937").scenario(|file| file.events = events)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 8,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1937),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_in_the_historical_battle_no_man_is_made_or_lost(
        rows in prop::collection::vec(
            (
                prop::collection::vec(0..1000usize, 1..3),
                prop::collection::vec(0..1000usize, 1..4),
                1..=10u32,
            ),
            8..24,
        ),
        seed in 0..1000u64,
    ) {
        let mut battle = Battle::new(campaign(&rows).load(), seed, Randomness::Sampled);
        let mut told = Retelling::of(&battle);
        let before = Side::ALL.map(|side| battle.men(side).total());
        let mut commanders: [Box<dyn Commander>; 2] =
            [Box::new(General::default()), Box::new(General::default())];
        while battle.end().is_none() {
            let from = battle.next_event();
            let refused = drive(&mut battle, &mut commanders);
            prop_assert!(refused.is_empty(), "{refused:?}");
            follow(&mut told, &battle, from);
            sound(&battle);
            prop_assert_eq!(before, Side::ALL.map(|side| battle.men(side).total()));
        }
        told.agrees_with(&battle);
    }
}
