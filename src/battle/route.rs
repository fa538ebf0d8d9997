//! Ways across the map: cheapest route and reach, ties broken by hex number so that the same
//! input always gives the same way. Scratch memory is reused; results are pure.

use crate::scenario::{
    Direction, Hex,
    map::{Grid, Mover, Passage},
};
use bevy_ecs::resource::Resource;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

/// Finds ways. Holds only scratch memory: what it returns depends on its arguments alone.
#[derive(Resource, Clone, Debug, Default)]
pub struct Pathfinder {
    generation: u32,
    stamp: Vec<u32>,
    cost: Vec<f32>,
    from: Vec<u16>,
    heap: BinaryHeap<Reverse<(u32, u16)>>,
    boxes: Vec<Vec<(Hex, f32)>>,
}

impl Pathfinder {
    fn begin(&mut self, hexes: usize) {
        if self.stamp.len() != hexes || self.generation == u32::MAX {
            self.stamp = vec![0; hexes];
            self.cost = vec![0.0; hexes];
            self.from = vec![0; hexes];
            self.generation = 0;
        }
        self.generation += 1;
        self.heap.clear();
    }

    fn known(&self, hex: Hex) -> Option<f32> {
        (self.stamp[hex.index()] == self.generation).then(|| self.cost[hex.index()])
    }

    fn reach(&mut self, hex: Hex, cost: f32, from: Hex) {
        self.stamp[hex.index()] = self.generation;
        self.cost[hex.index()] = cost;
        self.from[hex.index()] = from.0;
    }

    /// Cheapest way, goal first and the start left out; `None` if there is none. `extra` adds to
    /// the cost of a step, or forbids it. A goal that may not be entered itself can be reached by
    /// letting `extra` allow the last step.
    pub fn route(
        &mut self,
        grid: &Grid,
        passage: &Passage,
        mover: Mover,
        start: Hex,
        goal: Hex,
        mut extra: impl FnMut(Hex, Hex, Direction) -> Option<f32>,
    ) -> Option<Vec<Hex>> {
        self.begin(grid.len());
        let km = grid.hex_km() as f32;
        let ahead = |hex: Hex| grid.distance(hex, goal) as f32 * km;
        self.reach(start, 0.0, start);
        self.heap.push(Reverse((ahead(start).to_bits(), start.0)));
        while let Some(Reverse((bits, number))) = self.heap.pop() {
            let hex = Hex(number);
            let cost = self.known(hex)?;
            if hex == goal {
                return Some(self.trace(start, goal));
            }
            if f32::from_bits(bits) > cost + ahead(hex) {
                continue;
            }
            for (direction, next) in grid.neighbours(hex) {
                let step = passage.cost(mover, hex, direction);
                if !step.is_finite() {
                    continue;
                }
                // `extra` only adds: a hex already reached more cheaply need not be asked about.
                if self.known(next).is_some_and(|old| old <= cost + step) {
                    continue;
                }
                let Some(added) = extra(hex, next, direction) else {
                    continue;
                };
                let there = cost + step + added;
                if self.known(next).is_none_or(|old| there < old) {
                    self.reach(next, there, hex);
                    self.heap
                        .push(Reverse(((there + ahead(next)).to_bits(), next.0)));
                }
            }
        }
        None
    }

    fn trace(&self, start: Hex, goal: Hex) -> Vec<Hex> {
        let mut way = vec![goal];
        let mut at = goal;
        while at != start {
            at = Hex(self.from[at.index()]);
            if at != start {
                way.push(at);
            }
        }
        way
    }

    /// Cost from the nearest of several sources to every hex, up to `limit`; infinite beyond.
    /// Steps are taken against their direction: the cost is that of going from the hex to the
    /// source. `open` says whether a hex can be gone into at all, `extra` adds to the cost of a
    /// step, or forbids it.
    pub fn field(
        &mut self,
        grid: &Grid,
        passage: &Passage,
        mover: Mover,
        sources: &[(Hex, f32)],
        limit: f32,
        mut open: impl FnMut(Hex) -> bool,
        mut extra: impl FnMut(Hex, Hex, Direction) -> Option<f32>,
    ) -> Vec<f32> {
        let mut result = vec![f32::INFINITY; grid.len()];
        let boxes = Boxes::new(grid, limit);
        self.boxes.resize(boxes.count, Vec::new());
        for &(hex, cost) in sources {
            if cost <= limit && cost < result[hex.index()] {
                result[hex.index()] = cost;
                self.boxes[boxes.of(cost)].push((hex, cost));
            }
        }
        self.spread(
            passage,
            mover,
            boxes,
            limit,
            &mut result,
            &mut open,
            &mut extra,
        );
        result
    }

