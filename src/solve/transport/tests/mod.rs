//! The solver against brute force, another solver, published instances and its own proof.

mod duals;
mod nested;
mod oracle;
mod published;
mod shapes;

use super::{Class, FORBIDDEN, Leaf, Node, Options, Rows, Slope, Solution, TooLarge, Tree, solve};
use crate::model::{Potential, TierIndex, Totals};
use proptest::prelude::*;

/// A problem with its matrix written out.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    supply: Vec<u32>,
    tier: Vec<u8>,
    scores: Vec<Vec<i32>>,
    pub(super) tree: Tree,
}

impl Rows for Problem {
    fn classes(&self) -> usize {
        self.supply.len()
    }
    fn leaves(&self) -> usize {
        self.tree.nodes.len()
    }
    fn supply(&self, class: Class) -> u32 {
        self.supply[class]
    }
    fn tier(&self, class: Class) -> Option<TierIndex> {
        Some(TierIndex(self.tier[class]))
    }
    fn row(&self, class: Class, out: &mut [i32]) {
        out.copy_from_slice(&self.scores[class]);
    }
}

/// Levels as a vector that compares in the strict order: leads by tier, points less balance, less fairness.
type Levels = Vec<i128>;

impl Problem {
    fn solve(&self) -> Solution {
        self.solve_with(1).expect("small")
    }

    fn solve_with(&self, threads: usize) -> Result<Solution, TooLarge> {
        solve(
            self,
            &self.tree,
            &Options {
                threads,
                progress: &|_| (),
            },
        )
    }

    fn tiers(&self) -> usize {
        self.tier
            .iter()
            .map(|&tier| usize::from(tier) + 1)
            .max()
            .unwrap_or(0)
    }

    fn nothing(&self) -> Levels {
        vec![0; self.tiers() + 2]
    }

    /// What one lead of a class brings at a leaf.
    fn gain(&self, class: Class, leaf: Leaf) -> Option<Levels> {
        let score = self.scores[class][leaf];
        (score != FORBIDDEN).then(|| {
            let mut levels = self.nothing();
            levels[usize::from(self.tier[class])] = 1;
            levels[self.tiers()] = score.into();
            levels
        })
    }

    /// What a leaf's k-th lead costs, as a loss.
    fn cost(&self, leaf: Leaf, k: u64) -> Levels {
        let cost = |slope: &Slope| {
            let odd = 2 * (i128::from(slope.start) + i128::from(k)) - 1;
            i128::from(slope.offset)
                + (i128::from(slope.numerator) * odd).div_euclid(slope.denominator.into())
        };
        let mut levels = self.nothing();
        levels[self.tiers()] = -cost(&self.tree.nodes[leaf].balance);
        levels[self.tiers() + 1] = -cost(&self.tree.nodes[leaf].fairness);
        levels
    }

    fn levels(&self, totals: &Totals) -> Levels {
        let mut levels: Levels = totals.assigned.iter().map(|&leads| leads.into()).collect();
        levels.resize(self.tiers(), 0);
        levels.push(totals.points - totals.balance);
        levels.push(-totals.fairness);
        levels
    }

    fn potential(&self, potential: &Potential) -> Levels {
        let mut levels = self.nothing();
        if let Some(tier) = potential.tier {
            levels[tier.at()] = 1;
        }
        levels[self.tiers()] = potential.points.0.into();
        levels[self.tiers() + 1] = potential.fairness.into();
        levels
    }

    /// Leads of each class at each leaf and, last, at none; checks that the flow is possible.
    fn table(&self, solution: &Solution) -> Vec<Vec<u32>> {
        let mut table: Vec<Vec<u32>> = self
            .supply
            .iter()
            .map(|&s| [vec![0; self.leaves()], vec![s]].concat())
            .collect();
        for &(class, leaf, count) in &solution.flow {
            assert!(count > 0 && self.scores[class][leaf] != FORBIDDEN);
            table[class][leaf] += count;
            table[class][self.leaves()] -= count;
        }
        for (leaf, node) in self.tree.nodes.iter().enumerate() {
            assert!(table.iter().map(|row| u64::from(row[leaf])).sum::<u64>() <= node.room.into());
        }
        table
    }

