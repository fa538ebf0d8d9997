//! Answers to questions that events put to a command: who may give which, and when.

use super::Refusal;
use crate::{battle::view::SideView, scenario::events::DecisionId};

/// Is a question open to a side, and the answer one of its options?
pub(super) fn check(view: &SideView<'_>, decision: DecisionId, option: u16) -> Result<(), Refusal> {
    let decisions = &view.scenario().events().decisions;
    let known = decisions
        .get(usize::from(decision.0))
        .ok_or(Refusal::Unknown)?;
    if known.side != view.side() {
        return Err(Refusal::NotYours);
    }
    if !view.open_decisions().any(|(id, _, _)| id == decision) {
        return Err(Refusal::NotAsked);
    }
    if usize::from(option) >= known.options.len() {
        return Err(Refusal::Unknown);
    }
    Ok(())
}
