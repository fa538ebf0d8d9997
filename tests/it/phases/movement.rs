//! Movement: rates, roads, zones of control, traffic, full hexes, contact (model §3.4).

use crate::support::{Table, events, hex, id, tell};
use nanking::{
    battle::{Event, Obstacle, Task},
    scenario::Side,
};

const LONG: &[&str] = &[
    "........................................",
    "........................................",
    "........................................",
];

fn along(from: u16, to: u16) -> Vec<(u16, u16)> {
    (from..=to).map(|c| (c, 1)).collect()
}

/// Column of a unit's hex.
fn column(battle: &nanking::battle::Battle, unit: &str) -> u16 {
    let at = battle.position(id(battle, unit)).expect("on the map");
    battle.scenario().map().grid.column_row(at).0
}

#[test]
fn a_column_on_a_road_makes_24_km_in_a_normal_day_and_39_forced() {
    // The article: up to forty kilometers per day, by men who raced each other.
    for (forced, expected) in [(false, 24), (true, 39)] {
        let mut b = Table::draw(LONG)
            .road(&along(0, 39))
            .unit(Side::Japan, "a", 800, (0, 1))
            .unit(Side::China, "far", 800, (39, 1))
            .rules(|r| {
                // A dry road by daylight: the pure rate.
                r.movement.night = 1.0;
                r.movement.fatigue_per_km = 0.0;
            })
            .battle(1);
        // The goal stops short of the enemy's zone of control.
        let to = hex(&b, (37, 1));
        tell(&mut b, "a", Task::March { to, forced });
        for _ in 0..6 {
            b.end_turn();
        }
        let went = column(&b, "a");
        let expected = expected.min(37);
        assert!(
            (i32::from(went) - expected).abs() <= 1,
            "forced {forced}: {went} km"
        );
    }
}

#[test]
fn open_ground_takes_twice_as_long_as_a_road() {
    let run = |road: bool| {
        let table = Table::draw(LONG).unit(Side::Japan, "a", 800, (0, 1)).unit(
            Side::China,
            "far",
            800,
            (39, 1),
        );
        let table = if road {
            table.road(&along(0, 39))
        } else {
            table
        };
        let mut b = table.battle(1);
        let to = hex(&b, (30, 1));
        tell(&mut b, "a", Task::March { to, forced: false });
        b.end_turn();
        column(&b, "a")
    };
    assert_eq!(run(true), 12, "three km an hour for four hours");
    assert_eq!(run(false), 6);
}

#[test]
fn water_and_mountains_bar_guns_but_a_mountain_road_does_not() {
    let drawing = ["....m....", "....m....", "....m...."];
    let build = |road: bool| {
        let t = Table::draw(&drawing)
            .battery(Side::Japan, "guns", (1, 1))
            .unit(Side::China, "far", 500, (8, 0));
        let t = if road { t.road(&along(0, 8)) } else { t };
        t.battle(1)
    };
    let b = build(false);
    let order = nanking::battle::Order::Unit {
        unit: id(&b, "guns"),
        task: Task::March {
            to: hex(&b, (6, 1)),
            forced: false,
        },
        start_at: None,
    };
    let mut b = b;
    let refusal = b.order(Side::Japan, order).expect_err("no way for guns");
    assert!(refusal.to_string().contains("no way"), "{refusal}");
    let mut b = build(true);
    b.order(Side::Japan, order).expect("the road leads across");
}

#[test]
fn a_march_stops_in_front_of_the_enemy_and_says_so() {
    let mut b = Table::draw(&["......", "......", "......"])
        .road(&along(0, 5))
        .unit(Side::Japan, "a", 800, (0, 1))
        .unit(Side::China, "b", 800, (3, 1))
        .battle(1);
    let to = hex(&b, (3, 1));
    tell(&mut b, "a", Task::March { to, forced: false });
    b.end_turn();
    assert_eq!(column(&b, "a"), 2);
    let contacts = events(&b, |e| match e {
        Event::Contact { unit, .. } => Some(*unit),
        _ => None,
    });
    assert_eq!(contacts.len(), 2, "both notice, once");
    let stopped = events(&b, |e| match e {
        Event::Blocked {
            by: Obstacle::Enemy,
            ..
        } => Some(()),
        _ => None,
    });
    assert!(!stopped.is_empty());
}

#[test]
fn enemies_bound_for_one_empty_hex_both_stop_before_it() {
    let mut met = 0;
    for seed in 0..4 {
        let mut b = Table::draw(&[".......", ".......", "......."])
            .road(&along(0, 6))
            .unit(Side::Japan, "a", 800, (0, 1))
            .unit(Side::China, "b", 800, (6, 1))
            .battle(seed);
        let middle = hex(&b, (3, 1));
        tell(
            &mut b,
            "a",
            Task::March {
                to: middle,
                forced: false,
            },
        );
        tell(
            &mut b,
            "b",
            Task::March {
                to: middle,
                forced: false,
            },
        );
        b.end_turn();
        assert_ne!(b.position(id(&b, "a")), b.position(id(&b, "b")));
        met += u32::from(column(&b, "a") != 3 && column(&b, "b") != 3);
    }
    assert_eq!(met, 4, "a meeting engagement, whoever is listed first");
}

