//! The half-finished map that the passes paint on.

use super::{
    MAX_HEXES, MapProblem,
    plane::{self, Point},
};
use crate::scenario::{
    file::WindowFile,
    map::{
        Direction, Feature, Gate, Grid, Ground, Hex, HexMap, HexSide, Place, SideId, Terrain,
        Works,
        file::{FeatureFile, FeatureKind, MapFile, Position},
        geo::Frame,
        grid::ROW,
    },
};

/// The half-finished map.
pub(super) struct Sheet<'a> {
    pub file: &'a MapFile,
    pub frame: Frame,
    pub grid: Grid,
    pub ground: Vec<Ground>,
    pub sides: Vec<HexSide>,
    pub features: Vec<Feature>,
    pub gates: Vec<Gate>,
    pub places: Vec<Place>,
    /// Outline of the city wall; empty if there is none.
    pub enclosure: Vec<Point>,
    /// Hexes in the middle of a river: no island fills them.
    pub channel: Vec<bool>,
    pub problems: Vec<MapProblem>,
}

impl<'a> Sheet<'a> {
    /// A sheet of base terrain. `None` beyond [`MAX_HEXES`] (which inspection reports).
    pub fn new(
        file: &'a MapFile,
        hex_km: f64,
        window: WindowFile,
        problems: Vec<MapProblem>,
    ) -> Option<Self> {
        let frame = Frame::new(file.origin, window);
        let grid = frame.grid(hex_km, f64::from(MAX_HEXES))?;
        let blank = Ground {
            terrain: file.base,
            height_m: 0,
            works: Works::default(),
            inside_wall: false,
            no_fire: false,
            safety_zone: false,
            exit: false,
            railway: false,
            mines: None,
            line: None,
            features: Vec::new(),
        };
        let features = file
            .features
            .iter()
            .map(|f| Feature {
                id: f.id.clone(),
                name: f.name.clone(),
                name_zh: f.name_zh.clone(),
                kind: f.kind.clone(),
                shape: points(f).iter().map(|p| frame.km(*p)).collect(),
                hexes: Vec::new(),
                sides: Vec::new(),
                source: f.source.clone(),
                confidence: f.confidence,
            })
            .collect();
        Some(Self {
            file,
            frame,
            ground: vec![blank; grid.len()],
            sides: vec![HexSide::default(); grid.len() * 3],
            features,
            gates: Vec::new(),
            places: Vec::new(),
            enclosure: Vec::new(),
            channel: vec![false; grid.len()],
            grid,
            problems,
        })
    }

