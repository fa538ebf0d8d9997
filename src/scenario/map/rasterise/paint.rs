//! The ground: terrain, heights, rivers, lakes, islands.
//!
//! Water is kept by whatever is painted later, save islands and corrections: a town on the bank
//! does not dam the river.

use super::{
    plane::{self, Point},
    sheet::Sheet,
};
use crate::scenario::map::{Hex, Terrain, file::FeatureKind};

/// A river narrower than this many hexes runs along hexsides.
pub(super) const NARROW: f64 = 0.4;
/// A water hex's centre lies within this many hexes of the middle of a river, however narrow.
const CHANNEL: f64 = 0.45;
/// Height from which ground counts as a hill, metres.
const HILL_FROM: f64 = 60.0;

impl Sheet<'_> {
    /// Paints all that makes ground.
    pub fn paint_ground(&mut self) {
        for (i, kind) in self.kinds() {
            let shape = self.shape(i);
            let hexes = match kind {
                FeatureKind::River { width_km } => self.paint_river(&shape, *width_km),
                FeatureKind::Lake => self.paint_lake(&shape),
                FeatureKind::Island { terrain } => self.paint_island(&shape, *terrain),
                FeatureKind::Hill {
                    height_m,
                    radius_km,
                    terrain,
                } => self.raise(
                    &shape,
                    !self.file.features[i].line.is_empty(),
                    *height_m,
                    *radius_km,
                    *terrain,
                ),
                FeatureKind::Peak {
                    height_m,
                    radius_km,
                    terrain,
                } => self.raise(&shape, false, *height_m, *radius_km, *terrain),
                FeatureKind::Town { radius_km } if self.file.features[i].area.is_empty() => {
                    self.paint_around(&shape, *radius_km, Terrain::Town)
                }
                FeatureKind::Airfield { radius_km } => {
                    self.paint_around(&shape, *radius_km, Terrain::Open)
                }
                FeatureKind::Town { .. } => self.paint_area(&shape, Terrain::Town),
                FeatureKind::City => self.paint_area(&shape, Terrain::City),
                FeatureKind::Open => self.paint_area(&shape, Terrain::Open),
                FeatureKind::Farmland => self.paint_area(&shape, Terrain::Farmland),
                FeatureKind::Paddy => self.paint_area(&shape, Terrain::Paddy),
                FeatureKind::Wetland => self.paint_area(&shape, Terrain::Wetland),
                FeatureKind::Landmark | FeatureKind::Anchorage => shape
                    .iter()
                    .filter_map(|p| self.grid.containing(*p))
                    .collect(),
                _ => continue,
            };
            self.cover(i, hexes);
        }
    }

    /// Single-hex corrections of terrain and height.
    pub fn override_ground(&mut self) {
        for correction in &self.file.overrides {
            let Some(hex) = self.grid.containing(self.km(correction.at)) else {
                continue;
            };
            let ground = &mut self.ground[hex.index()];
            if let Some(terrain) = correction.terrain {
                ground.terrain = terrain;
            }
            if let Some(height) = correction.height_m {
                ground.height_m = metres(height);
            }
        }
    }

    fn paint_river(&mut self, line: &[Point], width_km: f64) -> Vec<Hex> {
        let km = self.grid.hex_km();
        if width_km < NARROW * km {
            return Vec::new();
        }
        let middle: Vec<Hex> = self.chains(line).into_iter().flatten().collect();
        for hex in &middle {
            self.channel[hex.index()] = true;
        }
        let reach = (width_km / 2.0).max(CHANNEL * km);
        let near = self.hexes_near(line, reach);
        let mut hexes: Vec<Hex> = near.into_iter().map(|(h, _)| h).chain(middle).collect();
        hexes.retain(|h| !self.ground[h.index()].inside_wall);
        self.flood(&hexes);
        hexes
    }

    fn paint_lake(&mut self, area: &[Point]) -> Vec<Hex> {
        let km = self.grid.hex_km();
        let Some((low, high)) = plane::bounding_box(area, km) else {
            return Vec::new();
        };
        let mut hexes = Vec::new();
        let candidates: Vec<Hex> = self
            .hexes_in(low, high)
            .filter(|h| !self.ground[h.index()].inside_wall)
            .collect();
        for hex in candidates {
            let share = self.share_within(area, hex);
            if share >= 0.5 {
                self.flood(&[hex]);
            } else if share >= 0.2 {
                self.paint(hex, Terrain::Wetland);
            } else {
                continue;
            }
            hexes.push(hex);
        }
        hexes
    }

    /// Share of a hex that an area covers, from 19 evenly spread points.
    fn share_within(&self, area: &[Point], hex: Hex) -> f64 {
        let [x, y] = self.grid.centre(hex);
        let step = self.grid.hex_km() * 0.2;
        let rings = [(0.0, 1), (1.0, 6), (1.9, 12)];
        let points = rings.into_iter().flat_map(|(ring, count)| {
            (0..count).map(move |i| {
                let angle = f64::from(i) / f64::from(count) * core::f64::consts::TAU;
                [
                    x + ring * step * libm::cos(angle),
                    y + ring * step * libm::sin(angle),
                ]
            })
        });
        points.filter(|p| plane::contains(area, *p)).count() as f64 / 19.0
    }

    fn paint_island(&mut self, area: &[Point], terrain: Terrain) -> Vec<Hex> {
        let mut hexes = self.hexes_of_area(area);
        hexes.retain(|h| !self.channel[h.index()]);
        for hex in &hexes {
            self.ground[hex.index()].terrain = terrain;
        }
        hexes
    }

    /// Paints an area on that side of the wall on which its middle lies: streets stay inside and
    /// suburbs outside, however the wall runs along the hexes.
    fn paint_area(&mut self, area: &[Point], terrain: Terrain) -> Vec<Hex> {
        let inside = plane::mean(area).is_some_and(|m| plane::contains(&self.enclosure, m));
        let mut hexes = self.hexes_of_area(area);
        hexes.retain(|h| self.ground[h.index()].inside_wall == inside);
        for hex in &hexes {
            self.paint(*hex, terrain);
        }
        hexes
    }

    fn paint_around(&mut self, points: &[Point], radius_km: f64, terrain: Terrain) -> Vec<Hex> {
        let mut hexes = Vec::new();
        for p in points {
            if self.grid.containing(*p).is_none() {
                continue;
            }
            hexes.extend(self.settle(*p));
            hexes.extend(self.hexes_near(&[*p], radius_km).into_iter().map(|n| n.0));
        }
        for hex in &hexes {
            self.paint(*hex, terrain);
        }
        hexes
    }

    /// Raises smooth ground: full height at the crest, nothing at the foot, and never lower than
    /// what stood there. The crest's own hexes have its full height, so that no hill is lost
    /// between two centres.
    fn raise(
        &mut self,
        shape: &[Point],
        ridge: bool,
        height_m: f64,
        radius_km: f64,
        terrain: Terrain,
    ) -> Vec<Hex> {
        let mut found: Vec<(Hex, f64)> = Vec::new();
        if ridge {
            found.extend(self.chains(shape).into_iter().flatten().map(|h| (h, 0.0)));
            found.extend(self.hexes_near(shape, radius_km));
        } else {
            for p in shape {
                found.extend(self.grid.containing(*p).map(|h| (h, 0.0)));
                found.extend(self.hexes_near(&[*p], radius_km));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        found.dedup_by_key(|(hex, _)| *hex);
        found.retain(|(hex, _)| self.ground[hex.index()].terrain != Terrain::Water);
        for (hex, distance) in &found {
            let rest = if radius_km > 0.0 {
                let share = (distance / radius_km).min(1.0);
                1.0 - share * share
            } else {
                1.0
            };
            let height = height_m * rest * rest;
            let ground = &mut self.ground[hex.index()];
            ground.height_m = ground.height_m.max(metres(height));
            // A hill lower than the threshold is still one on its own crest.
            if height >= HILL_FROM.min(height_m) {
                ground.terrain = terrain;
            }
        }
        found.into_iter().map(|(hex, _)| hex).collect()
    }

    fn flood(&mut self, hexes: &[Hex]) {
        for hex in hexes {
            let ground = &mut self.ground[hex.index()];
            ground.terrain = Terrain::Water;
            ground.height_m = 0;
        }
    }
}

/// Whole metres.
fn metres(height: f64) -> i16 {
    libm::round(height.clamp(-500.0, 9_000.0)) as i16
}
