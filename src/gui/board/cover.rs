//! What stands or grows on the ground, as small marks strewn over its hexes when the eye is near:
//! trees, rice, reeds, houses. Marks fall at the same places each time and mean only the terrain.

use super::{
    ground::scatter,
    ink::{Ink, Point},
    tints,
};
use crate::scenario::{
    Hex,
    map::{HexMap, Terrain},
};

/// All marks.
pub fn draw(map: &HexMap) -> Ink {
    let mut ink = Ink::default();
    for hex in map.grid.hexes() {
        match map.at(hex).terrain {
            Terrain::Mountain => strew(map, hex, 9, |p, turn| tree(&mut ink, p, turn)),
            Terrain::Paddy => strew(map, hex, 5, |p, _| rice(&mut ink, p)),
            Terrain::Wetland => strew(map, hex, 6, |p, _| reed(&mut ink, p)),
            Terrain::Town => strew(map, hex, 14, |p, turn| house(&mut ink, p, turn, 0.036)),
            Terrain::City => strew(map, hex, 30, |p, turn| house(&mut ink, p, turn, 0.042)),
            Terrain::Open | Terrain::Farmland | Terrain::Hill | Terrain::Water => {}
        }
    }
    ink
}

/// Calls `mark` at `count` places spread over a hex (a spiral of equal areas, shaken a little),
/// with a number from 0 to 1 for each.
fn strew(map: &HexMap, hex: Hex, count: u32, mut mark: impl FnMut(Point, f64)) {
    let [cx, cy] = map.grid.centre(hex);
    let km = map.grid.hex_km();
    let key = i64::from(hex.0);
    for i in 0..count {
        let n = i64::from(i);
        let radius = 0.5 * km * ((f64::from(i) + 0.5) / f64::from(count)).sqrt();
        // The golden angle.
        let angle = f64::from(i) * 2.399_963 + scatter(key, 0, 3) * std::f64::consts::TAU;
        let shake = |salt| (scatter(key, n, salt) - 0.5) * 0.12 * km;
        let p = [
            cx + radius * libm::cos(angle) + shake(1),
            cy + radius * libm::sin(angle) + shake(2),
        ];
        mark(p, scatter(key, n, 4));
    }
}

fn tree(ink: &mut Ink, [x, y]: Point, size: f64) {
    let r = 0.026 + 0.012 * size;
    ink.convex(
        &[[x - r, y - r], [x + r, y - r], [x, y + 1.5 * r]],
        tints::TREE,
    );
}

fn rice(ink: &mut Ink, [x, y]: Point) {
    for dx in [-0.022, 0.022] {
        let (a, b) = ([x + dx, y - 0.032], [x + dx, y + 0.032]);
        ink.stroke(&[a, b], 0.013, false, tints::REED);
    }
}

fn reed(ink: &mut Ink, [x, y]: Point) {
    for (half, dy) in [(0.06, 0.0), (0.032, -0.032)] {
        let line = [[x - half, y + dy], [x + half, y + dy]];
        ink.stroke(&line, 0.012, false, tints::BANK);
    }
    for dx in [-0.02, 0.0, 0.02] {
        let line = [[x + dx * 0.7, y], [x + dx * 1.6, y + 0.045]];
        ink.stroke(&line, 0.009, false, tints::REED);
    }
}

fn house(ink: &mut Ink, [x, y]: Point, turn: f64, size: f64) {
    // Streets of the time ran nearly north to south.
    let (sin, cos) = (0.12, 0.99);
    let (w, h) = if turn < 0.5 {
        (size * (1.0 + turn), size * 0.8)
    } else {
        (size * 0.8, size * (1.5 - 0.5 * turn))
    };
    let corner = |a: f64, b: f64| [x + a * cos - b * sin, y + a * sin + b * cos];
    ink.convex(
        &[corner(-w, -h), corner(w, -h), corner(w, h), corner(-w, h)],
        tints::HOUSE,
    );
}
