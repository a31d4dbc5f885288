//! Rows whose columns come to be known only as they are read, as in JSON and in sheets.

use super::assembly::{MAX_CELL_BYTES, MAX_CELLS, MAX_COLUMNS};

/// Filled cells of a table, row after row, in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Sparse {
    text: String,
    cells: Vec<(u32, usize)>,
    rows: Vec<(u32, usize)>,
    width: usize,
}

/// Why a cell is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// Its column is beyond the most columns.
    Column,
    /// It is too long.
    Cell,
    /// There are too many cells in all.
    Table,
}

impl Sparse {
    /// Starts a row with its own number in the file.
    pub(super) fn start_row(&mut self, number: u32) {
        self.rows.push((number, self.cells.len()));
    }

    /// Adds a cell to the last row; empty ones are left out.
    ///
    /// # Errors
    /// Beyond the bounds of a table.
    pub(super) fn push(&mut self, column: usize, text: &str) -> Result<(), Refused> {
        if text.is_empty() {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            return Err(Refused::Column);
        }
        if text.len() > MAX_CELL_BYTES {
            return Err(Refused::Cell);
        }
        self.width = self.width.max(column + 1);
        if self.rows.len() * self.width > MAX_CELLS {
            return Err(Refused::Table);
        }
        self.text.push_str(text);
        let column = u32::try_from(column).map_err(|_| Refused::Column)?;
        self.cells.push((column, self.text.len()));
        Ok(())
    }

    /// The number of columns up to the last filled one.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// The numbers of the rows.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        self.rows.iter().map(|(number, _)| *number)
    }

    /// Gives each row's number and its cells, all as many as `width`, to `take` until it fails.
    ///
    /// # Errors
    /// The first of `take`.
    pub(super) fn each_row<E>(
        &self,
        width: usize,
        mut take: impl FnMut(u32, &[&str]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut dense = vec![""; width];
        for (row, (number, start)) in self.rows.iter().enumerate() {
            let end = self
                .rows
                .get(row + 1)
                .map_or(self.cells.len(), |(_, start)| *start);
            for at in *start..end {
                let (column, end) = self.cells[at];
                let begin = if at == 0 { 0 } else { self.cells[at - 1].1 };
                if let Some(cell) = dense.get_mut(column as usize) {
                    *cell = &self.text[begin..end];
                }
            }
            take(*number, &dense)?;
            for (column, _) in &self.cells[*start..end] {
                if let Some(cell) = dense.get_mut(*column as usize) {
                    *cell = "";
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_dense() {
        let mut sparse = Sparse::default();
        sparse.start_row(3);
        sparse.push(1, "b").unwrap();
        sparse.push(0, "a").unwrap();
        sparse.start_row(5);
        sparse.start_row(6);
        sparse.push(2, "c").unwrap();
        let mut rows = Vec::new();
        sparse
            .each_row(sparse.width(), |number, cells| {
                rows.push(format!("{number}:{}", cells.join(",")));
                Ok::<(), ()>(())
            })
            .unwrap();
        assert_eq!(rows, ["3:a,b,", "5:,,", "6:,,c"]);
    }

    #[test]
    fn cells_beyond_the_bounds_are_refused() {
        let mut sparse = Sparse::default();
        sparse.start_row(1);
        assert_eq!(sparse.push(MAX_COLUMNS, "x"), Err(Refused::Column));
        assert_eq!(
            sparse.push(0, &"x".repeat(MAX_CELL_BYTES + 1)),
            Err(Refused::Cell)
        );
        assert_eq!(sparse.push(MAX_COLUMNS, ""), Ok(()));
    }
}
