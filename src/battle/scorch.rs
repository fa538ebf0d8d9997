//! Scorched earth: from the scenario's date on a side razes the ground it names, turn by turn, as
//! long as it controls it. Cover and forage go; houses may burn on. The article: all structures
//! within one to two kilometres of the city and near roads within sixteen kilometres of it were set
//! on fire, to deny the enemy shelter and supplies; it drove more people into the city.
//!
//! Reads: control, occupancy. Writes: forage, the state of the ground. Order by hex.

use super::{
    blaze::{self, Blaze, Char},
    clock::Clock,
    dice::{Dice, Purpose, RollKey},
    event::{Event, EventLog, Phase, Spark},
    ground::{Field, Occupancy, Stage},
};
use crate::scenario::{Hex, Terrain};
use bevy_ecs::system::{Res, ResMut};

/// Razes what the turn's share of the work comes to.
pub fn raze(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    occupancy: Res<Occupancy>,
    mut field: ResMut<Field>,
    mut blaze: ResMut<Blaze>,
    mut log: ResMut<EventLog>,
) {
    let scenario = &stage.0;
    for order in scenario.scorch() {
        if order.from > clock.hour || field.city_lost.is_some() {
            continue;
        }
        let enemy = order.side.enemy();
        let turns = f64::from((clock.hour.0 - order.from.0) / 4 + 1);
        let due = 1.0 - libm::pow(1.0 - order.share_per_turn, turns);
        let razed: Vec<Hex> = order
            .hexes
            .iter()
            .copied()
            .filter(|hex| {
                let whole = blaze.at(*hex) == Char::Whole;
                // One draw says in which turn a hex's time comes.
                let key = RollKey {
                    turn: 0,
                    purpose: Purpose::Razing,
                    unit: order.side as u64,
                    salt: RollKey::salt(0, hex.0, 0),
                };
                whole
                    && field.control[hex.index()] == Some(order.side)
                    && occupancy.side(*hex) != Some(enemy)
                    && dice.uniform(key) < due
            })
            .collect();
        for &hex in &razed {
            blaze.set(hex, Char::Razed);
            let stock = &mut field.forage[hex.index()];
            *stock = stock.min(order.left as f32);
        }
        if razed.is_empty() {
            continue;
        }
        log.push(
            Phase::Supply,
            Event::Razed {
                by: order.side,
                hexes: razed.clone(),
            },
        );
        for hex in razed {
            // Only houses burn on; a razed field is bare.
            let terrain = scenario.map().at(hex).terrain;
            if matches!(terrain, Terrain::Town | Terrain::City) {
                blaze::strike(
                    scenario,
                    &clock,
                    &dice,
                    &field,
                    &mut blaze,
                    &mut log,
                    Phase::Supply,
                    hex,
                    Spark::Razing,
                    1.0,
                );
            }
        }
    }
}
