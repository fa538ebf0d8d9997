//! The log: events with their number, hour and phase, append-only.

use super::{Event, Phase};
use crate::scenario::Hours;
use bevy_ecs::resource::Resource;
use serde::{Deserialize, Serialize};

/// Number of an event in its battle, from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EventId(pub u32);

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
