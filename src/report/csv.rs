//! CSV as the first leads file has it: its delimiter, its byte-order mark; lines end with LF.

use super::columns::Row;
use super::numbers;
use crate::model::{Leads, Points, disarm};
use csv::{Writer, WriterBuilder};
use std::fmt::{self, Write as _};
use std::io::{self, Write};

/// Whether cells that a spreadsheet would run are written harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formulas {
    /// With an apostrophe before them.
    Disarmed,
    /// As they are, for files that a program imports.
    AsTheyAre,
}

/// Writes a CSV file cell by cell.
pub struct Csv<'a> {
    writer: Writer<&'a mut dyn Write>,
    formulas: Formulas,
    number: String,
}

impl<'a> Csv<'a> {
    /// Starts a file in the form of the first leads file.
    pub fn like(leads: &Leads, formulas: Formulas, to: &'a mut dyn Write) -> io::Result<Self> {
        if leads.bom {
            to.write_all("\u{feff}".as_bytes())?;
        }
        Ok(Self::with_delimiter(leads.delimiter, formulas, to))
    }

    /// Starts a file with commas, whatever the leads came in: for programs that know nothing else.
    pub fn with_commas(formulas: Formulas, to: &'a mut dyn Write) -> Self {
        Self::with_delimiter(b',', formulas, to)
    }

    /// Continues a file in the form of the first leads file.
    pub fn more(leads: &Leads, formulas: Formulas, to: &'a mut dyn Write) -> Self {
        Self::with_delimiter(leads.delimiter, formulas, to)
    }

    fn with_delimiter(delimiter: u8, formulas: Formulas, to: &'a mut dyn Write) -> Self {
        let writer = WriterBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_writer(to);
        Self {
            writer,
            formulas,
            number: String::new(),
        }
    }

    /// Writes a whole row of texts.
    pub fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> io::Result<()> {
        for text in texts {
            self.text(text)?;
        }
        self.end()
    }

    /// Hands on what is still held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Row for Csv<'_> {
    fn text(&mut self, text: &str) -> io::Result<()> {
        match self.formulas {
            Formulas::Disarmed => self.writer.write_field(&*disarm(text)),
            Formulas::AsTheyAre => self.writer.write_field(text),
        }
        .map_err(cause)
    }

    fn number(&mut self, number: fmt::Arguments) -> io::Result<()> {
        self.number.clear();
        let _ = self.number.write_fmt(number);
        self.writer.write_field(&self.number).map_err(cause)
    }

    fn points(&mut self, points: Points) -> io::Result<()> {
        self.number.clear();
        numbers::points(points, &mut self.number);
        self.writer.write_field(&self.number).map_err(cause)
    }

    fn tenths(&mut self, number: f64) -> io::Result<()> {
        self.number.clear();
        numbers::tenths(number, &mut self.number);
        self.writer.write_field(&self.number).map_err(cause)
    }

    fn own(&mut self, _column: usize, text: &str) -> io::Result<()> {
        self.text(text)
    }

    fn end(&mut self) -> io::Result<()> {
        self.writer.write_record(None::<&[u8]>).map_err(cause)
    }
}

/// What the writer below failed with, in its own kind: a closed pipe is told from a full disk by it.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
