//! Saves as they are listed, and the comment lines before a record that make this cheap: what the save
//! is about, the orders that stood for the turn to come when it was saved, and who was taken over. A record
//! without them is listed all the same, from the record itself.

use super::{SaveEntry, SaveName, Storage, StorageError};
use crate::{
    battle::{Battle, Order},
    commander::Level,
    gui::{
        screens::draft,
        session::{Hands, Seat},
    },
    record::{Record, RecordError},
    report,
    scenario::{Calendar, Hours, Side, TurnNo, file::ScenarioFile},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

const ABOUT: &str = "// about: ";
const ORDERS: &str = "// orders not yet carried out: ";
const HANDS: &str = "// taken over by hand: ";

/// Deepest nesting read in the lines before a record.
const MAX_DEPTH: usize = 16;

/// Largest record read whole only to list it, bytes.
const MAX_READ: u64 = 8 * 1024 * 1024;

/// Longest text shown of a save, characters.
const MAX_SHOWN: usize = 120;

/// What a save is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Title of the scenario.
    pub title: String,
    /// Who sits at the window: `china`, `japan`, `both` or `watch`.
    pub seat: String,
    /// The turn to come.
    pub turn: u32,
    /// Turns at most.
    pub turns: u32,
    /// Local time reached, for people: `7 Dec 05:00`.
    pub at: String,
    /// The battle is over.
    pub over: bool,
    /// What was switched against the scenario, for people.
    #[serde(default)]
    pub switches: Vec<String>,
    /// Levels of the computer's commanders, Chinese and Japanese.
    #[serde(default)]
    pub levels: [Level; 2],
}

impl About {
    /// One line for people, without the title.
    pub fn standing(&self) -> String {
        let who = match seat_of(&self.seat) {
            Some(Seat::Side(side)) => format!("{} side", side.adjective()),
            Some(Seat::Both) => "both sides by hand".to_owned(),
            Some(Seat::Watch) => "watched".to_owned(),
            None => "seat unknown".to_owned(),
        };
        let mut text = if self.over {
            format!("{who}, ended {}", self.at)
        } else {
            format!("{who}, {}, turn {} of {}", self.at, self.turn, self.turns)
        };
        for more in self.switches.iter().chain(&report::commanded(self.levels)) {
            text.push_str("; ");
            text.push_str(more);
        }
        text
    }
}

/// Orders of both sides that stood when a battle was saved.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Standing {
    pub china: Vec<Order>,
    pub japan: Vec<Order>,
}

/// A save in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Its name.
    pub name: SaveName,
    /// What it is about, or why that cannot be said.
    pub about: Result<About, String>,
}

/// All saves with what they are about, newest first. Nothing is replayed.
///
/// # Errors
/// As [`Storage::list_saves`]; a single bad save is an entry that says so.
pub fn slots(storage: &dyn Storage) -> Result<Vec<Slot>, StorageError> {
    let slots = storage
        .list_saves()?
        .into_iter()
        .map(|entry| Slot {
            about: about(storage, &entry),
            name: entry.name,
        })
        .collect();
    Ok(slots)
}

fn about(storage: &dyn Storage, entry: &SaveEntry) -> Result<About, String> {
    let name = &entry.name;
    let head = storage.read_head(name).map_err(|e| e.to_string())?;
    if let Some(about) = head.lines().next().and_then(|l| after::<About>(l, ABOUT)) {
        return Ok(about.shortened());
    }
    if entry.bytes > MAX_READ {
        return Err("it does not say what it is about, and is too large to look into".to_owned());
    }
    let text = storage.read(name).map_err(|e| e.to_string())?;
    let record = Record::read(&text).map_err(|e| format!("not a saved battle: {e}"))?;
    Ok(of_record(&record).shortened())
}

impl About {
    fn shortened(self) -> Self {
        let short = |text: String| -> String {
            text.chars()
                .filter(|c| !c.is_control())
                .take(MAX_SHOWN)
                .collect()
        };
        Self {
            title: short(self.title),
            seat: short(self.seat),
            at: short(self.at),
            switches: self.switches.into_iter().take(4).map(short).collect(),
            ..self
        }
    }
}

/// What a record says of itself without being replayed.
fn of_record(record: &Record) -> About {
    let draft: Option<ScenarioFile> = record
        .texts
        .get(&record.header.scenario)
        .and_then(|text| draft(text));
    let turn = TurnNo(u32::try_from(record.turns.len()).unwrap_or(u32::MAX - 1) + 1);
    let at = draft
        .as_ref()
        .and_then(|d| Calendar::parse(&d.start))
        .map(|start| Calendar::new(start).text(Hours(turn.first_hour().0)));
    About {
        title: draft
            .as_ref()
            .map_or_else(|| record.header.scenario.clone(), |d| d.title.clone()),
        seat: seat_key(seat_in(&record.header.notes)).to_owned(),
        turn: turn.0,
        turns: draft.as_ref().map_or(turn.0, |d| d.turns),
        at: at.unwrap_or_else(|| format!("turn {}", turn.0)),
        over: draft.as_ref().is_some_and(|d| turn.0 > d.turns),
        switches: of_header(record),
        levels: report::levels_in(&record.header.notes),
    }
}

