//! Batches of some size: small gaps, the same with one thread and two, and exact where nothing crosses.

use super::*;
use crate::solve::transport;

/// A number that looks random, from 0 to 1,000,000.
fn noise(one: usize, other: usize) -> i32 {
    let mut bits = (one as u64) << 32 | other as u64;
    for _ in 0..2 {
        bits = (bits ^ bits >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    }
    i32::try_from((bits ^ bits >> 32) % 1_000_001).expect("small")
}

/// Classes of five leads, of three tiers, half of them of category 0 and a quarter each of 1 and 2, and reps
/// in teams with room for a share of them in percent; each team takes at most so many of a category.
fn batch(classes: usize, reps: usize, teams: usize, share: usize, caps: &[(usize, u32)]) -> Problem {
    let room = u32::try_from(classes * 5 * share / reps / 100).expect("small");
    let category = |class: usize| (noise(class, 7001) % 4).max(1).unsigned_abs() as usize - 1;
    let limit = |(team, &(category, room)): (usize, &(usize, u32))| Crossing {
        categories: (0..3).map(|other| other == category).collect(),
        leaves: (0..reps).map(|rep| rep % teams == team).collect(),
        room,
    };
    let tier = |class: usize| u8::try_from(noise(class, 7002) % 3).ok();
    let row = |class: usize| (0..reps).map(|rep| noise(class, rep)).collect();
    Problem {
        supply: vec![5; classes],
        tier: (0..classes).map(tier).collect(),
        worth: vec![0; classes],
        category: (0..classes).map(category).collect(),
        scores: (0..classes).map(row).collect(),
        leaves: reps,
        tiers: 3,
        tree: Tree {
            nodes: vec![Node::with_room(room); reps],
            entry: vec![(0..reps).collect(); 3],
            out: vec![None; 3],
        },
        limits: (caps.iter())
            .flat_map(|cap| (0..teams).map(move |team| (team, cap)))
            .map(limit)
            .collect(),
        units: Vec::new(),
    }
}

/// Checks a deal and its certificates: all tiers proven, and the gap in points at most so many parts in a million.
fn check(problem: &Problem, most: i128) {
    let crossed = problem.crossed(1);
    problem.value(&crossed);
    (crossed.certificates.iter()).for_each(|certificate| problem.check(certificate));
    assert!(!crossed.certificates.is_empty(), "a limit was exceeded");
    let is_points = crossed.gap.is_none_or(|gap| gap.level == Level::Points);
    assert!(is_points, "tiers are proven");
    let at_most = crossed.gap.map_or(0, |gap| gap.at_most);
    let parts = at_most * 1_000_000 / crossed.solution.objective.points;
    assert!(parts <= most, "{parts} parts in a million");
}

#[test]
fn teams_with_room_for_some_enterprise_leads_are_dealt_almost_optimally() {
    check(&batch(400, 20, 4, 120, &[(1, 60)]), 200);
}

#[test]
fn where_leads_of_lower_tiers_fill_what_a_limit_leaves_the_gap_is_small_too() {
    check(&batch(400, 20, 4, 80, &[(1, 60)]), 1200);
}

#[test]
fn teams_with_limits_on_every_category_are_dealt_almost_optimally() {
    check(&batch(400, 20, 4, 90, &[(1, 60), (2, 80), (0, 200)]), 4000);
}

#[test]
fn a_flow_that_exceeds_no_limit_is_the_solution_of_the_tree_alone() {
    let problem = batch(60, 10, 2, 70, &[(1, 60), (0, 120)]);
    let options = Options {
        threads: 1,
        progress: &|_| (),
    };
    let alone = transport::solve(&problem, &problem.tree, &options).expect("small");
    let crossed = problem.crossed(1);
    assert_eq!((&crossed.solution, &crossed.bound), (&alone, &alone.objective));
    assert_eq!((crossed.gap, crossed.certificates.len()), (None, 0));
}

#[test]
fn two_threads_deal_as_one_does() {
    let problem = batch(200, 20, 4, 90, &[(1, 30), (2, 40)]);
    let crossed = problem.crossed(1);
    assert!(
        crossed.gap.is_some() || !crossed.certificates.is_empty(),
        "a limit was exceeded"
    );
    assert_eq!(crossed, problem.crossed(2));
}
