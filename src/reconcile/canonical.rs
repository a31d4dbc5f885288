//! The import in an order of its own, which the order of its rows does not touch, with equal rows once.
//!
//! All that follows works in this order, so that ties fall by content and never by position.

use crate::model::{Parties, PartyField};

/// A row of the import by its place in order of content, equal rows being one.
pub(super) struct Canonical {
    /// For each the rows of the import, in their order there.
    rows: Vec<Vec<u32>>,
}

impl Canonical {
    /// Orders the rows of an import.
    pub fn new(imported: &Parties) -> Self {
        let all = u32::try_from(imported.len()).expect("leads are bounded when they are read");
        let cells = |row: u32| {
            let text = move |field| imported.get(row as usize, field);
            PartyField::ALL.into_iter().map(text)
        };
        let mut order: Vec<u32> = (0..all).collect();
        order.sort_by(|one, other| cells(*one).cmp(cells(*other)));
        let equal = order.chunk_by(|one, other| cells(*one).eq(cells(*other)));
        Self {
            rows: equal.map(<[u32]>::to_vec).collect(),
        }
    }

    /// How many rows there are that differ.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows of the import that are equal to one, the first of them first.
    pub fn rows(&self, at: usize) -> &[u32] {
        &self.rows[at]
    }

    /// The first of them.
    pub fn first(&self, at: usize) -> usize {
        self.rows[at][0] as usize
    }
}
