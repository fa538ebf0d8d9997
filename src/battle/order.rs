//! The single gate of orders: [`Order`] in, or a typed [`Refusal`].
//!
//! Players, computer commanders, scripts, records and saves all come through here; what greys out
//! a button and what refuses an order is the same [`check`].

mod book;
mod command;
mod decision;
mod refusal;
mod siege;
mod task;

pub use book::OrderBook;
pub use refusal::{Refusal, Tenths};
pub use task::{Deed, Task};

use super::{
    air::AirMission,
    command::Directive,
    unit::Posture,
    view::{OwnUnit, SideView},
};
use crate::scenario::{AirGroupId, Branch, FormationId, Hex, Hours, UnitId, events::DecisionId};
use serde::{Deserialize, Serialize};

/// Number of an order within its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OrderId(pub u32);

/// How a formation is to go about its mission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MissionPosture {
    /// Take the objective.
    Attack,
    /// Hold it.
    Hold,
    /// Hold it while that costs little.
    Delay,
    /// Be at hand.
    Reserve,
    /// Go there, avoiding battle.
    Withdraw,
}

/// What a formation is told to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FormationMission {
    /// The hex it is about.
    pub objective: Hex,
    /// How.
    pub posture: MissionPosture,
    /// May its units fall back without being told?
    pub may_withdraw: bool,
}

/// An order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Order {
    /// To a unit.
    Unit {
        /// Which.
        unit: UnitId,
        /// What.
        task: Task,
        /// Not before this hour.
        start_at: Option<Hours>,
    },
    /// To a formation.
    Formation {
        /// Which.
        formation: FormationId,
        /// What.
        mission: FormationMission,
        /// Not before this hour.
        #[serde(default)]
        start_at: Option<Hours>,
    },
    /// A directive to all of a side, or to a formation and all under it.
    Directive {
        /// To which; `None`: to all.
        to: Option<FormationId>,
        /// What.
        directive: Directive,
        /// Not before this hour.
        start_at: Option<Hours>,
    },
    /// To an air group.
    Air {
        /// Which.
        group: AirGroupId,
        /// What.
        mission: AirMission,
    },
    /// An answer to a question put to the command.
    Decide {
        /// Which.
        decision: DecisionId,
        /// Which of its options.
        option: u16,
    },
}

impl Order {
    /// Do both go to the same unit or formation? The later one then replaces the earlier.
    pub fn same_addressee(&self, other: &Order) -> bool {
        match (self, other) {
            (Order::Unit { unit: a, .. }, Order::Unit { unit: b, .. }) => a == b,
            (Order::Formation { formation: a, .. }, Order::Formation { formation: b, .. }) => {
                a == b
            }
            (Order::Directive { to: a, .. }, Order::Directive { to: b, .. }) => a == b,
            (Order::Air { group: a, .. }, Order::Air { group: b, .. }) => a == b,
            (Order::Decide { decision: a, .. }, Order::Decide { decision: b, .. }) => a == b,
            _ => false,
        }
    }
}

/// Is an order legal, as far as its side can know?
///
/// # Errors
/// Why not.
pub fn check(view: &SideView<'_>, order: &Order) -> Result<(), Refusal> {
    if view.is_over() {
        return Err(Refusal::Over);
    }
    match *order {
        Order::Formation {
            formation,
            mission,
            start_at,
        } => {
            in_time(view, start_at)?;
            check_formation(view, formation, &mission)
        }
        Order::Directive {
            to,
            directive,
            start_at,
        } => {
            in_time(view, start_at)?;
            command::check_directive(view, to, directive)
        }
        Order::Unit {
            unit,
            task,
            start_at,
        } => {
            in_time(view, start_at)?;
            check_unit(view, unit, task)
        }
        Order::Air { group, mission } => check_air(view, group, mission),
        Order::Decide { decision, option } => decision::check(view, decision, option),
    }
}

