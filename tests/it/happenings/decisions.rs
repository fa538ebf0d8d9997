//! Decisions: put to a command, answered by an order, by the computer, or by nobody.

use super::{event, plain};
use nanking::{
    battle::{Battle, Event, Motion, Order, Refusal},
    commander::{Commander, General},
    scenario::{Side, events::DecisionId},
};

const ASK: &str = r#"Decision((
    id: "terms", side: China, question: "Shall the terms be taken?", deadline: 8, otherwise: "no",
    options: [
        (id: "yes", text: "They are taken.", weight: (base: WEIGHT), then: [SetFlag("taken")],
         source: "invented", confidence: Low),
        (id: "no", text: "They are not taken.", weight: (base: 1.0), then: [SetFlag("refused")],
         source: "invented", confidence: Low),
    ],
    source: "invented", confidence: Low,
))"#;

fn battle(weight: &str, seed: u64) -> Battle {
    let ask = ASK.replace("WEIGHT", weight);
    plain(vec![event("summons", r#"At("1937-12-05T10:00")"#, &[&ask])]).battle(seed)
}

fn flag(battle: &Battle, name: &str) -> bool {
    let events = battle.scenario().events();
    let at = events.flags.iter().position(|f| f == name).expect("a flag");
    battle.course().flags[at]
}

const TERMS: DecisionId = DecisionId(0);

fn answer(option: u16) -> Order {
    Order::Decide {
        decision: TERMS,
        option,
    }
}

#[test]
fn a_decision_is_open_to_its_side_alone_and_takes_effect_when_answered() {
    let mut b = battle("1.0", 1);
    assert_eq!(b.order(Side::China, answer(0)), Err(Refusal::NotAsked));
    b.end_turn();
    assert!(matches!(b.course().motions[0], Motion::Open { .. }));
    assert_eq!(b.view(Side::China).open_decisions().count(), 1);
    assert_eq!(b.view(Side::Japan).open_decisions().count(), 0);
    assert_eq!(b.order(Side::Japan, answer(0)), Err(Refusal::NotYours));
    assert_eq!(b.order(Side::China, answer(7)), Err(Refusal::Unknown));
    b.order(Side::China, answer(0)).expect("legal");
    assert!(!flag(&b, "taken"));
    b.end_turn();
    assert!(flag(&b, "taken") && !flag(&b, "refused"));
    assert_eq!(b.order(Side::China, answer(1)), Err(Refusal::NotAsked));
}

#[test]
fn without_an_answer_the_option_named_for_that_is_taken_at_the_deadline() {
    let mut b = battle("1.0", 1);
    for _ in 0..3 {
        b.end_turn();
    }
    assert!(flag(&b, "refused"));
    let lapsed = b.events().iter().find_map(|l| match l.event {
        Event::Decided { lapsed, option, .. } => Some((l.hour.0, lapsed, option)),
        _ => None,
    });
    assert_eq!(lapsed, Some((9, true, 1)));
}

#[test]
fn the_computer_decides_by_weights_and_keyed_dice() {
    let decides = |weight: &str, seed: u64| {
        let mut b = battle(weight, seed);
        b.end_turn();
        let orders = General::default().orders(&b.view(Side::China));
        let answers: Vec<u16> = orders
            .iter()
            .filter_map(|o| match o {
                Order::Decide { option, .. } => Some(*option),
                _ => None,
            })
            .collect();
        assert_eq!(answers.len(), 1);
        answers[0]
    };
    assert!((0..10).all(|seed| decides("0.0", seed) == 1));
    let even: Vec<u16> = (0..20).map(|seed| decides("1.0", seed)).collect();
    assert!(even.contains(&0) && even.contains(&1));
    assert_eq!(
        even,
        (0..20).map(|seed| decides("1.0", seed)).collect::<Vec<_>>()
    );
}
