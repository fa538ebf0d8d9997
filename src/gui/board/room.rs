//! Rectangles, lines and rings on the screen: what lies in the way of a name.

use bevy_egui::egui::{Pos2, Rect};

/// Does a ring run through a rectangle?
pub fn crosses(rect: Rect, (middle, radius): (Pos2, f32)) -> bool {
    let corners = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
    ];
    let farthest = corners
        .iter()
        .map(|c| c.distance(middle))
        .fold(0.0, f32::max);
    rect.distance_to_pos(middle) <= radius + 1.5 && farthest >= radius - 1.5
}

/// Does a straight line touch a rectangle?
pub fn cut(rect: Rect, a: Pos2, b: Pos2) -> bool {
    within(rect, a, b).is_some()
}

/// The part of a straight line within a rectangle, if it touches it (Liang and Barsky).
pub fn within(rect: Rect, a: Pos2, b: Pos2) -> Option<[Pos2; 2]> {
    let d = b - a;
    let (mut first, mut last) = (0.0_f32, 1.0_f32);
    for (step, from, low, high) in [
        (d.x, a.x, rect.min.x, rect.max.x),
        (d.y, a.y, rect.min.y, rect.max.y),
    ] {
        if step.abs() < 1e-6 {
            if from < low || from > high {
                return None;
            }
            continue;
        }
        let (p, q) = ((low - from) / step, (high - from) / step);
        first = first.max(p.min(q));
        last = last.min(p.max(q));
    }
    (first <= last).then(|| [a + d * first, a + d * last])
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy_egui::egui::pos2;

    #[test]
    fn a_line_through_a_counter_and_a_ring_through_a_name_are_seen() {
        let rect = Rect::from_min_max(pos2(10.0, 10.0), pos2(20.0, 14.0));
        assert!(cut(rect, pos2(0.0, 12.0), pos2(30.0, 12.0)));
        assert!(cut(rect, pos2(15.0, 12.0), pos2(15.0, 40.0)));
        assert!(!cut(rect, pos2(0.0, 12.0), pos2(9.0, 12.0)));
        assert!(!cut(rect, pos2(0.0, 20.0), pos2(30.0, 16.0)));
        assert!(!cut(rect, pos2(5.0, 0.0), pos2(5.0, 30.0)));
        assert!(crosses(rect, (pos2(15.0, 30.0), 18.0)));
        assert!(!crosses(rect, (pos2(15.0, 30.0), 10.0)));
        assert!(
            !crosses(rect, (pos2(15.0, 12.0), 40.0)),
            "the name lies within"
        );
    }
}
