//! The computer commander: missions to formations, then tasks to units. Sees a view, keeps only what
//! spares work (fields of ways) or steadies its hand (where units came from).

use super::{
    Commander, air, attack,
    charge::Charge,
    desk::Desk,
    escape,
    flow::Flows,
    guns::{self, FirePlan},
    hold,
    march::{self, Trails},
    mission, siege,
    table::Table,
};
use crate::{
    battle::{FormationMission, MissionPosture, Order, SideView, Task},
    scenario::{FormationId, Hex},
};
use std::collections::BTreeMap;

/// The computer commander of one side.
#[derive(Clone, Debug, Default)]
pub struct General {
    flows: Flows,
    trails: Trails,
}

impl Commander for General {
    fn orders(&mut self, view: &SideView<'_>) -> Vec<Order> {
        if view.is_over() {
            return Vec::new();
        }
        let mut table = Table::new(view);
        let mut desk = Desk::default();
        let missions = commission(&table, &mut desk);
        let charges = Charge::all(view, &missions);
        self.trails.note(&charges);
        self.chart(&table, &charges);
        escape::plan(&mut table, &mut desk, &charges);
        let walls = siege::plan(&mut table, &mut desk, &charges);
        let blows = attack::plan(&mut table, &mut desk, &self.flows, &charges);
        for c in charges.iter().filter(|c| !c.unit.branch.is_guns()) {
            if desk.is_settled(c.own.id) {
                continue;
            }
            if siege::is_bound(&table, c) && desk.give(&mut table, c, Task::Hold) {
                continue;
            }
            let attacks = c.mission.posture == MissionPosture::Attack && c.fights();
            if attacks {
                march::advance(&mut table, &mut desk, &self.flows, &self.trails, c);
            } else {
                hold::man(&mut table, &mut desk, c);
            }
        }
        air::fly(&table, &mut desk, &blows);
        let mut fire = FirePlan::default();
        for c in charges.iter().filter(|c| c.unit.branch.is_guns()) {
            if desk.is_settled(c.own.id) {
                continue;
            }
            guns::serve(
                &mut table,
                &mut desk,
                &self.flows,
                &blows,
                &walls,
                &mut fire,
                c,
            );
        }
        desk.close()
    }
}

impl General {
    /// Fields of ways to the objectives of those who advance.
    fn chart(&mut self, table: &Table<'_, '_>, charges: &[Charge<'_>]) {
        let grid = &table.map.grid;
        let mut farthest: BTreeMap<Hex, u32> = BTreeMap::new();
        for c in charges {
            let goes = match c.mission.posture {
                MissionPosture::Attack => c.fights() || c.unit.branch.is_guns(),
                MissionPosture::Reserve => c.unit.branch.is_guns(),
                _ => false,
            };
            let far = grid.distance(c.at, c.mission.objective);
            if goes && !c.unit.branch.is_fixed() && far > 0 {
                let known = farthest.entry(c.mission.objective).or_default();
                *known = far.max(*known);
            }
        }
        for (objective, far) in farthest {
            let km = (f64::from(far) * grid.hex_km()) as f32;
            self.flows.prepare(table, objective, km);
        }
        self.flows.tidy(table.view.hour().0);
    }
}

/// Missions of all formations with units on the map, in order of number; orders for those that
/// change.
fn commission(table: &Table<'_, '_>, desk: &mut Desk) -> Vec<(FormationId, FormationMission)> {
    let view = table.view;
    mission::formations(view)
        .into_iter()
        .map(|(formation, at)| {
            let mission = mission::mission(view, formation, at);
            if view.mission(formation) != Some(mission) {
                desk.commission(table, Order::Formation { formation, mission });
            }
            (formation, mission)
        })
        .collect()
}
