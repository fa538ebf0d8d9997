//! No result is scripted. Every file under `scenarios/` is read as a flat run of words with the path of
//! fields above each, without asking the program what they mean: what a scenario says with a date is
//! a plan, an arrival or an order of a side, and what an event of a scenario does never names men,
//! cohesion, control, breaches or losses. Only reads text.

use std::{fs, path::Path};

/// A word of a RON text and the fields above it.
#[derive(Clone, Debug, PartialEq)]
struct Word {
    /// Fields and variants it lies in, outermost first.
    path: Vec<String>,
    /// The field's or variant's name, or the text of a string.
    text: String,
    /// A string?
    quoted: bool,
}

impl Word {
    fn place(&self) -> String {
        self.path.join(".")
    }
}

/// Passes over a comment, a string or a character; the text in it if it is a string.
fn quoted(rest: &str) -> Option<(usize, Option<String>)> {
    if rest.starts_with("//") {
        return Some((rest.find('\n').unwrap_or(rest.len()), None));
    }
    if rest.starts_with("/*") {
        let end = rest.find("*/").map_or(rest.len(), |i| i + 2);
        return Some((end, None));
    }
    if rest.starts_with('"') {
        let mut escaped = false;
        for (i, c) in rest.char_indices().skip(1) {
            match c {
                '"' if !escaped => return Some((i + 1, Some(rest[1..i].to_owned()))),
                '\\' => escaped = !escaped,
                _ => escaped = false,
            }
        }
        return Some((rest.len(), None));
    }
    let hashes = rest.strip_prefix('r')?.chars().take_while(|c| *c == '#');
    let n = hashes.count();
    let body = rest[1 + n..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(n));
    let end = body.find(&close).unwrap_or(body.len());
    Some((1 + n + 1 + end + close.len(), Some(body[..end].to_owned())))
}

/// All names and strings of a RON text, each with the fields above it.
fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut path: Vec<Option<String>> = Vec::new();
    let mut last: Option<String> = None;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let here = |text: String, quoted| Word {
            path: path.iter().flatten().cloned().collect(),
            text,
            quoted,
        };
        if let Some((length, string)) = quoted(rest) {
            let field = last.clone();
            found.extend(string.map(|s| {
                let mut word = here(s, true);
                word.path.extend(field);
                word
            }));
            at += length;
            continue;
        }
        let c = rest.chars().next().expect("not at the end");
        match c {
            '(' | '[' | '{' => path.push(last.take()),
            ')' | ']' | '}' => {
                path.pop();
                last = None;
            }
            ',' => last = None,
            _ if c.is_alphabetic() || c == '_' => {
                let name: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                at += name.len();
                // Neither the file's own kind before the first bracket nor `Some(` says anything.
                if !path.is_empty() && name != "Some" {
                    let field = text[at..].trim_start().starts_with(':');
                    let mut word = here(name.clone(), false);
                    if !field {
                        word.path.extend(last.clone());
                    }
                    found.push(word);
                    let inner = last.take().filter(|_| !field);
                    last = Some(inner.map_or(name.clone(), |f| format!("{f}.{name}")));
                }
                continue;
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    found
}

/// Sections of a scenario file: what there is before the first hour, plans, and what is read only.
const SECTIONS: [&str; 25] = [
    "format",
    "id",
    "title",
    "title_zh",
    "briefing",
    "bibliography",
    "map",
    "places",
    "rules",
    "start",
    "turns",
    "city",
    "sides",
    "troops",
    "formations",
    "units",
    "supply",
    "objectives",
    "control",
    "scorched_earth",
    "barricades",
    "chained",
    "barriers",
    "crossings",
    "afterwards",
];
/// And figures of history, beside which results are shown; no rule reads them.
const READ_ONLY: &str = "history";
/// Events of a scenario: what they do stands under this field.
const EVENTS: (&str, &str) = ("events", "then");
/// A lesson may show orders to some of its forces, hour by hour: orders and nothing else. Files of the
/// battle itself have no such section.
const SCRIPT: &str = "script";
/// Where such an order stands, and when.
const SCRIPTED: (&str, &str) = ("script.order", "script.at");
/// What an event may tell somebody to try: an order to breach a wall is no breach.
const ORDERS: [&str; 3] = ["Order", "Mission", "Doctrine"];

/// Where a scenario may say when: the first hour; a step of a formation's plan; arrivals; recruits on
/// their way, who are counted from the start; depots that open; a side's orders to fly, to burn, to
/// shut the gates.
const DATED: [&str; 12] = [
    "start",
    "formations.plan.from",
    "units.start.Arrives.at",
    "units.start.Arrives.between",
    "units.start.Arrives",
    "units.drafts.at",
    "supply.from",
    "sides.china.air.from",
    "sides.japan.air.from",
    "scorched_earth.from",
    "barricades.from",
    "barriers.from",
];

/// What is a result, and so never done by a script.
const RESULTS: [&str; 30] = [
    "strength",
    "men",
    "cohesion",
    "control",
    "controller",
    "breach",
    "breaches",
    "breached",
    "breaching",
    "wall",
    "damage",
    "damaged",
    "loss",
    "losses",
    "lose",
    "lost",
    "casualties",
    "kill",
    "killed",
    "wound",
    "wounded",
    "captured",
    "capture",
    "captures",
    "destroy",
    "destroyed",
    "lodgement",
    "lodged",
    "yield",
    "rout",
];

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.len() >= 10
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes[8..10].iter().all(u8::is_ascii_digit)
        && bytes.get(10).is_none_or(|b| *b == b'T')
}

