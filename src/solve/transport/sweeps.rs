//! Prices to start from: each leaf in turn asks what its places are worth at the others' prices.
//!
//! Descent on the dual, one coordinate at a time. It stops short of the optimum, which paths then
//! reach exactly; it only saves most of them.

use super::columns::Columns;
use super::level::{Level, Places, narrow};
use super::number::Number;

/// A member's two best values at the prices, and the leaf of the best.
#[derive(Clone, Copy)]
struct Best<N> {
    first: N,
    at: u32,
    second: N,
}

/// The columns of a level sorted by leaf, and what each member finds best.
pub(super) struct Sweeps<'a, N> {
    level: &'a Level<'a, N>,
    columns: &'a Columns,
    /// Where each leaf's entries start; one more at the end.
    first: Vec<usize>,
    /// The member and code of each entry.
    entries: Vec<(u32, i64)>,
    best: Vec<Best<N>>,
    /// What each member that would come to a leaf gains there over its best elsewhere.
    wants: Vec<(N, u32)>,
}

impl<'a, N: Number> Sweeps<'a, N> {
    /// Sorts the columns by leaf.
    pub(super) fn new(level: &'a Level<'a, N>, columns: &'a Columns) -> Self {
        let leaves = level.leaves();
        let mut first = vec![0usize; leaves + 2];
        for &leaf in &columns.node {
            first[leaf as usize + 1] += 1;
        }
        for leaf in 0..=leaves {
            first[leaf + 1] += first[leaf];
        }
        let mut next = first.clone();
        let mut entries = vec![(0, 0); columns.node.len()];
        for member in 0..level.members() {
            for column in columns.of(member) {
                let at = &mut next[columns.node[column] as usize];
                entries[*at] = (narrow(member), columns.code(column, level.base[member]));
                *at += 1;
            }
        }
        Self {
            level,
            columns,
            first,
            entries,
            best: Vec::new(),
            wants: Vec::new(),
        }
    }

    /// One price for all that, with every lead anywhere, would leave as many leads as there are places.
    pub(super) fn common_price(&self) -> N {
        let scale = &self.level.scale;
        let mut gains: Vec<(i64, u32)> = (0..self.level.members())
            .map(|member| {
                let code = |column| self.columns.code(column, self.level.base[member]);
                let codes = self.columns.of(member).map(code);
                (codes.max().unwrap_or(0), self.level.supply[member])
            })
            .collect();
        gains.sort_unstable_by(|one, other| other.cmp(one));
        let places = self.level.places.iter().map(|places| u64::from(places.room));
        let mut places = places.sum::<u64>();
        for (code, supply) in gains {
            if places < u64::from(supply) {
                return scale.value(code);
            }
            places -= u64::from(supply);
        }
        N::ZERO
    }

    /// Sets each leaf's price in turn, so many times over.
    pub(super) fn run(&mut self, prices: &mut [N], times: usize) {
        self.best = (0..self.level.members())
            .map(|member| self.best_of(member, prices))
            .collect();
        for _ in 0..times {
            for leaf in 0..prices.len() {
                let price = self.worth(leaf, prices[leaf]);
                if price != prices[leaf] {
                    let before = std::mem::replace(&mut prices[leaf], price);
                    self.reprice(leaf, before, prices);
                }
            }
        }
    }

    fn best_of(&self, member: usize, prices: &[N]) -> Best<N> {
        let mut best = Best {
            first: N::NONE,
            at: 0,
            second: N::NONE,
        };
        for column in self.columns.of(member) {
            let leaf = self.columns.node[column];
            let price = prices.get(leaf as usize).copied().unwrap_or(N::ZERO);
            let value = self
                .level
                .scale
                .value(self.columns.code(column, self.level.base[member]))
                - price;
            if value > best.first {
                best = Best {
                    first: value,
                    at: leaf,
                    second: best.first,
                };
            } else if value > best.second {
                best.second = value;
            }
        }
        best
    }

    /// The price at which a leaf's places find just as many leads, those at the others' prices.
    fn worth(&mut self, leaf: usize, price: N) -> N {
        let places = &self.level.places[leaf];
        let cheapest = if places.room > 0 { places.cost(1) } else { N::ZERO };
        self.wants.clear();
        let mut single = true;
        for &(member, code) in &self.entries[self.first[leaf]..self.first[leaf + 1]] {
            let best = &self.best[member as usize];
            let elsewhere = if best.at as usize == leaf {
                best.second
            } else {
                best.first
            };
            let want = self.level.scale.value(code) - elsewhere;
            if want > cheapest {
                let supply = self.level.supply[member as usize];
                single &= supply == 1;
                self.wants.push((want, supply));
            }
        }
        if self.wants.is_empty() {
            return price.min(cheapest);
        }
        let room = places.room as usize;
        if single && self.wants.len() > room + 1 {
            self.wants
                .select_nth_unstable_by(room, |one, other| other.cmp(one));
            self.wants.truncate(room + 1);
        }
        self.wants.sort_unstable_by(|one, other| other.cmp(one));
        meet(places, &self.wants)
    }

    /// Keeps the members' best values true after a leaf's price has changed.
    fn reprice(&mut self, leaf: usize, before: N, prices: &[N]) {
        for at in self.first[leaf]..self.first[leaf + 1] {
            let (member, code) = self.entries[at];
            let gain = self.level.scale.value(code);
            let (value, was) = (gain - prices[leaf], gain - before);
            let best = &mut self.best[member as usize];
            if best.at as usize == leaf || was >= best.second {
                self.best[member as usize] = self.best_of(member as usize, prices);
            } else if value > best.first {
                *best = Best {
                    first: value,
                    at: narrow(leaf),
                    second: best.first,
                };
            } else if value > best.second {
                best.second = value;
            }
        }
    }
}

/// Where places, their cost growing, meet wants (what each is worth, how many leads), sorted from the greatest.
fn meet<N: Number>(places: &Places<N>, wants: &[(N, u32)]) -> N {
    let mut taken = 0u32;
    for &(want, supply) in wants {
        let end = taken.saturating_add(supply).min(places.room);
        let upto = match end - taken {
            1 if places.cost(end) < want => end,
            0 | 1 => taken,
            _ => places.within(want).0.clamp(taken, end),
        };
        if upto - taken < supply {
            return if upto == 0 {
                want
            } else {
                want.max(places.cost(upto))
            };
        }
        taken = upto;
    }
    places.cost(taken)
}
