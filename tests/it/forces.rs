//! The historical order of battle adds up to the article's totals, and all its references resolve.
//!
//! Reads the scenario file as a draft, without the map: what the map must know is tested with the
//! validator.

use nanking::scenario::{
    Calendar,
    file::{MeasureFile, ScenarioFile, SideFile, StartFile, UnitFile},
    forces::{Branch, PlanTask},
    side::Side,
};
use std::collections::{BTreeMap, BTreeSet};

fn scenario() -> ScenarioFile {
    ron::from_str(include_str!("../../scenarios/nanking_1937.ron")).expect("the scenario parses")
}

/// A formation or any above it, from a unit's formation upwards.
fn chain<'a>(file: &'a ScenarioFile, formation: &'a str) -> Vec<&'a str> {
    let parents: BTreeMap<&str, Option<&str>> = file
        .formations
        .iter()
        .map(|f| (f.id.as_str(), f.parent.as_deref()))
        .collect();
    let mut chain = vec![formation];
    while let Some(Some(parent)) = parents.get(chain[chain.len() - 1]) {
        assert!(!chain.contains(parent), "{formation} commands itself");
        chain.push(parent);
    }
    chain
}

fn side_of(file: &ScenarioFile, unit: &UnitFile) -> Side {
    file.formations
        .iter()
        .find(|f| f.id == unit.formation)
        .map(|f| f.side)
        .expect("every unit has a formation")
}

fn under<'a>(file: &'a ScenarioFile, formation: &str) -> Vec<&'a UnitFile> {
    let found: Vec<&UnitFile> = file
        .units
        .iter()
        .filter(|u| chain(file, &u.formation).contains(&formation))
        .collect();
    assert!(!found.is_empty(), "nobody belongs to {formation}");
    found
}

fn men(units: &[&UnitFile]) -> (u32, u32) {
    (
        units.iter().map(|u| u.men.0).sum(),
        units.iter().map(|u| u.men.1).sum(),
    )
}

/// Men of a side under one of its strength estimates, as the battle counts them.
fn at_estimate(side: &SideFile, id: &str, units: &[&UnitFile]) -> f64 {
    let estimate = side.strengths.iter().find(|s| s.id == id).expect("exists");
    units
        .iter()
        .map(|u| {
            let (low, high) = (f64::from(u.men.0), f64::from(u.men.1));
            ((low + (high - low) * estimate.within_range) * estimate.factor).round()
        })
        .sum()
}

fn counted(file: &ScenarioFile, side: Side) -> Vec<&UnitFile> {
    file.units
        .iter()
        .filter(|u| side_of(file, u) == side && !u.outside_total)
        .collect()
}

#[test]
fn ids_are_unique_and_well_formed() {
    let file = scenario();
    let lists: [Vec<&str>; 6] = [
        file.units.iter().map(|u| u.id.as_str()).collect(),
        file.formations.iter().map(|f| f.id.as_str()).collect(),
        file.troops.iter().map(|t| t.id.as_str()).collect(),
        file.places.iter().map(|p| p.id.as_str()).collect(),
        file.supply.iter().map(|s| s.id.as_str()).collect(),
        file.history.iter().map(|h| h.id.as_str()).collect(),
    ];
    for list in lists {
        let set: BTreeSet<&str> = list.iter().copied().collect();
        assert_eq!(set.len(), list.len());
        for id in list {
            assert!(
                id.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
                    && id.len() <= 64,
                "{id}"
            );
        }
    }
}

#[test]
fn every_reference_to_a_formation_or_kind_of_troops_resolves() {
    let file = scenario();
    let formations: BTreeMap<&str, Side> = file
        .formations
        .iter()
        .map(|f| (f.id.as_str(), f.side))
        .collect();
    let troops: BTreeSet<&str> = file.troops.iter().map(|t| t.id.as_str()).collect();
    let mut used = BTreeSet::new();
    for unit in &file.units {
        assert!(
            formations.contains_key(unit.formation.as_str()),
            "{}",
            unit.id
        );
        assert!(troops.contains(unit.troops.as_str()), "{}", unit.id);
        used.insert(unit.troops.as_str());
        chain(&file, &unit.formation);
    }
    assert_eq!(used, troops, "no kind of troops without units");
    for formation in &file.formations {
        if let Some(parent) = &formation.parent {
            assert_eq!(
                formations.get(parent.as_str()),
                Some(&formation.side),
                "{}",
                formation.id
            );
        }
        under(&file, &formation.id);
    }
    for figure in &file.history {
        if let MeasureFile::FormationLosses { formation, .. }
        | MeasureFile::ShareLost { formation } = &figure.measure
        {
            assert!(formations.contains_key(formation.as_str()), "{}", figure.id);
        }
    }
    let rules: nanking::scenario::Rules =
        ron::from_str(include_str!("../../scenarios/rules/standard.ron")).expect("rules parse");
    for unit in &file.units {
        if let Some(class) = &unit.gun_class {
            assert!(rules.guns.iter().any(|g| g.id == *class), "{}", unit.id);
            assert!(unit.guns > 0, "{}", unit.id);
        }
        assert_eq!(
            unit.branch.is_guns(),
            unit.gun_class.is_some(),
            "{} fires missions of its own if and only if it is a unit of guns",
            unit.id
        );
    }
}

