//! Movement: twelve five-minute slots an hour (model §3.4). Columns on roads, zones of control,
//! traffic, full hexes, contact. A tie for a hex goes by a keyed die, never by number.
//!
//! Reads: missions, ground, sky, supply reach. Writes: positions, control of hexes, fatigue through
//! the kilometres in the ledger, contact flags. Walls are passed only at gates in own hands.

mod contact;

use crate::{
    battle::{
        air::Interdiction,
        clock::{Clock, Sky},
        dice::{Dice, Purpose, RollKey},
        event::{Event, EventLog, Obstacle, Phase},
        ground::{Field, Occupancy, Stage, stack_limit},
        near::Near,
        order::Task,
        parts::{self, UnitPartsItem, Units},
        rampart,
        route::Pathfinder,
        strength::Bin,
        turn::HourSystems,
        unit::Posture,
    },
    scenario::{
        Direction, Hex, Scenario, Side, UnitId,
        map::{Mover, Passage},
        rules::MovementRules,
    },
};
use bevy_ecs::{
    schedule::{IntoScheduleConfigs, Schedule},
    system::{Res, ResMut},
};

/// Adds the phase to the hour.
pub fn install(schedule: &mut Schedule) {
    schedule.add_systems((march, contact::note).chain().in_set(HourSystems::Movement));
}

const SLOTS: u32 = 12;
const SLOT_MINUTES: f64 = 5.0;

/// Minutes to go one step: 60 x cost / rate, by night and fatigue (model §3.4).
pub fn step_minutes(
    rules: &MovementRules,
    mover: Mover,
    deployed: bool,
    on_road: bool,
    cost_km: f64,
    fatigue: f64,
    night: bool,
) -> f64 {
    let rate = match mover {
        Mover::Foot if deployed => rules.foot_tactical,
        Mover::Foot => rules.foot_column,
        Mover::Guns => rules.guns,
        Mover::Motor if on_road && !deployed => rules.motor_road,
        Mover::Motor => rules.motor_tactical,
        Mover::Ship => rules.motor_road,
    };
    let slow = rules.fatigue_slow * ((fatigue - rules.fatigue_slow_above).max(0.0))
        / (1.0 - rules.fatigue_slow_above);
    let night = if night && mover != Mover::Ship {
        rules.night
    } else {
        1.0
    };
    60.0 * cost_km / rate * night / (1.0 - slow).max(0.1)
}

/// What a step adds to the ground's cost, or whether it is barred, as known to one side: the same
/// for planning by hand, by computer and under way.
pub fn step_extra(
    scenario: &Scenario,
    field: &Field,
    side: Side,
    mover: Mover,
    goal: Hex,
    enemies_in: &impl Fn(Hex) -> f64,
    zone_over: &impl Fn(Hex) -> f64,
    from: Hex,
    to: Hex,
    direction: Direction,
) -> Option<f32> {
    let map = scenario.map();
    // The Safety Zone is not entered; whoever is in it may leave.
    if map.at(to).safety_zone && !map.at(from).safety_zone || field.is_silent(scenario, to) {
        return None;
    }
    if enemies_in(to) > 0.0 && to != goal {
        return None;
    }
    let free = rampart::is_open(scenario, field, from, direction, side, mover)
        || (to == goal && rampart::faces(scenario, field, from, direction));
    if !free {
        return None;
    }
    let rules = &scenario.rules().movement;
    let zone = zone_over(to);
    Some((rules.zone_cost * map.grid.hex_km() * zone) as f32)
}

/// A unit that wants to move this hour.
struct Column<'a, 's> {
    unit: UnitPartsItem<'a, 's>,
    id: UnitId,
    side: Side,
    mover: Mover,
    deployed: bool,
    goal: Hex,
    assault: bool,
    withdraw: bool,
    key: u64,
    load: f32,
    /// Minutes that the step under way takes.
    needed: f64,
    stopped: bool,
    obstacle: Option<Obstacle>,
    moved: bool,
}

