//! Rotation with shares: whose turn it is.
//!
//! **Problem.** Deal leads one after another to the reps of a group so that each has had, at every
//! moment, as near as can be its share by weight, although not every rep may take every lead.
//!
//! **Principle.** The group has a clock V that grows by 1/Σ weights of the reps present with each
//! lead dealt; each rep has a turn, which grows by 1/weight with each lead it takes. Of the reps who
//! may take the lead, those whose turn is not ahead of the clock (if none, all), and of these the
//! one with the lowest turn + 1/weight, the first among equals. This is packet scheduling by
//! earliest eligible finish: while everybody may take every lead, each count stays within one lead
//! of entitlement at every step. A rep passed over keeps its turn, and so makes up for it.
//!
//! **Units.** Turns are whole [`TURN`]s, rounded down, and the clock is exact within a run and rounded
//! up when stored; the rounding is below 10⁻²² of a lead and on the side that never takes a turn away.
//!
//! **Complexity.** O(reps) a lead.
//!
//! **Source.** J. C. R. Bennett, H. Zhang, WF²Q: worst-case fair weighted fair queueing, 1996
//! (doi:10.1109/INFCOM.1996.497885).

use crate::model::Weight;

/// Turn units by which a lead moves a rep of weight 0.001: a thousand times the least common multiple of
/// 1 to 60, so that one lead is a whole number of units at every weight that is likely to be met.
pub const TURN: i128 = 1000 * 9_690_712_164_777_231_700_912_800;

/// How far one lead moves a rep's turn, in turn units; no weight moves it like the smallest there is.
pub fn step(weight: Weight) -> i128 {
    TURN / i128::from(weight.0.max(1))
}

/// How far so many leads move a clock whose reps have so much weight together, in thousandths: rounded up,
/// 0 where they have none.
pub fn growth(leads: u64, weights: i128) -> i128 {
    if weights <= 0 {
        return 0;
    }
    (i128::from(leads).saturating_mul(TURN).saturating_add(weights - 1)) / weights
}

/// A rep present in a rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The share; 0 takes no lead.
    pub weight: Weight,
    /// Where it stands, in turn units: the stored turn, or that of a newcomer.
    pub turn: i128,
}

/// The rotation of one group during a run: seats in id order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    seats: Vec<Seat>,
    /// The clock at the start.
    now: i128,
    /// Leads dealt since.
    dealt: u32,
    /// Sum of the weights in thousandths.
    weights: i128,
}

impl Rotation {
    /// Seats the reps present, in id order, at a stored clock.
    pub fn new(now: i128, seats: Vec<Seat>) -> Self {
        let weights = seats.iter().map(|seat| i128::from(seat.weight.0)).sum();
        Self {
            seats,
            now,
            dealt: 0,
            weights,
        }
    }

    /// Deals a lead: the seat whose turn it is among those who may take it, if any.
    pub fn next(&mut self, may: impl Fn(usize) -> bool) -> Option<usize> {
        let mut chosen: Option<(bool, i128, usize)> = None;
        for (at, seat) in self.seats.iter().enumerate() {
            if seat.weight.0 == 0 || !may(at) {
                continue;
            }
            let rank = (
                self.is_ahead(seat.turn),
                seat.turn.saturating_add(step(seat.weight)),
                at,
            );
            if chosen.is_none_or(|best| rank < best) {
                chosen = Some(rank);
            }
        }
        let (_, _, seat) = chosen?;
        self.serve(seat);
        Some(seat)
    }

    /// Counts a lead that a rep got outside the rotation as one that it took in its turn.
    pub fn serve(&mut self, seat: usize) {
        let seat = &mut self.seats[seat];
        if seat.weight.0 > 0 {
            seat.turn = seat.turn.saturating_add(step(seat.weight));
            self.dealt += 1;
        }
    }

    /// The clock in turn units, rounded up.
    pub fn now(&self) -> i128 {
        self.now.saturating_add(growth(self.dealt.into(), self.weights))
    }

    /// Where each seat stands, in turn units.
    pub fn turns(&self) -> impl Iterator<Item = i128> {
        self.seats.iter().map(|seat| seat.turn)
    }

