//! What a place costs: fair shares, ceilings, the slopes of balance and fairness.

use crate::model::{Batch, Ceiling, Rep, Weight};
use crate::rules::Rules;
use crate::solve::rotation::TURN;
use crate::solve::transport::Slope;

/// Fair shares and ceilings, fixed before the first pass.
///
/// Ceilings are exact: they are counted in parts of a lead, [`Shares::parts_of_a_lead`] to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shares {
    /// Open leads of all reps.
    open: u64,
    /// Leads of this run that are up for dealing.
    up: u64,
    /// Sum of the weights of the reps present, in thousandths; 1 where it is 0.
    weights: u64,
    /// Points, in units, that a rep's last free place costs.
    strength: u64,
    /// At most so many thousandths of a fair share of this run.
    max_share: Option<Weight>,
}

impl Shares {
    /// Adds up what is open, what is up for dealing and whose share it is.
    pub fn new(batch: &Batch, rules: &Rules) -> Self {
        let reps = &batch.reps.list;
        Self {
            open: reps.iter().map(|rep| u64::from(rep.open)).sum(),
            up: rules.barred.iter().filter(|barred| barred.is_none()).count() as u64,
            weights: reps
                .iter()
                .filter(|rep| rep.is_present())
                .map(|rep| u64::from(rep.weight.0))
                .sum::<u64>()
                .max(1),
            strength: u64::try_from(rules.balance.strength.0).unwrap_or(0),
            max_share: rules.balance.max_share,
        }
    }

    /// How many parts make a lead in [`Shares::ceiling`].
    pub fn parts_of_a_lead(&self) -> u128 {
        u128::from(self.weights)
    }

    /// A rep's ceiling in parts of a lead, one lead at least: its own, or its fair share of all that
    /// is open and up for dealing.
    pub fn ceiling(&self, rep: &Rep) -> u128 {
        let ceiling = match rep.max_open {
            Ceiling::At(most) => u128::from(most) * self.parts_of_a_lead(),
            Ceiling::Unlimited => u128::from(self.open + self.up) * u128::from(rep.weight.0),
        };
        ceiling.max(self.parts_of_a_lead())
    }

    /// The balance cost of a rep (or of several as one), given the ceiling in parts of a lead and the load:
    /// the k-th open lead costs `floor(strength · (k − ½) / ceiling)` units.
    pub fn balance(&self, ceiling: u128, load: u64) -> Slope {
        slope(
            u128::from(self.strength) * self.parts_of_a_lead(),
            2 * ceiling,
            load,
        )
    }

    /// The most leads of this run that a rep may get: `max_share` fair shares, rounded down, one at
    /// least; `u32::MAX` without such a limit.
    pub fn most(&self, rep: &Rep) -> u32 {
        self.max_share.map_or(u32::MAX, |share| {
            let shares = u128::from(share.0) * u128::from(self.up) * u128::from(rep.weight.0);
            let most = shares / (1000 * u128::from(self.weights));
            u32::try_from(most.max(1)).unwrap_or(u32::MAX)
        })
    }
}

/// The fairness of a pass: the k-th lead costs (h + k − ½) ÷ weight, as an integer, where h is how many leads
/// its taker is ahead of its share.
///
/// One lead at the largest weight is [`Fairness::unit`] units: the least even number up to 64 with
/// which no rep's cost needs rounding, or 64. A weight of 0 counts as the smallest above 0. Where some are
/// further ahead than others, h is a fraction: the unit is then the least multiple of that number from
/// 2520 on, and h is rounded to it. Only differences count, so the least far ahead stands at 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fairness {
    unit: u32,
    largest: u64,
    smallest: u64,
    /// The turn of the least far ahead.
    first: i128,
}

/// The least units of a lead where reps start at fractions of leads: divisible by 1 to 10.
const FINE: u32 = 2520;

/// No rep counts as further ahead than so many units: 400 million leads at the largest weight.
const FARTHEST: u128 = 1 << 40;

impl Fairness {
    /// Finds the unit for the weights, in thousandths, of all who take part, and their turns in turn units.
    pub fn new(weights: &[u64], turns: &[i128]) -> Self {
        let positive = || weights.iter().copied().filter(|&weight| weight > 0);
        let largest = positive().max().unwrap_or(1);
        let smallest = positive().min().unwrap_or(1);
        let exact =
            |unit: &u32| positive().all(|weight| (u64::from(unit / 2) * largest).is_multiple_of(weight));
        let unit = (2..64).step_by(2).find(exact).unwrap_or(64);
        let first = turns.iter().copied().min().unwrap_or(0);
        let is_level = turns.iter().all(|&turn| turn == first);
        Self {
            unit: if is_level {
                unit
            } else {
                FINE.next_multiple_of(unit)
            },
            largest,
            smallest,
            first,
        }
    }

    /// The fairness units of one lead at the largest weight.
    pub fn unit(&self) -> i64 {
        i64::from(self.unit)
    }

