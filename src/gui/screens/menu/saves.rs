//! Saved battles on the start screen.

use super::{MenuModel, two_lines};
use crate::gui::{
    intent::Intent,
    screens::look,
    storage::{SaveName, Slot},
};
use bevy_egui::egui::{CollapsingHeader, RichText, Ui};

/// The battle last in hand, above the scenarios: most often it is what one comes for.
pub(super) fn latest(ui: &mut Ui, model: &MenuModel, wanted: &mut Vec<Intent>) {
    if let Some(note) = &model.note {
        look::small(ui, note);
    }
    let Some(slot) = model.slots.iter().find(|s| s.name.is_autosave()) else {
        return;
    };
    let Ok(about) = &slot.about else {
        return;
    };
    look::heading(ui, "Battle in hand");
    look::sheet().show(ui, |ui| {
        ui.set_width(ui.available_width());
        look::body(ui, &about.title);
        look::small(ui, &about.standing());
        if look::main_button(ui, "Resume", true) {
            wanted.push(Intent::Load(slot.name.to_string()));
        }
    });
    ui.add_space(8.0);
}

/// The saves by name, folded up: they are fewer people's way in than the scenarios below.
pub(super) fn older(ui: &mut Ui, model: &mut MenuModel, wanted: &mut Vec<Intent>) {
    // An autosave that says nothing of itself is listed too, so that it can be deleted.
    let listed = |s: &&Slot| !s.name.is_autosave() || s.about.is_err();
    if !model.slots.iter().any(|s| listed(&s)) {
        return;
    }
    let mut deleting = model.deleting.clone();
    let title = RichText::new(format!(
        "Saved battles ({})",
        model.slots.iter().filter(listed).count()
    ));
    CollapsingHeader::new(title.size(15.0))
        .id_salt("saved battles")
        .show_unindented(ui, |ui| {
            for slot in model.slots.iter().filter(listed) {
                entry(ui, slot, &mut deleting, wanted);
            }
        });
    ui.add_space(8.0);
    model.deleting = deleting;
}

fn entry(ui: &mut Ui, slot: &Slot, deleting: &mut Option<SaveName>, wanted: &mut Vec<Intent>) {
    let name = slot.name.as_str();
    let below = match &slot.about {
        Ok(about) => format!("{}; {}", about.title, about.standing()),
        Err(why) => why.clone(),
    };
    ui.push_id(name, |ui| {
        if two_lines(ui, false, name, &below) && slot.about.is_ok() {
            wanted.push(Intent::Load(name.to_owned()));
        }
        ui.horizontal_wrapped(|ui| {
            if deleting.as_ref() == Some(&slot.name) {
                look::small(ui, "Delete it for good?");
                if ui.button("Delete it").clicked() {
                    wanted.push(Intent::DeleteSave(name.to_owned()));
                    *deleting = None;
                }
                if ui.button("Keep it").clicked() {
                    *deleting = None;
                }
                return;
            }
            if slot.about.is_ok() && ui.button("Load").clicked() {
                wanted.push(Intent::Load(name.to_owned()));
            }
            if ui.button("Delete").clicked() {
                *deleting = Some(slot.name.clone());
            }
        });
        ui.add_space(4.0);
    });
}
