//! Samples of what is drawn on the ground, as the map draws it, for the page that explains it.
//! Points round the origin, y upwards.

use super::{
    Pen,
    ink::{Ink, Point},
    tints, wall, works,
};
use crate::scenario::map::WorksLevel;
use bevy_egui::egui::{Mesh, Painter, Pos2, Shape, pos2};

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
