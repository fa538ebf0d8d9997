//! `nanking simulate SCENARIO`: a battle from beginning to end, computer against computer.

use super::{
    FINE, SEED,
    choices::Choices,
    failure::Failure,
    fight::{Fight, Telling, announce, conclude, load},
    json, save,
};
use crate::scenario::Side;
use clap::{Args, ValueEnum};
use std::{io::Write, path::PathBuf};

/// What to fight, and what to say about it.
#[derive(Clone, Debug, Args)]
pub struct Simulate {
    /// A scenario file, or the name of one that comes with the program.
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// Seed of the dice: the same seed gives the same battle.
    #[arg(long, value_name = "N", default_value_t = SEED)]
    seed: u64,
    /// Break off after so many turns.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    turns: Option<u32>,
    /// Print one JSON object and nothing else.
    #[arg(long)]
    json: bool,
    /// Write a record of the battle, for `nanking replay`.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    #[command(flatten)]
    choices: Choices,
    /// Print the diary of the staffs: each order with its reason and what else was weighed; of one
    /// side, or of both.
    #[arg(long, value_name = "SIDE", num_args = 0..=1, default_missing_value = "both")]
    explain: Option<Explained>,
    /// Print the result only, not the turns.
    #[arg(long, short)]
    quiet: bool,
}

/// Whose diary is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Explained {
    /// China's.
    China,
    /// Japan's.
    Japan,
    /// Both.
    Both,
}

impl Explained {
    fn covers(self, side: Side) -> bool {
        match self {
            Explained::China => side == Side::China,
            Explained::Japan => side == Side::Japan,
            Explained::Both => true,
        }
    }
}

impl Simulate {
    /// A battle with these choices, told turn by turn.
    pub fn of(scenario: &str, seed: u64, choices: Choices) -> Self {
        Self {
            scenario: scenario.to_owned(),
            seed,
            turns: None,
            json: false,
            record: None,
            choices,
            explain: None,
            quiet: false,
        }
    }

    /// Fights the battle. Returns the exit code.
    ///
    /// # Errors
    /// [`Failure`] if the scenario cannot be loaded or something cannot be written.
    pub fn run(&self, out: &mut dyn Write) -> Result<u8, Failure> {
        let scenario = load(&self.scenario, &self.choices.options())?;
        let mut fight = Fight::new(scenario, self.seed, self.choices.levels());
        let explained = self.explain.filter(|_| !self.json);
        if explained.is_some() {
            fight.explain();
        }
        let tell = !self.json && !self.quiet;
        if !self.json {
            announce(fight.battle(), out)?;
        }
        let mut telling = Telling::from(fight.battle());
        let last = self.turns.unwrap_or(u32::MAX);
        while fight.battle().end().is_none() && fight.battle().turn().0 <= last {
            let turn = fight.battle().turn();
            fight.turn();
            for side in Side::ALL {
                if explained.is_some_and(|e| e.covers(side)) {
                    writeln!(out, "{}", fight.page(side))?;
                }
            }
            if tell {
                telling.turn(fight.battle(), turn, out)?;
            }
        }
        if let Some(path) = &self.record {
            save::write_whole(path, &fight.recorder().record().write()?)?;
        }
        if self.json {
            let text = serde_json::to_string(&json::Result::of(fight.battle()))?;
            writeln!(out, "{text}")?;
        } else {
            conclude(fight.battle(), out)?;
            if fight.refused() > 0 {
                writeln!(
                    out,
                    "{} orders of the computer were refused.",
                    fight.refused()
                )?;
            }
        }
        Ok(FINE)
    }
}
