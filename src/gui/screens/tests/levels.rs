//! Levels of the computer's commanders: chosen on the start screen or the command line, kept in
//! record, save and settings, and told with the result.

use super::*;
use crate::{
    battle::{Order, Task},
    commander::Level,
    gui::session::Session,
    scenario::UnitId,
};

fn session(seat: Seat, levels: [Level; 2]) -> Session {
    let name = "lessons/crossroads.ron";
    let scenario = Scenario::load(&Shelf::embedded(), name, &Options::default()).unwrap();
    Session::begin_at(Arc::new(scenario), seat, 7, levels)
}

fn begun(wanted: &[Intent]) -> &BeginBattle {
    match wanted {
        [Intent::Begin(battle)] => battle,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_level_is_chosen_for_each_computer_side_at_both_sizes() {
    for size in SIZES {
        let mut model = menu();
        let mut stage = Stage::new(size, |ui| menu::show(ui, &mut model));
        assert!(stage.find("Computer, Japanese side").is_some());
        assert!(stage.find("Computer, Chinese side").is_none());
        for level in Level::ALL {
            stage.check_in_view(level.name());
            assert_eq!(stage.click(level.name()), []);
            stage.check_in_view(level.meaning());
        }
        stage.check_buttons();
        let levels = [Level::Regular, Level::Veteran];
        assert_eq!(begun(&stage.click("Start")).levels, levels);
        stage.click("Both sides by hand");
        assert!(stage.find("Veteran").is_none());
        stage.click("Watch the computer");
        assert!(stage.find("Computer, Chinese side").is_some());
        drop(stage);
        assert_eq!(model.settings.levels, levels);
        let again = Settings::parse(&model.settings.text());
        assert_eq!(again.levels, levels);
    }
}

#[test]
fn the_command_line_chooses_the_level() {
    let mut model = menu();
    model.preset_levels(&[(Side::China, Level::Recruit)]);
    let chosen = model.battle().unwrap().levels;
    assert_eq!(chosen, [Level::Recruit, Level::Regular]);
}

#[test]
fn a_save_keeps_the_level_and_who_was_taken_over() {
    let levels = [Level::Regular, Level::Veteran];
    let mut session = session(Seat::Side(Side::China), levels);
    let own = session.scenario().unit_by_id("garrison_1").unwrap();
    let other = session.scenario().unit_by_id("garrison_2").unwrap();
    let rest = |unit| Order::Unit {
        unit,
        task: Task::Rest,
        start_at: None,
    };
    session.order(Side::China, rest(own)).unwrap();
    session.take_over(other, true);
    let battle = session.battle().unwrap();
    let record = session.record().unwrap();
    let text = storage::Preface::of(battle, session.seat())
        .with(session.levels(), session.hands().clone())
        .write_up(record)
        .unwrap();
    let load = |text: &str| storage::load_text(text, &storage::Progress::default()).unwrap();
    let loaded = load(&text);
    assert_eq!((loaded.levels, &loaded.hands), (levels, session.hands()));
    let again = Session::resume(
        loaded.battle,
        loaded.recorder,
        loaded.seat,
        loaded.levels,
        loaded.hands,
    );
    let counter = again.picture.counter(other).unwrap();
    assert!(matches!(&counter.known,
        crate::gui::picture::Known::Exactly(details) if details.by_hand));

    let storage = MemoryStorage::default();
    storage.write(&SaveName::autosave(), &text).unwrap();
    let slots = storage::slots(&storage).unwrap();
    let standing = slots[0].about.as_ref().unwrap().standing();
    assert!(standing.contains("Japanese command: Veteran"), "{standing}");

    // The record alone still tells the level; without the line on hands, who has an order standing
    // was ordered by hand.
    let bare = record.write().unwrap();
    assert_eq!(load(&bare).levels, levels);
    let older: Vec<&str> = text
        .lines()
        .filter(|l| !l.starts_with("// taken over"))
        .collect();
    let hands = load(&older.join("\n")).hands;
    assert!(hands.has_unit(own) && !hands.has_unit(other));

    // A damaged line names whom the scenario does not have.
    let damaged = text.replace("(units:[", "(units:[4000000,");
    assert_ne!(damaged, text);
    assert!(!load(&damaged).hands.has_unit(UnitId(4_000_000)));
}

#[test]
fn the_result_tells_the_level_of_the_computer() {
    let told = |session: &Session| {
        let battle = session.battle().unwrap();
        let mut model = ResultModel::of(battle).commanded(session);
        let stage = Stage::new(SIZES[1], |ui| result::show(ui, &mut model));
        stage
            .seen
            .iter()
            .find(|(_, text, _)| text.starts_with("The computer's level"))
            .map(|(_, text, _)| text.clone())
    };
    let levels = [Level::Veteran, Level::Recruit];
    let played = told(&session(Seat::Side(Side::Japan), levels));
    assert_eq!(
        played.as_deref(),
        Some("The computer's level: Chinese command: Veteran.")
    );
    assert!(told(&session(Seat::Both, levels)).is_none());
}
