//! For each ordered pair of nodes, the members that could move from the one to the other, best first.

use super::level::narrow;
use std::collections::BinaryHeap;

/// No moves were added to a pair.
const NONE: u32 = u32::MAX;
/// Bits of an entry that hold the member.
pub(super) const MEMBER_BITS: u32 = 29;
/// Added to a gain so that it is not negative.
const SHIFT: i64 = 1 << 34;

/// The moves between all ordered pairs of nodes. An entry holds as long as its member has a lead at
/// the first node; who asks for the top says which still do, and the others are dropped.
///
/// The moves known from the start lie in one list by pair, the best of each pair last; a pair is sorted
/// when its best is dropped, which few pairs ever see. Moves added later are in heaps.
pub(super) struct Heaps {
    width: usize,
    /// Where each pair's moves start; one more at the end.
    start: Vec<u32>,
    /// Where they end: dropped moves are behind it.
    end: Vec<u32>,
    sorted: Vec<bool>,
    entries: Vec<u64>,
    /// The heap of moves added to each pair.
    place: Vec<u32>,
    added: Vec<BinaryHeap<u64>>,
}

/// Packs a gain and a member so that the greater gain, then the earlier member, is the greater.
fn entry(gain: i64, member: u32) -> u64 {
    let mask = (1u64 << MEMBER_BITS) - 1;
    debug_assert!(u64::from(member) <= mask && gain.abs() < SHIFT);
    (gain + SHIFT).cast_unsigned() << MEMBER_BITS | (mask - u64::from(member))
}

/// The gain and the member of an entry.
fn parts(entry: u64) -> (i64, u32) {
    let mask = (1u64 << MEMBER_BITS) - 1;
    let gain = (entry >> MEMBER_BITS).cast_signed() - SHIFT;
    let member = u32::try_from(mask - (entry & mask)).expect("29 bits");
    (gain, member)
}

impl Heaps {
    /// Sorts moves (from, to, gain, member) by pair; `each` tells them all, the same each time.
    pub(super) fn build(width: usize, each: impl Fn(&mut dyn FnMut(usize, usize, i64, u32))) -> Self {
        let pairs = width * width;
        let mut start = vec![0u32; pairs + 1];
        each(&mut |from, to, _, _| start[from * width + to + 1] += 1);
        for pair in 0..pairs {
            start[pair + 1] += start[pair];
        }
        let mut end = start[..pairs].to_vec();
        let mut entries = vec![0u64; start[pairs] as usize];
        each(&mut |from, to, gain, member| {
            let end = &mut end[from * width + to];
            let entry = entry(gain, member);
            let at = *end as usize;
            entries[at] = entry;
            if *end > start[from * width + to] && entries[at - 1] > entry {
                entries.swap(at - 1, at);
            }
            *end += 1;
        });
        Self {
            width,
            start,
            end,
            sorted: vec![false; pairs],
            entries,
            place: vec![NONE; pairs],
            added: Vec::new(),
        }
    }

    /// Adds a member that could move.
    pub(super) fn push(&mut self, from: usize, to: usize, gain: i64, member: u32) {
        let at = &mut self.place[from * self.width + to];
        if *at == NONE {
            *at = narrow(self.added.len());
            self.added.push(BinaryHeap::new());
        }
        self.added[*at as usize].push(entry(gain, member));
    }

    /// The gain and member of the best move as it was last seen, whether or not it still holds.
    pub(super) fn peek(&self, from: usize, to: usize) -> Option<(i64, u32)> {
        let pair = from * self.width + to;
        self.known(pair).max(self.latest(pair)).map(parts)
    }

    /// The gain and member of the best move whose member still has a lead at the first node.
    pub(super) fn top(&mut self, from: usize, to: usize, holds: impl Fn(u32) -> bool) -> Option<(i64, u32)> {
        let pair = from * self.width + to;
        loop {
            let (known, latest) = (self.known(pair), self.latest(pair));
            let (gain, member) = parts(known.max(latest)?);
            if holds(member) {
                return Some((gain, member));
            }
            if latest >= known {
                self.added[self.place[pair] as usize].pop();
            } else {
                self.drop_known(pair);
            }
        }
    }

    /// The best of the moves known from the start.
    fn known(&self, pair: usize) -> Option<u64> {
        let (start, end) = (self.start[pair], self.end[pair]);
        (start < end).then(|| self.entries[end as usize - 1])
    }

    /// The best of the moves added.
    fn latest(&self, pair: usize) -> Option<u64> {
        self.added.get(self.place[pair] as usize)?.peek().copied()
    }

    fn drop_known(&mut self, pair: usize) {
        self.end[pair] -= 1;
        if !self.sorted[pair] {
            self.sorted[pair] = true;
            let range = self.start[pair] as usize..self.end[pair] as usize;
            self.entries[range].sort_unstable();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_move_that_still_holds_comes_first_and_the_earlier_member_among_equals() {
        let moves = [(0, 1, -5, 7), (0, 1, 3, 9), (0, 1, 3, 4), (1, 0, 8, 1)];
        let mut heaps = Heaps::build(2, |tell| {
            for &(from, to, gain, member) in &moves {
                tell(from, to, gain, member);
            }
        });
        assert_eq!(heaps.top(0, 1, |_| true), Some((3, 4)));
        heaps.push(0, 1, 3, 5);
        assert_eq!(heaps.top(0, 1, |member| member != 4), Some((3, 5)));
        assert_eq!(heaps.top(0, 1, |member| member == 7), Some((-5, 7)));
        assert_eq!(heaps.top(0, 1, |_| false), None);
        assert_eq!(heaps.peek(1, 0), Some((8, 1)));
    }

    #[test]
    fn gains_of_every_size_are_kept_in_order() {
        let gains = [-(1 << 33), -16_000_000, -1, 0, 1, 1 << 33];
        for (at, &gain) in gains.iter().enumerate() {
            assert_eq!(parts(entry(gain, 77)), (gain, 77));
            assert!(at == 0 || entry(gains[at - 1], 0) < entry(gain, u32::MAX >> 3));
        }
    }
}
