//! The way from the flow without limits to a deal within them and its proof, within a number of solutions.

use super::cells::Cells;
use super::descent::Descent;
use super::levels::Levels;
use super::quotas::{self, Change};
use super::stage::Stage;
use super::whole::{Units, made_whole_within, tiers};
use super::{Crossed, proof};
use crate::model::{Points, Potential, TierIndex};
use crate::solve::transport::{self, Options, Rows, Solution, TooLarge, Weights};
use std::collections::BTreeSet;

/// The share of progress that the tree alone is.
pub(super) const PLAIN: f64 = 0.1;
/// So many pairs are looked at, over all solutions of the tree.
const PAIRS: usize = 80_000_000;
/// Solutions of the tree for the deal and the bound on its points: at least, and at most.
const FEWEST: usize = 10;
const MOST: usize = 100;
/// Solutions of the tree for each other level.
pub(super) const A_LEVEL: usize = 12;
/// So many flows all make deals.
const ALL_DEALT: usize = 6;
/// The least distance at which prices are looked for, in units of points.
const NEAR: i128 = 4_000;

/// So many solutions of the tree a deal may take.
pub(super) fn budget(rows: &dyn Rows) -> usize {
    let pairs = rows.classes().saturating_mul(rows.leaves()).max(1);
    (PAIRS / pairs).clamp(FEWEST, MOST)
}

/// A deal within all limits, on the tree with cells.
pub(super) struct Deal {
    pub(super) solution: Solution,
    pub(super) levels: Levels,
}

