//! Crowds of soldiers, boats and the lines of retreat on the map, and ground that is simulated no
//! more. A crowd is a cluster of dots, more of them the larger it is; a boat is a hull. Shapes as well
//! as colours tell all of it. Reads the picture; must never touch the battle.

use super::{
    camera::BoardCamera,
    overlay::{DARK, PALE, fill, points},
    siege::plate,
    tints,
};
use crate::{
    gui::{
        counters,
        picture::escape::{Harbour, Retreat},
        playback::Playback,
        session::Session,
        theme,
    },
    report::grouped,
    scenario::{Direction, Hex, Side},
};
use bevy_egui::egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

mod words;

pub use words::{SILENT, silence, words};

/// From this hex width on men and boats are counted, points.
const COUNTED: f32 = 24.0;
/// From this hex width on ferry lines are drawn, points.
const LINES: f32 = 7.0;
/// Fewer men than these are two dots, and are seen near at hand only.
const FEW: u32 = 50;
/// Men for each dot of a crowd.
const DOT: u32 = 120;
/// Fewest and most dots: fewer would look like a face, more like a blot.
const DOTS: (usize, usize) = (5, 30);

/// Veil over ground that is simulated no more.
const VEIL: Color32 = Color32::from_rgba_premultiplied(160, 156, 146, 176);

/// What lies under the counters: lines of retreat, the ways of crowds, where boats go.
pub fn under(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let map = session.scenario().map();
    let escape = &session.picture.escape;
    let at = |hex: Hex| camera.km_to_screen(map.grid.centre(hex));
    if camera.hex_px() < LINES {
        return;
    }
    for harbour in &escape.harbours {
        let (from, to) = (at(harbour.at), at(harbour.landing));
        if near(camera, from, to) && harbour.boats() > 0 {
            ferry_line(painter, from, to, harbour);
        }
    }
    for retreat in &escape.retreats {
        let (from, to) = (at(retreat.from), at(retreat.to));
        if near(camera, from, to) {
            retreat_line(painter, from, to, *retreat);
        }
    }
    for crowd in &escape.crowds {
        let mut way = vec![at(crowd.at)];
        way.extend(crowd.way.iter().map(|hex| at(*hex)));
        let ends = (way.first(), way.last());
        if let (Some(from), Some(to)) = ends
            && way.len() > 1
            && near(camera, *from, *to)
        {
            way_of_crowd(painter, &way, crowd.side);
        }
    }
}

/// What lies over the counters: crowds, boats, and the veil over what is simulated no more. While a
/// turn is played back crowds are where they are at its minute.
pub fn over(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    playback: Option<&Playback>,
) {
    let map = session.scenario().map();
    let escape = &session.picture.escape;
    veil(painter, camera, session);
    for harbour in &escape.harbours {
        let km = map.grid.centre(harbour.at);
        if camera.sees(km, 40.0) {
            let from = camera.km_to_screen(km);
            let to = camera.km_to_screen(map.grid.centre(harbour.landing));
            boats(painter, camera, from, to, harbour);
        }
    }
    let mut crowds: Vec<(Side, [f64; 2], u32, bool)> = match playback {
        Some(playback) => playback
            .crowds()
            .map(|c| (c.side, c.at, c.men, c.exact))
            .collect(),
        None => escape
            .crowds
            .iter()
            .map(|c| (c.side, map.grid.centre(c.at), c.men, c.exact))
            .collect(),
    };
    let hex_px = camera.hex_px();
    let least = if hex_px >= COUNTED { 1 } else { FEW };
    crowds.retain(|(_, km, men, _)| camera.sees(*km, 30.0) && *men >= least);
    let aside = 0.5 * counters::size(camera);
    let on_screen = crowds
        .into_iter()
        .map(|(side, km, men, exact)| {
            let middle = camera.km_to_screen(km) + vec2(-aside, aside);
            (side, middle, men, exact)
        })
        .collect();
    // The larger ones last.
    for (side, middle, men, exact) in gathered(on_screen, hex_px).into_iter().rev() {
        crowd(painter, middle, hex_px, side, men);
        if hex_px >= COUNTED {
            let text = if exact {
                grouped(men)
            } else {
                format!("~{}", grouped(men))
            };
            let below = middle + vec2(0.0, radius(hex_px, men) + 7.0);
            plate(painter, below, &text, tints::side_dark(side));
        }
    }
}

