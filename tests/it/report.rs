//! Reports: every event has its sentence, tables add up, history is compared by the interval, and the
//! epilogue says what it must.

use nanking::{
    battle::{Battle, Bin, End, Event},
    cli::fight::{Fight, load},
    report::{
        self, MilestoneKind, Word, bulletin,
        chronicle::{Weight, chronicle},
        compare,
        epilogue::epilogue,
        milestones, place, sentence, sentence_seen_by,
    },
    scenario::{Confidence, Measure, Options, Quantity, Side, TurnNo},
};

fn fought(scenario: &str, turns: u32) -> Fight {
    let mut fight = Fight::new(
        load(scenario, &Options::default()).unwrap(),
        11,
        Default::default(),
    );
    while fight.battle().end().is_none() && fight.battle().turn().0 <= turns {
        fight.turn();
    }
    fight
}

/// Words that have no place in a report on this battle.
const UNFIT: [&str; 9] = [
    "victor",
    "defeat",
    "glor",
    "hero",
    "brave",
    "annihilat",
    "crush",
    "score",
    "points",
];

fn sentences(battle: &Battle) -> Vec<String> {
    battle
        .events()
        .iter()
        .map(|logged| sentence(battle.scenario(), &logged.event))
        .collect()
}

#[test]
fn every_event_has_a_sober_sentence() {
    let fight = fought("nanking_1937", 40);
    let sentences = sentences(fight.battle());
    assert!(sentences.len() > 1_000);
    for text in sentences {
        assert!(text.ends_with('.') && !text.contains("  "), "{text}");
        assert!(!text.contains('{') && !text.contains("Hex("), "{text}");
        for twice in [
            " at near",
            " on near",
            " of near",
            " to near",
            " from near",
            " at the at",
        ] {
            assert!(!text.contains(twice), "{text}");
        }
        let lower = text.to_lowercase();
        assert!(UNFIT.iter().all(|word| !lower.contains(word)), "{text}");
    }
}

#[test]
fn a_place_lends_its_bare_name_to_its_own_hexes_only() {
    let scenario = load("nanking_1937", &Options::default()).unwrap();
    let map = scenario.map();
    for hex in map.grid.hexes().step_by(7) {
        let name = place::called(map, hex);
        let own = map.places.iter().any(|p| p.hexes.contains(&hex));
        let bare = map.places.iter().any(|p| p.name == name);
        assert_eq!(own, bare, "{name}");
        let label = map.grid.label(hex);
        assert_eq!(!own, name.contains(&label), "{name}");
        if !own && name != label {
            assert!(name.starts_with("near "), "{name}");
            assert_eq!(place::placed(map, "at", hex), name);
        }
    }
    let jurong = map.places[map.place("jurong").unwrap()].centre;
    assert_eq!(place::placed(map, "at", jurong), "at Jurong");
}

#[test]
fn a_side_is_told_the_losses_of_the_other_as_estimates() {
    let fight = fought("nanking_1937", 6);
    let battle = fight.battle();
    let scenario = battle.scenario();
    let mut seen = 0;
    for logged in battle.events() {
        let Event::Fought {
            attacker,
            attacker_losses,
            defender_losses,
            ..
        } = &logged.event
        else {
            continue;
        };
        for own in Side::ALL {
            let text = sentence_seen_by(scenario, &logged.event, Some(own));
            let (mine, theirs) = if own == *attacker {
                (attacker_losses, defender_losses)
            } else {
                (defender_losses, attacker_losses)
            };
            let adjective = own.adjective();
            assert!(
                text.contains(&format!("{} {adjective}", report::grouped(*mine))),
                "{text}"
            );
            let estimate = report::estimate::estimate(*theirs);
            let other = own.enemy().adjective();
            assert!(text.contains(&format!("{estimate} {other}")), "{text}");
            seen += 1;
        }
    }
    assert!(seen > 0);
}

#[test]
fn bulletins_add_up_to_the_casualties_of_the_battle() {
    let fight = fought("crossroads", 100);
    let battle = fight.battle();
    let scenario = battle.scenario();
    let all = milestones(scenario, battle.events());
    let mut sum = [0; 2];
    for turn in 1..battle.turn().0 {
        let news = bulletin(scenario, TurnNo(turn), battle.events(), &all);
        assert_eq!(news.turn, TurnNo(turn));
        for side in Side::ALL {
            sum[side.index()] += news.casualties[side.index()];
        }
    }
    for side in Side::ALL {
        // The wounded who were captured later stay counted as wounded in a bulletin.
        let overrun: u32 = battle
            .events()
            .iter()
            .map(|l| match l.event {
                Event::Men {
                    unit,
                    from: Bin::Wounded,
                    men,
                    ..
                } if scenario.unit(unit).side == side => men,
                _ => 0,
            })
            .sum();
        assert!(sum[side.index()] > 0);
        assert_eq!(sum[side.index()], battle.men(side).casualties() + overrun);
    }
}

