//! `assignments.xlsx`: assignments, workload and unassigned leads for people who live in spreadsheets.
//!
//! Numbers are numbers; ids, postal codes, phones and whatever would lose a digit are text, and no text is
//! ever a formula. The file's dates are the run's, so that the same run gives the same bytes.

use super::columns::Row;
use super::view::View;
use super::{assignments, unassigned, workload};
use crate::model::{Leads, Note, RepIndex};
use rust_xlsxwriter::{
    Chart, ChartType, Color, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

/// The most rows of a sheet, its header included.
const ROWS: usize = 1_048_576;
/// The most columns of a sheet.
const COLUMNS: usize = 16_384;
/// The most characters of a cell, in UTF-16.
const CHARACTERS: usize = 32_767;
/// Above so many cells a sheet is streamed through a temporary file instead of being built in memory.
const STREAMED: usize = 2_000_000;

/// Writes the workbook.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(view).map_err(io::Error::other)?;
    to.write_all(&bytes)
}

fn workbook(view: &View) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let moment = ExcelDateTime::from_timestamp(view.run.batch.as_of.moment.0)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&moment));
    let numeric = numeric_columns(&view.run.batch.leads);

    let header = assignments::header(view);
    let mut rows = Rows::start(&mut book, "assignments", &header, view.deals().count(), &numeric)?;
    for (lead, deal) in view.deals().take(ROWS - 1) {
        assignments::row(view, lead, deal, &mut rows).map_err(unwrap)?;
    }

    let header = workload::header(view);
    let reps = view.loads.len();
    let mut rows = Rows::start(&mut book, "workload", &header, reps, &[])?;
    for rep in 0..reps {
        workload::row(view, RepIndex::new(rep), &mut rows).map_err(unwrap)?;
    }
    chart(rows.sheet, reps, header.len())?;

    let header = unassigned::header(view);
    let mut rows = Rows::start(&mut book, "unassigned", &header, view.undealt().count(), &numeric)?;
    for undealt in view.undealt().take(ROWS - 1) {
        unassigned::row(view, undealt, &mut rows).map_err(unwrap)?;
    }
    book.save_to_buffer()
}

/// A row is written through `io::Result`; what went wrong in the workbook comes out of it again.
fn unwrap(error: io::Error) -> XlsxError {
    let kind = error.kind();
    match error.into_inner().map(|inner| inner.downcast::<XlsxError>()) {
        Some(Ok(error)) => *error,
        Some(Err(other)) => XlsxError::IoError(io::Error::new(kind, other)),
        None => XlsxError::IoError(kind.into()),
    }
}

/// Draws the load of every rep beside the table: open before, and new.
fn chart(sheet: &mut Worksheet, reps: usize, columns: usize) -> Result<(), XlsxError> {
    const NAME: u16 = 1;
    const BEFORE: u16 = 4;
    const ASSIGNED: u16 = 5;
    let (Ok(last), Ok(beside)) = (u32::try_from(reps), u16::try_from(columns + 1)) else {
        return Ok(());
    };
    if last == 0 {
        return Ok(());
    }
    let mut chart = Chart::new(ChartType::BarStacked);
    chart.title().set_name("Open leads per rep");
    for (column, name, color) in [(BEFORE, "before", 0x00A6_A6A6), (ASSIGNED, "new", 0x001F_77B4)] {
        chart
            .add_series()
            .set_name(name)
            .set_categories(("workload", 1, NAME, last, NAME))
            .set_values(("workload", 1, column, last, column))
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(color))),
            );
    }
    chart.y_axis().set_reverse();
    chart.set_width(640);
    chart.set_height(120 + last.min(100) * 22);
    sheet.insert_chart(1, beside, &chart)?;
    Ok(())
}

/// Writes the rows of a sheet.
struct Rows<'a> {
    sheet: &'a mut Worksheet,
    numeric: &'a [bool],
    row: u32,
    column: u16,
    buffer: String,
}

impl<'a> Rows<'a> {
    /// Starts a sheet with its header frozen and filters on it.
    fn start(
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
fn fitting(text: &str) -> Cow<'_, str> {
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
fn numeric_columns(leads: &Leads) -> Vec<bool> {
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

/// What should be said of the workbook: what did not fit.
pub fn notes(view: &View) -> Vec<Note> {
    let leads = &view.run.batch.leads;
    let mut notes = Vec::new();
    for (sheet, rows) in [
        ("assignments", view.deals().count()),
        ("unassigned", view.undealt().count()),
    ] {
        if rows > ROWS - 1 {
            notes.push(Note::warning(format!(
                "assignments.xlsx holds the first {} of {rows} {sheet} leads, as many as a sheet takes; \
                 {sheet}.csv has all",
                ROWS - 1
            )));
        }
    }
    if assignments::header(view).len() > COLUMNS {
        notes.push(Note::warning(format!(
            "assignments.xlsx holds the first {COLUMNS} columns, as many as a sheet takes; the CSV files have all"
        )));
    }
    let cells = (0..leads.len()).flat_map(|row| leads.cells.row(row));
    let cut = cells
        .filter(|cell| matches!(fitting(cell), Cow::Owned(_)))
        .count();
    if cut > 0 {
        notes.push(Note::warning(format!(
            "{cut} cells are cut in assignments.xlsx, which takes {CHARACTERS} characters each; \
             the CSV files have them whole"
        )));
    }
    notes
}
