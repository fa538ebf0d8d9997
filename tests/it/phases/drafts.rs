//! Recruits who join under way. The article: sixteen thousand men pressed into service, most of whom
//! learned only the rudiments of firing a rifle on their way to or upon arriving at the front lines.

use crate::support::{Table, altered, events, id, shelved, state, with_unit};
use nanking::{
    battle::{Battle, Event, Posture, strength::Bin},
    scenario::{Confidence, Side, file::DraftFile},
};

fn regiment() -> Table {
    Table::draw(&["......", "......", "......"])
        .unit_with(Side::China, "r", 1000, (0, 1), |u| {
            u.quality = 6;
            u.recruits = 400;
            u.drafts = vec![
                draft(150, "1937-12-05T13:00"),
                draft(250, "1937-12-05T21:00"),
            ];
        })
        .unit(Side::Japan, "a", 500, (5, 1))
        .depot(Side::China, (0, 0))
}

fn draft(men: u32, at: &str) -> DraftFile {
    DraftFile {
        men,
        at: at.into(),
        source: "invented for a test".into(),
        confidence: Confidence::Low,
    }
}

fn joined(b: &Battle) -> Vec<u32> {
    events(b, |e| match e {
        Event::Drafted { men, .. } => Some(*men),
        _ => None,
    })
}

#[test]
fn recruits_join_at_their_hour_and_all_men_are_counted_from_the_start() {
    // The article: most learned to fire on their way to or upon their arrival at the frontlines.
    let mut b = regiment().expected();
    let men = |b: &Battle| {
        let s = state(b, "r").strength;
        (s.formed(), s.men(Bin::NotArrived), s.total())
    };
    assert_eq!(men(&b), (600, 400, 1000));
    b.end_turn();
    assert_eq!(men(&b), (600, 400, 1000));
    b.end_turn();
    assert_eq!(men(&b), (750, 250, 1000));
    b.end_turn();
    b.end_turn();
    assert_eq!(men(&b), (1000, 0, 1000));
    assert_eq!(joined(&b), [150, 250]);
}

#[test]
fn they_thin_its_training_and_its_cohesion() {
    // The article: only rudimentary training on how to fire their guns.
    let mut b = regiment().expected();
    let unit = b.scenario().unit(id(&b, "r")).clone();
    let quality = |b: &Battle| nanking::battle::drafts::quality(&unit, &state(b, "r").strength);
    // 600 men at quality 6; in the end 400 of 1,000 at quality 2.
    let (trained, raw) = (0.10 + 0.1125 * 6.0, 0.10 + 0.1125 * 2.0);
    assert!((quality(&b) - trained).abs() < 1e-9);
    let before = state(&b, "r").condition.cohesion;
    for _ in 0..4 {
        b.end_turn();
    }
    let mixed = 0.6 * trained + 0.4 * raw;
    assert!((quality(&b) - mixed).abs() < 1e-9);
    assert!((unit.quality_factor() - mixed).abs() < 1e-9);
    assert!(state(&b, "r").condition.cohesion < before - 0.05);
}

#[test]
fn they_wait_while_their_unit_is_in_flight_or_cut_off_and_never_come_alone() {
    let start = regiment().expected();
    let mut flight = with_unit(&start, "r", |u| {
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.05;
    });
    let mut cut_off = with_unit(&start, "r", |u| u.condition.isolated = true);
    let mut gone = altered(&start, |s| {
        let u = &mut s.units[id(&start, "r").0 as usize];
        u.position.hex = None;
        let mut strength = nanking::battle::Strength::all_in(Bin::NotArrived, 400);
        strength.add(&nanking::battle::Strength::all_in(Bin::Killed, 600));
        u.strength = strength;
    });
    for b in [&mut flight, &mut gone] {
        for _ in 0..3 {
            b.end_turn();
        }
        assert!(joined(b).is_empty());
        assert_eq!(state(b, "r").strength.men(Bin::NotArrived), 400);
    }
    assert_eq!(
        gone.end(),
        Some(nanking::battle::End::NobodyLeft(Side::China)),
        "recruits without a unit do not keep a battle going"
    );
    cut_off.end_turn();
    assert!(joined(&cut_off).is_empty());
}

#[test]
fn the_gate_of_recruits_is_manned_by_men_who_are_still_arriving() {
    // The article: barely trained new recruits atop Zhonghua Gate.
    let scenario = shelved("nanking_1937");
    let late: u32 = scenario.units().iter().map(|u| u.drafted()).sum();
    let recruits: u32 = scenario.units().iter().map(|u| u.recruits).sum();
    assert!((15_900..=16_100).contains(&recruits), "{recruits}");
    assert!((3_000..=8_000).contains(&late), "{late}");
    for half in ["cn_88d_rec_1", "cn_88d_rec_2"] {
        let unit = scenario.unit(scenario.unit_by_id(half).unwrap());
        assert!(unit.drafted() > 0 && unit.drafted() < unit.men, "{half}");
        assert!(unit.quality_factor() < 0.35, "{half}");
    }
}
