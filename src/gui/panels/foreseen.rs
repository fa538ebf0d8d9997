//! What an order would bring, as a panel shows it: the lines, then every factor with its source.

use super::card::sheet;
use crate::{
    gui::{foresight::Foreseen, theme},
    scenario::Scenario,
};
use bevy_egui::egui::{Label, RichText, Ui};

/// Shows lines and factors, or why the order would be refused.
pub fn show(ui: &mut Ui, scenario: &Scenario, foreseen: &Foreseen) {
    lines(ui, foreseen);
    if let Some(why) = &foreseen.why {
        ui.add_space(2.0);
        sheet::reasons(ui, scenario, why);
    }
}

/// The lines, or why the order would be refused.
pub fn lines(ui: &mut Ui, foreseen: &Foreseen) {
    if let Some(refusal) = &foreseen.refusal {
        let text = RichText::new(format!("Not possible: {refusal}."));
        ui.add(Label::new(text.color(theme::ATTENTION)).wrap());
    }
    for (i, line) in foreseen.lines.iter().enumerate() {
        let text = RichText::new(line);
        let text = if i == 0 { text.strong() } else { text };
        ui.add(Label::new(text).wrap());
    }
}
