//! The turn: which systems run, in which order. Two schedules, [`Turn`] and [`Hour`]; the one runs
//! the other four times. Single-threaded; an ambiguity is an error.

use super::{
    clock::Clock,
    event::EventLog,
    phases::{self, verdict::Outcome},
};
use crate::scenario::{Hours, calendar::HOURS_PER_TURN};
use bevy_ecs::{
    schedule::{
        IntoScheduleConfigs, LogLevel, Schedule, ScheduleBuildSettings, ScheduleLabel,
        SingleThreadedExecutor, SystemSet,
    },
    system::Res,
    world::World,
};

/// A turn of four hours.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Turn;

/// One hour of it.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hour;

/// The sets of a turn, in order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TurnSystems {
    /// Weather; reinforcements enter or queue at their entry hex.
    Arrivals,
    /// The order book becomes missions under way.
    Command,
    /// Four times [`HourSystems`].
    Hours,
    /// Lines of supply traced, stores eaten, works dug.
    Supply,
    /// Places, the city, the end of the battle.
    Verdict,
}

/// The sets of an hour, in order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HourSystems {
    /// What the hour brings of itself: joint orders fall due, the city's loss.
    Happenings,
    /// Who sees whom.
    Observation,
    /// Guns: all computed, then all applied.
    Bombardment,
    /// Twelve five-minute slots.
    Movement,
    /// Men who leave their units; crowds on their way; boats.
    Escape,
    /// Engineers at wall, moat and mines; parties over the wall; breaches.
    Siege,
    /// Fights: all computed, then all applied.
    Assault,
    /// Wear, rout, rally, dissolution.
    Morale,
}

/// Puts both schedules into a world.
pub fn install(world: &mut World) {
    world.add_schedule(turn_schedule(true));
    world.add_schedule(hour_schedule(true));
}

/// The turn's schedule. `auto_sync` off is for the tests: automatic sync points can hide
/// ambiguities.
pub fn turn_schedule(auto_sync: bool) -> Schedule {
    let mut schedule = Schedule::new(Turn);
    settle(&mut schedule, auto_sync);
    schedule.configure_sets(
        (
            TurnSystems::Arrivals,
            TurnSystems::Command,
            TurnSystems::Hours,
            TurnSystems::Supply,
            TurnSystems::Verdict,
        )
            .chain(),
    );
    schedule.configure_sets(TurnSystems::Supply.run_if(goes_on));
    schedule.add_systems(run_hours.in_set(TurnSystems::Hours));
    phases::arrivals::install(&mut schedule);
    phases::command::install(&mut schedule);
    phases::supply::install(&mut schedule);
    phases::verdict::install(&mut schedule);
    schedule
}

/// The hour's schedule.
pub fn hour_schedule(auto_sync: bool) -> Schedule {
    let mut schedule = Schedule::new(Hour);
    settle(&mut schedule, auto_sync);
    schedule.configure_sets(
        (
            HourSystems::Happenings,
            HourSystems::Observation,
            HourSystems::Bombardment,
            HourSystems::Movement,
            HourSystems::Escape,
            HourSystems::Siege,
            HourSystems::Assault,
            HourSystems::Morale,
        )
            .chain(),
    );
    schedule.configure_sets(
        (
            HourSystems::Observation,
            HourSystems::Bombardment,
            HourSystems::Movement,
            HourSystems::Escape,
            HourSystems::Siege,
            HourSystems::Assault,
            HourSystems::Morale,
        )
            .run_if(goes_on),
    );
    phases::happenings::install(&mut schedule);
    phases::observation::install(&mut schedule);
    phases::bombardment::install(&mut schedule);
    phases::movement::install(&mut schedule);
    phases::escape::install(&mut schedule);
    phases::siege::install(&mut schedule);
    phases::assault::install(&mut schedule);
    phases::morale::install(&mut schedule);
    schedule
}

/// No event has ended the battle in this turn.
fn goes_on(outcome: Res<Outcome>) -> bool {
    outcome.0.is_none()
}

fn settle(schedule: &mut Schedule, auto_sync: bool) {
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.set_build_settings(ScheduleBuildSettings {
        ambiguity_detection: LogLevel::Error,
        hierarchy_detection: LogLevel::Error,
        auto_insert_apply_deferred: auto_sync,
        ..Default::default()
    });
}

fn run_hours(world: &mut World) {
    let first = world.resource::<Clock>().hour;
    for hour in 0..HOURS_PER_TURN {
        let now = Hours(first.0 + hour);
        world.resource_mut::<Clock>().hour = now;
        world.resource_mut::<EventLog>().at(now);
        world.run_schedule(Hour);
        if world.resource::<Outcome>().0.is_some() {
            // An event has ended the battle: nothing more happens in this turn.
            break;
        }
    }
}
