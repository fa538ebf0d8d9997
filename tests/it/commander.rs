//! Computer commanders: what they order must be legal, and must make sense.

use crate::support::{Table, events, hex, id, plan};
use nanking::{
    battle::{Battle, Event, MissionPosture, Order, PlaceState, Randomness, Task},
    commander::{Commander, General, Idle, RandomLegal, drive},
    scenario::{
        FormationId, Options, Scenario, Side, UnitId,
        file::PlanFile,
        forces::{Echelon, PlanTask},
        map::{Mover, WorksLevel},
    },
    shelf::Shelf,
};
use std::sync::Arc;

type Pair = [Box<dyn Commander>; 2];

fn generals() -> Pair {
    [Box::new(General::default()), Box::new(General::default())]
}

fn scenario(name: &str) -> Arc<Scenario> {
    let (files, path) = Shelf::open(name).expect("the scenario is there");
    match Scenario::load(&*files, &path, &Options::default()) {
        Ok(scenario) => Arc::new(scenario),
        Err(problems) => panic!("{name} is wrong: {problems:#?}"),
    }
}

fn campaign(seed: u64) -> Battle {
    Battle::new(scenario("nanking_1937"), seed, Randomness::Sampled)
}

fn units(battle: &Battle) -> impl Iterator<Item = UnitId> + use<> {
    (0..battle.scenario().units().len() as u32).map(UnitId)
}

/// Formations with a unit on the map that have no mission of their own.
fn without_mission(battle: &Battle) -> Vec<FormationId> {
    let views = Side::ALL.map(|side| battle.view(side));
    units(battle)
        .filter(|u| battle.position(*u).is_some())
        .map(|u| battle.scenario().unit(u))
        .filter(|u| views[u.side.index()].mission(u.formation).is_none())
        .map(|u| u.formation)
        .collect()
}

#[test]
fn twenty_turns_of_the_campaign_are_fought_without_a_refused_order_or_an_idle_formation() {
    for seed in [1, 2] {
        let mut battle = campaign(seed);
        let mut pair = generals();
        let mut stuck = Vec::new();
        for turn in 1..=20 {
            let first = battle.next_event();
            let refused = drive(&mut battle, &mut pair);
            assert!(refused.is_empty(), "seed {seed} turn {turn}: {refused:?}");
            let scenario = battle.scenario();
            for unit in units(&battle) {
                let state = battle.unit(unit).expect("a unit of the scenario");
                let Some(at) = state.position.hex else {
                    continue;
                };
                if state.ledger.blocked_hours > 12 {
                    stuck.push((turn, scenario.unit(unit).text_id.clone()));
                }
                let mover = Mover::of(scenario.unit(unit).branch);
                assert!(
                    scenario.passage().can_stand(mover, at),
                    "{} stands on ground it cannot enter",
                    scenario.unit(unit).text_id
                );
            }
            // Units that came in this turn are given a mission at the next.
            let arrived: Vec<FormationId> = battle
                .events_since(first)
                .iter()
                .filter_map(|logged| match logged.event {
                    Event::Arrived { unit, .. } => Some(scenario.unit(unit).formation),
                    _ => None,
                })
                .collect();
            let idle: Vec<FormationId> = without_mission(&battle)
                .into_iter()
                .filter(|f| !arrived.contains(f))
                .collect();
            assert!(idle.is_empty(), "seed {seed} turn {turn}: {idle:?}");
        }
        assert!(stuck.is_empty(), "seed {seed}: blocked too long: {stuck:?}");
    }
}

#[test]
fn the_columns_reach_the_outer_line_and_take_what_lies_before_it() {
    let mut battle = campaign(1);
    let mut pair = generals();
    for _ in 0..20 {
        drive(&mut battle, &mut pair);
    }
    let map = battle.scenario().map().clone();
    let reached = events(&battle, |e| match e {
        Event::LineReached {
            line,
            by: Side::Japan,
        } => Some(map.features[usize::from(*line)].id.clone()),
        _ => None,
    });
    assert!(
        reached.iter().any(|id| id.contains("outer")),
        "lines reached: {reached:?}"
    );
    let taken = events(&battle, |e| match e {
        Event::Place {
            place,
            by: Side::Japan,
            state: PlaceState::Captured,
        } => Some(map.places[usize::from(*place)].id.clone()),
        _ => None,
    });
    for place in ["jurong", "molingguan", "hushu"] {
        assert!(taken.iter().any(|t| t == place), "taken: {taken:?}");
    }
    let joint = events(&battle, |e| match e {
        Event::Fought {
            assault: true,
            attackers,
            ..
        } => Some(attackers.len()),
        _ => None,
    });
    let more = joint.iter().filter(|n| **n >= 2).count();
    assert!(
        more * 2 > joint.len(),
        "{more} of {} assaults by more than one unit",
        joint.len()
    );
}

