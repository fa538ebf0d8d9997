//! The event reference: complete, every example valid in the historical scenario, and the page in
//! `docs/` as the code has it.

use super::ron;
use crate::support::shelved;
use nanking::scenario::{
    Options, Scenario,
    events::{
        Action, Condition, Written,
        file::EventFile,
        reference::{ACTIONS, CONDITIONS, WHOLE, page},
    },
    file::ScenarioFile,
};
use std::{fs, path::Path, sync::Arc};

/// Names of all variants, as serde knows them.
fn variants<T: serde::de::DeserializeOwned + std::fmt::Debug>() -> Vec<String> {
    let error = ron::from_str::<T>("NoSuchName").expect_err("no such name");
    match error.code {
        ron::Error::NoSuchEnumVariant { expected, .. } => {
            expected.iter().map(|s| (*s).to_owned()).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_condition_and_action_has_an_entry() {
    let named = |list: &[nanking::scenario::events::reference::Entry]| -> Vec<String> {
        list.iter().map(|e| e.name().to_owned()).collect()
    };
    assert_eq!(variants::<Condition<Written>>(), named(CONDITIONS));
    assert_eq!(variants::<Action<Written>>(), named(ACTIONS));
}

/// The historical scenario with an event for every example.
pub fn examples() -> Arc<Scenario> {
    let campaign = shelved("nanking_1937");
    let mut file: ScenarioFile = campaign.file().clone();
    file.events = vec![ron::<EventFile>(WHOLE)];
    for (i, entry) in CONDITIONS.iter().enumerate() {
        file.events
            .push(super::event(&format!("when_{i}"), entry.example, &[]));
    }
    for (i, entry) in ACTIONS.iter().enumerate() {
        // Each at an hour of its own, so that none is at odds with another.
        let at = format!("At(\"1937-12-{:02}T{:02}:00\")", 6 + i / 20, i % 20);
        file.events
            .push(super::event(&format!("then_{i}"), &at, &[entry.example]));
    }
    let mut files = campaign.texts().clone();
    let config = ron::ser::PrettyConfig::new().struct_names(true);
    let text = ron::ser::to_string_pretty(&file, config).expect("it can be written");
    files.0.insert(campaign.path().to_owned(), text);
    match Scenario::load(&files, campaign.path(), &Options::default()) {
        Ok(scenario) => Arc::new(scenario),
        Err(problems) => panic!(
            "{}",
            problems
                .iter()
                .map(|p| format!("{p}\n"))
                .collect::<String>()
        ),
    }
}

#[test]
fn every_example_loads() {
    let scenario = examples();
    let events = scenario.events();
    assert_eq!(events.list.len(), 1 + CONDITIONS.len() + ACTIONS.len());
    assert_eq!(events.decisions.len(), 2);
}

#[test]
fn the_event_reference_is_written_from_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/events.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, page()).expect("the page can be written");
    }
    let stands = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        stands == page(),
        "docs/events.md is old: write it anew with `UPDATE_DOCS=1 cargo test event_reference`"
    );
}
