//! The question before a turn is ended while formations stand idle.

use super::gauge;
use crate::gui::{
    clockwork::idle_formations, intent::Intent, session::Session, tabletop::Tabletop, theme::Mark,
};
use bevy_egui::egui::{Button, Context, Id, Modal, RichText, ScrollArea};

/// Shows the question, if it is asked.
pub fn show(ctx: &Context, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    if !table.confirming_end {
        return wanted;
    }
    Modal::new(Id::new("before the turn ends")).show(ctx, |ui| {
        ui.set_width(460.0);
        ui.heading("Formations without orders");
        ui.label(
            "Units of these formations hold their place and have no order for the coming turn. \
             Click on one to look at it first.",
        );
        let idle = idle_formations(session);
        ScrollArea::vertical()
            .id_salt("idle formations")
            .max_height(260.0)
            .show(ui, |ui| {
                ui.set_min_width(440.0);
                for (id, count) in idle {
                    let Some(formation) = session.scenario().formations().get(id.0 as usize) else {
                        continue;
                    };
                    let units = if count == 1 { "unit" } else { "units" };
                    ui.horizontal(|ui| {
                        Mark::Of(formation.side).show(ui);
                        let text = format!("{}: {count} {units}", formation.name);
                        if ui.add(Button::selectable(false, text).truncate()).clicked() {
                            wanted.push(Intent::Close);
                            wanted.push(Intent::SelectFormation(id));
                        }
                    });
                }
            });
        ui.separator();
        ui.horizontal(|ui| {
            if gauge::button(
                ui,
                "Let the staff order them",
                None,
                "The computer writes orders for all units that are not taken over by hand; then the turn is \
                 ended.",
            ) {
                wanted.push(Intent::Delegate(true));
                wanted.push(Intent::EndTurn { confirmed: true });
            }
            if gauge::button(
                ui,
                "End turn anyway",
                None,
                "Enter. They go on as they are: hold, and dig in.",
            ) {
                wanted.push(Intent::EndTurn { confirmed: true });
            }
            if gauge::button(ui, "Go back", None, "Esc.") {
                wanted.push(Intent::Close);
            }
        });
        let mut staff = table.staff_at_end;
        let text = RichText::new("let the staff order them at every end of turn");
        if ui.checkbox(&mut staff, text).clicked() {
            wanted.push(Intent::StaffAtEnd(staff));
        }
        let mut never = table.never_ask;
        if ui
            .checkbox(&mut never, RichText::new("do not ask again"))
            .clicked()
        {
            wanted.push(Intent::NeverAsk(never));
        }
    });
    wanted
}
