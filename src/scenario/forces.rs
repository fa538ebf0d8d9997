//! The order of battle as plain data: formations, units, kinds of troops.

use super::{calendar::Hours, file::Confidence, map::Hex, side::Side};
use serde::{Deserialize, Serialize};

/// Size of a unit or formation, smallest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Echelon {
    Platoon,
    Company,
    Battalion,
    Regiment,
    Brigade,
    Division,
    Corps,
    Army,
    ArmyGroup,
}

/// Arm of service: decides the symbol, the rate of march and what a unit can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Branch {
    Infantry,
    Cavalry,
    Engineer,
    Artillery,
    HeavyArtillery,
    AntiAircraft,
    Fortress,
    Armour,
    MilitaryPolice,
    Headquarters,
    Naval,
}

impl Branch {
    /// Guns: they bombard, and do not assault.
    pub fn is_guns(self) -> bool {
        matches!(
            self,
            Branch::Artillery
                | Branch::HeavyArtillery
                | Branch::AntiAircraft
                | Branch::Fortress
                | Branch::Naval
        )
    }

    /// Can it assault or hold ground in close combat as its task?
    pub fn can_assault(self) -> bool {
        matches!(
            self,
            Branch::Infantry
                | Branch::Cavalry
                | Branch::Engineer
                | Branch::Armour
                | Branch::MilitaryPolice
        )
    }

    /// Fixed guns never move.
    pub fn is_fixed(self) -> bool {
        matches!(self, Branch::Fortress)
    }
}

/// What a plan asks of a formation at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PlanTask {
    /// Go there and take it.
    Seize,
    /// Go there and hold it.
    Hold,
    /// Hold it as long as that costs little, then fall back.
    Delay,
    /// Stay behind it at the command's disposal.
    Reserve,
    /// Break off and go there.
    Withdraw,
}

/// Figures that all units of a kind of troops share. Data per formation, never per nation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TroopFigures {
    /// Fire per man with organic machine-guns and mortars; a Japanese rifle battalion is 1.0
    /// (model §3.1, `w`).
    pub weight: f64,
    /// Cohesion at the start, 0 to 1 (model §3.9, `C0`).
    pub cohesion: f64,
    /// Share of killed among killed and wounded while the position is kept (model §3.9).
    pub killed_share_held: f64,
    /// The same when the position is lost and the wounded cannot be brought away.
    pub killed_share_lost: f64,
    /// Scale on men who fight to the end when cut off (model §3.7, `stand_scale`).
    pub stand_scale: f64,
    /// Scale on men who surrender or slip away (model §3.7, `surrender_scale`).
    pub surrender_scale: f64,
    /// Willingness to attack on ahead of guns and supply, 0 to 1.
    pub drive: f64,
}

/// A kind of troops.
#[derive(Clone, Debug, PartialEq)]
pub struct Troops {
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

/// Ordinal of a formation in the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FormationId(pub u32);

/// Ordinal of a unit in the scenario: in order of text id, so that the order of rows in the file
/// does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnitId(pub u32);

/// A formation.
#[derive(Clone, Debug, PartialEq)]
pub struct Formation {
    /// Stable text id.
    pub text_id: String,
    /// Name in English.
    pub name: String,
    /// Name in the army's own script.
    pub name_local: String,
    /// Whose it is.
    pub side: Side,
    /// The formation above it.
    pub parent: Option<FormationId>,
    /// Its size.
    pub echelon: Echelon,
    /// Its commander.
    pub commander: String,
    /// Its plan, in order of time; empty: it follows its parent's.
    pub plan: Vec<PlanEntry>,
    /// How it is commanded, if the scenario says so of itself.
    pub staff: Option<super::command::Staff>,
    /// Where the row comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Remark.
    pub note: String,
}

/// One entry of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanEntry {
    /// In force from this hour of the battle on.
    pub from: Hours,
    /// What to do.
    pub task: PlanTask,
    /// Index of the place in [`super::map::HexMap::places`].
    pub place: usize,
    /// Where it comes from.
    pub source: String,
}

/// A unit as the scenario describes it, at the chosen strength estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Stable text id.
    pub text_id: String,
    /// FNV-64 of the text id: names the unit to the dice.
    pub key: u64,
    /// Name in English.
    pub name: String,
    /// Name in the army's own script.
    pub name_local: String,
    /// Whose it is.
    pub side: Side,
    /// The formation it belongs to.
    pub formation: FormationId,
    /// Arm of service.
    pub branch: Branch,
    /// Its size.
    pub echelon: Echelon,
    /// Index in [`super::Scenario::troops`].
    pub troops: usize,
    /// Men, (low, high), before the strength estimate.
    pub men_range: (u32, u32),
    /// Men at the chosen strength estimate.
    pub men: u32,
    /// Recruits among them.
    pub recruits: u32,
    /// Fresh men among them.
    pub fresh: u32,
    /// Parties of recruits still on their way when the unit begins, in order of time.
    pub drafts: Vec<Draft>,
    /// Guns.
    pub guns: u32,
    /// Index in [`super::rules::Rules::guns`], if it fires missions of its own.
    pub gun_class: Option<usize>,
    /// Tanks and armoured cars.
    pub tanks: u32,
    /// Anti-tank guns.
    pub anti_tank: u32,
    /// Training and leadership, 1 to 10, of the trained men.
    pub quality: u32,
    /// Commander.
    pub commander: String,
    /// Where it enters.
    pub start_hex: Hex,
    /// When it enters: hour 0 for units on the map at the start.
    pub start_hour: Hours,
    /// If the hour is drawn: the earliest and the latest.
    pub start_between: Option<(Hours, Hours)>,
    /// Where the row comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Remark.
    pub note: String,
}

/// A party of recruits on its way to a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// How many.
    pub men: u32,
    /// When they can join it.
    pub at: Hours,
}

/// Ordinal of an air group in the scenario, in order of text id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AirGroupId(pub u16);

/// An air group: off the map, with so many sorties a day.
#[derive(Clone, Debug, PartialEq)]
pub struct AirGroup {
    /// Stable text id.
    pub text_id: String,
    /// FNV-64 of the text id: names the group to the dice.
    pub key: u64,
    /// Name in English.
    pub name: String,
    /// Whose it is.
    pub side: Side,
    /// Sorties on a clear day.
    pub sorties_per_day: f64,
    /// From this hour on.
    pub from: Hours,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

impl Unit {
    /// Recruits who are not with the unit when it begins.
    pub fn drafted(&self) -> u32 {
        self.drafts.iter().map(|d| d.men).sum()
    }

    /// The factor `q` of model §3.1: `0.10 + 0.1125 x quality`, recruits counted at quality 2.
    pub fn quality_factor(&self) -> f64 {
        self.quality_without(0)
    }

    /// The same while so many of its recruits are still on their way.
    pub fn quality_without(&self, waiting: u32) -> f64 {
        let q = |quality: f64| 0.10 + 0.1125 * quality;
        let waiting = waiting.min(self.recruits);
        let all = f64::from((self.men - waiting.min(self.men)).max(1));
        let recruits = f64::from((self.recruits - waiting).min(self.men - waiting.min(self.men)));
        (q(f64::from(self.quality)) * (all - recruits)
            + q(2.0_f64.min(f64::from(self.quality))) * recruits)
            / all
    }
}

/// FNV-1a, 64 bit: stable across machines and versions.
pub fn fnv64(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
