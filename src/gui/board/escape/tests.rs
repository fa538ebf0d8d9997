//! Crowds and boats drawn far and near, and told in words to those who may know.

use super::*;
use crate::{
    battle::{CrowdId, Press, Term, Why, WhyKind, ferry::Loading},
    gui::{
        picture::escape::Crowd,
        session::{Seat, Session},
    },
    scenario::{Options, Scenario},
    shelf::Shelf,
};
use bevy_egui::egui;
use std::sync::Arc;

fn session(seat: Seat) -> Session {
    let scenario = Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default());
    Session::begin(Arc::new(scenario.unwrap()), seat, 1)
}

fn shapes(camera: &BoardCamera, session: &Session) -> usize {
    let context = egui::Context::default();
    let mut output = context.run_ui(egui::RawInput::default(), |ui| {
        under(ui.painter(), camera, session);
        over(ui.painter(), camera, session, None);
        caption(ui.painter(), camera, session);
    });
    output.textures_delta.clear();
    output.shapes.len()
}

fn harbour(session: &Session, place: &str) -> Hex {
    let map = session.scenario().map();
    let found = map.places.iter().find(|p| p.id == place);
    found.expect("the place").centre
}

/// The article: the crowd made for the harbour, in which hardly any boats remained.
#[test]
fn boats_are_told_by_kind_and_owner_to_those_whose_they_are() {
    let own = session(Seat::Side(Side::China));
    let told = words(&own, harbour(&own, "xiaguan")).join("; ");
    assert!(told.contains("3 steam launches, 120 junks"), "{told}");
    assert!(told.contains("for whoever comes"), "{told}");
    let kept = words(&own, harbour(&own, "zhoujiasha")).join("; ");
    assert!(
        kept.contains("kept by") && kept.contains("2 steam launches"),
        "{kept}"
    );
    let other = session(Seat::Side(Side::Japan));
    assert!(words(&other, harbour(&other, "xiaguan")).is_empty());
}

/// The article: civilians were in the crowd; boats became so overloaded that they sank midway.
#[test]
fn a_crowd_at_the_pier_is_drawn_counted_and_told_with_who_was_among_it() {
    let mut session = session(Seat::Side(Side::China));
    let map = Arc::clone(session.scenario().map());
    let pier = harbour(&session, "xiaguan");
    let view = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0));
    let mut camera = BoardCamera::new(&map, view);
    camera.look_at(&map, pier);
    let before = shapes(&camera, &session);
    let escape = &mut session.picture.escape;
    escape.crowds.push(Crowd {
        id: CrowdId(0),
        side: Side::China,
        at: pier,
        men: 6_200,
        exact: true,
        way: Vec::new(),
    });
    let there = escape.harbours.iter_mut().find(|h| h.at == pier).unwrap();
    there.water.under_fire = true;
    let mut why = Why::product(WhyKind::Crossing, pier, 900.0);
    why.times(Term::Panic, 0.25);
    there.press = Some(Press {
        crowd: 6_200,
        embarking: 0,
        panic: true,
        loading: Loading {
            afloat: 225.0,
            sinking: 0.31,
            intercepted: 0.26,
            why,
        },
    });
    assert!(shapes(&camera, &session) > before);
    let told = words(&session, pier).join("; ");
    for part in [
        "6,200 Chinese soldiers",
        "wait for boats",
        "Civilians are among them",
        "not simulated",
        "loaded in panic",
        "225 get into boats",
        "31 % of the boats sink",
        "fire on the boats",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

/// Ground rule: from the hour the city is lost nothing inside the walls is simulated, and the map
/// says so.
#[test]
fn ground_that_is_simulated_no_more_is_veiled_and_says_why() {
    let mut session = session(Seat::Both);
    let map = Arc::clone(session.scenario().map());
    let centre = harbour(&session, "xinjiekou");
    let view = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0));
    let mut camera = BoardCamera::new(&map, view);
    camera.look_at(&map, centre);
    let before = shapes(&camera, &session);
    assert_eq!(silence(&session, centre), None);
    session.picture.escape.silent.insert(centre);
    assert!(shapes(&camera, &session) > before);
    let told = silence(&session, centre).unwrap();
    assert!(told.contains("nothing is simulated here"), "{told}");
}

#[test]
fn a_larger_crowd_has_more_dots_and_crowds_that_would_cover_each_other_are_one() {
    let sizes = [1, 700, 2_000, 60_000];
    assert!(sizes.is_sorted_by(|a, b| dots(*a) <= dots(*b)));
    assert!(radius(30.0, 60_000) > radius(30.0, 700));
    for men in sizes {
        let far = places(dots(men)).map(|p| p.length()).fold(0.0, f32::max);
        assert!(far * dot_radius(30.0) < radius(30.0, men));
    }
    let at = |x: f32| Pos2::new(x, 10.0);
    let three = vec![
        (Side::China, at(10.0), 700, true),
        (Side::China, at(12.0), 300, false),
        (Side::China, at(90.0), 50, true),
    ];
    let drawn = gathered(three, 20.0);
    assert_eq!(
        drawn,
        [
            (Side::China, at(10.0), 1_000, false),
            (Side::China, at(90.0), 50, true)
        ]
    );
}

#[test]
fn the_state_of_the_water_is_told_by_the_boats_shape() {
    let mut session = session(Seat::Both);
    let harbour = &mut session.picture.escape.harbours[0];
    assert_eq!(Boat::of(harbour), Boat::Ready);
    harbour.water.under_fire = true;
    assert_eq!(Boat::of(harbour), Boat::UnderFire);
    harbour.water.ships = 1;
    assert_eq!(Boat::of(harbour), Boat::Barred);
    harbour.berths.clear();
    assert_eq!(Boat::of(harbour), Boat::Gone);
}
