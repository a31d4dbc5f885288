//! Files of runs that a ledger recorded, written again.

use super::columns::before_headers;
use super::crm::{self, Crm};
use super::csv::{Csv, Formulas};
use crate::model::{Cells, LeadIndex, Leads, Rep};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A dealt lead as it was recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub lead_id: String,
    /// The rep's id; empty where it stays with a team.
    pub rep_id: String,
    /// Our cells of its row in `assignments.csv`, under our headers.
    pub ours: Vec<(String, String)>,
    /// Its own cells, under their headers.
    pub own: Vec<(String, String)>,
}

/// Recorded deals, all under one header.
pub struct Exported {
    ours: Vec<String>,
    cells: Vec<Vec<String>>,
    reps: Vec<String>,
    leads: Leads,
}

impl Exported {
    /// Lays rows out under all headers that occur, in the order in which they do; the delimiter and whether
    /// there is a byte-order mark.
    pub fn new(rows: &[Row], ours: Vec<String>, own: Vec<String>, (delimiter, bom): (u8, bool)) -> Self {
        let laid = |headers: &[String], cells: &[(String, String)]| -> Vec<String> {
            // a header may occur more than once: each time the next cell under it
            let mut taken = vec![false; cells.len()];
            let mut next = |header: &String| {
                let at = (0..cells.len()).find(|&at| !taken[at] && cells[at].0 == *header)?;
                taken[at] = true;
                Some(cells[at].1.clone())
            };
            headers
                .iter()
                .map(|header| next(header).unwrap_or_default())
                .collect()
        };
        let mut own_cells = Cells::new(own.len());
        for row in rows {
            own_cells.push(laid(&own, &row.own).iter().map(String::as_str));
        }
        Self {
            cells: rows.iter().map(|row| laid(&ours, &row.ours)).collect(),
            reps: rows.iter().map(|row| row.rep_id.clone()).collect(),
            leads: Leads {
                ids: rows.iter().map(|row| row.lead_id.clone()).collect(),
                headers: own,
                cells: own_cells,
                delimiter,
                bom,
                ..Leads::default()
            },
            ours,
        }
    }

    /// Writes `assignments.csv`, `import.csv` or `import_new.csv`, as its name says.
    ///
    /// # Errors
    /// Whatever the writer fails with.
    pub fn write(&self, name: &str, reps: &[Rep], crm: Option<Crm>, to: &mut dyn Write) -> io::Result<()> {
        match crm {
            Some(crm) if crm::FILES.contains(&name) => {
                crm::write_one(name, &self.leads, &self.owned(reps), crm, to)
            }
            _ => self.assignments(to),
        }
    }

    /// Reps with leads whom the CRM cannot know: the id, the column of the roster, and what it has to hold.
    pub fn without_key<'a>(&self, reps: &'a [Rep], crm: Crm) -> Vec<(&'a str, &'static str, &'static str)> {
        let mut without: Vec<_> = self
            .owned(reps)
            .into_iter()
            .filter_map(|(_, rep)| {
                crm::lacks_key(crm, rep).map(|(column, expected)| (rep.id.as_str(), column, expected))
            })
            .collect();
        without.sort_unstable();
        without.dedup();
        without
    }

    fn assignments(&self, to: &mut dyn Write) -> io::Result<()> {
        let mut out = Csv::like(&self.leads, Formulas::Disarmed, to)?;
        let headers = before_headers(self.ours.clone(), &self.leads.headers);
        out.texts(headers.iter().map(String::as_str))?;
        for (row, ours) in self.cells.iter().enumerate() {
            let ours = ours.iter().map(String::as_str);
            out.texts(ours.chain(self.leads.cells.row(row)))?;
        }
        out.finish()
    }

    /// The leads with a rep, each with the last who got it.
    fn owned<'a>(&self, reps: &'a [Rep]) -> Vec<(LeadIndex, &'a Rep)> {
        let by_id: BTreeMap<&str, &Rep> = reps.iter().map(|rep| (rep.id.as_str(), rep)).collect();
        let last: BTreeMap<&str, usize> = self.leads.ids.iter().map(String::as_str).zip(0..).collect();
        let is_last = |(at, id): (usize, &str)| last.get(id) == Some(&at);
        (0..self.reps.len())
            .filter(|&at| is_last((at, &self.leads.ids[at])))
            .filter_map(|at| Some((LeadIndex::new(at), *by_id.get(self.reps[at].as_str())?)))
            .collect()
    }
}
