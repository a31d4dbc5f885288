//! What earlier runs left behind; empty without a ledger.

use std::collections::BTreeMap;

/// The clock and turns of one rotation group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// The clock V in turn units.
    pub now: i128,
    /// Each rep's turn in turn units, by rep id.
    pub turns: BTreeMap<String, i128>,
}

/// What earlier runs left behind: never changed by a run, stored with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Leads that each rep was served so far, by rep id.
    pub served: BTreeMap<String, u64>,
    /// The clock of each rotation group, by pass name and group value.
    pub clocks: BTreeMap<(String, String), Clock>,
    /// Leads that a limit with a period counts already in the period of this run, by limit and rep id.
    pub counted: BTreeMap<(String, String), u32>,
}

impl History {
    /// Leads that a rep was served in earlier runs.
    pub fn served(&self, rep_id: &str) -> u64 {
        self.served.get(rep_id).copied().unwrap_or(0)
    }
}
