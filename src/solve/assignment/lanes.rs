//! Reads of a whole row: its least columns at some prices, found by the minima of lanes.
//!
//! Columns whose numbers differ by a multiple of the number of lanes share a lane. The minima of all lanes
//! are made by one loop that every compiler turns into vector instructions; what is wanted of the row is
//! then looked up in the few lanes whose minimum says that they have it. Neighbours lie in different lanes,
//! so that lists of neighbouring columns, the common case, are found as fast as any.

use super::index;

/// The number of lanes.
const LANES: usize = 128;

/// A number by which the columns of a row are ordered: its cost and a price in one.
pub(super) trait Key: Copy + Ord {
    /// The form of the prices.
    type Price: Copy;

    /// No key is greater.
    const GREATEST: Self;

    fn of(cost: i32, price: Self::Price) -> Self;

    /// The next greater key, if there is one.
    fn next(self) -> Self;
}

/// A cost as its own key, where all prices are equal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Raw(pub i32);

impl Key for Raw {
    type Price = ();
    const GREATEST: Self = Self(i32::MAX);

    fn of(cost: i32, (): ()) -> Self {
        Self(cost)
    }

    fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The best column of a row, and what the second best is worth.
pub(super) struct BestTwo<K> {
    pub column: u32,
    pub value: K,
    pub second: K,
}

/// Room for reads of rows, kept from one to the next.
pub(super) struct Lanes<K> {
    least: Vec<K>,
    ranked: Vec<K>,
    /// The columns found by [`Lanes::choose`], with their keys.
    pub found: Vec<(K, u32)>,
}

impl<K> Default for Lanes<K> {
    fn default() -> Self {
        Self {
            least: Vec::new(),
            ranked: Vec::new(),
            found: Vec::new(),
        }
    }
}

impl<K: Key> Lanes<K> {
    /// Finds the columns with the least keys, from `wanted` to `at_most` of them as far as there are so many
    /// up to the key `greatest`, and returns a bound on the keys of all others; `None` if there are no others.
    ///
    /// Among equal keys it begins with column `start` modulo the columns, so that equal rows find different ones.
    pub fn choose(
        &mut self,
        (costs, prices): (&[i32], &[K::Price]),
        greatest: K,
        start: usize,
        (wanted, at_most): (usize, usize),
    ) -> Option<K> {
        self.read(costs, prices);
        self.found.clear();
        let least = self.least.iter().copied().min()?;
        let bar = self.bar(least, wanted).min(greatest);
        let width = self.least.len();
        let (first, turn) = (start % width, start / width);
        let (before, after) = self.least.split_at(first);
        let lanes = (first..).zip(after).chain((0..).zip(before));
        for (lane, _) in lanes.filter(|(_, key)| **key <= bar) {
            let height = (costs.len() - lane).div_ceil(width);
            let middle = lane + turn % height * width;
            for columns in [middle..costs.len(), lane..middle] {
                for column in columns.step_by(width) {
                    let key = K::of(costs[column], prices[column]);
                    if key <= bar {
                        self.found.push((key, index(column)));
                    }
                }
            }
            if bar == least && self.found.len() >= at_most {
                self.found.truncate(at_most);
                return Some(least);
            }
        }
        if self.found.len() > at_most {
            let rest = self.found.select_nth_unstable(at_most).1.0;
            self.found.truncate(at_most);
            return Some(rest);
        }
        (bar < greatest).then(|| bar.next())
    }

    /// The least key of the row read last; [`Key::GREATEST`] before any.
    pub fn lowest(&self) -> K {
        self.least.iter().copied().fold(K::GREATEST, Ord::min)
    }

    /// Finds the best two columns; `None` if no key is up to `greatest`.
    pub fn best_two(&mut self, costs: &[i32], prices: &[K::Price], greatest: K) -> Option<BestTwo<K>> {
        self.read(costs, prices);
        let mut value = K::GREATEST;
        let mut second = K::GREATEST;
        let mut best_lane = 0;
        for (lane, &key) in self.least.iter().enumerate() {
            second = second.min(key.max(value));
            if key < value {
                value = key;
                best_lane = lane;
            }
        }
        let mut best = None;
        for column in (best_lane..costs.len()).step_by(self.least.len().max(1)) {
            let key = K::of(costs[column], prices[column]);
            if key == value && best.is_none() {
                best = Some(column);
            } else {
                second = second.min(key);
            }
        }
        let column = index(best.filter(|_| value <= greatest)?);
        Some(BestTwo {
            column,
            value,
            second,
        })
    }

    /// The least key of a row.
    pub fn least(&mut self, costs: &[i32], prices: &[K::Price]) -> Option<K> {
        self.read(costs, prices);
        self.least.iter().copied().min()
    }

    /// Finds all columns with keys below `bar`.
    pub fn below(&mut self, costs: &[i32], prices: &[K::Price], bar: K) {
        self.read(costs, prices);
        self.found.clear();
        let width = self.least.len();
        for (lane, _) in self.least.iter().enumerate().filter(|(_, key)| **key < bar) {
            for column in (lane..costs.len()).step_by(width) {
                let key = K::of(costs[column], prices[column]);
                if key < bar {
                    self.found.push((key, index(column)));
                }
            }
        }
    }

    /// Makes the minima of all lanes.
    fn read(&mut self, costs: &[i32], prices: &[K::Price]) {
        let width = LANES.min(costs.len());
        let (first_costs, costs) = costs.split_at(width);
        let (first_prices, prices) = prices.split_at(width);
        self.least.clear();
        let first = first_costs.iter().zip(first_prices);
        self.least.extend(first.map(|(&cost, &price)| K::of(cost, price)));
        let lanes = self.least.as_mut_slice();
        for (costs, prices) in costs.chunks(LANES).zip(prices.chunks(LANES)) {
            for ((least, &cost), &price) in lanes.iter_mut().zip(costs).zip(prices) {
                *least = (*least).min(K::of(cost, price));
            }
        }
    }

    /// The key up to which columns are listed: so many lanes have one as columns are wanted.
    fn bar(&mut self, least: K, wanted: usize) -> K {
        if self.least.iter().filter(|key| **key == least).count() >= wanted {
            return least;
        }
        self.ranked.clone_from(&self.least);
        let at = wanted.min(self.ranked.len()) - 1;
        *self.ranked.select_nth_unstable(at).1
    }
}
