//! Which leaves each class is tried with: the few that may matter, kept in memory.

use super::level::{Level, narrow};
use super::number::Number;
use super::parallel::{in_ranges, tell_at};
use super::screen::{CLAMP, Layer, Screen, Survey, empty_row};
use super::start::Width;
use super::{FORBIDDEN, Leaf};
use std::cmp::Reverse;

/// So few are sorted by looking for the best again and again.
const FEW: usize = 16;

/// The nodes that each member is tried with, in order, each list ended by where it counts if left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Where each member's columns start; one more at the end.
    pub(super) first: Vec<usize>,
    /// The node of each column.
    pub(super) node: Vec<u32>,
    /// The score there; [`FORBIDDEN`] where the lead is left out.
    pub(super) score: Vec<i32>,
}

impl Columns {
    /// The range of a member's columns.
    pub(super) fn of(&self, member: usize) -> std::ops::Range<usize> {
        self.first[member]..self.first[member + 1]
    }

    /// The column of a member at a node.
    pub(super) fn at(&self, member: usize, node: usize) -> Option<usize> {
        let range = self.of(member);
        let (start, last) = (range.start, range.end - 1);
        if self.node[last] as usize == node {
            return Some(last);
        }
        self.node[start..last]
            .binary_search_by(|&other| (other as usize).cmp(&node))
            .ok()
            .map(|found| start + found)
    }

    /// What a column brings, as a code, given what its member brings anywhere.
    pub(super) fn code(&self, column: usize, base: i64) -> i64 {
        match self.score[column] {
            FORBIDDEN => 0,
            score => base + i64::from(score),
        }
    }

    /// Columns of no member yet.
    pub(super) fn new() -> Self {
        Self {
            first: vec![0],
            ..Self::default()
        }
    }

    /// Adds a column to the member at the end; in order of nodes.
    pub(super) fn push(&mut self, node: u32, score: i32) {
        self.node.push(node);
        self.score.push(score);
    }

    /// Ends the columns of a member.
    pub(super) fn end_member(&mut self, out: usize) {
        self.node.push(narrow(out));
        self.score.push(FORBIDDEN);
        self.first.push(self.node.len());
    }

    /// Chooses the columns of every member: one pass over the rows.
    pub(super) fn choose<N: Number>(
        level: &Level<'_, N>,
        choice: &Choice<'_, N>,
        threads: usize,
        tell: &(dyn Fn(f64) + Sync),
    ) -> Self {
        let parts = in_ranges(threads, level.members(), level.leaves(), |range| {
            let mut columns = Self::new();
            let mut picker = Picker::new(level.leaves());
            for member in range.clone() {
                tell_at(member, &range, tell);
                let category = level.category(member);
                picker.pick(level, choice, member, category);
                let entry = &level.tree.entry[category];
                for &(node, score) in picker.columns(entry) {
                    columns.push(node, score);
                }
                columns.end_member(level.out(category));
            }
            columns
        });
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_else(Self::new);
        for part in parts {
            let offset = all.node.len();
            all.first.extend(part.first[1..].iter().map(|end| end + offset));
            all.node.extend(part.node);
            all.score.extend(part.score);
        }
        all
    }

    /// Adds columns (member, node, score), given in order, none of which is there already; carries a
    /// flow in the columns over.
    pub(super) fn with(&self, added: &[(usize, u32, i32)], flow: &[u32]) -> (Self, Vec<u32>) {
        let mut all = Self::new();
        let mut carried = Vec::with_capacity(flow.len() + added.len());
        let mut added = added.iter().peekable();
        for member in 0..self.first.len() - 1 {
            for column in self.of(member) {
                let is_last = column + 1 == self.first[member + 1];
                while let Some(&(_, node, score)) =
                    added.next_if(|&&(of, node, _)| of == member && (is_last || node < self.node[column]))
                {
                    all.node.push(node);
                    all.score.push(score);
                    carried.push(0);
                }
                all.node.push(self.node[column]);
                all.score.push(self.score[column]);
                carried.push(flow[column]);
            }
            all.first.push(all.node.len());
        }
        (all, carried)
    }
}

