//! What the places of a rep cost: balance against its ceiling, fairness against its weight.

use super::course::LEAD;
use super::instance::Growth;
use super::presence::is_present;
use crate::model::{Batch, Ceiling, Rep};
use crate::rules::Rules;

/// Sums that are fixed before the first pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shares {
    open: u64,
    up: u64,
    weights: u64,
    strength: u64,
    max_share: Option<u32>,
}

impl Shares {
    /// Adds up what is open, what is up for dealing, and the weights of the reps present.
    pub fn of(batch: &Batch, rules: &Rules) -> Self {
        let reps = &batch.reps.list;
        let present = reps.iter().filter(|rep| is_present(rep));
        let weights: u64 = present.map(|rep| u64::from(rep.weight.0)).sum();
        let up = rules.barred.iter().filter(|barred| barred.is_none()).count();
        Self {
            open: reps.iter().map(|rep| u64::from(rep.open)).sum(),
            up: u64::try_from(up).unwrap_or(u64::MAX),
            weights: weights.max(1),
            strength: u64::try_from(rules.balance.strength.0).unwrap_or(0),
            max_share: rules.balance.max_share.map(|share| share.0),
        }
    }

    /// A rep's ceiling, one lead at least, times the sum of weights.
    pub fn ceiling(&self, rep: &Rep) -> u128 {
        let ceiling = match rep.max_open {
            Ceiling::At(most) => u128::from(most) * u128::from(self.weights),
            Ceiling::Unlimited => u128::from(self.open + self.up) * u128::from(rep.weight.0),
        };
        ceiling.max(u128::from(self.weights))
    }

    /// The ceiling in whole leads, rounded down.
    pub fn whole_ceiling(&self, rep: &Rep) -> u32 {
        u32::try_from(self.ceiling(rep) / u128::from(self.weights)).unwrap_or(u32::MAX)
    }

    /// The balance cost of who has a ceiling (times the sum of weights) and so many open leads:
    /// `floor(strength * (2k - 1) / (2 * ceiling))` units for the k-th open lead.
    pub fn balance(&self, ceiling: u128, open: u64) -> Growth {
        growth(
            u128::from(self.strength) * u128::from(self.weights),
            2 * ceiling,
            open,
        )
    }

    /// The most leads of this run that balance grants a rep.
    pub fn granted(&self, rep: &Rep) -> u64 {
        self.max_share.map_or(u64::MAX, |share| {
            let fair = u128::from(share) * u128::from(self.up) * u128::from(rep.weight.0);
            u64::try_from((fair / (1000 * u128::from(self.weights))).max(1)).unwrap_or(u64::MAX)
        })
    }
}

/// The units of fairness of a pass by the weights of all who take part: the least even number below 64
/// with which no cost needs rounding, or 64. Where turns differ, its least multiple that is not below 2520.
pub(crate) fn fairness_unit(weights: &[u64], turns: &[i128]) -> u64 {
    let largest = largest(weights);
    let exact = |unit: &u64| {
        let shared = unit / 2 * largest;
        weights
            .iter()
            .all(|&weight| weight == 0 || shared.is_multiple_of(weight))
    };
    let coarse = (2..64).step_by(2).find(exact).unwrap_or(64);
    if turns.windows(2).all(|pair| pair[0] == pair[1]) {
        coarse
    } else {
        2520_u64.div_ceil(coarse) * coarse
    }
}

