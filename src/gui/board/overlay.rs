//! What lies over the ground for the person at the table: who holds it, how far a unit can get,
//! its way, the orders of the turn, objectives, selection. Shapes as well as colours tell all of it.

use super::{camera::BoardCamera, control, curve, range, sight, tints};
use crate::{
    battle::{Order, Task},
    gui::{counters, intent::Layer, panels::words, session::Session, tabletop::Tabletop},
    scenario::{Direction, Hex, HexMap, Hours, Scenario, Side, map::grid::ROW},
};
use bevy_egui::egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2,
};

/// Hours of the first turn of reach; beyond it hexes are tinted more lightly.
const FIRST_REACH: f32 = 4.0;
/// A time mark on the way about every so many hours.
const MARK_HOURS: f32 = 2.0;

/// Ground reached within the turn.
pub const REACH: Color32 = Color32::from_rgba_premultiplied(24, 38, 34, 44);
/// Ground reached later.
pub const REACH_LATER: Color32 = Color32::from_rgba_premultiplied(12, 19, 17, 22);
/// The line round ground reached within the turn.
pub const REACH_EDGE: Color32 = Color32::from_rgb(64, 100, 90);
pub(super) const DARK: Color32 = tints::INK;
pub(super) const PALE: Color32 = Color32::from_rgb(252, 249, 240);

/// All overlays, those under the counters and those over them. For callers that draw counters
/// between the two, there are [`under`] and [`over`].
pub fn draw(painter: &Painter, camera: &BoardCamera, session: &Session, table: &Tabletop) {
    under(painter, camera, session, table);
    over(painter, camera, session, table);
}

/// What lies under the counters: control, reach, objectives, orders.
pub fn under(painter: &Painter, camera: &BoardCamera, session: &Session, table: &Tabletop) {
    if table.layers.contains(&Layer::Control) {
        control::draw(painter, camera, session);
    }
    if let Some(seen) = &table.sight {
        sight::draw(painter, camera, session, seen);
    }
    reach(painter, camera, session, table);
    range::draw(painter, camera, session, table);
    objectives(painter, camera, session);
    for (_, side, order) in &session.picture.orders {
        arrow(painter, camera, session, table, *side, order);
    }
}

/// What lies over the counters: the way with its times, the selected and the hovered hex.
pub fn over(painter: &Painter, camera: &BoardCamera, session: &Session, table: &Tabletop) {
    let map = session.scenario().map();
    let on_map = |hex: &Hex| hex.index() < map.grid.len();
    way(painter, camera, session, table);
    // Where counters are larger than hexes, frames stand outside the counter, not across it.
    let counter = counters::size(camera);
    let small = camera.hex_px() < 1.25 * counter;
    let share = if small {
        f64::from((1.5 * counter + 8.0) / camera.hex_px().max(0.1))
    } else {
        0.97
    };
    // The selected unit's counter has a frame of its own.
    let framed = small && table.unit.is_some() && table.layers.contains(&Layer::Counters);
    if let Some(hex) = table.hex.filter(on_map).filter(|_| !framed) {
        outline(painter, camera, map, hex, share, Stroke::new(4.0, PALE));
        outline(painter, camera, map, hex, share, Stroke::new(2.0, DARK));
    }
    if let Some(hex) = table.hovered.filter(on_map) {
        let stroke = Stroke::new(1.3, DARK.gamma_multiply(0.8));
        outline(painter, camera, map, hex, share - 0.04, stroke);
    }
    let control = table.layers.contains(&Layer::Control);
    if control {
        control::caption(painter, camera);
    }
    if let Some(seen) = &table.sight {
        let lift = if control { 28.0 } else { 0.0 };
        sight::caption(painter, camera, session, seen, lift);
    }
}

/// The hexes that are seen, in order.
pub fn visible<'a>(camera: &BoardCamera, map: &'a HexMap) -> impl Iterator<Item = Hex> + use<'a> {
    let grid = &map.grid;
    let low = camera.screen_to_km(camera.viewport.left_bottom());
    let high = camera.screen_to_km(camera.viewport.right_top());
    let km = grid.hex_km();
    let span = |low: f64, high: f64, step: f64, count: u16| {
        let most = f64::from(count);
        let first = (low / step - 1.5).clamp(0.0, most) as u16;
        let last = (high / step + 1.0).clamp(0.0, most) as u16;
        first..last
    };
    let columns = span(low[0], high[0], km, grid.columns());
    let rows = span(low[1], high[1], km * ROW, grid.rows());
    rows.flat_map(move |row| {
        columns
            .clone()
            .filter_map(move |column| grid.hex(column, row))
    })
}

