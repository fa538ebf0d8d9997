//! Field works and zones.

use super::{
    plane::{self, Point},
    sheet::{Sheet, facing_mask},
};
use crate::scenario::map::{
    Direction, Hex, Terrain, Works, WorksLevel,
    file::{Facing, FeatureKind, Zone},
};
use crate::scenario::side::Side;

impl Sheet<'_> {
    /// Digs defence lines, strongpoints and the works at the gates. A hex keeps its strongest
    /// works, and faces whatever any of them faces.
    pub fn dig_works(&mut self) {
        for (i, kind) in self.kinds() {
            match kind {
                FeatureKind::DefenceLine { level, facing } => self.dig_line(i, *level, *facing),
                FeatureKind::Strongpoint {
                    level,
                    radius_km,
                    facing,
                    line,
                } => self.dig_strongpoint(i, *level, *radius_km, *facing, line.as_deref()),
                FeatureKind::GateWorks { level, gates } => self.dig_gate_works(i, *level, gates),
                FeatureKind::Minefield { of } => self.lay_mines(i, *of),
                _ => {}
            }
        }
    }

    fn dig_line(&mut self, feature: usize, level: WorksLevel, facing: Facing) {
        let line = self.shape(feature);
        let mut hexes: Vec<Hex> = Vec::new();
        for chain in self.chains(&line) {
            hexes.extend(self.straighten(&chain, |_| false));
        }
        hexes.retain(|h| self.is_field(*h));
        for &hex in &hexes {
            let mask = self.front(&line, self.grid.centre(hex), facing);
            self.dig(hex, level, mask);
            self.ground[hex.index()].line.get_or_insert(feature as u16);
        }
        self.cover(feature, hexes);
    }

    fn lay_mines(&mut self, feature: usize, of: Side) {
        let line = self.shape(feature);
        let mut hexes: Vec<Hex> = self.chains(&line).into_iter().flatten().collect();
        hexes.retain(|h| self.is_field(*h));
        for hex in &hexes {
            self.ground[hex.index()].mines = Some(of);
        }
        self.cover(feature, hexes);
    }

    fn dig_strongpoint(
        &mut self,
        feature: usize,
        level: WorksLevel,
        radius_km: f64,
        facing: Facing,
        line: Option<&str>,
    ) {
        let line = line.and_then(|id| self.features.iter().position(|f| f.id == id));
        let mut hexes: Vec<Hex> = Vec::new();
        for p in self.shape(feature) {
            if self.grid.containing(p).is_none() {
                continue;
            }
            let home = self.settle(p);
            let inside = home.is_some_and(|h| self.ground[h.index()].inside_wall);
            hexes.extend(home);
            hexes.extend(
                self.hexes_near(&[p], radius_km)
                    .into_iter()
                    .map(|(hex, _)| hex)
                    .filter(|h| self.ground[h.index()].terrain != Terrain::Water)
                    .filter(|h| self.ground[h.index()].inside_wall == inside),
            );
        }
        for &hex in &hexes {
            let centre = self.grid.centre(hex);
            let mask = self.front(&[], centre, facing);
            self.dig(hex, level, mask);
            if let Some(line) = line {
                self.ground[hex.index()].line.get_or_insert(line as u16);
            }
        }
        self.cover(feature, hexes);
    }

    fn dig_gate_works(&mut self, feature: usize, level: WorksLevel, gates: &[String]) {
        let inner: Vec<Hex> = self
            .gates
            .iter()
            .filter(|g| gates.contains(&g.id))
            .map(|g| g.inner)
            .collect();
        for &hex in &inner {
            let mask = self
                .grid
                .neighbours(hex)
                .filter(|(_, n)| !self.ground[n.index()].inside_wall)
                .fold(0, |mask, (d, _)| mask | d.bit());
            self.dig(hex, level, mask);
        }
        self.cover(feature, inner);
    }

    /// Land outside the wall: where a line of field works can run.
    fn is_field(&self, hex: Hex) -> bool {
        let ground = &self.ground[hex.index()];
        ground.terrain != Terrain::Water && !ground.inside_wall
    }

    fn dig(&mut self, hex: Hex, level: WorksLevel, mask: u8) {
        let works = &mut self.ground[hex.index()].works;
        works.level = works.level.max(level);
        works.facing |= mask;
    }

    /// Sides that works at `p` face: across the nearest stretch of their line, or straight away
    /// from the position they turn their back on.
    fn front(&self, line: &[Point], p: Point, facing: Facing) -> u8 {
        let stretch = plane::segments(line)
            .filter(|(a, b)| a != b)
            .min_by(|s, t| {
                let d = |s: &(Point, Point)| plane::segment_distance(p, s.0, s.1).0;
                d(s).total_cmp(&d(t))
            });
        let left = stretch.map(|(a, b)| [a[1] - b[1], b[0] - a[0]]);
        let normal = match (facing, left) {
            (Facing::AllRound, _) | (Facing::Left | Facing::Right, None) => [0.0, 0.0],
            (Facing::Left, Some(left)) => left,
            (Facing::Right, Some([x, y])) => [-x, -y],
            (Facing::AwayFrom(lon, lat), left) => {
                let back = self.km((lon, lat));
                let away = [p[0] - back[0], p[1] - back[1]];
                match left {
                    Some([x, y]) if x * away[0] + y * away[1] < 0.0 => [-x, -y],
                    Some(left) => left,
                    None => away,
                }
            }
        };
        facing_mask(normal)
    }

    /// Marks the zones.
    pub fn mark_zones(&mut self) {
        for (i, kind) in self.kinds() {
            let FeatureKind::Zone(zone) = kind else {
                continue;
            };
            let mut hexes = self.hexes_of_area(&self.shape(i));
            hexes.retain(|h| self.ground[h.index()].terrain != Terrain::Water);
            match zone {
                Zone::Exit => hexes.retain(|h| self.at_edge(*h)),
                Zone::SafetyZone => self.trim_safety_zone(&mut hexes),
                Zone::NoFire | Zone::Scorched => {}
            }
            for hex in &hexes {
                let ground = &mut self.ground[hex.index()];
                match zone {
                    Zone::NoFire => ground.no_fire = true,
                    Zone::SafetyZone => ground.safety_zone = true,
                    Zone::Exit => ground.exit = true,
                    Zone::Scorched => {}
                }
            }
            self.cover(i, hexes);
        }
    }

    /// Keeps the Safety Zone within the wall and applies the file's corrections of its edge.
    fn trim_safety_zone(&self, hexes: &mut Vec<Hex>) {
        hexes.retain(|h| self.ground[h.index()].inside_wall);
        for correction in &self.file.overrides {
            let hex = self.grid.containing(self.km(correction.at));
            match (hex, correction.safety_zone) {
                (Some(hex), Some(true)) => hexes.push(hex),
                (Some(hex), Some(false)) => hexes.retain(|h| *h != hex),
                _ => {}
            }
        }
    }

    /// Single-hex corrections of works and of the Safety Zone.
    pub fn override_works(&mut self) {
        for correction in &self.file.overrides {
            let hex = self.grid.containing(self.km(correction.at));
            if let (Some(hex), Some(level)) = (hex, correction.works) {
                let facing = Direction::ALL.iter().fold(0, |mask, d| mask | d.bit());
                self.ground[hex.index()].works = Works { level, facing };
            }
            if let (Some(hex), Some(zone)) = (hex, correction.safety_zone) {
                self.ground[hex.index()].safety_zone = zone;
            }
        }
    }
}
