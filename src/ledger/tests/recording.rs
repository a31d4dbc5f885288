//! Recording what became of leads.

use super::*;
use crate::model::Clock;

#[test]
fn a_declined_lead_is_back_in_the_pool_and_never_for_that_rep() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1", "L2 r1"]);
    let recorded = book.record(&[
        "L1 r1 declined 2026-06-01T09:30",
        "L2 r1 accepted 2026-06-01T10:00",
    ]);
    assert_eq!((recorded.new, recorded.back), (2, 1));
    assert!(recorded.warnings().is_empty());
    let answer = book.ask("2026-06-02 02:00", &["L2"], &LedgerSettings::default(), &[]);
    assert_eq!(answer.past.returned["L1"].refused, ["r1"]);
    assert_eq!(answer.past.returned["L1"].by, ReturnedBy::Declined);
    assert_eq!(answer.past.returned["L1"].returns, 1);
    assert_eq!(answer.past.rows[0].rows[0].0, "L1");
    assert_eq!(answer.past.standing["L2"].state, "accepted");
    let rep = &answer.past.reps["r1"];
    assert_eq!(
        (rep.open, rep.accept_rate, rep.response_minutes),
        (1, Some(0.5), Some(465.0))
    );
    assert!(answer.returned.is_empty());
    book.deal("2026-06-02 02:00", &["L1 r2"]);
    let answer = book.ask("2026-06-03 02:00", &["L1"], &LedgerSettings::default(), &[]);
    assert_eq!(answer.past.standing["L1"].rep_id, "r2");
    assert!(answer.past.returned.is_empty());
}

#[test]
fn outcomes_recorded_again_change_nothing() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1"]);
    let rows = ["L1 r1 accepted 2026-06-01T09:30", "L1 r1 won 2026-06-05"];
    book.record(&rows);
    let again = Recorded {
        repeated: 2,
        ..Recorded::default()
    };
    assert_eq!(book.record(&rows), again);
}

/// Records for lead `L1` of `r1`, dealt on Monday at 02:00, one row after another; the last warning.
fn check(rows: &[&str], state: &str, expected: &str) {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1"]);
    let warnings: Vec<String> = rows
        .iter()
        .flat_map(|row| book.record(&[row]).warnings())
        .collect();
    let query = "SELECT state || coalesce(' ' || ended, '') FROM assignments";
    let found: String = book
        .ledger
        .connection
        .query_row(query, [], |row| row.get(0))
        .expect("a state");
    assert_eq!(found, state, "{rows:?}");
    let last = warnings.last().map_or("", String::as_str);
    assert!(
        last.contains(expected) && last.is_empty() == expected.is_empty(),
        "{rows:?}: {last}"
    );
}

#[test]
fn what_is_out_of_order_or_contradicts_is_told_and_the_times_decide() {
    let won = "L1 r1 won 2026-06-05T09:00";
    check(
        &[won, "L1 r1 accepted 2026-06-01T09:00"],
        "won",
        "is from before `won`",
    );
    check(
        &[won, "L1 r1 lost 2026-06-06T09:00"],
        "lost",
        "`lost` after `won`: the later one counts",
    );
    check(
        &[won, "L1 r1 declined 2026-06-06T09:00"],
        "won",
        "changes nothing",
    );
    let declined = "L1 r1 declined 2026-06-02T09:00";
    check(
        &["L1 r1 accepted 2026-06-03T09:00", declined],
        "accepted",
        "is from before `accepted`",
    );
    check(
        &["L1 r1 accepted 2026-06-01T09:00", declined],
        "declined declined",
        "all the same",
    );
    check(
        &[declined, "L1 r1 accepted 2026-06-03T09:00"],
        "accepted",
        "has it again",
    );
}

#[test]
fn outcomes_of_nobody_are_left_out_and_told() {
    check(
        &["L1 r2 won 2026-06-05T09:00"],
        "dealt",
        "row 7: lead `L1` was never dealt to rep `r2`",
    );
    check(
        &["L1 r1 won 2026-05-31T09:00"],
        "dealt",
        "from before lead `L1` was dealt",
    );
    check(
        &["L9 r1 won 2026-06-05T09:00"],
        "dealt",
        "1 outcome is of leads that the ledger does not know",
    );
    check(&["L1  won 2026-06-05T09:00"], "won", "");
    check(&["L1 R1@example.com won 2026-06-05T09:00"], "won", "");
    // a day alone may be the day of the deal
    check(&["L1 r1 accepted 2026-06-01"], "accepted", "");
    check(&["L1 r1 accepted 2026-05-31"], "dealt", "from before");
}

#[test]
fn what_a_rep_does_with_a_lead_it_lost_counts_in_its_record_alone() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1"]);
    book.record(&["L1 r1 declined 2026-06-01T09:00"]);
    book.deal("2026-06-02 02:00", &["L1 r2"]);
    let recorded = book.record(&["L1 r1 won 2026-06-03T09:00"]);
    assert!(recorded.warnings()[0].contains("no longer with rep `r1`, who had it from run 1"));
    let answer = book.ask("2026-06-04 02:00", &["L1"], &LedgerSettings::default(), &[]);
    assert_eq!(answer.past.standing["L1"].rep_id, "r2");
    assert_eq!(answer.past.standing["L1"].state, "dealt");
    assert_eq!(answer.past.reps["r1"].win_rate, Some(1.0));
}

#[test]
fn a_bad_lead_gives_the_rep_its_turn_and_its_limits_back() {
    let mut book = Book::new();
    let lead = Lead {
        deal: "L1 r1",
        limits: vec!["daily"],
        turns: vec![("in turn", "", 40), ("no such pass", "", 1)],
    };
    let clock = Clock {
        now: 7,
        turns: [("r1".to_owned(), 100), ("r2".to_owned(), 60)].into(),
    };
    let history = History {
        clocks: [(("in turn".to_owned(), String::new()), clock)].into(),
        ..History::default()
    };
    book.run("2026-06-01 02:00", &[lead], &[], &history)
        .expect("it is recorded");
    let told = |book: &Book| {
        let past = book
            .ask("2026-06-01 09:00", &["L1"], &LedgerSettings::default(), &[])
            .past;
        let turns = &past.history.clocks[&("in turn".to_owned(), String::new())].turns;
        let counted = past.history.counted.values().sum::<u32>();
        (
            turns["r1"],
            turns["r2"],
            counted,
            past.reps["r1"].today,
            past.reps["r1"].open,
        )
    };
    assert_eq!(told(&book), (100, 60, 1, 1, 1));
    let recorded = book.record(&["L1 r1 cancelled+ 2026-06-01T05:00"]);
    assert_eq!(recorded.credited, 1);
    assert_eq!(told(&book), (60, 60, 0, 0, 0));
    // it was sold after all
    book.record(&["L1 r1 won 2026-06-01T06:00"]);
    assert_eq!(told(&book), (100, 60, 1, 1, 0));
}

#[test]
fn many_odd_outcomes_are_counted() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1"]);
    let recorded = book.record(&["L1 r2 won 2026-06-05"; 25]);
    assert_eq!(recorded.left_out, 25);
    let warnings = recorded.warnings();
    assert_eq!(warnings.len(), 21);
    assert_eq!(warnings[20], "and 5 more outcomes like these");
}
