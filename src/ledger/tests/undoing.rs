//! Taking runs back.

use super::*;
use crate::ledger::Undone;
use crate::model::Clock;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

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
    book.run(
        "2026-06-01 02:00",
        std::slice::from_ref(&lead),
        &[],
        &turns(1, 10),
    )
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

/// A step of a random life: a night (with what it deals, takes back, and moves), or outcomes.
#[derive(Clone, Debug)]
enum Step {
    Night(Vec<(u8, u8)>, Vec<u8>, i64),
    Outcomes(Vec<(u8, u8, u8, bool)>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let night = (
        prop::collection::vec((0..6u8, 1..4u8), 0..4),
        prop::collection::vec(0..6u8, 0..3),
        0..50i64,
    );
    let outcomes = prop::collection::vec((0..6u8, 0..8u8, 0..60u8, any::<bool>()), 0..4);
    let step = prop_oneof![
        night.prop_map(|(leads, taken, units)| Step::Night(leads, taken, units)),
        outcomes.prop_map(Step::Outcomes),
    ];
    prop::collection::vec(step, 1..8)
}

fn all(book: &Book) -> Answer {
    let leads = ["L0", "L1", "L2", "L3", "L4", "L5"];
    book.ask("2026-09-01 02:00", &leads, &LedgerSettings::default(), &[])
}

/// Deals what can be dealt and takes back what can be taken; the same for the same ledger.
fn live(book: &mut Book, step: &Step, day: u8) {
    let past = all(book).past;
    match step {
        Step::Night(leads, taken, units) => {
            let taken: BTreeSet<String> = taken.iter().map(|lead| format!("L{lead}")).collect();
            let taken: Vec<(&str, &str, ReturnedBy)> = taken
                .iter()
                .filter_map(|lead| Some((lead, past.standing.get(lead)?)))
                .filter(|(_, standing)| !matches!(standing.state.as_str(), "won" | "lost" | "cancelled"))
                .map(|(lead, standing)| (lead.as_str(), standing.rep_id.as_str(), ReturnedBy::Recycled))
                .collect();
            let is_free = |lead: &str| {
                !past.standing.contains_key(lead) || taken.iter().any(|(taken, _, _)| *taken == lead)
            };
            let deals: BTreeMap<String, u8> = leads
                .iter()
                .map(|(lead, rep)| (format!("L{lead}"), *rep))
                .collect();
            let deals: Vec<String> = deals
                .iter()
                .filter(|(lead, _)| is_free(lead))
                .map(|(lead, rep)| format!("{lead} r{rep}"))
                .collect();
            let leads: Vec<Lead<'_>> = deals
                .iter()
                .map(|deal| Lead {
                    deal,
                    limits: vec!["weekly"],
                    turns: vec![("in turn", "", 3)],
                })
                .collect();
            let at = format!("2026-06-{:02} 02:00", day + 1);
            let r1 = i128::from(*units) + i128::from(day) * 100;
            book.run(&at, &leads, &taken, &turns(i128::from(day), r1))
                .expect("it is recorded");
        }
        Step::Outcomes(rows) => {
            let rows: Vec<String> = rows
                .iter()
                .map(|&(lead, word, day, credit)| {
                    let word = OutcomeWord::ALL[usize::from(word)].name();
                    let credit = if credit && word == "cancelled" { "+" } else { "" };
                    format!("L{lead}  {word}{credit} 2026-06-{:02}T09:00", day / 3 + 1)
                })
                .collect();
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            book.record(&rows);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_night_taken_back_leaves_no_trace_and_no_lead_stands_twice(
        steps in steps(),
        leads in prop::collection::vec((0..6u8, 1..4u8), 0..4),
        taken in prop::collection::vec(0..6u8, 0..3),
    ) {
        let mut book = Book::new();
        for (day, step) in (0..).zip(&steps) {
            live(&mut book, step, day);
            let past = all(&book).past;
            prop_assert!(past.standing.keys().all(|lead| !past.returned.contains_key(lead)));
            let known = book.count("(SELECT DISTINCT lead FROM assignments)");
            let told = i64::try_from(past.standing.len() + past.returned.len());
            prop_assert_eq!(told, Ok(known));
        }
        let before = all(&book);
        live(&mut book, &Step::Night(leads, taken, 7), 20);
        book.ledger.undo(None, false).expect("nothing rests on it");
        prop_assert_eq!(all(&book), before);
    }
}
