//! The looks of the window: paper ground, ink, the colours of both sides, and the small marks that
//! tell a state by shape as well as by colour. Decides nothing else; no flag, no emblem.

use crate::{battle::Sky, scenario::Side};
use bevy_egui::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Margin, Pos2, Rect, Sense, Shape, Stroke,
    TextStyle, Ui, Vec2, vec2,
};

/// Ground of the map and of all that lies around it.
pub const PAPER: Color32 = Color32::from_rgb(0xef, 0xe9, 0xda);
/// Ground of panels: paper, a little lighter.
pub const SHEET: Color32 = Color32::from_rgb(0xf6, 0xf2, 0xe7);
/// Ground of fields to write in and of lists.
pub const FIELD: Color32 = Color32::from_rgb(0xfc, 0xfa, 0xf3);
/// Text and thin lines.
pub const INK: Color32 = Color32::from_rgb(0x2b, 0x2a, 0x26);
/// Text of second rank; 4.5 to 1 on [`SHEET`].
pub const PENCIL: Color32 = Color32::from_rgb(0x66, 0x60, 0x52);
/// Lines between things.
pub const RULE: Color32 = Color32::from_rgb(0xbf, 0xb6, 0x9f);
/// What needs attention: a dark violet-brown, told from both sides' colours in any light.
pub const ATTENTION: Color32 = Color32::from_rgb(0x7a, 0x2f, 0x4f);
/// Ground of what is selected.
pub const SELECTED: Color32 = Color32::from_rgb(0xd9, 0xcf, 0xb2);

/// Strong colour of a side: outlines, bars, names.
pub fn side_ink(side: Side) -> Color32 {
    match side {
        Side::China => Color32::from_rgb(0x2b, 0x5f, 0x8f),
        Side::Japan => Color32::from_rgb(0x9a, 0x5e, 0x1c),
    }
}

/// Pale colour of a side: grounds of counters and headings.
pub fn side_ground(side: Side) -> Color32 {
    match side {
        Side::China => Color32::from_rgb(0xd3, 0xe2, 0xef),
        Side::Japan => Color32::from_rgb(0xf2, 0xdf, 0xc0),
    }
}

/// Puts the style into an egui context. To be called once.
pub fn apply(ctx: &egui::Context) {
    ctx.set_theme(egui::Theme::Light);
    ctx.all_styles_mut(style);
}

