//! The political frame of the historical battle: complete, sourced, sober, and open where somebody
//! decided. That no event sets a result follows from the list of actions, which has none that could.

use crate::support::shelved;
use nanking::{
    battle::{Battle, CommandEvent, End, Event, Motion, Order, Randomness},
    commander::{Commander, General},
    report::{self, Word},
    scenario::{
        Side,
        events::{Act, Action, DecisionId},
    },
};

fn campaign(seed: u64) -> Battle {
    Battle::new(shelved("nanking_1937"), seed, Randomness::Sampled)
}

/// Plays a turn by the computer, but for one decision that is answered otherwise.
fn turn(battle: &mut Battle, decision: &str, option: &str) {
    for side in Side::ALL {
        let mut orders = General::default().orders(&battle.view(side));
        let events = battle.scenario().events().clone();
        for order in &mut orders {
            if let Order::Decide {
                decision: id,
                option: taken,
            } = order
            {
                let known = events.decision(*id);
                if known.id == decision {
                    let wanted = known.options.iter().position(|o| o.id == option);
                    *taken = wanted.expect("an option") as u16;
                }
            }
        }
        assert!(battle.orders(side, &orders).is_empty());
    }
    battle.end_turn();
}

fn decision(battle: &Battle, id: &str) -> DecisionId {
    let all = &battle.scenario().events().decisions;
    DecisionId(all.iter().position(|d| d.id == id).expect("a decision") as u16)
}

/// Every text of the scenario's events that a player can meet.
fn texts() -> Vec<String> {
    let scenario = shelved("nanking_1937");
    let events = scenario.events();
    let mut texts = Vec::new();
    for event in &events.list {
        texts.push(event.title.clone());
        texts.push(event.narration.clone());
        texts.extend(
            event
                .then
                .iter()
                .map(|a| report::sentence::acted(&scenario, a)),
        );
    }
    for decision in &events.decisions {
        texts.push(decision.question.clone());
        for option in &decision.options {
            texts.push(option.text.clone());
            texts.extend(
                option
                    .then
                    .iter()
                    .map(|a| report::sentence::acted(&scenario, a)),
            );
        }
    }
    texts.extend(scenario.file().afterwards.iter().map(|d| d.text.clone()));
    texts
}

#[test]
fn the_frame_is_there() {
    let scenario = shelved("nanking_1937");
    let events = scenario.events();
    for id in [
        "background",
        "chiang_visits",
        "chiang_flies_out",
        "mayor_leaves",
        "scorched_earth",
        "safety_zone_order",
        "leaflets",
        "nobody_comes",
        "general_attack",
        "proclamation",
        "chiang_orders",
        "truce_considered",
        "breakout_order",
        "ladybird",
        "panay",
        "durdin_invincible",
        "boats",
        "two_voices",
        "tang_crosses",
        "truce_reaches_matsui",
        "dark_city",
        "zijinshan_burns",
        "city_lost",
    ] {
        let known = events.list.iter().find(|e| e.id == id);
        assert!(
            known.is_some_and(|e| e.enabled && !e.source.is_empty()),
            "{id}"
        );
    }
    let days: Vec<&str> = scenario
        .file()
        .afterwards
        .iter()
        .map(|d| d.date.as_str())
        .collect();
    assert!(days.contains(&"26 January 1938") && days.last() == Some(&"25 February 1938"));
}

#[test]
fn whoever_decides_can_decide_otherwise_and_nobody_by_default_ends_the_battle() {
    let scenario = shelved("nanking_1937");
    for decision in &scenario.events().decisions {
        assert!(decision.options.len() >= 2, "{}", decision.id);
        for (i, option) in decision.options.iter().enumerate() {
            let weight = option.weight.under(scenario.doctrine(decision.side));
            assert!(
                weight > 0.0,
                "{}: {} is never taken",
                decision.id,
                option.id
            );
            let ends = |a: &Act| matches!(a, Action::EndBattle { .. });
            let default = i == usize::from(decision.otherwise);
            assert!(
                !(default && option.then.iter().any(ends)),
                "{}",
                decision.id
            );
        }
    }
}

#[test]
fn a_summons_accepted_ends_the_battle_at_once_and_what_would_have_followed_is_unknown() {
    // The article: Tang Shengzhi had no intention of responding.
    let mut b = campaign(1);
    while b.end().is_none() && b.turn().0 < 40 {
        turn(&mut b, "summons_answer", "accept");
    }
    assert!(matches!(b.end(), Some(End::Happening(_))), "{:?}", b.end());
    let text = report::ending(b.scenario(), b.end());
    assert!(
        text.ends_with("What would have followed is unknown."),
        "{text}"
    );
    assert!(b.city_lost().is_none());
    // Nor is it measured against days that were not fought.
    for c in report::compare(b.scenario(), &b) {
        let measured = [Word::Fewer, Word::Less, Word::NotByTheEnd].contains(&c.word);
        assert!(!measured, "{}: {:?}", c.figure.id, c.word);
    }
    let outcome = report::outcome(&b).expect("a battle for the city");
    let words = outcome.city.iter().map(|line| line.word);
    assert!(words.eq([Some(Word::Unfinished); 2]));
}

