//! What events do. Each action is small: the rules of the other phases make of it what they make.

use super::conditions::posture;
use crate::{
    battle::{
        blaze::{self, Blaze, Char},
        clock::Clock,
        command::{Authority, Chain, Directive, DirectiveKind, Headquarters},
        course::{Course, Errand, Motion},
        drafts,
        event::{End, Event, EventLog, Origin, Phase, Severed, Spark},
        ferry::Ferries,
        ground::{Field, Occupancy, Roster, Stage},
        order::{FormationMission, Order, Task},
        phases::verdict::Outcome,
        rampart::Mines,
        strength::Strength,
    },
    scenario::{
        FormationId, Hex, Hours, PlanTask, Scenario, Side, UnitId,
        events::{Act, Action, Command, DecisionId, Intent, Voice, amend::amends},
        map::Mover,
    },
};
use bevy_ecs::{
    system::{ResMut, SystemState},
    world::World,
};
use std::sync::Arc;

/// Performs an action; false if it comes to nothing. Nothing inside the walls is acted on once the
/// city is lost.
pub(super) fn perform(world: &mut World, course: &mut Course, origin: Origin, act: &Act) -> bool {
    let scenario = Arc::clone(&world.resource::<Stage>().0);
    let now = world.resource::<Clock>().hour;
    let lost = world.resource::<Field>().city_lost.is_some();
    let silent = |hex: Hex| lost && scenario.map().at(hex).inside_wall;
    if amends(act) {
        if late(world, act) {
            return false;
        }
        if let Action::Mission {
            formation,
            task,
            place,
        } = act
        {
            let objective = centre(&scenario, *place);
            if silent(objective) {
                return false;
            }
            commission(course, &scenario, *formation, *task, objective);
        }
        course.amendments.push((now, act.clone()));
        let changed = scenario.amended(&[(now, act.clone())]);
        world.insert_resource(Stage(Arc::new(changed)));
        return true;
    }
    match act {
        Action::Order { unit, task } => {
            let task = Task::told(&scenario, task);
            if task.goal().is_some_and(silent) {
                return false;
            }
            course.errands.push(errand(&scenario, *unit, task, false));
            true
        }
        Action::Departure { unit, towards } => {
            let Some(to) = exit(&scenario, *unit, *towards) else {
                return false;
            };
            let task = Task::Withdraw { to };
            course.errands.push(errand(&scenario, *unit, task, true));
            true
        }
        Action::HeadquartersMoves { formation, to } => {
            let station = scenario.station(*formation);
            let entity = world.resource::<Roster>().formations[station.0 as usize];
            let with = world.get::<Headquarters>(entity).and_then(|hq| hq.with);
            let task = Task::March {
                to: centre(&scenario, *to),
                forced: false,
            };
            let errands = with.map(|unit| errand(&scenario, unit, task, false));
            course.errands.extend(errands);
            with.is_some()
        }
        Action::Directive { .. }
        | Action::HeadquartersLeaves(_)
        | Action::Wire { .. }
        | Action::News { .. }
        | Action::Barrier { .. } => command(world, &scenario, now, act),
        Action::Barricade(gate) => self::gate(world, &scenario, *gate, true, &silent),
        Action::OpenGate(gate) => self::gate(world, &scenario, *gate, false, &silent),
        Action::Mines { place, of } => lay(world, &scenario, *place, *of, &silent),
        Action::Lanes { of, near, km } => mark(world, &scenario, *of, *near, *km),
        Action::Boats { .. } => boats(world, &scenario, origin, act, &silent),
        Action::Crossings { side, open } => {
            let from = (!open).then_some(now);
            world.resource_mut::<Ferries>().close(*side, from)
        }
        Action::Fire(place) => kindle(world, &scenario, *place),
        Action::SetFlag(flag) => raise(course, *flag, true),
        Action::ClearFlag(flag) => raise(course, *flag, false),
        Action::Decision(decision) => ask(world, course, &scenario, *decision, now),
        Action::EndBattle { .. } => end(world, origin),
        Action::Message { .. } | Action::Narration(_) | Action::HistoricalNote { .. } => true,
        // Those that change the scenario are done with above.
        _ => false,
    }
}

