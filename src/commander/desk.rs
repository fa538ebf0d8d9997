//! The desk: orders of the turn as they are written. Nothing leaves it that the gate of orders would
//! refuse, and a unit that is to go on with what it does gets no order.

use super::{charge::Charge, table::Table};
use crate::{
    battle::{FormationMission, Order, Task, order::check},
    scenario::{FormationId, Hours, UnitId},
};

/// Orders being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Desk {
    orders: Vec<Order>,
    settled: Vec<UnitId>,
}

impl Desk {
    /// Is the unit's task for the turn decided?
    pub(super) fn is_settled(&self, unit: UnitId) -> bool {
        self.settled.binary_search(&unit).is_ok()
    }

    /// Decides a unit's task. False, and nothing decided, if it is not legal, or if it is what the
    /// unit has been stuck with.
    pub(super) fn give(
        &mut self,
        table: &mut Table<'_, '_>,
        charge: &Charge<'_>,
        task: Task,
    ) -> bool {
        let unit = charge.own.id;
        if self.is_settled(unit) {
            return false;
        }
        let goes_on = charge.own.task == task && charge.own.start_at.is_none();
        if goes_on && task.goal().is_some() && charge.is_stuck() {
            return false;
        }
        let order = Order::Unit {
            unit,
            task,
            start_at: None,
        };
        if check(table.view, &order).is_err() {
            return false;
        }
        if !goes_on {
            self.orders.push(order);
        }
        // Who assaults an enemy stays where he is until it succeeds.
        if let Some(goal) = task.goal().filter(|g| !table.enemy(*g)) {
            table.shift(unit, goal);
        }
        if let Err(i) = self.settled.binary_search(&unit) {
            self.settled.insert(i, unit);
        }
        true
    }

    /// Adds a formation's order, if it is legal.
    pub(super) fn commission(
        &mut self,
        table: &Table<'_, '_>,
        formation: FormationId,
        mission: FormationMission,
        start_at: Option<Hours>,
    ) {
        let order = Order::Formation {
            formation,
            mission,
            start_at,
        };
        if check(table.view, &order).is_ok() {
            self.orders.push(order);
        }
    }

    /// Adds an order whose legality is known.
    pub(super) fn send(&mut self, order: Order) {
        self.orders.push(order);
    }

    /// All orders, formations' first.
    pub(super) fn close(mut self) -> Vec<Order> {
        self.orders.sort_by_key(|o| match o {
            Order::Formation { formation, .. } => (0, formation.0),
            Order::Directive { to, .. } => (0, to.map_or(0, |f| f.0)),
            Order::Air { group, .. } => (1, u32::from(group.0)),
            Order::Unit { unit, .. } => (2, unit.0),
            Order::Decide { decision, .. } => (3, u32::from(decision.0)),
        });
        self.orders
    }
}
