//! After the battle: the military outcome beside history, the human cost of both sides in every
//! bin, what the battle meant for the war, and then the epilogue, which must be opened to leave.
//!
//! Nobody is called the winner, nothing is scored, and the victims of the massacre are in no number
//! here.

use super::{look, reading};
use crate::{
    battle::{Battle, Bin, Strength},
    gui::{intent::Intent, panels::words, session::Session},
    report::{self, Comparison},
    scenario::{Scenario, Side},
};
use bevy::prelude::Resource;
use bevy_egui::egui::{Align, CentralPanel, Panel, RichText, ScrollArea, Ui, vec2};

/// What the numbers of the human cost are not.
const NOT_COUNTED: &str = "These are soldiers, as far as the simulation goes. What happened to men \
    after they were captured or hid in the city is not simulated. None of these numbers contains \
    victims of the Nanking Massacre";

/// The same where there is no city in the battle.
const NOT_COUNTED_IN_THE_FIELD: &str = "These are soldiers, as far as the simulation goes. What \
    happened to men after they were captured is not simulated. None of these numbers contains \
    victims of the Nanking Massacre";

/// The result of a battle, ready to be shown.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct ResultModel {
    /// Title of the scenario.
    pub title: String,
    /// How and when the battle ended, in sentences.
    pub ended: String,
    /// What was switched against the scenario.
    pub switches: Vec<String>,
    /// Levels of the computer's commanders, as sentences.
    pub commanded: String,
    /// Sides in the usual order.
    pub sides: [SideResult; 2],
    /// Figures of history beside the simulated ones.
    pub figures: Vec<Figure>,
    /// Is this the historical battle for the city? Then there is something to say on the war.
    pub historical: bool,
    /// The city and each side beside history, the ways out, and the war; where there is a city.
    pub outcome: Option<report::Outcome>,
    /// What followed. Until it has been opened, the screen cannot be left.
    pub epilogue: Option<String>,
    /// What the saving of the record came to, in a sentence.
    pub note: Option<String>,
    reading: bool,
}

/// A side after the battle.
#[derive(Clone, Debug, PartialEq)]
pub struct SideResult {
    /// Its name.
    pub name: String,
    /// Which strength estimate was in force.
    pub strength: String,
    /// Its men in every bin.
    pub men: Strength,
}

/// A figure of history beside the simulated one, in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it is.
    pub text: String,
    /// In history.
    pub historical: String,
    /// What is held plausible, from and to.
    pub interval: (String, String),
    /// In the simulation.
    pub simulated: String,
    /// How they compare.
    pub word: &'static str,
    /// Where the historical figure comes from.
    pub source: String,
}

impl ResultModel {
    /// The result of a battle, over or broken off.
    pub fn of(battle: &Battle) -> Self {
        let scenario = battle.scenario();
        let figures = report::compare(scenario, battle);
        Self {
            title: scenario.file().title.clone(),
            ended: format!(
                "{} It is {}, after {} turns of {}.",
                report::ending(scenario, battle.end()),
                scenario.calendar().text(battle.hour()),
                battle.turn().0.saturating_sub(1),
                scenario.turns()
            ),
            switches: report::switches(scenario),
            commanded: String::new(),
            sides: Side::ALL.map(|side| SideResult {
                name: report::named(scenario, side),
                strength: estimate(scenario, side),
                men: battle.men(side),
            }),
            figures: figures.iter().map(|c| Figure::of(scenario, c)).collect(),
            historical: scenario.city().is_some(),
            outcome: report::outcome(battle),
            epilogue: report::epilogue::epilogue(scenario),
            note: None,
            reading: false,
        }
    }

    /// With the levels of the computer's commanders.
    #[must_use]
    pub fn commanded(mut self, session: &Session) -> Self {
        let computers = Side::ALL
            .into_iter()
            .filter(|side| !session.seat().commands(*side))
            .map(|side| report::at_level(side, session.levels()[side.index()]));
        let computers: Vec<String> = computers.collect();
        if !computers.is_empty() {
            self.commanded = format!("The computer's level: {}.", computers.join("; "));
        }
        self
    }
}

