//! A table as it was read: text of every cell, and where each row stood in its file.

use crate::mistake::Position;

/// What rows of a file are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Lines of a text file (CSV, TSV, JSON Lines).
    Lines,
    /// Rows of a named sheet.
    Sheet(String),
    /// Records of a JSON array, from 1.
    Records,
}

/// Where a table came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file as the user named it, without `#Sheet`.
    pub file: String,
    /// What its rows are called.
    pub shape: Shape,
}

impl Source {
    /// The file's name, with the sheet's where there is one: `book.xlsx#Leads`.
    pub fn name(&self) -> String {
        match &self.shape {
            Shape::Sheet(sheet) => format!("{}#{sheet}", self.file),
            Shape::Lines | Shape::Records => self.file.clone(),
        }
    }

    /// The position of a row, by its own number in the file.
    pub fn row(&self, row: u32) -> Position {
        match &self.shape {
            Shape::Lines => Position::Line {
                file: self.file.clone(),
                line: row,
                column: None,
            },
            Shape::Sheet(sheet) => Position::Cell {
                file: self.file.clone(),
                sheet: sheet.clone(),
                cell: row.to_string(),
            },
            Shape::Records => Position::Record {
                file: self.file.clone(),
                record: row,
            },
        }
    }

    /// The position of a cell: in sheets with the column's letters, else that of the row.
    pub fn cell(&self, row: u32, column: usize) -> Position {
        match &self.shape {
            Shape::Sheet(sheet) => Position::Cell {
                file: self.file.clone(),
                sheet: sheet.clone(),
                cell: format!("{}{row}", letters(column)),
            },
            Shape::Lines | Shape::Records => self.row(row),
        }
    }
}

fn letters(column: usize) -> String {
    let (mut rest, mut text) = (column + 1, String::new());
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("below 26");
        text.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    text
}

/// Text cells of a table, row after row, in one piece of memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    width: usize,
    text: String,
    ends: Vec<u64>,
}

impl Cells {
    /// Makes an empty table of a number of columns.
    pub fn new(width: usize) -> Self {
        Self {
            width,
            text: String::new(),
            ends: Vec::new(),
        }
    }

    /// The number of columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.ends.len().checked_div(self.width).unwrap_or(0)
    }

    /// Adds a row; short rows are filled with empty cells, long ones cut.
    pub fn push<'a>(&mut self, row: impl IntoIterator<Item = &'a str>) {
        let mut row = row.into_iter();
        for _ in 0..self.width {
            self.text.push_str(row.next().unwrap_or_default());
            self.ends.push(self.text.len() as u64);
        }
    }

    /// Adds a row whose cells stand in one piece of text, given where each of them ends in it; there must
    /// be as many as columns.
    pub fn push_joined(&mut self, text: &str, ends: &[usize]) {
        debug_assert_eq!(ends.len(), self.width);
        let before = self.text.len();
        self.text.push_str(text);
        self.ends.extend(ends.iter().map(|end| (before + end) as u64));
    }

    /// Adds the rows of a table of as many columns.
    pub fn append(&mut self, other: Self) {
        debug_assert_eq!(other.width, self.width);
        if self.ends.is_empty() {
            *self = other;
            return;
        }
        let before = self.text.len() as u64;
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }

    /// The text of a cell, exactly as it was in the file.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the offsets are those of a string in memory"
    )]
    pub fn get(&self, row: usize, column: usize) -> &str {
        let at = row * self.width + column;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        &self.text[start..self.ends[at] as usize]
    }

    /// The cells of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        (0..self.width).map(move |column| self.get(row, column))
    }
}

/// A row whose number of cells is not the header's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ragged {
    /// Its own number in the file.
    pub row: u32,
    /// Its cells as they were.
    pub cells: Vec<String>,
}

/// A table as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Where it came from.
    pub source: Source,
    /// The headers exactly as in the file.
    pub headers: Vec<String>,
    /// The row of the headers, by its own number in the file (0 for JSON).
    pub header_row: u32,
    /// The cells of the good rows.
    pub cells: Cells,
    /// For each good row its own number in the file.
    pub rows: Vec<u32>,
    /// Rows with a wrong number of cells.
    pub ragged: Vec<Ragged>,
    /// The delimiter of a CSV file; `,` for others.
    pub delimiter: u8,
    /// Whether a CSV file began with a byte-order mark.
    pub bom: bool,
    /// What should be said of the reading: title lines, footers, hidden rows, the encoding.
    pub notes: Vec<super::Note>,
}
