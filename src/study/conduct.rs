//! How commanders behave over many games: orders that were refused, formations that stand about,
//! units that go to and fro or stay stuck. Each case is kept with its turn, unit and hexes, so that it
//! can be looked at and mended.
//!
//! Watches games between two of the same commander. Only reads; judges no battle.

mod idle;
mod report;
mod watch;

pub use report::{list, report};

use super::{cast::Known, each};
use crate::{
    battle::{Battle, Order, Randomness, Task},
    commander::Commander,
    scenario::{Hex, Scenario, Side, TurnNo, UnitId},
};
use std::{num::NonZeroUsize, sync::Arc};
use watch::Watch;

/// What a commander should not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// An order that the gate of orders refused.
    IllegalOrder,
    /// A formation that could act and had nothing to do for more than two turns running.
    IdleFormation,
    /// A unit that went from one hex to another and back, and did so again.
    ToAndFro,
    /// A unit that could not go on in more than three turns, and did not get on in between.
    Blocked,
}

impl Fault {
    /// All of them.
    pub const ALL: [Fault; 4] = [
        Fault::IllegalOrder,
        Fault::IdleFormation,
        Fault::ToAndFro,
        Fault::Blocked,
    ];

    /// For people.
    pub fn text(self) -> &'static str {
        match self {
            Fault::IllegalOrder => "illegal order",
            Fault::IdleFormation => "formation without a task",
            Fault::ToAndFro => "unit going to and fro",
            Fault::Blocked => "unit blocked",
        }
    }
}

/// A formation may have nothing to do for so many turns running.
pub const IDLE_TURNS: u32 = 2;
/// A unit may make so many moves running between the same two hexes: there, back, and there again.
pub const TO_AND_FRO_MOVES: u32 = 3;
/// A unit may be blocked in so many turns without getting on.
pub const BLOCKED_TURNS: u32 = 3;

/// One case.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What.
    pub fault: Fault,
    /// Seed of the game.
    pub seed: u64,
    /// The turn in which it became one.
    pub turn: TurnNo,
    /// Turns it lasted in all; moves, for units that go to and fro.
    pub length: u32,
    /// Whose.
    pub side: Side,
    /// Text id of the unit or formation; empty for orders to nobody.
    pub who: String,
    /// Where.
    pub hexes: Vec<Hex>,
    /// Why, in words that are the same for cases of one kind.
    pub cause: String,
}

/// What was seen in a game.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behaviour {
    /// Orders handed in.
    pub orders: u32,
    /// Formations that could act, summed over the turns.
    pub able: u32,
    /// Moves of units, from hex to hex.
    pub moves: u32,
    /// Cases, in order of time.
    pub findings: Vec<Finding>,
}

/// Games of a scenario, watched.
pub struct Conduct {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// What was seen, in order of seed.
    pub games: Vec<Behaviour>,
}

impl Conduct {
    /// Plays the seeds 1, 2, ... with the same commander on both sides, on so many threads.
    pub fn of(scenario: Scenario, commander: Known, seeds: u64, threads: NonZeroUsize) -> Self {
        let scenario = Arc::new(scenario);
        let count = usize::try_from(seeds).unwrap_or(usize::MAX);
        let games = each(count, threads, |index| {
            let seed = index as u64 + 1;
            let battle = Battle::new(Arc::clone(&scenario), seed, Randomness::Sampled);
            watch(battle, [commander.make(), commander.make()], u32::MAX)
        });
        Self { scenario, games }
    }

    /// All cases, in order of seed and time.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.games.iter().flat_map(|g| &g.findings)
    }
}

/// Plays a battle on for so many turns at most, and watches it.
pub fn watch(mut battle: Battle, mut pair: [Box<dyn Commander>; 2], turns: u32) -> Behaviour {
    let mut watch = Watch::new(battle.seed());
    for _ in 0..turns {
        if battle.end().is_some() {
            break;
        }
        let (turn, first) = (battle.turn(), battle.next_event());
        // As every turn between computers is played, but for what is noted in between.
        for side in Side::ALL {
            let commander = &mut pair[side.index()];
            let refused = battle.planned(side, |view| commander.orders(view));
            watch.orders(&battle, side, turn, &refused);
        }
        let told = told(&battle);
        battle.end_turn();
        watch.turn(&battle, turn, battle.events_since(first), &told);
    }
    watch.close()
}

/// The task of each unit in the turn to come, by number: as ordered, or as before.
fn told(battle: &Battle) -> Vec<Task> {
    let units = 0..battle.scenario().units().len() as u32;
    let mut tasks: Vec<Task> = units
        .map(|id| {
            let unit = battle.unit(UnitId(id));
            unit.map_or(Task::Hold, |u| u.mission.task)
        })
        .collect();
    for side in Side::ALL {
        for (_, order) in battle.standing(side) {
            if let Order::Unit { unit, task, .. } = order {
                tasks[unit.0 as usize] = task;
            }
        }
    }
    tasks
}
