//! For each ordered pair of nodes, the members that could move from the one to the other, best first.

use std::collections::BinaryHeap;

const NO_HEAP: u32 = u32::MAX;

/// A heap for each ordered pair of nodes that has one. An entry holds as long as its member has a
/// lead at the first node; who asks for the top says which still do, and the others are dropped.
pub(super) struct Heaps {
    width: usize,
    place: Vec<u32>,
    moves: Vec<BinaryHeap<u64>>,
}

/// Packs a gain and a member so that the greater gain, then the earlier member, is the greater.
fn entry(gain: i32, member: u32) -> u64 {
    let ordered = gain.cast_unsigned() ^ (1 << 31);
    u64::from(ordered) << 32 | u64::from(!member)
}

/// The gain and the member of an entry.
#[expect(clippy::cast_possible_truncation, reason = "the two halves are taken apart")]
fn parts(entry: u64) -> (i32, u32) {
    let gain = ((entry >> 32) as u32 ^ (1 << 31)).cast_signed();
    (gain, !(entry as u32))
}

impl Heaps {
    /// Builds all heaps from entries (from, to, gain, member) in bulk.
    pub(super) fn build(width: usize, entries: impl Iterator<Item = (usize, usize, i32, u32)>) -> Self {
        let mut place = vec![NO_HEAP; width * width];
        let mut lists: Vec<Vec<u64>> = Vec::new();
        for (from, to, gain, member) in entries {
            let at = &mut place[from * width + to];
            if *at == NO_HEAP {
                *at = super::columns::narrow(lists.len());
                lists.push(Vec::new());
            }
            lists[*at as usize].push(entry(gain, member));
        }
        let moves = lists.into_iter().map(BinaryHeap::from).collect();
        Self { width, place, moves }
    }

    /// Adds a member that could move.
    pub(super) fn push(&mut self, from: usize, to: usize, gain: i32, member: u32) {
        let at = &mut self.place[from * self.width + to];
        if *at == NO_HEAP {
            *at = super::columns::narrow(self.moves.len());
            self.moves.push(BinaryHeap::new());
        }
        self.moves[*at as usize].push(entry(gain, member));
    }

    /// The gain and member of the best move as it was last seen, whether or not it still holds.
    pub(super) fn peek(&self, from: usize, to: usize) -> Option<(i32, u32)> {
        let at = self.place[from * self.width + to];
        let heap = self.moves.get(at as usize)?;
        heap.peek().copied().map(parts)
    }

    /// The gain and member of the best move whose member still has a lead at the first node.
    pub(super) fn top(&mut self, from: usize, to: usize, holds: impl Fn(u32) -> bool) -> Option<(i32, u32)> {
        let at = self.place[from * self.width + to];
        let heap = self.moves.get_mut(at as usize)?;
        while let Some(&top) = heap.peek() {
            let (gain, member) = parts(top);
            if holds(member) {
                return Some((gain, member));
            }
            heap.pop();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_move_that_still_holds_comes_first_and_the_earlier_member_among_equals() {
        let moves = [(0, 1, -5, 7), (0, 1, 3, 9), (0, 1, 3, 4), (1, 0, 8, 1)];
        let mut heaps = Heaps::build(2, moves.into_iter());
        assert_eq!(heaps.top(0, 1, |_| true), Some((3, 4)));
        assert_eq!(heaps.top(0, 1, |member| member == 7), Some((-5, 7)));
        assert_eq!(heaps.top(0, 1, |_| false), None);
        assert_eq!(heaps.peek(1, 0), Some((8, 1)));
    }
}