pub(super) fn points(camera: &BoardCamera, map: &HexMap, hex: Hex, share: f64) -> [Pos2; 6] {
    curve::corners(&map.grid, hex, share).map(|p| camera.km_to_screen(p))
}

fn outline(
    painter: &Painter,
    camera: &BoardCamera,
    map: &HexMap,
    hex: Hex,
    share: f64,
    stroke: Stroke,
) {
    let corners = points(camera, map, hex, share).to_vec();
    painter.add(Shape::closed_line(corners, stroke));
}

pub(super) fn fill(mesh: &mut Mesh, corners: &[Pos2], colour: Color32) {
    let first = mesh.vertices.len() as u32;
    for p in corners {
        mesh.colored_vertex(*p, colour);
    }
    for i in 1..(corners.len().saturating_sub(1)) as u32 {
        mesh.add_triangle(first, first + i, first + i + 1);
    }
}

fn reach(painter: &Painter, camera: &BoardCamera, session: &Session, table: &Tabletop) {
    if table.reach.is_empty() {
        return;
    }
    let map = session.scenario().map();
    let mut mesh = Mesh::default();
    let mut edges = Vec::new();
    let written = camera.hex_px() >= 38.0;
    for hex in visible(camera, map) {
        let Some(&hours) = table.reach.get(&hex) else {
            continue;
        };
        let corners = points(camera, map, hex, 1.0);
        let soon = hours <= FIRST_REACH;
        fill(&mut mesh, &corners, if soon { REACH } else { REACH_LATER });
        for direction in Direction::ALL {
            let next = map.grid.neighbour(hex, direction);
            let there = next.and_then(|n| table.reach.get(&n));
            let d = direction as usize;
            let line = [corners[d], corners[(d + 1) % 6]];
            match there {
                None => edges.push((line, 1.6)),
                Some(h) if soon && *h > FIRST_REACH => edges.push((line, 0.8)),
                Some(_) => {}
            }
        }
    }
    painter.add(Shape::mesh(mesh));
    for (line, width) in edges {
        painter.line_segment(line, Stroke::new(width, REACH_EDGE));
    }
    if written {
        for hex in visible(camera, map) {
            if let Some(hours) = table.reach.get(&hex) {
                let [x, y] = map.grid.centre(hex);
                let at = camera.km_to_screen([x, y + 0.36 * map.grid.hex_km()]);
                painter.text(
                    at,
                    Align2::CENTER_CENTER,
                    format!("{hours:.1} h"),
                    FontId::proportional(9.5),
                    REACH_EDGE,
                );
            }
        }
    }
}

fn objectives(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let scenario = session.scenario();
    let map = scenario.map();
    for objective in scenario.objectives() {
        let Some(place) = map.places.get(objective.place) else {
            continue;
        };
        let km = map.grid.centre(place.centre);
        if !camera.sees(km, 60.0) {
            continue;
        }
        let at = camera.km_to_screen(km);
        let (holder, contested) = session
            .picture
            .places
            .get(objective.place)
            .copied()
            .unwrap_or((None, false));
        place_ring(painter, at, ring_radius(camera), holder, contested);
    }
}

fn ring_radius(camera: &BoardCamera) -> f32 {
    (0.47 * camera.hex_px()).clamp(6.0, 48.0)
}

/// Middle and radius of the rings in view round places, so that names can keep clear of them.
pub fn rings(camera: &BoardCamera, session: &Session) -> Vec<(Pos2, f32)> {
    let scenario = session.scenario();
    let map = scenario.map();
    scenario
        .objectives()
        .iter()
        .filter_map(|o| map.places.get(o.place))
        .map(|place| map.grid.centre(place.centre))
        .filter(|km| camera.sees(*km, 60.0))
        .map(|km| (camera.km_to_screen(km), ring_radius(camera)))
        .collect()
}