    /// Brings a field up to date: `result` becomes what [`Pathfinder::field`] would give, bit by bit,
    /// for work in proportion to what is different. `changed` names every hex that was or is a
    /// source, that has opened or closed, or into or out of which a step has become another.
    pub fn mend(
        &mut self,
        result: &mut [f32],
        changed: &[Hex],
        grid: &Grid,
        passage: &Passage,
        mover: Mover,
        sources: &[(Hex, f32)],
        limit: f32,
        mut open: impl FnMut(Hex) -> bool,
        mut extra: impl FnMut(Hex, Hex, Direction) -> Option<f32>,
    ) {
        let boxes = Boxes::new(grid, limit);
        self.boxes.resize(boxes.count, Vec::new());
        // Is a cost still had from a source or a neighbour?
        let mut holds = |result: &[f32], hex: Hex, cost: f32| {
            sources.contains(&(hex, cost))
                || grid.neighbours(hex).any(|(d, next)| {
                    let there = result[next.index()] + passage.cost(mover, hex, d);
                    there <= cost
                        && open(next)
                        && extra(hex, next, d).is_some_and(|added| there + added <= cost)
                })
        };
        self.begin(grid.len());
        let mut touched = Vec::new();
        for &hex in changed {
            for hex in std::iter::once(hex).chain(grid.neighbours(hex).map(|(_, n)| n)) {
                if self.known(hex).is_none() {
                    self.reach(hex, 0.0, hex);
                    touched.push(hex);
                }
            }
        }
        // First what no longer holds is forgotten, the cheapest first, and with it what hung on it.
        for &hex in &touched {
            let cost = result[hex.index()];
            if cost.is_finite() {
                self.boxes[boxes.of(cost)].push((hex, cost));
            }
        }
        let mut at = 0;
        while at < boxes.count {
            let Some((hex, cost)) = self.boxes[at].pop() else {
                at += 1;
                continue;
            };
            if result[hex.index()] != cost || holds(result, hex, cost) {
                continue;
            }
            result[hex.index()] = f32::INFINITY;
            touched.push(hex);
            let waiting = &mut self.boxes;
            passage.inward(mover, hex, |_, next, step| {
                let there = result.get(next.index()).copied();
                if let Some(there) = there.filter(|c| c.is_finite() && *c >= cost + step) {
                    waiting[boxes.of(there).max(at)].push((next, there));
                }
            });
        }
        // Then costs spread anew from the sources and from what is left round about.
        for &(hex, cost) in sources.iter().filter(|s| s.1 <= limit) {
            result[hex.index()] = result[hex.index()].min(cost);
        }
        self.begin(grid.len());
        for hex in touched {
            for hex in std::iter::once(hex).chain(grid.neighbours(hex).map(|(_, n)| n)) {
                let cost = result[hex.index()];
                if cost.is_finite() && self.known(hex).is_none() {
                    self.reach(hex, cost, hex);
                    self.boxes[boxes.of(cost)].push((hex, cost));
                }
            }
        }
        self.spread(passage, mover, boxes, limit, result, &mut open, &mut extra);
    }

    /// Empties the boxes, cheapest first: each hex passes its cost on to its neighbours.
    fn spread(
        &mut self,
        passage: &Passage,
        mover: Mover,
        boxes: Boxes,
        limit: f32,
        result: &mut [f32],
        open: &mut impl FnMut(Hex) -> bool,
        extra: &mut impl FnMut(Hex, Hex, Direction) -> Option<f32>,
    ) {
        let mut at = 0;
        while at < boxes.count {
            let Some((hex, cost)) = self.boxes[at].pop() else {
                at += 1;
                continue;
            };
            // Since reached more cheaply.
            if result[hex.index()] < cost || !open(hex) {
                continue;
            }
            let waiting = &mut self.boxes;
            passage.inward(mover, hex, |side, next, step| {
                let there = cost + step;
                // `extra` only adds: a hex already reached more cheaply need not be asked about.
                let better = result.get(next.index()).is_some_and(|known| there < *known);
                if !better || there > limit {
                    return;
                }
                let back = Direction::ALL[side].opposite();
                let Some(added) = extra(next, hex, back) else {
                    return;
                };
                let there = there + added;
                if there <= limit && there < result[next.index()] {
                    result[next.index()] = there;
                    // A box never lies behind the one being emptied but by a rounding error.
                    waiting[boxes.of(there).max(at)].push((next, there));
                }
            });
        }
    }
}

/// How costs are sorted. No step costs less than a hex of road, so hexes whose costs differ by less
/// than that cannot improve each other: sorting them into boxes of that width replaces a heap.
#[derive(Clone, Copy)]
struct Boxes {
    count: usize,
    per_km: f32,
}

impl Boxes {
    fn new(grid: &Grid, limit: f32) -> Self {
        let width = grid.hex_km() as f32;
        Self {
            count: (limit / width) as usize + 2,
            per_km: width.recip(),
        }
    }

    fn of(self, cost: f32) -> usize {
        ((cost * self.per_km) as u32 as usize).min(self.count - 1)
    }
}

impl Pathfinder {
    /// Hexes within a limit of `price` summed along the way, with their sums, the start left out.
    /// `price` gives the price of a step from its cost, or forbids it.
    pub fn reach_within(
        &mut self,
        grid: &Grid,
        passage: &Passage,
        mover: Mover,
        start: Hex,
        limit: f32,
        mut price: impl FnMut(Hex, Hex, Direction, f32) -> Option<f32>,
    ) -> BTreeMap<Hex, f32> {
        self.begin(grid.len());
        self.reach(start, 0.0, start);
        self.heap.push(Reverse((0, start.0)));
        let mut within = BTreeMap::new();
        while let Some(Reverse((bits, number))) = self.heap.pop() {
            let hex = Hex(number);
            let sum = f32::from_bits(bits);
            if self.known(hex) != Some(sum) {
                continue;
            }
            if hex != start {
                within.insert(hex, sum);
            }
            for (direction, next) in grid.neighbours(hex) {
                let step = passage.cost(mover, hex, direction);
                if !step.is_finite() {
                    continue;
                }
                let Some(there) = price(hex, next, direction, step).map(|p| sum + p) else {
                    continue;
                };
                if there <= limit && self.known(next).is_none_or(|old| there < old) {
                    self.reach(next, there, hex);
                    self.heap.push(Reverse((there.to_bits(), next.0)));
                }
            }
        }
        within
    }
}
