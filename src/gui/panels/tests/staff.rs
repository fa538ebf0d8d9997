//! The staffs at the person's side: who is taken over by hand and who is not, missions that stay as
//! they were given, and reasons that are told to those who may know them.

use super::{
    desk::{Desk, texts},
    lesson::{self, SEATS, end_turn, order, place, session, unit},
};
use crate::{
    battle::{FormationMission, MissionPosture, Order, Task, route::Pathfinder},
    commander::{Level, reason::Subject},
    gui::{
        clockwork::carry_out,
        counters::{Mark, marks},
        intent::Intent,
        panels::{reasons, unit as panel},
        session::{Seat, Session},
        tabletop::Tabletop,
    },
    report,
    scenario::{FormationId, Side, UnitId},
};

const JAPAN: Seat = Seat::Side(Side::Japan);
const TALL: [f32; 2] = [300.0, 2600.0];

fn formation(session: &Session, id: &str) -> FormationId {
    session.scenario().formation_by_id(id).expect("a formation")
}

fn task(session: &Session, unit: UnitId) -> Option<Task> {
    session.picture.order_of(unit).map(|(_, task)| task)
}

/// Takes what stands in the panel of a unit, with every click asked for carried out.
fn selecting(unit: UnitId) -> Tabletop {
    Tabletop {
        unit: Some(unit),
        ..Tabletop::default()
    }
}

fn click(session: &mut Session, table: &mut Tabletop, text: &str) {
    let wanted = Desk::new(TALL).click(text, &|ui| panel::show(ui, session, table));
    assert!(!wanted.is_empty(), "{text}");
    let mut finder = Pathfinder::default();
    for intent in wanted {
        assert_eq!(carry_out(intent, session, table, &mut finder), None);
    }
}

fn commission(session: &mut Session, id: &str, posture: MissionPosture, at: &str) -> FormationId {
    let formation = formation(session, id);
    let mission = FormationMission {
        objective: place(session, at),
        posture,
        may_withdraw: false,
    };
    let order = Order::Formation {
        formation,
        mission,
        start_at: None,
    };
    let side = session.scenario().formation(formation).side;
    session.order(side, order).expect("the order is legal");
    formation
}

#[test]
fn a_unit_ordered_by_hand_is_left_alone_by_the_staff_until_it_is_given_back() {
    let mut session = session(JAPAN);
    let first = unit(&session, "column_1");
    order(&mut session, "column_1", Task::Rest);
    assert!(session.hands().has_unit(first));
    assert!(session.delegate() > 0);
    assert_eq!(task(&session, first), Some(Task::Rest));
    let other = unit(&session, "column_2");
    assert!(task(&session, other).is_some() && !session.hands().has_unit(other));
    end_turn(&mut session);
    session.delegate();
    assert_eq!(task(&session, first), None, "it is still in hand");

    let mut table = selecting(first);
    click(&mut session, &mut table, "Give back");
    assert!(!session.hands().has_unit(first));
    session.delegate();
    assert!(task(&session, first).is_some_and(|t| t != Task::Rest));
    click(&mut session, &mut table, "Take over");
    assert!(session.hands().has_unit(first));
}

#[test]
fn taking_over_is_undone_with_the_order_that_did_it() {
    let mut session = session(JAPAN);
    let first = unit(&session, "column_1");
    order(&mut session, "column_1", Task::Rest);
    assert!(session.undo() && !session.hands().has_unit(first));
    assert!(session.redo() && session.hands().has_unit(first));
    // Taken back: nothing of this turn keeps it in hand.
    let id = session.picture.order_of(first).unwrap().0;
    session.retract(id);
    assert!(!session.hands().has_unit(first));
    // Given back and undone, it is in hand again.
    session.take_over(first, true);
    session.take_over(first, false);
    assert!(session.undo() && session.hands().has_unit(first));
    // Who was in hand before the turn stays so when an order is taken back.
    end_turn(&mut session);
    order(&mut session, "column_1", Task::Rest);
    let id = session.picture.order_of(first).unwrap().0;
    session.retract(id);
    assert!(session.hands().has_unit(first));
}

#[test]
fn nobody_takes_over_a_unit_of_the_other_side() {
    let mut session = session(JAPAN);
    let enemy = unit(&session, "garrison_1");
    session.take_over(enemy, true);
    session.take_over(UnitId(u32::MAX), true);
    assert_eq!(session.hands().units().count(), 0);
}

