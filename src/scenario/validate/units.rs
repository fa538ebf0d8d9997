//! The units: men, arms, references, and the hexes in which they begin.

use super::{
    elements,
    findings::Findings,
    formations::Order,
    ground::Ground,
    header::{self, Clock},
    names,
};
use crate::scenario::{
    calendar::Hours,
    deploy::{self, Wanted},
    file::{ScenarioFile, StartFile, StrengthFile, TroopsFile, UnitFile},
    forces::{FormationId, Troops, Unit, fnv64},
    map::Hex,
    rules::Rules,
    side::Side,
};
use std::collections::BTreeMap;

/// Most men of one unit.
const MAX_MEN: u32 = 100_000;

/// Most guns, tanks or anti-tank guns of one unit.
const MAX_ARMS: u32 = 500;

/// How far the sum of the units may lie outside an estimate's total, as a share of it.
const TOLERANCE: f64 = 0.02;

/// What the rows of units refer to.
pub(super) struct Context<'a> {
    pub order: &'a Order<'a>,
    /// Ids of the kinds of troops, sorted.
    pub troops: Vec<&'a str>,
    pub ground: &'a Ground<'a>,
    pub clock: Option<&'a Clock>,
    pub rules: Option<&'a Rules>,
    /// Estimate of strength in force for each side.
    pub strength: [Option<&'a StrengthFile>; 2],
}

/// Finds all problems of the kinds of troops. They are returned in order of id.
pub(super) fn troops(table: &[TroopsFile], findings: &mut Findings) -> Vec<Troops> {
    names::check_ids(
        findings,
        "troops",
        "kind of troops",
        table.iter().map(|t| t.id.as_str()),
    );
    for (i, kind) in table.iter().enumerate() {
        let path = format!("troops[{i}]");
        findings.source(&path, &kind.source);
        let figures = &kind.figures;
        for (name, value, high) in [
            ("weight", figures.weight, 10.0),
            ("cohesion", figures.cohesion, 1.0),
            ("killed_share_held", figures.killed_share_held, 1.0),
            ("killed_share_lost", figures.killed_share_lost, 1.0),
            ("stand_scale", figures.stand_scale, 10.0),
            ("surrender_scale", figures.surrender_scale, 10.0),
            ("drive", figures.drive, 1.0),
        ] {
            findings.within(format!("{path}.figures.{name}"), value, 0.0, high);
        }
    }
    let mut troops: Vec<Troops> = table
        .iter()
        .map(|kind| Troops {
            id: kind.id.clone(),
            name: kind.name.clone(),
            figures: kind.figures.clone(),
            source: kind.source.clone(),
            confidence: kind.confidence,
        })
        .collect();
    troops.sort_by(|a, b| a.id.cmp(&b.id));
    troops
}

/// Finds all problems of the units; those without any are returned in order of id.
pub(super) fn check(file: &ScenarioFile, context: &Context, findings: &mut Findings) -> Vec<Unit> {
    let table = &file.units;
    names::check_ids(
        findings,
        "units",
        "unit",
        table.iter().map(|u| u.id.as_str()),
    );
    let mut built: BTreeMap<&str, (usize, Unit, usize)> = BTreeMap::new();
    let mut peopled = [false; 2];
    for (i, draft) in table.iter().enumerate() {
        let path = format!("units[{i}]");
        if let Some(side) = side_of(draft, context) {
            peopled[side.index()] = true;
        }
        if let Some((unit, place)) = unit(draft, &path, context, findings) {
            built.entry(draft.id.as_str()).or_insert((i, unit, place));
        }
    }
    for side in Side::ALL {
        if !peopled[side.index()] {
            findings.error(
                "units",
                format!("the {} side has no units", side.adjective()),
                "a battle needs units on both sides",
            );
        }
    }
    post(built.into_values().collect(), context, findings)
}

fn side_of(draft: &UnitFile, context: &Context) -> Option<Side> {
    let formation = context.order.drafts.get(draft.formation.as_str())?;
    Some(formation.side)
}

