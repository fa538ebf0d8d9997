//! Broken files: what is wrong is found, in the right line and column, and told so that it helps.
//!
//! `cases.rs` lists edits of the lesson scenario, its map and rules, each breaking one thing.
//! `tests/broken/*.ron` are whole broken files that state what is expected in their first line.
//! No input may make the program panic, run long or eat memory.

mod cases;
mod crossings;
mod hostile;

use cases::{CASES, Case};
use nanking::{
    cli::check::{FINE, PROBLEMS, check},
    scenario::{MemoryFiles, Options, Scenario, source::Lines},
    shelf::Shelf,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Files of the lesson, by the name their cases use.
const LESSON: [(&str, &str); 3] = [
    ("scenario", "lessons/crossroads.ron"),
    ("map", "maps/crossroads.ron"),
    ("rules", "rules/standard.ron"),
];

fn original(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(file);
    fs::read_to_string(path).expect("the lesson's files are in the source tree")
}

fn run(path: &Path) -> (u8, String) {
    let mut out = Vec::new();
    let code = check(&[PathBuf::from(path)], false, &mut out);
    (code, String::from_utf8(out).expect("output is text"))
}

/// The lesson in a folder of its own, with one file edited. Returns the folder and the scenario.
fn lesson(file: &str, text: &str) -> (tempfile::TempDir, PathBuf) {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = temporary.path().join("scenarios");
    for (name, path) in LESSON {
        let to = root.join(path);
        fs::create_dir_all(to.parent().expect("in a folder")).expect("folder");
        let content = if name == file {
            text.to_owned()
        } else {
            original(path)
        };
        fs::write(to, content).expect("file");
    }
    let scenario = root.join(LESSON[0].1);
    (temporary, scenario)
}

fn path_of(file: &str) -> &'static str {
    LESSON
        .iter()
        .find(|(name, _)| *name == file)
        .expect("a file of the lesson")
        .1
}

/// The edited text, and the byte at which the problem stands.
fn edited(case: &Case) -> (String, usize) {
    let text = original(path_of(case.file));
    let count = text.matches(case.from).count();
    assert!(
        count >= 1,
        "{}: `{}` is not in the file",
        case.name,
        case.from
    );
    let text = text.replacen(case.from, case.to, 1);
    let edit = text.find(case.to).expect("the edit is in the text");
    // Places are given as text at or after the edit, or else before it.
    let at = match case.at {
        "" => edit,
        at => text[edit..]
            .find(at)
            .map(|i| edit + i)
            .or_else(|| text.find(at))
            .unwrap_or_else(|| panic!("{}: no `{at}`", case.name)),
    };
    (text, at)
}

#[test]
fn the_lesson_itself_is_valid() {
    let (_folder, scenario) = lesson("scenario", &original(LESSON[0].1));
    let (code, out) = run(&scenario);
    assert_eq!(code, FINE, "{out}");
    assert!(
        out.ends_with("crossroads.ron: ok: 7 units, 3 formations, 8 x 8 hexes\n"),
        "{out}"
    );
}

