//! The bar shown while a turn is played back: hour, pause, speed, skip, and a line to read.

use super::gauge;
use crate::gui::{intent::Intent, playback::SPEEDS, session::Session, tabletop::Tabletop};
use bevy_egui::egui::{Label, ProgressBar, RichText, Ui};

/// Shows the bar, if a turn is being played back.
pub fn show(ui: &mut Ui, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let Some(playback) = table.playback.as_ref() else {
        return wanted;
    };
    ui.horizontal(|ui| {
        let clock = session
            .scenario()
            .calendar()
            .at(playback.hour())
            .strftime("%-d %b %H")
            .to_string();
        ui.label(
            RichText::new(format!("{clock}:{:02}", playback.minute_of_hour().min(59))).strong(),
        );
        let run = if playback.paused() { "Play" } else { "Pause" };
        if gauge::button(ui, run, None, "Run on, or pause.") {
            wanted.push(Intent::PlayPause);
        }
        for speed in SPEEDS {
            let on = (playback.speed() - speed).abs() < 0.01;
            if gauge::toggle(ui, on, &format!("{speed}x"), "Speed of playback.") {
                wanted.push(Intent::Speed(speed));
            }
        }
        if gauge::button(ui, "Skip", None, "To the end of the turn at once (Esc).") {
            wanted.push(Intent::Skip);
        }
        let room = (ui.available_width() - 8.0).max(60.0);
        ui.add(ProgressBar::new(playback.share()).desired_width(room));
    });
    ui.add(Label::new(playback.headline().unwrap_or(" ")).truncate());
    wanted
}
