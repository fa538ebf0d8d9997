//! Crowds that barrier troops hold back: they cannot pass the hex where these stand, and while they
//! press on, each hour, some of them are shot (model §3.11; the article: barrier troops kept the
//! crowd from the harbour until a tank unit broke through).

use super::{Bodies, crowds, key};
use crate::battle::{
    clock::Clock,
    command::{Headquarters, Signals},
    crowd::Crowds,
    dice::{Dice, Purpose},
    event::{Cause, CommandEvent, Event, EventLog, Phase},
    ground::{Field, Roster, Stage},
    parts::Units,
    phases::morale,
    strength::Bin,
};
use bevy_ecs::system::{Query, Res, ResMut};

/// An hour before the barriers.
pub fn back(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    signals: Res<Signals>,
    field: Res<Field>,
    staffs: Query<&Headquarters>,
    mut held: ResMut<Crowds>,
    mut bodies: Bodies,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let rules = scenario.rules();
    let grid = &scenario.map().grid;
    let reach = rules.command.barrier_km / grid.hex_km();
    let mut barred = Vec::new();
    for state in &signals.barriers {
        let Some((at, _)) = morale::holding(scenario, &clock, &roster, &staffs, &units, *state)
        else {
            continue;
        };
        let side = scenario.unit(state.unit).side;
        barred.push((at, side));
        for entity in &held.entities {
            let Ok(mut crowd) = bodies.get_mut(*entity) else {
                continue;
            };
            let near = f64::from(grid.distance(crowd.at, at)) <= reach;
            let ahead = crowds::goal(scenario, &field, &crowd)
                .is_some_and(|goal| grid.distance(crowd.at, goal) > grid.distance(at, goal));
            let silent = field.is_silent(scenario, crowd.at);
            if crowd.side != side || crowd.size() == 0 || !near || !ahead || silent {
                continue;
            }
            let mut why = morale::toll(rules, at, crowd.size());
            let shot = key(&clock, Purpose::BarrierShot, u64::from(crowd.id.0), at.0, 1);
            why.key = Some(shot);
            let mut carry = crowd.carry;
            let men = dice.round(shot, why.result, &mut carry);
            crowd.carry = carry;
            let gone = crowd.part(men);
            let men = crowds::settle(
                &roster,
                &mut units,
                &mut log,
                &gone,
                Bin::OwnSideShot,
                Cause::Barrier,
                Phase::Escape,
            );
            if men == 0 {
                continue;
            }
            let event = CommandEvent::BarrierShot {
                barrier: state.unit,
                unit: None,
                at: crowd.at,
                men,
                turned_back: true,
                why: Box::new(why),
            };
            log.push(Phase::Escape, Event::Command(Box::new(event)));
        }
    }
    held.bar(barred);
}
