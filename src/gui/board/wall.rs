//! The city wall with its gates, its moat, and the outline of the Safety Zone.
//!
//! Far away the wall is drawn along its trace. Near at hand only the hexsides that bear it in the
//! rules are drawn, since those are what stops a unit; two lines half a hex apart must never both
//! look like the wall.

use super::{
    Pen, curve,
    ink::{Ink, Point, length, unit},
    tints,
};
use crate::scenario::map::{
    HexMap,
    file::{FeatureKind, Zone},
};

/// From this hex width on the wall is drawn along hexsides, points.
const NEAR: f64 = 26.0;

/// The Safety Zone, the moat, the wall and its gates.
pub fn draw(map: &HexMap, pen: Pen, ink: &mut Ink) {
    for feature in &map.features {
        match &feature.kind {
            FeatureKind::Zone(Zone::SafetyZone) => safety_zone(ink, pen, &feature.shape),
            FeatureKind::Moat => {
                let line = curve::through(&feature.shape, false, 0.1);
                ink.stroke(&line, pen.at_least(0.05, 1.2, 4.0), false, tints::MOAT);
            }
            _ => {}
        }
    }
    let near = is_near(map, pen);
    if near {
        hexsides(map, pen, ink);
    }
    let mut trace: Vec<Point> = Vec::new();
    for feature in &map.features {
        if let FeatureKind::Wall { .. } = &feature.kind {
            trace = curve::rounded(&feature.shape, true);
            if !near {
                ink.stroke(&trace, pen.at_least(0.035, 2.4, 5.5), true, tints::WALL);
            }
            trace.extend(trace.first().copied());
        }
    }
    for g in &map.gates {
        let (inner, outer) = (map.grid.centre(g.inner), map.grid.centre(g.outer));
        let middle = curve::mix(inner, outer, 0.5);
        let p = match curve::nearest(&trace, middle) {
            Some((on_trace, _)) if !near => on_trace,
            _ => middle,
        };
        gate(p, unit(inner, outer), g.blocked, near, pen, ink);
    }
}

/// Is the wall drawn along hexsides at this scale?
fn is_near(map: &HexMap, pen: Pen) -> bool {
    pen.px_per_km * map.grid.hex_km() >= NEAR
}

/// The hexsides of the wall.
fn hexsides(map: &HexMap, pen: Pen, ink: &mut Ink) {
    for hex in map.grid.hexes() {
        for (direction, other) in map.grid.neighbours(hex) {
            let walled = map.side(hex, direction).and_then(|s| s.wall);
            if walled != Some(hex) {
                continue;
            }
            let (a, b) = curve::side(&map.grid, hex, direction, 1.0);
            let out = unit(map.grid.centre(hex), map.grid.centre(other));
            side(a, b, out, pen, ink);
        }
    }
}

/// One stretch of wall with merlons outwards, so that it is seen which side is within.
pub(super) fn side(a: Point, b: Point, out: Point, pen: Pen, ink: &mut Ink) {
    let width = pen.at_least(0.06, 3.0, 5.0);
    ink.stroke(&[a, b], width, false, tints::WALL);
    // Round ends join the stretches.
    ink.disc(a, width / 2.0, tints::WALL);
    ink.disc(b, width / 2.0, tints::WALL);
    let long = length(a, b);
    let count = (long / pen.px(7.0)).clamp(2.0, 24.0) as u32;
    let high = width / 2.0 + pen.px(2.0);
    for i in 0..count {
        let p = curve::mix(a, b, (f64::from(i) + 0.5) / f64::from(count));
        let q = [p[0] + out[0] * high, p[1] + out[1] * high];
        ink.stroke(&[p, q], pen.px(2.2), false, tints::WALL);
    }
}

/// The mark of a gate at `p`, with the way through along `d`; a blocked one has none.
pub(super) fn gate(p: Point, d: Point, blocked: bool, near: bool, pen: Pen, ink: &mut Ink) {
    let size = if near { pen.px(5.0) } else { pen.px(2.6) };
    let corner = |along: f64, out: f64| {
        [
            p[0] - d[1] * along * size + d[0] * out * size,
            p[1] + d[0] * along * size + d[1] * out * size,
        ]
    };
    let square = |s: f64| [corner(-s, -s), corner(s, -s), corner(s, s), corner(-s, s)];
    ink.convex(&square(1.3), tints::WALL);
    if blocked {
        return;
    }
    ink.convex(&square(0.85), tints::GATE);
    if near {
        // The way through.
        let half = 0.28;
        ink.convex(
            &[
                corner(-half, -1.5),
                corner(half, -1.5),
                corner(half, 1.5),
                corner(-half, 1.5),
            ],
            tints::ROAD_EDGE,
        );
    }
}

