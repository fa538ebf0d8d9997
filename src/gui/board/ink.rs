//! Ink: triangles with colours, in map km, gathered before they become a mesh. Strokes, fills, dashes.
//!
//! Strokes overlap themselves at joints, so they are meant for opaque colours. Knows neither map
//! nor window, and must never yield a point that is not finite.

/// A point, km east and north of the map's south-west corner.
pub type Point = [f64; 2];

/// An opaque or translucent colour, sRGB with straight alpha.
pub type Tint = [u8; 4];

/// Triangles with a colour at each corner.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ink {
    /// Corners, km.
    pub points: Vec<[f32; 2]>,
    /// Colour of each corner.
    pub colours: Vec<Tint>,
    /// Three to a triangle (two to a segment in ink for hairlines).
    pub indices: Vec<u32>,
}

impl Ink {
    /// Adds a corner; points that are not finite are drawn at the map's corner.
    pub fn point(&mut self, [x, y]: Point, tint: Tint) -> u32 {
        let p = [x as f32, y as f32];
        let index = self.points.len() as u32;
        self.points.push(if p[0].is_finite() && p[1].is_finite() {
            p
        } else {
            [0.0; 2]
        });
        self.colours.push(tint);
        index
    }

    /// A hairline segment, for ink that is drawn as lines and not as triangles.
    pub fn hairline(&mut self, a: Point, b: Point, tint: Tint) {
        let (a, b) = (self.point(a, tint), self.point(b, tint));
        self.indices.extend([a, b]);
    }

    /// A convex polygon.
    pub fn convex(&mut self, corners: &[Point], tint: Tint) {
        let first = self.points.len() as u32;
        for corner in corners {
            self.point(*corner, tint);
        }
        for i in 1..(corners.len().saturating_sub(1)) as u32 {
            self.indices.extend([first, first + i, first + i + 1]);
        }
    }

    /// A disc.
    pub fn disc(&mut self, [x, y]: Point, radius: f64, tint: Tint) {
        const DIRECTIONS: [Point; 12] = [
            [1.0, 0.0],
            [0.866, 0.5],
            [0.5, 0.866],
            [0.0, 1.0],
            [-0.5, 0.866],
            [-0.866, 0.5],
            [-1.0, 0.0],
            [-0.866, -0.5],
            [-0.5, -0.866],
            [0.0, -1.0],
            [0.5, -0.866],
            [0.866, -0.5],
        ];
        self.convex(
            &DIRECTIONS.map(|[dx, dy]| [x + dx * radius, y + dy * radius]),
            tint,
        );
    }

    /// Any simple polygon, by cutting off ears. A polygon that crosses itself is filled roughly.
    pub fn fill(&mut self, outline: &[Point], tint: Tint) {
        let mut ring: Vec<usize> = (0..outline.len()).collect();
        if area(outline) < 0.0 {
            ring.reverse();
        }
        let first = self.points.len() as u32;
        for p in outline {
            self.point(*p, tint);
        }
        while ring.len() >= 3 {
            let n = ring.len();
            let ear = (0..n)
                .find(|&i| is_ear(outline, &ring, i))
                // Only a polygon that crosses itself has no ear left: cut anywhere.
                .unwrap_or(0);
            let (a, b, c) = (ring[(ear + n - 1) % n], ring[ear], ring[(ear + 1) % n]);
            self.indices
                .extend([a, b, c].map(|i| first + u32::try_from(i).unwrap_or(0)));
            ring.remove(ear);
        }
    }

    /// A line of a width, with round joints where it turns sharply; `closed` joins its ends.
    pub fn stroke(&mut self, line: &[Point], width: f64, closed: bool, tint: Tint) {
        let mut line: Vec<Point> = line.to_vec();
        line.dedup();
        if closed && line.len() > 1 && line.first() == line.last() {
            line.pop();
        }
        let n = line.len();
        let half = width / 2.0;
        if n < 2 || !half.is_finite() {
            return;
        }
        let count = if closed { n } else { n - 1 };
        let direction = |i: usize| unit(line[i % n], line[(i + 1) % n]);
        // Left and right corner at the end of the segment before, if the joint is shared.
        let mut shared: Option<(u32, u32)> = None;
        for i in 0..count {
            let (a, b) = (line[i], line[(i + 1) % n]);
            let d = direction(i);
            let (left, right) = shared
                .take()
                .unwrap_or_else(|| self.across(a, d, half, tint));
            let next = (closed || i + 1 < count).then(|| direction(i + 1));
            let (end_left, end_right) = match next {
                Some(e) if d[0] * e[0] + d[1] * e[1] > 0.7 && i + 1 < count => {
                    let sum = [d[0] + e[0], d[1] + e[1]];
                    let length = (sum[0] * sum[0] + sum[1] * sum[1]).sqrt();
                    let m = [sum[0] / length, sum[1] / length];
                    // A mitre is longer than half the width by one over the cosine of half the turn.
                    let cos = m[0] * d[0] + m[1] * d[1];
                    let ends = self.across(b, m, half / cos, tint);
                    shared = Some(ends);
                    ends
                }
                Some(_) => {
                    self.disc(b, half, tint);
                    self.across(b, d, half, tint)
                }
                None => self.across(b, d, half, tint),
            };
            self.indices
                .extend([left, right, end_right, left, end_right, end_left]);
        }
    }

    /// Dashes along a line.
    pub fn dashes(&mut self, line: &[Point], width: f64, dash: f64, gap: f64, tint: Tint) {
        for part in dashes(line, dash, gap) {
            self.stroke(&part, width, false, tint);
        }
    }

