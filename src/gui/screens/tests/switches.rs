//! Switches of the start screen: they reach the battle, its record, its save, the bar at the top and
//! the result.

use super::*;
use crate::gui::{panels::top, session::Session, tabletop::Tabletop};

fn switched() -> Options {
    Options {
        no_events: true,
        simplified_command: true,
        ..Options::default()
    }
}

fn session(options: &Options) -> Session {
    let scenario = Scenario::load(&Shelf::embedded(), "nanking_1937.ron", options).unwrap();
    Session::begin(Arc::new(scenario), Seat::Side(Side::China), 7)
}

#[test]
fn switches_are_ticked_on_the_start_screen_at_both_sizes() {
    for size in SIZES {
        let mut model = menu();
        let mut stage = Stage::new(size, |ui| menu::show(ui, &mut model));
        for text in ["Simplified command", "Scenario events"] {
            stage.check_in_view(text);
            assert_eq!(stage.click(text), []);
        }
        let wanted = stage.click("Start");
        let [Intent::Begin(battle)] = &wanted[..] else {
            panic!("{wanted:?}");
        };
        assert!(battle.options.simplified_command && battle.options.no_events);
    }
}

#[test]
fn the_command_line_chooses_on_the_start_screen() {
    let mut model = menu();
    let mut wanted = switched();
    wanted.strength[0] = Some("kasahara".to_owned());
    assert!(model.preset(&wanted).is_empty());
    let options = model.battle().unwrap().options;
    assert!(options.no_events && options.simplified_command);
    assert_eq!(options.strength[0].as_deref(), Some("kasahara"));
    wanted.strength[0] = Some("nobody".to_owned());
    assert_eq!(model.preset(&wanted), ["nobody"]);
}

#[test]
fn a_switched_battle_says_so_in_bar_record_save_and_result() {
    let session = session(&switched());
    let table = Tabletop::default();
    let stage = Stage::new(SIZES[1], |ui| top::show(ui, &session, &table));
    for tag in ["Simplified command", "Events off"] {
        stage.check_in_view(tag);
    }
    drop(stage);
    let record = session.record().unwrap();
    assert!(record.header.simplified_command && record.header.no_events);
    let notes = record.header.notes.join("; ");
    assert!(notes.contains("simplified command") && notes.contains("events off"));

    let battle = session.battle().unwrap();
    let text = storage::Preface::of(battle, session.seat())
        .write_up(record)
        .unwrap();
    let loaded = storage::load_text(&text, &storage::Progress::default()).unwrap();
    let again = loaded.battle.scenario();
    assert!(again.simplified_command() && again.no_events());
    let storage = MemoryStorage::default();
    storage.write(&SaveName::autosave(), &text).unwrap();
    let slots = storage::slots(&storage).unwrap();
    let standing = slots[0].about.as_ref().unwrap().standing();
    assert!(standing.contains("simplified command"), "{standing}");

    let mut model = ResultModel::of(battle);
    let stage = Stage::new(SIZES[1], |ui| result::show(ui, &mut model));
    assert!(stage.find("Played with simplified command").is_some());
}

#[test]
fn a_battle_as_it_is_written_bears_no_mark() {
    let session = session(&Options::default());
    let table = Tabletop::default();
    let stage = Stage::new(SIZES[1], |ui| top::show(ui, &session, &table));
    assert!(stage.find("Simplified command").is_none());
    drop(stage);
    let mut model = ResultModel::of(session.battle().unwrap());
    let stage = Stage::new(SIZES[1], |ui| result::show(ui, &mut model));
    assert!(stage.find("Played with").is_none());
}

/// The outcome is told for each side beside history, the same whoever played, and in plain words.
#[test]
fn the_outcome_stands_first_and_beside_history() {
    let battle = campaign();
    for size in SIZES {
        let mut model = ResultModel::of(&battle);
        let stage = Stage::new(size, |ui| result::show(ui, &mut model));
        for text in [
            "Outcome",
            "The city lost",
            "Men brought out with their units",
        ] {
            stage.check_in_view(text);
        }
        assert!(stage.find("Plausible: ").is_some());
        let outcome = stage.find("Outcome").unwrap();
        let figures = stage.find("Beside history").unwrap();
        assert!(outcome.min.y < figures.min.y);
    }
}
