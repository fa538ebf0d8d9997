//! The book of orders accepted for a turn. Keeps one order for each addressee; checks nothing.

use super::{Order, OrderId};
use crate::scenario::Side;
use serde::{Deserialize, Serialize};

/// Orders accepted for a turn, both sides', in order of acceptance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct OrderBook {
    /// Next number.
    next: u32,
    /// Orders standing.
    entries: Vec<(OrderId, Side, Order)>,
}

impl OrderBook {
    /// Enters an order; an earlier one to the same unit or formation is struck out.
    pub(in crate::battle) fn enter(&mut self, side: Side, order: Order) -> OrderId {
        self.entries
            .retain(|(_, _, old)| !old.same_addressee(&order));
        let id = OrderId(self.next);
        self.next += 1;
        self.entries.push((id, side, order));
        id
    }

    /// Strikes out an order of a side. False if there is none of that number.
    pub(in crate::battle) fn strike(&mut self, side: Side, id: OrderId) -> bool {
        let before = self.entries.len();
        self.entries.retain(|(i, s, _)| (*i, *s) != (id, side));
        self.entries.len() < before
    }

    /// Takes all orders out, sorted so that the order of acceptance has no effect.
    pub(in crate::battle) fn take(&mut self) -> Vec<(Side, Order)> {
        self.next = 0;
        let mut orders: Vec<(Side, Order)> = std::mem::take(&mut self.entries)
            .into_iter()
            .map(|(_, side, order)| (side, order))
            .collect();
        orders.sort();
        orders
    }

    /// Orders of a side, in order of acceptance.
    pub fn of(&self, side: Side) -> impl Iterator<Item = (OrderId, &Order)> {
        self.entries
            .iter()
            .filter(move |(_, s, _)| *s == side)
            .map(|(id, _, order)| (*id, order))
    }
}
