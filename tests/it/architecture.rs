//! The walls between modules, held by reading the source: who may use whom, what the deterministic
//! part must not contain, and that the lists of modules tell the truth. Never runs the program.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Modules in order of data flow, with those of ours that each may use.
const MAY_USE: [(&str, &[&str]); 9] = [
    ("scenario", &["scenario"]),
    ("battle", &["scenario", "battle"]),
    ("commander", &["scenario", "battle", "commander"]),
    ("record", &["scenario", "battle", "record"]),
    ("report", &["scenario", "battle", "commander", "report"]),
    (
        "study",
        &[
            "scenario",
            "battle",
            "commander",
            "record",
            "report",
            "study",
        ],
    ),
    ("shelf", &["scenario", "shelf"]),
    (
        "gui",
        &[
            "scenario",
            "battle",
            "commander",
            "record",
            "report",
            "study",
            "shelf",
            "gui",
        ],
    ),
    (
        "cli",
        &[
            "scenario",
            "battle",
            "commander",
            "record",
            "report",
            "study",
            "shelf",
            "gui",
            "cli",
        ],
    ),
];

/// Absent from everything that must come out the same on every machine, a browser among them.
const NOT_DETERMINISTIC: [&str; 26] = [
    "std::fs",
    "std::thread",
    "std::time",
    "std::net",
    "std::env",
    "std::process",
    "Instant::",
    "SystemTime",
    "HashMap",
    "HashSet",
    "thread_rng",
    "rand::rng",
    "StdRng",
    "DefaultHasher",
    ".exp(",
    ".ln(",
    ".powf(",
    ".powi(",
    ".sin(",
    ".cos(",
    ".tan(",
    ".atan2(",
    ".tanh(",
    ".log10(",
    ".hypot(",
    ".mul_add(",
];

/// Hidden state and unordered delivery, absent from the core.
const NOT_IN_THE_CORE: [&str; 7] = [
    "Local<",
    "MessageWriter",
    "MessageReader",
    "Observer",
    "Changed<",
    "Added<",
    "prelude::*",
];

/// Longest file, lines.
const LONGEST: usize = 500;

/// Files longer than that. They may shrink, and no file may join them.
const LONGER: [(&str, usize); 5] = [
    ("battle/phases/aftermath.rs", 580),
    ("battle/phases/movement.rs", 650),
    ("gui/board/overlay.rs", 583),
    ("gui/panels/tests/mod.rs", 560),
    ("scenario/rules.rs", 570),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A source file: its path below `src` with `/`, its text, and its code without comments.
struct Source {
    name: String,
    text: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    rust_files(&src)
        .into_iter()
        .map(|path| {
            let parts: Vec<&str> = path
                .strip_prefix(&src)
                .unwrap()
                .iter()
                .map(|p| p.to_str().unwrap())
                .collect();
            let text = fs::read_to_string(&path).unwrap();
            let code = text
                .lines()
                .map(|line| line.split("//").next().unwrap())
                .collect::<Vec<_>>()
                .join("\n");
            Source {
                name: parts.join("/"),
                text,
                code,
            }
        })
        .collect()
}

impl Source {
    /// The top module it belongs to.
    fn module(&self) -> &str {
        let first = self.name.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Our modules it names after `crate::`, also within braces.
    fn used(&self) -> BTreeSet<String> {
        let code: String = self.code.split_whitespace().collect();
        let mut used = BTreeSet::new();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let Some(list) = rest.strip_prefix('{') else {
                used.insert(first_word(rest));
                continue;
            };
            let mut depth = 0;
            let mut start = 0;
            for (i, c) in list.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => {
                        used.insert(first_word(&list[start..i]));
                        break;
                    }
                    '}' => depth -= 1,
                    ',' if depth == 0 => {
                        used.insert(first_word(&list[start..i]));
                        start = i + 1;
                    }
                    _ => {}
                }
            }
        }
        used.remove("");
        used
    }
}

fn first_word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

fn offenders(sources: &[Source], words: &[&str], modules: &[&str]) -> Vec<String> {
    sources
        .iter()
        .filter(|s| modules.contains(&s.module()))
        .flat_map(|s| {
            words
                .iter()
                .filter(|word| s.code.contains(**word))
                .map(|word| format!("{}: {word}", s.name))
        })
        .collect()
}

#[test]
fn no_module_uses_one_behind_it() {
    let known: BTreeSet<&str> = MAY_USE.iter().map(|(m, _)| *m).collect();
    for source in sources() {
        let Some((_, allowed)) = MAY_USE.iter().find(|(m, _)| *m == source.module()) else {
            continue;
        };
        for used in source.used() {
            assert!(
                !known.contains(used.as_str()) || allowed.contains(&used.as_str()),
                "{} uses `{used}`",
                source.name
            );
        }
    }
}

#[test]
fn the_reader_of_uses_finds_them_in_every_form() {
    let source = Source {
        name: String::new(),
        text: String::new(),
        code:
            "use crate::{ battle::{Battle, order::Order}, report };\nfn f() { crate::cli::run() }"
                .to_owned(),
    };
    let used: Vec<String> = source.used().into_iter().collect();
    assert_eq!(used, ["battle", "cli", "report"]);
}

