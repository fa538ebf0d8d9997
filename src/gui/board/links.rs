//! The layer of command: headquarters with flags, the lines by which orders go to them, orders on
//! their way, and who is out of contact. A line's dashes tell its kind without colour. Draws what one
//! side may know of its own chain, and nothing of the other's.

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
        panels::{command, words as terms},
        picture::chain::{Sign, Station},
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    scenario::{Echelon, FormationId, Hex, Side},
};
use bevy_egui::egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
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

fn line(camera: &BoardCamera, session: &Session, station: &Station) -> Option<Line> {
    let grid = &session.scenario().map().grid;
    let at = |hex: Hex| camera.km_to_screen(grid.centre(hex));
    let above = session.picture.chain.stations.get(&station.above?)?;
    let from = at(station.seat?);
    let (to, end) = match above.seat {
        Some(hex) => (at(hex), End::Seat),
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
pub fn under(painter: &Painter, camera: &BoardCamera, session: &Session, table: &Tabletop) {
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
        let seat = chain.stations.get(&head).and_then(|s| s.seat);
        let wanted = near || chosen.is_some_and(|f| scenario.is_under(formation, f));
        let Some(seat) = seat.filter(|hex| *hex != counter.hex && wanted) else {
            continue;
        };
        let ends = [seat, counter.hex].map(|hex| camera.km_to_screen(grid.centre(hex)));
        if Rect::from_two_pos(ends[0], ends[1]).intersects(camera.viewport) {
            let tint = tints::side_dark(counter.side).gamma_multiply(0.45);
            painter.line_segment(ends, Stroke::new(1.0, tint));
        }
    }
    for (id, station) in &chain.stations {
        let Some(line) = line(camera, session, station) else {
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
pub fn over(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let grid = &session.scenario().map().grid;
    let chain = &session.picture.chain;
    let now = session.picture.hour;
    let counter = counters::size(camera);
    let scale = scale(camera);
    // The foot of a flag's pole: the upper left corner of the counter.
    let foot = |hex: Hex, nth: usize| {
        let at = camera.km_to_screen(grid.centre(hex));
        at + vec2(
            -0.5 * counter - 2.0 + nth as f32 * (scale * FLAG.x + 3.0),
            3.0 * scale - 0.5 * counter,
        )
    };
    let mut seats: BTreeMap<Hex, Vec<FormationId>> = BTreeMap::new();
    for (id, station) in &chain.stations {
        if let Some(gone) = station.gone {
            let fresh = now.0.saturating_sub(gone.hour.0) <= LOST_FOR;
            let shown = gone.at.filter(|hex| fresh && station.seat != Some(*hex));
            if let Some(hex) = shown.filter(|hex| camera.sees(grid.centre(*hex), 60.0)) {
                let echelon = session.scenario().formation(*id).echelon;
                let at = foot(hex, 0) - vec2(scale * FLAG.x + 4.0, 0.0);
                fallen(painter, at, scale, echelon, station.side);
            }
        }
        if let Some(hex) = station
            .seat
            .filter(|hex| camera.sees(grid.centre(*hex), 60.0))
        {
            seats.entry(hex).or_default().push(*id);
        }
    }
    for (hex, mut ids) in seats {
        ids.sort_by_key(|id| {
            (
                std::cmp::Reverse(session.scenario().formation(*id).echelon),
                *id,
            )
        });
        let most = if scale < MARKED { 1 } else { ids.len() };
        for (nth, id) in ids.iter().enumerate().take(most) {
            let Some(station) = chain.stations.get(id) else {
                continue;
            };
            let echelon = session.scenario().formation(*id).echelon;
            flag(painter, foot(hex, nth), scale, echelon, station.side);
        }
        if camera.hex_px() >= NAMED_FROM {
            let at = foot(hex, 0) - vec2(0.0, POLE + 3.0);
            name(painter, at, &short(session, &ids));
        }
    }
    envelopes(painter, camera, session);
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
fn envelopes(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let chain = &session.picture.chain;
    let mut legs: BTreeMap<FormationId, usize> = BTreeMap::new();
    for order in &chain.under_way {
        *legs.entry(order.next).or_default() += 1;
    }
    for (next, count) in legs {
        let Some(line) = chain
            .stations
            .get(&next)
            .and_then(|s| line(camera, session, s))
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

/// What the layer's lines mean, for legends.
pub const MEANING: [(Means, &str); 4] = [
    (Means::Wire, "by wire"),
    (Means::Radio, "by radio"),
    (Means::Runner, "by runner"),
    (Means::Cut, "out of contact"),
];

/// A piece of a line, for legends.
pub fn sample(painter: &Painter, rect: Rect, means: Means, side: Side) {
    let (from, to) = (rect.left_center(), rect.right_center());
    stroke(painter, from, to, side, means, false);
    if means == Means::Cut {
        cross(painter, rect.center(), 4.0, theme::ATTENTION);
    }
}

/// What is to be said of a hex: whose headquarters is there, and by what it is reached.
pub fn words(session: &Session, hex: Hex) -> Vec<String> {
    let stations = session.picture.chain.stations.iter();
    stations
        .filter(|(_, station)| station.seat == Some(hex))
        .map(|(id, station)| {
            let name = &session.scenario().formation(*id).name;
            let contact = terms::capital(&command::contact(session, station));
            format!("Headquarters of {name}. {contact}")
        })
        .collect()
}

/// What the caption says below the lines: who is out of contact, and whose headquarters is gone.
fn news(session: &Session) -> Vec<String> {
    let scenario = session.scenario();
    let chain = &session.picture.chain;
    let mut lines = Vec::new();
    if scenario.simplified_command() {
        lines.push(command::SIMPLIFIED.to_owned());
    }
    let of = |test: &dyn Fn(&Station) -> bool| -> Vec<FormationId> {
        let found = chain.stations.iter().filter(|(_, s)| test(s));
        found.map(|(id, _)| *id).collect()
    };
    let groups = [
        (of(&Station::is_out_of_contact), "Out of contact"),
        (of(&|s| s.left), "Left"),
        (
            of(&|s| !s.left && !s.is_manned() && s.gone.is_some()),
            "Headquarters lost",
        ),
    ];
    for (who, what) in groups {
        if !who.is_empty() {
            lines.push(format!("{what}: {}.", command::listed(session, &who, 6)));
        }
    }
    if lines.is_empty() {
        lines.push("Nobody is out of contact.".to_owned());
    }
    lines
}

/// Says in a corner of the map what is shown.
pub fn caption(painter: &Painter, camera: &BoardCamera, session: &Session) {
    const WIDTH: f32 = 250.0;
    const ROW: f32 = 16.0;
    let font = FontId::proportional(12.0);
    let texts: Vec<_> = news(session)
        .into_iter()
        .map(|text| painter.layout(text, font.clone(), DARK, WIDTH - 14.0))
        .collect();
    let rows = MEANING.len().div_ceil(2) + 2;
    let high = rows as f32 * ROW + 8.0;
    let below: f32 = texts.iter().map(|g| g.size().y + 2.0).sum();
    let corner = camera.viewport.right_bottom() - vec2(WIDTH + 8.0, high + below + 10.0);
    let ground = Rect::from_min_size(corner, vec2(WIDTH, high + below + 2.0));
    let edge = Stroke::new(0.8, DARK.gamma_multiply(0.5));
    painter.rect(
        ground,
        3.0,
        PALE.gamma_multiply(0.95),
        edge,
        StrokeKind::Inside,
    );
    let side = terms::own_side(session.seat()).unwrap_or(Side::China);
    let say = |at: Pos2, text: &str| {
        painter.text(at, Align2::LEFT_CENTER, text, font.clone(), DARK);
    };
    let cell = |nth: usize| {
        let column = (nth % 2) as f32 * (0.5 * WIDTH - 4.0);
        let row = (nth / 2) as f32 * ROW;
        corner + vec2(8.0 + column, 4.0 + row)
    };
    for (nth, (means, name)) in MEANING.into_iter().enumerate() {
        let rect = Rect::from_min_size(cell(nth), vec2(30.0, ROW));
        sample(painter, rect, means, side);
        say(rect.right_center() + vec2(6.0, 0.0), name);
    }
    let at = cell(4) + vec2(4.0, ROW + 4.0);
    flag(painter, at, 1.0, Echelon::Division, side);
    say(at + vec2(32.0, -9.0), "headquarters");
    let at = cell(5) + vec2(4.0, ROW + 4.0);
    fallen(painter, at, 1.0, Echelon::Division, side);
    say(at + vec2(32.0, -9.0), "lost, or left");
    let at = cell(6) + vec2(14.0, 0.5 * ROW + 5.0);
    counters::envelope(painter, at, 15.0, Sign::OnItsWay, tints::side_dark(side));
    say(at + vec2(22.0, 0.0), "orders on their way");
    let mut y = corner.y + high;
    for galley in texts {
        let step = galley.size().y + 2.0;
        painter.galley(pos2(corner.x + 8.0, y), galley, DARK);
        y += step;
    }
}

#[cfg(test)]
mod tests {
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
        assert!(shapes(|p| under(p, &camera, &session, &table)) > 20);
        assert!(shapes(|p| over(p, &camera, &session)) > 20);
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
}
