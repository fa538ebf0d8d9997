//! Command: orders replaced, taken back, put off, lapsed; missions of formations (architecture
//! §2.7).

use crate::support::{Table, altered, events, hex, id, place_of, refusal, state, tell, with_unit};
use nanking::{
    battle::{
        Battle, Event, FormationMission, MissionPosture, Order, Posture, Refusal, Strength, Task,
        strength::Bin,
    },
    scenario::{Branch, FormationId, Hex, Hours, Side, UnitId},
};

fn table() -> Table {
    Table::draw(&["..........", "..........", "....~~~..."])
        .unit(Side::Japan, "a", 800, (0, 1))
        .unit(Side::China, "b", 800, (9, 1))
        .depot(Side::Japan, (0, 0))
        .depot(Side::China, (9, 0))
}

fn march(b: &Battle, unit: &str, to: (u16, u16), start_at: Option<u32>) -> Order {
    Order::Unit {
        unit: id(b, unit),
        task: Task::March {
            to: hex(b, to),
            forced: false,
        },
        start_at: start_at.map(Hours),
    }
}

#[test]
fn a_later_order_replaces_an_earlier_one() {
    let mut b = table().battle(1);
    let (first, second) = (march(&b, "a", (2, 1), None), march(&b, "a", (0, 2), None));
    b.order(Side::Japan, first).expect("legal");
    b.order(Side::Japan, second).expect("legal");
    assert_eq!(b.standing(Side::Japan).len(), 1);
    b.end_turn();
    assert_eq!(place_of(&b, "a"), Some((0, 2)));
    assert!(b.standing(Side::Japan).is_empty(), "the book is used up");
}

#[test]
fn an_order_can_be_taken_back_by_its_side_alone() {
    let mut b = table().battle(1);
    let order = march(&b, "a", (2, 1), None);
    let number = b.order(Side::Japan, order).expect("legal");
    assert!(!b.retract(Side::China, number));
    assert!(b.retract(Side::Japan, number));
    assert!(!b.retract(Side::Japan, number), "only once");
    b.end_turn();
    assert_eq!(place_of(&b, "a"), Some((0, 1)));
}

#[test]
fn a_joint_order_waits_for_its_hour() {
    let mut b = table().battle(1);
    let order = march(&b, "a", (2, 1), Some(6));
    b.order(Side::Japan, order).expect("legal");
    b.end_turn();
    assert_eq!(place_of(&b, "a"), Some((0, 1)));
    b.end_turn();
    let hours: Vec<u32> = b
        .events()
        .iter()
        .filter(|l| matches!(l.event, Event::Moved { .. }))
        .map(|l| l.hour.0)
        .collect();
    assert!(
        !hours.is_empty() && hours.iter().all(|h| *h >= 6),
        "{hours:?}"
    );
}

#[test]
fn an_order_in_the_past_or_after_the_end_is_refused() {
    let mut b = table().battle(1);
    b.end_turn();
    for hour in [0, 3, 120, 4000] {
        let order = march(&b, "a", (2, 1), Some(hour));
        assert_eq!(
            b.order(Side::Japan, order),
            Err(Refusal::StartHour),
            "{hour}"
        );
    }
    let order = march(&b, "a", (2, 1), Some(4));
    assert!(b.order(Side::Japan, order).is_ok());
}

#[test]
fn an_order_lapses_when_there_is_nobody_left_to_carry_it_out() {
    let mut b = table().battle(1);
    let order = march(&b, "a", (2, 1), None);
    b.order(Side::Japan, order).expect("legal");
    let mut b = with_unit(&b, "a", |u| {
        u.position.hex = None;
        u.strength = Strength::all_in(Bin::Captured, 800);
    });
    b.end_turn();
    let lapsed = events(&b, |e| match e {
        Event::OrderLapsed { side, order } => Some((*side, *order)),
        _ => None,
    });
    assert_eq!(lapsed, vec![(Side::Japan, order)]);
}

