//! Verdict: places, lines, the city, the end (model §0, architecture §2.9b). And what ends with the
//! city: inside its walls nothing is simulated any more.

use crate::support::{Table, altered, events, hex, id, place_of, refusal, state, tell, with_unit};
use nanking::{
    battle::{Battle, Cause, End, Event, PlaceState, Posture, Refusal, Task, strength::Bin},
    scenario::{
        Confidence, Hours, Side,
        map::{
            WorksLevel,
            file::{Facing, FeatureKind, PlaceFile},
        },
    },
};

/// A Chinese place of two hexes on the way of a Japanese unit.
fn village() -> Table {
    let mut t = Table::draw(&["........", "........", "........"])
        .unit(Side::Japan, "a", 800, (0, 1))
        .unit(Side::China, "far", 300, (7, 2))
        .depot(Side::Japan, (0, 0))
        .depot(Side::China, (7, 0))
        .place("east_end", (5, 1))
        .place("west_end", (4, 1))
        .control(Side::China, (4, 1), 0.0)
        .control(Side::China, (5, 1), 0.0);
    t.scenario.places.push(PlaceFile {
        id: "village".into(),
        name: "village".into(),
        name_zh: String::new(),
        at: None,
        radius_km: 0.0,
        members: vec!["east_end".into(), "west_end".into()],
        rank: 0,
        source: "invented for a test".into(),
        confidence: Confidence::Low,
        note: String::new(),
    });
    t
}

/// What became of a place, in order.
fn fate(b: &Battle, place: &str) -> Vec<(Side, PlaceState)> {
    let index = b.scenario().map().place(place).expect("a place") as u16;
    events(b, |e| match e {
        Event::Place { place, by, state } if *place == index => Some((*by, *state)),
        _ => None,
    })
}

fn holder(b: &Battle, place: &str) -> Option<Side> {
    let index = b.scenario().map().place(place).expect("a place");
    b.tenure(index).expect("a tenure").holder
}

fn march(b: &mut Battle, unit: &str, to: (u16, u16)) {
    let to = hex(b, to);
    tell(b, unit, Task::March { to, forced: false });
    b.end_turn();
}

#[test]
fn a_place_is_contested_when_entered_and_captured_with_its_last_hex() {
    let mut b = village().battle(1);
    assert_eq!(holder(&b, "village"), Some(Side::China));
    march(&mut b, "a", (4, 1));
    assert_eq!(
        fate(&b, "village"),
        vec![(Side::Japan, PlaceState::Contested)]
    );
    assert_eq!(holder(&b, "village"), Some(Side::China));
    march(&mut b, "a", (5, 1));
    assert_eq!(
        fate(&b, "village"),
        vec![
            (Side::Japan, PlaceState::Contested),
            (Side::Japan, PlaceState::Captured)
        ]
    );
    assert_eq!(holder(&b, "village"), Some(Side::Japan));
}

#[test]
fn a_place_is_contested_once_by_enemies_before_it_and_quiet_when_they_leave() {
    let mut b = village().battle(1);
    march(&mut b, "a", (3, 1));
    b.end_turn();
    assert_eq!(
        fate(&b, "village"),
        vec![(Side::Japan, PlaceState::Contested)]
    );
    let index = b.scenario().map().place("village").expect("a place");
    assert!(b.tenure(index).expect("a tenure").contested);
    march(&mut b, "a", (1, 1));
    assert!(!b.tenure(index).expect("a tenure").contested);
}

#[test]
fn ground_stays_with_whoever_was_there_last() {
    let mut b = village().battle(1);
    march(&mut b, "a", (3, 1));
    march(&mut b, "a", (1, 1));
    assert_eq!(b.control()[hex(&b, (3, 1)).index()], Some(Side::Japan));
    assert_eq!(b.control()[hex(&b, (5, 1)).index()], Some(Side::China));
}

#[test]
fn the_first_stand_against_manned_works_of_a_line_is_told_once() {
    let facing = Facing::AllRound;
    let level = WorksLevel::Prepared;
    let build = |manned: bool| {
        let mut t = Table::draw(&["........", "........", "........"])
            .line(
                "the_line",
                FeatureKind::DefenceLine { level, facing },
                &[(4, 0), (4, 1), (4, 2)],
            )
            .unit(Side::Japan, "a", 800, (0, 1))
            .unit(Side::China, "far", 300, (7, 2));
        if manned {
            t = t.unit(Side::China, "garrison", 800, (4, 1));
        }
        let mut b = t.rules(|r| r.hold.base = -60.0).battle(1);
        march(&mut b, "a", (3, 1));
        b.end_turn();
        events(&b, |e| match e {
            Event::LineReached { line, by } => Some((*line, *by)),
            _ => None,
        })
        .len()
    };
    assert_eq!(build(true), 1);
    assert_eq!(build(false), 0);
}