fn estimate(scenario: &Scenario, side: Side) -> String {
    let id = scenario.strength(side);
    let strengths = &scenario.side_file(side).strengths;
    strengths
        .iter()
        .find(|s| s.id == id)
        .map_or_else(|| id.to_owned(), |s| s.name.clone())
}

impl Figure {
    fn of(scenario: &Scenario, c: &Comparison<'_>) -> Self {
        Self {
            text: c.figure.text.clone(),
            historical: c.in_history(scenario),
            interval: (
                c.show(scenario, c.figure.low),
                c.show(scenario, c.figure.high),
            ),
            simulated: c
                .simulated
                .map_or_else(|| "\u{2013}".to_owned(), |value| c.show(scenario, value)),
            word: c.word.text(),
            source: c.figure.source.clone(),
        }
    }
}

/// The screen.
pub fn show(ui: &mut Ui, model: &mut ResultModel) -> Vec<Intent> {
    match model.epilogue.clone() {
        Some(text) if model.reading => epilogue(ui, &text),
        _ => outcome(ui, model),
    }
}

fn epilogue(ui: &mut Ui, text: &str) -> Vec<Intent> {
    let mut read = false;
    reading::page(ui, "epilogue", &[text], |ui| {
        read = look::main_button(ui, "I have read this", true);
    });
    if read {
        vec![Intent::EpilogueRead, Intent::ToMenu]
    } else {
        Vec::new()
    }
}

fn outcome(ui: &mut Ui, model: &mut ResultModel) -> Vec<Intent> {
    let mut wanted = Vec::new();
    // Two columns need about twelve hundred points; below that the right one keeps its width and
    // the left one gives way.
    let right = if ui.available_width() < 1_400.0 {
        452.0
    } else {
        540.0
    };
    Panel::top("result_head")
        .frame(look::paper(16))
        .show(ui, |ui| {
            look::ink(ui);
            look::title(ui, &model.title);
            look::body(ui, &model.ended);
            if !model.switches.is_empty() {
                let text = format!(
                    "Played with {}; it can be set beside history with that in mind only.",
                    model.switches.join(", ")
                );
                look::body(ui, &text);
            }
            if !model.commanded.is_empty() {
                look::small(ui, &model.commanded);
            }
        });
    Panel::bottom("result_foot")
        .frame(look::paper(16))
        .show(ui, |ui| {
            look::ink(ui);
            ui.horizontal(|ui| foot(ui, model, &mut wanted));
        });
    if model.figures.is_empty() {
        // Nothing to set it beside: the cost has the page, no wider than it can be read.
        CentralPanel::no_frame()
            .frame(look::paper(16))
            .show(ui, |ui| {
                look::ink(ui);
                ui.set_max_width(ui.available_width().min(COST_ALONE));
                cost_column(ui, model);
            });
        return wanted;
    }
    Panel::right("result_cost")
        .frame(look::paper(16))
        .resizable(false)
        .exact_size(right)
        .show(ui, |ui| {
            look::ink(ui);
            cost_column(ui, model);
        });
    CentralPanel::no_frame()
        .frame(look::paper(16))
        .show(ui, |ui| {
            look::ink(ui);
            ScrollArea::vertical()
                .id_salt("result_history")
                .auto_shrink(false)
                .show(ui, |ui| {
                    if let Some(outcome) = &model.outcome {
                        military(ui, outcome);
                        ui.add_space(14.0);
                    }
                    history(ui, &model.figures);
                });
        });
    wanted
}

fn cost_column(ui: &mut Ui, model: &ResultModel) {
    ScrollArea::vertical()
        .id_salt("result_cost")
        .auto_shrink(false)
        .show(ui, |ui| {
            if let Some(outcome) = model.outcome.as_ref().filter(|_| model.figures.is_empty()) {
                military(ui, outcome);
                ui.add_space(10.0);
            }
            cost(ui, model);
            if let Some(outcome) = &model.outcome {
                ui.add_space(10.0);
                look::heading(ui, "What it meant for the war");
                look::body(ui, outcome.strategic);
            }
            ui.add_space(10.0);
            look::caption(ui, "Strength estimates in force");
            for side in &model.sides {
                look::small(ui, &format!("{}: {}.", side.name, side.strength));
            }
        });
}

