//! A commander that follows the script of a scenario for part of its forces, and leaves the others to
//! another commander. Scripted orders pass the gate of orders like all; one that is refused is handed in
//! once, so that the gate says why, and whom it was for goes back to the other commander until the
//! script has the next order for him.

use super::{
    Commander, mission,
    reason::{Choice, Motive, Reason, Subject},
};
use crate::{
    battle::{FormationMission, Order, SideView, Task, order::check},
    scenario::{
        FormationId, PlanTask,
        script::{Line, Told},
    },
};
use std::collections::BTreeMap;

/// Follows a script, over another commander.
#[derive(Clone, Debug, Default)]
pub struct Scripted<C> {
    over: C,
    /// Lines that were refused, by their place in the script.
    refused: Vec<usize>,
    explains: bool,
    reasons: Vec<Reason>,
}

/// What the script has told somebody last.
#[derive(Clone, Copy)]
struct Bound {
    order: Order,
    /// In the turn to come, or before?
    due: bool,
    /// Has its hour come when the turn begins?
    begun: bool,
}

impl<C: Commander> Scripted<C> {
    /// Over a commander, who commands those of whom the script says nothing.
    pub fn over(commander: C) -> Self {
        Self {
            over: commander,
            refused: Vec::new(),
            explains: false,
            reasons: Vec::new(),
        }
    }

    /// Whom the script commands now, and the orders of the turn to come, refused ones among them.
    fn read(&mut self, view: &SideView<'_>) -> (BTreeMap<Subject, Bound>, Vec<Order>) {
        let scenario = view.scenario();
        let mut bound: BTreeMap<Subject, Bound> = BTreeMap::new();
        let mut orders = Vec::new();
        for (i, line) in scenario.script().iter().enumerate() {
            let ours = scenario.scripted_side(line) == view.side();
            if !ours || line.at.turn() > view.hour().turn() {
                continue;
            }
            let order = order(view, line);
            let due = line.at.turn() == view.hour().turn();
            if due {
                orders.push(order);
                if check(view, &order).is_err() {
                    self.refused.push(i);
                }
            }
            let Some(subject) = addressee(&order) else {
                continue;
            };
            if self.refused.contains(&i) {
                bound.remove(&subject);
            } else {
                let begun = line.at <= view.hour();
                bound.insert(subject, Bound { order, due, begun });
            }
        }
        (bound, orders)
    }
}

impl<C: Commander> Commander for Scripted<C> {
    fn orders(&mut self, view: &SideView<'_>) -> Vec<Order> {
        if view.is_over() {
            self.reasons.clear();
            return Vec::new();
        }
        let (bound, mut orders) = self.read(view);
        let missions: Vec<(FormationId, FormationMission)> = bound
            .values()
            .filter(|b| b.begun)
            .filter_map(|b| match b.order {
                Order::Formation {
                    formation, mission, ..
                } => Some((formation, mission)),
                _ => None,
            })
            .collect();
        self.over.entrust(&missions);
        let is_bound = |subject: &Subject| bound.contains_key(subject);
        let others = self.over.orders(view);
        orders.extend(
            others
                .into_iter()
                .filter(|o| !addressee(o).is_some_and(|s| is_bound(&s))),
        );
        self.reasons.clear();
        if self.explains {
            let others = self.over.reasons().iter();
            self.reasons
                .extend(others.filter(|r| !is_bound(&r.subject)).cloned());
            self.reasons
                .extend(bound.iter().filter_map(|(s, b)| reason(view, *s, b)));
            self.reasons.sort_by_key(|r| r.subject);
        }
        orders
    }

    fn reasons(&self) -> &[Reason] {
        &self.reasons
    }

    fn explain(&mut self, asked: bool) {
        self.explains = asked;
        self.over.explain(asked);
    }
}

/// The order of a line, to begin at its hour.
fn order(view: &SideView<'_>, line: &Line) -> Order {
    let scenario = view.scenario();
    let start_at = (line.at > view.hour()).then_some(line.at);
    match &line.order {
        Told::Unit { id, task } => Order::Unit {
            unit: *id,
            task: Task::told(scenario, task),
            start_at,
        },
        Told::Formation { id, task, at } => Order::Formation {
            formation: *id,
            mission: FormationMission {
                objective: scenario.map().places[usize::from(*at)].centre,
                posture: mission::posture(*task),
                may_withdraw: matches!(task, PlanTask::Delay | PlanTask::Withdraw),
            },
            start_at,
        },
    }
}

/// Whom an order is for, if a script can have orders for him.
fn addressee(order: &Order) -> Option<Subject> {
    match order {
        Order::Unit { unit, .. } => Some(Subject::Unit(*unit)),
        Order::Formation { formation, .. } => Some(Subject::Formation(*formation)),
        _ => None,
    }
}

/// Why he does what he does; none of a unit that is not on the map.
fn reason(view: &SideView<'_>, subject: Subject, bound: &Bound) -> Option<Reason> {
    let (chosen, objective) = match bound.order {
        Order::Unit { unit, task, .. } => {
            let own = view.own(unit).filter(|own| own.hex.is_some())?;
            let task = if bound.due { task } else { own.task };
            (Choice::Task(task), task.place(view.scenario().map()))
        }
        Order::Formation { mission, .. } => (Choice::Mission(mission), Some(mission.objective)),
        _ => return None,
    };
    Some(Reason {
        subject,
        objective,
        chosen,
        motive: Motive::Script,
        ordered: bound.due,
        others: Vec::new(),
    })
}