fn near(camera: &BoardCamera, from: Pos2, to: Pos2) -> bool {
    from.distance(to) > 4.0 && Rect::from_two_pos(from, to).intersects(camera.viewport)
}

/// Dots of a crowd of so many men.
fn dots(men: u32) -> usize {
    if men < FEW {
        return 2;
    }
    (men.div_ceil(DOT) as usize).clamp(DOTS.0, DOTS.1)
}

fn dot_radius(hex_px: f32) -> f32 {
    (0.042 * hex_px).clamp(1.5, 2.6)
}

/// Radius of the ground of a crowd.
fn radius(hex_px: f32, men: u32) -> f32 {
    dot_radius(hex_px) * (1.45 * (dots(men) as f32).sqrt() + 1.6)
}

/// A crowd: dots close together on a pale ground, squares for the Japanese.
fn crowd(painter: &Painter, middle: Pos2, hex_px: f32, side: Side, men: u32) {
    let dot = dot_radius(hex_px);
    let edge = if men < FEW {
        Stroke::NONE
    } else {
        Stroke::new(1.0, tints::side(side).gamma_multiply(0.7))
    };
    let ground = PALE.gamma_multiply(0.9);
    painter.circle(middle, radius(hex_px, men), ground, edge);
    let ink = tints::side_dark(side);
    for offset in places(dots(men)) {
        let at = middle + offset * dot;
        match side {
            Side::China => painter.circle_filled(at, dot, ink),
            Side::Japan => {
                painter.rect_filled(Rect::from_center_size(at, Vec2::splat(1.8 * dot)), 0.0, ink)
            }
        };
    }
}

/// Places of so many dots, as seeds lie in a sunflower: close together and in no figure.
fn places(count: usize) -> impl Iterator<Item = Vec2> {
    /// The angle that never comes round to itself.
    const TURN: f32 = 2.399_963;
    (0..count).map(|i| {
        let (far, angle) = (1.45 * (i as f32 + 0.5).sqrt(), TURN * i as f32);
        vec2(libm::cosf(angle), libm::sinf(angle)) * far
    })
}

/// Crowds that would lie on one another at this zoom, as one: side, where, men, exact.
fn gathered(mut crowds: Vec<(Side, Pos2, u32, bool)>, hex_px: f32) -> Vec<(Side, Pos2, u32, bool)> {
    crowds.sort_by_key(|(_, _, men, _)| std::cmp::Reverse(*men));
    let mut drawn: Vec<(Side, Pos2, u32, bool)> = Vec::new();
    for (side, at, men, exact) in crowds {
        let close = |p: &Pos2, n: u32| p.distance(at) < radius(hex_px, n) + radius(hex_px, men);
        match drawn
            .iter_mut()
            .find(|(s, p, n, _)| *s == side && close(p, *n))
        {
            Some(one) => {
                one.2 += men;
                one.3 &= exact;
            }
            None => drawn.push((side, at, men, exact)),
        }
    }
    drawn
}

/// The way of a crowd: dots to the harbour it makes for.
fn way_of_crowd(painter: &Painter, way: &[Pos2], side: Side) {
    painter.extend(Shape::dotted_line(way, PALE, 7.0, 2.6));
    painter.extend(Shape::dotted_line(way, tints::side(side), 7.0, 1.5));
}

