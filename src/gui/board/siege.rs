//! What the siege has done to the ground, as far as it is known: breaches, barricades, footbridges,
//! smoke, footholds, mines, fires, razed ground, and where one's own fire is forbidden. Shapes as
//! well as colours tell all of it. Reads the picture; must never touch the battle.

use super::{
    camera::BoardCamera,
    curve,
    overlay::{DARK, PALE, fill, points},
    tints,
};
use crate::{
    battle::Char,
    gui::{
        panels::words as terms,
        picture::{Barricade, Foothold, Stretch},
        session::{Seat, Session},
    },
    report::grouped,
    scenario::{Direction, Hex, HexMap, Side},
};
use bevy_egui::egui::{Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

/// Below this hex width only breaches and footholds are drawn, points.
const FROM: f32 = 14.0;
/// From this hex width on zones are named, points.
const NAMED: f32 = 22.0;
/// From this hex width on men on the wall are counted, points.
const COUNTED: f32 = 34.0;
/// Less damage than this is not worth a word.
const SCRATCH: f64 = 0.05;

const SMOKE: Color32 = Color32::from_rgb(112, 110, 106);
const FLAME: Color32 = Color32::from_rgb(150, 44, 20);
const ASH: Color32 = Color32::from_rgb(86, 74, 64);
const FORBIDDEN: Color32 = Color32::from_rgb(94, 52, 92);

/// What the map shows of a siege.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// So many steps of a breach.
    Breach(u32),
    /// Damage (model §3.13, `D`).
    Damage(f64),
    /// A gate that has been barricaded.
    Gate(Barricade),
    /// A footbridge over the moat.
    Footbridge,
    /// Smoke before the wall.
    Smoke,
    /// Men who hold out on the wall.
    Foothold(Side),
    /// Mines of a side.
    Mines(Side),
    /// A hex on fire, burnt out or razed.
    Char(Char),
    /// Ground that one's own fire is kept from.
    NoFire,
}

/// A hexside of the wall on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// One end.
    pub a: Pos2,
    /// The other.
    pub b: Pos2,
    /// Towards the city; of length 1.
    pub inward: Vec2,
}

impl Edge {
    fn of(camera: &BoardCamera, map: &HexMap, stretch: &Stretch) -> Option<Self> {
        let direction = map.grid.direction(stretch.inner, stretch.outer)?;
        let (a, b) = curve::side(&map.grid, stretch.inner, direction, 1.0);
        let middle = curve::mix(a, b, 0.5);
        if !camera.sees(middle, camera.hex_px() + 20.0) {
            return None;
        }
        let centre = camera.km_to_screen(map.grid.centre(stretch.inner));
        Some(Self {
            a: camera.km_to_screen(a),
            b: camera.km_to_screen(b),
            inward: (centre - camera.km_to_screen(middle)).normalized(),
        })
    }

    fn long(&self) -> f32 {
        self.a.distance(self.b)
    }

    /// So many points along from the middle, and so many inwards.
    fn at(&self, along: f32, inward: f32) -> Pos2 {
        let middle = self.a + (self.b - self.a) * 0.5;
        middle + (self.b - self.a).normalized() * along + self.inward * inward
    }
}

/// All that is known of the siege, in view.
pub fn draw(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let map = session.scenario().map();
    let siege = &session.picture.siege;
    let hex_px = camera.hex_px();
    if hex_px >= FROM {
        let seen = |hex: &&Hex| camera.sees(map.grid.centre(**hex), hex_px);
        let at = |hex: Hex| camera.km_to_screen(map.grid.centre(hex));
        no_fire(painter, camera, session);
        for (hex, char) in siege.char.iter().filter(|(hex, _)| seen(hex)) {
            on_ground(painter, at(*hex), hex_px, Sign::Char(*char));
        }
        for (hex, of) in siege.mines.iter().filter(|(hex, _)| seen(hex)) {
            on_ground(painter, at(*hex), hex_px, Sign::Mines(*of));
        }
    }
    for stretch in siege.wall.values() {
        let Some(edge) = Edge::of(camera, map, stretch) else {
            continue;
        };
        for sign in signs(stretch) {
            if hex_px >= FROM || matches!(sign, Sign::Breach(_) | Sign::Foothold(_)) {
                on_wall(painter, &edge, hex_px, sign);
            }
        }
        if let Some(foothold) = stretch.foothold.filter(|_| hex_px >= COUNTED) {
            let at = edge.at(0.0, foothold_radius(hex_px) + 8.0);
            let tint = tints::side_dark(foothold.side);
            plate(painter, at, &men(&foothold), tint);
        }
    }
}

