//! Events: facts in past tense, complete enough to explain and to rebuild every position,
//! strength and controller from the start state. The log is append-only.

mod circumstance;
mod command;
mod escape;
mod log;

pub use circumstance::{
    Cause, End, Finding, LodgementEnd, Obstacle, Origin, Phase, PlaceState, Spark,
};
pub use command::{CommandEvent, Severed};
pub use escape::{BoatsTaken, Crossed, CrowdAt, Swam};
pub use log::{EventId, EventLog, Logged};

use super::{
    order::{FormationMission, Order},
    strength::Bin,
    unit::Posture,
    why::Why,
};
use crate::scenario::{
    AirGroupId, FormationId, Hex, Hours, Side, SideId, TurnNo, UnitId,
    events::{Act, DecisionId, HappeningId},
};
use serde::{Deserialize, Serialize};

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
    /// Orders, directives, headquarters, barriers.
    Command(Box<CommandEvent>),
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
    /// A gate was shut with sandbags and concrete.
    GateBarricaded {
        /// Index of the gate.
        gate: u16,
        /// The hex inside.
        at: Hex,
    },
    /// Engineers cleared a barricaded gate.
    GateOpened {
        /// Index of the gate.
        gate: u16,
        /// The hex inside.
        at: Hex,
        /// The engineers.
        unit: UnitId,
    },
    /// Fire and charges damaged the wall.
    WallDamaged {
        /// The hexside.
        wall: SideId,
        /// The hex inside.
        at: Hex,
        /// Whose fire.
        by: Side,
        /// Damage in all.
        damage: f64,
        /// Why it stood.
        why: Box<Why>,
    },
    /// The wall was breached, or more of it came down.
    Breached {
        /// The hexside.
        wall: SideId,
        /// The hex inside.
        at: Hex,
        /// By whom.
        by: Side,
        /// How wide it is now; 1 is a hole.
        steps: u32,
        /// Why.
        why: Box<Why>,
    },
    /// Engineers widened a breach.
    BreachWidened {
        /// The hexside.
        wall: SideId,
        /// The hex inside.
        at: Hex,
        /// The engineers.
        unit: UnitId,
        /// How wide it is now.
        steps: u32,
    },
    /// Engineers laid a footbridge over the moat.
    BridgeBuilt {
        /// The hexside.
        wall: SideId,
        /// The hex outside.
        at: Hex,
        /// The engineers.
        unit: UnitId,
    },
    /// Smoke was laid before the wall.
    SmokeLaid {
        /// The hexside.
        wall: SideId,
        /// The hex outside.
        at: Hex,
        /// Who.
        unit: UnitId,
    },
    /// A party with explosives lost its way in the fog.
    LostInFog {
        /// The engineers.
        unit: UnitId,
        /// The hexside they did not reach.
        wall: SideId,
        /// Where they started.
        at: Hex,
    },
    /// A picked party went at the wall.
    PartySent {
        /// Its unit.
        unit: UnitId,
        /// The hexside.
        wall: SideId,
        /// The hex inside.
        at: Hex,
        /// Over a ladder (true) or through a breach.
        ladder: bool,
        /// Its men.
        men: u32,
        /// How many fell.
        lost: u32,
        /// Did the rest hold on?
        held: bool,
        /// Why.
        why: Box<Why>,
    },
    /// Men hold out in a breach or on the wall.
    Lodged {
        /// Their unit.
        unit: UnitId,
        /// The hexside.
        wall: SideId,
        /// The hex inside.
        at: Hex,
        /// How many.
        men: u32,
    },
    /// More men joined a lodgement.
    LodgementReinforced {
        /// Their unit.
        unit: UnitId,
        /// The hexside.
        wall: SideId,
        /// The hex inside.
        at: Hex,
        /// How many more.
        men: u32,
    },
    /// A lodgement ended.
    LodgementEnded {
        /// Its unit.
        unit: UnitId,
        /// The hexside.
        wall: SideId,
        /// The hex inside.
        at: Hex,
        /// How many were left.
        men: u32,
        /// How.
        end: LodgementEnd,
    },
    /// A unit that watched a hex struck at the enemy who had come there.
    StruckBack {
        /// Which.
        unit: UnitId,
        /// Where the enemy is.
        at: Hex,
    },
    /// A unit ran into mines.
    MinesStruck {
        /// Which.
        unit: UnitId,
        /// Where.
        at: Hex,
        /// Men lost.
        men: u32,
        /// In flight by night, away from the lanes?
        fleeing: bool,
    },
    /// Engineers took up a minefield.
    MinesCleared {
        /// Which.
        unit: UnitId,
        /// Where.
        at: Hex,
    },
    /// Men who had left their units went on together.
    CrowdFormed(CrowdAt),
    /// A crowd went on to another hex.
    CrowdMoved(CrowdAt),
    /// A crowd went into another, here.
    CrowdMerged(CrowdAt),
    /// A crowd had grown or shrunk in the hour; with nobody left, it is no more.
    CrowdCounted(CrowdAt),
    /// Boats carried men across.
    Crossed(Box<Crossed>),
    /// Men took to the water on rafts and timber.
    Swam(Box<Swam>),
    /// Boats fell into enemy hands.
    BoatsTaken(BoatsTaken),
    /// An event of the scenario happened.
    Happened {
        /// Which.
        event: HappeningId,
        /// Which of its conditions held, in the order in which they are written.
        found: Vec<Finding>,
    },
    /// An action of an event, or of a decision, took effect.
    Acted {
        /// Whose action.
        origin: Origin,
        /// What.
        act: Box<Act>,
    },
    /// A command was asked to decide, until an hour.
    #[allow(missing_docs)]
    Asked { decision: DecisionId, until: Hours },
    /// A command decided, or let the time pass.
    Decided {
        /// What.
        decision: DecisionId,
        /// Which of its options.
        option: u16,
        /// Did the time pass without an answer?
        lapsed: bool,
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
