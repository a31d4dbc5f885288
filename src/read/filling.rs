//! Rows below a header, sorted into good ones, ragged ones and a footer.

use std::borrow::Cow;

use super::assembly::{MAX_CELLS, SampleRow, is_blank, too_many_cells};
use super::row::{Look, Row, RowBuffer};
use super::{armour, footer, heading, own_files};
use crate::mistake::Mistakes;
use crate::model::{Cells, Note, Ragged, Shape, Source, Table, restore};

/// A table whose header is known.
#[derive(Debug)]
pub(super) struct Filling {
    headers: Vec<String>,
    header_row: u32,
    /// The number of columns up to the last one that has a name.
    named: usize,
    ours: bool,
    /// For each column whether it has no name and was empty so far.
    nameless: Vec<bool>,
    has_nameless: bool,
    cells: Cells,
    rows: Vec<u32>,
    ragged: Vec<Ragged>,
    suspects: Vec<SampleRow>,
    notes: Vec<Note>,
}

impl Filling {
    /// Starts a table below its header.
    pub(super) fn new(header: &SampleRow, titles: &[SampleRow], source: &Source) -> Self {
        let headers: Vec<String> = header
            .cells
            .iter()
            .map(|cell| armour::from_excel(cell).map_or_else(|| cell.clone(), Cow::into_owned))
            .collect();
        let notes = skipped(
            source,
            titles,
            "title row above the header",
            "title rows above the header",
        );
        Self {
            named: heading::used_width(&headers),
            ours: own_files::is_ours(&headers),
            nameless: headers.iter().map(|header| is_blank(header)).collect(),
            has_nameless: headers.iter().any(|header| is_blank(header)),
            cells: Cells::new(headers.len()),
            headers,
            header_row: header.number,
            rows: Vec::new(),
            ragged: Vec::new(),
            suspects: Vec::new(),
            notes: notes.into_iter().collect(),
        }
    }

    /// Tells whether no row waits for being taken for a footer.
    pub(super) fn holds_nothing_back(&self) -> bool {
        self.suspects.is_empty()
    }

    /// The same table without its rows.
    pub(super) fn without_rows(&self) -> Self {
        Self {
            headers: self.headers.clone(),
            nameless: self.nameless.clone(),
            cells: Cells::new(self.headers.len()),
            rows: Vec::new(),
            ragged: Vec::new(),
            suspects: Vec::new(),
            notes: Vec::new(),
            ..*self
        }
    }

    /// Adds the rows of a table that was [without rows](Self::without_rows), further down by so many lines;
    /// no row is held back here.
    ///
    /// # Errors
    /// Too many cells in all.
    pub(super) fn append(&mut self, source: &Source, other: Self, lines: u32) -> Result<(), Mistakes> {
        if (self.rows.len() + other.rows.len()) * self.headers.len() > MAX_CELLS {
            return Err(too_many_cells(&source.file).into());
        }
        for (nameless, others) in self.nameless.iter_mut().zip(&other.nameless) {
            *nameless &= others;
        }
        let down = |row: u32| row.saturating_add(lines);
        self.cells.append(other.cells);
        self.rows.extend(other.rows.into_iter().map(down));
        self.ragged.extend(other.ragged.into_iter().map(|ragged| Ragged {
            row: down(ragged.row),
            ..ragged
        }));
        self.suspects
            .extend(other.suspects.into_iter().map(|suspect| SampleRow {
                number: down(suspect.number),
                ..suspect
            }));
        Ok(())
    }

    /// The header of a column.
    pub(super) fn header(&self, column: usize) -> Option<&str> {
        self.headers.get(column).map(String::as_str)
    }

    /// Adds a row that is not blank.
    ///
    /// # Errors
    /// Too many cells in all.
    pub(super) fn row(
        &mut self,
        source: &Source,
        number: u32,
        row: Row<'_>,
        look: Look,
        after_blank: bool,
    ) -> Result<(), Mistakes> {
        if footer::may_be(look.filled, self.named) && self.suspects.len() < footer::LONGEST {
            let suspect = after_blank
                || !self.suspects.is_empty()
                || (row.len() < self.named && footer::says_so(row.cells()));
            if suspect {
                self.suspects.push(SampleRow {
                    number,
                    cells: row.owned(),
                    after_blank,
                });
                return Ok(());
            }
        }
        self.acquit(source, usize::MAX)?;
        self.place(source, number, row, look)
    }

