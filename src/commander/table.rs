//! The map table: where known enemies stand and reach, where own men stand and will stand. Built
//! once a turn from the view; the orders of the turn change only where own men will stand.

use super::{course::Course, level::Skill, temper::Temper};
use crate::{
    battle::{
        Posture, SideView,
        dice::{Purpose, RollKey},
        view::KnownEnemy,
    },
    scenario::{
        Direction, FormationId, Hex, HexMap, Scenario, UnitId,
        forces::PlanEntry,
        map::{Mover, WorksLevel},
    },
};

/// Stream of the dice that no other commander uses.
const STREAM: u32 = 0x7b00;
/// How far from a known enemy a hex counts as near him, in steps.
pub(super) const NEAR: u8 = 3;
/// How far flight spreads fear, km (model §3.9).
const PANIC_KM: f64 = 2.0;

/// What a commander has before him.
pub(super) struct Table<'v, 'b> {
    /// What the side may know.
    pub(super) view: &'v SideView<'b>,
    /// The ground.
    pub(super) map: &'b HexMap,
    /// How well this commander commands.
    pub(super) skill: Skill,
    /// The course of action it follows.
    pub(super) course: Course,
    /// Does it act without knowing the scenario's plans: the enemy, as a commander who looks ahead
    /// imagines him?
    pub(super) improvises: bool,
    /// Men who may be put into one hex.
    pub(super) room: u32,
    enemy_power: Vec<f32>,
    /// Steps to the nearest known enemy, up to [`NEAR`]; beyond: `NEAR + 1`.
    steps: Vec<u8>,
    /// Enemy hexes from which a hex can be fought.
    faced: Vec<u8>,
    /// Power of these enemies.
    threat: Vec<f32>,
    /// Own men who will stand in a hex.
    men: Vec<u32>,
    /// Own units that will.
    units: Vec<u8>,
    /// Steps to the nearest of one's own men, up to 2; beyond: 3.
    steps_to_own: Vec<u8>,
    /// Hexes of own units in flight.
    routed: Vec<Hex>,
}

impl<'v, 'b> Table<'v, 'b> {
    /// Lays it out.
    pub(super) fn new(view: &'v SideView<'b>, skill: Skill, course: Course) -> Self {
        let scenario: &'b crate::scenario::Scenario = view.scenario();
        let map: &'b HexMap = scenario.map();
        let hexes = map.grid.len();
        let room =
            scenario.rules().power.stack_soft * map.grid.hex_km() * scenario.strength_scale();
        let mut table = Self {
            view,
            map,
            skill,
            course,
            improvises: false,
            room: room as u32,
            enemy_power: vec![0.0; hexes],
            steps: steps_from(map, remembered(view, skill), NEAR),
            faced: vec![0; hexes],
            threat: vec![0.0; hexes],
            men: vec![0; hexes],
            units: vec![0; hexes],
            steps_to_own: steps_from(map, view.own_hexes(), 2),
            routed: Vec::new(),
        };
        let recent = |e: &&KnownEnemy| is_remembered(view, skill, e);
        for enemy in view.enemies().iter().filter(recent) {
            table.enemy_power[enemy.contact.hex.index()] += power_of(view, enemy) as f32;
        }
        for (hex, _) in view
            .enemy_hexes()
            .filter(|(h, _)| table.steps[h.index()] == 0)
        {
            for (d, n) in map.grid.neighbours(hex) {
                if view.faces(hex, d) {
                    table.faced[n.index()] += 1;
                    table.threat[n.index()] += table.enemy_power[hex.index()];
                }
            }
        }
        for own in view.own_units() {
            if let Some(at) = own.hex {
                table.men[at.index()] += own.strength.present();
                table.units[at.index()] += 1;
                if own.posture == Posture::Routed {
                    table.routed.push(at);
                }
            }
        }
        table
    }