/// A start hour must lie in what is left of the battle.
fn in_time(view: &SideView<'_>, start_at: Option<Hours>) -> Result<(), Refusal> {
    let end = view.scenario().turns() * 4;
    if start_at.is_some_and(|h| h < view.hour() || h.0 >= end) {
        return Err(Refusal::StartHour);
    }
    Ok(())
}

fn check_air(view: &SideView<'_>, group: AirGroupId, mission: AirMission) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let known = scenario
        .air()
        .get(usize::from(group.0))
        .ok_or(Refusal::Unknown)?;
    if known.side != view.side() {
        return Err(Refusal::NotYours);
    }
    let Some(target) = mission.target() else {
        return Ok(());
    };
    if known.from > view.hour() {
        return Err(Refusal::NotYet {
            who: known.name.clone(),
        });
    }
    may_fire_at(view, target)
}

/// Ground that one's own guns and bombs may fall on.
fn may_fire_at(view: &SideView<'_>, target: Hex) -> Result<(), Refusal> {
    let map = view.scenario().map();
    if target.index() >= map.grid.len() {
        return Err(Refusal::NoSuchHex);
    }
    if map.at(target).safety_zone {
        return Err(Refusal::SafetyZone);
    }
    if view.is_silent(target) {
        return Err(Refusal::CityLost);
    }
    if view.scenario().keeps_fire_from(view.side(), target) {
        return Err(Refusal::Forbidden {
            hex: map.describe(target),
            why: "artillery and bombs are kept from this ground by order".to_owned(),
        });
    }
    Ok(())
}

fn check_formation(
    view: &SideView<'_>,
    formation: FormationId,
    mission: &FormationMission,
) -> Result<(), Refusal> {
    let formations = view.scenario().formations();
    let known = formations
        .get(formation.0 as usize)
        .ok_or(Refusal::Unknown)?;
    if known.side != view.side() {
        return Err(Refusal::NotYours);
    }
    command::reachable(view, formation)?;
    let map = view.scenario().map();
    if mission.objective.index() >= map.grid.len() {
        return Err(Refusal::NoSuchHex);
    }
    if map.at(mission.objective).safety_zone {
        return Err(Refusal::SafetyZone);
    }
    if view.is_silent(mission.objective) {
        return Err(Refusal::CityLost);
    }
    Ok(())
}

fn check_unit(view: &SideView<'_>, unit: UnitId, task: Task) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let known = scenario
        .units()
        .get(unit.0 as usize)
        .ok_or(Refusal::Unknown)?;
    if known.side != view.side() {
        return Err(Refusal::NotYours);
    }
    let own = view.own(unit).ok_or(Refusal::Unknown)?;
    let name = || known.name.clone();
    let Some(at) = own.hex else {
        return Err(Refusal::NotOnMap { unit: name() });
    };
    let goal = task
        .place(scenario.map())
        .filter(|h| h.index() < scenario.map().grid.len());
    if view.is_silent(at) || goal.is_some_and(|hex| view.is_silent(hex)) {
        return Err(Refusal::CityLost);
    }
    if own.posture == Posture::Routed {
        return Err(Refusal::Routed { unit: name() });
    }
    if view.is_leaving(unit) {
        return Err(Refusal::Leaving { unit: name() });
    }
    let map = scenario.map();
    let hex_on_map = |hex: Hex| {
        if hex.index() < map.grid.len() {
            Ok(())
        } else {
            Err(Refusal::NoSuchHex)
        }
    };
    match task {
        Task::Hold | Task::Rest => Ok(()),
        Task::March { to, .. } | Task::Withdraw { to } => {
            hex_on_map(to)?;
            if known.branch.is_fixed() {
                return Err(not_its_work(name(), "move: its guns are fixed"));
            }
            if map.at(to).safety_zone {
                return Err(Refusal::SafetyZone);
            }
            reachable(view, unit, at, to, name)
        }
        Task::Embark { at: pier } => {
            hex_on_map(pier)?;
            if known.branch.is_fixed() {
                return Err(not_its_work(name(), "move: its guns are fixed"));
            }
            embark(view, unit, pier)?;
            reachable(view, unit, at, pier, name)
        }
        Task::Assault { target } => {
            hex_on_map(target)?;
            if !known.branch.can_assault() {
                return Err(not_its_work(name(), "assault"));
            }
            if map.at(target).safety_zone {
                return Err(Refusal::SafetyZone);
            }
            siege::assault(view, own, target)?;
            reachable(view, unit, at, target, name)
        }
        Task::Counterattack { target } => {
            hex_on_map(target)?;
            siege::counterattack(view, own, target)
        }
        Task::Siege { deed, side } => siege::deed(view, own, deed, side),
        Task::ClearMines { target } => {
            hex_on_map(target)?;
            siege::clear_mines(view, own, target)
        }
        Task::Bombard { target } | Task::Support { target } => {
            hex_on_map(target)?;
            let Some(class) = known.gun_class.filter(|_| known.guns > 0) else {
                return Err(not_its_work(
                    name(),
                    "fire missions: it has no guns for that",
                ));
            };
            may_fire_at(view, target)?;
            aims_ashore(view, own, target)?;
            in_range(view, own, class, target)
        }
    }
}

