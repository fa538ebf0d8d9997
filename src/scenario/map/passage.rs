//! What it costs to go from a hex to its neighbour, by kind of mover (model §3.4). Derived from
//! map and rules alone; what changes in battle (enemies, gates, crowds) is added by the battle.

use super::{Direction, Hex, HexMap, HexSide, Terrain};
use crate::scenario::{Branch, Rules};

/// Kinds of movers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mover {
    /// Infantry and all who walk with it.
    Foot,
    /// Guns and horse transport.
    Guns,
    /// Tanks and armoured cars.
    Motor,
    /// Ships: on wide water only.
    Ship,
}

impl Mover {
    /// All kinds.
    pub const ALL: [Mover; 4] = [Mover::Foot, Mover::Guns, Mover::Motor, Mover::Ship];

    /// How an arm of service moves.
    pub fn of(branch: Branch) -> Mover {
        match branch {
            Branch::Infantry
            | Branch::Cavalry
            | Branch::Engineer
            | Branch::MilitaryPolice
            | Branch::Headquarters => Mover::Foot,
            Branch::Artillery
            | Branch::HeavyArtillery
            | Branch::AntiAircraft
            | Branch::Fortress => Mover::Guns,
            Branch::Armour => Mover::Motor,
            Branch::Naval => Mover::Ship,
        }
    }
}

/// Cost tables and connected bodies of ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// By mover: cost in km of empty road of going from a hex in each direction; infinite where
    /// there is no way.
    cost: [Vec<[f32; 6]>; 4],
    /// By mover: the same of coming into a hex from its neighbours, packed.
    inward: [Vec<Inward>; 4],
    /// The different costs there are: what the numbers in [`Inward`] mean.
    prices: [f32; 256],
    /// What to add to a hex's number for its neighbour in each direction, in even and in odd rows.
    offsets: [[u16; 6]; 2],
    /// By mover: number of the connected body of ground each hex belongs to; 0: none.
    body: [Vec<u16>; 4],
    /// Does a road lead from the hex in each direction? One bit a direction.
    roads: Vec<u8>,
    /// Can men on both sides of each hexside fight each other? One bit a direction.
    fights: Vec<u8>,
    /// Does the wall stand on each hexside? One bit a direction.
    walls: Vec<u8>,
    /// Highest ground within [`Passage::ceiling_reach`] hexes of each hex, metres.
    ceiling: Vec<i16>,
    /// Hexes over which the ceiling is taken.
    ceiling_reach: u32,
}

/// Steps into a hex, small enough that a search over the whole map stays in the nearest memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inward {
    /// Number of the price of the step from the neighbour in each direction.
    prices: [u8; 6],
    /// 1 in odd rows.
    odd: u8,
}

/// Distance over which the highest ground about a hex is taken, km: half of what men see.
const CEILING_KM: f64 = 3.0;

impl Passage {
    /// Derives the tables.
    pub fn new(map: &HexMap, rules: &Rules) -> Self {
        let mask = |test: &dyn Fn(&HexSide) -> bool| {
            map.grid
                .hexes()
                .map(|hex| {
                    Direction::ALL
                        .into_iter()
                        .filter(|d| map.side(hex, *d).is_some_and(test))
                        .fold(0, |mask, d| mask | d.bit())
                })
                .collect::<Vec<u8>>()
        };
        let roads = mask(&|s| s.road);
        let walls = mask(&|s| s.wall.is_some());
        let gate_in_use = |s: &HexSide| s.gate.is_some_and(|g| !map.gates[usize::from(g)].blocked);
        // Over a wall only at a gate in use, over a moat only where a bridge is, and not between a ship
        // and the bank.
        let mut fights = mask(&|s| match s.wall {
            Some(_) => gate_in_use(s),
            None => !s.moat || s.bridge,
        });
        let afloat = |hex: Hex| map.at(hex).terrain == Terrain::Water;
        for (hex, mask) in map.grid.hexes().zip(&mut fights) {
            for (d, n) in map.grid.neighbours(hex) {
                if afloat(hex) != afloat(n) {
                    *mask &= !d.bit();
                }
            }
        }
        let cost = Mover::ALL.map(|mover| {
            map.grid
                .hexes()
                .map(|hex| Direction::ALL.map(|d| step_cost(map, rules, mover, hex, d)))
                .collect::<Vec<_>>()
        });
        let mut prices = vec![f32::INFINITY];
        let inward = [0, 1, 2, 3].map(|mover: usize| turned(map, &cost[mover], &mut prices));
        prices.resize(256, f32::INFINITY);
        let body = [0, 1, 2, 3].map(|mover: usize| bodies(map, &cost[mover]));
        let ceiling_reach = (CEILING_KM / map.grid.hex_km()).ceil() as u32;
        Self {
            ceiling: ceiling(map, ceiling_reach),
            ceiling_reach,
            cost,
            inward,
            prices: std::array::from_fn(|i| prices[i]),
            offsets: offsets(map.grid.columns()),
            body,
            roads,
            fights,
            walls,
        }
    }