/// What is to be drawn on a hexside, undermost first.
fn signs(stretch: &Stretch) -> Vec<Sign> {
    let mut signs = Vec::new();
    if stretch.smoke {
        signs.push(Sign::Smoke);
    }
    if stretch.damage > SCRATCH {
        signs.push(Sign::Damage(stretch.damage));
    }
    signs.extend(stretch.barricade.map(Sign::Gate));
    if stretch.breach > 0 {
        signs.push(Sign::Breach(stretch.breach));
    }
    if stretch.bridged {
        signs.push(Sign::Footbridge);
    }
    signs.extend(stretch.foothold.map(|f| Sign::Foothold(f.side)));
    signs
}

/// A sign on a hexside of the wall.
pub fn on_wall(painter: &Painter, edge: &Edge, hex_px: f32, sign: Sign) {
    match sign {
        Sign::Breach(steps) => breach(painter, edge, steps),
        Sign::Damage(damage) => cracks(painter, edge, damage),
        Sign::Gate(state) => gate(painter, edge, state),
        Sign::Footbridge => footbridge(painter, edge),
        Sign::Smoke => smoke(painter, edge),
        Sign::Foothold(side) => foothold(painter, edge, hex_px, side),
        Sign::Mines(_) | Sign::Char(_) | Sign::NoFire => {}
    }
}

/// A sign in a hex.
pub fn on_ground(painter: &Painter, at: Pos2, hex_px: f32, sign: Sign) {
    match sign {
        Sign::Mines(side) => mines(painter, at, hex_px, side),
        Sign::Char(Char::Burning) => flames(painter, at, hex_px),
        Sign::Char(Char::Razed) => strokes(painter, at, hex_px, false),
        Sign::Char(Char::Burnt) => strokes(painter, at, hex_px, true),
        _ => {}
    }
}

/// A gap with jagged ends, wider with each step.
fn breach(painter: &Painter, edge: &Edge, steps: u32) {
    let share = 0.13 + 0.07 * steps.min(4) as f32;
    let half = (share * edge.long()).max(2.5);
    let high = (0.5 * edge.long()).clamp(3.5, 7.0);
    let tooth = (0.3 * half).min(3.0);
    let ends = |right: f32| -> Vec<Pos2> {
        (0..5)
            .map(|i| {
                let inset = if i % 2 == 0 { 0.0 } else { tooth };
                let across = high * (i as f32 / 2.0 - 1.0);
                edge.at(right * (half - inset), across)
            })
            .collect()
    };
    let (left, right) = (ends(-1.0), ends(1.0));
    let mut gap = Mesh::default();
    for (l, r) in left.windows(2).zip(right.windows(2)) {
        fill(&mut gap, &[l[0], r[0], r[1], l[1]], PALE);
    }
    painter.add(Shape::mesh(gap));
    for end in [left, right] {
        painter.add(Shape::line(end, Stroke::new(1.4, DARK)));
    }
}

fn cracks(painter: &Painter, edge: &Edge, damage: f64) {
    let count = (damage * 2.0).ceil().clamp(1.0, 4.0) as usize;
    for share in [-0.34_f32, 0.34, -0.16, 0.16].into_iter().take(count) {
        let x = share * edge.long();
        let crack: Vec<Pos2> = [(1.0, 5.0), (-1.5, 1.5), (1.5, -1.5), (-1.0, -6.0)]
            .into_iter()
            .map(|(along, inward)| edge.at(x + along, inward))
            .collect();
        painter.add(Shape::line(crack.clone(), Stroke::new(3.0, DARK)));
        painter.add(Shape::line(crack, Stroke::new(1.3, PALE)));
    }
}

