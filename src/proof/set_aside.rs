//! Rows that could not be read, as `set_aside.csv` has them, against the input.

use super::cells::{self, Row};
use super::files::OutTable;
use super::finding::{Finding, SET_ASIDE};
use super::findings::Findings;
use super::headers;
use crate::mistake::Position;
use crate::model::{Leads, SetAside};
use std::collections::BTreeSet;

/// Compares the whole table.
pub(crate) fn check(leads: &Leads, table: &OutTable, findings: &mut Findings) {
    let places: Vec<Vec<Result<usize, usize>>> =
        leads.set_aside.iter().map(|row| places(leads, row)).collect();
    let surplus: BTreeSet<usize> = places.iter().flatten().filter_map(|place| place.err()).collect();
    let expected = headers::set_aside(&leads.headers, &surplus);
    if !cells::header(SET_ASIDE, table, &expected, findings) {
        return;
    }
    if table.cells.rows() != leads.set_aside.len() {
        findings.push(Finding::Unreadable {
            position: Position::File(SET_ASIDE.to_owned()),
            why: format!(
                "it has {} rows; {} rows of the input cannot be read",
                table.cells.rows(),
                leads.set_aside.len()
            ),
        });
        return;
    }
    for (at, (row, places)) in leads.set_aside.iter().zip(&places).enumerate() {
        let mut own = vec![""; leads.headers.len() + surplus.len()];
        for (cell, place) in row.cells.iter().zip(places) {
            let column = place.unwrap_or_else(|at| leads.headers.len() + surplus.range(..at).count());
            own[column] = cell;
        }
        let mut found = Row::of(SET_ASIDE, table, &expected, at, findings);
        found.text(&row.position.to_string());
        found.text(&row.reason);
        for cell in own {
            found.text(cell);
        }
    }
}

/// For each cell of a row the leads' own column that it stands under, or its place in the row.
fn places(leads: &Leads, row: &SetAside) -> Vec<Result<usize, usize>> {
    let known = leads.columns.get(usize::from(row.source));
    let place = |at: usize| {
        let header = known?.headers.get(at)?;
        leads.headers.iter().position(|own| own == header)
    };
    (0..row.cells.len()).map(|at| place(at).ok_or(at)).collect()
}
