//! Arrivals: the weather of the turn; units due enter at their hex, or wait off the map; recruits
//! join theirs.
//!
//! Reads: scenario, clock, occupancy. Writes: clock (fog), positions and strengths of arrivals.
//! Order: by unit number; a full or enemy-held entry hex makes a unit wait, so the order decides
//! only who waits.

use crate::{
    battle::{
        clock::Clock,
        dice::{Dice, Purpose, RollKey},
        drafts,
        event::{Cause, Event, EventLog, Phase},
        ground::{Field, Occupancy, Stage, stack_limit},
        parts::{self, Units},
        strength::Bin,
        turn::TurnSystems,
    },
    scenario::{Hex, Hours, Scenario, Side, Unit, map::Mover},
};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Res, ResMut},
};

/// Adds the phase to the turn.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (begin, enter, drafts::join)
            .chain()
            .in_set(TurnSystems::Arrivals),
    );
}

/// Fog is drawn once a day, in the turn that holds its hours.
fn begin(stage: Res<Stage>, mut clock: ResMut<Clock>, dice: Res<Dice>, mut log: ResMut<EventLog>) {
    let day = stage.0.calendar().day(clock.hour);
    let key = RollKey {
        turn: day,
        purpose: Purpose::Weather,
        unit: 0,
        salt: 0,
    };
    clock.fog = dice
        .chance(key, stage.0.rules().weather.morning_fog, &mut 0.0)
        .0;
    log.at(clock.hour);
    log.push(
        Phase::Arrivals,
        Event::TurnBegan {
            turn: clock.turn(),
            fog: clock.fog,
        },
    );
}

/// The hour at which a unit is due: its own, or drawn from the triangle its row describes.
fn due(dice: &Dice, unit: &Unit) -> Hours {
    let Some((first, last)) = unit.start_between.filter(|(a, b)| a < b) else {
        return unit.start_hour;
    };
    let key = RollKey {
        turn: 0,
        purpose: Purpose::ArrivalHour,
        unit: unit.key,
        salt: 0,
    };
    let [a, c, b] = [first, unit.start_hour, last].map(|h| f64::from(h.0));
    let (u, top) = (dice.uniform(key), (c - a) / (b - a));
    let hour = if u < top {
        a + (u * (b - a) * (c - a)).sqrt()
    } else {
        b - ((1.0 - u) * (b - a) * (b - c)).sqrt()
    };
    Hours(hour.round() as u32)
}

fn enter(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    mut occupancy: ResMut<Occupancy>,
    mut field: ResMut<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    for mut u in parts::all_mut(&mut units) {
        let id = u.identity.id;
        let fixed = scenario.unit(id);
        let all = u.strength.men(Bin::NotArrived);
        if all == 0 || drafts::has_entered(&u.strength) || due(&dice, fixed) > clock.hour {
            continue;
        }
        let waiting = all - drafts::to_come(fixed, clock.hour).min(all - 1);
        let mover = Mover::of(fixed.branch);
        let Some(hex) = entry(
            scenario,
            &occupancy,
            &field,
            fixed.side,
            mover,
            fixed.start_hex,
            waiting,
        ) else {
            continue;
        };
        u.strength.transfer(Bin::NotArrived, Bin::Formed, waiting);
        u.position.hex = Some(hex);
        u.position.since = clock.hour;
        occupancy.enter(hex, id, fixed.side, &u.strength);
        log.push(Phase::Arrivals, Event::Arrived { unit: id, at: hex });
        log.push(
            Phase::Arrivals,
            Event::Men {
                unit: id,
                from: Bin::NotArrived,
                to: Bin::Formed,
                men: waiting,
                cause: Cause::Arrival,
            },
        );
        super::movement::control(
            &mut field,
            &mut log,
            Phase::Arrivals,
            scenario,
            hex,
            fixed.side,
            false,
        );
    }
}

/// The nearest hex within two of the entry that is free of enemies, not theirs, and has room.
fn entry(
    scenario: &Scenario,
    occupancy: &Occupancy,
    field: &Field,
    side: Side,
    mover: Mover,
    at: Hex,
    men: u32,
) -> Option<Hex> {
    let map = scenario.map();
    let limit = stack_limit(scenario);
    let mut near = map.grid.within(at, 2);
    near.sort_by_key(|h| (map.grid.distance(at, *h), *h));
    near.into_iter().find(|h| {
        scenario.passage().can_stand(mover, *h)
            && occupancy.side(*h) != Some(side.enemy())
            && (field.control[h.index()] != Some(side.enemy()) || *h == at)
            && (occupancy.present(*h) == 0 || occupancy.present(*h) + men <= limit)
            && !map.at(*h).safety_zone
            && !field.is_silent(scenario, *h)
    })
}