#[test]
fn both_armies_reconcile_with_the_article() {
    let file = scenario();
    let garrison = counted(&file, Side::China);
    assert_eq!(men(&garrison), (73_790, 81_500), "Askew");
    let china = &file.sides.china;
    for (id, total) in [
        ("askew", 77_645.0),
        ("hata", 100_000.0),
        ("kasahara", 150_000.0),
    ] {
        let sum = at_estimate(china, id, &garrison);
        assert!((sum - total).abs() < 0.005 * total, "{id}: {sum}");
    }
    assert_eq!(china.strengths.len(), 3);
    assert!(china.strengths.iter().any(|s| s.id == china.opens_with));
    assert!(!china.opens_because.is_empty());

    let engaged = counted(&file, Side::Japan);
    assert_eq!(men(&engaged), (46_000, 54_000));
    let fought = at_estimate(&file.sides.japan, "article", &engaged);
    assert!((fought - 50_000.0).abs() < 100.0, "{fought}");

    let mut army = men(&under(&file, "jp_ccaa"));
    for rear in file.sides.japan.off_map.iter().filter(|o| !o.outside_total) {
        army.0 += rear.men.0;
        army.1 += rear.men.1;
    }
    assert_eq!(army, (160_000, 200_000), "on the map and behind it");
    let flank = men(&under(&file, "jp_ama"));
    assert_eq!(flank, (3_800, 4_700), "Zhenjiang lies outside the 50,000");
}

#[test]
fn recruits_fresh_men_and_corps_are_the_articles() {
    // The article: 16,000 young men and teenagers pressed into service; 14,000 fresh soldiers from Hankou.
    let file = scenario();
    let sum = |count: fn(&UnitFile) -> u32| file.units.iter().map(count).sum::<u32>();
    assert_eq!(sum(|u| u.recruits), 16_000);
    assert_eq!(sum(|u| u.fresh), 14_000);
    assert_eq!(
        under(&file, "cn_2ag").iter().map(|u| u.fresh).sum::<u32>(),
        14_000
    );
    for unit in &file.units {
        assert!(0 < unit.men.0 && unit.men.0 <= unit.men.1, "{}", unit.id);
        assert!(unit.recruits + unit.fresh <= unit.men.0, "{}", unit.id);
        assert!((1..=10).contains(&unit.quality), "{}", unit.id);
    }
    let two_corps = men(&under(&file, "cn_66c")).0 + men(&under(&file, "cn_83c")).0;
    assert!(two_corps >= 11_000);
    assert_eq!(men(&under(&file, "cn_88d_rec_post")), (3_000, 3_000));
}

#[test]
fn the_order_of_battle_is_whole() {
    let file = scenario();
    assert!(
        (160..=200).contains(&file.units.len()),
        "{}",
        file.units.len()
    );
    let name = |id: &str| {
        file.formations
            .iter()
            .find(|f| f.id == id)
            .map(|f| f.name.as_str())
    };
    assert_eq!(name("jp_sea"), Some("Shanghai Expeditionary Army"));
    assert_eq!(name("jp_10a"), Some("10th Army"));
    assert_eq!(name("cn_88d"), Some("88th Division"));
    assert!(name("cn_td").is_some_and(|n| n.contains("Training Brigade")));
    for division in [
        "cn_36d", "cn_51d", "cn_58d", "cn_87d", "jp_6d", "jp_9d", "jp_16d", "jp_114d",
    ] {
        under(&file, division);
    }
    let battalions = under(&file, "jp_36i");
    assert_eq!(battalions.len(), 3);
    assert_eq!(men(&battalions), (1_550, 1_900));
    let tanks: u32 = under(&file, "cn_gf").iter().map(|u| u.tanks).sum();
    assert_eq!(tanks, 15);
    let tanks: u32 = under(&file, "jp_ccaa").iter().map(|u| u.tanks).sum();
    assert_eq!(tanks, 130);
}

