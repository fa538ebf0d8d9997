//! Counterattacks: units told to be ready for it strike the hour the enemy stands in the hex they
//! watch, without waiting for the next turn's orders (model §3.6). Against men lodged in the wall
//! they strike where they stand: `lodgement` fights that out.

use crate::{
    battle::{
        clock::Clock,
        event::{Event, EventLog, Phase},
        ground::{Field, Occupancy, Roster, Stage},
        order::Task,
        parts::{self, Units},
        unit::Posture,
    },
    scenario::{Hex, Scenario, Side, UnitId},
};
use bevy_ecs::system::{Res, ResMut};

/// Is there somebody to strike in a hex, or on the wall before it?
fn intruded(
    scenario: &Scenario,
    field: &Field,
    occupancy: &Occupancy,
    side: Side,
    target: Hex,
) -> bool {
    occupancy.side(target) == Some(side.enemy())
        || (field.control[target.index()] == Some(side) && field.is_lodged(scenario, target))
}

/// Units that watch a hex go over to the attack, or stand down.
pub fn strike_back(
    stage: Res<Stage>,
    clock: Res<Clock>,
    roster: Res<Roster>,
    occupancy: Res<Occupancy>,
    field: Res<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let ready: Vec<(UnitId, Hex, bool)> = parts::all(&units)
        .filter_map(|u| {
            let id = u.identity.id;
            let (Some(_), Task::Counterattack { target }) = (u.position.hex, u.mission.task) else {
                return None;
            };
            let due = u.mission.start_at.is_none_or(|h| h <= clock.hour);
            let strikes = due && intruded(scenario, &field, &occupancy, u.identity.side, target);
            let now = u.stance.posture;
            let changes = match now {
                Posture::Holding => strikes,
                Posture::Attacking => !strikes,
                _ => false,
            };
            (changes && u.strength.formed() > 0).then_some((id, target, strikes))
        })
        .collect();
    for (unit, target, strikes) in ready {
        let posture = if strikes {
            Posture::Attacking
        } else {
            Posture::Holding
        };
        parts::write(&mut units, &roster, unit).stance.posture = posture;
        log.push(Phase::Siege, Event::PostureChanged { unit, posture });
        if strikes {
            log.push(Phase::Siege, Event::StruckBack { unit, at: target });
        }
    }
}