fn march(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    mut occupancy: ResMut<Occupancy>,
    mut field: ResMut<Field>,
    mut pathfinder: ResMut<Pathfinder>,
    raided: Res<Interdiction>,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    let sky = clock.sky(scenario);
    ease_traffic(scenario, &mut field);
    let mut columns = Vec::new();
    // Formed men weighted by cohesion, by unit: neither changes while units move.
    let mut weights = Vec::with_capacity(scenario.units().len());
    let midnight = scenario.calendar().hour_of_day(clock.hour) == 0;
    for mut u in parts::all_mut(&mut units) {
        weights.push(f64::from(u.strength.formed()) * (0.3 + 0.7 * u.condition.cohesion));
        u.ledger.marched <<= 1;
        u.ledger.moved_km = 0.0;
        u.ledger.blocked = false;
        if midnight {
            u.ledger.day_km = 0.0;
        }
        columns.extend(column(scenario, &clock, &field, u));
    }
    let mut near = Near::of(scenario, &occupancy);
    for c in &mut columns {
        let route = plan(
            &weights,
            &near,
            scenario,
            &clock,
            &occupancy,
            &field,
            &mut pathfinder,
            c,
        );
        if let Some(route) = route {
            c.unit.mission.route = route;
        }
    }
    for slot in 0..SLOTS {
        let mut wishes = Vec::new();
        for (index, c) in columns.iter_mut().enumerate() {
            if c.stopped {
                continue;
            }
            if let Some(next) = advance(
                &weights, &near, scenario, &clock, &dice, &sky, &raided, &occupancy, &field, c,
            ) {
                let tie = RollKey {
                    turn: clock.turn().0,
                    purpose: Purpose::MeetingTie,
                    unit: c.key,
                    salt: RollKey::salt(clock.hour_in_turn(), next.0, slot),
                };
                wishes.push((next, index, tie));
            }
        }
        settle(
            scenario,
            &clock,
            &dice,
            &mut occupancy,
            &mut field,
            &mut log,
            &mut columns,
            wishes,
            &mut near,
        );
    }
    for c in &mut columns {
        let u = &mut c.unit;
        let Some(at) = u.position.hex else {
            continue;
        };
        if let (Some(by), false) = (c.obstacle, c.moved) {
            u.ledger.blocked = true;
            u.ledger.blocked_hours += 1;
            if matches!(by, Obstacle::Full | Obstacle::NoWay | Obstacle::Gate) {
                // Look for another way next hour.
                u.mission.route.clear();
            }
            log.push(Phase::Movement, Event::Blocked { unit: c.id, at, by });
        } else if c.moved {
            u.ledger.blocked_hours = 0;
        }
        if at == c.goal {
            arrive(scenario, c, &mut occupancy, &mut log);
        }
    }
}

/// Traffic of the last hour flows off; what could not pass in an hour stays to be passed.
fn ease_traffic(scenario: &Scenario, field: &mut Field) {
    let capacity = scenario.rules().movement.road_capacity as f32;
    for (_, load) in &mut field.traffic {
        *load -= capacity;
    }
    field.traffic.retain(|(_, load)| *load > 0.0);
    super::siege::gates::ease(scenario, field);
}

fn column<'a, 's>(
    scenario: &Scenario,
    clock: &Clock,
    field: &Field,
    u: UnitPartsItem<'a, 's>,
) -> Option<Column<'a, 's>> {
    let at = u.position.hex?;
    let goal = u.mission.task.goal()?;
    let silent = field.is_silent(scenario, at);
    let waiting = u.mission.start_at.is_some_and(|h| h > clock.hour);
    if at == goal
        || silent
        || waiting
        || u.stance.posture == Posture::Routed
        || u.strength.present() == 0
    {
        return None;
    }
    let rules = &scenario.rules().movement;
    let forced = match u.mission.task {
        Task::March { forced, .. } => forced,
        _ => true,
    };
    let limit = if forced {
        rules.march_hours_forced
    } else {
        rules.march_hours
    };
    let assault = matches!(u.mission.task, Task::Assault { .. });
    let adjacent = scenario.map().grid.distance(at, goal) == 1;
    let sails = Mover::of(u.identity.branch) == Mover::Ship;
    // The bit of the hour under way is 0 and the 24th last is about to fall off.
    if (u.ledger.marched & 0x00ff_ffff).count_ones() >= limit && !(assault && adjacent) && !sails {
        return None;
    }
    let fixed = scenario.unit(u.identity.id);
    let load =
        u.strength.present() as f32 + 3.0 * 10.0 * fixed.guns as f32 + 10.0 * fixed.tanks as f32;
    Some(Column {
        id: u.identity.id,
        side: u.identity.side,
        mover: Mover::of(u.identity.branch),
        deployed: u.ledger.in_contact || (assault && adjacent),
        goal,
        assault,
        withdraw: matches!(u.mission.task, Task::Withdraw { .. } | Task::Embark { .. }),
        key: u.identity.key,
        load,
        needed: 0.0,
        stopped: false,
        obstacle: None,
        moved: false,
        unit: u,
    })
}