#[test]
fn in_silence_the_gate_stays_shut_and_the_order_to_break_out_comes_in_the_end() {
    let mut b = campaign(1);
    while b.end().is_none() {
        turn(&mut b, "summons_answer", "silence");
    }
    let happened: Vec<&str> = b
        .events()
        .iter()
        .filter_map(|l| match &l.event {
            Event::Happened { event, .. } => {
                Some(b.scenario().events().happening(*event).id.as_str())
            }
            _ => None,
        })
        .collect();
    for id in [
        "nobody_comes",
        "general_attack",
        "chiang_orders",
        "city_lost",
    ] {
        assert!(happened.contains(&id), "{id}: {happened:?}");
    }
    let abandon = b.course().motions[usize::from(decision(&b, "abandon").0)];
    assert!(matches!(abandon, Motion::Taken { .. }));
}

#[test]
fn a_city_given_up_on_the_eleventh_is_left_by_directive() {
    // The article: an orderly withdrawal may have been possible on 11 December (Kasahara).
    let mut b = campaign(1);
    while b.end().is_none() && b.turn().0 < 42 {
        turn(&mut b, "abandon", "withdraw");
    }
    let withdraws = |act: &Act| {
        matches!(
            act,
            Action::Directive {
                kind: nanking::scenario::events::Intent::Withdraw,
                ..
            }
        )
    };
    let given = b.events().iter().any(|l| match &l.event {
        Event::Acted { act, .. } => withdraws(act),
        _ => false,
    });
    assert!(given);
}

#[test]
fn what_chiang_and_tang_say_on_the_same_evening_divides_the_divisions() {
    // The article: both would at times give contradictory instructions to their subordinates on
    // whether their mission was to defend Nanking to the death or merely delay the Japanese advance.
    let kept: Vec<bool> = (1..=6)
        .flat_map(|seed| {
            let mut b = campaign(seed);
            while b.end().is_none() && b.turn().0 < 43 {
                turn(&mut b, "abandon", "prepare");
            }
            let told = b.events().iter().filter_map(|l| match &l.event {
                Event::Command(e) => match &**e {
                    CommandEvent::DirectivesContradict { keeps_older, .. } => Some(*keeps_older),
                    _ => None,
                },
                _ => None,
            });
            told.collect::<Vec<_>>()
        })
        .collect();
    assert!(kept.contains(&true) && kept.contains(&false), "{kept:?}");
}

#[test]
fn boats_that_are_kept_lie_at_xiaguan() {
    // The article: there were hardly any boats remaining in the harbor.
    let boats = |option: &str| -> u32 {
        let mut b = campaign(1);
        while b.turn().0 < 30 {
            turn(&mut b, "boats", option);
        }
        let crossings = b.scenario().crossings().to_vec();
        let place = b.scenario().map().place("xiaguan").expect("a place");
        let at = crossings.iter().position(|c| c.place == place);
        let at = at.expect("boats put off there") as u16;
        let berths = b.berths().iter().filter(|berth| berth.crossing == at);
        berths.map(|berth| berth.boats).sum()
    };
    assert_eq!((boats("away"), boats("keep")), (123, 1013));
}

#[test]
fn no_text_makes_light_of_it_and_estimates_of_victims_stand_together_or_not_at_all() {
    let estimates = ["200,000", "300,000", "40,000"];
    for text in texts() {
        let lower = text.to_lowercase();
        for word in [
            "glor",
            "hero",
            "victory!",
            "slaughter",
            "horde",
            "savage",
            "fanatic",
            "liberat",
            "so-called",
            "incident of nanking",
            "rape of",
        ] {
            assert!(!lower.contains(word), "`{word}`: {text}");
        }
        let given = estimates.iter().filter(|n| text.contains(**n)).count();
        assert_eq!(given, 0, "the four estimates stand in the epilogue: {text}");
    }
    let scenario = shelved("nanking_1937");
    let epilogue = report::epilogue::epilogue(&scenario).expect("it has one");
    for estimate in [
        "over 200,000",
        "over 300,000",
        "100,000 to 200,000",
        "about 40,000",
    ] {
        assert!(epilogue.contains(estimate), "{estimate}");
    }
    assert!(
        epilogue
            .contains("The number of the victims is debated; that the massacre happened is not.")
    );
    assert!(
        epilogue.trim_end().ends_with("are lifted. (article)"),
        "{epilogue}"
    );
}
