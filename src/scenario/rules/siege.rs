//! Numbers of the siege: walls, moats, gates, ladders, mines, smoke (model §3.4, §3.13). Numbers only;
//! what they do is in `battle/phases/siege`.

use crate::scenario::file::Confidence;
use serde::{Deserialize, Serialize};

/// Walls, moats, gates, ladders, mines, smoke.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiegeRules {
    /// `b_art`: damage by a heavy battery in a turn of observed fire, a km of wall.
    pub heavy_battery: f64,
    /// `b_eng`: damage by an attempt of a company of engineers in a turn.
    pub engineer_attempt: f64,
    /// Shell mass from which guns count as heavy, kg.
    pub heavy_shell_kg: f64,
    /// What a battery of lighter guns counts against a wall.
    pub light_share: f64,
    /// Factor of unobserved fire on a wall.
    pub unobserved: f64,
    /// Factor of a gate's arch on damage.
    pub gate_arch: f64,
    /// Share of the damage that the defender's engineers repair in a turn.
    pub repair: f64,
    /// Men in a company of engineers: what makes one attempt.
    pub company_men: f64,
    /// Attempts that find room at one hexside.
    pub attempts: f64,
    /// Engineers lost in a turn of attempts under the wall.
    pub attempt_losses: f64,
    /// Light at which engineers can get to the wall unseen.
    pub dark_light: f64,
    /// Chance that a party that carries explosives loses its way in fog.
    pub fog_lost: f64,
    /// Men who pass a fresh breach, or a ladder, in a turn; doubles with each step it widens.
    pub breach_men: f64,
    /// Widest a breach gets, in steps.
    pub breach_widest: u32,
    /// Cost of climbing through rubble, km.
    pub breach_cost: f64,
    /// Factor on holding behind a broken wall.
    pub rubble: f64,
    /// Turns of engineers' work for a footbridge.
    pub bridge_turns: u32,
    /// Turns of engineers' work to clear a barricaded gate.
    pub opening_turns: u32,
    /// Men who pass a barricaded gate in an hour.
    pub barricade_men: f64,
    /// Men that a boat carries across a moat in an hour.
    pub boat_men: f64,
    /// Boats of a company of engineers.
    pub boats: f64,
    /// Men of a party with a ladder.
    pub ladder_party: u32,
    /// Men of a party that storms a breach.
    pub storm_party: u32,
    /// Log-odds of a party against men who cannot be shaken.
    pub party_base: f64,
    /// Per unit of what the defenders lack in training and cohesion.
    pub party_defenders: f64,
    /// In smoke.
    pub party_smoke: f64,
    /// With heights close by in own hands.
    pub party_overlook: f64,
    /// Through a breach instead of over the wall.
    pub party_breach: f64,
    /// Shares of the party lost on the ladder, least and most.
    pub ladder_losses: (f64, f64),
    /// Shares lost in the breach, least and most.
    pub breach_losses: (f64, f64),
    /// Most men who hold out in a lodgement.
    pub lodgement_most: u32,
    /// Hours for which smoke hangs.
    pub smoke_hours: u32,
    /// Men lost on entering a minefield by assault, share.
    pub mine_losses: f64,
    /// Cohesion lost with it.
    pub mine_cohesion: f64,
    /// Factor on the losses of men who flee through mines by night.
    pub mine_flight: f64,
    /// Cohesion they lose.
    pub mine_flight_cohesion: f64,
    /// Chance that engineers clear a minefield in a turn.
    pub mine_clearing: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}
