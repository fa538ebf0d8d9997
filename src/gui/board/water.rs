//! Rivers, lakes, islands and streams as smooth shapes with a line along the bank.

use super::{
    Pen, curve,
    ink::{Ink, Point},
    tints,
};
use crate::scenario::map::{HexMap, file::FeatureKind};

/// A river narrower than this share of a hex runs along hexsides, as a stream.
const WIDE: f64 = 0.4;

/// All waters of a map. Banks lie under all water, so that rivers flow into one another.
pub fn draw(map: &HexMap, pen: Pen, ink: &mut Ink) {
    let bank = pen.px(1.1);
    let mut rivers: Vec<(Vec<Point>, f64)> = Vec::new();
    let mut lakes: Vec<Vec<Point>> = Vec::new();
    let mut islands: Vec<(Vec<Point>, super::ink::Tint)> = Vec::new();
    for feature in &map.features {
        let shape = &feature.shape;
        match &feature.kind {
            FeatureKind::River { width_km } if *width_km >= WIDE * map.grid.hex_km() => {
                rivers.push((curve::through(shape, false, 0.15), *width_km));
            }
            FeatureKind::River { width_km } => {
                stream(ink, pen, &curve::through(shape, false, 0.1), *width_km);
            }
            FeatureKind::Stream => stream(ink, pen, &curve::through(shape, false, 0.1), 0.05),
            FeatureKind::Lake => lakes.push(curve::through(shape, true, 0.08)),
            FeatureKind::Island { terrain } => {
                islands.push((curve::through(shape, true, 0.12), tints::ground(*terrain)));
            }
            _ => {}
        }
    }
    for (line, width) in &rivers {
        ink.stroke(line, width + 2.0 * bank, false, tints::BANK);
    }
    for lake in &lakes {
        ink.stroke(lake, 2.0 * bank, true, tints::BANK);
    }
    for (line, width) in &rivers {
        ink.stroke(line, *width, false, tints::WATER);
    }
    for lake in &lakes {
        ink.fill(lake, tints::WATER);
    }
    for (outline, ground) in &islands {
        ink.stroke(outline, 2.0 * bank, true, tints::BANK);
        ink.fill(outline, *ground);
    }
}

fn stream(ink: &mut Ink, pen: Pen, line: &[Point], width_km: f64) {
    let width = width_km.clamp(pen.px(1.0), pen.px(5.0));
    ink.stroke(line, width + pen.px(0.9), false, tints::BANK);
    ink.stroke(line, width, false, tints::STREAM);
}
