//! Why an order was given: what was chosen, the motive with its figures, and what else was weighed.
//!
//! A reason is made where the decision is made, out of the numbers that decided it. It holds no text;
//! [`crate::report::reasons`] puts it into a sentence. Reasons change no order: a commander gives the
//! same ones whether he is asked to explain himself or not.

mod motive;

pub use motive::{Motive, Need, Wear};

use super::course::Course;
use crate::{
    battle::{AirMission, Directive, FormationMission, Task},
    scenario::{AirGroupId, FormationId, Hex, UnitId, events::DecisionId},
};

/// Most alternatives that are kept beside what was chosen.
pub const ALTERNATIVES: usize = 3;

/// Whom a decision is about, in the order of a diary: the side, formations, then units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// All of the side: a directive.
    Side,
    /// A question put to the command.
    Decision(DecisionId),
    /// A formation.
    Formation(FormationId),
    /// A unit.
    Unit(UnitId),
    /// An air group.
    Air(AirGroupId),
}

/// Something that could be done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Choice {
    /// A unit's task.
    Task(Task),
    /// A formation's mission.
    Mission(FormationMission),
    /// An air group's mission.
    Air(AirMission),
    /// A directive to all.
    Directive(Directive),
    /// An option of a decision.
    Answer(u16),
    /// A course of action of the side.
    Course(Course),
}

/// Something that could be done, with what it was thought to be worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighed {
    /// What.
    pub choice: Choice,
    /// Its score: comparable only with those of the same decision; higher is better.
    pub score: f64,
    /// The forecast on which the score rests, as a probability, if it rests on one.
    pub forecast: Option<f64>,
}

/// Why a commander decided as it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// About whom.
    pub subject: Subject,
    /// The hex its mission is about, if it has one.
    pub objective: Option<Hex>,
    /// What was chosen.
    pub chosen: Choice,
    /// Why.
    pub motive: Motive,
    /// Is it a new order, or does the subject go on with what it does?
    pub ordered: bool,
    /// What else was weighed, best first, at most [`ALTERNATIVES`].
    pub others: Vec<Weighed>,
}

/// What was weighed in a turn, by subject, kept until reasons are drawn up.
#[derive(Clone, Debug, Default)]
pub(super) struct Scales {
    weighed: Vec<(Subject, Weighed)>,
}

impl Scales {
    /// Lays something on the scales. What is laid there twice counts at its best.
    pub(super) fn add(&mut self, subject: Subject, weighed: Weighed) {
        self.weighed.push((subject, weighed));
    }

    /// The best that were weighed for a subject, without what was chosen.
    pub(super) fn best(&self, subject: Subject, chosen: Choice) -> Vec<Weighed> {
        let mut of: Vec<Weighed> = self
            .weighed
            .iter()
            .filter(|(s, w)| *s == subject && w.choice != chosen)
            .map(|(_, w)| *w)
            .collect();
        // The sort is stable: of equals, the first that was weighed.
        of.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut best: Vec<Weighed> = Vec::new();
        for w in of {
            if best.len() < ALTERNATIVES && best.iter().all(|b| b.choice != w.choice) {
                best.push(w);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(to: u16, score: f64) -> Weighed {
        Weighed {
            choice: Choice::Answer(to),
            score,
            forecast: None,
        }
    }

    #[test]
    fn the_three_best_are_kept_each_once_and_not_the_one_chosen() {
        let mut scales = Scales::default();
        for (to, score) in [(1, 0.1), (2, 0.5), (3, 0.4), (4, 0.2), (2, 0.3), (9, 0.9)] {
            scales.add(Subject::Side, weighed(to, score));
        }
        scales.add(Subject::Unit(UnitId(1)), weighed(7, 2.0));
        let best = scales.best(Subject::Side, Choice::Answer(9));
        let order: Vec<Choice> = best.iter().map(|w| w.choice).collect();
        assert_eq!(order, [2, 3, 4].map(Choice::Answer));
        assert_eq!(best[0].score, 0.5);
    }
}
