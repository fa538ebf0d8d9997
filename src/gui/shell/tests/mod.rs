//! The whole window without a display: what a person does with mouse and keys, carried out frame by
//! frame as Bevy would, with what egui would paint turned into triangles.

mod by_hand;
mod command;
mod random;

use super::Shell;
use crate::{
    gui::{
        Opening, Screen, board::camera::BoardCamera, session::Session, storage::MemoryStorage,
        tabletop::Tabletop, theme,
    },
    scenario::Hex,
};
use bevy::tasks::{AsyncComputeTaskPool, IoTaskPool, TaskPool};
use bevy_egui::egui::{
    self, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, accesskit::Node, pos2, vec2,
};
use std::{sync::Arc, thread, time::Duration};

/// The key Ctrl, as the window's system tells of it.
const CTRL: Modifiers = Modifiers {
    ctrl: true,
    command: true,
    ..Modifiers::NONE
};

/// Seconds that a frame takes here.
const FRAME: f64 = 1.0 / 60.0;

/// Longest wait for work away from the frame, in frames of a millisecond.
const PATIENCE: u32 = 60_000;

/// A window, a hand and an eye.
struct Window {
    ctx: egui::Context,
    size: [f32; 2],
    time: f64,
    shell: Shell,
    table: Tabletop,
    camera: BoardCamera,
    storage: Arc<MemoryStorage>,
    /// What stood there in the last frame: text, place, can it be clicked.
    seen: Vec<(String, Rect, bool)>,
}

impl Window {
    fn open(size: [f32; 2], opening: &Opening) -> Self {
        Self::with(size, opening, Arc::new(MemoryStorage::default()))
    }

    fn with(size: [f32; 2], opening: &Opening, storage: Arc<MemoryStorage>) -> Self {
        AsyncComputeTaskPool::get_or_init(TaskPool::new);
        IoTaskPool::get_or_init(TaskPool::new);
        let ctx = egui::Context::default();
        ctx.enable_accesskit();
        theme::apply(&ctx);
        let mut window = Self {
            ctx,
            size,
            time: 0.0,
            shell: Shell::new(opening, storage.clone()),
            table: Tabletop::default(),
            camera: BoardCamera::default(),
            storage,
            seen: Vec::new(),
        };
        window.settle();
        window
    }

    /// One frame with some input. Returns what is to be painted.
    fn frame(&mut self, events: Vec<Event>) -> Vec<egui::epaint::ClippedShape> {
        self.time += FRAME;
        let modifiers = events.iter().rev().find_map(|e| match e {
            Event::Key { modifiers, .. } | Event::PointerButton { modifiers, .. } => {
                Some(*modifiers)
            }
            _ => None,
        });
        let mut all = vec![Event::ModifiersChanged(modifiers.unwrap_or_default())];
        all.extend(events);
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, self.size.into())),
            time: Some(self.time),
            events: all,
            ..RawInput::default()
        };
        let ctx = self.ctx.clone();
        let (shell, table, camera) = (&mut self.shell, &mut self.table, &mut self.camera);
        let mut output = ctx.run_ui(input, |_| {
            let mut ui = super::root(&ctx);
            shell.frame(&mut ui, FRAME, table, camera);
        });
        output.textures_delta.clear();
        let tree = output.platform_output.accesskit_update.take();
        self.seen = tree
            .into_iter()
            .flat_map(|t| t.nodes)
            .filter_map(|(_, node)| item(&node))
            .collect();
        output.shapes
    }

    /// Frames until nothing moves but playback, and sizes have settled.
    fn settle(&mut self) {
        for _ in 0..PATIENCE {
            self.frame(Vec::new());
            let busy = self.shell.session().is_some_and(Session::busy);
            if !busy && self.shell.work.is_none() && self.shell.saving.idle() {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        for _ in 0..3 {
            self.frame(Vec::new());
        }
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        for pressed in [true, false] {
            self.frame(vec![key_event(modifiers, key, pressed)]);
        }
        self.settle();
    }

    fn click_at(&mut self, at: Pos2, button: PointerButton) {
        self.frame(vec![Event::PointerMoved(at)]);
        for pressed in [true, false] {
            self.frame(vec![Event::PointerButton {
                pos: at,
                button,
                pressed,
                modifiers: Modifiers::NONE,
            }]);
        }
        self.settle();
    }

    fn texts(&self) -> Vec<&str> {
        self.seen.iter().map(|(t, ..)| t.as_str()).collect()
    }

    fn shows(&self, text: &str) -> bool {
        self.seen.iter().any(|(t, ..)| t.contains(text))
    }

    /// Is something to be clicked that bears a text, all of it on the screen?
    fn visible(&self, text: &str) -> bool {
        let screen = Rect::from_min_size(Pos2::ZERO, self.size.into()).shrink(30.0);
        let mut seen = self.seen.iter();
        seen.any(|(t, rect, can)| *can && t.contains(text) && screen.contains_rect(*rect))
    }

    /// Clicks on the first thing that bears a text; what can be clicked goes before what cannot.
    fn click(&mut self, text: &str) {
        let found = |clickable: bool| {
            self.seen
                .iter()
                .find(|(t, _, c)| *c == clickable && t.contains(text))
                .map(|(_, rect, _)| rect.center())
        };
        let at = found(true)
            .or_else(|| found(false))
            .unwrap_or_else(|| panic!("{text:?} is not among {:#?}", self.texts()));
        self.click_at(at, PointerButton::Primary);
    }

    fn session(&self) -> &Session {
        self.shell.session().expect("a battle is in hand")
    }

    /// Where a hex is on the screen, moved into sight if it is not.
    fn find(&mut self, hex: Hex) -> Pos2 {
        let scenario = self.session().scenario().clone();
        let km = scenario.map().grid.centre(hex);
        if !self.camera.sees(km, -30.0) {
            self.camera.look_at(scenario.map(), hex);
            self.settle();
        }
        self.camera.km_to_screen(km)
    }

    /// Ends the turn with its key, and lets it be played back at once.
    fn end_turn(&mut self) {
        self.press(CTRL, Key::Space);
        if self.table.confirming_end {
            self.click("End turn anyway");
        }
        assert!(self.table.playback.is_some(), "{:?}", self.table.message);
        self.press(Modifiers::NONE, Key::Enter);
        assert!(self.table.playback.is_none());
    }
}

fn key_event(modifiers: Modifiers, key: Key, pressed: bool) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers,
    }
}

fn item(node: &Node) -> Option<(String, Rect, bool)> {
    let text = node.label().or(node.value())?.to_owned();
    let b = node.bounds()?;
    let rect = Rect::from_min_size(
        pos2(b.x0 as f32, b.y0 as f32),
        vec2((b.x1 - b.x0) as f32, (b.y1 - b.y0) as f32),
    );
    let clickable = node.supports_action(egui::accesskit::Action::Click) && !node.is_disabled();
    Some((text, rect, clickable))
}
