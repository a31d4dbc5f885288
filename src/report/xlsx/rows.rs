//! Rows and cells of a sheet: what is a number, what is text, what does not fit.

use crate::model::Leads;
use crate::report::columns::Row;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io;

/// The most rows of a sheet, its header included.
pub const ROWS: usize = 1_048_576;
/// The most columns of a sheet.
pub const COLUMNS: usize = 16_384;
/// The most characters of a cell, in UTF-16.
pub const CHARACTERS: usize = 32_767;
/// Above so many cells a sheet is streamed through a temporary file instead of being built in memory.
const STREAMED: usize = 2_000_000;

/// Writes the rows of a sheet.
pub struct Rows<'a> {
    /// The sheet.
    pub sheet: &'a mut Worksheet,
    numeric: &'a [bool],
    row: u32,
    column: u16,
    buffer: String,
}

impl<'a> Rows<'a> {
    /// Starts a sheet with its header frozen and filters on it.
    pub fn start(
        book: &'a mut Workbook,
        name: &str,
        header: &[String],
        rows: usize,
        numeric: &'a [bool],
    ) -> Result<Self, XlsxError> {
        let sheet = if rows.saturating_mul(header.len()) > STREAMED {
            book.add_worksheet_with_constant_memory()?
        } else {
            book.add_worksheet()
        };
        let bold = Format::new().set_bold();
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, title) in (0..).zip(header.iter().take(COLUMNS)) {
            let width = if title == "reason" || title == "detail" || title == "remedy" {
                48
            } else {
                u16::try_from(title.chars().count())
                    .unwrap_or(u16::MAX)
                    .clamp(8, 30)
                    + 4
            };
            sheet.set_column_width(column, f64::from(width))?;
            sheet.write_string_with_format(0, column, fitting(title), &bold)?;
        }
        let last_row = u32::try_from(rows.min(ROWS - 1)).unwrap_or(u32::MAX);
        let last_column = u16::try_from(header.len().min(COLUMNS) - 1).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last_row, last_column)?;
        Ok(Self {
            sheet,
            numeric,
            row: 1,
            column: 0,
            buffer: String::new(),
        })
    }

    fn put_text(&mut self, text: &str) -> io::Result<()> {
        if !text.is_empty() && usize::from(self.column) < COLUMNS {
            self.sheet
                .write_string(self.row, self.column, fitting(text))
                .map_err(io::Error::other)?;
        }
        self.column = self.column.saturating_add(1);
        Ok(())
    }

    fn put_number(&mut self, text: &str) -> io::Result<()> {
        match text.parse::<f64>() {
            Ok(number) if usize::from(self.column) < COLUMNS => {
                self.sheet
                    .write_number(self.row, self.column, number)
                    .map_err(io::Error::other)?;
                self.column = self.column.saturating_add(1);
                Ok(())
            }
            _ => self.put_text(text),
        }
    }
}

impl Row for Rows<'_> {
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.put_text(text)
    }

    fn number(&mut self, number: fmt::Arguments) -> io::Result<()> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let _ = buffer.write_fmt(number);
        let done = self.put_number(&buffer);
        self.buffer = buffer;
        done
    }

    fn own(&mut self, column: usize, text: &str) -> io::Result<()> {
        if self.numeric.get(column).copied().unwrap_or(false) {
            self.put_number(text)
        } else {
            self.put_text(text)
        }
    }

    fn end(&mut self) -> io::Result<()> {
        self.row += 1;
        self.column = 0;
        Ok(())
    }
}

/// A text cut to what a cell takes, with an ellipsis that shows it.
pub fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= CHARACTERS || text.encode_utf16().count() <= CHARACTERS {
        return Cow::Borrowed(text);
    }
    let mut room = CHARACTERS - 1;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            let fits = c.len_utf16() <= room;
            room = room.saturating_sub(c.len_utf16());
            fits
        })
        .collect();
    kept.push('…');
    Cow::Owned(kept)
}

/// For each of the leads' own columns whether its cells are written as numbers: every filled cell prints as
/// the number that it is, and the header does not speak of ids, codes or phones.
pub fn numeric_columns(leads: &Leads) -> Vec<bool> {
    let columns = leads.headers.iter().enumerate();
    let is_numeric = |(column, header): (usize, &String)| {
        let mut filled = (0..leads.len())
            .map(|row| leads.cells.get(row, column))
            .filter(|cell| !cell.is_empty());
        let mut any = false;
        let all_print_back = filled.all(|cell| {
            any = true;
            prints_back(cell)
        });
        !names_things(header) && all_print_back && any
    };
    columns.map(is_numeric).collect()
}

/// Tells whether numbers in a column of this header are names: they are not added up.
fn names_things(header: &str) -> bool {
    const WORDS: [&str; 16] = [
        "id",
        "zip",
        "postal",
        "postcode",
        "plz",
        "cp",
        "code",
        "phone",
        "tel",
        "telephone",
        "mobile",
        "cell",
        "fax",
        "number",
        "no",
        "account",
    ];
    let mut spaced = String::new();
    let mut was_lower = false;
    for c in header.chars() {
        if c.is_uppercase() && was_lower {
            spaced.push(' ');
        }
        was_lower = c.is_lowercase();
        spaced.extend(c.to_lowercase());
    }
    spaced
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| WORDS.contains(&word))
}

/// Tells whether a text is a number that a spreadsheet shows again as it was.
fn prints_back(text: &str) -> bool {
    text.len() <= 15
        && text
            .parse::<f64>()
            .is_ok_and(|number| number.is_finite() && number.to_string() == text)
}
