//! The program `svod`: see [`svod::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    svod::cli::main()
}
