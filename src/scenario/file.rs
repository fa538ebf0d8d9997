//! `ScenarioFile`: exactly what stands in a scenario's RON file. A draft: it may be wrong.
//!
//! Ids, dates and places are strings here, so that one bad value never hides the rest;
//! [`super::validate`] turns the draft into a [`super::Scenario`] or lists every problem.

use super::{forces::*, side::Side};
use serde::{Deserialize, Serialize};

mod history;
mod theatre;

pub use history::{HistoricalFigureFile, MeasureFile};
pub use theatre::{AirGroupFile, Belt, DraftFile, EngagementFile, ScorchFile};

/// The format number this program writes and reads.
pub const FORMAT: u32 = 1;

/// How sure we are of a datum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Confidence {
    /// The primary source (the article) says so.
    High,
    /// Published elsewhere and named.
    Medium,
    /// Our estimate or reading.
    Low,
}

/// A whole scenario as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Scenario", deny_unknown_fields)]
pub struct ScenarioFile {
    /// Must be [`FORMAT`].
    pub format: u32,
    /// Stable id, lower case, as in the file's name.
    pub id: String,
    /// Title in English.
    pub title: String,
    /// Title in Chinese, traditional characters.
    #[serde(default)]
    pub title_zh: String,
    /// A few paragraphs read before the battle.
    pub briefing: String,
    /// Works named by `source` fields, with what they are.
    pub bibliography: Vec<WorkFile>,
    /// Which map, at which hex size, which part of it.
    pub map: MapChoiceFile,
    /// Places that only this scenario needs, beside the map's own.
    #[serde(default)]
    pub places: Vec<super::map::file::PlaceFile>,
    /// Path of the rules file, from this file's folder or else the collection's root.
    pub rules: String,
    /// Local time of the first hour, `1937-12-05T05:00`.
    pub start: String,
    /// Number of turns after which the battle ends in any case.
    pub turns: u32,
    /// When the city counts as lost; `None` for battles outside it.
    #[serde(default)]
    pub city: Option<CityFile>,
    /// Both sides.
    pub sides: SidesFile,
    /// Kinds of troops, by id: figures that all units of the kind share.
    pub troops: Vec<TroopsFile>,
    /// The order of battle above the units: corps, divisions, brigades.
    pub formations: Vec<FormationFile>,
    /// Units on the map: battalions, regiments, batteries, companies.
    pub units: Vec<UnitFile>,
    /// Depots and map-edge sources of supply.
    pub supply: Vec<SupplySourceFile>,
    /// Places that both sides want, with their worth.
    pub objectives: Vec<ObjectiveFile>,
    /// Hexes (by place) that the named side controls at the start although no unit stands there.
    #[serde(default)]
    pub control: Vec<ControlFile>,
    /// Ground that a side lays waste before the enemy.
    #[serde(default)]
    pub scorched_earth: Vec<ScorchFile>,
    /// Gates barricaded from a date on.
    #[serde(default)]
    pub barricades: Option<super::siege::BarricadeFile>,
    /// Troops posted to stop those who go back without permission.
    #[serde(default)]
    pub barriers: Vec<super::command::BarrierFile>,
    /// Works whose pillboxes were chained from outside.
    #[serde(default)]
    pub chained: Vec<super::siege::ChainedFile>,
    /// Where boats put off to cross wide water.
    #[serde(default)]
    pub crossings: Vec<super::river::CrossingFile>,
    /// What happens when, beside the plans of both sides.
    #[serde(default)]
    pub events: Vec<super::events::file::EventFile>,
    /// Orders that a computer commander gives to some of its forces, whatever it thinks: for lessons.
    #[serde(default)]
    pub script: Vec<super::script::ScriptFile>,
    /// What followed, day by day: read after the battle, never simulated.
    #[serde(default)]
    pub afterwards: Vec<AfterwardsFile>,
    /// Figures of history shown beside the simulation.
    #[serde(default)]
    pub history: Vec<HistoricalFigureFile>,
}

/// A day of what followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AfterwardsFile {
    /// The day, or the first of the days, as people write it: `17 December 1937`.
    pub date: String,
    /// What happened.
    pub text: String,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// One work of the bibliography.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkFile {
    /// Short id used in `source` fields.
    pub id: String,
    /// What it is.
    pub text: String,
}

