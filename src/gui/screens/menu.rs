//! The start screen: scenario with briefing and sources, seat, strength estimates, seed; saved
//! battles; what the program shows and what it does not, and the background to read.
//!
//! Choices are kept in [`MenuModel`] until the battle is begun. Estimates of strength stand side by
//! side with equal rank; no side is recommended.

mod choices;
mod saves;
mod words;

use super::{
    listing::{Draft, Listing},
    look, reading, trouble,
};
use crate::{
    commander::Level,
    gui::{
        intent::{BeginBattle, Intent},
        session::Seat,
        storage::{SaveName, Settings, Slot},
    },
    scenario::{Options, Problem, Severity, Side},
};
use bevy::prelude::Resource;
use bevy_egui::egui::{
    Align, Button, CentralPanel, Key, Layout, Modifiers, Panel, RichText, ScrollArea, TextFormat,
    Ui, text::LayoutJob,
};

/// Seed of the first battle, unless the person or the command line gives another.
pub const FIRST_SEED: u64 = 1937;

/// What the start screen shows and what has been chosen on it.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct MenuModel {
    /// Scenarios to choose from.
    pub listings: Vec<Listing>,
    /// Saved battles, newest first.
    pub slots: Vec<Slot>,
    /// What is wrong with the storage, or what has just been done, in a sentence.
    pub note: Option<String>,
    /// What the person has set for good; the app keeps it when it has changed.
    pub settings: Settings,
    /// Who will sit at the window.
    pub seat: Seat,
    chosen: usize,
    strength: [usize; 2],
    /// Orders to formations arrive at once.
    simplified_command: bool,
    /// Handicap of each side, per cent.
    handicap: [i8; 2],
    /// Levels of the computer's commanders.
    levels: [Level; 2],
    /// The scenario's events take part in the battle.
    events: bool,
    seed: String,
    page: Page,
    deleting: Option<SaveName>,
}

/// What fills the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Front,
    /// The background; afterwards the battle begins, if that was asked for.
    Background {
        begin_after: bool,
    },
    /// What the program shows and what it does not.
    About,
}

impl MenuModel {
    /// A start screen on which nothing has been chosen yet.
    pub fn new(listings: Vec<Listing>, slots: Vec<Slot>, settings: Settings) -> Self {
        let mut model = Self {
            levels: settings.levels,
            listings,
            slots,
            note: None,
            settings,
            seat: Seat::Side(Side::China),
            chosen: 0,
            strength: [0; 2],
            simplified_command: false,
            handicap: [0; 2],
            events: true,
            seed: FIRST_SEED.to_string(),
            page: Page::Front,
            deleting: None,
        };
        model.choose(0);
        model
    }

    /// Chooses a scenario by its place in the list.
    pub fn choose(&mut self, index: usize) {
        if index < self.listings.len() {
            self.chosen = index;
        }
        let opens = self.draft().map(|d| [0, 1].map(|i| opens_with(d, i)));
        self.strength = opens.unwrap_or_default();
    }

    /// Chooses a scenario by its name, with or without its ending. False if there is none.
    pub fn choose_by_name(&mut self, name: &str) -> bool {
        let bare = |n: &str| n.trim_end_matches(".ron").to_owned();
        let below = format!("/{}", bare(name));
        let position =
            |is: &dyn Fn(&str) -> bool| self.listings.iter().position(|l| is(&bare(&l.name)));
        // The name itself goes before the same name in a folder.
        let found = position(&|n| n == bare(name)).or_else(|| position(&|n| n.ends_with(&below)));
        if let Some(index) = found {
            self.choose(index);
        }
        found.is_some()
    }

    /// Opens with what was chosen on the command line. The estimates of strength that the scenario
    /// does not have.
    pub fn preset(&mut self, options: &Options) -> Vec<String> {
        self.simplified_command = options.simplified_command;
        self.handicap = options.handicap;
        self.events = !options.no_events;
        let mut unknown = Vec::new();
        for side in Side::ALL {
            let Some(id) = &options.strength[side.index()] else {
                continue;
            };
            let of = self.draft().map(|d| d.side(side));
            let found = of.and_then(|s| s.strengths.iter().position(|e| e.id == *id));
            match found {
                Some(index) => self.strength[side.index()] = index,
                None => unknown.push(id.clone()),
            }
        }
        unknown
    }

    /// Opens with levels that were chosen on the command line.
    pub fn preset_levels(&mut self, levels: &[(Side, Level)]) {
        for (side, level) in levels {
            self.levels[side.index()] = *level;
        }
    }

    /// Chooses the seed.
    pub fn set_seed(&mut self, seed: u64) {
        self.seed = seed.to_string();
    }

    /// The seed, if a number stands in its field.
    pub fn seed(&self) -> Option<u64> {
        self.seed.trim().parse().ok()
    }

