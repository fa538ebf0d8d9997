//! The law of the log: from the opening state and the events alone one can rebuild every position,
//! strength and controller (architecture §2.8). And no roll decides two things.

use crate::retelling::{Choices, Retelling, battle, play_turn};
use nanking::battle::{Event, Why, WhyKind};
use std::collections::BTreeSet;

#[test]
fn the_events_alone_tell_every_position_strength_and_controller() {
    for seed in 0..60 {
        let mut battle = battle(seed);
        let mut choices = Choices(seed ^ 0xabcd);
        let mut told = Retelling::of(&battle);
        for _ in 0..15 {
            let from = battle.next_event();
            play_turn(&mut battle, &mut choices);
            battle.events_since(from).iter().for_each(|e| told.hear(e));
            told.agrees_with(&battle);
        }
    }
}

#[test]
fn events_are_numbered_without_gaps_in_order_of_time() {
    let mut battle = battle(5);
    let mut choices = Choices(5);
    for _ in 0..6 {
        play_turn(&mut battle, &mut choices);
    }
    let log = battle.events();
    assert!(log.iter().enumerate().all(|(i, l)| l.id.0 as usize == i));
    assert!(log.windows(2).all(|w| w[0].hour <= w[1].hour));
    let hour = log.iter().map(|l| l.hour.0 / 4 + 1);
    let mut turn = 0;
    for (logged, in_turn) in log.iter().zip(hour) {
        if let Event::TurnBegan { turn: t, .. } = &logged.event {
            turn = t.0;
        }
        assert_eq!(turn, in_turn, "{logged:?}");
    }
}

#[test]
fn no_roll_decides_two_things() {
    let mut checked = 0;
    for seed in 0..30 {
        let mut battle = battle(seed);
        let mut choices = Choices(seed);
        for _ in 0..10 {
            let from = battle.next_event();
            play_turn(&mut battle, &mut choices);
            let mut used = BTreeSet::new();
            for logged in battle.events_since(from) {
                let why: Option<&Why> = match &logged.event {
                    Event::Fought { hold, .. } => hold.as_deref(),
                    Event::Shelled { why, .. } => Some(why),
                    Event::Kindled { why, .. } => Some(why),
                    Event::Breached { why, .. }
                    | Event::WallDamaged { why, .. }
                    | Event::PartySent { why, .. } => Some(why),
                    _ => None,
                };
                let Some(why) = why else { continue };
                let key = why.key.expect("a roll has a name");
                assert!(used.insert((key.purpose, key.unit, key.salt)), "{logged:?}");
                checked += u32::from(why.kind == WhyKind::Yield);
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn a_why_adds_up() {
    let mut battle = battle(3);
    let mut choices = Choices(3);
    for _ in 0..10 {
        play_turn(&mut battle, &mut choices);
    }
    let mut whys: Vec<Why> = Vec::new();
    for logged in battle.events() {
        match &logged.event {
            Event::Fought {
                attacker_why,
                defender_why,
                hold,
                ..
            } => {
                whys.extend([*attacker_why.clone(), *defender_why.clone()]);
                whys.extend(hold.as_deref().cloned());
            }
            Event::Shelled { why, .. } => whys.push(why.clone()),
            Event::Kindled { why, .. } => whys.push(*why.clone()),
            Event::Breached { why, .. }
            | Event::WallDamaged { why, .. }
            | Event::PartySent { why, .. } => whys.push(*why.clone()),
            _ => {}
        }
    }
    assert!(whys.len() > 50);
    for why in whys {
        let told = why.terms.iter().map(|(_, x)| *x);
        let result = match why.kind {
            kind if kind.is_sum() => why.base + told.sum::<f64>(),
            _ => why.base * told.product::<f64>(),
        };
        assert!(
            (result - why.result).abs() <= 1e-9 * why.result.abs().max(1.0),
            "{why:?}"
        );
        if let (Some(p), Some(roll)) = (why.probability, why.roll) {
            assert!((0.0..=1.0).contains(&p) && (0.0..1.0).contains(&roll));
        }
    }
}
