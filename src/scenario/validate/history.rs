//! Figures of history beside what is measured in the simulation.

use super::{findings::Findings, formations::Order, ground::Ground, header::Clock, names};
use crate::scenario::{
    Approach, HistoricalFigure, Measure, Quantity,
    calendar::Hours,
    file::{HistoricalFigureFile, MeasureFile},
    forces::FormationId,
    map::{HexMap, file::FeatureKind},
};

/// What the measures refer to.
pub(super) struct Context<'a> {
    pub order: &'a Order<'a>,
    pub ground: &'a Ground<'a>,
    pub clock: Option<&'a Clock>,
}

/// Finds all problems of the figures.
pub(super) fn check(
    table: &[HistoricalFigureFile],
    context: &Context,
    findings: &mut Findings,
) -> Vec<HistoricalFigure> {
    names::check_ids(
        findings,
        "history",
        "figure",
        table.iter().map(|h| h.id.as_str()),
    );
    let mut figures = Vec::new();
    for (i, draft) in table.iter().enumerate() {
        let path = format!("history[{i}]");
        findings.source(&path, &draft.source);
        findings.text(
            format!("{path}.text"),
            &draft.text,
            "say what the figure is",
        );
        let measure = measure(
            &draft.measure,
            &format!("{path}.measure"),
            context,
            findings,
        );
        let timed = matches!(
            draft.measure,
            MeasureFile::Captured { .. }
                | MeasureFile::FirstContact { .. }
                | MeasureFile::FirstFoothold { .. }
                | MeasureFile::CityLost
        );
        let mut quantity = |name: &str, text: &str| {
            quantity(
                &format!("{path}.{name}"),
                text,
                timed,
                context.clock,
                findings,
            )
        };
        let low = quantity("low", &draft.low);
        let value = quantity("value", &draft.value);
        let high = quantity("high", &draft.high);
        let (Some(low), Some(value), Some(high)) = (low, value, high) else {
            continue;
        };
        if size(low) > size(value) || size(value) > size(high) {
            findings.error(
                format!("{path}.value"),
                format!(
                    "{} is not between {} and {}",
                    draft.value, draft.low, draft.high
                ),
                "write low, value and high in rising order",
            );
        }
        if let Some(measure) = measure {
            figures.push(HistoricalFigure {
                id: draft.id.clone(),
                text: draft.text.clone(),
                measure,
                value,
                low,
                high,
                source: draft.source.clone(),
                confidence: draft.confidence,
            });
        }
    }
    figures
}

fn size(quantity: Quantity) -> f64 {
    match quantity {
        Quantity::Number(n) => n,
        Quantity::Time(hours) => hours as f64,
    }
}

fn quantity(
    path: &str,
    text: &str,
    timed: bool,
    clock: Option<&Clock>,
    findings: &mut Findings,
) -> Option<Quantity> {
    if timed {
        return Some(Quantity::Time(clock?.signed(findings, path, text)?));
    }
    let number: Option<f64> = text.parse().ok().filter(|n: &f64| n.is_finite());
    if number.is_none() {
        let shown: String = text.chars().take(40).collect();
        findings.error(
            path,
            format!("`{shown}` is not a number"),
            "this measure is a number, such as \"2240\" or \"0.5\"",
        );
    }
    number.map(Quantity::Number)
}

