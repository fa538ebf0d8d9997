//! Every screen without a window, at both sizes: what stands on it, and what clicks ask for.

mod levels;
mod switches;

use super::{trouble::Trouble, *};
use crate::{
    battle::{Battle, Randomness},
    gui::{
        intent::{BeginBattle, Intent},
        session::Seat,
        storage::{self, MemoryStorage, SaveName, Settings, Slot, Storage},
    },
    record::Recorder,
    scenario::{MemoryFiles, Options, Scenario, Side},
    shelf::Shelf,
};
use bevy_egui::egui::{
    Context, Event, Modifiers, PointerButton, RawInput, Rect, Ui, accesskit::Role, pos2, vec2,
};
use std::sync::Arc;

const SIZES: [(f32, f32); 2] = [(1600.0, 1000.0), (1280.0, 720.0)];

/// What can be clicked.
const PRESSED: [Role; 4] = [
    Role::Button,
    Role::RadioButton,
    Role::CheckBox,
    Role::TextInput,
];

/// A screen being shown: frames can be run, and what stands on it can be read and clicked.
struct Stage<'a> {
    context: Context,
    size: (f32, f32),
    time: f64,
    show: Box<dyn FnMut(&mut Ui) -> Vec<Intent> + 'a>,
    seen: Vec<(Role, String, Rect)>,
}

impl<'a> Stage<'a> {
    fn new(size: (f32, f32), show: impl FnMut(&mut Ui) -> Vec<Intent> + 'a) -> Self {
        let context = Context::default();
        context.enable_accesskit();
        let mut stage = Self {
            context,
            size,
            time: 0.0,
            show: Box::new(show),
            seen: Vec::new(),
        };
        // Panels know their sizes from the second frame on.
        for _ in 0..3 {
            assert_eq!(stage.frame(Vec::new()), []);
        }
        stage
    }

    fn frame(&mut self, events: Vec<Event>) -> Vec<Intent> {
        self.time += 0.1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), self.size.into())),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let mut wanted = Vec::new();
        let show = &mut self.show;
        let output = self.context.run_ui(input, |ui| wanted.extend(show(ui)));
        let tree = output.platform_output.accesskit_update.clone();
        output.drop_without_applying_deltas();
        self.seen = tree
            .into_iter()
            .flat_map(|t| t.nodes)
            .filter_map(|(_, node)| {
                let text = node.label().or(node.value())?.to_owned();
                let b = node.bounds()?;
                let min = pos2(b.x0 as f32, b.y0 as f32);
                let max = pos2(b.x1 as f32, b.y1 as f32);
                Some((node.role(), text, Rect::from_min_max(min, max)))
            })
            .collect();
        wanted
    }

    fn find(&self, text: &str) -> Option<Rect> {
        let exact = |(_, t, _): &&(Role, String, Rect)| t == text;
        let begins = |(_, t, _): &&(Role, String, Rect)| t.starts_with(text);
        let pressed = |(role, ..): &&(Role, String, Rect)| PRESSED.contains(role);
        let seen = || self.seen.iter();
        // What can be clicked goes before text of the same words.
        seen()
            .filter(pressed)
            .find(exact)
            .or_else(|| seen().filter(pressed).find(begins))
            .or_else(|| seen().find(exact))
            .or_else(|| seen().find(begins))
            .map(|(_, _, rect)| *rect)
    }

    fn click(&mut self, text: &str) -> Vec<Intent> {
        let at = self
            .find(text)
            .unwrap_or_else(|| panic!("{text:?} is not among {:?}", self.seen))
            .center();
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let mut wanted = self.frame(vec![Event::PointerMoved(at)]);
        wanted.extend(self.frame(vec![button(true)]));
        wanted.extend(self.frame(vec![button(false)]));
        for _ in 0..3 {
            wanted.extend(self.frame(vec![Event::PointerGone]));
        }
        wanted
    }

    /// Buttons are not cut off at the sides, and none lies on another. The latter only where
    /// nothing is scrolled away: what is out of sight has a place behind what is seen.
    fn check_buttons(&self) {
        let screen = Rect::from_min_size(pos2(0.0, 0.0), self.size.into()).expand(0.5);
        let buttons: Vec<_> = self
            .seen
            .iter()
            .filter(|(role, ..)| PRESSED.contains(role))
            .collect();
        assert!(!buttons.is_empty());
        for (i, (_, text, rect)) in buttons.iter().enumerate() {
            assert!(
                rect.min.x >= screen.min.x && rect.max.x <= screen.max.x,
                "{text} is cut off: {rect:?}"
            );
            for (_, other, under) in &buttons[..i] {
                assert!(
                    self.size != SIZES[0] || !rect.shrink(0.5).intersects(under.shrink(0.5)),
                    "{text} lies on {other}"
                );
            }
        }
    }

    fn check_in_view(&self, text: &str) {
        let rect = self.find(text).unwrap_or_else(|| panic!("no {text}"));
        let screen = Rect::from_min_size(pos2(0.0, 0.0), vec2(self.size.0, self.size.1));
        assert!(
            screen.contains_rect(rect),
            "{text} is out of view: {rect:?}"
        );
    }
}