#[test]
fn an_order_lapses_for_a_unit_in_flight() {
    let mut b = table().battle(1);
    let order = march(&b, "a", (2, 1), None);
    b.order(Side::Japan, order).expect("legal");
    let mut b = with_unit(&b, "a", |u| {
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.1;
    });
    b.end_turn();
    assert!(events(&b, |e| matches!(e, Event::OrderTaken { .. }).then_some(())).is_empty());
    assert_eq!(place_of(&b, "a"), Some((0, 1)));
}

#[test]
fn an_order_taken_sets_the_posture_it_asks_for() {
    let mut b = table().battle(1);
    let far = hex(&b, (8, 1));
    for (task, posture) in [
        (
            Task::March {
                to: far,
                forced: false,
            },
            Posture::Marching,
        ),
        (Task::Assault { target: far }, Posture::Attacking),
        (Task::Withdraw { to: far }, Posture::Withdrawing),
        (Task::Rest, Posture::Holding),
    ] {
        let mut c = altered(&b, |_| {});
        tell(&mut c, "a", task);
        c.end_turn();
        assert_eq!(state(&c, "a").stance.posture, posture, "{task:?}");
    }
    tell(&mut b, "a", Task::Hold);
    b.end_turn();
    assert_eq!(state(&b, "a").mission.task, Task::Hold);
}

#[test]
fn a_new_task_begins_its_march_anew_and_the_same_goes_on() {
    let half_way = |again: bool| {
        let mut b = Table::draw(&["mmmmmmmm", "mmmmmmmm", "mmmmmmmm"])
            .unit(Side::Japan, "a", 800, (0, 1))
            .unit(Side::China, "b", 800, (7, 2))
            // A rate that ends the turn between two hexes.
            .rules(|r| r.movement.foot_column = 3.5)
            .battle(1);
        let to = hex(&b, (6, 0));
        tell(&mut b, "a", Task::March { to, forced: false });
        b.end_turn();
        let before = state(&b, "a").position;
        assert!(before.progress > 0.0);
        let task = if again {
            Task::March { to, forced: false }
        } else {
            Task::Hold
        };
        tell(&mut b, "a", task);
        b.end_turn();
        (before, state(&b, "a").position)
    };
    let (before, after) = half_way(true);
    assert_ne!(after.hex, before.hex);
    let (before, after) = half_way(false);
    assert_eq!((after.hex, after.progress), (before.hex, 0.0));
}

#[test]
fn nobody_commands_the_other_sides_units() {
    let mut b = table().battle(1);
    let order = march(&b, "b", (8, 1), None);
    assert_eq!(b.order(Side::Japan, order), Err(Refusal::NotYours));
}

#[test]
fn orders_to_nobody_and_to_nowhere_are_refused() {
    let mut b = table().battle(1);
    let nobody = Order::Unit {
        unit: UnitId(999),
        task: Task::Hold,
        start_at: None,
    };
    assert_eq!(b.order(Side::Japan, nobody), Err(Refusal::Unknown));
    let nowhere = Hex(60_000);
    for task in [
        Task::March {
            to: nowhere,
            forced: false,
        },
        Task::Assault { target: nowhere },
        Task::Withdraw { to: nowhere },
    ] {
        assert_eq!(refusal(&mut b, "a", task), Refusal::NoSuchHex);
    }
    let water = hex(&b, (5, 0));
    let refused = refusal(
        &mut b,
        "a",
        Task::March {
            to: water,
            forced: false,
        },
    );
    assert!(matches!(refused, Refusal::Impassable { .. }), "{refused}");
    let mission = FormationMission {
        objective: nowhere,
        posture: MissionPosture::Hold,
        may_withdraw: false,
    };
    let formation = FormationId(999);
    assert_eq!(
        b.order(
            Side::Japan,
            Order::Formation {
                formation,
                mission,
                start_at: None,
            }
        ),
        Err(Refusal::Unknown)
    );
    let formation = b.scenario().formation_by_id("japan").expect("the army");
    assert_eq!(
        b.order(
            Side::Japan,
            Order::Formation {
                formation,
                mission,
                start_at: None,
            }
        ),
        Err(Refusal::NoSuchHex)
    );
}

