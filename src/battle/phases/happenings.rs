//! Happenings: what the hour brings of itself. Here: once the city is lost, the men left inside the
//! wall go to their bins at once, "in the city, out of uniform" or "captured or missing", in plain
//! shares, and nothing inside is simulated any more.
//!
//! And headquarters go with their units, orders go on their way, what falls due begins.
//!
//! Reads: field, positions. Writes: strengths and positions of the losing side's units inside the wall,
//! and of its crowds there; headquarters, orders under way, missions of formations.

use super::{
    escape::{Bodies, crowds::settle},
    losses,
};
use crate::battle::{
    clock::Clock,
    command::{self, Chain},
    crowd::Crowds,
    dice::{Dice, Purpose, RollKey},
    event::{Cause, Event, EventLog, Phase},
    ground::{Field, Roster, Stage},
    parts::{self, Units},
    strength::Bin,
    turn::HourSystems,
};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Res, ResMut},
};

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (close_the_city, command::take_seats, deliver)
            .chain()
            .in_set(HourSystems::Happenings),
    );
}

/// Orders under way go on; what falls due begins.
fn deliver(field: Res<Field>, stage: Res<Stage>, mut chain: Chain, mut log: ResMut<EventLog>) {
    if let (Some((_, by)), Some(city)) = (field.city_lost, stage.0.city()) {
        chain.spread_news(by.enemy(), stage.0.map().places[city.centre].centre);
    }
    chain.carry(&mut log, Phase::Happenings);
    chain.begin(&mut log, Phase::Happenings);
}

fn close_the_city(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    field: Res<Field>,
    crowds: Res<Crowds>,
    mut bodies: Bodies,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let Some((hour, by)) = field.city_lost else {
        return;
    };
    if clock.hour.0 < hour {
        return;
    }
    let scenario = &stage.0;
    let hidden = scenario.rules().escape.hidden_at_loss;
    for mut u in parts::all_mut(&mut units) {
        let id = u.identity.id;
        let Some(at) = u.position.hex else {
            continue;
        };
        if u.identity.side == by || !field.is_silent(scenario, at) {
            continue;
        }
        for bin in [Bin::Formed, Bin::Disordered] {
            let men = u.strength.men(bin);
            let key = RollKey {
                turn: clock.turn().0,
                purpose: Purpose::CityLoss,
                unit: u.identity.key,
                salt: bin as u64,
            };
            let hide = dice.round(key, f64::from(men) * hidden, &mut u.ledger.carry);
            for (to, men) in [(Bin::Hidden, hide), (Bin::Captured, men)] {
                losses::transfer(
                    &mut u,
                    bin,
                    to,
                    men,
                    Cause::CityLost,
                    Phase::Happenings,
                    &mut log,
                );
            }
        }
        u.position.hex = None;
        log.push(
            Phase::Happenings,
            Event::Left {
                unit: id,
                at,
                escaped: false,
            },
        );
    }
    for entity in &crowds.entities {
        let Ok(mut crowd) = bodies.get_mut(*entity) else {
            continue;
        };
        if crowd.side == by || !field.is_silent(scenario, crowd.at) {
            continue;
        }
        let hide = (f64::from(crowd.size()) * hidden).round() as u32;
        for (to, men) in [(Bin::Hidden, hide), (Bin::Captured, crowd.size())] {
            let gone = crowd.part(men);
            let (cause, phase) = (Cause::CityLost, Phase::Happenings);
            settle(&roster, &mut units, &mut log, &gone, to, cause, phase);
        }
    }
}