/// The problem, the best deal so far, and how many solutions of the tree it took.
pub(super) struct Search<'a> {
    pub(super) rows: &'a dyn Rows,
    pub(super) cells: &'a Cells<'a>,
    /// Leads that go to one leaf all, or to none.
    units: Units<'a>,
    /// How many tiers.
    pub(super) tiers: usize,
    threads: usize,
    progress: &'a (dyn Fn(f64) + Sync),
    budget: usize,
    spent: usize,
    best: Option<Deal>,
    tried: BTreeSet<Vec<u32>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(
        rows: &'a dyn Rows,
        cells: &'a Cells<'a>,
        units: Units<'a>,
        options: &Options<'a>,
    ) -> Self {
        Self {
            rows,
            cells,
            units,
            tiers: tiers(rows),
            threads: options.threads,
            progress: options.progress,
            budget: budget(rows),
            spent: 0,
            best: None,
            tried: BTreeSet::new(),
        }
    }

    /// Finds a deal and its proof; `plain` is the solution of the tree alone.
    pub(super) fn run(mut self, plain: &Solution) -> Result<Crossed, TooLarge> {
        let (mut deal, points) = self.search(plain)?;
        if self.units.are_parted(&deal.solution) {
            let whole = (self.rows, self.cells.tree);
            deal = made_whole_within(whole, self.cells, self.units, &deal, self.threads)?;
        }
        let (proven, certificates) = proof::prove(&mut self, plain, &deal, points.as_ref());
        Ok(proof::crossed(
            self.rows,
            self.cells,
            deal,
            points.as_ref(),
            proven,
            certificates,
        ))
    }

    /// Finds a deal alone, whose units may part.
    pub(super) fn deal_alone(mut self, plain: &Solution) -> Result<Solution, TooLarge> {
        let (deal, _) = self.search(plain)?;
        Ok(self.cells.without_cells(deal.solution))
    }

    /// Finds a deal, whose units may part, and the prices that bound its points.
    fn search(&mut self, plain: &Solution) -> Result<(Deal, Option<Descent<'a>>), TooLarge> {
        let stage = self.stage(self.tiers + 1, &plain.weights);
        let none = vec![0; self.cells.limits.len()];
        let mut points = match self.solved(|options| Descent::start(stage, none, options)) {
            Ok((descent, solution)) => {
                self.keep(&descent.stage, &solution)?;
                Some(descent)
            }
            Err(TooLarge::Numbers) => {
                let tree = self.cells.tree(None);
                let solution = self.solved(|options| transport::solve(self.rows, &tree, options))?;
                let weights = (&tree, &solution.weights);
                let kept = quotas::kept(self.rows, self.cells, weights, &solution);
                self.deal(kept)?;
                None
            }
        };
        if let Some(descent) = &mut points {
            self.descend(descent)?;
        }
        self.improve(points.as_ref())?;
        let deal = self.best.take().expect("some deal was made");
        Ok((deal, points))
    }

    /// The problem with levels up to one.
    pub(super) fn stage(&self, last: usize, strict: &Weights) -> Stage<'a> {
        Stage::new(self.rows, self.cells, (last, self.tiers), strict)
    }

    /// Counts a solution of the tree and tells how far the work is.
    #[expect(clippy::cast_precision_loss, reason = "progress is a rough number")]
    pub(super) fn solved<T>(&mut self, work: impl FnOnce(&Options<'_>) -> T) -> T {
        let (spent, all) = (self.spent as f64, (self.budget + A_LEVEL * self.tiers) as f64);
        let told = self.progress;
        let progress = |done: f64| told(PLAIN + (1.0 - PLAIN) * ((spent + done) / all).min(1.0));
        self.spent += 1;
        work(&Options {
            threads: self.threads,
            progress: &progress,
        })
    }

    /// Makes a deal of what a flow at prices may keep.
    fn keep(&mut self, stage: &Stage<'_>, solution: &Solution) -> Result<bool, TooLarge> {
        let weights = stage.weights();
        let kept = quotas::kept(self.rows, self.cells, (stage.tree(), &weights), solution);
        self.deal(kept)
    }

    /// Makes the best deal within rooms of cells; tells whether it is the best so far.
    fn deal(&mut self, rooms: Vec<u32>) -> Result<bool, TooLarge> {
        if self.tried.contains(&rooms) {
            return Ok(false);
        }
        let (tree, rows) = (self.cells.tree(Some(&rooms)), self.rows);
        self.tried.insert(rooms);
        let solution = self.solved(|options| transport::solve(rows, &tree, options))?;
        let own = (self.cells.tree, self.cells.own_loads(&solution));
        let levels = Levels::of(rows, own, &solution, self.tiers);
        let better = self.best.as_ref().is_none_or(|best| levels > best.levels);
        if better {
            self.best = Some(Deal { solution, levels });
        }
        Ok(better)
    }

    /// Tells whether the best deal is worth what the bound is, to a unit of points.
    fn is_closed(&self, descent: &Descent<'_>) -> bool {
        let worth = self.best.as_ref().map(|deal| descent.stage.value(&deal.levels));
        worth.is_some_and(|worth| descent.bound - worth < descent.stage.last_counts())
    }

    /// Tells whether less than a lead of any tier is between the best deal and the bound.
    fn is_near(&self, descent: &Descent<'_>) -> bool {
        let worth = self.best.as_ref().map(|deal| descent.stage.value(&deal.levels));
        let weights = descent.stage.weights();
        let lead = weights.tiers.last().copied().unwrap_or(i128::MAX);
        worth.is_some_and(|worth| descent.bound - worth < lead)
    }

    /// Lowers the bound on points, and deals by what the flows on the way may keep.
    fn descend(&mut self, descent: &mut Descent<'a>) -> Result<(), TooLarge> {
        let near = NEAR * descent.stage.last_counts();
        let (guess, spread): (Vec<i128>, Vec<i128>) = self.guess(&descent.stage).into_iter().unzip();
        descent.look_within(spread.into_iter().map(|spread| spread.max(near)).collect());
        let wide: Vec<i128> = guess.iter().map(|price| (price / 2).max(near)).collect();
        let Ok(solution) = self.solved(|options| descent.look(guess, options)) else {
            return Ok(());
        };
        self.keep(&descent.stage, &solution)?;
        if !self.is_near(descent) {
            descent.look_within(wide);
        }
        while self.spent < self.budget / 2 && !self.is_closed(descent) {
            let before = descent.bound;
            let Ok(Some(solution)) = self.solved(|options| descent.step(options)) else {
                break;
            };
            // What is far from the best prices makes no better deals, but for the first few.
            if descent.bound < before || self.tried.len() < ALL_DEALT {
                self.keep(&descent.stage, &solution)?;
            }
        }
        Ok(())
    }

    /// Prices of limits to start from: what one more place was worth in cells of the best deal, in the middle;
    /// and how far these are apart.
    fn guess(&self, stage: &Stage<'_>) -> Vec<(i128, i128)> {
        let Some(Deal { solution, .. }) = &self.best else {
            return vec![(0, 0); self.cells.limits.len()];
        };
        let loads = self.cells.loads(solution);
        let is_full = |limit: usize| loads[limit] >= u64::from(self.cells.limits[limit].room);
        let mut prices: Vec<Vec<(i128, u64)>> = vec![Vec::new(); loads.len()];
        for (at, cell) in self.cells.list.iter().enumerate() {
            let full: Vec<usize> = cell
                .held
                .iter()
                .copied()
                .filter(|&limit| is_full(limit))
                .collect();
            let price = taken_apart(&solution.weights, solution.nodes[at]);
            let price = stage.packed(price) / i128::try_from(full.len().max(1)).unwrap_or(1);
            for limit in full {
                prices[limit].push((price, solution.loads[at] + 1));
            }
        }
        prices.into_iter().map(middle).collect()
    }

    /// Moves room from cell to cell while that makes the deal better.
    fn improve(&mut self, points: Option<&Descent<'_>>) -> Result<(), TooLarge> {
        let most = self.cells.limits.iter().map(|limit| limit.room / 16).max();
        let mut change = Change::Many {
            places: most.unwrap_or(1).max(1),
            pairs: usize::MAX,
        };
        while self.spent < self.budget && !points.is_some_and(|descent| self.is_closed(descent)) {
            let Some(Deal { solution, .. }) = &self.best else {
                break;
            };
            let Some(rooms) = quotas::changed(self.cells, solution, change) else {
                break;
            };
            let better = self.deal(rooms)?;
            change = match change {
                Change::One(_) if better => Change::One(0),
                same if better => same,
                Change::Many { places: 1, pairs: 1 } => Change::One(0),
                Change::Many { places: 1, pairs } => Change::Many {
                    places: 1,
                    pairs: pairs.min(8) / 2,
                },
                Change::Many { places, pairs } => Change::Many {
                    places: places / 2,
                    pairs,
                },
                Change::One(position) => Change::One(position + 1),
            };
        }
        Ok(())
    }
}

