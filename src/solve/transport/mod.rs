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
//! 2. *Columns* (`columns`, `screen`): one pass over the rows keeps the few leaves that may matter for each
//!    class at those prices; the matrix of scores never exists.
//! 3. *Better prices*: on the coarsest sample each leaf in turn sets its price to what its places are
//!    worth (`sweeps`), on the others a few damped Newton steps move all prices at once (`newton`).
//! 4. *Shortest paths* (`network`, `paths`): each class starts where it is worth most; nodes with
//!    too many leads pass them on along shortest paths in the graph of the nodes alone, whose arc
//!    from r to r' is the best single move, kept in lazy heaps (Tokuyama and Nakano's contraction).
//! 5. *Check* (`pricing`): a pass over all rows at the prices. Columns that are worth more than those
//!    in use are added, and 4 repeated; where there are none, the flow is optimal.
//! 6. *Least and greatest potentials* (`potentials`) from all moves that the check saw, and the bound (`value`)
//!    from what it found every row to be worth.
//!
//! With few leads and one place a leaf it is an assignment problem, which has a solver of its own (`single`);
//! its flow and prices pass the same check.
//!
//! **Shapes and units.** C classes, R leaves; scores 0 to 1,000,000 units (10,000 a point); balance
//! in the same units; fairness in units of the caller's choosing.
//!
//! **Complexity.** Two passes over rows for columns and check, and a third as much for all samples; O(R²)
//! at most for each of the augmenting paths, of which there are a few hundred; memory O(R² + columns), about
//! four columns a class. Leads of a class move together wherever costs allow it.
//!
//! **Ties.** What is equally good is settled by the order of classes and leaves; neither threads nor
//! hashing have a part in it. The potentials and prices returned are unique.
//!
//! **Limits.** Levels that do not fit 64 bits are packed in 128; beyond that, [`TooLarge`].
//!
//! **Sources.** J. Munkres, Algorithms for the assignment and transportation problems, 1957
//! (doi:10.1137/0105003). T. Tokuyama, J. Nakano, Efficient algorithms for the Hitchcock
//! transportation problem, 1995 (doi:10.1137/S0097539792231179). R. K. Ahuja, T. L. Magnanti,
//! J. B. Orlin, Network Flows, 1993, chapters 9 and 14 (convex costs). B. Schmitzer, A sparse
//! multiscale algorithm for dense optimal transport, 2016 (doi:10.1007/s10851-016-0653-9). J. Kitagawa,
//! Q. Mérigot, B. Thibert, Convergence of a Newton algorithm for semi-discrete optimal transport, 2019
//! (doi:10.4171/JEMS/889).

mod columns;
mod cost;
mod heaps;
mod level;
mod network;
mod newton;
mod number;
mod packing;
mod parallel;
mod paths;
mod potentials;
mod pricing;
mod run;
mod screen;
mod single;
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
/// A leaf (a rep) by its position in the rows.
pub type Leaf = usize;

/// In a row: this leaf may not take leads of this class. Far below every score, yet far from overflow.
pub const FORBIDDEN: i32 = -(1 << 30);
/// The most that [`Rows::worth`] may be, in units.
pub const MOST_WORTH: i32 = 15_000_000;

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
    /// The tier of a class; none where an assigned lead is worth its points and no more.
    fn tier(&self, class: Class) -> Option<TierIndex>;
    /// What a lead of a class brings in units besides tier and score, wherever it is assigned: from 0
    /// to [`MOST_WORTH`].
    fn worth(&self, _class: Class) -> i32 {
        0
    }
    /// Which of the tree's entries the leads of a class take.
    fn category(&self, _class: Class) -> usize {
        0
    }
    /// Writes the score, 0 to 1,000,000 units, of each leaf for a class, or [`FORBIDDEN`].
    fn row(&self, class: Class, out: &mut [i32]);
}

/// A cost that grows with the count: the k-th costs `offset + floor(numerator * (2k - 1) / denominator)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slope {
    /// Not negative.
    pub numerator: i64,
    /// Positive.
    pub denominator: i64,
    /// What the count stands at before the pass: the first lead of the pass is number `start + 1`.
    pub start: u64,
    /// What every lead costs besides; not negative.
    pub offset: i64,
}

impl Slope {
    /// No cost at all.
    pub const FREE: Self = Self {
        numerator: 0,
        denominator: 1,
        start: 0,
        offset: 0,
    };
}

/// A node of the tree: a bound on how many leads pass through it, and what they cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The node above, which stands after its children. `None` = the ground, which bounds nothing.
    pub parent: Option<usize>,
    /// At least so many leads. Only for nodes of leads left out, and never more than there are.
    pub floor: u32,
    /// At most so many leads.
    pub room: u32,
    /// So many leads, the first, are wanted: each counts between tiers and points.
    pub minimum: u32,
    /// Balance cost in units.
    pub balance: Slope,
    /// Fairness cost in fairness units.
    pub fairness: Slope,
}

