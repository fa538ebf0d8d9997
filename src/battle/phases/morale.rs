//! Morale: what the hour did to each unit; straggling, rout and flight, rally, breaking off (model §3.4, §3.8, §3.9).
//!
//! Reads: ledgers, positions, missions of formations. Writes: conditions, strengths, positions of
//! those in flight or breaking off. Facts are gathered first; order by unit number.

mod barrier;

pub use barrier::{holding, run_down, toll};

use super::{aftermath, losses};
use crate::{
    battle::{
        air::Interdiction,
        blaze::Blaze,
        clock::Clock,
        command::{DirectiveKind, Headquarters, Standing},
        dice::{Dice, Purpose, RollKey},
        event::{Cause, Event, EventLog, Phase},
        ground::{Field, Occupancy, Roster, Stage, SupplyReach},
        order::{FormationMission, MissionPosture, Task},
        parts::{self, Units},
        strength::Bin,
        turn::HourSystems,
        unit::{Commission, Posture},
        wear::{HourSpent, wear},
    },
    scenario::{
        FormationId, Hex, Hours, Scenario, Side, UnitId, calendar::HOURS_PER_TURN, map::WorksLevel,
    },
};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Query, Res, ResMut},
};

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems(
        (
            settle,
            break_off,
            flee,
            barrier::bar,
            super::siege::mines::strike,
            close_hour,
        )
            .chain()
            .in_set(HourSystems::Morale),
    );
}

/// The mission in force for a formation: its own or its nearest superior's.
pub fn mission_of(
    scenario: &Scenario,
    roster: &Roster,
    commissions: &Query<&Commission>,
    formation: FormationId,
) -> Option<FormationMission> {
    commission_of(scenario, roster, commissions, formation).map(|(mission, _)| mission)
}

fn commission_of(
    scenario: &Scenario,
    roster: &Roster,
    commissions: &Query<&Commission>,
    formation: FormationId,
) -> Option<(FormationMission, Hours)> {
    let mut at = Some(formation);
    while let Some(f) = at {
        let found = commissions
            .get(roster.formations[f.0 as usize])
            .ok()
            .and_then(|c| Some((c.mission?, c.since)));
        if found.is_some() {
            return found;
        }
        at = scenario.formation(f).parent;
    }
    None
}

/// May units of a formation fall back without being told?
pub fn may_withdraw(
    scenario: &Scenario,
    roster: &Roster,
    commissions: &Query<&Commission>,
    staffs: &Query<&Headquarters>,
    formation: FormationId,
    hour: Hours,
) -> bool {
    let standing = standing(scenario, roster, staffs, formation);
    let mission = commission_of(scenario, roster, commissions, formation);
    permits(mission, standing, hour)
}

/// Do the mission in force, with the hour from which it is, and the directive received let units fall
/// back? The later of the two decides.
pub fn permits(
    mission: Option<(FormationMission, Hours)>,
    standing: Standing,
    hour: Hours,
) -> bool {
    match mission {
        Some((m, since)) if since >= standing.from => {
            m.may_withdraw || m.posture == MissionPosture::Withdraw
        }
        Some((m, _)) if m.posture == MissionPosture::Withdraw => true,
        _ => standing.permits(hour),
    }
}

/// The directive that a formation's headquarters follows.
pub fn standing(
    scenario: &Scenario,
    roster: &Roster,
    staffs: &Query<&Headquarters>,
    formation: FormationId,
) -> Standing {
    let station = scenario.station(formation);
    staffs
        .get(roster.formations[station.0 as usize])
        .map(|hq| hq.standing)
        .unwrap_or_else(|_| panic!("formation {} has no headquarters", station.0))
}

/// Routed units and where they stand.
fn routed_hexes(units: &Units) -> Vec<(Hex, Side)> {
    parts::all(units)
        .filter_map(|u| {
            (u.stance.posture == Posture::Routed)
                .then_some(u.position.hex)
                .flatten()
                .map(|h| (h, u.identity.side))
        })
        .collect()
}

