//! What is noted of a game turn by turn: refused orders, the trails of units, hours spent blocked,
//! formations that stand about.

use super::{BLOCKED_TURNS, Behaviour, Fault, Finding, IDLE_TURNS, TO_AND_FRO_MOVES, idle};
use crate::{
    battle::{Battle, Event, Logged, Obstacle, Order, Posture, Refusal, Task},
    scenario::{FormationId, Hex, Side, TurnNo, UnitId},
    study::kinds,
};
use std::collections::{BTreeMap, BTreeSet};

/// A unit told to wait for one turn on a full road has not got on.
const WAITS: u32 = 1;

/// The way of a unit.
#[derive(Default)]
struct Trail {
    came_from: Option<Hex>,
    /// Moves running between two hexes.
    moves: u32,
    tasks: BTreeSet<&'static str>,
    found: Option<usize>,
}

/// A unit that does not get on.
#[derive(Default)]
struct Jam {
    turns: u32,
    waited: u32,
    by: BTreeMap<Obstacle, u32>,
    found: Option<usize>,
}

/// A formation that stands about.
#[derive(Default)]
struct Rest {
    turns: u32,
    found: Option<usize>,
}

/// Notes on a game.
pub(super) struct Watch {
    seed: u64,
    trails: BTreeMap<UnitId, Trail>,
    jams: BTreeMap<UnitId, Jam>,
    rests: BTreeMap<FormationId, Rest>,
    seen: Behaviour,
}

/// What a unit did in a turn.
#[derive(Default)]
pub(super) struct Deeds {
    /// From hex to hex, not in flight.
    pub moves: Vec<(Hex, Hex)>,
    /// What it was blocked by, hour by hour.
    pub blocked: Vec<Obstacle>,
    /// Gave way, broke off, fled or rallied.
    pub driven: bool,
    /// Fought on the ground.
    pub fought: bool,
}

impl Watch {
    /// Of a game that begins.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            seed,
            trails: BTreeMap::new(),
            jams: BTreeMap::new(),
            rests: BTreeMap::new(),
            seen: Behaviour::default(),
        }
    }

    /// Notes the orders of a side for the turn to come.
    pub(super) fn orders(
        &mut self,
        battle: &Battle,
        side: Side,
        turn: TurnNo,
        refused: &[(Order, Refusal)],
    ) {
        self.seen.orders += (battle.standing(side).len() + refused.len()) as u32;
        for (order, refusal) in refused {
            let scenario = battle.scenario();
            let (who, at) = match *order {
                Order::Unit { unit, .. } => (
                    scenario.units().get(unit.0 as usize).map(|u| &u.text_id),
                    battle.position(unit),
                ),
                Order::Formation { formation, .. } => {
                    let known = scenario.formations().get(formation.0 as usize);
                    (known.map(|f| &f.text_id), None)
                }
                _ => (None, None),
            };
            let goal = match order {
                Order::Unit { task, .. } => task.goal(),
                Order::Formation { mission, .. } => Some(mission.objective),
                _ => None,
            };
            self.seen.findings.push(Finding {
                fault: Fault::IllegalOrder,
                seed: self.seed,
                turn,
                length: 1,
                side,
                who: who.cloned().unwrap_or_default(),
                hexes: at.into_iter().chain(goal).collect(),
                cause: format!("{}: {}", of_order(order), kinds::named(refusal)),
            });
        }
    }

    /// Notes a turn that was fought.
    pub(super) fn turn(&mut self, battle: &Battle, turn: TurnNo, events: &[Logged], told: &[Task]) {
        let deeds = deeds(battle, events);
        for (unit, deeds) in &deeds {
            self.seen.moves += deeds.moves.len() as u32;
            self.follow(battle, turn, *unit, deeds, told[unit.0 as usize]);
        }
        let stuck: BTreeSet<UnitId> = self.jams.keys().chain(deeds.keys()).copied().collect();
        for unit in stuck {
            self.jam(battle, turn, unit, deeds.get(&unit), told[unit.0 as usize]);
        }
        for look in idle::look(battle, &deeds, told) {
            self.seen.able += 1;
            self.rest(battle, turn, &look);
        }
    }

    /// What was seen.
    pub(super) fn close(mut self) -> Behaviour {
        self.seen.findings.sort_by_key(|f| f.turn);
        self.seen
    }

    /// Notes the way of a unit.
    fn follow(&mut self, battle: &Battle, turn: TurnNo, id: UnitId, deeds: &Deeds, task: Task) {
        let trail = self.trails.entry(id).or_default();
        if deeds.driven {
            *trail = Trail::default();
            return;
        }
        for &(from, to) in &deeds.moves {
            if trail.came_from == Some(to) {
                trail.moves += 1;
            } else {
                trail.moves = 1;
                trail.found = None;
                trail.tasks.clear();
            }
            trail.came_from = Some(from);
            trail.tasks.insert(kinds::named(&task));
            if trail.moves <= TO_AND_FRO_MOVES {
                continue;
            }
            if let Some(found) = trail.found {
                self.seen.findings[found].length = trail.moves;
                continue;
            }
            let tasks: Vec<&str> = trail.tasks.iter().copied().collect();
            trail.found = Some(self.seen.findings.len());
            self.seen.findings.push(Finding {
                fault: Fault::ToAndFro,
                seed: self.seed,
                turn,
                length: trail.moves,
                side: battle.scenario().unit(id).side,
                who: battle.scenario().unit(id).text_id.clone(),
                hexes: vec![from, to],
                cause: format!(
                    "{}; told to {}",
                    circumstances(battle, id),
                    tasks.join(" and ")
                ),
            });
        }
    }

    /// Notes whether a unit got on.
    fn jam(
        &mut self,
        battle: &Battle,
        turn: TurnNo,
        id: UnitId,
        deeds: Option<&Deeds>,
        task: Task,
    ) {
        let got_on = deeds.is_some_and(|d| d.driven || d.fought || !d.moves.is_empty());
        let blocked: &[Obstacle] = deeds.map_or(&[], |d| &d.blocked);
        let at = battle.position(id);
        let (Some(at), false) = (at, got_on) else {
            self.jams.remove(&id);
            return;
        };
        if blocked.is_empty() {
            // Whoever has marched all he may in a day still has not got on.
            let still_wants_to = task.goal().is_some_and(|goal| goal != at);
            if let (Some(jam), false) = (self.jams.get_mut(&id), still_wants_to) {
                jam.waited += 1;
                if jam.waited > WAITS {
                    self.jams.remove(&id);
                }
            }
            return;
        }
        let jam = self.jams.entry(id).or_default();
        jam.turns += 1;
        jam.waited = 0;
        for by in blocked {
            *jam.by.entry(*by).or_default() += 1;
        }
        if jam.turns <= BLOCKED_TURNS {
            return;
        }
        if let Some(found) = jam.found {
            self.seen.findings[found].length = jam.turns;
            return;
        }
        let most = jam.by.iter().max_by_key(|(_, hours)| **hours);
        let by = most.map_or("nothing", |(by, _)| kinds::named(by));
        jam.found = Some(self.seen.findings.len());
        self.seen.findings.push(Finding {
            fault: Fault::Blocked,
            seed: self.seed,
            turn,
            length: jam.turns,
            side: battle.scenario().unit(id).side,
            who: battle.scenario().unit(id).text_id.clone(),
            hexes: std::iter::once(at).chain(task.goal()).collect(),
            cause: format!(
                "by {by}; {}; told to {}",
                circumstances(battle, id),
                kinds::named(&task)
            ),
        });
    }

    /// Notes whether a formation had something to do.
    fn rest(&mut self, battle: &Battle, turn: TurnNo, look: &idle::Look) {
        let Some(cause) = look.idle else {
            self.rests.remove(&look.formation);
            return;
        };
        let rest = self.rests.entry(look.formation).or_default();
        rest.turns += 1;
        if rest.turns <= IDLE_TURNS {
            return;
        }
        if let Some(found) = rest.found {
            self.seen.findings[found].length = rest.turns;
            return;
        }
        rest.found = Some(self.seen.findings.len());
        let known = battle.scenario().formation(look.formation);
        self.seen.findings.push(Finding {
            fault: Fault::IdleFormation,
            seed: self.seed,
            turn,
            length: rest.turns,
            side: known.side,
            who: known.text_id.clone(),
            hexes: look.hexes.clone(),
            cause: cause.to_owned(),
        });
    }
}

