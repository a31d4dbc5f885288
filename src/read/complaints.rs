//! Mistakes that tables of every role can have.

use super::columns::{Columns, Role, header_position};
use super::columnwise::{Places, Sheets};
use crate::mistake::{Kind, Mistake, Mistakes, did_you_mean};
use crate::model::Table;

/// Reports overrides whose header a table does not have.
pub(super) fn report_missing(table: &Table, columns: &Columns, role: Role, mistakes: &mut Mistakes) {
    for (field, header) in &columns.missing {
        let mut mistake = Mistake::new(
            Kind::NoSuchColumn,
            header_position(table, 0),
            format!("no column `{header}`, which `[{}] {field}` names", role.key()),
        )
        .column(field.clone());
        if let Some(meant) = did_you_mean(header, table.headers.iter().map(String::as_str)) {
            mistake = mistake.hint(format!("did you mean `{meant}`?"));
        }
        mistakes.push(mistake);
    }
}

/// Reports every row with a wrong number of cells.
pub(super) fn report_ragged(table: &Table, mistakes: &mut Mistakes) {
    for ragged in &table.ragged {
        mistakes.push(
            Mistake::new(
                Kind::RaggedRow,
                table.source.row(ragged.row),
                format!("{} cells", ragged.cells.len()),
            )
            .expected(format!("{}, as in the header", table.headers.len())),
        );
    }
}

/// The mistake of a column whose days and months cannot be told apart.
pub(super) fn ambiguous_dates(
    sheets: &Sheets<'_>,
    row: usize,
    text: &str,
    places: &Places,
    name: &str,
) -> Mistake {
    Mistake::new(
        Kind::AmbiguousDates,
        sheets.position(row, places),
        format!("`{text}` could be day and month or month and day, and no date of the column settles it"),
    )
    .column(sheets.header(places, name))
    .expected("dates of one order, such as 2026-06-01")
    .hint("write `[read] date_order = \"day-month\"` or `\"month-day\"`")
}

/// The mistake of a roster without anything to tell reps apart by.
pub(super) fn nameless_roster(table: &Table) -> Mistake {
    Mistake::new(
        Kind::NoSuchColumn,
        header_position(table, 0),
        "no column of the roster holds an id, an e-mail or a name",
    )
    .expected("a column that tells reps apart")
    .hint("write which column it is: `[columns.reps] id = \"...\"`")
}
