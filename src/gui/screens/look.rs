//! What the screens share in looks: paper and ink, running text, rows of figures.

use bevy_egui::egui::{
    self, Align, Color32, CornerRadius, Frame, Layout, Margin, RichText, Stroke, Ui, vec2,
};

pub(super) const PAPER: Color32 = Color32::from_rgb(0xef, 0xe9, 0xda);
pub(super) const SHEET: Color32 = Color32::from_rgb(0xf8, 0xf4, 0xea);
pub(super) const INK: Color32 = Color32::from_rgb(0x2b, 0x28, 0x22);
pub(super) const FAINT: Color32 = Color32::from_rgb(0x63, 0x5c, 0x50);
pub(super) const LINE: Color32 = Color32::from_rgb(0xb9, 0xae, 0x98);
pub(super) const CHOSEN: Color32 = Color32::from_rgb(0xe2, 0xd9, 0xc2);
/// Main button of a screen.
pub(super) const ACTION: Color32 = Color32::from_rgb(0x3f, 0x4a, 0x4d);

/// Height of a main button.
const BUTTON: f32 = 38.0;

/// The ground of a panel.
pub(super) fn paper(margin: i8) -> Frame {
    Frame::new()
        .fill(PAPER)
        .inner_margin(Margin::same(margin))
        .stroke(Stroke::NONE)
}

/// A sheet on that ground.
pub(super) fn sheet() -> Frame {
    Frame::new()
        .fill(SHEET)
        .stroke(Stroke::new(1.0, LINE))
        .corner_radius(CornerRadius::same(3))
        .inner_margin(Margin::same(12))
}

/// Ink and sizes for all that follows in this part of the screen.
pub(super) fn ink(ui: &mut Ui) {
    let visuals = ui.visuals_mut();
    visuals.override_text_color = Some(INK);
    visuals.extreme_bg_color = SHEET;
    let widgets = &mut visuals.widgets;
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, LINE);
    for (widget, ground, line) in [
        (&mut widgets.inactive, SHEET, LINE),
        (&mut widgets.hovered, CHOSEN, INK),
        (&mut widgets.active, CHOSEN, INK),
    ] {
        widget.bg_fill = ground;
        widget.weak_bg_fill = ground;
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.5, INK);
    }
    let spacing = ui.spacing_mut();
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(8.0, 3.0);
}

/// A line between the rows of a table.
pub(super) fn rule(ui: &mut Ui) {
    ui.add(egui::Separator::default().spacing(3.0));
}

pub(super) fn title(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(30.0));
}

pub(super) fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(18.0).strong());
}

/// The heading of a column.
pub(super) fn caption(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(13.0).color(FAINT).strong());
}

pub(super) fn body(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(15.0));
}

pub(super) fn small(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(12.5).color(FAINT));
}

/// The main button of a screen. True when clicked.
pub(super) fn main_button(ui: &mut Ui, text: &str, enabled: bool) -> bool {
    let label = RichText::new(text).size(16.0).color(SHEET);
    big_button(ui, egui::Button::new(label).fill(ACTION), enabled)
}

/// Another button beside the main one. True when clicked.
pub(super) fn other_button(ui: &mut Ui, text: &str) -> bool {
    let label = RichText::new(text).size(15.0);
    big_button(ui, egui::Button::new(label), true)
}

/// In a row, since a button in a column has its text at the left.
fn big_button(ui: &mut Ui, button: egui::Button<'_>, enabled: bool) -> bool {
    let add = |ui: &mut Ui| {
        ui.spacing_mut().button_padding = vec2(16.0, 6.0);
        ui.add_enabled(enabled, button.min_size(vec2(0.0, BUTTON)))
            .clicked()
    };
    if ui.layout().is_horizontal() {
        add(ui)
    } else {
        ui.horizontal(add).inner
    }
}

/// One cell of a row, as wide as given however little it holds.
pub(super) fn cell<R>(ui: &mut Ui, width: f32, align: Align, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(align), |ui| {
        ui.set_width(width);
        add(ui)
    })
    .inner
}

/// Paragraphs of a text: lines are joined, blank lines part paragraphs, and a paragraph of one
/// short line without a full stop is a heading.
pub(super) fn paragraphs(text: &str) -> Vec<Paragraph> {
    text.replace("\r\n", "\n")
        .split("\n\n")
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|part| !part.is_empty())
        .map(|text| Paragraph {
            heading: text.len() <= 60 && !text.ends_with(['.', ':', '"', '?', ')']),
            text,
        })
        .collect()
}

/// A paragraph of running text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    pub heading: bool,
    pub text: String,
}

/// Running text for reading.
pub(super) fn running_text(ui: &mut Ui, text: &str, size: f32) {
    for (i, paragraph) in paragraphs(text).into_iter().enumerate() {
        let label = RichText::new(&paragraph.text);
        if paragraph.heading {
            if i > 0 {
                ui.add_space(size * 0.5);
            }
            ui.label(label.size(size + 2.0).strong());
        } else {
            ui.label(label.size(size).line_height(Some(size * 1.45)));
            ui.add_space(size * 0.35);
        }
    }
}
