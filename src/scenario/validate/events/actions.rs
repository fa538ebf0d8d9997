//! Actions: names, numbers, sources.

use super::{MOST_ACTIONS, index::Index};
use crate::scenario::{
    events::{Act, Action, Arriving, Intent, Known, UnitTask, Written},
    validate::{findings::Findings, river::MAX_BOATS},
};

/// Most sorties of a group on a day.
const SORTIES: f64 = 500.0;
/// Greatest worth of an objective.
const WORTH: f64 = 1000.0;
/// Widest reach of lanes, km.
const KM: f64 = 50.0;
/// Longest notice of a directive, hours.
const NOTICE: f64 = 96.0;

/// Finds all problems of a list of actions.
pub(super) fn check(
    list: &[Action<Written>],
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<Vec<Act>> {
    findings.limit(path, list.len(), MOST_ACTIONS);
    let checked: Vec<Option<Act>> = list
        .iter()
        .enumerate()
        .map(|(k, a)| action(a, &format!("{path}[{k}]"), index, findings))
        .collect();
    checked.into_iter().collect()
}

fn action(
    draft: &Action<Written>,
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<Act> {
    use Action as A;
    let inside = format!("{path}[0]");
    let field = |name: &str| format!("{path}.{name}");
    Some(match draft {
        A::Doctrine { of, set } => {
            for (name, share) in set.shares() {
                if let Some(share) = share {
                    findings.within(format!("{path}.set.{name}"), share, 0.0, 1.0);
                }
            }
            A::Doctrine {
                of: index.command(findings, &field("of"), of)?,
                set: set.clone(),
            }
        }
        A::Mission {
            formation,
            task,
            place,
        } => {
            let formation = index.formation(findings, &field("formation"), formation);
            let place = index.battlefield(findings, &field("place"), place);
            A::Mission {
                formation: formation?,
                task: *task,
                place: place?,
            }
        }
        A::Order { unit, task } => {
            let unit = index.unit(findings, &field("unit"), unit);
            let task = self::task(task, &field("task"), index, findings);
            A::Order {
                unit: unit?,
                task: task?,
            }
        }
        A::Objective { place, side, worth } => {
            findings.within(field("worth"), *worth, 0.0, WORTH);
            A::Objective {
                place: index.objective(findings, &field("place"), place)?,
                side: *side,
                worth: *worth,
            }
        }
        A::Arrival { unit, when } => {
            let named = unit;
            let unit = index.unit(findings, &field("unit"), unit);
            let when = match when {
                Arriving::Now => Some(Arriving::Now),
                Arriving::Never => Some(Arriving::Never),
                Arriving::At(text) => index
                    .time(findings, &format!("{path}.when[0]"), text)
                    .map(Arriving::At),
            };
            let unit = unit?;
            if index.begins_on_map(unit) {
                findings.error(
                    field("unit"),
                    format!("`{named}` is on the map when the battle begins"),
                    "name a unit that arrives, or give it an `Order`",
                );
                return None;
            }
            A::Arrival { unit, when: when? }
        }
        A::Departure { unit, towards } => {
            let unit = index.unit(findings, &field("unit"), unit);
            let towards = index.place(findings, &field("towards"), towards);
            let map = index.map()?;
            if !map.grid.hexes().any(|h| map.at(h).exit) {
                findings.error(
                    path,
                    "the map has no exit by which a unit could leave",
                    "give the map a zone of kind `Exit`, or use `Order`",
                );
                return None;
            }
            A::Departure {
                unit: unit?,
                towards: towards?,
            }
        }
        A::Directive {
            to,
            kind,
            towards,
            notice,
            by,
        } => {
            let moves = matches!(kind, Intent::Withdraw | Intent::BreakOut);
            if towards.is_some() && !moves {
                findings.error(
                    field("towards"),
                    "this directive sends nobody anywhere",
                    "leave `towards` out, or write `Withdraw` or `BreakOut`",
                );
                return None;
            }
            findings.within(field("notice"), f64::from(*notice), 0.0, NOTICE);
            let towards = match towards {
                Some(id) => Some(index.battlefield(findings, &field("towards"), id)?),
                None => None,
            };
            A::Directive {
                to: index.command(findings, &field("to"), to)?,
                kind: *kind,
                towards,
                notice: *notice,
                by: *by,
            }
        }
        A::StaffBreakout { side, on } => A::StaffBreakout {
            side: *side,
            on: *on,
        },
        A::HeadquartersLeaves(id) => A::HeadquartersLeaves(index.formation(findings, &inside, id)?),
        A::HeadquartersMoves { formation, to } => {
            let formation = index.formation(findings, &field("formation"), formation);
            let to = index.battlefield(findings, &field("to"), to);
            A::HeadquartersMoves {
                formation: formation?,
                to: to?,
            }
        }
        A::Wire { formation, whole } => A::Wire {
            formation: index.formation(findings, &field("formation"), formation)?,
            whole: *whole,
        },
        A::Radio { formation, on } => A::Radio {
            formation: index.formation(findings, &field("formation"), formation)?,
            on: *on,
        },
        A::News { side, from } => A::News {
            side: *side,
            from: index.place(findings, &field("from"), from)?,
        },
        A::Barrier { unit, on } => A::Barrier {
            unit: index.barrier(findings, &field("unit"), unit)?,
            on: *on,
        },
        A::Leader { formation, name } => {
            findings.text(field("name"), name, "name the commander and his post");
            A::Leader {
                formation: index.formation(findings, &field("formation"), formation)?,
                name: name.clone(),
            }
        }
        A::NoFireZones { side, kept } => A::NoFireZones {
            side: *side,
            kept: *kept,
        },
        A::Barricade(gate) => A::Barricade(index.gate(findings, &inside, gate)?),
        A::OpenGate(gate) => A::OpenGate(index.gate(findings, &inside, gate)?),
        A::Boats {
            at,
            kind,
            owner,
            more,
        } => {
            let (most, number) = (f64::from(MAX_BOATS), f64::from(*more));
            findings.within(field("more"), number, -most, most);
            index.boats(findings, path, (at, kind, owner.as_deref(), *more))?
        }
        A::Crossings { side, open } => A::Crossings {
            side: index.ferrying(findings, &field("side"), *side)?,
            open: *open,
        },
        A::ScorchedEarth { side, on } => A::ScorchedEarth {
            side: *side,
            on: *on,
        },
        A::Mines { place, of } => A::Mines {
            place: index.battlefield(findings, &field("place"), place)?,
            of: *of,
        },
        A::Lanes { of, near, km } => {
            findings.within(field("km"), *km, 0.0, KM);
            A::Lanes {
                of: *of,
                near: index.place(findings, &field("near"), near)?,
                km: *km,
            }
        }
        A::Fire(place) => A::Fire(index.battlefield(findings, &inside, place)?),
        A::AirGroup {
            group,
            sorties_per_day,
        } => {
            findings.within(field("sorties_per_day"), *sorties_per_day, 0.0, SORTIES);
            A::AirGroup {
                group: index.air_group(findings, &field("group"), group)?,
                sorties_per_day: *sorties_per_day,
            }
        }
        A::Rate { rule, value } => {
            let rule = index.rate(findings, &field("rule"), rule)?;
            let (least, most) = rule.rate().limits;
            findings.within(field("value"), *value, least, most);
            A::Rate {
                rule,
                value: *value,
            }
        }
        A::SetFlag(name) => A::SetFlag(index.flag(findings, &inside, name)?),
        A::ClearFlag(name) => A::ClearFlag(index.flag(findings, &inside, name)?),
        A::Message { to, text } => {
            findings.text(field("text"), text, "write what they learn");
            A::Message {
                to: *to,
                text: text.clone(),
            }
        }
        A::Narration(text) => {
            findings.text(inside, text, "write what is told");
            A::Narration(text.clone())
        }
        A::HistoricalNote {
            text,
            source,
            confidence,
        } => {
            findings.text(field("text"), text, "write the remark");
            findings.source(path, source);
            A::HistoricalNote {
                text: text.clone(),
                source: source.clone(),
                confidence: *confidence,
            }
        }
        A::Decision(draft) => A::Decision(index.asked(&draft.id)?),
        A::EndBattle { text } => {
            findings.text(field("text"), text, "say in a sentence how it ends");
            A::EndBattle { text: text.clone() }
        }
    })
}

pub(super) fn task(
    draft: &UnitTask<Written>,
    path: &str,
    index: &Index,
    findings: &mut Findings,
) -> Option<UnitTask<Known>> {
    let inside = format!("{path}[0]");
    let mut place = |id: &str| index.battlefield(findings, &inside, id);
    Some(match draft {
        UnitTask::Hold => UnitTask::Hold,
        UnitTask::Rest => UnitTask::Rest,
        UnitTask::March(to) => UnitTask::March(place(to)?),
        UnitTask::Assault(at) => UnitTask::Assault(place(at)?),
        UnitTask::Withdraw(to) => UnitTask::Withdraw(place(to)?),
        UnitTask::Bombard(at) => UnitTask::Bombard(place(at)?),
        UnitTask::Support(at) => UnitTask::Support(place(at)?),
    })
}