    /// Tells whether a turn is ahead of the clock, exactly.
    fn is_ahead(&self, turn: i128) -> bool {
        let lead = turn.saturating_sub(self.now);
        if lead <= 0 {
            return false;
        }
        // What overflows is beyond any number of leads that can have been dealt.
        let passed = i128::from(self.dealt) * TURN;
        lead.checked_mul(self.weights).is_none_or(|lead| lead > passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rotation(weights: &[u32]) -> Rotation {
        let seat = |&weight: &u32| Seat {
            weight: Weight(weight),
            turn: 0,
        };
        Rotation::new(0, weights.iter().map(seat).collect())
    }

    fn check(weights: &[u32], leads: usize, expected: &[usize]) {
        let mut rotation = rotation(weights);
        let order: Vec<usize> = (0..leads).filter_map(|_| rotation.next(|_| true)).collect();
        assert_eq!(order, expected);
    }

    #[test]
    fn equal_reps_take_turns_in_order() {
        check(&[1000, 1000, 1000], 5, &[0, 1, 2, 0, 1]);
    }

    #[test]
    fn a_double_share_is_spread_out() {
        check(&[2000, 1000, 1000], 8, &[0, 1, 0, 2, 0, 1, 0, 2]);
    }

    #[test]
    fn no_share_takes_no_lead() {
        check(&[0, 1000], 3, &[1, 1, 1]);
        check(&[0], 3, &[]);
        check(&[], 3, &[]);
    }

    #[test]
    fn a_rep_passed_over_makes_up_for_it() {
        let mut rotation = rotation(&[1000, 1000, 1000]);
        let without_first = |seat| seat != 0;
        assert_eq!(rotation.next(without_first), Some(1));
        assert_eq!(rotation.next(without_first), Some(2));
        assert_eq!(rotation.next(without_first), Some(1), "nobody else may take it");
        assert_eq!(rotation.next(|_| true), Some(0));
        assert_eq!(rotation.next(|_| true), Some(0));
        assert_eq!(rotation.next(|_| true), Some(2));
    }

    #[test]
    fn a_clock_moves_by_the_whole_of_its_reps_and_without_any_not_at_all() {
        assert_eq!(growth(3, 3000), step(Weight(1000)));
        assert_eq!(growth(1, 7_000_000_000), TURN / 7_000_000_000 + 1);
        assert_eq!(growth(5, 0), 0);
        assert!(growth(u64::MAX, 1) > 0, "no overflow");
    }

    #[test]
    fn a_lead_pinned_to_a_rep_is_a_turn_taken() {
        let mut rotation = rotation(&[1000, 1000]);
        rotation.serve(0);
        assert_eq!(rotation.next(|_| true), Some(1));
        assert_eq!(rotation.next(|_| true), Some(0));
    }

    #[test]
    fn the_greatest_weights_and_farthest_turns_do_not_overflow() {
        let seat = |turn| Seat {
            weight: Weight(u32::MAX),
            turn,
        };
        let mut rotation = Rotation::new(i128::MIN, vec![seat(i128::MAX), seat(i128::MIN)]);
        assert_eq!(rotation.next(|_| true), Some(1));
        assert_eq!(rotation.next(|seat| seat == 0), Some(0));
        assert!(rotation.now() > i128::MIN);
    }

    proptest! {
        #[test]
        fn every_count_stays_within_one_lead_of_entitlement(
            weights in prop::collection::vec(prop_oneof![Just(1000), 1..5000u32, 1..=1_000_000_000u32], 1..12),
            leads in 1..400u64,
            run in 1..50u64,
        ) {
            let sum: u64 = weights.iter().map(|&weight| u64::from(weight)).sum();
            let mut rotation = rotation(&weights);
            let mut counts = vec![0u64; weights.len()];
            for dealt in 1..=leads {
                counts[rotation.next(|_| true).expect("all may")] += 1;
                for (&count, &weight) in counts.iter().zip(&weights) {
                    let apart = (count * sum).abs_diff(dealt * u64::from(weight));
                    prop_assert!(apart <= sum, "{counts:?} of {dealt}");
                }
                if dealt % run == 0 {
                    let seats = rotation.turns().zip(&weights);
                    let seats = seats.map(|(turn, &weight)| Seat { weight: Weight(weight), turn });
                    rotation = Rotation::new(rotation.now(), seats.collect());
                }
            }
        }

        #[test]
        fn a_whole_cycle_gives_each_its_weight_in_any_order(
            mut weights in prop::collection::vec(1..9u32, 1..8), cycles in 1..4u32,
        ) {
            for _ in 0..2 {
                let mut rotation = rotation(&weights);
                let mut counts = vec![0; weights.len()];
                for _ in 0..cycles * weights.iter().sum::<u32>() {
                    counts[rotation.next(|_| true).expect("all may")] += 1;
                }
                let shares: Vec<u32> = weights.iter().map(|weight| weight * cycles).collect();
                prop_assert_eq!(counts, shares);
                weights.reverse();
            }
        }
    }
}
