//! Roads and railways: chains of hexes that go round water, and through walls only at gates.

use super::{
    plane::{self, Point},
    sheet::Sheet,
};
use crate::scenario::map::{Hex, SideId, Terrain, file::FeatureKind};
use std::{cmp::Reverse, collections::BinaryHeap};

/// A point of a road this near to a gate means the gate, km.
const GATE_REACH: f64 = 0.25;
/// How far from the straight way a detour may lead, in hexes.
const DETOUR: f64 = 6.0;
/// How dear a hex one hex away from the way is, against one on it.
const STRAY: f64 = 3.0;

/// What is known of each hex while the cheapest way is sought; kept between searches to save time.
struct Search {
    best: Vec<u64>,
    from: Vec<Option<Hex>>,
    touched: Vec<Hex>,
}

impl Sheet<'_> {
    /// Lays all roads and railways.
    pub fn lay_routes(&mut self) {
        let mut search = Search {
            best: vec![u64::MAX; self.grid.len()],
            from: vec![None; self.grid.len()],
            touched: Vec::new(),
        };
        let named = self.named_hexes();
        for (i, kind) in self.kinds() {
            let railway = match kind {
                FeatureKind::Road { .. } => false,
                FeatureKind::Railway => true,
                _ => continue,
            };
            let mut hexes: Vec<Hex> = Vec::new();
            let mut sides: Vec<SideId> = Vec::new();
            for part in plane::clip_line(&self.shape(i), self.size()) {
                let stations = self.stations(&part);
                for chain in self.connect(&stations, &mut search, i) {
                    let chain = self.shorten(&chain, &named);
                    for pair in chain.windows(2) {
                        sides.extend(self.side_between(pair[0], pair[1]));
                    }
                    hexes.extend(chain);
                }
            }
            for side in &sides {
                let side = &mut self.sides[side.index()];
                side.road |= !railway;
                side.railway |= railway;
            }
            for hex in hexes.iter().filter(|_| railway) {
                self.ground[hex.index()].railway = true;
            }
            sides.sort();
            sides.dedup();
            self.features[i].sides = sides;
            self.cover(i, hexes);
        }
    }

    /// Hexes of the file's places, which roads are not drawn away from.
    fn named_hexes(&self) -> Vec<bool> {
        let mut named = vec![false; self.grid.len()];
        for place in &self.file.places {
            let hex = place.at.and_then(|at| self.grid.containing(self.km(at)));
            if let Some(hex) = hex {
                named[hex.index()] = true;
            }
        }
        for gate in &self.gates {
            named[gate.inner.index()] = true;
            named[gate.outer.index()] = true;
        }
        named
    }

    /// The hexes a road must pass, in order. A point at a gate is the two hexes of that gate.
    fn stations(&self, part: &[Point]) -> Vec<(Hex, Point)> {
        let inside = |p: Point| plane::contains(&self.enclosure, p);
        let mut stations: Vec<(Hex, Point)> = Vec::new();
        for (n, &p) in part.iter().enumerate() {
            let gate = self.gate_at(p);
            let pair = gate.map(|(inner, outer)| {
                let outward = match n.checked_sub(1) {
                    Some(before) => inside(part[before]),
                    None => part.get(1).is_none_or(|next| !inside(*next)),
                };
                if outward {
                    [inner, outer]
                } else {
                    [outer, inner]
                }
            });
            let hexes: Vec<Hex> = match pair {
                Some(pair) => pair.to_vec(),
                None => self.settle(p).into_iter().collect(),
            };
            for hex in hexes {
                if stations.last().map(|s| s.0) != Some(hex) {
                    stations.push((hex, p));
                }
            }
        }
        stations
    }

    /// Inner and outer hex of the open gate at a point.
    fn gate_at(&self, p: Point) -> Option<(Hex, Hex)> {
        let at = |id: &str| {
            let file = self.file.gates.iter().find(|g| g.id == id)?;
            Some(plane::distance2(self.km(file.at), p))
        };
        self.gates
            .iter()
            .filter(|g| !g.blocked)
            .filter_map(|g| Some((at(&g.id)?, g)))
            .filter(|(d2, _)| *d2 <= GATE_REACH * GATE_REACH)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, g)| (g.inner, g.outer))
    }

    /// Chains through the stations; more than one where no way leads on, which is reported.
    fn connect(
        &mut self,
        stations: &[(Hex, Point)],
        search: &mut Search,
        feature: usize,
    ) -> Vec<Vec<Hex>> {
        let mut chains: Vec<Vec<Hex>> = Vec::new();
        let mut chain: Vec<Hex> = stations.first().map(|s| s.0).into_iter().collect();
        for pair in stations.windows(2) {
            match self.way(pair[0], pair[1], search) {
                Some(way) => chain.extend(&way[1..]),
                None => {
                    let (from, to) = (self.grid.label(pair[0].0), self.grid.label(pair[1].0));
                    let id = self.features[feature].id.clone();
                    self.warn(
                        format!("features[{feature}].line"),
                        format!("`{id}` finds no way on land from hex {from} to hex {to}"),
                        "add points that lead it round the water, or to a gate of the wall",
                    );
                    chains.push(core::mem::replace(&mut chain, vec![pair[1].0]));
                }
            }
        }
        chains.push(chain);
        chains
    }

    /// The cheapest way by land between two stations (Dijkstra; ties by hex), close to the
    /// straight line between their points.
    fn way(&self, from: (Hex, Point), to: (Hex, Point), search: &mut Search) -> Option<Vec<Hex>> {
        for hex in search.touched.drain(..) {
            search.best[hex.index()] = u64::MAX;
            search.from[hex.index()] = None;
        }
        let km = self.grid.hex_km();
        let ends = [self.grid.centre(from.0), self.grid.centre(to.0)];
        let stray = |hex: Hex| {
            let p = self.grid.centre(hex);
            let straight = plane::segment_distance(p, from.1, to.1).0;
            let hexes = plane::segment_distance(p, ends[0], ends[1]).0;
            straight.min(hexes) / (km * km)
        };
        let mut open = BinaryHeap::from([Reverse((0_u64, from.0))]);
        search.best[from.0.index()] = 0;
        search.touched.push(from.0);
        while let Some(Reverse((so_far, hex))) = open.pop() {
            if hex == to.0 {
                break;
            }
            if search.best[hex.index()] < so_far {
                continue;
            }
            for (direction, next) in self.grid.neighbours(hex) {
                let away = stray(next);
                if away > DETOUR * DETOUR || self.ground[next.index()].terrain == Terrain::Water {
                    continue;
                }
                let side = self.grid.side_id(hex, direction);
                if side.is_some_and(|s| self.is_closed(s)) {
                    continue;
                }
                let total = so_far + 1000 + (1000.0 * STRAY * away) as u64;
                if total < search.best[next.index()] {
                    search.best[next.index()] = total;
                    search.from[next.index()] = Some(hex);
                    search.touched.push(next);
                    open.push(Reverse((total, next)));
                }
            }
        }
        if search.best[to.0.index()] == u64::MAX {
            return None;
        }
        let mut way = vec![to.0];
        while let Some(before) = way.last().and_then(|h| search.from[h.index()]) {
            way.push(before);
        }
        way.reverse();
        Some(way)
    }

    /// Does a wall without a gate in use stand on a side?
    fn is_closed(&self, side: SideId) -> bool {
        let side = &self.sides[side.index()];
        let gate = side.gate.and_then(|g| self.gates.get(usize::from(g)));
        side.wall.is_some() && gate.is_none_or(|g| g.blocked)
    }

    /// Cuts corners that no place stands at, where the short cut is open.
    fn shorten(&self, chain: &[Hex], named: &[bool]) -> Vec<Hex> {
        let mut out: Vec<Hex> = Vec::with_capacity(chain.len());
        for (i, &hex) in chain.iter().enumerate() {
            if let (Some(&before), Some(&after)) = (out.last(), chain.get(i + 1)) {
                let short = before == after
                    || self
                        .side_between(before, after)
                        .is_some_and(|s| !self.is_closed(s));
                if short && !named[hex.index()] {
                    continue;
                }
            }
            if out.last() != Some(&hex) {
                out.push(hex);
            }
        }
        out
    }
}
