//! Taking up a saved battle: its record is fought again up to where it was saved, and compared turn
//! by turn. Takes a second or more for a long battle, so it is meant to run in a task; the window
//! watches [`Progress`]. A save that cannot be taken up is never changed.

use super::{SaveName, Storage, StorageError, slot};
use crate::{
    battle::Battle,
    commander::Level,
    gui::session::{Hands, Seat},
    record::{Playback, Record, RecordError, Recorder, ReplayError},
    report,
    scenario::{Problem, Side},
};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// How far the work is. Shared between the task and the window.
#[derive(Debug, Default)]
pub struct Progress {
    done: AtomicU32,
    of: AtomicU32,
    stop: AtomicBool,
}

impl Progress {
    /// Turns done, and turns in all; (0, 0) before that is known.
    pub fn read(&self) -> (u32, u32) {
        let of = self.of.load(Ordering::Relaxed);
        (self.done.load(Ordering::Relaxed).min(of), of)
    }

    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// A battle taken up, ready for `Session::resume`.
pub struct Loaded {
    /// The battle, where it was saved.
    pub battle: Battle,
    /// Its recorder, with all turns so far.
    pub recorder: Recorder,
    /// Who sat at the window.
    pub seat: Seat,
    /// Levels of the computer's commanders.
    pub levels: [Level; 2],
    /// Who was taken over by hand.
    pub hands: Hands,
}

/// Why a save cannot be taken up.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LoadError {
    /// It cannot be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// It is not a record.
    #[error("this is not a saved battle, or it is damaged: {0}")]
    Record(#[from] RecordError),
    /// It does not come out as it was recorded.
    #[error(transparent)]
    Replay(#[from] ReplayError),
    /// The person stopped it.
    #[error("loading was stopped")]
    Cancelled,
}

impl LoadError {
    /// In a sentence, without the long list of differences.
    pub fn headline(&self) -> String {
        match self {
            LoadError::Replay(ReplayError::Differs { turn, .. }) => format!(
                "This battle was saved by another version: from turn {} on it comes out otherwise.",
                turn.0
            ),
            LoadError::Replay(ReplayError::Opening { .. }) => {
                "This battle was saved by another version: it already begins otherwise.".to_owned()
            }
            LoadError::Replay(ReplayError::Scenario(_)) => {
                "The scenario inside this save is not valid for this version.".to_owned()
            }
            LoadError::Replay(ReplayError::Refused { turn, .. }) => format!(
                "This battle was saved by another version: an order of turn {} is refused now.",
                turn.0
            ),
            LoadError::Replay(_) => {
                "This battle was saved by another version: it comes out otherwise.".to_owned()
            }
            other => other.to_string(),
        }
    }

    /// What the person can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            LoadError::Storage(error) => error.remedy(),
            LoadError::Record(_) => {
                "The file has been left as it is. If it was copied by hand, copy it again."
            }
            LoadError::Replay(_) => {
                "The file has been left as it is; the version that saved it can go on with it. Its \
                 number stands in the file as `program`."
            }
            LoadError::Cancelled => "The save has been left as it is.",
        }
    }

    /// Problems of the scenario inside the save, if that is what is wrong.
    pub fn problems(&self) -> &[Problem] {
        match self {
            LoadError::Replay(ReplayError::Scenario(problems)) => problems,
            _ => &[],
        }
    }

    /// Long text for those who want to know: the differences.
    pub fn detail(&self) -> String {
        match self {
            LoadError::Replay(ReplayError::Scenario(_)) => String::new(),
            LoadError::Replay(error) => error.to_string(),
            _ => String::new(),
        }
    }
}

/// Takes up a save.
///
/// # Errors
/// [`LoadError`]; the save stays as it is.
pub fn load(
    storage: &dyn Storage,
    name: &SaveName,
    progress: &Progress,
) -> Result<Loaded, LoadError> {
    load_text(&storage.read(name)?, progress)
}

/// Takes up a save from its text.
///
/// # Errors
/// [`LoadError`].
pub fn load_text(text: &str, progress: &Progress) -> Result<Loaded, LoadError> {
    let front = slot::preface(text);
    let standing = front.standing;
    let record = Record::read(text)?;
    let notes = &record.header.notes;
    let seat = front.seat.unwrap_or_else(|| slot::seat_in(notes));
    let levels = front.levels.unwrap_or_else(|| report::levels_in(notes));
    let turns = u32::try_from(record.turns.len()).unwrap_or(u32::MAX);
    progress.of.store(turns, Ordering::Relaxed);
    let mut playback = Playback::new(record)?;
    while !progress.stopped() {
        let Some(turn) = playback.step()? else {
            let (mut battle, recorder) = playback.into_recorder();
            // An order that is no longer legal is left out; the person sees the list before the
            // turn is ended.
            battle.orders(Side::China, &standing.china);
            battle.orders(Side::Japan, &standing.japan);
            let hands = front.hands.unwrap_or_else(|| {
                Hands::of_standing(standing.china.iter().chain(&standing.japan))
            });
            return Ok(Loaded {
                hands: hands.fitting(battle.scenario()),
                battle,
                recorder,
                seat,
                levels,
            });
        };
        progress.done.store(turn.0, Ordering::Relaxed);
    }
    Err(LoadError::Cancelled)
}