#[test]
fn nothing_that_differs_between_machines_in_the_deterministic_part() {
    let modules = ["scenario", "battle", "commander", "record", "report"];
    let found = offenders(&sources(), &NOT_DETERMINISTIC, &modules);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_hidden_state_in_the_core() {
    let found = offenders(&sources(), &NOT_IN_THE_CORE, &["battle"]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_the_core_knows_the_world() {
    let sources = sources();
    let outside = ["commander", "record", "report", "study", "shelf", "cli"];
    let found = offenders(&sources, &["World", ".world(", "bevy"], &outside);
    assert!(found.is_empty(), "{found:#?}");
    let found = offenders(&sources, &["bevy"], &["scenario"]);
    assert!(found.is_empty(), "{found:#?}");
    let found = offenders(&sources, &["bevy::"], &["battle"]);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_rule_asks_which_nation_a_unit_is_of() {
    let mut sources = sources();
    // The digest writes the sides down as numbers; it decides nothing.
    sources.retain(|s| s.name != "battle/digest.rs");
    let found = offenders(
        &sources,
        &["Side::China", "Side::Japan"],
        &["battle", "commander"],
    );
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_file_says_what_it_is() {
    let tests = root().join("tests");
    let benches = root().join("benches");
    for path in [tests, benches].iter().flat_map(|f| rust_files(f)) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{}", path.display());
    }
    for source in sources() {
        assert!(source.text.starts_with("//! "), "{}", source.name);
    }
}

#[test]
fn files_stay_short() {
    let longer: BTreeMap<&str, usize> = LONGER.into_iter().collect();
    for source in sources() {
        let most = longer.get(source.name.as_str()).copied().unwrap_or(LONGEST);
        let lines = source.text.lines().count();
        assert!(
            lines <= most,
            "{}: {lines} lines, at most {most}",
            source.name
        );
    }
}

/// Names declared by `mod x;` in a file.
fn declared(code: &str) -> Vec<String> {
    code.lines()
        .filter_map(|line| {
            let (_, after) = line.split_once("mod ")?;
            after.strip_suffix(';').map(str::to_owned)
        })
        .collect()
}

/// Modules linked in the table of a file's own documentation.
fn listed(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| line.strip_prefix("//! | [`"))
        .filter_map(|line| line.split_once('`').map(|(name, _)| name.to_owned()))
        .collect()
}

/// Modules that lie in a folder.
fn lying(folder: &Path) -> BTreeSet<String> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| !["lib", "main", "mod"].contains(&name.as_str()))
        .collect()
}

#[test]
fn the_map_in_lib_lists_the_folder_in_order() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let order: Vec<&str> = MAY_USE.iter().map(|(m, _)| *m).collect();
    assert_eq!(listed(&text), order);
    let folder = lying(&root().join("src"));
    assert_eq!(folder, order.iter().map(|m| (*m).to_owned()).collect());
    assert_eq!(folder, declared(&text).into_iter().collect());
}

#[test]
fn the_list_of_phases_is_the_turn() {
    let text = fs::read_to_string(root().join("src/battle/phases/mod.rs")).unwrap();
    let phases: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    let listed = listed(&text);
    let set = |list: &[String]| list.iter().cloned().collect::<BTreeSet<String>>();
    assert_eq!(set(&listed), set(&phases));
    let folder = lying(&root().join("src/battle/phases"));
    assert_eq!(folder, declared(&text).into_iter().collect());

    // The schedules install them in the order of the list.
    let turn = fs::read_to_string(root().join("src/battle/turn.rs")).unwrap();
    let place = |phase: &String| {
        turn.find(&format!("phases::{phase}::install"))
            .unwrap_or_else(|| panic!("{phase} is in no schedule"))
    };
    let hourly = |phase: &&String| text.contains(&format!("[`{phase}`] (hour)"));
    let (hour, whole): (Vec<&String>, Vec<&String>) = listed.iter().partition(hourly);
    for schedule in [hour, whole] {
        assert!(schedule.is_sorted_by_key(|p| place(p)), "{schedule:?}");
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let it = root().join("tests/it");
    let text = fs::read_to_string(it.join("main.rs")).unwrap();
    assert_eq!(lying(&it), declared(&text).into_iter().collect());
}

#[test]
fn no_renderer_is_compiled_unless_a_feature_asks_for_it() {
    let text = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut section = "";
    for line in text.lines() {
        if line.starts_with('[') {
            section = line;
        }
        let Some((name, value)) = line.split_once(" = ") else {
            continue;
        };
        let renders = name == "bevy"
            || [
                "bevy_egui",
                "bevy_render",
                "bevy_winit",
                "egui",
                "wgpu",
                "winit",
            ]
            .iter()
            .any(|crate_name| name.starts_with(crate_name));
        if section.contains("dependencies") && renders {
            assert!(value.contains("optional = true"), "{line}");
        }
    }
}
