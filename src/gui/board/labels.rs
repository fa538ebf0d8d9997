//! Names on the map: places by rank and zoom, rivers and lines along their course, and the
//! coordinates of hexes when near. A name that finds no free room is left out; names must never
//! lie on one another.

use super::{
    camera::BoardCamera,
    names, overlay,
    room::{crosses, cut},
    tints,
};
use crate::{
    gui::{counters, session::Session, tabletop::Tabletop},
    scenario::{
        Terrain,
        map::{HexMap, Place, file::FeatureKind},
    },
};
use bevy_egui::egui::{
    Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, Vec2, epaint::TextShape,
    pos2, vec2,
};
use std::sync::Arc;

/// From this hex width on, hexes bear their coordinates, points.
const COORDINATES_FROM: f32 = 70.0;

/// Draws names and, when near, coordinates. Returns the rectangles taken, for tests.
pub fn draw(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    table: &Tabletop,
) -> Vec<Rect> {
    let map = session.scenario().map();
    if camera.hex_px() >= COORDINATES_FROM {
        coordinates(painter, camera, map);
    }
    let mut avoid = counters::occupied(camera, session, table);
    avoid.extend(overlay::plates(camera, session, table));
    let mut desk = Desk {
        painter,
        camera,
        taken: Vec::new(),
        avoid,
        rings: overlay::rings(camera, session),
    };
    let mut places: Vec<(&Place, Kind)> = map
        .places
        .iter()
        .filter(|p| camera.px_per_km as f32 >= seen_from(p))
        .map(|p| (p, Kind::of(map, p)))
        .collect();
    places.sort_by(|a, b| (a.0.rank, &a.0.id).cmp(&(b.0.rank, &b.0.id)));
    for rank in [true, false] {
        // The great names first, then the rivers between them, then all the rest.
        for (place, kind) in places.iter().filter(|(p, _)| (p.rank <= 1) == rank) {
            desk.place(map, place, *kind);
        }
        if rank {
            for feature in &map.features {
                match feature.kind {
                    FeatureKind::River { .. } | FeatureKind::Stream => {
                        let name = names::river(&feature.name);
                        desk.along(map, &name, &feature.shape, 13.0, tints::WATER_NAME);
                    }
                    FeatureKind::DefenceLine { .. } if camera.hex_px() >= 12.0 => {
                        desk.along(map, &feature.name, &feature.shape, 11.0, tints::HILL_NAME);
                    }
                    _ => {}
                }
            }
        }
    }
    desk.taken
}

/// What a name names, which decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Settlement,
    Hill,
    Water,
}

impl Kind {
    fn of(map: &HexMap, place: &Place) -> Kind {
        match map.at(place.centre).terrain {
            Terrain::Hill | Terrain::Mountain => Kind::Hill,
            Terrain::Water => Kind::Water,
            _ => Kind::Settlement,
        }
    }

    fn colour(self) -> Color32 {
        match self {
            Kind::Settlement => tints::INK,
            Kind::Hill => tints::HILL_NAME,
            Kind::Water => tints::WATER_NAME,
        }
    }
}

/// Points per km from which a place is named: how close names lie is a matter of the ground, not
/// of the size of hexes.
fn seen_from(place: &Place) -> f32 {
    let by_rank = match place.rank {
        0 | 1 => 0.0,
        2 => 14.0,
        3 => 34.0,
        4 => 100.0,
        5 => 135.0,
        6 => 200.0,
        _ => f32::INFINITY,
    };
    // All gates of a city lie close together.
    if place.gate.is_some() {
        by_rank.max(72.0)
    } else {
        by_rank
    }
}

fn size(rank: u8) -> f32 {
    match rank {
        0 => 18.0,
        1 => 14.5,
        2 => 13.0,
        3 => 11.5,
        _ => 10.5,
    }
}

struct Desk<'a> {
    painter: &'a Painter,
    camera: &'a BoardCamera,
    taken: Vec<Rect>,
    /// Counters and times, which no name may cover.
    avoid: Vec<Rect>,
    /// Middle and radius of the rings round places, which no name should cross.
    rings: Vec<(Pos2, f32)>,
}