#[test]
fn the_same_seed_gives_the_same_battle() {
    let run = || {
        let mut battle = campaign(3);
        let mut pair = generals();
        for _ in 0..8 {
            drive(&mut battle, &mut pair);
        }
        battle.digest()
    };
    assert_eq!(run(), run());
}

#[test]
fn random_orders_are_legal_and_many() {
    for seed in [1, 2] {
        let mut battle = campaign(seed);
        let mut pair: Pair = [Box::new(RandomLegal), Box::new(RandomLegal)];
        for _ in 0..8 {
            let refused = drive(&mut battle, &mut pair);
            assert!(refused.is_empty(), "{refused:?}");
        }
        let given = events(&battle, |e| match e {
            Event::OrderTaken { .. } | Event::MissionGiven { .. } => Some(()),
            _ => None,
        });
        assert!(given.len() > 200, "only {} orders", given.len());
    }
}

#[test]
fn the_village_of_the_lesson_is_attacked() {
    let mut battle = Battle::new(scenario("crossroads"), 1, Randomness::Sampled);
    let mut pair = generals();
    for _ in 0..8 {
        let refused = drive(&mut battle, &mut pair);
        assert!(refused.is_empty(), "{refused:?}");
    }
    let assaults = events(&battle, |e| match e {
        Event::Fought {
            assault: true,
            attacker: Side::Japan,
            ..
        } => Some(()),
        _ => None,
    });
    assert!(!assaults.is_empty(), "nobody attacked");
}

/// Three battalions five hexes from a place that one battalion holds.
fn three_to_one() -> Table {
    let mut table = Table::draw(&[
        ".........",
        ".........",
        ".........",
        "....p....",
        ".........",
        ".........",
        ".........",
        ".........",
        ".........",
    ])
    .unit(Side::China, "keeper", 500, (4, 5))
    .unit(Side::Japan, "left", 800, (2, 1))
    .unit(Side::Japan, "middle", 800, (4, 0))
    .unit(Side::Japan, "right", 800, (6, 1))
    .depot(Side::China, (4, 8))
    .depot(Side::Japan, (4, 0))
    .place("village", (4, 5));
    for formation in &mut table.scenario.formations {
        let task = match formation.side {
            Side::China => PlanTask::Hold,
            Side::Japan => PlanTask::Seize,
        };
        formation.plan.push(plan("village", task));
    }
    table
}

#[test]
fn attackers_come_up_from_several_sides_and_take_the_place_together() {
    let mut battle = three_to_one().battle(1);
    let village = hex(&battle, (4, 5));
    let mut pair = generals();
    for _ in 0..12 {
        let refused = drive(&mut battle, &mut pair);
        assert!(refused.is_empty(), "{refused:?}");
    }
    let most = events(&battle, |e| match e {
        Event::Fought {
            at,
            assault: true,
            attackers,
            ..
        } if *at == village => Some(attackers.len()),
        _ => None,
    })
    .into_iter()
    .max();
    assert!(most >= Some(2), "at most {most:?} attacked together");
    assert_eq!(
        battle.control()[village.index()],
        Some(Side::Japan),
        "three to one, two days"
    );
}

#[test]
fn who_holds_a_place_is_not_told_so_twice() {
    let mut battle = three_to_one().battle(1);
    let mut general = General::default();
    let keeper = id(&battle, "keeper");
    for turn in 1..=4 {
        let orders = general.orders(&battle.view(Side::China));
        let told = orders
            .iter()
            .filter(|o| matches!(o, Order::Unit { unit, .. } if *unit == keeper))
            .count();
        let missions = orders.len() - told;
        assert!(told == 0, "turn {turn}: {orders:?}");
        assert_eq!(missions, usize::from(turn == 1));
        assert!(battle.orders(Side::China, &orders).is_empty());
        battle.end_turn();
    }
    let state = battle.unit(keeper).expect("a unit");
    assert_eq!(state.mission.task, Task::Hold);
    assert!(state.stance.entrenched > WorksLevel::None, "it has dug in");
}

#[test]
fn without_a_plan_the_next_valuable_place_is_the_mission() {
    let mut table = three_to_one();
    for formation in &mut table.scenario.formations {
        formation.plan.clear();
    }
    table
        .scenario
        .objectives
        .push(nanking::scenario::file::ObjectiveFile {
            place: "village".into(),
            china: 1.0,
            japan: 1.0,
            source: "invented for a test".into(),
            confidence: nanking::scenario::Confidence::Low,
        });
    let mut battle = table.battle(1);
    let mut pair = generals();
    drive(&mut battle, &mut pair);
    let formation = battle
        .scenario()
        .formation_by_id("japan")
        .expect("a formation");
    let mission = battle.view(Side::Japan).mission(formation);
    let mission = mission.expect("a mission after the first turn");
    assert_eq!(mission.objective, hex(&battle, (4, 5)));
    assert_eq!(mission.posture, MissionPosture::Attack);
}

