//! Prices as whole units in 32 bits, so that a pass over rows is a few instructions a pair.
//!
//! Prices differ by a few scores where leaves compete, and by a tier where they do not: a leaf that is dearer by
//! more than any score never wins a lead from a cheaper one. So the leaves are looked at in layers of
//! similar prices, the cheapest layer first, each with numbers of its own that fit 32 bits; what is
//! too cheap or too dear for a layer is clamped beyond everything in it.

use super::FORBIDDEN;
use super::level::{Level, narrow};
use super::number::Number;

/// Prices of a layer spread over fewer units than this.
const SPREAD: i32 = 1 << 27;
/// What is farther from a layer than this is clamped to it.
pub(super) const CLAMP: i32 = 1 << 28;
/// A slack that keeps a leaf for every lead that may go there.
pub(super) const ALWAYS: i32 = 1 << 29;
/// Below this no leaf of a layer is worth anything: the lead may go to none of them.
const NOTHING: i32 = -(SPREAD + (1 << 20));
/// Pairs looked at together.
const BLOCK: usize = 64;
/// Pairs of a block looked at together where it holds something.
const PART: usize = 8;

/// Leaves of similar prices, and all others clamped.
pub(super) struct Layer<N> {
    /// The price that counts 0.
    base: N,
    /// The price of each leaf above the base, rounded down.
    units: Vec<i32>,
    /// The same less each leaf's slack.
    loose: Vec<i32>,
}

/// The prices of all leaves for each category.
pub(super) struct Screen<N> {
    categories: Vec<Vec<Layer<N>>>,
    unit: N,
}

/// Rows are filled up to whole blocks by [`empty_row`].
impl<N: Number> Screen<N> {
    /// Makes the layers of prices, which are by node; with the slack of each leaf in units.
    pub(super) fn new(level: &Level<'_, N>, prices: &[N], slack: &[i32]) -> Self {
        let unit = level.scale.unit;
        let layers = |entry: &Vec<usize>| {
            let leaves: Vec<N> = entry.iter().map(|&node| prices[node]).collect();
            layers(&leaves, slack, unit)
        };
        Self {
            categories: level.tree.entry.iter().map(layers).collect(),
            unit,
        }
    }

    /// The layer in which a row of scores has its greatest value, that value in units above the
    /// layer's base, and a survey of the row; none where the lead may go nowhere.
    pub(super) fn top(&self, category: usize, row: &[i32], survey: &mut Survey) -> Option<(&Layer<N>, i32)> {
        (self.categories[category].iter())
            .map(|layer| (layer, layer.survey(row, survey)))
            .find(|&(_, top)| top > NOTHING)
    }

    /// Tells whether some leaf may be worth more than `value`, packed and without what the lead
    /// brings anywhere; never misses one that is.
    pub(super) fn may_exceed(&self, category: usize, row: &[i32], value: N) -> bool {
        // Only prices below this matter.
        let dearest = self.unit * N::units(1_000_000) - value;
        let layers = &self.categories[category];
        let at = layers.partition_point(|layer| layer.base <= dearest);
        let Some(layer) = layers.get(at.saturating_sub(1)) else {
            return false;
        };
        let bar = (value + layer.base).in_units(self.unit).clamp(-CLAMP, CLAMP - 1);
        let blocks = row
            .as_chunks::<BLOCK>()
            .0
            .iter()
            .zip(layer.units.as_chunks::<BLOCK>().0);
        let top = blocks.fold(i32::MIN, |top, (row, units)| top.max(greatest(row, units)));
        top > bar
    }
}

/// The greatest values of a row, block by block: without the leaves' slack, and with it.
#[derive(Default)]
pub(super) struct Survey {
    plain: Vec<i32>,
    loose: Vec<i32>,
}