/// Pulls the levers of the chain of command.
fn command(world: &mut World, scenario: &Scenario, now: Hours, act: &Act) -> bool {
    let mut state: SystemState<(Chain, ResMut<EventLog>)> = SystemState::new(world);
    let Ok((mut chain, mut log)) = state.get_mut(world) else {
        return false;
    };
    match act {
        Action::Directive {
            to,
            kind,
            towards,
            notice,
            by,
        } => {
            let (side, to) = match to {
                Command::Side(side) => (*side, None),
                Command::Formation(id) => (scenario.formation(*id).side, Some(*id)),
            };
            let directive = Directive {
                kind: asks(*kind),
                towards: towards.map(|place| centre(scenario, place)),
            };
            let start_at = (*notice > 0).then_some(Hours(now.0 + notice));
            let by = match by {
                Voice::Command => Authority::Command,
                Voice::Above => Authority::Above,
            };
            let phase = Phase::Happenings;
            chain.issue(&mut log, phase, side, to, directive, start_at, by);
        }
        Action::HeadquartersLeaves(formation) => {
            chain.leave(&mut log, Phase::Happenings, *formation);
        }
        Action::Wire { formation, whole } => {
            let (formation, whole) = (*formation, *whole);
            chain.set_wire(&mut log, Phase::Happenings, formation, whole, Severed::Left);
        }
        Action::News { side, from } => chain.spread_news(*side, centre(scenario, *from)),
        Action::Barrier { unit, on } => chain.set_barrier(*unit, *on),
        _ => return false,
    }
    true
}

fn asks(kind: Intent) -> DirectiveKind {
    match kind {
        Intent::HoldToTheDeath => DirectiveKind::HoldToTheDeath,
        Intent::Delay => DirectiveKind::Delay,
        Intent::MayWithdraw => DirectiveKind::MayWithdraw,
        Intent::Withdraw => DirectiveKind::Withdraw,
        Intent::BreakOut => DirectiveKind::BreakOut,
    }
}

/// Is it too late for an arrival to be moved: has the unit come already?
fn late(world: &World, act: &Act) -> bool {
    let Action::Arrival { unit, .. } = act else {
        return false;
    };
    let roster = world.resource::<Roster>();
    world
        .get::<Strength>(roster.units[unit.0 as usize])
        .is_none_or(drafts::has_entered)
}

fn centre(scenario: &Scenario, place: u16) -> Hex {
    scenario.map().places[usize::from(place)].centre
}

fn raise(course: &mut Course, flag: u16, set: bool) -> bool {
    let flag = &mut course.flags[usize::from(flag)];
    let changes = *flag != set;
    *flag = set;
    changes
}

/// A new mission for a formation and all under it, through the gate of orders.
fn commission(
    course: &mut Course,
    scenario: &Scenario,
    above: FormationId,
    task: PlanTask,
    objective: Hex,
) {
    for formation in scenario.under(above) {
        let permitted = scenario.doctrine_of(formation).withdrawal_permitted;
        let mission = FormationMission {
            objective,
            posture: posture(task),
            may_withdraw: permitted || matches!(task, PlanTask::Delay | PlanTask::Withdraw),
        };
        course.errands.push(Errand {
            side: scenario.formation(formation).side,
            order: Order::Formation {
                formation,
                mission,
                start_at: None,
            },
            leaving: false,
        });
    }
}

fn errand(scenario: &Scenario, unit: UnitId, task: Task, leaving: bool) -> Errand {
    Errand {
        side: scenario.unit(unit).side,
        order: Order::Unit {
            unit,
            task,
            start_at: None,
        },
        leaving,
    }
}

/// The exit nearest to a place that a unit can stand on.
fn exit(scenario: &Scenario, unit: UnitId, towards: u16) -> Option<Hex> {
    let map = scenario.map();
    let (mover, near) = (
        Mover::of(scenario.unit(unit).branch),
        centre(scenario, towards),
    );
    map.grid
        .hexes()
        .filter(|h| map.at(*h).exit && scenario.passage().can_stand(mover, *h))
        .min_by_key(|h| (map.grid.distance(*h, near), *h))
}

/// Shuts a gate, or clears it. Only those inside can: the side that controls the hex behind it is the
/// one whose city it is.
fn gate(
    world: &mut World,
    scenario: &Scenario,
    gate: u16,
    shut: bool,
    silent: &dyn Fn(Hex) -> bool,
) -> bool {
    let known = &scenario.map().gates[usize::from(gate)];
    let mut field = world.resource_mut::<Field>();
    let keeper = scenario.city().map(|c| c.held_by);
    let holds = keeper.is_none() || field.control[known.inner.index()] == keeper;
    if known.blocked || silent(known.inner) || !holds {
        return false;
    }
    let rampart = field.rampart_mut(known.side);
    let is_shut = rampart.barricaded && !rampart.opened;
    if is_shut == shut {
        return false;
    }
    rampart.barricaded = shut;
    rampart.opened = false;
    if shut {
        let at = known.inner;
        world
            .resource_mut::<EventLog>()
            .push(Phase::Happenings, Event::GateBarricaded { gate, at });
    }
    true
}