/// The words a name is made of: `SetStrength` is `set`, `strength`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for c in name.chars() {
        if c == '_' || c.is_uppercase() {
            parts.push(String::new());
        }
        if c != '_' {
            parts
                .last_mut()
                .expect("one at least")
                .extend(c.to_lowercase());
        }
    }
    parts.retain(|p| !p.is_empty());
    parts
}

/// What in the text of a scenario of the battle is scripted.
fn scripted(text: &str) -> Vec<String> {
    scripted_in(text, false)
}

/// What in a scenario's text is scripted, but for the orders of a lesson.
fn scripted_in(text: &str, lesson: bool) -> Vec<String> {
    let mut found = Vec::new();
    for word in words(text) {
        let place = word.place();
        let section = place.split('.').next().unwrap_or("");
        if word.path.is_empty() && !word.quoted {
            let known = SECTIONS.contains(&word.text.as_str());
            let shown = lesson && word.text == SCRIPT;
            if !known && !shown && word.text != READ_ONLY && word.text != EVENTS.0 {
                found.push(format!("a section `{}` nobody has judged", word.text));
            }
        } else if lesson && section == SCRIPT {
            let known = ["at", "order", "source", "confidence"].contains(&word.text.as_str());
            let order = place.starts_with(SCRIPTED.0) || place.starts_with("script.confidence");
            let result = parts(&word.text)
                .iter()
                .any(|p| RESULTS.contains(&p.as_str()));
            let dated = is_date(&word.text) && place != SCRIPTED.1;
            if (!word.quoted && !known && !order) || (!word.quoted && result) || dated {
                found.push(format!("{place}: `{}` is no order", word.text));
            }
        } else if section == EVENTS.0 {
            let within = |name: &str| word.path.iter().any(|p| p.split('.').any(|p| p == name));
            let acts = within(EVENTS.1) && !ORDERS.iter().any(|o| within(o));
            let result = parts(&word.text)
                .iter()
                .any(|p| RESULTS.contains(&p.as_str()));
            if acts && result && !word.quoted {
                found.push(format!("{place}: `{}` is a result", word.text));
            }
        } else if section != READ_ONLY
            && word.quoted
            && is_date(&word.text)
            && !DATED.contains(&place.as_str())
        {
            found.push(format!("{place}: something at {}", word.text));
        }
    }
    found
}

