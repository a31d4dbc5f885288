//! Units whole, every bound true and the best deal found as often as it should be, by brute force and at size.

use super::tiny::problems;
use super::*;
use crate::solve::transport;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// Random problems with leads in units, whose leads score alike; without limits that cross unless asked for.
fn with_units(crossing: bool) -> impl Strategy<Value = Problem> {
    (problems(false), prop::collection::vec(2..=3usize, 1..=3)).prop_map(move |(mut problem, sizes)| {
        if !crossing {
            problem.limits.clear();
        }
        for (at, size) in sizes.into_iter().enumerate() {
            let like = at % problem.scores.len();
            let mut row = problem.scores[like].clone();
            row.rotate_left(at % 2);
            let unit = (0..size)
                .map(|position| {
                    let of = (like + position) % problem.scores.len();
                    problem.supply.push(1);
                    problem.tier.push(problem.tier[of]);
                    problem.worth.push(problem.worth[of]);
                    problem.category.push(problem.category[like]);
                    problem.scores.push(row.clone());
                    problem.supply.len() - 1
                })
                .collect();
            problem.units.push(unit);
        }
        for node in &mut problem.tree.nodes[..problem.leaves] {
            node.room += 2;
        }
        problem
    })
}

/// How many of so many problems have units that part in the best flow, and are dealt in the best way there is.
/// About an eighth of them are proven, too: most bounds are of deals that part units.
fn shares(count: usize, crossing: bool) -> (usize, usize) {
    let mut runner = TestRunner::deterministic();
    let (mut parted, mut best) = (0, 0);
    for _ in 0..count {
        let problem = with_units(crossing)
            .new_tree(&mut runner)
            .expect("a problem")
            .current();
        let (is_best, _) = problem.check_against(&problem.brute_force());
        let free = Problem {
            units: Vec::new(),
            ..problem.clone()
        };
        if free.crossed(1).solution.flow != problem.crossed(1).solution.flow {
            parted += 1;
            best += usize::from(is_best);
        }
    }
    (parted, best)
}

#[test]
fn the_best_deal_of_whole_units_is_found_almost_always() {
    let (parted, best) = shares(300, false);
    assert!(parted * 5 > 300, "units change many deals");
    assert!(best * 100 >= parted * 97, "{best} of {parted} are best");
}

#[test]
fn within_limits_that_cross_units_are_whole_and_most_deals_the_best() {
    let (parted, best) = shares(120, true);
    assert!(best * 100 >= parted * 85, "{best} of {parted} are best");
}

/// A number that looks random, from 0 to 1,000,000.
fn noise(one: usize, other: usize) -> i32 {
    let mut bits = (one as u64) << 32 | other as u64;
    for _ in 0..2 {
        bits = (bits ^ bits >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    }
    i32::try_from((bits ^ bits >> 32) % 1_000_001).expect("small")
}

/// Units of two to eight leads of three tiers, with a single lead for each, and reps with room for a share of them
/// in percent.
fn batch(units: usize, reps: usize, share: usize) -> Problem {
    let (mut rows, mut members) = (Vec::new(), Vec::new());
    for unit in 0..units {
        let row: Vec<i32> = (0..reps).map(|rep| noise(unit, rep)).collect();
        let size = 2 + noise(unit, 7003).unsigned_abs() as usize % 7;
        members.push((rows.len()..rows.len() + size).collect());
        rows.extend(vec![row; size]);
        rows.push((0..reps).map(|rep| noise(unit + 1_000_000, rep)).collect());
    }
    let classes = rows.len();
    Problem {
        supply: vec![1; classes],
        tier: (0..classes)
            .map(|class| u8::try_from(noise(class, 7002) % 3).ok())
            .collect(),
        worth: vec![0; classes],
        category: vec![0; classes],
        scores: rows,
        leaves: reps,
        tiers: 3,
        tree: Tree::flat(vec![
            Node::with_room(
                u32::try_from(classes * share / reps / 100).expect("small")
            );
            reps
        ]),
        limits: Vec::new(),
        units: members,
    }
}

/// Checks that all leads of the best tier that the flow deals are dealt but so many in a thousand, and what points
/// are missing where nothing else is, in parts in a million.
fn check(problem: &Problem, leads: u64, most: i128) {
    let crossed = problem.crossed(1);
    problem.value(&crossed);
    let gap = crossed.gap.expect("units part");
    let alone = crossed.alone.as_ref().expect("units part");
    match gap.level {
        Level::Tier(tier) => {
            let all = alone.objective.assigned[tier.at()];
            assert!(gap.at_most * 1000 <= i128::from(all * leads), "{gap:?} of {all}");
        }
        _ => assert!(
            gap.at_most * 1_000_000 <= alone.objective.points * most,
            "{gap:?}"
        ),
    }
}

#[test]
fn units_with_room_to_spare_are_dealt_almost_optimally() {
    check(&batch(300, 20, 130), 0, 20);
}

#[test]
fn where_room_is_scarce_few_leads_are_lost_to_what_units_leave_free() {
    check(&batch(200, 20, 80), 50, 0);
}

#[test]
fn two_threads_deal_units_as_one_does() {
    let problem = batch(100, 10, 90);
    assert_eq!(problem.crossed(1), problem.crossed(2));
}

#[test]
fn a_flow_that_parts_no_unit_is_the_solution_of_the_tree_alone() {
    let problem = batch(40, 5, 700);
    let options = Options {
        threads: 1,
        progress: &|_| (),
    };
    let alone = transport::solve(&problem, &problem.tree, &options).expect("small");
    let crossed = problem.crossed(1);
    assert_eq!((crossed.solution, crossed.gap), (alone, None));
}
