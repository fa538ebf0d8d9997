//! The computer commander: missions to formations, then tasks to units. Sees a view, keeps only what
//! spares work (fields of ways) or steadies its hand (where units came from).

use super::{
    Commander, air, attack,
    charge::Charge,
    course::Course,
    decide,
    desk::Desk,
    directive, escape,
    flow::Flows,
    guns::{self, FirePlan},
    hold,
    level::Level,
    look_ahead::{self, Chosen},
    march::{self, Trails},
    mission,
    reason::{Motive, Reason},
    siege,
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
    level: Level,
    course: Course,
    flows: Flows,
    trails: Trails,
    improvises: bool,
    /// Missions given by somebody else.
    entrusted: BTreeMap<FormationId, FormationMission>,
    explains: bool,
    reasons: Vec<Reason>,
    /// Missions that are not its to give: those of a person it serves as staff.
    given: BTreeMap<FormationId, Given>,
}

/// By what a formation acts to which a person has given a mission.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// The mission by which it acts.
    pub mission: FormationMission,
    /// Is that the mission given? If not, the order for it has not come yet.
    pub arrived: bool,
}

impl Commander for General {
    fn orders(&mut self, view: &SideView<'_>) -> Vec<Order> {
        let chosen = look_ahead::choose(self, view);
        if let Some(chosen) = &chosen {
            self.course = chosen.course;
        }
        let (orders, reasons) = self.plan(view, chosen.as_ref());
        self.reasons = reasons;
        orders
    }

    fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    fn explain(&mut self, asked: bool) {
        self.explains = asked;
    }

    fn entrust(&mut self, missions: &[(FormationId, FormationMission)]) {
        self.entrusted = missions.iter().copied().collect();
    }
}

impl General {
    /// A commander of a level.
    pub fn of(level: Level) -> Self {
        Self {
            level,
            ..Self::default()
        }
    }

    /// Its level.
    pub fn level(&self) -> Level {
        self.level
    }

    /// From now on it serves as staff: it plans by these missions and orders these formations no other.
    pub fn serve(&mut self, given: BTreeMap<FormationId, Given>) {
        self.given = given;
    }

    /// The same, quick and without reasons, on a course of action: for playing ahead.
    pub(super) fn on_course(&self, course: Course) -> Self {
        Self {
            level: Level::Regular,
            course,
            explains: false,
            reasons: Vec::new(),
            ..self.clone()
        }
    }

    /// The enemy as one imagines him: without his plans, which one does not know.
    pub(super) fn imagined() -> Self {
        Self {
            improvises: true,
            ..Self::default()
        }
    }

    /// Orders and reasons for the turn to come.
    fn plan(&mut self, view: &SideView<'_>, chosen: Option<&Chosen>) -> (Vec<Order>, Vec<Reason>) {
        if view.is_over() {
            return (Vec::new(), Vec::new());
        }
        let mut table = Table::new(view, self.level.skill(), self.course);
        table.improvises = self.improvises;
        let mut desk = Desk::new(self.explains);
        if let Some(chosen) = chosen {
            chosen.note(&mut desk);
        }
        directive::give(view, &mut desk);
        let missions = commission(&table, &mut desk, &self.given, &self.entrusted);
        let charges = Charge::all(view, &missions);
        self.trails.note(&charges);
        self.chart(&table, &charges);
        escape::plan(&mut table, &mut desk, &charges);
        let walls = siege::plan(&mut table, &mut desk, &charges);
        let assaults = attack::plan(&mut table, &mut desk, &self.flows, &charges);
        for (i, c) in charges.iter().enumerate() {
            if c.unit.branch.is_guns() || desk.is_settled(c.own.id) {
                continue;
            }
            if siege::is_bound(&table, c) && desk.give(&mut table, c, Task::Hold, Motive::Lodged) {
                continue;
            }
            let attacks = c.mission.posture == MissionPosture::Attack && c.fights();
            if attacks {
                let waits = assaults.waits(i).or_else(|| {
                    self.explains
                        .then(|| siege::waits(&table, &charges, c))
                        .flatten()
                });
                let flows = &self.flows;
                march::advance(&mut table, &mut desk, flows, &self.trails, waits, c);
            } else {
                hold::man(&mut table, &mut desk, c);
            }
        }
        air::fly(&table, &mut desk, &assaults.blows);
        let mut fire = FirePlan::default();
        for c in charges.iter().filter(|c| c.unit.branch.is_guns()) {
            if desk.is_settled(c.own.id) {
                continue;
            }
            guns::serve(
                &mut table,
                &mut desk,
                &self.flows,
                &assaults.blows,
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
/// for those that are to change. Those `given` or `entrusted` stay as they are.
fn commission(
    table: &Table<'_, '_>,
    desk: &mut Desk,
    given: &BTreeMap<FormationId, Given>,
    entrusted: &BTreeMap<FormationId, FormationMission>,
) -> Vec<(FormationId, FormationMission)> {
    let view = table.view;
    mission::formations(view)
        .into_iter()
        .map(|(formation, at)| {
            if let Some(given) = given.get(&formation) {
                let motive = if given.arrived {
                    Motive::Given
                } else {
                    Motive::OnItsWay
                };
                desk.mission(formation, given.mission, motive, false);
                return (formation, given.mission);
            }
            if let Some(given) = entrusted.get(&formation) {
                desk.mission(formation, *given, Motive::Script, false);
                let received = view
                    .mission(formation)
                    .filter(|_| !view.delivers_at_once(formation));
                return (formation, received.unwrap_or(*given));
            }
            let (wanted, motive) = mission::mission(table, desk, formation, at);
            let last = view.last_ordered(formation);
            let goes_on = last.map(|l| l.0) == Some(wanted);
            if view.delivers_at_once(formation) {
                if goes_on {
                    desk.mission(formation, wanted, motive, false);
                } else {
                    desk.commission(table, formation, wanted, None, motive);
                }
                return (formation, wanted);
            }
            // What is on its way is not sent again, and what is to come soon is sent in good time.
            match mission::ahead(table, formation) {
                Some((next, hour)) if last != Some((next, Some(hour))) => {
                    let motive = Motive::InTime { from: hour };
                    desk.commission(table, formation, next, Some(hour), motive);
                }
                None if !goes_on => {
                    desk.commission(table, formation, wanted, None, motive);
                }
                _ => desk.mission(formation, wanted, motive, false),
            }
            // Its staff orders the units by the mission it has received.
            (formation, view.mission(formation).unwrap_or(wanted))
        })
        .collect()
}
