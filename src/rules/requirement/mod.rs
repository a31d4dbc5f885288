//! Hard rules: which reps may take which lead.

mod distance;
mod franchise;
mod refused;
mod require;
mod skills;
mod territory;

use super::Verdict;
use super::bind::Ground;
use super::keys::Keys;
use crate::model::{LeadIndex, RepIndex};
pub use distance::MaxKm;
pub use franchise::WithinFranchise;
pub use refused::NotRefused;
pub use require::Require;
pub use skills::SkillsMust;
use std::fmt::Debug;
pub use territory::TerritoryMust;

/// The names of the built-in hard rules, as passes relax them.
pub const BUILT_IN: &[&str] = &["territory", "skills", "max_km"];

/// The names of the built-in hard rules that no pass relaxes.
pub const STRICT: &[&str] = &["refused", "franchise"];

/// Up to so many pairs are kept as bits; beyond it they are looked at on demand.
const MOST_KEPT: usize = 64 << 20;

/// What a hard rule says of a key and a rep.
pub trait Hard: Debug + Send + Sync {
    /// What it says of a rep by its place in the roster.
    fn verdict(&self, key: u32, rep: usize) -> Verdict;

    /// Clears `out[rep]` for every rep for whom it does not hold.
    fn clear_blocked(&self, key: u32, out: &mut [bool]) {
        for (rep, out) in out.iter_mut().enumerate() {
            *out &= self.verdict(key, rep) == Verdict::Holds;
        }
    }

    /// Writes `with` over `out[rep]` for every rep for whom it does not hold; `spare` is memory to use.
    fn strike(&self, key: u32, spare: &mut Vec<bool>, out: &mut [i32], with: i32) {
        spare.clear();
        spare.resize(out.len(), true);
        self.clear_blocked(key, spare);
        for (out, &holds) in out.iter_mut().zip(spare.iter()) {
            *out = if holds { *out } else { with };
        }
    }
}

/// A hard rule, bound to a batch: which reps may take which lead.
///
/// Leads that the rule cannot tell apart share a key, so that it is evaluated once a key and rep.
#[derive(Debug)]
pub struct Requirement {
    /// The name in rules; `territory`, `max_km`, `skills` for the built-in ones.
    pub name: String,
    keys: Keys,
    hard: Box<dyn Hard>,
    words_a_row: usize,
    kept: Vec<u64>,
}

impl Requirement {
    /// Makes a requirement; keeps what it says in a table where that is small enough.
    pub fn new(name: &str, keys: Keys, hard: Box<dyn Hard>, reps: usize) -> Self {
        let words_a_row = reps.div_ceil(64);
        let mut kept = Vec::new();
        if keys.count().saturating_mul(reps) <= MOST_KEPT {
            kept = vec![0; keys.count() * words_a_row];
            let mut row = vec![true; reps];
            for (key, words) in (0..).zip(kept.chunks_mut(words_a_row.max(1))) {
                row.fill(true);
                hard.clear_blocked(key, &mut row);
                for (rep, _) in row.iter().enumerate().filter(|(_, holds)| **holds) {
                    words[rep / 64] |= 1 << (rep % 64);
                }
            }
        }
        Self {
            name: name.to_owned(),
            keys,
            hard,
            words_a_row,
            kept,
        }
    }

    /// Binds a rule that a ground may or may not have a use for.
    pub fn of<H: Hard + 'static>(name: &str, bound: Option<(Keys, H)>, ground: &Ground<'_>) -> Option<Self> {
        let (keys, hard) = bound?;
        Some(Self::new(
            name,
            keys,
            Box::new(hard),
            ground.batch.reps.list.len(),
        ))
    }

    /// The lead's key; `None` where the rule does not apply to it.
    pub fn key(&self, lead: LeadIndex) -> Option<u32> {
        self.keys.of(lead)
    }

    /// How many keys there are.
    pub fn keys(&self) -> usize {
        self.keys.count()
    }

    /// How many leads each key has.
    pub fn sizes(&self) -> Vec<u64> {
        self.keys.sizes()
    }

    /// What the rule says of a key and a rep.
    pub fn verdict(&self, key: u32, rep: RepIndex) -> Verdict {
        let rep = rep.at();
        let word = self.kept.get(key as usize * self.words_a_row + rep / 64);
        if word.is_some_and(|word| word >> (rep % 64) & 1 == 1) {
            return Verdict::Holds;
        }
        self.hard.verdict(key, rep)
    }

    /// Writes `with` over `out[rep]` for every rep (roster order) for whom the rule does not hold; `spare`
    /// is memory to use.
    pub fn strike(&self, key: u32, spare: &mut Vec<bool>, out: &mut [i32], with: i32) {
        self.hard.strike(key, spare, out, with);
    }

    /// Clears `out[rep]` for every rep (roster order) for whom the rule does not hold.
    pub fn clear_blocked(&self, key: u32, out: &mut [bool]) {
        if self.kept.is_empty() {
            return self.hard.clear_blocked(key, out);
        }
        let start = key as usize * self.words_a_row;
        let words = &self.kept[start..start + self.words_a_row];
        for (out, &word) in out.chunks_mut(64).zip(words) {
            if word == u64::MAX {
                continue;
            }
            for (bit, out) in out.iter_mut().enumerate() {
                *out &= word >> bit & 1 == 1;
            }
        }
    }
}

#[cfg(test)]
mod tests;
