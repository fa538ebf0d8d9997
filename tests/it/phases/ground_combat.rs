//! Ground combat on the map: who fights whom, over which hexsides, behind which works (model §3.2,
//! §3.6).

use crate::support::{Table, events, hex, id, place_of, state, tell, with_unit};
use nanking::{
    battle::{Battle, Event, Posture, Strength, Task, Term, Why, strength::Bin},
    scenario::{Hex, Hours, Side},
};

/// Hours of ground combat: hex, was it an assault, losses of both, why the defender lost so many.
struct Hour {
    at: Hex,
    assault: bool,
    attacker_losses: u32,
    defender_losses: u32,
    attacker_why: Why,
    defender_why: Why,
}

fn fought(battle: &Battle) -> Vec<Hour> {
    events(battle, |e| match e {
        Event::Fought {
            at,
            assault,
            attacker_losses,
            defender_losses,
            attacker_why,
            defender_why,
            ..
        } => Some(Hour {
            at: *at,
            assault: *assault,
            attacker_losses: *attacker_losses,
            defender_losses: *defender_losses,
            attacker_why: *attacker_why.clone(),
            defender_why: *defender_why.clone(),
        }),
        _ => None,
    })
}

fn term(why: &Why, wanted: Term) -> f64 {
    why.terms
        .iter()
        .find(|(t, _)| *t == wanted)
        .map_or(1.0, |(_, value)| *value)
}

/// Two units side by side, the defender's position unshakeable.
fn duel(drawing: &[&str]) -> Table {
    Table::draw(drawing)
        .unit(Side::Japan, "a", 800, (1, 1))
        .unit(Side::China, "b", 800, (2, 1))
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (4, 1))
        .doctrine(Side::China, |d| d.withdrawal_permitted = false)
        .doctrine(Side::Japan, |d| d.withdrawal_permitted = false)
        .rules(|r| r.hold.base = -40.0)
}

const PLAIN: &[&str] = &[".....", ".....", "....."];

fn attack(b: &mut Battle, unit: &str, at: (u16, u16)) {
    let target = hex(b, at);
    tell(b, unit, Task::Assault { target });
}

#[test]
fn an_assault_is_fought_every_hour_over_the_target_and_not_as_contact_too() {
    let mut b = duel(PLAIN).expected();
    attack(&mut b, "a", (2, 1));
    b.end_turn();
    let hours = fought(&b);
    assert_eq!(hours.len(), 4);
    let target = hex(&b, (2, 1));
    assert!(hours.iter().all(|h| h.assault && h.at == target));
    assert_eq!(
        state(&b, "a").stance.posture,
        Posture::Attacking,
        "it goes on"
    );
}

#[test]
fn neighbours_who_do_not_attack_exchange_a_little_fire() {
    let mut quiet = duel(PLAIN).expected();
    quiet.end_turn();
    let mut loud = duel(PLAIN).expected();
    attack(&mut loud, "a", (2, 1));
    loud.end_turn();
    let losses = |b: &Battle| b.men(Side::China).casualties() + b.men(Side::Japan).casualties();
    assert!(losses(&quiet) > 0);
    assert!(
        losses(&quiet) * 10 < losses(&loud),
        "{} {}",
        losses(&quiet),
        losses(&loud)
    );
    assert!(fought(&quiet).iter().all(|h| !h.assault));
}

#[test]
fn in_a_symmetric_meeting_both_sides_lose_the_same() {
    let both = |attack_too: bool| {
        let mut b = duel(PLAIN).expected();
        if attack_too {
            attack(&mut b, "a", (2, 1));
            attack(&mut b, "b", (1, 1));
        }
        b.end_turn();
        (
            b.men(Side::Japan).casualties(),
            b.men(Side::China).casualties(),
        )
    };
    for attack_too in [false, true] {
        let (japan, china) = both(attack_too);
        assert!(japan > 0 && japan.abs_diff(china) <= 2, "{japan} {china}");
    }
}

#[test]
fn swapping_the_sides_swaps_the_results() {
    let run = |attacker: Side| {
        let mut b = Table::draw(PLAIN)
            .unit(attacker, "a", 900, (1, 1))
            .unit(attacker.enemy(), "b", 600, (2, 1))
            .depot(attacker, (0, 1))
            .depot(attacker.enemy(), (4, 1))
            .expected();
        attack(&mut b, "a", (2, 1));
        for _ in 0..3 {
            b.end_turn();
        }
        let of = |unit: &str| {
            let s = state(&b, unit);
            (s.strength, s.position.hex, s.condition, s.stance.posture)
        };
        (of("a"), of("b"), b.men(attacker), b.men(attacker.enemy()))
    };
    assert_eq!(run(Side::Japan), run(Side::China));
}

