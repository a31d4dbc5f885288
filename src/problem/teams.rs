//! Teams as leaves: a team scores as its best eligible member.

use super::pass::Problem;
use crate::model::{Reps, TeamIndex, TierIndex};
use crate::solve::transport::{Class, FORBIDDEN, Leaf, Rows};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// The teams of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Teams {
    /// Their names in order of the alphabet.
    pub names: Vec<String>,
    /// The team of each rep, in the order of the roster.
    pub of: Vec<Option<TeamIndex>>,
}

impl Teams {
    /// Finds the teams of a roster.
    pub fn new(reps: &Reps) -> Self {
        let names: BTreeSet<&str> = reps.list.iter().map(|rep| rep.team.as_str()).collect();
        let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
        Self {
            of: reps
                .list
                .iter()
                .map(|rep| names.binary_search(&rep.team.as_str()).ok().map(TeamIndex::new))
                .collect(),
            names: names.into_iter().map(String::from).collect(),
        }
    }
}

/// The lead side of a pass whose leaves are teams, in the order of their first member's id.
#[derive(Debug)]
pub struct TeamRows<'a> {
    problem: &'a Problem<'a>,
    teams: Vec<TeamIndex>,
    /// For each rep of the pass its team's leaf.
    leaves: Vec<Option<Leaf>>,
}

impl<'a> TeamRows<'a> {
    /// Groups the reps of a pass by team; reps without one are in none.
    pub fn new(problem: &'a Problem<'a>, of: &[Option<TeamIndex>]) -> Self {
        let mut teams = Vec::new();
        let leaves = problem
            .reps()
            .iter()
            .map(|rep| {
                of[rep.at()].map(|team| {
                    teams.iter().position(|&known| known == team).unwrap_or_else(|| {
                        teams.push(team);
                        teams.len() - 1
                    })
                })
            })
            .collect();
        Self {
            problem,
            teams,
            leaves,
        }
    }

    /// The teams: the leaves.
    pub fn teams(&self) -> &[TeamIndex] {
        &self.teams
    }

    /// The team's leaf of each rep of the pass; `None` without a team.
    pub fn leaves_of_reps(&self) -> &[Option<Leaf>] {
        &self.leaves
    }

    /// The best score of each team's members in a row of the pass's reps.
    pub fn best(&self, scores: &[i32], out: &mut [i32]) {
        out.fill(FORBIDDEN);
        for (&score, leaf) in scores.iter().zip(&self.leaves) {
            if let Some(leaf) = leaf {
                out[*leaf] = out[*leaf].max(score);
            }
        }
    }
}

impl Rows for TeamRows<'_> {
    fn classes(&self) -> usize {
        self.problem.classes().len()
    }

    fn leaves(&self) -> usize {
        self.teams.len()
    }

    fn supply(&self, class: Class) -> u32 {
        self.problem.supply(class)
    }

    fn tier(&self, class: Class) -> Option<TierIndex> {
        self.problem.tier(class)
    }

    fn row(&self, class: Class, out: &mut [i32]) {
        thread_local! {
            /// Memory for a row of reps, used again for the next.
            static SCORES: RefCell<Vec<i32>> = const { RefCell::new(Vec::new()) };
        }
        SCORES.with_borrow_mut(|scores| {
            scores.resize(self.problem.reps().len(), FORBIDDEN);
            self.problem.row(class, scores);
            self.best(scores, out);
        });
    }
}
