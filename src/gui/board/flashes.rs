//! What flashes up during playback: shells falling, fights, retreats, and what is done at the wall, by
//! aircraft and fire, each with its word. Drawn by shape as well as colour, and fading.

use super::{camera::BoardCamera, escape, flight, overlay::PALE, siege};
use crate::{
    battle::Char,
    gui::{
        counters,
        playback::{
            Flash, Playback,
            signs::{Shape, Sign},
        },
        theme,
    },
};
use bevy_egui::egui::{Color32, Painter, Pos2, Stroke, vec2};

/// Draws what is under way at the minute shown.
pub fn draw(painter: &Painter, camera: &BoardCamera, playback: &Playback) {
    let size = camera.hex_px().clamp(10.0, 70.0);
    let mut words: Vec<(Pos2, &str)> = Vec::new();
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
            Flash::Sign(told) => {
                let at = camera.km_to_screen(told.at);
                if !camera.viewport.expand(40.0).contains(at) {
                    continue;
                }
                let nth = room(&words, at, told.word);
                sign(painter, at, camera, &told, nth, strength);
                if let Some(nth) = nth {
                    words.push((at + vec2(0.0, LINE * nth as f32), told.word));
                }
            }
            Flash::Retreat { from, to, side } => {
                let (a, b) = (camera.km_to_screen(from), camera.km_to_screen(to));
                arrow(painter, a, b, Stroke::new(2.0, fade(theme::side_ink(side))));
            }
        }
    }
}

/// From line to line of words under a sign.
const LINE: f32 = 13.0;
/// Words nearer than this beside one another would lie on each other.
const WORD: f32 = 78.0;

/// The line under a sign on which its word stands: words at one place stand under one another, and
/// where the same word is told already beside it, or no line is free, it has none.
fn room(words: &[(Pos2, &str)], at: Pos2, word: &str) -> Option<usize> {
    let beside = |p: &Pos2| (p.x - at.x).abs() < WORD;
    let told = |(p, w): &(Pos2, &str)| *w == word && beside(p) && (p.y - at.y).abs() < 2.0 * LINE;
    if words.iter().any(told) {
        return None;
    }
    let free = |nth: &usize| {
        let y = at.y + LINE * *nth as f32;
        !words
            .iter()
            .any(|(p, _)| beside(p) && (p.y - y).abs() < LINE - 0.5)
    };
    (0..3).find(free)
}

/// Below this hex width a sign has no word, points.
const WORDS_FROM: f32 = 11.0;

/// A sign: its shape at the place, its word below.
fn sign(
    painter: &Painter,
    place: Pos2,
    camera: &BoardCamera,
    told: &Sign,
    line: Option<usize>,
    passed: f32,
) {
    let hex_px = camera.hex_px();
    // It stands for most of its time and then fades.
    let left = ((1.0 - passed) * 4.0).clamp(0.0, 1.0);
    let ink = told.side.map_or(theme::ATTENTION, theme::side_ink);
    let tint = ink.gamma_multiply(left);
    let mut radius = (0.2 * hex_px).clamp(5.0, 12.0);
    let mut at = place;
    // All words of a place stand on the same lines, clear of its counter.
    let half = 0.5 * counters::size(camera);
    let foot = radius.max(half + 2.0);
    // What is said of a unit stands at the corner of its counter.
    if matches!(told.shape, Shape::Scatter | Shape::Flag) {
        radius = (0.7 * radius).max(4.5);
        at += vec2(half, -half);
    }
    match told.shape {
        Shape::Ring => {
            let pale = PALE.gamma_multiply(0.8 * left);
            painter.circle_stroke(at, radius, Stroke::new(4.4, pale));
            painter.circle_stroke(at, radius, Stroke::new(2.0, tint));
        }
        Shape::Scatter => scatter(painter, at, radius, tint),
        Shape::Boat => escape::hull(painter, at, radius, tint),
        Shape::Flag => flag(painter, at, radius, tint),
        Shape::Plane => flight::plane(painter, at, radius, tint),
        Shape::Flames => {
            siege::on_ground(
                painter,
                at,
                hex_px.max(18.0),
                siege::Sign::Char(Char::Burning),
            );
        }
        Shape::Gap => {
            let edge = siege::Edge {
                a: at - vec2(1.5 * radius, 0.0),
                b: at + vec2(1.5 * radius, 0.0),
                inward: vec2(0.0, 1.0),
            };
            siege::on_wall(painter, &edge, hex_px, siege::Sign::Breach(3));
            painter.circle_stroke(at, radius + 4.0, Stroke::new(2.0, tint));
        }
    }
    if let Some(nth) = line.filter(|_| hex_px >= WORDS_FROM && left > 0.2) {
        let below = place + vec2(0.0, foot + 10.0 + LINE * nth as f32);
        siege::plate(painter, below, told.word, theme::INK);
    }
}

/// Dots that part from a middle.
fn scatter(painter: &Painter, at: Pos2, radius: f32, tint: Color32) {
    let pale = PALE.gamma_multiply(0.8 * f32::from(tint.a()) / 255.0);
    painter.circle_filled(at, 1.35 * radius, pale);
    for (x, y) in [
        (-0.2, -0.1),
        (0.25, 0.2),
        (-0.75, -0.6),
        (0.8, -0.5),
        (0.65, 0.8),
        (-0.6, 0.75),
    ] {
        painter.circle_filled(at + vec2(x, y) * radius, 0.17 * radius, tint);
    }
}

/// The flag of a headquarters.
fn flag(painter: &Painter, at: Pos2, radius: f32, tint: Color32) {
    let p = |x: f32, y: f32| at + vec2(x, y) * radius;
    let pale = PALE.gamma_multiply(0.8 * f32::from(tint.a()) / 255.0);
    painter.circle_filled(at, 1.35 * radius, pale);
    let cloth = vec![p(-0.6, -0.9), p(0.9, -0.9), p(0.9, 0.0), p(-0.6, 0.0)];
    painter.add(bevy_egui::egui::Shape::closed_line(
        cloth,
        Stroke::new(1.6, tint),
    ));
    painter.line_segment([p(-0.6, -0.9), p(-0.6, 1.0)], Stroke::new(1.8, tint));
}

fn arrow(painter: &Painter, a: Pos2, b: Pos2, stroke: Stroke) {
    if (b - a).length() < 2.0 {
        painter.circle_stroke(a, 5.0, stroke);
    } else {
        painter.arrow(a, b - a, stroke);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy_egui::egui::pos2;

    #[test]
    fn words_never_lie_on_one_another_and_none_is_told_twice_at_a_place() {
        let mut words = Vec::new();
        for (x, word, line) in [
            (10.0, "coming apart", Some(0)),
            (12.0, "order lost", Some(1)),
            (40.0, "coming apart", None),
            (200.0, "coming apart", Some(0)),
            (14.0, "mines", Some(2)),
            (14.0, "fire", None),
        ] {
            let at = pos2(x, 50.0);
            let nth = room(&words, at, word);
            assert_eq!(nth, line, "{word} at {x}");
            if let Some(nth) = nth {
                words.push((at + vec2(0.0, LINE * nth as f32), word));
            }
        }
    }
}