    fn across(&mut self, p: Point, d: Point, half: f64, tint: Tint) -> (u32, u32) {
        (
            self.point([p[0] - d[1] * half, p[1] + d[0] * half], tint),
            self.point([p[0] + d[1] * half, p[1] - d[0] * half], tint),
        )
    }
}

/// Cuts a line into dashes of a length with gaps between.
pub fn dashes(line: &[Point], dash: f64, gap: f64) -> Vec<Vec<Point>> {
    let mut parts = Vec::new();
    if dash.is_nan() || gap.is_nan() || dash <= 0.0 || gap < 0.0 {
        return parts;
    }
    let mut drawing = true;
    let mut left = dash;
    let mut part: Vec<Point> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let (mut a, b) = (pair[0], pair[1]);
        let mut rest = length(a, b);
        while rest > left {
            let t = left / rest;
            a = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
            rest -= left;
            if drawing {
                part.push(a);
                parts.push(std::mem::take(&mut part));
            } else {
                part = vec![a];
            }
            drawing = !drawing;
            left = if drawing { dash } else { gap.max(1e-9) };
        }
        left -= rest;
        if drawing {
            part.push(b);
        }
    }
    if drawing && part.len() > 1 {
        parts.push(part);
    }
    parts
}

/// Distance between two points.
pub fn length(a: Point, b: Point) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    (dx * dx + dy * dy).sqrt()
}

/// Direction from a point to another, of length 1; east for equal points.
pub fn unit(a: Point, b: Point) -> Point {
    let length = length(a, b);
    if length > 0.0 {
        [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
    } else {
        [1.0, 0.0]
    }
}

/// Signed area: positive if the corners run counter-clockwise.
fn area(outline: &[Point]) -> f64 {
    let Some(&last) = outline.last() else {
        return 0.0;
    };
    let mut previous = last;
    let mut sum = 0.0;
    for &p in outline {
        sum += previous[0] * p[1] - p[0] * previous[1];
        previous = p;
    }
    sum / 2.0
}

fn cross(a: Point, b: Point, c: Point) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn is_ear(outline: &[Point], ring: &[usize], i: usize) -> bool {
    let n = ring.len();
    let [a, b, c] = [ring[(i + n - 1) % n], ring[i], ring[(i + 1) % n]].map(|k| outline[k]);
    if cross(a, b, c) < 0.0 {
        return false;
    }
    ring.iter().map(|&k| outline[k]).all(|p| {
        p == a
            || p == b
            || p == c
            || cross(a, b, p) < 0.0
            || cross(b, c, p) < 0.0
            || cross(c, a, p) < 0.0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Tint = [0, 0, 0, 255];

    fn covered(ink: &Ink) -> f64 {
        ink.indices
            .chunks_exact(3)
            .map(|t| {
                let [a, b, c] = [t[0], t[1], t[2]]
                    .map(|i| ink.points[i as usize])
                    .map(|[x, y]| [f64::from(x), f64::from(y)]);
                cross(a, b, c).abs() / 2.0
            })
            .sum()
    }

    #[test]
    fn a_hollow_polygon_is_filled_exactly_whichever_way_it_runs() {
        let mut outline = vec![
            [0.0, 0.0],
            [4.0, 0.0],
            [4.0, 4.0],
            [3.0, 4.0],
            [3.0, 1.0],
            [1.0, 1.0],
            [1.0, 4.0],
            [0.0, 4.0],
        ];
        for _ in 0..2 {
            let mut ink = Ink::default();
            ink.fill(&outline, BLACK);
            assert!((covered(&ink) - 10.0).abs() < 1e-6);
            assert_eq!(ink.indices.len(), (outline.len() - 2) * 3);
            outline.reverse();
        }
    }

    #[test]
    fn a_straight_stroke_covers_length_times_width() {
        let mut ink = Ink::default();
        ink.stroke(&[[0.0, 0.0], [1.0, 0.0], [3.0, 0.0]], 0.5, false, BLACK);
        assert!((covered(&ink) - 1.5).abs() < 1e-6);
    }

    #[test]
    fn nonsense_yields_finite_ink_or_none() {
        let mut ink = Ink::default();
        ink.stroke(&[], 1.0, false, BLACK);
        ink.stroke(&[[1.0, 1.0], [1.0, 1.0]], 1.0, true, BLACK);
        ink.fill(&[[0.0, 0.0], [1.0, 1.0]], BLACK);
        assert!(ink.indices.is_empty());
        ink.stroke(
            &[[0.0, 0.0], [f64::NAN, 1.0], [2.0, 2.0]],
            1.0,
            false,
            BLACK,
        );
        ink.fill(&[[0.0, 0.0], [2.0, 2.0], [2.0, 0.0], [0.0, 2.0]], BLACK);
        assert!(ink.points.iter().flatten().all(|v| v.is_finite()));
    }

    #[test]
    fn dashes_keep_their_length_round_corners() {
        let parts = dashes(&[[0.0, 0.0], [1.5, 0.0], [1.5, 1.5]], 1.0, 0.5);
        let lengths: Vec<f64> = parts
            .iter()
            .map(|p| p.windows(2).map(|w| length(w[0], w[1])).sum())
            .collect();
        assert_eq!(parts.len(), 2);
        assert!(
            lengths.iter().all(|l| (l - 1.0).abs() < 1e-9),
            "{lengths:?}"
        );
        assert!(dashes(&[[0.0, 0.0], [1.0, 0.0]], 0.0, 0.0).is_empty());
    }
}
