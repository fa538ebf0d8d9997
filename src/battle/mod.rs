//! The core: a deterministic battle on `bevy_ecs` alone. No clock, no thread, no file, no window.
//!
//! One way in, [`Battle::order`]; one way out, [`Battle::events`] and read-only views. The same
//! scenario, seed and orders give the same [`Battle::digest`] on every machine.

pub mod air;
pub mod armour;
pub mod blaze;
pub mod clock;
pub mod command;
pub mod course;
pub mod crowd;
pub mod dice;
pub mod digest;
pub mod drafts;
pub mod engagement;
pub mod event;
pub mod eyes;
pub mod ferry;
pub mod ground;
pub mod intelligence;
pub mod muster;
pub mod navy;
pub mod near;
pub mod order;
pub mod parts;
pub mod phases;
pub mod preview;
pub mod rampart;
pub mod route;
pub mod scorch;
pub mod shellfire;
pub mod snapshot;
pub mod strength;
pub mod turn;
pub mod unit;
pub mod view;
pub mod wear;
pub mod why;
pub mod works;

pub use air::AirMission;
pub use blaze::Char;
pub use clock::Sky;
pub use command::{Authority, Directive, DirectiveKind, Message, OrderStatus};
pub use course::{Course, Motion};
pub use crowd::{Crowd, CrowdId};
pub use dice::Randomness;
pub use digest::Digest;
pub use event::{
    BoatsTaken, Cause, CommandEvent, Crossed, CrowdAt, End, Event, EventId, Finding, LodgementEnd,
    Logged, Obstacle, Origin, Phase, PlaceState, Severed, Spark, Swam,
};
pub use intelligence::Contact;
pub use order::{Deed, FormationMission, MissionPosture, Order, OrderId, Refusal, Task};
pub use preview::Preview;
pub use snapshot::{Snapshot, UnitState};
pub use strength::{Bin, Strength};
pub use unit::Posture;
pub use view::{Press, SideView};
pub use why::{Term, Why, WhyKind};

use crate::scenario::{FormationId, Hex, Hours, Scenario, Side, TurnNo, UnitId};
use bevy_ecs::{resource::Resource, world::World};
use clock::Clock;
use dice::Dice;
use event::EventLog;
use ground::{Field, Roster, Tenure};
use order::check;
use phases::{command::StandingOrders, verdict::Outcome};
use std::sync::Arc;

/// A battle under way.
#[derive(Resource)]
pub struct Battle {
    scenario: Arc<Scenario>,
    world: World,
}

impl Battle {
    /// A new battle.
    pub fn new(scenario: Arc<Scenario>, seed: u64, randomness: Randomness) -> Self {
        let opening = muster::opening(&scenario, seed, randomness);
        Self::restore(scenario, opening)
    }

    /// Goes on from a snapshot. The log begins anew; event numbers go on.
    pub fn restore(scenario: Arc<Scenario>, snapshot: Snapshot) -> Self {
        let scenario = snapshot.course.in_force(scenario);
        let world = muster::world(&scenario, snapshot);
        Self { scenario, world }
    }

    /// The whole state, between turns.
    pub fn snapshot(&self) -> Snapshot {
        snapshot::take(&self.world)
    }

    /// The scenario in force: as its file has it, and as events have changed it since.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// Read-only world, for panels and replays that show both sides.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Seed of the dice.
    pub fn seed(&self) -> u64 {
        self.world.resource::<Dice>().seed()
    }

    /// Draws, or expected values.
    pub fn randomness(&self) -> Randomness {
        self.world.resource::<Dice>().randomness()
    }

    /// First hour of the turn to come.
    pub fn hour(&self) -> Hours {
        self.world.resource::<Clock>().hour
    }

    /// The turn to come.
    pub fn turn(&self) -> TurnNo {
        self.hour().turn()
    }

    /// Why the battle ended, if it has.
    pub fn end(&self) -> Option<End> {
        self.world.resource::<Outcome>().0
    }

    /// The hour from which the city counts as lost, and to whom.
    pub fn city_lost(&self) -> Option<(Hours, Side)> {
        self.world
            .resource::<Field>()
            .city_lost
            .map(|(h, s)| (Hours(h), s))
    }