/// A bar with two crosses; cleared, its halves stand open.
fn gate(painter: &Painter, edge: &Edge, state: Barricade) {
    let half = (0.32 * edge.long()).clamp(6.0, 13.0);
    let bar = |from: Pos2, to: Pos2| {
        painter.line_segment([from, to], Stroke::new(5.0, PALE));
        painter.line_segment([from, to], Stroke::new(1.8, DARK));
    };
    match state {
        Barricade::Shut => {
            bar(edge.at(-half, 0.0), edge.at(half, 0.0));
            for x in [-0.5 * half, 0.5 * half] {
                for slope in [-3.0, 3.0] {
                    let line = [edge.at(x - 3.0, -slope), edge.at(x + 3.0, slope)];
                    painter.line_segment(line, Stroke::new(1.4, DARK));
                }
            }
        }
        Barricade::Opened => {
            for end in [-half, half] {
                bar(edge.at(end, 0.0), edge.at(0.55 * end, 0.7 * half));
            }
        }
    }
}

/// Two short lines outwards.
fn footbridge(painter: &Painter, edge: &Edge) {
    let out = (0.4 * edge.long()).clamp(7.0, 14.0);
    for (width, tint) in [(3.2, PALE), (1.3, DARK)] {
        for x in [-2.4, 2.4] {
            let line = [edge.at(x, 1.0), edge.at(x, -out)];
            painter.line_segment(line, Stroke::new(width, tint));
        }
    }
}

/// Wavy lines before the wall.
fn smoke(painter: &Painter, edge: &Edge) {
    let half = (0.44 * edge.long()).max(6.0);
    for (row, out) in [6.0_f32, 9.5, 13.0].into_iter().enumerate() {
        let wave: Vec<Pos2> = (0..=16)
            .map(|i| {
                let x = half * (i as f32 / 8.0 - 1.0);
                let sway = 1.4 * libm::sinf(i as f32 * 1.2 + row as f32);
                edge.at(x, -out + sway)
            })
            .collect();
        painter.add(Shape::line(wave, Stroke::new(1.3, SMOKE)));
    }
}

fn foothold_radius(hex_px: f32) -> f32 {
    (0.17 * hex_px).clamp(4.0, 14.0)
}

/// A half-disc within the wall; that of the Japanese has a second line.
fn foothold(painter: &Painter, edge: &Edge, hex_px: f32, side: Side) {
    let radius = foothold_radius(hex_px);
    let arc = |r: f32| -> Vec<Pos2> {
        (0..=12)
            .map(|i| {
                let angle = i as f32 * std::f32::consts::PI / 12.0;
                edge.at(r * libm::cosf(angle), r * libm::sinf(angle))
            })
            .collect()
    };
    let rim = Stroke::new(1.0, DARK);
    painter.add(Shape::convex_polygon(arc(radius), tints::side(side), rim));
    if side == Side::Japan {
        painter.add(Shape::line(arc(0.6 * radius), Stroke::new(1.0, PALE)));
    }
}

/// A row of small circles; those of the Japanese have a dot.
fn mines(painter: &Painter, at: Pos2, hex_px: f32, side: Side) {
    let radius = (0.045 * hex_px).clamp(1.3, 4.0);
    let tint = tints::side_dark(side);
    for x in [-0.28, -0.14, 0.0, 0.14, 0.28] {
        let p = at + vec2(x, 0.34) * hex_px;
        painter.circle(p, radius, PALE, Stroke::new(1.0, tint));
        if side == Side::Japan {
            painter.circle_filled(p, 0.4 * radius, tint);
        }
    }
}

