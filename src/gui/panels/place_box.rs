//! A box to choose a place of the map in, with a search, and one to choose an hour in.

use crate::{
    gui::session::Session,
    report::place,
    scenario::{Hex, Hours, calendar::HOURS_PER_TURN},
};
use bevy_egui::egui::{Button, ComboBox, Label, RichText, ScrollArea, TextEdit, Ui};

/// Hours ahead that are offered one by one; later ones turn by turn.
const NEAR: u32 = 12;
/// Hours ahead that are offered at most.
const FAR: u32 = 60;

/// Chooses a place. `none` says what it means if none is chosen, where that may be.
pub fn place(
    ui: &mut Ui,
    session: &Session,
    salt: &str,
    chosen: &mut Option<Hex>,
    search: &mut String,
    none: Option<&str>,
) {
    let map = session.scenario().map();
    let nothing = none.unwrap_or("choose a place");
    let shown = chosen.map_or_else(|| nothing.to_owned(), |hex| place::called(map, hex));
    ComboBox::from_id_salt(salt)
        .selected_text(shown)
        .width(ui.available_width() - 16.0)
        .truncate()
        .show_ui(ui, |ui| {
            ui.add(TextEdit::singleline(search).hint_text("search a place"));
            let wanted = search.to_lowercase();
            let mut places: Vec<_> = map
                .places
                .iter()
                .filter(|p| p.name.to_lowercase().contains(&wanted))
                .collect();
            places.sort_by(|a, b| a.name.cmp(&b.name));
            ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
                if let Some(none) = none
                    && ui.add(Button::selectable(chosen.is_none(), none)).clicked()
                {
                    *chosen = None;
                    ui.close();
                }
                for place in places {
                    let on = *chosen == Some(place.centre);
                    if ui.add(Button::selectable(on, &place.name)).clicked() {
                        *chosen = Some(place.centre);
                        ui.close();
                    }
                }
            });
        });
}

/// The hours offered for a beginning: those still to come, closer together near at hand.
pub fn hours(session: &Session) -> impl Iterator<Item = Hours> {
    let first = session.picture.hour.0;
    let end = session.scenario().turns() * HOURS_PER_TURN;
    (1..=FAR)
        .filter(|h| *h <= NEAR || h % HOURS_PER_TURN == 0)
        .map(move |h| Hours(first + h))
        .filter(move |h| h.0 < end)
}

/// Chooses from which hour on an order is in force: on arrival, or later, so that several formations
/// begin together.
pub fn start_hour(ui: &mut Ui, session: &Session, salt: &str, chosen: &mut Option<Hours>) {
    let calendar = session.scenario().calendar();
    // An hour that has passed meanwhile is none.
    *chosen = chosen.filter(|hour| *hour > session.picture.hour);
    let shown = chosen.map_or_else(
        || "on arrival".to_owned(),
        |hour| format!("from {} on", calendar.text(hour)),
    );
    ui.horizontal(|ui| {
        ui.add(Label::new(
            RichText::new("begins").color(crate::gui::theme::PENCIL),
        ));
        ComboBox::from_id_salt(salt)
            .selected_text(shown)
            .width(ui.available_width() - 16.0)
            .show_ui(ui, |ui| {
                ui.selectable_value(chosen, None, "on arrival");
                for hour in hours(session) {
                    ui.selectable_value(chosen, Some(hour), calendar.text(hour));
                }
            })
            .response
            .on_hover_text(
                "Those who have the order by then begin together; others when it reaches them.",
            );
    });
}
