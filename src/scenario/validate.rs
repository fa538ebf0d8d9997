//! From drafts to a valid [`Scenario`], or the list of every problem found in the scenario, its map
//! and its rules.
//!
//! Each noun has its file: it checks its part of the draft and builds its part of the scenario in
//! one go. Nothing stops at the first error; what cannot be known because of an error elsewhere is
//! passed over, so that one mistake is reported once. No check may depend on the order of rows.

mod command;
mod elements;
mod events;
mod findings;
mod formations;
mod ground;
mod header;
mod history;
mod names;
mod river;
mod rules;
mod siege;
mod syntax;
mod units;

use super::{
    FileError, Files, Inner, MemoryFiles, Options, Problem, Scenario, Severity,
    events::Events,
    file::ScenarioFile,
    files::MAX_BYTES,
    map::{HexMap, file::MapFile},
    rules::Rules,
};
use findings::Findings;
use ground::Ground;
use std::sync::Arc;

/// Outcome of an examination: what was built, if it is valid, and all that was found.
#[derive(Clone, Debug)]
pub struct Examined<T> {
    /// The thing, unless there are errors.
    pub built: Option<T>,
    /// Errors and warnings, by file, line and column.
    pub problems: Vec<Problem>,
    /// The texts that were read, by name.
    pub texts: MemoryFiles,
}

/// Loads and checks a scenario; warnings do not bar it.
///
/// # Errors
/// Every problem found in the scenario, its map and its rules, warnings included.
pub fn load(files: &dyn Files, path: &str, options: &Options) -> Result<Scenario, Vec<Problem>> {
    let examined = examine(files, path, options);
    examined.built.ok_or(examined.problems)
}

/// Checks a scenario with its map and rules.
pub fn examine(files: &dyn Files, path: &str, options: &Options) -> Examined<Scenario> {
    let mut desk = Desk::new(files);
    let Some(text) = desk.fetch(path) else {
        return desk.close(None);
    };
    let mut findings = Findings::new(path);
    let Some(file) = syntax::read::<ScenarioFile>(&text, "Scenario", &mut findings) else {
        desk.file(findings, &text);
        return desk.close(None);
    };
    let short = header::limits(&file, &mut findings);
    ground::place_names(&file.places, &mut findings);
    if !short {
        desk.file(findings, &text);
        return desk.close(None);
    }
    let map = desk.refer(path, &file.map.file, "map.file", "map", &mut findings);
    let rules = desk.refer(path, &file.rules, "rules", "rules", &mut findings);
    let (inner, beside) = scenario(file, map, rules, &mut findings, options);
    desk.file(findings, &text);
    for (findings, text) in beside {
        desk.file(findings, &text);
    }
    let path = path.to_owned();
    let texts = desk.texts.clone();
    desk.close(inner.map(|inner| Scenario {
        inner: Inner {
            path,
            texts: Arc::new(texts),
            ..inner
        },
    }))
}

/// Checks a map file by itself, at 1 km a hex.
pub fn examine_map(files: &dyn Files, path: &str) -> Examined<HexMap> {
    let mut desk = Desk::new(files);
    let Some(text) = desk.fetch(path) else {
        return desk.close(None);
    };
    let mut findings = Findings::new(path);
    let draft = syntax::read::<MapFile>(&text, "Map", &mut findings);
    let map = draft.and_then(|d| ground::paint(&d, None, &mut findings, &mut Findings::new("")));
    desk.file(findings, &text);
    desk.close(map)
}

/// Checks a rules file by itself.
pub fn examine_rules(files: &dyn Files, path: &str) -> Examined<Rules> {
    let mut desk = Desk::new(files);
    let Some(text) = desk.fetch(path) else {
        return desk.close(None);
    };
    let mut findings = Findings::new(path);
    let draft = syntax::read::<Rules>(&text, "Rules", &mut findings);
    if let Some(draft) = &draft {
        rules::check(draft, &mut findings);
    }
    desk.file(findings, &text);
    desk.close(draft)
}

/// A file that a scenario names, as it was read.
struct Beside {
    name: String,
    text: String,
}

