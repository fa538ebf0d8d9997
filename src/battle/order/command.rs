//! What the chain of command allows to be ordered.

use super::Refusal;
use crate::{
    battle::{command::Directive, view::SideView},
    scenario::FormationId,
};

/// Can an order get out to a formation: is there still a command to send it? Its own staff is always
/// within call.
pub(super) fn reachable(view: &SideView<'_>, formation: FormationId) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let summit = scenario.summit(formation);
    let left = view.headquarters(summit).is_some_and(|hq| hq.left);
    if left && !scenario.simplified_command() {
        return Err(Refusal::NoCommand {
            who: scenario.formation(summit).name.clone(),
        });
    }
    Ok(())
}

/// A directive: to one's own, to a place on the map, not into the Safety Zone.
pub(super) fn check_directive(
    view: &SideView<'_>,
    to: Option<FormationId>,
    directive: Directive,
) -> Result<(), Refusal> {
    let scenario = view.scenario();
    let top = scenario
        .stations(view.side())
        .find(|f| scenario.formation(*f).parent.is_none());
    if let Some(formation) = to {
        let known = scenario
            .formations()
            .get(formation.0 as usize)
            .ok_or(Refusal::Unknown)?;
        if known.side != view.side() {
            return Err(Refusal::NotYours);
        }
    }
    if let Some(formation) = to.or(top) {
        reachable(view, formation)?;
    }
    let map = scenario.map();
    if let Some(hex) = directive.towards {
        if hex.index() >= map.grid.len() {
            return Err(Refusal::NoSuchHex);
        }
        if map.at(hex).safety_zone {
            return Err(Refusal::SafetyZone);
        }
    }
    Ok(())
}
