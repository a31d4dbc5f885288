//! What every part of the score has in common.

use super::*;
use crate::model::Points;
use crate::rules::bind::fixture::{batch, bound};
use crate::rules::{Rules, mean};
use proptest::prelude::*;

pub fn parts(rules: &Rules) -> &[Part] {
    &rules.parts
}

/// Checks the points of one built-in part for each lead and rep; no points = left out for the lead.
pub fn check(part: &str, leads: &str, reps: &str, expected: &[&[f64]]) {
    check_rules(&format!("[score]\n{part} = 1"), leads, reps, expected);
}

/// Checks the points of the only part of some rules.
pub fn check_rules(rules: &str, leads: &str, reps: &str, expected: &[&[f64]]) {
    let batch = batch(leads, reps);
    let rules = bound(rules, &batch);
    assert_eq!(rules.parts.len(), 1);
    let part = &rules.parts[0];
    for (lead, expected) in expected.iter().enumerate() {
        let points = part.key(LeadIndex::new(lead)).map_or(Vec::new(), |key| {
            let mut row = vec![0; batch.reps.list.len()];
            part.row(key, &mut row);
            for (rep, units) in row.iter().enumerate() {
                assert_eq!(part.units(key, RepIndex::new(rep)), *units, "a row is its units");
                assert_eq!(
                    part.units.units(key, rep),
                    *units,
                    "the table is what it was made of"
                );
            }
            row.into_iter().map(i64::from).map(Points).collect()
        });
        let expected: Vec<Points> = expected
            .iter()
            .map(|&points| Points::from_number(points))
            .collect();
        assert_eq!(points, expected, "lead {lead}");
    }
}

#[test]
fn the_score_is_the_weighted_mean_of_the_parts_that_the_lead_has() {
    let batch = batch(
        "id|skills\n1|Excel\n2|",
        "id|skills|max_open|open\na|Excel|4|1\nb||4|0",
    );
    let rules = bound("[score]\nskill = 3\navailability = 1", &batch);
    let points = |lead, rep| rules.points(LeadIndex(lead), RepIndex(rep)).total;
    assert_eq!(points(0, 0), Points::from_number(93.75));
    assert_eq!(points(0, 1), Points::from_number(25.0));
    assert_eq!(points(1, 0), Points::from_number(75.0));
}

#[test]
fn a_lead_without_any_part_scores_nothing_with_everyone() {
    let batch = batch("id\n1", "id\na");
    let score = bound("", &batch).points(LeadIndex(0), RepIndex(0));
    assert_eq!((score.total, score.parts), (Points(0), vec![None, None, None]));
}

proptest! {
    #[test]
    fn a_mean_lies_between_the_least_and_the_most(
        parts in proptest::collection::vec((1_i64..1_000_000_000, 0_i64..=1_000_000), 1..20),
    ) {
        let sum = parts.iter().map(|(weight, units)| weight * units).sum();
        let mean = mean(sum, parts.iter().map(|part| part.0).sum());
        prop_assert!(parts.iter().any(|part| part.1 <= mean) && parts.iter().any(|part| part.1 >= mean));
    }

    #[test]
    fn ratios_are_rounded_half_up(
        (of, whole) in (1_u64..=1000).prop_flat_map(|whole| (0..=whole, Just(whole))),
    ) {
        let exact = f64::from(u32::try_from(of).unwrap()) / f64::from(u32::try_from(whole).unwrap());
        prop_assert!((f64::from(units_of_ratio(of, whole)) - exact * 1e6).abs() <= 0.500_000_001);
    }
}
