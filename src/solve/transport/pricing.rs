//! The check over all rows: columns left out that would be worth more than those in use.

use super::FORBIDDEN;
use super::level::{Level, narrow};
use super::network::Network;
use super::number::Number;
use super::parallel::{in_ranges, tell_at};
use super::screen::{Screen, empty_row};
use super::value::Wide;
use std::cmp::Reverse;

/// "No lead can move so", as a gain in units: this or less.
pub(super) const NO_MOVE: i32 = FORBIDDEN / 2;
/// The same as a code.
pub(super) const NO_CODE: i64 = i64::MIN / 2;

/// The best single moves of leads between nodes over all columns there are, by category.
///
/// Where leads of a category may go is in order of leaves.
#[derive(Clone, Debug, Default)]
pub(super) struct AllMoves {
    /// By category and leaf: where leads stand, what they gain in units at every other leaf.
    between: Vec<Vec<Option<Vec<i32>>>>,
    /// By category and leaf: what a lead left out would gain there, as a code.
    entering: Vec<Vec<i64>>,
    /// By category and leaf: what a lead gains, as a code, that is left out from there on.
    leaving: Vec<Vec<i64>>,
}

impl AllMoves {
    fn new(categories: usize, leaves: usize) -> Self {
        Self {
            between: vec![vec![None; leaves]; categories],
            entering: vec![vec![NO_CODE; leaves]; categories],
            leaving: vec![vec![NO_CODE; leaves]; categories],
        }
    }

    /// Notes that leads of a category stand at a leaf, with its score, and could go elsewhere in their row.
    fn note_held(&mut self, category: usize, leaf: usize, base: i64, row: &[i32]) {
        let held = row[leaf];
        let leaving = &mut self.leaving[category][leaf];
        *leaving = (*leaving).max(-base - i64::from(held));
        let best = self.between[category][leaf].get_or_insert_with(|| vec![i32::MIN; row.len()]);
        for (best, &score) in best.iter_mut().zip(row) {
            *best = (*best).max(score - held);
        }
    }

    /// Notes that leads of a category are left out and could go where their row says.
    fn note_out(&mut self, category: usize, base: i64, row: &[i32]) {
        for (best, &score) in self.entering[category].iter_mut().zip(row) {
            if score != FORBIDDEN {
                *best = (*best).max(base + i64::from(score));
            }
        }
    }

    fn merge(&mut self, other: Self) {
        for (own, other) in self
            .between
            .iter_mut()
            .flatten()
            .zip(other.between.into_iter().flatten())
        {
            match (own, other) {
                (_, None) => {}
                (own @ None, other) => *own = other,
                (Some(own), Some(other)) => greatest(own, &other),
            }
        }
        (self.entering.iter_mut().zip(&other.entering)).for_each(|(own, other)| greatest(own, other));
        (self.leaving.iter_mut().zip(&other.leaving)).for_each(|(own, other)| greatest(own, other));
    }

    /// Tells each move (from, to, packed gain) between nodes.
    pub(super) fn each<N: Number>(&self, level: &Level<'_, N>, mut tell: impl FnMut(usize, usize, N)) {
        for (category, entry) in level.tree.entry.iter().enumerate() {
            let out = level.out(category);
            for (leaf, &node) in entry.iter().enumerate() {
                if let Some(gains) = &self.between[category][leaf] {
                    let moves = entry
                        .iter()
                        .zip(gains)
                        .filter(|&(&to, &gain)| to != node && gain > NO_MOVE);
                    for (&to, &gain) in moves {
                        tell(node, to, level.scale.value(gain.into()));
                    }
                }
                for (from, to, code) in [
                    (out, node, self.entering[category][leaf]),
                    (node, out, self.leaving[category][leaf]),
                ] {
                    if code > NO_CODE {
                        tell(from, to, level.scale.value(code));
                    }
                }
            }
        }
    }
}

fn greatest<T: Copy + Ord>(own: &mut [T], other: &[T]) {
    own.iter_mut()
        .zip(other)
        .for_each(|(own, &other)| *own = (*own).max(other));
}

/// What the check found.
pub(super) enum Checked {
    /// Nothing: the flow is optimal on all columns. With what all leads are worth at the prices, and
    /// with all moves that the flow leaves, if asked for.
    Optimal(Wide, AllMoves),
    /// Columns (member, node, score) that are worth more than those in use, in order.
    Worth(Vec<(usize, u32, i32)>),
}

