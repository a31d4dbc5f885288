//! The way through a problem: sample after sample, then the whole, then the proof.

use super::columns::{Choice, Columns};
use super::level::Level;
use super::network::Network;
use super::number::Number;
use super::packing::Packing;
use super::pricing::{self, AllMoves, Checked};
use super::sweeps::Sweeps;
use super::{Class, Leaf, Rows, Solution, Tree, potentials, start, value};

/// A problem with its packing and the means to solve it.
pub(super) struct Run<'a> {
    pub(super) rows: &'a dyn Rows,
    pub(super) tree: &'a Tree,
    pub(super) packing: Packing,
    pub(super) threads: usize,
    pub(super) progress: &'a (dyn Fn(f64) + Sync),
}

/// A level solved to the end.
pub(super) struct Settled<N> {
    pub(super) columns: Columns,
    pub(super) flow: Vec<u32>,
    pub(super) prices: Vec<N>,
    pub(super) used: Vec<u32>,
    pub(super) moves: AllMoves,
}

impl Run<'_> {
    /// Solves it, the packed values in the type given.
    pub(super) fn solve<N: Number>(&self) -> Solution {
        let strides = start::strides(self.rows);
        let mut known: Option<Settled<N>> = None;
        for &stride in &strides {
            let level = Level::sample(self.rows, self.tree, &self.packing, stride);
            let settled = self.settle(&level, known.as_ref());
            known = Some(settled);
            self.tell(0.9, stride);
        }
        let settled = known.expect("the last level is the whole");
        let level = Level::sample(self.rows, self.tree, &self.packing, 1);
        let solution = self.finish(&level, &settled);
        self.tell(1.0, 1);
        solution
    }

    /// Says how much is done: work is in proportion to the leads of a level.
    #[expect(clippy::cast_precision_loss, reason = "progress is a rough number")]
    fn tell(&self, done: f64, stride: u64) {
        (self.progress)(done / stride as f64);
    }

    /// Chooses the columns and the prices to start from, given the next coarser level.
    fn begin<N: Number>(&self, level: &Level<'_, N>, known: Option<&Settled<N>>) -> (Columns, Vec<N>) {
        let leaves = level.leaves();
        let mut prices = known.map_or_else(|| vec![N::ZERO; leaves], |known| known.prices.clone());
        let (best, slack) = match known {
            None => (start::BEST_UNKNOWN, vec![N::ZERO; leaves]),
            Some(known) => {
                let in_proportion = |&used: &u32| u64::from(used) * start::RATIO;
                let expected: Vec<u64> = known.used.iter().map(in_proportion).collect();
                (start::BEST, start::slack(level, &prices, &expected))
            }
        };
        let choice = Choice {
            best,
            prices: &prices,
            slack: &slack,
        };
        let columns = Columns::choose(level, &choice, self.threads);
        let mut sweeps = Sweeps::new(level, &columns);
        if known.is_some() {
            sweeps.run(&mut prices, start::SWEEPS);
        } else {
            prices.fill(sweeps.common_price());
            sweeps.run(&mut prices, start::SWEEPS_UNKNOWN);
        }
        (columns, prices)
    }

    /// Solves a level, given the next coarser one.
    fn settle<N: Number>(&self, level: &Level<'_, N>, known: Option<&Settled<N>>) -> Settled<N> {
        let leaves = level.leaves();
        let (mut columns, mut prices) = self.begin(level, known);
        self.tell(0.5, level.stride);
        let mut before: Option<Vec<u32>> = None;
        let mut most = start::BEST;
        loop {
            let mut network = Network::start(level, &columns, &prices, before.as_deref());
            network.settle();
            let checked = pricing::check(&network, most, level.stride == 1, self.threads);
            let Network {
                flow, price, used, ..
            } = network;
            prices = price;
            prices.truncate(leaves);
            match checked {
                Checked::Optimal(moves) => {
                    return Settled {
                        columns,
                        flow,
                        prices,
                        used,
                        moves,
                    };
                }
                Checked::Worth(found) => {
                    let (wider, carried) = columns.with(&found, &flow, level.ground());
                    (columns, before) = (wider, Some(carried));
                    most = most.saturating_mul(2);
                }
            }
        }
    }

    /// Makes the solution of the whole, settled.
    fn finish<N: Number>(&self, level: &Level<'_, N>, settled: &Settled<N>) -> Solution {
        let flow = flow(level, settled);
        let least = potentials::least(level, self.tree, settled);
        let objective = value::objective(self.tree, self.rows, &self.packing, &flow);
        let bound = value::bound(
            level,
            self.tree,
            &self.packing,
            &least,
            &settled.used,
            self.threads,
        );
        debug_assert_eq!(
            objective, bound,
            "an optimal flow is worth what its potentials are"
        );
        let next = |leaf: Leaf| level.places[leaf].cost(settled.used[leaf].saturating_add(1));
        let levels = |potential: N| self.packing.potential(potential.wide());
        let price = |(leaf, &potential): (Leaf, &N)| {
            let price = (potential - next(leaf)).max(N::ZERO);
            levels(price)
        };
        let greatest = potentials::greatest(level, self.tree, settled);
        Solution {
            flow,
            potentials: least.iter().copied().map(levels).collect(),
            greatest: (greatest.into_iter())
                .map(|potential| potential.map(levels))
                .collect(),
            prices: least.iter().enumerate().map(price).collect(),
            objective,
            bound,
        }
    }
}

/// The leads that are not at the ground, by class and leaf.
fn flow<N: Number>(level: &Level<'_, N>, settled: &Settled<N>) -> Vec<(Class, Leaf, u32)> {
    let columns = &settled.columns;
    let mut flow = Vec::new();
    for (member, &class) in level.classes.iter().enumerate() {
        for column in columns.of(member) {
            let leaf = columns.leaf[column] as usize;
            if settled.flow[column] > 0 && leaf != level.ground() {
                flow.push((class, leaf, settled.flow[column]));
            }
        }
    }
    flow
}
