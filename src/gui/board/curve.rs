//! Curves: smooth lines through or along given points, and geometry of hexes in km.
//!
//! Features are given by few points; drawn straight they would look like wire. Smoothing must
//! never move a line by more than a small part of a hex, so that what is drawn is what is played.

use super::ink::{Point, length};
use crate::scenario::{
    Hex,
    map::{Direction, Grid},
};

/// A line through all points (centripetal Catmull-Rom), with a point about every `spacing` km.
pub fn through(points: &[Point], closed: bool, spacing: f64) -> Vec<Point> {
    let mut points: Vec<Point> = points.to_vec();
    points.dedup();
    if closed && points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let n = points.len();
    if n < 3 || spacing.is_nan() || spacing <= 0.0 {
        return points;
    }
    let count = if closed { n } else { n - 1 };
    let at = |i: isize| -> Point {
        if closed {
            points[i.rem_euclid(n as isize) as usize]
        } else if i < 0 {
            mirrored(points[0], points[1])
        } else if i as usize >= n {
            mirrored(points[n - 1], points[n - 2])
        } else {
            points[i as usize]
        }
    };
    let mut line = Vec::new();
    for i in 0..count as isize {
        let [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
        let steps = (length(p1, p2) / spacing).ceil().clamp(1.0, 64.0) as usize;
        for k in 0..steps {
            line.push(catmull_rom(p0, p1, p2, p3, k as f64 / steps as f64));
        }
    }
    if !closed {
        line.push(points[n - 1]);
    }
    line
}

/// Corners cut twice (Chaikin): keeps close to a line whose corners are meant.
pub fn rounded(points: &[Point], closed: bool) -> Vec<Point> {
    let once = |line: &[Point]| -> Vec<Point> {
        let n = line.len();
        if n < 3 {
            return line.to_vec();
        }
        let count = if closed { n } else { n - 1 };
        let mut cut = Vec::with_capacity(2 * n);
        if !closed {
            cut.push(line[0]);
        }
        for i in 0..count {
            let (a, b) = (line[i], line[(i + 1) % n]);
            cut.push(mix(a, b, 0.2));
            cut.push(mix(a, b, 0.8));
        }
        if !closed {
            cut.push(line[n - 1]);
        }
        cut
    };
    once(&once(points))
}

/// A point between two.
pub fn mix(a: Point, b: Point, t: f64) -> Point {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

fn mirrored(end: Point, inner: Point) -> Point {
    [2.0 * end[0] - inner[0], 2.0 * end[1] - inner[1]]
}

/// Barry and Goldman's form, with knots a root of the distance apart.
fn catmull_rom(p0: Point, p1: Point, p2: Point, p3: Point, s: f64) -> Point {
    let knot = |a: Point, b: Point| length(a, b).sqrt().max(1e-6);
    let t1 = knot(p0, p1);
    let t2 = t1 + knot(p1, p2);
    let t3 = t2 + knot(p2, p3);
    let t = t1 + (t2 - t1) * s;
    let lerp = |a: Point, b: Point, ta: f64, tb: f64| mix(a, b, (t - ta) / (tb - ta));
    let a1 = lerp(p0, p1, 0.0, t1);
    let a2 = lerp(p1, p2, t1, t2);
    let a3 = lerp(p2, p3, t2, t3);
    let b1 = lerp(a1, a2, 0.0, t2);
    let b2 = lerp(a2, a3, t1, t3);
    lerp(b1, b2, t1, t2)
}

/// The point of a line nearest to another, and its distance.
pub fn nearest(line: &[Point], p: Point) -> Option<(Point, f64)> {
    line.windows(2)
        .map(|w| {
            let (a, b) = (w[0], w[1]);
            let d = [b[0] - a[0], b[1] - a[1]];
            let l2 = d[0] * d[0] + d[1] * d[1];
            let t = if l2 > 0.0 {
                (((p[0] - a[0]) * d[0] + (p[1] - a[1]) * d[1]) / l2).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let q = mix(a, b, t);
            (q, length(p, q))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

/// The six corners of a hex, counter-clockwise; side `d` runs from corner `d` to corner `d + 1`.
/// `share` 1 is the whole hex, less shrinks it about its centre.
pub fn corners(grid: &Grid, hex: Hex, share: f64) -> [Point; 6] {
    const HALF: f64 = 0.5;
    const RISE: f64 = 0.288_675_134_594_812_9;
    const TOP: f64 = 0.577_350_269_189_625_8;
    let [x, y] = grid.centre(hex);
    let km = grid.hex_km() * share;
    [
        [HALF, -RISE],
        [HALF, RISE],
        [0.0, TOP],
        [-HALF, RISE],
        [-HALF, -RISE],
        [0.0, -TOP],
    ]
    .map(|[dx, dy]| [x + dx * km, y + dy * km])
}

/// The two ends of a hexside.
pub fn side(grid: &Grid, hex: Hex, direction: Direction, share: f64) -> (Point, Point) {
    let corners = corners(grid, hex, share);
    let d = direction as usize;
    (corners[d], corners[(d + 1) % 6])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_line_goes_through_its_points() {
        let points = [[0.0, 0.0], [1.0, 0.2], [1.4, 1.0], [3.0, 1.0]];
        for closed in [false, true] {
            let line = through(&points, closed, 0.1);
            assert!(line.len() > 20);
            for p in points {
                assert!(line.iter().any(|q| length(p, *q) < 1e-9));
            }
            let longest = line.windows(2).map(|w| length(w[0], w[1]));
            assert!(longest.fold(0.0, f64::max) < 0.2);
        }
    }

    #[test]
    fn a_hexside_lies_half_way_to_the_neighbour() {
        let grid = Grid::new(5, 5, 1.0);
        let hex = grid.hex(2, 2).unwrap();
        for (direction, other) in grid.neighbours(hex) {
            let (a, b) = side(&grid, hex, direction, 1.0);
            let middle = mix(a, b, 0.5);
            let expected = mix(grid.centre(hex), grid.centre(other), 0.5);
            assert!(length(middle, expected) < 1e-9);
            assert!((length(a, b) - 0.577_350_27).abs() < 1e-6);
        }
    }

    #[test]
    fn the_nearest_point_lies_on_the_line() {
        let (p, d) = nearest(&[[0.0, 0.0], [2.0, 0.0]], [1.0, 1.0]).unwrap();
        assert_eq!((p, d), ([1.0, 0.0], 1.0));
        assert_eq!(nearest(&[[0.0, 0.0]], [1.0, 1.0]), None);
    }
}
