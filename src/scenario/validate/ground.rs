//! The map as a scenario uses it: the rasterised ground, its places, and what lies at them.

use super::{
    findings::Findings,
    header,
    names::{check_id, check_ids},
};
use crate::scenario::{
    City, Objective, SupplySource,
    calendar::Hours,
    file::{CityFile, ControlFile, ObjectiveFile, ScenarioFile, SupplySourceFile},
    map::{
        Hex, HexMap, Terrain,
        file::{FeatureKind, MapFile, PlaceFile},
        rasterise,
    },
    side::Side,
};

/// The ground of a scenario, as far as its map file allows.
pub(super) struct Ground<'a> {
    /// The map, if it is valid.
    pub map: Option<&'a HexMap>,
    /// Ids of all places, sorted; known even if the map has errors elsewhere.
    places: Option<Vec<&'a str>>,
}

impl<'a> Ground<'a> {
    /// From the rasterised map, or else from the names in its draft.
    pub fn of(map: Option<&'a HexMap>, draft: Option<&'a MapFile>, extra: &'a [PlaceFile]) -> Self {
        let places = match (map, draft) {
            (Some(map), _) => Some(map.places.iter().map(|p| p.id.as_str()).collect()),
            (None, Some(draft)) => {
                let gates = draft.gates.iter().map(|g| g.id.as_str());
                let own = draft.places.iter().chain(extra).map(|p| p.id.as_str());
                let mut ids: Vec<&str> = gates.chain(own).collect();
                ids.sort_unstable();
                ids.dedup();
                Some(ids)
            }
            (None, None) => None,
        };
        Self { map, places }
    }

    /// The index of a place, or a finding. Without a map nothing is known and nothing is found.
    pub fn place(&self, findings: &mut Findings, path: &str, id: &str) -> Option<usize> {
        findings.refer(path, "place", id, self.places.as_ref()?)
    }
}

/// Ids of a map, and the names by which it refers to them, are ids in form; what they name is
/// for the map's own inspection.
fn names(draft: &MapFile, findings: &mut Findings) {
    for (i, feature) in draft.features.iter().enumerate() {
        check_id(findings, &format!("features[{i}].id"), &feature.id);
        match &feature.kind {
            FeatureKind::Strongpoint {
                line: Some(line), ..
            } => {
                check_id(findings, &format!("features[{i}].kind.line"), line);
            }
            FeatureKind::GateWorks { gates, .. } => {
                for (n, gate) in gates.iter().enumerate() {
                    check_id(findings, &format!("features[{i}].kind.gates[{n}]"), gate);
                }
            }
            _ => {}
        }
    }
    for (i, gate) in draft.gates.iter().enumerate() {
        check_id(findings, &format!("gates[{i}].id"), &gate.id);
    }
    place_names(&draft.places, findings);
}

/// The same of places, on the map or in a scenario.
pub(super) fn place_names(places: &[PlaceFile], findings: &mut Findings) {
    for (i, place) in places.iter().enumerate() {
        check_id(findings, &format!("places[{i}].id"), &place.id);
        for (n, member) in place.members.iter().enumerate() {
            check_id(findings, &format!("places[{i}].members[{n}]"), member);
        }
    }
}

/// Rasterises a map and sorts its problems to the file they stand in.
pub(super) fn paint(
    draft: &MapFile,
    scenario: Option<&ScenarioFile>,
    map_findings: &mut Findings,
    scenario_findings: &mut Findings,
) -> Option<HexMap> {
    for (table, rows, most) in [
        ("features", draft.features.len(), 5_000),
        ("gates", draft.gates.len(), 200),
        ("places", draft.places.len(), 2_000),
        ("overrides", draft.overrides.len(), 5_000),
    ] {
        map_findings.limit(table, rows, most);
    }
    names(draft, map_findings);
    if map_findings.has_errors() {
        return None;
    }
    // What is wrong with the choice is the scenario's; the map is examined all the same.
    let choice = scenario.map(|s| &s.map);
    let hex_km = choice.map_or(1.0, |c| c.hex_km);
    let window = choice.and_then(|c| c.window);
    let fits = header::hex_size_fits(hex_km)
        && window.is_none_or(|w| header::window(&mut Findings::new(""), "", &w));
    let (hex_km, window) = if fits { (hex_km, window) } else { (1.0, None) };
    let extra = scenario.map_or(&[][..], |s| &s.places);
    let (map, problems) = rasterise::survey(draft, hex_km, window, extra);
    for problem in problems {
        let (findings, path) = match problem.path.strip_prefix("extra_places") {
            Some(row) => (&mut *scenario_findings, format!("places{row}")),
            None if problem.path == "hex_km" || problem.path.starts_with("window") => {
                (&mut *scenario_findings, format!("map.{}", problem.path))
            }
            None => (&mut *map_findings, problem.path),
        };
        if problem.warning {
            findings.warning(path, problem.message, problem.help);
        } else {
            findings.error(path, problem.message, problem.help);
        }
    }
    map
}

