//! `nanking play`: opens the window.

use super::{
    HISTORICAL, SEED, choices::Choices, display, failure::Failure, in_the_terminal,
    simulate::Simulate,
};
use crate::{
    gui::{
        Opening,
        app::{self, NoGraphics},
        session::Seat,
    },
    scenario::Side,
};
use clap::{Args, ValueEnum};
use std::io::Write;

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

/// Open the window. Without a display the battle is fought in the terminal instead.
#[derive(Clone, Debug, Default, Args)]
pub struct Play {
    /// Scenario file, or the name of one that comes with the program.
    scenario: Option<String>,
    /// Begin at once in this seat.
    #[arg(long)]
    side: Option<SeatArgument>,
    /// Seed of the dice.
    #[arg(long)]
    seed: Option<u64>,
    #[command(flatten)]
    choices: Choices,
    /// Shut after so many frames and print how long they and the start took.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    frames: Option<u32>,
}

impl Play {
    /// Opens the window and waits until it is shut.
    ///
    /// # Errors
    /// Those of a battle in the terminal; the window shows by itself what goes wrong.
    pub fn run(self, out: &mut dyn Write) -> Result<u8, Failure> {
        let seat = self.side.map(|side| match side {
            SeatArgument::China => Seat::Side(Side::China),
            SeatArgument::Japan => Seat::Side(Side::Japan),
            SeatArgument::Both => Seat::Both,
            SeatArgument::None => Seat::Watch,
        });
        let scenario = self
            .scenario
            .or_else(|| seat.map(|_| HISTORICAL.to_owned()));
        let instead = Simulate::of(
            scenario.as_deref().unwrap_or(HISTORICAL),
            self.seed.unwrap_or(SEED),
            self.choices.clone(),
        );
        let opening = Opening {
            scenario,
            seat,
            seed: self.seed,
            options: self.choices.options(),
            levels: self.choices.level.clone(),
            frames: self.frames,
        };
        let opened = display::find().and_then(|()| {
            app::run(&opening).map_err(|NoGraphics| {
                "no graphics driver was found (on Debian, `apt install mesa-vulkan-drivers` brings \
                 one that needs no graphics card)"
                    .to_owned()
            })
        });
        match opened {
            Ok((code, measured)) => {
                if let Some(measured) = measured {
                    writeln!(out, "{measured}")?;
                }
                Ok(code)
            }
            Err(why) => in_the_terminal(&format!("No window can be opened: {why}"), &instead, out),
        }
    }
}
