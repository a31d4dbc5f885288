//! Categories: classes of leads that the same limits hold, and where each can go at all.

use super::Tally;
use crate::problem::Problem;
use crate::solve::transport::{Class, FORBIDDEN, Leaf, Rows};
use std::collections::HashMap;

/// The classes of a pass in categories, numbered by their first class; without a class there is one category
/// that nothing holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Categories {
    of: Vec<usize>,
    /// For each category the limits that hold it.
    holds: Vec<Vec<bool>>,
    supply: Vec<u64>,
}

impl Categories {
    /// Finds the categories of a pass. `O(classes × limits)`.
    pub fn of(problem: &Problem<'_>, tally: &Tally<'_>) -> Self {
        let key = |class: Class| -> Vec<bool> {
            let (lead, team) = (problem.classes().first(class), problem.lock(class));
            let limits = 0..tally.limits().len();
            limits.map(|limit| tally.counts(limit, lead, team)).collect()
        };
        let supplies = (0..problem.classes().len()).map(|class| problem.supply(class));
        Self::new((0..problem.classes().len()).map(key).zip(supplies))
    }

    /// Numbers what classes are held by, each with its leads.
    pub fn new(classes: impl Iterator<Item = (Vec<bool>, u32)>) -> Self {
        let mut numbers: HashMap<Vec<bool>, usize> = HashMap::new();
        let (mut of, mut holds, mut supply) = (Vec::new(), Vec::new(), Vec::new());
        for (key, leads) in classes {
            let next = numbers.len();
            let number = *numbers.entry(key.clone()).or_insert(next);
            if number == next {
                holds.push(key);
                supply.push(0);
            }
            supply[number] += u64::from(leads);
            of.push(number);
        }
        if holds.is_empty() {
            holds.push(Vec::new());
            supply.push(0);
        }
        Self { of, holds, supply }
    }

    /// How many categories there are.
    pub fn len(&self) -> usize {
        self.holds.len()
    }

    /// Tells whether there is none, which is never.
    pub fn is_empty(&self) -> bool {
        self.holds.is_empty()
    }

    /// The category of a class.
    pub fn category(&self, class: Class) -> usize {
        self.of[class]
    }

    /// For each category whether a limit holds it.
    pub fn cells(&self, limit: usize) -> Vec<bool> {
        let holds = self.holds.iter().map(|holds| holds.get(limit).copied());
        holds.map(|held| held.unwrap_or(false)).collect()
    }

    /// The leads of a category.
    pub fn supply(&self, category: usize) -> u64 {
        self.supply[category]
    }

    /// The leads of the marked categories.
    pub fn leads(&self, cells: &[bool]) -> u64 {
        let marked = self.supply.iter().zip(cells).filter(|(_, cell)| **cell);
        marked.map(|(supply, _)| supply).sum()
    }

    /// Looks at every row for where the leads of each category can go. `O(classes × leaves)`, less where a
    /// category can go everywhere.
    pub fn reach(&self, rows: &dyn Rows) -> Reach {
        let leaves = rows.leaves();
        let mut cells = vec![vec![false; leaves]; self.len()];
        let mut missing = vec![leaves; self.len()];
        let mut row = vec![FORBIDDEN; leaves];
        for (class, &category) in self.of.iter().enumerate() {
            if missing[category] == 0 {
                continue;
            }
            rows.row(class, &mut row);
            for (cell, &score) in cells[category].iter_mut().zip(&row) {
                if score != FORBIDDEN && !*cell {
                    *cell = true;
                    missing[category] -= 1;
                }
            }
        }
        Reach { leaves, cells }
    }
}

/// For each category and leaf whether any lead can go there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// How many leaves there are.
    pub leaves: usize,
    /// By category, then leaf.
    pub cells: Vec<Vec<bool>>,
}

impl Reach {
    /// Tells whether any lead of a category can go to a leaf.
    pub fn has(&self, category: usize, leaf: Leaf) -> bool {
        self.cells[category][leaf]
    }
}
