//! Time off in tables.

use super::*;
use proptest::prelude::*;

#[test]
fn both_days_are_included_and_an_empty_end_means_one_day() {
    check(
        table_of("rep¦from¦to¦reason\nr1¦2026-05-28¦2026-06-01¦holiday\nr3¦2026-06-01¦¦"),
        "r1 8/8 until 2026-06-02 (holiday), r3 8/8 until 2026-06-02",
    );
    check(
        table_of("rep¦from¦to\nr1¦2026-05-28¦2026-05-31\nr3¦2026-06-02¦2026-06-09"),
        "",
    );
}

#[test]
fn a_rep_is_back_on_its_own_next_working_day() {
    check(
        table_of("rep¦from¦to\nr2¦2026-06-01¦2026-06-04\nr1¦2026-06-01¦2026-12-31\nr3¦2026-06-01¦2028-01-01"),
        "r1 8/8 until 2027-01-01, r2 5/5 until 2026-06-08, r3 8/8",
    );
    check(
        table_of("rep¦from¦to\nr1¦2026-06-01¦2026-06-02\nr1¦2026-06-03¦2026-06-05\nr1¦2026-06-08¦"),
        "r1 8/8 until 2026-06-09",
    );
}

#[test]
fn the_headers_and_names_that_people_write_are_understood() {
    check(
        table_of("Employee Name¦Start Date¦Last day¦Leave type\nann lee¦1 Jun 2026¦Jun 2, 2026¦PTO"),
        "r1 8/8 until 2026-06-03 (PTO)",
    );
    check(
        table_of("Employee¦From\nLee, Ann¦2026-06-01"),
        "r1 8/8 until 2026-06-02",
    );
    check(
        table_of("email¦first day¦until\n<BO@example.com>¦2026/6/1¦\n"),
        "r2 5/5 until 2026-06-02",
    );
}

#[test]
fn times_of_day_are_on_the_clock_of_the_rep() {
    check(
        table_of("rep¦from¦to\nr1¦2026-06-01 13:00¦2026-06-01 17:00\nr2¦2026-05-31¦2026-06-01 13:00"),
        "r1 4/8 until 2026-06-02, r2 2/5 until 2026-06-02",
    );
    check(
        table_of("rep¦from¦to\nr1¦2026-06-01T17:00Z¦2026-06-01T19:30+02:00"),
        "r1 0.5/8 until 2026-06-02",
    );
    check(
        table_of("rep¦from¦to\nr1¦2026-06-01 00:00:00¦2026-06-01 00:00:00"),
        "r1 8/8 until 2026-06-02",
    );
    check(table_of("rep¦from¦to\nr1¦2026-05-31 13:00¦2026-06-01 00:00"), "");
    check(
        table_of("rep¦from¦to\nr1¦2026-06-01 13:00¦2026-06-01\nr2¦2026-05-31 13:00¦2026-06-01"),
        "r1 4/8 until 2026-06-02, r2 5/5 until 2026-06-02",
    );
}

#[test]
fn hours_that_are_over_by_the_run_are_nobodys_to_miss() {
    check(
        table_of("rep¦from¦to¦reason\nr2¦2026-06-01 11:00¦2026-06-12¦leave"),
        "r2 5/5 until 2026-06-15 (leave)",
    );
    check(table_of("rep¦from¦to\nr2¦2026-06-01 08:00¦2026-06-01 11:00"), "");
}

#[test]
fn half_days_end_or_begin_at_noon() {
    check(
        table_of("rep¦from¦part\nr1¦2026-06-01¦AM\nr2¦2026-06-01¦half day\nr3¦2026-06-01¦full"),
        "r1 3/8 until 2026-06-02, r2 4/5 until 2026-06-02, r3 8/8 until 2026-06-02",
    );
    check(
        table_of("rep¦from¦to¦part\nr1¦2026-05-29¦2026-06-02¦pm"),
        "r1 5/8 until 2026-06-02",
    );
}

#[test]
fn rows_without_a_rep_are_of_everybody_or_of_a_country() {
    check(
        table_of("rep¦from¦reason¦country\n¦2026-06-01¦Day of all¦"),
        "r1 8/8 until 2026-06-02 (Day of all), r2 5/5 until 2026-06-02 (Day of all), \
         r3 8/8 until 2026-06-02 (Day of all)",
    );
    // who has no country is in that of the batch
    check(
        table_of("date¦holiday¦country\n2026-06-01¦Whit Monday¦DE"),
        "r2 5/5 until 2026-06-02 (Whit Monday)",
    );
    check(
        table_of("date¦holiday¦country\n2026-06-01¦Day¦United States"),
        "r1 8/8 until 2026-06-02 (Day), r3 8/8 until 2026-06-02 (Day)",
    );
}

