//! What a scenario says of the siege: barricades and chained pillboxes.

use super::{findings::Findings, ground::Ground, header::Clock};
use crate::scenario::{
    file::ScenarioFile,
    siege::{BarricadeFile, Siege},
};

/// Finds all problems of the scenario's siege.
pub(super) fn check(
    file: &ScenarioFile,
    ground: &Ground,
    clock: Option<&Clock>,
    findings: &mut Findings,
) -> Siege {
    let mut siege = Siege::default();
    if let Some(draft) = &file.barricades {
        barricades(draft, ground, clock, findings, &mut siege);
    }
    for (i, draft) in file.chained.iter().enumerate() {
        let path = format!("chained[{i}]");
        findings.source(&path, &draft.source);
        let place = ground.place(findings, &format!("{path}.place"), &draft.place);
        let (Some(place), Some(map)) = (place, ground.map) else {
            continue;
        };
        siege.chained.extend(&map.places[place].hexes);
    }
    siege.chained.sort_unstable();
    siege.chained.dedup();
    siege
}

fn barricades(
    draft: &BarricadeFile,
    ground: &Ground,
    clock: Option<&Clock>,
    findings: &mut Findings,
    siege: &mut Siege,
) {
    findings.source("barricades", &draft.source);
    if ground.map.is_some_and(|m| m.gates.is_empty()) {
        findings.warning(
            "barricades",
            "the map has no gates",
            "leave `barricades` out",
        );
    }
    siege.barricaded_from =
        clock.and_then(|clock| clock.from(findings, "barricades.from", &draft.from));
    siege.bridges_down = draft.bridges_down;
}
