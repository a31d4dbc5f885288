//! Sheets of workbooks to tables: the only reader that knows calamine.

mod hidden;
mod text;

use std::io::Cursor;

use calamine::{
    Cell, Data, DataRef, Ods, Range, Reader, Sheet, SheetType, SheetVisible, Style, Xls, Xlsb, Xlsx,
};

use self::text::TextOf;
use super::assembly::{Assembly, MAX_CELL_BYTES, MAX_COLUMNS, no_header, too_many_cells};
use super::contained::contained;
use super::format::Format;
use super::gzip;
use super::sparse::{Refused, Sparse};
use super::zip::Archive;
use crate::mistake::{Kind, Mistake, Position, did_you_mean};
use crate::model::{Note, Shape, Source, Table};

type Bytes<'a> = Cursor<&'a [u8]>;

/// An open workbook.
enum Book<'a> {
    Xlsx(Box<Xlsx<Bytes<'a>>>),
    Xlsb(Box<Xlsb<Bytes<'a>>>),
    Xls(Box<Xls<Bytes<'a>>>),
    Ods(Box<Ods<Bytes<'a>>>),
}

/// The names of a workbook's visible sheets, in its order.
///
/// # Errors
/// A workbook that does not open.
pub(super) fn names(name: &str, bytes: &[u8], format: Format) -> Result<Vec<String>, Mistake> {
    guarded(name, || {
        let book = open(name, bytes, format)?;
        let sheets = worksheets(&book);
        Ok(sheets
            .into_iter()
            .filter(|(_, sheet)| sheet.visible == SheetVisible::Visible)
            .map(|(_, sheet)| sheet.name)
            .collect())
    })
}

/// Reads a sheet of a workbook: the named one, or the first visible one.
///
/// # Errors
/// A workbook that does not open, a sheet that it does not have, beyond the bounds of a table, no header.
pub(super) fn table(
    name: &str,
    bytes: &[u8],
    format: Format,
    wanted: Option<&str>,
) -> Result<Table, Mistake> {
    guarded(name, || {
        let mut book = open(name, bytes, format)?;
        let sheets = worksheets(&book);
        let (index, sheet) = chosen(name, &sheets, wanted)?;
        let mut grid = Grid::new(name, &sheet.name);
        fill(&mut book, &sheet.name, &mut grid)?;
        let mut table = grid.into_table()?;
        let hidden = hidden::rows(bytes, format, index);
        table.notes.extend(hidden_note(&table, &hidden));
        Ok(table)
    })
}

/// Runs the reader of workbooks, which was not made for damaged ones, so that its panics become a mistake.
fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, Mistake>) -> Result<T, Mistake> {
    contained(work).unwrap_or_else(|| Err(damaged(name, "its inside makes no sense")))
}

fn open<'a>(name: &str, bytes: &'a [u8], format: Format) -> Result<Book<'a>, Mistake> {
    if let Some(archive) = Archive::open(bytes) {
        let limit = gzip::limit(bytes.len());
        if archive.unpacked() > limit {
            return Err(gzip::too_big(name, limit));
        }
    }
    let fault = |text: String| damaged(name, &text);
    let reader = Cursor::new(bytes);
    Ok(match format {
        Format::Ods => Book::Ods(Box::new(
            Ods::new(reader).map_err(|error| fault(error.to_string()))?,
        )),
        Format::Xlsb => Book::Xlsb(Box::new(
            Xlsb::new(reader).map_err(|error| fault(error.to_string()))?,
        )),
        Format::Xls => match Xls::new(reader) {
            Ok(book) => Book::Xls(Box::new(book)),
            // An encrypted XLSX is packed like an old workbook; its own reader tells so.
            Err(error) => return Err(fault(protected(bytes).unwrap_or_else(|| error.to_string()))),
        },
        _ => Book::Xlsx(Box::new(
            Xlsx::new(reader).map_err(|error| fault(error.to_string()))?,
        )),
    })
}

