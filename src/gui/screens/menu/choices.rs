//! What is chosen for a battle: seat, strength estimates, seed.

use super::MenuModel;
use crate::{
    commander::Level,
    gui::{
        intent::Intent,
        screens::{listing::Draft, look},
        session::Seat,
    },
    report::grouped,
    scenario::{Side, file::StrengthFile},
};
use bevy_egui::egui::{
    Color32, CornerRadius, Panel, RichText, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui,
    vec2,
};

/// What holds for every level.
const SAME_RULES: &str = "All have the same dice, fog, supply and delays as you.";

/// Digits a seed may have.
const MAX_DIGITS: usize = 19;

/// Seeds drawn by the button: short enough to be written on a board.
const DRAWN: u64 = 1_000_000;

pub(super) fn show(ui: &mut Ui, model: &mut MenuModel, wanted: &mut Vec<Intent>) {
    Panel::bottom("menu_start")
        .frame(look::paper(0))
        .show(ui, |ui| {
            look::ink(ui);
            ui.add_space(8.0);
            start(ui, model, wanted);
        });
    ScrollArea::vertical()
        .id_salt("menu_choices")
        .auto_shrink(false)
        .show(ui, |ui| {
            // Not cloned: the draft stays in the model, and only plain choices change.
            let MenuModel {
                listings,
                chosen,
                seat,
                strength,
                levels,
                settings,
                ..
            } = model;
            let draft = listings.get(*chosen).and_then(|l| l.draft.as_deref().ok());
            let Some(draft) = draft else {
                look::body(ui, "Nothing to choose for this scenario.");
                return;
            };
            seats(ui, draft, seat);
            opponents(ui, *seat, levels);
            settings.levels = *levels;
            for (side, estimate) in Side::ALL.into_iter().zip(strength.iter_mut()) {
                ui.add_space(8.0);
                estimates(ui, draft, side, estimate);
            }
        });
}

fn seats(ui: &mut Ui, draft: &Draft, seat: &mut Seat) {
    look::heading(ui, "Whom to command");
    for side in Side::ALL {
        let name = format!("{} ({})", draft.side(side).name, side.adjective());
        let wanted = Seat::Side(side);
        ui.horizontal(|ui| {
            token(ui, side);
            radio(ui, &name, seat, wanted);
        });
        indented(ui, draft.task(side));
    }
    radio(ui, "Both sides by hand, both shown", seat, Seat::Both);
    radio(
        ui,
        "Watch the computer on both, both shown",
        seat,
        Seat::Watch,
    );
}

/// The level of each computer commander there will be.
fn opponents(ui: &mut Ui, seat: Seat, levels: &mut [Level; 2]) {
    let computers = Side::ALL.into_iter().filter(|side| !seat.commands(*side));
    let mut any = false;
    for side in computers {
        any = true;
        ui.add_space(8.0);
        look::heading(ui, &format!("Computer, {} side", side.adjective()));
        let level = &mut levels[side.index()];
        ui.push_id(("level", side.key()), |ui| {
            ui.horizontal(|ui| {
                for other in Level::ALL {
                    let about = other.meaning();
                    ui.radio_value(level, other, RichText::new(other.name()).size(15.0))
                        .on_hover_text(about);
                }
            });
        });
        look::small(ui, level.meaning());
    }
    if any {
        look::small(ui, SAME_RULES);
    }
}

fn estimates(ui: &mut Ui, draft: &Draft, side: Side, chosen: &mut usize) {
    let of = draft.side(side);
    look::heading(ui, &format!("Strength, {} side", side.adjective()));
    if of.strengths.len() > 1 {
        look::small(ui, "Estimates of equal rank, each with its source.");
    }
    for (i, estimate) in of.strengths.iter().enumerate() {
        ui.push_id((side.key(), i), |ui| {
            radio(ui, &estimate.name, chosen, i);
            indented(ui, &below(estimate));
        });
    }
    if let Some(first) = of.strengths.get(of.opens_with)
        && of.strengths.len() > 1
    {
        let because = &of.opens_because;
        look::small(ui, &format!("Opens with {}: {because}", first.name));
    }
}

