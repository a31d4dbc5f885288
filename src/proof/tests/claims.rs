//! Runs with passes by claims: sound as they are, found out when a grant, a claim's row or the pool is changed.

use super::*;

/// Ann and Bob claim the same leads; nobody claims the last.
fn evidence(method: Method) -> Evidence {
    let world = World::new(
        "ann/2  bob/2  cat/1
         l1 0   90  80  10
         l2 0   85  60  10
         l3 1   80  70  -
         l4 1   75  50  20
         l5 2   70  10  5",
    );
    run(world.with(|world| {
        world.rules.passes[0].method = method;
        for (at, lead) in (1..).zip(["l1", "l2", "l3", "l4"]) {
            let lead = if method == Method::BlindPull { "" } else { lead };
            world.claim(lead, "ann", Some(at), Some(-100 + i64::from(at)));
            world.claim(lead, "bob", Some(at), Some(-50 + i64::from(at)));
        }
        if method != Method::BlindPull {
            world.claim("l3", "cat", None, None);
            world.claim("l4", "cat", None, Some(3));
        }
        dress(world);
    }))
}

const METHODS: [Method; 3] = [Method::CherryPick, Method::SharkTank, Method::BlindPull];

/// Changes a file of a run in place and compares some of what is found.
fn check(method: Method, file: &str, change: (&str, &str), expected: &[&str]) {
    let mut evidence = evidence(method);
    let old = text(&evidence, file);
    let new = old.replacen(change.0, change.1, 1);
    assert_ne!(old, new, "the edit changes something in\n{old}");
    evidence.files.insert(file.to_owned(), new.into_bytes());
    let said = said(&look(&evidence));
    for part in expected {
        assert!(said.contains(part), "{part}\nis not in\n{said}");
    }
}

#[test]
fn runs_by_claims_are_sound_and_wishes_are_proven() {
    for method in METHODS {
        let verdict = look(&evidence(method));
        assert_eq!(said(&verdict), "", "{method:?}");
        assert_eq!(verdict.proven.len(), usize::from(method == Method::CherryPick));
    }
}

#[test]
fn a_lead_that_another_claimed_first_is_found() {
    check(
        Method::SharkTank,
        "assignments.csv",
        ("l1,ann,", "l1,bob,"),
        &["lead `l1` went to `bob` in pass `best match`, but it was the turn of `ann`"],
    );
    check(
        Method::BlindPull,
        "assignments.csv",
        ("l2,ann,", "l2,bob,"),
        &["lead `l2` went to `bob` in pass `best match`, but it was the turn of `ann`"],
    );
}

#[test]
fn wishes_that_are_worth_less_leave_a_gap() {
    let mut evidence = evidence(Method::CherryPick);
    let assigned = text(&evidence, "assignments.csv");
    let without: Vec<&str> = assigned.lines().filter(|line| !line.contains(",ann,")).collect();
    assert!(without.len() < assigned.lines().count(), "{assigned}");
    evidence
        .files
        .insert("assignments.csv".to_owned(), without.join("\n").into_bytes());
    let verdict = look(&evidence);
    assert!(
        has(&verdict, |finding| matches!(finding, Finding::Gap { .. })),
        "{}",
        said(&verdict)
    );
    assert!(verdict.proven.is_empty());
}

#[test]
fn a_lead_with_a_rep_who_made_no_claim_is_illegal() {
    check(
        Method::CherryPick,
        "assignments.csv",
        ("l1,bob,", "l1,cat,"),
        &["lead `l1` may not be with `cat`: the rep made no claim to it"],
    );
}

#[test]
fn a_changed_row_of_a_claim_is_found() {
    for method in METHODS {
        check(
            method,
            "claims.csv",
            (",refused,", ",granted,"),
            &["`verdict` is `granted`; it comes to `refused`"],
        );
    }
}

#[test]
fn a_changed_pool_is_found() {
    for method in METHODS {
        check(
            method,
            "open_pool.csv",
            ("\nl5,", "\nl1,"),
            &["`lead_id` is `l1`; it comes to `l5`"],
        );
    }
}

#[test]
fn the_pool_of_a_pass_that_deals_unseen_shows_no_details() {
    let header = |method| {
        text(&evidence(method), "open_pool.csv")
            .lines()
            .next()
            .map(str::to_owned)
    };
    assert_eq!(
        header(Method::BlindPull).as_deref(),
        Some("lead_id,tier,waiting_since")
    );
    assert_eq!(
        header(Method::SharkTank).as_deref(),
        Some("lead_id,tier,waiting_since,Id,lead_tier,note")
    );
}
