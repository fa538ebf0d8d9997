//! The staffs at the person's side: they order whoever is not in the person's hands, by the missions
//! that the person has given, and say why. Of the other side's reasons nothing is told that the seat
//! may not know.

use super::{Desk, Hands, Session};
use crate::{
    battle::{Battle, Order, OrderId, SideView},
    commander::{
        Commander, Given, Reason,
        reason::{Choice, Subject},
    },
    gui::picture::Known,
    scenario::{FormationId, Hours, Side, UnitId, calendar::HOURS_PER_TURN},
};
use std::collections::BTreeMap;

/// Reasons of a staff for one turn.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// First hour of the turn they were given for; none: none were.
    hour: Option<Hours>,
    reasons: Vec<Reason>,
}

impl Page {
    /// What a commander has just given as reasons.
    pub(super) fn of(battle: &Battle, reasons: &[Reason]) -> Self {
        Self {
            hour: Some(battle.hour()),
            reasons: reasons.to_vec(),
        }
    }
}

impl Session {
    /// Lets the staffs order whoever of one's own side is not in the person's hands; what they wrote
    /// for this turn before is written anew. Returns how many orders of theirs stand.
    pub fn delegate(&mut self) -> usize {
        if self.unseen() {
            return 0;
        }
        let now = self.book();
        let seat = self.seat;
        let Some(desk) = self.desk.as_mut() else {
            return 0;
        };
        if desk.battle.end().is_some() {
            return 0;
        }
        let mut given = 0;
        for side in Side::ALL.into_iter().filter(|s| seat.commands(*s)) {
            given += write(desk, side, &self.hands);
            self.pages[side.index()] = Page::of(&desk.battle, desk.staff[side.index()].reasons());
        }
        self.refresh();
        if self.book().orders != now.orders {
            self.undo.push(now);
            self.redo.clear();
        }
        given
    }

    /// Takes a unit over, or gives it back to its staff. Its order stands until the staff writes
    /// another.
    pub fn take_over(&mut self, unit: UnitId, by_hand: bool) {
        let known = self.scenario.units().get(unit.0 as usize);
        if known.is_some_and(|u| self.seat.commands(u.side)) {
            self.change_hands(|hands| hands.set_unit(unit, by_hand));
        }
    }

    /// Leaves a formation's mission to its staff.
    pub fn free_mission(&mut self, formation: FormationId) {
        self.change_hands(|hands| hands.free_mission(formation));
    }

    /// Gives the units of a formation, and of those under it, back to their staffs.
    pub fn free_units(&mut self, formation: FormationId) {
        let scenario = std::sync::Arc::clone(&self.scenario);
        self.change_hands(|hands| hands.free_units(&scenario, formation));
    }

    fn change_hands(&mut self, change: impl FnOnce(&mut Hands)) {
        if self.unseen() || self.desk.is_none() {
            return;
        }
        let now = self.book();
        change(&mut self.hands);
        if self.hands != now.hands {
            self.undo.push(now);
            self.redo.clear();
            self.refresh();
        }
    }

    /// Why the staff has somebody do what he does, in the turn to come or in the one last played, if
    /// this seat may know. There is none for a unit in the person's own hands.
    pub fn reasons(&self, side: Side, subject: Subject) -> Vec<&Reason> {
        let page = &self.pages[side.index()];
        let by_hand = match subject {
            Subject::Unit(unit) => self.hands.has_unit(unit),
            _ => false,
        };
        let (true, false, Some(hour)) = (self.seat.sees(side), by_hand, page.hour) else {
            return Vec::new();
        };
        let now = self.picture.hour;
        let last = Hours(now.0.saturating_sub(HOURS_PER_TURN));
        if hour != now && hour != last {
            return Vec::new();
        }
        // Orders to come can be changed; those carried out are as they were.
        let to_come = hour == now && !self.unseen() && self.seat.commands(side);
        page.reasons
            .iter()
            .filter(|r| r.subject == subject)
            .filter(|r| !to_come || self.stands(r))
            .collect()
    }

    /// Are a staff's reasons those of the turn last played, and not of the one to come?
    pub fn reasons_are_past(&self, side: Side) -> bool {
        self.pages[side.index()]
            .hour
            .is_some_and(|hour| hour < self.picture.hour)
    }

