//! Small widgets that several panels share: a value with its bar and what it means, a row of label
//! and value, a button that says why it is not to be had. They draw and report clicks, no more.

use crate::gui::theme;
use bevy_egui::egui::{
    Align, Button, Color32, Layout, Response, RichText, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};

/// Width of the label column of [`bar`] and [`row`].
const LABEL: f32 = 118.0;

/// Height of a line.
const LINE: f32 = 17.0;

/// A share from 0 to 1 as label, bar and percent. The tooltip tells meaning and source.
pub fn bar(ui: &mut Ui, label: &str, share: f64, colour: Color32, about: &str) -> Response {
    let share = if share.is_finite() {
        share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let percent = format!("{:.0} %", share * 100.0);
    row_of(ui, Align::Center, label, about, |ui| {
        let width = (ui.available_width() - 48.0).max(20.0);
        let (rect, _) = ui.allocate_exact_size(vec2(width, 10.0), Sense::hover());
        let painter = ui.painter();
        painter.rect_filled(rect, 1.0, theme::FIELD);
        let mut full = rect;
        full.max.x = rect.min.x + rect.width() * share as f32;
        painter.rect_filled(full, 1.0, colour);
        painter.rect_stroke(rect, 1.0, Stroke::new(1.0, theme::RULE), StrokeKind::Inside);
        ui.label(RichText::new(percent).small());
    })
}

/// A label and a value. The tooltip tells meaning and source.
pub fn row(ui: &mut Ui, label: &str, value: &str, about: &str) -> Response {
    row_of(ui, Align::Min, label, about, |ui| {
        ui.add(bevy_egui::egui::Label::new(value).wrap());
    })
}

fn row_of(
    ui: &mut Ui,
    align: Align,
    label: &str,
    about: &str,
    value: impl FnOnce(&mut Ui),
) -> Response {
    let size = vec2(ui.available_width(), LINE);
    let response = ui
        .allocate_ui_with_layout(size, Layout::left_to_right(align), |ui| {
            ui.spacing_mut().interact_size.y = LINE;
            ui.allocate_ui_with_layout(vec2(LABEL, LINE), Layout::left_to_right(align), |ui| {
                ui.set_min_width(LABEL);
                ui.label(RichText::new(label).color(theme::PENCIL));
            });
            value(ui);
        })
        .response;
    if about.is_empty() {
        response
    } else {
        response.on_hover_text(about)
    }
}

/// A button; greyed with the reason as tooltip if there is one.
pub fn button(ui: &mut Ui, text: &str, refusal: Option<&str>, about: &str) -> bool {
    let button = ui.add_enabled(refusal.is_none(), Button::new(text));
    match refusal {
        Some(reason) => {
            button.on_disabled_hover_text(format!("Not now: {reason}."));
            false
        }
        None => button.on_hover_text(about).clicked(),
    }
}

/// A button that is pressed while `on`.
pub fn toggle(ui: &mut Ui, on: bool, text: &str, about: &str) -> bool {
    ui.add(Button::selectable(on, text).frame_when_inactive(true))
        .on_hover_text(about)
        .clicked()
}

/// A heading with a line below.
pub fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(4.0);
    ui.label(RichText::new(text).strong());
    let rect = ui.max_rect();
    let y = ui.cursor().min.y - 2.0;
    ui.painter().line_segment(
        [pos2(rect.min.x, y), pos2(rect.max.x, y)],
        Stroke::new(1.0, theme::RULE),
    );
}

/// A line that opens what it names.
pub fn link(ui: &mut Ui, text: &str, about: &str) -> bool {
    ui.link(text).on_hover_text(about).clicked()
}
