//! Counters: units as squares with the symbols of staff maps, in stacks.
//!
//! A state is told by a mark's shape and place, never by colour alone. Details fall away as the
//! counters shrink. Drawing must show nothing that the picture does not know.

mod drawing;
mod identity;
mod legend;
mod mark;
pub mod symbol;

pub use drawing::envelope;
pub use identity::identity;
pub use legend::{legend, sample};
pub use mark::{Mark, marks};

use drawing::draw_mark;

use super::{
    board::{camera::BoardCamera, tints},
    intent::Layer,
    picture::{Counter, Known, Picture},
    session::Session,
    tabletop::Tabletop,
};
use crate::scenario::{Side, Unit, UnitId, calendar::HOURS_PER_TURN};
use bevy_egui::egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
};
use std::collections::BTreeMap;

/// Smallest and largest counters, points.
const SIZE: (f32, f32) = (12.0, 64.0);
/// Share of a hex's width that a counter takes, between those sizes.
const SHARE: f32 = 0.68;
/// Below this size a counter is a plain sign.
const SIMPLE: f32 = 16.0;
/// From this size on it bears its identity.
const IDENTITY: f32 = 27.0;
/// From this size on it bears its strength.
const STRENGTH: f32 = 39.0;
/// Text smaller than this cannot be read and is left out, points.
const LEGIBLE: f32 = 9.0;

const PALE: Color32 = Color32::from_rgb(252, 249, 240);

/// Is a counter an enemy report older than the turn just past?
pub fn is_stale(session: &Session, counter: &Counter) -> bool {
    match counter.known {
        Known::Exactly(_) => false,
        Known::Reported(seen) => seen.0 + HOURS_PER_TURN < session.picture.hour.0,
    }
}

/// Counters at one spot, the one to be seen last in the list.
struct Stack<'a> {
    at: Pos2,
    pile: Vec<&'a Counter>,
}

/// Side of a counter at the present zoom, points.
pub fn size(camera: &BoardCamera) -> f32 {
    (SHARE * camera.hex_px()).clamp(SIZE.0, SIZE.1)
}

/// Stacks in drawing order: north first, the selected unit's last.
fn stacks<'a>(
    camera: &BoardCamera,
    session: &'a Session,
    table: &Tabletop,
    positions: Option<&BTreeMap<UnitId, [f64; 2]>>,
) -> Vec<Stack<'a>> {
    let grid = &session.scenario().map().grid;
    let fit = |c: &&Counter| c.hex.index() < grid.len();
    // While a turn is played back, what was drawn before it is what moves.
    let (shown, late): (&Picture, Option<&Picture>) = match positions {
        Some(_) => (&session.picture, Some(session.outcome())),
        None => (&session.picture, None),
    };
    let arrived = late
        .into_iter()
        .flat_map(|p| &p.counters)
        .filter(|c| shown.counter(c.id).is_none())
        .filter(|c| positions.is_some_and(|p| p.contains_key(&c.id)));
    let mut spots: BTreeMap<(i64, i64, Side), (Pos2, Vec<&Counter>)> = BTreeMap::new();
    for counter in shown.counters.iter().filter(fit).chain(arrived.filter(fit)) {
        let km = positions
            .and_then(|p| p.get(&counter.id).copied())
            .filter(|p| p[0].is_finite() && p[1].is_finite())
            .unwrap_or_else(|| grid.centre(counter.hex));
        if !camera.sees(km, SIZE.1) {
            continue;
        }
        // To about 20 m: units that move together stay one stack.
        let key = |v: f64| (v * 50.0).round() as i64;
        spots
            .entry((-key(km[1]), key(km[0]), counter.side))
            .or_insert_with(|| (camera.km_to_screen(km), Vec::new()))
            .1
            .push(counter);
    }
    let sides: BTreeMap<(i64, i64), usize> = spots.keys().fold(BTreeMap::new(), |mut m, k| {
        *m.entry((k.0, k.1)).or_default() += 1;
        m
    });
    let apart = 0.20 * camera.hex_px();
    let mut stacks: Vec<Stack> = spots
        .into_iter()
        .map(|((y, x, side), (at, mut pile))| {
            pile.sort_by_key(|c| (table.unit == Some(c.id), c.men, std::cmp::Reverse(c.id)));
            // An old report may lie where one's own stand: then both are drawn, side by side.
            let shared = sides.get(&(y, x)).is_some_and(|n| *n > 1);
            let dx = match side {
                _ if !shared => 0.0,
                Side::China => -apart,
                Side::Japan => apart,
            };
            Stack {
                at: at + vec2(dx, 0.0),
                pile,
            }
        })
        .collect();
    stacks.sort_by_key(|s| s.pile.iter().any(|c| table.unit == Some(c.id)));
    stacks
}

