//! Yielding: those who give way, and those who follow up (model §3.7).

use crate::support::{Table, events, hex, id, place_of, state, tell, with_unit};
use nanking::{
    battle::{Battle, Cause, Event, Posture, Task, strength::Bin},
    scenario::{Branch, Side, map::WorksLevel},
};

/// An attack that succeeds in its first hour; the defender has four rows behind it.
fn storm() -> Table {
    Table::draw(&[
        ".........",
        ".........",
        ".........",
        ".........",
        ".........",
    ])
    .unit(Side::Japan, "a", 900, (1, 2))
    .unit(Side::China, "b", 800, (2, 2))
    .depot(Side::Japan, (0, 2))
    .depot(Side::China, (8, 2))
    .rules(|r| r.hold.base = 60.0)
}

const TARGET: (u16, u16) = (2, 2);

fn attack(b: &mut Battle, units: &[&str]) {
    let target = hex(b, TARGET);
    for unit in units {
        tell(b, unit, Task::Assault { target });
    }
    b.end_turn();
}

/// (routed, cut off) of each yielding.
fn yields(b: &Battle) -> Vec<(bool, bool)> {
    events(b, |e| match e {
        Event::Yielded {
            routed, cut_off, ..
        } => Some((*routed, *cut_off)),
        _ => None,
    })
}

/// Men who went into a bin for a cause.
fn men(b: &Battle, unit: &str, bin: Bin, why: Cause) -> u32 {
    let unit = id(b, unit);
    events(b, |e| match e {
        Event::Men {
            unit: u,
            to,
            men,
            cause,
            ..
        } if (*u, *to, *cause) == (unit, bin, why) => Some(*men),
        _ => None,
    })
    .iter()
    .sum()
}

#[test]
fn the_winner_enters_and_the_hex_is_his() {
    let mut b = storm().expected();
    attack(&mut b, &["a"]);
    assert_eq!(place_of(&b, "a"), Some(TARGET));
    assert_eq!(b.control()[hex(&b, TARGET).index()], Some(Side::Japan));
    let taken = events(&b, |e| match e {
        Event::HexTaken {
            hex,
            by,
            by_assault: true,
        } => Some((*hex, *by)),
        _ => None,
    });
    assert_eq!(taken, vec![(hex(&b, TARGET), Side::Japan)]);
    let a = state(&b, "a");
    assert_eq!(
        (a.stance.posture, a.mission.task),
        (Posture::Holding, Task::Hold)
    );
}

#[test]
fn only_the_strongest_attacker_enters_and_the_others_hold_where_they_are() {
    let mut b = storm().unit(Side::Japan, "c", 500, (1, 1)).expected();
    attack(&mut b, &["a", "c"]);
    assert_eq!(place_of(&b, "a"), Some(TARGET));
    assert_eq!(place_of(&b, "c"), Some((1, 1)));
    let c = state(&b, "c");
    assert_eq!(
        (c.stance.posture, c.mission.task),
        (Posture::Holding, Task::Hold)
    );
}

#[test]
fn success_disorders_the_winner() {
    let mut b = storm().expected();
    let before = state(&b, "a").condition.cohesion;
    attack(&mut b, &["a"]);
    let lost = before - state(&b, "a").condition.cohesion;
    assert!((0.05..0.25).contains(&lost), "{lost}");
}

#[test]
fn an_orderly_retreat_goes_a_hex_or_two_and_costs_little() {
    let mut b = storm().expected();
    attack(&mut b, &["a"]);
    assert_eq!(yields(&b), vec![(false, false)]);
    let at = place_of(&b, "b").expect("still there");
    let gone = b
        .scenario()
        .map()
        .grid
        .distance(hex(&b, at), hex(&b, TARGET));
    assert!((1..=2).contains(&gone), "{gone} hexes");
    assert!(at.0 > 2, "towards its supply: {at:?}");
    assert_eq!(state(&b, "b").stance.posture, Posture::Holding);
    // Of 800 men at about even power: 2 %, 1 % and 5 %.
    let killed = men(&b, "b", Bin::Killed, Cause::Retreat);
    let captured = men(&b, "b", Bin::Captured, Cause::Retreat);
    let strayed = men(&b, "b", Bin::Disordered, Cause::Retreat);
    assert!((12..=22).contains(&killed), "{killed}");
    assert!((6..=9).contains(&captured), "{captured}");
    assert!((35..=41).contains(&strayed), "{strayed}");
}

#[test]
fn men_without_cohesion_rout_farther_and_lose_more() {
    let start = storm().expected();
    let mut b = with_unit(&start, "b", |u| u.condition.cohesion = 0.33);
    attack(&mut b, &["a"]);
    assert_eq!(yields(&b), vec![(true, false)]);
    assert_eq!(state(&b, "b").stance.posture, Posture::Routed);
    let at = place_of(&b, "b").expect("still there");
    let gone = b
        .scenario()
        .map()
        .grid
        .distance(hex(&b, at), hex(&b, TARGET));
    assert!(gone >= 2, "{gone} hexes");
    let killed = men(&b, "b", Bin::Killed, Cause::Rout);
    let captured = men(&b, "b", Bin::Captured, Cause::Rout);
    let strayed = men(&b, "b", Bin::Disordered, Cause::Rout);
    assert!((42..=48).contains(&killed), "{killed}");
    assert!((56..=64).contains(&captured), "{captured}");
    assert!((175..=200).contains(&strayed), "{strayed}");
}

/// The defender in a corner between water and the enemy.
fn cornered() -> Table {
    Table::draw(&["~~~~~", "~~~~~", "..~~~", "~~~~~", "~~~~~"])
        .unit(Side::Japan, "a", 900, (0, 2))
        .unit(Side::China, "b", 800, (1, 2))
        .rules(|r| r.hold.base = 60.0)
}

