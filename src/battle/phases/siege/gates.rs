//! Gates: barricaded from the scenario's date on, but for those left half open for sallies; what
//! passes a barricaded one in an hour. By 6 December all gates of the city had been shut and then
//! barricaded with six metres of sandbags and concrete (article).

use crate::{
    battle::{
        clock::Clock,
        event::{Event, EventLog, Phase},
        ground::{Field, Stage},
        rampart::side_between,
    },
    scenario::{Hex, Hours, Scenario},
};
use bevy_ecs::system::{Res, ResMut};

/// Shuts the gates when their hour has come.
pub fn barricade(
    stage: Res<Stage>,
    clock: Res<Clock>,
    field: ResMut<Field>,
    mut log: ResMut<EventLog>,
) {
    let scenario = &stage.0;
    let Some(from) = scenario.siege().barricaded_from else {
        return;
    };
    // Those shut when the battle begins are in its opening state.
    if clock.hour != from || from == Hours(0) {
        return;
    }
    let field = field.into_inner();
    for (i, gate) in scenario.map().gates.iter().enumerate() {
        if gate.blocked || gate.sally || field.is_silent(scenario, gate.inner) {
            continue;
        }
        field.rampart_mut(gate.side).barricaded = true;
        log.push(
            Phase::Siege,
            Event::GateBarricaded {
                gate: i as u16,
                at: gate.inner,
            },
        );
    }
}

/// Those who passed the barricades in the last hour are through.
pub fn ease(scenario: &Scenario, field: &mut Field) {
    let capacity = scenario.rules().siege.barricade_men as f32;
    for rampart in field.ramparts.values_mut().filter(|r| r.passing > 0.0) {
        rampart.passing = (rampart.passing - capacity).max(0.0);
    }
}

/// May so many men begin to go through between two hexes? Only a barricaded gate, or rubble, keeps
/// them waiting; a unit longer than an hour may begin when those before it are through.
pub fn lets_pass(scenario: &Scenario, field: &mut Field, from: Hex, to: Hex, men: u32) -> bool {
    let Some(side) = side_between(scenario, from, to) else {
        return true;
    };
    let Some(rampart) = field.ramparts.get_mut(&side) else {
        return true;
    };
    if !rampart.barricaded || rampart.opened {
        return true;
    }
    if rampart.passing > 0.0 {
        return false;
    }
    rampart.passing += men as f32;
    true
}
