//! Units that a flow parts, made whole: one branch of a search after another, each bounded by its own flow.

use super::Crossing;
use super::levels::Levels;
use super::places::{Ground, Places};
use super::shift::{Prices, improve, settle};
use crate::model::TierIndex;
use crate::solve::transport::{Class, Leaf, Rows, Solution, TooLarge, Tree};

/// With more parted units than so many, all are put where they fit best at once.
const FEW: usize = 12;
/// A unit is tried at so many leaves, the best at the prices first, and left out.
const TRIED: usize = 6;
/// So many solutions in a row that make the deal no better end the search, where units are many.
const IN_VAIN: usize = 4;

/// Some classes of a problem.
struct Chosen<'a> {
    rows: &'a dyn Rows,
    classes: &'a [Class],
}

impl Rows for Chosen<'_> {
    fn classes(&self) -> usize {
        self.classes.len()
    }
    fn leaves(&self) -> usize {
        self.rows.leaves()
    }
    fn supply(&self, class: Class) -> u32 {
        self.rows.supply(self.classes[class])
    }
    fn tier(&self, class: Class) -> Option<TierIndex> {
        self.rows.tier(self.classes[class])
    }
    fn worth(&self, class: Class) -> i32 {
        self.rows.worth(self.classes[class])
    }
    fn category(&self, class: Class) -> usize {
        self.rows.category(self.classes[class])
    }
    fn row(&self, class: Class, out: &mut [i32]) {
        self.rows.row(self.classes[class], out);
    }
}

/// Solves a problem with fewer leads and less room, units apart.
pub(super) type Solver<'s> = dyn FnMut(&dyn Rows, &Tree, &[Crossing]) -> Result<Solution, TooLarge> + 's;

/// A unit with the leaf that it is to have, or nowhere.
type Fix = (usize, Option<Leaf>);

/// Units whose places are settled.
type Fixed = Vec<Fix>;

/// A search under way.
pub(super) struct Repair<'a, 's> {
    ground: Ground<'a>,
    /// The unit of each class.
    unit_of: &'a [Option<u32>],
    all: Vec<Class>,
    /// The classes of single leads.
    singles: Vec<Class>,
    solver: &'s mut Solver<'s>,
    /// So many solutions are left.
    left: usize,
    in_vain: usize,
    best: Option<(Levels, Places<'a>)>,
}

/// A flow in which some units have their places and all else is as good as it can be.
struct Relaxed<'a> {
    levels: Levels,
    places: Places<'a>,
    parted: Vec<(usize, Vec<Leaf>)>,
    prices: Prices,
}

impl<'a, 's> Repair<'a, 's> {
    /// Prepares a search that may take so many solutions.
    pub(super) fn new(
        ground: Ground<'a>,
        unit_of: &'a [Option<u32>],
        solver: &'s mut Solver<'s>,
        budget: usize,
    ) -> Self {
        let all: Vec<Class> = (0..ground.rows.classes()).collect();
        Self {
            singles: (all.iter().copied())
                .filter(|&class| unit_of[class].is_none())
                .collect(),
            ground,
            unit_of,
            all,
            solver,
            left: budget,
            in_vain: 0,
            best: None,
        }
    }

