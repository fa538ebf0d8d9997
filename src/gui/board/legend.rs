//! Samples of what is drawn on the ground, as the map draws it, for the page that explains it.
//! Points round the origin, y upwards.

use super::{
    Pen,
    ink::{Ink, Point},
    siege::{self, Edge, Sign},
    tints, wall, works,
};
use crate::{
    battle::Char,
    gui::picture::Barricade,
    scenario::{Side, map::WorksLevel},
};
use bevy_egui::egui::{Mesh, Painter, Pos2, Shape, pos2, vec2};

/// The signs of a siege with their meanings.
pub const SIEGE: [(Sign, &str); 14] = [
    (Sign::Damage(1.0), "Damage to the wall: cracks."),
    (Sign::Breach(1), "A breach: a jagged gap in the wall."),
    (Sign::Breach(4), "A wider breach."),
    (Sign::Gate(Barricade::Shut), "A barricaded gate."),
    (Sign::Gate(Barricade::Opened), "Its barricade cleared."),
    (Sign::Footbridge, "A footbridge over the moat."),
    (Sign::Smoke, "Smoke before the wall."),
    (
        Sign::Foothold(Side::China),
        "Chinese who hold out on the wall or in a breach.",
    ),
    (Sign::Foothold(Side::Japan), "Japanese: a second line."),
    (
        Sign::Mines(Side::China),
        "Mines that are known; Japanese ones have dots.",
    ),
    (Sign::Char(Char::Burning), "On fire."),
    (Sign::Char(Char::Razed), "Razed by order: no cover."),
    (Sign::Char(Char::Burnt), "Burnt out: no cover."),
    (
        Sign::NoFire,
        "Own fire on this ground is forbidden by order.",
    ),
];

/// Field works that face north.
pub fn works(level: WorksLevel) -> Ink {
    works::sample(level)
}

/// A stretch of the city wall, outside to the north.
pub fn wall() -> Ink {
    let mut ink = Ink::default();
    wall::side(WEST, EAST, NORTH, PEN, &mut ink);
    ink
}

/// A gate in the wall, open or blocked for good.
pub fn gate(blocked: bool) -> Ink {
    let mut ink = wall();
    wall::gate([0.0, 0.0], NORTH, blocked, true, PEN, &mut ink);
    ink
}

/// A piece of the Safety Zone.
pub fn safety_zone() -> Ink {
    let mut ink = Ink::default();
    let outline = [[-20.0, -12.0], [20.0, -12.0], [20.0, 12.0], [-20.0, 12.0]];
    wall::safety_zone(&mut ink, PEN, &outline);
    ink
}

/// Draws a sign of a siege about a point of the screen: on a stretch of wall, outside upwards, or
/// in a hex.
pub fn siege(painter: &Painter, at: Pos2, sign: Sign) {
    const HEX: f32 = 32.0;
    match sign {
        Sign::Mines(_) | Sign::Char(_) => siege::on_ground(painter, at, HEX, sign),
        Sign::NoFire => {
            let corner = [
                vec2(20.0, 11.0),
                vec2(20.0, -11.0),
                vec2(-20.0, -11.0),
                vec2(-20.0, 11.0),
            ];
            for (i, from) in corner.into_iter().enumerate() {
                siege::dots(painter, at + from, at + corner[(i + 1) % 4]);
            }
            siege::plate(painter, at, "no fire", tints::INK);
        }
        _ => {
            let under = match sign {
                Sign::Gate(_) => gate(false),
                _ => wall(),
            };
            draw(painter, at, &under);
            let edge = Edge {
                a: at - vec2(20.0, 0.0),
                b: at + vec2(20.0, 0.0),
                inward: vec2(0.0, 1.0),
            };
            siege::on_wall(painter, &edge, HEX, sign);
        }
    }
}

/// Draws a sample with its origin at a point of the screen.
pub fn draw(painter: &Painter, at: Pos2, ink: &Ink) {
    let mut mesh = Mesh::default();
    for ([x, y], tint) in ink.points.iter().zip(&ink.colours) {
        mesh.colored_vertex(pos2(at.x + x, at.y - y), tints::screen(*tint));
    }
    mesh.indices.clone_from(&ink.indices);
    painter.add(Shape::mesh(mesh));
}

/// One point of the screen for one of the sample.
const PEN: Pen = Pen { px_per_km: 1.0 };
const WEST: Point = [-20.0, 0.0];
const EAST: Point = [20.0, 0.0];
const NORTH: Point = [0.0, 1.0];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_samples_look_alike_and_each_fits_its_field() {
        let all = [
            works(WorksLevel::Hasty),
            works(WorksLevel::Prepared),
            works(WorksLevel::Fortified),
            wall(),
            gate(false),
            gate(true),
            safety_zone(),
        ];
        for (i, ink) in all.iter().enumerate() {
            assert!(!ink.indices.is_empty());
            assert!(all[..i].iter().all(|other| other != ink));
            let fits = |p: &[f32; 2]| p[0].abs() <= 24.0 && p[1].abs() <= 16.0;
            assert!(ink.points.iter().all(fits));
        }
    }
}