/// Map file, hex size and window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapChoiceFile {
    /// Path of the map file, from the scenario file's folder or else the collection's root.
    pub file: String,
    /// Distance between the centres of neighbouring hexes, km.
    pub hex_km: f64,
    /// Part of the map to fight on; the whole map if absent.
    #[serde(default)]
    pub window: Option<WindowFile>,
}

/// A part of the earth's surface in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowFile {
    /// Western edge, degrees of longitude.
    pub west: f64,
    /// Eastern edge, degrees of longitude.
    pub east: f64,
    /// Southern edge, degrees of latitude.
    pub south: f64,
    /// Northern edge, degrees of latitude.
    pub north: f64,
}

/// When the city counts as lost (model §0).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CityFile {
    /// The side that holds the city at the start.
    pub held_by: Side,
    /// So many gates in the attacker's hands ...
    pub gates: u32,
    /// ... and this place, or no formed defender inside the wall: the city is lost.
    pub centre: String,
    /// The battle ends so many hours later.
    pub hours_after: u32,
    /// Where these figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Both sides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SidesFile {
    /// The defenders.
    pub china: SideFile,
    /// The attackers.
    pub japan: SideFile,
}

/// One side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SideFile {
    /// Its name in this battle.
    pub name: String,
    /// Who stands above its command, outside the battle; empty: nobody is named.
    #[serde(default)]
    pub superior: String,
    /// Rival estimates of its strength, of equal rank.
    pub strengths: Vec<StrengthFile>,
    /// Id of the estimate a new battle opens with.
    pub opens_with: String,
    /// Why that one.
    pub opens_because: String,
    /// Habits of its command.
    pub doctrine: Doctrine,
    /// When its computer command gives the city up.
    #[serde(default)]
    pub breakout: Option<super::command::BreakoutFile>,
    /// Rules of engagement its command has laid down, if any.
    #[serde(default)]
    pub engagement: Option<EngagementFile>,
    /// Air groups that fly for it.
    #[serde(default)]
    pub air: Vec<AirGroupFile>,
    /// Men who belong to the army but are not on the map.
    #[serde(default)]
    pub off_map: Vec<OffMapFile>,
}

/// A named estimate of a side's strength.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StrengthFile {
    /// Stable id.
    pub id: String,
    /// Whose estimate.
    pub name: String,
    /// The estimate's own total of men, (low, high); equal if it is one figure.
    pub total: (u32, u32),
    /// Where in each unit's (low, high) range it stands: 0 low, 1 high.
    pub within_range: f64,
    /// Factor applied afterwards to every unit.
    pub factor: f64,
    /// Where the estimate comes from.
    pub source: String,
    /// How sure we are of the source (not of the estimate).
    pub confidence: Confidence,
}

/// Habits of a side's command, 0 to 1 (model §7.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doctrine {
    /// Readiness to attack at poor odds.
    pub aggression: f64,
    /// Chance that a unit ordered to hold does so whatever comes ("not one step back").
    pub hold_to_death: f64,
    /// Readiness to strike back at lost ground.
    pub counterattack: f64,
    /// Share of the force kept back.
    pub reserve: f64,
    /// Readiness to attack by night.
    pub night_attack: f64,
    /// Share of the force that may be lost in an attack before it is let go.
    pub loss_tolerance: f64,
    /// How often a formation that has taken what it was to take goes on before the hour of its plan.
    #[serde(default)]
    pub phase_line_disobey: f64,
    /// How often it does so for the sake of being first, where troops of another command are as near.
    #[serde(default)]
    pub rivalry: f64,
    /// May units withdraw without an order to do so?
    pub withdrawal_permitted: bool,
    /// Where these judgements come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Part of an army that is not on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OffMapFile {
    /// Stable id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Men, (low, high).
    pub men: (u32, u32),
    /// Not part of the army's total as the estimates count it (navy, police, allies).
    #[serde(default)]
    pub outside_total: bool,
    /// Where the figure comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Remark.
    #[serde(default)]
    pub note: String,
}