#[test]
fn a_mission_given_by_hand_is_kept_by_the_staff_turn_after_turn() {
    // Of itself the staff attacks the village.
    let mut free = session(JAPAN);
    free.delegate();
    let column = formation(&free, "column");
    let attacks = |session: &Session| {
        session.picture.orders.iter().any(|(_, _, o)| {
            matches!(o, Order::Formation { formation, mission, .. }
                if *formation == column && mission.posture == MissionPosture::Attack)
        })
    };
    assert!(attacks(&free));

    let mut session = session(JAPAN);
    commission(&mut session, "column", MissionPosture::Reserve, "bridge");
    let given = session.picture.orders[0].2;
    for _ in 0..4 {
        session.delegate();
        assert!(!attacks(&session));
        let ordered = session.picture.orders.iter().filter(
            |(_, _, o)| matches!(o, Order::Formation { formation, .. } if *formation == column),
        );
        assert!(ordered.into_iter().all(|(_, _, o)| *o == given));
        end_turn(&mut session);
    }
    let in_force = session.picture.missions[column.0 as usize].unwrap();
    assert_eq!(in_force.posture, MissionPosture::Reserve);
    // Left to the staff, it follows the plan again.
    let mut table = Tabletop {
        formation: Some(column),
        ..Tabletop::default()
    };
    click(&mut session, &mut table, "Leave it to the staff");
    session.delegate();
    assert!(attacks(&session));
}

#[test]
fn units_follow_the_mission_given_and_say_so() {
    let mut session = session(JAPAN);
    let column = commission(&mut session, "column", MissionPosture::Attack, "bridge");
    let wanted = session.picture.orders[0].2;
    let arrived = |session: &Session| {
        let in_force = session.picture.missions[column.0 as usize];
        matches!(wanted, Order::Formation { mission, .. } if in_force == Some(mission))
    };
    for _ in 0..6 {
        session.delegate();
        if arrived(&session) {
            break;
        }
        let why = session.reasons(Side::Japan, Subject::Formation(column));
        let text = report::reasons::sentence_of(session.scenario(), why[0]);
        let waits = text.contains("the new order of its commander is not there yet");
        assert!(
            waits || text.contains("its commander gave it this mission"),
            "{text}"
        );
        end_turn(&mut session);
    }
    assert!(arrived(&session));
    let why = session.reasons(Side::Japan, Subject::Formation(column));
    let text = report::reasons::sentence_of(session.scenario(), why[0]);
    assert!(
        text.contains("its commander gave it this mission"),
        "{text}"
    );
    // All that can be ordered are to go for what was asked for.
    let mut told = 0;
    for id in ["column_1", "column_2", "column_3"] {
        let unit = unit(&session, id);
        for why in session.reasons(Side::Japan, Subject::Unit(unit)) {
            assert_eq!(why.objective, Some(place(&session, "bridge")), "{id}");
            told += 1;
        }
    }
    assert!(told >= 2, "{told}");
}

#[test]
fn what_the_staff_wrote_is_written_anew_when_the_mission_changes() {
    let mut session = session(JAPAN);
    session.delegate();
    let before = session.picture.orders.clone();
    assert_eq!(session.delegate(), before.len(), "the same again");
    assert!(
        session.undo() && session.picture.orders.is_empty(),
        "in one step"
    );
    session.redo();
    commission(&mut session, "column", MissionPosture::Reserve, "bridge");
    session.delegate();
    let tasks = |orders: &[(crate::battle::OrderId, Side, Order)]| {
        orders.iter().map(|o| o.2).collect::<Vec<_>>()
    };
    assert_ne!(tasks(&session.picture.orders), tasks(&before));
}

#[test]
fn the_sign_of_a_unit_in_hand_stands_on_its_counter() {
    let mut session = session(JAPAN);
    let first = unit(&session, "column_1");
    let signed = |session: &Session| {
        let counter = session.picture.counter(first).unwrap();
        marks(session.scenario().unit(first), counter).contains(&Mark::ByHand)
    };
    assert!(!signed(&session));
    order(&mut session, "column_1", Task::Rest);
    assert!(signed(&session));
    end_turn(&mut session);
    assert!(signed(&session));
    session.take_over(first, false);
    assert!(!signed(&session));
}

#[test]
fn the_staff_orders_the_rest_at_the_end_of_a_turn_if_so_set() {
    for set in [false, true] {
        let mut session = session(JAPAN);
        order(&mut session, "column_1", Task::Rest);
        let mut table = Tabletop {
            staff_at_end: set,
            ..Tabletop::default()
        };
        let end = Intent::EndTurn { confirmed: !set };
        carry_out(end, &mut session, &mut table, &mut Pathfinder::default());
        assert!(session.busy() && !table.confirming_end);
        end_turn(&mut session);
        let turns = &session.record().unwrap().turns;
        let orders = turns[0].japan.len();
        assert_eq!(orders > 1, set, "{orders}");
        let first = unit(&session, "column_1");
        assert!(turns[0].japan.contains(&Order::Unit {
            unit: first,
            task: Task::Rest,
            start_at: None,
        }));
    }
}

