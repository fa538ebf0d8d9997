//! Attackers on the move: by road towards the objective, then into places from which the enemy in
//! the way can be attacked from several sides; out of the line to rest when they are spent.

use super::{
    charge::Charge,
    desk::Desk,
    flow::{Flows, place_at},
    reason::Motive,
    table::Table,
};
use crate::{
    battle::{MissionPosture, Task},
    scenario::{Hex, Side, UnitId},
};
use std::collections::BTreeMap;

/// A move within reach of the enemy must better the position by so many km of way.
const WORTHWHILE: f64 = 0.75;
/// Drive of troops above which they march beyond the normal hours.
const FORCED_DRIVE: f64 = 0.6;
/// Fatigue above which nobody does.
const FORCED_FATIGUE: f64 = 0.45;

/// Where units came from, so that none goes to and fro.
#[derive(Clone, Debug, Default)]
pub(super) struct Trails(BTreeMap<UnitId, (Hex, Option<Hex>)>);

impl Trails {
    /// Notes where everybody stands.
    pub(super) fn note(&mut self, charges: &[Charge<'_>]) {
        for c in charges {
            let trail = self.0.entry(c.own.id).or_insert((c.at, None));
            if trail.0 != c.at {
                *trail = (c.at, Some(trail.0));
            }
        }
    }

    fn came_from(&self, unit: UnitId) -> Option<Hex> {
        self.0.get(&unit).and_then(|t| t.1)
    }
}

/// An attacker that is not to assault this turn.
pub(super) fn advance(
    table: &mut Table<'_, '_>,
    desk: &mut Desk,
    flows: &Flows,
    trails: &Trails,
    waits: Option<Motive>,
    c: &Charge<'_>,
) {
    if c.is_stuck() && table.steps(c.at) > 2 {
        // The road is full: let it clear.
        desk.give(table, c, Task::Hold, blocked(c));
        return;
    }
    if let Some(worn) = c.worn() {
        rest(table, desk, c, worn);
        return;
    }
    if let Some(hex) = loose_end(table, c)
        && desk.give(table, c, step_to(table, c, hex), Motive::LooseEnd)
    {
        return;
    }
    if table.steps(c.at) <= 2 {
        close_up(table, desk, flows, trails, waits, c);
    } else {
        go_on(table, desk, flows, c, 1);
    }
}

/// A hex of the objective's place that nobody has entered yet, close by.
fn loose_end(table: &Table<'_, '_>, c: &Charge<'_>) -> Option<Hex> {
    let side = table.view.side();
    if table.map.grid.distance(c.at, c.mission.objective) > 4 {
        return None;
    }
    let (_, place) = place_at(table.view, c.mission.objective)?;
    place
        .hexes
        .iter()
        .copied()
        .filter(|h| {
            table.view.control(*h) != Some(side)
                && table.may_stand(c.mover, *h)
                && table.units(*h) == 0
                && table.map.grid.distance(c.at, *h) <= 3
        })
        .min_by_key(|h| (table.map.grid.distance(c.at, *h), *h))
}

/// Marches on, as far as one can without running into the enemy, and no nearer to him than `nearest`
/// steps.
pub(super) fn go_on(
    table: &mut Table<'_, '_>,
    desk: &mut Desk,
    flows: &Flows,
    c: &Charge<'_>,
    nearest: u8,
) {
    let objective = c.mission.objective;
    let cost = |hex: Hex| flows.cost(objective, hex);
    let men = c.men();
    let mut stop = false;
    let way = flows.descend(table, objective, c.at, |n| {
        let now = stop;
        stop = table.steps(n) <= nearest;
        now || table.enemy(n) || (stop && nearest > 1)
    });
    let end = way
        .iter()
        .rev()
        .copied()
        .find(|h| table.may_stand(c.mover, *h) && table.fits(*h, men));
    if let (Task::March { to, .. }, true) = (c.own.task, !c.is_stuck()) {
        let still_good = to != c.at && table.may_stand(c.mover, to) && table.steps(to) >= nearest;
        let further = end.is_some_and(|e| cost(to) - cost(e) > 2.0);
        let close = table.map.grid.distance(c.at, to) <= 3;
        if still_good && cost(to) < cost(c.at) && !(further && close) {
            let motive = nearer(flows, objective, c.at, to);
            desk.give(table, c, c.own.task, motive);
            return;
        }
    }
    let (task, motive) = match end {
        Some(to) => {
            let forced = hurries(table, c);
            let motive = nearer(flows, objective, c.at, to);
            (Task::March { to, forced }, motive)
        }
        // The way ahead is full of one's own, or it is there: it recovers meanwhile.
        None if cost(c.at).is_finite() && table.steps(c.at) > 2 => (Task::Rest, Motive::Queues),
        None if cost(c.at).is_finite() => (Task::Hold, Motive::Best),
        None => (Task::Hold, Motive::NoWay),
    };
    if !desk.give(table, c, task, motive) {
        desk.give(table, c, Task::Hold, blocked(c));
    }
}

fn nearer(flows: &Flows, objective: Hex, from: Hex, to: Hex) -> Motive {
    Motive::Nearer {
        from_km: f64::from(flows.cost(objective, from)),
        to_km: f64::from(flows.cost(objective, to)),
    }
}

/// Why a unit stays that found nowhere to go.
pub(super) fn blocked(c: &Charge<'_>) -> Motive {
    if c.own.blocked_hours > 0 {
        Motive::Blocked {
            hours: c.own.blocked_hours,
        }
    } else {
        Motive::Best
    }
}

fn hurries(table: &Table<'_, '_>, c: &Charge<'_>) -> bool {
    let figures = table.view.scenario().figures(c.own.id);
    figures.drive >= FORCED_DRIVE && c.own.condition.fatigue < FORCED_FATIGUE
}

/// How to go to a hex close by: in fighting order from one enemy zone to the next, else on the
/// march.
fn step_to(table: &Table<'_, '_>, c: &Charge<'_>, to: Hex) -> Task {
    if table.faced(to) > 0 && c.fights() {
        Task::Assault { target: to }
    } else {
        Task::March { to, forced: true }
    }
}

/// Within reach of the enemy: the hex within two steps from which to press him.
fn close_up(
    table: &mut Table<'_, '_>,
    desk: &mut Desk,
    flows: &Flows,
    trails: &Trails,
    waits: Option<Motive>,
    c: &Charge<'_>,
) {
    let objective = c.mission.objective;
    let here = flows.cost(objective, c.at);
    if !here.is_finite() {
        desk.give(table, c, Task::Hold, Motive::NoWay);
        return;
    }
    let came_from = trails.came_from(c.own.id);
    let others = table.men(c.at).saturating_sub(c.men());
    let stay = position(table, flows, c, c.at, others);
    let steps: Vec<(f64, Hex)> = steps_within_two(table, c)
        .into_iter()
        .filter(|(hex, _)| table.fits(*hex, c.men()) && Some(*hex) != came_from)
        .map(|(hex, cost)| {
            let score = position(table, flows, c, hex, table.men(hex)) - 0.1 * f64::from(cost);
            (score, hex)
        })
        .collect();
    if desk.explains() {
        for (score, hex) in &steps {
            desk.weigh(c.own.id, step_to(table, c, *hex), *score, None);
        }
        desk.weigh(c.own.id, Task::Hold, stay + WORTHWHILE, None);
    }
    let best = steps
        .into_iter()
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    let stays = waits.unwrap_or(Motive::Best);
    match best {
        Some((score, hex)) if score > stay + WORTHWHILE => {
            let task = step_to(table, c, hex);
            let motive = Motive::Closer { gain: score - stay };
            if !desk.give(table, c, task, motive) {
                desk.give(table, c, Task::Hold, stays);
            }
        }
        _ => {
            desk.give(table, c, Task::Hold, stays);
        }
    }
}

/// How good a hex is to attack from: near the objective, at the enemy, on a side of him of its own,
/// not crowded, not under the fire of many.
fn position(table: &Table<'_, '_>, flows: &Flows, c: &Charge<'_>, hex: Hex, others: u32) -> f64 {
    let way = f64::from(flows.cost(c.mission.objective, hex));
    let faced = f64::from(table.faced(hex));
    let at_him = if faced > 0.0 { 1.2 } else { 0.0 };
    let own_side = if faced > 0.0 && others == 0 { 0.8 } else { 0.0 };
    let crowd = f64::from(others) / f64::from(table.room.max(1));
    at_him + own_side + 0.25 * table.strength_of_ground(hex)
        - way
        - crowd
        - 0.6 * (faced - 2.0).max(0.0)
}

/// Hexes to be reached in one or two steps through gates in own hands and hexes without enemies,
/// with what the way costs.
pub(super) fn steps_within_two(table: &Table<'_, '_>, c: &Charge<'_>) -> Vec<(Hex, f32)> {
    let mut found: Vec<(Hex, f32)> = Vec::with_capacity(18);
    let mut ring = vec![(c.at, 0.0_f32)];
    for _ in 0..2 {
        let mut next = Vec::new();
        for (hex, cost) in ring {
            for (d, n) in table.map.grid.neighbours(hex) {
                let step = table.view.passage().cost(c.mover, hex, d);
                let open = step.is_finite()
                    && n != c.at
                    && table.may_stand(c.mover, n)
                    && table.view.gate_open(c.mover, hex, n);
                if open && !found.iter().any(|(h, _)| *h == n) {
                    found.push((n, cost + step));
                    next.push((n, cost + step));
                }
            }
        }
        ring = next;
    }
    found
}

/// A spent unit: out of the line if it can be spared there, away from those in flight, and rest.
pub(super) fn rest(table: &mut Table<'_, '_>, desk: &mut Desk, c: &Charge<'_>, why: Motive) {
    let in_line = table.faced(c.at) > 0;
    let panic = table.panic_near(c.at);
    let spared = !in_line
        || table.units(c.at) > 1
        || c.mission.posture == MissionPosture::Attack
        || c.own.condition.cohesion < 0.3;
    let wants_out = spared && (in_line || panic > 0) && !c.unit.branch.is_fixed();
    let quiet = wants_out
        .then(|| {
            steps_within_two(table, c)
                .into_iter()
                .filter(|(hex, _)| table.faced(*hex) == 0 && table.fits(*hex, c.men()))
                .map(|(hex, _)| (table.panic_near(hex), table.view.supply_cost(hex), hex))
                .min_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)))
        })
        .flatten()
        .filter(|(there, _, _)| in_line || *there < panic);
    let (task, why) = match quiet {
        Some((there, _, to)) if !in_line && there < panic => (Task::Withdraw { to }, Motive::Panic),
        Some((_, _, to)) => (Task::Withdraw { to }, why),
        None if in_line => (Task::Hold, why),
        None => (Task::Rest, why),
    };
    if !desk.give(table, c, task, why) {
        desk.give(table, c, Task::Hold, why);
    }
}

/// Is a hex in the hands of a side, or nobody's?
pub(super) fn friendly(table: &Table<'_, '_>, hex: Hex, side: Side) -> bool {
    table.view.control(hex) != Some(side.enemy())
}
