//! Saves and settings kept, listed, taken up again; hostile and damaged ones.

use super::*;
use crate::{
    battle::{Battle, Order, Randomness, Task},
    gui::session::Seat,
    record::{Recorder, ReplayError},
    scenario::{Options, Scenario, Side, UnitId},
    shelf::Shelf,
};
use std::sync::Arc;

fn lesson() -> (Battle, Recorder) {
    let scenario = Scenario::load(
        &Shelf::embedded(),
        "lessons/crossroads.ron",
        &Options::default(),
    )
    .expect("the lesson is valid");
    let battle = Battle::new(Arc::new(scenario), 7, Randomness::Sampled);
    let recorder = Recorder::new(&battle, vec!["played as china".to_owned()]);
    (battle, recorder)
}

/// A battle of some turns with an order standing, as a save.
fn save(turns: u32) -> (Battle, Recorder, String) {
    let (mut battle, mut recorder) = lesson();
    for _ in 0..turns {
        recorder.end_turn(&mut battle);
    }
    let own = battle
        .scenario()
        .units()
        .iter()
        .position(|u| u.side == Side::China);
    let unit = UnitId(u32::try_from(own.unwrap()).unwrap());
    let order = Order::Unit {
        unit,
        task: Task::Rest,
        start_at: None,
    };
    battle.order(Side::China, order).expect("resting is legal");
    let preface = Preface::of(&battle, Seat::Side(Side::China));
    let text = preface.write_up(recorder.record()).unwrap();
    (battle, recorder, text)
}

fn both(test: impl Fn(&dyn Storage)) {
    let folder = tempfile::tempdir().unwrap();
    test(&DiskStorage::at(folder.path().join("not yet there")));
    test(&MemoryStorage::default());
}

#[test]
fn what_is_kept_is_read_again_and_can_be_deleted() {
    both(|storage| {
        assert_eq!(storage.list_saves().unwrap(), []);
        assert_eq!(storage.read_settings().unwrap(), None);
        let name = SaveName::new("Before the gate 2").unwrap();
        let missing = Err(StorageError::Missing(name.to_string()));
        assert_eq!(storage.read(&name), missing);
        storage.write(&name, "one").unwrap();
        storage.write(&name, "two").unwrap();
        storage.write_settings("settings").unwrap();
        assert_eq!(storage.read(&name).unwrap(), "two");
        assert_eq!(storage.read_settings().unwrap().unwrap(), "settings");
        let names: Vec<_> = storage.list_saves().unwrap();
        assert_eq!(names.len(), 1);
        assert_eq!((&names[0].name, names[0].bytes), (&name, 3));
        storage.delete(&name).unwrap();
        assert_eq!(storage.list_saves().unwrap(), []);
        assert!(storage.delete(&name).is_err());
    });
}

#[test]
fn hostile_names_are_refused_and_fitted() {
    let long = "a".repeat(61);
    for bad in [
        "",
        "..",
        "../x",
        "a/b",
        "a\\b",
        "C:",
        "a.ron",
        " a",
        "a ",
        "-a",
        "nul",
        "COM1",
        "lpt9",
        "a\0b",
        "a\nb",
        "\u{5357}\u{4eac}",
        &long,
    ] {
        assert!(SaveName::new(bad).is_err(), "{bad:?}");
        let fitted = SaveName::fitting(bad);
        assert!(
            SaveName::new(fitted.as_str()).is_ok(),
            "{bad:?} -> {fitted}"
        );
    }
    assert_eq!(
        SaveName::fitting("../12:00 at Yuhuatai/").as_str(),
        "12-00 at Yuhuatai"
    );
    for good in ["autosave", "turn 07", "com10", "a_b-c"] {
        assert_eq!(SaveName::new(good).unwrap().as_str(), good);
    }
}

#[test]
fn files_that_are_no_saves_are_not_listed() {
    let folder = tempfile::tempdir().unwrap();
    let storage = DiskStorage::at(folder.path());
    let name = SaveName::new("good").unwrap();
    storage.write(&name, "text").unwrap();
    let saves = folder.path().join("saves");
    std::fs::write(saves.join(".good.nanking.ron.99.part"), "half").unwrap();
    std::fs::write(saves.join("note.txt"), "text").unwrap();
    std::fs::create_dir(saves.join("folder.nanking.ron")).unwrap();
    let listed: Vec<SaveName> = storage
        .list_saves()
        .unwrap()
        .into_iter()
        .map(|e| e.name)
        .collect();
    assert_eq!(listed, [name]);
}

#[test]
fn a_write_that_fails_keeps_the_old_save() {
    let folder = tempfile::tempdir().unwrap();
    let storage = DiskStorage::at(folder.path());
    let name = SaveName::new("a").unwrap();
    storage.write(&name, "old").unwrap();
    // A folder stands where the new text would be put together.
    let part = format!(".a.nanking.ron.{}.part", std::process::id());
    std::fs::create_dir(folder.path().join("saves").join(part)).unwrap();
    let failed = storage.write(&name, "new").unwrap_err();
    assert!(failed.remedy().contains("still there"), "{failed}");
    assert_eq!(storage.read(&name).unwrap(), "old");
}

