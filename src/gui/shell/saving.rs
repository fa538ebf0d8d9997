//! Saves written away from the frame, one after another, so that a later one never lies under an
//! earlier one.

use crate::{
    gui::{
        session::Session,
        storage::{self, Preface, SaveName, Storage},
    },
    record::Record,
};
use bevy::tasks::{IoTaskPool, Task, block_on, futures_lite::future};
use std::{collections::VecDeque, sync::Arc};

/// What is to be written.
struct Job {
    name: SaveName,
    preface: Preface,
    record: Record,
}

impl Job {
    fn write(self, storage: &dyn Storage) -> Result<SaveName, String> {
        let text = self.preface.write_up(&self.record);
        let text = text.map_err(|e| format!("The battle cannot be saved: {e}."))?;
        storage
            .write(&self.name, &text)
            .map_err(|e| format!("The battle is not saved: {e}. {}", e.remedy()))?;
        Ok(self.name)
    }
}

/// What is being written and what waits for it.
#[derive(Default)]
pub struct Saving {
    waiting: VecDeque<Job>,
    running: Option<Task<Result<SaveName, String>>>,
}

impl Saving {
    /// Keeps the battle in hand under the name of the autosave. Nothing happens while it is away
    /// being resolved: it was kept when it last came back.
    pub fn autosave(&mut self, session: &Session) {
        // One that still waits would be written only to be replaced.
        self.waiting.retain(|job| !job.name.is_autosave());
        self.enqueue(session, |_| SaveName::autosave());
    }

    /// Saves the battle in hand under a name of its own. False while it is away.
    pub fn save(&mut self, session: &Session) -> bool {
        self.enqueue(session, storage::suggested_name)
    }

    fn enqueue(
        &mut self,
        session: &Session,
        name: impl Fn(&crate::battle::Battle) -> SaveName,
    ) -> bool {
        let (Some(battle), Some(record)) = (session.battle(), session.record()) else {
            return false;
        };
        self.waiting.push_back(Job {
            name: name(battle),
            preface: Preface::of(battle, session.seat())
                .with(session.levels(), session.hands().clone()),
            record: record.clone(),
        });
        true
    }

    /// Is nothing left to be written?
    pub fn idle(&self) -> bool {
        self.running.is_none() && self.waiting.is_empty()
    }

    /// Goes on with the work. What came of a save, once it is done: its name, or why not.
    pub fn poll(&mut self, storage: &Arc<dyn Storage>) -> Option<Result<SaveName, String>> {
        let done = self
            .running
            .as_mut()
            .and_then(|task| block_on(future::poll_once(task)));
        if done.is_some() {
            self.running = None;
        }
        if self.running.is_none()
            && let Some(job) = self.waiting.pop_front()
        {
            let storage = Arc::clone(storage);
            let write = async move { job.write(storage.as_ref()) };
            self.running = Some(IoTaskPool::get().spawn(write));
        }
        done
    }
}
