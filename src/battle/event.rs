//! Events: facts in past tense, complete enough to explain and to rebuild every position,
//! strength and controller from the start state. The log is append-only.

use super::{
    order::{FormationMission, Order},
    strength::Bin,
    unit::Posture,
    why::Why,
};
use crate::scenario::{AirGroupId, FormationId, Hex, Hours, Side, TurnNo, UnitId};
use bevy_ecs::resource::Resource;
use serde::{Deserialize, Serialize};

/// Number of an event in its battle, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventId(pub u32);

/// The part of the turn that wrote an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Phase {
    Arrivals,
    Command,
    Happenings,
    Observation,
    Bombardment,
    Movement,
    Assault,
    Morale,
    Supply,
    Verdict,
}

/// Why men changed bins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Cause {
    Arrival,
    Ground,
    Bombardment,
    Retreat,
    Rout,
    Overrun,
    March,
    Dissolution,
    Rally,
    LeftTheMap,
    CityLost,
    Draft,
}

/// What set ground on fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Spark {
    /// Shells or bombs.
    Shells,
    /// An assault.
    Assault,
    /// The torch.
    Razing,
    /// A fire in a neighbouring hex.
    Neighbour,
}

/// Why a unit could not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Obstacle {
    /// The hex ahead is full.
    Full,
    /// The road is full.
    Traffic,
    /// Enemies hold it.
    Enemy,
    /// A gate not in own hands.
    Gate,
    /// Enemy zones of control.
    ZoneOfControl,
    /// No way leads on.
    NoWay,
}

/// State of a place for the side that does not hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PlaceState {
    /// One of its hexes entered or attacked.
    Contested,
    /// All of its hexes controlled.
    Captured,
}

/// Why the battle ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum End {
    /// The city was lost and the hours after it have passed.
    CityLost,
    /// The last turn is over.
    TimeUp,
    /// One side has no formed men left on the map and none to come.
    NobodyLeft(Side),
}