#[test]
fn the_last_capture_of_a_place_is_who_holds_it() {
    let fight = fought("nanking_1937", 50);
    let battle = fight.battle();
    let scenario = battle.scenario();
    let all = milestones(scenario, battle.events());
    assert!(all.is_sorted_by_key(|m| m.hour));
    let mut seen = 0;
    for (index, place) in scenario.map().places.iter().enumerate() {
        let last = all
            .iter()
            .rfind(|m| m.kind == MilestoneKind::Captured && m.place.id(scenario) == place.id);
        if let Some(last) = last {
            seen += 1;
            assert_eq!(
                battle.tenure(index).unwrap().holder,
                Some(last.by),
                "{}",
                place.id
            );
        }
    }
    assert!(seen > 10, "{seen} places changed hands");
}

#[test]
fn the_chronicle_leaves_out_what_matters_less() {
    let fight = fought("nanking_1937", 20);
    let battle = fight.battle();
    let told = |least| chronicle(battle.scenario(), battle.events(), least);
    let lengths = [
        Weight::Routine,
        Weight::Detail,
        Weight::Notable,
        Weight::Major,
    ]
    .map(|least| told(least).len());
    assert_eq!(lengths[0], battle.events().len());
    assert!(lengths.is_sorted_by(|a, b| a > b), "{lengths:?}");
    let major = told(Weight::Major);
    assert!(
        major
            .iter()
            .any(|l| l.contains("Jurong is in Japanese hands")),
        "{major:#?}"
    );
}

#[test]
fn the_table_of_men_has_each_side_and_every_bin() {
    let fight = fought("nanking_1937", 12);
    let battle = fight.battle();
    let table = report::tables::men(battle);
    for side in Side::ALL {
        let name = report::named(battle.scenario(), side);
        let row = table.lines().find(|l| l.contains(&name)).unwrap();
        let numbers: Vec<u32> = row[2 + name.len()..]
            .split_whitespace()
            .map(|n| n.replace(',', "").parse().unwrap())
            .collect();
        assert_eq!(numbers[0], numbers[1..].iter().sum::<u32>(), "{row}");
        assert_eq!(numbers[0], battle.men(side).total());
    }
    assert!(table.contains("88th Division") && table.contains("16th Division"));
    assert!(
        table.contains("Nobody: ") && table.contains("drowned"),
        "bins without men are named"
    );
    assert!(table.contains("None of these numbers contains victims of the Nanking Massacre"));
}

#[test]
fn history_is_compared_by_its_interval() {
    let fight = fought("nanking_1937", 100);
    let battle = fight.battle();
    assert!(battle.end().is_some());
    let comparisons = compare(battle.scenario(), battle);
    assert_eq!(comparisons.len(), battle.scenario().history().len());
    for c in &comparisons {
        let expected = match (c.simulated, c.figure.low, c.figure.high) {
            (None, ..) => Word::NotByTheEnd,
            (Some(Quantity::Time(t)), Quantity::Time(low), Quantity::Time(high)) => {
                match (t < low, t > high) {
                    (true, _) => Word::Earlier,
                    (_, true) => Word::Later,
                    _ => Word::AsInHistory,
                }
            }
            (Some(Quantity::Number(n)), Quantity::Number(low), Quantity::Number(high)) => {
                let amount = matches!(
                    c.figure.measure,
                    Measure::ShareLost { .. }
                        | Measure::ShareEscaped { .. }
                        | Measure::WithoutBreakoutOrder { .. }
                        | Measure::CameFrom(_)
                        | Measure::AssaultsAt { .. }
                        | Measure::BestMarch { .. }
                );
                let held = matches!(c.figure.measure, Measure::HeldAt { .. });
                match (n < low, n > high, amount) {
                    (true, ..) if held => Word::Later,
                    (true, _, true) => Word::Less,
                    (true, _, false) => Word::Fewer,
                    (_, true, _) => Word::More,
                    _ => Word::AsInHistory,
                }
            }
            other => panic!("{}: a time beside a number: {other:?}", c.figure.id),
        };
        assert_eq!(c.word, expected, "{}", c.figure.id);
    }
    let t03 = comparisons.iter().find(|c| c.figure.id == "t03").unwrap();
    let t01 = comparisons.iter().find(|c| c.figure.id == "t01").unwrap();
    let men = |q: Option<Quantity>| match q {
        Some(Quantity::Number(n)) => n,
        other => panic!("{other:?}"),
    };
    assert!(men(t03.simulated) > 0.0 && men(t03.simulated) < men(t01.simulated));
}

