//! Input that wants to break the program: random bytes, torn files, brackets without end, values at
//! the edge. Nothing is asked of the answers but that they come, soon, and without a panic.

use super::{LESSON, original, run};
use nanking::scenario::{
    FileError, Files, MemoryFiles, Options,
    files::MAX_BYTES,
    problem::report,
    source::{Lines, Outline},
    validate,
};
use nanking::{cli::check::PROBLEMS, shelf::Shelf};
use proptest::prelude::*;
use std::{
    fs,
    time::{Duration, Instant},
};

/// Far more than any answer takes, also on a busy machine without optimisation.
const SOON: Duration = Duration::from_secs(30);

/// Files of the historical battle.
const HISTORY: [(&str, &str); 3] = [
    ("scenario", "nanking_1937.ron"),
    ("map", "maps/nanking_area.ron"),
    ("rules", "rules/standard.ron"),
];

/// Examines a scenario with one file replaced. Each problem must stand in its file.
fn examine_in(set: &[(&str, &str); 3], edited: &str, text: String) -> usize {
    let mut files = MemoryFiles::default();
    for (name, path) in set {
        let whole = || original(path);
        let text = if *name == edited {
            text.clone()
        } else {
            whole()
        };
        files.0.insert((*path).to_owned(), text);
    }
    let began = Instant::now();
    let examined = validate::examine(&files, set[0].1, &Options::default());
    for problem in &examined.problems {
        let text = &examined.texts.0[&problem.file];
        let lines = text.split('\n').count();
        assert!((1..=lines).contains(&problem.line), "{problem}");
        if let Some((from, to)) = problem.span {
            assert!(text.get(from..to).is_some(), "{problem}: {from}..{to}");
            let place = Lines::of(text).position(text, from);
            assert_eq!(place, (problem.line, problem.column));
        }
        assert!(!problem.message.is_empty());
    }
    report(&examined.problems, &examined.texts, true);
    assert!(began.elapsed() < SOON, "took {:?}", began.elapsed());
    examined.problems.len()
}

/// The same with the lesson.
fn examine(edited: &str, text: String) -> usize {
    examine_in(&LESSON, edited, text)
}

#[test]
fn files_torn_off_anywhere_are_refused() {
    // Every length would take minutes; these steps fall on every kind of place.
    for (set, parts) in [(LESSON, 300), (HISTORY, 60)] {
        for (name, path) in set {
            let text = original(path);
            let end = text.trim_end().len();
            for length in (0..end).step_by(end / parts) {
                if text.is_char_boundary(length) {
                    let problems = examine_in(&set, name, text[..length].to_owned());
                    assert!(problems > 0, "{path} torn off after {length} bytes");
                }
            }
        }
    }
}

#[test]
fn brackets_without_end_do_not_overflow_the_stack() {
    const MANY: usize = 100_000;
    let nested = [
        "(".repeat(MANY),
        "[".repeat(MANY),
        "{".repeat(MANY),
        "Some(".repeat(MANY),
        "Scenario(format: ".repeat(MANY),
        "([{".repeat(MANY),
        format!("Scenario(title: {}{}", "[".repeat(MANY), "]".repeat(MANY)),
        "/*".repeat(MANY),
        "r#\"".repeat(MANY),
        "#![enable(".repeat(MANY),
        "}])".repeat(MANY),
        "'(".repeat(MANY),
    ];
    for (name, _) in LESSON {
        for text in &nested {
            assert!(examine(name, text.clone()) > 0);
        }
    }
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let path = temporary.path().join("deep.ron");
    fs::write(&path, &nested[0]).expect("file");
    let (code, out) = run(&path);
    assert_eq!(code, PROBLEMS);
    assert!(
        out.contains("deep.ron:1:65: error: more than 64 brackets are open here"),
        "{out}"
    );
}

#[test]
fn long_lists_of_nonsense_are_cut_short() {
    let scenario = original(LESSON[0].1);
    let unit = &scenario[scenario
        .find("        (\n            id: \"garrison_1\"")
        .expect("a unit")
        ..scenario
            .find("        (\n            id: \"garrison_2\"")
            .expect("a unit")];
    let many = scenario.replace(unit, &unit.repeat(8_000));
    assert!(examine("scenario", many) > 0);
    let wrong = unit
        .replace("\"village\"", "\"vilage\"")
        .replace("\"line\"", "\"lime\"");
    let many = scenario.replace(unit, &wrong.repeat(1_900));
    assert!(examine("scenario", many) > 100);
    assert!(
        examine(
            "scenario",
            format!("Scenario(turns: [{}])", "NaN, ".repeat(500_000))
        ) > 0
    );
    let long = "x".repeat(1_000_000);
    assert!(
        examine(
            "scenario",
            scenario.replace("At(\"village\")", &format!("At(\"{long}\")"))
        ) > 0
    );
    assert!(
        examine(
            "scenario",
            scenario.replace("id: \"garrison_1\"", &format!("id: \"{long}\""))
        ) > 0
    );
    assert!(
        examine(
            "map",
            original(LESSON[1].1).replace("\"village\"", &format!("\"{long}\""))
        ) > 0
    );
}

