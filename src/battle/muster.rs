//! Muster: a scenario (and, when going on from one, a snapshot) becomes a world. Entities are
//! spawned in order of number; nothing outside `battle` ever sees an `Entity`.

use super::{
    air::{AirArm, AirMission, Interdiction},
    blaze::Blaze,
    clock::Clock,
    command::{self, Signals},
    course::Course,
    crowd::Crowds,
    dice::{Dice, Randomness},
    event::EventLog,
    ferry::Ferries,
    ground::{
        Field, GateEntity, MapFeature, Occupancy, PlaceEntity, Roster, Stage, SupplyReach, Tenure,
    },
    intelligence::Intelligence,
    navy::River,
    order::{OrderBook, Task},
    phases::{command::StandingOrders, supply, verdict::Outcome},
    rampart::{Mines, Rampart},
    route::Pathfinder,
    snapshot::{Snapshot, UnitState},
    strength::{Bin, Strength},
    turn,
    unit::{
        CommandedBy, Commission, Condition, FormationIdentity, Identity, Ledger, Mission, Position,
        Posture, Stance,
    },
};
use crate::scenario::{Hours, Scenario, Side, SideId, UnitId, map::WorksLevel};
use bevy_ecs::world::World;
use std::{collections::BTreeMap, sync::Arc};

/// The state at the first hour of a battle.
pub fn opening(scenario: &Arc<Scenario>, seed: u64, randomness: Randomness) -> Snapshot {
    let units: Vec<UnitState> = (0..scenario.units().len() as u32)
        .map(|i| opening_state(scenario, UnitId(i)))
        .collect();
    let mut control = vec![None; scenario.map().grid.len()];
    if let Some(city) = scenario.city() {
        for hex in scenario.map().grid.hexes() {
            if scenario.map().at(hex).inside_wall {
                control[hex.index()] = Some(city.held_by);
            }
        }
    }
    for &(hex, side) in scenario.control() {
        control[hex.index()] = Some(side);
    }
    for (unit, state) in scenario.units().iter().zip(&units) {
        if let Some(hex) = state.position.hex {
            control[hex.index()] = Some(unit.side);
        }
    }
    for hex in scenario.map().grid.hexes() {
        if scenario.map().at(hex).safety_zone {
            control[hex.index()] = None;
        }
    }
    let tenures: Vec<Tenure> = scenario
        .map()
        .places
        .iter()
        .map(|place| Tenure {
            holder: Side::ALL.into_iter().find(|side| {
                place
                    .hexes
                    .iter()
                    .all(|h| control[h.index()] == Some(*side))
            }),
            contested: false,
        })
        .collect();
    let course = Course::opening(scenario, &tenures);
    Snapshot {
        dice: Dice::new(seed, randomness),
        clock: Clock {
            hour: Hours(0),
            fog: false,
        },
        outcome: Outcome(None),
        field: Field {
            forage: vec![1.0; control.len()],
            control,
            traffic: Vec::new(),
            city_lost: None,
            lines_reached: Default::default(),
            ramparts: shut(scenario),
            mines: laid(scenario),
        },
        blaze: Blaze::none(scenario.map().grid.len()),
        air: AirArm(vec![AirMission::Rest; scenario.air().len()]),
        river: River::default(),
        ferries: Ferries::of(scenario),
        crowds: Vec::new(),
        next_crowd: 0,
        intelligence: Intelligence::default(),
        tenures,
        headquarters: command::opening(scenario, &units),
        signals: Signals::opening(scenario),
        units,
        commissions: vec![Commission::default(); scenario.formations().len()],
        course,
        orders: OrderBook::default(),
        next_event: 0,
        reach: None,
    }
}

/// Gates that are barricaded when the battle begins.
fn shut(scenario: &Scenario) -> BTreeMap<SideId, Rampart> {
    let shut = scenario.siege().barricaded_from == Some(Hours(0));
    let barricaded = Rampart {
        barricaded: true,
        ..Rampart::default()
    };
    let gates = scenario.map().gates.iter();
    gates
        .filter(|gate| shut && !gate.blocked && !gate.sally)
        .map(|gate| (gate.side, barricaded))
        .collect()
}

/// Minefields of the map.
fn laid(scenario: &Scenario) -> Vec<Mines> {
    let map = scenario.map();
    map.grid
        .hexes()
        .filter_map(|hex| {
            let of = map.at(hex).mines?;
            Some(Mines {
                hex,
                of,
                known: false,
                lanes: false,
            })
        })
        .collect()
}

fn opening_state(scenario: &Scenario, id: UnitId) -> UnitState {
    let unit = scenario.unit(id);
    let figures = scenario.figures(id);
    let rules = &scenario.rules().supply;
    let here = unit.start_hour == Hours(0);
    let mut strength = Strength::all_in(Bin::NotArrived, unit.men);
    if here {
        strength.transfer(Bin::NotArrived, Bin::Formed, unit.men - unit.drafted());
    }
    let rounds = unit.gun_class.map_or(0.0, |class| {
        scenario.rules().guns[class].stock * f64::from(unit.guns)
    });
    UnitState {
        strength,
        position: Position {
            hex: here.then_some(unit.start_hex),
            progress: 0.0,
            towards: None,
            since: Hours(0),
            taken: false,
        },
        condition: Condition {
            cohesion: figures.cohesion,
            fatigue: 0.0,
            supply: rules.start_supply,
            ammunition: rules.start_ammo,
            suppression: 0.0,
            rounds,
            isolated: false,
        },
        stance: Stance {
            posture: Posture::Holding,
            entrenched: WorksLevel::None,
            idle_turns: 0,
            obeys_to_the_last: None,
        },
        mission: Mission {
            task: Task::Hold,
            start_at: None,
            route: Vec::new(),
            since: Hours(0),
        },
        ledger: Ledger::default(),
    }
}