    /// Back to the front page, nothing asked.
    pub fn to_front(&mut self) {
        self.page = Page::Front;
        self.deleting = None;
    }

    /// The battle that would be begun; none while something is missing.
    pub fn battle(&self) -> Option<BeginBattle> {
        let listing = self.listings.get(self.chosen)?;
        let draft = listing.draft.as_ref().ok()?;
        let estimate = |side: Side| {
            let chosen = *self.strength.get(side.index())?;
            draft.side(side).strengths.get(chosen).map(|s| s.id.clone())
        };
        Some(BeginBattle {
            scenario: listing.name.clone(),
            seat: self.seat,
            options: Options {
                strength: Side::ALL.map(estimate),
                no_events: !self.events,
                simplified_command: self.simplified_command,
                handicap: self.handicap,
            },
            seed: self.seed()?,
            levels: self.levels,
        })
    }

    fn draft(&self) -> Option<&Draft> {
        self.listings.get(self.chosen)?.draft.as_deref().ok()
    }

    /// What the start button asks for: the battle, or first the background.
    fn start(&mut self) -> Option<Intent> {
        let battle = self.battle()?;
        let historical = self.listings.get(self.chosen).is_some_and(|l| !l.lesson);
        if historical && self.settings.background_first && !self.settings.background_read {
            self.page = Page::Background { begin_after: true };
            return None;
        }
        Some(Intent::Begin(battle))
    }
}

fn opens_with(draft: &Draft, side: usize) -> usize {
    draft.sides.get(side).map_or(0, |s| s.opens_with)
}

/// The screen.
pub fn show(ui: &mut Ui, model: &mut MenuModel) -> Vec<Intent> {
    match model.page {
        Page::Front => front(ui, model),
        Page::Background { begin_after } => background(ui, model, begin_after),
        Page::About => about(ui, model),
    }
}

fn background(ui: &mut Ui, model: &mut MenuModel, begin_after: bool) -> Vec<Intent> {
    let briefing = model.draft().map(|d| d.briefing.clone());
    let texts = [
        words::BACKGROUND,
        "This battle",
        briefing.as_deref().unwrap_or(""),
    ];
    let mut begin = false;
    let mut back = ui.input(|i| i.key_pressed(Key::Escape));
    reading::page(ui, "background", &texts, |ui| {
        if begin_after {
            begin = look::main_button(ui, "Begin the battle", true);
        }
        back |= look::other_button(ui, "Back");
    });
    if begin || back {
        model.settings.background_read = true;
        model.page = Page::Front;
    }
    match model.battle() {
        Some(battle) if begin => vec![Intent::Begin(battle)],
        _ => Vec::new(),
    }
}

fn about(ui: &mut Ui, model: &mut MenuModel) -> Vec<Intent> {
    let mut back = ui.input(|i| i.key_pressed(Key::Escape));
    reading::page(ui, "about", &[words::ABOUT], |ui| {
        back |= look::main_button(ui, "Back", true);
    });
    if back {
        model.page = Page::Front;
    }
    Vec::new()
}

fn front(ui: &mut Ui, model: &mut MenuModel) -> Vec<Intent> {
    let mut wanted = Vec::new();
    // Enter starts, unless it is meant for a field or a button that has the focus.
    let free = ui.memory(|m| m.focused().is_none()) && model.deleting.is_none();
    if free && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) {
        wanted.extend(model.start());
    }
    // Narrow windows give the room to the briefing.
    let side = if ui.available_width() < 1_400.0 {
        (268.0, 388.0)
    } else {
        (330.0, 430.0)
    };
    Panel::top("menu_head")
        .frame(look::paper(16))
        .show(ui, |ui| {
            look::ink(ui);
            ui.horizontal(|ui| {
                look::title(ui, "Nanking 1937");
                ui.add_space(12.0);
                look::body(ui, words::SUBTITLE);
            });
        });
    Panel::bottom("menu_foot")
        .frame(look::paper(16))
        .show(ui, |ui| {
            look::ink(ui);
            foot(ui, model, &mut wanted);
        });
    Panel::left("menu_scenarios")
        .frame(look::paper(16))
        .resizable(false)
        .exact_size(side.0)
        .show(ui, |ui| {
            look::ink(ui);
            ScrollArea::vertical()
                .id_salt("menu_scenarios")
                .auto_shrink(false)
                .show(ui, |ui| {
                    saves::latest(ui, model, &mut wanted);
                    saves::older(ui, model, &mut wanted);
                    scenarios(ui, model);
                });
        });
    Panel::right("menu_choices")
        .frame(look::paper(16))
        .resizable(false)
        .exact_size(side.1)
        .show(ui, |ui| {
            look::ink(ui);
            choices::show(ui, model, &mut wanted);
        });
    CentralPanel::no_frame()
        .frame(look::paper(16))
        .show(ui, |ui| {
            look::ink(ui);
            briefing(ui, model);
        });
    wanted
}

