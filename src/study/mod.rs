//! Study: many battles of a scenario, computer against computer, and what they have in common.
//!
//! One game is one draw; what the model says is a distribution. Games are independent and run on as
//! many threads as wished; the result is in order of seed and does not depend on the threads. Only
//! reads: no rule is here, and nothing a study finds flows back into a battle.

pub mod cast;
pub mod conduct;
pub mod game;
pub mod kinds;
pub mod pairs;
pub mod stats;
pub mod stopwatch;
pub mod tables;
pub mod tournament;

pub use game::{Game, play};
pub use pairs::{Difference, differences};

use crate::scenario::Scenario;
use std::{
    num::NonZeroUsize,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// The games of one scenario, in order of seed.
pub struct Study {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// Its games.
    pub games: Vec<Game>,
}

impl Study {
    /// Plays `seeds` games with the seeds 1, 2, ... on so many threads.
    pub fn of(scenario: Scenario, seeds: u64, threads: NonZeroUsize) -> Self {
        let scenario = Arc::new(scenario);
        let games = play_all(&scenario, seeds, threads);
        Self { scenario, games }
    }
}

/// As many threads as the machine has cores.
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn play_all(scenario: &Arc<Scenario>, seeds: u64, threads: NonZeroUsize) -> Vec<Game> {
    let count = usize::try_from(seeds).unwrap_or(usize::MAX);
    each(count, threads, |index| play(scenario, index as u64 + 1))
}

/// What some work gives for each number below `count`, in their order, done on so many threads.
pub(in crate::study) fn each<T: Send>(
    count: usize,
    threads: NonZeroUsize,
    work: impl Fn(usize) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..threads.get().min(count) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    let result = work(index);
                    done.lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner)
                        .push((index, result));
                }
            });
        }
    });
    let mut done = done
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}
