//! Command in a scenario: staffs of formations, barrier troops, when the computer gives a city up.

use super::{findings::Findings, ground::Ground, header::Clock};
use crate::scenario::{
    command::{Barrier, Breakout, BreakoutFile, Staff, StaffFile},
    file::ScenarioFile,
    forces::{Unit, UnitId},
};

/// A formation's staff.
pub(super) fn staff(
    draft: &StaffFile,
    path: &str,
    ground: &Ground,
    findings: &mut Findings,
) -> Staff {
    findings.source(path, &draft.source);
    findings.within(format!("{path}.initiative"), draft.initiative, 0.0, 1.0);
    let way_out = draft.way_out.as_ref().and_then(|id| {
        let place = ground.place(findings, &format!("{path}.way_out"), id)?;
        ground.map.map(|m| m.places[place].centre)
    });
    Staff {
        wire: draft.wire,
        radio: draft.radio,
        shares: draft.shares,
        off_map: draft.off_map,
        apart: draft.apart,
        initiative: draft.initiative,
        way_out,
    }
}

/// Barrier troops.
pub(super) fn barriers(
    file: &ScenarioFile,
    units: &[Unit],
    clock: Option<&Clock>,
    findings: &mut Findings,
) -> Vec<Barrier> {
    let known: Vec<&str> = units.iter().map(|u| u.text_id.as_str()).collect();
    let mut built = Vec::new();
    for (i, draft) in file.barriers.iter().enumerate() {
        let path = format!("barriers[{i}]");
        findings.source(&path, &draft.source);
        let unit = findings.refer(format!("{path}.unit"), "unit", &draft.unit, &known);
        let from = clock.and_then(|c| c.from(findings, &format!("{path}.from"), &draft.from));
        if let (Some(unit), Some(from)) = (unit, from) {
            built.push(Barrier {
                unit: UnitId(unit as u32),
                from,
            });
        }
    }
    built.sort_by_key(|b| b.unit);
    built.dedup_by_key(|b| b.unit);
    built
}

/// When a side's computer command gives a city up.
pub(super) fn breakout(
    draft: &BreakoutFile,
    path: &str,
    ground: &Ground,
    findings: &mut Findings,
) -> Breakout {
    findings.source(path, &draft.source);
    let key_place = draft
        .key_place
        .as_ref()
        .and_then(|id| ground.place(findings, &format!("{path}.key_place"), id));
    for (name, hours) in [
        ("notice_hours", Some(draft.notice_hours)),
        ("leaves_after", draft.leaves_after),
    ] {
        if hours.is_some_and(|h| h > 48) {
            findings.error(
                format!("{path}.{name}"),
                format!("{} hours", hours.unwrap_or(0)),
                "at most 48 hours",
            );
        }
    }
    Breakout {
        enabled: draft.enabled,
        gates: draft.gates,
        key_place,
        notice_hours: draft.notice_hours,
        leaves_after: draft.leaves_after,
    }
}
