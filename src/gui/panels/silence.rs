//! What is said once the city is lost: that nothing inside it is simulated any more, and why. Shown
//! once over the map, to be read, and marked in the bar at the top from then on.

use crate::gui::{
    board::escape::SILENT, intent::Intent, session::Session, tabletop::Tabletop, theme,
};
use bevy_egui::egui::{Align2, Context, Key, Label, Modifiers, RichText, Ui, Window, vec2};

/// Why nothing is simulated, and what goes on.
const WHY: &str = "Captured and hidden men are counted as that, and their fate is not simulated. What \
     followed in the city, the Nanking Massacre, is history and no part of a game: it is told as text \
     when this battle is over, the same for both sides.";

/// Width of the text, points.
const WIDTH: f32 = 420.0;

/// Is it to be read now?
fn is_due(session: &Session, table: &Tabletop) -> bool {
    session.picture.city_lost.is_some()
        && !session.picture.escape.silent.is_empty()
        && !table.silence_read
        && table.playback.is_none()
        && !session.busy()
        && !session.unseen()
}

/// Shows it, if it is to be read.
pub fn show(ctx: &Context, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let Some((hour, _)) = session.picture.city_lost.filter(|_| is_due(session, table)) else {
        return wanted;
    };
    let free = !ctx.egui_wants_keyboard_input();
    let none = Modifiers::NONE;
    let mut read = free
        && ctx.input_mut(|i| i.consume_key(none, Key::Enter) || i.consume_key(none, Key::Escape));
    Window::new(RichText::new("The city is lost").strong())
        .id("silence".into())
        .anchor(Align2::CENTER_CENTER, vec2(0.0, -40.0))
        .collapsible(false)
        .auto_sized()
        .show(ctx, |ui| {
            ui.set_width(WIDTH);
            let when = session.scenario().calendar().text(hour);
            let first = format!(
                "From {when} on nothing inside the walls and in the Safety Zone is simulated: no \
                 deaths, no captures, no orders."
            );
            for text in [first.as_str(), WHY, on_the_river(session)] {
                ui.add(Label::new(RichText::new(text).size(14.5)).wrap());
                ui.add_space(4.0);
            }
            read |= ui.button("I have read this").clicked();
        });
    if read {
        wanted.push(Intent::SilenceRead);
    }
    wanted
}

fn on_the_river(session: &Session) -> &'static str {
    if session.scenario().crossings().is_empty() {
        "Outside the walls the battle goes on to its end."
    } else {
        "Outside the walls, and on the river, the battle goes on to its end."
    }
}

/// The mark in the bar at the top.
pub fn tag(ui: &mut Ui, session: &Session) {
    if session.picture.escape.silent.is_empty() {
        return;
    }
    ui.separator();
    ui.label(RichText::new("City lost: not simulated inside").color(theme::ATTENTION))
        .on_hover_text(format!("{SILENT}. {WHY}"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gui::{
            panels::tests::{
                desk::{Desk, texts},
                lesson,
            },
            session::Seat,
        },
        scenario::{Hours, Side},
    };

    #[test]
    fn the_loss_of_the_city_is_told_once_with_its_reason_and_marked_from_then_on() {
        let mut session = lesson::session(Seat::Side(Side::Japan));
        let mut table = Tabletop::default();
        let desk = Desk::new([1280.0, 720.0]);
        assert!(desk.read(&|ui| show(ui.ctx(), &session, &table)).is_empty());
        session.picture.city_lost = Some((Hours(3), Side::Japan));
        let hex = lesson::place(&session, "village");
        session.picture.escape.silent.insert(hex);
        let items = desk.read(&|ui| show(ui.ctx(), &session, &table));
        let all = texts(&items).join("\n");
        for part in [
            "nothing inside the walls",
            "no deaths, no captures",
            "told as text",
        ] {
            assert!(all.contains(part), "{part}: {all}");
        }
        let wanted = desk.click("I have read this", &|ui| show(ui.ctx(), &session, &table));
        assert_eq!(wanted, [Intent::SilenceRead]);
        table.silence_read = true;
        assert!(desk.read(&|ui| show(ui.ctx(), &session, &table)).is_empty());
        let marked = desk.read(&|ui| {
            tag(ui, &session);
            Vec::new()
        });
        assert!(texts(&marked).join("\n").contains("not simulated inside"));
    }
}
