//! The problem without its crossing limits, each lead that a limit holds paying the limit's price.

use super::cells::Cells;
use super::cuts::Cut;
use super::levels::Levels;
use crate::model::TierIndex;
use crate::solve::transport::{
    self, Class, FORBIDDEN, Options, Rows, Slope, Solution, Terms, TooLarge, Tree, Weights,
};

/// What the lowest level counts in stages of leads: fine enough for prices in fractions of a lead.
const LEAD: i128 = 1 << 20;
/// What a unit of points counts.
const UNIT: i128 = 1 << 6;
/// By how much a tier outweighs the next, the greatest that fits.
const STEPS: [i128; 3] = [8, 4, 2];
/// What fits, with much to spare for the length of paths.
const FITS: i128 = 1 << 116;

/// Rows of which only some levels count.
struct Counted<'a> {
    rows: &'a dyn Rows,
    tiers: usize,
    points: bool,
}

impl Rows for Counted<'_> {
    fn classes(&self) -> usize {
        self.rows.classes()
    }
    fn leaves(&self) -> usize {
        self.rows.leaves()
    }
    fn supply(&self, class: Class) -> u32 {
        self.rows.supply(class)
    }
    fn tier(&self, class: Class) -> Option<TierIndex> {
        self.rows.tier(class).filter(|tier| tier.at() < self.tiers)
    }
    fn worth(&self, class: Class) -> i32 {
        if self.points { self.rows.worth(class) } else { 0 }
    }
    fn category(&self, class: Class) -> usize {
        self.rows.category(class)
    }
    fn row(&self, class: Class, out: &mut [i32]) {
        self.rows.row(class, out);
        if !self.points {
            let allowed = out.iter_mut().filter(|score| **score != FORBIDDEN);
            allowed.for_each(|score| *score = 0);
        }
    }
}

/// The problem with the levels up to one, the rest counting nothing.
///
/// For every deal that keeps the limits, and any weights and prices λ ≥ 0, the weighted sum of its levels is
/// at most what the best deal without limits is worth less what it pays, plus Σ λ·room: Lagrange's
/// bound. A deal that equals ours at all levels before the last counted can so be bounded at that one,
/// whether or not the weights are strict. They only decide how good the bound is.
pub(super) struct Stage<'a> {
    cells: &'a Cells<'a>,
    rows: Counted<'a>,
    tree: Tree,
    weights: Weights,
    /// What each level counts, up to the last counted.
    counts: Vec<i128>,
    tiers: usize,
}

impl<'a> Stage<'a> {
    /// Counts levels up to `last`: leads of so many tiers, then leads towards minimums, then points.
    ///
    /// `strict` are weights that keep the order of levels where nothing crosses.
    pub(super) fn new(
        rows: &'a dyn Rows,
        cells: &'a Cells<'a>,
        (last, tiers): (usize, usize),
        strict: &Weights,
    ) -> Self {
        let mut tree = cells.tree(None);
        let points = last > tiers;
        for node in &mut tree.nodes {
            node.fairness = Slope::FREE;
            if !points {
                node.balance = Slope::FREE;
            }
            if last < tiers {
                node.minimum = 0;
            }
        }
        let counted = tiers.min(last + 1);
        let (unit, minimum, lowest) = if points {
            let minimum = (strict.minimum / strict.unit + 1) * UNIT;
            let lowest = strict
                .tiers
                .last()
                .map_or(0, |tier| (tier / strict.unit + 1) * UNIT);
            (UNIT, minimum, lowest.max(2 * minimum))
        } else if last == tiers {
            (1, LEAD, 8 * LEAD)
        } else {
            (1, LEAD, LEAD)
        };
        let weights = Weights {
            tiers: tier_weights(counted, lowest, i128::try_from(tree.nodes.len()).unwrap_or(FITS)),
            minimum,
            unit,
        };
        let mut counts = weights.tiers.clone();
        counts.extend([weights.minimum, weights.unit]);
        counts.truncate(last + 1);
        Self {
            cells,
            rows: Counted {
                rows,
                tiers: counted,
                points,
            },
            tree,
            weights,
            counts,
            tiers,
        }
    }

    /// What a lead of each tier, one towards a minimum and a unit of points count; 0 where they do not.
    pub(super) fn weights(&self) -> Weights {
        let last = self.counts.len() - 1;
        Weights {
            tiers: self.weights.tiers.clone(),
            minimum: if last >= self.tiers {
                self.weights.minimum
            } else {
                0
            },
            unit: if last > self.tiers { self.weights.unit } else { 0 },
        }
    }

