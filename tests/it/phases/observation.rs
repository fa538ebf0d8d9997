//! Observation: who is seen, how well, for how long (model §3.5).

use crate::support::{Table, altered, events, hex, id, state, with_unit};
use nanking::{
    battle::{Battle, Contact, Event},
    scenario::{Branch, Side},
};

fn row(distance: u16) -> Table {
    Table::draw(&["...............", "...............", "..............."])
        .unit(Side::Japan, "a", 800, (1, 1))
        .unit(Side::China, "b", 800, (1 + distance, 1))
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (14, 1))
}

/// What the Japanese side knows of a unit.
fn known(b: &Battle, unit: &str) -> Option<Contact> {
    let unit = id(b, unit);
    b.view(Side::Japan)
        .enemies()
        .iter()
        .find(|e| e.id == unit)
        .map(|e| e.contact)
}

#[test]
fn an_adjacent_formed_enemy_is_always_seen() {
    for seed in 0..20 {
        let mut b = row(1).battle(seed);
        assert_eq!(
            known(&b, "b"),
            None,
            "nothing is known before the first hour"
        );
        b.end_turn();
        let c = known(&b, "b").expect("seen");
        assert_eq!(c.hex, hex(&b, (2, 1)));
    }
}

#[test]
fn nothing_is_seen_beyond_sight() {
    for seed in 0..20 {
        let mut b = row(7).battle(seed);
        b.end_turn();
        assert_eq!(known(&b, "b"), None);
    }
}

/// Share of seeds in which the enemy is seen in the first turn.
fn seen(build: impl Fn() -> Table, change: impl Fn(&Battle) -> Battle) -> f64 {
    let scenario = build().build();
    let n = 200;
    let hits = (0..n)
        .filter(|seed| {
            let b = Battle::new(
                scenario.clone(),
                *seed,
                nanking::battle::Randomness::Sampled,
            );
            let mut b = change(&b);
            b.end_turn();
            known(&b, "b").is_some()
        })
        .count();
    hits as f64 / n as f64
}

fn same(b: &Battle) -> Battle {
    altered(b, |_| {})
}

#[test]
fn the_nearer_the_likelier_and_as_often_as_the_formula_says() {
    for distance in [3, 5] {
        let share = seen(|| row(distance), same);
        let ratio = 3.0 / f64::from(distance);
        let p = 1.0 - (-0.6 * 0.9 * ratio * ratio).exp();
        assert!(
            (share - p).abs() < 0.10,
            "{distance} km: {share} instead of {p}"
        );
    }
}

#[test]
fn night_and_cover_hide() {
    // The article: a breakout under cover of darkness.
    let open = seen(|| row(3), same);
    let night = seen(|| row(3), |b| altered(b, |s| s.clock.hour.0 = 12));
    let town = seen(
        || {
            Table::draw(&["...............", "....c..........", "..............."])
                .unit(Side::Japan, "a", 800, (1, 1))
                .unit(Side::China, "b", 800, (4, 1))
        },
        same,
    );
    assert!(night < open - 0.1, "{night} {open}");
    assert!(town < open - 0.1, "{town} {open}");
}

#[test]
fn cavalry_sees_more_than_foot() {
    let horse = seen(
        || {
            Table::draw(&["...............", "...............", "..............."])
                .unit_with(Side::Japan, "a", 800, (1, 1), |u| {
                    u.branch = Branch::Cavalry
                })
                .unit(Side::China, "b", 800, (5, 1))
        },
        same,
    );
    let foot = seen(|| row(4), same);
    assert!(horse > foot + 0.1, "{horse} {foot}");
}

#[test]
fn heights_between_hide() {
    let hidden = seen(
        || {
            Table::draw(&["...mm..........", "...mm..........", "...mm.........."])
                .unit(Side::Japan, "a", 800, (1, 1))
                .unit(Side::China, "b", 800, (6, 1))
        },
        same,
    );
    assert_eq!(hidden, 0.0);
}