/// Builds the scenario from its parts. Returned beside it: findings in map and rules, with texts.
fn scenario(
    file: ScenarioFile,
    map: Option<Beside>,
    rules: Option<Beside>,
    findings: &mut Findings,
    options: &Options,
) -> (Option<Inner>, Vec<(Findings, String)>) {
    let mut beside = Vec::new();
    let rules = rules.and_then(|Beside { name, text }| {
        let mut found = Findings::new(&name);
        let draft = syntax::read::<Rules>(&text, "Rules", &mut found);
        if let Some(draft) = &draft {
            rules::check(draft, &mut found);
        }
        let sound = !found.has_errors();
        beside.push((found, text));
        draft.filter(|_| sound)
    });
    let mut map_draft = None;
    let map = map.and_then(|Beside { name, text }| {
        let mut found = Findings::new(&name);
        map_draft = syntax::read::<MapFile>(&text, "Map", &mut found);
        let map = map_draft
            .as_ref()
            .and_then(|draft| ground::paint(draft, Some(&file), &mut found, findings));
        let sound = !found.has_errors();
        beside.push((found, text));
        map.filter(|_| sound)
    });
    let ground = Ground::of(map.as_ref(), map_draft.as_ref(), &file.places);

    header::check(&file, findings);
    let strength = header::sides(&file, options, findings);
    let clock = header::Clock::of(&file, findings);
    let troops = units::troops(&file.troops, findings);
    let (order, formations) = formations::check(&file, &ground, clock.as_ref(), findings);
    let mut kinds: Vec<&str> = troops.iter().map(|t| t.id.as_str()).collect();
    kinds.dedup();
    let units = units::check(
        &file,
        &units::Context {
            order: &order,
            troops: kinds,
            ground: &ground,
            clock: clock.as_ref(),
            rules: rules.as_ref(),
            strength,
        },
        findings,
    );
    let supply = ground::supply(&file.supply, &ground, clock.as_ref(), findings);
    let objectives = ground::objectives(&file.objectives, &ground, findings);
    let control = ground::control(&file.control, &ground, findings);
    let city = file
        .city
        .as_ref()
        .and_then(|draft| ground::city(draft, &ground, findings));
    let siege = siege::check(&file, &ground, clock.as_ref(), findings);
    let crossings = river::check(&file, &ground, &order, rules.as_ref(), findings);
    let history = history::check(
        &file.history,
        &history::Context {
            order: &order,
            ground: &ground,
            clock: clock.as_ref(),
        },
        findings,
    );

    let air = elements::air(&file, clock.as_ref(), findings);
    let barriers = command::barriers(&file, &units, clock.as_ref(), findings);
    let breakout =
        [("china", &file.sides.china), ("japan", &file.sides.japan)].map(|(key, side)| {
            let path = format!("sides.{key}.breakout");
            let draft = side.breakout.as_ref()?;
            Some(command::breakout(draft, &path, &ground, findings))
        });
    let scorch = elements::scorch(&file.scorched_earth, &ground, clock.as_ref(), findings);

    let context = events::Context {
        order: &order,
        ground: &ground,
        clock: clock.as_ref(),
        air: &air,
        rules: rules.as_ref(),
    };
    let events = events::check(&file, &context, findings);
    let script = events::script::check(&file, &context, findings);

    // While figures are wrong, their sums mean nothing.
    if !findings.has_errors() {
        units::totals(&file, &order, findings);
    }
    let errors = findings.has_errors() || beside.iter().any(|(f, _)| f.has_errors());
    let strength = match strength {
        [Some(china), Some(japan)] => Some([china.id.clone(), japan.id.clone()]),
        _ => None,
    };
    let (Some(clock), Some(map), Some(rules), Some(strength), false) =
        (clock, map, rules, strength, errors)
    else {
        return (None, beside);
    };
    let passage = Arc::new(super::map::Passage::new(&map, &rules));
    let hours = file.turns * super::calendar::HOURS_PER_TURN;
    let inner = Inner {
        barriers,
        breakout,
        simplified_command: options.simplified_command,
        handicap: options.handicap,
        script: Arc::new(script),
        air,
        scorch,
        daylight: super::sun::daylight(&rules.light, &clock.calendar, hours, map.origin),
        passage,
        texts: Arc::default(),
        path: String::new(),
        strength,
        calendar: clock.calendar,
        map: Arc::new(map),
        rules: Arc::new(rules),
        troops,
        formations,
        units,
        supply,
        objectives,
        control,
        city,
        siege,
        crossings,
        history,
        doctrine: [&file.sides.china, &file.sides.japan].map(|s| Arc::new(s.doctrine.clone())),
        doctrine_of: Vec::new(),
        no_fire: [&file.sides.china, &file.sides.japan]
            .map(|s| s.engagement.as_ref().is_some_and(|e| e.no_fire_zones)),
        events: Arc::new(if options.no_events {
            Events::default()
        } else {
            events
        }),
        no_events: options.no_events,
        file: Arc::new(file),
    };
    let inner = Inner {
        doctrine_of: inner
            .formations
            .iter()
            .map(|f| Arc::clone(&inner.doctrine[f.side.index()]))
            .collect(),
        ..inner
    };
    (Some(inner), beside)
}

