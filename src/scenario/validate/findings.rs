//! What validation finds in one file, before it is known at which line it stands.
//!
//! Checks name places by path (`units[12].start`); lines are looked up at the end, and only if
//! there is something to report, so that a valid file costs nothing.

use super::names;
use crate::scenario::{
    problem::{Problem, Severity},
    source::{Lines, Outline, Span},
};

/// Most problems reported of one file; a reader needs no more to begin with.
const MOST: usize = 200;

/// Most misspelt names for which a near one is sought: the search is slow, and a file with more
/// has another fault than spelling.
const MOST_PROPOSED: usize = 50;

/// Longest path told; longer ones come from brackets in brackets only.
const LONGEST_PATH: usize = 100;

/// Where a finding stands.
enum Place {
    Path(String),
    /// Bytes of the text, where a path would not be exact enough.
    Bytes(Span),
}

struct Finding {
    severity: Severity,
    place: Place,
    message: String,
    help: String,
}

/// Everything found in one file.
pub(super) struct Findings {
    file: String,
    list: Vec<Finding>,
    proposed: usize,
}

impl Findings {
    /// Nothing found yet.
    pub fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            list: Vec::new(),
            proposed: 0,
        }
    }

    /// Something that bars the scenario from being played.
    pub fn error(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Severity::Error, Place::Path(path.into()), message, help);
    }

    /// Something to look at.
    pub fn warning(
        &mut self,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Severity::Warning, Place::Path(path.into()), message, help);
    }

    /// An error at known bytes of the text.
    pub fn error_at(&mut self, bytes: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Severity::Error, Place::Bytes(bytes), message, help);
    }

    fn push(
        &mut self,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.list.push(Finding {
            severity,
            place,
            message: message.into(),
            help: help.into(),
        });
    }

    /// A table with a limited number of rows.
    pub fn limit(&mut self, table: &str, rows: usize, most: usize) {
        if rows > most {
            self.error(
                table,
                format!("`{table}` has {rows} rows"),
                format!("at most {most}"),
            );
        }
    }

    /// Any errors, as against warnings?
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|f| f.severity == Severity::Error)
    }

    /// A reference to a name that must exist: its index in the sorted `known`, or a finding with
    /// the nearest name.
    pub fn refer(
        &mut self,
        path: impl Into<String>,
        noun: &str,
        name: &str,
        known: &[&str],
    ) -> Option<usize> {
        let found = known.binary_search(&name).ok();
        if found.is_none() {
            self.proposed += 1;
            let help = if self.proposed <= MOST_PROPOSED {
                names::did_you_mean(name, known)
            } else {
                String::new()
            };
            let shown: String = name.chars().take(80).collect();
            self.error(path, format!("no {noun} `{shown}`"), help);
        }
        found
    }

    /// A text that must not be empty, such as a source.
    pub fn text(&mut self, path: impl Into<String>, text: &str, why: &str) {
        if text.trim().is_empty() {
            self.error(path, "this text is empty", why);
        }
    }

    /// A source: what claims history says where it comes from.
    pub fn source(&mut self, owner: &str, source: &str) {
        self.text(
            format!("{owner}.source"),
            source,
            "say where the datum comes from; \"judgement\" or \"invented for teaching\" will do",
        );
    }

    /// A number in an interval, both ends allowed.
    pub fn within(&mut self, path: impl Into<String>, value: f64, low: f64, high: f64) {
        if !(low..=high).contains(&value) {
            self.error(
                path,
                format!("{value} is out of range"),
                format!("allowed are {low} to {high}"),
            );
        }
    }

    /// The problems with their lines, sorted by place.
    pub fn locate(self, text: &str) -> Vec<Problem> {
        if self.list.is_empty() {
            return Vec::new();
        }
        let outline = Outline::of(text);
        let lines = Lines::of(text);
        let mut problems: Vec<Problem> = self
            .list
            .into_iter()
            .map(|f| {
                let (path, span) = match f.place {
                    Place::Path(path) => {
                        let span = outline.find(&path);
                        (path, span)
                    }
                    Place::Bytes(span) => {
                        let path = outline.path_at(span.0).0;
                        let path = if path.len() <= LONGEST_PATH {
                            path
                        } else {
                            String::new()
                        };
                        (path, span)
                    }
                };
                let (line, column) = lines.position(text, span.0);
                Problem {
                    severity: f.severity,
                    file: self.file.clone(),
                    path,
                    span: Some(span),
                    line,
                    column,
                    message: f.message,
                    help: f.help,
                }
            })
            .collect();
        problems.sort_by(|a, b| {
            (a.line, a.column, a.severity, &a.path, &a.message)
                .cmp(&(b.line, b.column, b.severity, &b.path, &b.message))
        });
        problems.dedup();
        if problems.len() > MOST {
            let more = problems.len() - MOST;
            problems.sort_by_key(|p| p.severity);
            problems.truncate(MOST);
            problems.sort_by_key(|p| (p.line, p.column));
            if let Some(last) = problems.last().cloned() {
                problems.push(Problem {
                    message: format!("{more} more problems are not listed"),
                    help: "mend these first".into(),
                    ..last
                });
            }
        }
        problems
    }
}
