//! Plain data: scenario, map, order of battle, rules. No ECS, no Bevy, no clock, no file system.
//!
//! `ScenarioFile` (a draft that may be wrong) goes through [`validate`] and comes out as a
//! [`Scenario`], which cannot be built otherwise, or as a list of every problem found.

pub mod calendar;
pub mod command;
pub mod deploy;
pub mod events;
pub mod file;
pub mod files;
pub mod forces;
pub mod handicap;
pub mod map;
pub mod problem;
pub mod river;
pub mod rules;
pub mod script;
pub mod side;
pub mod siege;
pub mod source;
pub mod sun;
pub mod validate;

pub use calendar::{Calendar, Hours, TurnNo};
pub use file::Confidence;
pub use files::{FileError, Files, MemoryFiles};
pub use forces::{
    AirGroup, AirGroupId, Branch, Echelon, Formation, FormationId, PlanTask, Troops, Unit, UnitId,
};
pub use map::{Direction, Hex, HexMap, SideId, Terrain};
pub use problem::{Problem, Severity};
pub use rules::Rules;
pub use side::Side;

use std::sync::Arc;

/// A scenario proven valid.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub(in crate::scenario) inner: Inner,
}

/// The validated content. Only [`validate`] builds it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::scenario) struct Inner {
    pub file: Arc<file::ScenarioFile>,
    pub texts: Arc<MemoryFiles>,
    pub path: String,
    pub strength: [String; 2],
    pub calendar: Calendar,
    pub map: Arc<HexMap>,
    pub passage: Arc<map::Passage>,
    pub rules: Arc<Rules>,
    pub troops: Vec<Troops>,
    pub formations: Vec<Formation>,
    pub units: Vec<Unit>,
    pub supply: Vec<SupplySource>,
    pub objectives: Vec<Objective>,
    pub control: Vec<(Hex, Side)>,
    pub city: Option<City>,
    pub siege: siege::Siege,
    pub crossings: Vec<river::Crossing>,
    pub history: Vec<HistoricalFigure>,
    /// Doctrine of each side, and of each formation, as it stands now.
    pub doctrine: [Arc<file::Doctrine>; 2],
    pub doctrine_of: Vec<Arc<file::Doctrine>>,
    /// Are a side's guns kept from the no-fire zones?
    pub no_fire: [bool; 2],
    pub events: Arc<events::Events>,
    /// Was the scenario loaded to be played without its events?
    pub no_events: bool,
    pub air: Vec<AirGroup>,
    pub scorch: Vec<Scorch>,
    pub daylight: Vec<sun::Daylight>,
    pub barriers: Vec<command::Barrier>,
    pub breakout: [Option<command::Breakout>; 2],
    pub simplified_command: bool,
    pub handicap: [i8; 2],
    pub script: Arc<Vec<script::Line>>,
}

/// Ground that a side lays waste.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorch {
    /// Who does it, on ground it controls.
    pub side: Side,
    /// From this hour on.
    pub from: Hours,
    /// Which ground, in order.
    pub hexes: Vec<Hex>,
    /// Share of a hex's forage that is left.
    pub left: f64,
    /// Share of the ground still whole that is razed in a turn.
    pub share_per_turn: f64,
}

/// A source of supply.
#[derive(Clone, Debug, PartialEq)]
pub struct SupplySource {
    /// Stable id.
    pub id: String,
    /// Whom it feeds.
    pub side: Side,
    /// Where it stands.
    pub hex: Hex,
    /// Kilometres of cost already spent beyond it.
    pub cost_km: f64,
    /// Inside the city wall, serving only while the city holds.
    pub magazine: bool,
    /// From this hour on.
    pub from: Hours,
}

/// A place worth fighting for.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Index of the place.
    pub place: usize,
    /// Worth, by [`Side::index`].
    pub worth: [f64; 2],
}

/// When the city counts as lost.
#[derive(Clone, Debug, PartialEq)]
pub struct City {
    /// The side that holds it at the start.
    pub held_by: Side,
    /// Gates that must be in the attacker's hands.
    pub gates: u32,
    /// Index of the place at its centre.
    pub centre: usize,
    /// The battle ends so many hours after its loss.
    pub hours_after: u32,
}

