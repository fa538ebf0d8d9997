//! Work away from the frame: loading a scenario, taking up a save, writing one.

use crate::{
    cli::shelf::Shelf,
    gui::{
        intent::BeginBattle,
        screens::{loading::LoadingModel, trouble::Trouble},
        session::Session,
        storage::{self, Progress, SaveName, Storage},
    },
    scenario::{FileError, Options, Scenario},
};
use bevy::tasks::{AsyncComputeTaskPool, IoTaskPool, Task, block_on, futures_lite::future};
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
    pub fn begin(battle: BeginBattle) -> Self {
        let of = battle.scenario.clone();
        let task = AsyncComputeTaskPool::get().spawn(async move { begin(&battle) });
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
                Ok(l) => Ok(Box::new(Session::resume(l.battle, l.recorder, l.seat))),
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

fn begin(battle: &BeginBattle) -> Done {
    let file_trouble = |error: FileError| {
        Box::new(Trouble {
            title: "The scenario cannot be read".to_owned(),
            message: error.to_string(),
            remedy: "Check the file's name and place, and choose again.".to_owned(),
            ..Trouble::default()
        })
    };
    let (files, name) = Shelf::open(&battle.scenario).map_err(file_trouble)?;
    let options = Options {
        strength: battle.strength.clone(),
    };
    match Scenario::load(files.as_ref(), &name, &options) {
        Ok(scenario) => Ok(Box::new(Session::begin(
            Arc::new(scenario),
            battle.seat,
            battle.seed,
        ))),
        Err(problems) => Err(Box::new(Trouble::of_scenario(&battle.scenario, problems))),
    }
}

/// Saves under a name of its own.
///
/// # Errors
/// Why not, in a sentence with the remedy.
pub fn save(session: &Session, storage: &dyn Storage) -> Result<SaveName, String> {
    let (Some(battle), Some(record)) = (session.battle(), session.record()) else {
        return Err("The turn is being resolved; save when it is done.".to_owned());
    };
    let text = storage::write_up(battle, record, session.seat()).map_err(|e| e.to_string())?;
    let name = storage::suggested_name(battle);
    storage
        .write(&name, &text)
        .map_err(|e| format!("{e}. {}", e.remedy()))?;
    Ok(name)
}

/// Writes the autosave after each turn, off the frame.
#[derive(Default)]
pub struct Autosave {
    task: Option<Task<Result<(), String>>>,
}

impl Autosave {
    /// Begins to write.
    pub fn write(&mut self, session: &Session, storage: &Arc<dyn Storage>) {
        let (Some(battle), Some(record)) = (session.battle(), session.record()) else {
            return;
        };
        let text = storage::write_up(battle, record, session.seat()).map_err(|e| e.to_string());
        let storage = Arc::clone(storage);
        self.task = Some(IoTaskPool::get().spawn(async move {
            let text = text?;
            storage
                .write(&SaveName::autosave(), &text)
                .map_err(|e| format!("The autosave failed: {e}. {}", e.remedy()))
        }));
    }

    /// What went wrong, if something did.
    pub fn poll(&mut self) -> Option<String> {
        let task = self.task.as_mut()?;
        let done = block_on(future::poll_once(task))?;
        self.task = None;
        done.err()
    }
}
