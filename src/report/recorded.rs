//! What a ledger keeps of each dealt lead: our cells of `assignments.csv`, and its own row as it came in.

use super::Run;
use super::assignments;
use super::columns::Row;
use super::set_aside::columns;
use super::sink::sha256;
use super::view::View;
use crate::model::LeadIndex;
use std::fmt;
use std::io;

/// A dealt lead as a ledger keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The lead.
    pub lead: LeadIndex,
    /// What dealt it: a pass, `pin` or `fallback`.
    pub by: String,
    /// Why this rep, as one sentence.
    pub reason: String,
    /// Our cells of its row.
    pub cells: Vec<String>,
    /// The file it came from, by its place among the sources.
    pub source: usize,
    /// Its own cells in that file.
    pub own: Vec<String>,
}

/// All that a ledger keeps of a run's deals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDeals {
    /// Our headers of `assignments.csv`.
    pub headers: Vec<String>,
    /// For each source the headers of its own columns.
    pub own_headers: Vec<Vec<String>>,
    /// The dealt leads in input order.
    pub deals: Vec<Kept>,
}

/// Gathers them.
///
/// # Panics
/// Never: memory takes every cell.
pub fn kept_deals(run: &Run) -> KeptDeals {
    let view = View::of(run);
    let leads = &run.batch.leads;
    let places = columns(leads);
    let known = |(file, places): (&crate::model::FileColumns, &Vec<Option<usize>>)| {
        let own = file
            .headers
            .iter()
            .zip(places)
            .filter(|(_, place)| place.is_some());
        own.map(|(header, _)| header.clone()).collect::<Vec<_>>()
    };
    let mut headers = assignments::header(&view);
    headers.truncate(headers.len() - leads.headers.len());
    let deals = view.deals().map(|(lead, deal)| {
        let mut row = Cells::default();
        assignments::row(&view, lead, deal, &mut row).expect("memory takes every cell");
        let source = usize::from(leads.origins[lead.at()].source);
        let own = places.get(source).into_iter().flatten().flatten();
        Kept {
            lead,
            by: view.dealer(deal).to_owned(),
            reason: view.why(deal),
            cells: row.0,
            source,
            own: own
                .map(|&column| leads.cells.get(lead.at(), column).to_owned())
                .collect(),
        }
    });
    KeptDeals {
        deals: deals.collect(),
        headers,
        own_headers: leads.columns.iter().zip(&places).map(known).collect(),
    }
}

/// The hash of all that a run read and of how it was asked: equal for a run that is only tried again.
pub fn fingerprint(run: &Run) -> String {
    let mut parts = vec![env!("CARGO_PKG_VERSION").to_owned()];
    parts.extend(run.command.iter().cloned());
    for input in run.inputs.iter().filter(|input| input.role != "ledger") {
        let sheet = input.sheet.clone().unwrap_or_default();
        parts.extend([input.role.clone(), sheet, sha256(input.bytes)]);
    }
    sha256(parts.join("\u{0}").as_bytes())
}

/// Takes the cells of a row that are ours.
#[derive(Default)]
struct Cells(Vec<String>);

impl Row for Cells {
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.0.push(text.to_owned());
        Ok(())
    }

    fn number(&mut self, number: fmt::Arguments) -> io::Result<()> {
        self.0.push(number.to_string());
        Ok(())
    }

    fn own(&mut self, _column: usize, _text: &str) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(())
    }
}
