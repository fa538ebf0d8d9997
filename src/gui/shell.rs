//! The window's whole behaviour, frame by frame, without a window: what is shown, what keys and
//! clicks ask for, and carrying it out. Bevy hands in an egui `Ui`, the time that has passed, the
//! tabletop and the camera; a test hands in the same without any display.

mod keys;
mod map;
mod saving;
#[cfg(test)]
mod tests;
mod work;

use super::{
    Opening, Screen,
    board::camera::BoardCamera,
    clockwork,
    intent::Intent,
    panels,
    playback::Playback,
    screens::{self, menu::MenuModel, result::ResultModel, trouble::Trouble},
    session::Session,
    storage::{self, SaveName, Settings, Storage},
    tabletop::Tabletop,
};
use crate::{battle::route::Pathfinder, scenario::Scenario, shelf::Shelf};
use bevy::prelude::Resource;
use bevy_egui::egui::{self, Panel, Ui};
use saving::Saving;
use std::sync::Arc;
use work::Work;

/// The scenario whose collection is listed, unless another is asked for.
const HISTORICAL: &str = "nanking_1937";

/// What the window is doing.
#[derive(Resource)]
pub struct Shell {
    screen: Screen,
    menu: MenuModel,
    session: Option<Session>,
    finder: Pathfinder,
    storage: Arc<dyn Storage>,
    work: Option<Work>,
    saving: Saving,
    trouble: Option<Trouble>,
    result: Option<ResultModel>,
    settings: Settings,
    shelf: Shelf,
    quit: bool,
    /// Saves have been written since they were listed.
    stale_slots: bool,
}

impl Shell {
    /// A window that has just been opened.
    pub fn new(opening: &Opening, storage: Arc<dyn Storage>) -> Self {
        let (settings, note) = match storage.read_settings() {
            Ok(text) => (
                text.map_or_else(Settings::default, |t| Settings::parse(&t)),
                None,
            ),
            Err(error) => (Settings::default(), Some(error.to_string())),
        };
        // The collection in which the scenario asked for stands, else the historical one: on disk in
        // the source tree, or embedded.
        let asked = opening.scenario.as_deref().map(Shelf::find);
        let (shelf, named) = match asked {
            Some(Ok((shelf, name))) => (shelf, Some(name)),
            _ => Shelf::find(HISTORICAL)
                .map_or_else(|_| (Shelf::embedded(), None), |(shelf, _)| (shelf, None)),
        };
        let mut menu = MenuModel::new(
            screens::listing::list(&shelf),
            storage::slots(storage.as_ref()).unwrap_or_default(),
            settings.clone(),
        );
        menu.note = note;
        if let Some(seat) = opening.seat {
            menu.seat = seat;
        }
        if let Some(seed) = opening.seed {
            menu.set_seed(seed);
        }
        let mut shell = Self {
            screen: Screen::Menu,
            menu,
            session: None,
            finder: Pathfinder::default(),
            storage,
            work: None,
            saving: Saving::default(),
            trouble: None,
            result: None,
            settings,
            shelf,
            quit: false,
            stale_slots: false,
        };
        shell.menu.preset(&opening.options);
        shell.menu.preset_levels(&opening.levels);
        if let Some(asked) = &opening.scenario {
            let found = named.is_some_and(|name| shell.menu.choose_by_name(&name));
            let unknown = shell.menu.preset(&opening.options);
            if let Some(id) = unknown.first() {
                shell.menu.note = Some(format!("There is no estimate `{id}` of strength here."));
            } else if !found {
                shell.menu.note = Some(format!("There is no scenario `{asked}` here."));
            } else if let (Some(_), Some(battle)) = (opening.seat, shell.menu.battle()) {
                shell.work = Some(Work::begin(battle, &shell.shelf));
            }
        }
        shell
    }

    /// Which screen is up.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Is a battle being loaded?
    pub fn is_loading(&self) -> bool {
        self.work.is_some()
    }

    /// The battle in hand.
    pub fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// The scenario whose ground is to be drawn.
    pub fn board(&self) -> Option<&Arc<Scenario>> {
        (self.screen == Screen::Battle)
            .then(|| self.session.as_ref().map(Session::scenario))
            .flatten()
    }

    /// Has the person asked to leave?
    pub fn wants_to_quit(&self) -> bool {
        self.quit && self.saving.idle()
    }

