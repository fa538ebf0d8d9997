//! Why a number is what it is: a base, named factors or log-odds, the result, and the roll.
//!
//! Preview, resolution and explanation read the same list, so that the odds shown are the odds
//! used.

use super::dice::RollKey;
use crate::scenario::{Hex, Rules};
use serde::{Deserialize, Serialize};

/// What was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WhyKind {
    /// Effective power of a stack (a product).
    Power,
    /// Losses of a stack in an hour of ground combat (a product).
    Loss,
    /// Does the defender give way? (a sum of log-odds for four hours).
    Yield,
    /// Losses of a stack under bombardment (a product).
    Shelling,
    /// Does ground catch fire? (a product, the chance).
    Kindling,
    /// Is the wall breached this turn? (a product: the hazard).
    Breach,
    /// Does a party gain a foothold? (a sum of log-odds).
    Party,
    /// Does a headquarters keep to the older of two directives? (the chance).
    KeepsOlder,
    /// Does a headquarters act on its own accord? (the chance).
    OwnAccord,
    /// How many do barrier troops shoot? (a product).
    BarrierShot,
    /// Are barrier troops run down? (a sum of log-odds).
    BarrierBroken,
    /// Men whom boats bring across in an hour (a product).
    Crossing,
    /// Men who get across on rafts and timber (a product).
    Swimming,
}

impl WhyKind {
    /// Are its terms added up, as log-odds, rather than multiplied?
    pub fn is_sum(self) -> bool {
        matches!(
            self,
            WhyKind::Yield | WhyKind::Party | WhyKind::BarrierBroken
        )
    }
}

/// A named factor or log-odds term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Term {
    // power
    MenEngaged,
    Weight,
    Quality,
    Cohesion,
    Fatigue,
    Supply,
    Ammunition,
    Suppression,
    CombinedArms,
    Support,
    Handicap,
    // losses
    EnemyPower,
    Posture,
    Light,
    Works,
    Height,
    Crossing,
    Cover,
    Flight,
    Luck,
    Crowding,
    // yielding
    Ratio,
    CohesionLost,
    Flank,
    RecentLosses,
    Tanks,
    HoldOrder,
    // shelling
    Rounds,
    ShellWeight,
    Exposure,
    Observation,
    Night,
    Fog,
    // neighbouring works
    NeighbourWorks,
    // fires
    Tinder,
    FiresBeside,
    Razed,
    // walls
    GateArch,
    WallLength,
    EarlierDamage,
    Defenders,
    Smoke,
    Overlooked,
    Breach,
    // barriers
    ShareShot,
    Crowd,
    CrowdTanks,
    // boats and water
    Loading,
    Panic,
    Pier,
    LandingLost,
    Waiting,
    Overload,
    Blockade,
    BankFire,
    ColdWater,
}

