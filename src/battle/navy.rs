//! Ships on the river: what their guns reach, and where nobody crosses any more. The article: naval
//! units closed the river just after the 2nd Army had crossed it.
//!
//! Whose ships bar which stretch of water is a fact that follows from where they lie; it is told once
//! for each anchorage of the map. What it costs those who cross is no part of this file.

use super::{
    event::{Event, EventLog, Phase},
    ground::{Occupancy, Roster, Stage},
    parts::{self, Units},
};
use crate::scenario::{
    Branch, Hex, Scenario, Side,
    map::{Mover, Terrain, file::FeatureKind},
};
use bevy_ecs::{
    resource::Resource,
    system::{Res, ResMut},
};
use serde::{Deserialize, Serialize};

/// Anchorages (feature indices) that a side's ships have closed, in order.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct River {
    closed: Vec<(u16, Side)>,
}

impl River {
    /// Anchorages that are closed, and by whom.
    pub fn closed(&self) -> &[(u16, Side)] {
        &self.closed
    }
}

/// Is a hex near enough to the channel a ship lies in for its guns?
pub fn near_channel(scenario: &Scenario, ship: Hex, target: Hex) -> bool {
    let map = scenario.map();
    let reach = (scenario.rules().bombardment.naval_km / map.grid.hex_km()).round() as u32;
    map.grid.within(target, reach).into_iter().any(|h| {
        map.at(h).terrain == Terrain::Water && scenario.passage().connected(Mover::Ship, ship, h)
    })
}

/// Ships of a side whose guns bar the river at a hex: their number of units.
pub fn barred(scenario: &Scenario, roster: &Roster, units: &Units, side: Side, hex: Hex) -> u32 {
    ships(scenario, roster, units, side)
        .into_iter()
        .filter(|at| bars(scenario, *at, hex))
        .count() as u32
}

/// Does a ship bar the river at a hex?
pub fn bars(scenario: &Scenario, ship: Hex, hex: Hex) -> bool {
    let grid = &scenario.map().grid;
    let reach = (scenario.rules().bombardment.blockade_km / grid.hex_km()).round() as u32;
    grid.distance(ship, hex) <= reach
}

/// Where a side's ships lie.
fn ships(scenario: &Scenario, roster: &Roster, units: &Units, side: Side) -> Vec<Hex> {
    parts::ids(roster)
        .filter(|id| {
            let unit = scenario.unit(*id);
            unit.branch == Branch::Naval && unit.side == side
        })
        .filter_map(|id| {
            let u = parts::read(units, roster, id);
            u.position.hex.filter(|_| u.strength.formed() > 0)
        })
        .collect()
}

/// Ships close an anchorage when they lie near it and no enemy stands there, and open it when they
/// go.
pub fn close_river(
    stage: Res<Stage>,
    roster: Res<Roster>,
    occupancy: Res<Occupancy>,
    mut river: ResMut<River>,
    mut log: ResMut<EventLog>,
    units: Units,
) {
    let scenario = &stage.0;
    let map = scenario.map();
    for side in Side::ALL {
        if ships(scenario, &roster, &units, side).is_empty() {
            continue;
        }
        for (i, feature) in map.features.iter().enumerate() {
            let FeatureKind::Anchorage = feature.kind else {
                continue;
            };
            let anchorage = i as u16;
            let near = feature.hexes.iter().any(|h| {
                occupancy.side(*h) != Some(side.enemy())
                    && barred(scenario, &roster, &units, side, *h) > 0
            });
            let entry = (anchorage, side);
            match river.closed.binary_search(&entry) {
                Err(at) if near => {
                    river.closed.insert(at, entry);
                    log.push(
                        Phase::Verdict,
                        Event::RiverClosed {
                            anchorage,
                            by: side,
                        },
                    );
                }
                Ok(at) if !near => {
                    river.closed.remove(at);
                }
                _ => {}
            }
        }
    }
}
