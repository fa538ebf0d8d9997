//! Who gives orders. A commander sees a [`SideView`], what its side may know, and returns orders;
//! it never sees the battle itself, and what it hands in has passed the gate every order passes.
//!
//! [`General`] is the computer commander; [`Scripted`] gives the orders of a scenario's script for part
//! of its forces; [`Idle`] gives no orders; [`RandomLegal`] gives any legal ones, for tests. None of them may use a clock, a thread or the dice of the battle.

mod air;
mod attack;
mod charge;
mod course;
mod decide;
mod desk;
mod directive;
mod escape;
mod flow;
mod general;
mod guns;
mod hold;
mod level;
mod look_ahead;
mod march;
mod mission;
mod race;
mod random;
pub mod reason;
mod scripted;
mod siege;
mod table;
mod temper;

pub use course::Course;
pub use general::{General, Given};
pub use level::{Level, Skill};
pub use random::RandomLegal;
pub use reason::Reason;
pub use scripted::Scripted;

use crate::{
    battle::{Battle, FormationMission, Order, Refusal, SideView},
    scenario::{FormationId, Scenario, Side},
};

/// Someone who gives orders to one side.
pub trait Commander {
    /// Orders for the turn to come, from what the side may know.
    fn orders(&mut self, view: &SideView<'_>) -> Vec<Order>;

    /// Why it gave the orders it gave last, and why others go on with what they do; none unless asked
    /// for by [`Commander::explain`], or if it has none to give.
    fn reasons(&self) -> &[Reason] {
        &[]
    }

    /// From now on it keeps reasons, or keeps none. Its orders are the same either way.
    fn explain(&mut self, _asked: bool) {}

    /// Missions that somebody else has given: it gives these formations none of its own, and orders
    /// their units by them.
    fn entrust(&mut self, _missions: &[(FormationId, FormationMission)]) {}
}

/// The computer commander of a side at a level: where the scenario has a script for the side, one who
/// follows it.
pub fn for_side(scenario: &Scenario, side: Side, level: Level) -> Box<dyn Commander + Send + Sync> {
    let general = General::of(level);
    let mut lines = scenario.script().iter();
    if lines.any(|line| scenario.scripted_side(line) == side) {
        Box::new(Scripted::over(general))
    } else {
        Box::new(general)
    }
}

/// Gives no orders: units do what they were last told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Idle;

impl Commander for Idle {
    fn orders(&mut self, _view: &SideView<'_>) -> Vec<Order> {
        Vec::new()
    }
}

/// Plays one turn: both sides plan from the same state, then the turn is resolved. Commanders stand
/// in the order of [`Side::ALL`]. Returns the orders that were refused.
pub fn drive(
    battle: &mut Battle,
    commanders: &mut [Box<dyn Commander>; 2],
) -> Vec<(Order, Refusal)> {
    let mut refused = Vec::new();
    // Orders of one side change nothing that the other can see before the turn is resolved.
    for side in Side::ALL {
        let commander = &mut commanders[side.index()];
        refused.extend(battle.planned(side, |view| commander.orders(view)));
    }
    battle.end_turn();
    refused
}
