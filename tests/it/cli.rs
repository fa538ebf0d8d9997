//! The program from outside: exit codes, the JSON object's names, records on disk. Few, since
//! starting a process is slow.

use serde_json::Value;
use std::{
    fs,
    io::Read,
    path::Path,
    process::{Command, Output, Stdio},
};

fn nanking(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nanking"))
        .args(arguments)
        .output()
        .unwrap()
}

/// The program where no window can be opened, whatever the machine of the tests has.
fn without_a_display() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nanking"));
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    command
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("it was not killed")
}

#[test]
fn without_a_display_it_fights_the_historical_battle() {
    let elsewhere = tempfile::tempdir().unwrap();
    let output = without_a_display()
        .current_dir(elsewhere.path())
        .output()
        .unwrap();
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output);
    let mut lines = text.lines();
    let why = if cfg!(feature = "gui") {
        "No window can be opened: neither DISPLAY nor WAYLAND_DISPLAY names a display"
    } else {
        "This program was built without the window"
    };
    assert!(lines.next().unwrap().starts_with(why), "{text}");
    for part in [
        "The Battle of Nanking",
        "\nTurn 1 ",
        "\nWhat was taken when\n",
        "\nMen\n",
        "\nBeside history\n",
        "88th Division",
        "Nanking Massacre",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[cfg(feature = "gui")]
#[test]
fn play_without_a_display_says_so_and_fights_the_battle_asked_for() {
    let output = without_a_display()
        .env("DISPLAY", ":41937")
        .args(["play", "crossroads", "--side", "japan", "--seed", "5"])
        .output()
        .unwrap();
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output);
    let first = text.lines().next().unwrap();
    assert!(
        first.contains("DISPLAY is `:41937`, and nothing answers there"),
        "{first}"
    );
    let simulated = out(&nanking(&["simulate", "crossroads", "--seed", "5"]));
    assert_eq!(text.split_once("\n\n").unwrap().1, simulated);
}

#[cfg(feature = "gui")]
#[test]
fn play_takes_the_choices_that_simulate_takes_and_says_what_was_switched() {
    let choices = ["--simplified-command", "--no-events"];
    let output = without_a_display()
        .args(["play", "crossroads", "--seed", "5"])
        .args(choices)
        .output()
        .unwrap();
    assert_eq!(code(&output), 0, "{}", err(&output));
    let played = out(&output);
    let simulated = [&["simulate", "crossroads", "--seed", "5"], &choices[..]].concat();
    let simulated = out(&nanking(&simulated));
    assert_eq!(played.split_once("\n\n").unwrap().1, simulated);
    assert!(simulated.contains("Played with simplified command"));
    assert!(simulated.contains("Played with scenario events off"));
}

#[test]
fn a_handicap_is_told_and_kept_in_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("battle.ron");
    let file = file.to_str().unwrap();
    let asked = [
        "simulate",
        "crossroads",
        "--handicap",
        "china=20",
        "--handicap",
        "japan=-10",
    ];
    let output = nanking(&[&asked[..], &["--record", file]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output);
    assert!(
        text.contains("Played with a handicap: the Chinese side fights with 120 % of its power.")
    );
    assert!(text.contains("the Japanese side fights with 90 %"));
    let record = std::fs::read_to_string(file).unwrap();
    assert!(record.contains("handicap: (20, -10)"));
    let replayed = nanking(&["replay", file, "--verify"]);
    assert_eq!(code(&replayed), 0, "{}", err(&replayed));
}

#[test]
fn json_is_one_object_with_its_names() {
    let output = nanking(&[
        "simulate",
        "nanking_1937",
        "--seed",
        "3",
        "--turns",
        "30",
        "--json",
    ]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output);
    assert_eq!(text.trim_end().lines().count(), 1);
    let json: Value = serde_json::from_str(&text).unwrap();
    let names: Vec<&String> = json.as_object().unwrap().keys().collect();
    let mut expected = [
        "scenario", "seed", "turns", "digest", "end", "sides", "events", "history",
    ];
    expected.sort_unstable();
    assert_eq!(names, expected);
    assert_eq!(json["scenario"], "nanking_1937");
    assert_eq!((&json["seed"], &json["turns"]), (&3.into(), &30.into()));
    assert_eq!(json["end"], "stopped");
    for side in ["china", "japan"] {
        let men = json["sides"][side].as_object().unwrap();
        let sum: u64 = men
            .iter()
            .filter(|(bin, _)| *bin != "initial")
            .map(|(_, n)| n.as_u64().unwrap())
            .sum();
        assert_eq!(men.len(), 12);
        assert_eq!(sum, men["initial"].as_u64().unwrap(), "{side}");
    }
    let events = json["events"].as_array().unwrap();
    assert!(events.iter().any(|e| e["kind"] == "captured"));
    for event in events {
        assert!(["contact", "contested", "captured"].contains(&event["kind"].as_str().unwrap()));
        let at = event["at"].as_str().unwrap();
        assert!(at.len() == 16 && at.starts_with("1937-12-"), "{at}");
        assert!(!event["place"].as_str().unwrap().is_empty() && event["turn"].is_u64());
        assert!(["china", "japan"].contains(&event["by"].as_str().unwrap()));
    }
    let history = json["history"].as_array().unwrap();
    assert!(
        history
            .iter()
            .any(|h| h["id"] == "t01" && h["unit"] == "men")
    );
    assert!(
        history
            .iter()
            .all(|h| h.get("simulated").is_some() && !h["historical"].is_null())
    );
}

