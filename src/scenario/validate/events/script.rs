//! Scripts: names, times, and whether those who are ordered are there. Whether an order can be carried
//! out is for the gate of orders to say, when its hour has come.

use super::{Context, actions, index::Index};
use crate::scenario::{
    calendar::{Calendar, HOURS_PER_TURN, Hours},
    events::{Known, Written},
    file::{ScenarioFile, StartFile, UnitFile},
    script::{Line, Told},
    validate::{findings::Findings, header::Clock},
};
use std::collections::BTreeMap;

/// Finds all problems of the script; its lines are returned in order of time.
pub(in crate::scenario::validate) fn check(
    file: &ScenarioFile,
    context: &Context,
    findings: &mut Findings,
) -> Vec<Line> {
    let index = Index::new(file, context, Vec::new(), &[]);
    let mut lines = Vec::new();
    let mut given: BTreeMap<(bool, &str, u32), usize> = BTreeMap::new();
    for (i, draft) in file.script.iter().enumerate() {
        let path = format!("script[{i}]");
        findings.source(&path, &draft.source);
        let inside = format!("{path}.order");
        let order = told(&draft.order, &inside, &index, findings);
        let when = format!("{path}.at");
        let at = context
            .clock
            .and_then(|c| Some((c, c.within(findings, &when, &draft.at)?)));
        let (Some(order), Some((clock, at))) = (order, at) else {
            continue;
        };
        let (to_unit, id, there) = match &draft.order {
            Told::Unit { id, .. } => (true, id, there(file, clock, |u| u.id == *id)),
            Told::Formation { id, .. } => (false, id, there(file, clock, |u| u.formation == *id)),
        };
        let Some(there) = there else {
            findings.error(
                format!("{inside}.id"),
                format!("the formation `{id}` has no units of its own"),
                "name the formations under it that have, or its units",
            );
            continue;
        };
        let turn = at.turn();
        if turn.first_hour() < there {
            findings.error(
                &when,
                format!("`{id}` is not there yet"),
                format!("it takes orders from {} on", clock.written(there)),
            );
            continue;
        }
        if let Some(before) = given.insert((to_unit, id, turn.0), i) {
            findings.error(
                &when,
                format!(
                    "`{id}` gets another order in the turn that begins at {}",
                    clock.written(turn.first_hour())
                ),
                format!(
                    "the first is script[{before}]; orders are written once in {HOURS_PER_TURN} hours"
                ),
            );
            continue;
        }
        lines.push(Line { at, order });
    }
    // No two of one hour have the same addressee, so the order of rows does not matter.
    lines.sort_by_key(|line| line.at);
    lines
}

/// The first hour at which one of these units can be ordered: the turn after it has come.
fn there(file: &ScenarioFile, clock: &Clock, is: impl Fn(&UnitFile) -> bool) -> Option<Hours> {
    let of = |unit: &UnitFile| match &unit.start {
        StartFile::At(_) => Hours(0),
        StartFile::Arrives { at, between, .. } => {
            let last = between.as_ref().map_or(at, |(_, last)| last);
            // A time that is none is told where the unit stands.
            let comes = Calendar::parse(last).map_or(Hours(0), |t| clock.calendar.hour_of(t));
            Hours(comes.turn().0.saturating_mul(HOURS_PER_TURN))
        }
    };
    file.units.iter().filter(|u| is(u)).map(of).min()
}

fn told(
    draft: &Told<Written>,
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<Told<Known>> {
    let field = |name: &str| format!("{path}.{name}");
    Some(match draft {
        Told::Unit { id, task } => {
            let id = index.unit(findings, &field("id"), id);
            let task = actions::task(task, &field("task"), index, findings);
            Told::Unit {
                id: id?,
                task: task?,
            }
        }
        Told::Formation { id, task, at } => {
            let id = index.formation(findings, &field("id"), id);
            let at = index.battlefield(findings, &field("at"), at);
            Told::Formation {
                id: id?,
                task: *task,
                at: at?,
            }
        }
    })
}
