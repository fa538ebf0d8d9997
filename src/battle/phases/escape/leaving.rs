//! Men who leave: those out of the ranks of a unit that comes apart go their own way, in a crowd
//! towards the harbour, or cast off their uniforms in the city (model §3.15). The article: most units
//! simply collapsed, their soldiers often casting off weapons and uniforms in the streets.
//!
//! Stragglers of a unit that still stands stay with it. Of one that comes apart they gather, and go as
//! a crowd once so many are together as make one, or a crowd of theirs is there, or nobody stands in
//! the ranks any more.

use super::{Bodies, hourly, key};
use crate::{
    battle::{
        clock::Clock,
        crowd::{Crowd, CrowdId, Crowds},
        dice::{Dice, Purpose},
        engagement::logistic,
        event::{Cause, CrowdAt, Event, EventLog, Phase},
        ground::{Field, Occupancy, Roster, Stage},
        parts::{self, UnitPartsItem, Units},
        phases::losses,
        strength::Bin,
        unit::Posture,
    },
    scenario::{Branch, FormationId, Hex, Scenario, Side, UnitId},
};
use bevy_ecs::{
    entity::Entity,
    system::{Commands, Res, ResMut},
};
use std::collections::BTreeMap;

/// Formations that have headquarters, and whether one of them is left.
pub(in crate::battle) fn headquarters(
    scenario: &Scenario,
    units: &Units,
) -> BTreeMap<FormationId, bool> {
    let mut found = BTreeMap::new();
    for u in parts::all(units) {
        let unit = scenario.unit(u.identity.id);
        if unit.branch != Branch::Headquarters {
            continue;
        }
        let there = u.strength.present() > 0 || u.strength.men(Bin::NotArrived) > 0;
        *found.entry(unit.formation).or_insert(false) |= there;
    }
    found
}

/// Has a formation lost the headquarters nearest above it?
pub(in crate::battle) fn is_leaderless(
    scenario: &Scenario,
    headquarters: &BTreeMap<FormationId, bool>,
    formation: FormationId,
) -> bool {
    let mut at = Some(formation);
    while let Some(f) = at {
        if let Some(there) = headquarters.get(&f) {
            return !there;
        }
        at = scenario.formation(f).parent;
    }
    false
}

/// Is there a harbour that men of a side would make for from a hex?
fn draws(scenario: &Scenario, field: &Field, side: Side, at: Hex) -> bool {
    let map = scenario.map();
    let reach = (scenario.rules().escape.reach_km / map.grid.hex_km()).round() as u32;
    super::crowds::harbours(scenario, field, side).any(|hex| map.grid.distance(at, hex) <= reach)
}

