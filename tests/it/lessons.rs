//! Scripts: a commander follows the orders of a scenario for part of its forces, and leaves the rest to
//! another. The lesson that shows it is played to its end.

use crate::support::{Table, hex, id, plan, shelved};
use nanking::{
    battle::{Battle, MissionPosture, Order, Randomness, Task},
    commander::{
        Commander, General, Idle, Level, Reason, Scripted, drive, for_side,
        reason::{Choice, Motive, Subject},
    },
    report::Diary,
    scenario::{
        Confidence, Hours, Side,
        events::{UnitTask, Written},
        forces::PlanTask,
        script::{ScriptFile, Told},
    },
};
use std::sync::Arc;

fn line(at: &str, order: Told<Written>) -> ScriptFile {
    ScriptFile {
        at: at.into(),
        order,
        source: "invented for a test".into(),
        confidence: Confidence::Low,
    }
}

fn unit(at: &str, id: &str, task: UnitTask<Written>) -> ScriptFile {
    let id = id.into();
    line(at, Told::Unit { id, task })
}

/// An open plain: two battalions of Japan, `a` and `b`, whose plan is to seize the east; one of China.
fn plain(script: Vec<ScriptFile>) -> Battle {
    let mut table = Table::draw(&["........"; 5])
        .unit(Side::Japan, "a", 800, (1, 1))
        .unit(Side::Japan, "b", 800, (1, 3))
        .unit(Side::China, "c", 500, (7, 2))
        .depot(Side::Japan, (0, 2))
        .place("east", (5, 2))
        .place("north", (2, 4));
    table.scenario.formations[1].plan = vec![plan("east", PlanTask::Seize)];
    table.scenario.script = script;
    table.battle(1)
}

fn turn(battle: &mut Battle, commander: &mut dyn Commander) -> Vec<Order> {
    let given = commander.orders(&battle.view(Side::Japan));
    let refused = battle.orders(Side::Japan, &given);
    let standing = battle.standing(Side::Japan);
    assert_eq!(given.len(), refused.len() + standing.len());
    battle.end_turn();
    standing.into_iter().map(|(_, order)| order).collect()
}

fn task_of(orders: &[Order], battle: &Battle, unit: &str) -> Option<(Task, Option<Hours>)> {
    let wanted = id(battle, unit);
    orders.iter().find_map(|o| match o {
        Order::Unit {
            unit,
            task,
            start_at,
        } if *unit == wanted => Some((*task, *start_at)),
        _ => None,
    })
}

#[test]
fn the_script_commands_whom_it_names_from_their_first_hour_and_the_staff_the_others() {
    let north = || UnitTask::March("north".to_owned());
    let mut b = plain(vec![
        unit("1937-12-05T13:00", "a", north()),
        unit("1937-12-05T19:00", "a", UnitTask::Rest),
    ]);
    let mut commander = Scripted::over(General::default());
    let first = turn(&mut b, &mut commander);
    // Before that hour it is commanded as the others are.
    let east = hex(&b, (5, 2));
    for name in ["a", "b"] {
        let (task, _) = task_of(&first, &b, name).expect("an order");
        assert!(
            matches!(task, Task::March { .. } | Task::Assault { .. }),
            "{task:?}"
        );
    }
    let second = turn(&mut b, &mut commander);
    let to = hex(&b, (2, 4));
    let march = Task::March { to, forced: false };
    assert_eq!(task_of(&second, &b, "a"), Some((march, None)));
    // An hour within the turn is the order's own.
    let third = turn(&mut b, &mut commander);
    assert_eq!(
        task_of(&third, &b, "a"),
        Some((Task::Rest, Some(Hours(10))))
    );
    for _ in 0..4 {
        let later = turn(&mut b, &mut commander);
        assert_eq!(task_of(&later, &b, "a"), None);
    }
    let grid = &b.scenario().map().grid;
    let at = |name| b.position(id(&b, name)).expect("it is on the map");
    assert_eq!(at("a"), to);
    assert!(grid.distance(at("b"), east) <= 1, "the other went on");
}

#[test]
fn a_refused_order_is_told_once_and_the_unit_goes_back_to_its_staff() {
    // Infantry has no guns for fire missions.
    let shell = UnitTask::Bombard("east".to_owned());
    let mut b = plain(vec![
        unit("1937-12-05T09:00", "a", shell),
        unit("1937-12-05T21:00", "a", UnitTask::Rest),
    ]);
    let mut pair: [Box<dyn Commander>; 2] =
        [Box::new(Idle), Box::new(Scripted::over(General::default()))];
    let start = b.position(id(&b, "a"));
    let refused: Vec<usize> = (0..3).map(|_| drive(&mut b, &mut pair).len()).collect();
    assert_eq!(refused, [1, 0, 0]);
    assert_ne!(b.position(id(&b, "a")), start, "its staff sent it on");
    // The next order of the script is given all the same.
    assert!(drive(&mut b, &mut pair).is_empty());
    let view = b.view(Side::Japan);
    assert_eq!(view.own(id(&b, "a")).map(|own| own.task), Some(Task::Rest));
}