    /// The fairness cost of who has a weight, was served so many leads in this run and began it with a turn.
    pub fn slope(&self, weight: u64, served: u64, turn: i128) -> Slope {
        let weight = if weight == 0 { self.smallest } else { weight };
        let lead = u128::from(self.unit) * u128::from(self.largest);
        Slope {
            offset: self.offset(turn),
            ..slope(lead, 2 * u128::from(weight), served)
        }
    }

    /// A turn's distance to the first in units, to the nearest.
    fn offset(&self, turn: i128) -> i64 {
        let lead = u128::from(self.unit) * u128::from(self.largest);
        let distance = turn.saturating_sub(self.first).max(0).unsigned_abs();
        let turn = TURN.unsigned_abs();
        let (whole, rest) = (distance / turn, distance % turn);
        // in two steps of half the bits, since the product of the two has more than 128
        let (high, low) = (lead >> 32, lead & u128::from(u32::MAX));
        let (above, left) = (rest * high / turn, rest * high % turn);
        let below = ((left << 32) + rest * low + turn / 2) / turn;
        let units = whole.saturating_mul(lead).saturating_add((above << 32) + below);
        i64::try_from(units.min(FARTHEST)).expect("it is bounded")
    }
}

/// A slope in lowest terms. Terms beyond 62 bits, which no sensible weights reach, lose low bits of both alike.
fn slope(numerator: u128, denominator: u128, start: u64) -> Slope {
    let divisor = gcd(numerator, denominator).max(1);
    let (numerator, denominator) = (numerator / divisor, denominator / divisor);
    let excess = 66u32.saturating_sub(numerator.leading_zeros().min(denominator.leading_zeros()));
    Slope {
        numerator: i64::try_from(numerator >> excess).expect("62 bits at most"),
        denominator: i64::try_from((denominator >> excess).max(1)).expect("62 bits at most"),
        start,
        offset: 0,
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(open: u64, up: u64, weights: u64) -> Shares {
        Shares {
            open,
            up,
            weights,
            strength: 100_000,
            max_share: None,
        }
    }

    fn check(slope: Slope, expected: [i64; 3]) {
        let cost = |k: i64| {
            let odd = 2 * (i64::try_from(slope.start).unwrap() + k) - 1;
            slope.offset + slope.numerator * odd / slope.denominator
        };
        assert_eq!([1, 2, 3].map(cost), expected);
    }

    #[test]
    fn the_last_free_place_costs_nearly_the_strength() {
        let shares = shares(0, 0, 1000);
        check(shares.balance(4 * 1000, 1), [37_500, 62_500, 87_500]);
    }

    #[test]
    fn a_fair_share_is_an_exact_ceiling() {
        // 10 leads, weight 1 of 3: a ceiling of 10/3.
        let shares = shares(4, 6, 3000);
        check(shares.balance(10 * 1000, 0), [15_000, 45_000, 75_000]);
    }

    #[test]
    fn fairness_needs_no_rounding_for_small_whole_weights() {
        let fairness = Fairness::new(&[1000, 2000, 3000], &[7; 3]);
        assert_eq!(fairness.unit(), 4);
        check(fairness.slope(3000, 0, 7), [2, 6, 10]);
        check(fairness.slope(2000, 0, 7), [3, 9, 15]);
        check(fairness.slope(1000, 1, 7), [18, 30, 42]);
    }

    #[test]
    fn who_is_ahead_by_a_fraction_of_a_lead_starts_with_its_cost() {
        let lead = |leads: i128, of: i128| leads * TURN / 1000 / of;
        let turns = [-lead(1, 9), 0, lead(1, 3), i128::MAX];
        let fairness = Fairness::new(&[1000; 4], &turns);
        assert_eq!(fairness.unit(), 2520);
        check(fairness.slope(1000, 0, turns[0]), [1260, 3780, 6300]);
        check(
            fairness.slope(1000, 1, turns[1]),
            [280 + 3780, 280 + 6300, 280 + 8820],
        );
        check(
            fairness.slope(1000, 0, turns[2]),
            [1120 + 1260, 1120 + 3780, 1120 + 6300],
        );
        assert_eq!(fairness.slope(1000, 0, turns[3]).offset, 1 << 40);
    }

    #[test]
    fn a_rep_a_million_leads_behind_at_absurd_weights_stays_exact() {
        let weights = [1, 4_000_000_000];
        let turns = [0, 1_000_000 * (TURN / 4_000_000_000)];
        let fairness = Fairness::new(&weights, &turns);
        assert_eq!(
            fairness.slope(weights[1], 0, turns[1]).offset,
            1_000_000 * fairness.unit()
        );
    }

    #[test]
    fn no_share_counts_as_the_smallest() {
        let fairness = Fairness::new(&[0, 2000, 4000], &[]);
        assert_eq!(fairness.slope(0, 5, 0), fairness.slope(2000, 5, 0));
    }

    #[test]
    fn absurd_weights_do_not_overflow() {
        let slope = slope(u128::MAX - 1, u128::MAX, 7);
        assert!(slope.numerator > 0 && slope.denominator > 0);
    }
}
