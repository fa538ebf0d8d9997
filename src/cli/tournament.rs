//! `nanking tournament SCENARIO... --between A B`: two computer commanders against each other, both on
//! either side, as Markdown. For whoever writes commanders; a battle has no score.

use super::{FINE, failure::Failure, fight::load, save};
use crate::{
    scenario::{Options, Scenario},
    study::{
        self,
        cast::{self, Known},
        tournament::{self, Tournament, Yardstick},
    },
};
use clap::{Args, builder::PossibleValuesParser};
use std::{io::Write, num::NonZeroUsize, path::PathBuf};

/// Who plays what, how often, and where to write it.
#[derive(Clone, Debug, Args)]
pub struct Tournaments {
    /// Scenario files, or names of such that come with the program.
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// The two commanders.
    #[arg(long, required = true, num_args = 2, value_names = ["A", "B"], value_parser = PossibleValuesParser::new(cast::names()))]
    between: Vec<String>,
    /// Pairs of games of each scenario, with the seeds 1, 2, ...
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    seeds: u64,
    /// Play without the scenarios' events.
    #[arg(long)]
    no_events: bool,
    /// Orders to formations arrive at once and always.
    #[arg(long)]
    simplified_command: bool,
    /// Threads; all cores if not given. Only the times depend on it.
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    /// Write to this file instead of the terminal.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Tournaments {
    /// Plays the games. Returns the exit code.
    ///
    /// # Errors
    /// [`Failure`] if a scenario cannot be loaded or something cannot be written.
    pub fn run(&self, out: &mut dyn Write) -> Result<u8, Failure> {
        let options = Options {
            no_events: self.no_events,
            simplified_command: self.simplified_command,
            ..Options::default()
        };
        let scenarios: Vec<Scenario> = self
            .scenarios
            .iter()
            .map(|name| load(name, &options))
            .collect::<Result<_, _>>()?;
        let known: Vec<Known> = self.between.iter().filter_map(|n| cast::named(n)).collect();
        let &[first, second] = known.as_slice() else {
            // The parser takes two names of the list and nothing else.
            return Ok(super::PROBLEMS);
        };
        let played = Tournament::of(
            scenarios,
            [first, second],
            self.seeds,
            Yardstick::default(),
            self.threads.unwrap_or_else(study::all_cores),
        );
        let text = format!(
            "# Tournament: {} against {}\n\nSeeds 1 to {}. {}: {}. {}: {}.\n\n{}\nTime on this \
             machine.\n\n{}",
            first.name,
            second.name,
            self.seeds,
            first.name,
            first.text,
            second.name,
            second.text,
            tournament::report(&played),
            tournament::times(&played),
        );
        match &self.out {
            Some(path) => save::write_whole(path, &text)?,
            None => write!(out, "{text}")?,
        }
        Ok(FINE)
    }
}
