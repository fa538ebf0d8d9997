//! Why a command could not do what it was asked to, and how that is shown.

use crate::{
    record::{RecordError, ReplayError},
    scenario::{FileError, MemoryFiles, Problem, Severity, problem},
};
use miette::{GraphicalReportHandler, GraphicalTheme, MietteDiagnostic};
use std::{io, path::PathBuf};

/// A command failed; the exit code is 2.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A scenario file cannot be had.
    #[error(transparent)]
    File(#[from] FileError),
    /// A scenario is not valid.
    #[error("the scenario is not valid")]
    Scenario {
        /// What is wrong with it.
        problems: Vec<Problem>,
        /// Its texts, for excerpts.
        texts: MemoryFiles,
    },
    /// A record cannot be read.
    #[error("`{}` cannot be replayed: {error}", .path.display())]
    Record {
        /// The record's file.
        path: PathBuf,
        /// Why.
        error: Box<ReplayError>,
    },
    /// A record cannot be written.
    #[error(transparent)]
    Unwritable(#[from] RecordError),
    /// A file cannot be read or written.
    #[error("`{}`: {error}", .path.display())]
    Path {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The terminal, or what stands in its place, takes no more.
    #[error("the output cannot be written: {0}")]
    Output(#[from] io::Error),
    /// The JSON output cannot be built.
    #[error("the JSON output cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

impl Failure {
    fn help(&self) -> Option<&'static str> {
        match self {
            Failure::File(FileError::Missing(_)) => Some(
                "give the path of a scenario file, or the name of one that comes with the program, \
                 such as `nanking_1937` or `crossroads`",
            ),
            Failure::Record { .. } => {
                Some("records are written by `nanking simulate SCENARIO --record FILE`")
            }
            _ => None,
        }
    }

    /// The failure for people.
    pub fn text(&self, colour: bool) -> String {
        if let Failure::Scenario { problems, texts } = self {
            let errors = problems
                .iter()
                .filter(|p| p.severity == Severity::Error)
                .count();
            let noun = if errors == 1 { "error" } else { "errors" };
            return format!(
                "{}{self}: {errors} {noun}\n",
                problem::report(problems, texts, colour)
            );
        }
        let mut diagnostic = MietteDiagnostic::new(self.to_string());
        if let Some(help) = self.help() {
            diagnostic = diagnostic.with_help(help);
        }
        let theme = if colour {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let mut text = String::new();
        let handler = GraphicalReportHandler::new_themed(theme).with_width(100);
        match handler.render_report(&mut text, &diagnostic) {
            Ok(()) => text,
            Err(_) => format!("{self}\n"),
        }
    }
}
