//! What is found in the records of a JSON file: columns, cells, faults.

use std::collections::HashMap;

use super::super::assembly::{MAX_CELL_BYTES, MAX_COLUMNS, too_many_cells};
use super::super::sparse::{Refused, Sparse};
use crate::mistake::{Kind, Mistake};
use crate::model::Source;

/// All that was found in a file so far.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Names of columns, in the order first seen.
    pub(super) headers: Vec<String>,
    /// The cells.
    pub(super) rows: Sparse,
    /// What is wrong with single records.
    pub(super) faults: Vec<Fault>,
    /// Why reading ended early.
    pub(super) stopped: Option<Stop>,
    /// Numbers of more digits than are kept.
    pub(super) rounded: usize,
    columns: HashMap<String, usize>,
    /// For each column the last record that had it.
    last: Vec<u32>,
    /// The number of the record at hand.
    pub(super) record: u32,
    next: usize,
}

/// Something wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is something else than an object.
    NotAnObject(u32, &'static str),
    /// Two of its keys come to one name.
    SameName(u32, String),
}

/// A bound that was passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stop {
    refused: Refused,
    record: u32,
    column: String,
}

impl Fault {
    /// The kind of mistake that it is.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::NotAnObject(..) => Kind::BadJson,
            Self::SameName(..) => Kind::TwoColumnsOneName,
        }
    }

    /// The fault as a mistake.
    pub(super) fn mistake(&self, source: &Source) -> Mistake {
        match self {
            Self::NotAnObject(record, what) => {
                Mistake::new(Kind::BadJson, source.row(*record), *what).expected("an object")
            }
            Self::SameName(record, name) => Mistake::new(
                Kind::TwoColumnsOneName,
                source.row(*record),
                format!("two keys that become the column `{name}`"),
            ),
        }
    }
}

impl Stop {
    /// The bound as a mistake.
    pub(super) fn mistake(&self, source: &Source) -> Mistake {
        let position = source.row(self.record);
        match self.refused {
            Refused::Column => Mistake::new(
                Kind::TooBig,
                position,
                format!("more than {MAX_COLUMNS} different keys"),
            )
            .expected(format!("at most {MAX_COLUMNS} columns")),
            Refused::Cell => Mistake::new(Kind::TooBig, position, "too long a text")
                .column(self.column.clone())
                .expected(format!("at most {} MiB in a cell", MAX_CELL_BYTES >> 20)),
            Refused::Table => too_many_cells(&source.file),
        }
    }
}

impl Found {
    /// Starts a record with its own number in the file.
    pub(super) fn start(&mut self, number: u32) {
        self.record = number;
        self.next = 0;
    }

    /// Adds the cell of a column to the record.
    ///
    /// # Errors
    /// Beyond the bounds of a table.
    pub(super) fn put(&mut self, name: &str, text: &str) -> Result<(), Stop> {
        let stop = |refused, record| Stop {
            refused,
            record,
            column: name.to_owned(),
        };
        // Records mostly have the same keys in the same order.
        let guess = self.headers.get(self.next).is_some_and(|header| header == name);
        let known = if guess {
            Some(self.next)
        } else {
            self.columns.get(name).copied()
        };
        let column = match known {
            Some(column) => column,
            None if self.headers.len() == MAX_COLUMNS => return Err(stop(Refused::Column, self.record)),
            None => {
                self.columns.insert(name.to_owned(), self.headers.len());
                self.headers.push(name.to_owned());
                self.last.push(0);
                self.headers.len() - 1
            }
        };
        self.next = column + 1;
        if std::mem::replace(&mut self.last[column], self.record) == self.record {
            self.faults.push(Fault::SameName(self.record, name.to_owned()));
            return Ok(());
        }
        self.rows
            .push(column, text)
            .map_err(|refused| stop(refused, self.record))
    }
}