/// Outlines of three flames.
fn flames(painter: &Painter, at: Pos2, hex_px: f32) {
    const FORM: [(f32, f32); 9] = [
        (0.0, -1.0),
        (0.22, -0.5),
        (0.5, -0.1),
        (0.42, 0.42),
        (0.0, 0.64),
        (-0.42, 0.42),
        (-0.5, -0.1),
        (-0.27, -0.34),
        (-0.12, -0.6),
    ];
    let size = (0.17 * hex_px).clamp(4.0, 18.0);
    for (x, y) in [(-0.3, 0.16), (0.3, 0.16), (0.0, -0.36)] {
        let foot = at + vec2(x, y) * hex_px;
        let flame: Vec<Pos2> = FORM
            .into_iter()
            .map(|(x, y)| foot + vec2(x, y) * size)
            .collect();
        painter.add(Shape::closed_line(flame.clone(), Stroke::new(3.2, PALE)));
        painter.add(Shape::closed_line(flame, Stroke::new(1.3, FLAME)));
    }
}

/// Sparse diagonal strokes, crossed where fire has been.
fn strokes(painter: &Painter, at: Pos2, hex_px: f32, crossed: bool) {
    let half = 0.1 * hex_px;
    let stroke = Stroke::new(0.9, ASH.gamma_multiply(0.5));
    for (x, y) in [(-0.26, -0.14), (0.1, -0.3), (-0.1, 0.24), (0.28, 0.1)] {
        let p = at + vec2(x, y) * hex_px;
        let rise = vec2(half, -half);
        painter.line_segment([p - rise, p + rise], stroke);
        if crossed {
            let fall = vec2(half, half);
            painter.line_segment([p - fall, p + fall], stroke);
        }
    }
}

/// The outlines of the zones where one's own fire is forbidden, and their name.
fn no_fire(painter: &Painter, camera: &BoardCamera, session: &Session) {
    let map = session.scenario().map();
    let siege = &session.picture.siege;
    let hex_px = camera.hex_px();
    for hex in siege.no_fire.keys() {
        if !camera.sees(map.grid.centre(*hex), hex_px) {
            continue;
        }
        let corners = points(camera, map, *hex, 1.0);
        for direction in Direction::ALL {
            let next = map.grid.neighbour(*hex, direction);
            if next.is_some_and(|n| siege.no_fire.contains_key(&n)) {
                continue;
            }
            let d = direction as usize;
            dots(painter, corners[d], corners[(d + 1) % 6]);
        }
    }
    for hex in siege.zones.iter().filter(|_| hex_px >= NAMED) {
        let km = map.grid.centre(*hex);
        if camera.sees(km, 40.0) {
            let at = camera.km_to_screen(km) + vec2(0.0, -0.36 * hex_px);
            plate(painter, at, "no fire", FORBIDDEN);
        }
    }
}

/// One side of the outline of a zone where fire is forbidden.
pub fn dots(painter: &Painter, from: Pos2, to: Pos2) {
    painter.extend(Shape::dotted_line(&[from, to], FORBIDDEN, 4.5, 1.1));
}

/// Small text on a pale ground.
pub fn plate(painter: &Painter, at: Pos2, text: &str, tint: Color32) {
    let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(10.0), tint);
    let rect = Rect::from_center_size(at, galley.size());
    painter.rect_filled(rect, 2.0, PALE.gamma_multiply(0.85));
    painter.galley(rect.min, galley, tint);
}

fn men(foothold: &Foothold) -> String {
    let about = if foothold.exact { "" } else { "~" };
    format!("{about}{}", grouped(foothold.men))
}

