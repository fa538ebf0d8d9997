//! Layer 1: what each formation is to do. The scenario's plan by date, taken a step further where
//! the step in force is done; without a plan, the most valuable place in reach. Decides nothing
//! about single units.

use super::{
    desk::Desk,
    race,
    reason::{Choice, Motive, Subject},
    table::Table,
};
use crate::{
    battle::{FormationMission, MissionPosture, SideView},
    scenario::{
        FormationId, Hex, Hours, Side,
        forces::{PlanEntry, PlanTask},
    },
};

/// How far a formation without a plan looks for something to do, km.
const REACH_KM: f64 = 12.0;
/// A formation this far from a lost place gives up on it, km.
const LOST_KM: f64 = 3.0;
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

/// A plan's next step is ordered so many hours ahead where orders take time, to begin on its hour.
const AHEAD_HOURS: u32 = 12;

/// The next step of a formation's plan, if it is due soon, with its hour: what a staff that knows how
/// long its orders take sends out in good time.
pub(super) fn ahead(
    table: &Table<'_, '_>,
    formation: FormationId,
) -> Option<(FormationMission, Hours)> {
    let view = table.view;
    let scenario = view.scenario();
    let now = view.hour();
    let standing = view.directive(formation);
    if standing.is_some_and(|s| s.directive.kind.moves()) {
        return None;
    }
    let plan = table.plan(formation);
    let entry = plan.iter().find(|e| e.from > now)?;
    // Steps of an attack begin when the one before is done.
    let due = entry.from.0 <= now.0 + AHEAD_HOURS && entry.task != PlanTask::Seize;
    let end = scenario.turns() * crate::scenario::calendar::HOURS_PER_TURN;
    (due && entry.from.0 < end).then(|| (ordered(view, formation, entry), entry.from))
}

fn ordered(view: &SideView<'_>, formation: FormationId, entry: &PlanEntry) -> FormationMission {
    FormationMission {
        objective: view.scenario().map().places[entry.place].centre,
        posture: posture(entry.task),
        may_withdraw: permitted(view, formation)
            || matches!(entry.task, PlanTask::Delay | PlanTask::Withdraw),
    }
}

/// Does the directive that the formation follows allow its units to fall back?
fn permitted(view: &SideView<'_>, formation: FormationId) -> bool {
    view.directive(formation)
        .is_some_and(|s| s.permits(view.hour()))
}

/// The mission of a formation that stands about `at`, and why.
pub(super) fn mission(
    table: &Table<'_, '_>,
    desk: &mut Desk,
    formation: FormationId,
    at: Hex,
) -> (FormationMission, Motive) {
    let view = table.view;
    let scenario = view.scenario();
    let attacks = table.temper(formation).aggression >= GOES_ON;
    if let (Some(standing), Some(mission)) = (view.directive(formation), view.mission(formation))
        && standing.begun
        && standing.moves(view.hour())
    {
        // It is on its way out.
        return (mission, Motive::Directed);
    }
    let permitted = permitted(view, formation);
    let plan = table.plan(formation);
    let Some((entry, done)) = step(view, formation, plan) else {
        // Without a plan, or before its time has come.
        let aim = plan.is_empty().then(|| free(table, desk, formation, at));
        let (objective, motive) = aim.flatten().unwrap_or((at, Motive::AtHand));
        let mission = FormationMission {
            objective,
            posture: if objective != at && attacks {
                MissionPosture::Attack
            } else {
                MissionPosture::Reserve
            },
            may_withdraw: permitted,
        };
        return (mission, motive);
    };
    let place = &scenario.map().places[entry.place];
    let km = |a: Hex, b: Hex| {
        f64::from(scenario.map().grid.distance(a, b)) * scenario.map().grid.hex_km()
    };
    // A command on the attack may have been told to wait at a place that is still to be taken.
    if !attacks
        && entry.task != PlanTask::Seize
        && held(view, entry.place, view.side().enemy())
        && km(at, place.centre) > LOST_KM
    {
        // The place is lost and out of reach: to the next that is not.
        let mission = FormationMission {
            objective: refuge(table, desk, formation, at).unwrap_or(at),
            posture: MissionPosture::Hold,
            may_withdraw: permitted,
        };
        let lost = place.centre;
        return (mission, Motive::PlaceLost { lost });
    }
    if entry.task == PlanTask::Reserve
        && table.course.commits
        && attacks
        && let Some(objective) = effort(table, at)
    {
        let mission = FormationMission {
            objective,
            posture: MissionPosture::Attack,
            may_withdraw: permitted,
        };
        return (mission, Motive::MainEffort);
    }
    let further = (done && attacks)
        .then(|| free(table, desk, formation, at))
        .flatten();
    let motive = match further {
        Some((_, Motive::MainEffort)) => Motive::MainEffort,
        Some(_) => Motive::Further,
        None if entry.from > view.hour() => Motive::Ahead { from: entry.from },
        None => Motive::Plan { from: entry.from },
    };
    let mission = FormationMission {
        objective: further.map_or(place.centre, |f| f.0),
        ..ordered(view, formation, entry)
    };
    (mission, motive)
}

