//! The scale rule (model §2): rules are per km and hour, so a fight comes out alike whether the map
//! has hexes of 1 km or of 0.5 km. Real fights on real dice, many seeds, means within 15 %.
//!
//! The same men over the same front: where one hex of 1 km holds a regiment, two of 0.5 km hold a
//! battalion each, and each is attacked over two hexsides of half the length.

use crate::support::{Table, hex, id, tell};
use nanking::{
    battle::{Battle, Randomness, Task},
    scenario::{Scenario, Side, map::WorksLevel},
};
use std::sync::Arc;

/// Killed and wounded, and how often the position fell, of so many fights.
struct Outcome {
    attackers: f64,
    defenders: f64,
    fell: f64,
}

/// How far apart two figures are, as a share of the first.
fn apart(a: f64, b: f64) -> f64 {
    (b - a).abs() / a
}

fn posture(table: Table, hold_base: Option<f64>) -> Table {
    table
        .doctrine(Side::China, |d| d.withdrawal_permitted = false)
        .rules(|r| {
            if let Some(base) = hold_base {
                r.hold.base = base;
            }
        })
}

/// One hex of 1 km, works in it, attacked from two sides by 1,200 men.
fn coarse(hold_base: Option<f64>) -> Arc<Scenario> {
    let table = Table::draw_at(1.0, &[".....", "..f..", "....."])
        .unit(Side::China, "d1", 900, (2, 1))
        .unit(Side::Japan, "a1", 600, (2, 0))
        .unit(Side::Japan, "a2", 600, (3, 0))
        .depot(Side::China, (2, 2))
        .depot(Side::Japan, (0, 0));
    posture(table, hold_base).build()
}

/// The same front in hexes of 0.5 km: two hexes of works, each attacked over two sides. An attacker
/// between them attacks one of them.
fn fine(hold_base: Option<f64>) -> Arc<Scenario> {
    let table = Table::draw_at(
        0.5,
        &["........", "........", "..f.f...", "........", "........"],
    )
    .unit(Side::China, "d1", 450, (2, 2))
    .unit(Side::China, "d2", 450, (4, 2))
    .unit(Side::Japan, "a1", 300, (1, 1))
    .unit(Side::Japan, "a2", 300, (2, 1))
    .unit(Side::Japan, "a3", 300, (3, 1))
    .unit(Side::Japan, "a4", 300, (4, 1))
    .depot(Side::China, (3, 4))
    .depot(Side::Japan, (0, 0));
    posture(table, hold_base).build()
}

fn fight(scenario: &Arc<Scenario>, orders: &[(&str, (u16, u16))], turns: u32) -> Outcome {
    const SEEDS: u64 = 200;
    let mut sum = [0.0; 3];
    for seed in 0..SEEDS {
        let mut b = Battle::new(Arc::clone(scenario), seed, Randomness::Sampled);
        for &(unit, at) in orders {
            let target = hex(&b, at);
            tell(&mut b, unit, Task::Assault { target });
        }
        for _ in 0..turns {
            b.end_turn();
        }
        let lost: Vec<bool> = ["d1", "d2"]
            .iter()
            .filter(|u| scenario.unit_by_id(u).is_some())
            .map(|u| b.position(id(&b, u)) != Some(scenario.unit(id(&b, u)).start_hex))
            .collect();
        sum[0] += f64::from(b.men(Side::Japan).casualties());
        sum[1] += f64::from(b.men(Side::China).casualties());
        sum[2] += lost.iter().filter(|l| **l).count() as f64 / lost.len() as f64;
    }
    let [attackers, defenders, fell] = sum.map(|s| s / SEEDS as f64);
    Outcome {
        attackers,
        defenders,
        fell,
    }
}

const COARSE_ORDERS: [(&str, (u16, u16)); 2] = [("a1", (2, 1)), ("a2", (2, 1))];
const FINE_ORDERS: [(&str, (u16, u16)); 4] = [
    ("a1", (2, 2)),
    ("a2", (2, 2)),
    ("a3", (4, 2)),
    ("a4", (4, 2)),
];

#[test]
fn the_drawings_attack_over_the_same_front() {
    for (scenario, orders) in [
        (coarse(None), &COARSE_ORDERS[..]),
        (fine(None), &FINE_ORDERS[..]),
    ] {
        let map = scenario.map();
        for &(unit, (column, row)) in orders {
            let target = map.grid.hex(column, row).unwrap();
            let from = scenario.unit(scenario.unit_by_id(unit).unwrap()).start_hex;
            assert_eq!(map.grid.distance(from, target), 1, "{unit}");
            assert_eq!(map.at(target).works.level, WorksLevel::Fortified);
        }
    }
}

#[test]
fn a_fight_costs_the_same_in_hexes_of_one_km_and_of_half_a_km() {
    // Nobody gives way: losses of a fight of a given length.
    let a = fight(&coarse(Some(-40.0)), &COARSE_ORDERS, 2);
    let b = fight(&fine(Some(-40.0)), &FINE_ORDERS, 2);
    assert!(a.attackers > 40.0 && a.defenders > 40.0);
    assert!(
        apart(a.attackers, b.attackers) < 0.15,
        "{} {}",
        a.attackers,
        b.attackers
    );
    assert!(
        apart(a.defenders, b.defenders) < 0.15,
        "{} {}",
        a.defenders,
        b.defenders
    );
}

#[test]
fn a_fight_fought_out_costs_and_decides_the_same_at_both_sizes() {
    let a = fight(&coarse(None), &COARSE_ORDERS, 3);
    let b = fight(&fine(None), &FINE_ORDERS, 3);
    assert!((0.1..0.9).contains(&a.fell), "{}", a.fell);
    assert!((a.fell - b.fell).abs() < 0.15, "{} {}", a.fell, b.fell);
    assert!(
        apart(a.attackers, b.attackers) < 0.15,
        "{} {}",
        a.attackers,
        b.attackers
    );
    assert!(
        apart(a.defenders, b.defenders) < 0.15,
        "{} {}",
        a.defenders,
        b.defenders
    );
}
