//! Prices and potentials: what one more place is worth.

use super::{Points, TierIndex};

/// A potential or price: what one more place would bring. Compares by tier first.
///
/// `tier` is the tier of one more lead that could be assigned, if one could; points and fairness
/// add to that and may be negative then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Potential {
    /// The tier of the lead that one more place would let in.
    pub tier: Option<TierIndex>,
    /// The points gained besides.
    pub points: Points,
    /// The fairness gained besides, in the solver's fairness units.
    pub fairness: i64,
}

/// A price by all its levels, as limits have: what a place is worth in leads of each tier, leads towards a
/// minimum, points and fairness. Compares level by level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worth {
    /// Leads by tier, best tier first; tiers that are missing at the end count nothing.
    pub leads: Vec<i64>,
    /// Leads towards a minimum.
    pub minimums: i64,
    /// Points.
    pub points: Points,
    /// Fairness, in the solver's fairness units.
    pub fairness: i64,
}

impl Worth {
    /// The price as one of a place: the best tier that it gains, and the points and fairness besides.
    pub fn as_potential(&self) -> Potential {
        let first = self.leads.iter().position(|&leads| leads != 0);
        Potential {
            tier: first.filter(|&tier| self.leads[tier] > 0).map(TierIndex::new),
            points: self.points,
            fairness: self.fairness,
        }
    }
}
