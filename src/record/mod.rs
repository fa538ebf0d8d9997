//! Records: a battle as its scenario, its seed and the orders of both sides. Save and replay are one
//! thing, since the same scenario, seed and orders give the same battle.
//!
//! A record embeds every text of its scenario, so that it outlives changes to the files. It keeps a
//! digest and an outline of the state after each turn; [`playback`] compares both and says which unit
//! or place differs first. Texts come in and go out as strings; this module must never touch a file,
//! ask a commander, or trust what it reads.

pub mod outline;
pub mod playback;

pub use playback::{Playback, ReplayError, verify};

use crate::{
    battle::{Battle, Digest, EventId, Order, Randomness},
    scenario::{Side, TurnNo},
};
use outline::Outline;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format number this program writes and reads.
pub const FORMAT: u32 = 1;

/// Largest record read, bytes. The historical battle takes about a twentieth of it.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Deepest nesting read.
const MAX_DEPTH: usize = 32;

/// Most turns read; scenarios have fewer.
const MAX_TURNS: usize = 1_000;

/// A battle, recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// What was fought, and how.
    pub header: Header,
    /// Texts of scenario, map and rules by name.
    pub texts: BTreeMap<String, String>,
    /// The state at the start.
    pub opening: Mark,
    /// Turns in order, the first is turn 1.
    pub turns: Vec<TurnRecord>,
}

/// What was fought, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// Must be [`FORMAT`].
    pub format: u32,
    /// Version of the program that wrote it.
    pub program: String,
    /// Name of the scenario file within the texts.
    pub scenario: String,
    /// Id of the strength estimate in force, by [`Side::index`].
    pub strength: (String, String),
    /// Seed of the dice.
    pub seed: u64,
    /// Draws, or expected values.
    pub randomness: Randomness,
    /// Was it fought without the scenario's events?
    #[serde(default)]
    pub no_events: bool,
    /// Did orders to formations arrive at once?
    #[serde(default)]
    pub simplified_command: bool,
    /// Handicap of each side, per cent, by [`Side::index`]; not written where there is none.
    #[serde(default, skip_serializing_if = "level")]
    pub handicap: [i8; 2],
    /// Remarks for people: who commanded, which mode.
    pub notes: Vec<String>,
}

/// Fight both sides with the power they have?
fn level(handicap: &[i8; 2]) -> bool {
    *handicap == [0; 2]
}

/// One turn: what was ordered, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnRecord {
    /// Which.
    pub turn: TurnNo,
    /// Orders of the Chinese side as they stood when the turn was ended.
    pub china: Vec<Order>,
    /// Orders of the Japanese side as they stood when the turn was ended.
    pub japan: Vec<Order>,
    /// The state afterwards.
    pub after: Mark,
}

/// What is known of a state, to compare a replay with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// Digest of the state.
    pub digest: Digest,
    /// Number of the next event.
    pub next: EventId,
    /// Lines of the [`Outline`] that are not as in the mark before.
    pub changed: Vec<String>,
}

/// Why a record cannot be read or written.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RecordError {
    /// Longer than [`MAX_BYTES`].
    #[error("the record is {0} bytes long; at most {MAX_BYTES} are read")]
    TooLarge(usize),
    /// Not a record, or a damaged one.
    #[error("line {line}, column {column}: {message}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// Written by another version.
    #[error("the record has format {0}; this program reads format {FORMAT}")]
    Format(u32),
    /// A turn is missing or stands twice.
    #[error("entry {entry} of the record is turn {turn}; it should be turn {entry}")]
    TurnOrder {
        /// Place in the list, from 1.
        entry: u32,
        /// The turn found there.
        turn: u32,
    },
    /// More turns than any scenario has.
    #[error("the record has {0} turns; at most {MAX_TURNS} are read")]
    TooLong(usize),
    /// Cannot be written as RON.
    #[error("the record cannot be written: {0}")]
    Unwritable(String),
}

