//! The door to the solver of whole passes, and the proof that it hands back.

use super::dealing::Dealing;
use crate::model::{LevelGap, Note, PassIndex, Potential, Proof, RepIndex, TierIndex, Totals};
use crate::solve::crossing::{self, Crossed, Crossing};
use crate::solve::transport::{self, Class, Options, Rows, Slope, Solution, Tree};

/// The share of a pass's work that is done when it is solved; the rest is handing out.
pub(super) const SOLVED: f64 = 0.75;

/// Solves a pass: exactly but for limits that cross.
///
/// Numbers beyond 128 bits, which take a strength of billions of points, are met by leaving out
/// fairness, then balance, and that is said; without either every problem fits. Returns the tree that was
/// solved, too.
pub(super) fn solve(
    dealing: &mut Dealing<'_>,
    at: PassIndex,
    rows: &dyn Rows,
    (limits, units): (&[Crossing], &[Vec<Class>]),
    tree: Tree,
) -> (Crossed, Tree) {
    let steps = dealing.rules.passes.len();
    let progress = |done: f64| dealing.means.say(at.at(), steps, SOLVED * done);
    let options = Options {
        threads: dealing.means.threads,
        progress: &progress,
    };
    if let Ok(solution) = crossing::solve(rows, &tree, limits, units, &options) {
        return (solution, tree);
    }
    let fair = without(tree, |node| &mut node.fairness);
    let (solution, left_out, tree) =
        if let Ok(solution) = crossing::solve(rows, &fair, limits, units, &options) {
            (solution, "fairness was", fair)
        } else {
            let free = without(fair, |node| &mut node.balance);
            let solution =
                crossing::solve(rows, &free, limits, units, &options).expect("scores alone fit 64 bits");
            (solution, "fairness and balance were", free)
        };
    let name = &dealing.rules.passes[at.at()].name;
    let text = format!("the numbers of pass `{name}` are too large together, so {left_out} left out of it");
    dealing.notes.push(Note::warning(text));
    (solution, tree)
}

fn without(mut tree: Tree, cost: impl Fn(&mut transport::Node) -> &mut Slope) -> Tree {
    for node in &mut tree.nodes {
        *cost(node) = Slope::FREE;
    }
    tree
}

/// The proof of a solution; `reps` stand for the leaves, and `tiers` says how many tiers there are.
pub(super) fn proof(solution: &Solution, fairness_unit: i64, reps: &[RepIndex], tiers: usize) -> Proof {
    let named = |values: &[Potential]| reps.iter().copied().zip(values.iter().copied()).collect();
    let padded = |totals: &Totals| {
        let mut totals = totals.clone();
        totals.assigned.resize(tiers.max(totals.assigned.len()), 0);
        totals
    };
    let (objective, bound) = (padded(&solution.objective), padded(&solution.bound));
    Proof {
        gap: gap(&objective, &bound),
        objective,
        bound,
        fairness_unit,
        potentials: named(&solution.potentials),
        greatest: (reps.iter().zip(&solution.greatest))
            .filter_map(|(&rep, &potential)| Some((rep, potential?)))
            .collect(),
        prices: named(&solution.prices),
        limits: None,
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

    fn check(bound: &Totals, expected: Option<LevelGap>) {
        let objective = Totals {
            assigned: vec![2, 3],
            points: 100,
            balance: 10,
            fairness: 4,
        };
        assert_eq!(gap(&objective, bound), expected);
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
        check(&bound([2, 3], 90, 4), None);
    }

    #[test]
    fn the_first_level_that_differs_is_named() {
        check(&bound([2, 4], 95, 3), Some(LevelGap::Tier(TierIndex(1))));
        check(&bound([2, 3], 95, 3), Some(LevelGap::Points));
        check(&bound([2, 3], 90, 3), Some(LevelGap::Fairness));
    }
}
