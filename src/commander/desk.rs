//! The desk: orders of the turn as they are written, with the reasons for them. Nothing leaves it that
//! the gate of orders would refuse, and a unit that is to go on with what it does gets no order.

use super::{
    charge::Charge,
    reason::{Choice, Motive, Reason, Scales, Subject, Weighed},
    table::Table,
};
use crate::{
    battle::{FormationMission, Order, Task, order::check},
    scenario::{FormationId, Hex, Hours, UnitId},
};

/// Orders being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Desk {
    orders: Vec<Order>,
    settled: Vec<UnitId>,
    /// Are reasons asked for? Nothing that is ordered depends on it.
    explains: bool,
    reasons: Vec<Reason>,
    scales: Scales,
}

impl Desk {
    /// A clear desk, which keeps reasons if they are asked for.
    pub(super) fn new(explains: bool) -> Self {
        Self {
            explains,
            ..Self::default()
        }
    }

    /// Are reasons asked for?
    pub(super) fn explains(&self) -> bool {
        self.explains
    }

    /// Is the unit's task for the turn decided?
    pub(super) fn is_settled(&self, unit: UnitId) -> bool {
        self.settled.binary_search(&unit).is_ok()
    }

    /// Notes a task that was weighed for a unit.
    pub(super) fn weigh(&mut self, unit: UnitId, task: Task, score: f64, forecast: Option<f64>) {
        self.lay(Subject::Unit(unit), Choice::Task(task), score, forecast);
    }

    /// Notes what was weighed for anybody.
    pub(super) fn lay(
        &mut self,
        subject: Subject,
        choice: Choice,
        score: f64,
        forecast: Option<f64>,
    ) {
        if self.explains {
            let weighed = Weighed {
                choice,
                score,
                forecast,
            };
            self.scales.add(subject, weighed);
        }
    }

    /// Decides a unit's task. False, and nothing decided, if it is not legal, or if it is what the
    /// unit has been stuck with.
    pub(super) fn give(
        &mut self,
        table: &mut Table<'_, '_>,
        charge: &Charge<'_>,
        task: Task,
        motive: Motive,
    ) -> bool {
        let unit = charge.own.id;
        if self.is_settled(unit) {
            return false;
        }
        let goes_on = charge.own.task == task && charge.own.start_at.is_none();
        if goes_on && task.goal().is_some() && charge.is_stuck() {
            return false;
        }
        let order = Order::Unit {
            unit,
            task,
            start_at: None,
        };
        if check(table.view, &order).is_err() {
            return false;
        }
        if !goes_on {
            self.orders.push(order);
        }
        // Who assaults an enemy stays where he is until it succeeds.
        if let Some(goal) = task.goal().filter(|g| !table.enemy(*g)) {
            table.shift(unit, goal);
        }
        if let Err(i) = self.settled.binary_search(&unit) {
            self.settled.insert(i, unit);
        }
        let objective = Some(charge.mission.objective);
        self.explain(
            Subject::Unit(unit),
            objective,
            Choice::Task(task),
            motive,
            !goes_on,
        );
        true
    }

    /// Adds a formation's order, if it is legal.
    pub(super) fn commission(
        &mut self,
        table: &Table<'_, '_>,
        formation: FormationId,
        mission: FormationMission,
        start_at: Option<Hours>,
        motive: Motive,
    ) {
        let order = Order::Formation {
            formation,
            mission,
            start_at,
        };
        if check(table.view, &order).is_ok() {
            self.orders.push(order);
            self.mission(formation, mission, motive, true);
        }
    }

    /// Notes why a formation has its mission.
    pub(super) fn mission(
        &mut self,
        formation: FormationId,
        mission: FormationMission,
        motive: Motive,
        ordered: bool,
    ) {
        self.explain(
            Subject::Formation(formation),
            Some(mission.objective),
            Choice::Mission(mission),
            motive,
            ordered,
        );
    }

    /// Adds an order whose legality is known.
    pub(super) fn send(&mut self, order: Order, motive: Motive) {
        self.orders.push(order);
        let (subject, choice) = match order {
            Order::Air { group, mission } => (Subject::Air(group), Choice::Air(mission)),
            Order::Directive { directive, .. } => (Subject::Side, Choice::Directive(directive)),
            Order::Decide { decision, option } => {
                (Subject::Decision(decision), Choice::Answer(option))
            }
            Order::Formation {
                formation, mission, ..
            } => (Subject::Formation(formation), Choice::Mission(mission)),
            Order::Unit { unit, task, .. } => (Subject::Unit(unit), Choice::Task(task)),
        };
        self.explain(subject, None, choice, motive, true);
    }

    /// Notes why.
    pub(super) fn explain(
        &mut self,
        subject: Subject,
        objective: Option<Hex>,
        chosen: Choice,
        motive: Motive,
        ordered: bool,
    ) {
        if self.explains {
            self.reasons.push(Reason {
                subject,
                objective,
                chosen,
                motive,
                ordered,
                others: Vec::new(),
            });
        }
    }

    /// All orders, formations' first, and the reasons for them and for what goes on, if asked for.
    pub(super) fn close(mut self) -> (Vec<Order>, Vec<Reason>) {
        self.orders.sort_by_key(|o| match o {
            Order::Formation { formation, .. } => (0, formation.0),
            Order::Directive { to, .. } => (0, to.map_or(0, |f| f.0)),
            Order::Air { group, .. } => (1, u32::from(group.0)),
            Order::Unit { unit, .. } => (2, unit.0),
            Order::Decide { decision, .. } => (3, u32::from(decision.0)),
        });
        for reason in &mut self.reasons {
            reason.others = self.scales.best(reason.subject, reason.chosen);
        }
        self.reasons.sort_by_key(|r| r.subject);
        (self.orders, self.reasons)
    }
}
