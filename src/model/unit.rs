//! Leads of one unit: why they went to their rep together.

use super::{RepIndex, UnitIndex};

/// That a lead went to its rep or team together with others of its unit, and why there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// The unit.
    pub unit: UnitIndex,
    /// How many other leads of it went there with the lead, or were there before.
    pub others: u32,
    /// Why there.
    pub why: Whole,
}

/// Why this rep for all leads of a unit: a closed list; each has a condition that `verify` recomputes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// A pin or an earlier pass gave the rep the others.
    Before,
    /// No other rep may take all of them.
    OnlyEligible,
    /// No rep who may take all of them scores higher for them together.
    HighestScore,
    /// Reps who score higher for them together have no place for all; the best-scoring of these.
    HigherFull {
        /// That rep.
        other: RepIndex,
    },
    /// A rep who scores higher for them together has places for all; with them there the whole deal would be no
    /// better.
    NoBetter {
        /// The best-scoring such rep.
        other: RepIndex,
    },
    /// It was the rep's turn, and the rep has places for all.
    Turn,
    /// The rep was the least loaded of those who have places for all: open leads before the unit, and the ceiling
    /// if any.
    LeastLoaded {
        /// Open leads of the rep before the unit.
        open: u32,
        /// The ceiling (fair share rounded down where there is none).
        ceiling: u32,
    },
    /// Dealt to a team whose best rep for all of them scores highest among teams with room for all, or by the
    /// team's balance; no later pass gave them to a person.
    Team,
}
