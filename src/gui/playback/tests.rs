//! Playback ends where the next picture begins, and shows a side only what it observed.

use super::*;
use crate::gui::{
    panels::tests::lesson::{self, SEATS},
    session::Session,
};

fn playback(session: &Session) -> Playback {
    Playback::new(
        session.scenario(),
        &session.before,
        &session.picture,
        &session.turn_events,
        session.seat(),
    )
}

fn drawn(session: &Session) -> BTreeMap<UnitId, [f64; 2]> {
    let grid = &session.scenario().map().grid;
    session
        .picture
        .counters
        .iter()
        .map(|c| (c.id, grid.centre(c.hex)))
        .collect()
}

/// Plays the lesson with an attack up the road and gives each turn to `look`.
fn each_turn(seat: Seat, mut look: impl FnMut(&Session)) {
    let mut session = lesson::session(seat);
    let village = lesson::place(&session, "village");
    for _ in 0..10 {
        for id in ["column_1", "column_2", "column_3", "garrison_2"] {
            let unit = lesson::unit(&session, id);
            let side = session.scenario().unit(unit).side;
            let task = crate::battle::Task::Assault { target: village };
            let order = crate::battle::Order::Unit {
                unit,
                task,
                start_at: None,
            };
            // Not yet there, or in flight: refused, and the rest goes on.
            let _ = session.order(side, order);
        }
        lesson::end_turn(&mut session);
        look(&session);
        if session.picture.over {
            return;
        }
    }
}

#[test]
fn own_units_end_where_the_next_picture_has_them() {
    for seat in SEATS {
        each_turn(seat, |session| {
            let mut playback = playback(session);
            playback.skip();
            let at_end = playback.positions();
            for (unit, at) in drawn(session) {
                let side = session.scenario().unit(unit).side;
                if seat.sees(side) {
                    assert_eq!(at_end.get(&unit), Some(&at), "{seat:?} {unit:?}");
                }
            }
            for unit in at_end.keys() {
                let side = session.scenario().unit(*unit).side;
                if seat.sees(side) {
                    assert!(
                        session.picture.counter(*unit).is_some(),
                        "{seat:?} {unit:?}"
                    );
                }
            }
        });
    }
}

#[test]
fn enemies_known_at_the_end_are_drawn_where_they_are_known() {
    for seat in [Seat::Side(Side::China), Seat::Side(Side::Japan)] {
        each_turn(seat, |session| {
            let mut playback = playback(session);
            playback.skip();
            for (unit, at) in playback.positions() {
                let side = session.scenario().unit(unit).side;
                if seat.sees(side) {
                    continue;
                }
                let known = session.picture.counter(unit).map(|c| c.hex);
                let grid = &session.scenario().map().grid;
                assert_eq!(known.map(|h| grid.centre(h)), Some(at), "{seat:?} {unit:?}");
            }
        });
    }
}

#[test]
fn nobody_jumps_while_both_sides_are_seen() {
    each_turn(Seat::Both, |session| {
        let mut playback = playback(session);
        let mut before = playback.positions();
        while !playback.done() {
            playback.advance(0.01);
            let now = playback.positions();
            for (unit, [x, y]) in &now {
                let Some([ox, oy]) = before.get(unit) else {
                    continue;
                };
                let gone = ((x - ox) * (x - ox) + (y - oy) * (y - oy)).sqrt();
                assert!(
                    gone < 0.6,
                    "{unit:?} goes {gone} km in a quarter of a minute"
                );
            }
            before = now;
        }
    });
}

#[test]
fn a_side_is_not_shown_the_others_marches() {
    each_turn(Seat::Side(Side::China), |session| {
        for logged in session.turn_events.iter().filter(|l| observed(session, l)) {
            if let Event::Moved { unit, .. } | Event::Men { unit, .. } | Event::Fired { unit, .. } =
                &logged.event
            {
                assert_eq!(session.scenario().unit(*unit).side, Side::China);
            }
        }
    });
    each_turn(Seat::Both, |session| {
        assert!(session.turn_events.iter().all(|l| observed(session, l)));
    });
}

#[test]
fn time_runs_with_the_speed_stops_in_a_pause_and_ends() {
    let mut session = lesson::session(Seat::Both);
    lesson::end_turn(&mut session);
    let mut playback = playback(&session);
    assert_eq!(playback.hour(), session.before.hour);
    playback.advance(2.5);
    assert_eq!(playback.hour().0, session.before.hour.0 + 1);
    playback.play_pause();
    playback.advance(100.0);
    assert!(!playback.done());
    playback.play_pause();
    playback.set_speed(8.0);
    playback.advance(f64::NAN);
    playback.set_speed(f32::NAN);
    assert!((playback.speed() - 8.0).abs() < 1e-6);
    playback.advance(1.0);
    assert!(playback.done());
    assert_eq!(playback.hour().0, session.before.hour.0 + 3);
    assert_eq!(playback.minute_of_hour(), 60);
}

