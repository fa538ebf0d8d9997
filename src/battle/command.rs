//! The chain of command: headquarters, what they have been told, and orders on their way between them
//! (model §3.11). Orders travel from the highest command down, headquarters by headquarters, by wire,
//! radio or runner; each leg draws its work when the order is sent, and spends it hour by hour at the
//! pace of the means at hand. Without the new order the old one stands.
//!
//! [`Chain`] is what changes it: its functions are the levers of orders, directives, scenario events.
//! Nothing here moves a unit or a man.

mod chain;
mod departure;
mod directive;
mod levers;
mod seat;

pub use chain::Chain;
pub(in crate::battle) use chain::means;
pub(in crate::battle) use departure::see_off;
pub use directive::{Authority, Directive, DirectiveKind, Standing};
pub(in crate::battle) use seat::{mend_lines, opening, take_seats};

use super::order::FormationMission;
use crate::scenario::{FormationId, Hex, Hours, Side, UnitId, rules::CommandRules};
use bevy_ecs::{component::Component, resource::Resource};
use serde::{Deserialize, Serialize};

/// The headquarters of a formation. Formations that are no station of the chain
/// ([`crate::scenario::Scenario::is_station`]) have one too, but nothing arrives there.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Headquarters {
    /// The unit it is with; none before any unit has come, and for those off the map.
    pub with: Option<UnitId>,
    /// Where it is.
    pub seat: Option<Hex>,
    /// It has left the battle.
    pub left: bool,
    /// Is the wire to the headquarters above whole?
    pub wire: bool,
    /// Between which seats that wire was laid: its own, and that of the headquarters above.
    pub laid: [Option<Hex>; 2],
    /// Cut off with the unit it is with.
    pub isolated: bool,
    /// The directive it follows.
    pub standing: Standing,
    /// Until this hour its men are at odds over contradictory directives.
    pub conflict_until: Hours,
}

/// By what an order goes to a headquarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Means {
    /// By wire.
    Wire,
    /// By radio.
    Radio,
    /// By runner.
    Runner,
    /// Through the enemy, if at all.
    Cut,
}

impl Means {
    /// Mean hours of a leg.
    pub fn hours(self, rules: &CommandRules) -> f64 {
        match self {
            Means::Wire => rules.wire_hours,
            Means::Radio => rules.radio_hours,
            Means::Runner => rules.runner_hours,
            Means::Cut => rules.cut_hours,
        }
    }

    /// For people, after "by".
    pub fn text(self) -> &'static str {
        match self {
            Means::Wire => "wire",
            Means::Radio => "radio",
            Means::Runner => "runner",
            Means::Cut => "runner through the enemy",
        }
    }
}

/// What an order says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Message {
    /// A formation's mission.
    Mission(FormationMission),
    /// A directive.
    Directive(Directive),
}

/// An order on its way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispatch {
    /// To which formation.
    pub to: FormationId,
    /// What it says.
    pub message: Message,
    /// In force from this hour on, if not on arrival.
    pub start_at: Option<Hours>,
    /// Who gave it.
    pub by: Authority,
    /// When it was sent.
    pub sent: Hours,
    /// The leg it is on: an index of [`crate::scenario::Scenario::chain`].
    pub leg: usize,
    /// Work left on that leg; 1 is the mean.
    pub work: f64,
    /// It has arrived garbled and is being asked for again, until this hour.
    pub asked_until: Option<Hours>,
}

/// Where a formation's last order stands, as its side's command knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OrderStatus {
    /// No order has been sent to it yet.
    None,
    /// On its way.
    UnderWay {
        /// Since when.
        sent: Hours,
        /// The headquarters it goes to next.
        next: FormationId,
        /// Legs still to go, this one included.
        legs: usize,
        /// By what it goes there.
        means: Means,
        /// What it says.
        message: Message,
        /// When it is likely to be there, by the means at hand.
        likely: Hours,
        /// Has it come in garbled, and is being asked for again?
        garbled: bool,
    },
    /// Received, and to be carried out from a later hour on.
    Waiting {
        /// From when.
        start_at: Hours,
    },
    /// Received and in force.
    Received {
        /// Since when.
        since: Hours,
    },
    /// Lost on the way.
    Lost {
        /// When.
        at: Hours,
    },
}

