//! Shells on a hex in an hour: how many a battery fires, where they fall, what they do to men there.
//! The bombardment and its forecast both call these functions. Pure: the caller rolls and applies.

use super::{
    clock::Sky,
    unit::Posture,
    why::{Term, Why, WhyKind},
};
use crate::scenario::{
    Hex, Rules, Scenario, Unit,
    map::{WorksLevel, grid::ROW},
    rules::{BombardmentRules, GunClass},
};

/// Shells on a hex in an hour, from one side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fall {
    /// Rounds x shell weight^(2/3) per km2 of the beaten zone.
    pub density: f64,
    /// Mean of shell weight^(2/3).
    pub weight: f64,
    /// Rounds.
    pub rounds: f64,
    /// Did an observer see any of it fall?
    pub observed: bool,
}

/// What guns or aircraft let fall in an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Salvo {
    /// Rounds.
    pub rounds: f64,
    /// Shell weight^(2/3), 75 mm being 1.
    pub weight: f64,
    /// Is the fall of shot seen?
    pub observed: bool,
}

impl Fall {
    /// Adds rounds that fall over so many km2.
    fn add(&mut self, salvo: &Salvo, rounds: f64, area: f64) {
        let weight = salvo.weight;
        self.density += rounds * weight / area;
        self.weight = (self.weight * self.rounds + weight * rounds) / (self.rounds + rounds);
        self.rounds += rounds;
        self.observed |= salvo.observed;
    }
}

/// Can a battery fire a mission? Only from its position, and not with the enemy beside it.
pub fn ready(posture: Posture, formed: u32, in_contact: bool) -> bool {
    posture == Posture::Holding && formed > 0 && !in_contact
}

/// Share of its rate at which a battery fires. A fight lasts, and guns that serve it to its end fire
/// no faster than they can go on.
pub fn pace(rules: &Rules, supporting: bool) -> f64 {
    if supporting {
        rules.bombardment.sustained
    } else {
        1.0
    }
}

/// Rounds that a battery fires in an hour at a pace: guns share the losses of their crews, and the fire of
/// crews who lie flat; they fire no more than they have.
pub fn rounds(
    fixed: &Unit,
    class: &GunClass,
    pace: f64,
    formed: u32,
    suppression: f64,
    left: f64,
) -> f64 {
    let share = f64::from(formed) / f64::from(fixed.men.max(1)) * (1.0 - suppression);
    (f64::from(fixed.guns) * share * class.rounds_per_hour * pace).min(left)
}

/// What a shell of a class counts for: its weight^(2/3), 75 mm being 1.
pub fn shell_weight(rules: &Rules, class: &GunClass) -> f64 {
    let weight = libm::cbrt(class.shell_kg / rules.bombardment.shell_kg);
    weight * weight
}

/// Factor on the power of a fight of batteries that support it.
pub fn support(rules: &Rules, batteries: f64) -> f64 {
    let power = &rules.power;
    1.0 + power.support_bonus * (batteries / power.support_batteries).min(1.0)
}

/// Spreads rounds over the beaten zone: the target hex, and its neighbours when the zone is larger
/// than a hex (scale rule). `fall` finds the account of a hex; what strays onto ground that is
/// `spared` is aimed away from it.
pub fn spread(
    scenario: &Scenario,
    target: Hex,
    salvo: &Salvo,
    spared: impl Fn(Hex) -> bool,
    mut with: impl FnMut(Hex, &dyn Fn(&mut Fall)),
) {
    let rules = &scenario.rules().bombardment;
    let grid = &scenario.map().grid;
    let hex_area = grid.hex_km() * grid.hex_km() * ROW;
    let area = if salvo.observed {
        rules.area_observed_km2
    } else {
        rules.area_unobserved_km2
    };
    if area <= 1.5 * hex_area {
        let zone = area.max(rules.area_observed_km2.min(hex_area));
        with(target, &|fall| fall.add(salvo, salvo.rounds, zone));
        return;
    }
    let around: Vec<Hex> = grid.neighbours(target).map(|(_, n)| n).collect();
    let covered = (around.len() + 1) as f64;
    let part = salvo.rounds / covered;
    let zone = (area / covered).max(hex_area.min(area));
    with(target, &|fall| fall.add(salvo, part, zone));
    for hex in around.into_iter().filter(|hex| !spared(*hex)) {
        with(hex, &|fall| fall.add(salvo, part, zone));
    }
}

/// Men under fire.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Under {
    /// The hex.
    pub hex: Hex,
    /// Men in it, formed and disordered, of all units.
    pub present: f64,
    /// Works they lie in.
    pub works: WorksLevel,
    /// What they are doing.
    pub posture: Posture,
}

/// The share of a unit's formed men that an hour's shells hit: `1 - exp(-result)` of what is listed.
pub fn hit(scenario: &Scenario, fall: &Fall, under: &Under, sky: &Sky) -> (f64, Why) {
    let rules = scenario.rules();
    let b = &rules.bombardment;
    let soft = rules.power.stack_soft * scenario.map().grid.hex_km();
    let mut why = Why::product(
        WhyKind::Shelling,
        under.hex,
        b.lethal_area_m2 / 1e6 * fall.density / fall.rounds.max(1e-9) / fall.weight.max(1e-9),
    );
    why.times(Term::Rounds, fall.rounds);
    why.times(Term::ShellWeight, fall.weight);
    why.times(Term::Exposure, exposure(b, under.works, under.posture));
    if sky.night {
        why.times(Term::Night, b.night);
    }
    if sky.fog && fall.observed {
        why.times(Term::Fog, rules.weather.fog_fire);
    }
    if under.present > soft {
        why.times(Term::Crowding, (under.present / soft).sqrt());
    }
    (1.0 - libm::exp(-why.result), why)
}

/// A unit's suppression after an hour's shells.
pub fn suppressed(b: &BombardmentRules, fall: &Fall, works: WorksLevel, now: f64) -> f64 {
    let seen = if fall.observed {
        1.0
    } else {
        b.suppression_unobserved
    };
    let cover = match works {
        WorksLevel::None | WorksLevel::Hasty => 1.0,
        WorksLevel::Prepared => b.suppression_trench,
        WorksLevel::Fortified => b.suppression_pillbox,
    };
    let pinned = 1.0 - libm::exp(-fall.rounds * seen * cover / b.suppression_rounds);
    now + (b.suppression_max - now).max(0.0) * pinned
}

/// Exposure to shells. Men on the move stand; men at a place lie down; trenches and pillboxes
/// cover.
fn exposure(b: &BombardmentRules, works: WorksLevel, posture: Posture) -> f64 {
    match (works, posture) {
        (WorksLevel::Fortified, _) => b.exposure_pillbox,
        (WorksLevel::Prepared, _) => b.exposure_trench,
        (_, Posture::Marching | Posture::Routed) => b.exposure_open,
        _ => b.exposure_prone,
    }
}
