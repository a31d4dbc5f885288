//! Loops over the numbers of a row that the processor does several at a time.

use crate::solve::transport::FORBIDDEN;

/// Largest sum of reduced weights for which sums of weighted units fit into 32 bits.
pub const LIGHT: i64 = i32::MAX as i64 / 1_000_000;

/// Counts the scores that are not [`FORBIDDEN`], in numbers as wide as the scores.
pub fn count_allowed(scores: &[i32]) -> usize {
    let count: u32 = scores.iter().map(|&score| u32::from(score != FORBIDDEN)).sum();
    count as usize
}

/// Lists the places of the reps who are not struck, of whom there are `count`.
pub fn list_eligible(struck: &[i32], count: usize, list: &mut Vec<u32>) {
    /// So many are passed over together where all are struck.
    const TOGETHER: usize = 8;
    list.clear();
    // One more, for those passed over after the last of them.
    list.resize(count + 1, 0);
    let mut listed = 0;
    let (chunks, rest) = struck.as_chunks::<TOGETHER>();
    let mut look = |first: u32, struck: &[i32]| {
        if struck.iter().fold(FORBIDDEN, |all, struck| all & struck) == FORBIDDEN {
            return;
        }
        for (rep, &struck) in (first..).zip(struck) {
            list[listed] = rep;
            listed += usize::from(struck != FORBIDDEN);
        }
    };
    for (first, chunk) in (0u32..).step_by(TOGETHER).zip(chunks) {
        look(first, chunk);
    }
    let first = struck.len() - rest.len();
    look(
        u32::try_from(first).expect("there are fewer reps than leads"),
        rest,
    );
    list.truncate(count);
}

/// Divides sums by light weights, half up, in place.
pub fn divide_light(weights: i64, sums: &mut [i32]) {
    if weights > 1 {
        let weights = i32::try_from(weights).expect("light weights are small");
        divide(f64::from(weights), sums);
    }
}

/// Divides sums by a weight, half up, in place; sums are not negative and 31 bits wide, scores
/// below 2²⁰ and the weight below 2¹².
///
/// Half up of s/w is the integer nearest to (s + ¼)/w: a quarter breaks ties upwards and is too
/// little to cross another one, from which the quotient keeps 1/(4w) > 2⁻¹⁴ away, while the two
/// roundings here err by less than 2⁻³⁰. Adding 1½·2⁵² leaves the nearest integer in the low bits.
fn divide(weight: f64, sums: &mut [i32]) {
    const NEAREST: f64 = 6_755_399_441_055_744.0;
    let inverse = 1.0 / weight;
    for sum in sums {
        let quotient = (f64::from(*sum) + 0.25) * inverse + NEAREST;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits hold the integer")]
        {
            *sum = quotient.to_bits() as i32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::mean;
    use proptest::prelude::*;

    fn check(sum: i32, weight: i32) {
        let mut sums = [sum];
        divide(f64::from(weight), &mut sums);
        assert_eq!(
            i64::from(sums[0]),
            mean(i64::from(sum), i64::from(weight)),
            "{sum} / {weight}"
        );
    }

    #[test]
    fn the_eligible_are_listed_wherever_they_stand() {
        for reps in 0..40usize {
            for step in 1..9usize {
                let mut struck = vec![FORBIDDEN; reps];
                struck.iter_mut().step_by(step).for_each(|struck| *struck = 0);
                let mut list = vec![7; 3];
                list_eligible(&struck, reps.div_ceil(step), &mut list);
                let expected = (0u32..).step_by(step).take(reps.div_ceil(step));
                assert!(list.iter().copied().eq(expected), "{reps} by {step}");
            }
        }
    }

    #[test]
    fn halves_are_rounded_up_for_every_light_weight() {
        for weight in 1..=i32::try_from(LIGHT).unwrap() {
            for quotient in [0, 1, 2, 499_999, 999_998, 999_999] {
                let below = quotient * weight + weight / 2;
                for sum in [below - 1, below, below + 1, below + 2] {
                    if (0..=1_000_000 * weight).contains(&sum) {
                        check(sum, weight);
                    }
                }
            }
            check(1_000_000 * weight, weight);
        }
    }

    proptest! {
        #[test]
        fn division_is_the_mean_of_the_plain_scorer(weight in 1i32..=2147, share in 0.0f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, reason = "below 31 bits")]
            check((share * 1_000_000.0 * f64::from(weight)) as i32, weight);
        }
    }
}