#[test]
fn every_file_of_the_source_tree_is_valid() {
    let (code, out) = run(&Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"));
    assert_eq!(code, FINE, "{out}");
    assert!(out.lines().all(|l| l.contains(".ron: ok: ")), "{out}");
}

#[test]
fn each_break_is_found_where_it_is() {
    let mut failures = String::new();
    for case in CASES {
        let (text, at) = edited(case);
        let (line, column) = Lines::of(&text).position(&text, at);
        let (_folder, scenario) = lesson(case.file, &text);
        let (code, out) = run(&scenario);
        let place = format!(
            "{}:{line}:{column}: {}: ",
            path_of(case.file),
            case.severity
        );
        let told = out
            .lines()
            .any(|l| l.contains(&place) && l.contains(case.message) && l.contains(case.help));
        let expected = if case.severity == "error" {
            PROBLEMS
        } else {
            FINE
        };
        if !told || code != expected {
            failures += &format!(
                "\n== {}: exit {code}; expected {place}{} ({})\n{out}",
                case.name, case.message, case.help
            );
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn one_break_is_told_once() {
    for case in CASES.iter().filter(|c| c.alone) {
        let (text, _) = edited(case);
        let (_folder, scenario) = lesson(case.file, &text);
        let (_, out) = run(&scenario);
        let told = out
            .lines()
            .filter(|l| l.contains(": error: ") || l.contains(": warning: "))
            .count();
        assert_eq!(told, 1, "{}\n{out}", case.name);
    }
}

#[test]
fn an_unknown_estimate_of_strength_is_refused() {
    let files = Shelf::embedded();
    let options = Options {
        strength: [Some("plane".to_owned()), None],
        ..Options::default()
    };
    let problems = Scenario::load(&files, LESSON[0].1, &options).expect_err("no such estimate");
    assert_eq!(problems.len(), 1);
    let told = problems[0].to_string();
    assert!(
        told.contains("no estimate of strength `plane` (did you mean `plain`?)"),
        "{told}"
    );
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let text = original(LESSON[0].1);
    let row = |id: &str| {
        let from = text
            .find(&format!("        (\n            id: \"{id}\""))
            .expect("a row");
        let to = text[from..].find("\n        ),\n").expect("its end") + "\n        ),\n".len();
        text[from..from + to].to_owned()
    };
    let mut swapped = text.clone();
    for (a, b) in [("garrison_1", "column_3"), ("garrison", "column")] {
        let (a, b) = (row(a), row(b));
        swapped = swapped.replace(&a, "@").replace(&b, &a).replace('@', &b);
    }
    assert_ne!(swapped, text);
    let load = |text: &str| {
        let mut files = MemoryFiles::default();
        for (name, path) in LESSON {
            let text = if name == "scenario" {
                text.to_owned()
            } else {
                original(path)
            };
            files.0.insert(path.to_owned(), text);
        }
        Scenario::load(&files, LESSON[0].1, &Options::default()).expect("valid")
    };
    let (one, other) = (load(&text), load(&swapped));
    assert_eq!(one.units(), other.units());
    assert_eq!(one.formations(), other.formations());
    assert_eq!(
        one.units()[0].key,
        nanking::scenario::forces::fnv64("column_1")
    );
    assert_eq!(
        one.texts().0.len(),
        3,
        "a record can be loaded from these texts alone"
    );
    let again = Scenario::load(one.texts(), one.path(), &Options::default()).expect("valid");
    assert_eq!(again, one);
}

#[test]
fn problems_of_all_three_files_are_told_at_once() {
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let root = temporary.path().join("scenarios");
    for (path, from, to) in [
        (LESSON[0].1, "at: \"village\"", "at: \"vilage\""),
        (LESSON[1].1, "id: \"east_hill\"", "id: \"East Hill\""),
        (LESSON[2].1, "exponent: 0.65", "exponent: 1.65"),
    ] {
        let to_path = root.join(path);
        fs::create_dir_all(to_path.parent().expect("in a folder")).expect("folder");
        fs::write(to_path, original(path).replacen(from, to, 1)).expect("file");
    }
    let (code, out) = run(&root.join(LESSON[0].1));
    assert_eq!(code, PROBLEMS);
    let lines: Vec<&str> = out.lines().filter(|l| l.contains(": error: ")).collect();
    assert_eq!(lines.len(), 3, "{out}");
    for (line, (file, message)) in lines.iter().zip([
        (
            "lessons/crossroads.ron:",
            "no place `vilage` (did you mean `village`?)",
        ),
        ("maps/crossroads.ron:", "`East Hill` is not an id"),
        ("rules/standard.ron:", "1.65 is out of range"),
    ]) {
        assert!(line.contains(file) && line.contains(message), "{line}");
    }
}

#[test]
fn broken_files_say_what_they_expect_and_get_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("tests/broken") {
        let path = entry.expect("entry").path();
        // The folder of broken events has a test of its own.
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).expect("text");
        let expected = text
            .lines()
            .next()
            .and_then(|l| l.strip_prefix("// expect "))
            .unwrap_or_else(|| panic!("{}: the first line says what to expect", path.display()));
        let (code, out) = run(&path);
        assert_eq!(code, PROBLEMS, "{}\n{out}", path.display());
        let wanted = format!("{}:{expected}", path.display());
        assert!(out.lines().any(|l| l == wanted), "expected {wanted}\n{out}");
        count += 1;
    }
    assert!(count >= 6, "only {count} files in tests/broken");
}