/// The line of retreat of a unit: thin dashes with an open head.
fn retreat_line(painter: &Painter, from: Pos2, to: Pos2, retreat: Retreat) {
    let ink = tints::side(retreat.side).gamma_multiply(0.75);
    let d = (to - from).normalized();
    let stroke = Stroke::new(1.1, ink);
    painter.extend(Shape::dashed_line(&[from, to - d * 6.0], stroke, 4.0, 4.0));
    let across = d.rot90() * 3.5;
    let base = to - d * 9.0;
    painter.add(Shape::convex_polygon(
        vec![to - d, base + across, base - across],
        PALE,
        stroke,
    ));
}

/// Where boats go: a thin line to the landing, crossed out where nobody lands any more.
fn ferry_line(painter: &Painter, from: Pos2, to: Pos2, harbour: &Harbour) {
    let stroke = Stroke::new(1.1, tints::WATER_NAME);
    painter.extend(Shape::dashed_line(&[from, to], stroke, 7.0, 5.0));
    if harbour.water.closed {
        let middle = from + (to - from) * 0.5;
        cross(painter, middle, 5.0, theme::ATTENTION);
    }
}

fn cross(painter: &Painter, at: Pos2, half: f32, tint: Color32) {
    for d in [vec2(half, half), vec2(half, -half)] {
        painter.line_segment([at - d, at + d], Stroke::new(4.0, PALE));
        painter.line_segment([at - d, at + d], Stroke::new(1.8, tint));
    }
}

/// How a place with boats is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boat {
    /// Boats lie there.
    Ready,
    /// None are left.
    Gone,
    /// Ships bar the water, or nobody lands over there.
    Barred,
    /// Enemies near a bank fire on the boats.
    UnderFire,
}

impl Boat {
    fn of(harbour: &Harbour) -> Self {
        let water = &harbour.water;
        if harbour.boats() == 0 {
            Boat::Gone
        } else if water.closed || water.ships > 0 {
            Boat::Barred
        } else if water.under_fire {
            Boat::UnderFire
        } else {
            Boat::Ready
        }
    }
}

/// The boats of a harbour, on the side of the hex towards the landing.
fn boats(painter: &Painter, camera: &BoardCamera, from: Pos2, to: Pos2, harbour: &Harbour) {
    let hex_px = camera.hex_px();
    let size = (0.16 * hex_px).clamp(4.5, 11.0);
    let far = (0.5 * counters::size(camera) + 0.6 * size).max(0.36 * hex_px);
    let at = from + (to - from).normalized() * far;
    boat(painter, at, size, Boat::of(harbour), harbour.side);
    if hex_px >= COUNTED && harbour.boats() > 0 {
        let text = format!("{} boats", grouped(harbour.boats()));
        let below = at + vec2(0.0, size + 5.0);
        plate(painter, below, &text, tints::side_dark(harbour.side));
    }
}

/// A hull with a mast; hollow where no boats are left, crossed where the way over is barred, with
/// strokes above it where it is under fire.
fn boat(painter: &Painter, at: Pos2, size: f32, state: Boat, side: Side) {
    let ink = tints::side_dark(side);
    let p = |x: f32, y: f32| at + vec2(x, y) * size;
    let hull = vec![p(-1.0, 0.05), p(1.0, 0.05), p(0.6, 0.7), p(-0.6, 0.7)];
    let ground = Rect::from_center_size(at, vec2(2.5, 2.3) * size);
    painter.rect_filled(ground, 2.0, PALE.gamma_multiply(0.85));
    let ground = if state == Boat::Gone {
        PALE
    } else {
        tints::side(side)
    };
    painter.add(Shape::convex_polygon(hull, ground, Stroke::new(1.2, ink)));
    painter.line_segment([p(0.0, 0.05), p(0.0, -0.95)], Stroke::new(1.2, ink));
    let sail = vec![p(0.1, -0.9), p(0.7, -0.15), p(0.1, -0.15)];
    let sail_ground = if state == Boat::Gone {
        Color32::TRANSPARENT
    } else {
        PALE
    };
    painter.add(Shape::convex_polygon(
        sail,
        sail_ground,
        Stroke::new(1.0, ink),
    ));
    match state {
        Boat::Barred => cross(painter, at, 0.9 * size, theme::ATTENTION),
        Boat::UnderFire => {
            for x in [-0.8, -0.4, 0.45] {
                let stroke = Stroke::new(1.5, theme::ATTENTION);
                painter.line_segment([p(x, -1.05), p(x - 0.2, -0.5)], stroke);
            }
        }
        Boat::Ready | Boat::Gone => {}
    }
}

