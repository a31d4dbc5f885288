//! The eligible reps of a lead, compared by score.

use crate::model::{Held, Potential, RepIndex, Why};
use crate::problem::count_allowed;
use crate::solve::transport::{FORBIDDEN, Leaf};
use std::cmp::Reverse;

/// A row of scores with what is asked of it most.
#[derive(Clone, Debug)]
pub(super) struct Rivals<'a> {
    scores: &'a [i32],
    eligible: usize,
    /// The best-scoring eligible leaf, the first of equals.
    best: Option<Leaf>,
    /// The best-scoring eligible leaf but that one.
    second: Option<Leaf>,
}

impl<'a> Rivals<'a> {
    pub(super) fn new(scores: &'a [i32]) -> Self {
        // In plain loops over numbers, of which the processor does several at a time.
        let eligible = count_allowed(scores);
        let best = first_of_greatest(scores);
        let second = best.and_then(|best| {
            let (before, after) = (&scores[..best], &scores[best + 1..]);
            let later = |at: Leaf| at + best + 1;
            match (first_of_greatest(before), first_of_greatest(after).map(later)) {
                (Some(one), Some(other)) if scores[other] > scores[one] => Some(other),
                (one, other) => one.or(other),
            }
        });
        Self {
            scores,
            eligible,
            best,
            second,
        }
    }

    /// The eligible leaves in id order.
    pub(super) fn eligible(&self) -> impl Iterator<Item = Leaf> {
        (0..self.scores.len()).filter(|&leaf| self.may(leaf))
    }

    pub(super) fn may(&self, leaf: Leaf) -> bool {
        self.scores[leaf] != FORBIDDEN
    }

    pub(super) fn score(&self, leaf: Leaf) -> i32 {
        self.scores[leaf]
    }

    pub(super) fn is_only(&self) -> bool {
        self.eligible == 1
    }

    pub(super) fn best(&self) -> Option<Leaf> {
        self.best
    }

    /// The best-scoring eligible leaf but the winner, full or not.
    pub(super) fn runner_up(&self, winner: Leaf) -> Option<Leaf> {
        if self.best == Some(winner) {
            self.second
        } else {
            self.best
        }
    }

    /// The best-scoring leaf that is eligible and wanted, the first of equals.
    pub(super) fn best_where(&self, wanted: impl Fn(Leaf) -> bool) -> Option<Leaf> {
        self.eligible()
            .filter(|&leaf| wanted(leaf))
            .max_by_key(|&leaf| (self.scores[leaf], Reverse(leaf)))
    }

    /// Why a pass that is solved as a whole chose the winner: `after` tells each leaf's rep, room and
    /// open leads after the pass, `prices` what one more place would bring.
    pub(super) fn why(&self, winner: Leaf, after: impl Fn(Leaf) -> After, prices: &[Potential]) -> Why {
        if self.is_only() {
            return Why::OnlyEligible;
        }
        let own = self.scores[winner];
        if self.best.is_none_or(|best| self.scores[best] <= own) {
            return Why::HighestScore;
        }
        let higher = |leaf: Leaf| self.scores[leaf] > own;
        let has_room = |leaf: Leaf| higher(leaf) && after(leaf).room > 0;
        if let Some(other) = self.best_where(|leaf| has_room(leaf) && after(leaf).stop.is_none()) {
            return Why::Balance {
                other: after(other).rep,
                loads: (after(winner).open, after(other).open),
            };
        }
        let stopped = self.best_where(has_room).map(&after);
        if let Some((rep, stop)) = stopped.and_then(|after| Some((after.rep, after.stop?))) {
            return stop.why(rep);
        }
        let dearest = self
            .eligible()
            .filter(|&leaf| higher(leaf))
            .max_by_key(|&leaf| (worth(&prices[leaf]), Reverse(leaf)));
        dearest.map_or(Why::HighestScore, |leaf| Why::HigherFull {
            dearest: after(leaf).rep,
            price: prices[leaf],
        })
    }
}

/// The first of the leaves that score most, if any is eligible.
fn first_of_greatest(scores: &[i32]) -> Option<Leaf> {
    let greatest = scores.iter().copied().fold(FORBIDDEN, i32::max);
    (greatest != FORBIDDEN).then(|| scores.iter().position(|&score| score == greatest))?
}

/// How a rep stands after a pass.
#[derive(Clone, Debug)]
pub(super) struct After {
    pub(super) rep: RepIndex,
    pub(super) room: u32,
    pub(super) open: u32,
    /// What of the limits keeps the lead from the rep, though the winner gave it away.
    pub(super) stop: Option<Stop>,
}

