//! The ground: colours of the terrain that blend into one another, with hills lit from the north-west.
//!
//! A lattice finer than the hexes carries colour and height. Heights come from the same hills,
//! peaks and ridges, by the same profile, as the rasteriser gives the hexes; the spurs between are
//! drawn for the eye, as on a hand-drawn map, and mean nothing in the battle.

use super::{
    camera::extent,
    ink::{Ink, Point, Tint},
    tints,
};
use crate::scenario::map::{Grid, HexMap, file::FeatureKind, grid::ROW};

/// Most lattice points.
const LIMIT: f64 = 160_000.0;

/// Heights on a square lattice over the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// Points in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// Distance between points, km.
    pub step: f64,
    /// Metres, row by row from the south-west.
    pub metres: Vec<f32>,
}

impl Relief {
    /// The heights of a map.
    pub fn of(map: &HexMap) -> Self {
        let [width, height] = extent(map);
        let step = (map.grid.hex_km() * 0.22).max((width * height / LIMIT).sqrt());
        let columns = (width / step).ceil() as usize + 1;
        let rows = (height / step).ceil() as usize + 1;
        let mut relief = Self {
            columns,
            rows,
            step,
            metres: vec![0.0; columns * rows],
        };
        for feature in &map.features {
            if let FeatureKind::Hill {
                height_m,
                radius_km,
                ..
            }
            | FeatureKind::Peak {
                height_m,
                radius_km,
                ..
            } = &feature.kind
            {
                relief.raise(&feature.shape, *height_m, radius_km.max(0.6 * step));
            }
        }
        relief
    }

    /// Raises a hill or ridge: full height at the crest, nothing at the foot.
    fn raise(&mut self, shape: &[Point], height_m: f64, radius_km: f64) {
        let Some(&first) = shape.first() else { return };
        let (low, high) = shape.iter().fold((first, first), |(l, h), p| {
            (
                [l[0].min(p[0]), l[1].min(p[1])],
                [h[0].max(p[0]), h[1].max(p[1])],
            )
        });
        // Spurs reach a little beyond the foot.
        let reach = radius_km * 1.35;
        let index = |v: f64, most: usize| (v / self.step).clamp(0.0, most as f64 - 1.0) as usize;
        let columns = index(low[0] - reach, self.columns)..=index(high[0] + reach, self.columns);
        let rows = index(low[1] - reach, self.rows)..=index(high[1] + reach, self.rows);
        for row in rows {
            for column in columns.clone() {
                let p = [column as f64 * self.step, row as f64 * self.step];
                let d = distance(shape, p);
                if d >= reach {
                    continue;
                }
                // Noise grows from the crest outwards, so that summits keep place and height.
                let out = (d / radius_km).min(1.0);
                let spurs = ridges(p, 0.9 / radius_km.max(0.5)) - 0.5;
                let share = (d / radius_km * (1.0 - 0.55 * spurs * out)).min(1.0);
                let rest = 1.0 - share * share;
                let fine = 1.0 - 0.16 * out * ridges(p, 2.1);
                let metres = (height_m * rest * rest * fine) as f32;
                let here = &mut self.metres[row * self.columns + column];
                *here = here.max(metres);
            }
        }
    }

    /// Height at a lattice point; the nearest one at the edge.
    pub fn at(&self, column: usize, row: usize) -> f64 {
        let (c, r) = (column.min(self.columns - 1), row.min(self.rows - 1));
        self.metres
            .get(r * self.columns + c)
            .map_or(0.0, |m| f64::from(*m))
    }

    /// Light on a lattice point: 0 on the plain, positive on slopes towards the light.
    fn light(&self, column: usize, row: usize) -> f64 {
        let run = 2.0 * self.step * 1000.0;
        let east = (self.at(column + 1, row) - self.at(column.saturating_sub(1), row)) / run;
        let north = (self.at(column, row + 1) - self.at(column, row.saturating_sub(1))) / run;
        // Low hills are drawn steeper than they are, as draughtsmen do.
        let (nx, ny) = (-east * 3.2, -north * 3.2);
        let length = (nx * nx + ny * ny + 1.0).sqrt();
        let (lx, ly, lz) = (-0.5, 0.5, std::f64::consts::FRAC_1_SQRT_2);
        (nx * lx + ny * ly + lz) / length - lz
    }
}

/// The mesh of the ground.
pub fn draw(map: &HexMap, relief: &Relief) -> Ink {
    let mut ink = Ink::default();
    let most = extent(map);
    for row in 0..relief.rows {
        for column in 0..relief.columns {
            let p = [
                (column as f64 * relief.step).min(most[0]),
                (row as f64 * relief.step).min(most[1]),
            ];
            let base = blended(map, p);
            let tint = lit(base, relief.light(column, row), relief.at(column, row));
            ink.point(p, tint);
        }
    }
    let columns = relief.columns as u32;
    for row in 0..relief.rows as u32 - 1 {
        for column in 0..columns - 1 {
            let a = row * columns + column;
            let (b, c, d) = (a + 1, a + columns, a + columns + 1);
            ink.indices.extend([a, b, d, a, d, c]);
        }
    }
    ink
}

/// Contour lines every 50 m, as hairlines (marching squares).
pub fn contours(relief: &Relief) -> Ink {
    let mut ink = Ink::default();
    for row in 0..relief.rows.saturating_sub(1) {
        for column in 0..relief.columns.saturating_sub(1) {
            let h = [
                relief.at(column, row),
                relief.at(column + 1, row),
                relief.at(column + 1, row + 1),
                relief.at(column, row + 1),
            ];
            let low = h.iter().copied().fold(f64::INFINITY, f64::min);
            let high = h.iter().copied().fold(0.0, f64::max);
            let mut level = ((low / 50.0).floor() + 1.0) * 50.0;
            while level <= high {
                contour(&mut ink, relief.step, [column, row], h, level);
                level += 50.0;
            }
        }
    }
    ink
}

