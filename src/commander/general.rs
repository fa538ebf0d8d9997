//! The computer commander: missions to formations, then tasks to units. Sees a view, keeps only what
//! spares work (fields of ways) or steadies its hand (where units came from).

use super::{
    Commander, air, attack,
    charge::Charge,
    decide,
    desk::Desk,
    directive, escape,
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
        directive::give(view, &mut desk);
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
        decide::answer(&table, &mut desk);
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

/// Missions by which the staffs of all formations with units on the map act, in order of number; orders
/// for those that are to change.
fn commission(table: &Table<'_, '_>, desk: &mut Desk) -> Vec<(FormationId, FormationMission)> {
    let view = table.view;
    mission::formations(view)
        .into_iter()
        .map(|(formation, at)| {
            let wanted = mission::mission(view, formation, at);
            let last = view.last_ordered(formation);
            if view.delivers_at_once(formation) {
                if last.map(|l| l.0) != Some(wanted) {
                    desk.commission(table, formation, wanted, None);
                }
                return (formation, wanted);
            }
            // What is on its way is not sent again, and what is to come soon is sent in good time.
            match mission::ahead(view, formation) {
                Some((next, hour)) if last != Some((next, Some(hour))) => {
                    desk.commission(table, formation, next, Some(hour));
                }
                Some(_) => {}
                None if last.map(|l| l.0) != Some(wanted) => {
                    desk.commission(table, formation, wanted, None);
                }
                None => {}
            }
            // Its staff orders the units by the mission it has received.
            (formation, view.mission(formation).unwrap_or(wanted))
        })
        .collect()
}
