//! What earlier runs left behind; empty without a ledger.

use super::LeadIndex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A clock and the turns of those who go by it.
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
    /// The clock of all methods together: pins and the leads of every pass move it.
    pub served: Clock,
    /// The clock of each rotation group, by pass name and group value.
    pub clocks: BTreeMap<(String, String), Clock>,
    /// Leads that a limit with a period counts already in the period of this run, by limit and rep id.
    pub counted: BTreeMap<(String, String), u32>,
}

impl History {
    /// This history moved on by what a run moved that started from another: clocks and turns go on by the
    /// same amounts.
    #[must_use]
    pub fn moved_on(&self, before: &Self, after: &Self) -> Self {
        let on = |own: &Clock, before: &Clock, after: &Clock| {
            let grown = after.now.saturating_sub(before.now);
            let now = own.now.saturating_add(grown);
            let mut turns = own.turns.clone();
            for (rep, turn) in &after.turns {
                // who had no turn yet starts at the clock
                let started = before.turns.get(rep).copied().unwrap_or(before.now);
                let own = turns.entry(rep.clone()).or_insert(own.now);
                *own = own.saturating_add(turn.saturating_sub(started));
            }
            Clock { now, turns }
        };
        let none = Clock::default();
        let of = |history: &Self, key| history.clocks.get(key).unwrap_or(&none).clone();
        let mut clocks = self.clocks.clone();
        for key in after.clocks.keys() {
            let moved = on(&of(self, key), &of(before, key), &of(after, key));
            clocks.insert(key.clone(), moved);
        }
        Self {
            served: on(&self.served, &before.served, &after.served),
            clocks,
            counted: self.counted.clone(),
        }
    }

    /// Leads that a limit with a period counts already for a rep.
    pub fn counted(&self, limit: &str, rep_id: &str) -> u32 {
        let key = (limit.to_owned(), rep_id.to_owned());
        self.counted.get(&key).copied().unwrap_or(0)
    }
}

/// How far a dealt lead moved its rep's turn on a clock: what to take off again where the lead is given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The lead.
    pub lead: LeadIndex,
    /// The pass whose clock it is; empty for the clock of all methods together.
    pub pass: Arc<str>,
    /// The rotation group; empty without groups and for the clock of all methods.
    pub group: Arc<str>,
    /// How far, in turn units.
    pub turn: i128,
}
