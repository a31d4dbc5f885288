//! Typed columns, each coded by its distinct values.

use super::Value;
use std::collections::BTreeMap;

/// One typed column: a code a row, and what each code stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The name in rules, snake case.
    pub name: String,
    /// The header in the file; equal to `name` for a derived column.
    pub header: String,
    /// The column's type.
    pub kind: super::Kind,
    /// A code for every row; 0 is empty.
    pub codes: Vec<u32>,
    /// The distinct values; `values[0]` is [`Value::Empty`].
    pub values: Vec<Value>,
}

impl Column {
    /// The value in a row.
    pub fn value(&self, row: usize) -> &Value {
        &self.values[self.codes[row] as usize]
    }

    /// Tells whether every row is empty.
    pub fn is_blank(&self) -> bool {
        self.codes.iter().all(|&code| code == 0)
    }
}

/// The columns of a table that rules can speak of, by name.
///
/// Only columns that a rule or a score part reads are here (see
/// [`Settings`](super::Settings)); a standard field that the file lacks is absent and means empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// How many rows.
    pub rows: usize,
    /// The columns.
    pub columns: Vec<Column>,
    /// The names of *all* columns of the file in snake case, for suggestions, whether read or not.
    pub known: Vec<String>,
    by_name: BTreeMap<String, usize>,
}

impl Frame {
    /// Makes a frame of `rows` rows without columns.
    pub fn new(rows: usize, known: Vec<String>) -> Self {
        Self {
            rows,
            columns: Vec::new(),
            known,
            by_name: BTreeMap::new(),
        }
    }

    /// Adds a column, or replaces the one of that name.
    pub fn set(&mut self, column: Column) {
        if let Some(&at) = self.by_name.get(&column.name) {
            self.columns[at] = column;
        } else {
            self.by_name.insert(column.name.clone(), self.columns.len());
            self.columns.push(column);
        }
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.by_name.get(name).map(|&at| &self.columns[at])
    }

    /// The value in a row of a column; empty where there is no such column.
    pub fn value(&self, name: &str, row: usize) -> &Value {
        self.column(name)
            .map_or(&Value::Empty, |column| column.value(row))
    }
}