/// Builds the world of a snapshot.
pub fn world(scenario: &Arc<Scenario>, snapshot: Snapshot) -> World {
    let mut world = World::new();
    let map = scenario.map();
    let mut roster = Roster::default();
    for index in 0..map.features.len() {
        let index = index as u16;
        roster.features.push(world.spawn(MapFeature { index }).id());
    }
    for index in 0..map.gates.len() {
        let index = index as u16;
        roster.gates.push(world.spawn(GateEntity { index }).id());
    }
    for (index, tenure) in snapshot.tenures.iter().enumerate() {
        let index = index as u16;
        roster
            .places
            .push(world.spawn((PlaceEntity { index }, *tenure)).id());
    }
    let desks = snapshot.commissions.iter().zip(&snapshot.headquarters);
    for (index, (commission, headquarters)) in desks.enumerate() {
        let id = crate::scenario::FormationId(index as u32);
        let side = scenario.formation(id).side;
        let entity = world
            .spawn((
                FormationIdentity { id, side },
                commission.clone(),
                headquarters.clone(),
            ))
            .id();
        roster.formations.push(entity);
    }
    for (index, formation) in scenario.formations().iter().enumerate() {
        if let Some(parent) = formation.parent {
            let above = roster.formations[parent.0 as usize];
            world
                .entity_mut(roster.formations[index])
                .insert(CommandedBy(above));
        }
    }
    for (index, state) in snapshot.units.into_iter().enumerate() {
        let id = UnitId(index as u32);
        let unit = scenario.unit(id);
        let identity = Identity {
            id,
            side: unit.side,
            branch: unit.branch,
            key: unit.key,
            formation: unit.formation,
        };
        let entity = world
            .spawn((
                identity,
                state.strength,
                state.position,
                state.condition,
                state.stance,
                state.mission,
                state.ledger,
                CommandedBy(roster.formations[unit.formation.0 as usize]),
            ))
            .id();
        roster.units.push(entity);
    }
    let mut occupancy = Occupancy::new(map.grid.len(), scenario.units().len());
    let standing: Vec<_> = roster
        .units
        .iter()
        .zip(scenario.units())
        .enumerate()
        .map(|(i, (entity, unit))| {
            let here = world.entity(*entity);
            (
                UnitId(i as u32),
                unit.side,
                *here.get::<Position>().unwrap_or(&NOWHERE),
                *here.get::<Strength>().unwrap_or(&Strength::default()),
            )
        })
        .collect();
    occupancy.rebuild(standing.iter().map(|(id, side, p, s)| (*id, *side, p, s)));
    let mut pathfinder = Pathfinder::default();
    let reach = snapshot.reach.unwrap_or_else(|| {
        // What the supply phase found in the last hour of the turn before.
        let clock = Clock {
            hour: Hours(snapshot.clock.hour.0.saturating_sub(1)),
            ..snapshot.clock
        };
        SupplyReach {
            cost_km: Side::ALL.map(|side| {
                supply::trace(
                    scenario,
                    &clock,
                    &snapshot.field,
                    &occupancy,
                    &mut pathfinder,
                    side,
                )
            }),
        }
    });
    world.insert_resource(Stage(Arc::clone(scenario)));
    world.insert_resource(roster);
    world.insert_resource(occupancy);
    world.insert_resource(reach);
    world.insert_resource(supply::LastTrace::default());
    world.insert_resource(pathfinder);
    world.insert_resource(snapshot.dice);
    world.insert_resource(snapshot.clock);
    world.insert_resource(snapshot.outcome);
    world.insert_resource(snapshot.field);
    world.insert_resource(snapshot.blaze);
    world.insert_resource(snapshot.air);
    world.insert_resource(snapshot.river);
    world.insert_resource(snapshot.signals);
    world.insert_resource(snapshot.ferries);
    let mut crowds = Crowds {
        next: snapshot.next_crowd,
        ..Crowds::default()
    };
    for crowd in snapshot.crowds {
        crowds.entities.push(world.spawn(crowd).id());
    }
    world.insert_resource(crowds);
    world.insert_resource(Interdiction::default());
    world.insert_resource(snapshot.intelligence);
    world.insert_resource(snapshot.course);
    world.insert_resource(StandingOrders(snapshot.orders));
    world.insert_resource(EventLog::continued(snapshot.next_event));
    turn::install(&mut world);
    world
}

const NOWHERE: Position = Position {
    hex: None,
    progress: 0.0,
    towards: None,
    since: Hours(0),
    taken: false,
};