/// Checks the flow and prices of a network against every row; proposes at most `most` columns a member.
pub(super) fn check<N: Number>(
    network: &Network<'_, N>,
    most: usize,
    moves: bool,
    threads: usize,
    tell: &(dyn Fn(f64) + Sync),
) -> Checked {
    let level = network.level;
    let screen = Screen::new(level, &network.price, &vec![0; level.leaves()]);
    let parts = in_ranges(threads, level.members(), level.leaves(), |range| {
        let mut checker = Checker::new(network, &screen, moves);
        for member in range.clone() {
            tell_at(member, &range, tell);
            checker.check(member, most);
        }
        (checker.found, checker.worth, checker.moves)
    });
    let mut parts = parts.into_iter();
    let (mut found, mut worth, mut all) = parts.next().expect("there is one range at least");
    for (more, part, moves) in parts {
        found.extend(more);
        worth.merge(&part);
        all.merge(moves);
    }
    if found.is_empty() {
        Checked::Optimal(worth, all)
    } else {
        Checked::Worth(found)
    }
}

struct Checker<'a, N> {
    network: &'a Network<'a, N>,
    screen: &'a Screen<N>,
    /// The leaf of each node that leads enter.
    leaf: Vec<u32>,
    row: Vec<i32>,
    over: Vec<(N, u32, i32)>,
    found: Vec<(usize, u32, i32)>,
    worth: Wide,
    noting: bool,
    moves: AllMoves,
}

impl<'a, N: Number> Checker<'a, N> {
    fn new(network: &'a Network<'a, N>, screen: &'a Screen<N>, moves: bool) -> Self {
        let (level, leaves) = (network.level, network.level.leaves());
        let categories = if moves { level.tree.entry.len() } else { 0 };
        Self {
            network,
            screen,
            leaf: level.leaf_of_nodes(),
            row: empty_row(leaves),
            over: Vec::new(),
            found: Vec::new(),
            worth: Wide::default(),
            noting: moves,
            moves: AllMoves::new(categories, leaves),
        }
    }

    fn check(&mut self, member: usize, most: usize) {
        let (network, level, columns) = (self.network, self.network.level, self.network.columns);
        let (category, base) = (level.category(member), level.base[member]);
        let leaves = level.leaves();
        level.row(member, &mut self.row[..leaves]);
        let held = |column: &usize| network.flow[*column] > 0;
        let column = columns.of(member).find(held);
        let column = column.expect("every member has leads somewhere");
        let at = columns.node[column] as usize;
        let value = level.scale.value(columns.code(column, base)) - network.price[at];
        self.worth.add(value.wide(), level.supply[member]);
        // Its own leaf must not hide the others.
        let own = self.leaf.get(at).filter(|_| columns.score[column] != FORBIDDEN);
        let own = own.map(|&leaf| leaf as usize);
        let score = own.map(|leaf| std::mem::replace(&mut self.row[leaf], FORBIDDEN));
        let bar = value - level.scale.value(base);
        let exceeds = self.screen.may_exceed(category, &self.row, bar);
        if let (Some(leaf), Some(score)) = (own, score) {
            self.row[leaf] = score;
        }
        if exceeds {
            self.propose(member, category, value, most);
        }
        if self.noting && self.found.is_empty() {
            self.note(member, category, base);
        }
    }

    fn propose(&mut self, member: usize, category: usize, bar: N, most: usize) {
        let (network, level) = (self.network, self.network.level);
        let base = level.base[member];
        self.over.clear();
        for (&node, &score) in level.tree.entry[category].iter().zip(&self.row) {
            if score != FORBIDDEN {
                let value = level.scale.value(base + i64::from(score)) - network.price[node];
                if value > bar {
                    self.over.push((value, narrow(node), score));
                }
            }
        }
        self.over.sort_by_key(|&(value, node, _)| (Reverse(value), node));
        self.over.truncate(most);
        self.over.sort_unstable_by_key(|&(_, node, _)| node);
        for &(_, node, score) in &self.over {
            self.found.push((member, node, score));
        }
    }

    fn note(&mut self, member: usize, category: usize, base: i64) {
        let columns = self.network.columns;
        let row = &self.row[..self.network.level.leaves()];
        for column in columns.of(member).filter(|&column| self.network.flow[column] > 0) {
            if columns.score[column] == FORBIDDEN {
                self.moves.note_out(category, base, row);
            } else {
                let leaf = self.leaf[columns.node[column] as usize] as usize;
                self.moves.note_held(category, leaf, base, row);
            }
        }
    }
}
