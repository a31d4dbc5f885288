//! Assignment with limits that cross: never exceeded, near the best, with a bound that is proven.
//!
//! **Problem.** That of [`transport`], and limits besides, each on how many leads of some categories some
//! leaves may take together. Where limits nest, a tree holds them and the solution is exact. These
//! do not: with them the problem is a general integer program.
//!
//! **Principle.**
//!
//! 1. The tree alone is solved. A flow that exceeds no limit is the best there is.
//! 2. *Bound* (`stage`, `descent`, `cuts`): every lead that a limit holds pays a price for it. What the
//!    best flow at these prices is worth, and the limits' rooms at their prices, no deal exceeds
//!    (Lagrange's bound). The prices at which it is lowest are looked for with planes below it.
//! 3. *Deals* (`quotas`): the leads of such a flow that the limits let it keep make rooms for single
//!    cells, the pairs of one leaf that the same limits hold. Such rooms nest with everything, so that the
//!    best deal within them is found exactly and keeps every limit. Its prices tell which cells should
//!    have had more room and which less; places are moved while that makes the deal better.
//! 4. *Units* (`places`, `shift`, `repair`): leads that go to one leaf all, or to none. They may part in the
//!    flows, whose bound is so one for whole units. Units that a flow parts get their places one after another,
//!    each time with the best flow of the rest, or are put where they fit and moved.
//! 5. *Gap* (`levels`): level by level, best first, either the tree alone or a bound that counts the levels
//!    up to this one proves it, or it is the first that is not proven.
//!
//! **Shapes and units.** As in [`transport`]; prices of limits are packed numbers of their [`Certificate`].
//!
//! **Complexity.** A fixed number of solutions of a tree, 10 to 100 by the number of pairs and 12 for each
//! tier that needs a bound of its own, on nodes for all
//! cells: O(nodes²) memory.
//!
//! **Ties.** As in [`transport`]; floating point chooses prices to try, by operations that are the same on all
//! machines, and decides nothing else.
//!
//! **Sources.** A. M. Geoffrion, Lagrangean relaxation for integer programming, 1974
//! (doi:10.1007/BFb0120690). Steps by the prices of rooms: A. M. Geoffrion, Primal resource-directive
//! approaches for optimizing nonlinear decomposable systems, 1970 (doi:10.1287/opre.18.3.375).

mod cells;
mod cuts;
mod descent;
mod levels;
mod places;
mod proof;
mod quotas;
mod repair;
mod search;
mod shift;
mod stage;
#[cfg(test)]
mod tests;
mod whole;

use crate::model::{Potential, Totals};
use crate::solve::transport::{self, Class, Leaf, Options, Rows, Solution, TooLarge, Tree, Weights};
use cells::Cells;
pub use levels::{Gap, Level};
use search::Search;
use whole::Units;

/// A limit that crosses others or the leaves' own rooms: on the leads of some categories at some leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    /// Whether it holds leads of a category, by category.
    pub categories: Vec<bool>,
    /// Whether it holds leads at a leaf, by leaf.
    pub leaves: Vec<bool>,
    /// At most so many leads.
    pub room: u32,
}

impl Crossing {
    /// Tells whether it holds leads of a category at a leaf.
    pub fn holds(&self, category: usize, leaf: Leaf) -> bool {
        self.categories[category] && self.leaves[leaf]
    }
}

/// A bound on a level, for all deals that equal ours at the levels before it, that plain arithmetic checks.
///
/// The sum of weights of a deal, up to this level, is at most: what each lead is worth where it is worth
/// most at the prices (its weights less the prices of its node, all nodes above, and the limits that
/// hold it; left out, less those of its node for that); and of every node the places that cost less
/// than its own price, their price less their cost; and of every limit its room at its price. Levels after
/// this one count nothing in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The level.
    pub level: Level,
    /// What each level counts; tiers after the level are missing.
    pub weights: Weights,
    /// The price of each limit.
    pub limits: Vec<i128>,
    /// The own price of each node of the tree.
    pub nodes: Vec<i128>,
    /// What no deal exceeds.
    pub bound: i128,
}

/// A deal within all limits and of whole units, and how near the best it is known to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossed {
    /// The deal. Its prices and potentials are those within rooms of cells that the limits allow; its own
    /// bound is that of these rooms, not of the problem.
    pub solution: Solution,
    /// The solution of the tree alone, which proves what it can; absent where it is the deal.
    pub alone: Option<Solution>,
    /// The objective with the most that the first level not proven can be. Levels after it are the deal's.
    pub bound: Totals,
    /// The first level not proven; absent where all are.
    pub gap: Option<Gap>,
    /// About what one more lead within each limit would bring; exactly where nothing is open.
    pub prices: Vec<Potential>,
    /// How many leads each limit holds.
    pub loads: Vec<u64>,
    /// What proves the levels that the tree alone does not, in order of levels.
    pub certificates: Vec<Certificate>,
}

/// Finds a deal within all limits and of whole units, the best as far as it can, and a bound: see the module.
/// Each unit is the classes of its leads, of one lead each; one class is in one unit at most.
///
/// # Errors
/// [`TooLarge`].
///
/// # Panics
/// When the tree or the limits do not fit the rows.
pub fn solve(
    rows: &dyn Rows,
    tree: &Tree,
    limits: &[Crossing],
    units: &[Vec<Class>],
    options: &Options<'_>,
) -> Result<Crossed, TooLarge> {
    let fits =
        |limit: &Crossing| limit.categories.len() == tree.entry.len() && limit.leaves.len() == rows.leaves();
    assert!(limits.iter().all(fits), "the limits are ones for these rows");
    if limits.is_empty() && units.is_empty() {
        let solution = transport::solve(rows, tree, options)?;
        return Ok(proven(solution, Vec::new()));
    }
    let some = |done: f64| (options.progress)(done * search::PLAIN);
    let plain = transport::solve(
        rows,
        tree,
        &Options {
            threads: options.threads,
            progress: &some,
        },
    )?;
    let loads = loads(rows, limits, &plain);
    let kept = limits
        .iter()
        .zip(&loads)
        .all(|(limit, &load)| load <= u64::from(limit.room));
    let of = whole::unit_of(rows.classes(), units);
    let units = Units { list: units, of: &of };
    let crossed = if kept && units.are_parted(&plain) {
        whole::made_whole((rows, tree), limits, units, plain, options)?
    } else if kept {
        proven(plain, loads)
    } else {
        let cells = Cells::of(rows, tree, limits);
        let crossed = Search::new(rows, &cells, units, options).run(&plain)?;
        Crossed {
            alone: Some(plain),
            ..crossed
        }
    };
    (options.progress)(1.0);
    Ok(crossed)
}

/// A solution of the tree alone that exceeds no limit.
fn proven(solution: Solution, loads: Vec<u64>) -> Crossed {
    Crossed {
        bound: solution.bound.clone(),
        solution,
        alone: None,
        gap: None,
        prices: vec![Potential::default(); loads.len()],
        loads,
        certificates: Vec::new(),
    }
}

/// How many leads of a flow each limit holds.
fn loads(rows: &dyn Rows, limits: &[Crossing], solution: &Solution) -> Vec<u64> {
    let of = |limit: &Crossing| {
        let held = solution
            .flow
            .iter()
            .filter(|&&(class, leaf, _)| limit.holds(rows.category(class), leaf));
        held.map(|&(_, _, count)| u64::from(count)).sum()
    };
    limits.iter().map(of).collect()
}