/// The ring round a place that counts: one line, two for the Japanese, broken while contested.
pub fn place_ring(painter: &Painter, at: Pos2, radius: f32, holder: Option<Side>, contested: bool) {
    let colour = holder.map_or(DARK.gamma_multiply(0.6), tints::side);
    let width = if radius < 9.4 { 1.0 } else { 1.6 };
    painter.circle_stroke(
        at,
        radius,
        Stroke::new(width + 1.4, PALE.gamma_multiply(0.8)),
    );
    if contested {
        let round = ring(at, radius);
        painter.extend(Shape::dashed_line(
            &round,
            Stroke::new(1.8, colour),
            5.0,
            4.0,
        ));
    } else {
        painter.circle_stroke(at, radius, Stroke::new(width, colour));
    }
    // The second ring tells a held objective of one side from the other's without colour.
    if holder == Some(Side::Japan) {
        painter.circle_stroke(at, radius - 3.0, Stroke::new(1.0, colour));
    }
}

pub(super) fn ring(at: Pos2, radius: f32) -> Vec<Pos2> {
    (0..=36)
        .map(|i| {
            let angle = i as f32 * std::f32::consts::TAU / 36.0;
            at + vec2(libm::cosf(angle), libm::sinf(angle)) * radius
        })
        .collect()
}

fn arrow(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    table: &Tabletop,
    side: Side,
    order: &Order,
) {
    let map = session.scenario().map();
    let at = |hex: Hex| {
        (hex.index() < map.grid.len()).then(|| camera.km_to_screen(map.grid.centre(hex)))
    };
    let colour = tints::side(side);
    match *order {
        Order::Unit { unit, task, .. } => {
            let Some(from) = session.picture.counter(unit).and_then(|c| at(c.hex)) else {
                return;
            };
            let Some(to) = task.place(map).and_then(at) else {
                return;
            };
            // The selected unit's way is drawn in full, with its times.
            let drawn = table.unit == Some(unit) && !table.way.is_empty();
            let near = Rect::from_two_pos(from, to).intersects(camera.viewport);
            if !drawn && near && from.distance(to) > 4.0 {
                order_arrow(painter, camera.hex_px(), from, to, task, colour);
            }
        }
        // They are about everyone, not about a place.
        Order::Decide { .. } | Order::Directive { .. } => {}
        // Drawn with the missions in force.
        Order::Air { .. } => {}
        Order::Formation {
            formation, mission, ..
        } => {
            let Some(to) = at(mission.objective) else {
                return;
            };
            if !camera.viewport.expand(30.0).contains(to) {
                return;
            }
            let chosen = table.formation == Some(formation);
            let r = (0.42 * camera.hex_px()).clamp(7.0, 40.0);
            let stroke = Stroke::new(if chosen { 2.6 } else { 1.4 }, colour);
            painter.extend(Shape::dashed_line(&ring(to, r), stroke, 3.0, 3.0));
            let letter = words::letter(mission.posture);
            painter.text(
                to + vec2(r * 0.75, -r * 0.75),
                Align2::CENTER_CENTER,
                letter,
                FontId::proportional(11.0),
                tints::side_dark(side),
            );
        }
    }
}

/// The arrow of a unit's order, for hexes of a width in points.
pub fn order_arrow(
    painter: &Painter,
    hex_px: f32,
    from: Pos2,
    to: Pos2,
    task: Task,
    colour: Color32,
) {
    let d = (to - from).normalized();
    let start = from + d * (0.30 * hex_px).min(30.0);
    let end = to - d * (0.12 * hex_px).min(10.0);
    if (end - start).dot(d) <= 2.0 {
        return;
    }
    let pale = Stroke::new(4.6, PALE.gamma_multiply(0.75));
    match task {
        Task::Assault { .. } => {
            painter.line_segment([start, end], Stroke::new(6.0, PALE.gamma_multiply(0.75)));
            painter.line_segment([start, end], Stroke::new(3.4, colour));
            head(painter, end, d, 11.0, Some(colour), colour);
            // The bar across tells an assault from a march.
            let across = d.rot90() * 7.0;
            let at = end - d * 14.0;
            painter.line_segment([at - across, at + across], Stroke::new(3.0, colour));
        }
        Task::Bombard { .. }
        | Task::Support { .. }
        | Task::Siege { .. }
        | Task::Counterattack { .. }
        | Task::ClearMines { .. } => {
            painter.line_segment([start, end], pale);
            let dash = if matches!(task, Task::Bombard { .. }) {
                (7.0, 4.0)
            } else {
                (2.5, 4.0)
            };
            let line = Shape::dashed_line(&[start, end], Stroke::new(1.7, colour), dash.0, dash.1);
            painter.extend(line);
            let r = (0.16 * hex_px).clamp(4.0, 11.0);
            painter.circle_stroke(to, r, Stroke::new(1.7, colour));
            if matches!(task, Task::Bombard { .. }) {
                painter.circle_filled(to, r * 0.4, colour);
            }
        }
        Task::Withdraw { .. } | Task::Embark { .. } => {
            painter.line_segment([start, end], pale);
            painter.line_segment([start, end], Stroke::new(1.6, colour));
            head(painter, end, d, 9.0, Some(PALE), colour);
        }
        Task::March { forced, .. } => {
            painter.line_segment([start, end], pale);
            painter.line_segment([start, end], Stroke::new(1.6, colour));
            head(painter, end, d, 9.0, Some(colour), colour);
            if forced {
                head(painter, end - d * 7.0, d, 9.0, Some(colour), colour);
            }
        }
        Task::Hold | Task::Rest => {}
    }
}