/// Finds a way if the unit has none; `None` if it has one already.
fn plan(
    weights: &[f64],
    near: &Near,
    scenario: &Scenario,
    clock: &Clock,
    occupancy: &Occupancy,
    field: &Field,
    pathfinder: &mut Pathfinder,
    c: &mut Column,
) -> Option<Vec<Hex>> {
    let u = &c.unit;
    let at = u.position.hex?;
    let stale = clock.hour_in_turn() == 0 && u.ledger.blocked_hours > 0;
    if !u.mission.route.is_empty() && !stale {
        return None;
    }
    let map = scenario.map();
    let limit = stack_limit(scenario);
    let mine = u.strength.present();
    let enemies = |hex: Hex| enemy_men(weights, occupancy, c.side, hex);
    let zone = |hex: Hex| near.zone(scenario, field, c.side, hex, enemies);
    let crowded = u.ledger.blocked_hours > 0;
    let route = pathfinder.route(
        &map.grid,
        scenario.passage(),
        c.mover,
        at,
        c.goal,
        |from, to, direction| {
            // After having been blocked, go round full hexes.
            if crowded
                && to != c.goal
                && occupancy.side(to) == Some(c.side)
                && occupancy.present(to) + mine > limit
            {
                return None;
            }
            step_extra(
                scenario, field, c.side, c.mover, c.goal, &enemies, &zone, from, to, direction,
            )
        },
    );
    if route.is_none() {
        c.stopped = true;
        c.obstacle = Some(Obstacle::NoWay);
    }
    route
}

/// Formed enemies in a hex, weighted by cohesion.
fn enemy_men(weights: &[f64], occupancy: &Occupancy, side: Side, hex: Hex) -> f64 {
    if occupancy.side(hex) != Some(side.enemy()) {
        return 0.0;
    }
    occupancy.units(hex).map(|id| weights[id.0 as usize]).sum()
}

