//! A fast hash for tables that live as long as a run and whose order nothing reads.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map with [`QuickHasher`].
pub type QuickMap<K, V> = HashMap<K, V, QuickState>;

/// The state of [`QuickHasher`].
pub type QuickState = BuildHasherDefault<QuickHasher>;

/// Hashes eight bytes at a time by a multiplication to 128 bits whose halves are folded together.
///
/// Every bit of the product depends on low or high bits of what was written, so that ids and numbers in
/// a row, which differ in a few places only, spread as evenly as random ones; a product of 64 bits alone
/// crowds them. (The scheme of wyhash, public domain, Wang Yi.)
#[derive(Clone, Copy, Debug)]
pub struct QuickHasher(u64);

/// Odd, with bits in no order: the fraction of the golden ratio, and that of π to begin with.
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
const START: u64 = 0x243F_6A88_85A3_08D3;

impl Default for QuickHasher {
    fn default() -> Self {
        Self(START)
    }
}

impl QuickHasher {
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the halves of the product are folded"
    )]
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.0 ^ word) * u128::from(FACTOR);
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }
}

impl Hasher for QuickHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            let mut last = [0; 8];
            last[..rest.len()].copy_from_slice(rest);
            self.mix(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
        }
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }

    #[inline]
    fn write_u32(&mut self, word: u32) {
        self.mix(u64::from(word));
    }

    #[inline]
    fn write_u64(&mut self, word: u64) {
        self.mix(word);
    }

    #[inline]
    fn write_usize(&mut self, word: usize) {
        self.mix(word as u64);
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::hash::{BuildHasher, Hash};

    /// The most of 4,096 keys that fall into one of 4,096 slots by the low bits, and by the high ones.
    fn crowds<K: Hash>(key: impl Fn(u32) -> K) -> [usize; 2] {
        let state = QuickState::default();
        [0, 52].map(|shift| {
            let mut slots: BTreeMap<u64, usize> = BTreeMap::new();
            for at in 0..4096 {
                *slots.entry(state.hash_one(key(at)) >> shift & 4095).or_default() += 1;
            }
            slots.into_values().max().unwrap_or_default()
        })
    }

    #[test]
    fn keys_in_a_row_spread_like_random_ones() {
        // Random keys would crowd to about 7.
        assert!(crowds(|at| at).iter().all(|most| *most <= 12));
        assert!(crowds(|at| format!("L{at:07}")).iter().all(|most| *most <= 12));
        assert!(
            crowds(|at| format!("{:.5}", f64::from(at) / 100.0))
                .iter()
                .all(|most| *most <= 12)
        );
        assert!(
            crowds(|at| (at / 64, u64::from(at % 64)))
                .iter()
                .all(|most| *most <= 12)
        );
    }

    #[test]
    fn texts_that_end_in_zero_bytes_are_told_apart() {
        let state = QuickState::default();
        assert_ne!(state.hash_one("a"), state.hash_one("a\0"));
    }
}