fn head(painter: &Painter, tip: Pos2, d: Vec2, long: f32, fill: Option<Color32>, edge: Color32) {
    let across = d.rot90() * (long * 0.45);
    let base = tip - d * long;
    painter.add(Shape::convex_polygon(
        vec![tip, base + across, base - across],
        fill.unwrap_or(Color32::TRANSPARENT),
        Stroke::new(1.3, edge),
    ));
}

/// The way of the selected unit, with local times.
fn way(painter: &Painter, camera: &BoardCamera, session: &Session, table: &Tabletop) {
    let scenario = session.scenario();
    let map = scenario.map();
    let Some(counter) = table.unit.and_then(|u| session.picture.counter(u)) else {
        return;
    };
    if table.way.is_empty() || table.way.iter().any(|(h, _)| h.index() >= map.grid.len()) {
        return;
    }
    let at = |hex: Hex| camera.km_to_screen(map.grid.centre(hex));
    let mut line = vec![at(counter.hex)];
    line.extend(table.way.iter().rev().map(|(hex, _)| at(*hex)));
    painter.add(Shape::line(line.clone(), Stroke::new(5.5, PALE)));
    painter.add(Shape::line(
        line.clone(),
        Stroke::new(2.4, tints::side(counter.side)),
    ));
    if let [.., before, tip] = line[..] {
        let d = (tip - before).normalized();
        head(painter, tip, d, 11.0, Some(tints::side(counter.side)), DARK);
    }
    for (p, text) in time_marks(camera, session, table) {
        painter.circle(p, 3.0, PALE, Stroke::new(1.4, DARK));
        plate(painter, p + PLATE, &text);
    }
}

/// Where the plate with the time lies from its point of the way.
const PLATE: Vec2 = vec2(0.0, -13.0);

/// Points of the selected unit's way with the local time there: about every two hours as far as
/// there is room, and the goal.
fn time_marks(camera: &BoardCamera, session: &Session, table: &Tabletop) -> Vec<(Pos2, String)> {
    let scenario = session.scenario();
    let grid = &scenario.map().grid;
    let at = |hex: Hex| camera.km_to_screen(grid.centre(hex));
    let mut marks: Vec<(Pos2, String)> = Vec::new();
    let Some(&(goal, hours)) = table.way.first().filter(|(h, _)| h.index() < grid.len()) else {
        return marks;
    };
    let from = session.picture.hour;
    let end = at(goal);
    let mut next = MARK_HOURS;
    let between = table.way.iter().skip(1).rev();
    for (hex, hours) in between.filter(|(h, _)| h.index() < grid.len()) {
        if *hours < next {
            continue;
        }
        next = ((hours / MARK_HOURS).floor() + 1.0) * MARK_HOURS;
        let p = at(*hex);
        let room = marks.last().is_none_or(|(l, _)| l.distance(p) >= 44.0);
        if room && end.distance(p) > 62.0 {
            marks.push((p, local_time(scenario, from, *hours, false)));
        }
    }
    marks.push((end, local_time(scenario, from, hours, true)));
    marks
}

/// Where times are written along the way, so that names can keep clear of them.
pub fn plates(camera: &BoardCamera, session: &Session, table: &Tabletop) -> Vec<Rect> {
    time_marks(camera, session, table)
        .into_iter()
        .map(|(p, text)| {
            let width = if text.len() > 5 { 74.0 } else { 38.0 };
            Rect::from_center_size(p + PLATE, vec2(width, 16.0))
        })
        .collect()
}

