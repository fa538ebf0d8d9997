//! Counters and marks by themselves, for the page that explains them.

use super::{Mark, PALE, badge, drawing::draw_mark, fitted, outline, symbol};
use crate::{
    gui::board::tints,
    scenario::{Branch, Side},
};
use bevy_egui::egui::{Painter, Rect, Shape, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

/// The marks with their meanings, for the help panel.
pub fn legend(ui: &mut Ui) {
    for mark in Mark::ALL {
        ui.horizontal(|ui| {
            let (rect, _) =
                ui.allocate_exact_size(Vec2::splat(26.0), bevy_egui::egui::Sense::hover());
            let inner = rect.shrink(3.0);
            let ink = tints::INK;
            ui.painter()
                .rect(inner, 1.0, PALE, Stroke::new(1.0, ink), StrokeKind::Inside);
            draw_mark(ui.painter(), inner, mark, ink);
            ui.label(mark.meaning());
        });
    }
}

/// A counter without a unit, for a legend: fresh or an old report, alone or so many in a stack.
pub fn sample(painter: &Painter, rect: Rect, side: Side, stale: bool, count: usize) {
    let wide = rect.width();
    let frame = Stroke::new((wide * 0.045).clamp(1.0, 2.2), tints::side(side));
    painter.rect_filled(rect, 2.0, tints::side_pale(side));
    if stale {
        painter.extend(Shape::dashed_line(&outline(rect), frame, 4.0, 3.0));
    } else {
        painter.rect_stroke(rect, 2.0, frame, StrokeKind::Inside);
    }
    let ink = tints::side_dark(side);
    let middle = pos2(rect.center().x, rect.top() + wide * 0.38);
    let field = Rect::from_center_size(middle, vec2(wide * 0.5, wide * 0.32));
    symbol::branch(painter, field, Branch::Infantry, ink, PALE);
    let at = pos2(rect.center().x, rect.top() + wide * 0.78);
    let text = if stale { "?850" } else { "850" };
    fitted(painter, at, wide, wide * 0.24, text, ink);
    if count > 1 {
        badge(painter, rect, count);
    }
}
