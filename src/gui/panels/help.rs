//! Keys and mouse.

use crate::gui::{
    intent::{Intent, SidePanel},
    tabletop::Tabletop,
    theme,
};
use bevy_egui::egui::{Align2, Context, Grid, RichText, ScrollArea, Window};

/// Every key and button, with what it does.
pub const KEYS: [(&str, &str); 24] = [
    (
        "Left click",
        "select a unit or hex; again: the next unit of the stack",
    ),
    (
        "Right click",
        "order the selected unit to go there or attack there",
    ),
    ("Wheel, + and -", "zoom"),
    ("Middle drag, arrow keys", "move the map"),
    ("0", "whole map"),
    ("N, Shift+N", "next, previous unit without an order"),
    ("Space", "the selected unit holds"),
    ("Ctrl+Space", "end the turn"),
    ("U, Ctrl+Z", "undo the last change of the orders"),
    ("R, Ctrl+Y", "redo"),
    ("Esc", "close what is open; let go of what is selected"),
    ("G, 1", "hexes"),
    ("2", "units"),
    ("3", "names"),
    ("4", "who controls the ground"),
    ("5", "works"),
    ("T", "forces (order of battle)"),
    ("O", "orders of the turn"),
    ("E", "events"),
    ("F1", "this page"),
    ("Ctrl+S", "save"),
    (
        "Pointer on a number",
        "what it means and where it comes from",
    ),
    (
        "Click on an event",
        "look at the place; of a fight, its card",
    ),
    ("Click on a force", "select it and look there"),
];

/// Shows the page, if it is open.
pub fn show(ctx: &Context, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let mut open = table.panels.contains(&SidePanel::Help);
    if !open {
        return wanted;
    }
    Window::new("Keys and mouse")
        .open(&mut open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .collapsible(false)
        .auto_sized()
        .show(ctx, |ui| {
            let height = (ui.ctx().content_rect().height() - 120.0).max(200.0);
            ScrollArea::vertical().max_height(height).show(ui, |ui| {
                Grid::new("keys")
                    .num_columns(2)
                    .striped(true)
                    .show(ui, |ui| {
                        for (key, what) in KEYS {
                            ui.label(RichText::new(key).strong());
                            ui.label(what);
                            ui.end_row();
                        }
                    });
                ui.add_space(6.0);
                ui.label(
                    RichText::new(
                        "Both sides write their orders; then four hours pass for both at once.",
                    )
                    .color(theme::PENCIL),
                );
            });
        });
    if !open {
        wanted.push(Intent::Panel(SidePanel::Help));
    }
    wanted
}
