//! Work away from the frame: loading a scenario, taking up a save.

use crate::{
    gui::{
        intent::BeginBattle,
        screens::{loading::LoadingModel, trouble::Trouble},
        session::Session,
        storage::{self, Progress, SaveName, Storage},
    },
    scenario::Scenario,
    shelf::Shelf,
};
use bevy::tasks::{AsyncComputeTaskPool, Task, block_on, futures_lite::future};
use std::sync::Arc;

type Done = Result<Box<Session>, Box<Trouble>>;

/// A scenario loading, or a save being taken up.
pub struct Work {
    task: Task<Done>,
    what: &'static str,
    of: String,
    progress: Option<Arc<Progress>>,
}

impl Work {
    /// Loads a scenario and begins a battle.
    pub fn begin(battle: BeginBattle, shelf: &Shelf) -> Self {
        let of = battle.scenario.clone();
        let shelf = shelf.clone();
        let task = AsyncComputeTaskPool::get().spawn(async move { begin(&battle, &shelf) });
        Self {
            task,
            what: "Loading the scenario",
            of,
            progress: None,
        }
    }

    /// Takes up a save.
    pub fn load(storage: Arc<dyn Storage>, name: SaveName) -> Self {
        let progress = Arc::new(Progress::default());
        let watched = Arc::clone(&progress);
        let of = name.as_str().to_owned();
        let task = AsyncComputeTaskPool::get().spawn(async move {
            match storage::load(storage.as_ref(), &name, &watched) {
                Ok(l) => Ok(Box::new(Session::resume(
                    l.battle, l.recorder, l.seat, l.levels, l.hands,
                ))),
                Err(error) => Err(Box::new(Trouble::of_loading(name.as_str(), &error))),
            }
        });
        Self {
            task,
            what: "Taking up the saved battle",
            of,
            progress: Some(progress),
        }
    }

    /// What the loading screen shows.
    pub fn model(&self) -> LoadingModel {
        LoadingModel {
            what: self.what.to_owned(),
            of: self.of.clone(),
            turns: self.progress.as_ref().map_or((0, 0), |p| p.read()),
            stoppable: self.progress.is_some(),
        }
    }

    /// Asks it to stop.
    pub fn cancel(&self) {
        if let Some(progress) = &self.progress {
            progress.cancel();
        }
    }

    /// What came of it, once it is done.
    pub fn poll(&mut self) -> Option<Done> {
        block_on(future::poll_once(&mut self.task))
    }
}

fn begin(battle: &BeginBattle, shelf: &Shelf) -> Done {
    match Scenario::load(shelf, &battle.scenario, &battle.options) {
        Ok(scenario) => Ok(Box::new(Session::begin_at(
            Arc::new(scenario),
            battle.seat,
            battle.seed,
            battle.levels,
        ))),
        Err(problems) => Err(Box::new(Trouble::of_scenario(&battle.scenario, problems))),
    }
}
