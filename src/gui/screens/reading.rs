//! A page to be read: one column of text, its buttons below the text or at the foot.

use super::look;
use bevy_egui::egui::{CentralPanel, Panel, ScrollArea, Ui};

/// Widest column of text.
const COLUMN: f32 = 700.0;

/// Shows a text in a column. `foot` adds the buttons; it stands below all text, so that it stays in
/// view however long the text is.
pub(super) fn page<R>(
    ui: &mut Ui,
    name: &str,
    texts: &[&str],
    foot: impl FnOnce(&mut Ui) -> R,
) -> R {
    let answer = Panel::bottom(format!("{name}_foot"))
        .frame(look::paper(16))
        // Near enough to its size, so that it does not jump when the page is opened.
        .default_size(70.0)
        .show(ui, |ui| {
            look::ink(ui);
            centred(ui, |ui| ui.horizontal(foot).inner)
        })
        .inner;
    CentralPanel::no_frame()
        .frame(look::paper(0))
        .show(ui, |ui| {
            look::ink(ui);
            ScrollArea::vertical()
                .id_salt(name)
                .auto_shrink(false)
                .show(ui, |ui| {
                    centred(ui, |ui| {
                        ui.add_space(28.0);
                        for text in texts {
                            look::running_text(ui, text, 16.0);
                            ui.add_space(12.0);
                        }
                    });
                });
        });
    answer
}

/// A column in the middle, at most [`COLUMN`] wide.
fn centred<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = ui.available_width();
    let width = COLUMN.min(room - 48.0).max(120.0);
    ui.horizontal_top(|ui| {
        ui.add_space(((room - width) / 2.0).max(0.0));
        ui.vertical(|ui| {
            ui.set_width(width);
            add(ui)
        })
        .inner
    })
    .inner
}
