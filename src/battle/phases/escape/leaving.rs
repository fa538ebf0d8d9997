//! Men who leave: those out of the ranks of a unit that comes apart go their own way, in a crowd
//! towards the harbour, or cast off their uniforms in the city (model §3.15). The article: most units
//! simply collapsed, their soldiers often casting off weapons and uniforms in the streets.

use super::{Bodies, hourly, key};
use crate::{
    battle::{
        clock::Clock,
        crowd::{Crowd, CrowdId, Crowds},
        dice::{Dice, Purpose},
        engagement::logistic,
        event::{Cause, CrowdAt, Event, EventLog, Phase},
        ground::{Field, Occupancy, Stage},
        parts::{self, UnitPartsItem, Units},
        phases::losses,
        strength::Bin,
        unit::Posture,
    },
    scenario::{Branch, FormationId, Hex, Scenario, Side, UnitId},
};
use bevy_ecs::system::{Commands, Res, ResMut};
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
    let mut going: BTreeMap<(Hex, Side), Vec<(UnitId, u32)>> = BTreeMap::new();
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
        let waiting = u.strength.men(Bin::Disordered);
        if formed == 0 && (waiting == 0 || !unit.comes_apart(&u)) {
            continue;
        }
        let side = u.identity.side;
        let drawn = draws(scenario, &field, side, at);
        let men = unit.dissolve(&mut u, formed, &occupancy, drawn, &mut log)
            + unit.stream_away(&mut u, drawn, &mut log);
        if men > 0 {
            going.entry((at, side)).or_default().push((id, men));
        }
    }
    for ((at, side), men) in going {
        gather(
            &mut crowds,
            &mut bodies,
            &mut commands,
            &mut log,
            at,
            side,
            men,
        );
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
    /// where a harbour draws them they go there; elsewhere they are disordered. Returns those who go
    /// to the harbour.
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
        } else if drawn {
            (Bin::Disordered, men)
        } else {
            (Bin::Disordered, 0)
        };
        let cause = Cause::Dissolution;
        let phase = Phase::Escape;
        losses::transfer(u, Bin::Formed, bin, men - fleeing, cause, phase, log);
        losses::transfer(u, Bin::Formed, Bin::Crowd, fleeing, cause, phase, log)
    }

    fn comes_apart(&self, u: &UnitPartsItem) -> bool {
        let rules = self.scenario.rules();
        let cohesion = u.condition.cohesion;
        u.stance.posture == Posture::Routed
            || cohesion < rules.yielding.rout_below
            || self.leaderless && cohesion < rules.morale.dissolution_at
    }

    /// Men out of the ranks who go their own way: some hide in the city, some make for the harbour.
    fn stream_away(&self, u: &mut UnitPartsItem, drawn: bool, log: &mut EventLog) -> u32 {
        if !drawn || !self.comes_apart(u) {
            return 0;
        }
        let rules = &self.scenario.rules().escape;
        let (cause, phase) = (Cause::Collapse, Phase::Escape);
        if self.inside() {
            let share = hourly(rules.hide * (1.0 - u.condition.cohesion));
            let waiting = f64::from(u.strength.men(Bin::Disordered));
            let k = key(self.clock, Purpose::Hiding, u.identity.key, self.at.0, 0);
            let men = self.dice.round(k, waiting * share, &mut u.ledger.carry);
            losses::transfer(u, Bin::Disordered, Bin::Hidden, men, cause, phase, log);
        }
        let waiting = f64::from(u.strength.men(Bin::Disordered));
        let k = key(self.clock, Purpose::Leaving, u.identity.key, self.at.0, 0);
        let men = self
            .dice
            .round(k, waiting * hourly(rules.leave), &mut u.ledger.carry);
        losses::transfer(u, Bin::Disordered, Bin::Crowd, men, cause, phase, log)
    }
}

/// Men join the crowd at their hex, or form one.
fn gather(
    crowds: &mut Crowds,
    bodies: &mut Bodies,
    commands: &mut Commands,
    log: &mut EventLog,
    at: Hex,
    side: Side,
    men: Vec<(UnitId, u32)>,
) {
    for entity in &crowds.entities {
        if let Ok(mut crowd) = bodies.get_mut(*entity)
            && crowd.at == at
            && crowd.side == side
        {
            for (unit, n) in men {
                crowd.join(unit, n);
            }
            return;
        }
    }
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