/// Where a column whose first place is taken, and whose next is to be taken at 21:00, is sent at 09:00.
fn sent_to(disobey: f64, rivalry: f64, rival: Option<(u16, u16)>) -> (u16, u16) {
    let mut table = Table::draw(&["............", "............", "............"])
        .place("first", (2, 1))
        .place("second", (9, 1))
        .unit(Side::Japan, "a", 600, (2, 1))
        .unit(Side::China, "b", 300, (11, 2))
        .doctrine(Side::Japan, |d| {
            d.phase_line_disobey = disobey;
            d.rivalry = rivalry;
        });
    let row = table
        .scenario
        .formations
        .iter()
        .position(|f| f.side == Side::Japan);
    let row = row.expect("a formation");
    let mut other = table.scenario.formations[row].clone();
    table.scenario.formations[row].plan = vec![
        plan("first", PlanTask::Seize),
        PlanFile {
            from: "1937-12-05T21:00".into(),
            ..plan("second", PlanTask::Seize)
        },
    ];
    if let Some(at) = rival {
        other.id = "other".into();
        other.echelon = Echelon::Division;
        table.scenario.formations.push(other);
        table = table.unit_with(Side::Japan, "r", 600, at, |u| u.formation = "other".into());
    }
    let battle = table.battle(1);
    let orders = General::default().orders(&battle.view(Side::Japan));
    let japan = battle.scenario().formation_by_id("japan").expect("there");
    let mission = orders.iter().find_map(|o| match o {
        Order::Formation {
            formation, mission, ..
        } if *formation == japan => Some(mission.objective),
        _ => None,
    });
    let grid = &battle.scenario().map().grid;
    grid.column_row(mission.expect("a mission"))
}

#[test]
fn those_who_make_light_of_phase_lines_go_on_before_their_hour() {
    // The article: Matsui envisaged a slow and steady march, but his subordinates refused to play
    // along; Guangde was taken three days before the advance was to begin.
    assert_eq!(sent_to(0.0, 0.0, None), (2, 1));
    assert_eq!(sent_to(1.0, 0.0, None), (9, 1));
}

#[test]
fn where_troops_of_another_command_are_as_near_a_formation_races_them() {
    // The article: they raced eagerly with each other to be the first to get to the city.
    assert_eq!(sent_to(0.0, 1.0, None), (2, 1));
    assert_eq!(sent_to(0.0, 1.0, Some((7, 0))), (9, 1));
    assert_eq!(sent_to(0.0, 0.0, Some((7, 0))), (2, 1));
}

#[test]
fn a_spent_attacker_rests_until_it_has_recovered() {
    let scenario = three_to_one().build();
    let fresh = Battle::new(scenario.clone(), 1, Randomness::Sampled);
    let middle = id(&fresh, "middle");
    let task_at = |cohesion: f64| {
        let mut state = fresh.snapshot();
        state.units[middle.0 as usize].condition.cohesion = cohesion;
        let battle = Battle::restore(scenario.clone(), state);
        General::default()
            .orders(&battle.view(Side::Japan))
            .into_iter()
            .find_map(|o| match o {
                Order::Unit { unit, task, .. } if unit == middle => Some(task),
                _ => None,
            })
    };
    assert_eq!(task_at(0.3), Some(Task::Rest));
    assert!(matches!(task_at(0.9), Some(Task::March { .. })));
}

#[test]
fn an_idle_commander_leaves_the_enemy_alone() {
    let mut battle = three_to_one().battle(1);
    let mut pair: Pair = [Box::new(Idle), Box::new(Idle)];
    for _ in 0..4 {
        drive(&mut battle, &mut pair);
    }
    let moved = events(&battle, |e| match e {
        Event::Moved { .. } | Event::Fought { .. } => Some(()),
        _ => None,
    });
    assert!(moved.is_empty());
}

#[test]
fn a_bold_command_attacks_where_a_wary_one_waits() {
    let attacks = |aggression: f64| {
        let mut table = Table::draw(&[".....", "..f..", ".....", "....."])
            .unit(Side::China, "keeper", 900, (2, 2))
            .unit(Side::Japan, "left", 800, (1, 1))
            .unit(Side::Japan, "right", 800, (2, 1))
            .depot(Side::China, (2, 3))
            .depot(Side::Japan, (2, 0))
            .place("fort", (2, 2))
            .doctrine(Side::Japan, |d| d.aggression = aggression);
        for formation in &mut table.scenario.formations {
            let task = match formation.side {
                Side::China => PlanTask::Hold,
                Side::Japan => PlanTask::Seize,
            };
            formation.plan.push(plan("fort", task));
        }
        let mut battle = table.battle(1);
        // A turn to see each other.
        drive(&mut battle, &mut [Box::new(Idle), Box::new(Idle)]);
        let target = hex(&battle, (2, 2));
        General::default()
            .orders(&battle.view(Side::Japan))
            .iter()
            .filter(|o| matches!(o, Order::Unit { task, .. } if *task == Task::Assault { target }))
            .count()
    };
    assert_eq!(attacks(0.95), 2);
    assert_eq!(attacks(0.0), 0);
}