/// The hull of a sign on the water, in one tint.
pub fn hull(painter: &Painter, at: Pos2, size: f32, tint: Color32) {
    let pale = PALE.gamma_multiply(0.8 * f32::from(tint.a()) / 255.0);
    painter.circle_filled(at, 1.35 * size, pale);
    let p = |x: f32, y: f32| at + vec2(x, y) * size;
    let hull = vec![p(-1.0, 0.05), p(1.0, 0.05), p(0.6, 0.7), p(-0.6, 0.7)];
    painter.add(Shape::convex_polygon(hull, tint, Stroke::NONE));
    painter.line_segment([p(0.0, 0.05), p(0.0, -0.95)], Stroke::new(1.5, tint));
}

/// Ground on which nothing is simulated since the city was lost: a veil with an edge.
fn veil(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let map = session.scenario().map();
    let silent = &session.picture.escape.silent;
    if silent.is_empty() {
        return;
    }
    let mut mesh = Mesh::default();
    let mut edges = Vec::new();
    for hex in silent {
        if !camera.sees(map.grid.centre(*hex), camera.hex_px()) {
            continue;
        }
        let corners = points(camera, map, *hex, 1.0);
        fill(&mut mesh, &corners, VEIL);
        for direction in Direction::ALL {
            let next = map.grid.neighbour(*hex, direction);
            if !next.is_some_and(|n| silent.contains(&n)) {
                let d = direction as usize;
                edges.push([corners[d], corners[(d + 1) % 6]]);
            }
        }
    }
    painter.add(Shape::mesh(mesh));
    for edge in edges {
        painter.line_segment(edge, Stroke::new(1.4, DARK.gamma_multiply(0.7)));
    }
}

/// The line that says why ground lies under a veil; over all else, since it must be read.
pub fn caption(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let map = session.scenario().map();
    let silent = &session.picture.escape.silent;
    if silent.is_empty() || camera.hex_px() < 8.0 {
        return;
    }
    let all = silent.len() as f64;
    let (mut mean, mut north) = ([0.0; 2], f64::MIN);
    for [x, y] in silent.iter().map(|hex| map.grid.centre(*hex)) {
        mean = [mean[0] + x / all, mean[1] + y / all];
        north = north.max(y);
    }
    // In the emptier half, off the name of the city.
    let km = [mean[0], mean[1] + 0.5 * (north - mean[1])];
    if camera.sees(km, 60.0) {
        let at = camera.km_to_screen(km);
        plate(painter, at, "not simulated any more", theme::INK);
    }
}

/// A crowd of so many men, for the page that explains it.
pub fn crowd_sample(painter: &Painter, at: Pos2, side: Side, men: u32) {
    crowd(painter, at, 40.0, side, men);
}

/// A place with boats, for the page that explains it.
pub fn boat_sample(painter: &Painter, at: Pos2, state: Boat) {
    boat(painter, at, 10.0, state, Side::China);
}

/// The way of a crowd (true) or the line of retreat of a unit, for the page that explains them.
pub fn line_sample(painter: &Painter, from: Pos2, to: Pos2, of_crowd: bool) {
    if of_crowd {
        way_of_crowd(painter, &[from, to], Side::China);
    } else {
        let retreat = Retreat {
            side: Side::China,
            from: Hex(0),
            to: Hex(0),
        };
        retreat_line(painter, from, to, retreat);
    }
}

#[cfg(test)]
mod tests;
