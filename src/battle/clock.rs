//! The hour and the weather, for systems.

use crate::scenario::{Hours, Scenario, TurnNo};
use bevy_ecs::resource::Resource;
use serde::{Deserialize, Serialize};

/// The hour under way.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// Hour of the battle.
    pub hour: Hours,
    /// Fog this morning.
    pub fog: bool,
}

/// Light and weather of an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sky {
    /// Factor on fire and sight.
    pub light: f64,
    /// Night.
    pub night: bool,
    /// Fog.
    pub fog: bool,
}

impl Clock {
    /// The turn under way.
    pub fn turn(&self) -> TurnNo {
        self.hour.turn()
    }

    /// Hour within the turn, 0 to 3.
    pub fn hour_in_turn(&self) -> u32 {
        self.hour.0 % 4
    }

    /// Light and weather now.
    pub fn sky(&self, scenario: &Scenario) -> Sky {
        sky(scenario, self.hour, self.fog)
    }
}

/// Light and weather of an hour.
pub fn sky(scenario: &Scenario, hour: Hours, foggy_morning: bool) -> Sky {
    let rules = scenario.rules();
    let of_day = scenario.calendar().hour_of_day(hour);
    let daylight = scenario.daylight(hour);
    let weather = &rules.weather;
    Sky {
        light: daylight.light,
        night: daylight.night,
        fog: foggy_morning && (weather.fog_from..weather.fog_until).contains(&of_day),
    }
}
