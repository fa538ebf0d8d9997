//! The layer of command: headquarters with flags, the lines by which orders go to them, orders on
//! their way, and who is out of contact. A line's dashes tell its kind without colour. Draws what one
//! side may know of its own chain, and nothing of the other's.

mod caption;

pub use caption::{MEANING, caption, sample, words};

use super::{
    camera::BoardCamera,
    overlay::{DARK, PALE},
    siege::plate,
    tints,
};
use crate::{
    battle::command::Means,
    gui::{
        counters::{self, symbol},
        picture::chain::{Sign, Station},
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    scenario::{Echelon, FormationId, Side, UnitId},
};
use bevy_egui::egui::{
    Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, vec2,
};
use std::collections::BTreeMap;

/// From this hex width on lines go to every unit, not to those of the selected formation alone.
const UNITS_FROM: f32 = 18.0;
/// From this hex width on headquarters are named.
const NAMED_FROM: f32 = 46.0;
/// A headquarters that was lost is marked for so many hours, if there is another.
const LOST_FOR: u32 = 24;
/// Size of a flag near at hand.
const FLAG: Vec2 = vec2(19.0, 11.0);
/// Height of its pole.
const POLE: f32 = 18.0;
/// Counters of this size have flags of full size, points; farther off they are smaller.
const FULL: f32 = 26.0;
/// Smallest share of their full size.
const LEAST: f32 = 0.5;
/// Below this share flags bear no marks, and one stands for all headquarters in a hex.
const MARKED: f32 = 0.8;

/// A link on the screen, from the lower headquarters to the upper one.
struct Line {
    from: Pos2,
    to: Pos2,
    side: Side,
    means: Means,
    /// Its wire is cut.
    wire_cut: bool,
    /// What it leads to: a headquarters on the map, one outside it, or none any more.
    end: End,
}

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Seat,
    OffMap,
    Nobody,
}

/// Where units are while a turn is played back, km.
pub type Positions = BTreeMap<UnitId, [f64; 2]>;

/// Where a headquarters is seen: with its unit, also while that moves.
fn place(session: &Session, station: &Station, positions: Option<&Positions>) -> Option<[f64; 2]> {
    let moving = positions.and_then(|p| p.get(&station.with?).copied());
    let hex = station.seat?;
    Some(moving.unwrap_or_else(|| session.scenario().map().grid.centre(hex)))
}

fn line(
    camera: &BoardCamera,
    session: &Session,
    station: &Station,
    positions: Option<&Positions>,
) -> Option<Line> {
    let at = |s: &Station| place(session, s, positions).map(|km| camera.km_to_screen(km));
    let above = session.picture.chain.stations.get(&station.above?)?;
    let from = at(station)?;
    let (to, end) = match at(above) {
        Some(to) => (to, End::Seat),
        None if above.is_manned() => (from - vec2(0.0, 46.0) * scale(camera), End::OffMap),
        None => (from - vec2(22.0, 34.0) * scale(camera), End::Nobody),
    };
    Some(Line {
        from,
        to,
        side: station.side,
        means: station.means?,
        wire_cut: station.wire_cut,
        end,
    })
}

/// Share of its full size that a flag has at the present zoom.
fn scale(camera: &BoardCamera) -> f32 {
    (counters::size(camera) / FULL).clamp(LEAST, 1.0)
}

/// The lines, under the counters.
pub fn under(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    table: &Tabletop,
    positions: Option<&Positions>,
) {
    let scenario = session.scenario();
    let grid = &scenario.map().grid;
    let chain = &session.picture.chain;
    let chosen = table
        .formation
        .or_else(|| Some(scenario.units().get(table.unit?.0 as usize)?.formation));
    let near = camera.hex_px() >= UNITS_FROM;
    for counter in &session.picture.counters {
        let formation = scenario.unit(counter.id).formation;
        let head = scenario.station(formation);
        let station = chain.stations.get(&head);
        let wanted = near || chosen.is_some_and(|f| scenario.is_under(formation, f));
        let apart = station.filter(|s| wanted && s.seat != Some(counter.hex));
        let Some(seat) = apart.and_then(|s| place(session, s, positions)) else {
            continue;
        };
        let own = positions.and_then(|p| p.get(&counter.id).copied());
        let own = own.unwrap_or_else(|| grid.centre(counter.hex));
        let ends = [seat, own].map(|km| camera.km_to_screen(km));
        if Rect::from_two_pos(ends[0], ends[1]).intersects(camera.viewport) {
            let tint = tints::side_dark(counter.side).gamma_multiply(0.45);
            painter.line_segment(ends, Stroke::new(1.0, tint));
        }
    }
    for (id, station) in &chain.stations {
        let Some(line) = line(camera, session, station, positions) else {
            continue;
        };
        if Rect::from_two_pos(line.from, line.to).intersects(camera.viewport) {
            let bold = chosen.is_some_and(|f| scenario.is_under(f, *id) || *id == f);
            draw_line(painter, &line, bold);
        }
    }
}

