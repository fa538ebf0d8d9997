//! Keyed dice: no state, the same key gives the same roll.
//!
//! A roll is named by seed, turn, purpose, the unit's text id and a salt (hour and hex). Nothing
//! is drawn from a shared stream, so that the order of evaluation never matters, a new rule does
//! not move the rolls of the others, and two variants of a battle meet the same luck.
//! Reads nothing, writes nothing.

use bevy_ecs::resource::Resource;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde::{Deserialize, Serialize};

/// What a roll decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Purpose {
    Weather = 1,
    Sighting = 2,
    StrengthEstimate = 3,
    BombardmentLoss = 4,
    MeetingTie = 5,
    Infiltration = 6,
    FireNoise = 7,
    FireLoss = 8,
    KilledShare = 9,
    Hold = 10,
    Obedience = 11,
    Aftermath = 12,
    Straggle = 13,
    Dissolution = 14,
    Commander = 15,
    Preview = 16,
    Rejoin = 17,
    Breach = 40,
    ChargeLoss = 41,
    LostInFog = 42,
    Party = 43,
    Mines = 44,
    Flash = 50,
    Flying = 51,
    Sorties = 52,
    AirSight = 53,
    Kindling = 54,
    BurnOut = 55,
    Razing = 56,
    ArrivalHour = 57,
    Delivery = 70,
    Garbled = 71,
    Line = 72,
    Contradiction = 73,
    OwnAccord = 74,
    BarrierShot = 75,
    BarrierPassed = 76,
    BarrierBroken = 77,
    Leaving = 80,
    Hiding = 81,
    CrowdCapture = 82,
    Ferrying = 83,
    Swimming = 84,
    BoatLoss = 85,
    CityLoss = 86,
    Happening = 90,
    HourlyChance = 91,
    Decision = 92,
    PhaseLine = 93,
}

/// The name of a roll within a battle's seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RollKey {
    /// Turn number.
    pub turn: u32,
    /// What it decides.
    pub purpose: Purpose,
    /// Key of the unit (FNV-64 of its text id), or of what else it is about.
    pub unit: u64,
    /// Hour and hex, or what else tells it from its like.
    pub salt: u64,
}

impl RollKey {
    /// Salt of hour (within the turn) and hex, with a small number to tell rolls of one kind apart.
    pub fn salt(hour_in_turn: u32, hex: u16, nth: u32) -> u64 {
        u64::from(hour_in_turn) << 48 | u64::from(hex) << 32 | u64::from(nth)
    }
}

/// Does a battle draw, or take expected values?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Randomness {
    /// Keyed dice.
    #[default]
    Sampled,
    /// No draws: mean losses; a hazard strikes when it has summed up to ln 2.
    Expected,
}

/// The dice of a battle.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dice {
    seed: u64,
    randomness: Randomness,
    /// Told apart from the battle's own luck: previews and commanders.
    stream: u32,
}

impl Dice {
    /// The dice of a battle with this seed.
    pub fn new(seed: u64, randomness: Randomness) -> Self {
        Self {
            seed,
            randomness,
            stream: 0,
        }
    }

