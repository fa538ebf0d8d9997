//! Who holds the ground as far as a seat knows: kept from what it observed, never from the battle itself.

use super::Seat;
use crate::{
    battle::{Battle, Event, Logged},
    gui::playback::observed_by,
    scenario::{Scenario, Side, calendar::HOURS_PER_TURN},
};
use std::sync::Arc;

/// Who holds each hex as far as a seat knows: as at the start, and then by what it observed.
pub(super) struct Ledger {
    known: Vec<Option<Side>>,
}

impl Ledger {
    /// Where both sides stood at the start is known to both.
    pub(super) fn new(battle: &Battle, seat: Seat) -> Self {
        let known = match seat {
            Seat::Side(_) => {
                let start = Battle::new(
                    Arc::clone(battle.scenario()),
                    battle.seed(),
                    battle.randomness(),
                );
                start.control().to_vec()
            }
            Seat::Both | Seat::Watch => Vec::new(),
        };
        Self { known }
    }

    pub(super) fn read(&mut self, scenario: &Scenario, seat: Seat, events: &[Logged]) {
        for logged in events {
            if let Event::HexTaken { hex, by, .. } = logged.event
                && observed_by(scenario, seat, &logged.event)
                && let Some(holder) = self.known.get_mut(hex.index())
            {
                *holder = Some(by);
            }
        }
    }

    /// Where the other side was seen in the last turn, it holds the ground.
    pub(super) fn control(&self, battle: &Battle, seat: Seat) -> Vec<Option<Side>> {
        let Seat::Side(own) = seat else {
            return battle.control().to_vec();
        };
        let mut control = self.known.clone();
        let fresh = battle.hour().0.saturating_sub(HOURS_PER_TURN);
        for enemy in battle.view(own).enemies() {
            if enemy.contact.seen.0 >= fresh
                && let Some(holder) = control.get_mut(enemy.contact.hex.index())
            {
                *holder = Some(own.enemy());
            }
        }
        control
    }
}
