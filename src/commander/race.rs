//! Those who run ahead of phase lines and schedules (model §3.11): a formation that has taken what it was
//! to take goes on before the hour of its plan, where its doctrine makes light of that hour, or where
//! troops of another command are as near to the next place. Decides nothing about what is attacked.
//!
//! The article: Matsui wanted a slow and steady march, but his subordinates raced each other to be the
//! first to get to the city; Guangde was taken three days, Danyang five days ahead of schedule.

use crate::{
    battle::{
        Randomness, SideView,
        dice::{Purpose, RollKey},
    },
    scenario::{
        FormationId,
        forces::{PlanEntry, fnv64},
    },
};

/// A step of the plan is begun at most so many hours early ...
const EARLY_HOURS: u32 = 18;
/// ... or so many, where there is somebody to be forestalled.
const RACE_HOURS: u32 = 36;
/// Troops of another command so close to a place could be there first, km.
const RIVAL_KM: f64 = 6.0;
/// Stream of the dice that no other commander uses.
const STREAM: u32 = 0x7d01;

/// Does a formation, its present step done, go on to the next of its plan?
pub(super) fn goes_on(view: &SideView<'_>, formation: FormationId, next: &PlanEntry) -> bool {
    let early = next.from.0.saturating_sub(view.hour().0);
    let doctrine = view.scenario().doctrine_of(formation);
    early == 0
        || early <= EARLY_HOURS && inclined(view, formation, next, doctrine.phase_line_disobey, 0)
        || early <= RACE_HOURS
            && inclined(view, formation, next, doctrine.rivalry, 1)
            && has_rivals(view, formation, next)
}

/// One draw for each formation, step and habit, whenever it is asked.
fn inclined(
    view: &SideView<'_>,
    formation: FormationId,
    next: &PlanEntry,
    share: f64,
    habit: u64,
) -> bool {
    let dice = view.dice().aside(STREAM);
    match dice.randomness() {
        Randomness::Sampled => {
            let key = RollKey {
                turn: next.from.turn().0,
                purpose: Purpose::PhaseLine,
                unit: fnv64(&view.scenario().formation(formation).text_id),
                salt: habit,
            };
            dice.uniform(key) < share
        }
        Randomness::Expected => share >= 0.5,
    }
}

/// Are troops of another command close to the place?
fn has_rivals(view: &SideView<'_>, formation: FormationId, next: &PlanEntry) -> bool {
    let scenario = view.scenario();
    let grid = &scenario.map().grid;
    let own = scenario.station(formation);
    let goal = scenario.map().places[next.place].centre;
    view.own_units().iter().any(|u| {
        let unit = scenario.unit(u.id);
        let near = |at| f64::from(grid.distance(at, goal)) * grid.hex_km() <= RIVAL_KM;
        unit.branch.can_assault()
            && u.strength.formed() > 0
            && u.hex.is_some_and(near)
            && scenario.station(unit.formation) != own
    })
}