impl Record {
    /// Reads a record.
    ///
    /// # Errors
    /// [`RecordError`] for anything that is not a whole record of this format.
    pub fn read(text: &str) -> Result<Self, RecordError> {
        if text.len() > MAX_BYTES {
            return Err(RecordError::TooLarge(text.len()));
        }
        let record: Self = ron::Options::default()
            .with_recursion_limit(MAX_DEPTH)
            .from_str(text)
            .map_err(|e| RecordError::Syntax {
                line: e.span.start.line,
                column: e.span.start.col,
                message: e.code.to_string(),
            })?;
        if record.header.format != FORMAT {
            return Err(RecordError::Format(record.header.format));
        }
        if record.turns.len() > MAX_TURNS {
            return Err(RecordError::TooLong(record.turns.len()));
        }
        for (entry, turn) in (1..).zip(&record.turns) {
            if turn.turn != TurnNo(entry) {
                return Err(RecordError::TurnOrder {
                    entry,
                    turn: turn.turn.0,
                });
            }
        }
        Ok(record)
    }

    /// Writes it as RON, a line or more a turn, so that versions of a record can be compared.
    ///
    /// # Errors
    /// [`RecordError::Unwritable`].
    pub fn write(&self) -> Result<String, RecordError> {
        let style = ron::ser::PrettyConfig::new()
            .depth_limit(4)
            .indentor(" ")
            .escape_strings(false);
        let mut text = ron::Options::default()
            .to_string_pretty(self, style)
            .map_err(|e| RecordError::Unwritable(e.to_string()))?;
        text.push('\n');
        Ok(text)
    }

    /// Digest of the last state recorded.
    pub fn digest(&self) -> Digest {
        self.turns
            .last()
            .map_or(self.opening.digest, |t| t.after.digest)
    }
}

impl TurnRecord {
    /// Orders of a side.
    pub fn orders(&self, side: Side) -> &[Order] {
        match side {
            Side::China => &self.china,
            Side::Japan => &self.japan,
        }
    }
}

/// Keeps the record of a battle while it is fought.
#[derive(Clone, Debug)]
pub struct Recorder {
    record: Record,
    outline: Outline,
}

impl Recorder {
    /// Begins the record of a battle that has not begun. `notes` are remarks for people.
    pub fn new(battle: &Battle, notes: Vec<String>) -> Self {
        let scenario = battle.scenario();
        let strength = |side| scenario.strength(side).to_owned();
        let outline = Outline::of(battle);
        Self {
            record: Record {
                header: Header {
                    format: FORMAT,
                    program: env!("CARGO_PKG_VERSION").to_owned(),
                    scenario: scenario.path().to_owned(),
                    strength: (strength(Side::China), strength(Side::Japan)),
                    seed: battle.seed(),
                    randomness: battle.randomness(),
                    no_events: scenario.no_events(),
                    simplified_command: scenario.simplified_command(),
                    handicap: Side::ALL.map(|side| scenario.handicap(side)),
                    notes,
                },
                texts: scenario.texts().0.clone(),
                opening: Mark::of(battle, outline.since(&Outline::default())),
                turns: Vec::new(),
            },
            outline,
        }
    }

    /// Ends the battle's turn and records it: the orders standing before, the state after. Nothing
    /// happens once the battle is over.
    pub fn end_turn(&mut self, battle: &mut Battle) {
        if battle.end().is_some() {
            return;
        }
        let turn = battle.turn();
        let [china, japan] = Side::ALL.map(|side| {
            let mut orders: Vec<Order> = battle.standing(side).into_iter().map(|o| o.1).collect();
            // In which order they were given has no effect, so the record does not keep it.
            orders.sort_unstable();
            orders
        });
        battle.end_turn();
        let outline = Outline::of(battle);
        self.record.turns.push(TurnRecord {
            turn,
            china,
            japan,
            after: Mark::of(battle, outline.since(&self.outline)),
        });
        self.outline = outline;
    }

    /// The record so far.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The record, when all is done.
    pub fn into_record(self) -> Record {
        self.record
    }
}

impl Mark {
    fn of(battle: &Battle, changed: Vec<String>) -> Self {
        Self {
            digest: battle.digest(),
            next: battle.next_event(),
            changed,
        }
    }
}
