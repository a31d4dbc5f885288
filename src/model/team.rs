//! Teams as a file of teams tells of them.

use super::Weight;

/// A team of `--teams`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its name, as the roster writes it if the roster has it.
    pub name: String,
    /// Where its members sell, unless their own row says so.
    pub territories: Vec<String>,
    /// At most so many new leads for all its members in a run, with a ledger in a calendar day.
    pub max_new: Option<u32>,
    /// Its weight in passes to teams; absent = its members' sum.
    pub weight: Option<Weight>,
    /// The row's own number in the file.
    pub row: u32,
}
