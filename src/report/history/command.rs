//! How far the order to break out got, from the events.

use crate::{
    battle::{CommandEvent, DirectiveKind, Event, Logged, Message},
    scenario::{Echelon, FormationId, Scenario, Side, UnitId},
};
use std::collections::BTreeSet;

/// Share of a side's divisions that had not received the order to break out by the hour at which the
/// breakout was to begin; `None` if no such order was given. Divisions with nobody left on the map
/// when the order went out are not counted; one that sits with the headquarters above has what that
/// has.
pub(super) fn without_breakout_order(
    scenario: &Scenario,
    events: &[Logged],
    side: Side,
) -> Option<f64> {
    let (given, start) = events.iter().find_map(|logged| match &logged.event {
        Event::Command(event) => match &**event {
            CommandEvent::DirectiveGiven {
                side: whose,
                to: None,
                directive,
                start_at,
                ..
            } if *whose == side && directive.kind == DirectiveKind::BreakOut => {
                Some((logged.id, start_at.unwrap_or(logged.hour)))
            }
            _ => None,
        },
        _ => None,
    })?;
    let mut on_map: BTreeSet<UnitId> = (0..scenario.units().len() as u32)
        .map(UnitId)
        .filter(|id| scenario.unit(*id).start_hour.0 == 0)
        .collect();
    let mut travels: BTreeSet<FormationId> = BTreeSet::new();
    let mut received: BTreeSet<FormationId> = BTreeSet::new();
    for logged in events {
        match &logged.event {
            Event::Arrived { unit, .. } if logged.id < given => {
                on_map.insert(*unit);
            }
            Event::Left { unit, .. } if logged.id < given => {
                on_map.remove(unit);
            }
            Event::Command(event) => match **event {
                CommandEvent::OrderSent {
                    formation,
                    message: Message::Directive(d),
                    ..
                }
                | CommandEvent::OrderLost {
                    formation,
                    message: Message::Directive(d),
                    ..
                } if d.kind == DirectiveKind::BreakOut => {
                    travels.insert(formation);
                }
                CommandEvent::OrderReceived {
                    formation,
                    message: Message::Directive(d),
                    ..
                } if d.kind == DirectiveKind::BreakOut && logged.hour <= start => {
                    received.insert(formation);
                }
                _ => {}
            },
            _ => {}
        }
    }
    let divisions: Vec<FormationId> = (0..scenario.formations().len() as u32)
        .map(FormationId)
        .filter(|f| {
            let known = scenario.formation(*f);
            known.side == side
                && known.echelon == Echelon::Division
                && on_map
                    .iter()
                    .any(|u| scenario.is_under(scenario.unit(*u).formation, *f))
        })
        .collect();
    let without = divisions
        .iter()
        .map(|f| scenario.station(*f))
        .filter(|f| travels.contains(f) && !received.contains(f))
        .count();
    (!divisions.is_empty()).then(|| without as f64 / divisions.len() as f64)
}