#[test]
fn a_full_hex_makes_the_next_unit_wait() {
    let mut b = Table::draw(&[".....", ".....", "....."])
        .road(&along(0, 4))
        .unit(Side::Japan, "big", 2000, (2, 1))
        .unit(Side::Japan, "late", 500, (0, 1))
        .unit(Side::China, "far", 500, (4, 2))
        .rules(|r| r.power.stack_hard = 2200.0)
        .battle(1);
    let to = hex(&b, (2, 1));
    tell(&mut b, "late", Task::March { to, forced: false });
    b.end_turn();
    assert_eq!(column(&b, "late"), 1);
    let full = events(&b, |e| match e {
        Event::Blocked {
            by: Obstacle::Full,
            unit,
            ..
        } => Some(*unit),
        _ => None,
    });
    assert!(full.contains(&id(&b, "late")));
}

#[test]
fn a_road_passes_so_many_men_an_hour_and_the_rest_queue() {
    // The article: all units roaring to Nanking at a breakneck pace, on a few roads.
    let mut table = Table::draw(LONG)
        .road(&along(0, 39))
        .unit(Side::China, "far", 500, (39, 1));
    for i in 0..4 {
        table = table.unit(Side::Japan, &format!("u{i}"), 990, (1, 1));
    }
    let mut b = table.battle(3);
    let to = hex(&b, (30, 1));
    for i in 0..4 {
        tell(&mut b, &format!("u{i}"), Task::March { to, forced: false });
    }
    b.end_turn();
    let mut at: Vec<u16> = (0..4).map(|i| column(&b, &format!("u{i}"))).collect();
    at.sort_unstable();
    assert!(at[0] < at[3], "the column is drawn out: {at:?}");
    assert_eq!(at[3], 13, "the head is not held up: {at:?}");
}

#[test]
fn a_zone_of_control_ends_the_march_past_it() {
    let mut b = Table::draw(&["........", "........", "........", "........"])
        .road(&[
            (0, 1),
            (1, 1),
            (2, 1),
            (3, 1),
            (4, 1),
            (5, 1),
            (6, 1),
            (7, 1),
        ])
        .unit(Side::Japan, "a", 600, (0, 1))
        .unit(Side::China, "b", 900, (3, 2))
        .unit(Side::China, "c", 900, (4, 2))
        .rules(|r| r.movement.infiltration = 0.0)
        .battle(1);
    let to = hex(&b, (7, 1));
    tell(&mut b, "a", Task::March { to, forced: false });
    b.end_turn();
    b.end_turn();
    // The way round the zone leads through row 0; along the road it would be barred.
    let moved = events(&b, |e| match e {
        Event::Moved { to, .. } => Some(b.scenario().map().grid.column_row(*to)),
        _ => None,
    });
    let zone = |c: u16| [(2, 1), (3, 1), (4, 1)].contains(&(c, 1));
    let consecutive = moved
        .windows(2)
        .filter(|w| w[0].1 == 1 && w[1].1 == 1 && zone(w[0].0) && zone(w[1].0))
        .count();
    assert_eq!(
        consecutive, 0,
        "from zone to zone only by attack: {moved:?}"
    );
}

#[test]
fn marching_tires_and_rest_restores() {
    // The article: units physically exhausted by the time they reached Nanking.
    let mut b = Table::draw(LONG)
        .road(&along(0, 39))
        .depot(Side::Japan, (0, 1))
        .unit(Side::Japan, "a", 800, (0, 1))
        .unit(Side::China, "far", 800, (39, 1))
        .battle(1);
    let to = hex(&b, (24, 1));
    tell(&mut b, "a", Task::March { to, forced: true });
    b.end_turn();
    b.end_turn();
    let tired = b.unit(id(&b, "a")).unwrap().condition.fatigue;
    assert!((tired - 24.0 * 0.0125).abs() < 0.03, "{tired}");
    for _ in 0..4 {
        b.end_turn();
    }
    let rested = b.unit(id(&b, "a")).unwrap().condition.fatigue;
    assert!(rested < tired / 2.0, "{tired} then {rested}");
}

#[test]
fn nobody_enters_the_safety_zone() {
    let mut b = Table::draw(&[".......", "..sss..", "..sss..", "......."])
        .unit(Side::Japan, "a", 800, (0, 1))
        .unit(Side::China, "far", 800, (6, 3))
        .battle(1);
    let inside = hex(&b, (3, 1));
    let order = nanking::battle::Order::Unit {
        unit: id(&b, "a"),
        task: Task::March {
            to: inside,
            forced: false,
        },
        start_at: None,
    };
    assert_eq!(
        b.order(Side::Japan, order),
        Err(nanking::battle::Refusal::SafetyZone)
    );
    let to = hex(&b, (5, 1));
    tell(&mut b, "a", Task::March { to, forced: true });
    for _ in 0..3 {
        b.end_turn();
    }
    let map = b.scenario().map().clone();
    let entered = events(&b, |e| match e {
        Event::Moved { to, .. } if map.at(*to).safety_zone => Some(()),
        _ => None,
    });
    assert!(entered.is_empty());
    assert_eq!(b.position(id(&b, "a")), Some(to), "it went round");
}

