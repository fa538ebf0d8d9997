//! `nanking conduct SCENARIO...`: how a computer commander behaves over many games, as Markdown. For
//! whoever writes commanders.

use super::{FINE, failure::Failure, fight::load, save};
use crate::{
    scenario::Options,
    study::{
        self,
        cast::{self, USUAL},
        conduct::{self, Conduct},
    },
};
use clap::{Args, builder::PossibleValuesParser};
use std::{io::Write, num::NonZeroUsize, path::PathBuf};

/// What to play, how often, with whom, and where to write it.
#[derive(Clone, Debug, Args)]
pub struct Conducts {
    /// Scenario files, or names of such that come with the program.
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// The commander, on both sides.
    #[arg(long, value_name = "NAME", default_value = USUAL, value_parser = PossibleValuesParser::new(cast::names()))]
    commander: String,
    /// Games of each, with the seeds 1, 2, ...
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    seeds: u64,
    /// Tell so many of the most frequent causes.
    #[arg(long, value_name = "N", default_value_t = 10)]
    causes: usize,
    /// List so many single cases of each scenario and kind.
    #[arg(long, value_name = "N", default_value_t = 0)]
    list: usize,
    /// Threads; all cores if not given. The result does not depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Write to this file instead of the terminal.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Conducts {
    /// Plays the games. Returns the exit code.
    ///
    /// # Errors
    /// [`Failure`] if a scenario cannot be loaded or something cannot be written.
    pub fn run(&self, out: &mut dyn Write) -> Result<u8, Failure> {
        let Some(commander) = cast::named(&self.commander) else {
            // The parser takes names of the list and nothing else.
            return Ok(super::PROBLEMS);
        };
        let threads = self.threads.unwrap_or_else(study::all_cores);
        let play = |name: &String| -> Result<Conduct, Failure> {
            let scenario = load(name, &Options::default())?;
            Ok(Conduct::of(scenario, commander, self.seeds, threads))
        };
        let watched: Vec<Conduct> = self.scenarios.iter().map(play).collect::<Result<_, _>>()?;
        let mut text = format!(
            "# Conduct of {}\n\n{} on both sides, seeds 1 to {}. Cases, and in how many games.\n\n{}",
            commander.name,
            commander.name,
            self.seeds,
            conduct::report(&watched, self.causes)
        );
        if self.list > 0 {
            text.push_str(&conduct::list(&watched, self.list));
        }
        match &self.out {
            Some(path) => save::write_whole(path, &text)?,
            None => write!(out, "{text}")?,
        }
        Ok(FINE)
    }
}