fn foot(ui: &mut Ui, model: &mut MenuModel, wanted: &mut Vec<Intent>) {
    let buttons = 350.0;
    ui.horizontal_top(|ui| {
        let room = (ui.available_width() - buttons - 24.0).max(120.0);
        look::cell(ui, room, Align::Min, |ui| look::body(ui, words::NOTE));
        ui.add_space(16.0);
        look::cell(ui, buttons, Align::Min, |ui| {
            ui.horizontal(|ui| {
                if look::other_button(ui, "What it shows, and what not") {
                    model.page = Page::About;
                }
                if look::other_button(ui, "Quit") {
                    wanted.push(Intent::Quit);
                }
            });
        });
    });
}

fn scenarios(ui: &mut Ui, model: &mut MenuModel) {
    if model.listings.is_empty() {
        look::heading(ui, "Scenarios");
        look::body(ui, "No scenario was found.");
        return;
    }
    let mut chosen = None;
    for (lessons, title) in [(false, "Scenarios"), (true, "Lessons")] {
        let of_kind = |l: &Listing| l.lesson == lessons;
        if !model.listings.iter().any(of_kind) {
            continue;
        }
        look::heading(ui, title);
        for (i, listing) in model.listings.iter().enumerate() {
            let same = |l: &&Listing| l.title() == listing.title();
            let alone = model.listings.iter().filter(same).count() < 2;
            if of_kind(listing) && row(ui, i == model.chosen, listing, alone) {
                chosen = Some(i);
            }
        }
        ui.add_space(8.0);
    }
    if let Some(index) = chosen {
        model.choose(index);
    }
}

/// `alone`: no other scenario has its title.
fn row(ui: &mut Ui, chosen: bool, listing: &Listing, alone: bool) -> bool {
    let mut below = match &listing.draft {
        Ok(d) => format!("{} units, up to {} turns of 4 hours", d.units, d.turns),
        Err(problems) => {
            let error = |p: &&Problem| p.severity == Severity::Error;
            match problems.iter().filter(error).count() {
                1 => "cannot be played: one error".to_owned(),
                n => format!("cannot be played: {n} errors"),
            }
        }
    };
    if !alone {
        below = format!("{}; {below}", listing.name);
    }
    two_lines(ui, chosen, listing.title(), &below)
}

/// A button as wide as its column, with a title and a line below. True when clicked.
fn two_lines(ui: &mut Ui, chosen: bool, title: &str, below: &str) -> bool {
    let mut job = LayoutJob::default();
    let font = |size| TextFormat {
        font_id: bevy_egui::egui::FontId::proportional(size),
        color: look::INK,
        ..TextFormat::default()
    };
    job.append(title, 0.0, font(15.0));
    job.append("\n", 0.0, font(15.0));
    let faint = TextFormat {
        color: look::FAINT,
        ..font(12.5)
    };
    job.append(below, 0.0, faint);
    let fill = if chosen { look::CHOSEN } else { look::SHEET };
    let mark = if chosen { look::INK } else { look::LINE };
    ui.with_layout(Layout::top_down_justified(Align::LEFT), |ui| {
        ui.spacing_mut().button_padding = bevy_egui::egui::vec2(10.0, 6.0);
        let button = Button::selectable(chosen, job)
            .wrap()
            .frame_when_inactive(true)
            .fill(fill)
            .stroke((1.0, mark));
        ui.add(button).clicked()
    })
    .inner
}

fn briefing(ui: &mut Ui, model: &mut MenuModel) {
    let Some(listing) = model.listings.get(model.chosen) else {
        return;
    };
    let mut read = false;
    ScrollArea::vertical()
        .id_salt(("menu_briefing", model.chosen))
        .auto_shrink(false)
        .show(ui, |ui| match &listing.draft {
            Ok(draft) => {
                ui.label(RichText::new(&draft.title).size(22.0));
                look::small(ui, &format!("From {}, local time", when(&draft.start)));
                ui.add_space(4.0);
                look::running_text(ui, &draft.briefing, 15.0);
                if !listing.lesson {
                    read = look::other_button(ui, "Read the background");
                    ui.add_space(8.0);
                }
                look::heading(ui, "Sources");
                look::small(ui, "The short names are those used beside figures.");
                for (id, text) in &draft.works {
                    look::small(ui, &format!("{id}: {text}"));
                }
            }
            Err(problems) => {
                ui.label(RichText::new(&listing.name).size(22.0));
                look::body(ui, "This file cannot be played as it is.");
                trouble::show_problems(ui, problems, 50);
            }
        });
    if read {
        model.page = Page::Background { begin_after: false };
    }
}

/// A file's time for people: `5 Dec 1937, 05:00`; as written if it is none.
fn when(start: &str) -> String {
    crate::scenario::Calendar::parse(start).map_or_else(
        || start.to_owned(),
        |time| time.strftime("%-d %b %Y, %H:%M").to_string(),
    )
}