#[test]
fn a_scripted_mission_replaces_the_plan_and_the_staff_orders_the_units_by_it() {
    let mission = Told::Formation {
        id: "japan".into(),
        task: PlanTask::Hold,
        at: "north".into(),
    };
    let mut b = plain(vec![line("1937-12-05T09:00", mission)]);
    let mut commander = Scripted::over(General::default());
    let to = hex(&b, (2, 4));
    let formation = b.scenario().unit(id(&b, "a")).formation;
    for n in 0..8 {
        let orders = turn(&mut b, &mut commander);
        let missions = orders
            .iter()
            .filter(|o| matches!(o, Order::Formation { .. }));
        assert_eq!(missions.count(), usize::from(n == 0), "turn {n}");
        let now = b.view(Side::Japan).mission(formation).expect("a mission");
        assert_eq!((now.objective, now.posture), (to, MissionPosture::Hold));
    }
    let grid = &b.scenario().map().grid;
    for name in ["a", "b"] {
        let at = b.position(id(&b, name)).expect("it is on the map");
        assert!(grid.distance(at, to) <= 2, "{name} holds there");
    }
}

#[test]
fn the_diary_says_what_is_scripted_and_orders_are_the_same_with_it() {
    let march = || UnitTask::March("north".to_owned());
    let mut b = plain(vec![unit("1937-12-05T09:00", "a", march())]);
    let mut asked = Scripted::over(General::default());
    asked.explain(true);
    let explained = asked.orders(&b.view(Side::Japan));
    assert_eq!(
        explained,
        Scripted::over(General::default()).orders(&b.view(Side::Japan))
    );
    let told: Vec<&Reason> = asked
        .reasons()
        .iter()
        .filter(|r| r.subject == Subject::Unit(id(&b, "a")))
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].motive, Motive::Script);
    let to = hex(&b, (2, 4));
    assert_eq!(
        told[0].chosen,
        Choice::Task(Task::March { to, forced: false })
    );
    let others = asked.reasons().iter();
    assert!(others.filter(|r| r.motive != Motive::Script).count() > 0);
    let page = Diary::default().page(b.scenario(), Side::Japan, b.hour(), asked.reasons());
    assert!(page.contains("the scenario's script says so"), "{page}");
    let orders = explained.len();
    assert_eq!(turn(&mut b, &mut asked).len(), orders);
}

#[test]
fn a_commander_made_for_a_side_follows_the_script_of_its_side_only() {
    let b = plain(vec![unit("1937-12-05T09:00", "a", UnitTask::Rest)]);
    let rests = |side: Side, unit: &str| {
        let mut commander = for_side(b.scenario(), side, Level::Regular);
        let orders = commander.orders(&b.view(side));
        task_of(&orders, &b, unit).map(|(task, _)| task) == Some(Task::Rest)
    };
    assert!(rests(Side::Japan, "a"));
    assert!(!rests(Side::Japan, "b") && !rests(Side::China, "c"));
}

#[test]
fn the_lesson_is_fought_to_its_end_by_its_script() {
    let scenario = shelved("pin_and_flank");
    assert!(scenario.script().len() >= 8);
    let mut taken = 0;
    for seed in 1..=10 {
        let mut b = Battle::new(Arc::clone(&scenario), seed, Randomness::Sampled);
        let mut pair = Side::ALL
            .map(|side| -> Box<dyn Commander> { for_side(&scenario, side, Level::Regular) });
        let place = scenario.map().place("village").expect("the village");
        let village = scenario.map().places[place].centre;
        while b.end().is_none() {
            let hour = b.hour();
            let refused = drive(&mut b, &mut pair);
            assert!(refused.is_empty(), "seed {seed}: {refused:?}");
            if hour == Hours(4) {
                // Both are up beside the village when the attack begins.
                for unit in ["front", "flank"] {
                    let at = b.position(id(&b, unit)).expect("it is on the map");
                    let far = scenario.map().grid.distance(at, village);
                    assert_eq!(far, 1, "seed {seed}: {unit}");
                }
            }
        }
        taken += u32::from(b.control()[village.index()] == Some(Side::Japan));
    }
    assert!(
        taken >= 8,
        "the attack by the book succeeds in {taken} of 10"
    );
}
