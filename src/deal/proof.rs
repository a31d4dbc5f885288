//! The door to the transport solver, and the proof that it hands back.

use crate::model::{LevelGap, Proof, RepIndex, TierIndex, Totals};
use crate::solve::transport::{self, Rows, Solution, Tree};

/// Solves a problem; one without classes or leaves is solved by nothing.
pub(super) fn solve<R: Rows>(rows: &R, tree: &Tree) -> Solution {
    transport::solve(rows, tree)
}

/// The proof of a solution; `reps` stand for the leaves.
pub(super) fn proof(solution: &Solution, fairness_unit: i64, reps: &[RepIndex]) -> Proof {
    let named = |values: &[crate::model::Potential]| reps.iter().copied().zip(values.iter().copied()).collect();
    Proof {
        objective: solution.objective.clone(),
        bound: solution.bound.clone(),
        gap: gap(&solution.objective, &solution.bound),
        fairness_unit,
        potentials: named(&solution.potentials),
        prices: named(&solution.prices),
    }
}

/// The first level at which the objective is not known to be the best.
fn gap(objective: &Totals, bound: &Totals) -> Option<LevelGap> {
    let tier = objective
        .assigned
        .iter()
        .zip(&bound.assigned)
        .position(|(assigned, most)| assigned != most);
    if let Some(tier) = tier {
        return Some(LevelGap::Tier(TierIndex::new(tier)));
    }
    let points = |totals: &Totals| totals.points - totals.balance;
    if points(objective) != points(bound) {
        return Some(LevelGap::Points);
    }
    (objective.fairness != bound.fairness).then_some(LevelGap::Fairness)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bound: Totals, expected: Option<LevelGap>) {
        let objective = Totals {
            assigned: vec![2, 3],
            points: 100,
            balance: 10,
            fairness: 4,
        };
        assert_eq!(gap(&objective, &bound), expected);
    }

    fn bound(assigned: [u64; 2], points: i128, fairness: i128) -> Totals {
        Totals {
            assigned: assigned.to_vec(),
            points,
            balance: 0,
            fairness,
        }
    }

    #[test]
    fn points_count_less_their_balance_cost() {
        check(bound([2, 3], 90, 4), None);
    }

    #[test]
    fn the_first_level_that_differs_is_named() {
        check(bound([2, 4], 95, 3), Some(LevelGap::Tier(TierIndex(1))));
        check(bound([2, 3], 95, 3), Some(LevelGap::Points));
        check(bound([2, 3], 90, 3), Some(LevelGap::Fairness));
    }
}