#[test]
fn a_record_is_replayed_and_a_changed_one_exits_1() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fight.ron");
    let file = path.to_str().unwrap();
    let output = nanking(&["simulate", "crossroads", "--quiet", "--record", file]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(!out(&output).contains("\nTurn "), "quiet");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no part is left"
    );

    let output = nanking(&["replay", file, "--verify"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).contains("replayed as recorded"));

    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("seed: 1937", "seed: 1938", 1)).unwrap();
    let output = nanking(&["replay", file, "--verify"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert!(out(&output).contains("differs"), "{}", out(&output));

    fs::write(&path, "no record").unwrap();
    assert_eq!(code(&nanking(&["replay", file])), 2);
    assert_eq!(code(&nanking(&["replay", "/no/such/file"])), 2);
}

#[test]
fn the_same_seed_gives_the_same_output() {
    let run = |seed| {
        out(&nanking(&[
            "simulate",
            "crossroads",
            "--json",
            "--seed",
            seed,
        ]))
    };
    assert_eq!(run("5"), run("5"));
    assert_ne!(run("5"), run("6"));
}

#[test]
fn estimates_of_strength_change_the_numbers() {
    let initial = |extra: &[&str]| {
        let mut arguments = vec!["simulate", "nanking_1937", "--turns", "1", "--json"];
        arguments.extend(extra);
        let json: Value = serde_json::from_str(&out(&nanking(&arguments))).unwrap();
        json["sides"]["china"]["initial"].as_u64().unwrap()
    };
    assert!(initial(&["--strength", "china=hata"]) > initial(&[]));
    for wrong in ["china=nobody", "china", "prussia=hata"] {
        let output = nanking(&["simulate", "nanking_1937", "--strength", wrong]);
        assert_eq!(code(&output), 2, "{wrong}");
        assert!(!err(&output).is_empty() && out(&output).is_empty());
    }
}

#[test]
fn a_study_is_written_as_markdown_and_says_how_it_was_made() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("measured.md");
    let path = file.to_str().unwrap();
    let asked = [
        "study",
        "crossroads",
        "--seeds",
        "3",
        "--against",
        "crossroads",
    ];
    let output = nanking(&asked);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output);
    assert!(text.contains("`nanking study crossroads --seeds 3 --against crossroads`"));
    for part in ["| kind | ", "| Fought | ", "| mean difference |"] {
        assert!(text.contains(part), "{part}");
    }
    let output = nanking(&[&asked[..], &["--threads", "1", "--out", path]].concat());
    assert_eq!((code(&output), out(&output).as_str()), (0, ""));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn conduct_is_told_as_counts_and_single_cases() {
    let asked = [
        "conduct",
        "crossroads",
        "--seeds",
        "2",
        "--commander",
        "idle",
        "--list",
        "1",
    ];
    let output = nanking(&asked);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output);
    for part in [
        "# Conduct of idle",
        "| illegal order, Chinese | 0 |",
        "| formation without a task, Japanese | 2 (in 2) |",
        "| formation without a task | no mission | crossroads seed 1 turn 3, ",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_tournament_tells_who_won_and_how_long_each_thought() {
    let asked = ["tournament", "crossroads", "--seeds", "2", "--between"];
    let output = nanking(&[&asked[..], &["regular", "idle"]].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    let text = out(&output);
    for part in [
        "# Tournament: regular against idle",
        "| Lesson: a village at a crossroads | 2 |",
        "| regular | china |",
        "| idle | japan |",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_cannot_be_done_exits_2_and_says_why() {
    for arguments in [
        &["simulate", "no_such_scenario"][..],
        &["simulate"],
        &["simulate", "crossroads", "--seed", "x"],
        &[
            "simulate",
            "crossroads",
            "--record",
            "/no/such/folder/file.ron",
        ],
        &["simulate", "crossroads", "--handicap", "china=15"],
        &["simulate", "crossroads", "--handicap", "china=60"],
        &["simulate", "crossroads", "--handicap", "20"],
        &["study", "crossroads", "--handicap", "china=20"],
        &[
            "tournament",
            "crossroads",
            "--between",
            "regular",
            "idle",
            "--handicap",
            "china=20",
        ],
        &["study"],
        &["study", "no_such_scenario"],
        &["study", "crossroads", "--seeds", "0"],
        &["conduct", "crossroads", "--commander", "napoleon"],
        &["tournament", "crossroads"],
        &["tournament", "crossroads", "--between", "regular"],
        &[
            "tournament",
            "crossroads",
            "--between",
            "regular",
            "napoleon",
        ],
        &[
            "tournament",
            "no_such_scenario",
            "--between",
            "regular",
            "idle",
        ],
        &["conquer"],
        &["check"],
    ] {
        let output = nanking(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(!err(&output).is_empty(), "{arguments:?}");
    }
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let output = nanking(&["check", scenarios.to_str().unwrap()]);
    assert_eq!(code(&output), 0, "{}", out(&output));
    let output = nanking(&["check", "no_such_file.ron"]);
    assert_eq!(code(&output), 2);
}

#[test]
fn help_and_version_exit_0() {
    let output = nanking(&["--help"]);
    assert_eq!(code(&output), 0);
    for command in ["simulate", "check", "replay"] {
        assert!(out(&output).contains(command));
    }
    let output = nanking(&["--version"]);
    assert_eq!(code(&output), 0);
    assert_eq!(
        out(&output).trim(),
        concat!("nanking ", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_reader_who_leaves_is_no_error_and_the_record_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fight.ron");
    let mut child = Command::new(env!("CARGO_BIN_EXE_nanking"))
        .args(["simulate", "nanking_1937", "--turns", "12", "--record"])
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut complaint = String::new();
    let mut errors = child.stderr.take().unwrap();
    errors.read_to_string(&mut complaint).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{complaint}");
    assert_eq!(complaint, "");
    assert!(path.is_file());
}