    /// Does something move by itself, so that frames are needed without input?
    pub fn is_moving(&self, table: &Tabletop) -> bool {
        self.work.is_some()
            || !self.saving.idle()
            || self.session.as_ref().is_some_and(Session::busy)
            || table.playback.as_ref().is_some_and(|p| !p.paused())
    }

    /// One frame: `seconds` have passed since the last.
    pub fn frame(
        &mut self,
        ui: &mut Ui,
        seconds: f64,
        table: &mut Tabletop,
        camera: &mut BoardCamera,
    ) {
        self.advance(seconds, table, camera);
        let mut wanted = Vec::new();
        if let Some(trouble) = &self.trouble {
            wanted.extend(screens::trouble::show(ui, trouble));
        } else if let Some(work) = &self.work {
            wanted.extend(screens::loading::show(ui, &work.model()));
        } else {
            match self.screen {
                Screen::Menu => wanted.extend(screens::menu::show(ui, &mut self.menu)),
                Screen::Battle => wanted.extend(self.battle(ui, table, camera)),
                Screen::Result => {
                    if let Some(model) = &mut self.result {
                        wanted.extend(screens::result::show(ui, model));
                    } else {
                        wanted.push(Intent::ToMenu);
                    }
                }
            }
        }
        for intent in wanted {
            self.carry_out(intent, table, camera);
        }
        if self.menu.settings != self.settings {
            self.settings = self.menu.settings.clone();
            if let Err(error) = self.storage.write_settings(&self.settings.text()) {
                self.menu.note = Some(error.to_string());
            }
        }
    }

    /// Takes back finished work, moves playback on.
    fn advance(&mut self, seconds: f64, table: &mut Tabletop, camera: &mut BoardCamera) {
        if let Some(work) = &mut self.work
            && let Some(done) = work.poll()
        {
            self.work = None;
            self.finish(done, table, camera);
        }
        if let Some(session) = &mut self.session
            && session.poll()
        {
            clockwork::turn_over(table);
            table.playback = Some(Playback::new(
                session.scenario(),
                &session.before,
                session.outcome(),
                &session.turn_events,
                session.seat(),
            ));
            self.saving.autosave(session);
        }
        match self.saving.poll(&self.storage) {
            None => {}
            Some(Ok(name)) if name.is_autosave() => {}
            Some(Ok(name)) => table.message = Some(format!("Saved as \"{name}\".")),
            Some(Err(why)) => {
                self.menu.note = Some(why.clone());
                table.message = Some(why);
            }
        }
        if self.screen == Screen::Menu && self.stale_slots && self.saving.idle() {
            self.stale_slots = false;
            self.refresh_slots();
        }
        let done = table.playback.as_mut().is_some_and(|playback| {
            playback.advance(seconds);
            playback.done()
        });
        if done {
            table.playback = None;
            if let Some(session) = &mut self.session {
                session.reveal();
                clockwork::select_again(session, table, &mut self.finder);
            }
            if self.session.as_ref().is_some_and(|s| s.picture.over) {
                self.show_result();
            }
        }
    }

    fn finish(
        &mut self,
        done: Result<Box<Session>, Box<Trouble>>,
        table: &mut Tabletop,
        camera: &mut BoardCamera,
    ) {
        match done {
            Ok(session) => {
                *table = Tabletop {
                    never_ask: self.settings.never_ask,
                    staff_at_end: self.settings.staff_at_end,
                    ..Tabletop::default()
                };
                camera.fit(session.scenario().map(), camera.viewport);
                self.screen = if session.picture.over {
                    Screen::Result
                } else {
                    Screen::Battle
                };
                self.session = Some(*session);
                if self.screen == Screen::Result {
                    self.show_result();
                }
            }
            Err(trouble) => self.trouble = Some(*trouble),
        }
    }

    fn battle(
        &mut self,
        ui: &mut Ui,
        table: &mut Tabletop,
        camera: &mut BoardCamera,
    ) -> Vec<Intent> {
        let Some(session) = &self.session else {
            return vec![Intent::ToMenu];
        };
        let ctx = ui.ctx().clone();
        Panel::bottom("hint")
            .resizable(false)
            .show(ui, |ui| map::hint(ui, session, table));
        let (mut wanted, rect) = panels::show(ui, session, table);
        if camera.viewport != rect {
            let first = camera.viewport.width() <= 100.0;
            camera.set_viewport(rect);
            if first {
                camera.fit(session.scenario().map(), rect);
            }
        }
        wanted.extend(map::show(ui, session, table, camera, &mut self.finder));
        if !ctx.egui_wants_keyboard_input() {
            wanted.extend(ctx.input_mut(|i| keys::pressed(i, session, table, camera)));
        }
        wanted
    }

