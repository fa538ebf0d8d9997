//! Directives and what follows from them: breakouts, contradictions, acting alone, barrier troops
//! (model §3.11).

use super::chain::*;
use crate::support::{Table, altered, events, hex, id, place_of, state, tell, with_unit};
use nanking::{
    battle::{
        Authority, Battle, Bin, Cause, CommandEvent, DirectiveKind, Event, MissionPosture, Posture,
        Snapshot, Strength, Task,
        phases::morale::{run_down, toll},
    },
    scenario::{Echelon, FormationId, Hours, Side, command::BarrierFile, map::file::Zone},
};

/// A battle with a land exit in the far east, where the second division goes when it breaks out.
fn with_exit() -> Table {
    let mut t = garrison()
        .zone(Zone::Exit, &[(14, 4)])
        .place("out", (14, 4));
    for f in &mut t.scenario.formations {
        if let Some(s) = f.staff.as_mut().filter(|_| f.id == "second") {
            s.way_out = Some("out".into());
        }
    }
    t
}

/// The article: those who received the order broke out at 23:00; those who did not held on.
#[test]
fn a_division_that_has_the_order_goes_for_its_way_out_at_the_hour_and_the_others_hold() {
    let (mut b, first) = posted(with_exit().rules(swift), 1);
    direct(&mut b, Some("second"), DirectiveKind::BreakOut, Some(10));
    b.end_turn();
    let (one, two) = (formation(&b, "first"), formation(&b, "second"));
    let standing = b.view(Side::China).directive(two).expect("its own");
    assert_eq!(standing.directive.kind, DirectiveKind::BreakOut);
    assert_eq!(
        b.view(Side::China).mission(two).map(|m| m.posture),
        Some(MissionPosture::Hold),
        "not before its hour"
    );
    b.end_turn();
    let view = b.view(Side::China);
    let going = view.mission(two).expect("a mission");
    assert_eq!(going.posture, MissionPosture::Withdraw);
    assert_eq!(going.objective, hex(&b, (14, 4)));
    assert_eq!(view.mission(one), Some(first));
    let to = going.objective;
    tell(&mut b, "b", Task::Withdraw { to });
    for _ in 0..10 {
        b.end_turn();
    }
    assert_eq!(b.strength(id(&b, "b")).men(Bin::Escaped), 800);
    assert_eq!(place_of(&b, "a"), Some((6, 2)));
}

/// The article: "not one step back". The later of directive and mission decides.
#[test]
fn a_directive_forbids_or_permits_to_fall_back() {
    let broke_off = |kind: DirectiveKind| {
        let mut b = Table::draw(&["........", "........", "........"])
            .unit(Side::Japan, "x", 2500, (4, 1))
            .unit(Side::China, "y", 800, (3, 1))
            .depot(Side::China, (0, 0))
            .depot(Side::Japan, (7, 0))
            .doctrine(Side::China, |d| d.withdrawal_permitted = false)
            .rules(|r| {
                r.hold.base = -60.0;
                r.fire.lethality_per_day = 1.0;
            })
            .expected();
        direct(&mut b, None, kind, None);
        let target = hex(&b, (3, 1));
        tell(&mut b, "x", Task::Assault { target });
        b.end_turn();
        !events(&b, |e| matches!(e, Event::BrokeOff { .. }).then_some(())).is_empty()
    };
    assert!(!broke_off(DirectiveKind::HoldToTheDeath));
    assert!(broke_off(DirectiveKind::MayWithdraw));
    assert!(broke_off(DirectiveKind::Delay));
}

fn both_superiors(seed: u64) -> (Battle, bool) {
    let (b, _) = posted(garrison().rules(swift), seed);
    let division = formation(&b, "first");
    let mut b = altered(&b, |s| {
        let i = division.0 as usize;
        s.headquarters[i].standing.by = Authority::Above;
        s.headquarters[i].standing.issued = Hours(2);
    });
    direct(&mut b, Some("first"), DirectiveKind::HoldToTheDeath, None);
    b.end_turn();
    let kept = said(&b, |e| match e {
        CommandEvent::DirectivesContradict { keeps_older, .. } => Some(*keeps_older),
        _ => None,
    });
    assert_eq!(
        kept.len(),
        1,
        "the doctrine of the test permits, this forbids"
    );
    (b, kept[0])
}

/// The article: orders of Chiang and of Tang contradicted each other.
#[test]
fn contradictory_directives_divide_divisions_and_cost_cohesion() {
    let older = (0..200).filter(|seed| both_superiors(*seed).1).count();
    assert!((50..90).contains(&older), "0.35 of 200: {older}");
    let (b, _) = both_superiors(1);
    let (calm, _) = posted(garrison().rules(swift), 1);
    let mut calm = altered(&calm, |_| {});
    calm.end_turn();
    let of = |b: &Battle, unit| state(b, unit).condition.cohesion;
    assert!(of(&b, "a") < of(&calm, "a") - 0.02);
    assert_eq!(of(&b, "b"), of(&calm, "b"));
}

