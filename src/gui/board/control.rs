//! The layer of who controls the ground: a plain tint for each side, a line where they meet, and a
//! caption. Shows no more than the picture knows.

use super::{
    camera::BoardCamera,
    overlay::{DARK, PALE, fill, points, visible},
    tints,
};
use crate::{
    gui::session::Session,
    scenario::{Hex, Side},
};
use bevy_egui::egui::{
    FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
};

/// A plain tint over the ground of each side, and a line where the two meet.
pub fn draw(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let map = session.scenario().map();
    let holder = |hex: Hex| session.picture.control.get(hex.index()).copied().flatten();
    let mut mesh = Mesh::default();
    let mut fronts: Vec<[Pos2; 2]> = Vec::new();
    for hex in visible(camera, map) {
        let Some(side) = holder(hex) else { continue };
        let corners = points(camera, map, hex, 1.0);
        fill(&mut mesh, &corners, tints::side_wash(side));
        for (direction, other) in map.grid.neighbours(hex) {
            if holder(other).is_some_and(|s| s != side) && hex < other {
                let d = direction as usize;
                fronts.push([corners[d], corners[(d + 1) % 6]]);
            }
        }
    }
    painter.add(Shape::mesh(mesh));
    for front in &fronts {
        painter.line_segment(*front, Stroke::new(4.0, PALE.gamma_multiply(0.7)));
    }
    for front in fronts {
        painter.line_segment(front, Stroke::new(2.0, DARK));
    }
}

/// Says in a corner of the map which tint is whose.
pub fn caption(painter: &Painter, camera: &BoardCamera) {
    const FIELD: Vec2 = vec2(18.0, 12.0);
    const GAP: f32 = 6.0;
    let font = FontId::proportional(12.0);
    let texts = Side::ALL.map(|side| {
        let text = format!("{} hands", side.adjective());
        painter.layout_no_wrap(text, font.clone(), DARK)
    });
    let width = texts.iter().map(|t| t.size().x + FIELD.x + 3.0 * GAP);
    let size = vec2(width.sum::<f32>(), 22.0);
    let corner = camera.viewport.left_bottom() + vec2(8.0, -8.0 - size.y);
    let ground = Rect::from_min_size(corner, size);
    painter.rect(
        ground,
        3.0,
        PALE.gamma_multiply(0.94),
        Stroke::new(0.8, DARK.gamma_multiply(0.5)),
        StrokeKind::Inside,
    );
    let paper = tints::screen(tints::PAPER);
    let mut x = ground.left() + GAP;
    for (side, text) in Side::ALL.into_iter().zip(texts) {
        let middle = ground.center().y;
        let field = Rect::from_min_size(pos2(x, middle - FIELD.y / 2.0), FIELD);
        painter.rect_filled(field, 0.0, paper);
        let edge = Stroke::new(1.0, tints::side(side));
        painter.rect(field, 0.0, tints::side_wash(side), edge, StrokeKind::Inside);
        x += FIELD.x + GAP;
        let high = text.size().y;
        let wide = text.size().x;
        painter.galley(pos2(x, middle - high / 2.0).round(), text, DARK);
        x += wide + 2.0 * GAP;
    }
}