/// A limit that keeps a lead where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It is reached where the lead would go.
    Reached(String, Held),
    /// Its minimum would be missed where the lead is.
    Minimum(String),
}

impl Stop {
    fn why(self, other: RepIndex) -> Why {
        match self {
            Self::Reached(limit, held) => Why::HigherLimited { other, limit, held },
            Self::Minimum(limit) => Why::Minimum { other, limit },
        }
    }
}

/// A number that compares like what a potential is worth: the better its tier, the more; then points, then fairness.
pub(super) fn worth(potential: &Potential) -> (u16, i64, i64) {
    let tier = potential
        .tier
        .map_or(0, |tier| u16::from(u8::MAX) + 1 - u16::from(tier.0));
    (tier, potential.points.0, potential.fairness)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Points, TierIndex};

    const NO: i32 = FORBIDDEN;

    fn check(scores: &[i32], rooms: &[u32], winner: Leaf, expected: &Why) {
        check_stopped(scores, rooms, &[], winner, expected);
    }

    fn check_stopped(scores: &[i32], rooms: &[u32], stops: &[(Leaf, Stop)], winner: Leaf, expected: &Why) {
        let after = |leaf: Leaf| After {
            rep: RepIndex::new(leaf),
            room: rooms[leaf],
            open: 10 * u32::try_from(leaf).unwrap(),
            stop: stops
                .iter()
                .find(|(at, _)| *at == leaf)
                .map(|(_, stop)| stop.clone()),
        };
        let prices: Vec<Potential> = scores.iter().map(|_| price(7)).collect();
        assert_eq!(&Rivals::new(scores).why(winner, after, &prices), expected);
    }

    fn price(points: i64) -> Potential {
        Potential {
            points: Points(points),
            ..Potential::default()
        }
    }

    #[test]
    fn a_lone_rep_is_the_only_one_whatever_the_score() {
        check(&[NO, 5, NO], &[9, 9, 9], 1, &Why::OnlyEligible);
    }

    #[test]
    fn equal_scores_are_the_highest() {
        check(&[5, 5, 3], &[9, 9, 9], 1, &Why::HighestScore);
    }

    #[test]
    fn of_full_reps_who_score_higher_the_first_of_the_dearest_is_named() {
        let why = Why::HigherFull {
            dearest: RepIndex(1),
            price: price(7),
        };
        check(&[NO, 8, 9, 3], &[0, 0, 0, 0], 3, &why);
    }

    #[test]
    fn balance_names_the_best_rep_with_room() {
        let why = Why::Balance {
            other: RepIndex(1),
            loads: (30, 10),
        };
        check(&[9, 8, 8, 3], &[0, 1, 1, 0], 3, &why);
    }

    #[test]
    fn a_limit_is_named_where_nobody_better_has_a_place() {
        let (cap, wish) = ("cap".to_owned(), "wish".to_owned());
        let stops = [
            (0, Stop::Reached(cap.clone(), Held::Rep(RepIndex(0)))),
            (1, Stop::Minimum(wish.clone())),
        ];
        let limited = Why::HigherLimited {
            other: RepIndex(0),
            limit: cap,
            held: Held::Rep(RepIndex(0)),
        };
        check_stopped(&[9, 8, 3, 7], &[1, 1, 0, 0], &stops, 2, &limited);
        let minimum = Why::Minimum {
            other: RepIndex(1),
            limit: wish,
        };
        check_stopped(&[9, 8, 3, 7], &[0, 1, 0, 0], &stops, 2, &minimum);
        let balance = Why::Balance {
            other: RepIndex(3),
            loads: (20, 30),
        };
        check_stopped(&[9, 8, 3, 7], &[1, 1, 0, 1], &stops, 2, &balance);
    }

    #[test]
    fn the_runner_up_is_the_best_other_rep() {
        let rivals = Rivals::new(&[NO, 8, 9, 8]);
        let found: Vec<Option<Leaf>> = [1, 2, 3].map(|leaf| rivals.runner_up(leaf)).to_vec();
        assert_eq!(found, [Some(2), Some(1), Some(2)]);
    }

    #[test]
    fn a_better_tier_is_worth_more_than_any_points() {
        let tiers = [None, Some(TierIndex(1)), Some(TierIndex(0))];
        let worths = tiers.map(|tier| {
            worth(&Potential {
                tier,
                points: Points(-5),
                fairness: 0,
            })
        });
        assert!(worths.is_sorted());
    }
}
