//! Any table as CSV: commas, header first, cells that a spreadsheet would run written harmless.

use super::csv::{Csv, Formulas};
use std::io::{self, Write};

/// Writes rows.
pub struct Rows<'a> {
    csv: Csv<'a>,
}

impl<'a> Rows<'a> {
    /// Starts a file.
    pub fn new(to: &'a mut dyn Write) -> Self {
        Self {
            csv: Csv::with_commas(Formulas::Disarmed, to),
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// What the file below says.
    pub fn add(&mut self, cells: &[String]) -> io::Result<()> {
        self.csv.texts(cells.iter().map(String::as_str))
    }

    /// Hands on what is still held back.
    ///
    /// # Errors
    /// What the file below says.
    pub fn finish(self) -> io::Result<()> {
        self.csv.finish()
    }
}