#[test]
fn files_too_large_or_not_text_are_refused() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let large = temporary.path().join("large.ron");
    fs::write(&large, vec![b' '; MAX_BYTES as usize + 1]).expect("file");
    let (code, out) = run(&large);
    assert_eq!(code, PROBLEMS);
    assert!(
        out.contains("large.ron:1:1: error: `large.ron` is 4194305 bytes long; at most 4194304"),
        "{out}"
    );
    let binary = temporary.path().join("binary.ron");
    fs::write(&binary, [0x4d, 0x61, 0x70, 0xff, 0xfe]).expect("file");
    let (code, out) = run(&binary);
    assert_eq!(code, PROBLEMS);
    assert!(
        out.contains("binary.ron:1:1: error: `binary.ron` is not UTF-8 text"),
        "{out}"
    );
    let (code, out) = run(&temporary.path().join("nothing.ron"));
    assert_eq!(code, PROBLEMS);
    assert!(out.contains("there is no file"), "{out}");
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_folder() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let (shelf, outside) = (
        temporary.path().join("shelf"),
        temporary.path().join("secret.ron"),
    );
    fs::create_dir(&shelf).expect("folder");
    fs::write(&outside, "Rules()").expect("file");
    fs::write(shelf.join("inside.ron"), "Map()").expect("file");
    std::os::unix::fs::symlink(&outside, shelf.join("rules.ron")).expect("link");
    std::os::unix::fs::symlink(shelf.join("inside.ron"), shelf.join("again.ron")).expect("link");
    std::os::unix::fs::symlink(temporary.path(), shelf.join("up")).expect("link");
    let shelf = Shelf::folder(&shelf).expect("shelf");
    let outside = |name: &str| Err(FileError::Outside(name.to_owned()));
    assert_eq!(shelf.load("rules.ron"), outside("rules.ron"));
    assert_eq!(shelf.load("up/secret.ron"), outside("up/secret.ron"));
    assert_eq!(shelf.load("../secret.ron"), outside("../secret.ron"));
    assert_eq!(shelf.load("/etc/passwd"), outside("/etc/passwd"));
    assert_eq!(shelf.load("again.ron").as_deref(), Ok("Map()"));
}

#[test]
fn a_shelf_has_the_embedded_scenarios() {
    for shelf in [
        Shelf::embedded(),
        Shelf::find("crossroads").expect("found by name").0,
    ] {
        for (_, path) in LESSON {
            assert!(shelf.names().contains(&path.to_owned()));
            assert!(shelf.load(path).is_ok_and(|t| t.contains("format: 1")));
        }
        assert!(matches!(
            shelf.load("nothing.ron"),
            Err(FileError::Missing(_))
        ));
    }
    let (_, name) = Shelf::open("crossroads").expect("found by name");
    assert_eq!(name, LESSON[0].1);
    assert!(Shelf::open("no_such_battle").is_err());
}

/// Words that a slip or malice may put in a word's place.
const WORDS: &[&str] = &[
    "",
    "0",
    "-1",
    "1",
    "2",
    "1e308",
    "-1e308",
    "1e-308",
    "4294967295",
    "18446744073709551616",
    "0.5",
    "NaN",
    "()",
    "[]",
    "{}",
    "(",
    ")",
    "]",
    ",",
    ":",
    "\"\"",
    "\"village\"",
    "\"hill\"",
    "\"column\"",
    "None",
    "Some(1)",
    "Some(\"village\")",
    "true",
    "Water",
    "Naval",
    "China",
    "Japan",
    "At(\"bridge\")",
    "'x'",
    "r#\"x\"#",
    "(119.0, 32.0)",
    "[(119.0, 32.0)]",
    "Lake",
    "Wall(height_m: 1, thickness_m: 1)",
    "180.0",
    "-85.0",
    "//",
    "/*",
];

/// Beginnings and ends of the words of a text.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut from = 0;
    for (at, mark) in text.match_indices(|c: char| c.is_whitespace() || "()[],:".contains(c)) {
        if at > from {
            words.push((from, at));
        }
        from = at + mark.len();
    }
    words
}

fn change_words(set: &[(&str, &str); 3], file: usize, changes: &[(prop::sample::Index, usize)]) {
    let mut text = original(set[file].1);
    for (index, word) in changes {
        let words = words(&text);
        let (from, to) = words[index.index(words.len())];
        text.replace_range(from..to, WORDS[*word]);
    }
    examine_in(set, set[file].0, text);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_has_an_outline(text in "\\PC{0,200}") {
        let outline = Outline::of(&text);
        let lines = Lines::of(&text);
        for byte in 0..=text.len() {
            let (line, column) = lines.position(&text, byte);
            prop_assert!(lines.byte(&text, line, column) <= byte);
            outline.path_at(byte);
        }
        outline.find("a.b[3]..[x].[99999999999999999999]");
    }

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), file in 0..3_usize) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        prop_assert!(examine(LESSON[file].0, text) > 0);
    }

    #[test]
    fn random_punctuation_is_refused(text in "[\\[\\](){}:,'\"/*#! ar1.\\\\-]{0,200}", file in 0..3_usize) {
        prop_assert!(examine(LESSON[file].0, text) > 0);
    }

    #[test]
    fn any_word_may_be_changed_for_another(
        file in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..WORDS.len()), 1..4),
    ) {
        change_words(&LESSON, file, &changes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(40) })]

    #[test]
    fn any_word_of_the_historical_battle_may_be_changed(
        file in 0..2_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..WORDS.len()), 1..3),
    ) {
        change_words(&HISTORY, file, &changes);
    }
}
