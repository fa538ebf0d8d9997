//! Happenings: what the hour brings of itself. Here: once the city is lost, the men left inside
//! the wall go to the bin "in the city, out of uniform", and nothing inside is simulated any more.
//!
//! And headquarters go with their units, orders go on their way, what falls due begins.
//!
//! Reads: field, positions. Writes: strengths and positions of the losing side's units inside the wall;
//! headquarters, orders under way, missions of formations.

use crate::battle::{
    clock::Clock,
    command::{self, Chain},
    event::{Cause, Event, EventLog, Phase},
    ground::{Field, Stage},
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
    field: Res<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let Some((hour, by)) = field.city_lost else {
        return;
    };
    if clock.hour.0 < hour {
        return;
    }
    let map = stage.0.map();
    for mut u in parts::all_mut(&mut units) {
        let id = u.identity.id;
        let Some(at) = u.position.hex else {
            continue;
        };
        if u.identity.side == by || !map.at(at).inside_wall {
            continue;
        }
        for bin in [Bin::Formed, Bin::Disordered] {
            let men = u.strength.men(bin);
            if men > 0 {
                u.strength.transfer(bin, Bin::Hidden, men);
                log.push(
                    Phase::Happenings,
                    Event::Men {
                        unit: id,
                        from: bin,
                        to: Bin::Hidden,
                        men,
                        cause: Cause::CityLost,
                    },
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
}