    /// Cost of a step in km of empty road; infinite where there is no way.
    pub fn cost(&self, mover: Mover, from: Hex, direction: Direction) -> f32 {
        self.cost[mover as usize][from.index()][direction as usize]
    }

    /// Steps into a hex: the number of the direction as seen from the hex, the neighbour, and the
    /// cost. Where there is no way the cost is infinite, and where the map ends the neighbour is then
    /// none of the map's. For searches over the whole map.
    #[inline]
    pub fn inward(&self, mover: Mover, to: Hex, mut each: impl FnMut(usize, Hex, f32)) {
        let steps = self.inward[mover as usize][to.index()];
        let offsets = &self.offsets[usize::from(steps.odd & 1)];
        for (side, (offset, number)) in offsets.iter().zip(&steps.prices).enumerate() {
            let price = self.prices[usize::from(*number)];
            each(side, Hex(to.0.wrapping_add(*offset)), price);
        }
    }

    /// Does a road lead from the hex in that direction?
    pub fn road(&self, from: Hex, direction: Direction) -> bool {
        self.roads[from.index()] & direction.bit() != 0
    }

    /// Can men in this hex and its neighbour in that direction fight each other? Over the wall only
    /// at a gate in use, over a moat only where a bridge is, never over the water's edge.
    pub fn fights(&self, hex: Hex, direction: Direction) -> bool {
        self.fights[hex.index()] & direction.bit() != 0
    }

    /// Does the wall stand between this hex and its neighbour in that direction?
    pub fn walled(&self, hex: Hex, direction: Direction) -> bool {
        self.walls[hex.index()] & direction.bit() != 0
    }

    /// Does the wall stand on any side of this hex?
    pub fn at_wall(&self, hex: Hex) -> bool {
        self.walls[hex.index()] != 0
    }

    /// Is all ground between two hexes surely no higher than this? Looked up, not walked: "no" may
    /// still mean yes.
    pub fn surely_below(&self, a: Hex, b: Hex, distance: u32, metres: f64) -> bool {
        // Each hex of the line is near one end or the other.
        distance <= 2 * self.ceiling_reach
            && f64::from(self.ceiling[a.index()].max(self.ceiling[b.index()])) <= metres
    }

    /// Does any road pass through the hex?
    pub fn on_road(&self, hex: Hex) -> bool {
        self.roads[hex.index()] != 0
    }

    /// Can this mover be in the hex at all?
    pub fn can_stand(&self, mover: Mover, hex: Hex) -> bool {
        self.body[mover as usize][hex.index()] != 0
    }

    /// Does any way lead from one hex to the other (gates taken as open)?
    pub fn connected(&self, mover: Mover, a: Hex, b: Hex) -> bool {
        let body = &self.body[mover as usize];
        body[a.index()] != 0 && body[a.index()] == body[b.index()]
    }
}

