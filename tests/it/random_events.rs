//! Random events in the historical battle and in the lesson: drawn from the examples of every condition
//! and action in the event reference, at random hours, with random decisions answered at random. Men are
//! conserved step by step, all is told in the log, two runs give the same digest, and a snapshot in
//! between restores the battle, changed scenario and all.

use crate::{
    happenings::{event, ron},
    retelling::{Choices, Retelling},
    support::shelved,
};
use nanking::{
    battle::{Battle, Bin, Event, Order, Randomness},
    commander::{Commander, General},
    scenario::{
        Options, Scenario, Side, UnitId,
        events::{
            file::EventFile,
            reference::{ACTIONS, CONDITIONS, Entry, WHOLE},
        },
    },
};
use std::{collections::BTreeSet, fmt::Write, sync::Arc};

/// A scenario in which events are drawn, and words of the examples as it has them.
struct Ground {
    name: &'static str,
    words: &'static [(&'static str, &'static str)],
    hours: u64,
}

const CAMPAIGN: Ground = Ground {
    name: "nanking_1937",
    words: &[],
    hours: 200,
};

const LESSON: Ground = Ground {
    name: "crossroads",
    words: &[
        ("yuhuatai", "hill"),
        ("chunhuazhen", "bridge"),
        ("gate_guanghua", "village"),
        ("gate_zhonghua", "north_road"),
        ("gate_zhongshan", "south_road"),
        ("gate_taiping", "village"),
        ("xinjiekou", "village"),
        ("xiaguan", "north_road"),
        ("qixiashan", "hill"),
        ("coal_port", "village"),
        ("pukou", "north_road"),
        ("cn_41d_sup", "garrison_engineers"),
        ("cn_tank", "garrison_2"),
        ("cn_gf", "garrison"),
        ("cn_88d", "garrison"),
        ("cn_262b", "garrison"),
        ("cn_58d", "garrison"),
        ("cn_2ag", "garrison"),
        ("cn_74c", "garrison"),
        ("cn_87d", "garrison"),
        ("cn_td", "garrison"),
        ("jp_16d", "column"),
        ("jp_sea", "column"),
        ("jp_20i_1", "column_1"),
        ("12-09T", "12-05T"),
        ("12-10T", "12-06T"),
        ("12-11T", "12-05T"),
    ],
    hours: 44,
};

impl Ground {
    fn text(&self, example: &str) -> String {
        let words = self.words.iter();
        words.fold(example.to_owned(), |text, (from, to)| {
            text.replace(from, to)
        })
    }

    /// The event to which examples refer.
    fn whole(&self) -> EventFile {
        ron(&self.text(WHOLE))
    }
}

fn load(base: &Scenario, events: Vec<EventFile>) -> Option<Arc<Scenario>> {
    let mut file = base.file().clone();
    file.events = events;
    let mut files = base.texts().clone();
    let config = ron::ser::PrettyConfig::new().struct_names(true);
    let text = ron::ser::to_string_pretty(&file, config).expect("it can be written");
    files.0.insert(base.path().to_owned(), text);
    let found = Scenario::load(&files, base.path(), &Options::default());
    found.ok().map(Arc::new)
}

/// Examples that mean something in a scenario; a question is drawn by itself.
fn usable(ground: &Ground, base: &Scenario, list: &[Entry], acts: bool) -> Vec<String> {
    let of = |text: &String| {
        let (when, then) = if acts {
            ("Fog", vec![text.as_str()])
        } else {
            (text.as_str(), Vec::new())
        };
        load(base, vec![ground.whole(), event("one", when, &then)]).is_some()
    };
    let texts = list.iter().filter(|e| e.name() != "Decision");
    texts
        .map(|entry| ground.text(entry.example))
        .filter(of)
        .collect()
}

fn pick<'a>(choices: &mut Choices, list: &'a [String]) -> &'a str {
    &list[choices.below(list.len() as u64) as usize]
}

fn hour(ground: &Ground, choices: &mut Choices) -> String {
    let at = 5 + choices.below(ground.hours);
    format!("1937-12-{:02}T{:02}:00", 5 + at / 24, at % 24)
}

fn condition(ground: &Ground, choices: &mut Choices, list: &[String]) -> String {
    let (one, two) = (pick(choices, list), pick(choices, list));
    match choices.below(6) {
        0 => format!("At(\"{}\")", hour(ground, choices)),
        1 | 2 => format!("After(\"{}\")", hour(ground, choices)),
        3 => format!("Any([{one}, {two}])"),
        4 => format!("Any([{one}, Not({two})])"),
        _ => one.to_owned(),
    }
}

fn actions(choices: &mut Choices, list: &[String], most: u64) -> Vec<String> {
    let mut found = Vec::new();
    for _ in 0..choices.below(most + 1) {
        let text = pick(choices, list);
        // Few battles are to end by it.
        if !text.starts_with("EndBattle") || choices.below(8) == 0 {
            found.push(text.to_owned());
        }
    }
    found
}

/// A question with two answers.
fn question(choices: &mut Choices, list: &[String], nth: usize) -> String {
    let side = if choices.below(2) == 0 {
        "China"
    } else {
        "Japan"
    };
    let deadline = 1 + choices.below(12);
    let mut text = format!(
        "Decision((id: \"d{nth}\", side: {side}, question: \"What now?\", deadline: {deadline}, \
         otherwise: \"a\", source: \"invented\", confidence: Low, options: ["
    );
    for option in ["a", "b"] {
        let then = actions(choices, list, 2).join(", ");
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "(id: \"{option}\", text: \"This.\", then: [{then}], source: \"invented\", confidence: Low),"
        );
    }
    text + "]))"
}

