//! Shares in a rotation by performance.

use crate::model::Weight;

/// Thousandths of weight that a rep of mean performance gets.
const MEAN: f64 = 1_000_000.0;

/// Turns performances into shares of a rotation; the mean gets a weight of 1000.
///
/// A missing one (or one that is no finite number) counts as the median of the others; none counts
/// less than `floor` (0 to 1) times the mean of all. The shares depend on the reps' order only in
/// their own; where no performance says anything, all are equal.
pub fn shares(performances: &[Option<f64>], floor: f64) -> Vec<Weight> {
    let known = |performance: &Option<f64>| performance.filter(|value| value.is_finite());
    let mut sorted: Vec<f64> = performances.iter().filter_map(known).collect();
    sorted.sort_by(f64::total_cmp);
    let greatest = sorted.last().copied().unwrap_or(0.0);
    if greatest <= 0.0 {
        return vec![rounded(MEAN); performances.len()];
    }
    // As shares of the greatest, sums cannot overflow; in order, they are the same for every roster.
    let share = |value: f64| (value / greatest).max(0.0);
    let median = share(median(&sorted));
    let missing = count(performances.len() - sorted.len());
    let known_sum: f64 = sorted.iter().map(|&value| share(value)).sum();
    let mean = (known_sum + missing * median) / count(performances.len());
    let least = (floor.clamp(0.0, 1.0) * mean).max(0.0);
    let weight = |performance: &Option<f64>| {
        let share = known(performance).map_or(median, share);
        rounded(share.max(least) / mean * MEAN)
    };
    performances.iter().map(weight).collect()
}

/// The median of a sorted list that is not empty.
fn median(sorted: &[f64]) -> f64 {
    let upper = sorted[sorted.len() / 2];
    let lower = sorted[(sorted.len() - 1) / 2];
    lower / 2.0 + upper / 2.0
}

#[expect(clippy::cast_precision_loss, reason = "rosters are far smaller than 2^52")]
fn count(reps: usize) -> f64 {
    reps as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of weights"
)]
fn rounded(thousandths: f64) -> Weight {
    Weight(thousandths.round().clamp(0.0, 1e9) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(performances: &[Option<f64>], expected: &[u32]) {
        let weights: Vec<u32> = shares(performances, 0.25).iter().map(|weight| weight.0).collect();
        assert_eq!(weights, expected);
    }

    #[test]
    fn shares_are_in_proportion_to_performance() {
        check(&[Some(1.0), Some(3.0)], &[500_000, 1_500_000]);
        check(&[Some(100.0), Some(300.0)], &[500_000, 1_500_000]);
    }

    #[test]
    fn a_missing_performance_counts_as_the_median() {
        check(
            &[Some(1.0), None, Some(3.0), Some(f64::NAN)],
            &[500_000, 1_000_000, 1_500_000, 1_000_000],
        );
    }

    #[test]
    fn nobody_falls_below_the_floor() {
        check(
            &[Some(0.0), Some(-5.0), Some(4.0), Some(4.0)],
            &[250_000, 250_000, 2_000_000, 2_000_000],
        );
    }

    #[test]
    fn equal_shares_where_no_performance_says_anything() {
        check(&[None, None], &[1_000_000, 1_000_000]);
        check(&[Some(0.0), Some(0.0)], &[1_000_000, 1_000_000]);
        check(&[], &[]);
    }

    #[test]
    fn the_greatest_numbers_do_not_overflow() {
        check(&[Some(f64::MAX), Some(f64::MAX)], &[1_000_000, 1_000_000]);
        check(&[Some(f64::MAX), Some(-f64::MAX)], &[2_000_000, 250_000]);
    }
}
