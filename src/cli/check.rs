//! `nanking check PATH...`: examines scenario, map and rules files and lists every problem.
//!
//! Exit code 0: nothing wrong, warnings at most; 2: problems. Changes no file.

use crate::{
    scenario::{
        FileError, Files, MemoryFiles, Options, Problem, Severity,
        problem::report,
        source::{self, Lines, Span},
        validate::{self, Examined},
    },
    shelf::{Shelf, ron_files},
};
use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Everything is in order.
pub const FINE: u8 = 0;

/// Problems were found.
pub const PROBLEMS: u8 = 2;

/// Checks files and folders (searched for `*.ron`) and writes what is found. Returns the exit code.
pub fn check(paths: &[PathBuf], colour: bool, out: &mut dyn Write) -> u8 {
    let mut seen = BTreeSet::new();
    let mut fine = true;
    for path in paths {
        match check_path(path, colour, &mut seen, out) {
            Ok(ok) => fine &= ok,
            // Nobody reads any more.
            Err(_) => return PROBLEMS,
        }
    }
    if fine { FINE } else { PROBLEMS }
}

fn check_path(
    path: &Path,
    colour: bool,
    seen: &mut BTreeSet<String>,
    out: &mut dyn Write,
) -> io::Result<bool> {
    if !path.is_dir() {
        return check_file(path, colour, seen, out);
    }
    let files = ron_files(path);
    if files.is_empty() {
        writeln!(
            out,
            "{}: error: there are no .ron files here",
            path.display()
        )?;
        return Ok(false);
    }
    let mut fine = true;
    for file in files {
        fine &= check_file(&file, colour, seen, out)?;
    }
    Ok(fine)
}

/// What was examined, whatever its kind.
struct Outcome {
    problems: Vec<Problem>,
    texts: MemoryFiles,
    /// Its size in words, if it is valid.
    summary: Option<String>,
}

impl Outcome {
    fn of<T>(examined: Examined<T>, summary: impl Fn(&T) -> String) -> Self {
        Self {
            summary: examined.built.as_ref().map(summary),
            problems: examined.problems,
            texts: examined.texts,
        }
    }

    /// A file that cannot be had.
    fn unreadable(file: &str, error: &FileError) -> Self {
        Self::refused(file, error.to_string())
    }

    fn refused(file: &str, message: String) -> Self {
        Self {
            problems: vec![Problem {
                severity: Severity::Error,
                file: file.to_owned(),
                path: String::new(),
                span: None,
                line: 1,
                column: 1,
                message,
                help: String::new(),
            }],
            texts: MemoryFiles::default(),
            summary: None,
        }
    }

    /// A file that is neither scenario nor map nor rules.
    fn other(file: &str, text: String, span: Span) -> Self {
        let shown: String = text[span.0..span.1].chars().take(40).collect();
        let (line, column) = Lines::of(&text).position(&text, span.0);
        let mut outcome = Self::refused(
            file,
            format!("the file begins with `{shown}`, which is no kind of file"),
        );
        for problem in &mut outcome.problems {
            problem.span = Some(span);
            (problem.line, problem.column) = (line, column);
            problem.help = "begin with `Scenario(`, `Map(` or `Rules(`".to_owned();
        }
        outcome.texts.0.insert(file.to_owned(), text);
        outcome
    }
}

fn check_file(
    path: &Path,
    colour: bool,
    seen: &mut BTreeSet<String>,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let shown = path.display().to_string();
    let (outcome, prefix) = match Shelf::find(&path.to_string_lossy()) {
        Ok((shelf, name)) => {
            // Problems are shown with paths as the reader wrote them.
            let prefix = shown.strip_suffix(&name).unwrap_or("").to_owned();
            (examine(&shelf, &name), prefix)
        }
        Err(error) => (Outcome::unreadable(&shown, &error), String::new()),
    };
    let Outcome {
        mut problems,
        texts,
        summary,
    } = outcome;
    let renamed = |file: &str| {
        let path = format!("{prefix}{file}");
        if Path::new(&path).is_file() {
            path
        } else {
            file.to_owned()
        }
    };
    for problem in &mut problems {
        problem.file = renamed(&problem.file);
    }
    let texts = texts
        .0
        .into_iter()
        .map(|(name, text)| (renamed(&name), text));
    let texts = MemoryFiles(texts.collect());
    let errors = problems
        .iter()
        .filter(|p| p.severity == Severity::Error)
        .count();
    let warnings = problems.len() - errors;
    // A map's problems come up again with every scenario that uses it.
    problems.retain(|p| seen.insert(p.to_string()));
    write!(out, "{}", report(&problems, &texts, colour))?;
    match summary {
        Some(summary) if warnings == 0 => writeln!(out, "{shown}: ok: {summary}")?,
        Some(summary) => writeln!(
            out,
            "{shown}: ok: {summary}; {}",
            count(warnings, "warning")
        )?,
        None => writeln!(
            out,
            "{shown}: {}, {}",
            count(errors, "error"),
            count(warnings, "warning")
        )?,
    }
    Ok(errors == 0)
}

fn examine(files: &Shelf, name: &str) -> Outcome {
    let text = match files.load(name) {
        Ok(text) => text,
        Err(error) => return Outcome::unreadable(name, &error),
    };
    let kind = source::root_name(&text);
    match kind.map(|(from, to)| &text[from..to]) {
        Some("Map") => Outcome::of(validate::examine_map(files, name), |map| {
            format!(
                "{} features, {} places, {} gates, {} x {} hexes at {} km",
                map.features.len(),
                map.places.len(),
                map.gates.len(),
                map.grid.columns(),
                map.grid.rows(),
                map.grid.hex_km(),
            )
        }),
        Some("Rules") => Outcome::of(validate::examine_rules(files, name), |rules| {
            format!(
                "{} terrains, {} classes of guns",
                rules.terrain.len(),
                rules.guns.len()
            )
        }),
        // Without a root name it may still be a scenario, and its brackets may be what is wrong.
        Some("Scenario") | None => {
            let examined = validate::examine(files, name, &Options::default());
            Outcome::of(examined, |scenario| {
                let grid = &scenario.map().grid;
                let mut text = format!(
                    "{} units, {} formations, {} x {} hexes",
                    scenario.units().len(),
                    scenario.formations().len(),
                    grid.columns(),
                    grid.rows(),
                );
                let events = scenario.events();
                for (n, noun) in [
                    (events.list.len(), "event"),
                    (events.decisions.len(), "decision"),
                ] {
                    if n > 0 {
                        text.push_str(", ");
                        text.push_str(&count(n, noun));
                    }
                }
                text
            })
        }
        Some(_) => Outcome::other(name, text.clone(), kind.unwrap_or_default()),
    }
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