fn lesson() -> (Battle, Recorder) {
    let name = "lessons/crossroads.ron";
    let scenario = Scenario::load(&Shelf::embedded(), name, &Options::default()).unwrap();
    let battle = Battle::new(Arc::new(scenario), 7, Randomness::Sampled);
    let recorder = Recorder::new(&battle, Vec::new());
    (battle, recorder)
}

fn some_slots() -> Vec<Slot> {
    let storage = MemoryStorage::default();
    let (battle, recorder) = lesson();
    let text = storage::Preface::of(&battle, Seat::Both)
        .write_up(recorder.record())
        .unwrap();
    for name in [
        SaveName::new("before the village").unwrap(),
        SaveName::autosave(),
    ] {
        storage.write(&name, &text).unwrap();
    }
    storage
        .write(&SaveName::new("junk").unwrap(), "junk")
        .unwrap();
    storage::slots(&storage).unwrap()
}

fn read_before() -> Settings {
    Settings {
        background_read: true,
        ..Settings::default()
    }
}

fn menu() -> MenuModel {
    MenuModel::new(list(&Shelf::embedded()), some_slots(), read_before())
}

#[test]
fn campaigns_are_listed_before_lessons_and_maps_are_not_listed() {
    let listings = list(&Shelf::embedded());
    let names: Vec<&str> = listings.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(names.first(), Some(&"nanking_1937.ron"));
    assert!(names.contains(&"lessons/crossroads.ron"));
    assert!(
        !names
            .iter()
            .any(|n| n.starts_with("maps") || n.starts_with("rules"))
    );
    assert!(listings.iter().all(|l| l.draft.is_ok()));
}

#[test]
fn start_asks_for_the_battle_that_was_chosen() {
    for size in SIZES {
        let mut model = menu();
        model.set_seed(42);
        let mut stage = Stage::new(size, |ui| menu::show(ui, &mut model));
        stage.check_buttons();
        for text in ["Start", "Quit", "Resume", "Seed"] {
            stage.check_in_view(text);
        }
        assert_eq!(stage.click("Central China Area Army (Japanese)"), []);
        assert_eq!(stage.click("Ikuhiko Hata"), []);
        let wanted = BeginBattle {
            scenario: "nanking_1937.ron".to_owned(),
            seat: Seat::Side(Side::Japan),
            options: Options {
                strength: [Some("hata".to_owned()), Some("article".to_owned())],
                ..Options::default()
            },
            seed: 42,
            levels: Default::default(),
        };
        assert_eq!(stage.click("Start"), [Intent::Begin(wanted)]);
        assert_eq!(stage.click("Lesson: a village"), []);
        let wanted = BeginBattle {
            scenario: "lessons/crossroads.ron".to_owned(),
            seat: Seat::Side(Side::Japan),
            options: Options {
                strength: [Some("plain".to_owned()), Some("plain".to_owned())],
                ..Options::default()
            },
            seed: 42,
            levels: Default::default(),
        };
        assert_eq!(stage.click("Start"), [Intent::Begin(wanted)]);
        assert_eq!(stage.click("Quit"), [Intent::Quit]);
    }
}

