//! Broken crossings: `tests/broken/crossings/*.ron` are fragments put into the lesson, on whose map
//! there is a lake then; the first lines say what must be told, and the mark `// <-` where.

use super::original;
use nanking::scenario::{MemoryFiles, Options, Scenario, validate};
use std::{fs, path::Path};

const LESSON: &str = "lessons/crossroads.ron";
const MAP: &str = "maps/crossroads.ron";

const LAKE: &str = r#"
        (id: "lake", name: "Lake", kind: Lake,
         area: [(119.010, 32.040), (119.024, 32.040), (119.024, 32.059), (119.010, 32.059)],
         source: "invented", confidence: Low),
        (id: "deep", name: "Deep", kind: Anchorage, at: [(119.017, 32.050)], source: "invented", confidence: Low),"#;

const PLACES: &str = r#"
        (id: "pier", name: "Pier", at: Some((119.027, 32.050)), rank: 3, source: "invented", confidence: Low),
        (id: "wharf", name: "Wharf", at: Some((119.027, 32.042)), rank: 3, source: "invented", confidence: Low),
        (id: "landing", name: "Landing", at: Some((119.003, 32.050)), rank: 3, source: "invented", confidence: Low),
        (id: "deep", name: "Deep", at: Some((119.017, 32.050)), rank: 3, source: "invented", confidence: Low),"#;

/// The lesson with a lake and a fragment of crossings.
fn lesson(fragment: &str) -> MemoryFiles {
    let mut files = MemoryFiles::default();
    let text = original(LESSON);
    let end = text.rfind(')').expect("a scenario ends with a bracket");
    let text = format!("{}{fragment}\n)\n", &text[..end]);
    files.0.insert(LESSON.into(), text);
    let map = original(MAP)
        .replacen("features: [", &format!("features: [{LAKE}"), 1)
        .replacen("places: [", &format!("places: [{PLACES}"), 1);
    files.0.insert(MAP.into(), map);
    let rules = "rules/standard.ron";
    files.0.insert(rules.into(), original(rules));
    files
}

#[test]
fn each_broken_crossing_is_told_with_its_place_and_a_remedy() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/crossings");
    let entries = fs::read_dir(&folder).expect("the folder is there");
    let mut names: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    names.sort();
    assert!(names.len() >= 12, "{}", names.len());
    let mut failures = String::new();
    for path in names {
        let fragment = fs::read_to_string(&path).expect("text");
        let expected: Vec<&str> = fragment
            .lines()
            .map_while(|l| l.strip_prefix("// "))
            .collect();
        let files = lesson(&fragment);
        let marked = files.0[LESSON].lines().position(|l| l.contains("// <-"));
        let line = 1 + marked.expect("a mark of the place");
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

#[test]
fn the_lesson_with_a_sound_crossing_is_valid() {
    let sound = r#"crossings: [
        (side: China, from: "pier", to: "landing", boats: [
            (kind: "junk", count: 10, source: "invented", confidence: Low),
            (kind: "junk", count: 4, owner: Some("garrison"), source: "invented", confidence: Low),
        ], source: "invented", confidence: Low),
        (side: Japan, from: "landing", to: "wharf", boats: [
            (kind: "launch", count: 0, source: "invented", confidence: Low),
        ], source: "invented", confidence: Low),
    ],"#;
    let scenario = Scenario::load(&lesson(sound), LESSON, &Options::default());
    let scenario = scenario.unwrap_or_else(|p| panic!("{p:#?}"));
    assert_eq!(scenario.crossings().len(), 2);
    assert_eq!(scenario.crossings()[0].boats.len(), 2);
}
