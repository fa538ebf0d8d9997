//! The battle's panels: functions from what is shown to what is wanted. They read session and
//! tabletop and return intents; what they remember by themselves (a search word, an opened branch)
//! lies in egui's own memory. None changes the battle, so each can be tested without a window.

pub mod air;
pub mod card;
pub mod chronicle;
pub mod command;
pub mod decisions;
pub mod directive;
pub mod embark;
pub mod end_turn;
pub mod events;
pub mod foreseen;
pub mod formation;
pub mod gauge;
pub mod ground;
pub mod hands;
pub mod help;
pub mod orders;
pub mod place_box;
pub mod playback_bar;
pub mod reasons;
pub mod silence;
pub mod tasks;
pub mod top;
pub mod tree;
pub mod unit;
pub mod words;

#[cfg(test)]
pub(in crate::gui) mod tests;

use super::{
    intent::{Intent, SidePanel},
    session::Session,
    tabletop::Tabletop,
};
use bevy_egui::egui::{Panel, Rect, Ui};

/// Width of the panels at the left and at the right.
const LEFT: f32 = 284.0;
const RIGHT: f32 = 300.0;
/// Width of the chronicle in a small and in a large window.
const CHRONICLE: (f32, f32) = (440.0, 560.0);

/// Shows all panels of the battle that are open, and the dialogs above them. Returns what is wanted
/// and the rectangle left for the map, in points.
pub fn show(ui: &mut Ui, session: &Session, table: &Tabletop) -> (Vec<Intent>, Rect) {
    let mut wanted = Vec::new();
    Panel::top("top").resizable(false).show(ui, |ui| {
        wanted.extend(top::show(ui, session, table));
    });
    if table.panels.contains(&SidePanel::Chronicle) {
        // It needs the room of two columns, and stands where the forces are listed.
        let wide = ui.available_width() >= 1_500.0;
        Panel::left("chronicle")
            .resizable(false)
            .exact_size(if wide { CHRONICLE.1 } else { CHRONICLE.0 })
            .show(ui, |ui| wanted.extend(chronicle::show(ui, session, table)));
    } else if table.panels.contains(&SidePanel::Tree) {
        Panel::left("forces")
            .resizable(false)
            .exact_size(LEFT)
            .show(ui, |ui| wanted.extend(tree::show(ui, session, table)));
    }
    let selected = table.unit.is_some()
        || table.formation.is_some()
        || table.air.is_some()
        || table.hex.is_some();
    let orders = table.panels.contains(&SidePanel::Orders);
    if selected || orders {
        Panel::right("selection")
            .resizable(false)
            .exact_size(RIGHT)
            .show(ui, |ui| {
                if orders {
                    let height = if selected {
                        ui.available_height() * 0.34
                    } else {
                        ui.available_height()
                    };
                    Panel::bottom("orders")
                        .resizable(false)
                        .exact_size(height)
                        .show(ui, |ui| wanted.extend(orders::show(ui, session, table)));
                }
                if selected {
                    wanted.extend(unit::show(ui, session, table));
                }
            });
    }
    if table.panels.contains(&SidePanel::Events) {
        Panel::bottom("events")
            .resizable(true)
            .default_size(150.0)
            .size_range(90.0..=360.0)
            .show(ui, |ui| wanted.extend(events::show(ui, session, table)));
    }
    if table.playback.is_some() {
        Panel::bottom("playback")
            .resizable(false)
            .exact_size(56.0)
            .show(ui, |ui| {
                wanted.extend(playback_bar::show(ui, session, table));
            });
    }
    let map = ui.available_rect_before_wrap();
    let ctx = ui.ctx().clone();
    wanted.extend(decisions::show(&ctx, session, table));
    wanted.extend(silence::show(&ctx, session, table));
    wanted.extend(card::show(&ctx, session, table));
    wanted.extend(help::show(&ctx, table));
    wanted.extend(end_turn::show(&ctx, session, table));
    (wanted, map)
}
