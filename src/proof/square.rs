//! A relation among the leaves of a pass, one bit a pair.

/// Which leaf stands in relation to which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Square {
    words: usize,
    bits: Vec<u64>,
}

impl Square {
    /// None to none.
    pub fn new(leaves: usize) -> Self {
        let words = leaves.div_ceil(64);
        Self {
            words,
            bits: vec![0; words * leaves],
        }
    }

    /// Relates a leaf to another.
    pub fn set(&mut self, from: usize, to: usize) {
        self.bits[from * self.words + to / 64] |= 1 << (to % 64);
    }

    /// Tells whether a leaf is related to another.
    pub fn has(&self, from: usize, to: usize) -> bool {
        self.bits[from * self.words + to / 64] >> (to % 64) & 1 == 1
    }

    /// Adds all that another relation has.
    pub fn join(&mut self, other: &Self) {
        for (own, more) in self.bits.iter_mut().zip(&other.bits) {
            *own |= more;
        }
    }
}
