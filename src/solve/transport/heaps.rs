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
    /// For each from · width + to the number of its pair, 0 = none; memory that is never written is never taken.
    number: Vec<u32>,
    pairs: Vec<Pair>,
    entries: Vec<u64>,
    added: Vec<BinaryHeap<u64>>,
}

/// A pair of nodes that some member could move between.
#[derive(Clone, Copy)]
struct Pair {
    /// From · width + to.
    at: u32,
    /// Where the moves known from the start begin; those dropped are behind the end.
    start: u32,
    end: u32,
    sorted: bool,
    /// The heap of moves added.
    added: u32,
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
        let none = Pair {
            at: 0,
            start: 0,
            end: 0,
            sorted: false,
            added: NONE,
        };
        let mut heaps = Self {
            width,
            number: vec![0; width * width],
            pairs: vec![none],
            entries: Vec::new(),
            added: Vec::new(),
        };
        each(&mut |from, to, _, _| {
            let pair = heaps.pair(from, to);
            heaps.pairs[pair].end += 1;
        });
        let mut start = 0;
        for pair in &mut heaps.pairs {
            let count = pair.end;
            (pair.start, pair.end) = (start, start);
            start += count;
        }
        heaps.entries = vec![0u64; start as usize];
        each(&mut |from, to, gain, member| {
            let pair = &mut heaps.pairs[heaps.number[from * width + to] as usize];
            let (entry, at) = (entry(gain, member), pair.end as usize);
            heaps.entries[at] = entry;
            if pair.end > pair.start && heaps.entries[at - 1] > entry {
                heaps.entries.swap(at - 1, at);
            }
            pair.end += 1;
        });
        heaps
    }

    /// The number of a pair, a new one if it has none.
    fn pair(&mut self, from: usize, to: usize) -> usize {
        let at = from * self.width + to;
        let number = &mut self.number[at];
        if *number == 0 {
            *number = narrow(self.pairs.len());
            self.pairs.push(Pair {
                at: narrow(at),
                ..self.pairs[0]
            });
        }
        *number as usize
    }

    /// Tells the ends of each pair and the gain of its best move.
    pub(super) fn each_best(&self, mut tell: impl FnMut(usize, usize, i64)) {
        for pair in &self.pairs[1..] {
            if let Some((gain, _)) = self.best(pair).map(parts) {
                tell(pair.at as usize / self.width, pair.at as usize % self.width, gain);
            }
        }
    }

    /// Adds a member that could move.
    pub(super) fn push(&mut self, from: usize, to: usize, gain: i64, member: u32) {
        let pair = self.pair(from, to);
        let added = &mut self.pairs[pair].added;
        if *added == NONE {
            *added = narrow(self.added.len());
            self.added.push(BinaryHeap::new());
        }
        self.added[*added as usize].push(entry(gain, member));
    }

    /// The gain and member of the best move as it was last seen, whether or not it still holds.
    pub(super) fn peek(&self, from: usize, to: usize) -> Option<(i64, u32)> {
        let number = self.number[from * self.width + to];
        self.best(&self.pairs[number as usize]).map(parts)
    }

    /// The gain and member of the best move whose member still has a lead at the first node.
    pub(super) fn top(&mut self, from: usize, to: usize, holds: impl Fn(u32) -> bool) -> Option<(i64, u32)> {
        let number = self.number[from * self.width + to] as usize;
        loop {
            let pair = &self.pairs[number];
            let (known, latest) = (self.known(pair), self.latest(pair));
            let (gain, member) = parts(known.max(latest)?);
            if holds(member) {
                return Some((gain, member));
            }
            if latest >= known {
                self.added[pair.added as usize].pop();
            } else {
                self.drop_known(number);
            }
        }
    }

    fn best(&self, pair: &Pair) -> Option<u64> {
        self.known(pair).max(self.latest(pair))
    }

    /// The best of the moves known from the start.
    fn known(&self, pair: &Pair) -> Option<u64> {
        (pair.start < pair.end).then(|| self.entries[pair.end as usize - 1])
    }

    /// The best of the moves added.
    fn latest(&self, pair: &Pair) -> Option<u64> {
        self.added.get(pair.added as usize)?.peek().copied()
    }

    fn drop_known(&mut self, number: usize) {
        let pair = &mut self.pairs[number];
        pair.end -= 1;
        if !pair.sorted {
            pair.sorted = true;
            self.entries[pair.start as usize..pair.end as usize].sort_unstable();
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