/// Five minutes pass for a column: the hex it is ready to enter, if any.
fn advance(
    weights: &[f64],
    near: &Near,
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    sky: &Sky,
    raided: &Interdiction,
    occupancy: &Occupancy,
    field: &Field,
    c: &mut Column,
) -> Option<Hex> {
    let map = scenario.map();
    let passage: &Passage = scenario.passage();
    let u = &mut c.unit;
    let at = u.position.hex?;
    let Some(&next) = u.mission.route.last() else {
        c.stopped = true;
        return None;
    };
    let same = u.position.towards == Some(next);
    let progress = if same { u.position.progress } else { 0.0 };
    let (fatigue, cohesion) = (u.condition.fatigue, u.condition.cohesion);
    let direction = map.grid.direction(at, next)?;
    if field.is_silent(scenario, next) {
        c.stopped = true;
        c.obstacle = Some(Obstacle::NoWay);
        return None;
    }
    // Formed enemies ahead: stop, contact. With an assault order the fight follows.
    if occupancy.side(next) == Some(c.side.enemy()) {
        c.stopped = true;
        c.obstacle = (!c.assault).then_some(Obstacle::Enemy);
        return None;
    }
    // A gate that nobody defends does not stop an assault.
    let storms = c.assault && next == c.goal && rampart::faces(scenario, field, at, direction);
    if !storms && !rampart::is_open(scenario, field, at, direction, c.side, c.mover) {
        c.stopped = true;
        c.obstacle = Some(Obstacle::Gate);
        return None;
    }
    let enemies = |hex: Hex| enemy_men(weights, occupancy, c.side, hex);
    let rules = &scenario.rules().movement;
    let zone_there = near.zone(scenario, field, c.side, next, &enemies);
    let zone_here = near.zone(scenario, field, c.side, at, &enemies);
    let from_zone_to_zone =
        zone_here > 0.0 && zone_there > 0.0 && occupancy.formed_of(next, c.side) == 0;
    if from_zone_to_zone
        && !c.assault
        && !c.withdraw
        && !infiltrates(clock, dice, sky, rules, cohesion, c.key, at, direction)
    {
        c.stopped = true;
        c.obstacle = Some(Obstacle::ZoneOfControl);
        return None;
    }
    let mut base = f64::from(passage.cost(c.mover, at, direction));
    if passage.road(at, direction) && raided.covers(next, c.side) {
        base *= scenario.rules().air.road_cost;
    }
    let cost = base + rules.zone_cost * map.grid.hex_km() * zone_there;
    let deployed = c.deployed || zone_there > 0.0 || zone_here > 0.0;
    let needed = step_minutes(
        rules,
        c.mover,
        deployed,
        passage.road(at, direction),
        cost,
        fatigue,
        sky.night,
    );
    c.needed = needed;
    u.position.towards = Some(next);
    u.position.progress = progress + SLOT_MINUTES;
    u.ledger.marched |= 1;
    (u.position.progress >= needed).then_some(next)
}

/// Slipping from one enemy zone to the next: by night, by a unit in good order, by chance.
fn infiltrates(
    clock: &Clock,
    dice: &Dice,
    sky: &Sky,
    rules: &MovementRules,
    cohesion: f64,
    key: u64,
    at: Hex,
    direction: Direction,
) -> bool {
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::Infiltration,
        unit: key,
        salt: RollKey::salt(clock.hour_in_turn(), at.0, direction as u32),
    };
    sky.night && cohesion > 0.6 && dice.chance(key, rules.infiltration, &mut 0.0).0
}

/// Units due in a hex in this slot enter it: in the order of a keyed die, as room, road and
/// enemies allow. Enemies due in one empty hex, or swapping hexes, both stop: a meeting engagement.
fn settle(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    occupancy: &mut Occupancy,
    field: &mut Field,
    log: &mut EventLog,
    columns: &mut [Column],
    mut wishes: Vec<(Hex, usize, RollKey)>,
    near: &mut Near,
) {
    if wishes.len() > 1 {
        let mut keyed: Vec<(f64, (Hex, usize, RollKey))> =
            wishes.drain(..).map(|w| (dice.uniform(w.2), w)).collect();
        keyed.sort_by(|a, b| {
            (a.1.0, a.0)
                .partial_cmp(&(b.1.0, b.0))
                .unwrap_or(std::cmp::Ordering::Equal)
                .then(columns[a.1.1].key.cmp(&columns[b.1.1].key))
        });
        wishes = keyed.into_iter().map(|(_, w)| w).collect();
    }
    let meeting: Vec<Hex> = wishes
        .iter()
        .filter(|(hex, index, _)| {
            wishes
                .iter()
                .any(|(other, j, _)| other == hex && columns[*j].side != columns[*index].side)
        })
        .map(|(hex, _, _)| *hex)
        .collect();
    let limit = stack_limit(scenario);
    let map = scenario.map();
    for (next, index, _) in wishes {
        let c = &mut columns[index];
        let u = &mut c.unit;
        let Some(at) = u.position.hex else {
            continue;
        };
        if meeting.contains(&next) || occupancy.side(next) == Some(c.side.enemy()) {
            c.stopped = true;
            c.obstacle = Some(Obstacle::Enemy);
            continue;
        }
        let men = u.strength.present();
        if occupancy.present(next) > 0 && occupancy.present(next) + men > limit {
            c.obstacle = Some(Obstacle::Full);
            continue;
        }
        let by_road = map
            .grid
            .direction(at, next)
            .is_some_and(|d| scenario.passage().road(at, d));
        if !super::siege::gates::lets_pass(scenario, field, at, next, men) {
            c.obstacle = Some(Obstacle::Traffic);
            continue;
        }
        if by_road && !takes_the_road(scenario, field, next, c.load) {
            c.obstacle = Some(Obstacle::Traffic);
            continue;
        }
        occupancy.leave(at, c.id);
        occupancy.enter(next, c.id, c.side, &u.strength);
        near.note(scenario, c.side, next);
        u.position.hex = Some(next);
        // What is left of the five minutes counts for the next hex.
        u.position.progress = (u.position.progress - c.needed).clamp(0.0, SLOT_MINUTES);
        u.position.since = clock.hour;
        u.position.taken = false;
        u.stance.entrenched = crate::scenario::map::WorksLevel::None;
        u.stance.idle_turns = 0;
        u.mission.route.pop();
        u.position.towards = u.mission.route.last().copied();
        let km = map.grid.hex_km();
        u.ledger.moved_km += km;
        u.ledger.day_km += km;
        u.ledger.best_day_km = u.ledger.best_day_km.max(u.ledger.day_km);
        c.moved = true;
        c.obstacle = None;
        log.push(
            Phase::Movement,
            Event::Moved {
                unit: c.id,
                from: at,
                to: next,
            },
        );
        control(field, log, Phase::Movement, scenario, next, c.side, false);
    }
}

