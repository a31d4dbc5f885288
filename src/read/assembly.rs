//! Rows of a file, one after another, into a table: titles, header, good rows, ragged rows, footer.

use super::filling::Filling;
use super::heading;
use super::row::{Look, Row, RowBuffer};
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{Source, Table};

/// The most columns that a table may have, as in the largest spreadsheets.
pub(super) const MAX_COLUMNS: usize = 16_384;
/// The most bytes in one cell: 16 MiB.
pub(super) const MAX_CELL_BYTES: usize = 16 << 20;
/// The most cells in one table.
pub(super) const MAX_CELLS: usize = 250_000_000;
/// As many rows as are looked at to find the header.
const SAMPLE: usize = 100;

/// A row that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SampleRow {
    /// Its own number in the file.
    pub(super) number: u32,
    /// Its cells as they are.
    pub(super) cells: Vec<String>,
    /// Whether a blank row came before it.
    pub(super) after_blank: bool,
}

/// Whether a cell holds nothing but blanks.
pub(super) fn is_blank(cell: &str) -> bool {
    match cell.as_bytes().first() {
        None => true,
        Some(byte) if byte.is_ascii_graphic() => false,
        Some(_) => cell.trim().is_empty(),
    }
}

/// Takes the rows of a file and makes a table of them.
#[derive(Debug)]
pub(super) struct Assembly {
    source: Source,
    sample: Vec<SampleRow>,
    filling: Option<Filling>,
    after_blank: bool,
}

impl Assembly {
    /// Starts a table.
    pub(super) fn new(source: Source) -> Self {
        Self {
            source,
            sample: Vec::new(),
            filling: None,
            after_blank: false,
        }
    }

    /// Tells whether the header is known.
    pub(super) fn is_settled(&self) -> bool {
        self.filling.is_some()
    }

    /// Tells whether the next row will be taken as if it were the first below the header.
    pub(super) fn is_between_rows(&self) -> bool {
        !self.after_blank && self.filling.as_ref().is_some_and(Filling::holds_nothing_back)
    }

    /// The table without its rows, once its header is known.
    pub(super) fn without_rows(&self) -> Option<Self> {
        Some(Self {
            source: self.source.clone(),
            sample: Vec::new(),
            filling: Some(self.filling.as_ref()?.without_rows()),
            after_blank: false,
        })
    }

    /// Adds what was read as a table [without rows](Self::without_rows), its lines further down by so many.
    ///
    /// # Errors
    /// Too many cells in all.
    pub(super) fn append(&mut self, other: Self, lines: u32) -> Result<(), Mistakes> {
        self.after_blank = other.after_blank;
        match (&mut self.filling, other.filling) {
            (Some(filling), Some(other)) => filling.append(&self.source, other, lines),
            _ => Ok(()),
        }
    }

    /// Takes note of a blank row.
    pub(super) fn blank(&mut self) {
        self.after_blank = true;
    }

    /// Adds the next row, with its own number in the file.
    ///
    /// # Errors
    /// Too many columns, too big a cell, too many cells in all.
    pub(super) fn row(&mut self, number: u32, row: Row<'_>) -> Result<(), Mistakes> {
        let look = row.look();
        if look.filled == 0 {
            self.blank();
            return Ok(());
        }
        self.bounded(number, row, look)?;
        let after_blank = std::mem::take(&mut self.after_blank);
        if let Some(filling) = &mut self.filling {
            return filling.row(&self.source, number, row, look, after_blank);
        }
        self.sample.push(SampleRow {
            number,
            cells: row.owned(),
            after_blank,
        });
        if self.sample.len() == SAMPLE {
            self.settle()?;
        }
        Ok(())
    }

    /// Ends the table.
    ///
    /// # Errors
    /// No header, or too many cells.
    pub(super) fn finish(mut self) -> Result<Table, Mistakes> {
        if self.filling.is_none() {
            self.settle()?;
        }
        let Some(filling) = self.filling else {
            return Err(no_header(&self.source.file).into());
        };
        filling.finish(self.source)
    }

    fn settle(&mut self) -> Result<(), Mistakes> {
        let sample = std::mem::take(&mut self.sample);
        if sample.is_empty() {
            return Ok(());
        }
        let at = heading::find(&sample);
        let mut rows = sample.into_iter();
        let titles: Vec<SampleRow> = rows.by_ref().take(at).collect();
        let Some(header) = rows.next() else { return Ok(()) };
        let mut filling = Filling::new(&header, &titles, &self.source);
        let mut buffer = RowBuffer::default();
        for kept in rows {
            let row = buffer.row(kept.cells.iter().map(String::as_str));
            filling.row(&self.source, kept.number, row, row.look(), kept.after_blank)?;
        }
        self.filling = Some(filling);
        Ok(())
    }

    fn bounded(&self, number: u32, row: Row<'_>, look: Look) -> Result<(), Mistakes> {
        if row.len() > MAX_COLUMNS {
            let found = format!("a row of {} cells", row.len());
            return Err(Mistake::new(Kind::TooBig, self.source.row(number), found)
                .expected(format!("at most {MAX_COLUMNS} columns"))
                .into());
        }
        if look.longest > MAX_CELL_BYTES {
            let found = format!("a cell of {} MiB", look.longest >> 20);
            let position = self.source.cell(number, look.longest_at);
            let mistake = Mistake::new(Kind::TooBig, position, found)
                .expected(format!("at most {} MiB in a cell", MAX_CELL_BYTES >> 20));
            let header = self
                .filling
                .as_ref()
                .and_then(|filling| filling.header(look.longest_at));
            return Err(match header {
                Some(header) => mistake.column(header),
                None => mistake,
            }
            .into());
        }
        Ok(())
    }
}

/// The mistake of a file without a header.
pub(super) fn no_header(file: &str) -> Mistake {
    let position = Position::File(file.to_owned());
    Mistake::new(Kind::EmptyFile, position, "blank lines only").expected("a header and rows below it")
}

/// The mistake of a table of more cells than are accepted.
pub(super) fn too_many_cells(file: &str) -> Mistake {
    let position = Position::File(file.to_owned());
    let found = format!("a table of more than {} million cells", MAX_CELLS / 1_000_000);
    Mistake::new(Kind::TooBig, position, found)
        .expected("fewer rows or columns")
        .hint("split it into several lead files, or leave columns out that no rule needs")
}