/// The city and each side beside history, in plain words, and the ways out as a fact.
fn military(ui: &mut Ui, outcome: &report::Outcome) {
    look::heading(ui, "Outcome");
    ui.spacing_mut().item_spacing = vec2(GAP, 3.0);
    let columns = Columns::of(ui);
    columns.heads(ui);
    for line in &outcome.city {
        columns.fact(ui, line);
    }
    for (side, facts) in &outcome.sides {
        look::rule(ui);
        look::caption(ui, side);
        for line in facts {
            columns.fact(ui, line);
        }
    }
    look::rule(ui);
    look::body(ui, &outcome.encirclement);
}

/// Widths of a table of facts: what, history, simulation, compared.
struct Columns {
    first: f32,
    numbers: [f32; 3],
}

impl Columns {
    fn of(ui: &Ui) -> Self {
        let numbers = [148.0, 148.0, 104.0];
        // The scroll bar floats over the last column unless it is left some room.
        let taken = numbers.iter().sum::<f32>() + GAP * 3.0 + 14.0;
        let first = (ui.available_width() - taken).max(140.0);
        Self { first, numbers }
    }

    fn heads(&self, ui: &mut Ui) {
        let [historical, simulated, word] = self.numbers;
        ui.horizontal_top(|ui| {
            look::cell(ui, self.first, Align::Min, |_| {});
            look::cell(ui, historical, Align::Max, |ui| {
                look::caption(ui, "History");
            });
            look::cell(ui, simulated, Align::Max, |ui| {
                look::caption(ui, "Simulation");
            });
            look::cell(ui, word, Align::Min, |ui| look::caption(ui, "Compared"));
        });
    }

    fn row(
        &self,
        ui: &mut Ui,
        what: impl FnOnce(&mut Ui),
        [historical, simulated, word]: [&str; 3],
    ) {
        look::rule(ui);
        let [first, second, third] = self.numbers;
        ui.horizontal_top(|ui| {
            look::cell(ui, self.first, Align::Min, what);
            look::cell(ui, first, Align::Max, |ui| look::body(ui, historical));
            look::cell(ui, second, Align::Max, |ui| look::body(ui, simulated));
            look::cell(ui, third, Align::Min, |ui| look::body(ui, word));
        });
    }

    /// A fact; what is held plausible of it stands small under it, as with the other figures.
    fn fact(&self, ui: &mut Ui, line: &report::outcome::Line) {
        let historical = line.historical.as_deref().unwrap_or("\u{2013}");
        let (value, plausible) = match historical.split_once(" (") {
            Some((value, rest)) => (value, Some(rest.trim_end_matches(')'))),
            None => (historical, None),
        };
        let word = line.word.map_or("", report::Word::text);
        let what = |ui: &mut Ui| {
            look::body(ui, &line.text);
            if let Some(plausible) = plausible {
                look::small(ui, &words::capital(plausible));
            }
        };
        self.row(ui, what, [value, &line.simulated, word]);
    }
}

fn foot(ui: &mut Ui, model: &mut ResultModel, wanted: &mut Vec<Intent>) {
    if model.epilogue.is_some() {
        model.reading |= look::main_button(ui, "Read what followed", true);
    } else if look::main_button(ui, "Back to the start screen", true) {
        wanted.push(Intent::ToMenu);
    }
    if look::other_button(ui, "Save the record") {
        wanted.push(Intent::Save);
    }
    if let Some(note) = &model.note {
        look::small(ui, note);
    } else if model.epilogue.is_some() {
        look::small(
            ui,
            "The way back leads through what followed the battle in history.",
        );
    }
}

/// Widest column of the human cost where it stands alone.
const COST_ALONE: f32 = 760.0;

/// Space between columns of a table.
const GAP: f32 = 10.0;