#[test]
fn the_estimates_stand_side_by_side_and_none_is_called_better() {
    let mut model = menu();
    let stage = Stage::new(SIZES[0], |ui| menu::show(ui, &mut model));
    let left: Vec<f32> = ["David Askew", "Ikuhiko Hata", "Tokushi Kasahara"]
        .iter()
        .map(|name| stage.find(name).unwrap().min.x)
        .collect();
    assert!(left.iter().all(|x| *x == left[0]), "{left:?}");
    let recommended = |t: &str| t.to_lowercase().contains("recommend");
    assert!(!stage.seen.iter().any(|(_, t, _)| recommended(t)));
}

#[test]
fn a_seed_can_be_drawn_and_must_be_a_number() {
    let mut model = menu();
    let before = model.seed();
    let mut stage = Stage::new(SIZES[1], |ui| menu::show(ui, &mut model));
    stage.click("Draw one");
    drop(stage);
    assert!(model.seed().is_some() && model.seed() != before);
    model.set_seed(0);
    let mut stage = Stage::new(SIZES[1], |ui| menu::show(ui, &mut model));
    // The click puts the cursor behind the only digit.
    assert_eq!(stage.click("0"), []);
    let keys = vec![
        Event::Key {
            key: bevy_egui::egui::Key::Backspace,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        },
        Event::Text("-x".to_owned()),
    ];
    stage.frame(keys);
    assert_eq!(stage.click("Start"), [], "nothing begins without a seed");
    drop(stage);
    assert_eq!(model.seed(), None);
    assert_eq!(model.battle(), None);
}

#[test]
fn the_background_is_read_before_the_first_battle_if_so_set() {
    for size in SIZES {
        let mut model = menu();
        model.settings.background_read = false;
        let mut stage = Stage::new(size, |ui| menu::show(ui, &mut model));
        assert_eq!(stage.click("Start"), []);
        stage.check_in_view("Begin the battle");
        assert!(stage.find("What historians dispute").is_some());
        let wanted = stage.click("Begin the battle");
        assert!(matches!(&wanted[..], [Intent::Begin(_)]), "{wanted:?}");
        assert!(matches!(&stage.click("Start")[..], [Intent::Begin(_)]));
        drop(stage);
        assert!(model.settings.background_read);
    }
}

#[test]
fn saved_battles_are_taken_up_and_deleted_only_when_asked_twice() {
    for size in SIZES {
        let mut model = menu();
        let mut stage = Stage::new(size, |ui| menu::show(ui, &mut model));
        assert_eq!(stage.click("Resume"), [Intent::Load("autosave".to_owned())]);
        assert_eq!(stage.click("Saved battles"), []);
        assert_eq!(stage.click("Delete"), []);
        assert_eq!(stage.click("Keep it"), []);
        assert_eq!(stage.click("Delete"), []);
        let wanted = stage.click("Delete it");
        assert_eq!(wanted, [Intent::DeleteSave("junk".to_owned())]);
        // In the smaller window the list must be scrolled to the next one.
        let name = "before the village";
        if size == SIZES[0] {
            assert_eq!(stage.click("Load"), [Intent::Load(name.to_owned())]);
        }
    }
}

#[test]
fn a_broken_scenario_is_listed_with_its_problems_and_cannot_be_begun() {
    let files = MemoryFiles(
        [(
            "bad.ron".to_owned(),
            "Scenario(format: 1, titel: 3)".to_owned(),
        )]
        .into(),
    );
    let listings = list(&files);
    let problems = listings[0].draft.clone().unwrap_err();
    assert!(!problems.is_empty());
    let mut model = MenuModel::new(listings, Vec::new(), read_before());
    for size in SIZES {
        let mut stage = Stage::new(size, |ui| menu::show(ui, &mut model));
        stage.check_buttons();
        assert!(stage.find("bad.ron:1:").is_some());
        assert_eq!(stage.click("Start"), []);
    }
    let mut empty = MenuModel::new(Vec::new(), Vec::new(), read_before());
    let mut stage = Stage::new(SIZES[1], |ui| menu::show(ui, &mut empty));
    assert_eq!(stage.click("Start"), []);
}

#[test]
fn scenarios_are_chosen_by_name() {
    let mut model = menu();
    for name in ["crossroads", "lessons/crossroads", "lessons/crossroads.ron"] {
        model.choose(0);
        assert!(model.choose_by_name(name), "{name}");
        assert_eq!(model.battle().unwrap().scenario, "lessons/crossroads.ron");
    }
    assert!(!model.choose_by_name("roads"));
    model.choose(usize::MAX);
    assert!(model.battle().is_some());
}

