//! Air groups, ground to be laid waste, and recruits on their way to their units.

use super::{findings::Findings, ground::Ground, header::Clock, names};
use crate::scenario::{
    AirGroup, Scorch,
    calendar::Hours,
    file::{Belt, ScenarioFile, ScorchFile, UnitFile},
    forces::{Draft, fnv64},
    map::{Direction, Hex, HexMap, Terrain},
    side::Side,
};

/// Most sorties of a group in a day.
const MAX_SORTIES: f64 = 500.0;

/// Finds all problems of the air groups; they are returned in order of id.
pub(super) fn air(
    file: &ScenarioFile,
    clock: Option<&Clock>,
    findings: &mut Findings,
) -> Vec<AirGroup> {
    let mut groups = Vec::new();
    for side in Side::ALL {
        let draft = match side {
            Side::China => &file.sides.china,
            Side::Japan => &file.sides.japan,
        };
        let table = format!("sides.{}.air", side.key());
        names::check_ids(
            findings,
            &table,
            "air group",
            draft.air.iter().map(|g| g.id.as_str()),
        );
        for (i, row) in draft.air.iter().enumerate() {
            let path = format!("{table}[{i}]");
            findings.source(&path, &row.source);
            findings.text(format!("{path}.name"), &row.name, "name the group");
            findings.within(
                format!("{path}.sorties_per_day"),
                row.sorties_per_day,
                0.0,
                MAX_SORTIES,
            );
            let from = match &row.from {
                Some(text) => clock.and_then(|c| c.from(findings, &format!("{path}.from"), text)),
                None => Some(Hours(0)),
            };
            if let Some(from) = from {
                groups.push(AirGroup {
                    text_id: row.id.clone(),
                    key: fnv64(&row.id),
                    name: row.name.clone(),
                    side,
                    sorties_per_day: row.sorties_per_day,
                    from,
                    source: row.source.clone(),
                    confidence: row.confidence,
                });
            }
        }
    }
    groups.sort_by(|a, b| a.text_id.cmp(&b.text_id));
    groups
}

/// The parties of recruits that join a unit later, in order of time. They are among its recruits;
/// a larger estimate of strength makes them larger with it.
pub(super) fn drafts(
    unit: &UnitFile,
    path: &str,
    recruits: u32,
    clock: Option<&Clock>,
    findings: &mut Findings,
) -> Vec<Draft> {
    let all: u64 = unit.drafts.iter().map(|d| u64::from(d.men)).sum();
    if all > u64::from(unit.recruits) {
        findings.error(
            format!("{path}.drafts"),
            format!("{all} men on their way, {} recruits in all", unit.recruits),
            "those who join later are counted among the recruits",
        );
        return Vec::new();
    }
    let mut drafts: Vec<Draft> = Vec::new();
    for (i, row) in unit.drafts.iter().enumerate() {
        let path = format!("{path}.drafts[{i}]");
        findings.source(&path, &row.source);
        let Some(at) = clock.and_then(|c| c.not_before(findings, &format!("{path}.at"), &row.at))
        else {
            continue;
        };
        let men = u64::from(row.men) * u64::from(recruits) / u64::from(unit.recruits.max(1));
        if men > 0 {
            drafts.push(Draft {
                men: men as u32,
                at,
            });
        }
    }
    drafts.sort_by_key(|d| d.at);
    drafts
}

/// Ground to be laid waste, hex by hex.
pub(super) fn scorch(
    table: &[ScorchFile],
    ground: &Ground,
    clock: Option<&Clock>,
    findings: &mut Findings,
) -> Vec<Scorch> {
    let mut orders = Vec::new();
    for (i, row) in table.iter().enumerate() {
        let path = format!("scorched_earth[{i}]");
        findings.source(&path, &row.source);
        findings.within(format!("{path}.left"), row.left, 0.0, 1.0);
        findings.within(
            format!("{path}.share_per_turn"),
            row.share_per_turn,
            0.0,
            1.0,
        );
        let (km, beside) = match row.belt {
            Belt::Wall { km } => (km, None),
            Belt::Roads { out_km, beside_km } => (out_km, Some(beside_km)),
        };
        findings.within(format!("{path}.belt"), km, 0.0, 100.0);
        findings.within(format!("{path}.belt"), beside.unwrap_or(0.0), 0.0, 20.0);
        let from = clock.and_then(|c| c.from(findings, &format!("{path}.from"), &row.from));
        let (Some(map), Some(from)) = (ground.map, from) else {
            continue;
        };
        let within = match row.within.as_deref() {
            None => None,
            Some(id) => {
                let mut known: Vec<&str> = map.features.iter().map(|f| f.id.as_str()).collect();
                known.sort_unstable();
                if findings
                    .refer(format!("{path}.within"), "feature", id, &known)
                    .is_none()
                {
                    continue;
                }
                map.feature(id).map(|f| map.features[f].hexes.as_slice())
            }
        };
        orders.push(Scorch {
            side: row.side,
            from,
            hexes: belt(map, km, beside, within),
            left: row.left,
            share_per_turn: row.share_per_turn,
        });
    }
    orders
}

/// Hexes outside the wall within `km` of it, and, if so asked, beside a road.
fn belt(map: &HexMap, km: f64, beside: Option<f64>, within: Option<&[Hex]>) -> Vec<Hex> {
    let size = map.grid.hex_km();
    let inside: Vec<Hex> = map
        .grid
        .hexes()
        .filter(|h| map.at(*h).inside_wall)
        .collect();
    let road = |hex: Hex| {
        Direction::ALL
            .into_iter()
            .any(|d| map.side(hex, d).is_some_and(|s| s.road))
    };
    map.grid
        .hexes()
        .filter(|hex| {
            let ground = map.at(*hex);
            // What was ordered burned are houses and villages, not woods and marsh.
            let inhabited = !matches!(
                ground.terrain,
                Terrain::Water | Terrain::Mountain | Terrain::Wetland
            );
            let land = inhabited && !ground.inside_wall && !ground.safety_zone;
            land && within.is_none_or(|w| w.binary_search(hex).is_ok())
                && inside
                    .iter()
                    .any(|i| f64::from(map.grid.distance(*hex, *i)) * size <= km)
                && beside.is_none_or(|beside| {
                    let near = (beside / size).round() as u32;
                    map.grid.within(*hex, near).into_iter().any(road)
                })
        })
        .collect()
}