#[test]
fn every_row_names_a_work_of_the_bibliography() {
    let file = scenario();
    let works: BTreeSet<&str> = file.bibliography.iter().map(|w| w.id.as_str()).collect();
    let mut sources: Vec<&str> = Vec::new();
    sources.extend(file.units.iter().map(|u| u.source.as_str()));
    sources.extend(file.troops.iter().map(|t| t.source.as_str()));
    sources.extend(file.places.iter().map(|p| p.source.as_str()));
    sources.extend(file.supply.iter().map(|s| s.source.as_str()));
    sources.extend(file.objectives.iter().map(|o| o.source.as_str()));
    sources.extend(file.control.iter().map(|c| c.source.as_str()));
    sources.extend(file.history.iter().map(|h| h.source.as_str()));
    sources.extend(file.city.iter().map(|c| c.source.as_str()));
    for formation in &file.formations {
        sources.push(&formation.source);
        sources.extend(formation.plan.iter().map(|p| p.source.as_str()));
    }
    for side in [&file.sides.china, &file.sides.japan] {
        sources.push(&side.doctrine.source);
        sources.extend(side.strengths.iter().map(|s| s.source.as_str()));
        sources.extend(side.off_map.iter().map(|o| o.source.as_str()));
    }
    for source in sources {
        let (work, text) = source.split_once(": ").unwrap_or(("", ""));
        assert!(works.contains(work) && !text.is_empty(), "`{source}`");
    }
}

#[test]
fn dates_lie_within_the_battle_and_plans_run_forward() {
    let file = scenario();
    let start = Calendar::parse(&file.start).expect("a date");
    let end = Calendar::new(start).at(nanking::scenario::TurnNo(file.turns + 1).first_hour());
    assert_eq!(end.to_string(), "1937-12-17T05:00:00");
    let within = |text: &str, what: &str| {
        let time = Calendar::parse(text).unwrap_or_else(|| panic!("{what}: `{text}`"));
        assert!(start <= time && time < end, "{what}: `{text}`");
        time
    };
    for unit in &file.units {
        if let StartFile::Arrives { at, .. } = &unit.start {
            within(at, &unit.id);
        }
    }
    for source in &file.supply {
        if let Some(from) = &source.from {
            within(from, &source.id);
        }
    }
    for formation in &file.formations {
        let times: Vec<_> = formation
            .plan
            .iter()
            .map(|p| within(&p.from, &formation.id))
            .collect();
        assert!(times.is_sorted_by(|a, b| a < b), "{}", formation.id);
        // A body that breaks off needs a task where it arrives.
        assert!(
            formation
                .plan
                .last()
                .is_none_or(|p| p.task != PlanTask::Withdraw),
            "{}",
            formation.id
        );
    }
    for figure in &file.history {
        let numbers = [&figure.low, &figure.value, &figure.high].map(|t| t.parse::<f64>());
        match numbers {
            [Ok(low), Ok(value), Ok(high)] => assert!(low <= value && value <= high),
            _ => {
                let [low, value, high] =
                    [&figure.low, &figure.value, &figure.high].map(|t| within(t, &figure.id));
                assert!(low <= value && value <= high, "{}", figure.id);
            }
        }
    }
}

#[test]
fn every_unit_has_a_plan_in_force_when_it_enters() {
    let file = scenario();
    for unit in &file.units {
        let plan = chain(&file, &unit.formation)
            .into_iter()
            .filter_map(|id| file.formations.iter().find(|f| f.id == id))
            .map(|f| &f.plan)
            .find(|p| !p.is_empty())
            .unwrap_or_else(|| panic!("{} has no plan", unit.id));
        let there = match &unit.start {
            StartFile::At(_) => &file.start,
            StartFile::Arrives { at, .. } => at,
        };
        let (there, from) = (Calendar::parse(there), Calendar::parse(&plan[0].from));
        assert!(from <= there, "{} is there before its plan begins", unit.id);
    }
}

#[test]
fn ships_start_on_the_river_and_no_place_is_a_start_of_both_sides() {
    let file = scenario();
    let mut starts: BTreeMap<&str, BTreeSet<Side>> = BTreeMap::new();
    for unit in &file.units {
        let place = match &unit.start {
            StartFile::At(place) => place.as_str(),
            StartFile::Arrives { place, .. } => place.as_str(),
        };
        starts
            .entry(place)
            .or_default()
            .insert(side_of(&file, unit));
        assert_eq!(
            unit.branch == Branch::Naval,
            place.starts_with("river_"),
            "{}",
            unit.id
        );
    }
    for (place, sides) in starts {
        assert_eq!(sides.len(), 1, "{place}");
    }
}