fn settle(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    raided: Res<Interdiction>,
    blaze: Res<Blaze>,
    field: Res<Field>,
    mut log: ResMut<EventLog>,
    mut units: Units,
    roster: Res<Roster>,
    staffs: Query<&Headquarters>,
) {
    let scenario = &stage.0;
    let rules = scenario.rules();
    let map = scenario.map();
    let sky = clock.sky(scenario);
    let routed = routed_hexes(&units);
    let near = (2.0 / map.grid.hex_km()).round() as u32;
    for mut u in parts::all_mut(&mut units) {
        let id = u.identity.id;
        let Some(at) = u.position.hex else {
            continue;
        };
        let before = (u.strength.present() + u.ledger.losses_now).max(1);
        let spent = HourSpent {
            loss_share: f64::from(u.ledger.losses_now) / f64::from(before),
            fought: u.ledger.fought,
            in_contact: u.ledger.in_contact,
            moved_km: u.ledger.moved_km,
            victorious: u.ledger.victorious,
            routed_neighbours: routed
                .iter()
                .filter(|(h, side)| {
                    *side == u.identity.side && *h != at && map.grid.distance(*h, at) <= near
                })
                .count() as u32,
            raided: u.ledger.moved_km > 0.0 && raided.covers(at, u.identity.side),
            bare: blaze.bare(at),
            at_odds: staffs
                .get(roster.formations[scenario.station(u.identity.formation).0 as usize])
                .is_ok_and(|hq| hq.conflict_until > clock.hour),
        };
        if field.is_silent(scenario, at) {
            continue;
        }
        wear(rules, &mut u.condition, &spent);
        straggle(scenario, &clock, &dice, &sky, at, &mut u, &mut log);
        let m = &rules.morale;
        let resting = spent.rested() && !spent.in_contact;
        if u.stance.posture != Posture::Routed && u.condition.cohesion < m.rout_below {
            u.stance.posture = Posture::Routed;
            u.stance.entrenched = WorksLevel::None;
            u.mission.task = Task::Hold;
            u.mission.route.clear();
            log.push(
                Phase::Morale,
                Event::PostureChanged {
                    unit: id,
                    posture: Posture::Routed,
                },
            );
        } else if u.stance.posture == Posture::Routed
            && resting
            && u.condition.cohesion > m.rally_above
        {
            u.stance.posture = Posture::Holding;
            log.push(Phase::Morale, Event::Rallied { unit: id });
        }
        if resting && u.stance.posture != Posture::Routed {
            rejoin(&clock, &dice, m.rejoin, &mut u, &mut log);
        }
    }
}

fn key(clock: &Clock, purpose: Purpose, unit: u64) -> RollKey {
    RollKey {
        turn: clock.turn().0,
        purpose,
        unit,
        salt: RollKey::salt(clock.hour_in_turn(), 0, 0),
    }
}

/// Men who fall out on the march, and those who lose touch off the road by night.
fn straggle(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    sky: &crate::battle::clock::Sky,
    at: Hex,
    u: &mut parts::UnitPartsItem,
    log: &mut EventLog,
) {
    let rules = &scenario.rules().movement;
    if u.ledger.moved_km <= 0.0 || u.ledger.fought {
        return;
    }
    let f = u.condition.fatigue;
    let formed = f64::from(u.strength.formed());
    let on_march =
        formed * rules.straggle_per_km * (1.0 + rules.straggle_fatigue * f * f) * u.ledger.moved_km;
    let in_the_dark = if sky.night && !scenario.passage().on_road(at) {
        formed * rules.night_disorder
    } else {
        0.0
    };
    let k = key(clock, Purpose::Straggle, u.identity.key);
    let men = dice.round(k, on_march + in_the_dark, &mut u.ledger.carry);
    losses::transfer(
        u,
        Bin::Formed,
        Bin::Disordered,
        men,
        Cause::March,
        Phase::Morale,
        log,
    );
}

/// Stragglers find back at rest.
fn rejoin(
    clock: &Clock,
    dice: &Dice,
    share_per_turn: f64,
    u: &mut parts::UnitPartsItem,
    log: &mut EventLog,
) {
    let waiting = u.strength.men(Bin::Disordered);
    if waiting == 0 {
        return;
    }
    let hourly = 1.0 - (1.0 - share_per_turn).sqrt().sqrt();
    let k = key(clock, Purpose::Rejoin, u.identity.key);
    let men = dice.round(k, f64::from(waiting) * hourly, &mut u.ledger.carry);
    losses::transfer(
        u,
        Bin::Disordered,
        Bin::Formed,
        men,
        Cause::Rally,
        Phase::Morale,
        log,
    );
}

