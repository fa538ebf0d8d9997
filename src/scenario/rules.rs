//! Numbers and tables of the rules. The logic is in `battle/phases`; every tunable number is here
//! and in `scenarios/rules/*.ron`, with its source. Rates are per km and hour and are converted to
//! the scenario's hex size where they are used (model §2, scale rule).

use super::{
    file::Confidence,
    map::{Terrain, WorksLevel},
};
use serde::{Deserialize, Serialize};

mod air;
mod blaze;
mod command;
mod escape;
mod light;
mod siege;

pub use air::{AirRules, DraftRules};
pub use blaze::BlazeRules;
pub use command::CommandRules;
pub use escape::{BoatKind, EscapeRules};
pub use light::LightRules;
pub use siege::SiegeRules;

/// A rules file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Must be [`super::file::FORMAT`].
    pub format: u32,
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Effective power (model §3.1).
    pub power: PowerRules,
    /// The fire exchange (model §3.2).
    pub fire: FireRules,
    /// Bombardment (model §3.3).
    pub bombardment: BombardmentRules,
    /// Classes of guns that fire missions of their own.
    pub guns: Vec<GunClass>,
    /// Movement (model §3.4).
    pub movement: MovementRules,
    /// Cost and cover of each terrain.
    pub terrain: Vec<TerrainRules>,
    /// Observation (model §3.5).
    pub observation: ObservationRules,
    /// Holding ground (model §3.6).
    pub hold: HoldRules,
    /// What happens on yielding (model §3.7).
    pub yielding: YieldRules,
    /// Voluntary withdrawal (model §3.8).
    pub withdrawal: WithdrawalRules,
    /// Cohesion, rout, dissolution (model §3.9).
    pub morale: MoraleRules,
    /// Supply and ammunition (model §3.10).
    pub supply: SupplyRules,
    /// Walls, moats, gates, mines (model §3.13).
    pub siege: SiegeRules,
    /// Light by the height of the sun.
    pub light: LightRules,
    /// Weather.
    pub weather: WeatherRules,
    /// Air attack (model §3.3).
    pub air: AirRules,
    /// Fires, and ground laid waste.
    pub blaze: BlazeRules,
    /// Recruits who join units under way.
    pub drafts: DraftRules,
    /// Orders, headquarters, barriers (model §3.11).
    pub command: CommandRules,
    /// Collapse, crowds, boats (model §3.9, §3.14, §3.15).
    pub escape: EscapeRules,
}

