//! Command: the turn's orders go out. Orders to units are acts of the staff on the spot and are in
//! force at once; those to formations and directives travel ([`crate::battle::command`]).
//!
//! Reads: order book, units (for headquarters under fire). Writes: missions, postures, headquarters,
//! orders under way. Orders are sorted before they are taken, so that the order in which they were
//! handed in has no effect.

use crate::battle::{
    air::AirArm,
    clock::Clock,
    command::{self, Authority, Chain, Message},
    course::Course,
    event::{Event, EventLog, Phase},
    ground::Roster,
    order::{Order, OrderBook, Task},
    parts::{self, UnitPartsItem, Units},
    turn::TurnSystems,
    unit::Posture,
};
use crate::scenario::Hours;
use bevy_ecs::{
    resource::Resource,
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Res, ResMut},
};

/// The book of the turn under way.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct StandingOrders(pub OrderBook);

/// Adds the phase to the turn.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (command::mend_lines, act_alone, take_orders)
            .chain()
            .in_set(TurnSystems::Command),
    );
}

fn act_alone(mut chain: Chain, mut log: ResMut<EventLog>) {
    chain.act_alone(&mut log, Phase::Command);
}

fn take_orders(
    clock: Res<Clock>,
    roster: Res<Roster>,
    mut book: ResMut<StandingOrders>,
    mut air: ResMut<AirArm>,
    mut course: ResMut<Course>,
    mut log: ResMut<EventLog>,
    mut units: Units,
    mut chain: Chain,
) {
    for (side, order) in book.0.take() {
        match order {
            Order::Formation {
                formation,
                mission,
                start_at,
            } => chain.send(
                &mut log,
                Phase::Command,
                formation,
                Message::Mission(mission),
                start_at,
                Authority::Command,
            ),
            Order::Directive {
                to,
                directive,
                start_at,
            } => chain.issue(
                &mut log,
                Phase::Command,
                side,
                to,
                directive,
                start_at,
                Authority::Command,
            ),
            Order::Air { group, mission } => {
                if let Some(standing) = air.0.get_mut(usize::from(group.0)) {
                    *standing = mission;
                    log.push(Phase::Command, Event::OrderTaken { side, order });
                }
            }
            Order::Decide { decision, option } => {
                if course.answer(decision, option) {
                    log.push(
                        Phase::Command,
                        Event::Decided {
                            decision,
                            option,
                            lapsed: false,
                        },
                    );
                }
            }
            Order::Unit {
                unit,
                task,
                start_at,
            } => {
                let mut u = parts::write(&mut units, &roster, unit);
                if u.position.hex.is_none() || u.stance.posture == Posture::Routed {
                    log.push(Phase::Command, Event::OrderLapsed { side, order });
                    continue;
                }
                take_up(&mut u, task, start_at, clock.hour, Phase::Command, &mut log);
                log.push(Phase::Command, Event::OrderTaken { side, order });
            }
        }
    }
}

/// A unit takes up a task.
pub(in crate::battle) fn take_up(
    u: &mut UnitPartsItem,
    task: Task,
    start_at: Option<Hours>,
    now: Hours,
    phase: Phase,
    log: &mut EventLog,
) {
    if u.mission.task != task {
        // Whether it stands to the last was drawn for the order now replaced.
        u.stance.obeys_to_the_last = None;
        u.mission.route.clear();
        u.position.progress = 0.0;
        u.position.towards = None;
        u.ledger.blocked_hours = 0;
    }
    u.mission.task = task;
    u.mission.start_at = start_at;
    u.mission.since = now;
    let posture = posture_for(task);
    if u.stance.posture != posture {
        u.stance.posture = posture;
        let unit = u.identity.id;
        log.push(phase, Event::PostureChanged { unit, posture });
    }
}

/// The posture a task asks for.
pub fn posture_for(task: Task) -> Posture {
    match task {
        Task::Hold
        | Task::Rest
        | Task::Bombard { .. }
        | Task::Support { .. }
        | Task::Counterattack { .. }
        | Task::Siege { .. }
        | Task::ClearMines { .. } => Posture::Holding,
        Task::March { .. } => Posture::Marching,
        Task::Assault { .. } => Posture::Attacking,
        Task::Withdraw { .. } | Task::Embark { .. } => Posture::Withdrawing,
    }
}
