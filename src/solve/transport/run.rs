//! The way through a problem: sample after sample, then the whole, then the proof.

use super::columns::{Choice, Columns};
use super::level::Level;
use super::network::Network;
use super::newton::Newton;
use super::number::Number;
use super::packing::Packing;
use super::potentials::Arcs;
use super::pricing::{self, AllMoves, Checked};
use super::screen::Screen;
use super::single::{self, Single};
use super::start::Width;
use super::sweeps::Sweeps;
use super::value::Wide;
use super::{Class, FORBIDDEN, Leaf, Rows, Solution, Tree, start, value};
use std::sync::atomic::{AtomicU64, Ordering};

/// A problem with its packing and the means to solve it.
pub(super) struct Run<'a> {
    pub(super) rows: &'a dyn Rows,
    pub(super) tree: &'a Tree,
    pub(super) packing: Packing,
    pub(super) threads: usize,
    pub(super) progress: &'a (dyn Fn(f64) + Sync),
    /// The most that was told, as the bits of a number.
    pub(super) told: AtomicU64,
}

/// A level solved to the end.
pub(super) struct Settled<N> {
    pub(super) columns: Columns,
    pub(super) flow: Vec<u32>,
    pub(super) prices: Vec<N>,
    pub(super) used: Vec<u32>,
    /// What all leads are worth at the prices.
    pub(super) worth: Wide,
    pub(super) moves: AllMoves,
    /// How many leaves members had to be tried with.
    width: Width,
}

/// What the next finer level is told.
struct Known<N> {
    prices: Vec<N>,
    used: Vec<u32>,
    /// How far prices moved on this level, in units: most of them less.
    moved: i32,
    /// How far half of the prices are likely to be wrong, in units.
    wrong: i32,
    width: Width,
}

