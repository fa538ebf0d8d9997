//! Ways to the objectives: for each, what it costs to get there from every hex. Kept for some turns,
//! since they are the dearest thing a commander computes. Holds caches only: what it returns depends
//! on the view it was computed from.

use crate::{
    battle::{SideView, route::Pathfinder},
    scenario::{
        Hex,
        map::{Mover, Place},
    },
};
use std::collections::BTreeMap;

/// Hours after which a field is computed anew, enemies having moved.
const STALE_HOURS: u32 = 24;
/// Cost allowed per km of straight distance, and beyond it: roads wind, hills cost more.
const DETOUR: f32 = 2.0;
const MARGIN_KM: f32 = 16.0;
/// What the view's fields add for a hex held by the enemy.
const FIGHT_KM: f32 = 12.0;

/// Cost in km from every hex to one objective.
#[derive(Clone, Debug)]
struct Flow {
    hour: u32,
    limit: f32,
    used: u32,
    cost: Vec<f32>,
}

/// The fields in use.
#[derive(Clone, Debug, Default)]
pub(super) struct Flows {
    finder: Pathfinder,
    kept: BTreeMap<Hex, Flow>,
}

impl Flows {
    /// Makes sure that there is a field to an objective that reaches so far.
    pub(super) fn prepare(&mut self, view: &SideView<'_>, objective: Hex, farthest_km: f32) {
        let hour = view.hour().0;
        let needed = farthest_km * DETOUR + MARGIN_KM;
        if let Some(flow) = self.kept.get_mut(&objective) {
            flow.used = hour;
            if flow.hour + STALE_HOURS > hour && flow.limit >= needed {
                return;
            }
        }
        let cost = view.field_to(&mut self.finder, Mover::Foot, &[objective], needed);
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
        view: &SideView<'_>,
        objective: Hex,
        from: Hex,
        mut stop: impl FnMut(Hex) -> bool,
    ) -> Vec<Hex> {
        let map = view.scenario().map();
        let mut way = Vec::new();
        let mut here = from;
        let mut cost = self.cost(objective, here);
        while here != objective && way.len() < 80 {
            let next = map
                .grid
                .neighbours(here)
                .filter_map(|(d, n)| {
                    let step = view.passage().cost(Mover::Foot, here, d);
                    let rest = self.cost(objective, n);
                    let held = view.enemy_men(n) > 0 && n != objective;
                    let fight = if held { FIGHT_KM } else { 0.0 };
                    (rest < cost && step.is_finite()).then_some((step + fight + rest, rest, n))
                })
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
            let Some((_, rest, n)) = next else {
                break;
            };
            if stop(n) {
                break;
            }
            way.push(n);
            here = n;
            cost = rest;
        }
        way
    }
}

/// Which place a mission's objective stands for: the one whose centre it is.
pub(super) fn place_at<'a>(view: &SideView<'a>, objective: Hex) -> Option<(usize, &'a Place)> {
    let scenario: &'a crate::scenario::Scenario = view.scenario();
    let map: &'a crate::scenario::HexMap = scenario.map();
    map.places
        .iter()
        .enumerate()
        .find(|(_, p)| p.centre == objective)
}
