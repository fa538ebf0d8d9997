//! `nanking play`: opens the window.

use super::failure::Failure;
use crate::{
    gui::{Opening, app, session::Seat},
    scenario::Side,
};
use clap::{Args, ValueEnum};

/// Whose seat to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SeatArgument {
    /// China's side against the computer.
    China,
    /// Japan's side against the computer.
    Japan,
    /// Both sides by hand.
    Both,
    /// Neither: watch the computer play both.
    None,
}

/// Open the window.
#[derive(Debug, Args)]
pub struct Play {
    /// Scenario file, or the name of one that comes with the program.
    scenario: Option<String>,
    /// Begin at once in this seat.
    #[arg(long)]
    side: Option<SeatArgument>,
    /// Seed of the dice.
    #[arg(long)]
    seed: Option<u64>,
    /// Shut after so many frames and print how long they took.
    #[arg(long, value_name = "N")]
    frames: Option<u32>,
}

impl Play {
    /// Opens the window and waits until it is shut.
    ///
    /// # Errors
    /// None of its own; the window shows what goes wrong.
    pub fn run(self) -> Result<u8, Failure> {
        let seat = self.side.map(|side| match side {
            SeatArgument::China => Seat::Side(Side::China),
            SeatArgument::Japan => Seat::Side(Side::Japan),
            SeatArgument::Both => Seat::Both,
            SeatArgument::None => Seat::Watch,
        });
        let scenario = self
            .scenario
            .or_else(|| seat.map(|_| super::HISTORICAL.to_owned()));
        Ok(app::run(&Opening {
            scenario,
            seat,
            seed: self.seed,
            frames: self.frames,
        }))
    }
}