/// A dashed outline with thin strokes across.
pub(super) fn safety_zone(ink: &mut Ink, pen: Pen, outline: &[Point]) {
    let mut closed = outline.to_vec();
    closed.extend(outline.first().copied());
    let gap = pen.px(7.0).max(0.06);
    for (a, b) in hatch(outline, gap) {
        ink.stroke(&[a, b], pen.px(0.6), false, tints::SAFETY);
    }
    ink.dashes(
        &closed,
        pen.px(1.8),
        pen.px(7.0),
        pen.px(3.5),
        tints::SAFETY,
    );
}

/// Strokes from south-west to north-east across an area, `gap` apart.
pub fn hatch(area: &[Point], gap: f64) -> Vec<(Point, Point)> {
    let mut strokes = Vec::new();
    if area.len() < 3 || gap.is_nan() || gap <= 0.0 {
        return strokes;
    }
    // Along a stroke y - x is constant.
    let key = |p: Point| p[1] - p[0];
    let low = area.iter().map(|p| key(*p)).fold(f64::INFINITY, f64::min);
    let high = area
        .iter()
        .map(|p| key(*p))
        .fold(f64::NEG_INFINITY, f64::max);
    let step = gap * std::f64::consts::SQRT_2;
    let count = ((high - low) / step).clamp(0.0, 2_000.0) as usize;
    for i in 0..=count {
        let level = low + (i as f64 + 0.5) * step;
        let mut cuts: Vec<Point> = Vec::new();
        for (i, &a) in area.iter().enumerate() {
            let b = area[(i + 1) % area.len()];
            let (ka, kb) = (key(a), key(b));
            if (ka < level) != (kb < level) {
                cuts.push(curve::mix(a, b, (level - ka) / (kb - ka)));
            }
        }
        cuts.sort_by(|a, b| a[0].total_cmp(&b[0]));
        strokes.extend(cuts.chunks_exact(2).map(|c| (c[0], c[1])));
    }
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::{Options, Scenario},
        shelf::Shelf,
    };

    #[test]
    fn near_at_hand_only_the_hexsides_bear_the_wall() {
        let name = "nanking_1937.ron";
        let scenario = Scenario::load(&Shelf::embedded(), name, &Options::default()).unwrap();
        let map = scenario.map();
        let black = |px_per_km: f64| -> Vec<Point> {
            let mut ink = Ink::default();
            draw(map, Pen { px_per_km }, &mut ink);
            let walls = ink.points.iter().zip(&ink.colours);
            walls
                .filter(|(_, tint)| **tint == tints::WALL)
                .map(|([x, y], _)| [f64::from(*x), f64::from(*y)])
                .collect()
        };
        let mut sides: Vec<Vec<Point>> = Vec::new();
        for hex in map.grid.hexes() {
            for (direction, _) in map.grid.neighbours(hex) {
                if map.side(hex, direction).is_some_and(|s| s.wall.is_some()) {
                    let (a, b) = curve::side(&map.grid, hex, direction, 1.0);
                    sides.push(vec![a, b]);
                }
            }
        }
        let off = |p: &Point| {
            let near = sides.iter().filter_map(|s| curve::nearest(s, *p));
            near.map(|(_, d)| d).fold(f64::INFINITY, f64::min) > 0.16
        };
        assert!(
            !black(60.0).iter().any(off),
            "a second wall off the hexsides"
        );
        assert!(black(9.0).iter().any(off), "far away the trace is drawn");
    }

    #[test]
    fn hatching_stays_inside_its_area() {
        let area = [[0.0, 0.0], [2.0, 0.0], [2.0, 1.0], [0.0, 1.0]];
        let strokes = hatch(&area, 0.1);
        assert!(strokes.len() > 15);
        for p in strokes.iter().flat_map(|(a, b)| [a, b]) {
            assert!((-1e-9..=2.0 + 1e-9).contains(&p[0]) && (-1e-9..=1.0 + 1e-9).contains(&p[1]));
        }
        assert!(hatch(&area, 0.0).is_empty() && hatch(&area[..2], 1.0).is_empty());
    }
}
