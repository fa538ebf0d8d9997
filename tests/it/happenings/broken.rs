//! Broken events and scripts: `tests/broken/events/*.ron` and `tests/broken/script/*.ron` are fragments
//! put into the lesson; the first lines say what must be told, and the mark `// <-` where.

use nanking::scenario::{MemoryFiles, Options, Scenario, validate};
use std::{fs, path::Path};

const LESSON: &str = "lessons/crossroads.ron";

fn source(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// The lesson with a fragment in place of its events.
fn lesson(fragment: &str) -> MemoryFiles {
    let mut files = MemoryFiles::default();
    let text = source(&format!("scenarios/{LESSON}"));
    let end = text.rfind(')').expect("a scenario ends with a bracket");
    files
        .0
        .insert(LESSON.into(), format!("{}{fragment}\n)\n", &text[..end]));
    for path in ["maps/crossroads.ron", "rules/standard.ron"] {
        files
            .0
            .insert(path.into(), source(&format!("scenarios/{path}")));
    }
    files
}

#[test]
fn each_broken_event_is_told_with_its_place_and_a_remedy() {
    each_is_told("tests/broken/events", 20);
}

#[test]
fn each_broken_order_of_a_script_is_told_with_its_place_and_a_remedy() {
    each_is_told("tests/broken/script", 12);
}

fn each_is_told(folder: &str, least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|e| e.expect("an entry").path())
        .collect();
    names.sort();
    assert!(names.len() >= least, "{}", names.len());
    let mut failures = String::new();
    for path in names {
        let fragment = fs::read_to_string(&path).expect("text");
        let expected: Vec<&str> = fragment
            .lines()
            .take_while(|l| l.starts_with("// "))
            .map(|l| &l[3..])
            .collect();
        let files = lesson(&fragment);
        let text = &files.0[LESSON];
        let line = 1 + text
            .lines()
            .position(|l| l.contains("// <-"))
            .expect("a mark of the place");
        let examined = validate::examine(&files, LESSON, &Options::default());
        let told: Vec<String> = examined.problems.iter().map(ToString::to_string).collect();
        let right = told.len() == 1
            && told[0].starts_with(&format!("{LESSON}:{line}:"))
            && expected.iter().all(|part| told[0].contains(part));
        if !right {
            failures += &format!(
                "\n== {}: expected line {line}: {expected:?}\n{}\n",
                path.display(),
                told.join("\n")
            );
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn told(fragment: &str) -> Vec<String> {
    let examined = validate::examine(&lesson(fragment), LESSON, &Options::default());
    examined.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn events_that_wait_on_each_other_are_told_with_their_ring() {
    let ring = r#"events: [
        (id: "a", title: "A", when: Fired(event: "c"), narration: "A.", source: "s", confidence: Low),
        (id: "b", title: "B", when: All([Fog, Flag("a")]), narration: "B.", source: "s", confidence: Low,
         then: [SetFlag("b")]),
        (id: "c", title: "C", when: Flag("b"), then: [SetFlag("a")], source: "s", confidence: Low),
        (id: "d", title: "D", when: Any([Flag("a"), Fog]), narration: "D.", source: "s", confidence: Low),
    ],"#;
    let told = told(ring);
    assert_eq!(told.len(), 3, "{told:#?}");
    assert!(
        told[0].contains("`a` can never happen: it waits on `c`"),
        "{told:#?}"
    );
    for (i, id) in [(1, "b"), (2, "c")] {
        let text = format!("the event `{id}` can never happen: ");
        assert!(told[i].contains(&text), "{told:#?}");
        assert!(told[i].contains("wait on each other"), "{told:#?}");
        assert!(
            told[i].contains("let one of them happen by itself"),
            "{told:#?}"
        );
    }
}

#[test]
fn a_gate_is_not_shut_and_cleared_at_one_hour() {
    let campaign = crate::support::shelved("nanking_1937");
    let mut file = campaign.file().clone();
    file.events = vec![
        super::event(
            "a",
            r#"At("1937-12-08T12:00")"#,
            &[r#"Barricade("gate_zhonghua")"#],
        ),
        super::event(
            "b",
            r#"At("1937-12-08T12:00")"#,
            &[r#"OpenGate("gate_zhonghua")"#],
        ),
        super::event(
            "c",
            r#"At("1937-12-08T13:00")"#,
            &[r#"OpenGate("gate_zhonghua")"#],
        ),
    ];
    let mut files = campaign.texts().clone();
    let config = ron::ser::PrettyConfig::new().struct_names(true);
    let text = ron::ser::to_string_pretty(&file, config).expect("it can be written");
    files.0.insert(campaign.path().to_owned(), text);
    let examined = validate::examine(&files, campaign.path(), &Options::default());
    let told: Vec<String> = examined.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].contains("`a` and `b` decide the same gate at the same hour, and differently"),
        "{told:#?}"
    );
}

#[test]
fn nothing_inside_the_walls_is_acted_on_once_the_city_is_lost() {
    let campaign = crate::support::shelved("nanking_1937");
    let mut file = campaign.file().clone();
    let when = "All([CityLost, Light(Night)])";
    file.events = vec![super::event("fire", when, &[r#"Fire("xinjiekou")"#])];
    let mut files = campaign.texts().clone();
    let config = ron::ser::PrettyConfig::new().struct_names(true);
    let text = ron::ser::to_string_pretty(&file, config).expect("it can be written");
    files.0.insert(campaign.path().to_owned(), text);
    let examined = validate::examine(&files, campaign.path(), &Options::default());
    assert_eq!(examined.problems.len(), 1);
    let told = examined.problems[0].to_string();
    assert!(told.contains("acts inside its walls"), "{told}");
}

#[test]
fn the_lesson_with_sound_events_is_valid() {
    let sound = r#"events: [
        (
            id: "noon", title: "Noon", when: At("1937-12-05T12:00"), then: [SetFlag("noon")],
            source: "invented", confidence: Low,
        ),
        (
            id: "after", title: "After noon", when: Flag("noon"), narration: "It is past noon.",
            source: "invented", confidence: Low,
        ),
    ],"#;
    let scenario = Scenario::load(&lesson(sound), LESSON, &Options::default()).expect("valid");
    assert_eq!(scenario.events().list.len(), 2);
}
