//! The command line: files and terminal on one side, the library on the other.
//!
//! Exit codes: 0 fine; 1 a replay differs from its record; 2 anything that cannot be done.

pub mod check;
pub mod choices;
pub mod conduct;
#[cfg(feature = "gui")]
pub mod display;
pub mod failure;
pub mod fight;
pub mod json;
#[cfg(feature = "gui")]
pub mod play;
pub mod replay;
pub mod save;
pub mod simulate;
pub mod study;
pub mod terminal;
pub mod tournament;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::{ffi::OsString, io::Write, path::PathBuf};
use terminal::Terminal;

/// All is well.
pub const FINE: u8 = 0;

/// A replay differs from its record.
pub const DIFFERS: u8 = 1;

/// It could not be done: wrong arguments, files with problems, an output that cannot be written.
pub const PROBLEMS: u8 = 2;

/// The battle that is fought when nobody asks for another.
pub const HISTORICAL: &str = "nanking_1937";

/// The seed of battles for which none is given.
pub const SEED: u64 = 1937;

/// The Battle of Nanking, December 1937: a tactical simulation.
///
/// Without a command it opens the window; where there is no display, it fights the historical battle,
/// computer against computer, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "nanking", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the window.
    #[cfg(feature = "gui")]
    Play(play::Play),
    /// Fight a battle, computer against computer.
    Simulate(simulate::Simulate),
    /// Examine scenario, map and rules files and list every problem in them.
    Check {
        /// Files, or folders to be searched for `.ron` files.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Fight many battles, computer against computer, and tell what they have in common.
    Study(study::Studies),
    /// Watch how a computer commander behaves over many battles.
    Conduct(conduct::Conducts),
    /// Set two computer commanders against each other, each on either side.
    Tournament(tournament::Tournaments),
    /// Fight a recorded battle again and compare it with its record.
    Replay(replay::Replay),
}

/// Runs the program with its arguments (the first is its own name). Returns the exit code.
///
/// `colour` says for standard output and standard error whether colours may be used there.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
    colour: [bool; 2],
) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(answer) => {
            let code = u8::try_from(answer.exit_code()).unwrap_or(PROBLEMS);
            // Nobody is left to be told if this fails.
            let _ = if answer.use_stderr() {
                err.write_all(styled(&answer, colour[1]).as_bytes())
            } else {
                out.write_all(styled(&answer, colour[0]).as_bytes())
            };
            return code;
        }
    };
    let mut out = Terminal::new(out);
    let done = match arguments.command {
        None => by_default(&mut out),
        #[cfg(feature = "gui")]
        Some(Command::Play(play)) => play.run(&mut out),
        Some(Command::Simulate(simulate)) => simulate.run(&mut out),
        Some(Command::Study(study)) => study.run(&mut out),
        Some(Command::Conduct(conduct)) => conduct.run(&mut out),
        Some(Command::Tournament(tournament)) => tournament.run(&mut out),
        Some(Command::Check { paths }) => Ok(check::check(&paths, colour[0], &mut out)),
        Some(Command::Replay(replay)) => replay.run(&mut out),
    };
    let done = done.and_then(|code| match out.flush() {
        Ok(()) => Ok(code),
        Err(error) => Err(Failure::from(error)),
    });
    done.unwrap_or_else(|failure| {
        let _ = err.write_all(failure.text(colour[1]).as_bytes());
        PROBLEMS
    })
}

fn styled(answer: &clap::Error, colour: bool) -> String {
    let text = answer.render();
    if colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    }
}

#[cfg(feature = "gui")]
fn by_default(out: &mut dyn Write) -> Result<u8, Failure> {
    play::Play::default().run(out)
}

#[cfg(not(feature = "gui"))]
fn by_default(out: &mut dyn Write) -> Result<u8, Failure> {
    in_the_terminal(
        "This program was built without the window",
        &simulate::Simulate::of(HISTORICAL, SEED, choices::Choices::default()),
        out,
    )
}

/// One line that says why, and then the battle in the terminal.
fn in_the_terminal(
    why: &str,
    battle: &simulate::Simulate,
    out: &mut dyn Write,
) -> Result<u8, Failure> {
    writeln!(
        out,
        "{why}; the battle is fought here, computer against computer \
         (`nanking --help` lists what else there is).\n"
    )?;
    battle.run(out)
}
