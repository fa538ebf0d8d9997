//! The city wall on hexsides, its gates, and the moat before it.
//!
//! A hex is inside if its centre is. The wall is then every side between an inside and an outside
//! hex, so it is closed whatever the size of the hexes.

use super::{
    plane::{self, Point},
    sheet::Sheet,
};
use crate::scenario::map::{Gate, Hex, SideId, Terrain, file::FeatureKind};

/// A moat marks wall sides whose middle lies within this distance of it, km ...
const MOAT_REACH: f64 = 0.6;
/// ... plus this many hexes, by which the rasterised wall may stray from its trace.
const MOAT_STRAY: f64 = 0.25;
/// How much farther away, in hexes, a gate is hung for the sake of a dry hex before it.
const DRY_WORTH: f64 = 0.3;

impl Sheet<'_> {
    /// Decides which hexes lie inside the wall.
    pub fn enclose(&mut self) {
        let Some((i, _)) = self
            .kinds()
            .find(|(_, k)| matches!(k, FeatureKind::Wall { .. }))
        else {
            return;
        };
        self.enclosure = self.shape(i);
        let area = &self.enclosure;
        let Some((low, high)) = plane::bounding_box(area, 0.0) else {
            return;
        };
        let mut inside = vec![false; self.grid.len()];
        for hex in self.hexes_in(low, high) {
            inside[hex.index()] = plane::contains(area, self.grid.centre(hex));
        }
        // One body inside: slivers cut off by a bend of the trace fall outside.
        let bodies = self.bodies(|h| inside[h.index()]);
        let largest = bodies.iter().map(Vec::len).max().unwrap_or(0);
        if let Some(main) = bodies.iter().position(|b| b.len() == largest) {
            for (n, body) in bodies.iter().enumerate() {
                for hex in body {
                    inside[hex.index()] = n == main;
                }
            }
        }
        // And no pocket outside that the wall shuts off from the map's edge.
        for body in self.bodies(|h| !inside[h.index()]) {
            if !body.iter().any(|h| self.at_edge(*h)) {
                for hex in &body {
                    inside[hex.index()] = true;
                }
            }
        }
        for hex in self.grid.hexes() {
            self.ground[hex.index()].inside_wall = inside[hex.index()];
        }
        let hexes = self.grid.hexes().filter(|h| inside[h.index()]).collect();
        self.cover(i, hexes);
    }

    /// Is a hex at the edge of the map?
    pub fn at_edge(&self, hex: Hex) -> bool {
        self.grid.neighbours(hex).count() < 6
    }

    /// Bodies of connected hexes for which `belongs` holds, each sorted.
    fn bodies(&self, belongs: impl Fn(Hex) -> bool) -> Vec<Vec<Hex>> {
        let mut seen = vec![false; self.grid.len()];
        let mut bodies = Vec::new();
        for start in self.grid.hexes() {
            if seen[start.index()] || !belongs(start) {
                continue;
            }
            seen[start.index()] = true;
            let mut body = vec![start];
            let mut next = 0;
            while next < body.len() {
                for (_, hex) in self.grid.neighbours(body[next]) {
                    if !seen[hex.index()] && belongs(hex) {
                        seen[hex.index()] = true;
                        body.push(hex);
                    }
                }
                next += 1;
            }
            body.sort();
            bodies.push(body);
        }
        bodies
    }

    /// Stands the wall on every side between inside and outside.
    pub fn raise_wall(&mut self) {
        let mut wall: Vec<SideId> = Vec::new();
        for hex in self.grid.hexes() {
            if !self.ground[hex.index()].inside_wall {
                continue;
            }
            for (direction, other) in self.grid.neighbours(hex) {
                if self.ground[other.index()].inside_wall {
                    continue;
                }
                if let Some(side) = self.grid.side_id(hex, direction) {
                    self.sides[side.index()].wall = Some(hex);
                    wall.push(side);
                }
            }
        }
        wall.sort();
        let feature = self
            .kinds()
            .find(|(_, k)| matches!(k, FeatureKind::Wall { .. }));
        if let Some((i, _)) = feature {
            self.features[i].sides = wall;
        }
    }

    /// Sides of the wall with their middles.
    fn wall_sides(&self) -> Vec<(SideId, Point)> {
        let sides = (0..self.sides.len() as u32).map(SideId);
        sides
            .filter(|s| self.sides[s.index()].wall.is_some())
            .filter_map(|s| Some((s, self.middle(s)?)))
            .collect()
    }

    /// Inner and outer hex of a wall side.
    pub fn wall_hexes(&self, side: SideId) -> Option<(Hex, Hex)> {
        let inner = self.sides[side.index()].wall?;
        let (a, b) = self.grid.side_hexes(side)?;
        Some((inner, if inner == a { b } else { a }))
    }

    /// Hangs each gate on the nearest free wall side. Nearest pairs go first, so that a gate is
    /// pushed aside only by one that stands closer. Gates beyond the window are left out, and so are
    /// those at its edge if the wall they stand in is not in it.
    pub fn hang_gates(&mut self) {
        let km = self.grid.hex_km();
        let wall = self.wall_sides();
        let mut pairs: Vec<(f64, usize, SideId)> = Vec::new();
        for (i, gate) in self.file.gates.iter().enumerate() {
            let at = self.km(gate.at);
            if self.grid.containing(at).is_none() {
                continue;
            }
            for (side, middle) in &wall {
                let distance = plane::distance2(at, *middle).sqrt();
                let wet = self
                    .wall_hexes(*side)
                    .is_some_and(|(_, outer)| self.ground[outer.index()].terrain == Terrain::Water);
                let cost = distance + if wet { DRY_WORTH * km } else { 0.0 };
                if distance <= 2.0 * km.max(1.0) {
                    pairs.push((cost, i, *side));
                }
            }
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut hung: Vec<Option<SideId>> = vec![None; self.file.gates.len()];
        let mut taken: Vec<SideId> = Vec::new();
        for (_, i, side) in pairs {
            if hung[i].is_none() && !taken.contains(&side) {
                hung[i] = Some(side);
                taken.push(side);
            }
        }
        let mut order: Vec<usize> = (0..hung.len()).collect();
        order.sort_by(|a, b| self.file.gates[*a].id.cmp(&self.file.gates[*b].id));
        for i in order {
            let file = &self.file.gates[i];
            let within = self
                .grid
                .containing(self.km(file.at))
                .is_some_and(|home| !self.at_edge(home));
            let Some((side, (inner, outer))) = hung[i].and_then(|s| Some((s, self.wall_hexes(s)?)))
            else {
                if within {
                    self.refuse(
                        format!("gates[{i}].at"),
                        format!("gate `{}` is far from the wall", file.id),
                        "a gate must lie within 2 km of a stretch of wall that has room for it",
                    );
                }
                continue;
            };
            self.sides[side.index()].gate = Some(self.gates.len() as u16);
            self.gates.push(Gate {
                id: file.id.clone(),
                name: file.name.clone(),
                name_zh: file.name_zh.clone(),
                side,
                inner,
                outer,
                place: 0,
                blocked: file.blocked,
                sally: file.sally,
                source: file.source.clone(),
                confidence: file.confidence,
            });
        }
    }

    /// Marks the wall sides that look on a moat.
    pub fn dig_moats(&mut self) {
        let reach = MOAT_REACH + MOAT_STRAY * self.grid.hex_km();
        let wall = self.wall_sides();
        for (i, _) in self.kinds().filter(|(_, k)| **k == FeatureKind::Moat) {
            let line = self.shape(i);
            let mut wet: Vec<SideId> = wall
                .iter()
                .filter(|(side, middle)| {
                    let nearest = plane::segments(&line)
                        .map(|(a, b)| {
                            let (d2, t) = plane::segment_distance(*middle, a, b);
                            (d2, [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
                        })
                        .min_by(|a, b| a.0.total_cmp(&b.0));
                    let Some((d2, point)) = nearest else {
                        return false;
                    };
                    d2 <= reach * reach && self.looks_at(*side, *middle, point, d2)
                })
                .map(|(side, _)| *side)
                .collect();
            wet.sort();
            for side in &wet {
                self.sides[side.index()].moat = true;
            }
            self.features[i].sides = wet;
        }
    }

    /// Is the point before the outer face of a wall side (or so near that the grid blurs it)?
    fn looks_at(&self, side: SideId, middle: Point, point: Point, distance2: f64) -> bool {
        let Some((inner, outer)) = self.wall_hexes(side) else {
            return false;
        };
        let blur = self.grid.hex_km() / 2.0;
        let ([ix, iy], [ox, oy]) = (self.grid.centre(inner), self.grid.centre(outer));
        let ahead = (ox - ix) * (point[0] - middle[0]) + (oy - iy) * (point[1] - middle[1]);
        ahead >= 0.0 || distance2 <= blur * blur
    }

    /// Bridges: where a road or railway crosses a stream, and over the moat at gates in use.
    pub fn build_bridges(&mut self) {
        for side in &mut self.sides {
            let gate = side.gate.and_then(|g| self.gates.get(usize::from(g)));
            let way = side.road || side.railway;
            let open = gate.is_some_and(|g| !g.blocked);
            side.bridge = (side.stream && way) || (side.moat && open);
        }
    }
}
