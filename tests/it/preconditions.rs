//! What a rule brings about has a precondition; without it there is none of it. Each test plays the
//! same seeds of a scenario as it ships, where the thing happens, and with its precondition taken out
//! of the files in memory, where it must not. So nothing here is scripted.

use crate::games::{Draft, count, games, twenty};
use nanking::{
    scenario::{
        Branch,
        file::ScenarioFile,
        map::file::{FeatureKind, MapFile},
    },
    study::game::Game,
};
use std::ops::RangeInclusive;

/// Games of a scenario as it ships, and after a change of its draft.
fn both(
    name: &str,
    seeds: RangeInclusive<u64>,
    without: impl FnOnce(Draft) -> Draft,
) -> [Vec<Game>; 2] {
    let ships = games(&Draft::of(name).load(), seeds.clone());
    let other = games(&without(Draft::of(name)).load(), seeds);
    [ships, other]
}

fn happens_only_in(kinds: &[&str], [ships, other]: &[Vec<Game>; 2]) {
    for kind in kinds {
        assert!(count(ships, kind) > 0, "no {kind} as it ships");
        assert_eq!(count(other, kind), 0, "{kind} without its precondition");
    }
}

/// No engineers, and no guns that batter.
fn without_siege_train(draft: &mut ScenarioFile) {
    for unit in &mut draft.units {
        if unit.branch == Branch::Engineer {
            unit.branch = Branch::Infantry;
        }
        unit.gun_class = None;
    }
}

#[test]
fn every_way_of_the_siege_happens_in_twenty_campaigns() {
    for kind in [
        "GateBarricaded",
        "GateOpened",
        "WallDamaged",
        "Breached",
        "BreachWidened",
        "BridgeBuilt",
        "SmokeLaid",
        "LostInFog",
        "PartySent: by ladder",
        "PartySent: through a breach",
        "Lodged",
        "LodgementReinforced",
        "LodgementEnded",
        "StruckBack",
        "MinesStruck: going on",
        "MinesStruck: in flight",
        "MinesCleared",
    ] {
        let games = &twenty("nanking_1937").games;
        assert!(count(games, kind) > 0, "no {kind}");
    }
}

#[test]
fn without_engineers_and_guns_no_wall_is_breached() {
    // The article: engineers and artillerymen blew a hole in the wall at Guanghua Gate.
    let pair = both("guanghua_gate_1937", 1..=6, |d| {
        d.scenario(without_siege_train)
    });
    happens_only_in(&["WallDamaged", "Breached", "BridgeBuilt"], &pair);
}

#[test]
fn without_a_breach_and_without_a_way_over_the_moat_nobody_lodges_in_the_wall() {
    // The article: through the gap, and over the moat with a ladder, men lodged in the wall.
    let pair = both("guanghua_gate_1937", 1..=6, |d| {
        d.scenario(without_siege_train)
    });
    happens_only_in(&["Lodged", "PartySent", "LodgementReinforced"], &pair);
}

/// A moat before every gate.
fn moat_round_the_wall(map: &mut MapFile) {
    let wall = map
        .features
        .iter()
        .find(|f| matches!(f.kind, FeatureKind::Wall { .. }))
        .expect("the city wall")
        .clone();
    let mut moat = wall;
    moat.id = "moat_round".into();
    moat.kind = FeatureKind::Moat;
    moat.line = std::mem::take(&mut moat.area);
    if let Some(first) = moat.line.first().copied() {
        moat.line.push(first);
    }
    map.features.push(moat);
}

#[test]
fn nobody_scales_a_wall_behind_water_without_boats_or_a_bridge() {
    // The article: a team of six crossed the moat in a small boat and scaled the wall on a ladder.
    let pair = both("nanking_1937", 1..=4, |d| {
        d.scenario(without_siege_train).map(moat_round_the_wall)
    });
    happens_only_in(&["PartySent: by ladder", "Lodged", "Breached"], &pair);
    happens_only_in(&["BridgeBuilt", "GateOpened", "BreachWidened"], &pair);
}

#[test]
fn without_mines_on_the_map_nobody_strikes_any() {
    // The article: mine fields on the Fukuo Line.
    let pair = both("yuhuatai_1937", 1..=4, |d| {
        d.map(|map| {
            map.features
                .retain(|f| !matches!(f.kind, FeatureKind::Minefield { .. }));
        })
    });
    happens_only_in(&["MinesStruck", "MinesCleared", "Men: Mines"], &pair);
}

#[test]
fn without_shells_bombs_the_torch_and_fighting_among_houses_nothing_burns() {
    // The article: fires that blazed out of control on Zijinshan; scorched earth; bombs on the city.
    let pair = both("nanking_1937", 1..=4, |d| {
        d.scenario(|draft| {
            for unit in &mut draft.units {
                unit.gun_class = None;
            }
            draft.sides.china.air.clear();
            draft.sides.japan.air.clear();
            draft.scorched_earth.clear();
            draft.events.clear();
        })
        .rules(|rules| rules.blaze.assault = 0.0)
    });
    happens_only_in(
        &["Kindled", "Kindled: Shells", "Kindled: Assault", "BurntOut"],
        &pair,
    );
    happens_only_in(&["Razed", "Raided", "Shelled"], &pair);
}

#[test]
fn a_cause_of_fire_taken_away_takes_its_own_fires_and_no_others() {
    let [ships, other] = both("nanking_1937", 1..=3, |d| {
        d.scenario(|draft| draft.scorched_earth.clear())
    });
    assert!(count(&ships, "Razed") > 0);
    assert_eq!(count(&other, "Razed"), 0);
    assert_eq!(count(&other, "Kindled: Razing"), 0);
    assert!(count(&other, "Kindled: Shells") + count(&other, "Kindled: Assault") > 0);
}

#[test]
fn without_a_wall_there_is_no_siege() {
    let crossroads = games(&Draft::of("crossroads").load(), 1..=5);
    for kind in [
        "GateBarricaded",
        "WallDamaged",
        "Breached",
        "BridgeBuilt",
        "SmokeLaid",
        "LostInFog",
        "PartySent",
        "Lodged",
        "MinesStruck",
    ] {
        assert_eq!(count(&crossroads, kind), 0, "{kind}");
    }
    assert!(count(&crossroads, "Fought: assault") > 0);
}
