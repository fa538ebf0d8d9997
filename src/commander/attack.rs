//! Joint assaults, of attackers and of defenders who strike back: each enemy hex in reach is weighed
//! with all who could fall on it together, the best first. Uses the forecast of the view; decides
//! nothing about units that do not assault.

use super::{
    charge::Charge,
    desk::Desk,
    flow::Flows,
    reason::{Motive, Need},
    table::Table,
};
use crate::{
    battle::{MissionPosture, Task},
    scenario::{Hex, UnitId, map::WorksLevel},
};
use std::collections::BTreeMap;

/// Most units of infantry that attack through one hexside: more find no room to deploy.
const A_SIDE: usize = 2;
/// Least chance in a turn at which the most and the least aggressive command attack.
const CHANCE: (f64, f64) = (0.03, 0.27);
/// The same for striking back.
const CHANCE_BACK: (f64, f64) = (0.10, 0.40);
/// How much better the chance must be by night for a command that shuns it.
const NIGHT: f64 = 0.25;

/// An assault that will be made.
#[derive(Clone, Debug)]
pub(super) struct Blow {
    /// The hex.
    pub(super) target: Hex,
    /// Who attacks.
    pub(super) units: Vec<UnitId>,
    /// Chance that the enemy gives way within the turn, guns left out.
    pub(super) chance: f64,
}

/// The assaults of a turn.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// Those that will be made.
    pub(super) blows: Vec<Blow>,
    /// By index of the charge: what it might have joined if that promised more.
    waits: BTreeMap<usize, Motive>,
}

impl Plan {
    /// Why the charge of this index does not attack, if it could.
    pub(super) fn waits(&self, charge: usize) -> Option<Motive> {
        self.waits.get(&charge).copied()
    }
}

/// A hex one could attack.
struct Target {
    hex: Hex,
    /// Indices of charges that can reach it, by hexside.
    who: Vec<usize>,
    worth: f64,
    chance: f64,
    least: f64,
}

impl Target {
    fn score(&self) -> f64 {
        self.chance * (0.3 + self.worth)
    }
}

/// Plans the turn's assaults and gives the orders.
pub(super) fn plan(
    table: &mut Table<'_, '_>,
    desk: &mut Desk,
    flows: &Flows,
    charges: &[Charge<'_>],
) -> Plan {
    let mut targets: Vec<Target> = reachable(table, desk, charges)
        .into_iter()
        .filter_map(|(hex, who)| weigh(table, flows, charges, hex, who))
        .collect();
    let mut waits = BTreeMap::new();
    if desk.explains() {
        note(desk, charges, &targets);
        waits = waiting(&targets);
    }
    targets.retain(|t| t.chance >= t.least);
    targets.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.hex.cmp(&b.hex)));
    let mut blows = Vec::new();
    for target in targets {
        let free: Vec<usize> = target
            .who
            .iter()
            .copied()
            .filter(|i| !desk.is_settled(charges[*i].own.id))
            .collect();
        let (chance, least) = if free.len() == target.who.len() {
            (target.chance, target.least)
        } else {
            // Some have been given to a better target.
            let Some(rest) = weigh(table, flows, charges, target.hex, free.clone()) else {
                continue;
            };
            if rest.chance < rest.least {
                continue;
            }
            (rest.chance, rest.least)
        };
        let task = Task::Assault { target: target.hex };
        let team = team(table, charges, &free);
        let motive = Motive::Forecast {
            chance,
            least,
            units: team.len() as u32,
        };
        let units: Vec<UnitId> = team
            .into_iter()
            .filter(|i| desk.give(table, &charges[*i], task, motive))
            .map(|i| charges[i].own.id)
            .collect();
        if !units.is_empty() {
            blows.push(Blow {
                target: target.hex,
                units,
                chance,
            });
        }
    }
    Plan { blows, waits }
}

