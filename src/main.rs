//! The program `dealt`: see the library's documentation for the map.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
