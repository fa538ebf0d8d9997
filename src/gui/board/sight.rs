//! The layer of what is observed: ground that nobody watches lies in shade, a line bounds what is
//! seen, and an eye marks ground behind the city wall that a height looks into. Draws what
//! [`crate::gui::sight`] has found out.

use super::{
    camera::BoardCamera,
    overlay::{DARK, PALE, fill, points, visible},
    tints,
};
use crate::{
    gui::{
        session::Session,
        sight::{Eyes, Sight},
    },
    report::place,
    scenario::{Direction, Hex, HexMap, Side},
};
use bevy_egui::egui::{
    Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2,
};

/// Shade over what nobody watches.
const SHADE: Color32 = Color32::from_rgba_premultiplied(20, 18, 15, 84);

/// Below this hex width no eyes are drawn, points.
const EYES_FROM: f32 = 14.0;

/// Draws the layer.
pub fn draw(painter: &Painter, camera: &BoardCamera, session: &Session, sight: &Sight) {
    let map = session.scenario().map();
    let seen = |field: &[bool], hex: Hex| field.get(hex.index()).copied().unwrap_or(false);
    let anybody = |hex: Hex| sight.fields.iter().any(|(_, field)| seen(field, hex));
    let mut shade = Mesh::default();
    for hex in visible(camera, map).filter(|hex| !anybody(*hex)) {
        fill(&mut shade, &points(camera, map, hex, 1.0), SHADE);
    }
    painter.add(Shape::mesh(shade));
    for (side, field) in &sight.fields {
        for hex in visible(camera, map).filter(|hex| seen(field, *hex)) {
            let corners = points(camera, map, hex, 1.0);
            for direction in Direction::ALL {
                let next = map.grid.neighbour(hex, direction);
                if next.is_some_and(|n| !seen(field, n)) {
                    let d = direction as usize;
                    bound(painter, corners[d], corners[(d + 1) % 6], *side);
                }
            }
            if camera.hex_px() >= EYES_FROM && behind_wall(map, hex) {
                let lift = vec2(0.0, 0.3 * camera.hex_px());
                let at = camera.km_to_screen(map.grid.centre(hex)) + lift;
                let size = (0.14 * camera.hex_px()).clamp(4.0, 9.0);
                eye(painter, at, size, *side);
            }
        }
    }
}

/// A line for the Chinese, dashes for the Japanese.
fn bound(painter: &Painter, a: Pos2, b: Pos2, side: Side) {
    let ink = tints::side(side);
    match side {
        Side::China => {
            painter.line_segment([a, b], Stroke::new(2.0, ink));
        }
        Side::Japan => {
            painter.extend(Shape::dashed_line(&[a, b], Stroke::new(2.2, ink), 4.0, 3.0));
        }
    }
}

/// Does a hex lie within the wall, and on it?
fn behind_wall(map: &HexMap, hex: Hex) -> bool {
    map.at(hex).inside_wall
        && Direction::ALL
            .into_iter()
            .any(|d| map.side(hex, d).is_some_and(|s| s.wall.is_some()))
}

/// An eye.
pub fn eye(painter: &Painter, at: Pos2, size: f32, side: Side) {
    let lid = |up: f32| -> Vec<Pos2> {
        (0..=8)
            .map(|i| {
                let x = i as f32 / 4.0 - 1.0;
                at + vec2(x * size, up * 0.62 * size * (1.0 - x * x))
            })
            .collect()
    };
    let mut outline = lid(-1.0);
    outline.extend(lid(1.0).into_iter().rev());
    let tint = tints::side_dark(side);
    painter.add(Shape::convex_polygon(outline, PALE, Stroke::new(1.2, tint)));
    painter.circle_filled(at, 0.36 * size, tint);
}

/// Says in a corner of the map what is shown; `lift` points above its foot.
pub fn caption(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    sight: &Sight,
    lift: f32,
) {
    let scenario = session.scenario();
    let whose = match sight.eyes {
        Eyes::Unit(unit, _) => scenario.unit(unit).name.clone(),
        Eyes::Hex(hex) => place::called(scenario.map(), hex),
        Eyes::Formation(formation) => scenario.formation(formation).name.clone(),
        Eyes::All => match &sight.fields[..] {
            [(side, _)] => format!("{} troops", side.adjective()),
            _ => "both sides".to_owned(),
        },
    };
    let night = session.picture.sky.is_some_and(|s| s.night);
    let now = if night {
        " Now it is night: only what lies beside them is seen."
    } else {
        ""
    };
    let text = format!(
        "Bright: where {whose} would see shells fall, by clear daylight.{now} Eye: seen behind the \
         wall, from a height."
    );
    let font = FontId::proportional(12.0);
    let wide = (camera.viewport.width() - 40.0).clamp(120.0, 620.0);
    let galley = painter.layout(text, font, DARK, wide);
    let size = galley.size() + vec2(12.0, 8.0);
    let foot = camera.viewport.left_bottom();
    let corner = pos2(foot.x + 8.0, foot.y - 8.0 - lift - size.y);
    let ground = Rect::from_min_size(corner, size);
    let edge = Stroke::new(0.8, DARK.gamma_multiply(0.5));
    painter.rect(
        ground,
        3.0,
        PALE.gamma_multiply(0.94),
        edge,
        StrokeKind::Inside,
    );
    painter.galley(corner + vec2(6.0, 4.0), galley, DARK);
}
