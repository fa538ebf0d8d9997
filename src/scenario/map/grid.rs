//! The hex grid: dense indices, neighbours, distances, and where a hex lies.
//!
//! Hexes are numbered row by row from the south-west corner, so that their order is that of
//! (row, column). Pointy-top, odd rows pushed half a hex east.

use super::side::SideId;
use hexx::{HexOrientation, OffsetHexMode};
use serde::{Deserialize, Serialize};

/// Dense number of a hex on its map; its order is (row, column) from the south-west.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hex(pub u16);

impl Hex {
    /// For indexing arrays with one entry a hex.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The six hexsides, counter-clockwise from the east. North is up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Direction {
    East,
    NorthEast,
    NorthWest,
    West,
    SouthWest,
    SouthEast,
}

impl Direction {
    /// All six, in order.
    pub const ALL: [Direction; 6] = [
        Direction::East,
        Direction::NorthEast,
        Direction::NorthWest,
        Direction::West,
        Direction::SouthWest,
        Direction::SouthEast,
    ];

    /// The direction back.
    pub fn opposite(self) -> Direction {
        match self {
            Direction::East => Direction::West,
            Direction::NorthEast => Direction::SouthWest,
            Direction::NorthWest => Direction::SouthEast,
            Direction::West => Direction::East,
            Direction::SouthWest => Direction::NorthEast,
            Direction::SouthEast => Direction::NorthWest,
        }
    }

    /// Its bit in a facing mask.
    pub fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Size, neighbours and geometry of a map's hexes.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    columns: u16,
    rows: u16,
    hex_km: f64,
    neighbours: Vec<[Option<Hex>; 6]>,
    axial: Vec<[i32; 2]>,
}

impl Grid {
    /// A grid of `columns` x `rows` hexes whose centres are `hex_km` apart. At most 65,535 hexes.
    pub fn new(columns: u16, rows: u16, hex_km: f64) -> Self {
        let axial: Vec<[i32; 2]> = (0..rows)
            .flat_map(|row| (0..columns).map(move |column| (column, row)))
            .map(|(column, row)| {
                let hex = hexx::Hex::from_offset_coordinates(
                    [i32::from(column), i32::from(row)],
                    OffsetHexMode::Odd,
                    HexOrientation::Pointy,
                );
                [hex.x, hex.y]
            })
            .collect();
        let mut grid = Self {
            columns,
            rows,
            hex_km,
            neighbours: Vec::new(),
            axial,
        };
        grid.neighbours = grid
            .hexes()
            .map(|hex| {
                let (column, row) = grid.column_row(hex);
                let (c, r) = (i32::from(column), i32::from(row));
                let shift = r & 1;
                [
                    (c + 1, r),
                    (c + shift, r + 1),
                    (c + shift - 1, r + 1),
                    (c - 1, r),
                    (c + shift - 1, r - 1),
                    (c + shift, r - 1),
                ]
                .map(|(c, r)| {
                    let (c, r) = (u16::try_from(c).ok()?, u16::try_from(r).ok()?);
                    grid.hex(c, r)
                })
            })
            .collect();
        grid
    }

    /// Columns.
    pub fn columns(&self) -> u16 {
        self.columns
    }

    /// Rows.
    pub fn rows(&self) -> u16 {
        self.rows
    }

    /// Distance between neighbouring centres, km.
    pub fn hex_km(&self) -> f64 {
        self.hex_km
    }

    /// Number of hexes.
    pub fn len(&self) -> usize {
        usize::from(self.columns) * usize::from(self.rows)
    }

    /// A grid without hexes?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All hexes in order.
    pub fn hexes(&self) -> impl Iterator<Item = Hex> + use<> {
        (0..u32::from(self.columns) * u32::from(self.rows))
            .map(|i| Hex(u16::try_from(i).expect("a grid has at most 65,535 hexes")))
    }

    /// The hex at a column and row, if on the map.
    pub fn hex(&self, column: u16, row: u16) -> Option<Hex> {
        (column < self.columns && row < self.rows).then(|| Hex(row * self.columns + column))
    }

    /// Column and row of a hex.
    pub fn column_row(&self, hex: Hex) -> (u16, u16) {
        (hex.0 % self.columns, hex.0 / self.columns)
    }