/// A walled city with one gate in the west and a defender inside; outside, an attacker.
fn city() -> Table {
    Table::draw(&[
        "..........",
        "..........",
        "..........",
        "..........",
        "..........",
        "..........",
        "..........",
    ])
    .wall((4, 1), (8, 5))
    .gate("west_gate", (4, 3), (3, 3))
    .place("centre", (6, 3))
    .city(Side::China, 1, "centre", 8)
    .unit(Side::Japan, "a", 900, (3, 3))
    .unit(Side::China, "b", 800, (7, 4))
    .unit(Side::China, "outside", 500, (0, 0))
    .depot(Side::Japan, (0, 3))
}

/// As if the attacker had come in by the gate as far as these hexes.
fn entered(start: &Battle, at: (u16, u16), held: &[(u16, u16)]) -> Battle {
    let (unit, at) = (id(start, "a"), hex(start, at));
    altered(start, |s| {
        s.units[unit.0 as usize].position.hex = Some(at);
        for h in held {
            s.field.control[hex(start, *h).index()] = Some(Side::Japan);
        }
    })
}

#[test]
fn the_city_is_lost_with_its_gates_and_its_centre() {
    let start = city().battle(1);
    assert_eq!(place_of(&start, "b"), Some((7, 4)));
    let mut gate_only = entered(&start, (4, 3), &[(4, 3)]);
    gate_only.end_turn();
    assert_eq!(gate_only.city_lost(), None, "it is defended");
    let mut centre_only = entered(&start, (6, 3), &[(6, 3)]);
    centre_only.end_turn();
    assert_eq!(centre_only.city_lost(), None, "the gate is not his");
    let mut both = entered(&start, (6, 3), &[(4, 3), (6, 3)]);
    both.end_turn();
    assert_eq!(both.city_lost().map(|(_, by)| by), Some(Side::Japan));
    let told = events(&both, |e| matches!(e, Event::CityLost { .. }).then_some(()));
    assert_eq!(told.len(), 1);
}

#[test]
fn the_city_is_lost_when_nobody_formed_defends_it_and_a_gate_is_taken() {
    let start = city().battle(1);
    let out = hex(&start, (9, 6));
    let empty = with_unit(&start, "b", |u| u.position.hex = Some(out));
    let mut shut = altered(&empty, |_| {});
    shut.end_turn();
    assert_eq!(shut.city_lost(), None, "nobody has come in");
    let mut open = entered(&empty, (4, 3), &[(4, 3)]);
    open.end_turn();
    assert_eq!(open.city_lost().map(|(_, by)| by), Some(Side::Japan));
}

/// A turn after the loss of the city, with the men still inside.
fn lost() -> Battle {
    let mut b = entered(&city().battle(1), (6, 3), &[(4, 3), (6, 3)]);
    b.end_turn();
    assert!(b.city_lost().is_some());
    b
}

#[test]
fn men_still_inside_go_to_their_bins_at_once_and_nothing_else_befalls_them() {
    // The article: many who could not escape cast off their uniforms in the city.
    let mut b = lost();
    let before = state(&b, "b").strength;
    assert!(before.present() > 700);
    let seen = b.next_event();
    b.end_turn();
    let after = state(&b, "b");
    assert_eq!(after.position.hex, None);
    assert_eq!(after.strength.present(), 0);
    let hidden = after.strength.men(Bin::Hidden) - before.men(Bin::Hidden);
    let captured = after.strength.men(Bin::Captured) - before.men(Bin::Captured);
    assert_eq!(hidden + captured, before.present());
    let share = f64::from(hidden) / f64::from(before.present());
    let stated = b.scenario().rules().escape.hidden_at_loss;
    assert!((share - stated).abs() < 0.01, "{share}");
    for bin in [Bin::Killed, Bin::Wounded] {
        assert_eq!(after.strength.men(bin), before.men(bin), "{bin:?}");
    }
    let told: Vec<(Cause, Hours)> = b
        .events_since(seen)
        .iter()
        .filter_map(|l| match &l.event {
            Event::Men { unit, cause, .. } if *unit == id(&b, "b") => Some((*cause, l.hour)),
            _ => None,
        })
        .collect();
    let (lost, _) = b.city_lost().unwrap();
    assert!(
        told.iter().all(|t| *t == (Cause::CityLost, lost)),
        "{told:?}"
    );
    assert!(matches!(
        refusal(&mut b, "b", Task::Hold),
        Refusal::NotOnMap { .. }
    ));
}

#[test]
fn the_men_outside_fight_on() {
    let mut b = lost();
    b.end_turn();
    assert_eq!(place_of(&b, "outside"), Some((0, 0)));
    tell(&mut b, "outside", Task::Rest);
}