#[test]
fn stretches_that_overlap_count_once_and_the_longest_gives_the_reason() {
    check(
        table_of(
            "rep¦from¦to¦reason\nr1¦2026-06-01 09:00¦2026-06-01 12:00¦doctor
             r1¦2026-06-01 11:00¦2026-06-01 16:00¦moving",
        ),
        "r1 7/8 until 2026-06-02 (moving)",
    );
}

#[test]
fn the_horizon_counts_working_days() {
    let settings = Settings {
        horizon: 2,
        ..Settings::default()
    };
    let batch = run(
        table_of("rep¦from¦to\nr1¦2026-06-01¦\nr3¦2026-06-01¦2026-06-02"),
        &settings,
    )
    .unwrap();
    assert_eq!(
        told(&batch),
        "r1 8/16 until 2026-06-03, r3 16/16 until 2026-06-03"
    );
}

#[test]
fn what_the_files_came_to_is_counted() {
    let batch = check(
        table_of(
            "rep¦from¦to\nr1¦2026-06-01¦\nr1¦2026-05-01¦\nr1¦2026-06-06¦\nZoe¦2026-06-01¦\nzoe¦2026-06-02¦",
        ),
        "r1 8/8 until 2026-06-02",
    );
    let file = &batch.time_off[0];
    assert_eq!(
        (file.read, file.used, file.past, file.later(), file.strangers),
        (5, 1, 1, 1, 2)
    );
    assert_eq!(
        warnings(&batch),
        [
            "time off of 1 person who is not on the roster was left out: `Zoe`; a day off for everybody is a row without \
          a rep"
        ]
    );
}

#[test]
fn all_mistakes_of_rows_are_told_at_once() {
    check_mistakes(
        table_of(
            "rep¦from¦to¦part¦country\nr1¦soon¦¦¦\nr1¦2026-06-05¦2026-06-01¦¦\n¦2026-06-01¦¦¦Mordor
             r1¦2026-06-01¦¦noonish¦\nr1¦¦2026-06-01¦¦",
        ),
        &[
            "off.csv:2: `from`: `soon` is not a date; expected a date such as 2026-06-01 [bad-date]",
            "off.csv:3: `to`: `2026-06-01` is before the first day; expected the last day, or nothing for one day \
             [bad-time-off]",
            "off.csv:4: `country`: no country is called `Mordor`; expected a code such as `US`, or a name \
             [bad-time-off]",
            "off.csv:5: `part`: `noonish` is no part of a day; expected `am`, `pm`, `half` or `full` [bad-time-off]",
            "off.csv:6: `from`: the first day is empty; expected a date such as 2026-06-01 [bad-date]",
        ],
    );
    check_mistakes(
        table_of("rep¦from\nr1¦6/4/2026"),
        &[
            "off.csv:2: `from`: `6/4/2026` could be day and month or month and day, and no date of the column settles it; \
             expected dates of one order, such as 2026-06-01 [ambiguous-dates]\n  hint: write `[read] date_order = \
             \"day-month\"` or `\"month-day\"`",
        ],
    );
    check_mistakes(
        table_of("rep¦reason\nr1¦x"),
        &[
            "off.csv:1: time off has no column `from`; expected columns `rep`, `from` and `to`, and `part`, `reason` and \
             `country` if you like [no-such-column]",
        ],
    );
}

#[test]
fn an_end_settles_the_order_of_day_and_month_for_the_start() {
    check(
        table_of("rep¦from¦to\nr1¦1/6/2026¦13/6/2026"),
        "r1 8/8 until 2026-06-15",
    );
}

proptest! {
    #[test]
    fn any_rows_are_read_without_panic(cells in prop::collection::vec("[0-9a-z:/. TZ+-]{0,12}", 1..20)) {
        let rows: Vec<String> = cells.chunks(2).map(|pair| format!("r1¦{}", pair.join("¦"))).collect();
        let text = format!("rep¦from¦to\n{}", rows.join("\n"));
        let _ = run(vec![TimeOff::Table(table("off.csv", &text))], &Settings::default());
    }
}

#[test]
fn all_time_off_is_kept_in_order_also_what_is_over() {
    let batch = check(
        table_of("rep¦from¦to\nr3¦2026-06-10¦\nr3¦2026-01-05¦2026-01-06\nr3¦2026-01-06¦2026-01-07"),
        "",
    );
    let off = &batch.reps.list[2].off;
    let days: Vec<(String, i64)> = off
        .iter()
        .map(|span| (as_of().write(span.from), (span.to.0 - span.from.0) / 86_400))
        .collect();
    assert_eq!(
        days,
        [
            ("2026-01-05T00:00:00Z".to_owned(), 3),
            ("2026-06-10T00:00:00Z".to_owned(), 1)
        ]
    );
}
