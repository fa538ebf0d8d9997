//! Guns that batter the wall: what falls on a hexside in the turn is summed up; what it did is
//! settled at the turn's end (`walls`). A battery fires at a wall or at men, never both.

use crate::{
    battle::{
        air,
        blaze::Blaze,
        clock::Clock,
        event::{Event, EventLog, Phase},
        eyes,
        ground::{Field, Occupancy, Roster, Stage},
        navy,
        order::{Deed, Task},
        parts::{self, Units},
        rampart::wall_hexes,
        unit::Posture,
    },
    scenario::{Branch, Scenario, calendar::HOURS_PER_TURN, rules::GunClass},
};
use bevy_ecs::system::{Res, ResMut};

/// What a battery of a class counts against a wall.
pub fn weight(scenario: &Scenario, class: &GunClass) -> f64 {
    let rules = &scenario.rules().siege;
    if class.shell_kg >= rules.heavy_shell_kg {
        1.0
    } else {
        rules.light_share
    }
}

/// Fires at walls for an hour.
pub fn batter(
    stage: Res<Stage>,
    clock: Res<Clock>,
    roster: Res<Roster>,
    occupancy: Res<Occupancy>,
    blaze: Res<Blaze>,
    mut field: ResMut<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let map = scenario.map();
    if field.city_lost.is_some() {
        return;
    }
    let sky = clock.sky(scenario);
    for id in parts::ids(&roster) {
        let fixed = scenario.unit(id);
        let Some(class) = fixed.gun_class.map(|class| &scenario.rules().guns[class]) else {
            continue;
        };
        let u = parts::read(&units, &roster, id);
        let (Some(at), Task::Siege { deed, side }) = (u.position.hex, u.mission.task) else {
            continue;
        };
        let Some((inner, outer)) = wall_hexes(scenario, side).filter(|_| deed == Deed::Breach)
        else {
            continue;
        };
        let ours = u.identity.side;
        let distance = f64::from(map.grid.distance(at, outer)) * map.grid.hex_km();
        let ready = u.mission.start_at.is_none_or(|h| h <= clock.hour)
            && u.stance.posture == Posture::Holding
            && u.strength.formed() > 0
            && !u.ledger.in_contact
            && field.control[inner.index()] == Some(ours.enemy())
            && field.city_lost.is_none()
            && !air::spared(scenario, &field, ours, outer)
            && (fixed.branch != Branch::Naval || navy::near_channel(scenario, at, outer))
            && distance <= class.range_km;
        let share = f64::from(u.strength.formed()) / f64::from(fixed.men.max(1))
            * (1.0 - u.condition.suppression);
        let full = f64::from(fixed.guns) * share * class.rounds_per_hour;
        let rounds = full.min(u.condition.rounds);
        if !ready || rounds < 1.0 {
            continue;
        }
        let above = eyes::sky_over(scenario, &blaze, &field, clock.hour, inner, &sky);
        let observed = eyes::observed(scenario, &occupancy, ours, inner, &above);
        let batteries = f64::from(fixed.guns) * share / scenario.rules().power.battery_guns;
        let fire = weight(scenario, class) * batteries * rounds / full / f64::from(HOURS_PER_TURN);
        let rampart = field.rampart_mut(side);
        rampart.battered[0] += fire;
        rampart.battered[1] += if observed { fire } else { 0.0 };
        let mut u = parts::write(&mut units, &roster, id);
        u.condition.rounds -= rounds;
        u.ledger.fired = true;
        log.push(
            Phase::Bombardment,
            Event::Fired {
                unit: id,
                target: outer,
                rounds: rounds as u32,
                observed,
            },
        );
    }
}
