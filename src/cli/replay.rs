//! `nanking replay FILE`: a recorded battle fought again and compared with its record.

use super::{
    DIFFERS, FINE,
    failure::Failure,
    fight::{Telling, announce, conclude},
    save,
};
use crate::record::{MAX_BYTES, Playback, Record, ReplayError};
use clap::Args;
use std::{io::Write, path::PathBuf};

/// What to replay.
#[derive(Clone, Debug, Args)]
pub struct Replay {
    /// A record, as written by `nanking simulate SCENARIO --record FILE`.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Compare only; do not tell the battle.
    #[arg(long)]
    verify: bool,
}

impl Replay {
    /// Replays. Returns the exit code: 1 if the battle differs from its record.
    ///
    /// # Errors
    /// [`Failure`] if the file is no record that this version can fight.
    pub fn run(&self, out: &mut dyn Write) -> Result<u8, Failure> {
        let text = save::read_limited(&self.file, MAX_BYTES)?;
        let version = env!("CARGO_PKG_VERSION");
        let record = Record::read(&text).map_err(|e| self.unreadable(ReplayError::Record(e)))?;
        let written_by = record.header.program.clone();
        match self.play(record, out)? {
            None => Ok(FINE),
            Some(difference) => {
                writeln!(out, "{difference}")?;
                if written_by != version {
                    writeln!(
                        out,
                        "Written by version {written_by}, replayed by {version}."
                    )?;
                }
                Ok(DIFFERS)
            }
        }
    }

    /// Fights it again; what differs, if anything does.
    fn play(&self, record: Record, out: &mut dyn Write) -> Result<Option<ReplayError>, Failure> {
        let mut playback = match Playback::new(record) {
            Ok(playback) => playback,
            Err(error @ ReplayError::Opening { .. }) => return Ok(Some(error)),
            Err(error) => return Err(self.unreadable(error)),
        };
        if !self.verify {
            announce(playback.battle(), out)?;
        }
        let mut telling = Telling::from(playback.battle());
        let mut turns = 0;
        loop {
            match playback.step() {
                Ok(None) => break,
                Ok(Some(turn)) => {
                    turns = turn.0;
                    if !self.verify {
                        telling.turn(playback.battle(), turn, out)?;
                    }
                }
                Err(difference) => return Ok(Some(difference)),
            }
        }
        if self.verify {
            let digest = playback.battle().digest();
            writeln!(out, "{turns} turns replayed as recorded, digest {digest}.")?;
        } else {
            conclude(playback.battle(), out)?;
        }
        Ok(None)
    }

    fn unreadable(&self, error: ReplayError) -> Failure {
        match error {
            ReplayError::Scenario(problems) => Failure::Scenario {
                problems,
                texts: Default::default(),
            },
            error => Failure::Record {
                path: self.file.clone(),
                error: Box::new(error),
            },
        }
    }
}