/// Whoever has a staff order has a reason in the panel, with what else was weighed folded below it.
#[test]
fn the_panels_of_unit_and_formation_say_why() {
    let mut session = lesson::campaign(2);
    session.delegate();
    let scenario = session.scenario().clone();
    let ordered: Vec<(Side, UnitId)> = session
        .picture
        .orders
        .iter()
        .filter_map(|(_, side, order)| match order {
            Order::Unit { unit, .. } => Some((*side, *unit)),
            _ => None,
        })
        .collect();
    assert!(ordered.len() > 10, "{ordered:?}");
    let mut weighed = 0;
    for (side, unit) in ordered {
        let why = session.reasons(side, Subject::Unit(unit));
        assert!(!why.is_empty(), "{}", scenario.unit(unit).name);
        let sentence = report::reasons::sentence_of(&scenario, why[0]);
        let others = report::reasons::each_other(&scenario, why[0]);
        if weighed >= 3 || others.is_empty() {
            continue;
        }
        weighed += 1;
        let table = selecting(unit);
        let desk = Desk::new(TALL);
        let show = |ui: &mut bevy_egui::egui::Ui| panel::show(ui, &session, &table);
        let shown = desk.read(&show);
        assert!(texts(&shown).contains(&sentence.as_str()), "{shown:?}");
        let told = |items: &[super::desk::Item]| {
            let folded = |t: &&str| t.to_lowercase() == others[0].to_lowercase();
            texts(items).iter().any(folded)
        };
        assert!(!told(&shown), "folded at first");
        desk.click("Weighed besides", &show);
        assert!(told(&desk.read(&show)), "{others:?}");
    }
    assert!(weighed > 0);
    let led = scenario.formations().len() as u32;
    let explained = (0..led)
        .map(FormationId)
        .filter(|f| {
            let side = scenario.formation(*f).side;
            reasons::line(&session, side, Subject::Formation(*f)).is_some()
        })
        .count();
    assert!(explained > 10, "{explained}");
}

#[test]
fn no_seat_is_told_why_the_enemy_does_what_he_does() {
    for seat in SEATS {
        let mut session = session(seat);
        let mut told = [false; 2];
        for _ in 0..4 {
            session.delegate();
            note(&session, seat, &mut told);
            session.end_turn();
            while !session.poll() {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
            // While it is played back.
            assert!(session.unseen());
            note(&session, seat, &mut told);
            session.reveal();
            note(&session, seat, &mut told);
        }
        for side in Side::ALL {
            assert_eq!(told[side.index()], seat.sees(side), "{seat:?} {side:?}");
        }
    }
}

fn note(session: &Session, seat: Seat, told: &mut [bool; 2]) {
    let scenario = session.scenario();
    for (i, unit) in (0..).zip(scenario.units()) {
        let why = reasons::line(session, unit.side, Subject::Unit(UnitId(i)));
        if why.is_some() {
            assert!(seat.sees(unit.side));
            told[unit.side.index()] = true;
        }
    }
}

#[test]
fn a_unit_in_hand_has_no_reason_of_the_staff() {
    let mut session = session(JAPAN);
    session.delegate();
    let first = unit(&session, "column_1");
    let told = |session: &Session| {
        !session
            .reasons(Side::Japan, Subject::Unit(first))
            .is_empty()
    };
    assert!(told(&session));
    order(&mut session, "column_1", Task::Rest);
    assert!(!told(&session));
    session.undo();
    assert!(told(&session));
    // Without the staff's orders there is nothing to explain.
    session.undo();
    assert!(!told(&session));
}

#[test]
fn the_computer_has_the_level_chosen_and_ones_own_staff_is_regular() {
    let levels = [Level::Veteran, Level::Recruit];
    let begun = |seat| {
        lesson::session(seat);
        Session::begin_at(lesson::scenario(), seat, 7, levels)
    };
    assert_eq!(begun(JAPAN).levels(), [Level::Veteran, Level::Regular]);
    assert_eq!(begun(Seat::Both).levels(), [Level::Regular; 2]);
    let mut watched = begun(Seat::Watch);
    assert_eq!(watched.levels(), levels);
    let notes = watched.record().unwrap().header.notes.join("; ");
    assert!(notes.contains("Chinese command: Veteran; Japanese command: Recruit"));
    // A Veteran thinks while the battle is away, and not on the frame.
    watched.end_turn();
    assert!(watched.busy() && watched.battle().is_none());
    end_turn(&mut watched);
    assert_eq!(watched.picture.turn.0, 2);
}