    /// The tree that a flow at prices is on.
    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// What the last counted level counts.
    pub(super) fn last_counts(&self) -> i128 {
        self.counts.last().copied().unwrap_or(UNIT)
    }

    /// At such a price of a limit no lead pays it.
    pub(super) fn widest(&self) -> i128 {
        let best = self.counts.iter().copied().max().unwrap_or(0);
        let points = if self.rows.points {
            self.weights.unit << 25
        } else {
            0
        };
        best.saturating_mul(4).saturating_add(points)
    }

    /// Finds the best flow at prices of limits, as a solution on the tree with cells and as a plane.
    pub(super) fn relax(&self, prices: &[i128], options: &Options<'_>) -> Result<(Solution, Cut), TooLarge> {
        let paid = |held: &Vec<usize>| held.iter().map(|&limit| prices[limit]).sum();
        let terms = Terms {
            weights: self.weights.clone(),
            tolls: self.cells.list.iter().map(|cell| paid(&cell.held)).collect(),
        };
        let solution = transport::solve_at(&self.rows, &self.tree, &terms, options)?;
        let own = (self.cells.tree, self.cells.own_loads(&solution));
        let levels = Levels::of(&self.rows, own, &solution, self.tiers);
        let unproven = solution.bound.points - solution.objective.points;
        let loads = self.cells.loads(&solution);
        let cut = Cut {
            value: self.value(&levels) + unproven * self.weights.unit,
            slack: (self.cells.limits.iter().zip(loads))
                .map(|(limit, load)| i128::from(limit.room) - i128::from(load))
                .collect(),
        };
        Ok((solution, cut))
    }

    /// The weighted sum of levels.
    pub(super) fn value(&self, levels: &Levels) -> i128 {
        self.counts
            .iter()
            .zip(&levels.0)
            .map(|(count, level)| count * level)
            .sum()
    }

    /// The most that the last counted level can be in a deal that equals another at all before, given a bound.
    pub(super) fn most(&self, bound: i128, deal: &Levels) -> i128 {
        let last = self.counts.len() - 1;
        let before = self.counts[..last]
            .iter()
            .zip(&deal.0)
            .map(|(count, level)| count * level);
        (bound - before.sum::<i128>()).div_euclid(self.counts[last])
    }

    /// A lead of a tier at most and units of points, packed.
    pub(super) fn packed(&self, (tier, units): (Option<usize>, i128)) -> i128 {
        tier.map_or(0, |tier| self.weights.tiers[tier]) + units * self.weights.unit
    }

    /// Prices of another stage as prices of this one: as many of the leads that this one counts last; whole
    /// ones where only leads of lower tiers and points are besides.
    pub(super) fn converted(&self, prices: &[i128], other: &Self) -> Vec<i128> {
        let (own, others) = (self.last_counts(), other.counts[self.counts.len() - 1]);
        let convert = |price: &i128| {
            let (whole, rest) = (price / others, price % others);
            let leads = |whole: i128| whole.saturating_mul(own);
            if rest <= others / 6 {
                leads(whole)
            } else if rest >= others - others / 6 {
                leads(whole + 1)
            } else {
                leads(whole).saturating_add(scaled(rest, own, others))
            }
        };
        prices.iter().map(convert).collect()
    }
}

/// A rest below `of`, as a share of `whole`.
fn scaled(rest: i128, whole: i128, of: i128) -> i128 {
    rest.checked_mul(whole)
        .map_or(rest / (of / whole).max(1), |product| product / of)
}

/// Weights of tiers, the best first: each some times the next, or in equal steps where that does not fit.
fn tier_weights(tiers: usize, lowest: i128, nodes: i128) -> Vec<i128> {
    let grown = |step: i128| {
        let next = |weight: &i128| weight.checked_mul(step);
        let mut weights: Vec<i128> = std::iter::successors(Some(lowest), next).take(tiers).collect();
        weights.reverse();
        let best = weights.first().copied().unwrap_or(0);
        let fits = best.checked_mul(nodes).is_some_and(|path| path < FITS);
        (weights.len() == tiers && fits).then_some(weights)
    };
    STEPS.into_iter().find_map(grown).unwrap_or_else(|| {
        let ranks = (1..=tiers).rev().map(|rank| i128::try_from(rank).unwrap_or(1));
        ranks.map(|rank| rank.saturating_mul(lowest)).collect()
    })
}