impl Desk<'_> {
    fn place(&mut self, map: &HexMap, place: &Place, kind: Kind) {
        let km = match place.gate.and_then(|g| map.gates.get(g)) {
            Some(gate) => super::curve::mix(
                map.grid.centre(gate.inner),
                map.grid.centre(gate.outer),
                0.5,
            ),
            None => map.grid.centre(place.centre),
        };
        if !self.camera.sees(km, 40.0) {
            return;
        }
        let at = self.camera.km_to_screen(km);
        let galley = self.painter.layout_no_wrap(
            names::short(&place.name),
            FontId::proportional(size(place.rank)),
            kind.colour(),
        );
        let half = galley.size() / 2.0;
        // Room for a counter in the hex, or for a gate's mark.
        let clear = if place.gate.is_some() {
            8.0
        } else {
            (0.34 * self.camera.hex_px()).clamp(4.0, 36.0)
        };
        // A name stands outside the ring of its own place.
        let clear = self
            .rings
            .iter()
            .filter(|(middle, _)| middle.distance(at) < 1.0)
            .fold(clear, |clear, (_, radius)| clear.max(radius + 3.0));
        let offsets = [
            vec2(0.0, clear + half.y),
            vec2(0.0, -clear - half.y),
            vec2(clear + half.x + 2.0, 0.0),
            vec2(-clear - half.x - 2.0, 0.0),
            vec2(clear + half.x, clear + half.y),
            vec2(-clear - half.x, -clear - half.y),
            vec2(clear + half.x, -clear - half.y),
            vec2(-clear - half.x, clear + half.y),
        ];
        // A great name may stand further off before it is covered.
        let far: &[f32] = if place.rank <= 1 {
            &[1.0, 1.7, 2.6]
        } else {
            &[1.0]
        };
        let offsets: Vec<Vec2> = far
            .iter()
            .flat_map(|times| offsets.map(|o| o + (*times - 1.0) * o.normalized() * clear.max(8.0)))
            .collect();
        let spot = |offset: Vec2| {
            Rect::from_center_size(at + offset, galley.size()).expand2(vec2(3.0, 0.5))
        };
        let free = |rect: &Rect| {
            self.camera.viewport.contains_rect(*rect)
                && !self.taken.iter().any(|t| t.intersects(*rect))
        };
        let uncovered = |rect: &Rect| !self.avoid.iter().any(|a| a.intersects(*rect));
        let off_rings = |rect: &Rect| !self.rings.iter().any(|ring| crosses(*rect, *ring));
        let great = place.rank <= 1;
        // The city that it is all about is named even where counters leave no room.
        let always = great && map.at(place.centre).inside_wall;
        let spots: Vec<Rect> = offsets.iter().map(|o| spot(*o)).filter(free).collect();
        let chosen = spots
            .iter()
            .find(|r| uncovered(r) && off_rings(r))
            .or_else(|| spots.iter().find(|r| great && uncovered(r)))
            .or_else(|| spots.iter().find(|_| always));
        let Some(&rect) = chosen else { return };
        self.mark(at, kind, place);
        // A line leads from a name that stands off to what it names, unless counters lie between.
        let near = rect.clamp(at);
        if near.distance(at) > clear + 10.0 && !self.avoid.iter().any(|a| cut(*a, at, near)) {
            let stroke = Stroke::new(0.8, kind.colour().gamma_multiply(0.7));
            self.painter.line_segment([at, near], stroke);
        }
        self.painter.rect_filled(rect, 3.0, tints::PLATE);
        // Letters between pixels are blurred.
        let corner = (rect.center() - galley.size() / 2.0).round();
        self.painter.galley(corner, galley, kind.colour());
        self.taken.push(rect);
    }

    /// A dot for a place, a triangle for a summit, where no hex shows it.
    fn mark(&self, at: Pos2, kind: Kind, place: &Place) {
        if place.gate.is_some() || self.avoid.iter().any(|a| a.contains(at)) {
            return;
        }
        match kind {
            Kind::Settlement => {
                self.painter
                    .circle(at, 1.8, tints::HALO, Stroke::new(1.0, tints::INK));
            }
            Kind::Hill => {
                let r = 3.0;
                self.painter.add(Shape::convex_polygon(
                    vec![
                        at + vec2(0.0, -r),
                        at + vec2(r, r * 0.75),
                        at + vec2(-r, r * 0.75),
                    ],
                    tints::HILL_NAME,
                    Stroke::NONE,
                ));
            }
            Kind::Water => {}
        }
    }

    /// Writes a name along a line, again and again at a distance.
    fn along(&mut self, map: &HexMap, name: &str, line: &[[f64; 2]], size: f32, colour: Color32) {
        const APART: f32 = 460.0;
        let galley =
            self.painter
                .layout_no_wrap(name.to_owned(), FontId::proportional(size), colour);
        let mut since = APART * 0.7;
        for pair in line.windows(2) {
            let (a, b) = (
                self.camera.km_to_screen(pair[0]),
                self.camera.km_to_screen(pair[1]),
            );
            let long = a.distance(b);
            since += long;
            let middle = a + (b - a) * 0.5;
            let room = self.camera.viewport.shrink(galley.size().x / 2.0 + 4.0);
            let km = super::curve::mix(pair[0], pair[1], 0.5);
            let off = map.grid.containing(km).is_none();
            if since < APART || long < 3.0 || off || !room.contains(middle) {
                continue;
            }
            let mut angle = libm::atan2f(b.y - a.y, b.x - a.x);
            if angle > std::f32::consts::FRAC_PI_2 {
                angle -= std::f32::consts::PI;
            } else if angle < -std::f32::consts::FRAC_PI_2 {
                angle += std::f32::consts::PI;
            }
            let (sin, cos) = (libm::sinf(angle), libm::cosf(angle));
            let half = galley.size() / 2.0;
            let corner = middle + vec2(-half.x * cos + half.y * sin, -half.x * sin - half.y * cos);
            let extent = vec2(
                half.x * cos.abs() + half.y * sin.abs(),
                half.x * sin.abs() + half.y * cos.abs(),
            );
            let rect = Rect::from_center_size(middle, extent * 2.0);
            let covered = |r: &Rect| r.intersects(rect);
            if self.taken.iter().any(covered) || self.avoid.iter().any(covered) {
                continue;
            }
            halo(self.painter, corner, &galley, angle);
            self.taken.push(rect);
            since = 0.0;
        }
    }
}