#[test]
fn after_its_loss_nobody_is_killed_inside_the_walls() {
    // A gun outside, men of both sides inside and at the gate, everybody at each other.
    let start = city()
        .battery(Side::Japan, "guns", (1, 3))
        .unit(Side::Japan, "c", 700, (6, 4))
        .unit(Side::China, "sally", 900, (3, 2))
        .battle(1);
    let b = entered(&start, (6, 3), &[(4, 3), (6, 3)]);
    let gate = hex(&b, (4, 3));
    let mut b = with_unit(&b, "c", |u| u.position.hex = Some(gate));
    let (outer, inside) = (hex(&b, (3, 3)), hex(&b, (7, 4)));
    b = with_unit(&b, "sally", |u| u.position.hex = Some(outer));
    b.end_turn();
    assert!(b.city_lost().is_some());
    let lost_so_far = |b: &Battle, unit: &str| state(b, unit).strength.casualties();
    let (a, c, d) = (
        lost_so_far(&b, "a"),
        lost_so_far(&b, "c"),
        lost_so_far(&b, "b"),
    );
    for (unit, task) in [
        ("a", Task::Assault { target: inside }),
        ("c", Task::Assault { target: outer }),
        ("sally", Task::Assault { target: gate }),
        ("guns", Task::Bombard { target: inside }),
    ] {
        let order = nanking::battle::Order::Unit {
            unit: id(&b, unit),
            task,
            start_at: None,
        };
        // Some of these are refused or come to nothing; none may kill inside.
        let _ = b.order(b.scenario().unit(id(&b, unit)).side, order);
    }
    assert!(state(&b, "c").position.hex == Some(gate), "inside the gate");
    b.end_turn();
    assert_eq!(lost_so_far(&b, "a"), a);
    assert_eq!(lost_so_far(&b, "c"), c);
    assert_eq!(lost_so_far(&b, "b"), d);
    let fights = b
        .events()
        .iter()
        .filter(|l| l.hour.0 >= 4)
        .filter(|l| matches!(l.event, Event::Fought { .. } | Event::Shelled { .. }))
        .count();
    assert_eq!(fights, 0);
}

#[test]
fn the_battle_ends_so_many_hours_after_the_city_is_lost() {
    let mut b = lost();
    let (hour, _) = b.city_lost().expect("lost");
    while b.end().is_none() {
        b.end_turn();
    }
    assert_eq!(b.end(), Some(End::CityLost));
    assert_eq!(b.hour().0, hour.0 + 8);
}

#[test]
fn the_battle_ends_with_its_last_turn() {
    let mut b = village().battle(1);
    let mut turns = 0;
    while b.end().is_none() {
        b.end_turn();
        turns += 1;
    }
    assert_eq!((b.end(), turns), (Some(End::TimeUp), 30));
    let told = events(&b, |e| match e {
        Event::Ended { end } => Some(*end),
        _ => None,
    });
    assert_eq!(told, vec![End::TimeUp]);
}

#[test]
fn the_battle_ends_when_a_side_has_nobody_left_and_nobody_due() {
    let gone = |late: bool| {
        let mut t = village();
        if late {
            t = t.unit_with(Side::China, "late", 300, (7, 1), |u| {
                u.start = nanking::scenario::file::StartFile::Arrives {
                    place: "at_late".into(),
                    at: "1937-12-06T13:00".into(),
                    between: None,
                };
            });
        }
        let mut b = with_unit(&t.battle(1), "far", |u| {
            u.position.hex = None;
            u.strength = nanking::battle::Strength::all_in(Bin::Escaped, 300);
        });
        b.end_turn();
        b.end()
    };
    assert_eq!(gone(false), Some(End::NobodyLeft(Side::China)));
    assert_eq!(gone(true), None);
}

#[test]
fn a_body_that_withdraws_to_an_exit_has_escaped() {
    use nanking::scenario::map::file::Zone;
    let mut b = village()
        .zone(Zone::Exit, &[(0, 2)])
        .unit(Side::China, "other", 300, (6, 0))
        .battle(1);
    let exit = hex(&b, (0, 2));
    assert!(b.scenario().map().at(exit).exit);
    tell(&mut b, "a", Task::Withdraw { to: exit });
    b.end_turn();
    assert_eq!(place_of(&b, "a"), None);
    let s = state(&b, "a");
    assert_eq!(s.strength.men(Bin::Escaped), 800);
    assert_ne!(s.stance.posture, Posture::Routed);
    let left = events(&b, |e| match e {
        Event::Left { unit, escaped, .. } => Some((*unit, *escaped)),
        _ => None,
    });
    assert_eq!(left, vec![(id(&b, "a"), true)]);
}
