//! Units that are to stay whole: whether a flow parts them, and the deal that does not.

use super::cells::Cells;
use super::places::{Ground, Places};
use super::repair::Repair;
use super::search::{Deal, PLAIN, Search, budget};
use super::shift::Prices;
use super::{Crossed, Crossing, loads, proof};
use crate::model::Potential;
use crate::solve::transport::{self, Class, Leaf, Options, Rows, Solution, TooLarge, Tree};
use std::cell::Cell;

/// The units of a problem.
#[derive(Clone, Copy)]
pub(super) struct Units<'a> {
    /// The classes of each, each of one lead.
    pub(super) list: &'a [Vec<Class>],
    /// The unit of each class.
    pub(super) of: &'a [Option<u32>],
}

/// The unit of each class.
pub(super) fn unit_of(classes: usize, units: &[Vec<Class>]) -> Vec<Option<u32>> {
    let mut of = vec![None; classes];
    for (unit, members) in (0u32..).zip(units) {
        for &class in members {
            of[class] = Some(unit);
        }
    }
    of
}

/// Tells whether a flow parts a unit.
fn parts_any(units: &[Vec<Class>], unit_of: &[Option<u32>], solution: &Solution) -> bool {
    let mut dealt: Vec<(Option<Leaf>, usize)> = vec![(None, 0); units.len()];
    for &(class, leaf, _) in &solution.flow {
        if let Some(unit) = unit_of[class] {
            let (first, count) = &mut dealt[unit as usize];
            if *first.get_or_insert(leaf) != leaf {
                return true;
            }
            *count += 1;
        }
    }
    let whole =
        |(&(_, count), unit): (&(Option<Leaf>, usize), &Vec<Class>)| count == 0 || count == unit.len();
    !dealt.iter().zip(units).all(whole)
}

impl Units<'_> {
    /// Tells whether a flow parts a unit.
    pub(super) fn are_parted(&self, solution: &Solution) -> bool {
        !self.list.is_empty() && parts_any(self.list, self.of, solution)
    }
}

/// A solution within limits that cross takes the place of so many on the tree alone; two there are at least.
const WITHIN: usize = 8;

/// Makes a deal of whole units of the flow on the tree alone, which keeps all limits and parts some.
pub(super) fn made_whole(
    (rows, tree): (&dyn Rows, &Tree),
    limits: &[Crossing],
    units: Units<'_>,
    plain: Solution,
    options: &Options<'_>,
) -> Result<Crossed, TooLarge> {
    let most = solutions(rows, limits);
    let spent = Cell::new(0usize);
    let mut solver = |rows: &dyn Rows, tree: &Tree, limits: &[Crossing]| {
        let before = spent.replace(spent.get() + 1);
        #[expect(clippy::cast_precision_loss, reason = "progress is a rough number")]
        let progress = |done: f64| {
            let share = (before as f64 + done) / most.max(1) as f64;
            (options.progress)(PLAIN + (1.0 - PLAIN) * share.min(1.0));
        };
        let options = Options {
            threads: options.threads,
            progress: &progress,
        };
        apart(rows, tree, limits, &options)
    };
    let ground = Ground {
        rows,
        tree,
        limits,
        units: units.list,
        tiers: tiers(rows),
    };
    let prices = Prices::of(tree, &tree.entry, &plain);
    let repair = Repair::new(ground, units.of, &mut solver, most);
    let places = repair.run((&plain, &plain.loads), prices)?;
    let deal = dealt(&plain, &places, 0);
    let gap = proof::gap_to(rows, tree, &plain, &deal);
    Ok(Crossed {
        bound: proof::raised(&deal.solution.objective, gap),
        gap,
        prices: vec![Potential::default(); limits.len()],
        loads: loads(rows, limits, &deal.solution),
        solution: deal.solution,
        alone: Some(plain),
        certificates: Vec::new(),
    })
}

/// Makes the units of a deal within limits whole, within them.
pub(super) fn made_whole_within(
    (rows, tree): (&dyn Rows, &Tree),
    cells: &Cells<'_>,
    units: Units<'_>,
    deal: &Deal,
    threads: usize,
) -> Result<Deal, TooLarge> {
    let options = Options {
        threads,
        progress: &|_| {},
    };
    let mut solver = |rows: &dyn Rows, tree: &Tree, limits: &[Crossing]| apart(rows, tree, limits, &options);
    let ground = Ground {
        rows,
        tree,
        limits: cells.limits,
        units: units.list,
        tiers: tiers(rows),
    };
    let (with_cells, first) = (cells.tree(None), cells.list.len());
    let prices = Prices::of(&with_cells, &cells.entry, &deal.solution);
    let repair = Repair::new(ground, units.of, &mut solver, solutions(rows, cells.limits));
    let places = repair.run((&deal.solution, &deal.solution.loads[first..]), prices)?;
    Ok(dealt(&deal.solution, &places, first))
}

/// So many solutions may be made to make units whole.
fn solutions(rows: &dyn Rows, limits: &[Crossing]) -> usize {
    let all = budget(rows);
    if limits.is_empty() {
        all
    } else {
        (all / WITHIN).max(2)
    }
}

/// A deal within limits, as good as it is found, whose units may part.
fn apart(
    rows: &dyn Rows,
    tree: &Tree,
    limits: &[Crossing],
    options: &Options<'_>,
) -> Result<Solution, TooLarge> {
    let plain = transport::solve(rows, tree, options)?;
    let loads = loads(rows, limits, &plain);
    let is_kept = |(limit, load): (&Crossing, u64)| load <= u64::from(limit.room);
    if limits.iter().zip(loads).all(is_kept) {
        return Ok(plain);
    }
    let cells = Cells::of(rows, tree, limits);
    let silent = Options {
        threads: options.threads,
        progress: &|_| {},
    };
    let none = Units { list: &[], of: &[] };
    Search::new(rows, &cells, none, &silent).deal_alone(&plain)
}

/// A deal with the prices of the solution that it was made of.
fn dealt(solution: &Solution, places: &Places<'_>, cells: usize) -> Deal {
    let mut loads = vec![0; cells];
    loads.extend_from_slice(places.loads());
    Deal {
        solution: Solution {
            flow: places.flow(),
            objective: places.totals(),
            loads,
            ..solution.clone()
        },
        levels: places.levels(),
    }
}

/// How many tiers there are.
pub(super) fn tiers(rows: &dyn Rows) -> usize {
    let tiers = (0..rows.classes()).filter_map(|class| rows.tier(class));
    tiers.map(|tier| tier.at() + 1).max().unwrap_or(0)
}
