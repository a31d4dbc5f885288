//! The check over all rows: columns left out that would be worth more than those in use.

use super::FORBIDDEN;
use super::columns::{narrow, worth};
use super::network::Network;
use super::number::Number;
use super::packing::code;
use super::parallel::in_ranges;

/// "No lead can move so" in a matrix of codes.
pub(super) const NO_MOVE: i32 = i32::MIN / 2;

/// The gains, as codes, of the best single moves of leads between all nodes, over all columns there are.
///
/// In order of from · width + to; the ground is the last node.
pub(super) type AllMoves = Vec<i32>;

/// What the check found.
pub(super) enum Checked {
    /// Nothing: the flow is optimal on all columns. With all moves that it leaves, if asked for.
    Optimal(AllMoves),
    /// Columns (member, leaf, code) that are worth more than those in use, in order.
    Worth(Vec<(usize, u32, i32)>),
}

/// Checks the flow and prices of a network against every row; proposes at most `most` columns a member.
pub(super) fn check<N: Number>(
    network: &Network<'_, N>,
    most: usize,
    moves: bool,
    threads: usize,
) -> Checked {
    let level = network.level;
    let parts = in_ranges(threads, level.members(), level.leaves(), |range| {
        let mut checker = Checker::new(network, moves);
        for member in range {
            checker.check(member, most);
        }
        (checker.found, checker.moves)
    });
    let mut found = Vec::new();
    let mut all: AllMoves = Vec::new();
    for (part, moves) in parts {
        found.extend(part);
        if all.is_empty() {
            all = moves;
        } else {
            all.iter_mut()
                .zip(moves)
                .for_each(|(all, part)| *all = (*all).max(part));
        }
    }
    if found.is_empty() {
        Checked::Optimal(all)
    } else {
        Checked::Worth(found)
    }
}

struct Checker<'a, N> {
    network: &'a Network<'a, N>,
    row: Vec<i32>,
    value: Vec<N>,
    over: Vec<(N, u32)>,
    found: Vec<(usize, u32, i32)>,
    moves: AllMoves,
}

impl<'a, N: Number> Checker<'a, N> {
    fn new(network: &'a Network<'a, N>, moves: bool) -> Self {
        let (leaves, width) = (network.level.leaves(), network.width());
        Self {
            network,
            row: vec![FORBIDDEN; leaves],
            value: vec![N::NONE; leaves],
            over: Vec::new(),
            found: Vec::new(),
            moves: if moves {
                vec![NO_MOVE; width * width]
            } else {
                Vec::new()
            },
        }
    }

    fn check(&mut self, member: usize, most: usize) {
        let (network, level) = (self.network, self.network.level);
        level.row(member, &mut self.row);
        let leaves = &network.price[..level.leaves()];
        worth(&self.row, leaves, level.scale.unit, &mut self.value);
        let held = |column: &usize| network.flow[*column] > 0;
        let column = network.columns.of(member).find(held);
        let column = column.expect("every member has leads somewhere");
        let at = network.columns.leaf[column] as usize;
        let in_use = level.scale.value(network.columns.code[column]) - network.price[at];
        let base = level.scale.value(code(level.rank[member], 0));
        let bar = in_use - base;
        let top = self.value.iter().fold(N::NONE, |top, &value| top.max(value));
        if top > bar {
            self.propose(member, bar, most);
        }
        if self.found.is_empty() && !self.moves.is_empty() {
            self.note_moves(member);
        }
    }

    fn propose(&mut self, member: usize, bar: N, most: usize) {
        let rank = self.network.level.rank[member];
        self.over.clear();
        for (leaf, &value) in self.value.iter().enumerate() {
            if value > bar {
                self.over.push((value, narrow(leaf)));
            }
        }
        self.over
            .sort_by_key(|&(value, leaf)| (std::cmp::Reverse(value), leaf));
        self.over.truncate(most);
        self.over.sort_unstable_by_key(|&(_, leaf)| leaf);
        for &(_, leaf) in &self.over {
            self.found
                .push((member, leaf, code(rank, self.row[leaf as usize])));
        }
    }

    fn note_moves(&mut self, member: usize) {
        let (columns, level) = (self.network.columns, self.network.level);
        let (ground, width) = (level.ground(), level.ground() + 1);
        let rank = level.rank[member];
        for column in columns.of(member).filter(|&column| self.network.flow[column] > 0) {
            let from = columns.leaf[column] as usize;
            let held = if from == ground {
                -code(rank, 0)
            } else {
                self.row[from]
            };
            let moves = &mut self.moves[from * width..(from + 1) * width];
            for (best, &score) in moves.iter_mut().zip(&self.row) {
                let score = score.max(NO_MOVE);
                *best = (*best).max(score - held);
            }
            if from != ground {
                moves[ground] = moves[ground].max(-columns.code[column]);
            }
        }
    }
}
