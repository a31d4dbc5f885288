//! The shape of a CRM's import: where record ids are, what an owner is called, what an insert needs.

use crate::model::{LeadIndex, Leads, Rep};
use crate::report::columns::folded;

/// What a CRM knows a rep by.
#[derive(Clone, Copy)]
pub struct OwnerKey {
    /// The column of the roster.
    pub column: &'static str,
    /// What it has to hold.
    pub expected: &'static str,
    /// The key of a rep who has one.
    pub of: fn(&Rep) -> Option<&str>,
}

/// Where a cell of an import comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The lead's id.
    Id,
    /// A column of the leads' own.
    Own(usize),
}

impl Source {
    /// The cell of a lead, without surrounding blanks.
    pub fn cell(self, leads: &Leads, lead: LeadIndex) -> &str {
        match self {
            Self::Id => &leads.ids[lead.at()],
            Self::Own(column) => leads.cells.get(lead.at(), column).trim(),
        }
    }
}

/// A field without which the CRM inserts nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Required {
    /// The header that the import knows.
    pub header: &'static str,
    /// Columns of the leads' own that are it, the best first.
    pub columns: Vec<usize>,
}

impl Required {
    /// Finds the columns by their headers, letters and digits only, in lower case.
    pub fn find(leads: &Leads, header: &'static str, names: &[&str]) -> Self {
        let columns = names.iter().filter_map(|name| column(leads, |own| own == *name));
        Self {
            header,
            columns: columns.collect(),
        }
    }

    /// The first filled cell of a lead; empty where there is none.
    pub fn cell<'a>(&self, leads: &'a Leads, lead: LeadIndex) -> &'a str {
        let cells = self
            .columns
            .iter()
            .map(|&column| leads.cells.get(lead.at(), column).trim());
        cells
            .into_iter()
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }
}

/// The shape of a CRM's import.
pub struct Shape {
    /// The columns of `import.csv` before the owner.
    pub carried: Vec<(String, Source)>,
    /// Where the record id is; nowhere means that every lead is new.
    pub record: Option<Source>,
    /// Tells a record id from something else.
    pub is_record: fn(&str) -> bool,
    /// The header of the owner.
    pub owner: String,
    /// What an insert needs.
    pub required: Vec<Required>,
    /// Where record ids are looked for, as a phrase.
    pub record_hint: &'static str,
    /// What should be said if any lead is updated.
    pub warning: Option<&'static str>,
}

impl Shape {
    /// Tells whether the CRM has a record of the lead.
    pub fn is_known(&self, leads: &Leads, lead: LeadIndex) -> bool {
        self.record
            .is_some_and(|source| (self.is_record)(source.cell(leads, lead)))
    }

    /// The leads' own columns that an insert carries besides: all but the owner's, the record's and those
    /// that stand under a required header already.
    pub fn other_columns(&self, leads: &Leads) -> Vec<usize> {
        let is_other = |&column: &usize| {
            let header = &leads.headers[column];
            let known = |name: &str| header.trim().eq_ignore_ascii_case(name);
            !known(&self.owner)
                && !self.carried.iter().any(|(carried, _)| known(carried))
                && !self.required.iter().any(|field| known(field.header))
        };
        (0..leads.headers.len()).filter(is_other).collect()
    }
}

/// The first of the leads' own columns whose header, letters and digits only, in lower case, is meant.
pub fn column(leads: &Leads, is_meant: impl Fn(&str) -> bool) -> Option<usize> {
    leads.headers.iter().position(|header| is_meant(&folded(header)))
}