/// The article: "up to forty kilometres a day"; T14 of the model: two days running of at least 34.
#[test]
fn a_battalion_on_an_empty_road_makes_34_km_and_more_on_two_days_running() {
    let row = ".".repeat(100);
    let rows = [row.as_str(); 3];
    let mut t = Table::draw(&rows)
        .road(&along(0, 99))
        .unit(Side::Japan, "a", 800, (0, 1))
        .unit(Side::China, "far", 800, (99, 1))
        .depot(Side::Japan, (0, 0));
    // From five in the morning, as columns did, and fed all the way.
    t.scenario.start = "1937-12-05T05:00".into();
    let mut b = t.rules(|r| r.supply.line_km = 100_000.0).expected();
    let to = hex(&b, (97, 1));
    let mut days = Vec::new();
    let mut rested = 0.0;
    let mut before = 0;
    for _ in 0..2 {
        tell(&mut b, "a", Task::March { to, forced: true });
        for _ in 0..6 {
            b.end_turn();
        }
        days.push(column(&b, "a") - before);
        before = column(&b, "a");
        rested = crate::support::state(&b, "a").condition.fatigue;
    }
    assert!(days.iter().all(|km| (34..=42).contains(km)), "{days:?}");
    assert!(rested <= 0.5, "fatigue {rested} after the second night");
}

/// The article: the men outran their supply trains. A column's guns and carts fall behind the foot.
#[test]
fn foot_outruns_its_guns_and_its_line_of_supply() {
    let mut b = Table::draw(LONG)
        .road(&along(0, 39))
        .unit(Side::Japan, "foot", 800, (0, 1))
        .battery(Side::Japan, "guns", (0, 1))
        .unit(Side::China, "far", 800, (39, 1))
        .depot(Side::Japan, (0, 1))
        .rules(|r| r.supply.forage = 0.0)
        .expected();
    let to = hex(&b, (36, 1));
    for unit in ["foot", "guns"] {
        tell(&mut b, unit, Task::March { to, forced: true });
    }
    for _ in 0..3 {
        b.end_turn();
    }
    let (foot, guns) = (column(&b, "foot"), column(&b, "guns"));
    assert!(foot >= guns + 8, "{foot} {guns}");
    let supply = |unit: &str| crate::support::state(&b, unit).condition.supply;
    assert!(supply("foot") < supply("guns"));
}

/// Model §3.4: by night a unit in good order slips between two enemies that hold it up by day.
#[test]
fn by_night_men_infiltrate_between_two_enemy_zones_and_never_by_day() {
    // The article: the night before, a squad tried to infiltrate up to Zhonghua Gate.
    let through = |hour: u32| {
        (0..40)
            .filter(|seed| {
                let start =
                    Table::draw(&["........", "........", "........", "........", "........"])
                        .unit(Side::Japan, "a", 400, (1, 2))
                        .unit(Side::China, "b", 800, (3, 0))
                        .unit(Side::China, "c", 800, (3, 4))
                        .unit(Side::China, "d", 800, (4, 0))
                        .unit(Side::China, "e", 800, (4, 4))
                        .rules(|r| {
                            r.movement.zone_cost = 0.0;
                            r.fire.intensity_contact = 0.0;
                        })
                        .battle(*seed);
                let mut b = crate::support::altered(&start, |s| s.clock.hour.0 = hour);
                let to = hex(&b, (7, 2));
                tell(&mut b, "a", Task::March { to, forced: true });
                b.end_turn();
                b.end_turn();
                column(&b, "a") >= 5
            })
            .count()
    };
    // Two rows apart, the enemies' zones do not meet in the middle: anybody walks through.
    assert_eq!(through(0), 40);
    let held = |hour: u32| {
        (0..40)
            .filter(|seed| {
                let start =
                    Table::draw(&["~~~~~~~~", "........", "........", "........", "~~~~~~~~"])
                        .unit(Side::Japan, "a", 400, (1, 2))
                        .unit(Side::China, "b", 800, (3, 3))
                        .unit(Side::China, "c", 800, (3, 1))
                        .rules(|r| {
                            r.movement.zone_cost = 0.0;
                            r.fire.intensity_contact = 0.0;
                        })
                        .battle(*seed);
                let mut b = crate::support::altered(&start, |s| s.clock.hour.0 = hour);
                let to = hex(&b, (7, 2));
                tell(&mut b, "a", Task::March { to, forced: true });
                b.end_turn();
                b.end_turn();
                column(&b, "a") >= 5
            })
            .count()
    };
    // From 09:00 to 17:00 nobody; from 21:00 to 05:00 many, at one chance in two a step and hour.
    assert_eq!(held(0), 0);
    assert!(held(12) > 15, "{}", held(12));
}
