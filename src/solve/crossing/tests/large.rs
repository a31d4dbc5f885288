//! Batches of some size: small gaps, the same with one thread and two, and exact where nothing crosses.

use super::*;

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
    }
}

/// Checks a deal and its certificates; returns the gap in points as a share of the objective, in parts of a million.
fn check(problem: &Problem) -> i128 {
    let time = std::time::Instant::now();
    let crossed = problem.crossed(1);
    println!(
        "{:?} {:?} {:?} {:?}",
        time.elapsed(),
        crossed.gap,
        crossed.solution.objective,
        crossed.loads
    );
    problem.value(&crossed);
    (crossed.certificates.iter()).for_each(|certificate| problem.check(certificate));
    let gap = crossed.gap.expect("a gap is left");
    assert_eq!(gap.level, Level::Points, "tiers are proven");
    gap.at_most * 1_000_000 / crossed.solution.objective.points
}

#[test]
fn teams_with_room_for_some_enterprise_leads_are_dealt_almost_optimally() {
    println!("{}", check(&batch(1000, 40, 4, 80, &[(1, 150)])));
    println!("{}", check(&batch(1000, 40, 4, 120, &[(1, 150)])));
}

#[test]
fn teams_with_limits_on_every_category_are_dealt_almost_optimally() {
    println!(
        "{}",
        check(&batch(1000, 40, 4, 90, &[(1, 150), (2, 200), (0, 500)]))
    );
}
