//! The commands: read, deal, write; the only part that prints, keeps a clock and chooses exit codes.

mod args;
mod as_of;
mod check;
mod commit;
mod explain;
mod export;
mod finished;
mod hand;
mod handover;
mod history;
mod holding;
mod init;
mod inputs;
mod interrupt;
mod known;
mod licenses;
mod night;
mod nightly;
mod progress;
mod reconcile;
mod reconciled;
mod record;
mod run;
mod say;
mod undo;
mod verify;

use args::{Arguments, Command};
use clap::Parser;
use dealt::ledger::Held;
use dealt::mistake::Mistakes;
use std::process::ExitCode;

/// How a command ended, when it did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// All is done.
    Done,
    /// Done, but under `--strict` too many leads were left, or `verify` found fault.
    Fault,
}

/// The exit code of a user's mistake.
const MISTAKE: u8 = 2;
/// The exit code of [`Ending::Fault`].
const FAULT: u8 = 3;
/// The exit code where another command holds the ledger.
const HELD: u8 = 4;

/// Runs the program.
pub fn main() -> ExitCode {
    interrupt::catch();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no fault of ours.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { MISTAKE } else { 0 });
        }
    };
    let ending = match &arguments.command {
        Command::Run(options) => run::run(options),
        Command::Check(options) => check::check(options),
        Command::Reconcile(options) => reconcile::reconcile(options),
        Command::Verify(options) => verify::verify(options),
        Command::Explain(options) => explain::explain(options),
        Command::Commit(options) => commit::commit(options),
        Command::Init(options) => init::init(options),
        Command::Record(options) => record::record(options),
        Command::History(options) => history::history(options),
        Command::Export(options) => export::export(options),
        Command::Undo(options) => undo::undo(options),
        Command::Licenses => licenses::licenses(),
    };
    match ending {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Fault) => ExitCode::from(FAULT),
        Err(error) => {
            if error.downcast_ref::<say::ClosedPipe>().is_some() {
                return ExitCode::SUCCESS;
            }
            if let Some(mistakes) = error.downcast_ref::<Mistakes>() {
                say::talk(&mistakes.to_string());
                if mistakes.0.len() > 1 {
                    say::talk(&format!("{} mistakes; nothing was written", mistakes.0.len()));
                }
                return ExitCode::from(MISTAKE);
            }
            say::talk(&format!("error: {error:#}"));
            if error.downcast_ref::<Held>().is_some() {
                return ExitCode::from(HELD);
            }
            ExitCode::FAILURE
        }
    }
}