    /// The plan of a formation.
    pub(super) fn plan(&self, formation: FormationId) -> &'b [PlanEntry] {
        let scenario: &'b Scenario = self.view.scenario();
        match self.improvises {
            true => &[],
            false => scenario.plan(formation),
        }
    }

    /// Habits of a formation's command under the course of action.
    pub(super) fn temper(&self, formation: FormationId) -> Temper {
        Temper::of(self.view.scenario().doctrine_of(formation), &self.course)
    }

    /// Habits of the side's command under the course of action.
    pub(super) fn side_temper(&self) -> Temper {
        let side = self.view.side();
        Temper::of(self.view.scenario().doctrine(side), &self.course)
    }

    /// By what factor this commander misjudges something about a hex in this turn: 1 if it does not.
    pub(super) fn misjudged(&self, unit: UnitId, hex: Hex) -> f64 {
        if self.skill.noise == 0.0 {
            return 1.0;
        }
        let key = RollKey {
            turn: self.view.hour().turn().0,
            purpose: Purpose::Commander,
            unit: self.view.scenario().unit(unit).key,
            salt: hex.index() as u64,
        };
        let dice = self.view.dice().aside(STREAM);
        libm::exp(self.skill.noise * dice.normal(key))
    }

    /// Known formed enemies in a hex.
    pub(super) fn enemy(&self, hex: Hex) -> bool {
        self.steps[hex.index()] == 0
    }

    /// Power of the known enemies in a hex: men, weighted by kind and training.
    pub(super) fn enemy_power(&self, hex: Hex) -> f64 {
        f64::from(self.enemy_power[hex.index()])
    }

    /// Gunners known to serve in a hex.
    pub(super) fn gunners(&self, hex: Hex) -> u32 {
        let scenario = self.view.scenario();
        self.view
            .enemies()
            .iter()
            .filter(|e| e.contact.hex == hex && scenario.unit(e.id).gun_class.is_some())
            .map(|e| e.contact.men)
            .sum()
    }

    /// Steps to the nearest known enemy, at most [`NEAR`] + 1.
    pub(super) fn steps(&self, hex: Hex) -> u8 {
        self.steps[hex.index()]
    }

    /// Steps from a hex to the nearest of one's own men, at most 3.
    pub(super) fn steps_to_own(&self, hex: Hex) -> u32 {
        u32::from(self.steps_to_own[hex.index()])
    }

    /// Can those who stand in a hex assault the neighbour in that direction: no wall, or a way
    /// through it?
    pub(super) fn storms(&self, at: Hex, d: Direction) -> bool {
        let engineers = || self.view.engineers_at(at);
        if !self.view.passage().walled(at, d) {
            return self.view.passage().fights(at, d);
        }
        self.view.room_to_storm(at, d, engineers()).is_some()
    }

    /// Number of enemy hexes from which this one can be fought.
    pub(super) fn faced(&self, hex: Hex) -> u8 {
        self.faced[hex.index()]
    }

    /// Power of the enemies who can fight this hex.
    pub(super) fn threat(&self, hex: Hex) -> f64 {
        f64::from(self.threat[hex.index()])
    }

    /// Own men who will stand in a hex.
    pub(super) fn men(&self, hex: Hex) -> u32 {
        self.men[hex.index()]
    }

    /// Own units that will stand in a hex.
    pub(super) fn units(&self, hex: Hex) -> u8 {
        self.units[hex.index()]
    }

    /// Own units in flight close enough to a hex to shake those who stand there.
    pub(super) fn panic_near(&self, hex: Hex) -> usize {
        let reach = (PANIC_KM / self.map.grid.hex_km()).round() as u32;
        self.routed
            .iter()
            .filter(|h| self.map.grid.distance(**h, hex) <= reach)
            .count()
    }

    /// Can a unit of so many men be put into a hex besides those who will stand there?
    pub(super) fn fits(&self, hex: Hex, men: u32) -> bool {
        let there = self.men(hex);
        there == 0 || there + men <= self.room
    }

    /// A unit will stand in another hex.
    pub(super) fn shift(&mut self, unit: UnitId, to: Hex) {
        let Some(own) = self.view.own(unit) else {
            return;
        };
        let men = own.strength.present();
        if let Some(at) = own.hex {
            self.men[at.index()] = self.men[at.index()].saturating_sub(men);
            self.units[at.index()] = self.units[at.index()].saturating_sub(1);
        }
        self.men[to.index()] += men;
        self.units[to.index()] = self.units[to.index()].saturating_add(1);
    }

    /// May men of this kind be sent to stand in a hex: ground they can stand on, no known enemy, no
    /// Safety Zone?
    pub(super) fn may_stand(&self, mover: Mover, hex: Hex) -> bool {
        !self.enemy(hex)
            && !self.map.at(hex).safety_zone
            && self.view.passage().can_stand(mover, hex)
    }

    /// How good a hex is to defend: works, ground, height.
    pub(super) fn strength_of_ground(&self, hex: Hex) -> f64 {
        let ground = self.map.at(hex);
        let works = match ground.works.level {
            WorksLevel::None => 0.0,
            WorksLevel::Hasty => 0.6,
            WorksLevel::Prepared => 1.2,
            WorksLevel::Fortified => 1.8,
        };
        let terrain = self.view.scenario().rules().terrain(ground.terrain);
        works + 1.5 * (terrain.defence - 1.0) + f64::from(ground.height_m.min(300)) / 300.0
    }
}

/// Hexes of enemies that the commander remembers.
fn remembered<'a>(view: &'a SideView<'_>, skill: Skill) -> impl Iterator<Item = Hex> + 'a {
    let all = skill.memory_hours == u32::MAX;
    let counts = move |hex: Hex| {
        all || view
            .enemies()
            .iter()
            .any(|e| e.contact.hex == hex && is_remembered(view, skill, e))
    };
    view.enemy_hexes()
        .map(|(hex, _)| hex)
        .filter(move |hex| counts(*hex))
}

fn is_remembered(view: &SideView<'_>, skill: Skill, enemy: &KnownEnemy) -> bool {
    view.hour().0.saturating_sub(enemy.contact.seen.0) <= skill.memory_hours
}

/// Steps from the nearest of some hexes to every hex, up to `most`; beyond: `most + 1`.
fn steps_from(map: &HexMap, hexes: impl Iterator<Item = Hex>, most: u8) -> Vec<u8> {
    let mut steps = vec![most + 1; map.grid.len()];
    let mut ring: Vec<Hex> = hexes.collect();
    for hex in &ring {
        steps[hex.index()] = 0;
    }
    for step in 1..=most {
        let mut next = Vec::new();
        for hex in ring {
            for (_, n) in map.grid.neighbours(hex) {
                if steps[n.index()] > step {
                    steps[n.index()] = step;
                    next.push(n);
                }
            }
        }
        ring = next;
    }
    steps
}

/// Power of an enemy unit as known.
fn power_of(view: &SideView<'_>, enemy: &KnownEnemy) -> f64 {
    let scenario = view.scenario();
    let fixed = scenario.unit(enemy.id);
    let figures = scenario.figures(enemy.id);
    f64::from(enemy.contact.men)
        * figures.weight
        * fixed.quality_factor()
        * (0.3 + 0.7 * figures.cohesion)
}
