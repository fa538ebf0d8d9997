//! The campaign beside history: medians over twenty seeds lie in the bands that history leaves, and
//! what surrounds the city does so on its day. The bands are wide; a run outside them is no error of
//! the rules, a median outside them is.

use crate::games::{Draft, count, games, twenty};
use nanking::{
    scenario::{Calendar, Measure, Quantity, Side},
    study::{
        Study, kinds,
        pairs::number,
        stats::{self, Spread},
        tables::NOT_BY_COMPUTERS,
    },
};

fn campaign() -> &'static Study {
    twenty("nanking_1937")
}

/// Median and band of a figure of history over the games.
fn spread(study: &Study, figure: &str) -> Spread {
    let index = study.scenario.history().iter().position(|f| f.id == figure);
    let index = index.unwrap_or_else(|| panic!("no figure {figure}"));
    let values = study.games.iter().map(|g| number(g.figures[index]));
    stats::spread(&values.collect::<Vec<_>>())
}

/// The median of a time lies between two local times.
fn within(figure: &str, early: &str, late: &str) {
    within_of(campaign(), figure, early, late);
}

fn within_of(study: &Study, figure: &str, early: &str, late: &str) {
    let hour = |time: &str| {
        let time = Calendar::parse(time).expect("a time");
        f64::from(study.scenario.calendar().hour_of(time).0)
    };
    let spread = spread(study, figure);
    let median = spread.median.unwrap_or(f64::INFINITY);
    assert!(
        (hour(early)..=hour(late)).contains(&median),
        "{figure}: hour {median}, not {early} to {late}: {spread:?}"
    );
}

#[test]
fn yuhuatai_falls_within_a_day_of_noon_on_12_december() {
    // The article: finally overrun at noon on December 12.
    within("t02", "1937-12-11T13:00", "1937-12-13T05:00");
}

#[test]
fn without_the_events_of_the_scenario_the_hill_and_the_line_fall_on_the_same_days() {
    // The article's dates come from the rules: no event makes them.
    let scenario = Draft::of("nanking_1937")
        .scenario(|s| s.events.clear())
        .load();
    assert!(!campaign().scenario.file().events.is_empty());
    let games = games(&scenario, 1..=20);
    let study = Study { scenario, games };
    within_of(&study, "t02", "1937-12-11T13:00", "1937-12-13T05:00");
    within_of(&study, "t06", "1937-12-08T05:00", "1937-12-10T21:00");
}

#[test]
fn chunhuazhen_cracks_about_8_december() {
    // The article: the 51st Division repeatedly repulsed attacks before cracking on December 8.
    within("t04", "1937-12-07T09:00", "1937-12-09T13:00");
}

#[test]
fn the_fukuo_line_is_reached_about_9_december() {
    // The article: by December 9 Japan's forces had reached the last line of defense.
    within("t06", "1937-12-08T05:00", "1937-12-10T21:00");
}

#[test]
fn a_gate_has_a_foothold_in_it_before_the_city_is_lost() {
    // The article: a flag on a portion of Guanghua Gate in the evening of December 10.
    within("t07_first", "1937-12-09T05:00", "1937-12-13T13:00");
    for game in &campaign().games {
        let at = |id: &str| {
            let history = campaign().scenario.history();
            let index = history.iter().position(|f| f.id == id).expect("a figure");
            number(game.figures[index]).unwrap_or(f64::INFINITY)
        };
        assert!(at("t07_first") <= at("t08"), "seed {}", game.seed);
    }
}

#[test]
fn the_attackers_lose_about_what_they_lost() {
    // The article: 1,953 soldiers in battle, plus 4,994 wounded.
    let study = campaign();
    let lost = |g: &nanking::study::Game| Some(f64::from(g.casualties[Side::Japan.index()]));
    let sample: Vec<Option<f64>> = study.games.iter().map(lost).collect();
    let median = stats::spread(&sample).median.expect("men are lost");
    assert!((4_500.0..=10_500.0).contains(&median), "{median}");
}

#[test]
fn the_city_is_encircled_as_the_article_says() {
    // The article: Zhenjiang and Tangshuizhen taken on December 8; the Kunisaki Detachment to occupy
    // Pukou, which it did less than twenty-four hours after Tang had crossed in the evening of the
    // 12th.
    within("h05_zhen", "1937-12-07T05:00", "1937-12-09T21:00");
    within("h05_tang", "1937-12-07T05:00", "1937-12-09T21:00");
    within("h06", "1937-12-12T17:00", "1937-12-13T21:00");
}

#[test]
fn a_foothold_is_measured_from_the_men_in_the_wall_or_inside_a_gate() {
    let study = twenty("guanghua_gate_1937");
    let index = study.scenario.history().iter().position(
        |f| matches!(&f.measure, Measure::FirstFoothold { by: Side::Japan, at } if at.len() == 1),
    );
    let index = index.expect("the figure");
    let mut came = 0;
    for game in &study.games {
        let lodged = game.counts.get("Lodged").copied().unwrap_or(0) > 0;
        match game.figures[index] {
            Some(Quantity::Time(hour)) => {
                came += 1;
                assert!((0..i64::from(game.turns * 4)).contains(&hour));
            }
            Some(other) => panic!("{other:?} is no time"),
            None => assert!(!lodged, "seed {}", game.seed),
        }
    }
    assert!(came > 0);
    assert!(count(&study.games, "Lodged") > 0);
}

#[test]
fn every_kind_of_event_happens_in_one_of_twenty_games_of_some_scenario_unless_excused() {
    let studies = crate::games::SHIPPED.map(twenty);
    for kind in kinds::all() {
        let happens = studies.iter().any(|s| count(&s.games, kind) > 0);
        let excused = NOT_BY_COMPUTERS.iter().any(|(k, _)| k == kind);
        assert_eq!(happens, !excused, "{kind}");
    }
}
