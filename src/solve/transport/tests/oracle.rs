//! Against brute force, and against `pathfinding`'s assignment solver with places written out.

use super::*;
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use std::collections::BTreeMap;

/// The best value by trying every way to deal, lead by lead; ways that load the leaves alike are
/// told apart only by their best gain.
pub(super) fn brute_force(problem: &Problem) -> Levels {
    let leaves = problem.leaves();
    let mut ways = BTreeMap::from([(vec![0u32; leaves], problem.nothing())]);
    for class in 0..problem.classes() {
        for _ in 0..problem.supply[class] {
            let mut more = ways.clone();
            for (load, value) in &ways {
                for leaf in (0..leaves).filter(|&leaf| load[leaf] < problem.tree.nodes[leaf].room) {
                    let Some(gain) = problem.gain(class, leaf) else {
                        continue;
                    };
                    let mut load = load.clone();
                    load[leaf] += 1;
                    let value = plus(value, &gain);
                    let best = more.entry(load).or_insert_with(|| value.clone());
                    *best = value.max(best.clone());
                }
            }
            ways = more;
        }
    }
    let net = |(load, value): (Vec<u32>, Levels)| {
        let costs = (0..leaves).flat_map(|leaf| (1..=load[leaf]).map(move |k| (leaf, k)));
        costs.fold(value, |sum, (leaf, k)| plus(&sum, &problem.cost(leaf, k.into())))
    };
    ways.into_iter().map(net).max().expect("dealing nothing is a way")
}

/// The best value by the Kuhn–Munkres algorithm on leads × places, with weights wide enough for any sums.
fn kuhn_munkres_value(problem: &Problem) -> i128 {
    let leads: Vec<Class> = (0..problem.classes())
        .flat_map(|class| std::iter::repeat_n(class, problem.supply[class] as usize))
        .collect();
    let places: Vec<(Leaf, u64)> = (0..problem.leaves())
        .flat_map(|leaf| {
            let room = (problem.tree.nodes[leaf].room as usize).min(leads.len());
            (1..=room as u64).map(move |k| (leaf, k))
        })
        .collect();
    if leads.is_empty() {
        return 0;
    }
    // One column more for each lead: unassigned.
    let weights = Matrix::from_fn(leads.len(), places.len() + leads.len(), |(lead, column)| {
        let Some(&(leaf, k)) = places.get(column) else {
            return 0;
        };
        let gain = problem.gain(leads[lead], leaf);
        gain.map_or(-(1 << 110), |gain| {
            wide_weight(problem, &plus(&gain, &problem.cost(leaf, k)))
        })
    });
    kuhn_munkres(&weights).0
}

fn wide_weight(problem: &Problem, levels: &Levels) -> i128 {
    let steps = [1 << 30, 1 << 40];
    let (tiers, below) = levels.split_at(problem.tiers());
    let rank = tiers.iter().fold(0, |sum, leads| sum * 1024 + leads);
    (rank * steps[1] + below[0]) * steps[0] + below[1]
}

fn check(problem: &Problem, best: &Levels) {
    let solution = problem.solve();
    let table = problem.table(&solution);
    assert_eq!(&problem.value(&table), best, "the flow is not the best one");
    assert_eq!(&problem.levels(&solution.objective), best);
    assert_eq!(solution.bound, solution.objective);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn tiny_problems_are_solved_as_brute_force_solves_them(problem in problems(0..=4, 0..=3, 2, 3)) {
        check(&problem, &brute_force(&problem));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn small_problems_are_solved_as_another_solver_solves_them(problem in problems(1..=12, 1..=6, 4, 6)) {
        let solution = problem.solve();
        let value = problem.value(&problem.table(&solution));
        prop_assert_eq!(&value, &problem.levels(&solution.objective));
        prop_assert_eq!(wide_weight(&problem, &value), kuhn_munkres_value(&problem));
        prop_assert_eq!(solution.bound, solution.objective);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn problems_that_are_sampled_and_tried_with_few_leaves_are_solved_exactly(
        problem in problems(60..=100, 14..=20, 2, 9),
    ) {
        let solution = problem.solve();
        let value = problem.value(&problem.table(&solution));
        prop_assert_eq!(wide_weight(&problem, &value), kuhn_munkres_value(&problem));
        prop_assert_eq!(solution.bound, solution.objective);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn problems_that_need_128_bits_are_solved_as_brute_force_solves_them(problem in problems(1..=4, 1..=3, 2, 3)) {
        let mut steep = problem;
        for node in &mut steep.tree.nodes {
            node.balance.numerator *= 1 << 20;
            node.fairness.numerator = node.fairness.numerator * (1 << 30) + 1;
        }
        steep.tree.nodes[0].fairness.numerator |= 1 << 40;
        check(&steep, &brute_force(&steep));
    }
}