/// Men out of the ranks go.
pub fn leave(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    field: Res<Field>,
    mut occupancy: ResMut<Occupancy>,
    mut crowds: ResMut<Crowds>,
    mut bodies: Bodies,
    mut commands: Commands,
    mut log: ResMut<EventLog>,
    mut units: Units,
) {
    let scenario = &stage.0;
    // Men have been killed and units have gone since the last hour's count.
    crate::battle::phases::observation::reindex(&mut occupancy, &units);
    let headquarters = headquarters(scenario, &units);
    let mut gathered: BTreeMap<(Hex, Side), Gathering> = BTreeMap::new();
    for mut u in parts::all_mut(&mut units) {
        let id = u.identity.id;
        let Some(at) = u.position.hex.filter(|at| !field.is_silent(scenario, *at)) else {
            continue;
        };
        let unit = Leaver {
            scenario,
            clock: &clock,
            dice: &dice,
            at,
            leaderless: is_leaderless(scenario, &headquarters, u.identity.formation),
        };
        let formed = unit.dissolving(&mut u);
        let apart = unit.comes_apart(&u);
        if !apart {
            // Who had begun to go stays with a unit that stands again.
            u.ledger.gathering = 0;
        }
        if formed == 0 && (u.strength.men(Bin::Disordered) == 0 || !apart) {
            continue;
        }
        let side = u.identity.side;
        let drawn = draws(scenario, &field, side, at);
        let fleeing = unit.dissolve(&mut u, formed, &occupancy, drawn, &mut log);
        if apart && drawn {
            unit.stream_away(&mut u, fleeing, &mut log);
            let there = gathered.entry((at, side)).or_default();
            there.formed += u.strength.formed();
            there.waiting += u.strength.men(Bin::Disordered);
            there.men.push((id, u.ledger.gathering));
        }
    }
    for ((at, side), gathering) in gathered {
        let joins = crowd_at(&crowds, &bodies, at, side);
        let going = gathering.going(joins.is_some(), scenario.rules().escape.crowd_least);
        let mut men = Vec::new();
        for (id, part) in going {
            let mut u = parts::write(&mut units, &roster, id);
            u.ledger.gathering -= part.min(u.ledger.gathering);
            let (cause, phase) = (Cause::Collapse, Phase::Escape);
            let gone = losses::transfer(
                &mut u,
                Bin::Disordered,
                Bin::Crowd,
                part,
                cause,
                phase,
                &mut log,
            );
            if gone > 0 {
                men.push((id, gone));
            }
        }
        if men.is_empty() {
            continue;
        }
        match joins.and_then(|entity| bodies.get_mut(entity).ok()) {
            Some(mut crowd) => men.into_iter().for_each(|(id, n)| crowd.join(id, n)),
            None => form(&mut crowds, &mut commands, &mut log, at, side, men),
        }
    }
}

/// Men of units that come apart in one hex, about to go their own way.
#[derive(Default)]
struct Gathering {
    /// Men still in the ranks of these units.
    formed: u32,
    /// Men out of the ranks.
    waiting: u32,
    /// Those of them who are about to go, by unit.
    men: Vec<(UnitId, u32)>,
}

impl Gathering {
    /// Who goes now: all who have gathered, if they are enough or join a crowd; what is left of units
    /// in which nobody stands any more goes together.
    fn going(mut self, joins: bool, least: f64) -> Vec<(UnitId, u32)> {
        let sum: u32 = self.men.iter().map(|(_, n)| n).sum();
        if !joins && f64::from(sum) < least {
            let left = self.formed == 0 && f64::from(self.waiting) < least;
            if !left || self.waiting == 0 {
                return Vec::new();
            }
            self.men.iter_mut().for_each(|(_, n)| *n = u32::MAX);
        }
        self.men
    }
}

/// A unit whose men may leave it in an hour.
struct Leaver<'a> {
    scenario: &'a Scenario,
    clock: &'a Clock,
    dice: &'a Dice,
    at: Hex,
    leaderless: bool,
}

