//! `new.csv`: the rows that are new, exactly as they came, ready to be dealt.
//!
//! Cells are left as they are, also those that a spreadsheet would run, as in the import itself. Where leads go by
//! `file:row` a first column carries these ids: `lead_id`, or `id` where some rows have an id of their own, so that
//! it is this one that counts.

use super::super::columns::{Row, before_headers, headers};
use super::super::csv::{Csv, Formulas};
use super::{ImportReport, own};
use crate::model::{ImportVerdict, LeadIndex, Leads};
use std::io::{self, Write};

/// Writes the file.
pub fn write(report: &ImportReport, to: &mut dyn Write) -> io::Result<()> {
    let leads = &report.import.leads;
    let id = id_column(leads);
    let mut out = Csv::like(leads, Formulas::AsTheyAre, to)?;
    let ours = headers(&id.into_iter().collect::<Vec<_>>());
    let header = before_headers(ours, &leads.headers);
    out.texts(header.iter().map(String::as_str))?;
    for lead in (0..leads.len()).map(LeadIndex::new) {
        if report.reconciled.verdict(lead) != ImportVerdict::New {
            continue;
        }
        if id.is_some() {
            out.text(&leads.ids[lead.at()])?;
        }
        own(leads, lead, &mut out)?;
        out.end()?;
    }
    out.finish()
}

/// The header of a column of ids, where one is needed: ids are rows, or stood in a column of ours.
fn id_column(leads: &Leads) -> Option<&'static str> {
    let ids = leads.columns.iter().flat_map(|file| &file.fields);
    let mut ids = ids.filter(|(_, field)| field == "id");
    let is_own = |(header, _): &(String, String)| leads.headers.contains(header);
    if leads.ids_are_rows {
        Some(if ids.any(is_own) { "id" } else { "lead_id" })
    } else {
        (!ids.all(is_own)).then_some("lead_id")
    }
}
