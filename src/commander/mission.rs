//! Layer 1: what each formation is to do. The scenario's plan by date, taken a step further where
//! the step in force is done; without a plan, the most valuable place in reach. Decides nothing
//! about single units.

use crate::{
    battle::{FormationMission, MissionPosture, SideView},
    scenario::{
        FormationId, Hex, Side,
        forces::{PlanEntry, PlanTask},
    },
};

/// A plan's next step is taken up to so many hours early, if the step before it is done.
const EARLY_HOURS: u32 = 18;
/// How far a formation without a plan looks for something to do, km.
const REACH_KM: f64 = 12.0;
/// A side at least so aggressive goes on to another objective when its plan is done.
const GOES_ON: f64 = 0.5;

/// Formations that have units on the map, in order of number, each with the hex of its largest.
pub(super) fn formations(view: &SideView<'_>) -> Vec<(FormationId, Hex)> {
    let mut found: Vec<(FormationId, u32, Hex)> = Vec::new();
    for own in view.own_units() {
        let Some(at) = own.hex else {
            continue;
        };
        let id = view.scenario().unit(own.id).formation;
        let men = own.strength.present();
        match found.iter_mut().find(|f| f.0 == id) {
            Some(f) if f.1 < men => *f = (id, men, at),
            Some(_) => {}
            None => found.push((id, men, at)),
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(id, _, at)| (id, at)).collect()
}

/// The mission of a formation that stands about `at`.
pub(super) fn mission(view: &SideView<'_>, formation: FormationId, at: Hex) -> FormationMission {
    let scenario = view.scenario();
    let permitted = scenario.doctrine(view.side()).withdrawal_permitted;
    let plan = scenario.plan(formation);
    let Some((entry, done)) = step(view, plan) else {
        let objective = if plan.is_empty() {
            valuable(view, at).unwrap_or(at)
        } else {
            // Its time has not come.
            at
        };
        let attack = objective != at && scenario.doctrine(view.side()).aggression >= GOES_ON;
        return FormationMission {
            objective,
            posture: if attack {
                MissionPosture::Attack
            } else {
                MissionPosture::Reserve
            },
            may_withdraw: permitted,
        };
    };
    let place = &scenario.map().places[entry.place];
    let further = (done && scenario.doctrine(view.side()).aggression >= GOES_ON)
        .then(|| valuable(view, at))
        .flatten();
    FormationMission {
        objective: further.unwrap_or(place.centre),
        posture: posture(entry.task),
        may_withdraw: permitted || matches!(entry.task, PlanTask::Delay | PlanTask::Withdraw),
    }
}

fn posture(task: PlanTask) -> MissionPosture {
    match task {
        PlanTask::Seize => MissionPosture::Attack,
        PlanTask::Hold => MissionPosture::Hold,
        PlanTask::Delay => MissionPosture::Delay,
        PlanTask::Reserve => MissionPosture::Reserve,
        PlanTask::Withdraw => MissionPosture::Withdraw,
    }
}

/// The step of a plan in force, and whether it is the last and done.
fn step<'p>(view: &SideView<'_>, plan: &'p [PlanEntry]) -> Option<(&'p PlanEntry, bool)> {
    let hour = view.hour();
    let mut now = plan.iter().rposition(|e| e.from <= hour)?;
    let done = |e: &PlanEntry| e.task == PlanTask::Seize && held(view, e.place, view.side());
    while done(&plan[now])
        && plan
            .get(now + 1)
            .is_some_and(|e| e.task == PlanTask::Seize && e.from.0 <= hour.0 + EARLY_HOURS)
    {
        now += 1;
    }
    let last = now + 1 == plan.len();
    Some((&plan[now], last && done(&plan[now])))
}

/// Does a side hold a place?
pub(super) fn held(view: &SideView<'_>, place: usize, side: Side) -> bool {
    view.tenure(place).is_some_and(|t| t.holder == Some(side))
}

/// The place most worth its distance that the side does not hold.
fn valuable(view: &SideView<'_>, at: Hex) -> Option<Hex> {
    let scenario = view.scenario();
    let map = scenario.map();
    scenario
        .objectives()
        .iter()
        .filter(|o| !held(view, o.place, view.side()))
        .filter_map(|o| {
            let centre = map.places[o.place].centre;
            let km = f64::from(map.grid.distance(at, centre)) * map.grid.hex_km();
            (km <= REACH_KM).then(|| (o.worth[view.side().index()] / (2.0 + km), centre))
        })
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, centre)| centre)
}
