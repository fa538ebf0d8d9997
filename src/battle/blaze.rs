//! Fires, and ground laid waste: where it burns, where nothing is left to shelter behind, and how
//! far a fire lights the night. The article: "the fires that blazed out of control on Zijinshan were
//! visible even from Zhonghua Gate".
//!
//! A fire begins where shells, bombs or an assault fall on ground that burns, or where houses are
//! razed; it may spread to a neighbouring hex in a turn, and burns out. Burning, burnt and razed
//! ground covers nobody. Nothing burns in the Safety Zone, and nothing inside the walls once the
//! city is lost.

use super::{
    clock::{Clock, Sky},
    dice::{Dice, Purpose, RollKey},
    engagement::Site,
    event::{Event, EventLog, Phase, Spark},
    ground::{Field, Stage},
    why::{Term, Why, WhyKind},
};
use crate::scenario::{Hex, Scenario};
use bevy_ecs::{
    resource::Resource,
    system::{Res, ResMut},
};
use serde::{Deserialize, Serialize};

/// What fire and torch have done to a hex.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Char {
    /// Nothing.
    #[default]
    Whole,
    /// Houses and crops destroyed by order.
    Razed,
    /// On fire.
    Burning,
    /// Burnt out: it does not burn again.
    Burnt,
}

/// Fires and burnt ground.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blaze {
    /// By hex.
    char: Vec<Char>,
    /// Burning hexes in order.
    fires: Vec<Hex>,
}

impl Blaze {
    /// Nothing burns on a map of so many hexes.
    pub fn none(hexes: usize) -> Self {
        Self {
            char: vec![Char::Whole; hexes],
            fires: Vec::new(),
        }
    }

    /// What fire and torch have done to a hex.
    pub fn at(&self, hex: Hex) -> Char {
        self.char[hex.index()]
    }

    /// By hex.
    pub fn all(&self) -> &[Char] {
        &self.char
    }

    /// Burning hexes in order.
    pub fn fires(&self) -> &[Hex] {
        &self.fires
    }

    /// Is there nothing left to take cover or shelter in?
    pub fn bare(&self, hex: Hex) -> bool {
        self.at(hex) != Char::Whole
    }

    /// Does a fire light a hex?
    pub fn lit(&self, scenario: &Scenario, hex: Hex) -> bool {
        let grid = &scenario.map().grid;
        let reach = (scenario.rules().blaze.lit_km / grid.hex_km()) as u32;
        self.fires.iter().any(|f| grid.distance(*f, hex) <= reach)
    }

    /// The sky over a hex: a fire lights the night about it.
    pub fn sky_over(&self, scenario: &Scenario, hex: Hex, sky: &Sky) -> Sky {
        let lit = scenario.rules().blaze.lit;
        if self.fires.is_empty() || sky.light >= lit || !self.lit(scenario, hex) {
            return *sky;
        }
        Sky {
            light: lit,
            night: false,
            ..*sky
        }
    }

    /// What fire makes of the ground of a fight: no cover where it has been, light where it burns.
    pub fn settle(&self, scenario: &Scenario, site: &mut Site) {
        site.cover &= !self.bare(site.at);
        let lit = scenario.rules().blaze.lit;
        if !self.fires.is_empty() && site.light < lit && self.lit(scenario, site.at) {
            site.light = lit;
        }
    }

    /// Changes the state of a hex.
    pub fn set(&mut self, hex: Hex, char: Char) {
        self.char[hex.index()] = char;
        match (self.fires.binary_search(&hex), char) {
            (Err(i), Char::Burning) => self.fires.insert(i, hex),
            (Ok(i), Char::Whole | Char::Razed | Char::Burnt) => {
                self.fires.remove(i);
            }
            _ => {}
        }
    }
}

