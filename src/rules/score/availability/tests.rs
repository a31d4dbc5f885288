use super::super::tests::check;
use super::*;
use crate::rules::bind::fixture::{batch, bound};
use proptest::prelude::*;

// The batches of these tests are dealt on Thursday, 2026-05-28, at 20:26:40 UTC.

#[test]
fn availability_is_the_free_share_of_the_ceiling() {
    let reps = "id|max_open|open\na|10|4\nb|3|3\nc|3|5\nd||2\ne|0|0";
    check("availability", "id\n1", reps, &[&[60.0, 0.0, 0.0, 100.0, 0.0]]);
}

#[test]
fn availability_is_left_out_where_nothing_is_known() {
    check("availability", "id\n1", "id|open\na|4", &[&[]]);
    check("availability", "id\n1", "id|hours\na|9-17", &[&[]]);
    check("availability", "id|time_zone\n1|UTC", "id\na", &[&[]]);
}

#[test]
fn hours_count_as_the_share_of_the_leads_office_hours_that_the_rep_works() {
    let leads = "id|time_zone|hours\n1|Europe/Berlin|\n2|America/New_York|\n3|Europe/Berlin|Sat 9-17\n4||";
    let reps = "id|time_zone|hours\na|Europe/Berlin|9-17\nb|Europe/Berlin|13-17\nc|America/New_York|9-17";
    check(
        "availability",
        leads,
        reps,
        &[&[100.0, 50.0, 25.0], &[25.0, 25.0, 100.0], &[0.0, 0.0, 0.0], &[]],
    );
}

#[test]
fn a_rep_without_a_zone_works_in_that_of_the_run() {
    let leads = "id|time_zone\n1|UTC\n2|Europe/London";
    check("availability", leads, "id|hours\na|9-17", &[&[100.0], &[87.5]]);
}

#[test]
fn a_rep_without_hours_counts_as_the_median_of_the_others() {
    let leads = "id|time_zone\n1|UTC";
    let two = "id|hours\na|9-17\nb|\nc|9-13";
    check("availability", leads, two, &[&[100.0, 75.0, 50.0]]);
    let three = "id|hours\na|9-17\nb|\nc|9-13\nd|9-10";
    check("availability", leads, three, &[&[100.0, 50.0, 50.0, 12.5]]);
}

#[test]
fn a_rep_who_never_works_shares_nothing() {
    check(
        "availability",
        "id|time_zone\n1|UTC",
        "id|hours\na|closed\nb|9-17",
        &[&[0.0, 100.0]],
    );
}

#[test]
fn the_factors_are_multiplied() {
    let reps = "id|max_open|open|hours|away\na|4|1|9-17|\nb|4|1|9-13|0.5\nc||0|9-17|0.25\nd|4|0||1";
    check(
        "availability",
        "id|time_zone\n1|UTC\n2|",
        reps,
        &[&[75.0, 18.75, 75.0, 0.0], &[75.0, 37.5, 75.0, 0.0]],
    );
}

#[test]
fn time_off_alone_is_enough() {
    check("availability", "id\n1", "id|away\na|\nb|0.5", &[&[100.0, 50.0]]);
}

#[test]
fn leads_of_equal_office_hours_share_a_key() {
    let leads = "id|time_zone|hours\n1|UTC|\n2|UTC|9-17\n3|UTC|8-17\n4||\n5||8-17";
    let batch = batch(leads, "id|max_open|hours\na|3|9-17");
    let rules = bound("[score]\navailability = 1", &batch);
    let keys = (0..5).map(|lead| rules.parts[0].key(LeadIndex(lead)).unwrap());
    assert_eq!(keys.collect::<Vec<_>>(), [0, 0, 1, 2, 2]);
}

#[test]
fn products_are_rounded_half_up_once() {
    let third = Share::new(1, 3);
    assert_eq!(third.units(), 333_333);
    assert_eq!(third.times(third).units(), 111_111);
    assert_eq!(Share::new(1, 2_000_000).units(), 1);
    assert_eq!(Share::new(1, 2_000_001).units(), 0);
    assert_eq!(Share::new(3, 2).units(), FULL);
}

proptest! {
    #[test]
    fn the_largest_products_do_not_overflow(
        ceiling in (u128::from(u32::MAX) - 3)..=u128::from(u32::MAX),
        day in 90_000..=93_600_u128,
        working in 250_000_000_000..=255_000_000_000_u128,
    ) {
        let median = Share::new(day - 1, day).middle(Share::new(day - 2, day));
        let share = Share::new(ceiling - 1, ceiling)
            .times(Share::new(working - 1, working))
            .times(median);
        prop_assert!((999_900..=FULL).contains(&share.units()));
    }
}
