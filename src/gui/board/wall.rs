//! The city wall along its trace, its moat and gates, and the outline of the Safety Zone.
//!
//! Near at hand the hexsides that bear the wall in the rules are marked as well, since the trace
//! does not run along hexsides; gates stand on their hexside.

use super::{
    Pen, curve,
    ink::{Ink, Point, unit},
    tints,
};
use crate::scenario::map::{
    Gate, HexMap,
    file::{FeatureKind, Zone},
};

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
    let near = pen.px_per_km * map.grid.hex_km() >= 33.0;
    if near {
        hexsides(map, pen, ink);
    }
    let mut trace: Vec<Point> = Vec::new();
    for feature in &map.features {
        if let FeatureKind::Wall { .. } = &feature.kind {
            trace = curve::rounded(&feature.shape, true);
            ink.stroke(&trace, pen.at_least(0.035, 2.4, 5.5), true, tints::WALL);
            trace.extend(trace.first().copied());
        }
    }
    for g in &map.gates {
        gate(map, g, &trace, near, pen, ink);
    }
}

/// A thin line with short teeth inwards along the hexsides of the wall.
fn hexsides(map: &HexMap, pen: Pen, ink: &mut Ink) {
    for hex in map.grid.hexes() {
        for (direction, _) in map.grid.neighbours(hex) {
            let walled = map.side(hex, direction).and_then(|s| s.wall);
            if walled != Some(hex) {
                continue;
            }
            let (a, b) = curve::side(&map.grid, hex, direction, 1.0);
            ink.stroke(&[a, b], pen.px(1.2), false, tints::WALL_SIDE);
            let centre = map.grid.centre(hex);
            for i in 0..5 {
                let p = curve::mix(a, b, (f64::from(i) + 0.5) / 5.0);
                let q = curve::mix(p, centre, pen.px(4.0) / super::ink::length(p, centre));
                ink.stroke(&[p, q], pen.px(1.4), false, tints::WALL_SIDE);
            }
        }
    }
}

fn gate(map: &HexMap, gate: &Gate, trace: &[Point], near: bool, pen: Pen, ink: &mut Ink) {
    let (inner, outer) = (map.grid.centre(gate.inner), map.grid.centre(gate.outer));
    let middle = curve::mix(inner, outer, 0.5);
    let on_trace = curve::nearest(trace, middle).map(|(p, _)| p);
    let p = if near {
        middle
    } else {
        on_trace.unwrap_or(middle)
    };
    if near && let Some(q) = on_trace {
        ink.dashes(
            &[middle, q],
            pen.px(0.9),
            pen.px(2.0),
            pen.px(2.0),
            tints::WALL,
        );
    }
    let d = unit(inner, outer);
    let size = if near { pen.px(5.0) } else { pen.px(2.6) };
    let corner = |along: f64, out: f64| {
        [
            p[0] - d[1] * along * size + d[0] * out * size,
            p[1] + d[0] * along * size + d[1] * out * size,
        ]
    };
    let square = |s: f64| [corner(-s, -s), corner(s, -s), corner(s, s), corner(-s, s)];
    ink.convex(&square(1.3), tints::WALL);
    if gate.blocked {
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
fn safety_zone(ink: &mut Ink, pen: Pen, outline: &[Point]) {
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
