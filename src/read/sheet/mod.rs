//! Sheets of workbooks to tables: the only reader that knows calamine.

mod book;
mod grid;
mod hidden;
mod tags;
mod text;

use calamine::SheetVisible;

use self::book::{chosen, damaged, fill, open, worksheets};
use self::grid::{Grid, label};
use super::contained::contained;
use super::format::Format;
use crate::mistake::Mistakes;
use crate::model::{Note, Table};

/// The names of a workbook's visible sheets, in its order.
///
/// # Errors
/// A workbook that does not open.
pub(super) fn names(name: &str, bytes: &[u8], format: Format) -> Result<Vec<String>, Mistakes> {
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
) -> Result<Table, Mistakes> {
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
fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, Mistakes>) -> Result<T, Mistakes> {
    contained(work).unwrap_or_else(|| Err(damaged(name, "its inside makes no sense").into()))
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
