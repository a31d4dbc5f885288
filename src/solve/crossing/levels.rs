//! What a deal is worth level by level, and the first level that a bound leaves open.

use crate::model::TierIndex;
use crate::solve::transport::{Rows, Solution, Tree};

/// A level of the objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Leads assigned of a tier.
    Tier(TierIndex),
    /// Leads towards minimums.
    Minimums,
    /// Points and worths, less balance, in units.
    Points,
    /// Fairness, in fairness units.
    Fairness,
}

/// The first level at which a deal is not proven best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The level; all before it are proven.
    pub level: Level,
    /// By how much a deal might be better there at most, in the level's own units; more than 0.
    pub at_most: i128,
}

/// What a deal is worth: leads by tier, leads towards minimums, units of points less balance, and
/// fairness units as a loss. Compares as deals do.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Levels(pub(super) Vec<i128>);

impl Levels {
    /// Adds up what a solution is worth, given the loads of the tree's own nodes.
    pub(super) fn of(
        rows: &dyn Rows,
        (tree, loads): (&Tree, &[u64]),
        solution: &Solution,
        tiers: usize,
    ) -> Self {
        let objective = &solution.objective;
        let mut levels: Vec<i128> = objective.assigned.iter().map(|&leads| leads.into()).collect();
        levels.resize(tiers, 0);
        let worths = (solution.flow.iter())
            .map(|&(class, _, count)| i128::from(rows.worth(class)) * i128::from(count));
        let towards = tree.nodes.iter().zip(loads);
        let towards = towards.map(|(node, &load)| load.min(u64::from(node.minimum)));
        levels.push(towards.sum::<u64>().into());
        levels.push(objective.points + worths.sum::<i128>() - objective.balance);
        levels.push(-objective.fairness);
        Self(levels)
    }

    /// How many levels come before fairness.
    pub(super) fn before_fairness(&self) -> usize {
        self.0.len() - 1
    }

    /// The level at a position.
    pub(super) fn level(&self, at: usize) -> Level {
        match self.0.len() - at {
            1 => Level::Fairness,
            2 => Level::Points,
            3 => Level::Minimums,
            _ => Level::Tier(TierIndex::new(at)),
        }
    }
}
