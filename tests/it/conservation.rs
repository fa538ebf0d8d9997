//! Men are conserved and nobody stands where he cannot, whatever legal orders are given (model §2).

use crate::retelling::{Choices, Retelling, battle, play_turn, random_orders};
use nanking::{
    battle::{Battle, Bin, Event, Phase, ground::stack_limit},
    scenario::{Hex, Side, UnitId, map::Mover},
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const TURNS: u32 = 12;

/// Follows the events of a turn one by one.
pub fn follow(told: &mut Retelling, battle: &Battle, from: nanking::battle::EventId) {
    let scenario = battle.scenario();
    let limit = i64::from(stack_limit(scenario));
    let totals: Vec<i64> = scenario.units().iter().map(|u| i64::from(u.men)).collect();
    for logged in battle.events_since(from) {
        told.hear(logged);
        if let Event::Men { unit, .. } = &logged.event {
            let unit = unit.0 as usize;
            assert_eq!(
                told.men[unit].iter().sum::<i64>(),
                totals[unit],
                "{logged:?}"
            );
        }
        if let Event::Moved { unit, to, .. } = &logged.event {
            let there: Vec<usize> = (0..totals.len())
                .filter(|u| told.positions[*u] == Some(*to))
                .collect();
            let side = |u: &usize| scenario.units()[*u].side;
            // Steps of a retreat through a hex are told one by one; where it ends is checked at
            // the end of the turn.
            if logged.phase == Phase::Movement {
                let men: i64 = there.iter().map(|u| told.present(*u)).sum();
                assert!(
                    there.len() == 1 || men <= limit,
                    "{men} men in {to:?}: {logged:?}"
                );
                assert!(there.iter().all(|u| side(u) == scenario.unit(*unit).side));
            }
        }
    }
}

/// What must hold between any two turns.
pub fn sound(battle: &Battle) {
    let scenario = battle.scenario();
    let limit = stack_limit(scenario);
    let mut stacks: BTreeMap<Hex, (Side, u32, u32)> = BTreeMap::new();
    let mut crowds: BTreeMap<UnitId, u32> = BTreeMap::new();
    for crowd in battle.crowds() {
        assert!(!scenario.map().at(crowd.at).safety_zone, "{crowd:?}");
        for (unit, men) in &crowd.men {
            assert_eq!(scenario.unit(*unit).side, crowd.side);
            *crowds.entry(*unit).or_default() += men;
        }
    }
    for (i, unit) in scenario.units().iter().enumerate() {
        let id = UnitId(i as u32);
        let waiting = crowds.get(&id).copied().unwrap_or(0);
        let state = battle.unit(id).expect("a unit never goes away");
        assert_eq!(state.strength.men(Bin::Crowd), waiting, "{}", unit.text_id);
        let state = battle.unit(id).expect("a unit never goes away");
        assert_eq!(state.strength.total(), unit.men, "{}", unit.text_id);
        let c = &state.condition;
        for (name, x) in [
            ("cohesion", c.cohesion),
            ("fatigue", c.fatigue),
            ("supply", c.supply),
            ("ammunition", c.ammunition),
            ("suppression", c.suppression),
        ] {
            assert!((0.0..=1.0).contains(&x), "{} {name} {x}", unit.text_id);
        }
        assert!(c.rounds.is_finite() && c.rounds >= 0.0);
        assert!(state.position.progress.is_finite() && state.position.progress >= 0.0);
        let Some(hex) = state.position.hex else {
            assert_eq!(state.strength.present(), 0, "{} is nowhere", unit.text_id);
            continue;
        };
        assert!(state.strength.present() > 0, "{} is a ghost", unit.text_id);
        let passage = scenario.passage();
        assert!(
            passage.can_stand(Mover::of(unit.branch), hex),
            "{} stands on impassable ground",
            unit.text_id
        );
        assert!(!scenario.map().at(hex).safety_zone, "{}", unit.text_id);
        let stack = stacks.entry(hex).or_insert((unit.side, 0, 0));
        assert_eq!(stack.0, unit.side, "both sides in {hex:?}");
        stack.1 += state.strength.present();
        stack.2 += 1;
    }
    for (hex, (side, men, units)) in &stacks {
        assert!(*units == 1 || *men <= limit, "{men} men in {hex:?}");
        assert_eq!(battle.control()[hex.index()], Some(*side), "{hex:?}");
    }
    for (hex, ground) in scenario.map().ground.iter().enumerate() {
        assert!(!ground.safety_zone || battle.control()[hex].is_none());
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 48,
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(1937),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_ordered_men_are_neither_made_nor_lost(seed: u64, chosen: u64) {
        let mut battle = battle(seed);
        let mut choices = Choices(chosen);
        let mut told = Retelling::of(&battle);
        sound(&battle);
        for _ in 0..TURNS {
            let from = battle.next_event();
            play_turn(&mut battle, &mut choices);
            follow(&mut told, &battle, from);
            sound(&battle);
        }
    }
}

#[test]
fn the_random_battles_are_eventful_enough_to_prove_something() {
    let mut kinds = BTreeMap::new();
    for seed in 0..80 {
        let mut battle = battle(seed);
        let mut choices = Choices(seed);
        for _ in 0..TURNS {
            play_turn(&mut battle, &mut choices);
        }
        for logged in battle.events() {
            let name = match &logged.event {
                Event::Fought { assault: true, .. } => "assault",
                Event::Yielded { cut_off: true, .. } => "cut off",
                Event::Yielded { routed: true, .. } => "rout",
                Event::Yielded { .. } => "orderly",
                Event::HexTaken {
                    by_assault: true, ..
                } => "stormed",
                Event::Shelled { .. } => "shelled",
                Event::Arrived { .. } => "arrived",
                Event::BrokeOff { .. } => "broke off",
                Event::Place { .. } => "place",
                Event::SupplyLine { .. } => "line",
                Event::Blocked { .. } => "blocked",
                Event::Left { .. } => "left",
                Event::CityLost { .. } => "city lost",
                Event::Kindled { .. } => "fire",
                Event::BurntOut { .. } => "burnt out",
                Event::Razed { .. } => "razed",
                Event::Raided { .. } => "raid",
                Event::Drafted { .. } => "drafted",
                Event::CrowdFormed(..) => "crowd formed",
                Event::CrowdMoved(..) => "crowd moved",
                Event::CrowdCounted(..) => "crowd counted",
                Event::Crossed(..) => "boats",
                Event::Swam(..) => "in the water",
                _ => continue,
            };
            *kinds.entry(name).or_insert(0) += 1;
        }
    }
    for name in [
        "assault",
        "cut off",
        "rout",
        "orderly",
        "stormed",
        "shelled",
        "arrived",
        "broke off",
        "place",
        "line",
        "blocked",
        "left",
        "city lost",
        "fire",
        "burnt out",
        "razed",
        "raid",
        "drafted",
        "crowd formed",
        "crowd moved",
        "crowd counted",
        "boats",
        "in the water",
    ] {
        assert!(kinds.contains_key(name), "no {name} in {kinds:?}");
    }
    let side = Side::Japan;
    assert!(random_orders(&battle(1), side, &mut Choices(1)).len() > 1);
}
