//! What a row says of a person and an organisation, and lists of such rows that are known already.

use super::{Cells, Source};
use crate::mistake::Position;

/// What is known of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartyField {
    /// The ids that the row goes by, `; ` between them.
    Id,
    /// The person's name.
    Person,
    /// The organisation's name.
    Company,
    /// E-mail addresses, `; ` between cells.
    Email,
    /// Phone numbers, `; ` between cells.
    Phone,
    /// The website.
    Website,
    /// Street and house number.
    Street,
    /// City.
    City,
    /// State or province.
    State,
    /// Postal code.
    PostalCode,
    /// Country.
    Country,
    /// Whoever owns the row.
    Owner,
    /// The account that the row belongs to, by id, number or name.
    Account,
    /// The account above this one, by id or name.
    Parent,
}

impl PartyField {
    /// Every one, in order.
    pub const ALL: [Self; 14] = [
        Self::Id,
        Self::Person,
        Self::Company,
        Self::Email,
        Self::Phone,
        Self::Website,
        Self::Street,
        Self::City,
        Self::State,
        Self::PostalCode,
        Self::Country,
        Self::Owner,
        Self::Account,
        Self::Parent,
    ];

    /// Its place among all.
    pub fn at(self) -> usize {
        self as usize
    }
}

/// Rows as parties, field by field: the content of cells, without the blanks and the damage around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parties {
    rows: usize,
    fields: [Option<Cells>; PartyField::ALL.len()],
}

impl Parties {
    /// Makes a number of rows of which nothing is known yet.
    pub fn new(rows: usize) -> Self {
        Self {
            rows,
            fields: Default::default(),
        }
    }

    /// Gives every row its text of a field.
    ///
    /// # Panics
    /// If there are more or fewer texts than rows.
    pub fn set<'a>(&mut self, field: PartyField, texts: impl IntoIterator<Item = &'a str>) {
        let mut cells = Cells::new(1);
        for text in texts {
            cells.push([text]);
        }
        assert_eq!(cells.rows(), self.rows, "one text a row");
        self.fields[field.at()] = Some(cells);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Tells whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// What a row says; empty where it says nothing.
    pub fn get(&self, row: usize, field: PartyField) -> &str {
        self.fields[field.at()]
            .as_ref()
            .map_or("", |cells| cells.get(row, 0))
    }
}

/// What a list of known records holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListingSort {
    /// Leads or contacts: who is there already.
    Existing,
    /// Accounts: whose it is.
    Accounts,
}

/// A list of known records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Where it came from.
    pub source: Source,
    /// What it holds.
    pub sort: ListingSort,
    /// For each record its row's own number in the file.
    pub rows: Vec<u32>,
    /// The records.
    pub parties: Parties,
}

impl Listing {
    /// The record at a position, by its place among the records.
    pub fn row_at(&self, position: &Position) -> Option<usize> {
        let number = match position {
            Position::Line { line, .. } => *line,
            Position::Cell { cell, .. } => cell.parse().ok()?,
            Position::Record { record, .. } => *record,
            Position::Nowhere | Position::File(_) => return None,
        };
        let row = self.rows.binary_search(&number).ok()?;
        (self.source.row(number) == *position).then_some(row)
    }
}