/// The article: Xu Yuanquan never received the order, heard that the city had fallen, and left.
#[test]
fn a_corps_with_initiative_leaves_on_its_own_once_it_hears_that_all_is_lost() {
    let alone = |initiative: f64, hours_since: u32, turns: u32| {
        let mut t = with_exit().rules(|r| r.command.own_accord = 1.0);
        for f in &mut t.scenario.formations {
            if let Some(s) = f.staff.as_mut().filter(|_| f.id == "second") {
                s.initiative = initiative;
            }
        }
        let (mut b, _) = posted(t, 1);
        for _ in 0..3 {
            b.end_turn();
        }
        let from = hex(&b, (20, 2));
        let mut b = altered(&b, |s| {
            s.signals.rumour[0] = Some((Hours(16 - hours_since), from));
            s.headquarters[0].left = true;
        });
        for _ in 0..turns {
            b.end_turn();
        }
        said(&b, |e| match e {
            CommandEvent::ActedAlone { formation, .. } => Some(*formation),
            _ => None,
        })
    };
    // Twelve kilometres at three an hour.
    assert!(alone(0.7, 3, 1).is_empty(), "it has not come so far yet");
    assert_eq!(alone(0.7, 5, 1).len(), 1);
    assert_eq!(alone(0.7, 5, 3).len(), 1, "once");
    assert!(alone(0.2, 12, 2).is_empty(), "the others wait for orders");
}

/// A road along which those behind must pass the barrier.
fn barrier(told: bool) -> Battle {
    let t = with_exit().rules(|r| {
        slow(r);
        r.command.barrier_base = -60.0;
    });
    let mut t = under(t, "post", "first", Echelon::Battalion, |s| s.apart = true).unit_with(
        Side::China,
        "bar",
        600,
        (10, 3),
        |u| u.formation = "post".into(),
    );
    t = t.doctrine(Side::China, |d| d.withdrawal_permitted = false);
    t.scenario.barriers.push(BarrierFile {
        unit: "bar".into(),
        from: t.scenario.start.clone(),
        source: "invented for a test".into(),
        confidence: nanking::scenario::Confidence::Low,
    });
    let (b, _) = posted(t, 1);
    let (post, two) = (formation(&b, "post"), formation(&b, "second"));
    let out = hex(&b, (14, 4));
    let break_out = |s: &mut Snapshot, f: FormationId| {
        let standing = &mut s.headquarters[f.0 as usize].standing;
        standing.directive.kind = DirectiveKind::BreakOut;
        standing.by = Authority::Command;
        standing.received = Hours(4);
        standing.from = Hours(4);
    };
    let mut b = altered(&b, |s| {
        break_out(s, two);
        if told {
            break_out(s, post);
        }
    });
    tell(&mut b, "b", Task::Withdraw { to: out });
    b.end_turn();
    b
}

fn shot(b: &Battle) -> u32 {
    said(b, |e| match e {
        CommandEvent::BarrierShot { men, .. } => Some(*men),
        _ => None,
    })
    .iter()
    .sum()
}

/// The article: barrier troops fired on those who went back, and about a thousand were shot by their
/// own army. That they were not told is why.
#[test]
fn barrier_troops_that_have_not_been_told_shoot_and_those_that_have_let_pass() {
    let b = barrier(false);
    assert!(shot(&b) > 0);
    assert_eq!(b.strength(id(&b, "b")).men(Bin::OwnSideShot), shot(&b));
    assert_eq!(b.men(Side::China).total(), 2700, "men are conserved");
    let causes = events(&b, |e| match e {
        Event::Men {
            to: Bin::OwnSideShot,
            cause,
            ..
        } => Some(*cause),
        _ => None,
    });
    assert!(causes.iter().all(|c| *c == Cause::Barrier));
    assert_eq!(shot(&barrier(true)), 0);
}

#[test]
fn who_is_in_flight_before_a_barrier_is_shot_at_too() {
    let b = barrier(true);
    let b = altered(&b, |s| {
        for hq in &mut s.headquarters {
            hq.standing.directive.kind = DirectiveKind::HoldToTheDeath;
        }
    });
    let mut b = with_unit(&b, "b", |u| {
        u.position.hex = Some(hex(&b, (9, 3)));
        u.strength = Strength::all_in(Bin::Formed, 800);
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.05;
    });
    b.end_turn();
    assert!(shot(&b) > 0);
}

/// The article: at 21:00 a tank unit broke through the barrier, and the crowd with it.
#[test]
fn a_crowd_with_tanks_runs_a_barrier_down() {
    let b = garrison().battle(1);
    let rules = b.scenario().rules();
    let at = hex(&b, (2, 2));
    let p = |crowd, tanks| {
        run_down(rules, at, crowd, 600, tanks)
            .probability
            .expect("one")
    };
    assert!(
        (p(600, false) - 0.0474).abs() < 0.001,
        "as many as they are"
    );
    assert!(p(6000, false) > p(600, false) && p(6000, true) > p(6000, false));
    assert!((p(6000, true) - 0.8535).abs() < 0.001, "{}", p(6000, true));
    let why = run_down(rules, at, 6000, 600, true);
    assert_eq!(why.terms.len(), 2, "both are named");
    let share = rules.command.barrier_shot;
    assert!((toll(rules, at, 1000).result - 1000.0 * share).abs() < 1e-9);
}