fn square(at: Pos2, size: f32) -> Rect {
    Rect::from_center_size(at, Vec2::splat(size))
}

/// Where counters stand on the screen, so that names can keep clear of them.
pub fn occupied(camera: &BoardCamera, session: &Session, table: &Tabletop) -> Vec<Rect> {
    if !table.layers.contains(&Layer::Counters) {
        return Vec::new();
    }
    let side = size(camera);
    stacks(camera, session, table, None)
        .iter()
        .map(|s| {
            // With the bars of works beneath and the badge at the corner.
            let mut rect = square(s.at, side).expand(2.0);
            rect.max += vec2(2.0, 6.0);
            rect
        })
        .collect()
}

/// The unit whose counter is seen at a point of the screen.
pub fn unit_at(
    camera: &BoardCamera,
    session: &Session,
    table: &Tabletop,
    positions: Option<&BTreeMap<UnitId, [f64; 2]>>,
    pos: Pos2,
) -> Option<UnitId> {
    let shown = table.layers.contains(&Layer::Counters) && camera.viewport.contains(pos);
    let side = size(camera);
    stacks(camera, session, table, positions)
        .iter()
        .rev()
        .filter(|_| shown)
        .find(|s| square(s.at, side).contains(pos))
        .and_then(|s| s.pile.last())
        .map(|c| c.id)
}

/// Draws all counters. `positions` (km) moves units during playback.
pub fn draw(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    table: &Tabletop,
    positions: Option<&BTreeMap<UnitId, [f64; 2]>>,
) {
    if !table.layers.contains(&Layer::Counters) {
        return;
    }
    let side = size(camera);
    let stacks = stacks(camera, session, table, positions);
    let highlighted = |stack: &Stack| {
        table.formation.is_some_and(|f| {
            stack.pile.iter().any(|c| {
                session
                    .scenario()
                    .is_under(session.scenario().unit(c.id).formation, f)
            })
        })
    };
    // Below all counters, so that none is covered by its neighbour's frame.
    for stack in stacks.iter().filter(|s| highlighted(s)) {
        highlight(painter, square(stack.at, side));
    }
    for stack in stacks {
        let Some(top) = stack.pile.last() else {
            continue;
        };
        let step = (side * 0.075).clamp(1.2, 3.5);
        for below in (1..stack.pile.len().min(4)).rev() {
            let rect = square(stack.at, side).translate(Vec2::splat(step * below as f32));
            painter.rect(
                rect,
                1.0,
                tints::side_pale(top.side),
                Stroke::new(0.8, tints::side(top.side)),
                StrokeKind::Inside,
            );
        }
        let face = Face {
            fixed: session.scenario().unit(top.id),
            counter: top,
            stale: is_stale(session, top),
            selected: table.unit == Some(top.id),
            ordered: positions.is_none() && session.picture.order_of(top.id).is_some(),
        };
        face.draw(painter, square(stack.at, side));
        if stack.pile.len() > 1 && side >= SIMPLE {
            badge(painter, square(stack.at, side), stack.pile.len());
        }
    }
}

/// Draws one unit's counter as large as a card, for a closer look.
pub fn card(painter: &Painter, rect: Rect, session: &Session, unit: UnitId) {
    let Some(counter) = session.picture.counter(unit) else {
        return;
    };
    let face = Face {
        fixed: session.scenario().unit(unit),
        counter,
        stale: is_stale(session, counter),
        selected: false,
        ordered: session.picture.order_of(unit).is_some(),
    };
    face.draw(painter, rect);
}

/// How many units lie in a stack.
fn badge(painter: &Painter, rect: Rect, count: usize) {
    let r = (rect.width() * 0.17).clamp(5.5, 9.0);
    let at = rect.right_bottom() + vec2(1.0, 1.0);
    painter.circle(at, r, tints::INK, Stroke::new(1.0, PALE));
    painter.text(
        at,
        Align2::CENTER_CENTER,
        count.min(99).to_string(),
        FontId::proportional(r * 1.35),
        PALE,
    );
}

/// One counter to be drawn.
struct Face<'a> {
    fixed: &'a Unit,
    counter: &'a Counter,
    stale: bool,
    selected: bool,
    ordered: bool,
}

