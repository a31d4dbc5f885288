//! Taking runs back.

use super::*;
use crate::ledger::Undone;
use crate::model::Clock;

fn turns(now: i128, r1: i128) -> History {
    let clock = Clock {
        now,
        turns: [("r1".to_owned(), r1)].into(),
    };
    History {
        clocks: [(("in turn".to_owned(), String::new()), clock)].into(),
        ..History::default()
    }
}

fn past(book: &Book) -> Answer {
    book.ask(
        "2026-06-09 02:00",
        &["L1", "L2", "L3"],
        &LedgerSettings::default(),
        &[],
    )
}

#[test]
fn all_that_a_run_changed_is_as_before_and_then_the_run_before_it_is_the_latest() {
    let mut book = Book::new();
    let nothing = past(&book);
    book.run(
        "2026-06-01 02:00",
        &["L1 r1".into(), "L2 r1".into()],
        &[],
        &turns(1, 10),
    )
    .expect("it is recorded");
    book.record(&["L2 r1 declined 2026-06-01T09:00"]);
    let first = past(&book);
    let taken = [("L1", "r1", ReturnedBy::Recycled)];
    let leads = ["L1 r2".into(), "L2 r2".into(), "L3 r2".into()];
    book.run("2026-06-02 02:00", &leads, &taken, &turns(2, 20))
        .expect("it is recorded");
    let undone = Undone {
        run: 2,
        as_of_text: "2026-06-02T02:00:00-04:00".to_owned(),
        out: "/out".to_owned(),
        leads: 3,
        restored: 1,
        outcomes: 0,
    };
    assert_eq!(
        book.ledger.undo(Some(2), false).expect("it is taken back"),
        undone
    );
    assert_eq!(past(&book), first);
    let error = book.ledger.undo(None, false).expect_err("an outcome rests on it");
    let told = error.to_string();
    assert!(
        told.contains("outcomes rest on run 1: `L2` declined [bad-ledger]"),
        "{told}"
    );
    assert_eq!(past(&book), first);
    assert_eq!(
        book.ledger.undo(None, true).expect("it is taken back").outcomes,
        1
    );
    // reps and their empty records stay known
    assert_eq!(past(&book).past.history, nothing.past.history);
    assert_eq!(past(&book).past.returned, nothing.past.returned);
    assert_eq!(
        book.count("assignments") + book.count("outcomes") + book.count("turn_changes"),
        0
    );
    assert_eq!(book.deal("2026-06-03 02:00", &["L1 r1"]), 3);
}

#[test]
fn only_the_latest_run_can_be_taken_back() {
    let mut book = Book::new();
    let error = book.ledger.undo(None, false).expect_err("there is none");
    assert!(error.to_string().contains("the ledger holds no run"), "{error}");
    book.deal("2026-06-01 02:00", &["L1 r1"]);
    book.deal("2026-06-02 02:00", &["L2 r1"]);
    let error = book.ledger.undo(Some(1), true).expect_err("it is not the latest");
    assert!(
        error.to_string().contains("run 1 is not the latest; only run 2"),
        "{error}"
    );
}

#[test]
fn turns_given_back_since_stay_so() {
    let mut book = Book::new();
    let lead = Lead {
        deal: "L1 r1",
        limits: Vec::new(),
        turns: vec![("in turn", "", 10)],
    };
    book.run("2026-06-01 02:00", &[lead.clone()], &[], &turns(1, 10))
        .expect("it is recorded");
    let second = Lead {
        deal: "L2 r1",
        ..lead
    };
    book.run("2026-06-02 02:00", &[second], &[], &turns(2, 20))
        .expect("it is recorded");
    book.record(&[
        "L1 r1 cancelled+ 2026-06-02T09:00",
        "L2 r1 cancelled+ 2026-06-02T09:00",
    ]);
    let turn =
        |book: &Book| past(book).past.history.clocks[&("in turn".to_owned(), String::new())].turns["r1"];
    assert_eq!(turn(&book), 0);
    book.ledger.undo(None, true).expect("it is taken back");
    assert_eq!(turn(&book), 0);
}

#[test]
fn outcomes_of_leads_that_the_run_had_dealt_on_count_after_it_is_gone() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1"]);
    let taken = [("L1", "r1", ReturnedBy::Recycled)];
    book.run("2026-06-02 02:00", &["L1 r2".into()], &taken, &History::default())
        .expect("it is recorded");
    book.record(&["L1 r1 declined 2026-06-03T09:00"]);
    book.ledger.undo(None, false).expect("nothing rests on it");
    let answer = past(&book);
    assert_eq!(answer.past.returned["L1"].by, ReturnedBy::Declined);
    assert!(answer.past.standing.is_empty());
}
