//! Why a staff has somebody do what he does, and what else it weighed. All words come from
//! [`crate::report::reasons`]; what the seat may not know never gets here.

use super::gauge;
use crate::{
    commander::reason::Subject,
    gui::{session::Session, theme},
    report::reasons,
    scenario::Side,
};
use bevy_egui::egui::{CollapsingHeader, Label, RichText, Ui};

/// Shows the reasons for somebody's orders, with what else was weighed folded below; nothing if there
/// are none.
pub fn show(ui: &mut Ui, session: &Session, side: Side, subject: Subject) {
    let given = session.reasons(side, subject);
    if given.is_empty() {
        return;
    }
    let scenario = session.scenario();
    gauge::heading(
        ui,
        if session.reasons_are_past(side) {
            "Why, in the last turn"
        } else {
            "Why"
        },
    );
    for (i, reason) in given.into_iter().enumerate() {
        ui.add(Label::new(reasons::sentence_of(scenario, reason)).wrap());
        let others = reasons::each_other(scenario, reason);
        if others.is_empty() {
            continue;
        }
        CollapsingHeader::new(RichText::new("Weighed besides").small())
            .id_salt(("weighed besides", i))
            .show(ui, |ui| {
                for other in others {
                    let text = RichText::new(super::words::capital(&other)).small();
                    ui.add(Label::new(text.color(theme::PENCIL)).wrap());
                }
            });
    }
}

/// The first reason as one line; none if there is none.
pub fn line(session: &Session, side: Side, subject: Subject) -> Option<String> {
    let given = session.reasons(side, subject);
    given
        .first()
        .map(|reason| reasons::sentence_of(session.scenario(), reason))
}