impl Face<'_> {
    fn draw(&self, painter: &Painter, rect: Rect) {
        let side = rect.width();
        let (edge, ground) = (
            tints::side(self.counter.side),
            tints::side_pale(self.counter.side),
        );
        let ink = tints::side_dark(self.counter.side);
        let marks = marks(self.fixed, self.counter);
        let routed = marks.contains(&Mark::Routed);
        if self.selected {
            frame_of_selected(painter, rect);
        }
        painter.rect_filled(rect, (side * 0.06).min(3.0), ground);
        let frame = Stroke::new((side * 0.045).clamp(1.0, 2.2), edge);
        if self.stale || routed {
            let dash = (side * 0.12).clamp(2.0, 5.0);
            painter.extend(Shape::dashed_line(&outline(rect), frame, dash, dash * 0.8));
        } else {
            painter.rect_stroke(rect, (side * 0.06).min(3.0), frame, StrokeKind::Inside);
        }
        if side < SIMPLE {
            let inner = Rect::from_center_size(rect.center(), vec2(side * 0.62, side * 0.44));
            symbol::branch(painter, inner, self.fixed.branch, ink, ground);
            if routed {
                draw_mark(painter, rect, Mark::Routed, ink);
            }
            return;
        }
        self.detailed(painter, rect, ink);
        for mark in marks {
            draw_mark(painter, rect, mark, ink);
        }
        if self.ordered {
            // Orders for the turn: an arrowhead leaving the counter.
            let (x, y, r) = (rect.right() - 0.5, rect.center().y, (side * 0.09).max(2.0));
            painter.add(Shape::convex_polygon(
                vec![pos2(x + r, y), pos2(x, y - r), pos2(x, y + r)],
                ink,
                Stroke::new(0.6, PALE),
            ));
        }
    }

    fn detailed(&self, painter: &Painter, rect: Rect, ink: Color32) {
        let side = rect.width();
        let at = |x: f32, y: f32| pos2(rect.left() + x * side, rect.top() + y * side);
        let names = side >= IDENTITY;
        let numbers = side >= STRENGTH;
        let middle = match (names, numbers) {
            (true, true) => 0.345,
            (true, false) => 0.42,
            _ => 0.55,
        };
        let symbol_size = if names {
            vec2(side * 0.46, side * 0.28)
        } else {
            vec2(side * 0.62, side * 0.42)
        };
        let field = Rect::from_center_size(at(0.5, middle), symbol_size);
        symbol::branch(painter, field, self.fixed.branch, ink, PALE);
        let height = (side * 0.10).clamp(3.0, 6.5);
        symbol::echelon(
            painter,
            pos2(at(0.5, 0.0).x, field.top() - height * 0.85),
            height,
            self.fixed.echelon,
            ink,
        );
        if names {
            let y = if numbers { 0.62 } else { 0.78 };
            let text = identity(&self.fixed.name);
            fitted(painter, at(0.5, y), side * 0.92, side * 0.235, &text, ink);
        }
        if numbers {
            let text = self.strength();
            fitted(
                painter,
                at(0.5, 0.835),
                side * 0.8,
                side * 0.215,
                &text,
                ink,
            );
        }
    }

    /// Men: exact, or about so many; an old report with a question mark.
    fn strength(&self) -> String {
        let men = self.counter.men;
        match self.counter.known {
            Known::Exactly(_) => men.to_string(),
            Known::Reported(_) => {
                let about = (men + 25) / 50 * 50;
                let sign = if self.stale { "?" } else { "~" };
                format!("{sign}{}", about.max(men.min(50)))
            }
        }
    }
}

/// The broken frame of what belongs to the selected formation.
fn highlight(painter: &Painter, rect: Rect) {
    let ring = rect.expand(3.0);
    painter.rect_stroke(ring, 4.0, Stroke::new(4.0, PALE), StrokeKind::Middle);
    painter.extend(Shape::dashed_line(
        &outline(ring),
        Stroke::new(1.8, tints::INK),
        4.0,
        2.5,
    ));
}

/// The frame of the selected unit, all of it outside the counter.
fn frame_of_selected(painter: &Painter, rect: Rect) {
    let width = (rect.width() * 0.08).clamp(1.6, 3.0);
    let pale = Stroke::new(width + 3.0, PALE);
    painter.rect_stroke(rect, 2.0, pale, StrokeKind::Outside);
    let ring = rect.expand(1.5);
    let ink = Stroke::new(width, tints::INK);
    painter.rect_stroke(ring, 3.0, ink, StrokeKind::Outside);
}

/// Text no wider than a width, smaller if need be; none where it could not be read.
fn fitted(painter: &Painter, at: Pos2, width: f32, size: f32, text: &str, ink: Color32) {
    let size = size.clamp(LEGIBLE, 15.0);
    let font = |s: f32| FontId::proportional(s);
    let galley = painter.layout_no_wrap(text.to_owned(), font(size), ink);
    let galley = if galley.size().x > width && galley.size().x > 0.0 {
        let smaller = size * width / galley.size().x;
        if smaller < LEGIBLE {
            return;
        }
        painter.layout_no_wrap(text.to_owned(), font(smaller), ink)
    } else {
        galley
    };
    painter.galley(at - galley.size() / 2.0, galley, ink);
}

fn outline(rect: Rect) -> [Pos2; 5] {
    [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
        rect.left_top(),
    ]
}

#[cfg(test)]
mod tests;
