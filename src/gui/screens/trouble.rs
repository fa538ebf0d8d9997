//! What went wrong, where, and what can be done: problems of a scenario with file, line and column,
//! a save that cannot be taken up, a file that cannot be written.

use super::look;
use crate::{
    gui::{
        intent::Intent,
        storage::{LoadError, StorageError},
    },
    scenario::{Problem, Severity},
};
use bevy_egui::egui::{CentralPanel, Panel, RichText, ScrollArea, Ui};

/// Most problems listed.
const MAX_LISTED: usize = 200;

/// Most characters of detail shown.
const MAX_DETAIL: usize = 20_000;

/// What went wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trouble {
    /// In a few words.
    pub title: String,
    /// In a sentence.
    pub message: String,
    /// What can be done.
    pub remedy: String,
    /// Problems in files.
    pub problems: Vec<Problem>,
    /// Long text, for those who want to know.
    pub detail: String,
}

impl Trouble {
    /// A scenario that cannot be played.
    pub fn of_scenario(name: &str, problems: Vec<Problem>) -> Self {
        let errors = problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
            .count();
        Self {
            title: "This scenario cannot be played as it is".to_owned(),
            message: match errors {
                1 => format!("`{name}` has one error."),
                n => format!("`{name}` has {n} errors."),
            },
            remedy: "Mend the file and choose it again; `nanking check` finds the same problems."
                .to_owned(),
            problems,
            detail: String::new(),
        }
    }

    /// A save that cannot be taken up.
    pub fn of_loading(name: &str, error: &LoadError) -> Self {
        Self {
            title: format!("The saved battle \u{201c}{name}\u{201d} cannot be taken up"),
            message: error.headline(),
            remedy: error.remedy().to_owned(),
            problems: error.problems().to_vec(),
            detail: error.detail(),
        }
    }

    /// Something that cannot be read or kept.
    pub fn of_storage(error: &StorageError) -> Self {
        Self {
            title: "A file could not be read or kept".to_owned(),
            message: error.to_string(),
            remedy: error.remedy().to_owned(),
            ..Self::default()
        }
    }
}

/// The screen. It is left by going to the start screen.
pub fn show(ui: &mut Ui, trouble: &Trouble) -> Vec<Intent> {
    let mut wanted = Vec::new();
    Panel::bottom("trouble_foot")
        .frame(look::paper(24))
        .show(ui, |ui| {
            look::ink(ui);
            if look::main_button(ui, "Back to the start screen", true) {
                wanted.push(Intent::ToMenu);
            }
        });
    CentralPanel::no_frame()
        .frame(look::paper(24))
        .show(ui, |ui| {
            look::ink(ui);
            ui.label(RichText::new(&trouble.title).size(24.0));
            look::body(ui, &trouble.message);
            look::body(ui, &trouble.remedy);
            ui.add_space(8.0);
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                show_problems(ui, &trouble.problems, MAX_LISTED);
                if !trouble.detail.is_empty() {
                    look::caption(ui, "What differs");
                    let detail: String = trouble.detail.chars().take(MAX_DETAIL).collect();
                    ui.label(RichText::new(detail).monospace().size(12.5));
                }
            });
        });
    wanted
}

/// Problems, at most so many: the errors, and warnings by their number. Warnings are shown one by
/// one only where there is no error, since they would hide it.
pub(super) fn show_problems(ui: &mut Ui, problems: &[Problem], most: usize) {
    let of = |severity: Severity| problems.iter().filter(move |p| p.severity == severity);
    let (errors, warnings) = (of(Severity::Error).count(), of(Severity::Warning).count());
    let (shown, count, folded) = if errors > 0 {
        (Severity::Error, errors, warnings)
    } else {
        (Severity::Warning, warnings, 0)
    };
    for problem in of(shown).take(most) {
        show_problem(ui, problem);
    }
    if count > most {
        look::small(ui, &format!("and {} more", count - most));
    }
    match folded {
        0 => {}
        1 => look::small(ui, "and 1 warning, not shown"),
        n => look::small(ui, &format!("and {n} warnings, not shown")),
    }
}

fn show_problem(ui: &mut Ui, problem: &Problem) {
    look::sheet().show(ui, |ui| {
        ui.set_width(ui.available_width());
        let place = format!(
            "{}:{}:{}   {}",
            problem.file, problem.line, problem.column, problem.severity
        );
        ui.label(RichText::new(place).monospace().size(13.0));
        look::body(ui, &problem.message);
        if !problem.help.is_empty() {
            look::small(ui, &problem.help);
        }
    });
}
