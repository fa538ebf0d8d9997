//! Where tanks can fight: on ground the rules call fit for them, or along a road. On marsh and
//! mountain they are no use, and count neither in power nor in the defenders' fear of them. The
//! article: armour at Jiangjunshan and Niushoushan; a fleet of tanks on the road to Shuixi Gate, past
//! the wetlands; Chinese tanks in the streets at Guanghua Gate.

use super::engagement::Combatant;
use crate::scenario::{Direction, Hex, Scenario, Unit, map::Mover};

/// Can tanks attack from a hex in a direction?
pub fn attacks(scenario: &Scenario, from: Hex, direction: Direction) -> bool {
    let passage = scenario.passage();
    let Some(to) = scenario.map().grid.neighbour(from, direction) else {
        return false;
    };
    passage.cost(Mover::Motor, from, direction).is_finite()
        && (passage.road(from, direction) || fights_in(scenario, to))
}

/// Can tanks fight in a hex off the road?
pub fn fights_in(scenario: &Scenario, hex: Hex) -> bool {
    scenario
        .rules()
        .terrain(scenario.map().at(hex).terrain)
        .tanks
}

/// A unit as it goes into a fight for a hex, from another or (none) in it: without its tanks where
/// they are no use.
pub fn fit(scenario: &Scenario, target: Hex, from: Option<Hex>, mut unit: Combatant) -> Combatant {
    if unit.tanks > 0 {
        let useful = match from {
            Some(from) => scenario
                .map()
                .grid
                .direction(from, target)
                .is_some_and(|d| attacks(scenario, from, d)),
            None => fights_in(scenario, target) || scenario.passage().on_road(target),
        };
        if !useful {
            unit.tanks = 0;
        }
    }
    unit
}

/// Tanks for which a unit still has crews.
pub fn manned(unit: &Unit, formed: u32) -> u32 {
    let share = f64::from(formed) / f64::from(unit.men.max(1));
    (f64::from(unit.tanks) * share.min(1.0)).round() as u32
}