    /// Dice for looking ahead: never those of the battle itself.
    pub fn aside(&self, stream: u32) -> Self {
        Self {
            stream: stream.wrapping_add(1),
            ..*self
        }
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Whose luck: 0 is the battle's own.
    pub fn stream(&self) -> u32 {
        self.stream
    }

    /// Draws, or expected values.
    pub fn randomness(&self) -> Randomness {
        self.randomness
    }

    fn bits(&self, key: RollKey, draw: u64) -> u64 {
        let mut seed = [0u8; 32];
        seed[0..8].copy_from_slice(&self.seed.to_le_bytes());
        seed[8..12].copy_from_slice(&key.turn.to_le_bytes());
        seed[12..16].copy_from_slice(&((key.purpose as u32) | self.stream << 8).to_le_bytes());
        seed[16..24].copy_from_slice(&key.unit.to_le_bytes());
        seed[24..32].copy_from_slice(&(key.salt ^ draw << 60).to_le_bytes());
        ChaCha8Rng::from_seed(seed).next_u64()
    }

    /// Uniform in [0, 1); 0.5 in expected mode.
    pub fn uniform(&self, key: RollKey) -> f64 {
        match self.randomness {
            Randomness::Sampled => unit_interval(self.bits(key, 0)),
            Randomness::Expected => 0.5,
        }
    }

    /// Standard normal; 0 in expected mode.
    pub fn normal(&self, key: RollKey) -> f64 {
        match self.randomness {
            Randomness::Sampled => {
                let u = unit_interval(self.bits(key, 1)).max(1e-300);
                let v = unit_interval(self.bits(key, 2));
                (-2.0 * libm::log(u)).sqrt() * libm::cos(2.0 * core::f64::consts::PI * v)
            }
            Randomness::Expected => 0.0,
        }
    }

    /// A factor of mean 1 whose logarithm has this spread; 1 in expected mode.
    pub fn noise(&self, key: RollKey, spread: f64) -> f64 {
        match self.randomness {
            Randomness::Sampled => libm::exp(spread * self.normal(key) - spread * spread / 2.0),
            Randomness::Expected => 1.0,
        }
    }

    /// Does something of probability `p` happen? In expected mode it does once the hazard summed
    /// in `hazard` has passed ln 2. Returns the roll too (0.5 in expected mode).
    pub fn chance(&self, key: RollKey, p: f64, hazard: &mut f64) -> (bool, f64) {
        match self.randomness {
            Randomness::Sampled => {
                let roll = self.uniform(key);
                (roll < p, roll)
            }
            Randomness::Expected => {
                *hazard += -libm::log1p(-p.clamp(0.0, 0.999_999));
                let happens = *hazard >= core::f64::consts::LN_2;
                if happens {
                    *hazard = 0.0;
                }
                (happens, 0.5)
            }
        }
    }

    /// Rounds a number of men up or down by chance, so that the mean is kept; in expected mode
    /// the fraction is carried to the next time.
    pub fn round(&self, key: RollKey, men: f64, carry: &mut f64) -> u32 {
        let men = men.max(0.0);
        match self.randomness {
            Randomness::Sampled => {
                let whole = men.floor();
                let rest = men - whole;
                whole as u32 + u32::from(rest > 0.0 && self.uniform(key) < rest)
            }
            Randomness::Expected => {
                let due = men + *carry;
                let whole = due.floor();
                *carry = due - whole;
                whole as u32
            }
        }
    }
}

/// The top 53 bits as a fraction.
fn unit_interval(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

/// Splits a whole number of men in proportion to weights, by largest remainder; ties go to the
/// larger weight, then to the earlier entry (the callers list units in order of their luck's key,
/// so that no place in a file is favoured).
pub fn apportion(total: u32, weights: &[f64]) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|w| f64::from(total) * w / sum).collect();
    let mut parts: Vec<u32> = exact.iter().map(|x| x.floor() as u32).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|&a, &b| {
        (exact[b] - exact[b].floor())
            .total_cmp(&(exact[a] - exact[a].floor()))
            .then(weights[b].total_cmp(&weights[a]))
            .then(a.cmp(&b))
    });
    let missing = total.saturating_sub(parts.iter().sum());
    for &i in order.iter().cycle().take(missing as usize) {
        parts[i] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(salt: u64) -> RollKey {
        RollKey {
            turn: 3,
            purpose: Purpose::Hold,
            unit: 42,
            salt,
        }
    }

    #[test]
    fn the_same_key_gives_the_same_roll_and_another_key_another() {
        let dice = Dice::new(7, Randomness::Sampled);
        assert_eq!(dice.uniform(key(1)), dice.uniform(key(1)));
        assert_ne!(dice.uniform(key(1)), dice.uniform(key(2)));
        assert_ne!(dice.uniform(key(1)), dice.aside(0).uniform(key(1)));
    }

    #[test]
    fn rolls_are_spread_evenly() {
        let dice = Dice::new(7, Randomness::Sampled);
        let n = 4000;
        let mean = (0..n).map(|s| dice.uniform(key(s))).sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
        let zs: Vec<f64> = (0..n).map(|s| dice.normal(key(s))).collect();
        let mean = zs.iter().sum::<f64>() / n as f64;
        let var = zs.iter().map(|z| z * z).sum::<f64>() / n as f64;
        assert!(
            mean.abs() < 0.05 && (var - 1.0).abs() < 0.08,
            "{mean} {var}"
        );
    }

    #[test]
    fn apportioning_keeps_the_total_and_the_shares() {
        assert_eq!(apportion(10, &[1.0, 1.0, 1.0]), vec![4, 3, 3]);
        assert_eq!(apportion(7, &[0.0, 2.0]), vec![0, 7]);
        assert_eq!(apportion(7, &[0.0, 0.0]), vec![0, 0]);
    }

    #[test]
    fn expected_mode_carries_fractions_and_sums_hazards() {
        let dice = Dice::new(7, Randomness::Expected);
        let mut carry = 0.0;
        let total: u32 = (0..10).map(|s| dice.round(key(s), 0.3, &mut carry)).sum();
        assert!((2..=3).contains(&total));
        let mut hazard = 0.0;
        let hours = (1..)
            .find(|s| dice.chance(key(*s), 0.1, &mut hazard).0)
            .unwrap();
        assert_eq!(hours, 7, "0.9^7 < 0.5 < 0.9^6");
    }
}
