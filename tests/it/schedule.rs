//! The schedules: no two systems whose order is left open touch the same thing, also without the
//! automatic sync points that can hide it; and the sets run in the order in which they are stated.

use crate::retelling::{Choices, SKIRMISH, battle, play_turn};
use bevy_ecs::{
    schedule::{Schedule, SystemSet},
    world::World,
};
use nanking::battle::{
    Phase, Randomness, muster,
    turn::{HourSystems, TurnSystems, hour_schedule, turn_schedule},
};

fn world() -> World {
    muster::world(
        &SKIRMISH,
        muster::opening(&SKIRMISH, 1, Randomness::Sampled),
    )
}

fn built(mut schedule: Schedule) -> Schedule {
    schedule
        .initialize(&mut world())
        .unwrap_or_else(|e| panic!("{e:?}"));
    schedule
}

#[test]
fn no_two_systems_are_ambiguous() {
    for auto_sync in [true, false] {
        for schedule in [turn_schedule(auto_sync), hour_schedule(auto_sync)] {
            let schedule = built(schedule);
            let conflicts = schedule.graph().conflicting_systems().len();
            assert_eq!(
                conflicts,
                0,
                "{:?}, auto sync {auto_sync}",
                schedule.label()
            );
        }
    }
}

/// Places of a set's systems in the order in which they run.
fn places(schedule: &Schedule, set: impl SystemSet) -> Vec<usize> {
    let members = schedule
        .graph()
        .systems_in_set(set.intern())
        .expect("a set of the schedule");
    let order = schedule.systems().expect("initialised");
    order
        .enumerate()
        .filter(|(_, (key, _))| members.contains(key))
        .map(|(place, _)| place)
        .collect()
}

/// Every system is in one of the sets, and the sets follow each other.
fn in_order(schedule: &Schedule, sets: Vec<Vec<usize>>) {
    assert!(sets.iter().all(|set| !set.is_empty()), "an empty set");
    let run: Vec<usize> = sets.concat();
    let all: Vec<usize> = (0..schedule.systems_len()).collect();
    assert_eq!(run, all);
}

#[test]
fn the_sets_run_in_the_order_stated() {
    // Without sync points only our own systems are in the schedules.
    let turn = built(turn_schedule(false));
    let sets = [
        TurnSystems::Arrivals,
        TurnSystems::Command,
        TurnSystems::Hours,
        TurnSystems::Supply,
        TurnSystems::Verdict,
    ];
    in_order(&turn, sets.map(|set| places(&turn, set)).to_vec());
    let hour = built(hour_schedule(false));
    let sets = [
        HourSystems::Happenings,
        HourSystems::Observation,
        HourSystems::Bombardment,
        HourSystems::Movement,
        HourSystems::Escape,
        HourSystems::Siege,
        HourSystems::Assault,
        HourSystems::Morale,
    ];
    in_order(&hour, sets.map(|set| places(&hour, set)).to_vec());
}

#[test]
fn the_log_shows_the_phases_in_their_order_hour_by_hour() {
    let mut battle = battle(4);
    let mut choices = Choices(4);
    for _ in 0..8 {
        let from = battle.next_event();
        play_turn(&mut battle, &mut choices);
        let told: Vec<(u32, Phase)> = battle
            .events_since(from)
            .iter()
            .map(|l| {
                // What closes the turn comes after its last hour, what opens it before its first.
                let step = match l.phase {
                    Phase::Arrivals | Phase::Command => 0,
                    Phase::Supply | Phase::Verdict => 5,
                    _ => 1 + l.hour.0 % 4,
                };
                (step, l.phase)
            })
            .collect();
        assert!(told.is_sorted(), "{told:?}");
    }
}
