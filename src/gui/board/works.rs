//! Field works of the map: trench lines inside the hexsides they face, a shape for each level.
//!
//! Hasty works are a broken line, prepared ones a line with teeth towards the front, fortified
//! ones a double line with full teeth and a blockhouse.

use super::{
    Pen, curve,
    ink::{Ink, Point, unit},
    tints,
};
use crate::scenario::{
    Hex,
    map::{Direction, HexMap, WorksLevel},
};

/// Share of the hex within which works lie.
const INSET: f64 = 0.84;

/// All works of a map.
pub fn draw(map: &HexMap, pen: Pen) -> Ink {
    let mut ink = Ink::default();
    let hex_px = pen.px_per_km * map.grid.hex_km();
    for hex in map.grid.hexes() {
        let works = map.at(hex).works;
        if works.level == WorksLevel::None {
            continue;
        }
        for direction in Direction::ALL {
            if works.facing & direction.bit() != 0 {
                let front = Front::of(map, hex, direction);
                front.draw(&mut ink, pen, works.level, hex_px);
            }
        }
    }
    ink
}

/// One faced stretch by itself, facing north, 40 points long round the origin: for a legend.
pub(super) fn sample(level: WorksLevel) -> Ink {
    let mut ink = Ink::default();
    let front = Front {
        a: [20.0, 0.0],
        b: [-20.0, 0.0],
        out: [0.0, 1.0],
    };
    front.draw(&mut ink, Pen { px_per_km: 1.0 }, level, 60.0);
    ink
}

/// One faced hexside.
struct Front {
    a: Point,
    b: Point,
    out: Point,
}

impl Front {
    fn of(map: &HexMap, hex: Hex, direction: Direction) -> Front {
        let (a, b) = curve::side(&map.grid, hex, direction, INSET);
        let out = unit(map.grid.centre(hex), curve::mix(a, b, 0.5));
        Front { a, b, out }
    }

    fn moved(&self, share: f64, by: f64) -> Point {
        let p = curve::mix(self.a, self.b, share);
        [p[0] + self.out[0] * by, p[1] + self.out[1] * by]
    }

    fn draw(&self, ink: &mut Ink, pen: Pen, level: WorksLevel, hex_px: f64) {
        let line = [self.a, self.b];
        let width = pen.px(if hex_px < 18.0 { 1.0 } else { 1.4 });
        let small = hex_px < 18.0;
        match level {
            WorksLevel::None => {}
            WorksLevel::Hasty => {
                let dash = pen.px(if small { 2.0 } else { 4.0 });
                ink.dashes(&line, width, dash, dash * 0.8, tints::WORKS);
            }
            WorksLevel::Prepared => {
                ink.stroke(&line, width, false, tints::WORKS);
                if !small {
                    self.teeth(
                        ink,
                        3,
                        pen.px((hex_px * 0.055).clamp(1.8, 4.5)),
                        false,
                        width,
                    );
                }
            }
            WorksLevel::Fortified => {
                ink.stroke(&line, width * 1.15, false, tints::WORKS);
                if small {
                    let inner = -pen.px(1.9);
                    let second = [self.moved(0.1, inner), self.moved(0.9, inner)];
                    ink.stroke(&second, width * 0.7, false, tints::WORKS);
                } else {
                    let inner = -pen.px((hex_px * 0.05).clamp(2.4, 4.5));
                    let second = [self.moved(0.08, inner), self.moved(0.92, inner)];
                    ink.stroke(&second, width * 0.7, false, tints::WORKS);
                    self.teeth(ink, 4, pen.px((hex_px * 0.06).clamp(2.2, 5.0)), true, width);
                    self.blockhouse(ink, inner, pen.px((hex_px * 0.035).clamp(1.6, 3.4)));
                }
            }
        }
    }

    /// Teeth towards the front: open ticks or full triangles.
    fn teeth(&self, ink: &mut Ink, count: u32, high: f64, full: bool, width: f64) {
        for i in 0..count {
            let at = (f64::from(i) + 0.5) / f64::from(count);
            if full {
                let half = 0.09;
                ink.convex(
                    &[
                        self.moved(at - half, 0.0),
                        self.moved(at + half, 0.0),
                        self.moved(at, high),
                    ],
                    tints::WORKS,
                );
            } else {
                let tick = [self.moved(at, 0.0), self.moved(at, high)];
                ink.stroke(&tick, width * 0.85, false, tints::WORKS);
            }
        }
    }

    fn blockhouse(&self, ink: &mut Ink, inner: f64, half: f64) {
        let [x, y] = self.moved(0.5, inner);
        let along = unit(self.a, self.b);
        let corner = |s: f64, t: f64| {
            [
                x + along[0] * s * half + self.out[0] * t * half,
                y + along[1] * s * half + self.out[1] * t * half,
            ]
        };
        ink.convex(
            &[
                corner(-1.0, -1.0),
                corner(1.0, -1.0),
                corner(1.0, 1.0),
                corner(-1.0, 1.0),
            ],
            tints::WORKS,
        );
    }
}
