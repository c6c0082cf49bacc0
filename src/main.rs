//! The program: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    hiketsu::cli::install_hook();
    ExitCode::from(hiketsu::cli::run_process())
}