/// A random list of events that is valid: those that contradict the others are left out.
fn draw(
    ground: &Ground,
    base: &Arc<Scenario>,
    lists: [&[String]; 2],
    choices: &mut Choices,
) -> Arc<Scenario> {
    let mut events = vec![ground.whole()];
    if choices.below(2) == 0 {
        events.extend(base.file().events.iter().cloned());
    }
    let mut scenario = None;
    for nth in 0..4 + choices.below(8) as usize {
        let when = condition(ground, choices, lists[0]);
        let mut then = actions(choices, lists[1], 3);
        if choices.below(3) == 0 {
            then.push(question(choices, lists[1], nth));
        }
        let then: Vec<&str> = then.iter().map(String::as_str).collect();
        let one = EventFile {
            chance: (1 + choices.below(10)) as f64 / 10.0,
            once: choices.below(2) == 0,
            delay: choices.below(6) as u32,
            ..event(&format!("e{nth}"), &when, &then)
        };
        events.push(one);
        match load(base, events.clone()) {
            Some(valid) => scenario = Some(valid),
            None => {
                events.pop();
            }
        }
    }
    scenario.expect("some of them are valid")
}

/// Answers some of the open questions.
fn answers(battle: &Battle, choices: &mut Choices) -> Vec<(Side, Order)> {
    let mut found = Vec::new();
    for side in Side::ALL {
        for (decision, known, _) in battle.view(side).open_decisions() {
            let option = choices.below(known.options.len() as u64 + 1) as u16;
            if usize::from(option) < known.options.len() {
                found.push((side, Order::Decide { decision, option }));
            }
        }
    }
    found
}

fn pair() -> [Box<dyn Commander>; 2] {
    [Box::new(General::default()), Box::new(General::default())]
}

/// Takes in the events of a turn; no unit has more or fewer men after any of them.
fn follow(told: &mut Retelling, battle: &Battle, from: nanking::battle::EventId) {
    let units = battle.scenario().units();
    for logged in battle.events_since(from) {
        told.hear(logged);
        if let Event::Men { unit, .. } = &logged.event {
            let unit = unit.0 as usize;
            let men: i64 = told.men[unit].iter().sum();
            assert_eq!(men, i64::from(units[unit].men), "{logged:?}");
        }
    }
    told.agrees_with(battle);
    let crowds = battle.crowds();
    for (i, unit) in units.iter().enumerate() {
        let id = UnitId(i as u32);
        let mine = crowds.iter().flat_map(|c| &c.men).filter(|(u, _)| *u == id);
        let walking: u32 = mine.map(|(_, men)| men).sum();
        assert_eq!(
            battle.strength(id).men(Bin::Crowd),
            walking,
            "{}",
            unit.text_id
        );
    }
}

/// Plays a battle twice; the second is broken off and restored at a random turn.
fn play(scenario: &Arc<Scenario>, seed: u64, choices: &mut Choices, done: &mut BTreeSet<String>) {
    let begin = || Battle::new(Arc::clone(scenario), seed, Randomness::Sampled);
    let (mut one, mut other) = (begin(), begin());
    let (mut first, mut second) = (pair(), pair());
    let mut told = Retelling::of(&one);
    let before = Side::ALL.map(|side| one.men(side).total());
    let breaks = choices.below(u64::from(scenario.turns())) as u32;
    for turn in 0..scenario.turns() {
        if one.end().is_some() {
            break;
        }
        if turn == breaks {
            let text = ron::to_string(&other.snapshot()).expect("a snapshot can be written");
            let state = ron::from_str(&text).expect("and read");
            other = Battle::restore(Arc::clone(scenario), state);
        }
        let from = one.next_event();
        let given = answers(&one, choices);
        for (battle, commanders) in [(&mut one, &mut first), (&mut other, &mut second)] {
            for side in Side::ALL {
                let commander = &mut commanders[side.index()];
                let refused = battle.planned(side, |view| commander.orders(view));
                assert!(refused.is_empty(), "{refused:?}");
            }
            for (side, order) in &given {
                battle.order(*side, *order).expect("the question is open");
            }
            battle.end_turn();
        }
        follow(&mut told, &one, from);
        assert_eq!(before, Side::ALL.map(|side| one.men(side).total()));
        assert_eq!(one.digest(), other.digest(), "turn {turn} of seed {seed}");
    }
    for logged in one.events() {
        if let Event::Acted { act, .. } = &logged.event {
            let name = format!("{act:?}");
            let end = name.find(['(', ' ', '{']).unwrap_or(name.len());
            done.insert(name[..end].to_owned());
        }
    }
}

/// Plays battles of a scenario with random events; names of the actions that came to something.
fn battles(ground: &Ground, count: u64) -> BTreeSet<String> {
    let base = shelved(ground.name);
    let conditions = usable(ground, &base, CONDITIONS, false);
    let acts = usable(ground, &base, ACTIONS, true);
    assert!(conditions.len() >= CONDITIONS.len() - 5, "{conditions:#?}");
    assert!(acts.len() >= ACTIONS.len() - 16, "{acts:#?}");
    let mut done = BTreeSet::new();
    for seed in 0..count {
        let mut choices = Choices(seed);
        let scenario = draw(ground, &base, [&conditions, &acts], &mut choices);
        play(&scenario, seed, &mut choices, &mut done);
    }
    done
}

#[test]
fn men_are_conserved_and_runs_agree_whatever_happens_in_the_historical_battle() {
    let done = battles(&CAMPAIGN, 6);
    assert!(done.len() >= 15, "{done:?}");
}

#[test]
fn men_are_conserved_and_runs_agree_whatever_happens_in_the_lesson() {
    let done = battles(&LESSON, 60);
    assert!(done.len() >= 12, "{done:?}");
}
