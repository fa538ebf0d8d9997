//! The order of battle above the units: names, sides, who stands under whom, plans.

use super::{command, findings::Findings, ground::Ground, header::Clock, names};
use crate::scenario::{
    file::{FormationFile, ScenarioFile},
    forces::{Formation, FormationId, PlanEntry},
};
use std::collections::{BTreeMap, BTreeSet};

/// The formations of a draft by id, and in the order of their ids.
pub(super) struct Order<'a> {
    /// Ids, sorted: the position is the [`FormationId`].
    pub ids: Vec<&'a str>,
    /// Draft of each id; of doubles the first.
    pub drafts: BTreeMap<&'a str, &'a FormationFile>,
}

impl Order<'_> {
    fn id(&self, text_id: &str) -> Option<FormationId> {
        let at = self.ids.binary_search(&text_id).ok()?;
        Some(FormationId(u32::try_from(at).ok()?))
    }
}

/// Finds all problems of the formations; those without any are returned in order of id.
pub(super) fn check<'a>(
    file: &'a ScenarioFile,
    ground: &Ground,
    clock: Option<&Clock>,
    findings: &mut Findings,
) -> (Order<'a>, Vec<Formation>) {
    let table = &file.formations;
    let ids = names::check_ids(
        findings,
        "formations",
        "formation",
        table.iter().map(|f| f.id.as_str()),
    );
    let mut drafts = BTreeMap::new();
    for draft in table {
        drafts.entry(draft.id.as_str()).or_insert(draft);
    }
    let order = Order { ids, drafts };
    let mut built = BTreeMap::new();
    for (i, draft) in table.iter().enumerate() {
        let path = format!("formations[{i}]");
        let formation = formation(draft, &path, &order, ground, clock, findings);
        built.entry(draft.id.as_str()).or_insert(formation);
    }
    cycles(table, &order, findings);
    idle(file, &order, findings);
    let formations = built.into_values().collect();
    (order, formations)
}

fn formation(
    draft: &FormationFile,
    path: &str,
    order: &Order,
    ground: &Ground,
    clock: Option<&Clock>,
    findings: &mut Findings,
) -> Formation {
    findings.source(path, &draft.source);
    findings.text(format!("{path}.name"), &draft.name, "name the formation");
    if let Some(parent) = &draft.parent {
        let at = format!("{path}.parent");
        let known = findings.refer(&at, "formation", parent, &order.ids);
        let above = known.and_then(|_| order.drafts.get(parent.as_str()));
        if let Some(above) = above.filter(|a| a.side != draft.side) {
            findings.error(
                at,
                format!(
                    "`{}` is of one side, `{}` above it of the other",
                    draft.id, above.id
                ),
                format!(
                    "a formation and its parent are of one side: {:?} or {:?}",
                    draft.side, above.side
                ),
            );
        }
    }
    let mut plan: Vec<PlanEntry> = Vec::new();
    let mut before = None;
    for (n, entry) in draft.plan.iter().enumerate() {
        let at = format!("{path}.plan[{n}]");
        findings.source(&at, &entry.source);
        let place = ground.place(findings, &format!("{at}.at"), &entry.at);
        let from = clock.and_then(|c| c.from(findings, &format!("{at}.from"), &entry.from));
        if let (Some(place), Some(from)) = (place, from) {
            plan.push(PlanEntry {
                from,
                task: entry.task,
                place,
                source: entry.source.clone(),
            });
        }
        if from.is_some() && from < before {
            findings.error(
                format!("{at}.from"),
                "the plan is not in order of time",
                format!("the entry before it begins at {}", draft.plan[n - 1].from),
            );
        }
        before = from.or(before);
    }
    let staff = draft
        .staff
        .as_ref()
        .map(|s| command::staff(s, &format!("{path}.staff"), ground, findings));
    Formation {
        staff,
        text_id: draft.id.clone(),
        name: draft.name.clone(),
        name_local: draft.name_local.clone(),
        side: draft.side,
        parent: draft.parent.as_deref().and_then(|p| order.id(p)),
        echelon: draft.echelon,
        commander: draft.commander.clone(),
        plan,
        source: draft.source.clone(),
        confidence: draft.confidence,
        note: draft.note.clone(),
    }
}

/// Nobody may stand under himself. Each ring is reported once, at its first row.
fn cycles(table: &[FormationFile], order: &Order, findings: &mut Findings) {
    let parent = |id: &str| order.drafts.get(id).and_then(|f| f.parent.as_deref());
    let mut cleared: BTreeSet<&str> = BTreeSet::new();
    for (i, draft) in table.iter().enumerate() {
        let mut way: Vec<&str> = Vec::new();
        let mut on_way: BTreeSet<&str> = BTreeSet::new();
        let mut at = Some(draft.id.as_str());
        while let Some(id) = at.filter(|id| !cleared.contains(id)) {
            if !on_way.insert(id) {
                let ring = &way[way.iter().position(|w| *w == id).unwrap_or(0)..];
                let shown: Vec<&str> = ring.iter().copied().take(6).chain([id]).collect();
                findings.error(
                    format!("formations[{i}].parent"),
                    format!("`{id}` stands under itself"),
                    format!(
                        "the ring is {}; one of them must have another parent or none",
                        shown.join(" > ")
                    ),
                );
                break;
            }
            way.push(id);
            at = parent(id);
        }
        cleared.extend(way);
    }
}

/// Formations without a single unit in or under them.
fn idle(file: &ScenarioFile, order: &Order, findings: &mut Findings) {
    let mut peopled: BTreeSet<&str> = BTreeSet::new();
    for unit in &file.units {
        let mut at = Some(unit.formation.as_str());
        while let Some(id) = at {
            if !peopled.insert(id) {
                break;
            }
            at = order.drafts.get(id).and_then(|f| f.parent.as_deref());
        }
    }
    for (i, draft) in file.formations.iter().enumerate() {
        if !peopled.contains(draft.id.as_str()) {
            findings.warning(
                format!("formations[{i}].id"),
                format!("the formation `{}` has no units", draft.id),
                "give it units or leave it out",
            );
        }
    }
}
