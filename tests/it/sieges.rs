//! Whole battles, computer against computer: what besiegers and besieged did in 1937 happens by rule,
//! and nothing of it where its precondition is missing.

use nanking::{
    battle::{Battle, Event, Randomness},
    commander::{Commander, General, drive},
    scenario::{Branch, Files, MemoryFiles, Options, Scenario, file::ScenarioFile, map::file::*},
    shelf::Shelf,
};
use std::{collections::BTreeMap, sync::Arc};

fn texts(name: &str) -> (MemoryFiles, String) {
    let (files, path) = Shelf::open(name).expect("the scenario is there");
    let scenario = Scenario::load(&*files, &path, &Options::default()).expect("it is valid");
    (scenario.texts().clone(), scenario.path().to_owned())
}

fn scenario(files: &dyn Files, path: &str) -> Arc<Scenario> {
    match Scenario::load(files, path, &Options::default()) {
        Ok(scenario) => Arc::new(scenario),
        Err(problems) => panic!("{problems:#?}"),
    }
}

fn named() -> ron::ser::PrettyConfig {
    ron::ser::PrettyConfig::new().struct_names(true)
}

fn kind(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::GateBarricaded { .. } => "barricaded",
        Event::GateOpened { .. } => "opened",
        Event::WallDamaged { .. } => "damaged",
        Event::Breached { .. } => "breached",
        Event::BreachWidened { .. } => "widened",
        Event::BridgeBuilt { .. } => "bridged",
        Event::SmokeLaid { .. } => "smoke",
        Event::LostInFog { .. } => "lost in fog",
        Event::PartySent { ladder: true, .. } => "escalade",
        Event::PartySent { ladder: false, .. } => "storm party",
        Event::Lodged { .. } => "lodged",
        Event::LodgementReinforced { .. } => "reinforced",
        Event::LodgementEnded { .. } => "lodgement ended",
        Event::StruckBack { .. } => "struck back",
        Event::MinesStruck { fleeing: false, .. } => "mines",
        Event::MinesStruck { fleeing: true, .. } => "mines in flight",
        Event::MinesCleared { .. } => "mines cleared",
        _ => return None,
    })
}

type Tally = BTreeMap<&'static str, u32>;

/// How often each kind of event of the siege occurred.
fn tally(scenario: &Arc<Scenario>, seeds: std::ops::RangeInclusive<u64>) -> Tally {
    let mut tally = BTreeMap::new();
    for seed in seeds {
        let mut b = Battle::new(Arc::clone(scenario), seed, Randomness::Sampled);
        let mut pair: [Box<dyn Commander>; 2] =
            [Box::new(General::default()), Box::new(General::default())];
        while b.end().is_none() {
            let refused = drive(&mut b, &mut pair);
            assert!(refused.is_empty(), "{refused:?}");
        }
        for kind in b.events().iter().filter_map(|l| kind(&l.event)) {
            *tally.entry(kind).or_default() += 1;
        }
    }
    tally
}

#[test]
fn every_way_of_the_siege_happens_in_twenty_campaigns() {
    let (files, path) = texts("nanking_1937");
    let tally = tally(&scenario(&files, &path), 1..=20);
    for kind in [
        "barricaded",
        "opened",
        "damaged",
        "breached",
        "widened",
        "bridged",
        "smoke",
        "lost in fog",
        "escalade",
        "storm party",
        "lodged",
        "reinforced",
        "lodgement ended",
        "struck back",
        "mines",
        "mines in flight",
        "mines cleared",
    ] {
        assert!(tally.contains_key(kind), "no {kind}: {tally:?}");
    }
}

#[test]
fn without_heavy_guns_and_engineers_no_wall_is_breached_or_scaled_over_a_moat() {
    let (mut files, path) = texts("nanking_1937");
    let mut draft: ScenarioFile = ron::from_str(&files.0[&path]).expect("it parses");
    for unit in &mut draft.units {
        if unit.branch == Branch::Engineer {
            unit.branch = Branch::Infantry;
        }
        unit.gun_class = None;
    }
    let text = ron::ser::to_string_pretty(&draft, named()).expect("it can be written");
    files.0.insert(path.clone(), text);
    let tally = tally(&scenario(&files, &path), 1..=3);
    for kind in [
        "damaged",
        "breached",
        "widened",
        "storm party",
        "bridged",
        "opened",
    ] {
        assert_eq!(tally.get(kind), None, "{tally:?}");
    }
}

#[test]
fn without_mines_on_the_map_nobody_strikes_any() {
    let (mut files, path) = texts("nanking_1937");
    let map = files
        .0
        .keys()
        .find(|k| k.contains("maps/"))
        .expect("a map")
        .clone();
    let mut draft: MapFile = ron::from_str(&files.0[&map]).expect("it parses");
    draft
        .features
        .retain(|f| !matches!(f.kind, FeatureKind::Minefield { .. }));
    let text = ron::ser::to_string_pretty(&draft, named()).expect("it can be written");
    files.0.insert(map, text);
    let tally = tally(&scenario(&files, &path), 1..=2);
    for kind in ["mines", "mines in flight", "mines cleared"] {
        assert_eq!(tally.get(kind), None, "{tally:?}");
    }
}

#[test]
fn without_a_wall_there_is_no_siege() {
    let (files, path) = texts("crossroads");
    let mut tally = tally(&scenario(&files, &path), 1..=5);
    tally.remove("struck back");
    assert!(tally.is_empty(), "{tally:?}");
}
