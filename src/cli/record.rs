//! `dealt record`: what became of leads, into the ledger.

use super::args::RecordOptions;
use super::{Ending, holding, interrupt, nightly, say};
use dealt::ledger::{Opening, Recorded};
use dealt::mistake::{Kind, Mistake, Mistakes, Position};
use dealt::model::{Note, zone};
use dealt::read::{self, InputTable, Reading};
use jiff::tz::TimeZone;
use std::fmt::Write;
use std::path::Path;

/// Records outcomes, all or none.
///
/// # Errors
/// Cells that cannot be read, a file that is no ledger, another command that holds it.
pub fn record(options: &RecordOptions) -> anyhow::Result<Ending> {
    let path = Path::new(&options.ledger);
    let own_zone = options.time_zone.as_deref().map(named).transpose()?;
    let (file, sheet) = read::split_sheet(&options.outcomes);
    let file = read::input_file(&file)?;
    let reading = Reading {
        format: options.format.clone(),
    };
    let _lock = holding::hold_existing(path)?;
    let mut ledger = holding::open(path, Opening::Existing)?;
    interrupt::after(|| nightly::settle(&mut ledger))?;
    let (zone, is_known) = match own_zone {
        Some(zone) => (zone, true),
        None => match ledger.last_run()?.and_then(|run| zone(&run.time_zone)) {
            Some(zone) => (zone, true),
            None => (TimeZone::UTC, false),
        },
    };
    let (outcomes, notes) = read::outcomes(&InputTable { file, sheet }, &reading, &zone)?;
    interrupt::hold();
    let recorded = ledger.record(&outcomes)?;
    if !options.quiet {
        for Note { text, .. } in &notes {
            say::talk(&format!("note: {text}"));
        }
        if !is_known && !outcomes.is_empty() {
            say::talk("note: the ledger holds no run, so times without an offset are in UTC");
        }
    }
    for warning in recorded.warnings() {
        say::talk(&format!("warning: {warning}"));
    }
    if !options.quiet {
        say::text(&summary(&recorded))?;
    }
    Ok(Ending::Done)
}

fn named(name: &str) -> Result<TimeZone, Mistakes> {
    zone(name).ok_or_else(|| {
        let found = format!("`--time-zone {name}` is no time zone");
        Mistake::new(Kind::UnknownZone, Position::Nowhere, found)
            .expected("a name such as `America/New_York`")
            .into()
    })
}

/// What came of it, in one line.
fn summary(recorded: &Recorded) -> String {
    let noun = if recorded.new == 1 { "outcome" } else { "outcomes" };
    let mut text = format!("{} {noun} recorded", recorded.new);
    for (count, what) in [
        (recorded.repeated, "recorded before"),
        (recorded.left_out + recorded.unknown, "left out"),
    ] {
        if count > 0 {
            let _ = write!(text, ", {count} {what}");
        }
    }
    for (count, one, many) in [
        (
            recorded.back,
            "lead is back in the pool",
            "leads are back in the pool",
        ),
        (recorded.credited, "turn is given back", "turns are given back"),
    ] {
        if count > 0 {
            let _ = write!(text, "; {count} {}", if count == 1 { one } else { many });
        }
    }
    text.push('\n');
    text
}
