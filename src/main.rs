//! The program `nanking`: hands arguments and terminal to the library. No logic of its own.

use nanking::cli;
use std::{
    io::{self, IsTerminal},
    process::ExitCode,
};

fn main() -> ExitCode {
    let (out, err) = (io::stdout(), io::stderr());
    let plain = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let colour = [!plain && out.is_terminal(), !plain && err.is_terminal()];
    ExitCode::from(cli::run(
        std::env::args_os(),
        &mut out.lock(),
        &mut err.lock(),
        colour,
    ))
}