/// Notes what was weighed for whom.
fn note(desk: &mut Desk, charges: &[Charge<'_>], targets: &[Target]) {
    for target in targets {
        let task = Task::Assault { target: target.hex };
        for i in &target.who {
            let forecast = Some(target.chance);
            desk.weigh(charges[*i].own.id, task, target.score(), forecast);
        }
    }
}

/// By charge, in order: the best attack it might join that does not promise enough.
fn waiting(targets: &[Target]) -> BTreeMap<usize, Motive> {
    let mut best: BTreeMap<usize, (f64, Motive)> = BTreeMap::new();
    for target in targets.iter().filter(|t| t.chance < t.least) {
        let motive = Motive::Waits {
            target: target.hex,
            chance: target.chance,
            least: target.least,
            need: Need::Odds,
        };
        for i in &target.who {
            let known = best.entry(*i).or_insert((target.score(), motive));
            if known.0 < target.score() {
                *known = (target.score(), motive);
            }
        }
    }
    best.into_iter().map(|(i, (_, m))| (i, m)).collect()
}

/// Enemy hexes next to units that can attack, with these units, in order of hex.
fn reachable(table: &Table<'_, '_>, desk: &Desk, charges: &[Charge<'_>]) -> Vec<(Hex, Vec<usize>)> {
    let mut pairs: Vec<(Hex, usize)> = Vec::new();
    for (i, c) in charges.iter().enumerate() {
        let ready = c.fights()
            && c.is_fit()
            && table.faced(c.at) > 0
            && c.mission.posture != MissionPosture::Withdraw
            && !desk.is_settled(c.own.id);
        if !ready {
            continue;
        }
        // Who has men lodged in a wall does not leave them for a fight elsewhere.
        let bound = super::siege::is_bound(table, c);
        for (d, n) in table.map.grid.neighbours(c.at) {
            let ground = table.enemy(n)
                && (!bound || table.view.passage().walled(c.at, d))
                && !table.map.at(n).safety_zone
                && table.view.passage().cost(c.mover, c.at, d).is_finite()
                && table.storms(c.at, d);
            if ground {
                pairs.push((n, i));
            }
        }
    }
    pairs.sort_unstable();
    let mut targets: Vec<(Hex, Vec<usize>)> = Vec::new();
    for (hex, i) in pairs {
        match targets.last_mut() {
            Some((last, who)) if *last == hex => who.push(i),
            _ => targets.push((hex, vec![i])),
        }
    }
    targets
}

/// The best of those who could attack a hex: so many a hexside, and the arms that assist them; one unit
/// alone for a commander that does not bring units together.
fn team(table: &Table<'_, '_>, charges: &[Charge<'_>], who: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = who.to_vec();
    order.sort_by(|a, b| {
        let power = |i: usize| charges[i].power(table.view);
        power(*b).total_cmp(&power(*a)).then(a.cmp(b))
    });
    let mut chosen: Vec<usize> = Vec::new();
    for &i in order.iter().filter(|i| !charges[**i].assists()) {
        let here = chosen
            .iter()
            .filter(|j| charges[**j].at == charges[i].at)
            .count();
        if here < A_SIDE {
            chosen.push(i);
        }
        if !table.skill.joint && !chosen.is_empty() {
            return chosen;
        }
    }
    if !chosen.is_empty() {
        chosen.extend(order.iter().filter(|i| charges[**i].assists()));
    }
    chosen.sort_unstable();
    chosen
}

/// What an attack on a hex promises, and the least it must.
fn weigh(
    table: &Table<'_, '_>,
    flows: &Flows,
    charges: &[Charge<'_>],
    hex: Hex,
    who: Vec<usize>,
) -> Option<Target> {
    let team = team(table, charges, &who);
    let worth = team
        .iter()
        .map(|i| worth(table, flows, &charges[*i], hex))
        .max_by(f64::total_cmp)?;
    if worth < 0.0 {
        return None;
    }
    let ids: Vec<UnitId> = team.iter().map(|i| charges[*i].own.id).collect();
    let leader = *ids.first()?;
    let chance = (table.view.odds(&ids, hex)? * table.misjudged(leader, hex)).min(1.0);
    Some(Target {
        hex,
        least: least_chance(table, charges, &team, hex),
        who,
        worth,
        chance,
    })
}

/// Worth of a hex to a unit: for attackers, how much nearer it lies to their objective; for
/// defenders, whether it is theirs to hold. Negative: none.
fn worth(table: &Table<'_, '_>, flows: &Flows, c: &Charge<'_>, hex: Hex) -> f64 {
    let objective = c.mission.objective;
    let near = table.map.grid.distance(hex, objective);
    if c.mission.posture == MissionPosture::Attack {
        let gain = f64::from(flows.cost(objective, c.at) - flows.cost(objective, hex));
        return if hex == objective {
            2.0
        } else if gain.is_finite() && gain > -1.5 {
            (0.3 + gain / 6.0).clamp(0.1, 1.5)
        } else {
            // An enemy in the flank is worth a blow only when it is easy.
            0.0
        };
    }
    let works = table.map.at(hex).works.level >= WorksLevel::Prepared;
    if near <= 1 {
        1.5
    } else if works || near <= 3 {
        0.6
    } else {
        -1.0
    }
}

/// The least chance at which this command attacks.
fn least_chance(table: &Table<'_, '_>, charges: &[Charge<'_>], team: &[usize], hex: Hex) -> f64 {
    let view = table.view;
    let temper = match team.first() {
        Some(i) => table.temper(charges[*i].formation),
        None => table.side_temper(),
    };
    let between = |(eager, wary): (f64, f64), x: f64| eager + (wary - eager) * (1.0 - x);
    let attack = team
        .iter()
        .any(|i| charges[*i].mission.posture == MissionPosture::Attack);
    let mut least = if attack {
        between(CHANCE, temper.aggression)
    } else {
        between(CHANCE_BACK, temper.counterattack)
    };
    if team.iter().any(|i| charges[*i].mission.objective == hex) {
        least *= 0.75;
    }
    let power: f64 = team.iter().map(|i| charges[*i].power(view)).sum();
    if attack && power > 1.5 * table.enemy_power(hex) {
        least *= 1.0 - 0.4 * temper.aggression;
    }
    if team.iter().any(|i| charges[*i].attacks(hex)) {
        // What has been begun is not lightly given up.
        least *= 0.8;
    }
    let worn = team
        .iter()
        .filter(|i| charges[**i].left() < 1.0 - temper.loss_tolerance)
        .count();
    if worn * 2 > team.len() {
        least *= 2.5;
    }
    if view.sky(view.hour()).night {
        least += NIGHT * (1.0 - temper.night_attack);
    }
    least
}
