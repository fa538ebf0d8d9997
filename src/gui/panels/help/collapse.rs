//! Symbols of collapse and escape, for the page that explains them.

use super::{heading, sample};
use crate::{
    gui::board::escape::{self, Boat},
    scenario::Side,
};
use bevy_egui::egui::{Ui, vec2};

/// Crowds, boats, lines of retreat.
pub(super) fn symbols(ui: &mut Ui) {
    heading(ui, "Collapse and escape");
    for (side, men, meaning) in [
        (
            Side::China,
            700,
            "A crowd of soldiers who have left their units; the more dots, the larger. Civilians were \
             among them, and are not simulated.",
        ),
        (Side::China, 6_000, "A large crowd."),
        (Side::Japan, 700, "Japanese soldiers: square dots."),
    ] {
        sample(ui, 36.0, meaning, |painter, rect| {
            escape::crowd_sample(painter, rect.center(), side, men);
        });
    }
    for (state, meaning) in [
        (
            Boat::Ready,
            "Boats put off here; a broken line leads to the landing.",
        ),
        (Boat::UnderFire, "Enemies near a bank fire on them."),
        (
            Boat::Barred,
            "Ships bar the way over, or nobody lands over there any more.",
        ),
        (Boat::Gone, "No boats are left."),
    ] {
        sample(ui, 30.0, meaning, |painter, rect| {
            escape::boat_sample(painter, rect.center(), state);
        });
    }
    for (of_crowd, meaning) in [
        (true, "The way of a crowd to a harbour."),
        (
            false,
            "The line of retreat of a unit, or its way to the boats.",
        ),
    ] {
        sample(ui, 20.0, meaning, |painter, rect| {
            let (from, to) = (rect.left_center(), rect.right_center() - vec2(6.0, 0.0));
            escape::line_sample(painter, from, to, of_crowd);
        });
    }
}
