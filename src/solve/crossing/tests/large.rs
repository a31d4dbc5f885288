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

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("small")
}

/// Leads of three tiers, one in four of category 1 and one in four of category 2, and reps in teams with a
/// share of the leads that they have room for; each team takes at most so many of a category.
fn batch(leads: usize, reps: usize, teams: usize, (share, caps): (usize, &[(usize, usize)])) -> Problem {
    let room = count(leads * share / reps / 100);
    let category = |lead: usize| (noise(lead, 7001) % 4).max(1).unsigned_abs() as usize - 1;
    let limit = |(team, &(category, room)): (usize, &(usize, usize))| Crossing {
        categories: (0..3).map(|other| other == category).collect(),
        leaves: (0..reps).map(|rep| rep % teams == team).collect(),
        room: count(room),
    };
    Problem {
        supply: vec![1; leads],
        tier: (0..leads)
            .map(|lead| u8::try_from(noise(lead, 7002) % 3).ok())
            .collect(),
        worth: vec![0; leads],
        category: (0..leads).map(category).collect(),
        scores: (0..leads)
            .map(|lead| (0..reps).map(|rep| noise(lead, rep)).collect())
            .collect(),
        leaves: reps,
        tiers: 3,
        tree: Tree {
            nodes: vec![Node::with_room(room); reps],
            entry: vec![(0..reps).collect(); 3],
            out: vec![None; 3],
        },
        limits: caps
            .iter()
            .flat_map(|cap| (0..teams).map(move |team| (team, cap)))
            .map(limit)
            .collect(),
    }
}

#[test]
fn teams_with_room_for_some_enterprise_leads_are_dealt_almost_optimally() {
    for (share, caps) in [
        (80, vec![(1, 150)]),
        (120, vec![(1, 150)]),
        (90, vec![(1, 150), (2, 200), (0, 500)]),
    ] {
        let problem = batch(5000, 40, 4, (share, &caps));
        let build = std::time::Instant::now();
        let _ = build;
        let time = std::time::Instant::now();
        let crossed = problem.crossed(1);
        println!(
            "{:?} {:?} {:?} {:?}",
            time.elapsed(),
            crossed.gap,
            crossed.solution.objective,
            crossed.loads
        );
        println!("{:?}", crossed.prices);
        problem.value(&crossed);
        crossed
            .certificates
            .iter()
            .for_each(|certificate| problem.check(certificate));
        let _ = transport::solve;
    }
}