fn unit(
    draft: &UnitFile,
    path: &str,
    context: &Context,
    findings: &mut Findings,
) -> Option<(Unit, usize)> {
    findings.source(path, &draft.source);
    findings.text(format!("{path}.name"), &draft.name, "name the unit");
    men(draft, path, findings);
    let formation = findings.refer(
        format!("{path}.formation"),
        "formation",
        &draft.formation,
        &context.order.ids,
    );
    let troops = findings.refer(
        format!("{path}.troops"),
        "kind of troops",
        &draft.troops,
        &context.troops,
    );
    let gun_class = draft.gun_class.as_deref().and_then(|class| {
        let rules = context.rules?;
        let mut known: Vec<&str> = rules.guns.iter().map(|g| g.id.as_str()).collect();
        known.sort_unstable();
        findings.refer(format!("{path}.gun_class"), "class of guns", class, &known)?;
        rules.guns.iter().position(|g| g.id == class)
    });
    if draft.gun_class.is_some() && draft.guns == 0 {
        findings.error(
            format!("{path}.gun_class"),
            "a class of guns, but no guns",
            "add `guns: ...` or leave out `gun_class`",
        );
    }
    let (place, hour, between) = start(draft, path, context, findings);
    let side = side_of(draft, context)?;
    let strength = context.strength[side.index()]?;
    let (men, recruits, fresh) = at_strength(draft, strength);
    let drafts = elements::drafts(draft, path, recruits, context.clock, findings);
    let unit = Unit {
        text_id: draft.id.clone(),
        key: fnv64(&draft.id),
        name: draft.name.clone(),
        name_local: draft.name_local.clone(),
        side,
        formation: FormationId(u32::try_from(formation?).ok()?),
        branch: draft.branch,
        echelon: draft.echelon,
        troops: troops?,
        men_range: draft.men,
        men,
        recruits,
        fresh,
        drafts,
        guns: draft.guns,
        gun_class,
        tanks: draft.tanks,
        anti_tank: draft.anti_tank,
        quality: draft.quality,
        commander: draft.commander.clone(),
        start_hex: Hex(0),
        start_hour: hour?,
        start_between: between,
        source: draft.source.clone(),
        confidence: draft.confidence,
        note: draft.note.clone(),
    };
    Some((unit, place?))
}

fn men(draft: &UnitFile, path: &str, findings: &mut Findings) {
    let (_, high) = draft.men;
    header::low_high(findings, &format!("{path}.men"), draft.men);
    if high == 0 || high > MAX_MEN {
        findings.error(
            format!("{path}.men"),
            format!("a unit of {high} men"),
            format!("1 to {MAX_MEN} men"),
        );
    }
    if u64::from(draft.recruits) + u64::from(draft.fresh) > u64::from(high) {
        let name = if draft.recruits > 0 {
            "recruits"
        } else {
            "fresh"
        };
        findings.error(
            format!("{path}.{name}"),
            format!(
                "{} recruits and {} fresh men in a unit of {high}",
                draft.recruits, draft.fresh
            ),
            "recruits and fresh men are counted among the men",
        );
    }
    if !(1..=10).contains(&draft.quality) {
        findings.error(
            format!("{path}.quality"),
            format!("quality {}", draft.quality),
            "a whole number from 1 to 10",
        );
    }
    for (name, count) in [
        ("guns", draft.guns),
        ("tanks", draft.tanks),
        ("anti_tank", draft.anti_tank),
    ] {
        if count > MAX_ARMS {
            findings.error(
                format!("{path}.{name}"),
                format!("{count} in one unit"),
                format!("at most {MAX_ARMS}"),
            );
        }
    }
}

/// The units must add up to what each estimate of strength says, else its name misleads.
pub(super) fn totals(file: &ScenarioFile, order: &Order, findings: &mut Findings) {
    for side in Side::ALL {
        let draft = match side {
            Side::China => &file.sides.china,
            Side::Japan => &file.sides.japan,
        };
        for (i, strength) in draft.strengths.iter().enumerate() {
            let counted = file.units.iter().filter(|unit| {
                let formation = order.drafts.get(unit.formation.as_str());
                !unit.outside_total && formation.is_some_and(|f| f.side == side)
            });
            let men: u64 = counted.map(|u| u64::from(at_strength(u, strength).0)).sum();
            let (low, high) = strength.total;
            let near = f64::from(low) * (1.0 - TOLERANCE)..=f64::from(high) * (1.0 + TOLERANCE);
            if !near.contains(&(men as f64)) {
                findings.warning(
                    format!("sides.{}.strengths[{i}].total", side.key()),
                    format!("the units have {men} men at the estimate `{}`", strength.id),
                    format!("its total is {low} to {high}; mend `factor` or the units"),
                );
            }
        }
    }
}

/// The place and hour at which a unit enters, and the hours between which it is drawn.
fn start(
    draft: &UnitFile,
    path: &str,
    context: &Context,
    findings: &mut Findings,
) -> (Option<usize>, Option<Hours>, Option<(Hours, Hours)>) {
    match &draft.start {
        StartFile::At(place) => (
            context
                .ground
                .place(findings, &format!("{path}.start[0]"), place),
            Some(Hours(0)),
            None,
        ),
        StartFile::Arrives { place, at, between } => {
            let hour = context
                .clock
                .and_then(|c| c.not_before(findings, &format!("{path}.start.at"), at));
            let place = context
                .ground
                .place(findings, &format!("{path}.start.place"), place);
            let drawn = between.as_ref().and_then(|(first, last)| {
                let clock = context.clock?;
                let at = format!("{path}.start.between");
                let first = clock.not_before(findings, &at, first)?;
                let last = clock.not_before(findings, &at, last)?;
                if hour.is_some_and(|h| h < first || h > last) {
                    findings.error(
                        at,
                        "the likeliest hour does not lie between the earliest and the latest",
                        "write (earliest, latest)",
                    );
                    return None;
                }
                Some((first, last))
            });
            (place, hour, drawn)
        }
    }
}

