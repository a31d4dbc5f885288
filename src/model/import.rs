//! A list that arrives, with what it is held against.

use super::{AsOf, Country, Leads, Listing, Note, Rep};

/// A list that arrives, read, with what it is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// Its rows: ids, own cells, parties and rows set aside; nothing else of them is read.
    pub leads: Leads,
    /// Lists of known records.
    pub listings: Vec<Listing>,
    /// The roster; empty where none was given.
    pub reps: Vec<Rep>,
    /// For each rep the cells of its row in the roster that no other rep has.
    pub rep_keys: Vec<Vec<String>>,
    /// The country of rows without one, by the rules or because a whole file agrees with it.
    pub country: Option<Country>,
    /// The moment of the command.
    pub as_of: AsOf,
    /// What should be said of the files.
    pub notes: Vec<Note>,
}
