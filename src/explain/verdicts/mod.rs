//! Sentences for what came of an import: why a row is new, a duplicate, of a known account, a conflict.

mod keys;
mod sentence;
mod told;

use super::words::one_line;
use crate::mistake::Position;
use crate::model::{
    Counterpart, LeadIndex, Leads, Listing, ListingSort, Match, Parties, PartyField, Reconciled,
};
pub use keys::{Keys, key_words, short};

/// What came of leads, with what its sentences name: made once, then used for every lead.
#[derive(Clone, Copy, Debug)]
pub struct Verdicts<'a> {
    leads: &'a Leads,
    listings: &'a [Listing],
    reconciled: &'a Reconciled,
    threshold: u8,
}

/// A record that a lead was held against, by its place and names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Other<'a> {
    /// What its list holds; absent for another lead.
    pub sort: Option<ListingSort>,
    /// The file that it stands in, with the sheet where there is one.
    pub file: String,
    /// Its row there.
    pub row: String,
    /// Its id; may be empty.
    pub id: &'a str,
    /// The person's name, or else the organisation's; may be empty.
    pub name: &'a str,
    /// Its owner cell; may be empty.
    pub owner: &'a str,
    /// What it says of a person and an organisation: its row among parties.
    party: Option<(&'a Parties, usize)>,
}

impl<'a> Verdicts<'a> {
    /// Takes the leads, the lists that they were held against (which may be gone), what came of that, and the
    /// least confidence, in hundredths, at which two records are the same.
    pub fn new(leads: &'a Leads, listings: &'a [Listing], reconciled: &'a Reconciled, threshold: u8) -> Self {
        Self {
            leads,
            listings,
            reconciled,
            threshold,
        }
    }

    /// What came of all leads.
    pub fn reconciled(&self) -> &'a Reconciled {
        self.reconciled
    }

    /// The record of a match.
    pub fn other(&self, with: Counterpart) -> Other<'a> {
        match with {
            Counterpart::Lead(lead) => self.lead(lead),
            Counterpart::Record(record) => self.record(record),
        }
    }

    fn lead(&self, lead: LeadIndex) -> Other<'a> {
        let origin = self.leads.origins.get(lead.at()).copied();
        let source = origin.and_then(|origin| self.leads.sources.get(usize::from(origin.source)));
        let party = self.leads.parties.as_ref().map(|parties| (parties, lead.at()));
        let says = |field| party.map_or("", |(parties, row)| parties.get(row, field));
        let person = says(PartyField::Person);
        Other {
            sort: None,
            file: source.map(crate::model::Source::name).unwrap_or_default(),
            row: origin.map(|origin| origin.row.to_string()).unwrap_or_default(),
            id: self.leads.ids.get(lead.at()).map_or("", String::as_str),
            name: if person.is_empty() {
                says(PartyField::Company)
            } else {
                person
            },
            owner: says(PartyField::Owner),
            party,
        }
    }

    fn record(&self, record: u32) -> Other<'a> {
        let known = &self.reconciled.records[record as usize];
        let (file, row) = stands(&known.position);
        Other {
            sort: Some(known.sort),
            file,
            row,
            id: &known.id,
            name: &known.name,
            owner: &known.owner,
            party: self.located(&known.position),
        }
    }

    /// The row of a known record among the parties of its list.
    fn located(&self, position: &Position) -> Option<(&'a Parties, usize)> {
        let mut lists = self.listings.iter();
        lists.find_map(|list| Some((&list.parties, list.row_at(position)?)))
    }

    /// The keys of a match, with what both say.
    pub fn keys(&self, lead: LeadIndex, of: &Match) -> Keys {
        let mine = self.leads.parties.as_ref().map(|parties| (parties, lead.at()));
        Keys::of(mine, self.other(of.with).party, of)
    }

    /// One short sentence that says why a lead got its verdict.
    pub fn why(&self, lead: LeadIndex) -> String {
        sentence::why(self, lead)
    }

    /// All that a lead was held against, in lines.
    pub fn told(&self, lead: LeadIndex) -> String {
        told::told(self, lead)
    }
}

impl Other<'_> {
    /// What it is called in a sentence: `Ann Lee (0031) in contacts.csv`, `Ann Lee in row 7 of fair.csv`.
    pub fn text(&self) -> String {
        let base = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        let (name, id) = (short(self.name), short(self.id));
        if self.sort.is_none() || (name.is_empty() && id.is_empty()) {
            let row = format!("row {} of {base}", self.row);
            return if name.is_empty() {
                row
            } else {
                format!("{name} in {row}")
            };
        }
        match (name.is_empty(), id.is_empty()) {
            (true, _) => format!("{id} in {base}"),
            (false, true) => format!("{name} in {base}"),
            (false, false) => format!("{name} ({id}) in {base}"),
        }
    }

    /// Where it stands: `contacts.csv:7`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.file, self.row)
    }

    /// The same with the owner, where there is one.
    fn with_owner(&self) -> String {
        if self.owner.trim().is_empty() {
            self.text()
        } else {
            format!("{}, owned by {}", self.text(), one_line(self.owner))
        }
    }
}

/// The file, with the sheet, and the row of a position.
fn stands(position: &Position) -> (String, String) {
    match position {
        Position::Nowhere => (String::new(), String::new()),
        Position::File(file) => (file.clone(), String::new()),
        Position::Line { file, line, .. } => (file.clone(), line.to_string()),
        Position::Cell { file, sheet, cell } => (format!("{file}#{sheet}"), cell.clone()),
        Position::Record { file, record } => (file.clone(), record.to_string()),
    }
}

#[cfg(test)]
mod tests;
