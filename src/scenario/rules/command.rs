//! Numbers of command: how long orders take, how lines are cut, how headquarters and barriers behave
//! (model §3.11). Numbers only; what they do is in `battle/command`.

use crate::scenario::file::Confidence;
use serde::{Deserialize, Serialize};

/// Orders, lines, headquarters, barriers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommandRules {
    /// Mean hours for an order from one headquarters to the next by wire.
    pub wire_hours: f64,
    /// By radio.
    pub radio_hours: f64,
    /// By runner.
    pub runner_hours: f64,
    /// To a headquarters that is cut off.
    pub cut_hours: f64,
    /// Chance in a turn that the wire of a headquarters under shells or bombs is cut.
    pub line_cut: f64,
    /// Suppression from which a headquarters counts as under fire.
    pub under_fire: f64,
    /// Chance in a turn that a broken wire is mended.
    pub line_mended: f64,
    /// A headquarters that has moved so far needs a new wire, km.
    pub new_wire_km: f64,
    /// Chance that an order arrives garbled ...
    pub garbled: f64,
    /// ... and has to be asked for again, which takes so many hours.
    pub garbled_hours: f64,
    /// Directives of two superiors issued within so many hours contradict each other ...
    pub conflict_within_hours: f64,
    /// ... and with this chance a headquarters keeps to the older one; ...
    pub keeps_older: f64,
    /// ... for so many hours ...
    pub conflict_hours: f64,
    /// ... its units lose this much cohesion a turn.
    pub conflict_cohesion: f64,
    /// Initiative above which a headquarters may act on its own accord.
    pub initiative: f64,
    /// Chance in a turn that it does, once it hears that all is lost.
    pub own_accord: f64,
    /// How fast such a rumour spreads, km an hour.
    pub rumour_km_hour: f64,
    /// Reach of barrier troops, km.
    pub barrier_km: f64,
    /// Chance that a body that comes to them goes through all the same.
    pub barrier_passed: f64,
    /// Share of such a body that they shoot.
    pub barrier_shot: f64,
    /// Log-odds in a turn that they are run down, by as many as they are ...
    pub barrier_base: f64,
    /// ... more for each e-fold of the crowd before them ...
    pub barrier_crowd: f64,
    /// ... and with tanks among it.
    pub barrier_tanks: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}
