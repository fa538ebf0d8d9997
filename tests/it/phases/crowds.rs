//! When a crowd forms. The article: most units simply collapsed; a crowd of thousands made for the
//! harbour. Men who straggle from a unit that still stands make no crowd of twos and threes.

use super::escape::{bank, in_a_crowd};
use crate::support::{altered, events, state, with_unit};
use nanking::{
    battle::{Battle, Bin, Event, Posture, Strength},
    scenario::Side,
};

/// Hours and sizes of crowds that formed.
fn formed(b: &Battle) -> Vec<(u32, u32)> {
    let of = |e: &Event| match e {
        Event::CrowdFormed(c) => Some(c.men),
        _ => None,
    };
    let logged = b.events().iter();
    logged
        .filter_map(|l| of(&l.event).map(|men| (l.hour.0, men)))
        .collect()
}

/// Formed men and men out of the ranks, of a unit that comes apart or stands.
fn split(b: &Battle, unit: &str, formed: u32, waiting: u32, flies: bool) -> Battle {
    with_unit(b, unit, |u| {
        let away = u.strength.total() - formed - waiting;
        let mut strength = Strength::all_in(Bin::Formed, formed);
        strength.add(&Strength::all_in(Bin::Disordered, waiting));
        strength.add(&Strength::all_in(Bin::Captured, away));
        u.strength = strength;
        if flies {
            u.stance.posture = Posture::Routed;
            u.condition.cohesion = 0.1;
        }
    })
}

/// Nobody leaves the ranks; many of those out of them go in an hour; crowds of a hundred.
fn quick() -> crate::support::Table {
    bank(&[("junk", 0, None)]).rules(|r| {
        r.morale.dissolution = 0.0;
        r.escape.leave = 0.9;
        r.escape.crowd_least = 100.0;
    })
}

#[test]
fn stragglers_of_a_unit_that_still_stands_stay_with_it() {
    let start = bank(&[("junk", 0, None)]).rules(|r| {
        r.morale.dissolution = 1.0;
        r.morale.rejoin = 0.0;
        r.escape.crowd_least = 1.0;
    });
    let mut b = with_unit(&start.battle(1), "men", |u| u.condition.cohesion = 0.6);
    b.end_turn();
    let men = state(&b, "men").strength;
    assert!(men.men(Bin::Disordered) > 20, "{men:?}");
    assert!(formed(&b).is_empty() && men.men(Bin::Crowd) == 0);
}

#[test]
fn men_who_leave_wait_until_they_are_enough_for_a_crowd() {
    let mut b = split(&quick().battle(1), "men", 400, 150, true);
    b.end_turn();
    let crowds = formed(&b);
    assert_eq!(crowds.len(), 1, "{crowds:?}");
    let (hour, men) = crowds[0];
    assert!(hour >= 1, "66 in the first hour are too few: {crowds:?}");
    assert!((100..=150).contains(&men), "{crowds:?}");
    let left = state(&b, "men").strength;
    assert_eq!(left.men(Bin::Crowd), men);
    assert_eq!(left.men(Bin::Formed) + left.men(Bin::Disordered), 550 - men);
    // Too few for one, and others still stand: they stay.
    let mut few = split(&quick().battle(1), "men", 400, 60, true);
    few.end_turn();
    assert!(formed(&few).is_empty());
    assert_eq!(state(&few, "men").strength.men(Bin::Disordered), 60);
}

#[test]
fn what_is_left_of_a_unit_in_which_nobody_stands_goes_together() {
    let mut b = split(&quick().battle(1), "men", 0, 60, true);
    b.end_turn();
    assert_eq!(formed(&b), [(0, 60)]);
    assert_eq!(state(&b, "men").position.hex, None);
}

#[test]
fn men_of_two_units_in_one_hex_make_one_crowd() {
    let b = split(&quick().battle(1), "men", 0, 40, true);
    let at = state(&b, "men").position.hex;
    let b = split(&b, "others", 0, 50, true);
    let mut b = with_unit(&b, "others", |u| u.position.hex = at);
    b.end_turn();
    assert_eq!(formed(&b), [(0, 90)]);
    assert_eq!(b.crowds()[0].men.len(), 2);
}

#[test]
fn few_join_a_crowd_that_comes_by() {
    let b = in_a_crowd(&quick().battle(1), "others", (6, 3));
    let mut b = split(&b, "men", 400, 60, true);
    b.end_turn();
    assert!(formed(&b).is_empty());
    let joined = state(&b, "men").strength.men(Bin::Crowd);
    assert!((20..=60).contains(&joined), "{joined}");
    let crowds = b.crowds();
    assert_eq!(crowds.len(), 1);
    assert_eq!(crowds[0].men.len(), 2);
}

#[test]
fn who_waits_for_others_is_in_the_digest_and_stays_when_his_unit_stands_again() {
    let mut b = split(&quick().battle(1), "men", 400, 60, true);
    b.end_turn();
    assert!(state(&b, "men").ledger.gathering > 20);
    let other = with_unit(&b, "men", |u| u.ledger.gathering = 0);
    assert_ne!(other.digest(), b.digest());
    let copy = altered(&b, |_| {});
    assert_eq!(copy.digest(), b.digest());
    let mut rallied = with_unit(&b, "men", |u| {
        u.stance.posture = Posture::Holding;
        u.condition.cohesion = 0.9;
    });
    rallied.end_turn();
    assert_eq!(state(&rallied, "men").ledger.gathering, 0);
    assert!(
        events(&rallied, |e| matches!(e, Event::CrowdFormed(_))
            .then_some(()))
        .is_empty()
    );
    assert_eq!(rallied.men(Side::China).total(), b.men(Side::China).total());
}