/// A figure of history beside what is measured in the simulation.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoricalFigure {
    /// Stable id.
    pub id: String,
    /// What it is.
    pub text: String,
    /// What is measured.
    pub measure: Measure,
    /// Historical value.
    pub value: Quantity,
    /// Plausible interval.
    pub low: Quantity,
    /// Plausible interval.
    pub high: Quantity,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A number or a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// Men, km, or a share.
    Number(f64),
    /// An hour of the battle; negative hours are before it.
    Time(i64),
}

/// What is measured; the validated twin of [`file::MeasureFile`].
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Measure {
    KilledAndWounded {
        side: Side,
        until: Option<Hours>,
        /// Indices of places; empty: anywhere.
        at: Vec<usize>,
    },
    FormationLosses {
        formation: FormationId,
        until: Option<Hours>,
    },
    Captured {
        place: usize,
        by: Side,
    },
    FirstContact {
        /// Index of the line in the map's features.
        line: usize,
        by: Side,
    },
    FirstFoothold {
        by: Side,
        /// Indices of gates; empty: any.
        at: Vec<usize>,
    },
    CityLost,
    ShareLost {
        formation: FormationId,
    },
    CapturedOrHidden {
        side: Side,
    },
    BroughtOut {
        side: Side,
    },
    Escaped {
        formations: Vec<FormationId>,
    },
    ShareEscaped {
        formation: FormationId,
    },
    BestMarch {
        side: Side,
    },
    ShotByOwnSide {
        side: Side,
    },
    WithoutBreakoutOrder {
        side: Side,
    },
    CameFrom(Approach),
    AssaultsAt {
        by: Side,
        from: Hours,
        /// Indices of places.
        at: Vec<usize>,
    },
    HeldAt {
        /// Index of the place.
        place: usize,
        by: Side,
        at: Hours,
    },
}

/// A range of bearings from which formations may come at the city.
#[derive(Clone, Debug, PartialEq)]
pub struct Approach {
    /// The formation above them.
    pub formation: FormationId,
    /// Index of the place from which bearings are taken.
    pub seen_from: usize,
    /// They have come when they are so near the wall, km.
    pub wall_km: f64,
    /// From the first clockwise to the second, degrees from north.
    pub bearings: (f64, f64),
}

/// Options of a new battle that are not in the scenario file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Strength estimate of each side by id; `None`: the one the file opens with.
    pub strength: [Option<String>; 2],
    /// Play without the scenario's events?
    pub no_events: bool,
    /// Orders to formations arrive at once and always.
    pub simplified_command: bool,
    /// Handicap of each side, per cent ([`handicap`]).
    pub handicap: [i8; 2],
}

impl Scenario {
    /// Loads, checks and builds a scenario from a collection of files.
    ///
    /// # Errors
    /// All problems found in the scenario, map and rules files, each with its place.
    pub fn load(
        files: &dyn Files,
        path: &str,
        options: &Options,
    ) -> Result<Scenario, Vec<Problem>> {
        validate::load(files, path, options)
    }

    /// Factor of the largest strength estimate in force, at least 1: what may stand in a hex grows
    /// with it, so that an estimate changes numbers and nothing else (model §2, Set-up).
    pub fn strength_scale(&self) -> f64 {
        Side::ALL
            .into_iter()
            .flat_map(|side| {
                let id = self.strength(side);
                self.side_file(side)
                    .strengths
                    .iter()
                    .filter(move |s| s.id == id)
                    .map(|s| s.factor)
            })
            .fold(1.0, f64::max)
    }

    /// The draft it was built from.
    pub fn file(&self) -> &file::ScenarioFile {
        &self.inner.file
    }

    /// The texts it was built from, by name: scenario, map and rules. Records embed them.
    pub fn texts(&self) -> &MemoryFiles {
        &self.inner.texts
    }

    /// The name of the scenario file within [`Scenario::texts`].
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// Id of the strength estimate in force for a side.
    pub fn strength(&self, side: Side) -> &str {
        &self.inner.strength[side.index()]
    }

    /// Hours and dates.
    pub fn calendar(&self) -> &Calendar {
        &self.inner.calendar
    }

    /// Number of turns at most.
    pub fn turns(&self) -> u32 {
        self.inner.file.turns
    }

    /// The ground.
    pub fn map(&self) -> &Arc<HexMap> {
        &self.inner.map
    }

    /// Cost of every step on that ground.
    pub fn passage(&self) -> &Arc<map::Passage> {
        &self.inner.passage
    }

    /// The rules.
    pub fn rules(&self) -> &Arc<Rules> {
        &self.inner.rules
    }