pub(super) fn posture(task: PlanTask) -> MissionPosture {
    match task {
        PlanTask::Seize => MissionPosture::Attack,
        PlanTask::Hold => MissionPosture::Hold,
        PlanTask::Delay => MissionPosture::Delay,
        PlanTask::Reserve => MissionPosture::Reserve,
        PlanTask::Withdraw => MissionPosture::Withdraw,
    }
}

/// The step of a plan in force, and whether it is the last and done.
fn step<'p>(
    view: &SideView<'_>,
    formation: FormationId,
    plan: &'p [PlanEntry],
) -> Option<(&'p PlanEntry, bool)> {
    let hour = view.hour();
    let mut now = plan.iter().rposition(|e| e.from <= hour)?;
    let done = |e: &PlanEntry| e.task == PlanTask::Seize && held(view, e.place, view.side());
    while done(&plan[now])
        && plan
            .get(now + 1)
            .is_some_and(|e| e.task == PlanTask::Seize && race::goes_on(view, formation, e))
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

/// Where a formation goes that is free to choose: to the main effort, if there is one in reach; else to
/// the place most worth its distance that the side does not hold.
fn free(
    table: &Table<'_, '_>,
    desk: &mut Desk,
    formation: FormationId,
    at: Hex,
) -> Option<(Hex, Motive)> {
    let worthiest = worthiest(table, desk, formation, at, true);
    match effort(table, at) {
        Some(hex) => Some((hex, Motive::MainEffort)),
        None => worthiest.map(|hex| (hex, Motive::MostWorth)),
    }
}

/// The main effort, if it is in reach and not one's own.
fn effort(table: &Table<'_, '_>, at: Hex) -> Option<Hex> {
    let view = table.view;
    let grid = &table.map.grid;
    table.course.effort.filter(|hex| {
        f64::from(grid.distance(at, *hex)) * grid.hex_km() <= REACH_KM
            && view.control(*hex) != Some(view.side())
    })
}

/// The place most worth its distance that the side still holds.
fn refuge(table: &Table<'_, '_>, desk: &mut Desk, formation: FormationId, at: Hex) -> Option<Hex> {
    worthiest(table, desk, formation, at, false)
}

/// Of the places that are to be taken, or of those that are held: the one most worth its distance.
fn worthiest(
    table: &Table<'_, '_>,
    desk: &mut Desk,
    formation: FormationId,
    at: Hex,
    take: bool,
) -> Option<Hex> {
    let view = table.view;
    let side = view.side();
    let scenario = view.scenario();
    let map = scenario.map();
    let mut best: Option<(f64, Hex)> = None;
    for o in scenario.objectives() {
        if held(view, o.place, side) == take {
            continue;
        }
        let centre = map.places[o.place].centre;
        let km = f64::from(map.grid.distance(at, centre)) * map.grid.hex_km();
        if km > REACH_KM {
            continue;
        }
        let score = o.worth[side.index()] / (2.0 + km);
        let mission = FormationMission {
            objective: centre,
            posture: if take {
                MissionPosture::Attack
            } else {
                MissionPosture::Hold
            },
            may_withdraw: permitted(view, formation),
        };
        let subject = Subject::Formation(formation);
        desk.lay(subject, Choice::Mission(mission), score, None);
        let better = best.is_none_or(|(s, h)| score > s || (score == s && centre < h));
        if better {
            best = Some((score, centre));
        }
    }
    best.map(|(_, hex)| hex)
}