    fn carry_out(&mut self, intent: Intent, table: &mut Tabletop, camera: &mut BoardCamera) {
        let rest = match &mut self.session {
            Some(session) => clockwork::carry_out(intent, session, table, &mut self.finder),
            None => Some(intent),
        };
        let Some(intent) = rest else {
            return;
        };
        let middle = camera.viewport.center();
        match intent {
            Intent::LookAt(hex) => {
                if let Some(session) = &self.session {
                    camera.look_at(session.scenario().map(), hex);
                }
            }
            Intent::FitMap => {
                if let Some(session) = &self.session {
                    camera.fit(session.scenario().map(), camera.viewport);
                }
            }
            Intent::Zoom(factor) => camera.zoom_at(middle, f64::from(factor)),
            Intent::PlayPause => {
                if let Some(p) = &mut table.playback {
                    p.play_pause();
                }
            }
            Intent::Speed(speed) => {
                if let Some(p) = &mut table.playback {
                    p.set_speed(speed);
                }
            }
            Intent::Skip => {
                if let Some(p) = &mut table.playback {
                    p.skip();
                }
            }
            Intent::NeverAsk(never) => {
                table.never_ask = never;
                self.menu.settings.never_ask = never;
            }
            Intent::StaffAtEnd(on) => {
                table.staff_at_end = on;
                self.menu.settings.staff_at_end = on;
            }
            Intent::Save => self.save(table),
            Intent::Load(name) => {
                if let Ok(name) = SaveName::new(&name) {
                    self.work = Some(Work::load(Arc::clone(&self.storage), name));
                }
            }
            Intent::DeleteSave(name) => {
                if let Ok(name) = SaveName::new(&name)
                    && let Err(error) = self.storage.delete(&name)
                {
                    self.menu.note = Some(error.to_string());
                }
                self.refresh_slots();
            }
            Intent::Begin(battle) => self.work = Some(Work::begin(battle, &self.shelf)),
            Intent::Cancel => {
                if let Some(work) = &self.work {
                    work.cancel();
                }
            }
            Intent::ToResult => self.show_result(),
            Intent::ToMenu => {
                self.keep();
                self.trouble = None;
                self.work = None;
                self.result = None;
                self.screen = Screen::Menu;
                self.stale_slots = true;
                self.menu.to_front();
                *table = Tabletop::default();
                self.session = None;
            }
            Intent::Close => {
                self.trouble = None;
            }
            Intent::EpilogueRead => {}
            Intent::Quit => self.leave(),
            _ => {}
        }
    }

    fn show_result(&mut self) {
        if let Some(session) = &self.session
            && let Some(battle) = session.battle()
        {
            self.result = Some(ResultModel::of(battle).commanded(session));
            self.screen = Screen::Result;
        }
    }

    fn refresh_slots(&mut self) {
        match storage::slots(self.storage.as_ref()) {
            Ok(slots) => self.menu.slots = slots,
            Err(error) => self.menu.note = Some(error.to_string()),
        }
    }

    /// Keeps the battle in hand, with the orders not yet carried out, before it is left.
    fn keep(&mut self) {
        if let Some(session) = &self.session {
            self.saving.autosave(session);
        }
    }

    /// The window is being shut: leaves once the battle in hand is kept.
    pub fn leave(&mut self) {
        self.keep();
        self.quit = true;
    }

    fn save(&mut self, table: &mut Tabletop) {
        if let Some(session) = &self.session
            && !self.saving.save(session)
        {
            table.message = Some("The turn is being worked out; save when it is done.".to_owned());
        }
    }
}

/// A root `Ui` that fills the window, behind everything.
pub fn root(ctx: &egui::Context) -> Ui {
    Ui::new(
        ctx.clone(),
        "window".into(),
        egui::UiBuilder::new()
            .layer_id(egui::LayerId::background())
            .max_rect(ctx.viewport_rect()),
    )
}
