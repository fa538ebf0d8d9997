//! A snapshot: the whole state of a battle between two turns, plain and sorted. Restoring it and
//! playing on gives the same digests as playing on without.

use super::{
    air::AirArm,
    blaze::Blaze,
    clock::Clock,
    command::{Headquarters, Signals},
    course::Course,
    crowd::{self, Crowd, Crowds},
    dice::Dice,
    event::EventLog,
    ferry::Ferries,
    ground::{Field, Roster, SupplyReach, Tenure},
    intelligence::Intelligence,
    navy::River,
    order::OrderBook,
    phases::{command::StandingOrders, verdict::Outcome},
    strength::Strength,
    unit::{Commission, Condition, Ledger, Mission, Position, Stance},
};
use bevy_ecs::world::World;
use serde::{Deserialize, Serialize};

/// A unit's changing state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitState {
    /// Men.
    pub strength: Strength,
    /// Where.
    pub position: Position,
    /// How fit.
    pub condition: Condition,
    /// What doing.
    pub stance: Stance,
    /// What ordered.
    pub mission: Mission,
    /// Short memory.
    pub ledger: Ledger,
}

/// The whole changing state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Seed and mode.
    pub dice: Dice,
    /// Hour and weather.
    pub clock: Clock,
    /// The end, if it has come.
    pub outcome: Outcome,
    /// Control, forage, traffic.
    pub field: Field,
    /// Fires and burnt ground.
    pub blaze: Blaze,
    /// Missions of air groups.
    pub air: AirArm,
    /// Anchorages closed by ships.
    pub river: River,
    /// Boats.
    pub ferries: Ferries,
    /// Crowds in order of number.
    pub crowds: Vec<Crowd>,
    /// Number of the next crowd.
    pub next_crowd: u32,
    /// What each side knows.
    pub intelligence: Intelligence,
    /// Who holds each place.
    pub tenures: Vec<Tenure>,
    /// Units in order of number.
    pub units: Vec<UnitState>,
    /// Missions of formations in order of number.
    pub commissions: Vec<Commission>,
    /// How the scenario's events stand.
    pub course: Course,
    /// Headquarters of formations in order of number.
    pub headquarters: Vec<Headquarters>,
    /// Orders under way, news, barrier troops.
    pub signals: Signals,
    /// Orders accepted for the coming turn.
    pub orders: OrderBook,
    /// Number of the next event.
    pub next_event: u32,
    /// How far supply reaches; traced anew if it is not there (it is a function of the rest).
    #[serde(skip)]
    pub reach: Option<SupplyReach>,
}

/// Takes a world's snapshot.
pub fn take(world: &World) -> Snapshot {
    let roster = world.resource::<Roster>();
    let get = |e: bevy_ecs::entity::Entity| world.entity(e);
    Snapshot {
        dice: *world.resource::<Dice>(),
        clock: *world.resource::<Clock>(),
        outcome: *world.resource::<Outcome>(),
        field: world.resource::<Field>().clone(),
        blaze: world.resource::<Blaze>().clone(),
        air: world.resource::<AirArm>().clone(),
        river: world.resource::<River>().clone(),
        ferries: world.resource::<Ferries>().clone(),
        crowds: crowd::all(world).cloned().collect(),
        next_crowd: world.resource::<Crowds>().next,
        intelligence: world.resource::<Intelligence>().clone(),
        tenures: roster
            .places
            .iter()
            .filter_map(|e| get(*e).get::<Tenure>().copied())
            .collect(),
        units: roster
            .units
            .iter()
            .filter_map(|e| unit_state(world, *e))
            .collect(),
        commissions: roster
            .formations
            .iter()
            .filter_map(|e| get(*e).get::<Commission>().cloned())
            .collect(),
        course: world.resource::<Course>().clone(),
        headquarters: roster
            .formations
            .iter()
            .filter_map(|e| get(*e).get::<Headquarters>().cloned())
            .collect(),
        signals: world.resource::<Signals>().clone(),
        orders: world.resource::<StandingOrders>().0.clone(),
        next_event: world.resource::<EventLog>().next().0,
        reach: Some(world.resource::<SupplyReach>().clone()),
    }
}

/// A unit's state.
pub fn unit_state(world: &World, entity: bevy_ecs::entity::Entity) -> Option<UnitState> {
    let e = world.get_entity(entity).ok()?;
    Some(UnitState {
        strength: *e.get::<Strength>()?,
        position: *e.get::<Position>()?,
        condition: *e.get::<Condition>()?,
        stance: *e.get::<Stance>()?,
        mission: e.get::<Mission>()?.clone(),
        ledger: *e.get::<Ledger>()?,
    })
}
