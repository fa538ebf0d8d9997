//! The card of fire on a hex: what shelling would do there, every factor, and which guns take part. A
//! tick gives an order, its removal takes the order back; both are only asked for here.

use super::{deeds, sheet, window};
use crate::{
    battle::Task,
    gui::{
        foresight,
        intent::Intent,
        panels::{foreseen, gauge},
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    report::place,
    scenario::{Hex, Side, UnitId},
};
use bevy_egui::egui::{Context, RichText, ScrollArea, Ui};

/// Shows the card.
pub fn show(ctx: &Context, session: &Session, table: &Tabletop, target: Hex) -> Vec<Intent> {
    let map = session.scenario().map();
    if target.index() >= map.grid.len() {
        return Vec::new();
    }
    let title = format!("Bombardment {}", place::placed(map, "on", target));
    let side = side(session, table, target);
    window(
        ctx,
        &title,
        |ui| content(ui, session, target, side),
        |ui, wanted| {
            if let Some(side) = side {
                ScrollArea::vertical()
                    .id_salt("who fires")
                    .max_height(78.0)
                    .show(ui, |ui| {
                        let task = Task::Bombard { target };
                        let title = "Guns ordered to fire there:";
                        if !deeds::guns(ui, session, title, task, side, wanted) {
                            let none = "No guns of one's own reach this hex.";
                            ui.label(RichText::new(none).color(theme::PENCIL));
                        }
                    });
            }
            ui.horizontal(|ui| {
                if gauge::button(ui, "Look there", None, "Move the map to this place.") {
                    wanted.push(Intent::LookAt(target));
                }
                if gauge::button(ui, "Close", None, "Esc.") {
                    wanted.push(Intent::Close);
                }
            });
        },
    )
}

/// Whose guns: those of the selected unit, or of whoever is not in the hex.
fn side(session: &Session, table: &Tabletop, target: Hex) -> Option<Side> {
    let of = |unit: UnitId| session.scenario().units().get(unit.0 as usize);
    let there = session.picture.stack(target).next().map(|c| c.side);
    table
        .unit
        .and_then(of)
        .map(|unit| unit.side)
        .or(there.map(Side::enemy))
        .filter(|side| session.seat().commands(*side))
}

fn content(ui: &mut Ui, session: &Session, target: Hex, side: Option<Side>) {
    let forecast = side
        .zip(session.battle())
        .and_then(|(side, battle)| battle.view(side).barrage(target, &[]));
    let Some(barrage) = forecast else {
        ui.label("No forecast.");
        return;
    };
    if barrage.batteries.is_empty() {
        ui.label("No guns are ordered to fire there, or none of them can.");
        return;
    }
    let foreseen = foresight::fire(&barrage);
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(sheet::COLUMN * 1.3);
            foreseen::lines(ui, &foreseen);
            reckoned(ui);
        });
        ui.add_space(16.0);
        if let Some(why) = &foreseen.why {
            ui.vertical(|ui| {
                ui.set_width(sheet::COLUMN);
                sheet::reasons(ui, session.scenario(), why);
            });
        }
    });
}

fn reckoned(ui: &mut Ui) {
    let about = "Runs of the rule that resolves the hours, on dice of their own; in brackets, eight \
                 runs of ten lie between. What is known of the enemy may be wrong, and men who \
                 march are hit harder.";
    ui.label(
        RichText::new("How this is reckoned")
            .small()
            .color(theme::PENCIL),
    )
    .on_hover_text(about);
}
