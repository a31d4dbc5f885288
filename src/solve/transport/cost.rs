//! Costs that grow with the count.

use super::Slope;

impl Slope {
    /// The cost of the `k`-th lead of the pass (1 the first), in the slope's units.
    ///
    /// Absent where it exceeds 2⁶². A negative numerator or offset counts as 0, a denominator below 1 as 1.
    pub fn cost(&self, k: u64) -> Option<i64> {
        let count = u128::from(self.start) + u128::from(k);
        let odd = (2 * count).checked_sub(1)?;
        let product = u128::from(self.steepness()).checked_mul(odd)?;
        let cost = product / u128::from(self.divisor()) + u128::from(self.base());
        i64::try_from(cost).ok().filter(|&cost| cost <= 1 << 62)
    }

    /// The cost of the first `count` leads of the pass together, in time logarithmic in the numbers.
    ///
    /// Only for counts whose last lead has a [`cost`](Self::cost).
    pub(in crate::solve) fn total(&self, count: u64) -> i128 {
        let steepness = i128::from(self.steepness());
        let first = steepness * (2 * i128::from(self.start) + 1);
        let grown = floor_sum(
            i128::from(count),
            i128::from(self.divisor()),
            2 * steepness,
            first,
        );
        grown + i128::from(count) * i128::from(self.base())
    }

    /// Tells whether nothing costs anything.
    pub(super) fn is_free(&self) -> bool {
        self.steepness() == 0 && self.base() == 0
    }

    fn base(&self) -> u64 {
        self.offset.max(0).unsigned_abs()
    }

    fn steepness(&self) -> u64 {
        self.numerator.max(0).unsigned_abs()
    }

    fn divisor(&self) -> u64 {
        self.denominator.max(1).unsigned_abs()
    }
}

/// Σ over i from 0 to count − 1 of ⌊(step·i + first) / divisor⌋, by the Euclid-like recursion on
/// lattice points below a line (Graham, Knuth, Patashnik: Concrete Mathematics, 3.26).
fn floor_sum(mut count: i128, mut divisor: i128, mut step: i128, mut first: i128) -> i128 {
    let mut sum = 0;
    while count > 0 {
        sum += count * (count - 1) / 2 * (step / divisor) + count * (first / divisor);
        (step, first) = (step % divisor, first % divisor);
        let last = step * count + first;
        if last < divisor {
            break;
        }
        (count, first) = (last / divisor, last % divisor);
        (divisor, step) = (step, divisor);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_cost_too_great_to_pack_is_absent() {
        let steep = Slope {
            numerator: i64::MAX,
            denominator: 1,
            start: u64::MAX,
            offset: i64::MAX,
        };
        assert_eq!(steep.cost(u64::MAX), None);
        assert_eq!(Slope { start: 0, ..steep }.cost(1), None);
        assert_eq!(
            Slope {
                numerator: 0,
                ..steep
            }
            .cost(1),
            None
        );
    }

    #[test]
    fn the_kth_lead_costs_half_a_step_less_than_k() {
        let slope = Slope {
            numerator: 50_000,
            denominator: 10,
            start: 3,
            offset: 7,
        };
        assert_eq!(slope.cost(1), Some(35_007));
        assert_eq!(slope.cost(7), Some(95_007));
    }

    proptest! {
        #[test]
        fn the_total_is_the_sum_of_the_costs(
            numerator in 0i64..1_000_000, denominator in 1i64..1_000_000, start in 0u64..1000, count in 0u64..200,
            offset in 0i64..1_000_000,
        ) {
            let slope = Slope { numerator, denominator, start, offset };
            let sum: i128 = (1..=count).map(|k| i128::from(slope.cost(k).expect("small"))).sum();
            prop_assert_eq!(slope.total(count), sum);
        }
    }
}