fn draw_line(painter: &Painter, line: &Line, bold: bool) {
    let along = line.to - line.from;
    if along.length() < 6.0 {
        return;
    }
    stroke(painter, line.from, line.to, line.side, line.means, bold);
    let d = along.normalized();
    let middle = line.from + along * 0.5;
    if line.means == Means::Cut {
        cross(painter, middle, 5.0, theme::ATTENTION);
    } else if line.wire_cut {
        // Two short strokes across: the wire is cut, and something else stands in for it.
        for x in [-2.0, 2.0] {
            let across = (d.rot90() + d * 0.5) * 5.0;
            let at = middle + d * x;
            painter.line_segment([at - across, at + across], Stroke::new(3.2, PALE));
            painter.line_segment([at - across, at + across], Stroke::new(1.4, DARK));
        }
    }
    match line.end {
        End::Seat => {}
        End::OffMap => {
            let tint = tints::side_dark(line.side);
            let head = [vec2(-4.5, 7.0), vec2(0.0, 0.0), vec2(4.5, 7.0)].map(|v| line.to + v);
            painter.add(Shape::line(head.to_vec(), Stroke::new(1.6, tint)));
        }
        End::Nobody => cross(painter, line.to, 4.0, theme::ATTENTION),
    }
}

/// A line in the dashes of its kind: whole for wire, dashes for radio, dots for runners, thin
/// dashes where an order would have to go through the enemy.
fn stroke(painter: &Painter, from: Pos2, to: Pos2, side: Side, means: Means, bold: bool) {
    let more = if bold { 1.0 } else { 0.0 };
    let tint = tints::side_dark(side);
    let ends = [from, to];
    painter.line_segment(ends, Stroke::new(4.6 + more, PALE.gamma_multiply(0.8)));
    match means {
        Means::Wire => {
            painter.line_segment(ends, Stroke::new(1.9 + more, tint));
        }
        Means::Radio => {
            let pen = Stroke::new(1.9 + more, tint);
            painter.extend(Shape::dashed_line(&ends, pen, 9.0, 5.0));
        }
        Means::Runner => {
            painter.extend(Shape::dotted_line(&ends, tint, 5.5, 1.3 + 0.4 * more));
        }
        Means::Cut => {
            let pen = Stroke::new(1.5 + more, theme::ATTENTION);
            painter.extend(Shape::dashed_line(&ends, pen, 3.0, 4.0));
        }
    }
}

fn cross(painter: &Painter, at: Pos2, r: f32, tint: Color32) {
    for (width, tint) in [(4.4, PALE), (2.0, tint)] {
        for slope in [-1.0, 1.0] {
            let out = vec2(r, slope * r);
            painter.line_segment([at - out, at + out], Stroke::new(width, tint));
        }
    }
}

/// Flags and orders on their way, over the counters.
pub fn over(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    positions: Option<&Positions>,
) {
    let grid = &session.scenario().map().grid;
    let chain = &session.picture.chain;
    let now = session.picture.hour;
    let counter = counters::size(camera);
    let scale = scale(camera);
    // The foot of a flag's pole: the upper left corner of the counter.
    let foot = |km: [f64; 2], nth: usize| {
        camera.km_to_screen(km)
            + vec2(
                -0.5 * counter - 2.0 + nth as f32 * (scale * FLAG.x + 3.0),
                3.0 * scale - 0.5 * counter,
            )
    };
    // Those in one place together, to about 20 m: headquarters that move together stay so.
    let mut seats: BTreeMap<[i64; 2], ([f64; 2], Vec<FormationId>)> = BTreeMap::new();
    for (id, station) in &chain.stations {
        if let Some(gone) = station.gone {
            let fresh = now.0.saturating_sub(gone.hour.0) <= LOST_FOR;
            let shown = gone.at.filter(|hex| fresh && station.seat != Some(*hex));
            let km = shown.map(|hex| grid.centre(hex));
            if let Some(km) = km.filter(|km| camera.sees(*km, 60.0)) {
                let echelon = session.scenario().formation(*id).echelon;
                let at = foot(km, 0) - vec2(scale * FLAG.x + 4.0, 0.0);
                fallen(painter, at, scale, echelon, station.side);
            }
        }
        let km = place(session, station, positions);
        if let Some(km) = km.filter(|km| camera.sees(*km, 60.0)) {
            let key = km.map(|v| (v * 50.0).round() as i64);
            let here = seats.entry(key).or_insert_with(|| (km, Vec::new()));
            here.1.push(*id);
        }
    }
    for (km, mut ids) in seats.into_values() {
        let echelon = |id: &FormationId| session.scenario().formation(*id).echelon;
        ids.sort_by_key(|id| (std::cmp::Reverse(echelon(id)), *id));
        let most = if scale < MARKED { 1 } else { ids.len() };
        for (nth, id) in ids.iter().enumerate().take(most) {
            let Some(station) = chain.stations.get(id) else {
                continue;
            };
            flag(painter, foot(km, nth), scale, echelon(id), station.side);
        }
        if camera.hex_px() >= NAMED_FROM {
            let at = foot(km, 0) - vec2(0.0, POLE + 3.0);
            name(painter, at, &short(session, &ids));
        }
    }
    envelopes(painter, camera, session, positions);
}