/// The files of one examination and what was found in them.
struct Desk<'a> {
    files: &'a dyn Files,
    texts: MemoryFiles,
    problems: Vec<Problem>,
}

impl<'a> Desk<'a> {
    fn new(files: &'a dyn Files) -> Self {
        Self {
            files,
            texts: MemoryFiles::default(),
            problems: Vec::new(),
        }
    }

    /// The text of the file to be examined; a problem if there is none.
    fn fetch(&mut self, name: &str) -> Option<String> {
        match self.read(name) {
            Ok(text) => Some(text),
            Err(error) => {
                let names = self.files.names();
                let known: Vec<&str> = names.iter().map(String::as_str).collect();
                self.problems.push(Problem {
                    severity: Severity::Error,
                    file: name.to_owned(),
                    path: String::new(),
                    span: None,
                    line: 1,
                    column: 1,
                    message: error.to_string(),
                    help: names::nearest(name, &known)
                        .map_or_else(String::new, |near| format!("did you mean `{near}`?")),
                });
                None
            }
        }
    }

    fn read(&mut self, name: &str) -> Result<String, FileError> {
        let text = self.files.load(name)?;
        if text.len() as u64 > MAX_BYTES {
            return Err(FileError::TooLarge(name.to_owned(), text.len() as u64));
        }
        self.texts.0.insert(name.to_owned(), text.clone());
        Ok(text)
    }

    /// A file that a scenario names: in the scenario's folder, else in the collection's root,
    /// where teaching scenarios share the maps and rules. Never outside of these.
    fn refer(
        &mut self,
        scenario: &str,
        name: &str,
        path: &str,
        noun: &str,
        findings: &mut Findings,
    ) -> Option<Beside> {
        if !stays_inside(name) {
            let shown: String = name.chars().take(80).collect();
            findings.error(
                path,
                format!("`{shown}` leads out of the scenario's folder"),
                "write a path with `/`, without `..`, drive or leading slash, such as `maps/area.ron`",
            );
            return None;
        }
        let beside = scenario
            .rsplit_once('/')
            .map(|(folder, _)| format!("{folder}/{name}"));
        let mut first_error = None;
        for candidate in beside.into_iter().chain([name.to_owned()]) {
            match self.read(&candidate) {
                Ok(text) => {
                    return Some(Beside {
                        name: candidate,
                        text,
                    });
                }
                Err(FileError::Missing(_)) => {}
                Err(error) => {
                    first_error = first_error.or(Some(error));
                    break;
                }
            }
        }
        match first_error {
            Some(error) => findings.error(path, error.to_string(), ""),
            None => {
                let mut names = self.files.names();
                names.sort();
                let known: Vec<&str> = names.iter().map(String::as_str).collect();
                findings.error(
                    path,
                    format!("there is no {noun} file `{name}`"),
                    names::did_you_mean(name, &known),
                );
            }
        }
        None
    }

    /// Takes the findings of one file.
    fn file(&mut self, findings: Findings, text: &str) {
        self.problems.extend(findings.locate(text));
    }

    fn close<T>(mut self, built: Option<T>) -> Examined<T> {
        self.problems
            .sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        let errors = self.problems.iter().any(|p| p.severity == Severity::Error);
        Examined {
            built: built.filter(|_| !errors),
            problems: self.problems,
            texts: self.texts,
        }
    }
}

/// Does a path stay in the folder it starts from? Holds for every system's way of writing paths.
pub fn stays_inside(path: &str) -> bool {
    path.len() <= 200
        && !path.contains(['\\', ':', '\0'])
        && path
            .split('/')
            .all(|part| !part.is_empty() && part != "." && part != ".." && !part.ends_with(' '))
}
