//! The course of a scenario's events: which have happened, flags, decisions open and taken, what they
//! have changed of the scenario, and the orders they give.
//!
//! [`super::phases::happenings`] moves it on hour by hour; orders go through the gate that every order
//! goes through.

use super::{
    Battle,
    clock::Clock,
    event::{Event, EventLog, Finding, Phase},
    ground::Tenure,
    order::{Order, Refusal, check},
    phases::command::StandingOrders,
};
use crate::scenario::{
    Hours, Scenario, Side, UnitId,
    events::{Act, DecisionId, Events},
};
use bevy_ecs::resource::Resource;
use serde::{Deserialize, Serialize};
use std::{fmt::Write, sync::Arc};

/// How an event stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Stand {
    /// Did its conditions hold in the last hour?
    pub holds: bool,
    /// How often they have begun to.
    pub tries: u32,
    /// When it last happened.
    pub fired: Option<Hours>,
    /// When it is to happen, its conditions having held.
    pub due: Option<Hours>,
    /// What was found when they did.
    pub found: Vec<Finding>,
}

/// How a decision stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Motion {
    /// Nobody has been asked.
    #[default]
    Unasked,
    /// It is open.
    Open {
        /// Until this hour.
        until: Hours,
    },
    /// It has been answered, and takes effect in the next hour.
    Answered {
        /// How.
        option: u16,
    },
    /// It has been taken.
    Taken {
        /// How.
        option: u16,
        /// When.
        at: Hours,
    },
}

/// An order an event gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Errand {
    /// To whose troops.
    pub side: Side,
    /// What.
    pub order: Order,
    /// Is the unit called away for good?
    pub leaving: bool,
}

/// The course of events.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// By event.
    pub stands: Vec<Stand>,
    /// By flag.
    pub flags: Vec<bool>,
    /// By decision.
    pub motions: Vec<Motion>,
    /// What has changed of the scenario, and when.
    pub amendments: Vec<(Hours, Act)>,
    /// Orders for the turn to come.
    pub errands: Vec<Errand>,
    /// Units called away, in order: they take no other orders.
    pub leaving: Vec<UnitId>,
    /// Who held each place an hour ago.
    pub holders: Vec<Option<Side>>,
    /// Places taken in this battle, and by whom, in order.
    pub captured: Vec<(u16, Side)>,
}

impl Course {
    /// As a battle begins. Empty for a scenario without events.
    pub fn opening(scenario: &Scenario, tenures: &[Tenure]) -> Self {
        let Events {
            list,
            decisions,
            flags,
        } = scenario.events();
        if list.is_empty() {
            return Self::default();
        }
        Self {
            stands: vec![Stand::default(); list.len()],
            flags: vec![false; flags.len()],
            motions: vec![Motion::default(); decisions.len()],
            holders: tenures.iter().map(|t| t.holder).collect(),
            ..Self::default()
        }
    }

    /// A scenario as events have left it.
    pub fn in_force(&self, scenario: Arc<Scenario>) -> Arc<Scenario> {
        if self.amendments.is_empty() {
            scenario
        } else {
            Arc::new(scenario.amended(&self.amendments))
        }
    }

    /// Has a unit been called away?
    pub fn is_leaving(&self, unit: UnitId) -> bool {
        self.leaving.binary_search(&unit).is_ok()
    }

    /// A unit is called away.
    pub(in crate::battle) fn call_away(&mut self, unit: UnitId) {
        if let Err(at) = self.leaving.binary_search(&unit) {
            self.leaving.insert(at, unit);
        }
    }

    /// Notes who has taken what since the hour before.
    pub(in crate::battle) fn note_places(&mut self, tenures: &[Option<Side>]) {
        for (i, (before, now)) in self.holders.iter_mut().zip(tenures).enumerate() {
            if let Some(side) = now.filter(|_| *before != *now) {
                let taken = (i as u16, side);
                if let Err(at) = self.captured.binary_search(&taken) {
                    self.captured.insert(at, taken);
                }
            }
            *before = *now;
        }
    }

    /// An answer to an open decision.
    pub(in crate::battle) fn answer(&mut self, decision: DecisionId, option: u16) -> bool {
        let motion = self.motions.get_mut(usize::from(decision.0));
        match motion {
            Some(motion @ Motion::Open { .. }) => {
                *motion = Motion::Answered { option };
                true
            }
            _ => false,
        }
    }

    /// For the digest: nothing for a scenario without events.
    pub(in crate::battle) fn bytes(&self) -> Vec<u8> {
        if *self == Self::default() {
            return Vec::new();
        }
        format!("{self:?}").into_bytes()
    }

    /// A line for each event, flag and decision.
    pub(in crate::battle) fn dump(&self, scenario: &Scenario, text: &mut String) {
        let events = scenario.events();
        // Writing to a String cannot fail.
        for (event, s) in events.list.iter().zip(&self.stands) {
            let _ = writeln!(
                text,
                "event {} holds {} tries {} fired {:?} due {:?}",
                event.id,
                s.holds,
                s.tries,
                s.fired.map(|h| h.0),
                s.due.map(|h| h.0)
            );
        }
        for (flag, set) in events.flags.iter().zip(&self.flags) {
            let _ = writeln!(text, "flag {flag} {set}");
        }
        for (decision, motion) in events.decisions.iter().zip(&self.motions) {
            let _ = writeln!(text, "decision {} {motion:?}", decision.id);
        }
        if !self.stands.is_empty() {
            let _ = writeln!(
                text,
                "changes by_events {} leaving {:?}",
                self.amendments.len(),
                self.leaving
            );
        }
    }
}

/// Enters the orders that events give, after those of the sides and in their place. An order that the
/// gate refuses lapses.
pub(in crate::battle) fn give_orders(battle: &mut Battle) {
    let errands = std::mem::take(&mut battle.world.resource_mut::<Course>().errands);
    if errands.is_empty() {
        return;
    }
    let hour = battle.world.resource::<Clock>().hour;
    battle.world.resource_mut::<EventLog>().at(hour);
    for side in Side::ALL {
        let mine: Vec<&Errand> = errands.iter().filter(|d| d.side == side).collect();
        if mine.is_empty() {
            continue;
        }
        let checked: Vec<(&Errand, Result<(), Refusal>)> = {
            let view = battle.view(side);
            mine.into_iter()
                .map(|d| (d, check(&view, &d.order)))
                .collect()
        };
        for (errand, result) in checked {
            let order = errand.order;
            if result.is_err() {
                let lapsed = Event::OrderLapsed { side, order };
                let mut log = battle.world.resource_mut::<EventLog>();
                log.push(Phase::Happenings, lapsed);
                continue;
            }
            let mut book = battle.world.resource_mut::<StandingOrders>();
            book.0.enter(side, order);
            if let (true, Order::Unit { unit, .. }) = (errand.leaving, order) {
                battle.world.resource_mut::<Course>().call_away(unit);
            }
        }
    }
}
