//! Exact assignment of a batch as a transportation problem.

use crate::model::{Potential, TierIndex, Totals};

/// A class of equal leads by its position.
pub type Class = usize;
/// A leaf of the tree (a rep) by its position.
pub type Leaf = usize;

/// In a row: this leaf may not take leads of this class.
pub const FORBIDDEN: i32 = i32::MIN;

/// The lead side of a problem: classes of equal leads and what each leaf brings for them.
///
/// Classes and leaves are in id order; what is equal otherwise is settled by that order.
pub trait Rows: Sync {
    /// How many classes.
    fn classes(&self) -> usize;
    /// How many leaves.
    fn leaves(&self) -> usize;
    /// How many leads a class has.
    fn supply(&self, class: Class) -> u32;
    /// The tier of a class.
    fn tier(&self, class: Class) -> TierIndex;
    /// Writes the score, 0 to 1,000,000 units, of each leaf for a class, or [`FORBIDDEN`].
    fn row(&self, class: Class, out: &mut [i32]);
}

/// A cost that grows with the count: the k-th costs `floor(numerator * (2k - 1) / denominator)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slope {
    /// Not negative.
    pub numerator: i64,
    /// Positive.
    pub denominator: i64,
    /// What the count stands at before the pass: the first lead of the pass is number `start + 1`.
    pub start: u64,
}

/// A node of the tree on the rep side: a bound on how many leads pass through it, and what they cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The node above; the parent stands after its children. `None` = the root's level.
    pub parent: Option<usize>,
    /// At most so many leads.
    pub room: u32,
    /// Balance cost in units.
    pub balance: Slope,
    /// Fairness cost in fairness units.
    pub fairness: Slope,
}

/// The rep side: nodes, the first of which are the leaves in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Leaves first, then inner nodes, parents after children.
    pub nodes: Vec<Node>,
}

/// A solved problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// How many leads of a class go to a leaf, in order of class, then leaf; nothing that is 0.
    pub flow: Vec<(Class, Leaf, u32)>,
    /// The least optimal potential of each leaf.
    pub potentials: Vec<Potential>,
    /// The price of one more place of each leaf: max(0, potential − cost of its next place).
    pub prices: Vec<Potential>,
    /// The value of the flow, re-added from it.
    pub objective: Totals,
    /// The value of the potentials: no flow is better.
    pub bound: Totals,
}
