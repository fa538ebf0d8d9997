//! What may be known of collapse and escape: crowds of soldiers, boats and the water before them,
//! units on their way back, and ground on which nothing is simulated any more.

use crate::{
    battle::{
        Battle, CrowdId, Press, SideView, Task,
        ferry::{Berth, Water},
    },
    gui::session::Seat,
    report::estimate::rounded,
    scenario::{Hex, Side},
};
use std::collections::BTreeSet;

/// A crowd of soldiers as drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Crowd {
    /// Which.
    pub id: CrowdId,
    /// Whose men they were.
    pub side: Side,
    /// Where it is.
    pub at: Hex,
    /// Soldiers in it; of the other side's, an estimate.
    pub men: u32,
    /// One's own, so that the number is exact.
    pub exact: bool,
    /// Hexes still before it, the next one first; empty where none are known.
    pub way: Vec<Hex>,
}

/// A place where boats put off.
#[derive(Clone, Debug, PartialEq)]
pub struct Harbour {
    /// Number of the crossing in the scenario.
    pub crossing: u16,
    /// Whose.
    pub side: Side,
    /// Where boats put off.
    pub at: Hex,
    /// Where they land.
    pub landing: Hex,
    /// Boats by kind and owner.
    pub berths: Vec<Berth>,
    /// What bears on the crossing in the hour to come.
    pub water: Water,
    /// Who presses on the boats that nobody keeps.
    pub press: Option<Press>,
}

impl Harbour {
    /// Boats of all kinds and owners.
    pub fn boats(&self) -> u32 {
        self.berths.iter().map(|b| b.boats).sum()
    }
}

/// A unit that has been told to go back, and where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retreat {
    /// Whose.
    pub side: Side,
    /// Where it is.
    pub from: Hex,
    /// Where it goes.
    pub to: Hex,
}

/// Collapse and escape.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Escape {
    /// Crowds, in order of number.
    pub crowds: Vec<Crowd>,
    /// Crossings of the sides that are seen.
    pub harbours: Vec<Harbour>,
    /// Units on their way back.
    pub retreats: Vec<Retreat>,
    /// Hexes on which nothing is simulated since the city was lost.
    pub silent: BTreeSet<Hex>,
}

impl Escape {
    /// Crowds in a hex.
    pub fn crowds_at(&self, hex: Hex) -> impl Iterator<Item = &Crowd> {
        self.crowds.iter().filter(move |c| c.at == hex)
    }

    /// What the sides that a seat sees know between them.
    pub(super) fn of(battle: &Battle, seat: Seat) -> Self {
        let mut escape = Self::default();
        for side in Side::ALL.into_iter().filter(|side| seat.sees(*side)) {
            escape.add(&battle.view(side), seat);
        }
        escape.crowds.sort_by_key(|c| c.id);
        escape
    }

    fn add(&mut self, view: &SideView<'_>, seat: Seat) {
        let side = view.side();
        for crowd in view.crowds() {
            let own = crowd.side == side;
            // Whoever sees both sides has each crowd from its own.
            if !own && seat.sees(crowd.side) {
                continue;
            }
            let way: Vec<Hex> = crowd.route.iter().rev().copied().collect();
            self.crowds.push(Crowd {
                id: crowd.id,
                side: crowd.side,
                at: crowd.at,
                men: if own {
                    crowd.size()
                } else {
                    rounded(crowd.size())
                },
                exact: own,
                way: if own { way } else { Vec::new() },
            });
        }
        for (number, crossing) in view.crossings() {
            let Some(water) = view.water(number) else {
                continue;
            };
            self.harbours.push(Harbour {
                crossing: number,
                side,
                at: crossing.hex,
                landing: crossing.landing,
                berths: view
                    .berths()
                    .filter(|b| b.crossing == number)
                    .copied()
                    .collect(),
                water,
                press: view.press(number),
            });
        }
        for unit in view.own_units() {
            if let (Some(from), Task::Withdraw { to } | Task::Embark { at: to }) =
                (unit.hex, unit.task)
                && from != to
            {
                self.retreats.push(Retreat { side, from, to });
            }
        }
        if view.city_lost() {
            let hexes = view.scenario().map().grid.hexes();
            self.silent.extend(hexes.filter(|hex| view.is_silent(*hex)));
        }
    }
}