/// Whose headquarters they are, in few letters: so many flags leave no room for more.
fn short(session: &Session, ids: &[FormationId]) -> String {
    let name = |id: &FormationId| counters::identity(&session.scenario().formation(*id).name);
    let mut text: Vec<String> = ids.iter().take(2).map(name).collect();
    if ids.len() > 2 {
        text.push(format!("+{}", ids.len() - 2));
    }
    text.join(", ")
}

/// A name above a flag, from its left corner on.
fn name(painter: &Painter, at: Pos2, text: &str) {
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(10.0), DARK);
    let rect = Rect::from_min_size(at - vec2(1.0, galley.size().y), galley.size());
    painter.rect_filled(rect.expand2(vec2(2.0, 0.0)), 2.0, PALE.gamma_multiply(0.9));
    painter.galley(rect.min, galley, DARK);
}

/// Orders on their way, on the leg that they are on.
fn envelopes(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    positions: Option<&Positions>,
) {
    let chain = &session.picture.chain;
    let mut legs: BTreeMap<FormationId, usize> = BTreeMap::new();
    for order in &chain.under_way {
        *legs.entry(order.next).or_default() += 1;
    }
    for (next, count) in legs {
        let Some(line) = chain
            .stations
            .get(&next)
            .and_then(|s| line(camera, session, s, positions))
        else {
            continue;
        };
        let along = line.to - line.from;
        let at = match line.end {
            End::Seat if along.length() >= 6.0 => line.from + along * 0.68,
            _ => line.from - vec2(0.0, 30.0) * scale(camera),
        };
        if !camera.viewport.expand(10.0).contains(at) {
            continue;
        }
        let tint = tints::side_dark(line.side);
        let wide = (0.55 * counters::size(camera)).clamp(9.0, 15.0);
        counters::envelope(painter, at, wide, Sign::OnItsWay, tint);
        if count > 1 && wide > 12.0 {
            let at = at + vec2(13.0, -5.0);
            plate(painter, at, &count.to_string(), tint);
        }
    }
}

/// The flag of a headquarters about the foot of its pole, in a share of its full size; with the marks
/// of the formation's size, if there is room.
pub fn flag(painter: &Painter, foot: Pos2, scale: f32, echelon: Echelon, side: Side) {
    let tint = tints::side_dark(side);
    let top = foot - vec2(0.0, POLE) * scale;
    painter.line_segment([foot, top], Stroke::new(4.0 * scale, PALE));
    let field = Rect::from_min_size(top, FLAG * scale);
    painter.rect_filled(field.expand(1.5), 0.0, PALE);
    let (ground, edge) = if scale < MARKED {
        (tint, Stroke::new(0.8, PALE))
    } else {
        (tints::side_pale(side), Stroke::new(1.3, tint))
    };
    painter.rect(field, 0.0, ground, edge, StrokeKind::Middle);
    painter.line_segment([foot, top], Stroke::new(1.8 * scale.max(0.7), tint));
    if scale >= MARKED {
        symbol::echelon(painter, field.center(), 5.0, fitting(echelon), tint);
    }
}

/// The marks of an army do not fit into a flag: it bears those of a corps.
fn fitting(echelon: Echelon) -> Echelon {
    echelon.min(Echelon::Corps)
}

/// A headquarters that is no more: its flag struck out.
pub fn fallen(painter: &Painter, foot: Pos2, scale: f32, echelon: Echelon, side: Side) {
    flag(painter, foot, scale, echelon, side);
    let middle = foot + vec2(0.5 * FLAG.x, 0.5 * FLAG.y - POLE) * scale;
    cross(painter, middle, 6.5 * scale, theme::ATTENTION);
}

#[cfg(test)]
mod tests;
