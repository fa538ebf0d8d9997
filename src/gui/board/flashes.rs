//! What flashes up during playback: shells falling, fights, retreats. Drawn by shape as well as
//! colour, and fading.

use super::camera::BoardCamera;
use crate::gui::{
    playback::{Flash, Playback},
    theme,
};
use bevy_egui::egui::{Color32, Painter, Pos2, Stroke, vec2};

/// Draws what is under way at the minute shown.
pub fn draw(painter: &Painter, camera: &BoardCamera, playback: &Playback) {
    let size = camera.hex_px().clamp(10.0, 70.0);
    for (flash, strength) in playback.flashes() {
        let fade = |c: Color32| c.gamma_multiply(strength.clamp(0.0, 1.0));
        match flash {
            Flash::Fire { at } => {
                let middle = camera.km_to_screen(at);
                for (dx, dy) in [(0.0, -0.22), (0.2, 0.12), (-0.2, 0.12)] {
                    let puff = middle + vec2(dx * size, dy * size);
                    painter.circle_filled(puff, size * 0.1, fade(Color32::from_gray(70)));
                }
            }
            Flash::Fight {
                at,
                assault,
                attacker,
            } => {
                let middle = camera.km_to_screen(at);
                let r = size * if assault { 0.42 } else { 0.26 };
                let stroke = Stroke::new(
                    if assault { 2.5 } else { 1.2 },
                    fade(theme::side_ink(attacker)),
                );
                painter.circle_stroke(middle, r, stroke);
                if assault {
                    for (a, b) in [((-0.3, -0.3), (0.3, 0.3)), ((-0.3, 0.3), (0.3, -0.3))] {
                        let end = |(x, y): (f32, f32)| middle + vec2(x * size, y * size);
                        painter.line_segment([end(a), end(b)], stroke);
                    }
                }
            }
            Flash::Retreat { from, to, side } => {
                let (a, b) = (camera.km_to_screen(from), camera.km_to_screen(to));
                arrow(painter, a, b, Stroke::new(2.0, fade(theme::side_ink(side))));
            }
        }
    }
}

fn arrow(painter: &Painter, a: Pos2, b: Pos2, stroke: Stroke) {
    if (b - a).length() < 2.0 {
        painter.circle_stroke(a, 5.0, stroke);
    } else {
        painter.arrow(a, b - a, stroke);
    }
}