fn scenario_files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "ron") {
                let name = path.strip_prefix(&root).expect("below it");
                let text = fs::read_to_string(&path).expect("text");
                found.push((name.display().to_string(), text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn no_scenario_file_sets_strength_cohesion_control_breaches_or_losses_by_script() {
    let mut scenarios = 0;
    for (name, text) in scenario_files() {
        let kind = name.split(['/', '\\']).next().expect("a name");
        if kind == "maps" || kind == "rules" {
            // Ground and numbers: nothing in them happens at a time.
            let dated = words(&text)
                .into_iter()
                .filter(|w| w.quoted && is_date(&w.text))
                .map(|w| w.place());
            assert_eq!(dated.collect::<Vec<_>>(), Vec::<String>::new(), "{name}");
            continue;
        }
        scenarios += 1;
        let found = scripted_in(&text, kind == "lessons");
        assert_eq!(found, Vec::<String>::new(), "{name}");
        // The reader has read all of it.
        let read = words(&text);
        assert!(
            read.iter()
                .any(|w| w.place() == "units.men" || w.text == "men")
        );
        assert!(
            read.iter().any(|w| w.quoted && w.place() == "start"),
            "{name}"
        );
    }
    assert!(scenarios >= 4, "{scenarios}");
}

#[test]
fn a_scripted_result_would_be_found_wherever_it_stood() {
    let (_, campaign) = scenario_files()
        .into_iter()
        .find(|(name, _)| name == "nanking_1937.ron")
        .expect("the campaign");
    assert!(scripted(&campaign).is_empty());
    let order = r#"script: [(at: "1937-12-12T12:00", order: Unit(id: "cn_td5r", task: Hold), source: "x", confidence: Low)],"#;
    let result = r#"script: [(at: "1937-12-12T12:00", order: Unit(id: "cn_td5r", losses: 800), source: "x", confidence: Low)],"#;
    let later = r#"script: [(at: "1937-12-12T12:00", order: Unit(id: "cn_td5r", task: Hold), control: "1937-12-12T12:00")],"#;
    for (line, fine_in_a_lesson) in [(order, true), (result, false), (later, false)] {
        let text = campaign.replacen("    history: [", &format!("{line}\n    history: ["), 1);
        assert!(!scripted_in(&text, false).is_empty(), "{line}");
        assert_eq!(
            scripted_in(&text, true).is_empty(),
            fine_in_a_lesson,
            "{line}"
        );
    }
    let with = |before: &str, line: &str| {
        let changed = campaign.replacen(before, &format!("{line}\n{before}"), 1);
        assert_ne!(changed, campaign);
        scripted(&changed)
    };
    let history = "    history: [";
    for line in [
        r#"script: [(at: "1937-12-12T12:00", unit: "cn_td5r", men: 0)],"#,
        r#"events: [(id: "x", when: Hour("1937-12-12T12:00"), then: [SetStrength(unit: "cn_td5r", to: 0.1)])],"#,
        r#"events: [(id: "x", then: [(unit: "cn_td5r", cohesion: 0.1)])],"#,
        r#"events: [(id: "x", then: [Control(place: "yuhuatai", side: Japan)])],"#,
        r#"events: [(id: "x", then: [BreachWall(gate: "gate_guanghua")])],"#,
        r#"events: [(id: "x", then: [Apply(unit: "cn_td5r", losses: 800)])],"#,
    ] {
        assert!(!with(history, line).is_empty(), "{line}");
    }
    // A trigger may ask for results, and an order may aim at them; only doing is forbidden.
    for line in [
        r#"events: [(id: "x", when: Control(place: "yuhuatai", by: Japan), then: [Tell("text")])],"#,
        r#"events: [(id: "x", then: [Order(unit: "jp_36i_1", task: Breach("gate_guanghua"))])],"#,
        r#"events: [(id: "x", then: [Doctrine(of: Side(Japan), set: (loss_tolerance: 0.9))])],"#,
    ] {
        assert!(with(history, line).is_empty(), "{line}");
    }
    // Ground that changes hands at an hour, and men who vanish at one.
    let dated = r#"(place: "yuhuatai", radius_km: 1, side: Japan, from: "1937-12-12T12:00"),"#;
    let control = "        (place: \"xinjiekou\", radius_km: 95,";
    assert!(!with(control, dated).is_empty());
}

#[test]
fn no_rule_and_no_commander_reads_the_figures_of_history() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for module in ["battle", "commander", "record"] {
        let mut folders = vec![src.join(module)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = fs::read_to_string(&path).expect("text");
                for reader in [".history()", "HistoricalFigure", "Measure::"] {
                    assert!(!text.contains(reader), "{}: {reader}", path.display());
                }
            }
        }
    }
}
