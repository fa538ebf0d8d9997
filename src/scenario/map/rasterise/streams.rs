//! Streams on hexsides: a connected chain of sides that follows the line as well as sides can.

use super::{
    paint::NARROW,
    plane::{self, Point},
    sheet::Sheet,
};
use crate::scenario::map::{SideId, Terrain, file::FeatureKind};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// Sides farther than this many hexes from the line are not looked at.
const CORRIDOR: f64 = 1.25;
/// How dear a side one hex away from the line is, against one on it.
const STRAY: f64 = 6.0;

impl Sheet<'_> {
    /// Leads every stream and every river too narrow for water hexes.
    pub fn lead_streams(&mut self) {
        for (i, kind) in self.kinds() {
            let narrow = match kind {
                FeatureKind::Stream => true,
                FeatureKind::River { width_km } => *width_km < NARROW * self.grid.hex_km(),
                _ => false,
            };
            if !narrow {
                continue;
            }
            let mut sides: Vec<SideId> = Vec::new();
            for part in plane::clip_line(&self.shape(i), self.size()) {
                sides.extend(self.lead(&part));
            }
            sides.sort();
            sides.dedup();
            for side in &sides {
                let dry = self.grid.side_hexes(*side).is_some_and(|(a, b)| {
                    [a, b]
                        .iter()
                        .all(|h| self.ground[h.index()].terrain != Terrain::Water)
                });
                self.sides[side.index()].stream |= dry;
            }
            self.features[i].sides = sides;
        }
    }

    /// The cheapest chain of sides from the one nearest the line's start to that nearest its end.
    fn lead(&self, line: &[Point]) -> Vec<SideId> {
        let km = self.grid.hex_km();
        let near: BTreeMap<SideId, f64> = self
            .hexes_near(line, (CORRIDOR + 0.6) * km)
            .into_iter()
            .flat_map(|(hex, _)| {
                self.grid
                    .neighbours(hex)
                    .filter_map(move |(d, _)| self.grid.side_id(hex, d))
            })
            .filter_map(|side| {
                let middle = self.middle(side)?;
                let d2 = plane::segments(line)
                    .map(|(a, b)| plane::segment_distance(middle, a, b).0)
                    .fold(f64::MAX, f64::min);
                (d2 <= CORRIDOR * CORRIDOR * km * km).then_some((side, d2 / (km * km)))
            })
            .collect();
        let nearest = |p: Point| {
            near.keys().copied().min_by(|a, b| {
                let d = |s: &SideId| self.middle(*s).map_or(f64::MAX, |m| plane::distance2(m, p));
                d(a).total_cmp(&d(b))
            })
        };
        let (Some(start), Some(end)) = (
            line.first().and_then(|p| nearest(*p)),
            line.last().and_then(|p| nearest(*p)),
        ) else {
            return Vec::new();
        };
        // Costs are whole thousandths, so that ties fall the same way on every machine.
        let cost = |side: SideId| {
            let stray = near.get(&side).copied().unwrap_or(0.0);
            // A stream does not run under the wall: there it is the moat.
            let wall = self.sides[side.index()].wall.is_some();
            (1000.0 * (1.0 + STRAY * stray)) as u64 + if wall { 4000 } else { 0 }
        };
        let mut best: BTreeMap<SideId, (u64, Option<SideId>)> = BTreeMap::new();
        let mut open = BinaryHeap::from([Reverse((cost(start), start))]);
        best.insert(start, (cost(start), None));
        while let Some(Reverse((so_far, side))) = open.pop() {
            if side == end {
                break;
            }
            if best.get(&side).is_some_and(|b| b.0 < so_far) {
                continue;
            }
            for next in self.joined(side) {
                if !near.contains_key(&next) {
                    continue;
                }
                let total = so_far + cost(next);
                if best.get(&next).is_none_or(|b| total < b.0) {
                    best.insert(next, (total, Some(side)));
                    open.push(Reverse((total, next)));
                }
            }
        }
        let mut chain = Vec::new();
        let mut at = best.contains_key(&end).then_some(end);
        while let Some(side) = at {
            chain.push(side);
            at = best.get(&side).and_then(|b| b.1);
        }
        chain
    }
}
