//! Brings an assignment to what its outcomes come to.

use super::fault::{self, Fault, damaged};
use super::fold::{Said, fold};
use super::turns;
use crate::model::OutcomeWord;
use rusqlite::{Connection, params};
use std::path::Path;

/// What settling changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// 1 where the lead went back into the pool, -1 where it came out of it.
    pub back: i64,
    /// 1 where the rep got its turn back, -1 where that was taken again.
    pub credited: i64,
}

/// The outcomes of an assignment, in the order in which they count.
pub(super) fn said(work: &Connection, assignment: i64) -> rusqlite::Result<Vec<Said>> {
    let mut find = work.prepare_cached("SELECT at, word, credit FROM outcomes WHERE assignment = ?1")?;
    let rows = find.query_map([assignment], |row| {
        let name: String = row.get(1)?;
        Ok((row.get(0)?, OutcomeWord::of(&name), row.get(2)?))
    })?;
    let mut said = Vec::new();
    for row in rows {
        // another program may have written a word of its own
        if let (at, Some(word), credit) = row? {
            said.push(Said { at, word, credit });
        }
    }
    said.sort_unstable();
    Ok(said)
}

/// Writes what the outcomes of an assignment come to. A lead that a run took back or dealt on stays where it
/// is; what its former rep did with it counts in the rep's record all the same.
pub(super) fn settle(work: &Connection, assignment: i64, path: &Path) -> anyhow::Result<Change> {
    let fold = fold(&said(work, assignment).at(path)?);
    let (is_frozen, was_back, had_credit, rep, moves, dealt_at) = work
        .prepare_cached(
            "SELECT ended_run IS NOT NULL OR dealt_on IS NOT NULL, ended IS NOT NULL, credit, rep, content, as_of
             FROM assignments JOIN runs USING (run) LEFT JOIN texts ON text = moves WHERE assignment = ?1",
        )
        .and_then(|mut find| {
            find.query_row([assignment], |row| {
                let flags: (bool, bool, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
                let (rep, moves): (Option<i64>, Option<String>) = (row.get(3)?, row.get(4)?);
                let dealt_at: i64 = row.get(5)?;
                Ok((flags.0, flags.1, flags.2, rep, moves, dealt_at))
            })
        })
        .at(path)?;
    let wait = fold.answered_at.map(|at| at - dealt_at);
    work.prepare_cached(
        "UPDATE assignments SET state = ?2, accepted = ?3, credit = ?4, wait = ?5 WHERE assignment = ?1",
    )
    .and_then(|mut set| {
        set.execute(params![
            assignment,
            fold.state_name(),
            fold.accepted,
            fold.credit,
            wait
        ])
    })
    .at(path)?;
    let mut change = Change::default();
    if fold.credit != had_credit {
        change.credited = if fold.credit { 1 } else { -1 };
        if let (Some(rep), Some(moves)) = (rep, moves) {
            turns::shift(work, rep, &moves, fold.credit, path)?;
        }
    }
    if !is_frozen {
        let is_back = fold.declined_at.is_some();
        change.back = i64::from(is_back) - i64::from(was_back);
        work.prepare_cached("UPDATE assignments SET ended = ?2, ended_at = ?3 WHERE assignment = ?1")
            .and_then(|mut set| {
                set.execute(params![
                    assignment,
                    is_back.then_some("declined"),
                    fold.declined_at
                ])
            })
            .map_err(|error| match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::ConstraintViolation) => {
                    damaged(path, "the ledger is damaged (a lead stands twice)").into()
                }
                _ => fault::of(error, path),
            })?;
    }
    Ok(change)
}