impl Node {
    /// A node right above the ground that holds so many leads at no cost.
    pub const fn with_room(room: u32) -> Self {
        Self {
            parent: None,
            floor: 0,
            room,
            minimum: 0,
            balance: Slope::FREE,
            fairness: Slope::FREE,
        }
    }
}

/// Nested bounds, as a tree: a lead enters at a node and counts there and at all nodes above.
///
/// On the side of the reps the deepest node for a lead and a leaf is the smallest set that holds the pair:
/// leads of a category at a rep, all leads at the rep, all at its team. On the side of the leads the
/// nodes count leads that are *left out*: a bound on how many of a set are assigned is a floor there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    /// Parents after children.
    pub nodes: Vec<Node>,
    /// For each category, the node that leads of it enter at each leaf; no two leaves share a node.
    pub entry: Vec<Vec<usize>>,
    /// For each category, the node that counts its leads left out; `None` = the ground.
    pub out: Vec<Option<usize>>,
}

impl Tree {
    /// One node for each leaf, right above the ground, and one category.
    pub fn flat(nodes: Vec<Node>) -> Self {
        Self {
            entry: vec![(0..nodes.len()).collect()],
            out: vec![None],
            nodes,
        }
    }

    /// Tells whether every node is a leaf of one category.
    fn is_flat(&self) -> bool {
        self.entry.len() == 1
            && self.out == [None]
            && self.entry[0].len() == self.nodes.len()
            && self.nodes.iter().all(|node| node.parent.is_none())
            && self.entry[0].iter().enumerate().all(|(leaf, &node)| leaf == node)
    }

    /// Tells whether the parts fit together.
    fn is_sound(&self, leaves: usize) -> bool {
        let nodes = self.nodes.len();
        let up = |(at, node): (usize, &Node)| node.parent.is_none_or(|parent| at < parent && parent < nodes);
        self.nodes.iter().enumerate().all(up)
            && self.entry.len() == self.out.len()
            && (self.entry.iter())
                .all(|entry| entry.len() == leaves && entry.iter().all(|&node| node < nodes))
            && self.out.iter().flatten().all(|&node| node < nodes)
    }
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
    /// The own price of every node, packed: its potential less that of the node above.
    pub nodes: Vec<i128>,
    /// How many leads count at every node.
    pub loads: Vec<u64>,
    /// What each level counts in packed values.
    pub weights: Weights,
}

/// What each level of the objective counts in packed values, so that one integer compares them all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    /// A lead of each tier, the best tier first.
    pub tiers: Vec<i128>,
    /// A lead towards a minimum.
    pub minimum: i128,
    /// A unit of points.
    pub unit: i128,
}

/// What the levels count in [`solve_at`], and what every lead pays at a node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// What a lead of each tier counts, falling from the best tier by more than any scores and worths
    /// differ, the last too; a lead towards a minimum; a unit of points. All positive.
    pub weights: Weights,
    /// By node, what each lead that counts there pays, packed and not negative; 0 for nodes beyond its end.
    pub tolls: Vec<i128>,
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
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("balance, shares or counts are too large to be solved exactly")
    }
}

impl std::error::Error for TooLarge {}

/// Solves a problem exactly and proves it: see the module.
///
/// # Errors
/// [`TooLarge`].
///
/// # Panics
/// When the tree does not fit the rows.
pub fn solve(rows: &dyn Rows, tree: &Tree, options: &Options<'_>) -> Result<Solution, TooLarge> {
    run(rows, tree, Packing::of(rows, tree)?, options)
}

/// Solves a problem whose levels count what the caller says, with a toll at every node.
///
/// Such a flow has the greatest sum of weights less tolls, which the prices in [`Solution::nodes`] prove;
/// potentials are taken apart as far as the weights allow, and the totals know of no toll.
///
/// # Errors
/// [`TooLarge`].
///
/// # Panics
/// When the tree or the weights do not fit the rows.
pub fn solve_at(
    rows: &dyn Rows,
    tree: &Tree,
    terms: &Terms,
    options: &Options<'_>,
) -> Result<Solution, TooLarge> {
    run(rows, tree, Packing::at(rows, tree, terms)?, options)
}

fn run(rows: &dyn Rows, tree: &Tree, packing: Packing, options: &Options<'_>) -> Result<Solution, TooLarge> {
    assert!(tree.is_sound(rows.leaves()), "the tree is one for these rows");
    if rows.classes() >= 1 << heaps::MEMBER_BITS {
        return Err(TooLarge::Numbers);
    }
    let narrow = packing.greatest <= <i64 as Number>::LIMIT;
    let run = Run {
        rows,
        tree,
        packing,
        threads: options.threads.max(1),
        progress: options.progress,
        told: std::sync::atomic::AtomicU64::new(0),
    };
    Ok(if narrow {
        run.solve::<i64>()
    } else {
        run.solve::<i128>()
    })
}