/// What lies in a hex and on its sides, in words.
pub fn words(session: &Session, hex: Hex) -> Vec<String> {
    let scenario = session.scenario();
    let siege = &session.picture.siege;
    let mut lines = Vec::new();
    for direction in Direction::ALL {
        let id = scenario.map().grid.side_id(hex, direction);
        if let Some(stretch) = id.and_then(|id| siege.wall.get(&id)) {
            wall_words(stretch, terms::compass(direction), &mut lines);
        }
    }
    if let Some(of) = siege.mines.get(&hex) {
        lines.push(match session.seat() {
            Seat::Side(own) if own == *of => "Own mines".to_owned(),
            Seat::Side(_) => "Enemy mines".to_owned(),
            Seat::Both | Seat::Watch => format!("{} mines", of.adjective()),
        });
    }
    match siege.char.get(&hex) {
        Some(Char::Burning) => lines.push("Burning".to_owned()),
        Some(Char::Burnt) => lines.push("Burnt ground".to_owned()),
        Some(Char::Razed) => lines.push("Razed ground".to_owned()),
        Some(Char::Whole) | None => {}
    }
    if let Some(side) = siege.no_fire.get(&hex) {
        let engagement = scenario.side_file(*side).engagement.as_ref();
        let why = engagement.map_or("", |e| e.source.as_str());
        let fire = match session.seat() {
            Seat::Side(_) => "Fire".to_owned(),
            Seat::Both | Seat::Watch => format!("{} fire", side.adjective()),
        };
        lines.push(format!("{fire} on this hex is forbidden by order: {why}"));
    }
    lines
}

fn wall_words(stretch: &Stretch, way: &str, lines: &mut Vec<String>) {
    if stretch.breach > 0 {
        lines.push(format!("Breach in the wall {way}, step {}", stretch.breach));
    } else if stretch.damage > SCRATCH {
        lines.push(format!("Wall damaged {way}"));
    }
    match stretch.barricade {
        Some(Barricade::Shut) => lines.push(format!("Gate barricaded {way}")),
        Some(Barricade::Opened) => lines.push(format!("Barricade of the gate cleared {way}")),
        None => {}
    }
    if stretch.bridged {
        lines.push(format!("Footbridge over the moat {way}"));
    }
    if stretch.smoke {
        lines.push(format!("Smoke before the wall {way}"));
    }
    if let Some(foothold) = stretch.foothold {
        let about = if foothold.exact { "" } else { "about " };
        let how = if foothold.by_ladder {
            "over a ladder"
        } else {
            "in the breach"
        };
        lines.push(format!(
            "{} foothold on the wall {way}, {how}: {about}{} men",
            foothold.side.adjective(),
            grouped(foothold.men)
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::{Options, Scenario},
        shelf::Shelf,
    };
    use bevy_egui::egui;
    use std::sync::Arc;

    fn shapes(camera: &BoardCamera, session: &Session) -> usize {
        let context = egui::Context::default();
        let mut output = context.run_ui(egui::RawInput::default(), |ui| {
            draw(ui.painter(), camera, session);
        });
        output.textures_delta.clear();
        output.shapes.len()
    }

    #[test]
    fn a_broken_wall_is_drawn_and_told_far_and_near() {
        let name = "guanghua_gate_1937.ron";
        let scenario = Scenario::load(&Shelf::embedded(), name, &Options::default()).unwrap();
        let mut session = Session::begin(Arc::new(scenario), Seat::Side(Side::China), 1);
        let map = Arc::clone(session.scenario().map());
        let (_, stretch) = session.picture.siege.wall.iter_mut().next().unwrap();
        stretch.breach = 2;
        stretch.foothold = Some(Foothold {
            side: Side::Japan,
            men: 80,
            exact: false,
            by_ladder: false,
        });
        let inner = stretch.inner;
        let view = Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0));
        let mut camera = BoardCamera::new(&map, view);
        camera.look_at(&map, inner);
        let near = shapes(&camera, &session);
        camera.px_per_km = 8.0 / map.grid.hex_km();
        let far = shapes(&camera, &session);
        assert!(far > 0 && near > far, "{near} near, {far} far");
        let told = words(&session, inner).join("; ");
        assert!(told.contains("Breach in the wall"), "{told}");
        assert!(told.contains("step 2") && told.contains("about 80 men"));
    }
}
