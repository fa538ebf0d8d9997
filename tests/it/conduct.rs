//! How commanders behave: what counts as a fault is found on tiny maps, and nothing else is.

use crate::support::{Table, plan};
use nanking::{
    battle::{Battle, MissionPosture, Order, SideView, Task},
    cli::fight::load,
    commander::Commander,
    scenario::{Options, Side, forces::PlanTask},
    study::{
        cast,
        conduct::{self, Behaviour, Conduct, Fault},
    },
};
use std::num::NonZeroUsize;

/// Gives its side's units what a script says, by unit and turn.
struct Script(fn(&str, u32, &SideView<'_>) -> Vec<Order>);

impl Commander for Script {
    fn orders(&mut self, view: &SideView<'_>) -> Vec<Order> {
        let turn = view.hour().turn().0;
        let units = view.own_units().iter();
        units
            .flat_map(|own| (self.0)(&view.scenario().unit(own.id).text_id, turn, view))
            .collect()
    }
}

/// What is seen of some turns of a battle under a script.
fn seen(
    battle: Battle,
    turns: u32,
    script: fn(&str, u32, &SideView<'_>) -> Vec<Order>,
) -> Behaviour {
    let pair: [Box<dyn Commander>; 2] = [Box::new(Script(script)), Box::new(Script(script))];
    conduct::watch(battle, pair, turns)
}

fn count(seen: &Behaviour, fault: Fault) -> usize {
    seen.findings.iter().filter(|f| f.fault == fault).count()
}

fn table() -> Table {
    Table::draw(&["........", "........", "........", "........"])
        .unit(Side::China, "keeper", 500, (7, 3))
        .unit(Side::Japan, "scout", 500, (1, 1))
        .depot(Side::China, (7, 3))
        .depot(Side::Japan, (0, 0))
        .place("left", (1, 1))
        .place("right", (2, 1))
}

fn march(view: &SideView<'_>, unit: &str, at: (u16, u16)) -> Order {
    let scenario = view.scenario();
    let grid = &scenario.map().grid;
    Order::Unit {
        unit: scenario.unit_by_id(unit).expect("a unit"),
        task: Task::March {
            to: grid.hex(at.0, at.1).expect("a hex"),
            forced: true,
        },
        start_at: None,
    }
}

#[test]
fn refused_orders_are_counted_by_their_reason() {
    let seen = seen(table().battle(1), 2, |unit, turn, view| {
        let enemy = view.scenario().unit_by_id("keeper").expect("a unit");
        match (unit, turn) {
            ("scout", 1) => vec![
                march(view, "scout", (2, 1)),
                Order::Unit {
                    unit: enemy,
                    task: Task::Hold,
                    start_at: None,
                },
            ],
            _ => Vec::new(),
        }
    });
    assert_eq!(seen.orders, 2);
    let illegal: Vec<_> = seen
        .findings
        .iter()
        .filter(|f| f.fault == Fault::IllegalOrder)
        .collect();
    assert_eq!(illegal.len(), 1);
    assert_eq!(illegal[0].cause, "unit, Hold: NotYours");
    assert_eq!((illegal[0].side, illegal[0].turn.0), (Side::Japan, 1));
}

#[test]
fn a_unit_that_goes_there_and_back_twice_is_found_and_one_that_does_so_once_is_not() {
    let back_and_forth = |turns| {
        seen(table().battle(1), turns, |unit, turn, view| {
            match (unit, turn % 2) {
                ("scout", 1) => vec![march(view, "scout", (2, 1))],
                ("scout", _) => vec![march(view, "scout", (1, 1))],
                _ => Vec::new(),
            }
        })
    };
    let once = back_and_forth(3);
    assert_eq!((once.moves, count(&once, Fault::ToAndFro)), (3, 0));
    let twice = back_and_forth(5);
    assert_eq!((twice.moves, count(&twice, Fault::ToAndFro)), (5, 1));
    let found = twice
        .findings
        .iter()
        .find(|f| f.fault == Fault::ToAndFro)
        .unwrap();
    assert_eq!(
        (found.who.as_str(), found.turn.0, found.length),
        ("scout", 4, 5)
    );
    assert!(found.cause.contains("told to March"), "{}", found.cause);
}

#[test]
fn a_unit_that_walks_round_a_field_does_not_go_to_and_fro() {
    let seen = seen(table().battle(1), 9, |unit, turn, view| match unit {
        "scout" => {
            let corners = [(2, 1), (2, 2), (1, 1)];
            vec![march(view, "scout", corners[(turn as usize - 1) % 3])]
        }
        _ => Vec::new(),
    });
    assert!(seen.moves >= 9, "{}", seen.moves);
    assert_eq!(count(&seen, Fault::ToAndFro), 0);
}

/// A causeway with a full hex on it: who stands behind cannot get on.
fn full_road() -> Table {
    Table::draw(&["~~~~~~~~", "........", "~~~~~~~~"])
        .unit(Side::Japan, "behind", 800, (0, 1))
        .unit(Side::Japan, "first", 2000, (1, 1))
        .unit(Side::China, "keeper", 500, (7, 1))
        .rules(|r| r.power.stack_hard = 2200.0)
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (7, 1))
}

#[test]
fn a_unit_that_cannot_get_on_is_found_after_the_third_turn() {
    let pushing = |turns| {
        seen(full_road().battle(1), turns, |unit, _, view| match unit {
            "behind" => vec![march(view, "behind", (1, 1))],
            _ => Vec::new(),
        })
    };
    let three = pushing(3);
    assert_eq!(count(&three, Fault::Blocked), 0, "{:?}", three.findings);
    let five = pushing(5);
    let found = five
        .findings
        .iter()
        .find(|f| f.fault == Fault::Blocked)
        .expect("it is stuck");
    assert_eq!((found.who.as_str(), found.turn.0), ("behind", 4));
    assert!(found.cause.starts_with("by "), "{}", found.cause);
}

#[test]
fn a_turn_of_waiting_is_not_getting_on() {
    let hesitating = seen(full_road().battle(1), 8, |unit, turn, view| match unit {
        "behind" if turn % 2 == 1 => vec![march(view, "behind", (1, 1))],
        "behind" => vec![Order::Unit {
            unit: view.scenario().unit_by_id("behind").expect("a unit"),
            task: Task::Hold,
            start_at: None,
        }],
        _ => Vec::new(),
    });
    assert_eq!(
        count(&hesitating, Fault::Blocked),
        1,
        "{:?}",
        hesitating.findings
    );
}

/// A battalion far from what its formation is told to attack.
fn told_to_attack() -> Table {
    let mut table = table().place("goal", (6, 3));
    for formation in &mut table.scenario.formations {
        if formation.side == Side::Japan {
            formation.plan.push(plan("goal", PlanTask::Seize));
        }
    }
    table
}

fn commission(view: &SideView<'_>, at: (u16, u16), posture: MissionPosture) -> Order {
    let scenario = view.scenario();
    Order::Formation {
        formation: scenario.formation_by_id("japan").expect("a formation"),
        mission: nanking::battle::FormationMission {
            objective: scenario.map().grid.hex(at.0, at.1).expect("a hex"),
            posture,
            may_withdraw: false,
        },
        start_at: None,
    }
}

#[test]
fn a_formation_that_stands_when_told_to_attack_is_found_in_its_third_turn() {
    let standing = |turns| {
        seen(
            told_to_attack().battle(1),
            turns,
            |unit, turn, view| match (unit, turn) {
                ("scout", 1) => vec![commission(view, (6, 3), MissionPosture::Attack)],
                _ => Vec::new(),
            },
        )
    };
    let of_japan = |seen: &Behaviour| {
        let idle = seen.findings.iter();
        idle.filter(|f| f.fault == Fault::IdleFormation && f.side == Side::Japan)
            .map(|f| (f.turn.0, f.length, f.cause.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of_japan(&standing(2)), []);
    let cause = "told to attack, stands far off".to_owned();
    assert_eq!(of_japan(&standing(5)), [(3, 5, cause)]);
}

#[test]
fn a_formation_at_its_post_has_its_task_and_one_without_a_mission_has_none() {
    let holding = seen(table().battle(1), 6, |unit, turn, view| {
        match (unit, turn) {
            ("scout", 1) => vec![commission(view, (1, 1), MissionPosture::Hold)],
            _ => Vec::new(),
        }
    });
    let idle: Vec<_> = holding
        .findings
        .iter()
        .map(|f| (f.side, f.cause.as_str()))
        .collect();
    assert_eq!(idle, [(Side::China, "no mission")]);
    assert!(holding.able >= 12, "{}", holding.able);
}

#[test]
fn conduct_does_not_depend_on_the_number_of_threads_and_the_computer_gives_no_illegal_order() {
    let watched = |threads| {
        let scenario = load("crossroads", &Options::default()).unwrap();
        let usual = cast::named(cast::USUAL).expect("the usual commander");
        Conduct::of(scenario, usual, 5, NonZeroUsize::new(threads).unwrap())
    };
    let (one, three) = (watched(1), watched(3));
    assert_eq!(one.games, three.games);
    let all = [one];
    let text = conduct::report(&all, 10);
    assert_eq!(text, conduct::report(&[three], 10));
    let [one] = all;
    assert!(
        one.games
            .iter()
            .all(|g| g.orders > 20 && g.moves > 5 && g.able > 10)
    );
    assert!(one.findings().all(|f| f.fault != Fault::IllegalOrder));
    for fault in Fault::ALL {
        assert!(text.contains(fault.text()), "{text}");
    }
}
