//! `dealt undo`: the latest run of a ledger taken back.

use super::args::UndoOptions;
use super::{Ending, holding, interrupt, nightly, say};
use dealt::ledger::{Opening, Undone};
use std::fmt::Write;
use std::path::Path;

/// Takes the latest run back whole; its out folder stays.
///
/// # Errors
/// There is no run, another one is the latest, outcomes rest on it; a file that is no ledger; another command
/// that holds it.
pub fn undo(options: &UndoOptions) -> anyhow::Result<Ending> {
    let path = Path::new(&options.ledger);
    let _lock = holding::hold_existing(path)?;
    let mut ledger = holding::open(path, Opening::Existing)?;
    interrupt::after(|| nightly::settle(&mut ledger))?;
    interrupt::hold();
    let undone = ledger.undo(options.run, options.force)?;
    say::text(&summary(&undone))?;
    Ok(Ending::Done)
}

fn summary(undone: &Undone) -> String {
    let leads = |count: u64| match count {
        1 => "1 lead is".to_owned(),
        many => format!("{many} leads are"),
    };
    let mut text = format!(
        "run {} as of {} is taken back: {} not dealt any more",
        undone.run,
        undone.as_of_text,
        leads(undone.leads)
    );
    if undone.restored > 0 {
        let _ = write!(text, ", {} with the reps who had them", leads(undone.restored));
    }
    if undone.outcomes > 0 {
        let noun = if undone.outcomes == 1 {
            "outcome"
        } else {
            "outcomes"
        };
        let _ = write!(text, ", {} {noun} went with it", undone.outcomes);
    }
    let _ = writeln!(text, "\nthe files in {} stay as they are", undone.out);
    text
}
