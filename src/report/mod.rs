//! `Allocation` to files and tables, all or none.
//!
//! [`write()`] is pure: it hands every file to a [`Sink`], row after row, `run.json` last, and the same run
//! gives the same bytes. [`place`] alone touches the disk. [`terminal`] is the summary for people.

mod assignments;
mod blocks;
mod by;
mod claims;
mod columns;
pub mod crm;
mod csv;
pub mod exported;
mod handover;
mod import;
mod inputs;
pub mod listing;
mod loads;
mod names;
mod numbers;
mod offers;
mod open_pool;
pub mod place;
mod record;
mod recorded;
mod set_aside;
mod sink;
mod standing;
pub mod terminal;
mod unassigned;
mod view;
mod workload;
mod xlsx;

use crate::explain::absences;
use crate::model::{Allocation, Batch, History, Note};
use crate::record::{FolderKind, LedgerRecord};
pub use by::By;
pub use crm::Crm;
pub use handover::HandoverReport;
pub use import::ImportReport;
use inputs::Copies;
pub use recorded::{Kept, KeptDeals, fingerprint, kept_deals};
use sink::Hashing;
pub use sink::{Memory, Sink, sha256};
use std::io::{self, Write};
use view::View;

/// A file that the run read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputCopy<'a> {
    /// What it served as: `leads`, `reps`, `pins`, `time_off`, `rules`, `territories`, `table:affinity.csv`.
    pub role: String,
    /// The file as the user named it, without `#Sheet`; `-` for standard input.
    pub name: String,
    /// The sheet that was asked for.
    pub sheet: Option<String>,
    /// The format that was asked for.
    pub format: Option<String>,
    /// Exactly the file's bytes.
    pub bytes: &'a [u8],
    /// Whether it comes with the program, such as the default rules.
    pub builtin: bool,
}

/// What the outputs are to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The CRM whose import files are written.
    pub crm: Option<Crm>,
    /// One file for each rep or team besides.
    pub by: Option<By>,
    /// A workbook besides.
    pub xlsx: bool,
    /// A compressed copy of every input.
    pub keep_inputs: bool,
    /// `--strict` with its bound as given, recorded only.
    pub strict: Option<String>,
}

/// A finished run: all that its outputs are made of.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// The leads and reps.
    pub batch: &'a Batch,
    /// What became of them.
    pub allocation: &'a Allocation,
    /// What earlier runs left behind.
    pub history: &'a History,
    /// The command line, the program's name first.
    pub command: Vec<String>,
    /// Every file that was read.
    pub inputs: Vec<InputCopy<'a>>,
    /// What the outputs are to be.
    pub options: Options,
    /// The ledger that the run stands in, or is planned for.
    pub ledger: Option<LedgerRecord>,
}

/// All that a folder of outputs is made of.
pub trait Outputs {
    /// What the folder will hold.
    fn kind(&self) -> FolderKind;

    /// Writes every file into a sink, `run.json` last; returns the SHA-256 of each by its name.
    ///
    /// # Errors
    /// Whatever the sink fails with.
    fn write(&self, sink: &mut dyn Sink) -> anyhow::Result<Vec<(String, String)>>;
}

impl Outputs for Run<'_> {
    fn kind(&self) -> FolderKind {
        FolderKind::Run
    }

    fn write(&self, sink: &mut dyn Sink) -> anyhow::Result<Vec<(String, String)>> {
        write(self, sink)
    }
}

/// Writes every output of a run into a sink, `run.json` last; returns the SHA-256 of each by its name.
///
/// # Errors
/// Whatever the sink fails with; a workbook that cannot be made.
pub fn write(run: &Run, sink: &mut dyn Sink) -> anyhow::Result<Vec<(String, String)>> {
    std::thread::scope(|scope| {
        let copies = scope.spawn(|| Copies::of(&run.inputs, run.options.keep_inputs));
        let view = View::of(run);
        let mut out = Hashing::new(sink);
        results(&view, &mut out)?;
        let copies = match copies.join() {
            Ok(copies) => copies?.write(&mut out)?,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        let record = record::of(&view, copies, out.hashes());
        out.file(crate::record::FILE, |to| {
            to.write_all(record.to_json().as_bytes())
        })?;
        Ok(out.into_hashes())
    })
}

/// Writes what came of a run: every output but the copies of its inputs and `run.json`.
fn results(view: &View, out: &mut Hashing) -> anyhow::Result<()> {
    let run = view.run;
    out.file("assignments.csv", |to| assignments::write(view, to))?;
    out.file("unassigned.csv", |to| unassigned::write(view, to))?;
    if run.batch.past.is_kept {
        out.file("standing.csv", |to| standing::write(view, to))?;
    }
    out.file("set_aside.csv", |to| set_aside::write(view, to))?;
    out.file("workload.csv", |to| workload::write(view, to))?;
    if !run.allocation.offers.is_empty() {
        out.file("offers.csv", |to| offers::write(view, to))?;
    }
    if !run.batch.claims.is_empty() {
        out.file("claims.csv", |to| claims::write(view, to))?;
    }
    if let Some(pool) = &run.allocation.pool {
        out.file("open_pool.csv", |to| open_pool::write(view, pool, to))?;
    }
    if let Some(by) = run.options.by {
        by::write(view, by, out)?;
    }
    if let Some(crm) = run.options.crm.filter(|_| !is_plan(run)) {
        crm::write(view, crm, out)?;
    }
    if run.options.xlsx {
        out.file("assignments.xlsx", |to| xlsx::write(view, to))?;
    }
    Ok(())
}

/// Tells whether the run is only planned; a plan has no file that a CRM could import.
fn is_plan(run: &Run) -> bool {
    run.ledger.as_ref().is_some_and(|ledger| ledger.is_plan)
}

/// Writes `assignments.csv` alone, for `--out -`.
///
/// # Errors
/// Whatever the writer fails with.
pub fn write_assignments(run: &Run, to: &mut dyn Write) -> io::Result<()> {
    assignments::write(&View::of(run), to)
}

/// What should be said of who is away and of the outputs besides what [`Batch`] and [`Allocation`] say.
pub fn notes(run: &Run) -> Vec<Note> {
    let view = View::of(run);
    let mut notes = absences(run.batch);
    if let Some(crm) = run.options.crm.filter(|_| !is_plan(run)) {
        notes.extend(crm::notes(&view, crm));
    }
    if run.options.xlsx {
        notes.extend(xlsx::notes(&view));
    }
    notes
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
