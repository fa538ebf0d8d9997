//! Ways to the objectives: for each, what it costs to get there from every hex. Kept for some turns,
//! since they are the dearest thing a commander computes. Holds caches only: what it returns depends
//! on the view it was computed from.

use super::table::Table;
use crate::{
    battle::{SideView, route::Pathfinder},
    scenario::{
        Hex, HexMap,
        map::{Mover, Place},
    },
};
use std::collections::BTreeMap;

/// Hours after which a field is computed anew, enemies having moved.
const STALE_HOURS: u32 = 24;
/// Cost allowed per km of straight distance, and beyond it: roads wind, hills cost more.
const DETOUR: f32 = 1.6;
const MARGIN_KM: f32 = 14.0;
/// A way through enemies costs a fight: km added for each hex they hold.
const FIGHT_KM: f32 = 12.0;

/// Cost in km from every hex to one objective.
#[derive(Clone, Debug)]
struct Flow {
    hour: u32,
    limit: f32,
    used: u32,
    cost: Vec<f32>,
}

/// Where steps need a closer look: the wall runs along the hex, or it lies in the Safety Zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    Plain,
    Walled,
    SafetyZone,
}

/// The fields in use.
#[derive(Clone, Debug, Default)]
pub(super) struct Flows {
    finder: Pathfinder,
    ground: Vec<Ground>,
    kept: BTreeMap<Hex, Flow>,
}

impl Flows {
    /// Makes sure that there is a field to an objective that reaches so far.
    pub(super) fn prepare(&mut self, table: &Table<'_, '_>, objective: Hex, farthest_km: f32) {
        let hour = table.view.hour().0;
        let needed = farthest_km * DETOUR + MARGIN_KM;
        if let Some(flow) = self.kept.get_mut(&objective) {
            flow.used = hour;
            if flow.hour + STALE_HOURS > hour && flow.limit >= needed {
                return;
            }
        }
        if self.ground.len() != table.map.grid.len() {
            self.ground = survey(table.map);
        }
        let ground = &self.ground;
        let cost = self.finder.field(
            &table.map.grid,
            table.view.passage(),
            Mover::Foot,
            &[(objective, 0.0)],
            needed,
            |_| true,
            |from, to, d| {
                let at_goal = to == objective;
                if ground[to.index()] == Ground::SafetyZone && !at_goal {
                    return None;
                }
                let open = ground[to.index()] == Ground::Plain
                    || (at_goal && table.view.faces(from, d))
                    || table.view.gate_open(Mover::Foot, from, to);
                let through = table.enemy(to) && !at_goal;
                let open = open || (through && table.view.faces(from, d));
                open.then_some(if through { FIGHT_KM } else { 0.0 })
            },
        );
        self.kept.insert(
            objective,
            Flow {
                hour,
                limit: needed,
                used: hour,
                cost,
            },
        );
    }

    /// Lets go of fields nobody has asked for lately.
    pub(super) fn tidy(&mut self, hour: u32) {
        self.kept.retain(|_, flow| flow.used + STALE_HOURS > hour);
    }

    /// Cost in km from a hex to an objective; infinite if unknown or unreachable.
    pub(super) fn cost(&self, objective: Hex, at: Hex) -> f32 {
        self.kept
            .get(&objective)
            .map_or(f32::INFINITY, |f| f.cost[at.index()])
    }

    /// The way down from a hex, start left out, until `stop` says that the next hex is not to be
    /// entered, or the objective is reached.
    pub(super) fn descend(
        &self,
        table: &Table<'_, '_>,
        objective: Hex,
        from: Hex,
        mut stop: impl FnMut(Hex) -> bool,
    ) -> Vec<Hex> {
        let mut way = Vec::new();
        let Some(flow) = self.kept.get(&objective) else {
            return way;
        };
        let mut here = from;
        while here != objective {
            let cost = flow.cost[here.index()];
            let next = table
                .map
                .grid
                .neighbours(here)
                .filter_map(|(d, n)| {
                    let step = table.view.passage().cost(Mover::Foot, here, d);
                    let rest = flow.cost[n.index()];
                    let fight = if table.enemy(n) && n != objective {
                        FIGHT_KM
                    } else {
                        0.0
                    };
                    let wall = table.view.passage().walled(here, d)
                        && !table.view.faces(here, d)
                        && !table.view.gate_open(Mover::Foot, here, n);
                    (rest < cost && step.is_finite() && !wall).then_some((step + fight + rest, n))
                })
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let Some((_, n)) = next else {
                break;
            };
            if stop(n) {
                break;
            }
            way.push(n);
            here = n;
        }
        way
    }
}

fn survey(map: &HexMap) -> Vec<Ground> {
    map.grid
        .hexes()
        .map(|hex| {
            let walled = map
                .grid
                .neighbours(hex)
                .any(|(d, _)| map.side(hex, d).is_some_and(|s| s.wall.is_some()));
            if map.at(hex).safety_zone {
                Ground::SafetyZone
            } else if walled {
                Ground::Walled
            } else {
                Ground::Plain
            }
        })
        .collect()
}

/// Which place a mission's objective stands for: the one whose centre it is.
pub(super) fn place_at<'a>(view: &SideView<'a>, objective: Hex) -> Option<(usize, &'a Place)> {
    let scenario: &'a crate::scenario::Scenario = view.scenario();
    let map: &'a HexMap = scenario.map();
    map.places
        .iter()
        .enumerate()
        .find(|(_, p)| p.centre == objective)
}