impl Term {
    /// Name for people.
    pub fn label(self) -> &'static str {
        match self {
            Term::MenEngaged => "men who can engage",
            Term::Weight => "weapons a man",
            Term::Quality => "training and leadership",
            Term::Cohesion => "cohesion",
            Term::Fatigue => "fatigue",
            Term::Supply => "supply",
            Term::Ammunition => "ammunition",
            Term::Suppression => "suppressed by shelling",
            Term::CombinedArms => "guns and engineers with the infantry",
            Term::Support => "batteries in support",
            Term::Handicap => "handicap, set at the start",
            Term::EnemyPower => "enemy power",
            Term::Posture => "intensity of the fight",
            Term::Light => "light",
            Term::Works => "works",
            Term::Height => "height",
            Term::Crossing => "stream, moat or gate to cross",
            Term::Cover => "woods or houses",
            Term::Flight => "in flight",
            Term::Luck => "chance",
            Term::Crowding => "crowded hex",
            Term::Ratio => "power ratio",
            Term::CohesionLost => "cohesion lost",
            Term::Flank => "attacked from several sides, or cut off",
            Term::RecentLosses => "losses of the last four hours",
            Term::Tanks => "tanks without an answer",
            Term::HoldOrder => "\"not one step back\"",
            Term::Rounds => "rounds fired",
            Term::ShellWeight => "weight of shell",
            Term::Exposure => "cover from shells",
            Term::Observation => "observed fire",
            Term::Night => "night",
            Term::Fog => "fog",
            Term::NeighbourWorks => "fire from the works beside it",
            Term::Tinder => "how readily the ground burns",
            Term::FiresBeside => "fires beside it",
            Term::Razed => "houses razed by order",
            Term::GateArch => "a gate's arch, not the full wall",
            Term::WallLength => "length of wall",
            Term::EarlierDamage => "damage done before",
            Term::Defenders => "defenders short of training or cohesion",
            Term::Smoke => "smoke before the wall",
            Term::Overlooked => "heights over the wall in own hands",
            Term::Breach => "through a breach, not over the wall",
            Term::ShareShot => "share of a body that is shot",
            Term::Crowd => "those who press on, for each man of the barrier",
            Term::CrowdTanks => "tanks among them",
            Term::Loading => "boats loaded in order",
            Term::Panic => "boats loaded in panic",
            Term::Pier => "room at the piers",
            Term::LandingLost => "nobody can land over there",
            Term::Waiting => "fewer men waiting than places",
            Term::Overload => "overloaded boats that sink",
            Term::Blockade => "enemy ships on the river",
            Term::BankFire => "fire from the banks",
            Term::ColdWater => "cold and current",
        }
    }

    /// Where the rule's number comes from.
    pub fn source(self, rules: &Rules) -> &str {
        match self {
            Term::Handicap => "chosen by those who play; no part of the scenario",
            Term::MenEngaged
            | Term::Weight
            | Term::Quality
            | Term::Cohesion
            | Term::Fatigue
            | Term::Supply
            | Term::Ammunition
            | Term::CombinedArms
            | Term::Support
            | Term::Crowding => &rules.power.source,
            Term::EnemyPower
            | Term::Posture
            | Term::Light
            | Term::Works
            | Term::Height
            | Term::Crossing
            | Term::Cover
            | Term::Flight
            | Term::NeighbourWorks
            | Term::Luck => &rules.fire.source,
            Term::Ratio
            | Term::CohesionLost
            | Term::Flank
            | Term::RecentLosses
            | Term::Tanks
            | Term::HoldOrder => &rules.hold.source,
            Term::Suppression
            | Term::Rounds
            | Term::ShellWeight
            | Term::Exposure
            | Term::Observation
            | Term::Night => &rules.bombardment.source,
            Term::Fog => &rules.weather.source,
            Term::Tinder | Term::FiresBeside | Term::Razed => &rules.blaze.source,
            Term::GateArch
            | Term::WallLength
            | Term::EarlierDamage
            | Term::Defenders
            | Term::Smoke
            | Term::Overlooked
            | Term::Breach => &rules.siege.source,
            Term::ShareShot | Term::Crowd | Term::CrowdTanks => &rules.command.source,
            Term::Loading
            | Term::Panic
            | Term::Pier
            | Term::LandingLost
            | Term::Waiting
            | Term::Overload
            | Term::Blockade
            | Term::BankFire
            | Term::ColdWater => &rules.escape.source,
        }
    }
}

/// An explained result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// What was computed.
    pub kind: WhyKind,
    /// Where.
    pub at: Hex,
    /// What it starts from.
    pub base: f64,
    /// Factors (log-odds to add where [`WhyKind::is_sum`]) in order of use.
    pub terms: Vec<(Term, f64)>,
    /// Base times all factors (or plus all terms).
    pub result: f64,
    /// The probability, where one was rolled against.
    pub probability: Option<f64>,
    /// The roll.
    pub roll: Option<f64>,
    /// The roll's name.
    pub key: Option<RollKey>,
}

impl Why {
    /// Begins a product.
    pub fn product(kind: WhyKind, at: Hex, base: f64) -> Self {
        Self {
            kind,
            at,
            base,
            terms: Vec::with_capacity(10),
            result: base,
            probability: None,
            roll: None,
            key: None,
        }
    }

    /// Multiplies by a factor and notes it, unless it is 1.
    pub fn times(&mut self, term: Term, factor: f64) {
        self.result *= factor;
        if factor != 1.0 {
            self.terms.push((term, factor));
        }
    }

    /// Adds log-odds and notes them, unless they are 0.
    pub fn plus(&mut self, term: Term, log_odds: f64) {
        self.result += log_odds;
        if log_odds != 0.0 {
            self.terms.push((term, log_odds));
        }
    }
}
