//! Conditions: names and numbers.

use super::index::Index;
use crate::scenario::{
    events::{Condition, Limit, When, Written},
    validate::findings::Findings,
};

/// Most men a limit may name.
const MEN: f64 = 10_000_000.0;
/// Widest reach of "near", km.
const KM: (f64, f64) = (0.0, 200.0);

/// Finds all problems of a condition.
pub(super) fn check(
    draft: &Condition<Written>,
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<When> {
    use Condition as C;
    let inside = format!("{path}[0]");
    let field = |name: &str| format!("{path}.{name}");
    let share = |f: &mut Findings, name: &str, limit: Limit| {
        f.within(format!("{path}.{name}[0]"), limit.value(), 0.0, 1.0);
    };
    Some(match draft {
        C::At(text) => {
            let hours = index.signed(findings, &inside, text)?;
            if hours < 0 {
                findings.error(
                    inside,
                    format!("`{text}` lies before the battle: this can never hold"),
                    "name an hour of the battle, or write `After`",
                );
                return None;
            }
            C::At(index.time(findings, path, text)?)
        }
        C::After(text) => C::After(index.time(findings, &inside, text)?),
        C::Before(text) => C::Before(index.time(findings, &inside, text)?),
        C::Between(from, until) => {
            let first = index.time(findings, &inside, from);
            let last = index.time(findings, &format!("{path}[1]"), until);
            let (first, last) = (first?, last?);
            if first >= last {
                findings.error(
                    path,
                    format!("`{from}` is not before `{until}`: this can never hold"),
                    "write the earlier time first",
                );
                return None;
            }
            C::Between(first, last)
        }
        C::HourOfDay { from, until } => {
            findings.within(field("from"), f64::from(*from), 0.0, 23.0);
            findings.within(field("until"), f64::from(*until), 0.0, 24.0);
            C::HourOfDay {
                from: *from,
                until: *until,
            }
        }
        C::Turn { from, until } => {
            if *from < 1 || from > until {
                findings.error(
                    path,
                    format!("there is no turn from {from} to {until}"),
                    "turns are counted from 1; write the earlier first",
                );
                return None;
            }
            C::Turn {
                from: *from,
                until: *until,
            }
        }
        C::Held { place, by } => C::Held {
            place: index.place(findings, &field("place"), place)?,
            by: *by,
        },
        C::Captured { place, by } => C::Captured {
            place: index.place(findings, &field("place"), place)?,
            by: *by,
        },
        C::Contested { place, by } => C::Contested {
            place: index.place(findings, &field("place"), place)?,
            by: *by,
        },
        C::CityLost => C::CityLost,
        C::Strength { of, men } => {
            findings.within(format!("{path}.men[0]"), men.value(), 0.0, MEN);
            C::Strength {
                of: index.force(findings, &field("of"), of)?,
                men: *men,
            }
        }
        C::Losses { of, men } => {
            findings.within(format!("{path}.men[0]"), men.value(), 0.0, MEN);
            C::Losses {
                of: index.force(findings, &field("of"), of)?,
                men: *men,
            }
        }
        C::ShareLeft { of, share: limit } => {
            share(findings, "share", *limit);
            C::ShareLeft {
                of: index.force(findings, &field("of"), of)?,
                share: *limit,
            }
        }
        C::CutOff { of, share: limit } => {
            share(findings, "share", *limit);
            C::CutOff {
                of: index.force(findings, &field("of"), of)?,
                share: *limit,
            }
        }
        C::Cohesion { of, mean } => {
            share(findings, "mean", *mean);
            C::Cohesion {
                of: index.force(findings, &field("of"), of)?,
                mean: *mean,
            }
        }
        C::Supply { of, mean } => {
            share(findings, "mean", *mean);
            C::Supply {
                of: index.force(findings, &field("of"), of)?,
                mean: *mean,
            }
        }
        C::OnMap(force) => C::OnMap(index.force(findings, &inside, force)?),
        C::Near { of, place, km } => {
            findings.within(field("km"), *km, KM.0, KM.1);
            let of = index.force(findings, &field("of"), of);
            let place = index.place(findings, &field("place"), place);
            C::Near {
                of: of?,
                place: place?,
                km: *km,
            }
        }
        C::OrderReceived { formation, task } => C::OrderReceived {
            formation: index.formation(findings, &field("formation"), formation)?,
            task: *task,
        },
        C::Flag(name) => C::Flag(index.flag(findings, &inside, name)?),
        C::Fired { event, hours_ago } => C::Fired {
            event: index.event(findings, &field("event"), event)?,
            hours_ago: *hours_ago,
        },
        C::Decided { decision, option } => {
            let (decision, option) = index.decided(findings, path, decision, option)?;
            C::Decided { decision, option }
        }
        C::Light(light) => C::Light(*light),
        C::Fog => C::Fog,
        C::Chance(p) => {
            findings.within(inside, *p, 0.0, 1.0);
            C::Chance(*p)
        }
        C::All(list) => {
            empty(list, "All", path, findings);
            C::All(each(list, &inside, index, findings)?)
        }
        C::Any(list) => {
            empty(list, "Any", path, findings);
            C::Any(each(list, &inside, index, findings)?)
        }
        C::Not(one) => C::Not(Box::new(check(one, &inside, index, findings)?)),
        C::AtLeast(n, list) => {
            if *n == 0 || *n as usize > list.len() {
                findings.error(
                    &inside,
                    format!("{n} of {} conditions", list.len()),
                    format!("write a number from 1 to {}", list.len().max(1)),
                );
                return None;
            }
            C::AtLeast(*n, each(list, &format!("{path}[1]"), index, findings)?)
        }
    })
}

fn each(
    list: &[Condition<Written>],
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<Vec<When>> {
    let checked: Vec<Option<When>> = list
        .iter()
        .enumerate()
        .map(|(n, c)| check(c, &format!("{path}[{n}]"), index, findings))
        .collect();
    checked.into_iter().collect()
}

fn empty(list: &[Condition<Written>], what: &str, path: &str, findings: &mut Findings) {
    if list.is_empty() {
        findings.error(
            path,
            format!("`{what}` of nothing"),
            "name one condition or more",
        );
    }
}