/// A fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A turn began.
    TurnBegan {
        /// Which.
        turn: TurnNo,
        /// Fog this morning.
        fog: bool,
    },
    /// A unit came onto the map.
    Arrived {
        /// Which.
        unit: UnitId,
        /// Where.
        at: Hex,
    },
    /// An order became a mission under way.
    OrderTaken {
        /// Whose.
        side: Side,
        /// What.
        order: Order,
    },
    /// An accepted order could not be carried out any more.
    OrderLapsed {
        /// Whose.
        side: Side,
        /// What.
        order: Order,
    },
    /// A formation's mission changed.
    MissionGiven {
        /// Which.
        formation: FormationId,
        /// What.
        mission: FormationMission,
    },
    /// A side saw an enemy unit for the first time, or again.
    Sighted {
        /// Who saw.
        by: Side,
        /// Whom.
        unit: UnitId,
        /// Where.
        at: Hex,
    },
    /// Guns fired a mission.
    Fired {
        /// The guns.
        unit: UnitId,
        /// At.
        target: Hex,
        /// Rounds.
        rounds: u32,
        /// Was the fall of shot seen?
        observed: bool,
    },
    /// A stack was shelled.
    Shelled {
        /// Where.
        at: Hex,
        /// Whose men.
        side: Side,
        /// Killed and wounded.
        casualties: u32,
        /// Suppression reached.
        suppression: f64,
        /// Why.
        why: Why,
    },
    /// An air group attacked.
    Raided {
        /// The group.
        group: AirGroupId,
        /// Whose.
        by: Side,
        /// Where.
        target: Hex,
        /// Sorties.
        sorties: u32,
        /// Columns on the roads about it, or what stands there?
        roads: bool,
    },
    /// Ground caught fire.
    Kindled {
        /// Where.
        at: Hex,
        /// From what.
        spark: Spark,
        /// Why.
        why: Box<Why>,
    },
    /// A fire burnt out.
    BurntOut {
        /// Where.
        at: Hex,
    },
    /// A side laid ground waste before the enemy.
    Razed {
        /// Who.
        by: Side,
        /// Which, in order.
        hexes: Vec<Hex>,
    },
    /// Ships closed a stretch of the river.
    RiverClosed {
        /// Feature index of the anchorage.
        anchorage: u16,
        /// Whose ships.
        by: Side,
    },
    /// Recruits joined a unit.
    Drafted {
        /// Which.
        unit: UnitId,
        /// Where it stands.
        at: Hex,
        /// How many.
        men: u32,
    },
    /// A unit entered a hex.
    Moved {
        /// Which.
        unit: UnitId,
        /// From.
        from: Hex,
        /// To.
        to: Hex,
    },
    /// A unit came up against enemies and stopped.
    Contact {
        /// Which.
        unit: UnitId,
        /// Where it stands.
        at: Hex,
        /// Where they stand.
        enemy_at: Hex,
    },
    /// A unit wanted to move on and could not.
    Blocked {
        /// Which.
        unit: UnitId,
        /// Where it stands.
        at: Hex,
        /// Why.
        by: Obstacle,
    },
    /// Men changed bins: the one event that changes strengths.
    Men {
        /// Whose.
        unit: UnitId,
        /// From.
        from: Bin,
        /// To.
        to: Bin,
        /// How many.
        men: u32,
        /// Why.
        cause: Cause,
    },
    /// An hour of ground combat over a hex.
    Fought {
        /// The hex fought over.
        at: Hex,
        /// The attacking side (for mere contact, the side outside a wall, or else the one whose hex
        /// has the lower number).
        attacker: Side,
        /// Attacking units.
        attackers: Vec<UnitId>,
        /// Defending units.
        defenders: Vec<UnitId>,
        /// An assault, or mere contact?
        assault: bool,
        /// Attacker's killed and wounded.
        attacker_losses: u32,
        /// Defender's killed and wounded.
        defender_losses: u32,
        /// Why the attacker lost so many.
        attacker_why: Box<Why>,
        /// Why the defender lost so many.
        defender_why: Box<Why>,
        /// Why he held or gave way (assaults only).
        hold: Option<Box<Why>>,
    },
    /// A unit's cohesion, fatigue and the rest changed posture.
    PostureChanged {
        /// Which.
        unit: UnitId,
        /// To what.
        posture: Posture,
    },
    /// A unit gave way.
    Yielded {
        /// Which.
        unit: UnitId,
        /// From.
        at: Hex,
        /// In flight?
        routed: bool,
        /// With no way out?
        cut_off: bool,
    },
    /// A unit broke off on its own, as its mission allows.
    BrokeOff {
        /// Which.
        unit: UnitId,
        /// From.
        at: Hex,
    },
    /// A routed unit rallied.
    Rallied {
        /// Which.
        unit: UnitId,
    },
    /// A unit left the map.
    Left {
        /// Which.
        unit: UnitId,
        /// From.
        at: Hex,
        /// By an exit (true), or because nobody was left (false).
        escaped: bool,
    },
    /// A hex changed hands.
    HexTaken {
        /// Which.
        hex: Hex,
        /// By whom.
        by: Side,
        /// By assault?
        by_assault: bool,
    },
    /// A place was entered, attacked or taken.
    Place {
        /// Index of the place.
        place: u16,
        /// By whom.
        by: Side,
        /// What.
        state: PlaceState,
    },
    /// A side first fought against the works of a line.
    LineReached {
        /// Feature index of the line.
        line: u16,
        /// By whom.
        by: Side,
    },
    /// A unit's line of supply was cut, or restored.
    SupplyLine {
        /// Which.
        unit: UnitId,
        /// Cut?
        cut: bool,
    },
    /// The city was lost.
    CityLost {
        /// By whom.
        by: Side,
    },
    /// The battle ended.
    Ended {
        /// Why.
        end: End,
    },
    /// A turn ended.
    TurnEnded {
        /// Which.
        turn: TurnNo,
    },
}

/// An event with its number, hour and phase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Logged {
    /// Number.
    pub id: EventId,
    /// Hour of the battle.
    pub hour: Hours,
    /// Phase.
    pub phase: Phase,
    /// The fact.
    pub event: Event,
}

/// The log.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct EventLog {
    first: u32,
    events: Vec<Logged>,
    hour: Hours,
}

impl EventLog {
    /// A log that goes on after `first` earlier events that are kept elsewhere.
    pub(in crate::battle) fn continued(first: u32) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    /// Sets the hour of what follows.
    pub(in crate::battle) fn at(&mut self, hour: Hours) {
        self.hour = hour;
    }

    /// Appends a fact.
    pub(in crate::battle) fn push(&mut self, phase: Phase, event: Event) {
        self.events.push(Logged {
            id: self.next(),
            hour: self.hour,
            phase,
            event,
        });
    }

    /// The number the next event will have.
    pub fn next(&self) -> EventId {
        EventId(self.first + self.events.len() as u32)
    }

    /// All events kept here.
    pub fn all(&self) -> &[Logged] {
        &self.events
    }

    /// Events from a number on.
    pub fn since(&self, id: EventId) -> &[Logged] {
        let skip = id.0.saturating_sub(self.first) as usize;
        self.events.get(skip..).unwrap_or(&[])
    }
}
