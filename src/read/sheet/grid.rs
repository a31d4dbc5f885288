//! The cells of a sheet, row after row, to a table.

use calamine::{Cell, Data, DataRef, Range};

use super::super::assembly::{Assembly, MAX_CELL_BYTES, MAX_COLUMNS, no_header, too_many_cells};
use super::super::row::RowBuffer;
use super::super::sparse::{Refused, Sparse};
use super::book::damaged;
use super::text::{self, TextOf};
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{Note, Shape, Source, Table};

/// The cells of a sheet as they come, row after row.
pub(super) struct Grid {
    source: Source,
    cells: Sparse,
    row: Option<u32>,
    errors: usize,
}

impl Grid {
    /// Starts without cells.
    pub(super) fn new(file: &str, sheet: &str) -> Self {
        Self {
            source: Source {
                file: file.to_owned(),
                shape: Shape::Sheet(sheet.to_owned()),
            },
            cells: Sparse::default(),
            row: None,
            errors: 0,
        }
    }

    /// The file as the user named it.
    pub(super) fn file(&self) -> &str {
        &self.source.file
    }

    /// Adds a cell whose whole numbers are padded with zeros to a number of digits.
    ///
    /// # Errors
    /// Rows out of order, or beyond the bounds of a table.
    pub(super) fn cell(&mut self, cell: &Cell<DataRef<'_>>, padding: usize) -> Result<(), Mistakes> {
        let (row, column) = cell.get_position();
        self.put(row, column as usize, text::of_ref(cell.get_value(), padding))
    }

    /// Adds all cells of a range.
    ///
    /// # Errors
    /// Beyond the bounds of a table.
    pub(super) fn range(&mut self, range: &Range<Data>) -> Result<(), Mistakes> {
        let Some((top, left)) = range.start() else {
            return Ok(());
        };
        for (cells, row) in range.rows().zip(top..) {
            for (cell, column) in cells.iter().zip(left as usize..) {
                self.put(row, column, text::of(cell))?;
            }
        }
        Ok(())
    }

    fn put(&mut self, row: u32, column: usize, text: TextOf<'_>) -> Result<(), Mistakes> {
        let text = match text {
            TextOf::Nothing => return Ok(()),
            TextOf::Error => {
                self.errors += 1;
                return Ok(());
            }
            TextOf::Text(text) => text,
        };
        match self.row {
            Some(current) if row < current => {
                return Err(damaged(&self.source.file, "its rows are out of order").into());
            }
            Some(current) if row == current => {}
            _ => {
                self.row = Some(row);
                self.cells.start_row(row.saturating_add(1));
            }
        }
        let number = row.saturating_add(1);
        self.cells
            .push(column, &text)
            .map_err(|refused| self.refusal(refused, number, column).into())
    }

    fn refusal(&self, refused: Refused, number: u32, column: usize) -> Mistake {
        match refused {
            Refused::Column => {
                let found = format!("a cell beyond column {MAX_COLUMNS}");
                Mistake::new(Kind::TooBig, self.source.row(number), found)
            }
            Refused::Cell => Mistake::new(Kind::TooBig, self.source.cell(number, column), "too long a text")
                .expected(format!("at most {} MiB in a cell", MAX_CELL_BYTES >> 20)),
            Refused::Table => too_many_cells(&self.source.file),
        }
    }

    /// Makes the table.
    ///
    /// # Errors
    /// No cells, or no header.
    pub(super) fn into_table(self) -> Result<Table, Mistakes> {
        let mut assembly = Assembly::new(self.source.clone());
        let mut buffer = RowBuffer::default();
        let mut last = None;
        self.cells.each_row(self.cells.width(), |number, cells| {
            if last.is_some_and(|last| number > last + 1) {
                assembly.blank();
            }
            last = Some(number);
            assembly.row(number, buffer.row(cells.iter().copied()))
        })?;
        if last.is_none() {
            return Err(self.empty().into());
        }
        let mut table = assembly.finish()?;
        if self.errors > 0 {
            table.notes.push(Note::warning(format!(
                "{}: {} cells hold an error such as #N/A and are read as empty",
                label(&self.source),
                self.errors
            )));
        }
        Ok(table)
    }

    fn empty(&self) -> Mistake {
        let mut mistake = no_header(&self.source.file);
        mistake.found = format!("no cells in {}", label(&self.source));
        mistake
    }
}

/// The file and sheet of a table, in backquotes.
pub(super) fn label(source: &Source) -> String {
    match &source.shape {
        Shape::Sheet(sheet) => format!("`{}#{sheet}`", source.file),
        Shape::Lines | Shape::Records => format!("`{}`", source.file),
    }
}
