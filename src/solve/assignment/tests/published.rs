//! Instances of the OR-Library, solved to their known optimum.

use super::*;
use std::io::Read;

fn numbers(text: &str) -> impl Iterator<Item = i32> {
    text.split_whitespace()
        .map(|word| word.parse().expect("a number"))
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut packed = flate2::read::GzDecoder::new(bytes);
    packed.read_to_string(&mut text).expect("packed text");
    text
}

/// Reads n, then n rows of n costs.
fn dense(text: &str) -> Instance {
    let mut numbers = numbers(text);
    let size = usize::try_from(numbers.next().expect("a size")).expect("a size");
    let costs: Vec<i32> = numbers.collect();
    Instance::new(size, size, |row, column| costs[row * size + column])
}

/// Reads n, then row, column (from 1) and cost of each pair that may be.
fn sparse(text: &str) -> Instance {
    let mut numbers = numbers(text).map(|number| usize::try_from(number).expect("not negative"));
    let size = numbers.next().expect("a size");
    let mut instance = Instance::new(size, size, |_, _| FORBIDDEN);
    while let (Some(row), Some(column), Some(cost)) = (numbers.next(), numbers.next(), numbers.next()) {
        instance.costs[(row - 1) * size + column - 1] = i32::try_from(cost).expect("a cost");
    }
    instance
}

#[test]
fn assign100_costs_305() {
    let text = include_str!("../../../../tests/data/orlib/assign100.txt");
    check(&dense(text), Ok(305));
}

#[test]
fn assign200_costs_475() {
    let text = include_str!("../../../../tests/data/orlib/assign200.txt");
    check(&dense(text), Ok(475));
}

#[test]
fn assign300_costs_626() {
    let packed = include_bytes!("../../../../tests/data/orlib/assign300.txt.gz");
    check(&dense(&unpacked(packed)), Ok(626));
}

#[test]
fn assignp800_with_a_tenth_of_its_pairs_costs_2239() {
    let packed = include_bytes!("../../../../tests/data/orlib/assignp800.txt.gz");
    check(&sparse(&unpacked(packed)), Ok(2239));
}