/// Men, recruits and fresh men of a unit at an estimate of its side's strength.
pub(super) fn at_strength(draft: &UnitFile, strength: &StrengthFile) -> (u32, u32, u32) {
    // The estimates do not count such a unit, so they do not scale it either.
    let factor = if draft.outside_total {
        1.0
    } else {
        strength.factor
    };
    let (low, high) = (f64::from(draft.men.0), f64::from(draft.men.1));
    let men = ((low + (high - low) * strength.within_range) * factor).round();
    let men = (men as u32).max(1);
    let scaled = |n: u32| (f64::from(n) * factor).round() as u32;
    let recruits = scaled(draft.recruits).min(men);
    let fresh = scaled(draft.fresh).min(men - recruits);
    (men, recruits, fresh)
}

/// Gives each unit its hex: those on the map at the start by deployment, the others at the hex
/// where they enter.
fn post(units: Vec<(usize, Unit, usize)>, context: &Context, findings: &mut Findings) -> Vec<Unit> {
    let (Some(map), Some(rules)) = (context.ground.map, context.rules) else {
        return Vec::new();
    };
    let late = |draft: &Unit| draft.start_hour > Hours(0);
    let wanted: Vec<Wanted> = units
        .iter()
        .filter(|(_, unit, _)| !late(unit))
        .map(|(_, unit, place)| Wanted {
            text_id: &unit.text_id,
            side: unit.side,
            men: unit.men,
            place: *place,
            branch: unit.branch,
            cap_scale: context.strength[unit.side.index()].map_or(1.0, |s| s.factor),
        })
        .collect();
    let mut hexes = deploy::deploy(map, rules, &wanted).into_iter();
    let answers: Vec<_> = units
        .iter()
        .map(|(_, unit, place)| {
            if late(unit) {
                Some(deploy::entry(map, rules, unit.branch, *place))
            } else {
                hexes.next()
            }
        })
        .collect();
    let mut held: BTreeMap<Hex, (Side, String)> = BTreeMap::new();
    let mut posted = Vec::with_capacity(units.len());
    for ((row, mut unit, _), answer) in units.into_iter().zip(answers) {
        let path = format!("units[{row}].start");
        match answer {
            Some(Ok(hex)) => {
                unit.start_hex = hex;
                if !late(&unit) {
                    let (side, first) = held
                        .entry(hex)
                        .or_insert_with(|| (unit.side, unit.text_id.clone()));
                    if *side != unit.side {
                        findings.error(
                            path,
                            format!(
                                "`{}` would begin in one hex with `{first}` of the other side",
                                unit.text_id
                            ),
                            "choose another place, farther from the other side's",
                        );
                    }
                }
                posted.push(unit);
            }
            Some(Err(problem)) => findings.error(
                path,
                format!("`{}` cannot begin there: {problem}", unit.text_id),
                "choose another place",
            ),
            None => {}
        }
    }
    posted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(men: (u32, u32), recruits: u32, fresh: u32) -> UnitFile {
        let text = format!(
            "(id: \"a\", name: \"A\", formation: \"f\", branch: Infantry, echelon: Battalion, troops: \"t\",
              men: {men:?}, recruits: {recruits}, fresh: {fresh}, quality: 5, start: At(\"p\"),
              source: \"invented\", confidence: Low)"
        );
        ron::from_str(&text).unwrap()
    }

    fn strength(within_range: f64, factor: f64) -> StrengthFile {
        let text = format!(
            "(id: \"s\", name: \"S\", total: (1, 1), within_range: {within_range:?}, factor: {factor:?},
              source: \"invented\", confidence: Low)"
        );
        ron::from_str(&text).unwrap()
    }

    #[test]
    fn an_estimate_places_men_in_their_range_and_scales_them() {
        let unit = draft((1000, 1500), 300, 200);
        assert_eq!(at_strength(&unit, &strength(0.0, 1.0)), (1000, 300, 200));
        assert_eq!(at_strength(&unit, &strength(1.0, 1.0)), (1500, 300, 200));
        assert_eq!(at_strength(&unit, &strength(0.5, 2.0)), (2500, 600, 400));
    }

    #[test]
    fn recruits_and_fresh_men_never_exceed_the_men() {
        let unit = draft((100, 500), 400, 100);
        assert_eq!(at_strength(&unit, &strength(0.0, 1.0)), (100, 100, 0));
        let unit = draft((400, 500), 300, 200);
        assert_eq!(at_strength(&unit, &strength(0.0, 1.0)), (400, 300, 100));
        assert_eq!(
            at_strength(&draft((0, 1), 0, 0), &strength(0.0, 0.1)),
            (1, 0, 0)
        );
    }
}