    /// What one side may know.
    pub fn view(&self, side: Side) -> SideView<'_> {
        SideView::new(self, side)
    }

    /// Takes an order, for the turn to come. The only way in. A later order to the same unit or
    /// formation replaces it.
    ///
    /// # Errors
    /// Why the order is not taken.
    pub fn order(&mut self, side: Side, order: Order) -> Result<OrderId, Refusal> {
        check(&self.view(side), &order)?;
        Ok(self
            .world
            .resource_mut::<StandingOrders>()
            .0
            .enter(side, order))
    }

    /// Takes several orders of one side, checked against one view: what a commander hands in.
    /// Returns those refused.
    pub fn orders(&mut self, side: Side, orders: &[Order]) -> Vec<(Order, Refusal)> {
        self.planned(side, |_| orders.to_vec())
    }

    /// As [`Battle::orders`], with the orders made from the very view they are checked against.
    pub fn planned(
        &mut self,
        side: Side,
        plan: impl FnOnce(&SideView<'_>) -> Vec<Order>,
    ) -> Vec<(Order, Refusal)> {
        let mut refused = Vec::new();
        let mut good = Vec::new();
        {
            let view = self.view(side);
            for order in plan(&view) {
                match check(&view, &order) {
                    Ok(()) => good.push(order),
                    Err(refusal) => refused.push((order, refusal)),
                }
            }
        }
        let mut book = self.world.resource_mut::<StandingOrders>();
        for order in good {
            book.0.enter(side, order);
        }
        refused
    }

    /// Takes an order back. False if there is none of that number.
    pub fn retract(&mut self, side: Side, id: OrderId) -> bool {
        self.world
            .resource_mut::<StandingOrders>()
            .0
            .strike(side, id)
    }

    /// Orders of a side for the turn to come.
    pub fn standing(&self, side: Side) -> Vec<(OrderId, Order)> {
        self.world
            .resource::<StandingOrders>()
            .0
            .of(side)
            .map(|(id, order)| (id, *order))
            .collect()
    }

    /// Resolves the turn. Nothing happens once the battle is over.
    pub fn end_turn(&mut self) {
        if self.end().is_none() {
            course::give_orders(self);
            self.world.run_schedule(turn::Turn);
            self.scenario = Arc::clone(&self.world.resource::<ground::Stage>().0);
        }
    }

    /// All events so far (since the start, or since the snapshot it was restored from).
    pub fn events(&self) -> &[Logged] {
        self.world.resource::<EventLog>().all()
    }

    /// Events from a number on.
    pub fn events_since(&self, id: EventId) -> &[Logged] {
        self.world.resource::<EventLog>().since(id)
    }

    /// Number of the next event.
    pub fn next_event(&self) -> EventId {
        self.world.resource::<EventLog>().next()
    }

    /// Digest of the state.
    pub fn digest(&self) -> Digest {
        digest::digest(&self.snapshot())
    }

    /// The state as readable text.
    pub fn dump(&self) -> String {
        digest::dump(&self.scenario, &self.snapshot())
    }

    /// Men of a side, by bin.
    pub fn men(&self, side: Side) -> Strength {
        self.sum(|id| self.scenario.unit(id).side == side)
    }

    /// Men of a formation and all under it, by bin.
    pub fn men_of(&self, formation: FormationId) -> Strength {
        self.sum(|id| {
            self.scenario
                .is_under(self.scenario.unit(id).formation, formation)
        })
    }

    fn sum(&self, wanted: impl Fn(UnitId) -> bool) -> Strength {
        let mut total = Strength::default();
        for i in 0..self.scenario.units().len() as u32 {
            if wanted(UnitId(i)) {
                total.add(&self.strength(UnitId(i)));
            }
        }
        total
    }

    /// Men of a unit, by bin: the truth.
    pub fn strength(&self, unit: UnitId) -> Strength {
        self.component::<Strength>(unit)
            .copied()
            .unwrap_or_default()
    }

    /// Where a unit is: the truth.
    pub fn position(&self, unit: UnitId) -> Option<Hex> {
        self.component::<unit::Position>(unit).and_then(|p| p.hex)
    }

    /// A unit's whole state: the truth.
    pub fn unit(&self, unit: UnitId) -> Option<UnitState> {
        let entity = *self.world.resource::<Roster>().units.get(unit.0 as usize)?;
        snapshot::unit_state(&self.world, entity)
    }

    /// Who controls each hex: the truth.
    pub fn control(&self) -> &[Option<Side>] {
        &self.world.resource::<Field>().control
    }

    /// What fire and torch have done to each hex.
    pub fn char(&self) -> &[Char] {
        self.world.resource::<blaze::Blaze>().all()
    }

    /// Would a side see where its shells fall in a hex, now?
    pub fn sees_fall_of_shot(&self, side: Side, target: Hex) -> bool {
        let eyes: Vec<Hex> = (0..self.scenario.units().len() as u32)
            .map(UnitId)
            .filter(|id| self.scenario.unit(*id).side == side && self.strength(*id).formed() > 0)
            .filter_map(|id| self.position(id))
            .collect();
        let sky = self.world.resource::<Clock>().sky(&self.scenario);
        let blaze = self.world.resource::<blaze::Blaze>();
        let field = self.world.resource::<Field>();
        let above = eyes::sky_over(&self.scenario, blaze, field, self.hour(), target, &sky);
        eyes::seen_from(&self.scenario, &eyes, target, &above)
    }

    /// Hexes on fire, in order.
    pub fn fires(&self) -> &[Hex] {
        self.world.resource::<blaze::Blaze>().fires()
    }

    /// All crowds, in order of number: the truth.
    pub fn crowds(&self) -> Vec<&Crowd> {
        crowd::all(&self.world).filter(|c| c.size() > 0).collect()
    }

    /// Soldiers of a side in crowds within so many km of a hex: the truth.
    pub fn crowd_near(&self, side: Side, hex: Hex, km: f64) -> u32 {
        crowd::near(&self.scenario, crowd::all(&self.world), side, hex, km)
    }

    /// Boats at all crossings: the truth.
    pub fn berths(&self) -> &[ferry::Berth] {
        self.world.resource::<ferry::Ferries>().berths()
    }

    /// Anchorages (feature indices) closed by ships, and by whose.
    pub fn closed_river(&self) -> &[(u16, Side)] {
        self.world.resource::<navy::River>().closed()
    }

    /// How the scenario's events stand.
    pub fn course(&self) -> &Course {
        self.world.resource::<Course>()
    }

    /// Who holds a place: the truth.
    pub fn tenure(&self, place: usize) -> Option<Tenure> {
        let entity = *self.world.resource::<Roster>().places.get(place)?;
        self.world.get::<Tenure>(entity).copied()
    }

    pub(in crate::battle) fn component<C: bevy_ecs::component::Component>(
        &self,
        unit: UnitId,
    ) -> Option<&C> {
        let entity = *self.world.resource::<Roster>().units.get(unit.0 as usize)?;
        self.world.get::<C>(entity)
    }
}