#[test]
fn too_large_and_no_text_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let storage = DiskStorage::at(folder.path());
    let name = SaveName::new("a").unwrap();
    storage.write(&name, "").unwrap();
    let path = folder.path().join("saves/a.nanking.ron");
    std::fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
    assert_eq!(
        storage.read(&name),
        Err(StorageError::NotText("a".to_owned()))
    );
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(MAX_SAVE_BYTES + 1).unwrap();
    assert!(matches!(
        storage.read(&name),
        Err(StorageError::TooLarge { .. })
    ));
    let slot = &slots(&storage).unwrap()[0];
    assert!(slot.about.is_err());
}

#[test]
fn a_saved_battle_is_taken_up_where_it_stood() {
    both(|storage| {
        let (battle, mut recorder, text) = save(3);
        let name = suggested_name(&battle);
        assert_eq!(name.as_str(), "crossroads turn 04");
        storage.write(&name, &text).unwrap();
        let progress = Progress::default();
        let loaded = load(storage, &name, &progress).unwrap();
        assert_eq!(progress.read(), (3, 3));
        assert_eq!(loaded.seat, Seat::Side(Side::China));
        assert_eq!(loaded.battle.digest(), battle.digest());
        let orders = |b: &Battle| -> Vec<Order> {
            b.standing(Side::China)
                .into_iter()
                .map(|(_, o)| o)
                .collect()
        };
        assert_eq!(orders(&loaded.battle), orders(&battle));
        assert_eq!(loaded.recorder.record(), recorder.record());
        // Both go on, and stay the same battle.
        let (mut here, mut there) = (battle, loaded.battle);
        let mut resumed = loaded.recorder;
        recorder.end_turn(&mut here);
        resumed.end_turn(&mut there);
        assert_eq!(resumed.record(), recorder.record());
    });
}

#[test]
fn a_list_tells_what_saves_are_about_without_a_replay() {
    let storage = MemoryStorage::default();
    let (_, recorder, text) = save(2);
    storage.write(&SaveName::autosave(), &text).unwrap();
    let bare = recorder.record().write().unwrap();
    storage
        .write(&SaveName::new("bare").unwrap(), &bare)
        .unwrap();
    storage
        .write(&SaveName::new("junk").unwrap(), "junk")
        .unwrap();
    let listed = slots(&storage).unwrap();
    let names: Vec<&str> = listed.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["junk", "bare", "autosave"], "newest first");
    assert!(listed[0].about.is_err());
    let about = listed[2].about.as_ref().unwrap();
    assert_eq!(about.title, "Lesson: a village at a crossroads");
    assert_eq!(about.standing(), "Chinese side, 5 Dec 13:00, turn 3 of 12");
    assert_eq!(listed[1].about.as_ref().unwrap(), about);
}

#[test]
fn damaged_saves_are_errors_with_a_remedy() {
    let (_, _, text) = save(2);
    let progress = Progress::default();
    let mut tried = 0;
    for cut in (0..text.len()).step_by(text.len() / 40 + 1) {
        let cut = text.floor_char_boundary(cut);
        let error = load_text(&text[..cut], &progress)
            .err()
            .expect("half a save");
        assert!(!error.headline().is_empty() && !error.remedy().is_empty());
        tried += 1;
    }
    assert!(tried > 30);
    let junk = "(".repeat(100_000);
    for text in ["", "junk", "// about: (", junk.as_str(), "\u{0}"] {
        assert!(matches!(
            load_text(text, &progress),
            Err(LoadError::Record(_))
        ));
    }
}

#[test]
fn a_save_that_comes_out_otherwise_is_told_from_which_turn() {
    let (_, recorder, _) = save(2);
    let mut record = recorder.record().clone();
    record.header.seed += 1;
    let text = record.write().unwrap();
    let error = load_text(&text, &Progress::default()).err().unwrap();
    assert!(matches!(error, LoadError::Replay(_)), "{error:?}");
    assert!(error.headline().contains("another version"));
    assert!(error.remedy().contains("left as it is"));

    let mut record = recorder.record().clone();
    for text in record.texts.values_mut() {
        *text = text.replace("format: 1", "format: 9");
    }
    let text = record.write().unwrap();
    let error = load_text(&text, &Progress::default()).err().unwrap();
    assert!(matches!(
        &error,
        LoadError::Replay(ReplayError::Scenario(_))
    ));
    assert!(!error.problems().is_empty());
}

#[test]
fn loading_can_be_stopped() {
    let (_, _, text) = save(2);
    let progress = Progress::default();
    progress.cancel();
    assert_eq!(
        load_text(&text, &progress).err(),
        Some(LoadError::Cancelled)
    );
}

#[test]
fn settings_survive_nonsense() {
    let settings = Settings {
        background_read: true,
        ..Settings::default()
    };
    assert_eq!(Settings::parse(&settings.text()), settings);
    assert_eq!(Settings::parse("(nonsense"), Settings::default());
    assert_eq!(
        Settings::parse("(interface_scale: 1e30)").interface_scale,
        2.0
    );
    assert_eq!(
        Settings::parse("(interface_scale: NaN)").interface_scale,
        1.0
    );
    assert!(Settings::parse("(later_setting: 3, never_ask: true)").never_ask);
}