/// A road hex passes so many men-equivalents an hour; a unit longer than that may begin when the
/// road is clear, and those behind it wait.
fn takes_the_road(scenario: &Scenario, field: &mut Field, hex: Hex, load: f32) -> bool {
    let capacity = scenario.rules().movement.road_capacity as f32;
    match field.traffic.binary_search_by_key(&hex, |(h, _)| *h) {
        Ok(i) if field.traffic[i].1 >= capacity => false,
        Ok(i) => {
            field.traffic[i].1 += load;
            true
        }
        Err(i) => {
            field.traffic.insert(i, (hex, load));
            true
        }
    }
}

/// A hex passes into a side's control.
pub fn control(
    field: &mut Field,
    log: &mut EventLog,
    phase: Phase,
    scenario: &Scenario,
    hex: Hex,
    side: Side,
    by_assault: bool,
) {
    // The Safety Zone is nobody's: no control, no objective.
    if field.control[hex.index()] == Some(side) || scenario.map().at(hex).safety_zone {
        return;
    }
    field.control[hex.index()] = Some(side);
    log.push(
        phase,
        Event::HexTaken {
            hex,
            by: side,
            by_assault,
        },
    );
}

/// A column at its goal: it holds there, or leaves the map by an exit.
fn arrive(scenario: &Scenario, c: &mut Column, occupancy: &mut Occupancy, log: &mut EventLog) {
    let u = &mut c.unit;
    u.mission.route.clear();
    if c.withdraw && scenario.map().at(c.goal).exit {
        let hex = c.goal;
        occupancy.leave(hex, c.id);
        for bin in [Bin::Formed, Bin::Disordered] {
            let men = u.strength.men(bin);
            super::losses::transfer(
                u,
                bin,
                Bin::Escaped,
                men,
                crate::battle::event::Cause::LeftTheMap,
                Phase::Movement,
                log,
            );
        }
        u.position.hex = None;
        log.push(
            Phase::Movement,
            Event::Left {
                unit: c.id,
                at: hex,
                escaped: true,
            },
        );
        return;
    }
    if matches!(u.mission.task, Task::Embark { .. }) {
        // It waits for boats.
        return;
    }
    u.mission.task = Task::Hold;
    u.stance.posture = Posture::Holding;
    u.stance.obeys_to_the_last = None;
    log.push(
        Phase::Movement,
        Event::PostureChanged {
            unit: c.id,
            posture: Posture::Holding,
        },
    );
}