/// Sources of supply.
pub(super) fn supply(
    table: &[SupplySourceFile],
    ground: &Ground,
    clock: Option<&header::Clock>,
    findings: &mut Findings,
) -> Vec<SupplySource> {
    check_ids(
        findings,
        "supply",
        "source of supply",
        table.iter().map(|s| s.id.as_str()),
    );
    let mut sources = Vec::new();
    for (i, draft) in table.iter().enumerate() {
        let path = format!("supply[{i}]");
        findings.source(&path, &draft.source);
        findings.within(format!("{path}.cost_km"), draft.cost_km, 0.0, 1000.0);
        let from = match &draft.from {
            Some(text) => clock.and_then(|c| c.from(findings, &format!("{path}.from"), text)),
            None => Some(Hours(0)),
        };
        let place = ground.place(findings, &format!("{path}.place"), &draft.place);
        let (Some(place), Some(map), Some(from)) = (place, ground.map, from) else {
            continue;
        };
        let hex = map.places[place].centre;
        if map.at(hex).terrain == Terrain::Water {
            findings.error(
                format!("{path}.place"),
                format!("`{}` lies on water", draft.place),
                "a source of supply stands on land",
            );
        }
        if draft.magazine && !map.at(hex).inside_wall {
            findings.error(
                format!("{path}.magazine"),
                format!("`{}` does not lie inside the city wall", draft.place),
                "only a depot inside the wall is a magazine of the city",
            );
        }
        sources.push(SupplySource {
            id: draft.id.clone(),
            side: draft.side,
            hex,
            cost_km: draft.cost_km,
            magazine: draft.magazine,
            from,
        });
    }
    sources
}

/// Places worth fighting for.
pub(super) fn objectives(
    table: &[ObjectiveFile],
    ground: &Ground,
    findings: &mut Findings,
) -> Vec<Objective> {
    let mut objectives = Vec::new();
    for (i, draft) in table.iter().enumerate() {
        let path = format!("objectives[{i}]");
        findings.source(&path, &draft.source);
        findings.within(format!("{path}.china"), draft.china, 0.0, 1000.0);
        findings.within(format!("{path}.japan"), draft.japan, 0.0, 1000.0);
        if table[..i].iter().any(|o| o.place == draft.place) {
            findings.error(
                format!("{path}.place"),
                format!("the objective `{}` is there twice", draft.place),
                "one row for each place",
            );
        }
        if let Some(place) = ground.place(findings, &format!("{path}.place"), &draft.place) {
            objectives.push(Objective {
                place,
                worth: [draft.china, draft.japan],
            });
        }
    }
    objectives
}

/// Ground held at the start, hex by hex, in painting order.
pub(super) fn control(
    table: &[ControlFile],
    ground: &Ground,
    findings: &mut Findings,
) -> Vec<(Hex, Side)> {
    let mut control = Vec::new();
    for (i, draft) in table.iter().enumerate() {
        let path = format!("control[{i}]");
        findings.source(&path, &draft.source);
        findings.within(format!("{path}.radius_km"), draft.radius_km, 0.0, 200.0);
        let place = ground.place(findings, &format!("{path}.place"), &draft.place);
        let (Some(place), Some(map)) = (place, ground.map) else {
            continue;
        };
        let place = &map.places[place];
        let [x, y] = map.grid.centre(place.centre);
        let reach = draft.radius_km * draft.radius_km;
        let held = map.grid.hexes().filter(|hex| {
            let [hx, hy] = map.grid.centre(*hex);
            let near = (hx - x) * (hx - x) + (hy - y) * (hy - y) <= reach;
            let land = map.at(*hex).terrain != Terrain::Water;
            land && (near || place.hexes.binary_search(hex).is_ok())
        });
        control.extend(held.map(|hex| (hex, draft.side)));
    }
    control
}

/// When the city counts as lost.
pub(super) fn city(draft: &CityFile, ground: &Ground, findings: &mut Findings) -> Option<City> {
    findings.source("city", &draft.source);
    if draft.hours_after > 1_000 {
        findings.error(
            "city.hours_after",
            format!("{} hours", draft.hours_after),
            "at most 1000",
        );
    }
    if let Some(map) = ground.map {
        let gates = map.gates.iter().filter(|g| !g.blocked).count();
        if draft.gates as usize > gates {
            findings.error(
                "city.gates",
                format!("{} gates, but the wall has {gates} that open", draft.gates),
                format!("at most {gates}"),
            );
        }
    }
    let centre = ground.place(findings, "city.centre", &draft.centre)?;
    Some(City {
        held_by: draft.held_by,
        gates: draft.gates,
        centre,
        hours_after: draft.hours_after,
    })
}
