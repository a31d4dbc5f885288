//! Shapes that trip solvers: nothing at all, everything alike, one leaf wanted by all, huge numbers.

use super::*;

/// A number that looks random, from 0 to 1,000,000.
fn noise(one: usize, other: usize) -> i32 {
    let mut bits = (one as u64) << 32 | other as u64;
    for _ in 0..2 {
        bits = (bits ^ bits >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    }
    i32::try_from((bits ^ bits >> 32) % 1_000_001).expect("small")
}

fn check(problem: &Problem, assigned: u64) -> Solution {
    let solution = problem.solve();
    problem.table(&solution);
    assert_eq!(solution.objective.assigned.iter().sum::<u64>(), assigned);
    assert_eq!(solution.objective, solution.bound);
    solution
}

#[test]
fn nothing_to_deal_and_nobody_to_deal_to_are_solved() {
    check(&problem(0, &[], |_, _| 0), 0);
    check(&problem(0, &[3, 4], |_, _| 0), 0);
    check(&problem(7, &[], |_, _| 0), 0);
    check(&problem(100, &[0, 0], |_, _| 1), 0);
    check(&problem(100, &[9, 9], |_, _| FORBIDDEN), 0);
}

#[test]
fn equal_leads_fill_equal_leaves() {
    let solution = check(&problem(500, &[20; 40], |_, _| 700_000), 500);
    assert_eq!(solution.objective.points, 500 * 700_000);
    check(&problem(1000, &[20; 40], |_, _| 700_000), 800);
}

#[test]
fn a_leaf_wanted_by_all_takes_those_who_lose_most_elsewhere() {
    let wanted = |class: usize, leaf: usize| {
        if leaf == 0 {
            900_000
        } else {
            1000 * i32::try_from(class).expect("small")
        }
    };
    let solution = check(&problem(600, &[10; 60], wanted), 600);
    let first: Vec<Class> = solution
        .flow
        .iter()
        .filter(|flow| flow.1 == 0)
        .map(|flow| flow.0)
        .collect();
    assert_eq!(first, (0..10).collect::<Vec<_>>());
    assert_eq!(solution.prices[0].points.0, 900_000 - 10_000);
}

#[test]
fn costs_of_rank_one_are_solved() {
    let product = |class: usize, leaf: usize| {
        i32::try_from((class % 997) * (leaf + 1) * 1_000_000 / (997 * 50)).expect("small")
    };
    check(&problem(3000, &[50; 50], product), 2500);
    check(&problem(2000, &[50; 50], product), 2000);
}

#[test]
fn two_thousand_leads_and_thirty_reps_are_proven_best() {
    let mut random = problem(2000, &[60; 30], noise);
    check(&random, 1800);
    for (leaf, node) in random.tree.nodes.iter_mut().enumerate() {
        node.room = 100;
        node.balance = slope(100_000, 2 * (30 + i64::try_from(leaf).expect("small")), 5);
        node.fairness = slope(1000, 2, leaf as u64);
    }
    for (class, tier) in random.tier.iter_mut().enumerate() {
        *tier = u8::try_from(class % 3).expect("small");
    }
    let solution = check(&random, 2000);
    assert_eq!(
        solution.objective.balance,
        solution.objective.points - random.value(&random.table(&solution))[3]
    );
}

#[test]
fn threads_never_change_the_result() {
    let mut random = problem(20_000, &[400; 45], noise);
    for (leaf, node) in random.tree.nodes.iter_mut().enumerate() {
        node.balance = slope(100_000, 2 * (300 + i64::try_from(leaf).expect("small")), 5);
    }
    let one = random.solve_with(1).expect("small");
    assert_eq!(one, random.solve_with(2).expect("small"));
    assert_eq!(one, random.solve_with(7).expect("small"));
}

#[test]
fn huge_supplies_and_rooms_are_dealt_in_bulk() {
    let steep = slope(100_000, 3, 0);
    let problem = Problem {
        supply: vec![u32::MAX, u32::MAX, 7],
        tier: vec![1, 0, 2],
        scores: vec![
            vec![1_000_000, 0, 5],
            vec![3, FORBIDDEN, 1_000_000],
            vec![0, 0, 0],
        ],
        tree: Tree::flat(vec![
            leaf(u32::MAX, steep, slope(1, 1, 0)),
            leaf(1000, steep, slope(1, 1, 0)),
            leaf(u32::MAX, slope(99_991, 7, 12), slope(1, 1, 0)),
        ]),
    };
    let solution = check(&problem, 2 * u64::from(u32::MAX) + 7);
    assert_eq!(solution.objective.assigned, [u32::MAX.into(), u32::MAX.into(), 7]);
}

#[test]
fn numbers_too_large_to_pack_are_refused() {
    let mut problem = problem(2, &[1], |_, _| 0);
    problem.tree.nodes[0].balance = slope(i64::MAX, 1, u64::MAX);
    assert_eq!(problem.solve_with(1), Err(TooLarge::Numbers));
    problem.tree.nodes[0].balance = slope(i64::MAX / 40, 1, 1);
    problem.tree.nodes[0].fairness = slope(i64::MAX / 40, 1, 1);
    assert_eq!(problem.solve_with(1), Err(TooLarge::Numbers));
    problem.tree.nodes[0].fairness = slope(i64::MAX / (1 << 30), 1, 1);
    assert_eq!(
        problem.solve_with(1).expect("fits 128 bits").objective.assigned,
        [1]
    );
}

#[test]
fn progress_grows_to_the_whole() {
    let told = std::sync::Mutex::new(vec![0.0]);
    let tell = |done| told.lock().expect("no thread panics").push(done);
    // Of rank one: the check sends levels back more than once.
    let product = |class: usize, leaf: usize| (noise(class, 999) % 1000) * (noise(leaf, 777_777) % 1000);
    let problem = problem(20_000, &[80; 200], product);
    let options = Options {
        threads: 1,
        progress: &tell,
    };
    solve(&problem, &problem.tree, &options).expect("small");
    let told = told.into_inner().expect("no thread panics");
    assert!(
        told.len() > 2 && told.is_sorted() && told.last() == Some(&1.0),
        "{told:?}"
    );
}
