//! Numbers that stand for texts in the index of what is compared.

use crate::model::QuickState;
use std::hash::{BuildHasher, Hasher};

/// The number of a text. Two texts of a billion get one number about once in forty runs; whatever is found
/// by number is compared as text before anything rests on it.
pub(super) fn of_text(text: &str) -> u64 {
    let mut hasher = QuickState::default().build_hasher();
    hasher.write(text.as_bytes());
    finish(hasher.finish())
}

/// The number of numbers in order.
pub(super) fn of_numbers(numbers: &[u64]) -> u64 {
    let mut hasher = QuickState::default().build_hasher();
    for number in numbers {
        hasher.write_u64(*number);
    }
    finish(hasher.finish())
}

/// Spreads the bits once more, so that the high ones alone can place a number in a directory
/// (the finalizer of splitmix64; Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
fn finish(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_length_count() {
        assert_ne!(of_numbers(&[1, 2]), of_numbers(&[2, 1]));
        assert_ne!(of_text("ab"), of_text("ba"));
        assert_eq!(of_text("ab"), of_text("ab"));
    }
}