    /// Kinds of troops.
    pub fn troops(&self) -> &[Troops] {
        &self.inner.troops
    }

    /// Formations in order of id.
    pub fn formations(&self) -> &[Formation] {
        &self.inner.formations
    }

    /// A formation.
    pub fn formation(&self, id: FormationId) -> &Formation {
        &self.inner.formations[id.0 as usize]
    }

    /// Units in order of id.
    pub fn units(&self) -> &[Unit] {
        &self.inner.units
    }

    /// A unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.inner.units[id.0 as usize]
    }

    /// Figures of a unit's troops.
    pub fn figures(&self, id: UnitId) -> &forces::TroopFigures {
        &self.inner.troops[self.unit(id).troops].figures
    }

    /// A unit by its text id.
    pub fn unit_by_id(&self, text_id: &str) -> Option<UnitId> {
        self.inner
            .units
            .binary_search_by(|u| u.text_id.as_str().cmp(text_id))
            .ok()
            .map(|i| UnitId(i as u32))
    }

    /// A formation by its text id.
    pub fn formation_by_id(&self, text_id: &str) -> Option<FormationId> {
        self.inner
            .formations
            .binary_search_by(|f| f.text_id.as_str().cmp(text_id))
            .ok()
            .map(|i| FormationId(i as u32))
    }

    /// Is a formation another one, or under it?
    pub fn is_under(&self, formation: FormationId, above: FormationId) -> bool {
        let mut at = Some(formation);
        while let Some(f) = at {
            if f == above {
                return true;
            }
            at = self.formation(f).parent;
        }
        false
    }

    /// The plan in force for a formation: its own, or its nearest superior's.
    pub fn plan(&self, formation: FormationId) -> &[forces::PlanEntry] {
        let mut at = Some(formation);
        while let Some(f) = at {
            let here = self.formation(f);
            if !here.plan.is_empty() {
                return &here.plan;
            }
            at = here.parent;
        }
        &[]
    }

    /// Habits of a side's command, as they stand now.
    pub fn doctrine(&self, side: Side) -> &file::Doctrine {
        &self.inner.doctrine[side.index()]
    }

    /// Habits that a formation's command follows, as they stand now.
    pub fn doctrine_of(&self, formation: FormationId) -> &file::Doctrine {
        &self.inner.doctrine_of[formation.0 as usize]
    }

    /// What happens when.
    pub fn events(&self) -> &events::Events {
        &self.inner.events
    }

    /// Is it played without its events?
    pub fn no_events(&self) -> bool {
        self.inner.no_events
    }

    /// The side as the file describes it.
    pub fn side_file(&self, side: Side) -> &file::SideFile {
        match side {
            Side::China => &self.inner.file.sides.china,
            Side::Japan => &self.inner.file.sides.japan,
        }
    }

    /// Sources of supply.
    pub fn supply(&self) -> &[SupplySource] {
        &self.inner.supply
    }

    /// Objectives.
    pub fn objectives(&self) -> &[Objective] {
        &self.inner.objectives
    }

    /// Ground held at the start beyond where units stand, in painting order.
    pub fn control(&self) -> &[(Hex, Side)] {
        &self.inner.control
    }

    /// When the city counts as lost.
    pub fn city(&self) -> Option<&City> {
        self.inner.city.as_ref()
    }

    /// Air groups in order of id.
    pub fn air(&self) -> &[AirGroup] {
        &self.inner.air
    }

    /// Ground to be laid waste, in the order of the file.
    pub fn scorch(&self) -> &[Scorch] {
        &self.inner.scorch
    }

    /// Light of an hour; after the last turn that of its last hour.
    pub fn daylight(&self, hour: Hours) -> sun::Daylight {
        let all = &self.inner.daylight;
        all[(hour.0 as usize).min(all.len() - 1)]
    }

    /// Is a side's artillery kept from firing at a hex, by order of its own command?
    pub fn keeps_fire_from(&self, side: Side, hex: Hex) -> bool {
        self.map().at(hex).no_fire && self.inner.no_fire[side.index()]
    }

    /// Where boats put off, in the order of the file.
    pub fn crossings(&self) -> &[river::Crossing] {
        &self.inner.crossings
    }

    /// Barricades and chained pillboxes.
    pub fn siege(&self) -> &siege::Siege {
        &self.inner.siege
    }

    /// Figures of history.
    pub fn history(&self) -> &[HistoricalFigure] {
        &self.inner.history
    }
}
