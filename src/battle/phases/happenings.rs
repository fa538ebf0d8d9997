//! Happenings: what the hour brings of itself. Once the city is lost, the men left inside the wall go to
//! their bins at once, "in the city, out of uniform" or "captured or missing", in plain shares, and
//! nothing inside is simulated any more. Then the scenario's events: whose conditions hold happens, in
//! order of id; decisions answered or overdue take effect.
//!
//! And headquarters go with their units, orders go on their way, what falls due begins.
//!
//! Reads: everything. Writes: strengths and positions of the losing side's units inside the wall, and
//! of its crowds there; the course of events; through actions the scenario in force, gates, mines,
//! fires, the end. An action never changes men, cohesion, control or breaches.

mod actions;
mod conditions;

use super::{
    escape::{Bodies, crowds::settle},
    losses,
};
use crate::{
    battle::{
        clock::Clock,
        command::{self, Chain},
        course::{Course, Motion},
        crowd::Crowds,
        dice::{Dice, Purpose, RollKey},
        event::{Cause, Event, EventLog, Origin, Phase},
        ground::{Field, Roster, Stage, Tenure},
        parts::{self, Units},
        strength::Bin,
        turn::HourSystems,
    },
    scenario::{
        Hours, Scenario, Side,
        events::{Act, DecisionId, HappeningId},
    },
};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Res, ResMut},
    world::World,
};
use conditions::Facts;
use std::sync::Arc;

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (
            close_the_city,
            command::take_seats,
            happen,
            deliver,
            command::see_off,
        )
            .chain()
            .in_set(HourSystems::Happenings),
    );
}

/// The hour's events.
fn happen(world: &mut World) {
    let scenario = Arc::clone(&world.resource::<Stage>().0);
    let mut course = std::mem::take(&mut *world.resource_mut::<Course>());
    if !course.stands.is_empty() {
        let now = world.resource::<Clock>().hour;
        course.note_places(&holders(world));
        decide(world, &mut course, &scenario, now);
        for i in 0..course.stands.len() {
            let id = HappeningId(i as u16);
            if scenario.events().happening(id).enabled {
                consider(world, &mut course, &scenario, id, now);
            }
        }
    }
    *world.resource_mut::<Course>() = course;
}

fn holders(world: &World) -> Vec<Option<Side>> {
    let places = &world.resource::<Roster>().places;
    places
        .iter()
        .map(|e| world.get::<Tenure>(*e).and_then(|t| t.holder))
        .collect()
}

/// Decisions that were answered take effect; those overdue fall to the option named for that.
fn decide(world: &mut World, course: &mut Course, scenario: &Scenario, now: Hours) {
    for i in 0..course.motions.len() {
        let id = DecisionId(i as u16);
        let decision = scenario.events().decision(id);
        let option = match course.motions[i] {
            Motion::Answered { option } => option,
            Motion::Open { until } if until <= now => {
                let option = decision.otherwise;
                world.resource_mut::<EventLog>().push(
                    Phase::Happenings,
                    Event::Decided {
                        decision: id,
                        option,
                        lapsed: true,
                    },
                );
                option
            }
            _ => continue,
        };
        course.motions[i] = Motion::Taken { option, at: now };
        act(
            world,
            course,
            Origin::Decision {
                decision: id,
                option,
            },
            &decision.options[usize::from(option)].then,
        );
    }
}

/// Does an event happen now?
fn consider(
    world: &mut World,
    course: &mut Course,
    scenario: &Scenario,
    id: HappeningId,
    now: Hours,
) {
    let event = scenario.events().happening(id);
    let i = usize::from(id.0);
    let stand = &course.stands[i];
    if event.once && (stand.fired.is_some() || (stand.tries > 0 && stand.due.is_none())) {
        return;
    }
    if stand.due.is_none() {
        let facts = Facts::new(world, scenario, course, event.key);
        let holds = facts.holds(&event.when);
        let began = holds && !stand.holds;
        let found = if began {
            facts.findings(&event.when)
        } else {
            Vec::new()
        };
        let tries = stand.tries;
        let stand = &mut course.stands[i];
        stand.holds = holds;
        if !began {
            return;
        }
        stand.tries += 1;
        // How often it came up names the draw, not the hour: the same luck whenever it comes.
        let key = RollKey {
            turn: tries,
            purpose: Purpose::Happening,
            unit: event.key,
            salt: 0,
        };
        if event.chance < 1.0 && world.resource::<Dice>().uniform(key) >= event.chance {
            return;
        }
        stand.due = Some(Hours(now.0 + event.delay));
        stand.found = found;
    }
    let stand = &mut course.stands[i];
    if stand.due.is_some_and(|due| due <= now) {
        stand.due = None;
        stand.fired = Some(now);
        let found = std::mem::take(&mut stand.found);
        world
            .resource_mut::<EventLog>()
            .push(Phase::Happenings, Event::Happened { event: id, found });
        act(world, course, Origin::Event(id), &event.then);
    }
}

/// Actions in order.
fn act(world: &mut World, course: &mut Course, origin: Origin, acts: &[Act]) {
    for one in acts {
        if actions::perform(world, course, origin, one) {
            world.resource_mut::<EventLog>().push(
                Phase::Happenings,
                Event::Acted {
                    origin,
                    act: Box::new(one.clone()),
                },
            );
        }
    }
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