/// Writes text aslant with a thin pale edge.
fn halo(painter: &Painter, at: Pos2, galley: &Arc<Galley>, angle: f32) {
    for (dx, dy) in [(-0.7, 0.0), (0.7, 0.0), (0.0, -0.7), (0.0, 0.7)] {
        painter.add(
            TextShape::new(at + vec2(dx, dy), Arc::clone(galley), tints::HALO)
                .with_override_text_color(tints::HALO)
                .with_angle(angle),
        );
    }
    painter.add(TextShape::new(at, Arc::clone(galley), tints::INK).with_angle(angle));
}

fn coordinates(painter: &Painter, camera: &BoardCamera, map: &HexMap) {
    let colour = tints::INK.gamma_multiply(0.5);
    for hex in overlay::visible(camera, map) {
        let at = camera.km_to_screen(map.grid.centre(hex));
        painter.text(
            pos2(at.x, at.y + 0.50 * camera.hex_px()),
            Align2::CENTER_BOTTOM,
            map.grid.label(hex),
            FontId::proportional(9.5),
            colour,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gui::session::Seat,
        scenario::{Options, Scenario},
        shelf::Shelf,
    };
    use bevy_egui::egui;

    #[test]
    fn names_never_lie_on_one_another_at_any_zoom() {
        let scenario =
            Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default()).unwrap();
        let session = Session::begin(Arc::new(scenario), Seat::Both, 1);
        let table = Tabletop::default();
        let map = Arc::clone(session.scenario().map());
        let view = Rect::from_min_size(pos2(300.0, 40.0), vec2(980.0, 640.0));
        let context = egui::Context::default();
        for zoom in [1.0, 1.6, 3.0, 6.0, 9.0, 18.0] {
            let mut camera = BoardCamera::new(&map, view);
            camera.look_at(&map, map.grid.hex(36, 46).unwrap());
            camera.px_per_km = 9.0 * zoom;
            let mut taken = Vec::new();
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                taken = draw(ui.painter(), &camera, &session, &table);
            });
            // No window takes the textures.
            output.textures_delta.clear();
            assert!(taken.len() >= 5, "{} names at {zoom}", taken.len());
            let counters = counters::occupied(&camera, &session, &table);
            let covering = |r: &&Rect| counters.iter().any(|c| c.intersects(**r));
            let covering = taken.iter().filter(covering).count();
            assert!(covering <= 1, "only Nanking may lie over counters");
            for (i, a) in taken.iter().enumerate() {
                assert!(view.contains_rect(*a));
                assert!(taken[..i].iter().all(|b| !a.intersects(*b)));
            }
        }
    }

    #[test]
    fn more_is_named_when_near() {
        let place = |rank, gate| Place {
            id: String::new(),
            name: String::new(),
            name_zh: String::new(),
            hexes: Vec::new(),
            centre: crate::scenario::Hex(0),
            gate,
            rank,
            at: [0.0, 0.0],
            source: String::new(),
            confidence: crate::scenario::Confidence::Low,
        };
        let from: Vec<f32> = (0..10).map(|r| seen_from(&place(r, None))).collect();
        assert!(from.windows(2).all(|w| w[0] <= w[1]));
        assert!(seen_from(&place(1, Some(0))) > seen_from(&place(1, None)));
        assert_eq!(from[9], f32::INFINITY);
    }
}
