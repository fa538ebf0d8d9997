//! How the marks of a counter are drawn.

use super::{Mark, PALE};
use crate::{
    gui::{board::tints, picture::chain::Sign, theme},
    scenario::map::WorksLevel,
};
use bevy_egui::egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
};

pub(super) fn draw_mark(painter: &Painter, rect: Rect, mark: Mark, ink: Color32) {
    let side = rect.width();
    let at = |x: f32, y: f32| pos2(rect.left() + x * side, rect.top() + y * side);
    let thin = Stroke::new((side * 0.04).clamp(1.0, 1.8), ink);
    match mark {
        Mark::Routed => {
            let bar = Stroke::new((side * 0.13).clamp(2.0, 7.0), PALE);
            painter.line_segment([at(0.04, 0.96), at(0.96, 0.04)], bar);
            painter.line_segment([at(0.0, 0.9), at(0.9, 0.0)], Stroke::new(0.8, ink));
            painter.line_segment([at(0.1, 1.0), at(1.0, 0.1)], Stroke::new(0.8, ink));
        }
        Mark::CutOff => {
            let r = Rect::from_center_size(at(0.12, 0.12), Vec2::splat(side * 0.15));
            painter.rect(r, 0.0, PALE, thin, StrokeKind::Middle);
        }
        Mark::Suppressed => {
            let zigzag = [(0.09, 0.26), (0.17, 0.33), (0.07, 0.40), (0.15, 0.48)];
            painter.add(Shape::line(
                zigzag.iter().map(|(x, y)| at(*x, *y)).collect(),
                thin,
            ));
        }
        Mark::InContact => {
            painter.add(Shape::convex_polygon(
                vec![at(0.78, 0.02), at(0.98, 0.02), at(0.98, 0.22)],
                ink,
                Stroke::NONE,
            ));
        }
        Mark::LowAmmunition => letter(painter, at(0.90, 0.32), side, "A", ink),
        Mark::NoShells => letter(painter, at(0.90, 0.68), side, "G", ink),
        Mark::LowSupply => letter(painter, at(0.90, 0.50), side, "S", ink),
        Mark::DugIn(level) => {
            let bars = match level {
                WorksLevel::None => 0,
                WorksLevel::Hasty => 1,
                WorksLevel::Prepared => 2,
                WorksLevel::Fortified => 3,
            };
            for i in 0..bars {
                let y = rect.bottom() + 2.0 + 2.6 * i as f32;
                let ends = [
                    pos2(rect.left() + 0.12 * side, y),
                    pos2(rect.right() - 0.12 * side, y),
                ];
                painter.line_segment(ends, Stroke::new(1.6, tints::screen(tints::WORKS)));
            }
        }
        Mark::ByHand => letter(painter, at(0.10, 0.84), side, "H", ink),
        // Half outside, where neither name nor strength is written.
        Mark::Order(sign) => {
            let wide = (0.3 * side).clamp(8.0, 15.0);
            envelope(painter, at(-0.02, 0.62), wide, sign, ink);
        }
    }
}

/// An order in an envelope; with the hand of a clock if it waits for its hour, struck out if it is
/// lost.
pub fn envelope(painter: &Painter, at: Pos2, wide: f32, sign: Sign, ink: Color32) {
    let rect = Rect::from_center_size(at, vec2(wide, 0.7 * wide));
    let pen = Stroke::new((0.1 * wide).clamp(1.0, 1.4), ink);
    painter.rect(
        rect.expand(1.2),
        1.0,
        PALE,
        Stroke::NONE,
        StrokeKind::Inside,
    );
    painter.rect(rect, 0.0, PALE, pen, StrokeKind::Middle);
    match sign {
        Sign::OnItsWay | Sign::Lost => {
            let flap = vec![
                rect.left_top(),
                at + vec2(0.0, 0.06 * wide),
                rect.right_top(),
            ];
            painter.add(Shape::line(flap, pen));
        }
        Sign::Waits => {
            let hands = vec![
                at - vec2(0.0, 0.26 * wide),
                at + vec2(0.0, 0.05 * wide),
                at + vec2(0.24 * wide, 0.05 * wide),
            ];
            painter.add(Shape::line(hands, pen));
        }
    }
    if sign == Sign::Lost {
        let out = vec2(0.62, 0.44) * wide;
        let strike = Stroke::new((0.16 * wide).clamp(1.4, 2.2), theme::ATTENTION);
        painter.line_segment([at - out, at + out], strike);
        let out = vec2(out.x, -out.y);
        painter.line_segment([at - out, at + out], strike);
    }
}

/// A letter in a disc, for what runs short.
fn letter(painter: &Painter, at: Pos2, side: f32, text: &str, ink: Color32) {
    let r = (side * 0.085).max(3.4);
    painter.circle(at, r, PALE, Stroke::new(0.8, ink));
    painter.text(
        at,
        Align2::CENTER_CENTER,
        text,
        FontId::proportional(r * 1.7),
        ink,
    );
}
