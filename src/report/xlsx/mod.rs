//! `assignments.xlsx`: assignments, workload and unassigned leads for people who live in spreadsheets.
//!
//! Numbers are numbers; ids, postal codes, phones and whatever would lose a digit are text, and no text is
//! ever a formula. The file's dates are the run's, so that the same run gives the same bytes.

mod rows;

use super::view::View;
use super::{assignments, unassigned, workload};
use crate::model::{Note, RepIndex};
use rows::{CHARACTERS, COLUMNS, ROWS, Rows, fitting, numeric_columns};
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartSolidFill, ChartType, Color, DocProperties, ExcelDateTime, Workbook, Worksheet,
    XlsxError,
};
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes the workbook.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(view).map_err(io::Error::other)?;
    to.write_all(&bytes)
}

fn workbook(view: &View) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let moment = ExcelDateTime::from_timestamp(view.run.batch.as_of.moment.0);
    let moment = moment.or_else(|_| ExcelDateTime::from_timestamp(0))?;
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
    match error.downcast::<XlsxError>() {
        Ok(error) => error,
        Err(error) => XlsxError::IoError(error),
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
                ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(color))),
            );
    }
    chart.y_axis().set_reverse();
    chart.set_width(640);
    chart.set_height(120 + last.min(100) * 22);
    sheet.insert_chart(1, beside, &chart)?;
    Ok(())
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

#[cfg(test)]
mod tests;