fn protected(bytes: &[u8]) -> Option<String> {
    let error = Xlsx::new(Cursor::new(bytes)).err()?;
    matches!(error, calamine::XlsxError::Password).then(|| error.to_string())
}

fn damaged(name: &str, why: &str) -> Mistake {
    let locked = why.contains("password");
    let found = if locked {
        "a workbook that is protected by a password".to_owned()
    } else {
        format!("a workbook that does not open: {}", why.trim_end_matches('.'))
    };
    let mistake = Mistake::new(Kind::BadSpreadsheet, Position::File(name.to_owned()), found);
    if locked {
        mistake.hint("save it without the password")
    } else {
        mistake.hint("open it in a spreadsheet and save it again, as XLSX or CSV")
    }
}

/// The sheets that hold cells, with their place among all sheets.
fn worksheets(book: &Book<'_>) -> Vec<(usize, Sheet)> {
    let sheets = match book {
        Book::Xlsx(book) => book.sheets_metadata(),
        Book::Xlsb(book) => book.sheets_metadata(),
        Book::Xls(book) => book.sheets_metadata(),
        Book::Ods(book) => book.sheets_metadata(),
    };
    let all = sheets.iter().cloned().enumerate();
    all.filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
        .collect()
}

fn chosen<'s>(
    name: &str,
    sheets: &'s [(usize, Sheet)],
    wanted: Option<&str>,
) -> Result<(usize, &'s Sheet), Mistake> {
    let position = Position::File(name.to_owned());
    let Some(wanted) = wanted else {
        let first = sheets
            .iter()
            .find(|(_, sheet)| sheet.visible == SheetVisible::Visible);
        return first
            .map(|(index, sheet)| (*index, sheet))
            .ok_or_else(|| Mistake::new(Kind::NoSuchSheet, position, "no visible sheet"));
    };
    let exact = sheets.iter().find(|(_, sheet)| sheet.name == wanted);
    let folded = || {
        let wanted = wanted.trim().to_lowercase();
        sheets
            .iter()
            .find(|(_, sheet)| sheet.name.trim().to_lowercase() == wanted)
    };
    if let Some((index, sheet)) = exact.or_else(folded) {
        return Ok((*index, sheet));
    }
    let names: Vec<String> = sheets
        .iter()
        .map(|(_, sheet)| format!("`{}`", sheet.name))
        .collect();
    let mistake = Mistake::new(Kind::NoSuchSheet, position, format!("no sheet `{wanted}`"))
        .expected(format!("one of {}", names.join(", ")));
    Err(
        match did_you_mean(wanted, sheets.iter().map(|(_, sheet)| sheet.name.as_str())) {
            Some(meant) => mistake.hint(format!("did you mean `{name}#{meant}`")),
            None => mistake,
        },
    )
}

fn fill(book: &mut Book<'_>, sheet: &str, grid: &mut Grid) -> Result<(), Mistake> {
    let file = grid.source.file.clone();
    let fault = |text: String| damaged(&file, &text);
    match book {
        Book::Xlsx(book) => {
            let mut cells = book
                .worksheet_cells_reader(sheet)
                .map_err(|error| fault(error.to_string()))?;
            let padding: Vec<usize> = cells.styles().iter().map(digits_shown).collect();
            while let Some((cell, style)) = cells
                .next_cell_with_style_id()
                .map_err(|error| fault(error.to_string()))?
            {
                grid.cell(&cell, padding.get(style).copied().unwrap_or_default())?;
            }
            Ok(())
        }
        Book::Xlsb(book) => {
            let mut cells = book
                .worksheet_cells_reader(sheet)
                .map_err(|error| fault(error.to_string()))?;
            while let Some(cell) = cells.next_cell().map_err(|error| fault(error.to_string()))? {
                grid.cell(&cell, 0)?;
            }
            Ok(())
        }
        Book::Xls(book) => {
            let range = book
                .worksheet_range(sheet)
                .map_err(|error| fault(error.to_string()))?;
            grid.range(&range)
        }
        Book::Ods(book) => {
            let range = book
                .worksheet_range(sheet)
                .map_err(|error| fault(error.to_string()))?;
            grid.range(&range)
        }
    }
}