#[test]
fn those_with_no_way_out_are_lost() {
    // The article: a portion of the 74th Corps was annihilated in a bid to break through the lines.
    let mut b = cornered()
        .unit(Side::China, "far", 300, (1, 2))
        .unit_with(Side::China, "ship", 60, (4, 4), |u| {
            u.branch = Branch::Naval
        })
        .expected();
    let target = hex(&b, (1, 2));
    tell(&mut b, "a", Task::Assault { target });
    b.end_turn();
    assert_eq!(yields(&b), vec![(false, true); 2]);
    let left = state(&b, "b");
    assert_eq!(left.position.hex, None);
    assert_eq!(left.strength.present(), 0);
    let killed = men(&b, "b", Bin::Killed, Cause::Overrun);
    assert!(
        (0.53..0.56).contains(&(f64::from(killed) / 800.0)),
        "{killed}"
    );
    let captured = left.strength.men(Bin::Captured);
    assert!(
        captured >= 800 - killed - 60,
        "the rest is missing: {captured}"
    );
    assert_eq!(left.strength.total(), 800);
}

#[test]
fn remnants_that_were_cut_off_slip_through_to_friends_nearby() {
    let mut b = Table::draw(&["~~~~~", "~..~~", "..~~~", "~~~~~", "~~~~~"])
        .unit(Side::Japan, "a", 900, (0, 2))
        .unit(Side::China, "b", 800, (1, 2))
        .unit(Side::Japan, "c", 400, (1, 3))
        .unit(Side::China, "friends", 500, (2, 3))
        .rules(|r| r.hold.base = 60.0)
        .expected();
    assert_eq!(place_of(&b, "friends"), Some((2, 3)));
    let target = hex(&b, (1, 2));
    tell(&mut b, "a", Task::Assault { target });
    b.end_turn();
    assert_eq!(yields(&b), vec![(false, true)]);
    assert_eq!(place_of(&b, "b"), Some((2, 3)));
    let s = state(&b, "b").strength;
    assert!(s.present() > 0 && s.present() < 250, "{s:?}");
}

#[test]
fn wounded_of_the_last_hours_are_overrun_with_the_position() {
    let mut b = cornered().expected();
    let target = hex(&b, (1, 2));
    tell(&mut b, "a", Task::Assault { target });
    b.end_turn();
    let unit = id(&b, "b");
    let overrun = events(&b, |e| match e {
        Event::Men {
            unit: u,
            from: Bin::Wounded,
            to: Bin::Captured,
            men,
            ..
        } if *u == unit => Some(*men),
        _ => None,
    });
    assert_eq!(overrun.len(), 1);
}

#[test]
fn a_position_lost_costs_more_killed_among_the_losses_than_one_kept() {
    let share = |base: f64| {
        let mut b = storm().rules(|r| r.hold.base = base).expected();
        attack(&mut b, &["a"]);
        let first = men(&b, "b", Bin::Killed, Cause::Ground);
        let wounded = men(&b, "b", Bin::Wounded, Cause::Ground);
        f64::from(first) / f64::from(first + wounded)
    };
    assert!(share(60.0) > share(-60.0) + 0.1);
}

#[test]
fn all_units_in_the_hex_give_way_together() {
    let mut b = storm().unit(Side::China, "d", 300, TARGET).expected();
    attack(&mut b, &["a"]);
    assert_eq!(yields(&b).len(), 2);
    assert_ne!(place_of(&b, "b"), Some(TARGET));
    assert_ne!(place_of(&b, "d"), Some(TARGET));
}

#[test]
fn friends_in_the_way_of_retreat_cancel_the_enemys_zone() {
    // Every neighbouring hex lies in a zone of control; a friend stands in one.
    let enemies = [("e1", (2, 0)), ("e2", (4, 2)), ("e3", (2, 4))];
    let build = |friend: bool| {
        let mut t = storm();
        for (name, at) in enemies {
            t = t.unit(Side::Japan, name, 500, at);
        }
        if friend {
            t = t.unit(Side::China, "friend", 300, (3, 2));
        }
        let mut b = t.expected();
        attack(&mut b, &["a"]);
        b
    };
    assert_eq!(yields(&build(false)), vec![(false, true)]);
    let held = build(true);
    assert_eq!(yields(&held), vec![(false, false)]);
}

#[test]
fn retreat_leaves_what_was_dug_behind() {
    let start = storm().expected();
    let mut b = with_unit(&start, "b", |u| u.stance.entrenched = WorksLevel::Prepared);
    attack(&mut b, &["a"]);
    assert_eq!(state(&b, "b").stance.entrenched, WorksLevel::None);
}

#[test]
fn a_yielding_hour_is_rolled_and_explained() {
    let mut yes = 0.0;
    let (mut p_sum, n) = (0.0, 300);
    for seed in 0..n {
        let mut b = storm().rules(|r| r.hold.base = 0.0).battle(seed);
        attack(&mut b, &["a"]);
        let first = events(&b, |e| match e {
            Event::Fought {
                hold: Some(why), ..
            } => Some((why.probability.unwrap_or(0.0), why.roll.unwrap_or(1.0))),
            _ => None,
        })[0];
        p_sum += first.0;
        yes += f64::from(u8::from(first.1 < first.0));
        let first_hour = b
            .events()
            .iter()
            .any(|l| l.hour.0 == 0 && matches!(l.event, Event::Yielded { .. }));
        assert_eq!(first_hour, first.1 < first.0, "the roll decides");
    }
    assert!((yes - p_sum).abs() < 0.12 * n as f64, "{yes} {p_sum}");
}