/// Lays mines in the hexes of a place that its enemy does not stand in or control.
fn lay(
    world: &mut World,
    scenario: &Scenario,
    place: u16,
    of: Side,
    silent: &dyn Fn(Hex) -> bool,
) -> bool {
    let enemy = Some(of.enemy());
    let hexes: Vec<Hex> = {
        let (field, occupancy) = (world.resource::<Field>(), world.resource::<Occupancy>());
        scenario.map().places[usize::from(place)]
            .hexes
            .iter()
            .copied()
            .filter(|h| {
                field.mines(*h).is_none()
                    && field.control[h.index()] != enemy
                    && occupancy.side(*h) != enemy
                    && !scenario.map().at(*h).safety_zone
                    && !silent(*h)
            })
            .collect()
    };
    let mines = &mut world.resource_mut::<Field>().mines;
    for hex in &hexes {
        mines.push(Mines {
            hex: *hex,
            of,
            known: false,
            lanes: false,
        });
    }
    mines.sort_by_key(|m| m.hex);
    !hexes.is_empty()
}

/// Marks lanes through a side's minefields about a place.
fn mark(world: &mut World, scenario: &Scenario, of: Side, near: u16, km: f64) -> bool {
    let grid = &scenario.map().grid;
    let about = centre(scenario, near);
    let reach = (km / grid.hex_km()).floor() as u32;
    let mut marked = false;
    for mines in &mut world.resource_mut::<Field>().mines {
        if mines.of == of && !mines.lanes && grid.distance(mines.hex, about) <= reach {
            mines.lanes = true;
            marked = true;
        }
    }
    marked
}

/// Boats come to a crossing, or go from it: not to a bank that the enemy holds, and no more than are
/// there. What is told is how many it really were.
fn boats(
    world: &mut World,
    scenario: &Scenario,
    origin: Origin,
    act: &Act,
    silent: &dyn Fn(Hex) -> bool,
) -> bool {
    let Action::Boats {
        at,
        kind,
        owner,
        more,
    } = act
    else {
        return false;
    };
    let crossing = &scenario.crossings()[usize::from(*at)];
    let holder = world.resource::<Field>().control[crossing.hex.index()];
    if silent(crossing.hex) || (*more > 0 && holder == Some(crossing.side.enemy())) {
        return false;
    }
    let mut ferries = world.resource_mut::<Ferries>();
    let more = ferries.change(*at, *kind, *owner, *more);
    if more != 0 {
        let act = Box::new(Action::Boats {
            at: *at,
            kind: *kind,
            owner: *owner,
            more,
        });
        let mut log = world.resource_mut::<EventLog>();
        log.push(Phase::Happenings, Event::Acted { origin, act });
    }
    false
}

/// Sets a place on fire, where its ground burns.
fn kindle(world: &mut World, scenario: &Scenario, place: u16) -> bool {
    let mut lit = Vec::new();
    {
        let (blaze, field) = (world.resource::<Blaze>(), world.resource::<Field>());
        for hex in &scenario.map().places[usize::from(place)].hexes {
            let tinder = blaze::tinder(scenario, blaze, field, *hex);
            if tinder > 0.0 {
                let why = blaze::chance(scenario, *hex, Spark::Happening, 1.0, 1.0);
                lit.push((*hex, why));
            }
        }
    }
    let any = !lit.is_empty();
    for (at, why) in lit {
        world.resource_mut::<Blaze>().set(at, Char::Burning);
        let kindled = Event::Kindled {
            at,
            spark: Spark::Happening,
            why: Box::new(why),
        };
        let mut log = world.resource_mut::<EventLog>();
        log.push(Phase::Happenings, kindled);
    }
    any
}

/// Puts a question to a command; once in a battle.
fn ask(
    world: &mut World,
    course: &mut Course,
    scenario: &Scenario,
    decision: DecisionId,
    now: Hours,
) -> bool {
    let motion = &mut course.motions[usize::from(decision.0)];
    if *motion != Motion::Unasked {
        return false;
    }
    let until = Hours(now.0 + scenario.events().decision(decision).deadline);
    *motion = Motion::Open { until };
    let mut log = world.resource_mut::<EventLog>();
    log.push(Phase::Happenings, Event::Asked { decision, until });
    false
}

/// Ends the battle.
fn end(world: &mut World, origin: Origin) -> bool {
    let mut outcome = world.resource_mut::<Outcome>();
    if outcome.0.is_some() {
        return false;
    }
    let end = End::Happening(origin);
    outcome.0 = Some(end);
    let mut log = world.resource_mut::<EventLog>();
    log.push(Phase::Happenings, Event::Ended { end });
    false
}