fn contour(ink: &mut Ink, step: f64, at: [usize; 2], h: [f64; 4], level: f64) {
    const CORNER: [Point; 4] = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
    let mut cuts: Vec<Point> = Vec::new();
    for i in 0..4 {
        let j = (i + 1) % 4;
        if (h[i] < level) != (h[j] < level) {
            let t = (level - h[i]) / (h[j] - h[i]);
            let along = |axis: usize| {
                (at[axis] as f64 + CORNER[i][axis] + (CORNER[j][axis] - CORNER[i][axis]) * t) * step
            };
            cuts.push([along(0), along(1)]);
        }
    }
    let tint = if level % 100.0 < 1.0 {
        tints::CONTOUR_INDEX
    } else {
        tints::CONTOUR
    };
    for pair in cuts.chunks_exact(2) {
        ink.hairline(pair[0], pair[1], tint);
    }
}

/// Terrain colours of the hexes around a point, mixed by nearness.
fn blended(map: &HexMap, p: Point) -> [f64; 3] {
    let km = map.grid.hex_km();
    let reach = 0.78 * km;
    let mut sum = [0.0; 4];
    let mut nearest = (f64::INFINITY, [0.0; 3]);
    for hex in around(&map.grid, p) {
        let [x, y] = map.grid.centre(hex);
        let d = ((x - p[0]) * (x - p[0]) + (y - p[1]) * (y - p[1])).sqrt();
        let [r, g, b, _] = tints::ground(map.at(hex).terrain).map(f64::from);
        if d < nearest.0 {
            nearest = (d, [r, g, b]);
        }
        if d < reach {
            let w = (1.0 - d / reach) * (1.0 - d / reach);
            for (s, v) in sum.iter_mut().zip([r, g, b, 1.0]) {
                *s += w * v;
            }
        }
    }
    if sum[3] > 1e-6 {
        [sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]]
    } else {
        nearest.1
    }
}

/// The hexes whose centres lie nearest to a point, and some more.
fn around(grid: &Grid, [x, y]: Point) -> impl Iterator<Item = crate::scenario::Hex> + '_ {
    let km = grid.hex_km();
    let row = ((y / km - 0.5) / ROW).round();
    let rows = [row - 1.0, row, row + 1.0];
    rows.into_iter().flat_map(move |r| {
        let odd = if r.rem_euclid(2.0) == 1.0 { 1.0 } else { 0.5 };
        let column = (x / km - odd).round();
        [column - 1.0, column, column + 1.0]
            .into_iter()
            .filter_map(move |c| {
                let most = [
                    f64::from(grid.columns()) - 1.0,
                    f64::from(grid.rows()) - 1.0,
                ];
                grid.hex(c.clamp(0.0, most[0]) as u16, r.clamp(0.0, most[1]) as u16)
            })
    })
}

fn lit([r, g, b]: [f64; 3], light: f64, metres: f64) -> Tint {
    // Heights grow a little browner, slopes lighter and warmer or darker and cooler.
    let high = (metres / 450.0).clamp(0.0, 1.0) * 0.35;
    let brown = [196.0, 178.0, 140.0];
    let mixed = [r, g, b]
        .into_iter()
        .zip(brown)
        .map(|(v, w)| v + (w - v) * high);
    let (to, share) = if light > 0.0 {
        ([255.0, 251.0, 234.0], (light * 1.25).min(0.42))
    } else {
        ([104.0, 96.0, 92.0], (-light * 0.95).min(0.40))
    };
    let mut tint = [255; 4];
    for ((out, v), w) in tint.iter_mut().zip(mixed).zip(to) {
        *out = (v + (w - v) * share).clamp(0.0, 255.0) as u8;
    }
    tint
}

fn distance(shape: &[Point], p: Point) -> f64 {
    match shape {
        [only] => super::ink::length(*only, p),
        _ => super::curve::nearest(shape, p).map_or(f64::INFINITY, |(_, d)| d),
    }
}

/// Two octaves of ridged value noise, 0 to 1.
fn ridges([x, y]: Point, frequency: f64) -> f64 {
    let fold = |v: f64| 1.0 - (2.0 * v - 1.0).abs();
    let (x, y) = (x * frequency, y * frequency);
    0.65 * fold(noise(x, y)) + 0.35 * fold(noise(x * 2.3 + 17.0, y * 2.3 + 5.0))
}

fn noise(x: f64, y: f64) -> f64 {
    let (ix, iy) = (x.floor(), y.floor());
    let ease = |t: f64| t * t * (3.0 - 2.0 * t);
    let (tx, ty) = (ease(x - ix), ease(y - iy));
    let at = |dx: i64, dy: i64| scatter(ix as i64 + dx, iy as i64 + dy, 7);
    let south = at(0, 0) + (at(1, 0) - at(0, 0)) * tx;
    let north = at(0, 1) + (at(1, 1) - at(0, 1)) * tx;
    south + (north - south) * ty
}

/// A number from 0 to 1 that looks random and is always the same for the same place.
pub fn scatter(x: i64, y: i64, salt: u64) -> f64 {
    let mut h = (x as u64)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        .wrapping_add((y as u64).wrapping_mul(0xc2b2_ae3d_27d4_eb4f))
        .wrapping_add(salt.wrapping_mul(0x1656_67b1_9e37_79f9));
    h ^= h >> 33;
    h = h.wrapping_mul(0xff51_afd7_ed55_8ccd);
    h ^= h >> 33;
    h = h.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    h ^= h >> 33;
    (h >> 11) as f64 / (1_u64 << 53) as f64
}
