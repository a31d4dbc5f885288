//! Solves one instance and prints one line of JSON: the program that is measured beside other solvers.
//!
//! `solve_file FILE` reads a `.tpb` (transport) or `.lap` (square assignment) instance,
//! `solve_file --family NAME --leads L --reps R` makes one whose rows are computed when they are asked for. The README beside this file has more.

mod families;
mod files;
mod measure;
mod square;
mod transport;

use anyhow::{Context, bail};
use clap::Parser;
use families::{Family, Made, Room};
use measure::Read;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use transport::Source;

/// Solves one instance and prints one line of JSON about it.
#[derive(Parser)]
struct Arguments {
    /// A `.tpb` or `.lap` file.
    #[arg(required_unless_present = "family", conflicts_with = "family")]
    file: Option<PathBuf>,
    /// Makes an instance of this family instead of reading one.
    #[arg(long, value_enum, requires = "leads", requires = "reps")]
    family: Option<Family>,
    /// Leads of the family.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000_000))]
    leads: Option<u32>,
    /// Reps of the family.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    reps: Option<u32>,
    /// Places of the family's reps together: 1.3 or 0.8 a lead.
    #[arg(long, value_enum, default_value = "ample")]
    room: Room,
    /// Deals the leads, by their numbers, to so many tiers that are strictly in order.
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=100))]
    tiers: Option<u8>,
    /// Threads to use.
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    /// Writes the instance as a `.tpb` file instead of solving it.
    #[arg(long)]
    write: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let start = Instant::now();
    if let Some(path) = arguments.file.as_ref().filter(|path| is_square(path)) {
        let square = files::read_square(path).with_context(|| format!("cannot read `{}`", path.display()))?;
        let line = square::line(&name_of(path), &square, &Read::since(start))?;
        writeln!(std::io::stdout(), "{line}")?;
        return Ok(());
    }
    let (name, source) = source(arguments)?;
    let read = Read::since(start);
    if let Some(path) = &arguments.write {
        return files::write(path, source.as_ref())
            .with_context(|| format!("cannot write `{}`", path.display()));
    }
    let solved = transport::solve(source.as_ref(), arguments.tiers, arguments.threads.into())?;
    let line = transport::line(&name, source.as_ref(), &solved, &read, arguments.threads);
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

/// The instance that is asked for, with its name.
fn source(arguments: &Arguments) -> anyhow::Result<(String, Box<dyn Source>)> {
    if let (Some(family), Some(leads), Some(reps)) = (arguments.family, arguments.leads, arguments.reps) {
        let made = Made::new(family, leads as usize, reps as usize, arguments.room);
        return Ok((made.name(), Box::new(made)));
    }
    let Some(path) = &arguments.file else {
        bail!("neither a file nor a family");
    };
    let read = files::read_transport(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    Ok((name_of(path), Box::new(read)))
}

fn is_square(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "lap")
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