/// A kind of troops.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TroopsFile {
    /// Stable id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// The figures.
    pub figures: TroopFigures,
    /// Where they come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A formation: army, corps, division, brigade, detachment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormationFile {
    /// Stable id.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in the army's own script.
    #[serde(default)]
    pub name_local: String,
    /// Whose it is.
    pub side: Side,
    /// The formation above it; none at the top.
    #[serde(default)]
    pub parent: Option<String>,
    /// Its size.
    pub echelon: Echelon,
    /// Its commander.
    #[serde(default)]
    pub commander: String,
    /// The operation plan it starts with, in order of time. Subordinates without a plan of their
    /// own follow their parent's.
    #[serde(default)]
    pub plan: Vec<PlanFile>,
    /// How it is commanded; as the formation above, if absent.
    #[serde(default)]
    pub staff: Option<super::command::StaffFile>,
    /// Where the row comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Remark.
    #[serde(default)]
    pub note: String,
}

/// One entry of a plan: what a side's command intends from a date on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    /// In force from this local time on.
    pub from: String,
    /// What to do there.
    pub task: PlanTask,
    /// The place.
    pub at: String,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A unit: a counter on the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFile {
    /// Stable id; the unit's luck hangs on it, so never reuse one.
    pub id: String,
    /// Name in English.
    pub name: String,
    /// Name in the army's own script.
    #[serde(default)]
    pub name_local: String,
    /// The formation it belongs to; its side is the unit's.
    pub formation: String,
    /// Arm of service.
    pub branch: Branch,
    /// Its size.
    pub echelon: Echelon,
    /// Kind of troops.
    pub troops: String,
    /// Men, (low, high).
    pub men: (u32, u32),
    /// Barely trained recruits among them.
    #[serde(default)]
    pub recruits: u32,
    /// Fresh men among them, brought from Hankou.
    #[serde(default)]
    pub fresh: u32,
    /// Parties of these recruits who are still on their way when the unit begins.
    #[serde(default)]
    pub drafts: Vec<DraftFile>,
    /// Guns.
    #[serde(default)]
    pub guns: u32,
    /// Key of the gun class in the rules, if it has guns that fire missions of their own.
    #[serde(default)]
    pub gun_class: Option<String>,
    /// Tanks and armoured cars.
    #[serde(default)]
    pub tanks: u32,
    /// Anti-tank guns.
    #[serde(default)]
    pub anti_tank: u32,
    /// On the map, but not among the men whom the strength estimates count.
    #[serde(default)]
    pub outside_total: bool,
    /// Training and leadership, 1 to 10.
    pub quality: u32,
    /// Commander.
    #[serde(default)]
    pub commander: String,
    /// Where and when it enters the battle.
    pub start: StartFile,
    /// Where the row comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Remark, with rival figures.
    #[serde(default)]
    pub note: String,
}

/// Where and when a unit enters the battle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum StartFile {
    /// On the map at the start, at or near this place (model §2, Set-up).
    At(String),
    /// Arrives at this place at this local time.
    Arrives {
        /// Place on the map.
        place: String,
        /// Local time; the likeliest, if it is drawn.
        at: String,
        /// The hour is drawn between these two (a triangle with its top at `at`).
        #[serde(default)]
        between: Option<(String, String)>,
    },
}

/// A source of supply.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplySourceFile {
    /// Stable id.
    pub id: String,
    /// Whom it feeds.
    pub side: Side,
    /// Where it stands.
    pub place: String,
    /// Kilometres of cost already spent beyond it (0 for a depot).
    pub cost_km: f64,
    /// Does it stand inside the city wall and serve only while the city holds?
    #[serde(default)]
    pub magazine: bool,
    /// From this local time on, if not from the start.
    #[serde(default)]
    pub from: Option<String>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A place worth fighting for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveFile {
    /// The place.
    pub place: String,
    /// Its worth to China's command, relative.
    pub china: f64,
    /// Its worth to Japan's command, relative.
    pub japan: f64,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Ground held at the start although no unit stands there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlFile {
    /// The centre.
    pub place: String,
    /// All land within this distance, km.
    pub radius_km: f64,
    /// Whose it is.
    pub side: Side,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}