fn style(style: &mut egui::Style) {
    style.text_styles = [
        (TextStyle::Small, 11.5),
        (TextStyle::Body, 13.5),
        (TextStyle::Button, 13.5),
        (TextStyle::Heading, 17.0),
    ]
    .into_iter()
    .map(|(kind, size)| (kind, FontId::new(size, FontFamily::Proportional)))
    .chain([(
        TextStyle::Monospace,
        FontId::new(12.5, FontFamily::Monospace),
    )])
    .collect();
    style.spacing.item_spacing = vec2(6.0, 4.0);
    style.spacing.button_padding = vec2(7.0, 3.0);
    style.spacing.interact_size.y = 22.0;
    style.spacing.window_margin = Margin::same(10);
    style.spacing.tooltip_width = 360.0;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.25;
    style.animation_time = 0.0;
    let v = &mut style.visuals;
    *v = egui::Visuals::light();
    v.panel_fill = SHEET;
    v.window_fill = SHEET;
    v.window_stroke = Stroke::new(1.0, RULE);
    v.extreme_bg_color = FIELD;
    v.faint_bg_color = Color32::from_rgb(0xee, 0xe8, 0xd8);
    v.override_text_color = None;
    v.weak_text_color = Some(PENCIL);
    v.warn_fg_color = ATTENTION;
    v.error_fg_color = ATTENTION;
    v.hyperlink_color = Color32::from_rgb(0x24, 0x4e, 0x75);
    v.selection.bg_fill = SELECTED;
    v.selection.stroke = Stroke::new(1.0, INK);
    v.striped = false;
    v.disabled_alpha = 0.62;
    let radius = CornerRadius::same(3);
    v.window_corner_radius = radius;
    v.menu_corner_radius = radius;
    let widgets = [
        (&mut v.widgets.noninteractive, SHEET, RULE),
        (
            &mut v.widgets.inactive,
            Color32::from_rgb(0xe6, 0xde, 0xc8),
            RULE,
        ),
        (
            &mut v.widgets.hovered,
            Color32::from_rgb(0xdd, 0xd3, 0xb7),
            PENCIL,
        ),
        (&mut v.widgets.active, SELECTED, INK),
        (
            &mut v.widgets.open,
            Color32::from_rgb(0xe0, 0xd7, 0xbf),
            PENCIL,
        ),
    ];
    for (widget, ground, line) in widgets {
        widget.bg_fill = ground;
        widget.weak_bg_fill = ground;
        widget.bg_stroke = Stroke::new(1.0, line);
        widget.fg_stroke = Stroke::new(1.0, INK);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
}

/// A small drawn mark. Each differs from the others by shape alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Full circle with rays.
    Day,
    /// Half circle on a line.
    Twilight,
    /// Crescent.
    Night,
    /// Three wavy lines.
    Fog,
    /// Filled disc: has an order.
    Ordered,
    /// Hollow circle: no order.
    Idle,
    /// Saltire: in contact with the enemy.
    Contact,
    /// Triangle on its tip: in flight.
    Flight,
    /// Broken ring: cut off from supply.
    CutOff,
    /// Dash: not on the map.
    Absent,
    /// Aeroplane: an air group.
    Plane,
    /// Envelope: an order on its way.
    OnItsWay,
    /// Envelope with the hands of a clock: an order that begins later.
    Waits,
    /// Envelope struck out: an order lost.
    LostOrder,
    /// Two ends of a line that do not meet: out of contact.
    OutOfContact,
    /// Letter H: in the person's own hands.
    ByHand,
    /// Square or disc in a side's colours.
    Of(Side),
}

impl Mark {
    /// The mark of a sky at an hour of the day, and its word.
    pub fn of_sky(sky: &Sky, hour_of_day: u32) -> (Mark, &'static str) {
        match (sky.night, sky.light < 1.0, hour_of_day < 12) {
            (true, _, _) => (Mark::Night, "night"),
            (false, true, true) => (Mark::Twilight, "dawn"),
            (false, true, false) => (Mark::Twilight, "dusk"),
            (false, false, _) => (Mark::Day, "daylight"),
        }
    }

    /// Draws it as tall as a line of text; the response is for a tooltip.
    pub fn show(self, ui: &mut Ui) -> egui::Response {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
        if ui.is_rect_visible(rect) {
            ui.painter().extend(self.shapes(rect));
        }
        response
    }

