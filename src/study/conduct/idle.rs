//! Formations that stand about: which could act in a turn, and which of these had nothing to do although
//! there was something to do.

use super::watch::Deeds;
use crate::{
    battle::{Battle, FormationMission, MissionPosture, Posture, SideView, Task, UnitState},
    scenario::{FormationId, Hex, Side, UnitId},
};
use std::collections::BTreeMap;

/// A unit below this cohesion, above this fatigue or below this ammunition is not asked to act.
const COHESION: f64 = 0.45;
const FATIGUE: f64 = 0.65;
const AMMUNITION: f64 = 0.15;

/// An objective so near is something to go to when one's own is taken, km.
const REACH_KM: f64 = 12.0;
/// A formation told to fall back is there when a unit of it is so near, km.
const THERE_KM: f64 = 2.0;
/// A formation told to hold a place is not at it when all of its units are farther off, km.
const ASTRAY_KM: f64 = 5.0;

/// A formation that could act.
pub(super) struct Look {
    /// Which.
    pub formation: FormationId,
    /// Where its units that could act stand, and its objective.
    pub hexes: Vec<Hex>,
    /// Why it had nothing to do; `None`: it had, or there was nothing.
    pub idle: Option<&'static str>,
}

/// All formations that could act in a turn, in order of number: those with a unit of their own that
/// fights, is fit, and can be given orders.
pub(super) fn look(battle: &Battle, deeds: &BTreeMap<UnitId, Deeds>, told: &[Task]) -> Vec<Look> {
    let scenario = battle.scenario();
    let views = Side::ALL.map(|side| battle.view(side));
    let mut able: BTreeMap<FormationId, Vec<(Hex, bool)>> = BTreeMap::new();
    for (i, unit) in scenario.units().iter().enumerate() {
        let id = UnitId(i as u32);
        if !unit.branch.can_assault() {
            continue;
        }
        let Some(state) = battle.unit(id) else {
            continue;
        };
        let Some(at) = state.position.hex.filter(|_| is_fit(&state)) else {
            continue;
        };
        if views[unit.side.index()].is_silent(at) {
            continue;
        }
        let did = deeds
            .get(&id)
            .is_some_and(|d| !d.moves.is_empty() || !d.blocked.is_empty() || d.driven || d.fought);
        let busy = did || state.ledger.in_contact || told[i] != Task::Hold;
        able.entry(unit.formation).or_default().push((at, busy));
    }
    able.into_iter()
        .map(|(formation, units)| {
            let view = &views[scenario.formation(formation).side.index()];
            let mission = view.mission(formation);
            let mut hexes: Vec<Hex> = units.iter().map(|u| u.0).collect();
            let idle = if units.iter().any(|u| u.1) {
                None
            } else {
                nothing_done(view, formation, mission, &hexes)
            };
            hexes.dedup();
            hexes.extend(mission.map(|m| m.objective));
            Look {
                formation,
                hexes,
                idle,
            }
        })
        .collect()
}

fn is_fit(unit: &UnitState) -> bool {
    unit.strength.formed() > 0
        && unit.stance.posture != Posture::Routed
        && unit.condition.cohesion >= COHESION
        && unit.condition.fatigue <= FATIGUE
        && unit.condition.ammunition >= AMMUNITION
}

/// Why a formation whose units all stand has nothing to do, if there is something.
fn nothing_done(
    view: &SideView<'_>,
    formation: FormationId,
    mission: Option<FormationMission>,
    units: &[Hex],
) -> Option<&'static str> {
    let map = view.scenario().map();
    let Some(mission) = mission else {
        return Some("no mission");
    };
    if view.is_silent(mission.objective) {
        return None;
    }
    let km = |a: Hex, b: Hex| f64::from(map.grid.distance(a, b)) * map.grid.hex_km();
    let away = |hex: Hex| {
        let far = units.iter().map(|u| km(*u, hex));
        far.fold(f64::INFINITY, f64::min)
    };
    let off = away(mission.objective);
    let wanted = || {
        view.scenario().objectives().iter().any(|o| {
            let place = &map.places[o.place];
            let held = view.tenure(o.place).and_then(|t| t.holder) == Some(view.side());
            !held && !view.is_silent(place.centre) && away(place.centre) <= REACH_KM
        })
    };
    match mission.posture {
        MissionPosture::Attack if !is_taken(view, mission.objective) => Some(if off > ASTRAY_KM {
            "told to attack, stands far off"
        } else {
            "told to attack, stands close by"
        }),
        MissionPosture::Attack => wanted().then_some("has taken its objective, goes no further"),
        MissionPosture::Withdraw => (off > THERE_KM).then_some("told to fall back, stands"),
        MissionPosture::Hold | MissionPosture::Delay if off > ASTRAY_KM => {
            Some("told to hold a place, stands far off")
        }
        MissionPosture::Reserve if off > ASTRAY_KM => Some("told to be at hand, stands far off"),
        MissionPosture::Reserve if view.scenario().plan(formation).is_empty() => {
            wanted().then_some("has no plan, waits")
        }
        _ => None,
    }
}

/// Does the side hold the place a hex is the centre of, or else the hex?
fn is_taken(view: &SideView<'_>, objective: Hex) -> bool {
    let places = &view.scenario().map().places;
    let mut about = places
        .iter()
        .enumerate()
        .filter(|(_, p)| p.centre == objective)
        .peekable();
    if about.peek().is_none() {
        return view.control(objective) == Some(view.side());
    }
    about.any(|(i, _)| view.tenure(i).and_then(|t| t.holder) == Some(view.side()))
}
