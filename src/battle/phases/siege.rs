//! The siege: gates barricaded, engineers at wall, moat and mines, parties over the wall, breaches,
//! and the blow back (model §3.4, §3.13). Its parts that belong to other sets of the hour run there:
//! guns that batter the wall with the bombardment, lodgements with the assaults, mines with flight.
//!
//! Reads: missions, positions, sky. Writes: the state of the wall, losses, postures of those who
//! strike back. Order: hexsides and units by number; one party a hexside and turn, the largest.

pub(in crate::battle) mod counterattack;
pub(in crate::battle) mod gates;
pub(in crate::battle) mod guns;
pub(in crate::battle) mod lodgement;
pub(in crate::battle) mod mines;
pub(in crate::battle) mod parties;
pub(in crate::battle) mod walls;
pub(in crate::battle) mod works;

use crate::{
    battle::turn::HourSystems,
    scenario::{Hex, Scenario, Side},
};
use bevy_ecs::schedule::{IntoScheduleConfigs, Schedule};

use crate::battle::ground::{Occupancy, line_of_sight};

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (
            gates::barricade,
            works::labour,
            parties::go,
            walls::settle,
            counterattack::strike_back,
        )
            .chain()
            .in_set(HourSystems::Siege),
    );
}

/// Does a side overlook the foot of the wall from a height, in reach of an observer? Then its guns
/// see what they do to the wall (model §3.3: Yuhuatai, Peak 2).
pub fn overlooks(scenario: &Scenario, occupancy: &Occupancy, side: Side, outer: Hex) -> bool {
    let here = |hex: Hex| occupancy.formed_of(hex, side) > 0;
    overlooked(scenario, outer, here)
}

/// The same, with whoever is known to stand where.
pub fn overlooked(scenario: &Scenario, outer: Hex, stands: impl Fn(Hex) -> bool) -> bool {
    let map = scenario.map();
    let rules = scenario.rules();
    let reach = (rules.bombardment.observer_km / map.grid.hex_km()) as u32;
    let foot = f64::from(map.at(outer).height_m);
    map.grid.within(outer, reach).into_iter().any(|hex| {
        stands(hex)
            && f64::from(map.at(hex).height_m) >= foot + rules.siege.overlook_m
            && line_of_sight(map, hex, outer, 2.0)
    })
}
