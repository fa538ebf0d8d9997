//! While a scenario loads or a saved battle is fought again up to where it was saved.

use super::look;
use crate::gui::intent::Intent;
use bevy_egui::egui::{CentralPanel, ProgressBar, Ui};

/// What is under way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadingModel {
    /// In a few words: "Loading the scenario", "Taking up the saved battle".
    pub what: String,
    /// Of which scenario or save.
    pub of: String,
    /// Turns done, and turns in all; (0, 0) if there is nothing to count.
    pub turns: (u32, u32),
    /// May it be stopped?
    pub stoppable: bool,
}

/// The screen.
pub fn show(ui: &mut Ui, model: &LoadingModel) -> Vec<Intent> {
    let mut wanted = Vec::new();
    CentralPanel::no_frame()
        .frame(look::paper(24))
        .show(ui, |ui| {
            look::ink(ui);
            ui.vertical_centered(|ui| {
                ui.add_space((ui.available_height() * 0.36).max(0.0));
                look::title(ui, &model.what);
                look::body(ui, &model.of);
                ui.add_space(16.0);
                let (done, of) = model.turns;
                if of > 0 {
                    let share = done.min(of) as f32 / of as f32;
                    ui.add(
                        ProgressBar::new(share)
                            .desired_width(360.0)
                            .fill(look::ACTION)
                            .corner_radius(2),
                    );
                    look::small(ui, &format!("turn {done} of {of}"));
                } else {
                    ui.spinner();
                }
                ui.add_space(16.0);
                // Not one of the wide buttons: those begin at the left of a row.
                if model.stoppable && ui.button("Stop").clicked() {
                    wanted.push(Intent::Cancel);
                }
            });
        });
    wanted
}
