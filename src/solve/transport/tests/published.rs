//! Published instances, solved to their known optimum.

use super::*;

/// Reads an instance of the OR-Library: n, then n rows of n costs from 1 to 100.
fn instance(text: &str) -> Problem {
    let mut numbers = text
        .split_whitespace()
        .map(|word| word.parse::<i32>().expect("a number"));
    let size = usize::try_from(numbers.next().expect("a size")).expect("a size");
    let scores: Vec<Vec<i32>> = (0..size)
        .map(|_| numbers.by_ref().take(size).map(|cost| 100 - cost).collect())
        .collect();
    Problem {
        supply: vec![1; size],
        tier: vec![0; size],
        scores,
        tree: plain(&vec![1; size]),
    }
}

fn check(text: &str, optimum: i128) {
    let problem = instance(text);
    let solution = problem.solve();
    let size = i128::try_from(problem.classes()).expect("small");
    assert_eq!(100 * size - solution.objective.points, optimum);
    assert_eq!(solution.objective.assigned, [u64::try_from(size).expect("small")]);
}

#[test]
fn assign100_of_the_or_library_costs_305() {
    check(include_str!("../../../../tests/data/orlib/assign100.txt"), 305);
}

#[test]
fn assign200_of_the_or_library_costs_475() {
    check(include_str!("../../../../tests/data/orlib/assign200.txt"), 475);
}
