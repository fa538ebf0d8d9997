//! Playback: fights a recorded battle again from its own texts, seed and orders, and compares each
//! state with the recorded one.
//!
//! No commander is asked: its orders are in the record. A record is what somebody sent us; it may
//! be wrong in any way, and playback answers with an error.

use super::{Record, RecordError, Recorder, outline::Outline};
use crate::{
    battle::{Battle, Digest, End, EventId, Order, Refusal},
    scenario::{MemoryFiles, Options, Problem, Scenario, Side, TurnNo},
};
use std::sync::Arc;

/// Differing lines shown.
const LINES: usize = 20;

/// Why a record cannot be fought again as it was.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ReplayError {
    /// Not a record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The embedded scenario is refused by this version.
    #[error("the scenario in the record is not valid: {}", .0.first().map_or_else(String::new, ToString::to_string))]
    Scenario(Vec<Problem>),
    /// The set-up differs.
    #[error("the record differs before turn 1: {recorded} recorded, {replayed} replayed\n{diff}")]
    Opening {
        /// Digest in the record.
        recorded: Digest,
        /// Digest now.
        replayed: Digest,
        /// What differs: `-` recorded, `+` replayed.
        diff: String,
    },
    /// An order in the record is not legal.
    #[error("turn {}: the {} order {order:?} is refused: {refusal}", .turn.0, .side.adjective())]
    Refused {
        /// In which turn.
        turn: TurnNo,
        /// Whose.
        side: Side,
        /// The order.
        order: Order,
        /// Why.
        refusal: Refusal,
    },
    /// The battle is over, and the record goes on.
    #[error("the battle ended before turn {}, but the record goes on", .turn.0)]
    Over {
        /// The turn that cannot be fought.
        turn: TurnNo,
    },
    /// The state after a turn differs.
    #[error("the record differs from turn {} on: {recorded} recorded, {replayed} replayed\n{diff}", .turn.0)]
    Differs {
        /// The first turn that differs.
        turn: TurnNo,
        /// Digest in the record.
        recorded: Digest,
        /// Digest now.
        replayed: Digest,
        /// What differs: `-` recorded, `+` replayed.
        diff: String,
    },
    /// The state is the same, but not the number of events that led to it.
    #[error("turn {} has the recorded outcome, but {} events instead of {}", .turn.0, .replayed.0, .recorded.0)]
    Events {
        /// The first turn that differs.
        turn: TurnNo,
        /// Number of the next event in the record.
        recorded: EventId,
        /// Number of the next event now.
        replayed: EventId,
    },
}

/// A recorded battle being fought again.
pub struct Playback {
    record: Record,
    battle: Battle,
    outline: Outline,
    turns_played: usize,
}

impl Playback {
    /// Sets the battle up and compares it with the record's opening.
    ///
    /// # Errors
    /// [`ReplayError::Scenario`] and [`ReplayError::Opening`].
    pub fn new(record: Record) -> Result<Self, ReplayError> {
        let header = &record.header;
        let options = Options {
            strength: [
                Some(header.strength.0.clone()),
                Some(header.strength.1.clone()),
            ],
            no_events: header.no_events,
            simplified_command: header.simplified_command,
            handicap: header.handicap,
        };
        let texts = MemoryFiles(record.texts.clone());
        let scenario =
            Scenario::load(&texts, &header.scenario, &options).map_err(ReplayError::Scenario)?;
        let battle = Battle::new(Arc::new(scenario), header.seed, header.randomness);
        let mut outline = Outline::default();
        outline.update(&record.opening.changed);
        let replayed = battle.digest();
        if replayed != record.opening.digest {
            return Err(ReplayError::Opening {
                recorded: record.opening.digest,
                replayed,
                diff: diff(&outline, &battle),
            });
        }
        Ok(Self {
            record,
            battle,
            outline,
            turns_played: 0,
        })
    }

    /// The battle as far as it has been fought again.
    pub fn battle(&self) -> &Battle {
        &self.battle
    }

    /// The record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Fights the next turn; its number, or `None` after the last one recorded.
    ///
    /// # Errors
    /// Where the record and the battle part ways.
    pub fn step(&mut self) -> Result<Option<TurnNo>, ReplayError> {
        let Some(recorded) = self.record.turns.get(self.turns_played) else {
            return Ok(None);
        };
        let turn = recorded.turn;
        if self.battle.end().is_some() {
            return Err(ReplayError::Over { turn });
        }
        for side in Side::ALL {
            let refused = self.battle.orders(side, recorded.orders(side));
            if let Some((order, refusal)) = refused.into_iter().next() {
                return Err(ReplayError::Refused {
                    turn,
                    side,
                    order,
                    refusal,
                });
            }
        }
        self.battle.end_turn();
        self.turns_played += 1;
        self.outline.update(&recorded.after.changed);
        let (replayed, next) = (self.battle.digest(), self.battle.next_event());
        if replayed != recorded.after.digest {
            return Err(ReplayError::Differs {
                turn,
                recorded: recorded.after.digest,
                replayed,
                diff: diff(&self.outline, &self.battle),
            });
        }
        if next != recorded.after.next {
            return Err(ReplayError::Events {
                turn,
                recorded: recorded.after.next,
                replayed: next,
            });
        }
        Ok(Some(turn))
    }

    /// The battle, to go on from where the playback stands.
    pub fn into_battle(self) -> Battle {
        self.battle
    }

    /// The battle and its recorder, to go on from where the playback stands. Turns of the record
    /// that were not played are left out of the new one. Only for a playback whose steps all
    /// succeeded: after an error the battle is no longer the record's.
    pub fn into_recorder(self) -> (Battle, Recorder) {
        let Self {
            mut record,
            battle,
            outline,
            turns_played,
        } = self;
        record.turns.truncate(turns_played);
        (battle, Recorder { record, outline })
    }
}

fn diff(recorded: &Outline, battle: &Battle) -> String {
    let dump = battle.dump();
    let text = recorded.diff(&Outline::of(battle), &dump, LINES);
    if text.is_empty() {
        // The digest also covers what the dump does not print, such as the forage of each hex.
        "no unit or place differs; the difference lies in the state of the ground\n".to_owned()
    } else {
        text
    }
}

/// Fights a whole record again. Gives the number of turns and how the battle stands.
///
/// # Errors
/// Where the record and the battle first part ways.
pub fn verify(record: Record) -> Result<(u32, Option<End>), ReplayError> {
    let mut playback = Playback::new(record)?;
    let mut turns = 0;
    while playback.step()?.is_some() {
        turns += 1;
    }
    Ok((turns, playback.battle().end()))
}
