//! What a run is told of the nights before.

use super::*;
use crate::model::{PastRep, Patience, Returned, Span, Standing};

fn after(text: &str) -> LedgerSettings {
    LedgerSettings {
        recycle_after: Patience::parse(text),
        ..LedgerSettings::default()
    }
}

#[test]
fn what_stands_is_told_for_the_leads_asked_for_alone() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1", "L2 r2", "L3"]);
    let answer = book.ask(
        "2026-06-02 02:00",
        &["L1", "L3", "L9"],
        &LedgerSettings::default(),
        &[],
    );
    let standing = |rep_id: &str| Standing {
        rep_id: rep_id.to_owned(),
        team: "East".to_owned(),
        dealt_at: moment("2026-06-01 02:00"),
        run: 1,
        state: "dealt".to_owned(),
    };
    let expected = [("L1".to_owned(), standing("r1")), ("L3".to_owned(), standing(""))];
    assert_eq!(answer.past.standing, expected.into());
    assert!(answer.past.is_kept);
    assert!(answer.returned.is_empty());
}

#[test]
fn open_leads_of_a_released_rep_come_back_with_their_rows() {
    let mut book = Book::new();
    book.deal("2026-06-01 02:00", &["L1 r1", "L2 r2", "L3 r1"]);
    let answer = book.ask("2026-06-02 02:00", &["L3"], &LedgerSettings::default(), &["r1"]);
    let released = |lead: &str| (lead.to_owned(), "r1".to_owned(), ReturnedBy::Released);
    assert_eq!(answer.returned, [released("L1"), released("L3")]);
    let returned = Returned {
        by: ReturnedBy::Released,
        rep_id: "r1".to_owned(),
        team: "East".to_owned(),
        refused: Vec::new(),
        had: vec!["r1".to_owned()],
        returns: 0,
    };
    assert_eq!(answer.past.returned["L1"], returned);
    assert!(answer.past.standing.is_empty());
    assert_eq!(answer.past.rows.len(), 1);
    assert_eq!(answer.past.rows[0].headers, ["id", "company"]);
    let row = ("L1".to_owned(), vec!["L1".to_owned(), "Acme".to_owned()]);
    assert_eq!(answer.past.rows[0].rows, [row]);
    assert_eq!(answer.past.reps["r1"].open, 0);
    assert_eq!(answer.past.reps["r2"].open, 1);
    assert_eq!(book.count("assignments WHERE ended IS NOT NULL"), 0);
}

#[test]
fn reps_have_their_days_and_limits_their_periods() {
    let mut book = Book::new();
    let counted = |deal| Lead {
        deal,
        limits: vec!["daily", "weekly"],
        turns: Vec::new(),
    };
    let none = History::default();
    // Sunday, Monday, Tuesday
    for (at, lead) in [
        ("2026-05-31 02:00", "L1 r1"),
        ("2026-06-01 02:00", "L2 r1"),
        ("2026-06-02 00:30", "L3 r1"),
    ] {
        book.run(at, &[counted(lead)], &[], &none)
            .expect("it is recorded");
    }
    let settings = LedgerSettings {
        recent_days: 1,
        ..LedgerSettings::default()
    };
    let answer = book.ask("2026-06-02 23:00", &[], &settings, &[]);
    let of = |limit: &str| answer.past.history.counted[&(limit.to_owned(), "r1".to_owned())];
    assert_eq!((of("daily"), of("weekly")), (1, 2));
    let rep = PastRep {
        name: "Rep r1".to_owned(),
        open: 3,
        today: 1,
        recent: 2,
        accept_rate: None,
        win_rate: None,
        response_minutes: None,
    };
    assert_eq!(answer.past.reps["r1"], rep);
}

/// Deals `L1` to `r1` on Monday at 09:00; `other` is answered at some time; whether `L1` is let go then.
fn check(patience: &str, newest: &str, as_of: &str, reps: &[Rep], expected: bool) {
    let mut book = Book::new();
    book.deal("2026-06-01 09:00", &["L1 r1", "other r2"]);
    book.ledger
        .connection
        .execute(
            "INSERT INTO outcomes (assignment, word, at, credit, note) VALUES (2, 'accepted', ?1, 0, '')",
            [moment(newest).0],
        )
        .expect("an outcome");
    book.ledger
        .connection
        .execute(
            "UPDATE assignments SET wait = 1, state = 'accepted' WHERE assignment = 2",
            [],
        )
        .expect("an answer");
    let answer = book.ask_of(as_of, &[], &after(patience), &[], reps);
    let found = answer.returned == [("L1".to_owned(), "r1".to_owned(), ReturnedBy::Recycled)];
    assert_eq!(
        found, expected,
        "{patience} {newest} {as_of}: {:?}",
        answer.returned
    );
    if expected {
        assert_eq!(answer.past.returned["L1"].refused, ["r1"]);
        assert_eq!(answer.past.returned["L1"].returns, 1);
        assert_eq!(answer.past.reps["r1"].accept_rate, Some(0.0));
    }
}

#[test]
fn a_lead_is_let_lie_by_the_clock_up_to_the_newest_outcome() {
    let reps = [rep("r1"), rep("r2")];
    check("8 hours", "2026-06-01 17:00", "2026-06-05 09:00", &reps, true);
    check("8 hours", "2026-06-01 16:59", "2026-06-05 09:00", &reps, false);
    check("8 hours", "2026-06-05 09:00", "2026-06-01 16:59", &reps, false);
    check("8 hours", "2026-06-05 09:00", "2026-06-01 17:00", &[], true);
}

#[test]
fn working_hours_are_those_of_the_rep_without_time_off() {
    let reps = [rep("r1"), rep("r2")];
    check(
        "9 working hours",
        "2026-06-02 09:59",
        "2026-06-09 09:00",
        &reps,
        false,
    );
    check(
        "9 working hours",
        "2026-06-02 10:00",
        "2026-06-09 09:00",
        &reps,
        true,
    );
    check(
        "9 working hours",
        "2026-06-02 10:00",
        "2026-06-09 09:00",
        &[],
        true,
    );
    let mut away = rep("r1");
    away.off = vec![Span {
        from: moment("2026-06-01 12:00"),
        to: moment("2026-06-03 12:00"),
    }];
    let reps = [away];
    check(
        "9 working hours",
        "2026-06-04 09:59",
        "2026-06-09 09:00",
        &reps,
        false,
    );
    check(
        "9 working hours",
        "2026-06-04 10:00",
        "2026-06-09 09:00",
        &reps,
        true,
    );
    // months go by stretch by stretch
    check(
        "800 working hours",
        "2026-11-30 09:00",
        "2026-12-09 09:00",
        &[rep("r1")],
        true,
    );
    check(
        "2000 working hours",
        "2026-11-30 09:00",
        "2026-12-09 09:00",
        &[rep("r1")],
        false,
    );
}

#[test]
fn without_any_outcome_nobody_is_late() {
    let mut book = Book::new();
    book.deal("2026-06-01 09:00", &["L1 r1"]);
    let answer = book.ask("2026-07-01 09:00", &[], &after("1 hour"), &[]);
    assert!(answer.returned.is_empty());
}