impl Run<'_> {
    /// Solves it, the packed values in the type given.
    pub(super) fn solve<N: Number>(&self) -> Solution {
        let level: Level<'_, N> = Level::sample(self.rows, self.tree, &self.packing, 1);
        let settled = match single::solve(&level) {
            Some(single) => self.settle(&level, None, Some(single)),
            None => self.settle(&level, self.samples().as_ref(), None),
        };
        let solution = self.finish(&level, &settled);
        (self.progress)(1.0);
        solution
    }

    /// Solves the samples; there may be none.
    fn samples<N: Number>(&self) -> Option<Known<N>> {
        let strides = start::strides(self.rows);
        let mut known: Option<Known<N>> = None;
        for &stride in &strides[..strides.len() - 1] {
            let level = Level::sample(self.rows, self.tree, &self.packing, stride);
            let settled = self.settle(&level, known.as_ref(), None);
            known = Some(self.learn(&settled, known.as_ref()));
        }
        known
    }

    /// Says how much of a level is done, from 0 to 1: its work is in proportion to its leads, of which the
    /// samples before had a quarter; the proof takes the last tenth of all.
    #[expect(clippy::cast_precision_loss, reason = "progress is a rough number")]
    fn tell(&self, done: f64, stride: u64) {
        let quarter = 1.0 / start::RATIO as f64;
        let done = 0.9 * (quarter + (1.0 - quarter) * done) / stride as f64;
        // A level that begins anew does not take back what was told; floats from 0 on sort as their bits.
        if self.told.fetch_max(done.to_bits(), Ordering::Relaxed) <= done.to_bits() {
            (self.progress)(done);
        }
    }

    fn learn<N: Number>(&self, settled: &Settled<N>, before: Option<&Known<N>>) -> Known<N> {
        let unit = N::of(self.packing.unit);
        let (moved, wrong) = before.map_or((i32::MAX, i32::MAX), |before| {
            let moved = |(&old, &new): (&N, &N)| {
                let within = self.packing.within_tier((new - old).wide());
                N::of(within.abs()).in_units(unit)
            };
            let mut moved: Vec<i32> = before.prices.iter().zip(&settled.prices).map(moved).collect();
            let most = start::quantile(&mut moved, 98, 100);
            let usual = start::quantile(&mut moved, 1, 2);
            (most.saturating_add(most / 2), usual.saturating_mul(2))
        });
        Known {
            prices: settled.prices.clone(),
            used: settled.used.clone(),
            moved,
            wrong,
            width: settled.width,
        }
    }

    /// Chooses the columns and the prices to start from, given the next coarser level.
    fn begin<N: Number>(
        &self,
        level: &Level<'_, N>,
        known: Option<&Known<N>>,
        width: Width,
    ) -> (Columns, Vec<N>) {
        let Some(known) = known else {
            return self.begin_unknown(level);
        };
        let mut prices = known.prices.clone();
        let in_proportion = |&node: &usize| u64::from(known.used[node]) * start::RATIO;
        let mut expected = vec![0u64; level.leaves()];
        for entry in &self.tree.entry {
            for (expected, used) in expected.iter_mut().zip(entry.iter().map(in_proportion)) {
                *expected += used;
            }
        }
        let columns = self.choose(level, &prices, &expected, width, known.moved);
        if self.tree.is_flat() {
            Newton::new(level, &columns, self.threads).improve(&mut prices, known.wrong);
        }
        (columns, prices)
    }

    /// Chooses the columns at prices of which most have `moved` less lately, if that is known.
    fn choose<N: Number>(
        &self,
        level: &Level<'_, N>,
        prices: &[N],
        expected: &[u64],
        width: Width,
        moved: i32,
    ) -> Columns {
        let plain = Screen::new(level, prices, &vec![0; level.leaves()]);
        let (slack, usual) = start::slack(level, &plain, expected, width, moved);
        let choice = Choice {
            screen: &Screen::new(level, prices, &slack),
            width: Some(width),
            usual,
        };
        Columns::choose(level, &choice, self.threads, &|done| {
            self.tell(0.5 * done, level.stride);
        })
    }

    /// Chooses columns and prices where no price is known: all leaves, if the level is a small sample.
    fn begin_unknown<N: Number>(&self, level: &Level<'_, N>) -> (Columns, Vec<N>) {
        let mut prices = vec![N::ZERO; level.ground()];
        let choice = Choice {
            screen: &Screen::new(level, &prices, &vec![0; level.leaves()]),
            width: None,
            usual: 1,
        };
        let columns = Columns::choose(level, &choice, self.threads, &|_| ());
        if self.tree.is_flat() {
            let mut sweeps = Sweeps::new(level, &columns);
            prices.fill(sweeps.common_price());
            sweeps.run(&mut prices, start::SWEEPS_UNKNOWN);
        }
        if level.leaves() <= start::FEW_LEAVES {
            return (columns, prices);
        }
        let room = |&node: &usize| u64::from(level.places[node].room);
        let expected: Vec<u64> = self.tree.entry[0].iter().map(room).collect();
        (
            self.choose(level, &prices, &expected, Width::UNKNOWN, i32::MAX),
            prices,
        )
    }

    /// Solves a level, given the next coarser one, or checks what is taken to be its solution.
    ///
    /// Where the check finds that prices moved too far for the columns chosen, it begins anew with more.
    fn settle<N: Number>(
        &self,
        level: &Level<'_, N>,
        known: Option<&Known<N>>,
        single: Option<Single<N>>,
    ) -> Settled<N> {
        let mut width = known.map_or(Width::KNOWN, |known| known.width.of_next());
        let (mut columns, mut prices, mut before) = if let Some(single) = single {
            (single.columns, single.prices, Some(single.flow))
        } else {
            let (columns, prices) = self.begin(level, known, width);
            (columns, prices, None)
        };
        self.tell(0.6, level.stride);
        let mut most = start::ADDED;
        loop {
            let mut network = Network::start(level, &columns, &prices, before.as_deref());
            network.settle();
            let checked = pricing::check(&network, most, level.stride == 1, self.threads, &|done| {
                self.tell(0.65 + 0.35 * done, level.stride);
            });
            let Network {
                flow, price, used, ..
            } = network;
            prices = price;
            prices.truncate(level.ground());
            match checked {
                Checked::Optimal(worth, moves) => {
                    return Settled {
                        columns,
                        flow,
                        prices,
                        used,
                        worth,
                        moves,
                        width,
                    };
                }
                Checked::Worth(found)
                    if known.is_some()
                        && found.len() > level.members() / 8
                        && width.fewest < level.leaves() =>
                {
                    width = width.widened();
                    width.needed |= known.is_some_and(|known| known.width.fewest >= width.fewest);
                    (columns, prices) = self.begin(level, known, width);
                    before = None;
                }
                Checked::Worth(found) => {
                    let (wider, carried) = columns.with(&found, &flow);
                    (columns, before) = (wider, Some(carried));
                    most = most.saturating_mul(2);
                }
            }
        }
    }

    /// Makes the solution of the whole, settled.
    fn finish<N: Number>(&self, level: &Level<'_, N>, settled: &Settled<N>) -> Solution {
        let flow = flow(level, settled);
        let (objective, loads) = value::objective(level, &self.packing, settled);
        let gap = value::gap(level, settled);
        debug_assert_eq!(gap, 0, "an optimal flow is worth what its prices are");
        let mut bound = objective.clone();
        bound.points += gap;
        let arcs = Arcs::of(level, settled);
        let (least, greatest) = (arcs.least(), arcs.greatest());
        let own = |node: usize| {
            let above = level.above(node);
            least[node] - least.get(above).copied().unwrap_or(N::ZERO)
        };
        let levels = |potential: N| self.packing.potential(potential.wide());
        let price = |&node: &usize| {
            let next = level.places[node].cost(settled.used[node].saturating_add(1));
            levels((own(node) - next).max(N::ZERO))
        };
        // Where a rep has nodes for several categories, the last entered stands for the rep.
        let of_rep = &self.tree.entry[self.tree.entry.len() - 1];
        Solution {
            flow,
            potentials: of_rep.iter().map(|&node| levels(least[node])).collect(),
            greatest: (of_rep.iter()).map(|&node| greatest[node].map(levels)).collect(),
            prices: of_rep.iter().map(price).collect(),
            objective,
            bound,
            nodes: (0..level.ground()).map(|node| own(node).wide()).collect(),
            loads,
            weights: self.packing.weights(),
        }
    }
}

/// The leads that are not left out, by class and leaf.
fn flow<N: Number>(level: &Level<'_, N>, settled: &Settled<N>) -> Vec<(Class, Leaf, u32)> {
    let columns = &settled.columns;
    let leaf_of = level.leaf_of_nodes();
    let mut flow = Vec::new();
    for (member, &class) in level.classes.iter().enumerate() {
        let start = flow.len();
        for column in columns.of(member) {
            if settled.flow[column] > 0 && columns.score[column] != FORBIDDEN {
                let leaf = leaf_of[columns.node[column] as usize] as usize;
                flow.push((class as usize, leaf, settled.flow[column]));
            }
        }
        flow[start..].sort_unstable_by_key(|&(_, leaf, _)| leaf);
    }
    flow
}
