//! Recruits who join their unit under way or at the front. Until then they are in the bin of those
//! who have not arrived; afterwards they thin its training and its cohesion. The article: sixteen
//! thousand men pressed into service, most of whom learned the rudiments of firing a rifle on their
//! way to the front lines or upon arriving there.

use super::{
    clock::Clock,
    event::{Cause, Event, EventLog, Phase},
    ground::{Field, Occupancy, Roster, Stage, stack_limit},
    parts::{self, Units},
    strength::{Bin, Strength},
    unit::Posture,
};
use crate::scenario::{Hours, Unit};
use bevy_ecs::system::{Res, ResMut};

/// Recruits of a unit whose hour has not come.
pub fn to_come(unit: &Unit, now: Hours) -> u32 {
    unit.drafts
        .iter()
        .filter(|d| d.at > now)
        .map(|d| d.men)
        .sum()
}

/// Has the unit itself come onto the map at some time? All its men wait before that.
pub fn has_entered(strength: &Strength) -> bool {
    strength.men(Bin::NotArrived) < strength.total()
}

/// Quality factor of a unit, those not yet with it left out.
pub fn quality(unit: &Unit, strength: &Strength) -> f64 {
    match strength.men(Bin::NotArrived) {
        0 => unit.quality_factor(),
        waiting => unit.quality_without(waiting),
    }
}

/// Those whose hour has come join, if the unit is on the map, in order, with a line of supply to
/// come up by and room for them. Else they wait.
pub fn join(
    stage: Res<Stage>,
    clock: Res<Clock>,
    roster: Res<Roster>,
    field: Res<Field>,
    mut occupancy: ResMut<Occupancy>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let rules = &scenario.rules().drafts;
    let limit = stack_limit(scenario);
    for id in parts::ids(&roster) {
        let fixed = scenario.unit(id);
        if fixed.drafts.is_empty() {
            continue;
        }
        let mut u = parts::write(&mut units, &roster, id);
        let waiting = u.strength.men(Bin::NotArrived);
        let men = waiting.saturating_sub(to_come(fixed, clock.hour));
        let Some(at) = u.position.hex.filter(|_| has_entered(&u.strength)) else {
            continue;
        };
        let present = occupancy.present(at);
        let room = present == u.strength.present() || present + men <= limit;
        if men == 0
            || field.is_silent(scenario, at)
            || u.condition.isolated
            || u.stance.posture == Posture::Routed
            || !room
        {
            continue;
        }
        let before = f64::from(u.strength.present());
        occupancy.leave(at, id);
        u.strength.transfer(Bin::NotArrived, Bin::Formed, men);
        occupancy.enter(at, id, fixed.side, &u.strength);
        let new = f64::from(men);
        let c = &mut u.condition.cohesion;
        *c = (*c * before + rules.cohesion.min(*c) * new) / (before + new).max(1.0);
        log.push(Phase::Arrivals, Event::Drafted { unit: id, at, men });
        log.push(
            Phase::Arrivals,
            Event::Men {
                unit: id,
                from: Bin::NotArrived,
                to: Bin::Formed,
                men,
                cause: Cause::Draft,
            },
        );
    }
}
