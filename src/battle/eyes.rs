//! Eyes of the guns: who sees where shells fall. Pure.

use super::{
    blaze::Blaze,
    clock::Sky,
    ground::{Field, Occupancy, sees},
};
use crate::scenario::{Hex, Hours, Scenario, Side};

/// The sky over a hex: a fire lights the night about it, and smoke laid before the wall hides what
/// is behind it and in it as fog does.
pub fn sky_over(
    scenario: &Scenario,
    blaze: &Blaze,
    field: &Field,
    hour: Hours,
    hex: Hex,
    sky: &Sky,
) -> Sky {
    let mut over = blaze.sky_over(scenario, hex, sky);
    over.fog |= field.smoke_at(scenario, hex, hour);
    over
}

/// Is the fall of shot seen? By those next to it, unless the wall stands between; by day, in line of
/// sight, by those close by on the plain, and by those on a height from farther off. Behind the wall
/// only a height sees. (The article: guns directed from Peak 2 brought down the wall at Zhongshan
/// Gate, guns on Yuhuatai the wall at Zhonghua Gate.)
pub fn observed(
    scenario: &Scenario,
    occupancy: &Occupancy,
    side: Side,
    target: Hex,
    sky: &Sky,
) -> bool {
    let eyes: Vec<Hex> = occupancy
        .occupied()
        .into_iter()
        .filter(|h| occupancy.formed_of(*h, side) > 0)
        .collect();
    seen_from(scenario, &eyes, target, sky)
}

/// The same, for formed men in some hexes.
pub fn seen_from(scenario: &Scenario, eyes: &[Hex], target: Hex, sky: &Sky) -> bool {
    let map = scenario.map();
    let adjacent = map
        .grid
        .neighbours(target)
        .any(|(d, n)| eyes.contains(&n) && !scenario.passage().walled(target, d));
    if adjacent {
        return true;
    }
    let rules = &scenario.rules().bombardment;
    let fog_km = if sky.fog {
        scenario.rules().weather.fog_sight_km
    } else {
        f64::INFINITY
    };
    if sky.night {
        return false;
    }
    let ground = map.at(target);
    let watches = |h: Hex| {
        let km = f64::from(map.grid.distance(h, target)) * map.grid.hex_km();
        let above = f64::from(map.at(h).height_m - ground.height_m);
        let on_height = above >= rules.observer_height_m;
        let behind_wall = ground.inside_wall && !map.at(h).inside_wall;
        let reach_km = match (on_height, behind_wall) {
            (true, _) => rules.observer_km,
            (false, true) => 0.0,
            (false, false) => rules.observer_plain_km,
        };
        km <= reach_km.min(fog_km) && sees(scenario, h, target, 2.0)
    };
    eyes.iter().any(|h| watches(*h))
}
