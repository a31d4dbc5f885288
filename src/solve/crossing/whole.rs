//! Units that are to stay whole: whether a flow parts them, and the deal that does not.

use super::places::{Ground, Places};
use super::repair::Repair;
use super::search::{Deal, budget};
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
    let whole = |(&(_, count), unit): (&(Option<Leaf>, usize), &Vec<Class>)| count == 0 || count == unit.len();
    !dealt.iter().zip(units).all(whole)
}

impl Units<'_> {
    /// Tells whether a flow parts a unit.
    pub(super) fn are_parted(&self, solution: &Solution) -> bool {
        !self.list.is_empty() && parts_any(self.list, self.of, solution)
    }
}

/// Makes a deal of whole units of the flow on the tree alone, which keeps all limits and parts some.
pub(super) fn made_whole(
    (rows, tree): (&dyn Rows, &Tree),
    limits: &[Crossing],
    units: Units<'_>,
    plain: Solution,
    options: &Options<'_>,
) -> Result<Crossed, TooLarge> {
    // a flow of the rest knows nothing of limits that cross
    let most = if limits.is_empty() { budget(rows) } else { 0 };
    let spent = Cell::new(0usize);
    let mut solver = |rows: &dyn Rows, tree: &Tree| {
        let before = spent.replace(spent.get() + 1);
        #[expect(clippy::cast_precision_loss, reason = "progress is a rough number")]
        let progress = |done: f64| {
            let share = (before as f64 + done) / most.max(1) as f64;
            (options.progress)(super::search::PLAIN + (1.0 - super::search::PLAIN) * share.min(1.0));
        };
        let options = Options {
            threads: options.threads,
            progress: &progress,
        };
        transport::solve(rows, tree, &options)
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

/// Makes the units of a deal within limits whole, by moves that keep the limits; `entry` is where leads enter
/// the tree of its solution, whose first nodes, `cells`, are not of the tree alone.
pub(super) fn made_whole_within(
    ground: Ground<'_>,
    units: Units<'_>,
    (of, entry, cells): (&Tree, &[Vec<usize>], usize),
    deal: &Deal,
) -> Result<Deal, TooLarge> {
    let mut none = |_: &dyn Rows, _: &Tree| Err(TooLarge::Numbers);
    let prices = Prices::of(of, entry, &deal.solution);
    let repair = Repair::new(ground, units.of, &mut none, 0);
    let places = repair.run((&deal.solution, &deal.solution.loads[cells..]), prices)?;
    Ok(dealt(&deal.solution, &places, cells))
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