#[test]
fn losses_of_one_hour_are_computed_from_the_same_state() {
    // Each of two attacks the other: if one were resolved first, the other's would be weaker.
    let mut both = duel(PLAIN).expected();
    attack(&mut both, "a", (2, 1));
    attack(&mut both, "b", (1, 1));
    both.end_turn();
    let first: Vec<u32> = fought(&both)[..2]
        .iter()
        .map(|h| h.attacker_losses + h.defender_losses)
        .collect();
    assert_eq!(first[0], first[1]);
}

#[test]
fn an_attack_from_two_hexes_is_one_fight() {
    let mut b = duel(PLAIN).unit(Side::Japan, "c", 800, (2, 2)).expected();
    attack(&mut b, "a", (2, 1));
    attack(&mut b, "c", (2, 1));
    b.end_turn();
    let first = &fought(&b)[0];
    let attackers = events(&b, |e| match e {
        Event::Fought { attackers, .. } => Some(attackers.clone()),
        _ => None,
    });
    assert_eq!(attackers[0], vec![id(&b, "a"), id(&b, "c")]);
    assert_eq!(fought(&b).len(), 4, "{}", first.attacker_losses);
}

const FORT: (u16, u16) = (2, 1);

#[test]
fn works_that_face_away_do_not_help() {
    // The article: positions that were easy to outflank and surround.
    let works = |back: (u16, u16)| {
        let mut b = duel(PLAIN).works_away_from(FORT, back).expected();
        assert_eq!(place_of(&b, "a"), Some((1, 1)));
        assert_eq!(place_of(&b, "b"), Some(FORT));
        attack(&mut b, "a", FORT);
        b.end_turn();
        let hour = &fought(&b)[0];
        (
            term(&hour.attacker_why, Term::Works),
            term(&hour.defender_why, Term::Works),
        )
    };
    assert_eq!(works((4, 1)), (1.55, 0.62), "front to the attacker");
    assert_eq!(works((0, 1)), (1.0, 1.0), "back to the attacker");
}

#[test]
fn works_just_taken_count_a_level_less_for_two_hours() {
    let start = duel(&[".....", "..f..", "....."]).expected();
    let mut b = with_unit(&start, "b", |u| {
        u.position.taken = true;
        u.position.since = Hours(0);
    });
    attack(&mut b, "a", FORT);
    b.end_turn();
    let works: Vec<f64> = fought(&b)
        .iter()
        .map(|h| term(&h.defender_why, Term::Works))
        .collect();
    // Taken in the first hour; the two hours that follow it are those of the counterattack.
    assert_eq!(works, vec![0.7, 0.7, 0.7, 0.62]);
}

#[test]
fn nobody_attacks_over_a_wall() {
    let mut b = walled().expected();
    b.end_turn();
    let across = [(2, 1), (3, 1)].map(|at| hex(&b, at));
    assert!(fought(&b).is_empty(), "not even contact");
    let contacts = events(&b, |e| match e {
        Event::Contact { at, .. } => Some(*at),
        _ => None,
    });
    assert!(contacts.iter().all(|at| !across.contains(at)));
    attack(&mut b, "a", (3, 1));
    b.end_turn();
    assert_ne!(place_of(&b, "a"), Some((3, 1)));
    assert!(
        fought(&b)
            .iter()
            .all(|h| h.at != hex(&b, (3, 1)) || term(&h.attacker_why, Term::Crossing) == 2.0),
        "if it found the gate, it fought there"
    );
}

/// A walled block in the east with a gate in its northern row; the sides stand face to face over
/// the wall two rows further south.
fn walled() -> Table {
    Table::draw(&[".......", ".......", ".......", ".......", "......."])
        .wall((3, 1), (5, 3))
        .gate("north_gate", (3, 3), (2, 3))
        .unit(Side::Japan, "a", 800, (2, 1))
        .unit(Side::China, "b", 800, (3, 1))
        .doctrine(Side::China, |d| d.withdrawal_permitted = false)
        .rules(|r| r.hold.base = -40.0)
}

#[test]
fn through_a_gate_they_attack_at_a_price() {
    let mut b = walled()
        .unit(Side::Japan, "c", 800, (2, 3))
        .unit(Side::China, "d", 800, (3, 3))
        .expected();
    assert_eq!(place_of(&b, "c"), Some((2, 3)));
    assert_eq!(place_of(&b, "d"), Some((3, 3)));
    attack(&mut b, "c", (3, 3));
    b.end_turn();
    let hours = fought(&b);
    assert_eq!(hours.len(), 4, "only at the gate");
    let gate = hex(&b, (3, 3));
    for h in &hours {
        assert!(h.assault && h.at == gate);
        assert_eq!(term(&h.attacker_why, Term::Crossing), 2.0);
        assert_eq!(term(&h.defender_why, Term::Works), 0.3, "the parapet");
    }
}

