//! Crowds before barrier troops (model §3.11). The article: a crowd of thousands from the south side was
//! kept from the harbour at Xiaguan by barrier troops who fired on it for retreating without permission
//! and managed to hold it back; at 9 p.m. a fleeing tank unit charged them and burst through.

use super::{chain::said, escape::in_a_crowd};
use crate::support::{Table, altered, hex, id, state, with_unit};
use nanking::{
    battle::{
        Battle, Bin, CommandEvent, DirectiveKind, Event, Posture, Strength, Term,
        command::BarrierState,
    },
    scenario::{Branch, Hours, Side, command::BarrierFile, file::Confidence},
};

/// A spit of land along a river: who comes from the east to the pier in the west must pass the barrier.
fn spit(adjust: impl FnOnce(&mut nanking::scenario::Rules)) -> Table {
    let mut t = Table::draw(&[
        "............",
        "~~~~~~~~~~~~",
        "............",
        "~~~~~~~~~~~.",
        "~~~~~~~~~~~.",
        "............",
    ])
    .crossing(Side::China, (1, 3), (1, 5), &[("junk", 30, None)])
    .unit(Side::China, "bar", 600, (5, 3))
    .unit(Side::China, "men", 3000, (0, 0))
    .unit(Side::China, "many", 9000, (1, 0))
    .unit(Side::China, "rear", 300, (2, 0))
    .unit_with(Side::China, "tanks", 150, (3, 0), |u| {
        u.branch = Branch::Armour;
        u.tanks = 15;
    })
    .unit(Side::Japan, "far", 300, (7, 0))
    .doctrine(Side::China, |d| d.withdrawal_permitted = false)
    .rules(adjust);
    t.scenario.barriers.push(BarrierFile {
        unit: "bar".into(),
        from: t.scenario.start.clone(),
        source: "invented for a test".into(),
        confidence: Confidence::Low,
    });
    t
}

/// Barrier troops whom nothing runs down.
fn firm(r: &mut nanking::scenario::Rules) {
    r.command.barrier_base = -60.0;
    r.escape.swim = 0.0;
}

/// Whom they shot, and in which hours.
fn shots(b: &Battle) -> Vec<(u32, u32)> {
    let of = |e: &Event| match e {
        Event::Command(c) => match &**c {
            CommandEvent::BarrierShot { men, .. } => Some(*men),
            _ => None,
        },
        _ => None,
    };
    let logged = b.events().iter();
    logged
        .filter_map(|l| of(&l.event).map(|men| (l.hour.0, men)))
        .collect()
}

fn column_of_crowd(b: &Battle) -> Vec<u16> {
    let grid = &b.scenario().map().grid;
    let crowds = b.crowds();
    crowds.iter().map(|c| grid.column_row(c.at).0).collect()
}

fn got_across(b: &Battle) -> u32 {
    b.men(Side::China).men(Bin::Escaped)
}

#[test]
fn a_crowd_is_held_before_the_barrier_and_shot_at_every_hour_it_presses_on() {
    let mut b = in_a_crowd(&spit(firm).battle(1), "men", (6, 3));
    for _ in 0..3 {
        b.end_turn();
        assert_eq!(column_of_crowd(&b), [6], "not one hex farther");
    }
    assert_eq!(got_across(&b), 0);
    let shots = shots(&b);
    let hours: Vec<u32> = shots.iter().map(|s| s.0).collect();
    assert_eq!(hours, (0..12).collect::<Vec<u32>>());
    let killed: u32 = shots.iter().map(|s| s.1).sum();
    assert_eq!(state(&b, "men").strength.men(Bin::OwnSideShot), killed);
    assert_eq!(state(&b, "men").strength.total(), 3000);
    // The first hour's toll: a share of those who press on.
    let share = b.scenario().rules().command.barrier_shot;
    assert!(
        (f64::from(shots[0].1) - 3000.0 * share).abs() <= 1.0,
        "{shots:?}"
    );
    let told = said(&b, |e| match e {
        CommandEvent::BarrierShot {
            barrier,
            unit,
            turned_back,
            why,
            ..
        } => Some((*barrier, *unit, *turned_back, why.terms.clone())),
        _ => None,
    });
    assert!(told.iter().all(|(by, unit, back, terms)| {
        *by == id(&b, "bar") && unit.is_none() && *back && terms[0].0 == Term::ShareShot
    }));
}