fn step_cost(map: &HexMap, rules: &Rules, mover: Mover, from: Hex, d: Direction) -> f32 {
    let (Some(to), Some(side)) = (map.grid.neighbour(from, d), map.side(from, d)) else {
        return f32::INFINITY;
    };
    let (here, there) = (map.at(from).terrain, map.at(to).terrain);
    let km = map.grid.hex_km();
    if mover == Mover::Ship {
        let afloat = here == Terrain::Water && there == Terrain::Water;
        return if afloat { km as f32 } else { f32::INFINITY };
    }
    if here == Terrain::Water || there == Terrain::Water {
        return f32::INFINITY;
    }
    // A gate in use, with the bridge before it, is the only way over wall and moat; a gate blocked
    // for good is a wall.
    let gate = side
        .gate
        .is_some_and(|g| !map.gates[usize::from(g)].blocked);
    let barred = side.wall.is_some() || (side.moat && !side.bridge);
    if side.wall.is_some() && !gate && mover == Mover::Foot {
        // Through rubble: the battle says where the wall is broken, and bars it everywhere else.
        let rubble = rules.siege.breach_cost;
        return rules
            .terrain(there)
            .cost
            .map_or(f32::INFINITY, |cost| ((cost + rubble) * km) as f32);
    }
    if barred && !gate {
        return f32::INFINITY;
    }
    if side.road || gate {
        return km as f32;
    }
    let terrain = rules.terrain(there);
    let cost = match mover {
        Mover::Foot => terrain.cost,
        _ => terrain.vehicle_cost,
    };
    let Some(cost) = cost else {
        return f32::INFINITY;
    };
    let stream = if side.stream && !side.bridge {
        rules.movement.stream_cost
    } else {
        0.0
    };
    (cost * km + stream) as f32
}

/// Highest ground within so many hexes of each hex.
fn ceiling(map: &HexMap, reach: u32) -> Vec<i16> {
    let mut heights: Vec<i16> = map.ground.iter().map(|g| g.height_m).collect();
    for _ in 0..reach {
        heights = map
            .grid
            .hexes()
            .map(|hex| {
                let around = map.grid.neighbours(hex).map(|(_, n)| heights[n.index()]);
                around.fold(heights[hex.index()], i16::max)
            })
            .collect();
    }
    heights
}

/// Costs of steps by where they lead instead of by where they begin, as numbers of prices.
fn turned(map: &HexMap, cost: &[[f32; 6]], prices: &mut Vec<f32>) -> Vec<Inward> {
    let mut number = |cost: f32| {
        let known = prices.iter().position(|p| *p == cost);
        let at = known.unwrap_or_else(|| {
            prices.push(cost);
            prices.len() - 1
        });
        u8::try_from(at).expect("terrains, roads and streams make a few dozen prices")
    };
    map.grid
        .hexes()
        .map(|hex| Inward {
            prices: Direction::ALL.map(|d| {
                let from = map.grid.neighbour(hex, d);
                number(from.map_or(f32::INFINITY, |from| {
                    cost[from.index()][d.opposite() as usize]
                }))
            }),
            odd: (map.grid.column_row(hex).1 & 1) as u8,
        })
        .collect()
}

/// Differences of numbers between neighbours, by parity of the row and direction.
fn offsets(columns: u16) -> [[u16; 6]; 2] {
    [0, 1].map(|odd: u16| {
        let (north, south) = (columns + odd, odd.wrapping_sub(columns));
        [
            1,
            north,
            north.wrapping_sub(1),
            1_u16.wrapping_neg(),
            south.wrapping_sub(1),
            south,
        ]
    })
}

/// Numbers connected bodies of ground from 1, in order of their lowest hex. Only steps that can be
/// taken both ways connect: guns could roll down from a mountain, but not get up there.
fn bodies(map: &HexMap, cost: &[[f32; 6]]) -> Vec<u16> {
    let mut body = vec![0u16; map.grid.len()];
    let mut next = 0u16;
    let mut queue = Vec::new();
    for start in map.grid.hexes() {
        let open = map.grid.neighbours(start).any(|(d, n)| {
            cost[start.index()][d as usize].is_finite()
                && cost[n.index()][d.opposite() as usize].is_finite()
        });
        if body[start.index()] != 0 || !open {
            continue;
        }
        next = next.saturating_add(1);
        body[start.index()] = next;
        queue.push(start);
        while let Some(hex) = queue.pop() {
            for (direction, other) in map.grid.neighbours(hex) {
                let back = cost[other.index()][direction.opposite() as usize];
                let there = cost[hex.index()][direction as usize];
                if body[other.index()] == 0 && there.is_finite() && back.is_finite() {
                    body[other.index()] = next;
                    queue.push(other);
                }
            }
        }
    }
    body
}
