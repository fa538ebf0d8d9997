//! Figures of history, as written, beside which the simulation's are shown.

use super::Confidence;
use crate::scenario::side::Side;
use serde::{Deserialize, Serialize};

/// A figure of history shown beside the simulation's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoricalFigureFile {
    /// `t01` ... `t15`, `h01` ... `h13` (stable).
    pub id: String,
    /// What it is, in a few words.
    pub text: String,
    /// What is measured in the simulation.
    pub measure: MeasureFile,
    /// The historical value: a number, or a local time.
    pub value: String,
    /// Plausible interval, same kind as `value`.
    pub low: String,
    /// Plausible interval, same kind as `value`.
    pub high: String,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// What is measured in the simulation, to set beside a historical figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum MeasureFile {
    /// Killed and wounded of a side up to a time (the end if none).
    KilledAndWounded {
        /// Whose.
        side: Side,
        /// Local time.
        until: Option<String>,
        /// Only losses suffered in fights at these places.
        #[serde(default)]
        at: Vec<String>,
    },
    /// Killed and wounded of one formation up to a time (the end if none).
    FormationLosses {
        /// The formation.
        formation: String,
        /// Local time.
        until: Option<String>,
    },
    /// The hour a side takes a place.
    Captured {
        /// The place.
        place: String,
        /// By whom.
        by: Side,
    },
    /// The hour of the first fight of a side against works of a line.
    FirstContact {
        /// Feature id of the line on the map.
        line: String,
        /// By whom.
        by: Side,
    },
    /// The hour a side first has a foothold in the wall, or holds the ground inside a gate.
    FirstFoothold {
        /// By whom.
        by: Side,
        /// Only at these gates; all if none is named.
        #[serde(default)]
        at: Vec<String>,
    },
    /// The hour the city is lost.
    CityLost,
    /// Share of a formation's men lost (killed, wounded, captured, hidden, drowned, shot).
    ShareLost {
        /// The formation.
        formation: String,
    },
    /// Men of a side captured or missing, or in the city out of uniform.
    CapturedOrHidden {
        /// Whose.
        side: Side,
    },
    /// Men of a side who got away with their units.
    BroughtOut {
        /// Whose.
        side: Side,
    },
    /// Men of some formations who got away, with their units or without.
    Escaped {
        /// The formations.
        formations: Vec<String>,
    },
    /// Share of a formation's men who got away, with their units or without.
    ShareEscaped {
        /// The formation.
        formation: String,
    },
    /// Longest distance any infantry unit of a side marched in one calendar day, km.
    BestMarch {
        /// Whose.
        side: Side,
    },
    /// Men of a side shot by their own side.
    ShotByOwnSide {
        /// Whose.
        side: Side,
    },
    /// Share of a side's divisions that have not received the order to break out by the hour at
    /// which the breakout is to begin.
    WithoutBreakoutOrder {
        /// Whose.
        side: Side,
    },
    /// Share of the formations under one (those with fighting units of their own) that came at the
    /// city from a range of bearings, of those that came so near the wall at all.
    CameFrom {
        /// The formation above them.
        formation: String,
        /// The place within the wall from which bearings are taken.
        seen_from: String,
        /// How near the wall, km.
        wall_km: f64,
        /// From the first clockwise to the second, degrees from north.
        bearings: (f64, f64),
    },
    /// Share of a side's hours of assault from a time on that were fought at some places.
    AssaultsAt {
        /// Whose.
        by: Side,
        /// Local time.
        from: String,
        /// The places.
        at: Vec<String>,
    },
    /// Does a side hold a place at a time? 1 or 0.
    HeldAt {
        /// The place.
        place: String,
        /// Who.
        by: Side,
        /// Local time.
        at: String,
    },
}
