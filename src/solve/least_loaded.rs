//! The least loaded: who has the smallest share of the ceiling open.

use std::cmp::Ordering;

/// A ceiling as a fraction, since a fair share need not be whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// Above the line; 0 makes every load infinite.
    pub above: u128,
    /// Below the line; 0 counts as 1.
    pub below: u64,
}

impl Ratio {
    /// A whole ceiling.
    pub fn whole(ceiling: u32) -> Self {
        Self {
            above: ceiling.into(),
            below: 1,
        }
    }

    /// A fair share: leads × weight ÷ sum of weights, at least 1 (also where nobody has a weight).
    pub fn fair_share(leads: u64, weight: u32, weights: u64) -> Self {
        let above = u128::from(leads) * u128::from(weight);
        if above <= u128::from(weights) {
            Self::whole(1)
        } else {
            Self {
                above,
                below: weights,
            }
        }
    }
}

/// What a rep carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Leads open, those dealt so far among them.
    pub open: u64,
    /// The most that it should have open.
    pub ceiling: Ratio,
    /// Leads by which it is ahead of its share, in any unit: served before and in this run, less what was due.
    pub served: i128,
}

/// Picks the rep (by position, in id order) with the lowest open/ceiling among those who may take the
/// lead; the least served among equals, then the first. Exact; O(reps).
pub fn pick(loads: &[Load], may: impl Fn(usize) -> bool) -> Option<usize> {
    let order = |&one: &usize, &other: &usize| {
        let by_load = compare(&loads[one], &loads[other]);
        by_load.then(loads[one].served.cmp(&loads[other].served))
    };
    (0..loads.len()).filter(|&rep| may(rep)).min_by(order)
}

/// Compares open/ceiling of two loads.
fn compare(one: &Load, other: &Load) -> Ordering {
    let fraction = |load: &Load| {
        let below = u128::from(load.ceiling.below.max(1));
        (u128::from(load.open) * below, load.ceiling.above)
    };
    compare_fractions(fraction(one), fraction(other))
}

/// Compares two fractions (above, below the line) by their continued fractions, which cannot overflow.
fn compare_fractions(mut one: (u128, u128), mut other: (u128, u128)) -> Ordering {
    let mut turned = false;
    loop {
        let order = match (one.1, other.1) {
            (0, 0) => Ordering::Equal,
            (0, _) => Ordering::Greater,
            (_, 0) => Ordering::Less,
            _ => (one.0 / one.1).cmp(&(other.0 / other.1)),
        };
        if order != Ordering::Equal || one.1 == 0 {
            return if turned { order.reverse() } else { order };
        }
        one = (one.1, one.0 % one.1);
        other = (other.1, other.0 % other.1);
        turned = !turned;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn load(open: u64, ceiling: u32, served: i128) -> Load {
        Load {
            open,
            ceiling: Ratio::whole(ceiling),
            served,
        }
    }

    fn check(loads: &[Load], expected: Option<usize>) {
        assert_eq!(pick(loads, |_| true), expected);
    }

    #[test]
    fn the_lowest_share_of_the_ceiling_is_picked() {
        check(&[load(5, 10, 0), load(9, 20, 9), load(5, 8, 0)], Some(1));
        check(&[load(0, 0, 0), load(9, 1, 0)], Some(1));
        check(&[], None);
    }

    #[test]
    fn among_equals_the_least_served_then_the_first_is_picked() {
        check(&[load(5, 10, 3), load(1, 2, 2), load(2, 4, 2)], Some(1));
    }

    #[test]
    fn who_may_not_take_the_lead_is_not_picked() {
        let loads = [load(0, 5, 0), load(4, 5, 0)];
        assert_eq!(pick(&loads, |rep| rep == 1), Some(1));
        assert_eq!(pick(&loads, |_| false), None);
    }

    #[test]
    fn a_fair_share_is_at_least_one() {
        assert_eq!(Ratio::fair_share(10, 1000, 20_000), Ratio::whole(1));
        assert_eq!(Ratio::fair_share(10, 0, 0), Ratio::whole(1));
        let share = Ratio {
            above: 30_000,
            below: 20_000,
        };
        assert_eq!(Ratio::fair_share(10, 3000, 20_000), share);
    }

    proptest! {
        #[test]
        fn fractions_compare_as_their_cross_products_do(
            a in 0..50u128, b in 1..50u128, c in 0..50u128, d in 1..50u128,
        ) {
            prop_assert_eq!(compare_fractions((a, b), (c, d)), (a * d).cmp(&(c * b)));
        }
    }
}
