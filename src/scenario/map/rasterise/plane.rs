//! Points, lines and areas on the plane, in km. No hexes here.

/// A point, km.
pub(super) type Point = [f64; 2];

/// Squared distance from a point to a segment, and how far along the nearest point lies (0 to 1).
pub(super) fn segment_distance(p: Point, a: Point, b: Point) -> (f64, f64) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length2 = dx * dx + dy * dy;
    let t = if length2 > 0.0 {
        (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (distance2(p, [a[0] + t * dx, a[1] + t * dy]), t)
}

/// Squared distance between two points.
pub(super) fn distance2(a: Point, b: Point) -> f64 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    dx * dx + dy * dy
}

/// The segments of a line; a single point is one segment of no length.
pub(super) fn segments(line: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    let single = (line.len() == 1).then(|| (line[0], line[0]));
    line.windows(2).map(|w| (w[0], w[1])).chain(single)
}

/// Does a closed outline contain a point (even-odd rule)?
pub(super) fn contains(area: &[Point], p: Point) -> bool {
    let mut inside = false;
    let mut previous = match area.last() {
        Some(last) => *last,
        None => return false,
    };
    for &corner in area {
        if (corner[1] > p[1]) != (previous[1] > p[1]) {
            let x = corner[0]
                + (p[1] - corner[1]) * (previous[0] - corner[0]) / (previous[1] - corner[1]);
            if p[0] < x {
                inside = !inside;
            }
        }
        previous = corner;
    }
    inside
}

/// South-west and north-east corners of the box around points, widened by `margin`.
pub(super) fn bounding_box(points: &[Point], margin: f64) -> Option<(Point, Point)> {
    let first = *points.first()?;
    let (low, high) = points.iter().fold((first, first), |(low, high), p| {
        (
            [low[0].min(p[0]), low[1].min(p[1])],
            [high[0].max(p[0]), high[1].max(p[1])],
        )
    });
    Some((
        [low[0] - margin, low[1] - margin],
        [high[0] + margin, high[1] + margin],
    ))
}

/// Mean of points.
pub(super) fn mean(points: &[Point]) -> Option<Point> {
    let n = points.len() as f64;
    (!points.is_empty()).then(|| {
        let sum = points
            .iter()
            .fold([0.0, 0.0], |s, p| [s[0] + p[0], s[1] + p[1]]);
        [sum[0] / n, sum[1] / n]
    })
}

/// The part of a segment inside the rectangle from the origin to `size` (Liang and Barsky 1984).
pub(super) fn clip_segment(a: Point, b: Point, size: Point) -> Option<(Point, Point)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let d = [b[0] - a[0], b[1] - a[1]];
    for axis in 0..2 {
        for (p, q) in [(-d[axis], a[axis]), (d[axis], size[axis] - a[axis])] {
            if p == 0.0 {
                if q < 0.0 {
                    return None;
                }
            } else if p < 0.0 {
                enter = enter.max(q / p);
            } else {
                leave = leave.min(q / p);
            }
        }
    }
    let at = |t: f64| [a[0] + t * d[0], a[1] + t * d[1]];
    (enter <= leave).then(|| (at(enter), at(leave)))
}

/// The parts of a line inside the rectangle from the origin to `size`, each a line of its own.
pub(super) fn clip_line(line: &[Point], size: Point) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for (a, b) in segments(line) {
        let Some((from, to)) = clip_segment(a, b, size) else {
            open = false;
            continue;
        };
        match parts.last_mut().filter(|_| open && from == a) {
            Some(part) => part.push(to),
            None => parts.push(vec![from, to]),
        }
        open = to == b;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Point; 4] = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]];

    #[test]
    fn an_area_contains_its_middle_and_not_what_lies_beside_it() {
        assert!(contains(&SQUARE, [1.0, 1.0]));
        assert!(!contains(&SQUARE, [3.0, 1.0]));
        assert!(!contains(&[], [1.0, 1.0]));
    }

    #[test]
    fn distance_is_to_the_nearest_point_of_the_segment() {
        assert_eq!(
            segment_distance([1.0, 1.0], [0.0, 0.0], [2.0, 0.0]),
            (1.0, 0.5)
        );
        assert_eq!(
            segment_distance([5.0, 0.0], [0.0, 0.0], [2.0, 0.0]),
            (9.0, 1.0)
        );
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_cut_in_two() {
        let line = [[-1.0, 1.0], [1.0, 1.0], [3.0, 1.0], [3.0, 1.5], [1.0, 1.5]];
        let parts = clip_line(&line, [2.0, 2.0]);
        assert_eq!(
            parts,
            vec![
                vec![[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]],
                vec![[2.0, 1.5], [1.0, 1.5]]
            ]
        );
    }
}