impl Leaver<'_> {
    /// Formed men who leave the ranks of a unit that comes apart (model §3.9).
    fn dissolving(&self, u: &mut UnitPartsItem) -> u32 {
        let m = &self.scenario.rules().morale;
        let c = u.condition.cohesion;
        if c > m.dissolution_at + 0.25 {
            // The logistic below is under 1 % there; spare the roll.
            return 0;
        }
        let yes = |b: bool| f64::from(u8::from(b));
        let hazard = m.dissolution
            * libm::exp(5.0 * (0.35 - c))
            * logistic((m.dissolution_at - c) / 0.05)
            * (1.0 + yes(u.condition.isolated))
            * (1.0 + yes(self.inside()))
            * (1.0 + yes(self.leaderless) * self.scenario.rules().escape.headquarters_lost)
            * self.scenario.figures(u.identity.id).surrender_scale;
        let share = 1.0 - libm::exp(-hazard / 4.0);
        let formed = f64::from(u.strength.formed());
        let k = key(self.clock, Purpose::Dissolution, u.identity.key, 0, 0);
        self.dice.round(k, formed * share, &mut u.ledger.carry)
    }

    fn inside(&self) -> bool {
        self.scenario.map().at(self.at).inside_wall
    }

    /// Where they go: in the city some cast off their uniforms; next to the enemy they are captured;
    /// elsewhere they are disordered. Returns those of them whom a harbour draws.
    fn dissolve(
        &self,
        u: &mut UnitPartsItem,
        men: u32,
        occupancy: &Occupancy,
        drawn: bool,
        log: &mut EventLog,
    ) -> u32 {
        let grid = &self.scenario.map().grid;
        let enemy = u.identity.side.enemy();
        let pressed = || {
            grid.neighbours(self.at)
                .any(|(_, n)| occupancy.formed_of(n, enemy) > 0)
        };
        let flee = self.scenario.rules().escape.flee;
        let (bin, fleeing) = if self.inside() {
            let k = key(self.clock, Purpose::Hiding, u.identity.key, self.at.0, 1);
            let share = if drawn { flee } else { 0.0 };
            let fleeing = self
                .dice
                .round(k, f64::from(men) * share, &mut u.ledger.carry);
            (Bin::Hidden, fleeing.min(men))
        } else if pressed() {
            (Bin::Captured, 0)
        } else {
            (Bin::Disordered, men)
        };
        let cause = Cause::Dissolution;
        let phase = Phase::Escape;
        losses::transfer(u, Bin::Formed, bin, men - fleeing, cause, phase, log);
        losses::transfer(u, Bin::Formed, Bin::Disordered, fleeing, cause, phase, log)
    }

    fn comes_apart(&self, u: &UnitPartsItem) -> bool {
        let rules = self.scenario.rules();
        let cohesion = u.condition.cohesion;
        u.stance.posture == Posture::Routed
            || cohesion < rules.yielding.rout_below
            || self.leaderless && cohesion < rules.morale.dissolution_at
    }

    /// Men out of the ranks who go their own way: some hide in the city, some gather to make for the
    /// harbour, with those who have just left the ranks for it.
    fn stream_away(&self, u: &mut UnitPartsItem, fleeing: u32, log: &mut EventLog) {
        let rules = &self.scenario.rules().escape;
        let (cause, phase) = (Cause::Collapse, Phase::Escape);
        if self.inside() {
            let share = hourly(rules.hide * (1.0 - u.condition.cohesion));
            let waiting = f64::from(u.strength.men(Bin::Disordered) - fleeing);
            let k = key(self.clock, Purpose::Hiding, u.identity.key, self.at.0, 0);
            let men = self.dice.round(k, waiting * share, &mut u.ledger.carry);
            losses::transfer(u, Bin::Disordered, Bin::Hidden, men, cause, phase, log);
        }
        let waiting = u.strength.men(Bin::Disordered);
        let undecided = waiting.saturating_sub(u.ledger.gathering + fleeing);
        let k = key(self.clock, Purpose::Leaving, u.identity.key, self.at.0, 0);
        let share = hourly(rules.leave);
        let men = self
            .dice
            .round(k, f64::from(undecided) * share, &mut u.ledger.carry);
        u.ledger.gathering = (u.ledger.gathering + fleeing + men).min(waiting);
    }
}

/// The crowd of a side in a hex.
fn crowd_at(crowds: &Crowds, bodies: &Bodies, at: Hex, side: Side) -> Option<Entity> {
    let of = |e: &Entity| bodies.get(*e).is_ok_and(|c| c.at == at && c.side == side);
    crowds.entities.iter().copied().find(of)
}

/// Men form a crowd.
fn form(
    crowds: &mut Crowds,
    commands: &mut Commands,
    log: &mut EventLog,
    at: Hex,
    side: Side,
    men: Vec<(UnitId, u32)>,
) {
    let id = CrowdId(crowds.next);
    crowds.next += 1;
    let told = men.iter().map(|(_, n)| n).sum();
    log.push(
        Phase::Escape,
        Event::CrowdFormed(CrowdAt {
            crowd: id,
            side,
            at,
            men: told,
        }),
    );
    let crowd = Crowd {
        id,
        side,
        at,
        progress: 0.0,
        route: Vec::new(),
        men,
        told,
        carry: 0.0,
    };
    crowds.entities.push(commands.spawn(crowd).id());
}
