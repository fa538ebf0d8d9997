//! How long a commander takes over its orders. The one clock of studies: what it shows is told beside
//! the results and is never part of them.

use crate::{
    battle::{Order, SideView},
    commander::Commander,
};
use std::{
    cell::Cell,
    ops::AddAssign,
    rc::Rc,
    time::{Duration, Instant},
};

/// Time spent on some turns of one side.
#[derive(Clone, Copy, Debug, Default)]
pub struct Spent {
    /// Turns.
    pub turns: u32,
    /// In all.
    pub time: Duration,
}

impl Spent {
    /// Mean of a turn, in milliseconds; `None` if there was no turn.
    pub fn mean_ms(&self) -> Option<f64> {
        (self.turns > 0).then(|| self.time.as_secs_f64() * 1000.0 / f64::from(self.turns))
    }
}

impl AddAssign for Spent {
    fn add_assign(&mut self, other: Self) {
        self.turns += other.turns;
        self.time += other.time;
    }
}

/// A commander with a stopwatch beside it.
pub struct Timed {
    commander: Box<dyn Commander>,
    spent: Rc<Cell<Spent>>,
}

impl Timed {
    /// The commander, and where the time it spends can be read.
    pub fn of(commander: Box<dyn Commander>) -> (Self, Rc<Cell<Spent>>) {
        let spent = Rc::default();
        let timed = Self {
            commander,
            spent: Rc::clone(&spent),
        };
        (timed, spent)
    }
}

impl Commander for Timed {
    fn orders(&mut self, view: &SideView<'_>) -> Vec<Order> {
        let start = Instant::now();
        let orders = self.commander.orders(view);
        let mut spent = self.spent.get();
        spent += Spent {
            turns: 1,
            time: start.elapsed(),
        };
        self.spent.set(spent);
        orders
    }
}