/// How readily a hex burns now, 0 to 1.
pub fn tinder(scenario: &Scenario, blaze: &Blaze, field: &Field, hex: Hex) -> f64 {
    let ground = scenario.map().at(hex);
    let silent = ground.safety_zone || (field.city_lost.is_some() && ground.inside_wall);
    match blaze.at(hex) {
        _ if silent => 0.0,
        Char::Burning | Char::Burnt => 0.0,
        Char::Whole => scenario.rules().terrain(ground.terrain).tinder,
        Char::Razed => scenario.rules().blaze.razed_tinder,
    }
}

/// Why a hex would catch fire: the chance is the result.
pub fn chance(scenario: &Scenario, hex: Hex, spark: Spark, strength: f64, tinder: f64) -> Why {
    let rules = &scenario.rules().blaze;
    let (base, term) = match spark {
        Spark::Shells => (rules.shells / 100.0, Term::Rounds),
        Spark::Assault => (rules.assault, Term::Posture),
        Spark::Razing => (rules.razing, Term::Razed),
        Spark::Neighbour => (rules.spread, Term::FiresBeside),
        Spark::Happening => (1.0, Term::Tinder),
    };
    let mut why = Why::product(WhyKind::Kindling, hex, base);
    why.times(term, strength);
    why.times(Term::Tinder, tinder);
    why.probability = Some(why.result.min(1.0));
    why
}

/// Does a hex catch fire from a spark of some strength (rounds of 75 mm, hours of assault, fires
/// beside it)? Rolls, and tells of it.
pub fn strike(
    scenario: &Scenario,
    clock: &Clock,
    dice: &Dice,
    field: &Field,
    blaze: &mut Blaze,
    log: &mut EventLog,
    phase: Phase,
    hex: Hex,
    spark: Spark,
    strength: f64,
) {
    let tinder = tinder(scenario, blaze, field, hex);
    if tinder <= 0.0 || strength <= 0.0 {
        return;
    }
    let mut why = chance(scenario, hex, spark, strength, tinder);
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::Kindling,
        unit: spark as u64,
        salt: RollKey::salt(clock.hour_in_turn(), hex.0, 0),
    };
    // A mean fire is no fire: where no dice are thrown, nothing burns but what surely does.
    let p = why.probability.unwrap_or(0.0);
    let roll = dice.uniform(key);
    if roll >= p {
        return;
    }
    why.roll = Some(roll);
    why.key = Some(key);
    blaze.set(hex, Char::Burning);
    log.push(
        phase,
        Event::Kindled {
            at: hex,
            spark,
            why: Box::new(why),
        },
    );
}

/// A turn of all fires: they spread, then those that burned before burn out.
pub fn burn(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    field: Res<Field>,
    mut blaze: ResMut<Blaze>,
    mut log: ResMut<EventLog>,
) {
    if blaze.fires.is_empty() {
        return;
    }
    let scenario = &stage.0;
    let map = scenario.map();
    let burning = blaze.fires.clone();
    let silent = |hex: Hex| field.city_lost.is_some() && map.at(hex).inside_wall;
    let mut beside: Vec<Hex> = burning
        .iter()
        .filter(|f| !silent(**f))
        .flat_map(|f| map.grid.neighbours(*f).map(|(_, n)| n))
        .filter(|n| blaze.at(*n) < Char::Burning)
        .collect();
    beside.sort_unstable();
    let fires = |hex: Hex, all: &[Hex]| all.iter().filter(|h| **h == hex).count() as f64;
    let mut last = None;
    for &hex in &beside {
        if last == Some(hex) {
            continue;
        }
        last = Some(hex);
        let strength = fires(hex, &beside);
        strike(
            scenario,
            &clock,
            &dice,
            &field,
            &mut blaze,
            &mut log,
            Phase::Supply,
            hex,
            Spark::Neighbour,
            strength,
        );
    }
    for hex in burning {
        let key = RollKey {
            turn: clock.turn().0,
            purpose: Purpose::BurnOut,
            unit: 0,
            salt: RollKey::salt(clock.hour_in_turn(), hex.0, 0),
        };
        if silent(hex) || dice.uniform(key) < scenario.rules().blaze.burns_out {
            blaze.set(hex, Char::Burnt);
            log.push(Phase::Supply, Event::BurntOut { at: hex });
        }
    }
}
