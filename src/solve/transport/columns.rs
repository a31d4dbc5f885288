//! Which leaves each class is tried with: the few that may matter, kept in memory.

use super::level::Level;
use super::number::Number;
use super::packing::code;
use super::parallel::in_ranges;
use super::{FORBIDDEN, Leaf};

/// The leaves that each member is tried with, in order, each list ended by the ground.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Where each member's columns start; one more at the end.
    pub(super) first: Vec<usize>,
    /// The leaf of each column, or the ground.
    pub(super) leaf: Vec<u32>,
    /// What the column gains, as a [`code`].
    pub(super) code: Vec<i32>,
}

/// How widely columns are chosen.
pub(super) struct Choice<'a, N> {
    /// So many best leaves at the prices.
    pub(super) best: usize,
    /// Prices of the leaves.
    pub(super) prices: &'a [N],
    /// A leaf is also kept where it lags behind the best by less than this.
    pub(super) slack: &'a [N],
}

impl Columns {
    /// The range of a member's columns.
    pub(super) fn of(&self, member: usize) -> std::ops::Range<usize> {
        self.first[member]..self.first[member + 1]
    }

    /// The column of a member at a leaf.
    pub(super) fn at(&self, member: usize, leaf: Leaf) -> Option<usize> {
        let range = self.of(member);
        let start = range.start;
        self.leaf[range]
            .binary_search_by(|&other| (other as usize).cmp(&leaf))
            .ok()
            .map(|found| start + found)
    }

    fn new() -> Self {
        Self {
            first: vec![0],
            ..Self::default()
        }
    }

    fn end_member(&mut self, ground: Leaf) {
        self.leaf.push(narrow(ground));
        self.code.push(0);
        self.first.push(self.leaf.len());
    }

    /// Chooses the columns of every member: one pass over the rows.
    pub(super) fn choose<N: Number>(level: &Level<'_, N>, choice: &Choice<'_, N>, threads: usize) -> Self {
        let parts = in_ranges(threads, level.members(), level.leaves(), |range| {
            let mut columns = Self::new();
            let mut picker = Picker::new(level.leaves());
            for member in range {
                picker.pick(level, choice, member);
                for &leaf in &picker.kept {
                    columns.leaf.push(leaf);
                    columns
                        .code
                        .push(code(level.rank[member], picker.row[leaf as usize]));
                }
                columns.end_member(level.ground());
            }
            columns
        });
        let mut all = Self::new();
        for part in parts {
            let offset = all.leaf.len();
            all.first.extend(part.first[1..].iter().map(|end| end + offset));
            all.leaf.extend(part.leaf);
            all.code.extend(part.code);
        }
        all
    }

    /// Adds columns (member, leaf, code), given in order, none of which is there already; carries a
    /// flow in the columns over.
    pub(super) fn with(&self, added: &[(usize, u32, i32)], flow: &[u32], ground: Leaf) -> (Self, Vec<u32>) {
        let mut all = Self::new();
        let mut carried = Vec::with_capacity(flow.len() + added.len());
        let mut added = added.iter().peekable();
        for member in 0..self.first.len() - 1 {
            for column in self.of(member) {
                while let Some(&(_, leaf, code)) =
                    added.next_if(|&&(of, leaf, _)| of == member && leaf < self.leaf[column])
                {
                    all.leaf.push(leaf);
                    all.code.push(code);
                    carried.push(0);
                }
                if (self.leaf[column] as usize) < ground {
                    all.leaf.push(self.leaf[column]);
                    all.code.push(self.code[column]);
                }
                carried.push(flow[column]);
            }
            all.end_member(ground);
        }
        (all, carried)
    }
}

/// Leaves and members are bounded by memory far below this.
pub(super) fn narrow(position: usize) -> u32 {
    u32::try_from(position).expect("fewer than 2^32 classes and leaves")
}

/// Picks the leaves of one member at a time.
struct Picker<N> {
    row: Vec<i32>,
    value: Vec<N>,
    best: Vec<(N, u32)>,
    kept: Vec<u32>,
}

impl<N: Number> Picker<N> {
    fn new(leaves: usize) -> Self {
        Self {
            row: vec![FORBIDDEN; leaves],
            value: vec![N::NONE; leaves],
            best: Vec::new(),
            kept: Vec::new(),
        }
    }

    fn pick(&mut self, level: &Level<'_, N>, choice: &Choice<'_, N>, member: usize) {
        let leaves = level.leaves();
        level.row(member, &mut self.row);
        worth(&self.row, choice.prices, level.scale.unit, &mut self.value);
        self.kept.clear();
        if choice.best >= leaves {
            let eligible = (0..leaves).filter(|&leaf| self.row[leaf] != FORBIDDEN);
            self.kept.extend(eligible.map(narrow));
            return;
        }
        self.take_best(choice.best, member);
        self.kept.extend(self.best.iter().map(|&(_, leaf)| leaf));
        if let Some(&(top, _)) = self.best.first() {
            for leaf in 0..leaves {
                let lag = top - self.value[leaf];
                if lag < choice.slack[leaf] && self.row[leaf] != FORBIDDEN {
                    self.kept.push(narrow(leaf));
                }
            }
        }
        self.kept.sort_unstable();
        self.kept.dedup();
    }

    /// The greatest values in order. Among equals the first from a leaf on that moves along with the
    /// member, so that equal leaves share the members evenly.
    fn take_best(&mut self, count: usize, member: usize) {
        let leaves = self.value.len();
        let start = member % leaves;
        self.best.clear();
        let mut least = N::NONE;
        for leaf in (start..leaves).chain(0..start) {
            let value = self.value[leaf];
            if value <= least {
                continue;
            }
            let at = self.best.partition_point(|&(other, _)| other >= value);
            self.best.truncate(count - 1);
            self.best.insert(at.min(self.best.len()), (value, narrow(leaf)));
            if self.best.len() == count {
                least = self.best[count - 1].0;
            }
        }
    }
}

/// What each leaf is worth to a class at its price, but for the tier.
pub(super) fn worth<N: Number>(row: &[i32], prices: &[N], unit: N, out: &mut [N]) {
    for ((value, &score), &price) in out.iter_mut().zip(row).zip(prices) {
        *value = if score == FORBIDDEN {
            N::NONE
        } else {
            unit * N::small(score) - price
        };
    }
}
