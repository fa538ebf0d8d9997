//! Tests of the layer of command, without a window.

use super::*;
use crate::gui::{panels::tests::lesson, session::Seat};
use bevy_egui::egui;

fn shapes(draw: impl Fn(&Painter)) -> usize {
    let context = egui::Context::default();
    let mut output = context.run_ui(egui::RawInput::default(), |ui| draw(ui.painter()));
    output.textures_delta.clear();
    output.shapes.len()
}

fn view() -> Rect {
    Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0))
}

#[test]
fn the_layer_draws_links_flags_and_a_caption_of_what_is_seen() {
    let session = lesson::campaign(1);
    let camera = BoardCamera::new(session.scenario().map(), view());
    let table = Tabletop::default();
    assert!(shapes(|p| under(p, &camera, &session, &table, None)) > 20);
    assert!(shapes(|p| over(p, &camera, &session, None)) > 20);
    // While a turn is played back a flag goes with its unit.
    let moving = session
        .picture
        .chain
        .stations
        .values()
        .find(|s| s.seat.is_some());
    let station = moving.expect("a headquarters");
    let there = BTreeMap::from([(station.with.expect("a unit"), [1.0, 2.0])]);
    assert_eq!(place(&session, station, Some(&there)), Some([1.0, 2.0]));
    assert_ne!(place(&session, station, None), Some([1.0, 2.0]));
    assert!(shapes(|p| caption(p, &camera, &session)) > 10);
    let told = session
        .picture
        .chain
        .stations
        .values()
        .filter_map(|s| s.seat)
        .next()
        .map(|hex| words(&session, hex).join(" "))
        .expect("a headquarters");
    assert!(told.contains("Headquarters of"), "{told}");
}

#[test]
fn a_side_is_shown_nothing_of_the_other_sides_chain() {
    for own in Side::ALL {
        let session = lesson::session(Seat::Side(own));
        let chain = &session.picture.chain;
        assert!(!chain.stations.is_empty());
        assert!(chain.stations.values().all(|s| s.side == own));
        let mut formations = chain
            .status
            .keys()
            .map(|f| session.scenario().formation(*f));
        assert!(formations.all(|f| f.side == own));
    }
}