    /// Is what was decided still what stands for the coming turn?
    fn stands(&self, reason: &Reason) -> bool {
        match (reason.subject, reason.chosen) {
            (Subject::Unit(unit), Choice::Task(task)) => match self.picture.order_of(unit) {
                Some((_, ordered)) => ordered == task,
                None => match self.picture.counter(unit).map(|c| &c.known) {
                    Some(Known::Exactly(details)) => !reason.ordered && details.task == task,
                    _ => false,
                },
            },
            (Subject::Formation(id), Choice::Mission(mission)) => {
                // By what it acts until the person's order is there.
                if self.hands.binding(&self.scenario, id).is_some() {
                    return true;
                }
                let order = self.picture.orders.iter().find_map(|(_, _, o)| match o {
                    Order::Formation {
                        formation, mission, ..
                    } if *formation == id => Some(*mission),
                    _ => None,
                });
                order.map_or(!reason.ordered, |ordered| ordered == mission)
            }
            (Subject::Air(group), Choice::Air(mission)) => self
                .picture
                .flight_of(group)
                .map_or(!reason.ordered, |(_, ordered)| ordered == mission),
            _ => true,
        }
    }
}

/// Writes a side's orders anew, except where the person has the say. How many of the staff's stand.
fn write(desk: &mut Desk, side: Side, hands: &Hands) -> usize {
    let own: Vec<(OrderId, Order)> = desk.battle.standing(side);
    for (id, _) in own.iter().filter(|(_, order)| !hands.hold(order)) {
        desk.battle.retract(side, *id);
    }
    let taken: Vec<Order> = own
        .into_iter()
        .map(|(_, order)| order)
        .filter(|order| hands.hold(order))
        .collect();
    let general = &mut desk.staff[side.index()];
    let view = desk.battle.view(side);
    let (given, mut orders) = passed_on(&view, hands, &taken);
    general.serve(given);
    let proposals = general.orders(&view);
    orders.extend(proposals.into_iter().filter(|p| {
        // What everyone is to do, and what is decided, the commander says and not his staff.
        let commanders = matches!(p, Order::Directive { .. } | Order::Decide { .. });
        let in_hand = !matches!(p, Order::Air { .. }) && hands.hold(p);
        !commanders && !in_hand && !taken.iter().any(|t| t.same_addressee(p))
    }));
    orders.len() - desk.battle.orders(side, &orders).len()
}

/// By which missions the formations act that are bound by one of the person's, and the orders that
/// hand a mission on to those under the formation it was given to.
fn passed_on(
    view: &SideView<'_>,
    hands: &Hands,
    standing: &[Order],
) -> (BTreeMap<FormationId, Given>, Vec<Order>) {
    let scenario = view.scenario();
    let now = view.hour();
    let mut given = BTreeMap::new();
    let mut orders = Vec::new();
    for (i, fixed) in (0_u32..).zip(scenario.formations()) {
        let formation = FormationId(i);
        let Some(from) = hands
            .binding(scenario, formation)
            .filter(|_| fixed.side == view.side())
        else {
            continue;
        };
        let last = view.last_ordered(formation);
        let ordered = standing.iter().find_map(|order| match order {
            Order::Formation {
                formation,
                mission,
                start_at,
            } if *formation == from => Some((*mission, *start_at)),
            _ => None,
        });
        let Some((mission, start_at)) = ordered.or_else(|| view.last_ordered(from)) else {
            continue;
        };
        let leads = scenario.units().iter().any(|u| u.formation == formation);
        if from != formation && leads && last.map(|l| l.0) != Some(mission) {
            orders.push(Order::Formation {
                formation,
                mission,
                start_at: start_at.filter(|hour| *hour > now),
            });
        }
        let begins = start_at.is_none_or(|hour| hour <= now);
        let at_once = begins && view.delivers_at_once(formation);
        let in_force = view.mission(formation).filter(|_| !at_once);
        let acts_by = in_force.unwrap_or(mission);
        given.insert(
            formation,
            Given {
                mission: acts_by,
                arrived: acts_by == mission,
            },
        );
    }
    (given, orders)
}
