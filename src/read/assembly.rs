//! Rows of a file, one after another, into a table: titles, header, good rows, ragged rows, footer.

use super::{disarm, footer, heading};
use crate::mistake::{Kind, Mistake, Position};
use crate::model::{Cells, Note, Ragged, Shape, Source, Table};

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

    /// Takes note of a blank row.
    pub(super) fn blank(&mut self) {
        self.after_blank = true;
    }

    /// Adds the next row, with its own number in the file.
    ///
    /// # Errors
    /// Too many columns or too big a cell.
    pub(super) fn row<'a, I>(&mut self, number: u32, cells: I) -> Result<(), Mistake>
    where
        I: Iterator<Item = &'a str> + Clone,
    {
        let look = Look::at(cells.clone());
        if look.filled == 0 {
            self.blank();
            return Ok(());
        }
        self.bounded(number, &look)?;
        let after_blank = std::mem::take(&mut self.after_blank);
        if let Some(filling) = &mut self.filling {
            return filling.row(&self.source, number, cells, &look, after_blank);
        }
        self.sample.push(SampleRow {
            number,
            cells: cells.map(str::to_owned).collect(),
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
    pub(super) fn finish(mut self) -> Result<Table, Mistake> {
        if self.filling.is_none() {
            self.settle()?;
        }
        let Some(filling) = self.filling else {
            return Err(no_header(&self.source.file));
        };
        filling.finish(self.source)
    }

    fn settle(&mut self) -> Result<(), Mistake> {
        let sample = std::mem::take(&mut self.sample);
        if sample.is_empty() {
            return Ok(());
        }
        let at = heading::find(&sample);
        let mut rows = sample.into_iter();
        let titles: Vec<SampleRow> = rows.by_ref().take(at).collect();
        let Some(header) = rows.next() else { return Ok(()) };
        let mut filling = Filling::new(header, &titles, &self.source);
        for row in rows {
            filling.kept_row(&self.source, &row)?;
        }
        self.filling = Some(filling);
        Ok(())
    }

    fn bounded(&self, number: u32, look: &Look) -> Result<(), Mistake> {
        if look.count > MAX_COLUMNS {
            let found = format!("a row of {} cells", look.count);
            return Err(Mistake::new(Kind::TooBig, self.source.row(number), found)
                .expected(format!("at most {MAX_COLUMNS} columns")));
        }
        if look.longest > MAX_CELL_BYTES {
            let found = format!("a cell of {} MiB", look.longest >> 20);
            let position = self.source.cell(number, look.longest_at);
            let mistake = Mistake::new(Kind::TooBig, position, found)
                .expected(format!("at most {} MiB in a cell", MAX_CELL_BYTES >> 20));
            let header = self.filling.as_ref().and_then(|f| f.headers.get(look.longest_at));
            return Err(match header {
                Some(header) => mistake.column(header),
                None => mistake,
            });
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

/// What a row looks like at a glance.
struct Look {
    count: usize,
    used: usize,
    filled: usize,
    longest: usize,
    longest_at: usize,
    armed: bool,
}

impl Look {
    fn at<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut look = Self {
            count: 0,
            used: 0,
            filled: 0,
            longest: 0,
            longest_at: 0,
            armed: false,
        };
        for cell in cells {
            if cell.len() > look.longest {
                (look.longest, look.longest_at) = (cell.len(), look.count);
            }
            look.count += 1;
            if !is_blank(cell) {
                look.filled += 1;
                look.used = look.count;
                look.armed |= matches!(cell.as_bytes().first(), Some(b'=' | b'\''));
            }
        }
        look
    }
}

/// A table whose header is known.
#[derive(Debug)]
struct Filling {
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
    fn new(header: SampleRow, titles: &[SampleRow], source: &Source) -> Self {
        let headers: Vec<String> = header
            .cells
            .iter()
            .map(|cell| disarm::from_excel(cell).map_or_else(|| cell.clone(), std::borrow::Cow::into_owned))
            .collect();
        let notes = skipped(
            source,
            titles,
            "title row above the header",
            "title rows above the header",
        );
        Self {
            named: heading::used_width(&headers),
            ours: disarm::is_ours(&headers),
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

    fn row<'a, I>(
        &mut self,
        source: &Source,
        number: u32,
        cells: I,
        look: &Look,
        after_blank: bool,
    ) -> Result<(), Mistake>
    where
        I: Iterator<Item = &'a str> + Clone,
    {
        if footer::may_be(look.filled, self.named) && self.suspects.len() < footer::LONGEST {
            let suspect = after_blank
                || !self.suspects.is_empty()
                || (look.count < self.named && footer::says_so(cells.clone()));
            if suspect {
                self.suspects.push(SampleRow {
                    number,
                    cells: cells.map(str::to_owned).collect(),
                    after_blank,
                });
                return Ok(());
            }
        }
        self.acquit(source, usize::MAX)?;
        self.place(source, number, cells, look)
    }

    fn kept_row(&mut self, source: &Source, row: &SampleRow) -> Result<(), Mistake> {
        let cells = row.cells.iter().map(String::as_str);
        let look = Look::at(cells.clone());
        self.row(source, row.number, cells, &look, row.after_blank)
    }

    /// Takes the first rows that were held for a footer as rows of the table.
    fn acquit(&mut self, source: &Source, count: usize) -> Result<(), Mistake> {
        if self.suspects.is_empty() {
            return Ok(());
        }
        let count = count.min(self.suspects.len());
        let rows: Vec<SampleRow> = self.suspects.drain(..count).collect();
        for row in &rows {
            let cells = row.cells.iter().map(String::as_str);
            let look = Look::at(cells.clone());
            self.place(source, row.number, cells, &look)?;
        }
        Ok(())
    }

    fn place<'a, I>(&mut self, source: &Source, number: u32, cells: I, look: &Look) -> Result<(), Mistake>
    where
        I: Iterator<Item = &'a str> + Clone,
    {
        if look.count < self.named || look.used > self.headers.len() {
            self.ragged.push(Ragged {
                row: number,
                cells: cells.map(|cell| self.plain(cell)).collect(),
            });
            return Ok(());
        }
        if (self.rows.len() + 1) * self.headers.len() > MAX_CELLS {
            return Err(too_many_cells(&source.file));
        }
        if self.has_nameless {
            for (nameless, cell) in self.nameless.iter_mut().zip(cells.clone()) {
                *nameless &= is_blank(cell);
            }
        }
        self.rows.push(number);
        if look.armed {
            let plain: Vec<String> = cells.map(|cell| self.plain(cell)).collect();
            self.cells.push(plain.iter().map(String::as_str));
        } else {
            self.cells.push(cells);
        }
        Ok(())
    }

    fn plain(&self, cell: &str) -> String {
        let cell = if self.ours { disarm::undo(cell) } else { cell };
        disarm::from_excel(cell).map_or_else(|| cell.to_owned(), std::borrow::Cow::into_owned)
    }

    fn finish(mut self, source: Source) -> Result<Table, Mistake> {
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
