//! Air groups: off the map, a mission each, so many sorties a day by daylight and weather. Their
//! bombs fall as unobserved shelling; raids on roads hold up columns and shake them. No air losses:
//! the article has one side masters of the sky since September.
//!
//! Missions are orders of the side's command, given like any others. This file decides who flies in
//! an hour; [`super::phases::bombardment`] lets the bombs fall.

use super::{
    clock::{Clock, Sky, sky},
    dice::{Dice, Purpose, RollKey},
    ground::Field,
    shellfire::Salvo,
};
use crate::scenario::{AirGroup, AirGroupId, Hex, Hours, Scenario, Side, calendar::HOURS_PER_TURN};
use bevy_ecs::resource::Resource;
use serde::{Deserialize, Serialize};

/// What an air group is told to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AirMission {
    /// Stay on the ground.
    #[default]
    Rest,
    /// Bomb what stands in a hex.
    Bomb {
        /// The hex.
        target: Hex,
    },
    /// Attack what moves on the roads about a hex.
    Interdict {
        /// The hex.
        target: Hex,
    },
}

impl AirMission {
    /// Where it goes.
    pub fn target(self) -> Option<Hex> {
        match self {
            AirMission::Rest => None,
            AirMission::Bomb { target } | AirMission::Interdict { target } => Some(target),
        }
    }
}

/// Missions of all air groups, in order of number.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AirArm(pub Vec<AirMission>);

/// Roads under air attack this hour, and whose columns suffer: filled by `Bombardment`, read by
/// `Movement` and `Morale` of the same hour.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Interdiction(Vec<(Hex, Side)>);

impl Interdiction {
    /// A new hour.
    pub(in crate::battle) fn clear(&mut self) {
        self.0.clear();
    }

    /// The roads about a hex are under attack.
    pub(in crate::battle) fn add(&mut self, scenario: &Scenario, about: Hex, columns_of: Side) {
        let grid = &scenario.map().grid;
        let reach = (scenario.rules().air.interdiction_km / grid.hex_km()).round() as u32;
        self.0.extend(
            grid.within(about, reach)
                .into_iter()
                .map(|h| (h, columns_of)),
        );
    }

    /// Do columns of a side suffer in a hex?
    pub fn covers(&self, hex: Hex, side: Side) -> bool {
        !self.0.is_empty() && self.0.contains(&(hex, side))
    }
}

/// A raid in an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raid {
    /// The group.
    pub group: AirGroupId,
    /// Whose.
    pub side: Side,
    /// What it is told to do.
    pub mission: AirMission,
    /// Where.
    pub target: Hex,
    /// Sorties.
    pub sorties: u32,
}

/// Chance that a group flies in this hour.
pub fn chance(scenario: &Scenario, group: &AirGroup, hour: Hours, sky: &Sky) -> f64 {
    let rules = &scenario.rules().air;
    if group.from > hour || sky.night || sky.light < rules.least_light {
        0.0
    } else if sky.fog {
        rules.fly_fog
    } else {
        rules.fly_clear
    }
}

/// Sorties of a group in an hour in which it flies, on average.
pub fn hourly(scenario: &Scenario, group: &AirGroup) -> f64 {
    group.sorties_per_day / scenario.rules().air.flying_hours
}

/// Bombs of so many sorties: they fall as unobserved shelling.
pub fn bombs(scenario: &Scenario, sorties: f64) -> Salvo {
    Salvo {
        rounds: sorties * scenario.rules().air.rounds_per_sortie,
        weight: 1.0,
        observed: false,
    }
}

/// What to expect of a group in a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Hours of the turn in which there is light enough to fly.
    pub hours: u32,
    /// Chance that it flies on a clear day; 0 if it does not fly at all.
    pub clear: f64,
    /// Chance in an hour in fog, if the turn has hours in which fog may lie.
    pub fog: Option<f64>,
    /// Sorties in the turn if it flies all those hours.
    pub sorties: f64,
    /// It is not at its side's disposal before this hour.
    pub not_before: Option<Hours>,
}

/// What to expect of a group in the turn that begins with an hour.
pub fn outlook(scenario: &Scenario, group: &AirGroup, first: Hours) -> Outlook {
    let mut outlook = Outlook {
        hours: 0,
        clear: 0.0,
        fog: None,
        sorties: 0.0,
        not_before: (group.from > first).then_some(group.from),
    };
    for hour in (first.0..first.0 + HOURS_PER_TURN).map(Hours) {
        let clear = chance(scenario, group, hour, &sky(scenario, hour, false));
        if clear <= 0.0 {
            continue;
        }
        outlook.hours += 1;
        outlook.clear = outlook.clear.max(clear);
        outlook.sorties += hourly(scenario, group);
        let misty = sky(scenario, hour, true);
        if misty.fog {
            outlook.fog = Some(chance(scenario, group, hour, &misty));
        }
    }
    outlook
}

/// Sorties of a group in an hour. One draw of the weather serves a group for the turn.
pub fn sorties(scenario: &Scenario, group: &AirGroup, hour: Hours, sky: &Sky, dice: &Dice) -> u32 {
    let key = |purpose, salt| RollKey {
        turn: hour.turn().0,
        purpose,
        unit: group.key,
        salt,
    };
    let p = chance(scenario, group, hour, sky);
    if p <= 0.0 || dice.uniform(key(Purpose::Flying, 0)) >= p {
        return 0;
    }
    let salt = RollKey::salt(hour.0 % HOURS_PER_TURN, 0, 0);
    dice.round(
        key(Purpose::Sorties, salt),
        hourly(scenario, group),
        &mut 0.0,
    )
}

/// Who flies this hour.
pub fn raids(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    sky: &Sky,
    field: &Field,
    arm: &AirArm,
) -> Vec<Raid> {
    let mut raids = Vec::new();
    for (i, (group, mission)) in scenario.air().iter().zip(&arm.0).enumerate() {
        let Some(target) = mission.target() else {
            continue;
        };
        if spared(scenario, field, group.side, target) {
            continue;
        }
        let sorties = sorties(scenario, group, clock.hour, sky, dice);
        if sorties > 0 {
            raids.push(Raid {
                group: AirGroupId(i as u16),
                side: group.side,
                mission: *mission,
                target,
                sorties,
            });
        }
    }
    raids
}

/// Ground that is not fired at: the Safety Zone, what one's own command has forbidden, and the
/// inside of a city that is lost.
pub fn spared(scenario: &Scenario, field: &Field, side: Side, hex: Hex) -> bool {
    let ground = scenario.map().at(hex);
    ground.safety_zone
        || scenario.keeps_fire_from(side, hex)
        || (ground.inside_wall && field.city_lost.is_some())
}