#[test]
fn the_parapet_covers_those_inside_in_mere_contact_too() {
    // Whichever of the two hexes has the lower number.
    let exposure = |inner: (u16, u16), outer: (u16, u16)| {
        let mut b = walled()
            .gate("second_gate", inner, outer)
            .unit(Side::Japan, "c", 800, outer)
            .unit(Side::China, "d", 800, inner)
            .expected();
        assert_eq!(place_of(&b, "c"), Some(outer));
        assert_eq!(place_of(&b, "d"), Some(inner));
        b.end_turn();
        let (c, d) = (state(&b, "c").strength, state(&b, "d").strength);
        (c.casualties(), d.casualties())
    };
    let west = exposure((3, 2), (2, 2));
    let east = exposure((5, 2), (6, 2));
    assert!(west.0 > 0);
    assert!(west.1 * 2 < west.0, "{west:?}");
    assert_eq!(west, east);
}

#[test]
fn an_attack_uphill_costs_more_than_one_over_open_ground() {
    let losses = |drawing: &[&str]| {
        let mut b = duel(drawing).expected();
        attack(&mut b, "a", (2, 1));
        b.end_turn();
        term(&fought(&b)[0].attacker_why, Term::Height)
    };
    assert_eq!(losses(PLAIN), 1.0);
    assert_eq!(losses(&[".....", "..h..", "....."]), 1.15);
    assert_eq!(
        losses(&["hh...", "hhh..", "hh..."]),
        1.0,
        "as high as the target"
    );
}

#[test]
fn an_attacker_whose_hour_has_not_come_waits() {
    let mut b = duel(PLAIN).expected();
    let order = nanking::battle::Order::Unit {
        unit: id(&b, "a"),
        task: Task::Assault {
            target: hex(&b, (2, 1)),
        },
        start_at: Some(Hours(2)),
    };
    b.order(Side::Japan, order).expect("legal");
    b.end_turn();
    let assaults: Vec<u32> = b
        .events()
        .iter()
        .filter(|l| matches!(l.event, Event::Fought { assault: true, .. }))
        .map(|l| l.hour.0)
        .collect();
    assert_eq!(assaults, vec![2, 3]);
}

#[test]
fn an_attacker_caught_in_his_own_hex_is_not_bound_by_an_earlier_order_to_hold() {
    let start = duel(PLAIN).expected();
    let mut b = with_unit(&start, "b", |u| u.stance.obeys_to_the_last = Some(true));
    attack(&mut b, "a", (2, 1));
    attack(&mut b, "b", (1, 1));
    b.end_turn();
    let hold_terms = events(&b, |e| match e {
        Event::Fought {
            at,
            hold: Some(why),
            ..
        } if *at == hex(&b, (2, 1)) => Some(term(why, Term::HoldOrder)),
        _ => None,
    });
    assert!(!hold_terms.is_empty());
    assert!(hold_terms.iter().all(|x| *x == 1.0), "{hold_terms:?}");
}

#[test]
fn whether_an_order_to_hold_is_obeyed_is_drawn_once_and_as_often_as_doctrine_says() {
    let mut obeyed = 0;
    let n = 200;
    for seed in 0..n {
        let mut b = duel(PLAIN)
            .doctrine(Side::China, |d| d.hold_to_death = 0.6)
            .battle(seed);
        attack(&mut b, "a", (2, 1));
        b.end_turn();
        let drawn = state(&b, "b").stance.obeys_to_the_last;
        b.end_turn();
        assert_eq!(state(&b, "b").stance.obeys_to_the_last, drawn, "once");
        obeyed += u32::from(drawn == Some(true));
    }
    // 0.6 x (0.3 + 0.7 x 0.9), a standard deviation being 7.
    let expected = 0.6 * 0.93 * n as f64;
    assert!((f64::from(obeyed) - expected).abs() < 24.0, "{obeyed}");
    let mut b = duel(PLAIN)
        .doctrine(Side::China, |d| d.withdrawal_permitted = true)
        .rules(|r| r.withdrawal.tolerance_hold = 1.0)
        .battle(1);
    attack(&mut b, "a", (2, 1));
    b.end_turn();
    assert_eq!(state(&b, "b").stance.obeys_to_the_last, Some(false));
}

#[test]
fn killed_and_wounded_divide_as_the_troops_bring_away_their_wounded() {
    let mut b = duel(PLAIN).expected();
    attack(&mut b, "a", (2, 1));
    for _ in 0..3 {
        b.end_turn();
    }
    let s: Strength = b.men(Side::Japan);
    let share = f64::from(s.men(Bin::Killed)) / f64::from(s.casualties());
    assert!((share - 0.28).abs() < 0.04, "{share} of {}", s.casualties());
}