/// A lead of a tier at most, and units of points.
pub(super) fn taken_apart(weights: &Weights, packed: i128) -> (Option<usize>, i128) {
    let far = |tier: Option<usize>| (packed - tier.map_or(0, |tier| weights.tiers[tier])).abs();
    let tiers = (0..weights.tiers.len()).map(Some).chain([None]);
    let tier = tiers.min_by_key(|&tier| far(tier)).flatten();
    let rest = packed - tier.map_or(0, |tier| weights.tiers[tier]);
    (tier, rest / weights.unit.max(1))
}

/// About what one more lead within a limit would bring.
pub(super) fn potential(weights: &Weights, price: i128) -> Potential {
    let (tier, units) = taken_apart(weights, price);
    let most = i128::from(i64::MAX);
    Potential {
        tier: tier.map(TierIndex::new),
        points: Points(i64::try_from(units.clamp(-most, most)).unwrap_or(0)),
        fairness: 0,
    }
}

/// The price in the middle of all, each so many times, and how far those are apart that most lie between.
fn middle(mut prices: Vec<(i128, u64)>) -> (i128, i128) {
    prices.sort_unstable();
    let all: u64 = prices.iter().map(|&(_, times)| times).sum();
    let quantile = |eighths: u64| {
        let mut before = 0;
        let found = prices.iter().find(|&&(_, times)| {
            before += times;
            before * 8 > all * eighths
        });
        found.map_or(0, |&(price, _)| price.max(0))
    };
    (quantile(4), quantile(7) - quantile(1))
}
