//! An import that was reconciled → `reconciled.csv`, `conflicts.csv`, `new.csv`, `set_aside.csv`, `run.json`.

mod conflicts;
mod counts;
mod new;
mod record;
mod rows;

pub use self::counts::{Counts, counts, known};
use super::columns::Row;
use super::inputs::Copies;
use super::sink::Hashing;
use super::{InputCopy, Outputs, Sink, set_aside};
use crate::explain::{Other, Verdicts};
use crate::model::{Import, LeadIndex, Leads, Reconciled};
use crate::record::{FILE, FolderKind};
use std::io;

/// A reconciled import: all that its outputs are made of.
#[derive(Clone, Debug)]
pub struct ImportReport<'a> {
    /// The import, and what it was held against.
    pub import: &'a Import,
    /// What came of it.
    pub reconciled: &'a Reconciled,
    /// The least confidence, from 0 to 100, at which two records are the same.
    pub threshold: u8,
    /// The command line, the program's name first.
    pub command: Vec<String>,
    /// Every file that was read.
    pub inputs: Vec<InputCopy<'a>>,
    /// Whether copies of these are kept.
    pub keep_inputs: bool,
}

impl<'a> ImportReport<'a> {
    /// The sentences of the verdicts.
    pub fn verdicts(&self) -> Verdicts<'a> {
        Verdicts::new(
            &self.import.leads,
            &self.import.listings,
            self.reconciled,
            self.threshold,
        )
    }

    /// Writes what came of the rows: every output but the copies of the inputs and `run.json`.
    ///
    /// # Errors
    /// Whatever the sink fails with.
    pub fn results(&self, sink: &mut dyn Sink) -> anyhow::Result<()> {
        self.write_results(&mut Hashing::new(sink))
    }

    fn write_results(&self, out: &mut Hashing) -> anyhow::Result<()> {
        out.file("reconciled.csv", |to| rows::write(self, to))?;
        out.file("conflicts.csv", |to| conflicts::write(self, to))?;
        out.file("new.csv", |to| new::write(self, to))?;
        out.file("set_aside.csv", |to| set_aside::write_of(&self.import.leads, to))
    }
}

impl Outputs for ImportReport<'_> {
    fn kind(&self) -> FolderKind {
        FolderKind::Reconcile
    }

    fn write(&self, sink: &mut dyn Sink) -> anyhow::Result<Vec<(String, String)>> {
        std::thread::scope(|scope| {
            let copies = scope.spawn(|| Copies::of(&self.inputs, self.keep_inputs));
            let mut out = Hashing::new(sink);
            self.write_results(&mut out)?;
            let copies = match copies.join() {
                Ok(copies) => copies?.write(&mut out)?,
                Err(panic) => std::panic::resume_unwind(panic),
            };
            let record = record::of(self, copies, out.hashes());
            out.file(FILE, |to| to.write_all(record.to_json().as_bytes()))?;
            Ok(out.into_hashes())
        })
    }
}

/// Writes the cells that name a record: file, row, id and name.
fn named(other: &Other, out: &mut impl Row) -> io::Result<()> {
    out.text(&other.file)?;
    out.text(&other.row)?;
    out.text(other.id)?;
    out.text(other.name)
}

/// Writes a lead's own cells.
pub(super) fn own(leads: &Leads, lead: LeadIndex, out: &mut impl Row) -> io::Result<()> {
    leads
        .cells
        .row(lead.at())
        .enumerate()
        .try_for_each(|(column, text)| out.own(column, text))
}

#[cfg(test)]
mod tests;
