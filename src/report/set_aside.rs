//! `set_aside.csv`: rows that could not be read, as they were, with their position and the reason.
//!
//! Cells stand under the leads' own headers; what no header is for (the surplus of a row that is too long)
//! follows under `cell_<n>`, n being its place in the row from 1.

use super::columns::{Row, before_own, headers};
use super::csv::{Csv, Formulas};
use super::view::View;
use crate::model::{Leads, SetAside};
use std::io::{self, Write};

/// For a row the header that each cell stands under, or its surplus place.
fn places(leads: &Leads, row: &SetAside) -> Vec<Result<usize, usize>> {
    let known = leads.columns.get(usize::from(row.source));
    let place = |at: usize| {
        let header = known?.headers.get(at)?;
        leads.headers.iter().position(|own| own == header)
    };
    (0..row.cells.len()).map(|at| place(at).ok_or(at)).collect()
}

/// Writes the file.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    let leads = &view.run.batch.leads;
    let surplus = leads.set_aside.iter().flat_map(|row| places(leads, row));
    let surplus: std::collections::BTreeSet<usize> = surplus.filter_map(Result::err).collect();
    let mut header = before_own(headers(&["position", "reason"]), view);
    let extra: Vec<String> = surplus.iter().map(|at| format!("cell_{}", at + 1)).collect();
    super::columns::add_named(&mut header, "surplus_", &extra);

    let mut out = Csv::like(leads, Formulas::Disarmed, to)?;
    out.texts(header.iter().map(String::as_str))?;
    for row in &leads.set_aside {
        out.text(&row.position.to_string())?;
        out.text(&row.reason)?;
        let mut own = vec![""; leads.headers.len() + surplus.len()];
        for (cell, place) in row.cells.iter().zip(places(leads, row)) {
            let at = match place {
                Ok(column) => column,
                Err(at) => leads.headers.len() + surplus.range(..at).count(),
            };
            own[at] = cell;
        }
        out.texts(own)?;
    }
    out.finish()
}
