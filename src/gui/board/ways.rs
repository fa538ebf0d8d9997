//! Roads with their edges, and railways with ticks across.

use super::{
    Pen, curve,
    ink::{Ink, Point, Tint, unit},
    tints,
};
use crate::scenario::map::{
    HexMap,
    file::{FeatureKind, RoadClass},
};

/// All ways of a map. Edges lie under all roads, so that crossings stay open.
pub fn draw(map: &HexMap, pen: Pen, ink: &mut Ink) {
    let mut roads: Vec<(RoadClass, Vec<Point>)> = Vec::new();
    let mut rails: Vec<Vec<Point>> = Vec::new();
    for feature in &map.features {
        let line = || curve::through(&feature.shape, false, 0.15);
        match &feature.kind {
            FeatureKind::Road { class } => roads.push((*class, line())),
            FeatureKind::Railway => rails.push(line()),
            _ => {}
        }
    }
    for (class, line) in &roads {
        let look = Look::of(*class, pen);
        ink.stroke(line, look.width + 2.0 * look.edge, false, tints::ROAD_EDGE);
    }
    for (class, line) in &roads {
        let look = Look::of(*class, pen);
        if let Some(tint) = look.fill {
            ink.stroke(line, look.width, false, tint);
        }
    }
    for line in &rails {
        railway(ink, pen, line);
    }
    bridges(map, pen, ink);
}

/// How a class of road is drawn.
struct Look {
    width: f64,
    edge: f64,
    /// None: too narrow to show more than a line.
    fill: Option<Tint>,
}

impl Look {
    fn of(class: RoadClass, pen: Pen) -> Look {
        // Far away a road is one thin line; nearer, a pale band between two.
        let far = pen.px_per_km < 20.0;
        let (px, km, tint): (f64, f64, Tint) = match class {
            RoadClass::Highway => (2.2, 0.030, tints::HIGHWAY),
            RoadClass::Country => (1.4, 0.020, tints::ROAD),
            RoadClass::Street => (1.6, 0.022, tints::ROAD),
        };
        if far && class != RoadClass::Highway {
            return Look {
                width: pen.px(0.3),
                edge: pen.px(0.3),
                fill: None,
            };
        }
        let width = km.clamp(pen.px(if far { 1.2 } else { px }), pen.px(6.0));
        Look {
            width,
            edge: pen.px(0.7),
            fill: Some(tint),
        }
    }
}

fn railway(ink: &mut Ink, pen: Pen, line: &[Point]) {
    ink.stroke(line, pen.px(1.3), false, tints::RAIL);
    let gap = pen.px(if pen.px_per_km < 20.0 { 9.0 } else { 12.0 });
    let half = pen.px(if pen.px_per_km < 20.0 { 2.0 } else { 3.0 });
    let mut rest = gap / 2.0;
    for pair in line.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let long = super::ink::length(a, b);
        let d = unit(a, b);
        while rest < long {
            let p = curve::mix(a, b, rest / long);
            let (l, r) = (
                [p[0] - d[1] * half, p[1] + d[0] * half],
                [p[0] + d[1] * half, p[1] - d[0] * half],
            );
            ink.stroke(&[l, r], pen.px(1.1), false, tints::RAIL);
            rest += gap;
        }
        rest -= long;
    }
}

/// Two short bars at each hexside where a road crosses a stream.
fn bridges(map: &HexMap, pen: Pen, ink: &mut Ink) {
    if pen.px_per_km * map.grid.hex_km() < 30.0 {
        return;
    }
    for hex in map.grid.hexes() {
        for (direction, other) in map.grid.neighbours(hex) {
            let crossed = map
                .side(hex, direction)
                .is_some_and(|s| s.bridge && s.gate.is_none());
            if !crossed || other < hex {
                continue;
            }
            let (here, there) = (map.grid.centre(hex), map.grid.centre(other));
            let middle = curve::mix(here, there, 0.5);
            let d = unit(here, there);
            for offset in [-1.0, 1.0] {
                let n = [-d[1] * offset * pen.px(3.6), d[0] * offset * pen.px(3.6)];
                let end = |s: f64| {
                    [
                        middle[0] + n[0] + d[0] * s * pen.px(4.5),
                        middle[1] + n[1] + d[1] * s * pen.px(4.5),
                    ]
                };
                ink.stroke(&[end(-1.0), end(1.0)], pen.px(1.3), false, tints::RAIL);
            }
        }
    }
}