/// What each unit did in a turn, by number; units that did nothing of note are not there.
fn deeds(battle: &Battle, events: &[Logged]) -> BTreeMap<UnitId, Deeds> {
    let mut found: BTreeMap<UnitId, Deeds> = BTreeMap::new();
    for logged in events {
        match &logged.event {
            Event::Moved { unit, from, to } => {
                found.entry(*unit).or_default().moves.push((*from, *to));
            }
            Event::Blocked { unit, by, .. } => {
                found.entry(*unit).or_default().blocked.push(*by);
            }
            Event::Yielded { unit, .. }
            | Event::BrokeOff { unit, .. }
            | Event::Rallied { unit }
            | Event::Left { unit, .. } => found.entry(*unit).or_default().driven = true,
            Event::Fought {
                attackers,
                defenders,
                ..
            } => {
                for unit in attackers.iter().chain(defenders) {
                    found.entry(*unit).or_default().fought = true;
                }
            }
            _ => {}
        }
    }
    for (unit, deeds) in &mut found {
        let routed = |u: crate::battle::UnitState| u.stance.posture == Posture::Routed;
        deeds.driven |= battle.unit(*unit).is_some_and(routed);
    }
    found
}

/// Arm and mission of a unit, and whether it is in contact.
fn circumstances(battle: &Battle, id: UnitId) -> String {
    let known = battle.scenario().unit(id);
    let mission = battle.view(known.side).mission(known.formation);
    let contact = battle.unit(id).is_some_and(|u| u.ledger.in_contact);
    format!(
        "{:?}, {}, {}",
        known.branch,
        mission.map_or("no mission", |m| kinds::named(&m.posture)),
        if contact {
            "in contact"
        } else {
            "out of contact"
        },
    )
}

/// What an order asks for, by name.
fn of_order(order: &Order) -> String {
    match order {
        Order::Unit { task, .. } => format!("unit, {}", kinds::named(task)),
        Order::Formation { mission, .. } => {
            format!("formation, {}", kinds::named(&mission.posture))
        }
        other => kinds::named(other).to_owned(),
    }
}