/// Every kind of event that shows a sign is also placed, so that a click on its line finds it.
#[test]
fn what_is_shown_at_a_place_can_be_looked_at() {
    let session = lesson::campaign(8);
    let scenario = session.scenario();
    let mut words = BTreeSet::new();
    for logged in &session.events {
        for sign in signs::signs(scenario, &logged.event) {
            words.insert(sign.word);
            assert!(!sign.word.is_empty() && sign.at.iter().all(|v| v.is_finite()));
            assert!(
                whereabouts(scenario, &logged.event).is_some(),
                "{:?}",
                logged.event
            );
        }
    }
    for word in ["bombed", "recruits", "gate barricaded"] {
        assert!(words.contains(word), "{words:?}");
    }
}

#[test]
fn a_sign_stands_at_the_wall_between_its_two_hexes_and_long_enough_to_be_read() {
    let session = lesson::campaign(1);
    let scenario = session.scenario();
    let map = scenario.map();
    let gate = map.gates.iter().find(|g| g.id == "gate_guanghua").unwrap();
    let event = Event::SmokeLaid {
        wall: gate.side,
        at: gate.outer,
        unit: UnitId(0),
    };
    let sign = signs::signs(scenario, &event)[0];
    let (a, b) = (map.grid.centre(gate.inner), map.grid.centre(gate.outer));
    for axis in 0..2 {
        assert!((sign.at[axis] - (a[axis] + b[axis]) / 2.0).abs() < 1e-9);
    }
    let logged = Logged {
        hour: Hours(session.before.hour.0 + 3),
        phase: Phase::Verdict,
        ..session.events.last().unwrap().clone()
    };
    let logged = Logged { event, ..logged };
    let mut playback = Playback::new(
        scenario,
        &session.before,
        &session.picture,
        &[logged],
        Seat::Both,
    );
    let mut minutes = 0;
    while !playback.done() {
        playback.advance(1.0 / MINUTES_PER_SECOND);
        minutes += u32::from(playback.flashes().any(|(f, _)| f == Flash::Sign(sign)));
    }
    assert!(minutes >= 15, "{minutes}");
}

/// The article: barrier troops shot their own until they were run down; boats sank midway; many
/// drowned on logs and timber; headquarters left before their units. Each has its sign and its place.
#[test]
fn the_collapse_has_signs_where_it_happens_and_a_few_men_have_none() {
    use crate::{
        battle::{BoatsTaken, CommandEvent, Crossed, CrowdAt, CrowdId, Swam, Why, WhyKind},
        scenario::{FormationId, Side},
    };
    let session = lesson::session(Seat::Both);
    let scenario = session.scenario();
    let at = lesson::place(&session, "village");
    let unit = lesson::unit(&session, "garrison_1");
    let side = Side::China;
    let why = || Why::product(WhyKind::Crossing, at, 1.0);
    let crossed = |across, boats_lost| {
        Event::Crossed(Box::new(Crossed {
            crossing: 0,
            at,
            side,
            owner: None,
            panic: true,
            across,
            drowned: 0,
            turned_back: 0,
            boats_lost,
            why: why(),
        }))
    };
    let swam = |drowned| {
        Event::Swam(Box::new(Swam {
            crossing: 0,
            at,
            side,
            across: 1,
            drowned,
            why: why(),
        }))
    };
    let crowd = |men| {
        let crowd = CrowdId(0);
        Event::CrowdFormed(CrowdAt {
            crowd,
            side,
            at,
            men,
        })
    };
    let command = |event| Event::Command(Box::new(event));
    let formation = FormationId(0);
    let shot = CommandEvent::BarrierShot {
        barrier: unit,
        unit: None,
        at,
        men: 40,
        turned_back: true,
        why: Box::new(why()),
    };
    let broken = CommandEvent::BarrierBroken {
        barrier: unit,
        at,
        why: Box::new(why()),
    };
    let taken = BoatsTaken {
        crossing: 0,
        at,
        by: Side::Japan,
        boats: 3,
    };
    let left = |at| CommandEvent::HeadquartersLeft { formation, at };
    for (event, word) in [
        (crowd(900), Some("a crowd forms")),
        (crowd(9), None),
        (crossed(400, 2), Some("boats sink")),
        (crossed(400, 0), Some("boats cross")),
        (crossed(4, 0), None),
        (swam(300), Some("men in the water")),
        (swam(3), None),
        (Event::BoatsTaken(taken), Some("boats taken")),
        (command(shot), Some("barrier fires")),
        (command(broken), Some("barrier run down")),
        (command(left(Some(at))), Some("headquarters leaves")),
        (command(left(None)), None),
        (
            command(CommandEvent::HeadquartersLost { formation, at }),
            Some("headquarters lost"),
        ),
    ] {
        let signs = signs::signs(scenario, &event);
        assert_eq!(signs.first().map(|s| s.word), word, "{event:?}");
        if word.is_some() {
            assert_eq!(whereabouts(scenario, &event), Some(at));
            assert_eq!(signs[0].at, scenario.map().grid.centre(at));
        }
    }
}
