//! Random clicks, keys and wheel turns, by fixed seeds: the window must never panic, and must still
//! answer afterwards. `NANKING_RANDOM_INPUTS` sets how many (all checks together use 100,000).

use super::*;
use bevy_egui::egui::MouseWheelUnit;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Inputs by default: enough to open every panel many times.
const INPUTS: u32 = 12_000;

/// Windows opened one after another, each with a seed of its own.
const SEEDS: u64 = 6;

const SIZES: [[f32; 2]; 4] = [
    [1600.0, 1000.0],
    [1280.0, 720.0],
    [2560.0, 1440.0],
    // Far smaller than anybody should have it.
    [420.0, 300.0],
];

const KEYS: [Key; 33] = [
    Key::N,
    Key::U,
    Key::R,
    Key::Escape,
    Key::G,
    Key::T,
    Key::O,
    Key::E,
    Key::S,
    Key::Z,
    Key::Y,
    Key::F1,
    Key::Num0,
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::A,
    Key::Plus,
    Key::Minus,
    Key::Equals,
    Key::Space,
    Key::Enter,
    Key::Tab,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::Backspace,
    Key::PageDown,
];

fn inputs() -> u32 {
    std::env::var("NANKING_RANDOM_INPUTS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(INPUTS)
}

/// A hand that does not know what it does.
struct Hand {
    rng: ChaCha8Rng,
    at: Pos2,
}

impl Hand {
    fn one_in(&mut self, n: u32) -> bool {
        self.rng.random_range(0..n) == 0
    }

    /// Somewhere on the window; half the time on something that can be clicked.
    fn somewhere(&mut self, window: &Window) -> Pos2 {
        let aims: Vec<Pos2> = window
            .seen
            .iter()
            .filter(|(_, rect, clickable)| *clickable && rect.is_finite())
            .map(|(_, rect, _)| rect.center())
            .collect();
        if !aims.is_empty() && self.one_in(2) {
            return aims[self.rng.random_range(0..aims.len())];
        }
        let [width, height] = window.size;
        pos2(
            self.rng.random_range(-20.0..width + 20.0),
            self.rng.random_range(-20.0..height + 20.0),
        )
    }

    fn modifiers(&mut self) -> Modifiers {
        match self.rng.random_range(0..8) {
            0 => CTRL,
            1 => Modifiers::SHIFT,
            _ => Modifiers::NONE,
        }
    }

    /// One input: a click, a drag, a turn of the wheel, a key or a word.
    fn input(&mut self, window: &Window) -> Vec<Event> {
        match self.rng.random_range(0..100) {
            0..55 => self.click(window),
            55..62 => self.drag(window),
            62..75 => {
                self.at = self.somewhere(window);
                let delta = vec2(0.0, self.rng.random_range(-400.0..400.0));
                vec![
                    Event::PointerMoved(self.at),
                    Event::MouseWheel {
                        unit: MouseWheelUnit::Point,
                        delta,
                        phase: egui::TouchPhase::Move,
                        modifiers: Modifiers::NONE,
                    },
                ]
            }
            75..97 => {
                let key = KEYS[self.rng.random_range(0..KEYS.len())];
                let modifiers = self.modifiers();
                vec![
                    key_event(modifiers, key, true),
                    key_event(modifiers, key, false),
                ]
            }
            97..99 => vec![Event::Text("88 第師 -1".to_owned())],
            _ => vec![Event::PointerGone],
        }
    }

    fn click(&mut self, window: &Window) -> Vec<Event> {
        self.at = self.somewhere(window);
        let button = match self.rng.random_range(0..10) {
            0..6 => PointerButton::Primary,
            6..9 => PointerButton::Secondary,
            _ => PointerButton::Middle,
        };
        let modifiers = self.modifiers();
        let mut events = vec![Event::PointerMoved(self.at)];
        events.extend([true, false].map(|pressed| Event::PointerButton {
            pos: self.at,
            button,
            pressed,
            modifiers,
        }));
        events
    }

    /// Presses, moves and lets go, or forgets to let go.
    fn drag(&mut self, window: &Window) -> Vec<Event> {
        let from = self.somewhere(window);
        self.at = self.somewhere(window);
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let mut events = vec![
            Event::PointerMoved(from),
            button(from, true),
            Event::PointerMoved(self.at),
        ];
        if !self.one_in(4) {
            events.push(button(self.at, false));
        }
        events
    }
}

/// After anything at all: Escape and the menu button lead back to the start screen.
fn still_answers(window: &mut Window) {
    window.size = SIZES[0];
    // What is held down is let go, what is open is closed.
    window.click_at(pos2(1.0, 1.0), PointerButton::Primary);
    for _ in 0..8 {
        window.press(Modifiers::NONE, Key::Escape);
    }
    let to_the_menu = [
        "Read what followed",
        "I have read this",
        "Back to the start screen",
        "Skip",
        "Menu",
        "Back",
    ];
    for _ in 0..8 {
        if window.shell.screen() == Screen::Menu && window.shows("Start") {
            return;
        }
        if let Some(text) = to_the_menu.iter().find(|t| window.texts().contains(t)) {
            window.click(text);
        }
    }
    panic!("no way back to the start screen from {:#?}", window.texts());
}

/// Frames on each screen.
fn play(seed: u64, inputs: u32) -> [u32; 3] {
    let mut hand = Hand {
        rng: ChaCha8Rng::seed_from_u64(seed),
        at: Pos2::ZERO,
    };
    let storage = Arc::new(MemoryStorage::default());
    let opening = |scenario: &str, side| Opening {
        scenario: Some(scenario.to_owned()),
        seat: Some(side),
        seed: Some(seed),
        frames: None,
        ..Opening::default()
    };
    use crate::{gui::session::Seat, scenario::Side};
    let seats = [
        Seat::Side(Side::China),
        Seat::Side(Side::Japan),
        Seat::Both,
        Seat::Watch,
    ];
    let mut opened = 0;
    let mut screens = [0_u32; 3];
    let mut window = None;
    for done in 0..inputs {
        let w = window.get_or_insert_with(|| {
            let seat = seats[hand.rng.random_range(0..seats.len())];
            let size = SIZES[hand.rng.random_range(0..SIZES.len())];
            opened += 1;
            let with = match opened % 3 {
                0 => Opening::default(),
                1 => opening("crossroads", seat),
                _ => opening("nanking_1937", seat),
            };
            Window::with(size, &with, storage.clone())
        });
        let events = hand.input(w);
        let shapes = w.frame(events);
        screens[w.shell.screen() as usize] += 1;
        if done % 64 == 0 {
            // Letters and lines are shaped only when painted.
            w.ctx.tessellate(shapes, 1.0);
            w.settle();
        }
        if w.shell.wants_to_quit() || done % 2_500 == 2_499 {
            if !w.shell.wants_to_quit() {
                still_answers(w);
            }
            window = None;
        }
    }
    screens
}

fn play_all(seeds: impl Iterator<Item = u64>) {
    let mut frames = [0; 3];
    for seed in seeds {
        for (sum, n) in frames.iter_mut().zip(play(seed, inputs() / SEEDS as u32)) {
            *sum += n;
        }
    }
    // The result is reached only by luck.
    assert!(frames[0] > 0 && frames[1] > 0, "{frames:?}");
}

#[test]
fn random_clicks_keys_and_wheel_turns_never_break_it_in_odd_seeds() {
    play_all((1..=SEEDS).step_by(2));
}

#[test]
fn random_clicks_keys_and_wheel_turns_never_break_it_in_even_seeds() {
    play_all((2..=SEEDS).step_by(2));
}