#[test]
fn problems_are_listed_with_file_line_and_column() {
    let files = MemoryFiles(
        [(
            "bad.ron".to_owned(),
            "Scenario(format: 1, titel: 3)".to_owned(),
        )]
        .into(),
    );
    let problems = Scenario::load(&files, "bad.ron", &Options::default()).unwrap_err();
    let place = format!("bad.ron:{}:{}", problems[0].line, problems[0].column);
    let trouble = Trouble::of_scenario("bad.ron", problems);
    for size in SIZES {
        let mut stage = Stage::new(size, |ui| trouble::show(ui, &trouble));
        assert!(stage.find(&place).is_some());
        assert_eq!(stage.click("Back to the start screen"), [Intent::ToMenu]);
    }
}

#[test]
fn a_garbage_save_gives_a_message_and_not_a_panic() {
    let error = storage::load_text("garbage", &storage::Progress::default())
        .err()
        .unwrap();
    let trouble = Trouble::of_loading("garbage", &error);
    let stage = Stage::new(SIZES[1], |ui| trouble::show(ui, &trouble));
    assert!(stage.find("this is not a saved battle").is_some());
    assert!(stage.find("The file has been left as it is").is_some());
}

#[test]
fn loading_can_be_stopped_where_that_is_offered() {
    for size in SIZES {
        let mut model = LoadingModel {
            what: "Taking up the saved battle".to_owned(),
            of: "autosave".to_owned(),
            turns: (3, 12),
            stoppable: true,
        };
        let mut stage = Stage::new(size, |ui| loading::show(ui, &model));
        stage.check_in_view("turn 3 of 12");
        assert_eq!(stage.click("Stop"), [Intent::Cancel]);
        drop(stage);
        model.turns = (0, 0);
        model.stoppable = false;
        let stage = Stage::new(size, |ui| loading::show(ui, &model));
        assert!(stage.find("Stop").is_none());
    }
}

fn campaign() -> Battle {
    let scenario = Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default());
    let mut battle = Battle::new(Arc::new(scenario.unwrap()), 1, Randomness::Sampled);
    battle.end_turn();
    battle
}

#[test]
fn the_result_is_left_only_through_the_epilogue() {
    let battle = campaign();
    for size in SIZES {
        let mut model = ResultModel::of(&battle);
        let mut stage = Stage::new(size, |ui| result::show(ui, &mut model));
        stage.check_buttons();
        stage.check_in_view("Read what followed");
        assert!(stage.find("Back to the start screen").is_none());
        assert!(stage.find("I have read this").is_none());
        assert!(stage.find("Yuhuatai overrun").is_some());
        assert!(stage.find("Killed in action").is_some());
        assert!(stage.find("The fall of the capital did not").is_some());
        assert_eq!(stage.click("Save the record"), [Intent::Save]);
        assert_eq!(stage.click("Read what followed"), []);
        stage.check_in_view("I have read this");
        assert!(stage.find("What followed").is_some());
        let wanted = stage.click("I have read this");
        assert_eq!(wanted, [Intent::EpilogueRead, Intent::ToMenu]);
    }
}

#[test]
fn both_sides_read_the_same_and_nobody_is_called_the_winner() {
    let battle = campaign();
    let mut model = ResultModel::of(&battle);
    let stage = Stage::new(SIZES[0], |ui| result::show(ui, &mut model));
    for (_, text, _) in &stage.seen {
        let text = text.to_lowercase();
        for word in [
            "victory", "winner", "won ", "triumph", "glor", "score", "points",
        ] {
            assert!(!text.contains(word), "{text}");
        }
    }
}

#[test]
fn a_lesson_has_no_epilogue_and_leads_straight_back() {
    let (battle, _) = lesson();
    for size in SIZES {
        let mut model = ResultModel::of(&battle);
        let mut stage = Stage::new(size, |ui| result::show(ui, &mut model));
        stage.check_buttons();
        assert!(stage.find("The fall of the capital").is_none());
        assert_eq!(stage.click("Back to the start screen"), [Intent::ToMenu]);
    }
}