#[test]
fn in_fog_sight_ends_at_a_kilometre() {
    // The article: the party that got lost in the morning fog.
    let fog = |distance| {
        let scenario = row(distance)
            .rules(|r| {
                r.weather.morning_fog = 1.0;
                r.weather.fog_from = 0;
                r.weather.fog_until = 23;
            })
            .build();
        (0..20)
            .filter(|seed| {
                let mut b = Battle::new(
                    scenario.clone(),
                    *seed,
                    nanking::battle::Randomness::Sampled,
                );
                b.end_turn();
                known(&b, "b").is_some()
            })
            .count()
    };
    assert_eq!(fog(2), 0);
    assert_eq!(fog(1), 20);
}

#[test]
fn memory_fades_after_six_turns() {
    let mut b = row(1).battle(3);
    b.end_turn();
    let seen = known(&b, "b").expect("seen").seen;
    // The enemy is gone far away, and where it was seen nobody looks any more.
    let (far, back) = (hex(&b, (14, 0)), hex(&b, (0, 1)));
    let b = with_unit(&b, "b", |u| u.position.hex = Some(far));
    let mut b = with_unit(&b, "a", |u| u.position.hex = Some(back));
    let mut last = 0;
    for _ in 0..8 {
        b.end_turn();
        if known(&b, "b").is_some() {
            last = b.hour().0 - 1 - seen.0;
        }
    }
    assert!((20..=24).contains(&last), "remembered for {last} hours");
}

#[test]
fn a_hex_under_ones_own_eyes_with_nobody_in_it_is_known_to_be_empty() {
    let mut b = row(1).battle(3);
    b.end_turn();
    assert!(known(&b, "b").is_some());
    let far = hex(&b, (14, 0));
    let mut b = with_unit(&b, "b", |u| u.position.hex = Some(far));
    b.end_turn();
    assert_eq!(known(&b, "b"), None);
}

#[test]
fn estimates_scatter_about_the_truth_and_closer_in_a_fight() {
    let logs = |distance: u16| {
        let scenario = row(distance).build();
        let mut logs: Vec<f64> = (0..400)
            .filter_map(|seed| {
                let mut b =
                    Battle::new(scenario.clone(), seed, nanking::battle::Randomness::Sampled);
                b.end_turn();
                known(&b, "b").map(|c| (f64::from(c.men) / 800.0).ln())
            })
            .collect();
        logs.sort_by(f64::total_cmp);
        let median = logs[logs.len() / 2];
        let spread = (logs.iter().map(|x| x * x).sum::<f64>() / logs.len() as f64).sqrt();
        (median, spread)
    };
    let far = logs(3);
    assert!(far.0.abs() < 0.09 && (far.1 - 0.4).abs() < 0.08, "{far:?}");
    let near = logs(1);
    assert!(
        near.0.abs() < 0.04 && (near.1 - 0.15).abs() < 0.04,
        "{near:?}"
    );
}

#[test]
fn a_sighting_is_told_once_while_the_enemy_stays() {
    let mut b = row(1).rules(|r| r.fire.intensity_contact = 0.0).battle(2);
    for _ in 0..3 {
        b.end_turn();
    }
    let told = events(&b, |e| match e {
        Event::Sighted { by, .. } => Some(*by),
        _ => None,
    });
    assert_eq!(told.iter().filter(|s| **s == Side::Japan).count(), 1);
}

#[test]
fn ones_own_side_is_known_exactly_and_the_other_not_at_all() {
    let b = row(5).battle(2);
    let view = b.view(Side::Japan);
    let own = view.own(id(&b, "a")).expect("own");
    assert_eq!(own.strength, state(&b, "a").strength);
    assert_eq!(own.condition, state(&b, "a").condition);
    assert!(view.own(id(&b, "b")).is_none());
    assert!(view.enemies().is_empty());
}

#[test]
fn the_dead_are_struck_from_the_map_table() {
    let mut b = row(1).battle(3);
    b.end_turn();
    assert!(known(&b, "b").is_some());
    let mut b = with_unit(&b, "b", |u| {
        u.position.hex = None;
        u.strength =
            nanking::battle::Strength::all_in(nanking::battle::strength::Bin::Captured, 800);
    });
    b.end_turn();
    assert_eq!(known(&b, "b"), None);
}