    /// The features with their numbers, in painting order.
    pub fn kinds(&self) -> impl Iterator<Item = (usize, &'a FeatureKind)> + use<'a> {
        self.file.features.iter().map(|f| &f.kind).enumerate()
    }

    /// The shape of a feature in km; taken out so that the sheet can be painted meanwhile.
    pub fn shape(&self, feature: usize) -> Vec<Point> {
        self.features[feature].shape.clone()
    }

    /// Width and height of the grid, km.
    pub fn size(&self) -> Point {
        let km = self.grid.hex_km();
        [
            f64::from(self.grid.columns()) * km,
            (f64::from(self.grid.rows() - 1) * ROW + 1.0) * km,
        ]
    }

    /// Hexes whose centres may lie in a box.
    pub fn hexes_in(&self, low: Point, high: Point) -> impl Iterator<Item = Hex> + use<'_, 'a> {
        let km = self.grid.hex_km();
        let range = |from: f64, to: f64, count: u16| {
            let last = i32::from(count) - 1;
            let from = (from.floor().clamp(-1.0, 1e6) as i32).max(0);
            let to = (to.ceil().clamp(-1.0, 1e6) as i32).min(last);
            from as u16..(to + 1).max(0) as u16
        };
        let rows = range(
            (low[1] / km - 0.5) / ROW,
            (high[1] / km - 0.5) / ROW,
            self.grid.rows(),
        );
        let columns = range(low[0] / km - 1.0, high[0] / km, self.grid.columns());
        rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
            .filter_map(|(column, row)| self.grid.hex(column, row))
    }

    /// Hexes whose centres lie within `radius` of a line, with their distances, km.
    pub fn hexes_near(&self, line: &[Point], radius: f64) -> Vec<(Hex, f64)> {
        let mut found: Vec<(Hex, f64)> = Vec::new();
        let nearest_of_each = |found: &mut Vec<(Hex, f64)>| {
            found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
            found.dedup_by_key(|(hex, _)| *hex);
        };
        for (a, b) in plane::segments(line) {
            let Some((low, high)) = plane::bounding_box(&[a, b], radius) else {
                continue;
            };
            for hex in self.hexes_in(low, high) {
                let (d2, _) = plane::segment_distance(self.grid.centre(hex), a, b);
                if d2 <= radius * radius {
                    found.push((hex, d2.sqrt()));
                }
            }
            // Long lines with a wide reach must not pile up the same hexes.
            if found.len() > 16 * self.grid.len() {
                nearest_of_each(&mut found);
            }
        }
        nearest_of_each(&mut found);
        found
    }

    /// Hexes whose centres lie in an area; the hex of its middle if there is none.
    pub fn hexes_of_area(&self, area: &[Point]) -> Vec<Hex> {
        let Some((low, high)) = plane::bounding_box(area, 0.0) else {
            return Vec::new();
        };
        let found: Vec<Hex> = self
            .hexes_in(low, high)
            .filter(|h| plane::contains(area, self.grid.centre(*h)))
            .collect();
        if found.is_empty() {
            let middle = plane::mean(area).and_then(|m| self.grid.containing(m));
            return middle.into_iter().collect();
        }
        found
    }

    /// The nearest hex to a point on or just beyond the sheet's edge.
    pub fn nearest(&self, p: Point) -> Option<Hex> {
        self.grid.containing(p).or_else(|| {
            let km = self.grid.hex_km();
            self.hexes_in([p[0] - km, p[1] - km], [p[0] + km, p[1] + km])
                .min_by(|a, b| {
                    let d = |h: &Hex| plane::distance2(self.grid.centre(*h), p);
                    d(a).total_cmp(&d(b))
                })
        })
    }

    /// The hex for something that stands on land at a point: of the point's own hex and those
    /// around it, the nearest that is land and on the same side of the wall; failing that, land.
    pub fn settle(&self, p: Point) -> Option<Hex> {
        let home = self.nearest(p)?;
        let inside = plane::contains(&self.enclosure, p);
        let land = |h: &Hex| self.ground[h.index()].terrain != Terrain::Water;
        let right = |h: &Hex| land(h) && self.ground[h.index()].inside_wall == inside;
        if right(&home) {
            return Some(home);
        }
        let mut around = self.grid.within(home, 1);
        around.sort_by(|a, b| {
            let d = |h: &Hex| plane::distance2(self.grid.centre(*h), p);
            d(a).total_cmp(&d(b)).then(a.cmp(b))
        });
        let fits = around.iter().copied().find(right);
        fits.or_else(|| around.iter().copied().find(land))
    }

    /// Paints terrain, except on water.
    pub fn paint(&mut self, hex: Hex, terrain: Terrain) {
        let ground = &mut self.ground[hex.index()];
        if ground.terrain != Terrain::Water {
            ground.terrain = terrain;
        }
    }

    /// Notes that a feature covers hexes; keeps the list sorted.
    pub fn cover(&mut self, feature: usize, mut hexes: Vec<Hex>) {
        hexes.sort();
        hexes.dedup();
        for hex in &hexes {
            self.ground[hex.index()].features.push(feature as u16);
        }
        self.features[feature].hexes = hexes;
    }

    /// The side between two adjacent hexes.
    pub fn side_between(&self, a: Hex, b: Hex) -> Option<SideId> {
        self.grid.side_id(a, self.grid.direction(a, b)?)
    }

    /// Middle of a hexside, km.
    pub fn middle(&self, side: SideId) -> Option<Point> {
        let (a, b) = self.grid.side_hexes(side)?;
        let ([ax, ay], [bx, by]) = (self.grid.centre(a), self.grid.centre(b));
        Some([(ax + bx) / 2.0, (ay + by) / 2.0])
    }

    /// Sides that touch a side at one of its ends: the other two sides of each common neighbour.
    pub fn joined(&self, side: SideId) -> Vec<SideId> {
        let Some((a, b)) = self.grid.side_hexes(side) else {
            return Vec::new();
        };
        self.grid
            .neighbours(a)
            .filter(|(_, c)| self.grid.distance(*c, b) == 1)
            .flat_map(|(_, c)| [self.side_between(a, c), self.side_between(b, c)])
            .flatten()
            .collect()
    }

    /// A point of the file in km.
    pub fn km(&self, at: Position) -> Point {
        self.frame.km(at)
    }

    /// Reports something that leaves the map usable.
    pub fn warn(&mut self, path: String, message: String, help: &str) {
        self.problems.push(MapProblem {
            path,
            message,
            help: help.to_owned(),
            warning: true,
        });
    }

    /// Reports something that makes the map unusable.
    pub fn refuse(&mut self, path: String, message: String, help: &str) {
        self.problems.push(MapProblem {
            path,
            message,
            help: help.to_owned(),
            warning: false,
        });
    }

    /// Sorts and hands over.
    pub fn finish(mut self) -> (Option<HexMap>, Vec<MapProblem>) {
        if self.problems.iter().any(|p| !p.warning) {
            return (None, self.problems);
        }
        for ground in &mut self.ground {
            ground.features.sort_unstable();
            ground.features.dedup();
        }
        let map = HexMap {
            id: self.file.id.clone(),
            name: self.file.name.clone(),
            attribution: self.file.attribution.clone(),
            origin: [self.file.origin.lon, self.file.origin.lat],
            grid: self.grid,
            ground: self.ground,
            sides: self.sides,
            features: self.features,
            gates: self.gates,
            places: self.places,
        };
        (Some(map), self.problems)
    }
}

/// The geometry of a feature, whichever field holds it.
pub(super) fn points(feature: &FeatureFile) -> &[Position] {
    [&feature.line, &feature.area, &feature.at]
        .into_iter()
        .find(|p| !p.is_empty())
        .map_or(&[], |p| p)
}

/// Unit vectors of the six directions.
pub(super) const UNIT: [Point; 6] = [
    [1.0, 0.0],
    [0.5, ROW],
    [-0.5, ROW],
    [-1.0, 0.0],
    [-0.5, -ROW],
    [0.5, -ROW],
];

/// Hexsides that face roughly along a vector (within 78 degrees).
pub(super) fn facing_mask(normal: Point) -> u8 {
    let length = (normal[0] * normal[0] + normal[1] * normal[1]).sqrt();
    if length == 0.0 {
        return 0x3f;
    }
    Direction::ALL
        .into_iter()
        .filter(|d| {
            let [x, y] = UNIT[*d as usize];
            (x * normal[0] + y * normal[1]) / length > 0.2
        })
        .fold(0, |mask, d| mask | d.bit())
}