fn measure(
    draft: &MeasureFile,
    path: &str,
    context: &Context,
    findings: &mut Findings,
) -> Option<Measure> {
    Some(match draft {
        MeasureFile::KilledAndWounded { side, until, at } => {
            let until = self::until(until, path, context, findings);
            let known = at.iter().enumerate().map(|(n, id)| {
                context
                    .ground
                    .place(findings, &format!("{path}.at[{n}]"), id)
            });
            Measure::KilledAndWounded {
                side: *side,
                at: known
                    .collect::<Vec<_>>()
                    .into_iter()
                    .collect::<Option<_>>()?,
                until: until?,
            }
        }
        MeasureFile::FormationLosses { formation, until } => {
            let until = self::until(until, path, context, findings);
            Measure::FormationLosses {
                formation: self::formation(formation, path, context, findings)?,
                until: until?,
            }
        }
        MeasureFile::Captured { place, by } => Measure::Captured {
            place: context
                .ground
                .place(findings, &format!("{path}.place"), place)?,
            by: *by,
        },
        MeasureFile::FirstContact { line, by } => Measure::FirstContact {
            line: self::line(line, &format!("{path}.line"), context.ground.map?, findings)?,
            by: *by,
        },
        MeasureFile::FirstFoothold { by, at } => {
            let map = context.ground.map?;
            let known: Vec<Option<usize>> = at
                .iter()
                .enumerate()
                .map(|(n, id)| gate(id, &format!("{path}.at[{n}]"), map, findings))
                .collect();
            Measure::FirstFoothold {
                by: *by,
                at: known.into_iter().collect::<Option<_>>()?,
            }
        }
        MeasureFile::CityLost => Measure::CityLost,
        MeasureFile::ShareLost { formation } => Measure::ShareLost {
            formation: self::formation(formation, path, context, findings)?,
        },
        MeasureFile::CapturedOrHidden { side } => Measure::CapturedOrHidden { side: *side },
        MeasureFile::BroughtOut { side } => Measure::BroughtOut { side: *side },
        MeasureFile::Escaped { formations } => Measure::Escaped {
            formations: formations
                .iter()
                .enumerate()
                .map(|(n, id)| referred(format!("{path}.formations[{n}]"), id, context, findings))
                .collect::<Vec<_>>()
                .into_iter()
                .collect::<Option<_>>()?,
        },
        MeasureFile::ShareEscaped { formation } => Measure::ShareEscaped {
            formation: self::formation(formation, path, context, findings)?,
        },
        MeasureFile::BestMarch { side } => Measure::BestMarch { side: *side },
        MeasureFile::ShotByOwnSide { side } => Measure::ShotByOwnSide { side: *side },
        MeasureFile::WithoutBreakoutOrder { side } => Measure::WithoutBreakoutOrder { side: *side },
        MeasureFile::CameFrom {
            formation,
            seen_from,
            wall_km,
            bearings,
        } => {
            findings.within(format!("{path}.wall_km"), *wall_km, 0.0, 50.0);
            findings.within(format!("{path}.bearings"), bearings.0, 0.0, 360.0);
            findings.within(format!("{path}.bearings"), bearings.1, 0.0, 360.0);
            let formation = self::formation(formation, path, context, findings);
            let seen_from =
                context
                    .ground
                    .place(findings, &format!("{path}.seen_from"), seen_from)?;
            let map = context.ground.map?;
            if !map.at(map.places[seen_from].centre).inside_wall {
                findings.error(
                    format!("{path}.seen_from"),
                    format!("{} does not lie within a wall", map.places[seen_from].name),
                    "name a place in the city from which bearings are taken",
                );
            }
            Measure::CameFrom(Approach {
                formation: formation?,
                seen_from,
                wall_km: *wall_km,
                bearings: *bearings,
            })
        }
        MeasureFile::AssaultsAt { by, from, at } => {
            if at.is_empty() {
                findings.error(
                    format!("{path}.at"),
                    "no places",
                    "name the places at which assaults are counted",
                );
            }
            let from = hour(from, &format!("{path}.from"), context, findings);
            let known: Vec<Option<usize>> = at
                .iter()
                .enumerate()
                .map(|(n, id)| {
                    context
                        .ground
                        .place(findings, &format!("{path}.at[{n}]"), id)
                })
                .collect();
            Measure::AssaultsAt {
                by: *by,
                from: from?,
                at: known.into_iter().collect::<Option<_>>()?,
            }
        }
        MeasureFile::HeldAt { place, by, at } => {
            let hour = hour(at, &format!("{path}.at"), context, findings);
            Measure::HeldAt {
                place: context
                    .ground
                    .place(findings, &format!("{path}.place"), place)?,
                by: *by,
                at: hour?,
            }
        }
    })
}

fn hour(text: &str, path: &str, context: &Context, findings: &mut Findings) -> Option<Hours> {
    context.clock?.from(findings, path, text)
}

/// Outer `None`: no such time.
fn until(
    text: &Option<String>,
    path: &str,
    context: &Context,
    findings: &mut Findings,
) -> Option<Option<Hours>> {
    match text {
        None => Some(None),
        Some(text) => context
            .clock?
            .from(findings, &format!("{path}.until"), text)
            .map(Some),
    }
}

fn formation(
    id: &str,
    path: &str,
    context: &Context,
    findings: &mut Findings,
) -> Option<FormationId> {
    referred(format!("{path}.formation"), id, context, findings)
}

fn referred(
    path: String,
    id: &str,
    context: &Context,
    findings: &mut Findings,
) -> Option<FormationId> {
    let at = findings.refer(path, "formation", id, &context.order.ids)?;
    Some(FormationId(u32::try_from(at).ok()?))
}

fn gate(id: &str, path: &str, map: &HexMap, findings: &mut Findings) -> Option<usize> {
    let mut known: Vec<&str> = map.gates.iter().map(|g| g.id.as_str()).collect();
    known.sort_unstable();
    findings.refer(path, "gate", id, &known)?;
    map.gates.iter().position(|g| g.id == id)
}

fn line(id: &str, path: &str, map: &HexMap, findings: &mut Findings) -> Option<usize> {
    let mut known: Vec<&str> = map
        .features
        .iter()
        .filter(|f| {
            matches!(
                f.kind,
                FeatureKind::DefenceLine { .. } | FeatureKind::Strongpoint { .. }
            )
        })
        .map(|f| f.id.as_str())
        .collect();
    known.sort_unstable();
    findings.refer(path, "defence line", id, &known)?;
    map.feature(id)
}
