//! One pass as a plain transportation problem: who was up, who holds what, what each rep's places cost.

use super::price::Price;
use crate::model::LeadIndex;

/// In a row: this leaf may not take the lead.
pub(crate) const NEVER: i32 = i32::MIN;

/// A cost that grows with the count: the k-th lead of the pass costs
/// `offset + floor(numerator * (2 * (start + k) - 1) / denominator)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Growth {
    pub numerator: i64,
    pub denominator: i64,
    pub start: u64,
    pub offset: i64,
}

impl Growth {
    /// No cost at all.
    pub const NONE: Self = Self {
        numerator: 0,
        denominator: 1,
        start: 0,
        offset: 0,
    };

    /// The cost of the `k`-th lead of the pass, from 1.
    pub fn cost(&self, k: u64) -> i64 {
        let odd = 2 * (i128::from(self.start) + i128::from(k)) - 1;
        let cost = (i128::from(self.numerator) * odd).div_euclid(i128::from(self.denominator.max(1)));
        i64::try_from(cost + i128::from(self.offset)).unwrap_or(i64::MAX)
    }
}

/// A rep of the pass, or a team where the pass deals to teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// How many leads it may take in this pass.
    pub room: u32,
    /// Balance cost in units.
    pub balance: Growth,
    /// Fairness cost in fairness units.
    pub fairness: Growth,
}

impl Leaf {
    /// What the `k`-th place of the pass costs.
    pub fn cost(&self, k: u64) -> Price {
        Price::new(self.balance.cost(k), self.fairness.cost(k))
    }
}

/// How many leads each of so many leaves holds.
pub(crate) fn loads(leaves: usize, ups: &[Up]) -> Vec<u64> {
    let mut loads = vec![0; leaves];
    for leaf in ups.iter().filter_map(|up| up.holder) {
        loads[leaf] += 1;
    }
    loads
}

/// A lead that was up for the pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Up {
    pub lead: LeadIndex,
    /// The rank of its tier.
    pub rank: i32,
    /// The leaf that holds it.
    pub holder: Option<usize>,
}

/// Writes the score in units of a lead at every leaf, or [`NEVER`].
pub(crate) type RowReader<'a> = Box<dyn FnMut(LeadIndex, &mut [i32]) + Send + 'a>;

/// A pass as it was dealt.
pub(crate) struct Instance<'a> {
    /// The reps or teams, in id order.
    pub leaves: Vec<Leaf>,
    /// How many leads each holds.
    pub loads: Vec<u64>,
    /// The leads, in id order.
    pub ups: Vec<Up>,
    /// How many tiers the run has.
    pub tiers: usize,
    /// Makes a reader of rows; each thread makes its own.
    pub rows: &'a (dyn Fn() -> RowReader<'a> + Sync),
}