/// The line under an estimate: its source, and its total if the name does not tell it.
fn below(estimate: &StrengthFile) -> String {
    let (low, high) = estimate.total;
    let [from, to] = [low, high].map(grouped);
    if estimate.name.contains(&from) {
        estimate.source.clone()
    } else if low == high {
        format!("{from} men; {}", estimate.source)
    } else {
        format!("{from} to {to} men; {}", estimate.source)
    }
}

fn radio<T: PartialEq>(ui: &mut Ui, text: &str, value: &mut T, this: T) {
    ui.radio_value(value, this, RichText::new(text).size(15.0));
}

/// A small line under a choice.
fn indented(ui: &mut Ui, text: &str) {
    ui.horizontal_top(|ui| {
        ui.add_space(22.0);
        ui.vertical(|ui| look::small(ui, text));
    });
}

/// A little counter in a side's colours: blue with a bar at the top, buff with a bar at the foot, so
/// that they differ in shape too.
fn token(ui: &mut Ui, side: Side) {
    let (ground, line) = match side {
        Side::China => (
            Color32::from_rgb(0xd3, 0xe0, 0xec),
            Color32::from_rgb(0x2b, 0x5f, 0x8f),
        ),
        Side::Japan => (
            Color32::from_rgb(0xf2, 0xdf, 0xc1),
            Color32::from_rgb(0xb8, 0x74, 0x2a),
        ),
    };
    let (rect, _) = ui.allocate_exact_size(vec2(16.0, 14.0), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::ZERO, ground);
    let mut bar = rect;
    match side {
        Side::China => bar.max.y = rect.min.y + 4.0,
        Side::Japan => bar.min.y = rect.max.y - 4.0,
    }
    painter.rect_filled(bar, CornerRadius::ZERO, line);
    painter.rect_stroke(
        rect,
        CornerRadius::ZERO,
        Stroke::new(1.0, line),
        StrokeKind::Inside,
    );
}

fn start(ui: &mut Ui, model: &mut MenuModel, wanted: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        look::body(ui, "Seed");
        let field = TextEdit::singleline(&mut model.seed)
            .char_limit(MAX_DIGITS)
            .desired_width(110.0);
        if ui.add(field).changed() {
            model.seed.retain(|c| c.is_ascii_digit());
        }
        let same = "The same seed and the same orders give the same battle.";
        if ui.button("Draw one").on_hover_text(same).clicked() {
            model.set_seed(drawn(ui, model.seed().unwrap_or(0)));
        }
        if model.seed().is_none() {
            look::small(ui, "Give a number to start.");
        }
    });
    ui.horizontal_wrapped(|ui| {
        ui.checkbox(&mut model.simplified_command, "Simplified command")
            .on_hover_text(
                "Orders to formations arrive at once and always. In 1937 they took hours, and many \
                 never arrived. Marked on the screen, in the record and in the result.",
            );
        ui.checkbox(&mut model.events, "Scenario events")
            .on_hover_text(
                "What was decided above and beside the battle, hour by hour, with decisions put to \
             either command. A battle without them is marked on the screen, in the record and in \
             the result.",
            );
    });
    ui.checkbox(
        &mut model.settings.background_first,
        "Read the background before the first battle",
    );
    ui.add_space(4.0);
    let ready = model.battle().is_some();
    if look::main_button(ui, "Start", ready) {
        wanted.extend(model.start());
    }
}

/// A seed from the moment and the place of the click: nobody can aim at one.
fn drawn(ui: &Ui, last: u64) -> u64 {
    let (time, at) = ui.input(|i| (i.time, i.pointer.latest_pos().unwrap_or_default()));
    let mut mixed = last;
    for bits in [
        time.to_bits(),
        u64::from(at.x.to_bits()),
        u64::from(at.y.to_bits()),
    ] {
        mixed = (mixed ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^= mixed >> 29;
    }
    1 + mixed % (DRAWN - 1)
}
