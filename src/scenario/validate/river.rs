//! What a scenario says of crossing wide water: places, landings, boats and their owners.

use super::{findings::Findings, formations::Order, ground::Ground};
use crate::scenario::{
    file::ScenarioFile,
    forces::FormationId,
    map::{Hex, HexMap, Terrain},
    river::{Crossing, CrossingFile},
    rules::Rules,
};

/// Most boats of a kind at a place.
pub(super) const MAX_BOATS: u32 = 10_000;
/// A place on a bank has water this near, km; where hexes are larger, in a hex beside it.
const BANK_KM: f64 = 1.5;

/// Finds all problems of the crossings; they are returned in the order of the file.
pub(super) fn check(
    file: &ScenarioFile,
    ground: &Ground,
    order: &Order,
    rules: Option<&Rules>,
    findings: &mut Findings,
) -> Vec<Crossing> {
    findings.limit("crossings", file.crossings.len(), 100);
    let mut crossings: Vec<Crossing> = Vec::new();
    for (i, draft) in file.crossings.iter().enumerate() {
        let path = format!("crossings[{i}]");
        let Some(crossing) = crossing(draft, &path, ground, order, rules, findings) else {
            continue;
        };
        if crossings.iter().any(|c| c.hex == crossing.hex) {
            findings.error(
                format!("{path}.from"),
                "boats put off from this place already",
                "put all boats of a place into one row",
            );
        }
        crossings.push(crossing);
    }
    crossings
}

fn crossing(
    draft: &CrossingFile,
    path: &str,
    ground: &Ground,
    order: &Order,
    rules: Option<&Rules>,
    findings: &mut Findings,
) -> Option<Crossing> {
    findings.source(path, &draft.source);
    findings.limit(&format!("{path}.boats"), draft.boats.len(), 100);
    let from = ground.place(findings, &format!("{path}.from"), &draft.from);
    let to = ground.place(findings, &format!("{path}.to"), &draft.to);
    if draft.boats.is_empty() {
        findings.error(
            format!("{path}.boats"),
            "no boats are named",
            "name their kind, with `count: 0` if they are to come later, or leave the crossing out",
        );
    }
    let mut boats = Vec::new();
    for (n, row) in draft.boats.iter().enumerate() {
        let path = format!("{path}.boats[{n}]");
        findings.source(&path, &row.source);
        if row.count > MAX_BOATS {
            findings.error(
                format!("{path}.count"),
                format!("{} boats", row.count),
                format!("at most {MAX_BOATS}"),
            );
        }
        let kind = rules.and_then(|rules| kind(&row.kind, &path, rules, findings));
        let owner = match &row.owner {
            None => Some(None),
            Some(id) => owner(id, &path, draft, order, findings).map(Some),
        };
        if let (Some(kind), Some(owner)) = (kind, owner) {
            if boats.iter().any(|(k, o, _)| (*k, *o) == (kind, owner)) {
                findings.error(
                    format!("{path}.kind"),
                    "these boats are named already",
                    "write one row for each kind and owner",
                );
            }
            boats.push((kind, owner, row.count));
        }
    }
    let map = ground.map?;
    let (place, landing) = (from?, map.places[to?].centre);
    let hex = map.places[place].centre;
    if hex == landing {
        findings.error(
            format!("{path}.to"),
            "boats land where they put off",
            "name a place on the other bank",
        );
        return None;
    }
    let is_water = |hex: Hex| map.at(hex).terrain == Terrain::Water;
    // A map may leave its water out; where it shows any, boats go over it.
    let shows_water = map.grid.hexes().any(is_water);
    let mut on_banks = shows_water;
    for (name, hex) in [("from", hex), ("to", landing)] {
        on_banks &= shows_water && on_the_bank(map, hex, &format!("{path}.{name}"), findings);
    }
    if on_banks && !map.grid.between(hex, landing).any(is_water) {
        findings.error(
            format!("{path}.to"),
            format!("no water lies between this place and `{}`", draft.from),
            "name a place on the other bank",
        );
    }
    Some(Crossing {
        side: draft.side,
        place,
        hex,
        landing,
        is_public: boats.iter().any(|(_, owner, _)| owner.is_none()),
        boats,
    })
}

fn kind(id: &str, path: &str, rules: &Rules, findings: &mut Findings) -> Option<usize> {
    let kinds = &rules.escape.boats;
    let mut known: Vec<&str> = kinds.iter().map(|k| k.id.as_str()).collect();
    known.sort_unstable();
    findings.refer(format!("{path}.kind"), "kind of boat", id, &known)?;
    kinds.iter().position(|k| k.id == id)
}

fn owner(
    id: &str,
    path: &str,
    draft: &CrossingFile,
    order: &Order,
    findings: &mut Findings,
) -> Option<FormationId> {
    let path = format!("{path}.owner");
    let at = findings.refer(path.clone(), "formation", id, &order.ids)?;
    let owner = FormationId(u32::try_from(at).ok()?);
    if order.drafts.get(id).is_some_and(|f| f.side != draft.side) {
        findings.error(
            path,
            format!("`{id}` is of the other side"),
            "boats belong to a formation of the side whose crossing it is",
        );
        return None;
    }
    Some(owner)
}

/// Does a hex lie on a bank: itself dry, and water beside it?
fn on_the_bank(map: &HexMap, hex: Hex, path: &str, findings: &mut Findings) -> bool {
    let is_water = |hex: Hex| map.at(hex).terrain == Terrain::Water;
    if is_water(hex) {
        findings.error(
            path,
            "this place lies on water",
            "name a place on the bank; its centre is where boats put off or land",
        );
        return false;
    }
    let near = (BANK_KM / map.grid.hex_km()).floor().max(1.0) as u32;
    let beside = map.grid.within(hex, near).into_iter().any(is_water);
    if !beside {
        findings.error(
            path,
            "no water lies at this place",
            "name a place on the bank; its centre is where boats put off or land",
        );
    }
    beside
}
