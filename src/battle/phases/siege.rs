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

use crate::battle::{ground::Field, turn::HourSystems};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::Res,
};

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (
            gates::barricade,
            works::labour,
            parties::go.run_if(wall_matters),
            walls::settle.run_if(wall_matters),
            counterattack::strike_back,
        )
            .chain()
            .in_set(HourSystems::Siege),
    );
}

/// Is there anything left to gain by breaking the wall? Not once the city is lost.
fn wall_matters(field: Res<Field>) -> bool {
    field.city_lost.is_none()
}
