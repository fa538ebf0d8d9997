//! Boats in events: places where boats put off, kinds, owners.

use super::index::Index;
use crate::scenario::{
    Side,
    events::{Act, Action, Written, file::DecisionFile},
    file::ScenarioFile,
    river::CrossingFile,
    validate::findings::Findings,
};

/// Where boats may lie, of which kinds and owners.
pub(super) struct Boats<'a> {
    crossings: &'a [CrossingFile],
    /// Place, kind and owner of boats that are there at the start, or that some action brings.
    ever: Vec<(&'a str, &'a str, Option<&'a str>)>,
}

impl<'a> Boats<'a> {
    pub fn new(file: &'a ScenarioFile, asked: &[(String, &'a DecisionFile)]) -> Self {
        let mut ever = Vec::new();
        for crossing in &file.crossings {
            for row in crossing.boats.iter().filter(|r| r.count > 0) {
                ever.push((
                    crossing.from.as_str(),
                    row.kind.as_str(),
                    row.owner.as_deref(),
                ));
            }
        }
        let of_events = file.events.iter().flat_map(|e| &e.then);
        let of_options = asked
            .iter()
            .flat_map(|(_, d)| d.options.iter().flat_map(|o| &o.then));
        for action in of_events.chain(of_options) {
            if let Action::<Written>::Boats {
                at,
                kind,
                owner,
                more: 1..,
            } = action
            {
                ever.push((at, kind, owner.as_deref()));
            }
        }
        Self {
            crossings: &file.crossings,
            ever,
        }
    }
}

impl Index<'_> {
    /// Boats that come or go: the place, their kind, their owner, how many.
    pub fn boats(
        &self,
        findings: &mut Findings,
        path: &str,
        (at, kind, owner, more): (&str, &str, Option<&str>, i32),
    ) -> Option<Act> {
        let field = |name: &str| format!("{path}.{name}");
        let mut places: Vec<&str> = self
            .boats
            .crossings
            .iter()
            .map(|c| c.from.as_str())
            .collect();
        places.sort_unstable();
        let known = if places.is_empty() {
            findings.error(
                field("at"),
                "the scenario has no place where boats put off",
                "give it one in `crossings`",
            );
            None
        } else {
            findings.refer(field("at"), "place where boats put off", at, &places)
        };
        let kinds = &self.context.rules?.escape.boats;
        let mut names: Vec<&str> = kinds.iter().map(|k| k.id.as_str()).collect();
        names.sort_unstable();
        findings.refer(field("kind"), "kind of boat", kind, &names)?;
        let owned = match owner {
            None => None,
            Some(id) => Some(self.formation(findings, &field("owner"), id)?),
        };
        known?;
        let crossing = self.boats.crossings.iter().position(|c| c.from == at)?;
        let side = self.boats.crossings[crossing].side;
        let of = owner.and_then(|id| self.context.order.drafts.get(id));
        if of.is_some_and(|f| f.side != side) {
            findings.error(
                field("owner"),
                format!("`{}` is of the other side", owner.unwrap_or_default()),
                "boats belong to a formation of the side whose crossing it is",
            );
            return None;
        }
        if more == 0 {
            findings.error(
                field("more"),
                "no boat comes and none goes",
                "say how many more, or with a minus how many fewer",
            );
            return None;
        }
        if more < 0 && !self.boats.ever.contains(&(at, kind, owner)) {
            findings.error(
                field("more"),
                format!("no boats of this kind and owner are ever at `{at}`"),
                "name the kind and the owner that the scenario's `crossings` give",
            );
            return None;
        }
        let kind = kinds.iter().position(|k| k.id == kind)?;
        Some(Action::Boats {
            at: u16::try_from(crossing).ok()?,
            kind: u16::try_from(kind).ok()?,
            owner: owned,
            more,
        })
    }

    /// A side that has boats somewhere.
    pub fn ferrying(&self, findings: &mut Findings, path: &str, side: Side) -> Option<Side> {
        if self.boats.crossings.iter().any(|c| c.side == side) {
            return Some(side);
        }
        findings.error(
            path,
            format!(
                "the {} side has no place where boats put off",
                side.adjective()
            ),
            "give the scenario one in `crossings`, or name the other side",
        );
        None
    }
}