    /// Takes the first rows that were held for a footer as rows of the table.
    fn acquit(&mut self, source: &Source, count: usize) -> Result<(), Mistakes> {
        if self.suspects.is_empty() {
            return Ok(());
        }
        let count = count.min(self.suspects.len());
        let rows: Vec<SampleRow> = self.suspects.drain(..count).collect();
        let mut buffer = RowBuffer::default();
        for kept in &rows {
            let row = buffer.row(kept.cells.iter().map(String::as_str));
            self.place(source, kept.number, row, row.look())?;
        }
        Ok(())
    }

    fn place(&mut self, source: &Source, number: u32, row: Row<'_>, look: Look) -> Result<(), Mistakes> {
        if row.len() < self.named || look.used > self.headers.len() {
            self.ragged.push(Ragged {
                row: number,
                cells: row.cells().map(|cell| self.plain(cell)).collect(),
            });
            return Ok(());
        }
        if (self.rows.len() + 1) * self.headers.len() > MAX_CELLS {
            return Err(too_many_cells(&source.file).into());
        }
        if self.has_nameless {
            for (nameless, cell) in self.nameless.iter_mut().zip(row.cells()) {
                *nameless &= is_blank(cell);
            }
        }
        self.rows.push(number);
        if look.armed {
            let plain: Vec<String> = row.cells().map(|cell| self.plain(cell)).collect();
            self.cells.push(plain.iter().map(String::as_str));
        } else if row.len() == self.headers.len() {
            self.cells.push_joined(row.text(), row.ends());
        } else {
            self.cells.push(row.cells());
        }
        Ok(())
    }

    fn plain(&self, cell: &str) -> String {
        let cell = if self.ours { restore(cell) } else { cell };
        armour::from_excel(cell).map_or_else(|| cell.to_owned(), Cow::into_owned)
    }

    /// Ends the table, after taking its last rows for a footer if they are one.
    ///
    /// # Errors
    /// Too many cells in all.
    pub(super) fn finish(mut self, source: Source) -> Result<Table, Mistakes> {
        let begin = footer::begin(&self.suspects, self.named);
        self.acquit(&source, begin.unwrap_or(usize::MAX))?;
        let note = skipped(
            &source,
            &self.suspects,
            "row of a report footer",
            "rows of a report footer",
        );
        self.notes.extend(note);
        self.name_columns(&source);
        Ok(Table {
            source,
            headers: self.headers,
            header_row: self.header_row,
            cells: self.cells,
            rows: self.rows,
            ragged: self.ragged,
            delimiter: b',',
            bom: false,
            notes: self.notes,
        })
    }

    /// Gives columns that are filled but have no name one by their number.
    fn name_columns(&mut self, source: &Source) {
        for (column, nameless) in self.nameless.iter().enumerate() {
            if *nameless || !is_blank(&self.headers[column]) {
                continue;
            }
            let mut name = format!("column_{}", column + 1);
            while self.headers.contains(&name) {
                name.push('_');
            }
            self.notes.push(Note::warning(format!(
                "`{}`: column {} has no header; it is called `{name}`",
                source.file,
                column + 1
            )));
            self.headers[column] = name;
        }
    }
}

/// Says which rows were skipped, if any, with the text of the first ones.
fn skipped(source: &Source, rows: &[SampleRow], one: &str, many: &str) -> Option<Note> {
    const SHOWN: usize = 3;
    const LETTERS: usize = 60;
    let first = rows.first()?;
    let what = match rows.len() {
        1 => format!("1 {one}"),
        count => format!("{count} {many}"),
    };
    let texts: Vec<String> = rows
        .iter()
        .take(SHOWN)
        .map(|row| {
            let filled: Vec<&str> = row
                .cells
                .iter()
                .map(|cell| cell.trim())
                .filter(|cell| !cell.is_empty())
                .collect();
            let line = filled.join(" ").replace(['\n', '\r', '`'], " ");
            match line.char_indices().nth(LETTERS) {
                Some((end, _)) => format!("`{}…`", &line[..end]),
                None => format!("`{line}`"),
            }
        })
        .collect();
    let more = if rows.len() > SHOWN { ", …" } else { "" };
    let place = match &source.shape {
        Shape::Sheet(sheet) => format!("`{}#{sheet}`, row {}", source.file, first.number),
        Shape::Lines | Shape::Records => format!("`{}`, line {}", source.file, first.number),
    };
    Some(Note::warning(format!(
        "{place}: skipped {what}: {}{more}",
        texts.join(", ")
    )))
}