#[test]
fn nobody_is_shot_at_before_he_comes_near() {
    // Four kilometres away; the barrier reaches three.
    let mut b = in_a_crowd(&spit(firm).battle(1), "men", (9, 3));
    b.end_turn();
    b.end_turn();
    let hours: Vec<u32> = shots(&b).iter().map(|s| s.0).collect();
    assert!(hours.first() > Some(&0), "{hours:?}");
    // No way leads round the barrier: it has come up to it and presses on.
    assert_eq!(column_of_crowd(&b), [6]);
}

#[test]
fn who_has_the_barrier_behind_him_goes_his_way() {
    let mut b = in_a_crowd(&spit(firm).battle(1), "men", (4, 3));
    b.end_turn();
    assert!(shots(&b).is_empty());
    assert_eq!(column_of_crowd(&b), [1]);
    assert!(got_across(&b) > 0);
}

/// In how many of thirty battles the barrier is run down in the first turn.
fn broken(unit: &str, tanks: bool) -> usize {
    let run_down = |seed| {
        let b = in_a_crowd(&spit(|_| {}).battle(seed), unit, (6, 3));
        let at = hex(&b, (7, 3));
        let mut b = if tanks {
            with_unit(&b, "tanks", |u| {
                u.position.hex = Some(at);
                u.stance.posture = Posture::Routed;
                u.condition.cohesion = 0.1;
            })
        } else {
            b
        };
        b.end_turn();
        b.snapshot().signals.barriers[0].broken
    };
    (0..30).filter(|seed| run_down(*seed)).count()
}

#[test]
fn the_more_press_on_the_sooner_the_barrier_is_run_down_and_a_tank_unit_bursts_it() {
    let (some, many, tanks) = (
        broken("men", false),
        broken("many", false),
        broken("men", true),
    );
    assert!(many > some + 3, "{some} {many}");
    assert!(tanks > some + 6, "{some} {tanks}");
}

#[test]
fn once_the_barrier_is_run_down_the_crowd_goes_through_and_nobody_is_shot_any_more() {
    let start = spit(|r| {
        r.command.barrier_base = 60.0;
        r.escape.swim = 0.0;
    });
    let mut b = in_a_crowd(&start.battle(1), "men", (6, 3));
    b.end_turn();
    let why = said(&b, |e| match e {
        CommandEvent::BarrierBroken { why, .. } => Some((**why).clone()),
        _ => None,
    });
    assert_eq!(why.len(), 1);
    assert!(why[0].terms.iter().any(|(t, _)| *t == Term::Crowd));
    assert!(why[0].roll.is_some() && why[0].key.is_some());
    let before = shots(&b).len();
    b.end_turn();
    b.end_turn();
    assert_eq!(shots(&b).len(), before);
    assert_eq!(column_of_crowd(&b), [1]);
    assert!(got_across(&b) > 0);
}

/// A crowd goes through without a shot.
fn passes(mut b: Battle) {
    b.end_turn();
    b.end_turn();
    assert!(shots(&b).is_empty());
    let columns = column_of_crowd(&b);
    assert!(
        columns.contains(&1) && columns.iter().all(|c| *c < 5),
        "{columns:?}"
    );
}

#[test]
fn no_crowd_is_held_once_the_barrier_troops_are_gone_or_in_flight_themselves() {
    let b = in_a_crowd(&spit(firm).battle(1), "men", (6, 3));
    passes(with_unit(&b, "bar", |u| {
        u.strength = Strength::all_in(Bin::Captured, 600);
        u.position.hex = None;
    }));
    passes(with_unit(&b, "bar", |u| {
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.05;
    }));
}

#[test]
fn no_crowd_is_held_by_those_who_were_told_to_stop_nobody_or_may_leave_themselves() {
    let b = in_a_crowd(&spit(firm).battle(1), "men", (6, 3));
    passes(altered(&b, |s| {
        let off = |state: &mut BarrierState| state.on = false;
        s.signals.barriers.iter_mut().for_each(off);
    }));
    passes(altered(&b, |s| {
        let standing = &mut s.headquarters[0].standing;
        standing.directive.kind = DirectiveKind::BreakOut;
        standing.from = Hours(0);
    }));
}

#[test]
fn a_crowd_that_waits_before_a_barrier_goes_on_from_a_snapshot() {
    let mut b = in_a_crowd(&spit(|_| {}).battle(7), "many", (8, 3));
    for _ in 0..4 {
        let mut copy = altered(&b, |_| {});
        b.end_turn();
        copy.end_turn();
        assert_eq!(b.digest(), copy.digest());
        assert_eq!(b.men(Side::China).total(), 13_050);
    }
}