/// What each lead of a leaf costs besides because its turn was ahead of the others': the distance to the last of
/// them at so many units a lead of the largest weight, to the nearest; 2^40 at most.
pub(crate) fn head_start(unit: u64, weights: &[u64], turns: &[i128], leaf: usize) -> i64 {
    let last = turns.iter().copied().min().unwrap_or(0);
    let distance = turns[leaf].saturating_sub(last).unsigned_abs();
    let lead = LEAD.unsigned_abs();
    let mut rate = u128::from(unit) * u128::from(largest(weights));
    let mut units = (distance / lead).saturating_mul(rate);
    // the rest by the digits of the rate, the least first: the distance doubles from one to the next, in whole
    // leads and what is below one
    let (mut whole, mut part, mut below) = (0u128, distance % lead, lead / 2);
    while rate > 0 {
        if rate & 1 == 1 {
            below += part;
            units = units.saturating_add(whole).saturating_add(below / lead);
            below %= lead;
        }
        (whole, part) = (2 * whole + 2 * part / lead, 2 * part % lead);
        rate >>= 1;
    }
    i64::try_from(units.min(1 << 40)).unwrap_or(i64::MAX)
}

/// The fairness cost of who has a weight and was served so many leads:
/// `floor(unit * largest weight * (2k - 1) / (2 * weight))` for the k-th lead served; no weight counts
/// as the smallest there is.
pub(crate) fn fairness(unit: u64, weights: &[u64], weight: u64, served: u64) -> Growth {
    let smallest = weights
        .iter()
        .copied()
        .filter(|&weight| weight > 0)
        .min()
        .unwrap_or(1);
    let weight = if weight == 0 { smallest } else { weight };
    growth(
        u128::from(unit) * u128::from(largest(weights)),
        2 * u128::from(weight),
        served,
    )
}

fn largest(weights: &[u64]) -> u64 {
    weights.iter().copied().max().unwrap_or(0).max(1)
}

/// A growth whose terms fit 62 bits: in lowest terms, then low bits of both dropped alike.
fn growth(numerator: u128, denominator: u128, start: u64) -> Growth {
    let (mut a, mut b) = (numerator, denominator);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    let (mut numerator, mut denominator) = (numerator / a.max(1), denominator / a.max(1));
    while numerator >> 62 > 0 || denominator >> 62 > 0 {
        (numerator, denominator) = (numerator >> 1, denominator >> 1);
    }
    Growth {
        numerator: i64::try_from(numerator).unwrap_or(i64::MAX),
        denominator: i64::try_from(denominator).unwrap_or(i64::MAX).max(1),
        start,
        offset: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(growth: Growth, expected: [i64; 3]) {
        assert_eq!([1, 2, 3].map(|k| growth.cost(k)), expected);
    }

    #[test]
    fn the_last_free_place_costs_nearly_the_strength() {
        let shares = Shares {
            open: 4,
            up: 6,
            weights: 3000,
            strength: 100_000,
            max_share: None,
        };
        check(shares.balance(4 * 3000, 1), [37_500, 62_500, 87_500]);
        check(shares.balance(10 * 1000, 0), [15_000, 45_000, 75_000]);
    }

    #[test]
    fn fairness_is_exact_for_small_whole_weights() {
        let weights = [1000, 2000, 3000];
        let unit = fairness_unit(&weights, &[5; 3]);
        assert_eq!(unit, 4);
        check(fairness(unit, &weights, 3000, 0), [2, 6, 10]);
        check(fairness(unit, &weights, 2000, 0), [3, 9, 15]);
        check(fairness(unit, &weights, 1000, 1), [18, 30, 42]);
    }

    #[test]
    fn a_fraction_of_a_lead_ahead_is_a_head_start() {
        let lead = |leads: i128, of: i128| leads * LEAD / 1000 / of;
        let (weights, turns) = ([1000; 4], [-lead(1, 9), 0, lead(1, 3), i128::MAX]);
        let unit = fairness_unit(&weights, &turns);
        assert_eq!(unit, 2520);
        let starts = [0, 1, 2, 3].map(|leaf| head_start(unit, &weights, &turns, leaf));
        assert_eq!(starts, [0, 280, 1120, 1 << 40]);
        let far = [0, 1_000_000 * (LEAD / 4_000_000_000)];
        assert_eq!(head_start(2560, &[1, 4_000_000_000], &far, 1), 2_560_000_000);
    }
}