/// Local time so many hours after the beginning of an hour; with the day for a goal.
fn local_time(scenario: &Scenario, from: Hours, hours: f32, day: bool) -> String {
    let minutes = if hours.is_finite() {
        (f64::from(hours) * 60.0).round() as i64
    } else {
        return "not reached".to_owned();
    };
    let time = scenario
        .calendar()
        .at(from)
        .saturating_add(jiff::SignedDuration::from_mins(minutes));
    let form = if day { "%-d %b %H:%M" } else { "%H:%M" };
    time.strftime(form).to_string()
}

/// Small text on a pale ground.
fn plate(painter: &Painter, at: Pos2, text: &str) {
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(10.5), DARK);
    let rect = Rect::from_center_size(at, galley.size());
    painter.rect_filled(rect.expand2(vec2(3.0, 1.0)), 3.0, PALE.gamma_multiply(0.92));
    painter.galley(rect.min, galley, DARK);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        battle::route::Pathfinder,
        gui::{clockwork, intent::Intent, session::Seat},
        scenario::Options,
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
        Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0))
    }

    fn shapes(camera: &BoardCamera, session: &Session, table: &Tabletop) -> usize {
        let context = egui::Context::default();
        let mut output = context.run_ui(egui::RawInput::default(), |ui| {
            draw(ui.painter(), camera, session, table);
        });
        output.textures_delta.clear();
        output.shapes.len()
    }

    #[test]
    fn all_hexes_in_view_are_visited_and_few_others() {
        let session = session();
        let map = session.scenario().map();
        let mut camera = BoardCamera::new(map, view());
        for px in [10.0, 40.0, 120.0] {
            camera.px_per_km = px;
            let seen: Vec<Hex> = visible(&camera, map).collect();
            for hex in map.grid.hexes() {
                if camera.sees(map.grid.centre(hex), 0.0) {
                    assert!(seen.binary_search(&hex).is_ok(), "{hex:?} at {px}");
                }
            }
            let far = |h: &&Hex| !camera.sees(map.grid.centre(**h), 3.5 * camera.hex_px());
            assert_eq!(seen.iter().filter(far).count(), 0);
        }
    }

    #[test]
    fn the_way_of_an_order_bears_times_up_to_the_goal() {
        let mut session = session();
        let mut table = Tabletop::default();
        let mut finder = Pathfinder::default();
        let unit = session.scenario().unit_by_id("jp_36i_1").unwrap();
        let map = Arc::clone(session.scenario().map());
        let goal = map.grid.containing([44.0, 27.8]).unwrap();
        let mut camera = BoardCamera::new(&map, view());
        camera.look_at(&map, goal);
        let bare = shapes(&camera, &session, &table);
        clockwork::carry_out(
            Intent::SelectUnit(unit),
            &mut session,
            &mut table,
            &mut finder,
        );
        let task = Task::March {
            to: goal,
            forced: false,
        };
        let order = Intent::Order {
            unit,
            task,
            start_at: None,
        };
        clockwork::carry_out(order, &mut session, &mut table, &mut finder);
        assert!(shapes(&camera, &session, &table) > bare);
        let marks = time_marks(&camera, &session, &table);
        assert!(marks.len() >= 3, "{marks:?}");
        let (at, text) = marks.last().unwrap();
        assert_eq!(*at, camera.km_to_screen(map.grid.centre(goal)));
        assert!(text.starts_with("5 Dec "), "{text}");
    }

    #[test]
    fn hexes_off_the_map_and_empty_pictures_are_passed_over() {
        let mut session = session();
        let nowhere = Hex(u16::MAX);
        let mut table = Tabletop {
            hex: Some(nowhere),
            hovered: Some(nowhere),
            way: vec![(nowhere, 1.0), (Hex(3), f32::NAN)],
            ..Tabletop::default()
        };
        table.unit = session.picture.counters.first().map(|c| c.id);
        table.reach.insert(nowhere, 2.0);
        table.layers.insert(Layer::Control);
        session.picture.control.clear();
        session.picture.places.clear();
        let camera = BoardCamera::new(session.scenario().map(), view());
        assert!(shapes(&camera, &session, &table) > 0, "objectives remain");
        assert_eq!(
            local_time(session.scenario(), Hours(0), f32::NAN, true),
            "not reached"
        );
    }
}