impl<N: Number> Layer<N> {
    /// Looks at a row, block by block.
    fn survey(&self, row: &[i32], survey: &mut Survey) -> i32 {
        survey.plain.clear();
        survey.loose.clear();
        let mut top = i32::MIN;
        let (units, loose) = (
            self.units.as_chunks::<BLOCK>().0,
            self.loose.as_chunks::<BLOCK>().0,
        );
        for ((row, units), loose) in row.as_chunks::<BLOCK>().0.iter().zip(units).zip(loose) {
            let plain = greatest(row, units);
            survey.plain.push(plain);
            survey.loose.push(greatest(row, loose));
            top = top.max(plain);
        }
        top
    }

    /// Appends the leaves whose value, their slack added, is at least `bar`, in order.
    pub(super) fn within(&self, row: &[i32], survey: &Survey, bar: i32, hits: &mut Vec<u32>) {
        collect(row, &self.loose, &survey.loose, bar, hits);
    }

    /// Appends the leaves whose value alone is at least `bar`, in order.
    pub(super) fn best(&self, row: &[i32], survey: &Survey, bar: i32, hits: &mut Vec<u32>) {
        collect(row, &self.units, &survey.plain, bar, hits);
    }

    /// The value of a leaf with a score.
    pub(super) fn value(&self, leaf: usize, score: i32) -> i32 {
        score - self.units[leaf]
    }

    /// The value of a leaf with a score, its slack added.
    pub(super) fn loose_value(&self, leaf: usize, score: i32) -> i32 {
        score - self.loose[leaf]
    }
}

fn collect(row: &[i32], prices: &[i32], tops: &[i32], bar: i32, hits: &mut Vec<u32>) {
    let rows = row.as_chunks::<BLOCK>().0.iter();
    let blocks = rows.zip(prices.as_chunks::<BLOCK>().0).zip(tops).enumerate();
    for (block, ((row, prices), _)) in blocks.filter(|&(_, (_, &top))| top >= bar) {
        let parts = row.as_chunks::<PART>().0.iter().zip(prices.as_chunks::<PART>().0);
        for (part, (row, prices)) in parts.enumerate() {
            let mut any = false;
            for at in 0..PART {
                any |= row[at] - prices[at] >= bar;
            }
            if any {
                let hit = |&at: &usize| row[at] - prices[at] >= bar && row[at] != FORBIDDEN;
                hits.extend(
                    (0..PART)
                        .filter(hit)
                        .map(|at| narrow(block * BLOCK + part * PART + at)),
                );
            }
        }
    }
}

fn layers<N: Number>(prices: &[N], slack: &[i32], unit: N) -> Vec<Layer<N>> {
    let mut sorted = prices.to_vec();
    sorted.sort_unstable();
    let mut bases: Vec<N> = Vec::new();
    for price in sorted {
        let covered = |&base: &N| (price - base).in_units(unit) < SPREAD;
        if !bases.last().is_some_and(covered) {
            bases.push(price);
        }
    }
    let layer = |base: N| {
        let units = |price: &N| (*price - base).in_units(unit).clamp(-CLAMP, CLAMP);
        let units: Vec<i32> = prices.iter().map(units).collect();
        let loose = units.iter().zip(slack).map(|(&units, &slack)| units - slack);
        Layer {
            base,
            loose: padded(loose.collect()),
            units: padded(units),
        }
    };
    bases.into_iter().map(layer).collect()
}

/// Fills up to whole blocks.
fn padded(mut prices: Vec<i32>) -> Vec<i32> {
    prices.resize(prices.len().next_multiple_of(BLOCK), 0);
    prices
}

/// A row that forbids everything, filled up to whole blocks.
pub(super) fn empty_row(leaves: usize) -> Vec<i32> {
    vec![FORBIDDEN; leaves.next_multiple_of(BLOCK)]
}

/// The greatest of score less price.
fn greatest(row: &[i32; BLOCK], units: &[i32; BLOCK]) -> i32 {
    let values = row.iter().zip(units).map(|(&score, &units)| score - units);
    values.fold(i32::MIN, i32::max)
}
