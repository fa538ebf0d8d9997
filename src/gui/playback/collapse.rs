//! Signs of collapse whose place no event tells: units that come apart, orders lost on their way,
//! headquarters that contradict or act alone. They stand where the unit or the headquarters is drawn.

use super::signs::{Shape, Sign};
use crate::{
    battle::{Bin, Cause, CommandEvent, Event},
    scenario::{Branch, FormationId, Hours, Scenario, UnitId},
};
use std::collections::BTreeMap;

/// Men of a unit who leave it in an hour before that is shown.
const MANY: u32 = 25;

/// Men who have left, by unit and hour, while a turn's events are read.
#[derive(Debug, Default)]
pub(super) struct Leaving(BTreeMap<(UnitId, Hours), u32>);

impl Leaving {
    /// The sign of an event, if it is one. `at` says where a unit is drawn by then.
    pub(super) fn sign(
        &mut self,
        scenario: &Scenario,
        event: &Event,
        hour: Hours,
        at: &dyn Fn(UnitId) -> Option<[f64; 2]>,
    ) -> Option<Sign> {
        match event {
            Event::Men {
                unit,
                to: Bin::Crowd | Bin::Hidden | Bin::Captured,
                men,
                cause: Cause::Dissolution | Cause::Collapse,
                ..
            } => {
                let so_far = self.0.entry((*unit, hour)).or_default();
                let before = *so_far;
                *so_far += men;
                let shown = before < MANY && *so_far >= MANY;
                let side = super::side_of(scenario, *unit);
                shown.then_some(Sign {
                    at: at(*unit)?,
                    word: "coming apart",
                    side,
                    shape: Shape::Scatter,
                })
            }
            Event::Command(event) => command(scenario, event, at),
            _ => None,
        }
    }
}

fn command(
    scenario: &Scenario,
    event: &CommandEvent,
    at: &dyn Fn(UnitId) -> Option<[f64; 2]>,
) -> Option<Sign> {
    let (formation, word) = match event {
        CommandEvent::OrderLost { formation, .. } => (*formation, "order lost"),
        CommandEvent::DirectivesContradict { formation, .. } => (*formation, "orders contradict"),
        CommandEvent::ActedAlone { formation, .. } => (*formation, "acts without orders"),
        _ => return None,
    };
    Some(Sign {
        at: seat(scenario, formation, at)?,
        word,
        side: Some(scenario.formation(formation).side),
        shape: Shape::Flag,
    })
}

/// Where a formation is: its headquarters, or else the first of its units that is drawn.
fn seat(
    scenario: &Scenario,
    formation: FormationId,
    at: &dyn Fn(UnitId) -> Option<[f64; 2]>,
) -> Option<[f64; 2]> {
    let under = || {
        let units = scenario.units().iter().enumerate();
        units.filter(|(_, u)| scenario.is_under(u.formation, formation))
    };
    let seen = |(i, _): (usize, _)| at(UnitId(i as u32));
    under()
        .filter(|(_, u)| u.branch == Branch::Headquarters)
        .find_map(seen)
        .or_else(|| under().find_map(seen))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        battle::{Directive, DirectiveKind, Message},
        gui::panels::tests::lesson,
    };

    /// The article: most units simply collapsed.
    #[test]
    fn a_unit_that_comes_apart_is_shown_once_an_hour_and_not_for_a_few_men() {
        let session = lesson::session(crate::gui::session::Seat::Both);
        let scenario = session.scenario();
        let unit = lesson::unit(&session, "garrison_1");
        let left = |men| Event::Men {
            unit,
            from: Bin::Disordered,
            to: Bin::Crowd,
            men,
            cause: Cause::Collapse,
        };
        let at = |_| Some([1.0, 2.0]);
        let mut leaving = Leaving::default();
        let mut sign = |men, hour| leaving.sign(scenario, &left(men), Hours(hour), &at);
        assert_eq!(sign(MANY - 1, 0), None);
        assert_eq!(sign(1, 0).unwrap().word, "coming apart");
        assert_eq!(sign(MANY, 0), None);
        assert!(sign(MANY, 1).is_some());
    }

    /// The article: many units never received the order.
    #[test]
    fn an_order_that_is_lost_is_shown_where_its_formation_is() {
        let session = lesson::session(crate::gui::session::Seat::Both);
        let scenario = session.scenario();
        let garrison = scenario.formation_by_id("garrison").unwrap();
        let first = lesson::unit(&session, "garrison_1");
        let event = Event::Command(Box::new(CommandEvent::OrderLost {
            formation: garrison,
            message: Message::Directive(Directive {
                kind: DirectiveKind::BreakOut,
                towards: None,
            }),
            at: garrison,
        }));
        let at = |unit| (unit == first).then_some([3.0, 4.0]);
        let sign = Leaving::default().sign(scenario, &event, Hours(0), &at);
        let sign = sign.unwrap();
        assert_eq!((sign.word, sign.at), ("order lost", [3.0, 4.0]));
        let nobody = |_| None;
        let sign = Leaving::default().sign(scenario, &event, Hours(0), &nobody);
        assert_eq!(sign, None, "nobody of it is drawn");
    }
}