/// How widely columns are chosen.
pub(super) struct Choice<'a, N> {
    /// The prices, and how far each leaf may lag behind a member's best and still be tried.
    pub(super) screen: &'a Screen<N>,
    /// How many leaves a member is tried with; none = all.
    pub(super) width: Option<Width>,
    /// How far the last of the fewest usually lags behind the best, in units; not 0.
    pub(super) usual: i32,
}

/// Picks the leaves of one member at a time.
struct Picker {
    row: Vec<i32>,
    leaves: usize,
    survey: Survey,
    kept: Vec<u32>,
    known: Vec<u32>,
    columns: Vec<(u32, i32)>,
}

impl Picker {
    fn new(leaves: usize) -> Self {
        Self {
            row: empty_row(leaves),
            leaves,
            survey: Survey::default(),
            kept: Vec::new(),
            known: Vec::new(),
            columns: Vec::new(),
        }
    }

    fn pick<N: Number>(
        &mut self,
        level: &Level<'_, N>,
        choice: &Choice<'_, N>,
        member: usize,
        category: usize,
    ) {
        level.row(member, &mut self.row[..self.leaves]);
        self.kept.clear();
        let Some(width) = choice.width else {
            let eligible = (0..self.leaves).filter(|&leaf| self.row[leaf] != FORBIDDEN);
            self.kept.extend(eligible.map(narrow));
            return;
        };
        let Some((layer, top)) = choice.screen.top(category, &self.row, &mut self.survey) else {
            return;
        };
        layer.within(&self.row, &self.survey, top, &mut self.kept);
        if self.kept.len() < width.fewest {
            self.widen(layer, top, choice.usual, width.fewest, member);
        } else if self.kept.len() > width.most {
            self.keep_best(width.most, member, |leaf, score| layer.loose_value(leaf, score));
        }
    }

    /// Keeps the `fewest` of the greatest values, besides what is kept for other reasons.
    fn widen<N: Number>(&mut self, layer: &Layer<N>, top: i32, usual: i32, fewest: usize, member: usize) {
        self.known.clear();
        self.known.append(&mut self.kept);
        let mut lag = usual;
        loop {
            self.kept.clear();
            layer.best(&self.row, &self.survey, top - lag, &mut self.kept);
            if self.kept.len() >= fewest || lag >= CLAMP {
                break;
            }
            lag *= 4;
        }
        if self.kept.len() > fewest {
            self.keep_best(fewest, member, |leaf, score| layer.value(leaf, score));
        }
        self.kept.append(&mut self.known);
    }

    /// Keeps the leaves of the greatest values. Among equals the first from a leaf on that moves along
    /// with the member, so that equal leaves share the members evenly.
    fn keep_best(&mut self, count: usize, member: usize, value: impl Fn(usize, i32) -> i32) {
        let (row, leaves) = (&self.row, self.leaves);
        let start = member % leaves;
        let key = |&leaf: &u32| {
            let leaf = leaf as usize;
            let turned = if leaf < start { leaf + leaves } else { leaf };
            (Reverse(value(leaf, row[leaf])), turned)
        };
        if self.kept.len() > FEW {
            self.kept.select_nth_unstable_by_key(count, key);
        } else {
            for at in 0..count {
                let best = (at..self.kept.len()).min_by_key(|&other| key(&self.kept[other]));
                self.kept.swap(at, best.expect("more are kept than are wanted"));
            }
        }
        self.kept.truncate(count);
    }

    /// What is kept as nodes and scores, in order of nodes.
    fn columns(&mut self, entry: &[Leaf]) -> &[(u32, i32)] {
        let row = &self.row;
        let column = |&leaf: &u32| (narrow(entry[leaf as usize]), row[leaf as usize]);
        self.columns.clear();
        self.columns.extend(self.kept.iter().map(column));
        if !self.columns.is_sorted() {
            self.columns.sort_unstable();
        }
        self.columns.dedup();
        &self.columns
    }
}