fn history(ui: &mut Ui, figures: &[Figure]) {
    look::heading(ui, "Beside history");
    ui.spacing_mut().item_spacing = vec2(GAP, 3.0);
    let columns = Columns::of(ui);
    columns.heads(ui);
    for figure in figures {
        let what = |ui: &mut Ui| {
            look::body(ui, &figure.text);
            let (low, high) = &figure.interval;
            look::small(
                ui,
                &format!("Plausible {low} to {high} ({})", figure.source),
            );
        };
        let cells = [
            figure.historical.as_str(),
            figure.simulated.as_str(),
            figure.word,
        ];
        columns.row(ui, what, cells);
    }
    look::rule(ui);
    look::small(
        ui,
        "\u{201c}As in history\u{201d}: within the interval held plausible. Short names of sources \
         are explained under the briefing on the start screen.",
    );
}

fn cost(ui: &mut Ui, model: &ResultModel) {
    let sides = &model.sides;
    look::heading(ui, "What it cost");
    ui.spacing_mut().item_spacing = vec2(GAP, 3.0);
    let column = 118.0;
    let first = (ui.available_width() - 2.0 * (column + GAP) - 14.0).max(120.0);
    ui.horizontal_top(|ui| {
        look::cell(ui, first, Align::Min, |_| {});
        for side in sides {
            look::cell(ui, column, Align::Max, |ui| look::caption(ui, &side.name));
        }
    });
    let mut row = |name: &str, men: &dyn Fn(&Strength) -> u32, strong: bool| {
        look::rule(ui);
        ui.horizontal_top(|ui| {
            let text = |t: String| {
                let text = RichText::new(t).size(15.0);
                if strong { text.strong() } else { text }
            };
            look::cell(ui, first, Align::Min, |ui| ui.label(text(name.to_owned())));
            for side in sides {
                look::cell(ui, column, Align::Max, |ui| {
                    ui.label(text(report::grouped(men(&side.men))))
                });
            }
        });
    };
    row("Men in all", &Strength::total, true);
    for bin in Bin::ALL.into_iter().filter(|bin| has_row(model, *bin)) {
        row(meaning(bin), &|men| men.men(bin), false);
    }
    look::rule(ui);
    let about = if model.historical {
        NOT_COUNTED
    } else {
        NOT_COUNTED_IN_THE_FIELD
    };
    let told = if model.epilogue.is_some() {
        "; it is told on the next page."
    } else {
        "."
    };
    look::small(ui, &format!("{about}{told}"));
}

/// Is a bin listed? Where there is no city to fall, what only happens there is left out while it
/// is empty.
fn has_row(model: &ResultModel, bin: Bin) -> bool {
    let of_the_city = matches!(bin, Bin::Hidden | Bin::OwnSideShot | Bin::Crowd);
    model.historical || !of_the_city || model.sides.iter().any(|s| s.men.men(bin) > 0)
}

/// A bin in words.
fn meaning(bin: Bin) -> &'static str {
    match bin {
        Bin::NotArrived => "Still to come",
        Bin::Formed => "Formed, in order",
        Bin::Disordered => "In disorder",
        Bin::Crowd => "In a crowd, without a unit",
        Bin::Killed => "Killed in action",
        Bin::OwnSideShot => "Shot by their own side",
        Bin::Drowned => "Drowned",
        Bin::Wounded => "Wounded",
        Bin::Captured => "Captured or missing",
        Bin::Escaped => "Got away",
        Bin::Hidden => "In the city, out of uniform",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{battle::Randomness, scenario::Options, shelf::Shelf};
    use std::sync::Arc;

    fn result(name: &str) -> ResultModel {
        let scenario = Scenario::load(&Shelf::embedded(), name, &Options::default()).unwrap();
        ResultModel::of(&Battle::new(Arc::new(scenario), 7, Randomness::Sampled))
    }

    #[test]
    fn bins_of_the_city_are_listed_only_where_there_is_one() {
        let lesson = result("lessons/crossroads.ron");
        let campaign = result("nanking_1937.ron");
        for bin in Bin::ALL {
            let of_the_city = matches!(bin, Bin::Hidden | Bin::OwnSideShot | Bin::Crowd);
            assert!(has_row(&campaign, bin));
            assert_eq!(has_row(&lesson, bin), !of_the_city);
        }
    }
}
