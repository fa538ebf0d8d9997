//! Those who leave: units of formations that may cross the river, once their commander judges the city
//! lost, or once they have been sent off and their way out ends at a pier. The article: Xu Yuanquan
//! never received the order to go; having heard that Nanking had been captured, he withdrew on his own
//! accord, with boats that the 2nd Army had kept.

use super::{charge::Charge, desk::Desk, reason::Motive, table::Table};
use crate::{
    battle::{MissionPosture, SideView, Task},
    scenario::{Hex, Side},
};

/// A way out that ends so near to a place where boats put off leads over the river, km.
const PIER_KM: f64 = 3.0;

/// Gives units that leave their orders.
pub(super) fn plan(table: &mut Table<'_, '_>, desk: &mut Desk, charges: &[Charge<'_>]) {
    let view = table.view;
    if view.crossings().next().is_none() {
        return;
    }
    let lost = judged_lost(view);
    for c in charges {
        let sent_off = is_sent_off(view, c);
        if !lost && !sent_off {
            continue;
        }
        let at = crossing(view, c).filter(|at| lost || leads_to(table, c, *at));
        let motive = if lost {
            Motive::Leaves
        } else {
            Motive::SentOff
        };
        if let Some(at) = at {
            desk.give(table, c, Task::Embark { at }, motive);
        }
    }
}

/// Has the unit's formation been sent off by a directive that has begun?
fn is_sent_off(view: &SideView<'_>, c: &Charge<'_>) -> bool {
    c.mission.posture == MissionPosture::Withdraw
        && view
            .directive(c.formation)
            .is_some_and(|s| s.begun && s.moves(view.hour()))
}

/// Does the unit's way out end at a place where boats put off?
fn leads_to(table: &Table<'_, '_>, c: &Charge<'_>, pier: Hex) -> bool {
    let grid = &table.map.grid;
    f64::from(grid.distance(c.mission.objective, pier)) * grid.hex_km() <= PIER_KM
}

/// Does a commander judge the city lost: is it, or are the gates that decide, or is its centre?
fn judged_lost(view: &SideView<'_>) -> bool {
    let scenario = view.scenario();
    let Some(city) = scenario.city().filter(|c| c.held_by == view.side()) else {
        return false;
    };
    let map = scenario.map();
    let enemy = Some(view.side().enemy());
    let gates = map.gates.iter().filter(|g| !g.blocked);
    let taken = gates.filter(|g| view.control(g.inner) == enemy).count() as u32;
    let mut centre = map.places[city.centre].hexes.iter();
    view.city_lost() || taken >= city.gates.max(1) || centre.any(|h| view.control(*h) == enemy)
}

/// Where a unit embarks, if its formation may: where it keeps boats of its own, or else the nearest
/// harbour open to all that the enemy does not hold, and where one can land. Boats that others keep for
/// themselves do not take it.
fn crossing(view: &SideView<'_>, c: &Charge<'_>) -> Option<Hex> {
    let grid = &view.scenario().map().grid;
    let enemy: Option<Side> = Some(view.side().enemy());
    view.crossings()
        .filter(|(number, place)| {
            (place.is_public || view.keeps_boats(c.formation, *number))
                && view.may_embark(c.formation, *number)
                && view.control(place.hex) != enemy
                && view.control(place.landing) != enemy
        })
        .min_by_key(|(number, place)| {
            let own = view.keeps_boats(c.formation, *number);
            (!own, grid.distance(c.at, place.hex), place.hex)
        })
        .map(|(_, place)| place.hex)
}