/// Effective power.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PowerRules {
    /// Men who can fight on one attacked hexside, per km of hex size.
    pub frontage_attack: f64,
    /// Men who can fight in defence of one hex, per km of hex size.
    pub frontage_defence: f64,
    /// Men who stand in a hex before area fire bites harder, per km.
    pub stack_soft: f64,
    /// Men who can be in a hex, per km.
    pub stack_hard: f64,
    /// Rifle-men equivalents of a tank.
    pub tank_men: f64,
    /// Bonus of guns with infantry.
    pub arms_guns: f64,
    /// Bonus of engineers with infantry.
    pub arms_engineers: f64,
    /// Largest bonus of batteries in direct support ...
    pub support_bonus: f64,
    /// ... reached with this many batteries on the hex.
    pub support_batteries: f64,
    /// Guns that make a battery.
    pub battery_guns: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// The fire exchange.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FireRules {
    /// `lam`: losses per day at full assault, no cover, parity.
    pub lethality_per_day: f64,
    /// `W`: Lanchester exponent; 1 square, 0.5 linear, 0 log law.
    pub exponent: f64,
    /// `sig`: spread of the lognormal noise, one draw per contact and turn.
    pub spread: f64,
    /// Intensity of an assault.
    pub intensity_assault: f64,
    /// Intensity of mere adjacency.
    pub intensity_contact: f64,
    /// Light factor of a deliberate night attack.
    pub night_attack_light: f64,
    /// Exposure of an attacker in the open.
    pub attack_open: f64,
    /// Exposure of an attacker against prepared works.
    pub attack_prepared: f64,
    /// `X_fort`: exposure of an attacker against fortified works.
    pub attack_fortified: f64,
    /// The same once engineers are with him.
    pub attack_fortified_engineers: f64,
    /// Factor uphill.
    pub attack_uphill: f64,
    /// Factor across a stream without a bridge.
    pub attack_stream: f64,
    /// Exposure through a moat or an opened gate.
    pub attack_gate: f64,
    /// Exposure of a defender without works, and behind each level of works.
    pub defend_none: f64,
    /// Hasty works.
    pub defend_hasty: f64,
    /// Prepared works.
    pub defend_prepared: f64,
    /// `E_fort`: fortified works.
    pub defend_fortified: f64,
    /// Behind the parapet of the city wall.
    pub defend_wall: f64,
    /// Factor of wood or houses for the defender.
    pub defend_cover: f64,
    /// Share by which each manned work beside the one attacked adds to the defenders' fire ...
    pub neighbour_works: f64,
    /// ... and how many count.
    pub neighbours_most: u32,
    /// Exposure of men in flight.
    pub routed: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Bombardment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BombardmentRules {
    /// Lethal area of a 75 mm shell against standing men, m2.
    pub lethal_area_m2: f64,
    /// Shell mass that counts as 1, kg.
    pub shell_kg: f64,
    /// Exposure in the open.
    pub exposure_open: f64,
    /// Exposure of men lying down (under fire, no works).
    pub exposure_prone: f64,
    /// Exposure in trenches.
    pub exposure_trench: f64,
    /// Exposure in pillboxes.
    pub exposure_pillbox: f64,
    /// Area over which observed fire falls, km2.
    pub area_observed_km2: f64,
    /// Area over which unobserved fire falls, km2.
    pub area_unobserved_km2: f64,
    /// Largest suppression.
    pub suppression_max: f64,
    /// Rounds that bring two thirds of it.
    pub suppression_rounds: f64,
    /// Factor of unobserved fire on suppression.
    pub suppression_unobserved: f64,
    /// Factor on suppression in trenches.
    pub suppression_trench: f64,
    /// Factor on suppression in pillboxes.
    pub suppression_pillbox: f64,
    /// Share of suppression that passes in a turn.
    pub suppression_recovery: f64,
    /// Factor of night on shells.
    pub night: f64,
    /// How far an observer on a height sees fall of shot, km ...
    pub observer_km: f64,
    /// ... which stands so far above it, metres ...
    pub observer_height_m: f64,
    /// ... and how far one on the plain sees it, km.
    pub observer_plain_km: f64,
    /// Share of their full rate at which guns serve a fight they support, so as to last.
    pub sustained: f64,
    /// Chance in an hour that guns which fire are located by the enemy.
    pub flash: f64,
    /// How far from the channel ships' guns are aimed inland, km.
    pub naval_km: f64,
    /// How far from a ship nobody crosses the river, km.
    pub blockade_km: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// A class of guns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GunClass {
    /// Stable id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Range, km.
    pub range_km: f64,
    /// Mass of the shell, kg.
    pub shell_kg: f64,
    /// Rounds a gun fires in an hour of a mission.
    pub rounds_per_hour: f64,
    /// Rounds a gun has at the start.
    pub stock: f64,
    /// Rounds a gun gets in a day with a full line of supply.
    pub resupply_per_day: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Movement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementRules {
    /// Foot in column on a road, km in an hour, halts included.
    pub foot_column: f64,
    /// Foot deployed or across country, km in an hour at cost 1.
    pub foot_tactical: f64,
    /// Guns and horse transport, km in an hour.
    pub guns: f64,
    /// Motors and tanks on a road.
    pub motor_road: f64,
    /// Motors and tanks off it.
    pub motor_tactical: f64,
    /// Factor on minutes by night.
    pub night: f64,
    /// Hours of marching in any 24, normal.
    pub march_hours: u32,
    /// Hours of marching in any 24, forced.
    pub march_hours_forced: u32,
    /// Extra cost of a stream without a bridge, in km of open road.
    pub stream_cost: f64,
    /// Men who pass a road hex in an hour.
    pub road_capacity: f64,
    /// Largest extra cost of entering a zone of control, km.
    pub zone_cost: f64,
    /// Formed men, per km of hex size, whose zone of control is full.
    pub zone_men: f64,
    /// Chance a hexside of slipping from one enemy zone to the next by night.
    pub infiltration: f64,
    /// Men who pass a gate in an hour (it is open or own).
    pub gate_capacity: f64,
    /// Fatigue per km marched.
    pub fatigue_per_km: f64,
    /// Fatigue per hour of assault.
    pub fatigue_per_assault_hour: f64,
    /// Fatigue that passes in an hour of rest with full supply.
    pub rest_per_hour: f64,
    /// Fatigue above which marching slows.
    pub fatigue_slow_above: f64,
    /// How much of the rate is lost at fatigue 1.
    pub fatigue_slow: f64,
    /// Stragglers per man and km, rested.
    pub straggle_per_km: f64,
    /// Growth of straggling with the square of fatigue.
    pub straggle_fatigue: f64,
    /// Share of a unit off the road by night that becomes disordered in an hour.
    pub night_disorder: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// One terrain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TerrainRules {
    /// Which.
    pub terrain: Terrain,
    /// Cost per km off the road; `None`: impassable.
    pub cost: Option<f64>,
    /// Cost for guns and motors, if they pass at all.
    pub vehicle_cost: Option<f64>,
    /// Defence factor (model §3.6, V).
    pub defence: f64,
    /// Woods or houses: cover from fire.
    pub cover: bool,
    /// Can tanks fight there off the road?
    pub tanks: bool,
    /// How readily it burns, 0 to 1.
    pub tinder: f64,
    /// Concealment from observation, 0 to 1.
    pub conceal: f64,
    /// What the land feeds, 0 to 1 (model §3.10, `g`).
    pub forage: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Observation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObservationRules {
    /// Reconnaissance strength of any formed unit.
    pub recon: f64,
    /// Of cavalry.
    pub recon_cavalry: f64,
    /// Reference distance, km.
    pub reference_km: f64,
    /// Farthest sight, km.
    pub sight_km: f64,
    /// Spread of the shown strength.
    pub strength_spread: f64,
    /// Spread while fighting.
    pub strength_spread_fighting: f64,
    /// Turns after which a contact is forgotten.
    pub memory_turns: u32,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Holding ground.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoldRules {
    /// `y0`: base log-odds of giving way in a turn.
    pub base: f64,
    /// `yR`: per unit of ln(power ratio).
    pub ratio: f64,
    /// `yC`: per unit of cohesion lost.
    pub cohesion: f64,
    /// `yF`: per unit of flank.
    pub flank: f64,
    /// Taken off for each manned work beside the one attacked.
    pub neighbour_works: f64,
    /// `yL`: per 5 % of men lost in the last four hours.
    pub losses: f64,
    /// `y_tank`: six tanks or more on passable ground, no anti-tank guns.
    pub tanks: f64,
    /// How many tanks that takes.
    pub tanks_needed: u32,
    /// `yO`: "not one step back", while it is obeyed.
    pub order: f64,
    /// ln(ratio) is held within plus and minus ln of this.
    pub ratio_limit: f64,
    /// Flank for a unit that is isolated.
    pub flank_isolated: f64,
    /// Posture factors on V: no works.
    pub posture_none: f64,
    /// Hasty works.
    pub posture_hasty: f64,
    /// Prepared works.
    pub posture_prepared: f64,
    /// Fortified works.
    pub posture_fortified: f64,
    /// Falling back under orders.
    pub posture_withdraw: f64,
    /// Height factor when every attacker is lower.
    pub height: f64,
    /// Behind the intact city wall.
    pub wall: f64,
    /// Idle turns that raise entrenchment by one level (hasty, prepared).
    pub entrench_turns: u32,
    /// Idle turns that raise prepared works to fortified.
    pub entrench_turns_fortified: u32,
    /// Cohesion lost by the winner on entering a taken hex.
    pub success_disorder: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Shares of the present men, on yielding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YieldShares {
    /// Killed.
    pub killed: f64,
    /// Captured.
    pub captured: f64,
    /// Disordered.
    pub straggle: f64,
}

/// What happens on yielding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YieldRules {
    /// Path free, cohesion enough, permission.
    pub orderly: YieldShares,
    /// Cohesion too low.
    pub rout: YieldShares,
    /// No path, or bound to the position.
    pub destroyed: YieldShares,
    /// Cohesion below which yielding is a rout.
    pub rout_below: f64,
    /// Furthest orderly retreat, km.
    pub retreat_km: f64,
    /// Furthest rout, km.
    pub rout_km: f64,
    /// Share of wounded lost to the enemy when the position is overrun, times surrender scale.
    pub wounded_overrun: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Voluntary withdrawal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRules {
    /// Share of men lost in a turn beyond which a delaying force lets go.
    pub tolerance_delay: f64,
    /// The same for a force ordered to hold.
    pub tolerance_hold: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Cohesion, rout, dissolution. Rates per turn unless said otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoraleRules {
    /// `cL`: cohesion lost per share of men lost.
    pub per_loss: f64,
    /// Per unit of suppression.
    pub per_suppression: f64,
    /// In contact at intensity 0.4 or more.
    pub contact: f64,
    /// Isolated.
    pub isolated: f64,
    /// Per routed friend within two hexes (at most two counted).
    pub routed_neighbour: f64,
    /// Recovery at rest.
    pub rest: f64,
    /// On taking a hex.
    pub success: f64,
    /// Cohesion below which a unit routs of itself.
    pub rout_below: f64,
    /// Cohesion above which a routed unit rallies.
    pub rally_above: f64,
    /// Share of the disordered who find back in a turn at rest.
    pub rejoin: f64,
    /// `h0`: base share of men lost to dissolution.
    pub dissolution: f64,
    /// Cohesion about which dissolution sets in.
    pub dissolution_at: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Supply and ammunition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplyRules {
    /// Distance over which a line of supply falls to 37 %, km of cost.
    pub line_km: f64,
    /// Share of the gap to what the line brings that closes in a turn.
    pub adjust: f64,
    /// Most that living off the land gives.
    pub forage: f64,
    /// Share of a hex's stock 1,000 men eat in a turn.
    pub forage_use: f64,
    /// Ammunition used by an hour of assault, share of a unit of fire.
    pub ammo_assault_hour: f64,
    /// By an hour of contact.
    pub ammo_contact_hour: f64,
    /// Ammunition brought in a turn by a full line.
    pub ammo_resupply: f64,
    /// Supply at the start of units within their own lines.
    pub start_supply: f64,
    /// Ammunition at the start.
    pub start_ammo: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Weather.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeatherRules {
    /// Chance of fog on a morning.
    pub morning_fog: f64,
    /// First hour of the day with fog.
    pub fog_from: u32,
    /// First hour of the day without.
    pub fog_until: u32,
    /// Sight in fog, km.
    pub fog_sight_km: f64,
    /// Factor of fog on observed fire.
    pub fog_fire: f64,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

impl Rules {
    /// The rules of a terrain. Validation sees to it that each has one.
    pub fn terrain(&self, terrain: Terrain) -> &TerrainRules {
        self.terrain
            .iter()
            .find(|t| t.terrain == terrain)
            .expect("validated rules name every terrain")
    }

    /// Exposure of a defender behind works.
    pub fn defend_exposure(&self, works: WorksLevel) -> f64 {
        match works {
            WorksLevel::None => self.fire.defend_none,
            WorksLevel::Hasty => self.fire.defend_hasty,
            WorksLevel::Prepared => self.fire.defend_prepared,
            WorksLevel::Fortified => self.fire.defend_fortified,
        }
    }

    /// Exposure of an attacker against works.
    pub fn attack_exposure(&self, works: WorksLevel, engineers: bool) -> f64 {
        match works {
            WorksLevel::None | WorksLevel::Hasty => self.fire.attack_open,
            WorksLevel::Prepared => self.fire.attack_prepared,
            WorksLevel::Fortified if engineers => self.fire.attack_fortified_engineers,
            WorksLevel::Fortified => self.fire.attack_fortified,
        }
    }

    /// Posture factor of works on holding ground.
    pub fn posture_factor(&self, works: WorksLevel) -> f64 {
        match works {
            WorksLevel::None => self.hold.posture_none,
            WorksLevel::Hasty => self.hold.posture_hasty,
            WorksLevel::Prepared => self.hold.posture_prepared,
            WorksLevel::Fortified => self.hold.posture_fortified,
        }
    }
}