    /// The value of a table of leads.
    fn value(&self, table: &[Vec<u32>]) -> Levels {
        let mut sum = self.nothing();
        for leaf in 0..self.leaves() {
            let mut load = 0u64;
            for (class, row) in table.iter().enumerate().filter(|(_, row)| row[leaf] > 0) {
                let gain = self.gain(class, leaf).expect("eligible");
                sum = plus(&sum, &times(&gain, row[leaf].into()));
                load += u64::from(row[leaf]);
            }
            for k in 1..=load {
                sum = plus(&sum, &self.cost(leaf, k));
            }
        }
        sum
    }
}

fn plus(one: &Levels, other: &Levels) -> Levels {
    one.iter().zip(other).map(|(a, b)| a + b).collect()
}

fn times(one: &Levels, count: i128) -> Levels {
    one.iter().map(|a| a * count).collect()
}

fn minus(one: &Levels, other: &Levels) -> Levels {
    plus(one, &times(other, -1))
}

pub(super) fn slope(numerator: i64, denominator: i64, start: u64) -> Slope {
    Slope {
        numerator,
        denominator,
        start,
        offset: 0,
    }
}

pub(super) fn leaf(room: u32, balance: Slope, fairness: Slope) -> Node {
    Node {
        balance,
        fairness,
        ..Node::with_room(room)
    }
}

/// Nodes without costs.
fn plain(rooms: &[u32]) -> Tree {
    Tree::flat(rooms.iter().map(|&room| Node::with_room(room)).collect())
}

/// Leads of one tier, one of each class, with scores made by a function of class and leaf.
pub(super) fn problem(leads: usize, rooms: &[u32], score: impl Fn(usize, usize) -> i32) -> Problem {
    let row = |class| (0..rooms.len()).map(|leaf| score(class, leaf)).collect();
    Problem {
        supply: vec![1; leads],
        tier: vec![0; leads],
        scores: (0..leads).map(row).collect(),
        tree: plain(rooms),
    }
}

/// Random problems: so many classes and leaves at most, supplies and rooms at most.
fn problems(
    classes: std::ops::RangeInclusive<usize>,
    leaves: std::ops::RangeInclusive<usize>,
    supply: u32,
    room: u32,
) -> impl Strategy<Value = Problem> {
    // Few distinct scores make ties; the greatest ones make tiers matter.
    let score = prop_oneof![
        2 => (0..6i32).prop_map(|score| score * 200_000),
        3 => 0..=1_000_000i32,
        2 => Just(FORBIDDEN),
        1 => Just(500_000),
    ];
    let steep = |most: i64| prop_oneof![Just(0), 1..most, Just(most)];
    let node = (
        0..=room,
        steep(900_000),
        1..6i64,
        0..4u64,
        steep(5000),
        1..4i64,
        0..9u64,
        prop_oneof![3 => Just(0), 1 => 1..20_000i64],
    )
        .prop_map(|(room, balance, share, open, fairness, weight, served, offset)| {
            let fairness = Slope {
                offset,
                ..slope(fairness, weight * 2, served)
            };
            leaf(room, slope(balance, share * 2, open), fairness)
        });
    (classes, leaves).prop_flat_map(move |(classes, leaves)| {
        (
            prop::collection::vec(0..=supply, classes),
            prop::collection::vec(0..3u8, classes),
            prop::collection::vec(prop::collection::vec(score.clone(), leaves), classes),
            prop::collection::vec(node.clone(), leaves),
        )
            .prop_map(|(supply, tier, scores, nodes)| Problem {
                supply,
                tier,
                scores,
                tree: Tree::flat(nodes),
            })
    })
}