/// Do boats put off there, and may the unit go in them?
fn embark(view: &SideView<'_>, unit: UnitId, pier: Hex) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let Some((number, _)) = super::ferry::crossing_at(scenario, view.side(), pier) else {
        return Err(Refusal::NothingToDo {
            why: format!("no boats put off at {}", scenario.map().describe(pier)),
        });
    };
    let known = scenario.unit(unit);
    if view.may_embark(known.formation, number) {
        Ok(())
    } else {
        Err(Refusal::NotPermitted {
            unit: known.name.clone(),
        })
    }
}

/// Do these guns reach a hex, and have they shells?
fn in_range(view: &SideView<'_>, own: &OwnUnit, class: usize, target: Hex) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let map = scenario.map();
    let range = scenario.rules().guns[class].range_km;
    let at = own.hex.unwrap_or(target);
    let distance = f64::from(map.grid.distance(at, target)) * map.grid.hex_km();
    if distance > range {
        return Err(Refusal::OutOfRange {
            have: Tenths::of(distance),
            need: Tenths::of(range),
        });
    }
    if own.condition.rounds < 1.0 {
        return Err(Refusal::NoShells {
            unit: scenario.unit(own.id).name.clone(),
        });
    }
    Ok(())
}

/// Are guns aimed at a hex, if they are ships' guns?
fn aims_ashore(view: &SideView<'_>, own: &OwnUnit, target: Hex) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let known = scenario.unit(own.id);
    let at = own.hex.unwrap_or(target);
    if known.branch == Branch::Naval && !super::navy::near_channel(scenario, at, target) {
        return Err(Refusal::TooFarInland {
            unit: known.name.clone(),
            hex: scenario.map().describe(target),
        });
    }
    Ok(())
}

/// Can guns batter the wall before a hex?
fn reachable_at(view: &SideView<'_>, own: &OwnUnit, outer: Hex) -> Result<(), Refusal> {
    let known = view.scenario().unit(own.id);
    match known.gun_class {
        Some(class) => {
            may_fire_at(view, outer)?;
            aims_ashore(view, own, outer)?;
            in_range(view, own, class, outer)
        }
        None => Err(not_its_work(known.name.clone(), "batter a wall")),
    }
}

fn not_its_work(unit: String, what: &str) -> Refusal {
    Refusal::NotItsWork {
        unit,
        what: what.to_owned(),
    }
}

fn reachable(
    view: &SideView<'_>,
    unit: UnitId,
    at: Hex,
    to: Hex,
    name: impl Fn() -> String,
) -> Result<(), Refusal> {
    let map = view.scenario().map();
    let mover = view.mover(unit);
    if !view.passage().can_stand(mover, to) {
        return Err(Refusal::Impassable {
            unit: name(),
            hex: map.describe(to),
        });
    }
    if !view.passage().connected(mover, at, to) {
        return Err(Refusal::NoWay {
            unit: name(),
            hex: map.describe(to),
        });
    }
    Ok(())
}
