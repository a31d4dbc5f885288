//! Exact assignment of a batch as a transportation problem.
//!
//! **Problem.** Leads come in classes of equal leads, each with a supply and a tier; reps are
//! leaves, each with room. A lead of class c at leaf r scores s(c, r) units; r's k-th lead costs
//! b(r, k) of balance and f(r, k) of fairness, neither ever falling with k. Find whole numbers x(c, r)
//! within supply and room that have, in strict order: most leads of the best tier assigned, then of
//! the next …; greatest Σ s·x − Σ b; least Σ f.
//!
//! **Principle.** All levels are packed in one integer (see `packing`, with the proof that this is
//! the strict order). Then prices: a price per leaf such that every lead stands where its gain less
//! the price is greatest, every used place costs at most the price and every free one at least that.
//! Such a flow is optimal, and the prices prove it (duality of linear programs).
//!
//! 1. *Samples* (`level`, `start`): every 4^k-th lead, coarsest first, each solved to the end with
//!    the prices of the one before; the last is the whole.
//! 2. *Columns* (`columns`): one pass over the rows keeps the few leaves that may matter for each
//!    class at those prices; the matrix of scores never exists.
//! 3. *Sweeps* (`sweeps`): each leaf in turn sets its price to what its places are worth, a few times.
//! 4. *Shortest paths* (`network`, `paths`): each class starts where it is worth most; leaves with
//!    too many leads pass them on along shortest paths in the graph of the leaves alone, whose arc
//!    from r to r' is the best single move, kept in lazy heaps (Tokuyama and Nakano's contraction).
//! 5. *Check* (`pricing`): a pass over all rows at the prices. Columns that are worth more than those
//!    in use are added, and 4 repeated; where there are none, the flow is optimal.
//! 6. *Least and greatest potentials* (`potentials`) and the bound (`value`), over all rows again.
//!
//! **Shapes and units.** C classes, R leaves; scores 0 to 1,000,000 units (10,000 a point); balance
//! in the same units; fairness in units of the caller's choosing.
//!
//! **Complexity.** Four to five passes over rows (a third for all samples), O(R²) for each of the
//! augmenting paths, of which there are about √(leads · R) after a sample; memory O(R² + columns), about
//! twelve columns a class. Leads of a class move together wherever costs allow it.
//!
//! **Ties.** What is equally good is settled by the order of classes and leaves; neither threads nor
//! hashing have a part in it. The potentials and prices returned are unique.
//!
//! **Limits.** Levels that do not fit 64 bits are packed in 128; beyond that, [`TooLarge`]. Inner
//! nodes of the tree are not supported yet.
//!
//! **Sources.** J. Munkres, Algorithms for the assignment and transportation problems, 1957
//! (doi:10.1137/0105003). T. Tokuyama, J. Nakano, Efficient algorithms for the Hitchcock
//! transportation problem, 1995 (doi:10.1137/S0097539792231179). R. K. Ahuja, T. L. Magnanti,
//! J. B. Orlin, Network Flows, 1993, chapters 9 and 14 (convex costs). B. Schmitzer, A sparse
//! multiscale algorithm for dense optimal transport, 2016 (doi:10.1007/s10851-016-0653-9).

mod columns;
mod cost;
mod heaps;
mod level;
mod network;
mod number;
mod packing;
mod parallel;
mod paths;
mod potentials;
mod pricing;
mod run;
mod start;
mod sweeps;
#[cfg(test)]
mod tests;
mod value;

use crate::model::{Potential, TierIndex, Totals};
use number::Number;
use packing::Packing;
use run::Run;
use std::fmt;

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
    /// The greatest optimal potential of each leaf: what one place less would lose, the cost of that
    /// place apart. Absent where nothing bounds it from above, at a leaf without room.
    pub greatest: Vec<Option<Potential>>,
    /// The price of one more place of each leaf: max(0, potential − cost of its next place).
    pub prices: Vec<Potential>,
    /// The value of the flow, re-added from it; as many tiers as the worst class needs.
    pub objective: Totals,
    /// The value of the potentials, re-added from every row: no flow is better. Equal to the objective.
    pub bound: Totals,
}

/// How to solve.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Threads to use at most; their number never changes the result. 0 counts as 1.
    pub threads: usize,
    /// Is told from time to time how much is done, from 0 to 1, never less than before.
    pub progress: &'a (dyn Fn(f64) + Sync),
}

/// A problem beyond what the solver takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooLarge {
    /// Costs and counts so great that the levels of the objective do not fit 128 bits together.
    Numbers,
    /// The tree has nodes besides its leaves.
    InnerNodes,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Numbers => "balance, shares or counts are too large to be solved exactly",
            Self::InnerNodes => "limits over several reps cannot be solved exactly",
        })
    }
}

impl std::error::Error for TooLarge {}

/// Solves a problem exactly and proves it: see the module.
///
/// # Errors
/// [`TooLarge`].
///
/// # Panics
/// When the tree has fewer nodes than the rows have leaves.
pub fn solve(rows: &dyn Rows, tree: &Tree, options: &Options<'_>) -> Result<Solution, TooLarge> {
    let inner = tree.nodes.iter().any(|node| node.parent.is_some());
    if inner || tree.nodes.len() > rows.leaves() {
        return Err(TooLarge::InnerNodes);
    }
    assert!(tree.nodes.len() == rows.leaves(), "every leaf has its node");
    let packing = Packing::of(rows, tree)?;
    let run = Run {
        rows,
        tree,
        packing,
        threads: options.threads.max(1),
        progress: options.progress,
    };
    Ok(if packing.greatest <= <i64 as Number>::LIMIT {
        run.solve::<i64>()
    } else {
        run.solve::<i128>()
    })
}
