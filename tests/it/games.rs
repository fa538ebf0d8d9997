//! Whole games, computer against computer, of scenarios that ship or that a test changed in memory:
//! their texts are read, altered as drafts, written and validated like any file. Games of a list run
//! on all cores and come back in order of seed.

use nanking::{
    battle::{Battle, Randomness},
    commander::{Commander, Level, drive, for_side},
    scenario::{
        MemoryFiles, Options, Rules, Scenario, Side, file::ScenarioFile, map::file::MapFile,
    },
    shelf::Shelf,
    study::{Study, all_cores, game},
};
use std::{
    ops::RangeInclusive,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

/// The scenarios of the battle that ship: the campaign and the two small ones.
pub const SHIPPED: [&str; 3] = ["nanking_1937", "yuhuatai_1937", "guanghua_gate_1937"];

/// A scenario of the shelf as text, to be changed before it is loaded.
pub struct Draft {
    files: MemoryFiles,
    path: String,
}

impl Draft {
    /// As it ships.
    pub fn of(name: &str) -> Self {
        let (files, path) = Shelf::open(name).expect("the scenario is there");
        let scenario = Scenario::load(&*files, &path, &Options::default()).expect("it is valid");
        Self {
            files: scenario.texts().clone(),
            path: scenario.path().to_owned(),
        }
    }

    fn edit<T>(mut self, file: &str, change: impl FnOnce(&mut T)) -> Self
    where
        T: serde::Serialize + serde::de::DeserializeOwned,
    {
        let mut draft: T = ron::from_str(&self.files.0[file]).expect("it parses");
        change(&mut draft);
        let named = ron::ser::PrettyConfig::new().struct_names(true);
        let text = ron::ser::to_string_pretty(&draft, named).expect("it can be written");
        self.files.0.insert(file.to_owned(), text);
        self
    }

    fn file(&self, folder: &str) -> String {
        let found = self.files.0.keys().find(|k| k.contains(folder));
        found.expect("one such file").clone()
    }

    /// With its scenario file changed.
    pub fn scenario(self, change: impl FnOnce(&mut ScenarioFile)) -> Self {
        let file = self.path.clone();
        self.edit(&file, change)
    }

    /// With its map changed.
    pub fn map(self, change: impl FnOnce(&mut MapFile)) -> Self {
        let file = self.file("maps/");
        self.edit(&file, change)
    }

    /// With its rules changed.
    pub fn rules(self, change: impl FnOnce(&mut Rules)) -> Self {
        let file = self.file("rules/");
        self.edit(&file, change)
    }

    /// Through validation to a scenario.
    pub fn load(&self) -> Arc<Scenario> {
        match Scenario::load(&self.files, &self.path, &Options::default()) {
            Ok(scenario) => Arc::new(scenario),
            Err(problems) => panic!("{problems:#?}"),
        }
    }
}

/// Plays a game to its end; `watch` sees it after each turn.
pub fn play(scenario: &Arc<Scenario>, seed: u64, mut watch: impl FnMut(&Battle)) -> Battle {
    let mut battle = Battle::new(Arc::clone(scenario), seed, Randomness::Sampled);
    let mut pair =
        Side::ALL.map(|side| -> Box<dyn Commander> { for_side(scenario, side, Level::default()) });
    while battle.end().is_none() {
        let refused = drive(&mut battle, &mut pair);
        assert!(refused.is_empty(), "{refused:?}");
        watch(&battle);
    }
    battle
}

/// What a measure finds with each seed, in their order.
pub fn each<T: Send>(seeds: RangeInclusive<u64>, measure: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let (first, last) = seeds.into_inner();
    let next = AtomicU64::new(first);
    let found: Mutex<Vec<(u64, T)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..all_cores().get() {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > last {
                        break;
                    }
                    let value = measure(seed);
                    found.lock().expect("no measure failed").push((seed, value));
                }
            });
        }
    });
    let mut found = found.into_inner().expect("no measure failed");
    found.sort_by_key(|(seed, _)| *seed);
    found.into_iter().map(|(_, value)| value).collect()
}

/// Games of a scenario, with what a study keeps of each.
pub fn games(scenario: &Arc<Scenario>, seeds: RangeInclusive<u64>) -> Vec<game::Game> {
    each(seeds, |seed| game::measure(&play(scenario, seed, |_| {})))
}

/// Twenty games of a shipped scenario as it stands, played once for all tests.
pub fn twenty(name: &str) -> &'static Study {
    static STUDIES: [OnceLock<Study>; 3] = [const { OnceLock::new() }; 3];
    let at = SHIPPED.iter().position(|s| *s == name);
    STUDIES[at.expect("a scenario that ships")].get_or_init(|| {
        let scenario = Draft::of(name).load();
        let games = games(&scenario, 1..=20);
        Study { scenario, games }
    })
}

/// How often a kind of event, or a detail of one (`PartySent: by ladder`), happened in some games.
pub fn count(games: &[game::Game], kind: &str) -> u32 {
    let of = |g: &game::Game| {
        let whole = g.counts.get(kind).copied();
        whole.or_else(|| g.details.get(kind).copied()).unwrap_or(0)
    };
    games.iter().map(of).sum()
}
