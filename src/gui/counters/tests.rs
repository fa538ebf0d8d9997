//! Tests of counters on the historical battle, without a window.

use super::*;
use crate::{
    battle::Posture,
    gui::{
        picture::{Details, chain::Sign},
        session::Seat,
    },
    scenario::{Hours, Options, Scenario, map::WorksLevel},
    shelf::Shelf,
};
use bevy_egui::egui;
use std::sync::Arc;

fn session() -> Session {
    let scenario =
        Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default()).unwrap();
    Session::begin(Arc::new(scenario), Seat::Both, 1)
}

fn view() -> Rect {
    Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 720.0))
}

fn shapes(draw: impl Fn(&Painter)) -> usize {
    let context = egui::Context::default();
    let mut output = context.run_ui(egui::RawInput::default(), |ui| draw(ui.painter()));
    // No window takes the textures.
    output.textures_delta.clear();
    output.shapes.len()
}

#[test]
fn a_counter_is_found_where_it_is_drawn() {
    let session = session();
    let table = Tabletop::default();
    let map = Arc::clone(session.scenario().map());
    let mut camera = BoardCamera::new(&map, view());
    for counter in session.picture.counters.iter().step_by(17) {
        camera.look_at(&map, counter.hex);
        let at = camera.km_to_screen(map.grid.centre(counter.hex));
        let top = unit_at(&camera, &session, &table, None, at).unwrap();
        assert_eq!(session.picture.counter(top).unwrap().hex, counter.hex);
        let selected = Tabletop {
            unit: Some(counter.id),
            ..Tabletop::default()
        };
        assert_eq!(
            unit_at(&camera, &session, &selected, None, at),
            Some(counter.id)
        );
    }
    assert_eq!(
        unit_at(&camera, &session, &table, None, pos2(-50.0, 10.0)),
        None
    );
}

#[test]
fn counters_move_where_playback_puts_them() {
    let session = session();
    let table = Tabletop::default();
    let map = Arc::clone(session.scenario().map());
    let mut camera = BoardCamera::new(&map, view());
    let unit = session.picture.counters.first().unwrap();
    let km = [20.0, 8.0];
    let there = BTreeMap::from([(unit.id, km)]);
    camera.look_at(&map, map.grid.containing(km).unwrap());
    let at = camera.km_to_screen(km);
    assert_eq!(
        unit_at(&camera, &session, &table, Some(&there), at),
        Some(unit.id)
    );
    assert_ne!(unit_at(&camera, &session, &table, None, at), Some(unit.id));
}

#[test]
fn larger_counters_show_more_and_the_layer_hides_all() {
    let session = session();
    let map = Arc::clone(session.scenario().map());
    let mut table = Tabletop::default();
    let mut camera = BoardCamera::new(&map, view());
    let hex = session.picture.counters.first().unwrap().hex;
    camera.look_at(&map, hex);
    let mut last = 0;
    for px in [10.0, 40.0, 60.0] {
        // One counter in view, whatever the zoom.
        camera.px_per_km = px;
        let only = Rect::from_center_size(pos2(640.0, 360.0), Vec2::splat(1.0));
        camera.viewport = only;
        let count = shapes(|p| draw(p, &camera, &session, &table, None));
        assert!(count >= last && count > 0, "{count} at {px}");
        last = count;
    }
    table.layers.remove(&Layer::Counters);
    assert_eq!(shapes(|p| draw(p, &camera, &session, &table, None)), 0);
    assert!(occupied(&camera, &session, &table).is_empty());
}

#[test]
fn marks_tell_the_state_and_reports_bear_none() {
    let session = session();
    let mut counter = session.picture.counters.first().unwrap().clone();
    let Known::Exactly(details) = counter.known.clone() else {
        panic!("both sides are shown");
    };
    let with = |change: fn(&mut Details)| {
        let mut d = details.clone();
        change(&mut d);
        let fixed = session.scenario().unit(counter.id);
        marks(
            fixed,
            &Counter {
                known: Known::Exactly(d),
                ..counter.clone()
            },
        )
    };
    assert!(with(|d| d.posture = Posture::Routed).contains(&Mark::Routed));
    assert!(with(|d| d.condition.isolated = true).contains(&Mark::CutOff));
    assert!(with(|d| d.condition.ammunition = 0.1).contains(&Mark::LowAmmunition));
    assert!(!with(|d| d.condition.ammunition = 0.9).contains(&Mark::LowAmmunition));
    assert!(with(|d| d.entrenched = WorksLevel::Hasty).contains(&Mark::DugIn(WorksLevel::Hasty)));
    assert!(with(|d| d.sign = Some(Sign::Lost)).contains(&Mark::Order(Sign::Lost)));
    assert!(
        with(|d| d.sign = None)
            .iter()
            .all(|m| !matches!(m, Mark::Order(_)))
    );
    counter.known = Known::Reported(Hours(0));
    let fixed = session.scenario().unit(counter.id);
    assert!(marks(fixed, &counter).is_empty());
    assert!(!is_stale(&session, &counter), "reported this turn");
}
