//! `nanking study SCENARIO...`: many games on all cores, and what they have in common, as Markdown.

use super::{FINE, failure::Failure, fight::load, save};
use crate::{
    scenario::Options,
    study::{self, Study, tables},
};
use clap::Args;
use std::{fmt::Write as _, io::Write, num::NonZeroUsize, path::PathBuf};

/// What to play, how often, and where to write it.
#[derive(Clone, Debug, Args)]
pub struct Studies {
    /// Scenario files, or names of such that come with the program.
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Games of each, with the seeds 1, 2, ...
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    seeds: u64,
    /// Compare the one scenario named with this one, pair by pair of the same seed.
    #[arg(long, value_name = "OTHER")]
    against: Option<String>,
    /// Play without the scenarios' events.
    #[arg(long)]
    no_events: bool,
    /// Orders to formations arrive at once and always.
    #[arg(long)]
    simplified_command: bool,
    /// Threads; all cores if not given. The result does not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Write to this file instead of the terminal.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Studies {
    /// Plays the games. Returns the exit code.
    ///
    /// # Errors
    /// [`Failure`] if a scenario cannot be loaded or something cannot be written.
    pub fn run(&self, out: &mut dyn Write) -> Result<u8, Failure> {
        let threads = self.threads.unwrap_or_else(study::all_cores);
        let play = |name: &String| -> Result<Study, Failure> {
            let options = Options {
                no_events: self.no_events,
                simplified_command: self.simplified_command,
                ..Options::default()
            };
            let scenario = load(name, &options)?;
            Ok(Study::of(scenario, self.seeds, threads))
        };
        let mut text = self.preface();
        let studies: Vec<Study> = self.scenarios.iter().map(play).collect::<Result<_, _>>()?;
        text.push_str(&tables::report(&studies));
        if let Some(other) = &self.against {
            let other = play(other)?;
            for first in &studies {
                let found = study::differences(first, &other);
                text.push_str(&tables::differences(first, &other, &found));
            }
        }
        let text = format!("{}\n", text.trim_end());
        match &self.out {
            Some(path) => save::write_whole(path, &text)?,
            None => write!(out, "{text}")?,
        }
        Ok(FINE)
    }

    fn preface(&self) -> String {
        let mut command = format!("nanking study {}", self.scenarios.join(" "));
        // Writing to a String cannot fail.
        let _ = write!(command, " --seeds {}", self.seeds);
        if self.simplified_command {
            command.push_str(" --simplified-command");
        }
        if let Some(other) = &self.against {
            let _ = write!(command, " --against {other}");
        }
        if self.no_events {
            command.push_str(" --no-events");
        }
        format!(
            "# Measured\n\nWritten by `{command}`; do not edit. Computer against computer, seeds 1 \
             to {}. The median is beside history's plausible interval as the scenario file gives \
             it; a time that did not come counts as later than all others.\n\n",
            self.seeds
        )
    }
}
