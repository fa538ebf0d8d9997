//! Events of command: orders and directives on their way, lines, headquarters, barriers.

use crate::battle::{
    command::{Authority, Directive, Means, Message},
    why::Why,
};
use crate::scenario::{FormationId, Hex, Hours, Side, UnitId};
use serde::{Deserialize, Serialize};

/// By what a wire is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severed {
    /// Shells or bombs.
    Fire,
    /// A headquarters has moved, or is lost; or somebody has taken the wire down.
    Left,
    /// The enemy, who stands about it.
    Enemy,
}

/// A fact about command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CommandEvent {
    /// An order went out to a formation.
    OrderSent {
        /// To which.
        formation: FormationId,
        /// What it says.
        message: Message,
        /// In force from this hour on, if not on arrival.
        start_at: Option<Hours>,
    },
    /// An order reached a headquarters on its way and was passed on.
    OrderPassed {
        /// To which formation it goes.
        formation: FormationId,
        /// The headquarters that passed it on.
        by: FormationId,
        /// By what it came there.
        means: Means,
    },
    /// An order arrived garbled and is asked for again.
    OrderGarbled {
        /// To which formation it goes.
        formation: FormationId,
    },
    /// An order arrived.
    OrderReceived {
        /// Where.
        formation: FormationId,
        /// What it says.
        message: Message,
        /// Hours it took.
        hours: u32,
        /// By what it came the last leg.
        means: Means,
    },
    /// An order was lost with the headquarters that had it.
    OrderLost {
        /// To which formation it went.
        formation: FormationId,
        /// What it said.
        message: Message,
        /// The headquarters.
        at: FormationId,
    },
    /// The wire to a headquarters was cut.
    LineCut {
        /// Whose headquarters.
        formation: FormationId,
        /// By what.
        by: Severed,
    },
    /// The wire to a headquarters was mended.
    LineMended {
        /// Whose headquarters.
        formation: FormationId,
    },
    /// A headquarters was lost with the unit it was with.
    HeadquartersLost {
        /// Whose.
        formation: FormationId,
        /// Where it was.
        at: Hex,
    },
    /// A headquarters left the battle.
    HeadquartersLeft {
        /// Whose.
        formation: FormationId,
        /// Where it was, if it was on the map.
        at: Option<Hex>,
    },
    /// A directive was given.
    DirectiveGiven {
        /// To whose men.
        side: Side,
        /// To this formation and all under it; `None`: to all.
        to: Option<FormationId>,
        /// What it says.
        directive: Directive,
        /// In force from this hour on, if not on arrival.
        start_at: Option<Hours>,
        /// Who gave it.
        by: Authority,
    },
    /// A headquarters received directives that contradict each other.
    DirectivesContradict {
        /// Whose.
        formation: FormationId,
        /// Does it keep to the older one?
        keeps_older: bool,
        /// Why.
        why: Box<Why>,
    },
    /// A headquarters acted on its own accord.
    ActedAlone {
        /// Whose.
        formation: FormationId,
        /// What it decided.
        directive: Directive,
        /// Why.
        why: Box<Why>,
    },
    /// Barrier troops shot at their own side.
    BarrierShot {
        /// The barrier troops.
        barrier: UnitId,
        /// At which unit's men; `None`: at a crowd.
        unit: Option<UnitId>,
        /// Where these were.
        at: Hex,
        /// How many were shot.
        men: u32,
        /// Were the rest turned back?
        turned_back: bool,
        /// Why.
        why: Box<Why>,
    },
    /// Barrier troops were run down.
    BarrierBroken {
        /// The barrier troops.
        barrier: UnitId,
        /// Where they stood.
        at: Hex,
        /// Why.
        why: Box<Why>,
    },
}

impl CommandEvent {
    /// Whose men it is about.
    pub fn side(&self, scenario: &crate::scenario::Scenario) -> Side {
        match self {
            CommandEvent::OrderSent { formation, .. }
            | CommandEvent::OrderPassed { formation, .. }
            | CommandEvent::OrderGarbled { formation }
            | CommandEvent::OrderReceived { formation, .. }
            | CommandEvent::OrderLost { formation, .. }
            | CommandEvent::LineCut { formation, .. }
            | CommandEvent::LineMended { formation }
            | CommandEvent::HeadquartersLost { formation, .. }
            | CommandEvent::HeadquartersLeft { formation, .. }
            | CommandEvent::DirectivesContradict { formation, .. }
            | CommandEvent::ActedAlone { formation, .. } => scenario.formation(*formation).side,
            CommandEvent::DirectiveGiven { side, .. } => *side,
            CommandEvent::BarrierShot { barrier, .. }
            | CommandEvent::BarrierBroken { barrier, .. } => scenario.unit(*barrier).side,
        }
    }

    /// Where it happened, if it happened somewhere on the map.
    pub fn whereabouts(&self) -> Option<Hex> {
        match self {
            CommandEvent::HeadquartersLost { at, .. }
            | CommandEvent::BarrierShot { at, .. }
            | CommandEvent::BarrierBroken { at, .. } => Some(*at),
            CommandEvent::HeadquartersLeft { at, .. } => *at,
            _ => None,
        }
    }
}