/// The number of digits that a style pads whole numbers to with zeros, as postal codes are.
fn digits_shown(style: &Style) -> usize {
    match &style.number_format {
        Some(format) if format.format_code.bytes().all(|byte| byte == b'0') => {
            format.format_code.len().min(20)
        }
        _ => 0,
    }
}

/// The cells of a sheet as they come, row after row.
struct Grid {
    source: Source,
    cells: Sparse,
    row: Option<u32>,
    errors: usize,
}

impl Grid {
    fn new(file: &str, sheet: &str) -> Self {
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

    fn cell(&mut self, cell: &Cell<DataRef<'_>>, padding: usize) -> Result<(), Mistake> {
        let (row, column) = cell.get_position();
        self.put(row, column as usize, text::of_ref(cell.get_value(), padding))
    }

    fn range(&mut self, range: &Range<Data>) -> Result<(), Mistake> {
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

    fn put(&mut self, row: u32, column: usize, text: TextOf<'_>) -> Result<(), Mistake> {
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
                return Err(damaged(&self.source.file, "its rows are out of order"));
            }
            Some(current) if row == current => {}
            _ => {
                self.row = Some(row);
                self.cells.start_row(row + 1);
            }
        }
        let number = row + 1;
        self.cells.push(column, &text).map_err(|refused| match refused {
            Refused::Column => Mistake::new(
                Kind::TooBig,
                self.source.row(number),
                format!("a cell beyond column {MAX_COLUMNS}"),
            ),
            Refused::Cell => Mistake::new(Kind::TooBig, self.source.cell(number, column), "too long a text")
                .expected(format!("at most {} MiB in a cell", MAX_CELL_BYTES >> 20)),
            Refused::Table => too_many_cells(&self.source.file),
        })
    }

    fn into_table(self) -> Result<Table, Mistake> {
        let mut assembly = Assembly::new(self.source.clone());
        let mut last = None;
        self.cells.each_row(self.cells.width(), |number, cells| {
            if last.is_some_and(|last| number > last + 1) {
                assembly.blank();
            }
            last = Some(number);
            assembly.row(number, cells.iter().copied())
        })?;
        if last.is_none() {
            return Err(self.empty());
        }
        let mut table = assembly.finish()?;
        if self.errors > 0 {
            table.notes.push(Note::warning(format!(
                "{}: {} cells hold an error such as #N/A and are read as empty",
                self.label(),
                self.errors
            )));
        }
        Ok(table)
    }

    fn empty(&self) -> Mistake {
        let mut mistake = no_header(&self.source.file);
        mistake.found = format!("no cells in {}", self.label());
        mistake
    }

    fn label(&self) -> String {
        label(&self.source)
    }
}

fn label(source: &Source) -> String {
    match &source.shape {
        Shape::Sheet(sheet) => format!("`{}#{sheet}`", source.file),
        Shape::Lines | Shape::Records => format!("`{}`", source.file),
    }
}

/// Says how many rows of a table are hidden or filtered out of sight in its sheet.
fn hidden_note(table: &Table, hidden: &[hidden::Rows]) -> Option<Note> {
    let count = table
        .rows
        .iter()
        .filter(|row| {
            let at = hidden.partition_point(|rows| rows.last < **row);
            hidden.get(at).is_some_and(|rows| rows.first <= **row)
        })
        .count();
    let what = match count {
        0 => return None,
        1 => "1 row is hidden or filtered out; it is".to_owned(),
        count => format!("{count} rows are hidden or filtered out; they are"),
    };
    Some(Note::warning(format!(
        "{}: {what} read like all others",
        label(&table.source)
    )))
}

#[cfg(test)]
mod tests;