    /// Finds a deal of whole units, given the flow that parts some with its loads at the nodes of the tree.
    /// Without solutions to spend it is the flow's own leads, moved until no move makes it better.
    pub(super) fn run(
        mut self,
        (root, loads): (&Solution, &[u64]),
        prices: Prices,
    ) -> Result<Places<'a>, TooLarge> {
        let mut places = Places::empty(self.ground);
        let (bound, parted) = places.add((root, loads), &self.all, self.unit_of);
        let root = Relaxed {
            levels: bound.clone(),
            places,
            parted,
            prices,
        };
        let mut branches = self.consider(&root, &[])?;
        while let Some(fixed) = branches.pop() {
            let is_best = self.best.as_ref().is_some_and(|(best, _)| *best >= bound);
            if self.left == 0 || is_best || (self.in_vain >= IN_VAIN && root.parted.len() > FEW) {
                break;
            }
            let Some(relaxed) = self.relax(&fixed)? else {
                continue;
            };
            self.in_vain += 1;
            if self.best.as_ref().is_none_or(|(best, _)| relaxed.levels > *best) {
                branches.extend(self.consider(&relaxed, &fixed)?);
            }
        }
        Ok(self.best.map_or(root.places, |(_, places)| places))
    }

    /// The best flow in which some units have their places or are out; nothing where these do not fit.
    fn relax(&mut self, fixed: &[Fix]) -> Result<Option<Relaxed<'a>>, TooLarge> {
        let mut free = vec![true; self.ground.units.len()];
        let mut places = Places::empty(self.ground);
        let (mut row, mut scores) = (Vec::new(), Vec::new());
        for &(unit, leaf) in fixed {
            free[unit] = false;
            if let Some(leaf) = leaf {
                self.ground.score(unit, &mut row, &mut scores);
                if !places.fits(unit, leaf) {
                    return Ok(None);
                }
                places.put(unit, leaf, scores[leaf]);
            }
        }
        let is_free = |class: &Class| self.unit_of[*class].is_none_or(|unit| free[unit as usize]);
        let classes: Vec<Class> = self.all.iter().copied().filter(is_free).collect();
        let (tree, limits) = places.left(&classes);
        let solution = self.solve(&classes, &tree, &limits)?;
        let own = (&solution, solution.loads.as_slice());
        let (levels, parted) = places.add(own, &classes, self.unit_of);
        Ok(Some(Relaxed {
            levels,
            places,
            parted,
            prices: Prices::of(&tree, &tree.entry, &solution),
        }))
    }

    fn solve(&mut self, classes: &[Class], tree: &Tree, limits: &[Crossing]) -> Result<Solution, TooLarge> {
        self.left = self.left.saturating_sub(1);
        let rows = Chosen {
            rows: self.ground.rows,
            classes,
        };
        (self.solver)(&rows, tree, limits)
    }

    /// Makes a deal of a flow, and tells what to fix next, the most promising last.
    fn consider(&mut self, relaxed: &Relaxed<'a>, fixed: &[Fix]) -> Result<Vec<Fixed>, TooLarge> {
        let mut places = relaxed.places.clone();
        let units: Vec<usize> = relaxed.parted.iter().map(|(unit, _)| *unit).collect();
        settle(&mut places, &units, &relaxed.prices);
        let fix = |more: &[Fix]| [fixed, more].concat();
        let branches = if units.len() > FEW {
            let settled = units.iter().filter(|&&unit| places.at[unit].is_some());
            let settled: Vec<_> = settled.map(|&unit| (unit, places.at[unit])).collect();
            vec![fix(&settled)]
        } else {
            // The unit with most leads decides most.
            let largest = units
                .iter()
                .rev()
                .max_by_key(|&&unit| self.ground.units[unit].len());
            largest.map_or_else(Vec::new, |&unit| {
                let mut leaves = relaxed.prices.best_leaves(&self.ground, unit);
                leaves.truncate(TRIED);
                let tried = leaves.into_iter().map(Some).chain([None]);
                let mut branches: Vec<_> = tried.map(|leaf| fix(&[(unit, leaf)])).collect();
                branches.reverse();
                branches
            })
        };
        self.finish(places)?;
        Ok(branches)
    }

    /// Moves units, then deals the single leads anew, until neither makes the deal better.
    fn finish(&mut self, mut places: Places<'a>) -> Result<(), TooLarge> {
        loop {
            improve(&mut places);
            let levels = places.levels();
            if self.best.as_ref().is_none_or(|(best, _)| levels > *best) {
                self.in_vain = 0;
                self.best = Some((levels.clone(), places.clone()));
            }
            if self.left == 0 || self.singles.is_empty() {
                return Ok(());
            }
            places.remove_singles();
            let singles = std::mem::take(&mut self.singles);
            let (tree, limits) = places.left(&singles);
            let solved = self.solve(&singles, &tree, &limits);
            self.singles = singles;
            let solution = solved?;
            places.add((&solution, &solution.loads), &self.singles, self.unit_of);
            if places.levels() <= levels {
                return Ok(());
            }
        }
    }
}
