//! The ground of a fight: what of map, works, light and fire bears on those who fight there.

use crate::{
    battle::{armour, clock::Sky, ground::Field, rampart, works::works_against},
    scenario::{Direction, Hex, Hours, Scenario, map::WorksLevel},
};

/// The ground of a fight, as it bears on both.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// The hex fought over.
    pub at: Hex,
    /// Hour of the battle.
    pub hour: u32,
    /// Hex size, km.
    pub hex_km: f64,
    /// An assault (true) or mere contact.
    pub assault: bool,
    /// Hexsides attacked from.
    pub sides: u32,
    /// Works that cover the defender against these hexsides.
    pub works: WorksLevel,
    /// Terrain factor on holding.
    pub terrain: f64,
    /// Woods or houses.
    pub cover: bool,
    /// In mere contact both sides lie in their own hexes: the attacker's works and cover.
    pub shelter: (WorksLevel, bool),
    /// Every attacker stands lower.
    pub uphill: bool,
    /// Every attacked hexside is a gate of the wall, or broken wall.
    pub gate: bool,
    /// One of them is broken: the wall shelters the defender no more.
    pub breached: bool,
    /// Every attacked hexside is a stream without a bridge.
    pub stream: bool,
    /// Tanks can get in.
    pub tanks_pass: bool,
    /// Factor of light on fire.
    pub light: f64,
    /// Night.
    pub night: bool,
    /// Batteries supporting the attack, and the defence.
    pub batteries: [f64; 2],
    /// Manned works of the defender beside the hex, whose fire reaches the attackers.
    pub neighbours: u32,
    /// The attackers' guns are kept from this ground by order.
    pub spared: bool,
}

impl Site {
    /// The ground of a fight for `target`, attacked from the hexes `from` (which may repeat).
    pub fn of(
        scenario: &Scenario,
        field: &Field,
        hour: Hours,
        sky: &Sky,
        target: Hex,
        from: &[Hex],
        entrenched: WorksLevel,
        just_taken: bool,
        batteries: [f64; 2],
    ) -> Self {
        let map = scenario.map();
        let ground = map.at(target);
        let mut hexes = from.to_vec();
        hexes.sort_unstable();
        hexes.dedup();
        let attacked: Vec<Direction> = hexes
            .iter()
            .filter_map(|h| map.grid.direction(target, *h))
            .collect();
        let all = |test: &dyn Fn(Direction) -> bool| {
            !attacked.is_empty() && attacked.iter().all(|d| test(*d))
        };
        let terrain = scenario.rules().terrain(ground.terrain);
        let gate = all(&|d| map.side(target, d).is_some_and(|s| s.wall == Some(target)));
        Self {
            at: target,
            hour: hour.0,
            hex_km: map.grid.hex_km(),
            assault: true,
            sides: attacked.len() as u32,
            works: works_against(ground.works, entrenched, &attacked, just_taken),
            terrain: terrain.defence,
            cover: terrain.cover,
            shelter: (WorksLevel::None, false),
            uphill: !hexes.is_empty()
                && hexes
                    .iter()
                    .all(|h| map.at(*h).height_m + 10 <= ground.height_m),
            gate,
            breached: gate
                && attacked.iter().any(|d| {
                    let side = map.grid.side_id(target, *d);
                    side.is_some_and(|side| field.rampart(side).is_broken())
                }),
            stream: all(&|d| map.side(target, d).is_some_and(|s| s.stream && !s.bridge)),
            tanks_pass: attacked.iter().any(|d| {
                map.grid.neighbour(target, *d).is_some_and(|n| {
                    rampart::vehicles_pass(scenario, field, n, d.opposite())
                        && armour::attacks(scenario, n, d.opposite())
                })
            }),
            light: sky.light,
            night: sky.night,
            batteries,
            neighbours: 0,
            spared: false,
        }
    }
}
