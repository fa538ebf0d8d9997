//! The scenarios to choose from: read as drafts, since a list needs no map and no checks. What is
//! wrong with a scenario is found when it is begun; a file that is not even a draft is listed with
//! its problems.

use crate::scenario::{
    Files, Options, Problem, Side,
    file::{ScenarioFile, SideFile, StrengthFile},
    validate,
};

/// Folder of the teaching scenarios.
const LESSONS: &str = "lessons/";

/// Folders of a collection that hold other things than scenarios.
const OTHERS: [&str; 3] = ["maps/", "rules/", "texts/"];

/// Most scenarios listed.
const MAX_LISTED: usize = 200;

/// Deepest nesting read.
const MAX_DEPTH: usize = 64;

/// A scenario to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Listing {
    /// Name in its collection, for [`super::super::intent::BeginBattle`].
    pub name: String,
    /// Is it for teaching, not for history?
    pub lesson: bool,
    /// The draft, or why it is none.
    pub draft: Result<Box<Draft>, Vec<Problem>>,
}

/// What is shown of a scenario before it is begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Title.
    pub title: String,
    /// Paragraphs read before the battle.
    pub briefing: String,
    /// Id and description of the works it rests on.
    pub works: Vec<(String, String)>,
    /// Local time of the first hour.
    pub start: String,
    /// Turns at most.
    pub turns: u32,
    /// Units on the map.
    pub units: usize,
    /// The side that holds the city at the start, if there is a city.
    pub city_held_by: Option<Side>,
    /// Sides, by [`Side::index`].
    pub sides: [SideDraft; 2],
}

/// A side, before the battle.
#[derive(Clone, Debug, PartialEq)]
pub struct SideDraft {
    /// Its name.
    pub name: String,
    /// Estimates of its strength, of equal rank.
    pub strengths: Vec<StrengthFile>,
    /// Which of them the file opens with: an index.
    pub opens_with: usize,
    /// Why.
    pub opens_because: String,
}

impl Listing {
    /// Title, or the file's name.
    pub fn title(&self) -> &str {
        self.draft.as_ref().map_or(&self.name, |d| &d.title)
    }
}

/// A scenario's text as a draft, if it is one.
pub fn draft(text: &str) -> Option<ScenarioFile> {
    ron::Options::default()
        .with_recursion_limit(MAX_DEPTH)
        .from_str(text)
        .ok()
}

/// All scenarios of a collection: campaigns first, the largest first, then lessons.
pub fn list(files: &dyn Files) -> Vec<Listing> {
    let mut listings: Vec<Listing> = files
        .names()
        .into_iter()
        .filter(|name| name.ends_with(".ron") && !OTHERS.iter().any(|o| name.starts_with(o)))
        .take(MAX_LISTED)
        .map(|name| Listing {
            lesson: name.starts_with(LESSONS),
            draft: files
                .load(&name)
                .ok()
                .and_then(|text| draft(&text))
                .map(|file| Box::new(Draft::of(file)))
                .ok_or_else(|| validate::examine(files, &name, &Options::default()).problems),
            name,
        })
        .collect();
    listings.sort_by_key(|l| {
        let units = l.draft.as_ref().map_or(0, |d| d.units);
        (l.lesson, std::cmp::Reverse(units), l.name.clone())
    });
    listings
}

impl Draft {
    fn of(file: ScenarioFile) -> Self {
        Self {
            title: file.title,
            briefing: file.briefing,
            works: file
                .bibliography
                .into_iter()
                .map(|w| (w.id, w.text))
                .collect(),
            start: file.start,
            turns: file.turns,
            units: file.units.len(),
            city_held_by: file.city.map(|c| c.held_by),
            sides: [file.sides.china, file.sides.japan].map(SideDraft::of),
        }
    }

    /// A side.
    pub fn side(&self, side: Side) -> &SideDraft {
        let [china, japan] = &self.sides;
        match side {
            Side::China => china,
            Side::Japan => japan,
        }
    }

    /// What a side's task is in this battle, in a neutral line.
    pub fn task(&self, side: Side) -> &'static str {
        match self.city_held_by {
            Some(holder) if holder == side => {
                "Holds the city: the lines before it, the heights, the wall and its gates."
            }
            Some(_) => "Advances on the city through the lines before it.",
            None => "See the briefing for its task.",
        }
    }
}

impl SideDraft {
    fn of(file: SideFile) -> Self {
        let opens_with = file
            .strengths
            .iter()
            .position(|s| s.id == file.opens_with)
            .unwrap_or(0);
        Self {
            name: file.name,
            strengths: file.strengths,
            opens_with,
            opens_because: file.opens_because,
        }
    }
}
