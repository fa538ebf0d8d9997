//! Field works: what covers whom, and works that help each other. Manned works beside a hex under
//! attack fire on those who attack it, if they face them. The article: the pillboxes of Yuhuatai were interlocking.

use super::{
    engagement::Site,
    parts::UnitPartsReadOnlyItem,
    unit::{Position, Posture},
};
use crate::scenario::{
    Direction, Hex, Hours, Scenario,
    map::{Works, WorksLevel},
};

/// A hex just taken gives its works one level lower for two hours (model §3.6, counterattack): those
/// that follow the hour in which it was taken.
const SETTLING_HOURS: u32 = 2;

/// Has a unit taken its hex so lately that it has not settled in?
pub fn settling(position: &Position, now: Hours) -> bool {
    position.taken && now.0 <= position.since.0 + SETTLING_HOURS
}

/// Counts works beside a hex for an attack out of the hexes `from`. `manned` says whether the defender has formed
/// men in a hex.
pub fn beside(scenario: &Scenario, site: &mut Site, from: &[Hex], manned: impl Fn(Hex) -> bool) {
    let map = scenario.map();
    let reaches = |works: Hex| {
        map.grid.neighbours(works).any(|(d, n)| {
            from.contains(&n)
                && map.at(works).works.facing & d.bit() != 0
                && scenario.passage().fights(works, d)
        })
    };
    site.neighbours = map
        .grid
        .neighbours(site.at)
        .filter(|(_, n)| {
            map.at(*n).works.level >= WorksLevel::Prepared && reaches(*n) && manned(*n)
        })
        .count() as u32;
}

fn lower(level: WorksLevel) -> WorksLevel {
    match level {
        WorksLevel::Fortified => WorksLevel::Prepared,
        WorksLevel::Prepared => WorksLevel::Hasty,
        WorksLevel::Hasty | WorksLevel::None => WorksLevel::None,
    }
}

/// Works a unit lies in, against shells from above: the best of the map's and its own digging.
pub fn works_of(scenario: &Scenario, u: &UnitPartsReadOnlyItem, hex: Hex) -> WorksLevel {
    if matches!(u.stance.posture, Posture::Marching | Posture::Routed) {
        return WorksLevel::None;
    }
    scenario.map().at(hex).works.level.max(u.stance.entrenched)
}

/// Works that count against attacks through the given hexsides: the map's if they face at least
/// half of them, else what the units have dug.
pub fn works_against(
    works: Works,
    entrenched: WorksLevel,
    attacked: &[Direction],
    just_taken: bool,
) -> WorksLevel {
    let faced = attacked
        .iter()
        .filter(|d| works.facing & d.bit() != 0)
        .count();
    let level = if faced * 2 >= attacked.len() {
        works.level.max(entrenched)
    } else {
        entrenched
    };
    if just_taken { lower(level) } else { level }
}