    /// The neighbour in a direction.
    pub fn neighbour(&self, hex: Hex, direction: Direction) -> Option<Hex> {
        self.neighbours[hex.index()][direction as usize]
    }

    /// Neighbours with their directions, counter-clockwise from the east.
    pub fn neighbours(&self, hex: Hex) -> impl Iterator<Item = (Direction, Hex)> + '_ {
        // By reference: arrays handed over by value take several times as long to go through.
        Direction::ALL
            .iter()
            .zip(&self.neighbours[hex.index()])
            .filter_map(|(d, n)| n.map(|n| (*d, n)))
    }

    /// The direction from a hex to an adjacent one.
    pub fn direction(&self, from: Hex, to: Hex) -> Option<Direction> {
        self.neighbours(from)
            .find(|(_, n)| *n == to)
            .map(|(d, _)| d)
    }

    /// Distance in hexes.
    pub fn distance(&self, a: Hex, b: Hex) -> u32 {
        let ([ax, ay], [bx, by]) = (self.axial[a.index()], self.axial[b.index()]);
        let (dx, dy) = (ax - bx, ay - by);
        (dx.unsigned_abs())
            .max(dy.unsigned_abs())
            .max((dx + dy).unsigned_abs())
    }

    /// Hexes within a distance, in order.
    pub fn within(&self, centre: Hex, radius: u32) -> Vec<Hex> {
        let (column, row) = self.column_row(centre);
        let reach = u16::try_from(radius).unwrap_or(u16::MAX);
        let rows = row.saturating_sub(reach)..=row.saturating_add(reach).min(self.rows - 1);
        let first = column.saturating_sub(reach);
        let last = column.saturating_add(reach).min(self.columns - 1);
        let mut found = Vec::new();
        for r in rows {
            let row = Hex(r * self.columns);
            let hexes = (first..=last).map(|c| Hex(row.0 + c));
            found.extend(hexes.filter(|h| self.distance(centre, *h) <= radius));
        }
        found
    }

    /// Hexes on the straight line between two hexes, both included.
    pub fn line(&self, a: Hex, b: Hex) -> impl Iterator<Item = Hex> + '_ {
        let axial = |h: Hex| hexx::Hex::from(self.axial[h.index()]);
        axial(a).line_to(axial(b)).filter_map(|h| self.at_axial(h))
    }

    /// The hexes of [`Grid::line`] without its ends: the same ones, found faster, for lines of sight.
    pub fn between(&self, a: Hex, b: Hex) -> impl Iterator<Item = Hex> + '_ {
        let [ax, ay] = self.axial[a.index()].map(|c| c as f32);
        let [bx, by] = self.axial[b.index()].map(|c| c as f32);
        let length = self.distance(a, b);
        (1..length).filter_map(move |step| {
            let t = step as f32 / length as f32;
            let (x, y) = (ax * (1.0 - t) + bx * t, ay * (1.0 - t) + by * t);
            let (mut q, mut r) = (nearest_whole(x), nearest_whole(y));
            let (dx, dy) = (x - q as f32, y - r as f32);
            if dx.abs() >= dy.abs() {
                q += nearest_whole((0.5 * f64::from(dy) + f64::from(dx)) as f32);
            } else {
                r += nearest_whole((0.5 * f64::from(dx) + f64::from(dy)) as f32);
            }
            let column = q + (r - (r & 1)) / 2;
            self.hex(u16::try_from(column).ok()?, u16::try_from(r).ok()?)
        })
    }

    fn at_axial(&self, hex: hexx::Hex) -> Option<Hex> {
        let [c, r] = hex.to_offset_coordinates(OffsetHexMode::Odd, HexOrientation::Pointy);
        self.hex(u16::try_from(c).ok()?, u16::try_from(r).ok()?)
    }

    /// Centre of a hex, km east and north of the map's south-west corner.
    pub fn centre(&self, hex: Hex) -> [f64; 2] {
        let (column, row) = self.column_row(hex);
        let shift = if row % 2 == 1 { 1.0 } else { 0.5 };
        [
            (f64::from(column) + shift) * self.hex_km,
            (f64::from(row) * ROW + 0.5) * self.hex_km,
        ]
    }

    /// The hex a point lies in (km east and north of the map's south-west corner).
    pub fn containing(&self, [x, y]: [f64; 2]) -> Option<Hex> {
        let guess = (y / self.hex_km - 0.5) / ROW;
        let rows = [guess.floor(), guess.floor() + 1.0];
        rows.into_iter()
            .filter(|r| (0.0..f64::from(self.rows)).contains(r))
            .filter_map(|r| {
                let row = r as u16;
                let shift = if row % 2 == 1 { 0.5 } else { 0.0 };
                let column = (x / self.hex_km - shift).floor();
                (0.0..f64::from(self.columns))
                    .contains(&column)
                    .then(|| self.hex(column as u16, row))
                    .flatten()
            })
            .map(|hex| {
                let [cx, cy] = self.centre(hex);
                (hex, (cx - x) * (cx - x) + (cy - y) * (cy - y))
            })
            .filter(|(_, d2)| *d2 <= self.hex_km * self.hex_km * 0.34)
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(hex, _)| hex)
    }

    /// Printed coordinates: column and row, `07812` is column 78, row 12.
    pub fn label(&self, hex: Hex) -> String {
        let (column, row) = self.column_row(hex);
        if self.columns > 100 || self.rows > 100 {
            format!("{column:03}{row:03}")
        } else {
            format!("{column:02}{row:02}")
        }
    }

    /// The canonical number of a hexside; `None` at the map's edge.
    pub fn side_id(&self, hex: Hex, direction: Direction) -> Option<SideId> {
        let other = self.neighbour(hex, direction)?;
        Some(match direction {
            Direction::East | Direction::NorthEast | Direction::NorthWest => {
                SideId(u32::from(hex.0) * 3 + direction as u32)
            }
            _ => SideId(u32::from(other.0) * 3 + direction.opposite() as u32),
        })
    }

    /// The two hexes of a hexside.
    pub fn side_hexes(&self, side: SideId) -> Option<(Hex, Hex)> {
        let hex = Hex(u16::try_from(side.0 / 3).ok()?);
        let direction = Direction::ALL[(side.0 % 3) as usize];
        Some((hex, self.neighbour(hex, direction)?))
    }
}

