//! How long the parts of a battle take: `cargo bench`. Measured on the historical battle, whose map
//! and order of battle are the largest there are. Loading is measured apart and in nothing else.

use divan::{Bencher, black_box};
use nanking::{
    battle::{Battle, Randomness, Snapshot, route::Pathfinder},
    cli::fight::load,
    commander::{Commander, General, Level, drive, for_side},
    scenario::{
        Branch, Options, Scenario, Side, UnitId,
        map::{HexMap, Mover, file::MapFile, rasterise::rasterise},
        validate,
    },
    shelf::Shelf,
};
use std::sync::{Arc, LazyLock};

const HISTORICAL: &str = "nanking_1937";

static SCENARIO: LazyLock<Arc<Scenario>> = LazyLock::new(|| {
    Arc::new(load(HISTORICAL, &Options::default()).expect("the historical scenario is valid"))
});

/// A turn in the middle of the battle, when most units are in contact.
const MIDDLE: u32 = 32;

static MIDDLE_BATTLE: LazyLock<Snapshot> = LazyLock::new(|| {
    let mut battle = new_battle(1);
    let mut commanders = commanders();
    for _ in 1..MIDDLE {
        drive(&mut battle, &mut commanders);
    }
    battle.snapshot()
});

fn main() {
    divan::main();
}

fn new_battle(seed: u64) -> Battle {
    Battle::new(SCENARIO.clone(), seed, Randomness::Sampled)
}

fn middle_battle() -> Battle {
    Battle::restore(SCENARIO.clone(), MIDDLE_BATTLE.clone())
}

fn commanders() -> [Box<dyn Commander>; 2] {
    Side::ALL.map(|side| -> Box<dyn Commander> { for_side(&SCENARIO, side, Level::default()) })
}

/// A whole battle, computer against computer, without loading.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn full_game(bencher: Bencher) {
    LazyLock::force(&SCENARIO);
    bencher.bench_local(|| {
        let mut battle = new_battle(1);
        let mut commanders = commanders();
        while battle.end().is_none() {
            drive(&mut battle, &mut commanders);
        }
        battle.digest()
    });
}

/// Reading and checking scenario, map and rules.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn load_and_validate(bencher: Bencher) {
    let (shelf, name) = Shelf::open(HISTORICAL).expect("it is there");
    bencher.bench_local(|| validate::examine(&*shelf, black_box(&name), &Options::default()).built);
}

/// Features to hexes at 1 km.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn rasterise_map(bencher: Bencher) {
    let (shelf, _) = Shelf::open(HISTORICAL).expect("it is there");
    let choice = &SCENARIO.file().map;
    let text = shelf.load(&choice.file).expect("the map is there");
    let file: MapFile = ron::from_str(&text).expect("the map can be read");
    let places = &SCENARIO.file().places;
    bencher.bench_local(|| -> HexMap {
        match rasterise(black_box(&file), choice.hex_km, choice.window, places) {
            Ok(map) => map,
            Err(problems) => panic!("{problems:?}"),
        }
    });
}

/// One side's computer in the middle of the battle, with fields of ways already charted.
#[divan::bench(args = Side::ALL)]
fn computer_turn(bencher: Bencher, side: Side) {
    let battle = middle_battle();
    let mut general = General::default();
    general.orders(&battle.view(side));
    bencher.bench_local(|| general.orders(&battle.view(side)));
}

/// One turn of the core without orders, in the middle of the battle, on a fresh copy.
#[divan::bench]
fn turn_without_orders(bencher: Bencher) {
    bencher
        .with_inputs(middle_battle)
        .bench_local_values(|mut battle| {
            battle.end_turn();
            battle
        });
}

/// A way for one battalion across the map.
#[divan::bench]
fn one_route(bencher: Bencher) {
    let battle = new_battle(1);
    let view = battle.view(Side::Japan);
    let unit = marching_unit(&battle);
    let mut finder = Pathfinder::default();
    let goal = SCENARIO.objectives()[0].place;
    let goal = SCENARIO.map().places[goal].centre;
    bencher.bench_local(|| view.route(&mut finder, black_box(unit), goal));
}

/// Costs from everywhere to one goal.
#[divan::bench]
fn field_of_ways(bencher: Bencher) {
    let goal = SCENARIO.objectives()[0].place;
    let goal = SCENARIO.map().places[goal].centre;
    let mut finder = Pathfinder::default();
    bencher.bench_local(|| {
        finder.field(
            &SCENARIO.map().grid,
            SCENARIO.passage(),
            Mover::Foot,
            black_box(&[(goal, 0.0)]),
            200.0,
            |_| true,
            |_, _, _| Some(0.0),
        )
    });
}

#[divan::bench]
fn take_snapshot(bencher: Bencher) {
    let battle = middle_battle();
    bencher.bench_local(|| battle.snapshot());
}

#[divan::bench]
fn restore_snapshot(bencher: Bencher) {
    bencher
        .with_inputs(|| MIDDLE_BATTLE.clone())
        .bench_local_values(|snapshot| Battle::restore(SCENARIO.clone(), snapshot));
}

#[divan::bench]
fn digest(bencher: Bencher) {
    let battle = middle_battle();
    bencher.bench_local(|| battle.digest());
}

fn marching_unit(battle: &Battle) -> UnitId {
    (0..)
        .zip(SCENARIO.units())
        .filter(|(_, u)| u.side == Side::Japan && u.branch == Branch::Infantry)
        .map(|(i, _)| UnitId(i))
        .find(|id| battle.position(*id).is_some())
        .expect("some battalion is on the map at the start")
}