/// What a record's head says was switched.
fn of_header(record: &Record) -> Vec<String> {
    let header = &record.header;
    let handicaps = Side::ALL.map(|side| report::handicap(side, header.handicap[side.index()]));
    [
        (header.simplified_command, "simplified command"),
        (header.no_events, "scenario events off"),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .map(|(_, text)| text.to_owned())
    .chain(handicaps.into_iter().flatten())
    .collect()
}

/// What stands in a save before the record: what it is about and the orders not yet carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct Preface {
    about: About,
    standing: Standing,
    hands: Hands,
}

/// What stands before a record, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Front {
    /// Who sits at the window.
    pub seat: Option<Seat>,
    /// Levels of the computer's commanders.
    pub levels: Option<[Level; 2]>,
    /// Orders not yet carried out.
    pub standing: Standing,
    /// Who was taken over by hand; none: it does not say.
    pub hands: Option<Hands>,
}

impl Preface {
    /// Of a battle as it stands, against computers of the usual level, with nobody taken over.
    pub fn of(battle: &Battle, seat: Seat) -> Self {
        let scenario = battle.scenario();
        let [china, japan] = Side::ALL.map(|side| {
            let standing = battle.standing(side).into_iter();
            standing.map(|(_, order)| order).collect()
        });
        Self {
            about: About {
                title: scenario.file().title.clone(),
                seat: seat_key(seat).to_owned(),
                turn: battle.turn().0,
                turns: scenario.turns(),
                at: scenario.calendar().text(battle.hour()),
                over: battle.end().is_some(),
                switches: report::switches(scenario),
                levels: Default::default(),
            },
            standing: Standing { china, japan },
            hands: Hands::default(),
        }
    }

    /// With the levels of the computer's commanders, and who was taken over by hand.
    #[must_use]
    pub fn with(mut self, levels: [Level; 2], hands: Hands) -> Self {
        self.about.levels = levels;
        self.hands = hands;
        self
    }

    /// The text of the save. Takes tens of milliseconds for a long battle.
    ///
    /// # Errors
    /// [`RecordError::Unwritable`].
    pub fn write_up(&self, record: &Record) -> Result<String, RecordError> {
        let line = |mark: &str, text: Result<String, ron::Error>| {
            text.map(|t| format!("{mark}{t}\n"))
                .map_err(|e| RecordError::Unwritable(e.to_string()))
        };
        let mut text = line(ABOUT, ron::to_string(&self.about))?;
        text.push_str(&line(ORDERS, ron::to_string(&self.standing))?);
        text.push_str(&line(HANDS, ron::to_string(&self.hands))?);
        text.push_str(&record.write()?);
        Ok(text)
    }
}

/// Name for a save of the battle in hand.
pub fn suggested_name(battle: &Battle) -> SaveName {
    let file = battle.scenario().file();
    SaveName::fitting(&format!("{} turn {:02}", file.id, battle.turn().0))
}

/// What is kept in a save's lines before its record.
pub(super) fn preface(text: &str) -> Front {
    let mut lines = text.lines();
    let about = lines.next().and_then(|l| after::<About>(l, ABOUT));
    let standing = lines.next().and_then(|l| after::<Standing>(l, ORDERS));
    Front {
        seat: about.as_ref().and_then(|a| seat_of(&a.seat)),
        levels: about.map(|a| a.levels),
        standing: standing.unwrap_or_default(),
        hands: lines.next().and_then(|l| after::<Hands>(l, HANDS)),
    }
}

fn after<T: DeserializeOwned>(line: &str, mark: &str) -> Option<T> {
    ron::Options::default()
        .with_recursion_limit(MAX_DEPTH)
        .from_str(line.strip_prefix(mark)?)
        .ok()
}

fn seat_key(seat: Seat) -> &'static str {
    match seat {
        Seat::Side(side) => side.key(),
        Seat::Both => "both",
        Seat::Watch => "watch",
    }
}

fn seat_of(key: &str) -> Option<Seat> {
    match key {
        "both" => Some(Seat::Both),
        "watch" => Some(Seat::Watch),
        _ => Side::ALL
            .into_iter()
            .find(|side| side.key() == key)
            .map(Seat::Side),
    }
}

/// The seat as a record's notes tell it. A record made elsewhere is watched.
pub(super) fn seat_in(notes: &[String]) -> Seat {
    let says = |what: &str| notes.iter().any(|n| n == what);
    let side = Side::ALL
        .into_iter()
        .find(|side| says(&format!("played as {}", side.key())));
    match side {
        Some(side) => Seat::Side(side),
        None if says("both sides played by hand") => Seat::Both,
        None => Seat::Watch,
    }
}