/// The nearest whole number, halves away from zero.
fn nearest_whole(x: f32) -> i32 {
    let whole = x as i32;
    let rest = x - whole as f32;
    whole + i32::from(rest >= 0.5) - i32::from(rest <= -0.5)
}

/// Distance between rows of hexes, in hex widths: sqrt(3) / 2.
pub const ROW: f64 = 0.866_025_403_784_438_6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_mutual_and_sides_are_one() {
        let grid = Grid::new(7, 5, 1.0);
        for hex in grid.hexes() {
            for (direction, other) in grid.neighbours(hex) {
                assert_eq!(grid.neighbour(other, direction.opposite()), Some(hex));
                assert_eq!(grid.distance(hex, other), 1);
                let side = grid.side_id(hex, direction).unwrap();
                assert_eq!(grid.side_id(other, direction.opposite()), Some(side));
                let (a, b) = grid.side_hexes(side).unwrap();
                assert!((a, b) == (hex, other) || (a, b) == (other, hex));
            }
        }
    }

    #[test]
    fn the_hexes_between_two_are_those_of_the_line_without_its_ends() {
        let grid = Grid::new(110, 80, 1.0);
        for a in grid.hexes().step_by(13) {
            for b in grid.within(a, 12) {
                let line: Vec<Hex> = grid.line(a, b).filter(|h| *h != a && *h != b).collect();
                let between: Vec<Hex> = grid.between(a, b).collect();
                assert_eq!(between, line, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_hex_contains_its_centre() {
        for km in [0.5, 1.0, 2.0] {
            let grid = Grid::new(9, 8, km);
            for hex in grid.hexes() {
                assert_eq!(grid.containing(grid.centre(hex)), Some(hex));
            }
        }
    }

    #[test]
    fn neighbouring_centres_are_one_hex_apart() {
        let grid = Grid::new(5, 5, 0.5);
        for hex in grid.hexes() {
            let [x, y] = grid.centre(hex);
            for (_, other) in grid.neighbours(hex) {
                let [ox, oy] = grid.centre(other);
                let d = ((ox - x) * (ox - x) + (oy - y) * (oy - y)).sqrt();
                assert!((d - 0.5).abs() < 1e-9);
            }
        }
    }
}
