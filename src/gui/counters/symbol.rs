//! Symbols of branches and marks of echelons, as staff maps of all armies have them.

use crate::scenario::{Branch, Echelon};
use bevy_egui::egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

/// Draws the frame and symbol of a branch into a rectangle.
pub fn branch(painter: &Painter, rect: Rect, branch: Branch, ink: Color32, ground: Color32) {
    let stroke = Stroke::new((rect.height() * 0.09).clamp(0.9, 2.2), ink);
    painter.rect(
        rect,
        0.0,
        ground,
        stroke,
        bevy_egui::egui::StrokeKind::Middle,
    );
    let at = |x: f32, y: f32| -> Pos2 {
        pos2(
            rect.left() + x * rect.width(),
            rect.top() + y * rect.height(),
        )
    };
    let line = |a: (f32, f32), b: (f32, f32)| {
        painter.line_segment([at(a.0, a.1), at(b.0, b.1)], stroke);
    };
    let path = |points: &[(f32, f32)]| {
        painter.add(Shape::line(
            points.iter().map(|(x, y)| at(*x, *y)).collect(),
            stroke,
        ));
    };
    let dot = rect.height() * 0.19;
    match branch {
        Branch::Infantry => {
            line((0.0, 0.0), (1.0, 1.0));
            line((0.0, 1.0), (1.0, 0.0));
        }
        Branch::Cavalry => line((0.0, 1.0), (1.0, 0.0)),
        Branch::Artillery => {
            painter.circle_filled(rect.center(), dot, ink);
        }
        Branch::HeavyArtillery => {
            painter.circle_filled(rect.center(), dot * 1.25, ink);
            line((0.2, 0.88), (0.8, 0.88));
        }
        Branch::Engineer => {
            path(&[(0.22, 0.72), (0.22, 0.32), (0.78, 0.32), (0.78, 0.72)]);
            line((0.5, 0.32), (0.5, 0.72));
        }
        Branch::Armour => {
            painter.add(Shape::ellipse_stroke(
                rect.center(),
                vec2(rect.width() * 0.34, rect.height() * 0.26),
                stroke,
            ));
        }
        Branch::Headquarters => {
            // The staff of the command flag.
            painter.line_segment([at(0.0, 0.0), at(0.0, 1.45)], stroke);
            line((0.0, 0.34), (1.0, 0.34));
        }
        Branch::MilitaryPolice => letters(painter, rect, "MP", ink),
        Branch::AntiAircraft => {
            path(&[
                (0.12, 1.0),
                (0.18, 0.62),
                (0.34, 0.36),
                (0.5, 0.28),
                (0.66, 0.36),
                (0.82, 0.62),
                (0.88, 1.0),
            ]);
            painter.circle_filled(at(0.5, 0.66), dot * 0.8, ink);
        }
        Branch::Fortress => {
            path(&[
                (0.0, 0.42),
                (0.2, 0.42),
                (0.2, 0.18),
                (0.4, 0.18),
                (0.4, 0.42),
                (0.6, 0.42),
                (0.6, 0.18),
                (0.8, 0.18),
                (0.8, 0.42),
                (1.0, 0.42),
            ]);
            painter.circle_filled(at(0.5, 0.72), dot * 0.8, ink);
        }
        Branch::Naval => {
            line((0.5, 0.2), (0.5, 0.85));
            line((0.34, 0.32), (0.66, 0.32));
            path(&[
                (0.24, 0.6),
                (0.34, 0.78),
                (0.5, 0.86),
                (0.66, 0.78),
                (0.76, 0.6),
            ]);
        }
    }
}

fn letters(painter: &Painter, rect: Rect, text: &str, ink: Color32) {
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        text,
        FontId::proportional(rect.height() * 0.72),
        ink,
    );
}

/// A stroke of an echelon mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stick {
    /// A dot.
    Dot,
    /// An upright bar.
    Bar,
    /// A cross.
    Cross,
}

/// How many of which stroke stand for an echelon.
pub fn sticks(echelon: Echelon) -> (u8, Stick) {
    match echelon {
        Echelon::Platoon => (3, Stick::Dot),
        Echelon::Company => (1, Stick::Bar),
        Echelon::Battalion => (2, Stick::Bar),
        Echelon::Regiment => (3, Stick::Bar),
        Echelon::Brigade => (1, Stick::Cross),
        Echelon::Division => (2, Stick::Cross),
        Echelon::Corps => (3, Stick::Cross),
        Echelon::Army => (4, Stick::Cross),
        Echelon::ArmyGroup => (5, Stick::Cross),
    }
}

/// Draws the mark of an echelon, its middle at `at`.
pub fn echelon(painter: &Painter, at: Pos2, height: f32, echelon: Echelon, ink: Color32) {
    let (count, stick) = sticks(echelon);
    let stroke = Stroke::new((height * 0.22).clamp(0.9, 1.8), ink);
    let step = height * if stick == Stick::Cross { 1.15 } else { 0.7 };
    let h = height / 2.0;
    for i in 0..count {
        let x = at.x + (f32::from(i) - f32::from(count - 1) / 2.0) * step;
        match stick {
            Stick::Dot => {
                painter.circle_filled(pos2(x, at.y), h * 0.5, ink);
            }
            Stick::Bar => {
                painter.line_segment([pos2(x, at.y - h), pos2(x, at.y + h)], stroke);
            }
            Stick::Cross => {
                painter.line_segment([pos2(x - h, at.y - h), pos2(x + h, at.y + h)], stroke);
                painter.line_segment([pos2(x - h, at.y + h), pos2(x + h, at.y - h)], stroke);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_echelons_look_alike() {
        let all = [
            Echelon::Platoon,
            Echelon::Company,
            Echelon::Battalion,
            Echelon::Regiment,
            Echelon::Brigade,
            Echelon::Division,
            Echelon::Corps,
            Echelon::Army,
            Echelon::ArmyGroup,
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|b| sticks(*a) != sticks(*b)));
        }
    }
}
