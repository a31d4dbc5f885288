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

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(now: i128, turns: &[(&str, i128)]) -> Clock {
        Clock {
            now,
            turns: turns
                .iter()
                .map(|(rep, turn)| ((*rep).to_owned(), *turn))
                .collect(),
        }
    }

    fn history(served: Clock, pass: Clock) -> History {
        History {
            served,
            clocks: BTreeMap::from([(("rest".to_owned(), String::new()), pass)]),
            counted: BTreeMap::new(),
        }
    }

    /// Moves a history on by what a run moved that started from another.
    fn check(own: Clock, before: Clock, after: Clock, expected: Clock) {
        let whole = |clock: &Clock| history(clock.clone(), clock.clone());
        let found = whole(&own).moved_on(&whole(&before), &whole(&after));
        assert_eq!(found, whole(&expected));
    }

    #[test]
    fn a_run_moves_each_turn_by_the_same_amount_wherever_it_is_by_now() {
        check(
            clock(10, &[("a", 12), ("b", 10)]),
            clock(4, &[("a", 5), ("b", 4)]),
            clock(5, &[("a", 7), ("b", 4)]),
            clock(11, &[("a", 14), ("b", 10)]),
        );
    }

    #[test]
    fn who_had_no_turn_yet_starts_at_the_clock() {
        check(
            clock(10, &[]),
            clock(4, &[]),
            clock(4, &[("a", 6)]),
            clock(10, &[("a", 12)]),
        );
    }

    #[test]
    fn from_the_same_start_it_is_what_the_run_left_and_other_clocks_stay() {
        let (before, after) = (clock(4, &[("a", 5)]), clock(6, &[("a", 8), ("b", 9)]));
        check(before.clone(), before.clone(), after.clone(), after.clone());
        let own = history(clock(1, &[]), clock(2, &[("z", 3)]));
        let found = own.moved_on(&History::default(), &History::default());
        assert_eq!(found, own);
    }
}
