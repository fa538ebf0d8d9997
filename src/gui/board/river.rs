//! Where ships bar the river to those who would cross, and which anchorages they have closed. The
//! strokes of the Japanese are doubled.

use super::{
    camera::BoardCamera,
    overlay::{PALE, points, visible},
    siege::plate,
    tints,
};
use crate::{
    gui::session::Session,
    scenario::{Direction, Hex, Side},
};
use bevy_egui::egui::{Painter, Pos2, Stroke, vec2};

/// Barred water and closed anchorages, in view.
pub fn draw(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let map = session.scenario().map();
    let river = &session.picture.river;
    if river.barred.is_empty() && river.closed.is_empty() {
        return;
    }
    let hex_px = camera.hex_px();
    for hex in visible(camera, map) {
        for side in Side::ALL {
            if !river.barred.contains(&(hex, side)) {
                continue;
            }
            let at = camera.km_to_screen(map.grid.centre(hex));
            bars(painter, at, hex_px, side);
            edge(painter, camera, session, hex, side);
        }
    }
    for (anchorage, by) in &river.closed {
        let feature = map.features.get(usize::from(*anchorage));
        let Some(hex) = feature.and_then(|f| f.hexes.first().copied()) else {
            continue;
        };
        let km = map.grid.centre(hex);
        if camera.sees(km, 80.0) {
            let at = camera.km_to_screen(km);
            closed(painter, at, (0.3 * hex_px).clamp(7.0, 16.0), *by);
            if hex_px >= 16.0 {
                let text = format!("closed by {} ships", by.adjective());
                let below = vec2(0.0, (0.3 * hex_px).clamp(7.0, 16.0) + 9.0);
                plate(painter, at + below, &text, tints::side_dark(*by));
            }
        }
    }
}

/// Short strokes over a hex of barred water.
fn bars(painter: &Painter, at: Pos2, hex_px: f32, side: Side) {
    let half = (0.13 * hex_px).max(2.0);
    let stroke = Stroke::new(1.1, tints::side(side).gamma_multiply(0.75));
    for x in [-0.24, 0.24] {
        let p = at + vec2(x * hex_px, 0.0);
        let line = |shift: f32| {
            let p = p + vec2(shift, 0.0);
            [p - vec2(half, half), p + vec2(half, half)]
        };
        painter.line_segment(line(0.0), stroke);
        if side == Side::Japan {
            painter.line_segment(line((0.1 * hex_px).max(2.5)), stroke);
        }
    }
}

/// The bound of barred water against water that is free.
fn edge(painter: &Painter, camera: &BoardCamera, session: &Session, hex: Hex, side: Side) {
    let map = session.scenario().map();
    let barred = &session.picture.river.barred;
    let corners = points(camera, map, hex, 1.0);
    let stroke = Stroke::new(1.6, tints::side(side));
    for direction in Direction::ALL {
        let next = map.grid.neighbour(hex, direction);
        let water = |h: &Hex| map.at(*h).terrain == crate::scenario::Terrain::Water;
        if next.is_some_and(|n| water(&n) && !barred.contains(&(n, side))) {
            let d = direction as usize;
            painter.line_segment([corners[d], corners[(d + 1) % 6]], stroke);
        }
    }
}

/// Barred water and a closed anchorage, for the page that explains them.
pub fn sample(painter: &Painter, at: Pos2, side: Side) {
    bars(painter, at - vec2(14.0, 0.0), 34.0, side);
    closed(painter, at + vec2(14.0, 0.0), 9.0, side);
}

/// A closed anchorage: a disc with a bar across.
fn closed(painter: &Painter, at: Pos2, radius: f32, by: Side) {
    painter.circle(at, radius, PALE, Stroke::new(2.0, tints::side(by)));
    let half = radius * 0.62;
    let bar = |y: f32| [at + vec2(-half, y), at + vec2(half, y)];
    let stroke = Stroke::new((0.28 * radius).max(2.0), tints::side_dark(by));
    if by == Side::Japan {
        let thin = Stroke::new(stroke.width * 0.7, stroke.color);
        painter.line_segment(bar(-0.22 * radius), thin);
        painter.line_segment(bar(0.22 * radius), thin);
    } else {
        painter.line_segment(bar(0.0), stroke);
    }
}
