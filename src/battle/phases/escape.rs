//! Escape: men who leave units that come apart, the crowds they form, and boats (model §3.9, §3.14,
//! §3.15). Only where the scenario knows places from which boats put off.
//!
//! Reads: positions, conditions, control of the ground, sky. Writes: strengths of units and what
//! crowds hold of them, positions of crowds and of those who embark, boats. Crowds by number, units
//! by number, crossings by number. Inside a city that is lost nothing happens.

pub(in crate::battle) mod boats;
pub(in crate::battle) mod crowds;
pub(in crate::battle) mod held;
pub(in crate::battle) mod leaving;

use crate::battle::{clock::Clock, crowd::Crowd, dice::RollKey, turn::HourSystems};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::Query,
};

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (
            leaving::leave,
            held::back,
            crowds::go_on,
            crowds::merge,
            boats::cross,
            crowds::count,
        )
            .chain()
            .in_set(HourSystems::Escape),
    );
}

/// The query over crowds.
pub(in crate::battle) type Bodies<'w, 's> = Query<'w, 's, &'static mut Crowd>;

/// A share a turn as one an hour.
pub(in crate::battle) fn hourly(share: f64) -> f64 {
    1.0 - (1.0 - share).max(0.0).sqrt().sqrt()
}

/// The name of an hour's roll.
fn key(
    clock: &Clock,
    purpose: crate::battle::dice::Purpose,
    who: u64,
    hex: u16,
    nth: u32,
) -> RollKey {
    RollKey {
        turn: clock.turn().0,
        purpose,
        unit: who,
        salt: RollKey::salt(clock.hour_in_turn(), hex, nth),
    }
}
