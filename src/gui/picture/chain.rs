//! The chain of command as drawn: where headquarters are, by what they are reached, which directive
//! they follow, which orders are on their way. Made from what each side seen here may know of its own.

use crate::{
    battle::{
        Authority, Battle, CommandEvent, Event, Message, OrderStatus,
        command::{BarrierState, Means, Standing},
    },
    gui::session::Seat,
    scenario::{FormationId, Hex, Hours, Scenario, Side, UnitId},
};
use std::collections::BTreeMap;

/// What is not plain about the last order to a unit's formation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// On its way.
    OnItsWay,
    /// Received, and to be carried out later.
    Waits,
    /// Lost on the way.
    Lost,
}

impl Sign {
    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Sign::OnItsWay => "An order to its formation is on its way",
            Sign::Waits => "Its formation has an order that begins later",
            Sign::Lost => "The last order to its formation was lost: no answer",
        }
    }
}

/// A headquarters that was lost, or left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Where it was, if on the map.
    pub at: Option<Hex>,
    /// When.
    pub hour: Hours,
    /// It left; else it was lost.
    pub left: bool,
}

/// The headquarters of a formation.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// Whose side.
    pub side: Side,
    /// The headquarters above.
    pub above: Option<FormationId>,
    /// Where it is, if on the map.
    pub seat: Option<Hex>,
    /// The unit it is with.
    pub with: Option<UnitId>,
    /// It lies outside the map.
    pub off_map: bool,
    /// It has left the battle.
    pub left: bool,
    /// By what orders come to it from above; none for the highest.
    pub means: Option<Means>,
    /// A wire was laid to it, and is cut.
    pub wire_cut: bool,
    /// The directive it follows.
    pub standing: Standing,
    /// Until when its men are at odds over contradictory directives.
    pub at_odds: Option<Hours>,
    /// When and where it was last lost, or left.
    pub gone: Option<Gone>,
}

impl Station {
    /// Is it somewhere, so that orders go to it?
    pub fn is_manned(&self) -> bool {
        !self.left && (self.seat.is_some() || self.off_map)
    }

    /// Does an order reach it only through the enemy, if at all?
    pub fn is_out_of_contact(&self) -> bool {
        self.is_manned() && self.means == Some(Means::Cut)
    }
}

/// An order on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnderWay {
    /// To which formation.
    pub to: FormationId,
    /// The headquarters it goes to next.
    pub next: FormationId,
    /// By what.
    pub means: Means,
    /// What it says.
    pub message: Message,
    /// In force from this hour on, if not on arrival.
    pub start_at: Option<Hours>,
    /// Who gave it.
    pub by: Authority,
    /// When it was sent.
    pub sent: Hours,
    /// When it is likely to be there.
    pub likely: Hours,
    /// It came in garbled and is being asked for again.
    pub garbled: bool,
}

/// The chain of command of the sides that are seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Chain {
    /// Headquarters.
    pub stations: BTreeMap<FormationId, Station>,
    /// Where the last order to each formation stands.
    pub status: BTreeMap<FormationId, OrderStatus>,
    /// Orders on their way.
    pub under_way: Vec<UnderWay>,
    /// Troops that stop those who go back without permission.
    pub barriers: Vec<BarrierState>,
}

impl Chain {
    /// What the sides that a seat sees know of their own.
    pub fn of(battle: &Battle, seat: Seat) -> Self {
        let mut chain = Self::default();
        for side in Side::ALL.into_iter().filter(|side| seat.sees(*side)) {
            chain.add(battle, side);
        }
        for logged in battle.events() {
            let Event::Command(event) = &logged.event else {
                continue;
            };
            let (formation, at, left) = match **event {
                CommandEvent::HeadquartersLost { formation, at } => (formation, Some(at), false),
                CommandEvent::HeadquartersLeft { formation, at } => (formation, at, true),
                _ => continue,
            };
            if let Some(station) = chain.stations.get_mut(&formation) {
                let hour = logged.hour;
                station.gone = Some(Gone { at, hour, left });
            }
        }
        chain
    }

    fn add(&mut self, battle: &Battle, side: Side) {
        let (scenario, view) = (battle.scenario(), battle.view(side));
        for i in 0..scenario.formations().len() as u32 {
            let id = FormationId(i);
            if scenario.formation(id).side == side {
                self.status.insert(id, view.order_status(id));
            }
        }
        for id in scenario.stations(side) {
            let Some(hq) = view.headquarters(id) else {
                continue;
            };
            let station = Station {
                side,
                above: scenario.station_above(id),
                seat: hq.seat,
                with: hq.with,
                off_map: scenario.staff(id).off_map,
                left: hq.left,
                means: view.means(id),
                wire_cut: scenario.staff(id).wire && !hq.wire,
                standing: hq.standing,
                at_odds: (hq.conflict_until > view.hour()).then_some(hq.conflict_until),
                gone: None,
            };
            self.stations.insert(id, station);
        }
        self.under_way.extend(view.dispatches().map(|d| {
            let next = scenario.chain(d.to).get(d.leg).copied().unwrap_or(d.to);
            UnderWay {
                to: d.to,
                next,
                means: view.means(next).unwrap_or(Means::Runner),
                message: d.message,
                start_at: d.start_at,
                by: d.by,
                sent: d.sent,
                likely: view.likely_arrival(d),
                garbled: d.asked_until.is_some(),
            }
        }));
        self.barriers.extend(view.barriers().copied());
    }

    /// The headquarters from which a formation takes its orders.
    pub fn station(&self, scenario: &Scenario, formation: FormationId) -> Option<&Station> {
        self.stations.get(&scenario.station(formation))
    }

    /// The nearest formation, this one or one above it, whose last order is not plain: on its way,
    /// waiting for its hour, or lost. What is above a formation with orders of its own does not
    /// concern it.
    pub fn unsettled(
        &self,
        scenario: &Scenario,
        formation: FormationId,
    ) -> Option<(FormationId, Sign)> {
        let mut at = Some(formation);
        while let Some(f) = at {
            match self.status.get(&f)? {
                OrderStatus::UnderWay { .. } => return Some((f, Sign::OnItsWay)),
                OrderStatus::Waiting { .. } => return Some((f, Sign::Waits)),
                OrderStatus::Lost { .. } => return Some((f, Sign::Lost)),
                OrderStatus::Received { .. } => return None,
                OrderStatus::None => at = scenario.formation(f).parent,
            }
        }
        None
    }

    /// The orders on their way to a formation or its headquarters.
    pub fn on_their_way<'a>(
        &'a self,
        scenario: &Scenario,
        formation: FormationId,
    ) -> impl Iterator<Item = &'a UnderWay> + use<'a> {
        let station = scenario.station(formation);
        let to = move |d: &&UnderWay| d.to == formation || d.to == station;
        self.under_way.iter().filter(to)
    }
}