#[test]
fn a_unit_not_yet_on_the_map_takes_no_orders_and_then_it_does() {
    let mut b = table()
        .unit_with(Side::Japan, "late", 500, (1, 1), |u| {
            u.start = nanking::scenario::file::StartFile::Arrives {
                place: "at_late".into(),
                at: "1937-12-05T13:00".into(),
                between: None,
            };
        })
        .battle(1);
    let refused = refusal(&mut b, "late", Task::Hold);
    assert!(matches!(refused, Refusal::NotOnMap { .. }), "{refused}");
    assert_eq!(b.strength(id(&b, "late")).men(Bin::NotArrived), 500);
    b.end_turn();
    assert_eq!(place_of(&b, "late"), None);
    b.end_turn();
    assert_eq!(place_of(&b, "late"), Some((1, 1)));
    assert_eq!(b.strength(id(&b, "late")).formed(), 500);
    tell(&mut b, "late", Task::Rest);
}

#[test]
fn fixed_guns_never_move() {
    let mut b = table()
        .unit_with(Side::Japan, "fort", 100, (1, 1), |u| {
            u.branch = Branch::Fortress;
            u.guns = 2;
            u.gun_class = Some("fortress".into());
        })
        .battle(1);
    let to = hex(&b, (2, 1));
    let refused = refusal(&mut b, "fort", Task::March { to, forced: false });
    assert!(matches!(refused, Refusal::NotItsWork { .. }), "{refused}");
}

#[test]
fn a_formation_keeps_its_mission_and_its_own_side_sees_it() {
    let mut b = table().battle(1);
    let formation = b.scenario().formation_by_id("japan").expect("the army");
    let mission = FormationMission {
        objective: hex(&b, (9, 1)),
        posture: MissionPosture::Attack,
        may_withdraw: true,
    };
    let order = Order::Formation {
        formation,
        mission,
        start_at: None,
    };
    assert_eq!(b.order(Side::China, order), Err(Refusal::NotYours));
    b.order(Side::Japan, order).expect("legal");
    assert_eq!(
        b.view(Side::Japan).mission(formation),
        None,
        "not before the turn"
    );
    b.end_turn();
    b.end_turn();
    assert_eq!(b.view(Side::Japan).mission(formation), Some(mission));
    assert_eq!(b.view(Side::China).mission(formation), None);
    let given = events(&b, |e| match e {
        Event::MissionGiven { formation, mission } => Some((*formation, *mission)),
        _ => None,
    });
    assert_eq!(given, vec![(formation, mission)]);
}

#[test]
fn orders_handed_in_together_are_taken_or_refused_one_by_one() {
    let mut b = table().battle(1);
    let good = march(&b, "a", (2, 1), None);
    let bad = march(&b, "b", (8, 1), None);
    let refused = b.orders(Side::Japan, &[bad, good]);
    assert_eq!(refused, vec![(bad, Refusal::NotYours)]);
    assert_eq!(b.standing(Side::Japan).len(), 1);
}

#[test]
fn a_battle_that_is_over_takes_no_orders_and_stands_still() {
    let mut b = table().battle(1);
    for _ in 0..30 {
        b.end_turn();
    }
    assert!(b.end().is_some());
    let order = march(&b, "a", (2, 1), None);
    assert_eq!(b.order(Side::Japan, order), Err(Refusal::Over));
    let (digest, events) = (b.digest(), b.events().len());
    b.end_turn();
    assert_eq!((b.digest(), b.events().len()), (digest, events));
}