/// Barrier troops in a battle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BarrierState {
    /// The unit.
    pub unit: UnitId,
    /// From this hour on.
    pub from: Hours,
    /// Are they to stop anyone?
    pub on: bool,
    /// Have they been run down?
    pub broken: bool,
}

/// Orders under way, news, barrier troops.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Signals {
    /// Orders on their way, in the order in which they were sent.
    pub dispatches: Vec<Dispatch>,
    /// Formations whose last order was lost, and when, in order of formation.
    pub lost: Vec<(FormationId, Hours)>,
    /// By side: from when and where the news spreads that all is lost.
    pub rumour: [Option<(Hours, Hex)>; 2],
    /// By side: when its highest headquarters is to leave.
    pub leaves_at: [Option<Hours>; 2],
    /// Barrier troops, in order of unit.
    pub barriers: Vec<BarrierState>,
}

impl Signals {
    /// What is under way when a battle begins: nothing.
    pub(in crate::battle) fn opening(scenario: &crate::scenario::Scenario) -> Self {
        Self {
            barriers: scenario
                .barriers()
                .iter()
                .map(|b| BarrierState {
                    unit: b.unit,
                    from: b.from,
                    on: true,
                    broken: false,
                })
                .collect(),
            ..Self::default()
        }
    }

    /// What one side knows of it: its own.
    pub(in crate::battle) fn keep_only(
        &mut self,
        scenario: &crate::scenario::Scenario,
        side: Side,
    ) {
        let own = |f: FormationId| scenario.formation(f).side == side;
        self.dispatches.retain(|d| own(d.to));
        self.lost.retain(|(f, _)| own(*f));
        self.rumour[side.enemy().index()] = None;
        self.leaves_at[side.enemy().index()] = None;
        let opening = Self::opening(scenario).barriers;
        for (state, first) in self.barriers.iter_mut().zip(opening) {
            if scenario.unit(state.unit).side != side {
                *state = first;
            }
        }
    }

    /// As numbers, for the digest.
    pub(in crate::battle) fn digest(&self, put: &mut impl FnMut(u64)) {
        put(self.dispatches.len() as u64);
        for d in &self.dispatches {
            put(u64::from(d.to.0) << 32 | d.leg as u64);
            d.message.digest(put);
            put(d.start_at.map_or(u64::MAX, |h| u64::from(h.0)));
            put(u64::from(d.sent.0) << 8 | d.by as u64);
            put(d.work.to_bits());
            put(d.asked_until.map_or(u64::MAX, |h| u64::from(h.0)));
        }
        for (formation, hour) in &self.lost {
            put(u64::from(formation.0) << 32 | u64::from(hour.0));
        }
        for side in Side::ALL {
            let i = side.index();
            put(self.rumour[i].map_or(u64::MAX, |(h, x)| u64::from(h.0) << 16 | u64::from(x.0)));
            put(self.leaves_at[i].map_or(u64::MAX, |h| u64::from(h.0)));
        }
        for b in &self.barriers {
            let flags = u64::from(b.on) << 1 | u64::from(b.broken);
            put(u64::from(b.unit.0) << 34 | u64::from(b.from.0) << 2 | flags);
        }
    }
}

impl Message {
    fn digest(&self, put: &mut impl FnMut(u64)) {
        match self {
            Message::Mission(m) => {
                let flags = (m.posture as u64) << 1 | u64::from(m.may_withdraw);
                put(u64::from(m.objective.0) << 8 | flags);
            }
            Message::Directive(d) => d.digest(put),
        }
    }
}

impl Headquarters {
    /// As numbers, for the digest.
    pub(in crate::battle) fn digest(&self, put: &mut impl FnMut(u64)) {
        let place = |hex: Option<Hex>| hex.map_or(u64::MAX, |h| u64::from(h.0));
        put(self.with.map_or(u64::MAX, |u| u64::from(u.0)));
        put(place(self.seat));
        put(u64::from(self.left) << 2 | u64::from(self.wire) << 1 | u64::from(self.isolated));
        self.laid.iter().for_each(|hex| put(place(*hex)));
        self.standing.digest(put);
        put(u64::from(self.conflict_until.0));
    }
}
