//! What may be ordered at the wall, at mines, and for a blow back: the part of [`super::check`] that
//! knows sieges. Says why not; changes nothing.

use super::{Deed, Refusal, Task, not_its_work, reachable_at};
use crate::{
    battle::{
        rampart::{gate_on, wall_hexes},
        view::{OwnUnit, SideView},
    },
    scenario::{Branch, Hex, SideId, Unit},
};

fn nothing(why: impl Into<String>) -> Refusal {
    Refusal::NothingToDo { why: why.into() }
}

fn there(known: &Unit, place: String) -> Refusal {
    Refusal::NotThere {
        unit: known.name.clone(),
        place,
    }
}

/// An assault on known enemies behind the gate next to the unit: there must be a way through.
pub(super) fn assault(view: &SideView<'_>, own: &OwnUnit, target: Hex) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let grid = &scenario.map().grid;
    let across = own
        .hex
        .and_then(|at| Some((at, grid.direction(at, target)?)));
    let Some((at, direction)) = across else {
        return Ok(());
    };
    if !view.passage().walled(at, direction) || view.enemy_men(target) == 0 {
        return Ok(());
    }
    let engineers = view.engineers_at(at);
    let gate = grid
        .side_id(at, direction)
        .filter(|side| gate_on(scenario, &scenario.map().sides[side.index()]));
    let Some(side) = gate else {
        // Along the wall there may be another way round.
        return Ok(());
    };
    if view.room_to_storm(at, direction, engineers).is_some() {
        return Ok(());
    }
    match (
        view.rampart(side).breach,
        view.moat_bars(side) && engineers == 0,
    ) {
        (0, _) => Err(nothing(
            "the wall stands and its gates are shut: breach it, or send a party over it",
        )),
        (_, true) => Err(nothing(
            "the moat bars the way: engineers must bridge it, or bring boats",
        )),
        (_, false) => Ok(()),
    }
}

/// A blow back at a hex.
pub(super) fn counterattack(
    view: &SideView<'_>,
    own: &OwnUnit,
    target: Hex,
) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let map = scenario.map();
    let known = scenario.unit(own.id);
    if !known.branch.can_assault() {
        return Err(not_its_work(known.name.clone(), "counterattack"));
    }
    if map.at(target).safety_zone {
        return Err(Refusal::SafetyZone);
    }
    let near = own.hex.is_some_and(|at| map.grid.distance(at, target) <= 1);
    if !near {
        let place = format!("at {} or next to it", map.describe(target));
        return Err(there(known, place));
    }
    Ok(())
}

/// Mines to be taken up.
pub(super) fn clear_mines(view: &SideView<'_>, own: &OwnUnit, target: Hex) -> Result<(), Refusal> {
    let map = view.scenario().map();
    let known = view.scenario().unit(own.id);
    if known.branch != Branch::Engineer {
        return Err(not_its_work(
            known.name.clone(),
            "clear mines: that is for engineers",
        ));
    }
    if !view.known_mines().any(|m| m.hex == target) {
        return Err(nothing(format!(
            "no mines are known of at {}",
            map.describe(target)
        )));
    }
    if own.hex.is_none_or(|at| map.grid.distance(at, target) > 1) {
        let place = format!("at {} or next to it", map.describe(target));
        return Err(there(known, place));
    }
    Ok(())
}

/// A deed at a hexside of the wall.
pub(super) fn deed(
    view: &SideView<'_>,
    own: &OwnUnit,
    deed: Deed,
    side: SideId,
) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let map = scenario.map();
    let known = scenario.unit(own.id);
    let Some((inner, outer)) = wall_hexes(scenario, side) else {
        return Err(nothing("no wall stands there"));
    };
    let engineers = known.branch == Branch::Engineer;
    let (at_outer, at_inner) = (own.hex == Some(outer), own.hex == Some(inner));
    let before = format!("before the wall at {}", map.describe(inner));
    let behind = format!("at {}, on either side of the wall", map.describe(inner));
    let held = view.control(inner) == Some(view.side());
    let state = view.rampart(side);
    if matches!(deed, Deed::Breach | Deed::Escalade) && held {
        return Err(nothing("the wall there is in own hands"));
    }
    if map.at(inner).safety_zone {
        return Err(Refusal::SafetyZone);
    }
    match deed {
        Deed::Breach => {
            if known.gun_class.is_some() && known.guns > 0 {
                return reachable_at(view, own, outer);
            }
            if !engineers {
                return Err(not_its_work(
                    known.name.clone(),
                    "breach a wall: that is for guns and engineers",
                ));
            }
            at_outer.then_some(()).ok_or_else(|| there(known, before))
        }
        Deed::Bridge => {
            if !engineers {
                return Err(not_its_work(
                    known.name.clone(),
                    "build a bridge: that is for engineers",
                ));
            }
            if !view.moat_bars(side) {
                return Err(nothing("there is no water to bridge"));
            }
            (at_outer || at_inner)
                .then_some(())
                .ok_or_else(|| there(known, behind))
        }
        Deed::Escalade => {
            let on_foot = matches!(
                known.branch,
                Branch::Infantry | Branch::Engineer | Branch::Cavalry | Branch::MilitaryPolice
            );
            if !on_foot {
                return Err(not_its_work(known.name.clone(), "scale a wall"));
            }
            if !at_outer {
                return Err(there(known, before));
            }
            if state.lodgement.is_some() {
                return Err(nothing("own men hold out on that wall already"));
            }
            if view.moat_bars(side) && view.engineers_at(outer) == 0 {
                return Err(nothing(
                    "the moat bars the way: engineers must bridge it, or bring boats",
                ));
            }
            Ok(())
        }
        Deed::Smoke => {
            if known.branch.is_guns() || !known.branch.can_assault() {
                return Err(not_its_work(known.name.clone(), "lay smoke"));
            }
            (at_outer || at_inner)
                .then_some(())
                .ok_or_else(|| there(known, behind))
        }
        Deed::Open => {
            if !engineers {
                return Err(not_its_work(
                    known.name.clone(),
                    "clear a gate: that is for engineers",
                ));
            }
            let shut =
                gate_on(scenario, &map.sides[side.index()]) && state.barricaded && !state.opened;
            if !shut {
                return Err(nothing("there is no barricaded gate"));
            }
            if !held {
                return Err(nothing("the gate is not in own hands"));
            }
            (at_outer || at_inner)
                .then_some(())
                .ok_or_else(|| there(known, behind))
        }
    }
}

impl Task {
    /// A breach, for the many who ask.
    pub fn breach(side: SideId) -> Self {
        Task::Siege {
            deed: Deed::Breach,
            side,
        }
    }
}
