//! The JSON output of `simulate`. Names and kinds stay as they are: scripts rely on them.

use crate::{
    battle::{Battle, Bin, Strength},
    report,
    scenario::{Hours, Quantity, Scenario, Side, calendar::HOURS_PER_TURN},
};
use serde::Serialize;

/// The one object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Result {
    /// Id of the scenario.
    pub scenario: String,
    /// Seed of the dice.
    pub seed: u64,
    /// Turns fought.
    pub turns: u32,
    /// Digest of the last state.
    pub digest: String,
    /// Why the battle ended; `stopped` if it was broken off.
    pub end: &'static str,
    /// Men.
    pub sides: Sides,
    /// What happened to places.
    pub events: Vec<Happening>,
    /// Figures of history beside the simulation's.
    pub history: Vec<Figure>,
}

/// Men of both sides.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sides {
    /// The Chinese side.
    pub china: Men,
    /// The Japanese side.
    pub japan: Men,
}

/// Men of a side: all, and by bin. The bins add up to `initial`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Men {
    pub initial: u32,
    pub not_arrived: u32,
    pub formed: u32,
    pub disordered: u32,
    /// In crowds.
    pub crowd: u32,
    pub killed: u32,
    pub own_side_shot: u32,
    pub drowned: u32,
    pub wounded: u32,
    pub captured: u32,
    pub escaped: u32,
    pub hidden: u32,
}

/// Something that happened to a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Happening {
    /// Local time, ISO 8601 to the minute.
    pub at: String,
    /// Turn.
    pub turn: u32,
    /// `contact`, `contested` or `captured`.
    pub kind: &'static str,
    /// Id of the place, or of the line for its first contact.
    pub place: String,
    /// `china` or `japan`.
    pub by: &'static str,
}

/// A figure of history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Stable id.
    pub id: String,
    /// Its historical value.
    pub historical: Value,
    /// The simulation's; null if it did not come to pass.
    pub simulated: Option<Value>,
    /// `men`, `time`, `share` or `km`.
    pub unit: &'static str,
}

/// A number, or a local time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum Value {
    Count(i64),
    Amount(f64),
    Time(String),
}

impl Result {
    /// The result of a battle.
    pub fn of(battle: &Battle) -> Self {
        let scenario = battle.scenario();
        Self {
            scenario: scenario.file().id.clone(),
            seed: battle.seed(),
            turns: battle.hour().0 / HOURS_PER_TURN,
            digest: battle.digest().to_string(),
            end: report::end_key(battle.end()),
            sides: Sides {
                china: Men::of(&battle.men(Side::China)),
                japan: Men::of(&battle.men(Side::Japan)),
            },
            events: report::milestones(scenario, battle.events())
                .iter()
                .map(|m| Happening {
                    at: scenario.calendar().iso(m.hour),
                    turn: m.turn().0,
                    kind: m.kind.key(),
                    place: m.place.id(scenario).to_owned(),
                    by: m.by.key(),
                })
                .collect(),
            history: report::compare(scenario, battle)
                .iter()
                .map(|c| Figure {
                    id: c.figure.id.clone(),
                    historical: Value::of(scenario, c.figure.value, c.unit()),
                    simulated: c.simulated.map(|v| Value::of(scenario, v, c.unit())),
                    unit: c.unit(),
                })
                .collect(),
        }
    }
}

impl Men {
    fn of(men: &Strength) -> Self {
        Self {
            initial: men.total(),
            not_arrived: men.men(Bin::NotArrived),
            formed: men.men(Bin::Formed),
            disordered: men.men(Bin::Disordered),
            crowd: men.men(Bin::Crowd),
            killed: men.men(Bin::Killed),
            own_side_shot: men.men(Bin::OwnSideShot),
            drowned: men.men(Bin::Drowned),
            wounded: men.men(Bin::Wounded),
            captured: men.men(Bin::Captured),
            escaped: men.men(Bin::Escaped),
            hidden: men.men(Bin::Hidden),
        }
    }
}

impl Value {
    fn of(scenario: &Scenario, value: Quantity, unit: &str) -> Self {
        match value {
            Quantity::Number(n) if unit == "men" => Value::Count(n.round() as i64),
            Quantity::Number(n) => Value::Amount(n),
            // A time before the battle is shown as its beginning.
            Quantity::Time(hour) => {
                let hour = u32::try_from(hour.max(0)).unwrap_or(u32::MAX);
                Value::Time(scenario.calendar().iso(Hours(hour)))
            }
        }
    }
}
