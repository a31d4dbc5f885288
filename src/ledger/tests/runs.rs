//! Committing runs and looking them up.

use super::*;
use crate::ledger::{Placing, RunState};
use crate::model::Clock;

#[test]
fn a_run_is_placing_until_its_files_are_in_place() {
    let mut book = Book::new();
    let run = commit(
        &mut book.ledger,
        "2026-06-01 02:00",
        &["L1 r1".into()],
        &[],
        &History::default(),
    )
    .expect("it is recorded");
    let placing = Placing {
        run,
        as_of_text: "2026-06-01T02:00:00-04:00".to_owned(),
        out: "/out".to_owned(),
        manifest: "2026-06-01 02:00".to_owned(),
    };
    assert_eq!(book.ledger.placing().expect("it can be read"), Some(placing));
    let second = commit(
        &mut book.ledger,
        "2026-06-02 02:00",
        &["L2 r1".into()],
        &[],
        &History::default(),
    );
    assert!(second.expect_err("one at a time").to_string().contains("run 1 "));
    book.ledger.placed(run).expect("it is noted");
    assert_eq!(book.ledger.placing().expect("it can be read"), None);
    let last = book
        .ledger
        .last_run()
        .expect("it can be read")
        .expect("there is one");
    assert_eq!((last.run, last.state), (1, RunState::Done));
    assert_eq!(last.roster, ["r1", "r2", "r3"]);
    assert_eq!(last.as_of, moment("2026-06-01 02:00"));
    assert!(
        book.ledger
            .has_run(1, "2026-06-01 02:00")
            .expect("it can be read")
    );
    assert!(!book.ledger.has_run(1, "another").expect("it can be read"));
    assert!(
        !book
            .ledger
            .has_run(2, "2026-06-01 02:00")
            .expect("it can be read")
    );
}

#[test]
fn a_lead_that_stands_cannot_be_dealt_and_nothing_of_that_run_is_kept() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1"]);
    let error = book
        .run(
            "2026-06-02 02:00",
            &["L2 r2".into(), "L1 r2".into()],
            &[],
            &History::default(),
        )
        .expect_err("it stands");
    assert!(error.to_string().contains("lead `L1` stands already"), "{error}");
    assert_eq!(book.count("runs"), 1);
    assert_eq!(book.count("assignments"), 1);
    assert_eq!(book.count("leads"), 1);
}

#[test]
fn only_a_lead_that_stands_with_a_rep_can_be_taken_from_it() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1"]);
    let take = |rep| [("L1", rep, ReturnedBy::Released)];
    let error = book
        .run("2026-06-02 02:00", &[], &take("r2"), &History::default())
        .expect_err("it stands with another");
    assert!(
        error.to_string().contains("does not stand with rep `r2`"),
        "{error}"
    );
    book.run(
        "2026-06-02 02:00",
        &["L1 r2".into()],
        &take("r1"),
        &History::default(),
    )
    .expect("it is taken and dealt again");
    let answer = book.ask("2026-06-02 03:00", &["L1"], &LedgerSettings::default(), &[]);
    assert_eq!(answer.past.standing["L1"].rep_id, "r2");
    assert_eq!(answer.past.standing["L1"].run, 2);
    assert!(answer.past.returned.is_empty());
}

#[test]
fn clocks_and_turns_of_any_size_come_back() {
    let mut book = Book::new();
    let clock = Clock {
        now: i128::MAX,
        turns: [("r1".to_owned(), -5), ("gone".to_owned(), i128::MIN)].into(),
    };
    let history = History {
        clocks: [(("in turn".to_owned(), "West".to_owned()), clock)].into(),
        ..History::default()
    };
    book.run("2026-06-01 02:00", &[], &[], &history)
        .expect("it is recorded");
    book.run("2026-06-02 02:00", &[], &[], &history)
        .expect("it is recorded");
    let answer = book.ask("2026-06-03 02:00", &[], &LedgerSettings::default(), &[]);
    assert_eq!(answer.past.history.clocks, history.clocks);
    assert_eq!(book.count("turn_changes"), 2);
}

#[test]
fn a_run_can_be_told_again_as_it_was() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1", "L2"]);
    book.deal("2026-06-02 02:00", &["L3 r1"]);
    let run = book
        .ledger
        .recorded_run(1)
        .expect("it can be read")
        .expect("there is one");
    assert_eq!(run.headers, ["lead_id", "rep_id", "reason"]);
    assert_eq!(run.leads[0].cells, ["L1", "r1", "its turn"]);
    assert_eq!(run.leads[1].cells, ["L2", "", "its turn"]);
    assert_eq!(run.leads[1].own_cells, ["L2", "Acme"]);
    let since = moment("2026-06-02 02:00");
    assert_eq!(book.ledger.runs_since(Some(since)).expect("it can be read"), [2]);
    book.ledger.undo(None, false).expect("it is taken back");
    assert_eq!(book.ledger.recorded_run(2).expect("it can be read"), None);
}
