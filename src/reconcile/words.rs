//! How rare words of organisations' names are, over the import and all listings.

use super::hashing::of_text;
use super::profile::Profile;
use crate::model::QuickMap;

/// How often each word stands in a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    counts: QuickMap<u64, u32>,
    names: u64,
}

/// Short lists are counted as if they had so many names: in ten names nothing can be told to be common.
const FEWEST_NAMES: u64 = 1000;

impl Words {
    /// Counts the words of a row's name, a number of times.
    pub fn count(&mut self, profile: &Profile, times: u32) {
        if let Some(company) = &profile.company {
            self.names += u64::from(times);
            for word in &company.words {
                *self.counts.entry(of_text(&word.text)).or_default() += times;
            }
        }
    }

    /// Adds what another thread counted.
    pub fn add(&mut self, other: Self) {
        self.names += other.names;
        for (word, count) in other.counts {
            *self.counts.entry(word).or_default() += count;
        }
    }

    /// The weight of a word: the logarithm of how rare it is.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "weights are rough"
    )]
    pub fn weight(&self, word: &str) -> f32 {
        let count = self.counts.get(&of_text(word)).copied().unwrap_or(1).max(1);
        let names = self.names.max(FEWEST_NAMES);
        (names as f64 / f64::from(count)).ln_1p() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more() {
        let mut words = Words::default();
        words.counts.insert(of_text("bike"), 500);
        assert!(words.weight("acme") > 2.0 * words.weight("bike"));
    }
}
