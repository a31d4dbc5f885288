//! The potentials: feasible, complementary to the flow, least and greatest, and free of the order of the input.

use super::oracle::brute_force;
use super::*;

/// The gain of the best residual move from a node to another (the ground last), looked up naively.
fn residual(problem: &Problem, table: &[Vec<u32>], from: usize, to: usize) -> Option<Levels> {
    let ground = problem.leaves();
    let load = |leaf: usize| table.iter().map(|row| u64::from(row[leaf])).sum::<u64>();
    let gain = |class: usize, node: usize| {
        if node == ground {
            Some(problem.nothing())
        } else {
            problem.gain(class, node)
        }
    };
    let leads = (0..table.len()).filter(|&class| table[class][from] > 0);
    let moves = leads.filter_map(|class| Some(minus(&gain(class, to)?, &gain(class, from)?)));
    let place = if from == ground && load(to) > 0 {
        Some(times(&problem.cost(to, load(to)), -1))
    } else if to == ground && load(from) < u64::from(problem.tree.nodes[from].room) {
        Some(problem.cost(from, load(from) + 1))
    } else {
        None
    };
    moves.chain(place).max()
}

/// All residual moves: from, to, gain.
fn arcs(problem: &Problem, table: &[Vec<u32>]) -> Vec<(usize, usize, Levels)> {
    let width = problem.leaves() + 1;
    (0..width * width)
        .filter(|at| at / width != at % width)
        .filter_map(|at| {
            Some((
                at / width,
                at % width,
                residual(problem, table, at / width, at % width)?,
            ))
        })
        .collect()
}

/// The longest paths from the ground by Bellman and Ford, none below nothing; panics on a cycle that gains.
fn least_potentials(problem: &Problem, table: &[Vec<u32>]) -> Vec<Levels> {
    let width = problem.leaves() + 1;
    let arcs = arcs(problem, table);
    let mut longest = vec![problem.nothing(); width];
    for _ in 0..=width {
        let mut changed = false;
        for (from, to, gain) in &arcs {
            let reached = plus(&longest[*from], gain);
            if reached > longest[*to] {
                longest[*to] = reached;
                changed = true;
            }
        }
        if !changed {
            longest.pop();
            return longest;
        }
    }
    panic!("a cycle gains: the flow is not optimal");
}

/// What is lost on the shortest paths to the ground, by Bellman and Ford.
fn greatest_potentials(problem: &Problem, table: &[Vec<u32>]) -> Vec<Option<Levels>> {
    let ground = problem.leaves();
    let arcs = arcs(problem, table);
    let mut shortest: Vec<Option<Levels>> = vec![None; ground];
    shortest.push(Some(problem.nothing()));
    for _ in 0..=ground {
        for (from, to, gain) in &arcs {
            let Some(rest) = &shortest[*to] else { continue };
            let lost = minus(rest, gain);
            if *from != ground && shortest[*from].as_ref().is_none_or(|known| lost < *known) {
                shortest[*from] = Some(lost);
            }
        }
    }
    shortest.pop();
    shortest
}

fn greatest(problem: &Problem, solution: &Solution) -> Vec<Option<Levels>> {
    let levels = |potential: &Option<Potential>| potential.as_ref().map(|p| problem.potential(p));
    solution.greatest.iter().map(levels).collect()
}

fn check(problem: &Problem, solution: &Solution) -> Result<(), TestCaseError> {
    let table = problem.table(solution);
    let potentials: Vec<Levels> = solution.potentials.iter().map(|p| problem.potential(p)).collect();
    prop_assert_eq!(&potentials, &least_potentials(problem, &table));
    prop_assert_eq!(greatest(problem, solution), greatest_potentials(problem, &table));
    for (class, row) in table.iter().enumerate() {
        let worth = |leaf: Leaf| {
            problem
                .gain(class, leaf)
                .map(|gain| minus(&gain, &potentials[leaf]))
        };
        let values: Vec<Option<Levels>> = (0..problem.leaves())
            .map(worth)
            .chain([Some(problem.nothing())])
            .collect();
        let best = values.iter().max().expect("nothing is among them");
        for (node, _) in row.iter().enumerate().filter(|&(_, &count)| count > 0) {
            prop_assert_eq!(&values[node], best, "a lead stands where it is worth less");
        }
    }
    for leaf in 0..problem.leaves() {
        let load: u64 = table.iter().map(|row| u64::from(row[leaf])).sum();
        let loss = |k| times(&problem.cost(leaf, k), -1);
        let price = minus(&potentials[leaf], &loss(load + 1)).max(problem.nothing());
        prop_assert_eq!(problem.potential(&solution.prices[leaf]), price.clone());
        if load < u64::from(problem.tree.nodes[leaf].room) {
            prop_assert_eq!(price, problem.nothing(), "a leaf with room has a price");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn potentials_are_feasible_complementary_least_and_greatest(problem in problems(0..=8, 1..=5, 3, 5)) {
        check(&problem, &problem.solve())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]
    #[test]
    fn the_greatest_potential_of_a_full_leaf_is_what_one_place_less_loses(problem in problems(0..=4, 1..=3, 2, 2)) {
        let solution = problem.solve();
        let best = brute_force(&problem);
        let table = problem.table(&solution);
        for (leaf, potential) in greatest(&problem, &solution).into_iter().enumerate() {
            let room = problem.tree.nodes[leaf].room;
            prop_assert_eq!(potential.is_some(), room > 0, "only a leaf without room has none");
            let load: u32 = table.iter().map(|row| row[leaf]).sum();
            if let Some(potential) = potential.filter(|_| load == room) {
                let mut less = problem.clone();
                less.tree.nodes[leaf].room -= 1;
                let lost = minus(&best, &brute_force(&less));
                prop_assert_eq!(plus(&potential, &problem.cost(leaf, load.into())), lost);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]
    #[test]
    fn potentials_are_least_and_greatest_over_leaves_that_were_never_tried(problem in problems(70..=120, 14..=24, 2, 8)) {
        check(&problem, &problem.solve())?;
    }

    #[test]
    fn order_changes_neither_the_value_nor_the_potentials(problem in problems(1..=90, 1..=15, 3, 8)) {
        let mut turned = problem.clone();
        turned.supply.reverse();
        turned.tier.reverse();
        turned.scores.reverse();
        turned.tree.nodes.reverse();
        turned.scores.iter_mut().for_each(|row| row.reverse());
        let (one, mut other) = (problem.solve(), turned.solve());
        other.potentials.reverse();
        other.greatest.reverse();
        other.prices.reverse();
        prop_assert_eq!(problem.levels(&one.objective), turned.levels(&other.objective));
        prop_assert_eq!(one.potentials, other.potentials);
        prop_assert_eq!(one.greatest, other.greatest);
    }
}