#[test]
fn the_outcome_sets_each_side_beside_history_and_calls_nobody_the_winner() {
    let fight = fought("nanking_1937", 100);
    let battle = fight.battle();
    let outcome = report::outcome(battle).unwrap();
    assert_eq!(outcome.city.len(), 2);
    for line in &outcome.city {
        assert!(line.historical.is_some() && line.word.is_some(), "{line:?}");
    }
    let [(_, defender), (_, attacker)] = &outcome.sides;
    assert_eq!((defender.len(), attacker.len()), (2, 1));
    let out = report::history::brought_out(battle, Side::China);
    assert_eq!(defender[0].simulated, report::grouped(out));
    assert!(outcome.encirclement.contains("by land") && outcome.encirclement.contains("river"));
    assert!(outcome.strategic.contains("until Japan's defeat in 1945"));
    let text = report::tables::outcome(&outcome);
    let military = text.replace(outcome.strategic, "").to_lowercase();
    for word in UNFIT
        .into_iter()
        .chain(["win", "won", "draw", "civilian", "prisoner"])
    {
        assert!(!military.contains(word), "{word} in {military}");
    }
    assert!(report::outcome(fought("crossroads", 1).battle()).is_none());
}

#[test]
fn who_is_unable_to_leave_and_who_got_away_is_measured() {
    let fight = fought("nanking_1937", 100);
    let battle = fight.battle();
    let men = battle.men(Side::China);
    let measured = |id: &str| {
        let all = compare(battle.scenario(), battle);
        let found = all.iter().find(|c| c.figure.id == id).unwrap();
        match found.simulated {
            Some(Quantity::Number(n)) => n,
            other => panic!("{other:?}"),
        }
    };
    let unable = men.men(Bin::Captured) + men.men(Bin::Hidden);
    assert_eq!(measured("t15"), f64::from(unable));
    let with_units = measured("r01");
    assert!(with_units > 0.0 && with_units <= f64::from(men.men(Bin::Escaped)));
    let army = battle.scenario().formation_by_id("cn_2ag").unwrap();
    let army = battle.men_of(army);
    let share = f64::from(army.men(Bin::Escaped)) / f64::from(army.total());
    assert_eq!(measured("t12"), share);
}

#[test]
fn a_battle_broken_off_is_not_measured_against_its_end() {
    let fight = fought("nanking_1937", 3);
    let battle = fight.battle();
    for c in compare(battle.scenario(), battle) {
        assert_ne!(c.word, Word::NotByTheEnd, "{}", c.figure.id);
        assert!(
            !matches!(c.word, Word::Fewer | Word::Less),
            "{}",
            c.figure.id
        );
    }
}

#[test]
fn a_city_held_to_the_end_ends_without_a_sequel() {
    let ending = |name: &str| {
        let scenario = load(name, &Options::default()).unwrap();
        report::ending(&scenario, Some(End::TimeUp))
    };
    for name in ["nanking_1937", "yuhuatai_1937", "guanghua_gate_1937"] {
        let text = ending(name);
        assert!(text.ends_with("is unknown."), "{text}");
    }
    assert!(!ending("crossroads").contains("unknown"));
}

#[test]
fn what_is_our_own_estimate_is_not_shown_as_a_fact_of_history() {
    let fight = fought("nanking_1937", 1);
    let battle = fight.battle();
    let scenario = battle.scenario();
    let comparisons = compare(scenario, battle);
    let table = report::tables::history(scenario, &comparisons);
    let mut estimates = 0;
    for c in &comparisons {
        let told = c.in_history(scenario);
        let number = matches!(c.figure.value, Quantity::Number(_));
        let ours = number && c.figure.confidence == Confidence::Low;
        assert_eq!(told.starts_with("about "), ours, "{}: {told}", c.figure.id);
        assert!(table.contains(&told) && table.contains(&c.plausible(scenario)));
        estimates += usize::from(ours);
    }
    assert!(estimates > 0);
}

#[test]
fn the_epilogue_names_what_happened_and_all_four_figures() {
    let scenario = load("nanking_1937", &Options::default()).unwrap();
    let text = epilogue(&scenario).unwrap().replace('\n', " ");
    for part in [
        "Nanking Massacre",
        "is not simulated",
        "what would have followed is unknown",
        "prisoners of war",
        "civilians",
        "over 200,000",
        "over 300,000",
        "100,000 to 200,000",
        "about 40,000",
        "The number of the victims is debated; that the massacre happened is not.",
        "Sources:",
    ] {
        assert!(text.contains(part), "{part}");
    }
    let lesson = load("crossroads", &Options::default()).unwrap();
    assert_eq!(
        epilogue(&lesson),
        None,
        "it belongs to battles for the city"
    );
}
