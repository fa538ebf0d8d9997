//! Ships on the river. The article: a squadron of ships was sent up the river; naval units closed the
//! Yangtze just after the 2nd Army had crossed.

use crate::support::{Table, events, hex, place_of, plan, refusal, shelved, tell};
use nanking::{
    battle::{Battle, Event, Randomness, Refusal, Task},
    commander::{Commander, General},
    scenario::{
        Branch, Hours, Side,
        file::StartFile,
        forces::PlanTask,
        map::{Mover, file::FeatureKind},
    },
};

/// A river along the north; a gunboat in the east.
fn river() -> Table {
    let mut t = Table::draw(&[
        "~~~~~~~~~~~~",
        "............",
        "............",
        "............",
        "............",
        "............",
    ])
    .unit_with(Side::Japan, "boat", 100, (11, 5), |u| {
        u.branch = Branch::Naval;
        u.guns = 4;
        u.gun_class = Some("naval_120".into());
    })
    .unit(Side::China, "near", 900, (9, 4))
    .unit(Side::China, "far", 900, (9, 0));
    let at = t.degrees((1, 5));
    t = t.anchorage("harbour", at);
    t
}

#[test]
fn ships_shell_the_banks_and_not_the_country_behind_them() {
    // The article: a squadron of ships dispatched up the river.
    let mut b = river().battle(1);
    let far = hex(&b, (9, 0));
    let refused = refusal(&mut b, "boat", Task::Bombard { target: far });
    assert!(matches!(refused, Refusal::TooFarInland { .. }), "{refused}");
    let target = hex(&b, (9, 4));
    tell(&mut b, "boat", Task::Bombard { target });
    b.end_turn();
    let casualties = b.men(Side::China).casualties();
    assert!(casualties > 0);
}

#[test]
fn the_water_that_ships_bar_is_known_to_their_side_and_to_whoever_sees_them() {
    let b = river().rules(|r| r.bombardment.blockade_km = 4.0).battle(1);
    assert_eq!(place_of(&b, "boat"), Some((10, 5)));
    let barred = b.view(Side::Japan).barred_water();
    let reach = |column| barred.contains(&(hex(&b, (column, 5)), Side::Japan));
    assert!(reach(11) && reach(6) && !reach(5));
    assert_eq!(barred.len(), 6, "water only");
    let seen = b.view(Side::China);
    let known = seen
        .enemies()
        .iter()
        .any(|e| e.contact.hex == hex(&b, (10, 5)));
    assert_eq!(!seen.barred_water().is_empty(), known);
}

#[test]
fn ships_close_an_anchorage_when_they_lie_off_it_and_not_before() {
    // The article: naval units blockaded the river just after the 2nd Army had crossed.
    let mut b = river().battle(1);
    b.end_turn();
    assert!(b.closed_river().is_empty());
    let to = hex(&b, (3, 5));
    tell(&mut b, "boat", Task::March { to, forced: true });
    b.end_turn();
    assert_eq!(place_of(&b, "boat"), Some((3, 5)));
    let closed = events(&b, |e| match e {
        Event::RiverClosed { anchorage, by } => Some((*anchorage, *by)),
        _ => None,
    });
    assert_eq!(closed, b.closed_river());
    assert_eq!(closed.len(), 1);
    let feature = &b.scenario().map().features[usize::from(closed[0].0)];
    assert_eq!((feature.id.as_str(), closed[0].1), ("harbour", Side::Japan));
    b.end_turn();
    assert_eq!(b.view(Side::China).closed_river().len(), 1, "told once");
}

#[test]
fn the_hour_of_arrival_is_drawn_between_its_bounds_and_likeliest_in_the_middle() {
    let mut hours = Vec::new();
    for seed in 0..60 {
        let mut b = river()
            .unit_with(Side::Japan, "late", 100, (11, 5), |u| {
                u.branch = Branch::Naval;
                u.start = StartFile::Arrives {
                    place: "at_late".into(),
                    at: "1937-12-06T09:00".into(),
                    between: Some(("1937-12-05T17:00".into(), "1937-12-07T01:00".into())),
                };
            })
            .battle(seed);
        for turn in 0..12 {
            b.end_turn();
            if place_of(&b, "late").is_some() {
                hours.push(turn * 4);
                break;
            }
        }
    }
    assert_eq!(hours.len(), 60);
    // 8 to 40 hours after the start, met at the next turn.
    assert!(hours.iter().all(|h| (8..=40).contains(h)), "{hours:?}");
    let middle = hours.iter().filter(|h| (16..=32).contains(*h)).count();
    assert!((30..=58).contains(&middle), "{middle} of 60");
    assert!(hours.iter().min() < hours.iter().max());
}

#[test]
fn the_computers_ships_sail_to_their_station() {
    let mut t = river().place("station", (3, 5));
    t.scenario.formations[1].plan = vec![plan("station", PlanTask::Hold)];
    let mut b = t.battle(1);
    let mut general = General::default();
    for _ in 0..2 {
        let orders = general.orders(&b.view(Side::Japan));
        assert!(b.orders(Side::Japan, &orders).is_empty());
        b.end_turn();
    }
    let (column, _) = place_of(&b, "boat").unwrap();
    assert!((2..=4).contains(&column), "{column}");
    assert!(!b.closed_river().is_empty());
}

#[test]
fn the_river_squadron_reaches_xiaguan_about_the_morning_of_the_13th() {
    // The article: the 2nd Army got away just before Japanese naval units blockaded the river.
    let scenario = shelved("nanking_1937");
    let id = scenario.unit_by_id("jp_11sq").unwrap();
    let (first, last) = scenario.unit(id).start_between.unwrap();
    let calendar = scenario.calendar();
    assert_eq!(calendar.text(first), "12 Dec 11:00");
    assert_eq!(calendar.text(last), "13 Dec 06:00");
    let map = scenario.map();
    let off = |name: &str| map.places[map.place(name).unwrap()].centre;
    let from = off("river_zhenjiang");
    // The place is named after the channel; the ship's hex is the water beside it.
    let to = map
        .grid
        .within(off("river_xiaguan"), 3)
        .into_iter()
        .filter(|h| {
            scenario
                .passage()
                .connected(Mover::Ship, scenario.unit(id).start_hex, *h)
        })
        .min_by_key(|h| (map.grid.distance(*h, off("river_xiaguan")), *h))
        .unwrap();
    assert!(map.grid.distance(scenario.unit(id).start_hex, from) <= 1);
    // The way up takes eight to twelve hours, so that it is there between the evening of the 12th and
    // the afternoon of the 13th.
    let mut b = Battle::new(scenario.clone(), 1, Randomness::Sampled);
    while b.position(id).is_none() {
        assert!(b.hour() < Hours(220));
        b.end_turn();
    }
    let arrived = b.hour();
    tell(&mut b, "jp_11sq", Task::March { to, forced: true });
    while b.position(id) != Some(to) {
        assert!(b.hour() < Hours(240));
        b.end_turn();
    }
    let sailed = b.hour().0 - arrived.0;
    assert!((8..=16).contains(&sailed), "{sailed} h");
    let closed: Vec<&str> = b
        .closed_river()
        .iter()
        .map(|(a, _)| map.features[usize::from(*a)].id.as_str())
        .collect();
    assert!(closed.contains(&"yangtze_22"), "{closed:?}");
    assert!(matches!(
        map.features[map.feature("yangtze_22").unwrap()].kind,
        FeatureKind::Anchorage
    ));
}