    /// Its shapes within a square.
    pub fn shapes(self, rect: Rect) -> Vec<Shape> {
        let c = rect.center();
        let r = rect.width() / 2.0 - 2.0;
        let pen = Stroke::new(1.4, INK);
        let alarm = Stroke::new(1.8, ATTENTION);
        let at = |x: f32, y: f32| Pos2::new(c.x + x * r, c.y + y * r);
        match self {
            Mark::ByHand => vec![
                Shape::line_segment([at(-0.6, -0.9), at(-0.6, 0.9)], pen),
                Shape::line_segment([at(0.6, -0.9), at(0.6, 0.9)], pen),
                Shape::line_segment([at(-0.6, 0.0), at(0.6, 0.0)], pen),
            ],
            Mark::Day => {
                let mut shapes = vec![Shape::circle_stroke(c, r * 0.5, pen)];
                for (x, y) in [(1.0, 0.0), (0.0, 1.0), (0.7, 0.7), (0.7, -0.7)] {
                    for s in [-1.0, 1.0] {
                        let ray = [at(s * x * 0.75, s * y * 0.75), at(s * x, s * y)];
                        shapes.push(Shape::line_segment(ray, pen));
                    }
                }
                shapes
            }
            Mark::Twilight => vec![
                Shape::line_segment([at(-1.0, 0.5), at(1.0, 0.5)], pen),
                Shape::line(
                    vec![
                        at(-0.6, 0.5),
                        at(-0.5, 0.0),
                        at(0.0, -0.3),
                        at(0.5, 0.0),
                        at(0.6, 0.5),
                    ],
                    pen,
                ),
            ],
            Mark::Night => vec![
                Shape::circle_filled(c, r * 0.9, INK),
                Shape::circle_filled(at(0.5, -0.3), r * 0.75, SHEET),
            ],
            Mark::Fog => [-0.6, 0.0, 0.6]
                .map(|y| {
                    Shape::line(
                        vec![
                            at(-1.0, y),
                            at(-0.5, y - 0.2),
                            at(0.0, y),
                            at(0.5, y + 0.2),
                            at(1.0, y),
                        ],
                        pen,
                    )
                })
                .to_vec(),
            Mark::Ordered => vec![Shape::circle_filled(c, r * 0.7, INK)],
            Mark::Idle => vec![Shape::circle_stroke(c, r * 0.7, pen)],
            Mark::Contact => vec![
                Shape::line_segment([at(-0.7, -0.7), at(0.7, 0.7)], pen),
                Shape::line_segment([at(-0.7, 0.7), at(0.7, -0.7)], pen),
            ],
            Mark::Flight => vec![Shape::convex_polygon(
                vec![at(-0.9, -0.7), at(0.9, -0.7), at(0.0, 0.9)],
                ATTENTION,
                Stroke::NONE,
            )],
            Mark::CutOff => vec![
                Shape::line(
                    vec![at(-0.3, -0.8), at(-0.8, -0.2), at(-0.8, 0.2), at(-0.3, 0.8)],
                    alarm,
                ),
                Shape::line(
                    vec![at(0.3, -0.8), at(0.8, -0.2), at(0.8, 0.2), at(0.3, 0.8)],
                    alarm,
                ),
            ],
            Mark::Absent => vec![Shape::line_segment([at(-0.7, 0.0), at(0.7, 0.0)], pen)],
            Mark::Plane => vec![
                Shape::line_segment([at(0.0, -1.0), at(0.0, 1.0)], Stroke::new(2.2, INK)),
                Shape::line_segment([at(-1.0, -0.2), at(1.0, -0.2)], Stroke::new(2.2, INK)),
                Shape::line_segment([at(-0.4, 0.9), at(0.4, 0.9)], Stroke::new(1.6, INK)),
            ],
            Mark::OnItsWay => vec![
                Shape::closed_line(envelope(c, r), pen),
                Shape::line(vec![at(-1.0, -0.7), at(0.0, 0.15), at(1.0, -0.7)], pen),
            ],
            Mark::Waits => vec![
                Shape::closed_line(envelope(c, r), pen),
                Shape::line(vec![at(0.0, -0.45), at(0.0, 0.1), at(0.5, 0.1)], pen),
            ],
            Mark::LostOrder => vec![
                Shape::closed_line(envelope(c, r), pen),
                Shape::line_segment([at(-1.1, -0.9), at(1.1, 0.9)], alarm),
                Shape::line_segment([at(-1.1, 0.9), at(1.1, -0.9)], alarm),
            ],
            Mark::OutOfContact => vec![
                Shape::line(vec![at(-1.0, 0.0), at(-0.35, 0.0), at(-0.35, -0.7)], alarm),
                Shape::line(vec![at(1.0, 0.0), at(0.35, 0.0), at(0.35, 0.7)], alarm),
            ],
            Mark::Of(side) => {
                let square = rect.shrink(2.5);
                let radius = match side {
                    Side::China => 0.0,
                    Side::Japan => r,
                };
                vec![
                    Shape::rect_filled(square, radius, side_ground(side)),
                    Shape::rect_stroke(
                        square,
                        radius,
                        Stroke::new(1.6, side_ink(side)),
                        egui::StrokeKind::Inside,
                    ),
                ]
            }
        }
    }
}

/// Corners of an envelope about a point.
fn envelope(c: Pos2, r: f32) -> Vec<Pos2> {
    [(-1.0, -0.7), (1.0, -0.7), (1.0, 0.7), (-1.0, 0.7)]
        .map(|(x, y)| Pos2::new(c.x + x * r, c.y + y * r))
        .to_vec()
}
