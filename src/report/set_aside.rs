//! `set_aside.csv`: rows that could not be read, as they were, with their position and the reason.
//!
//! Cells stand under the leads' own headers; what no header is for (the surplus of a row that is too long)
//! follows under `cell_<n>`, n being its place in the row from 1.

use super::columns::{Row, add_named, before_headers, folded, headers};
use super::csv::{Csv, Formulas};
use super::view::View;
use crate::model::{FileColumns, Leads, SetAside};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// For each file where among the leads' own columns each of its columns stands: headers of several files are
/// one where they differ in case and punctuation only, and the same header twice is two columns.
pub fn columns(leads: &Leads) -> Vec<Vec<Option<usize>>> {
    let nth = |headers: &[String]| {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let keys = headers.iter().map(|header| {
            let key = folded(header);
            let times = seen.entry(key.clone()).or_default();
            *times += 1;
            (key, *times)
        });
        keys.collect::<Vec<_>>()
    };
    let own = nth(&leads.headers).into_iter().enumerate();
    let own: BTreeMap<(String, usize), usize> = own.map(|(at, key)| (key, at)).collect();
    let places = |file: &FileColumns| {
        nth(&file.headers)
            .iter()
            .map(|key| own.get(key).copied())
            .collect()
    };
    leads.columns.iter().map(places).collect()
}

/// For each cell of a row its column, or its place in the row if it has none.
fn places(columns: &[Vec<Option<usize>>], row: &SetAside) -> Vec<Result<usize, usize>> {
    let known = columns.get(usize::from(row.source));
    let place = |at: usize| known.and_then(|known| *known.get(at)?);
    (0..row.cells.len()).map(|at| place(at).ok_or(at)).collect()
}

/// Writes the file of a run.
pub fn write(view: &View, to: &mut dyn Write) -> io::Result<()> {
    write_of(&view.run.batch.leads, to)
}

/// Writes the file of any leads.
pub fn write_of(leads: &Leads, to: &mut dyn Write) -> io::Result<()> {
    let columns = columns(leads);
    let surplus = leads.set_aside.iter().flat_map(|row| places(&columns, row));
    let surplus: BTreeSet<usize> = surplus.filter_map(Result::err).collect();
    let mut header = before_headers(headers(&["position", "reason"]), &leads.headers);
    let extra: Vec<String> = surplus.iter().map(|at| format!("cell_{}", at + 1)).collect();
    add_named(&mut header, "surplus_", &extra);

    let mut out = Csv::like(leads, Formulas::Disarmed, to)?;
    out.texts(header.iter().map(String::as_str))?;
    for row in &leads.set_aside {
        out.text(&row.position.to_string())?;
        out.text(&row.reason)?;
        let mut own = vec![""; leads.headers.len() + surplus.len()];
        for (cell, place) in row.cells.iter().zip(places(&columns, row)) {
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
