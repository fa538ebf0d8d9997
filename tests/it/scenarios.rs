//! The scenarios that ship: the small ones are what they say they are, and are fought to their end,
//! computer against computer, as plausibly as history leads one to expect.

use crate::games::twenty;
use nanking::{
    cli::fight::{Fight, load},
    scenario::{Branch, Echelon, Options, Quantity, Scenario, Side},
    study::{Game, Study, pairs::number, stats},
};

const SMALL: [&str; 2] = ["yuhuatai_1937", "guanghua_gate_1937"];

fn scenario(name: &str) -> Scenario {
    load(name, &Options::default()).unwrap()
}

/// Median of a figure of history over the games; `None` if it came in fewer than half of them.
fn median(study: &Study, figure: &str) -> Option<f64> {
    let index = study
        .scenario
        .history()
        .iter()
        .position(|f| f.id == figure)
        .unwrap_or_else(|| panic!("no figure {figure}"));
    let sample: Vec<Option<f64>> = study
        .games
        .iter()
        .map(|g| number(g.figures[index]))
        .collect();
    stats::spread(&sample).median
}

/// Hours from the start to a local time.
fn hour(scenario: &Scenario, time: &str) -> f64 {
    let time = nanking::scenario::Calendar::parse(time).unwrap();
    f64::from(scenario.calendar().hour_of(time).0)
}

fn middle(games: &[Game], of: impl Fn(&Game) -> u32) -> u32 {
    let mut all: Vec<u32> = games.iter().map(of).collect();
    all.sort_unstable();
    all[all.len() / 2]
}

#[test]
fn the_small_scenarios_are_small_and_on_the_campaign_map() {
    for name in SMALL {
        let scenario = scenario(name);
        let choice = &scenario.file().map;
        assert_eq!(
            (choice.file.as_str(), choice.hex_km),
            ("maps/nanking_area.ron", 0.5)
        );
        assert!(choice.window.is_some());
        assert!((15..=36).contains(&scenario.units().len()), "{name}");
        assert!((12..=18).contains(&scenario.turns()), "{name}");
        assert!(!scenario.history().is_empty() && !scenario.file().briefing.is_empty());
        assert!(scenario.file().briefing.contains("Nanking Massacre"));
        for unit in scenario.units() {
            // At this size the line fights by battalions.
            let line = unit.branch == Branch::Infantry && unit.recruits < unit.men;
            assert!(
                !line || unit.echelon <= Echelon::Battalion,
                "{}",
                unit.text_id
            );
        }
    }
}

#[test]
fn rows_of_the_small_scenarios_are_those_of_the_campaign() {
    let campaign = scenario("nanking_1937");
    let mut same = 0;
    for name in SMALL {
        let small = scenario(name);
        for unit in small.units() {
            let Some(row) = campaign
                .unit_by_id(&unit.text_id)
                .map(|id| campaign.unit(id))
            else {
                continue;
            };
            // Two regiments of guns stand here as one unit each.
            if unit.echelon == row.echelon {
                assert_eq!(unit.men_range, row.men_range, "{}", unit.text_id);
                assert_eq!(unit.quality, row.quality, "{}", unit.text_id);
                assert_eq!(unit.recruits, row.recruits, "{}", unit.text_id);
                same += 1;
            }
        }
    }
    assert!(same > 25, "{same}");
}

#[test]
fn the_computer_gives_only_legal_orders_in_the_small_scenarios() {
    for name in SMALL {
        let mut fight = Fight::new(scenario(name), 5, Default::default());
        while fight.battle().end().is_none() {
            fight.turn();
        }
        assert_eq!(fight.refused(), 0, "{name}");
    }
}

#[test]
fn yuhuatai_is_fought_out_about_as_in_history() {
    // The article: overrun at noon on 12 December, at the price of 2,240 Japanese casualties.
    let study = twenty("yuhuatai_1937");
    let s = &study.scenario;
    assert!(study.games.iter().all(|g| g.end.is_some()));
    let fell = median(study, "t02").expect("it falls in most games");
    let (early, late) = (hour(s, "1937-12-11T13:00"), hour(s, "1937-12-13T05:00"));
    assert!((early..=late).contains(&fell), "hour {fell}");
    let japan = middle(&study.games, |g| g.casualties[Side::Japan.index()]);
    // 18 of the 24 battalions are here, and no neighbouring works fire in their support yet.
    assert!((700..=3_400).contains(&japan), "{japan}");
}

#[test]
fn guanghua_gate_is_reached_at_once_and_does_not_fall_to_a_rush() {
    // The article: the line reached by 9 December, the gate first entered in the evening of the
    // 10th and never wholly taken before the city fell.
    let study = twenty("guanghua_gate_1937");
    let s = &study.scenario;
    assert!(study.games.iter().all(|g| g.end.is_some()));
    let reached = median(study, "t06").expect("the line is reached");
    assert!(reached <= hour(s, "1937-12-10T05:00"), "hour {reached}");
    let rushed = |g: &Game| {
        let index = s.history().iter().position(|f| f.id == "gate").unwrap();
        matches!(g.figures[index], Some(Quantity::Time(t)) if (t as f64) < hour(s, "1937-12-10T13:00"))
    };
    assert!(!study.games.iter().any(rushed));
    let japan = middle(&study.games, |g| g.casualties[Side::Japan.index()]);
    assert!((200..=2_000).contains(&japan), "{japan}");
}