/// Units that lose more than their mission is worth let go, where that is permitted (model §3.8).
fn break_off(
    stage: Res<Stage>,
    clock: Res<Clock>,
    roster: Res<Roster>,
    mut occupancy: ResMut<Occupancy>,
    mut field: ResMut<Field>,
    reach: Res<SupplyReach>,
    mut log: ResMut<EventLog>,
    mut units: Units,
    commissions: Query<&Commission>,
    staffs: Query<&Headquarters>,
) {
    let scenario = &stage.0;
    let rules = &scenario.rules().withdrawal;
    super::observation::reindex(&mut occupancy, &units);
    // Falling back makes nobody fight: those who have fought are known beforehand.
    let fought: Vec<UnitId> = parts::all(&units)
        .filter(|u| u.ledger.fought)
        .map(|u| u.identity.id)
        .collect();
    for id in fought {
        let (leaves, at) = {
            let u = parts::read(&units, &roster, id);
            let Some(at) = u.position.hex else {
                continue;
            };
            let fights = u.stance.posture == Posture::Holding
                && u.ledger.fought
                && !field.is_silent(scenario, at);
            if !fights || scenario.unit(id).branch.is_fixed() {
                continue;
            }
            let mission = mission_of(scenario, &roster, &commissions, u.identity.formation);
            let standing = standing(scenario, &roster, &staffs, u.identity.formation);
            let delays = standing.directive.kind == DirectiveKind::Delay
                && standing.permits(clock.hour)
                || mission.is_some_and(|m| m.posture == MissionPosture::Delay);
            let tolerance = if delays {
                rules.tolerance_delay
            } else {
                rules.tolerance_hold
            };
            let lost = u.ledger.losses.iter().take(3).sum::<u32>() + u.ledger.losses_now;
            let share = f64::from(lost) / f64::from((u.strength.present() + lost).max(1));
            let permitted = may_withdraw(
                scenario,
                &roster,
                &commissions,
                &staffs,
                u.identity.formation,
                clock.hour,
            );
            (
                permitted && share > tolerance && u.strength.present() > 0,
                at,
            )
        };
        if leaves {
            let moved = aftermath::retreat(
                scenario,
                &clock,
                &roster,
                &mut occupancy,
                &mut field,
                &reach,
                &mut units,
                &mut log,
                id,
                at,
                scenario.rules().yielding.retreat_km,
                Phase::Morale,
            );
            if moved {
                log.push(Phase::Morale, Event::BrokeOff { unit: id, at });
            }
        }
    }
}

/// Routed units with formed enemies within two kilometres run on.
fn flee(
    stage: Res<Stage>,
    clock: Res<Clock>,
    roster: Res<Roster>,
    mut occupancy: ResMut<Occupancy>,
    mut field: ResMut<Field>,
    reach: Res<SupplyReach>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let map = scenario.map();
    let fearful = (2.0 / map.grid.hex_km()).round() as u32;
    let runners: Vec<(UnitId, Hex)> = parts::all(&units)
        .filter_map(|u| {
            let id = u.identity.id;
            let at = u.position.hex?;
            let runs = u.stance.posture == Posture::Routed
                && !field.is_silent(scenario, at)
                && u.strength.present() > 0
                && u.position.since < clock.hour
                && !scenario.unit(id).branch.is_fixed();
            runs.then_some((id, at))
        })
        .collect();
    for (id, at) in runners {
        let enemy = scenario.unit(id).side.enemy();
        let pressed = map
            .grid
            .within(at, fearful)
            .into_iter()
            .any(|h| occupancy.formed_of(h, enemy) > 0);
        if pressed {
            let one_hour = map.grid.hex_km();
            aftermath::retreat(
                scenario,
                &clock,
                &roster,
                &mut occupancy,
                &mut field,
                &reach,
                &mut units,
                &mut log,
                id,
                at,
                one_hour,
                Phase::Morale,
            );
        }
    }
}

/// The hour's books are closed: losses move one hour back; units with nobody left leave the map.
fn close_hour(
    clock: Res<Clock>,
    mut occupancy: ResMut<Occupancy>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    for mut u in parts::all_mut(&mut units) {
        let id = u.identity.id;
        let l = &mut u.ledger;
        l.losses = [l.losses_now, l.losses[0], l.losses[1], l.losses[2]];
        l.losses_now = 0;
        l.fought = false;
        l.victorious = false;
        l.fired = false;
        if let (Some(at), 0) = (u.position.hex, u.strength.present()) {
            occupancy.leave(at, id);
            u.position.hex = None;
            log.push(
                Phase::Morale,
                Event::Left {
                    unit: id,
                    at,
                    escaped: false,
                },
            );
        }
    }
    if clock.hour_in_turn() + 1 == HOURS_PER_TURN {
        // Within the turn the next hour begins with that.
        super::observation::reindex(&mut occupancy, &units);
    }
}
