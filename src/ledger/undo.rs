//! Takes the latest run back whole.

use super::fault::{Fault, position};
use super::file::Ledger;
use super::settle::settle;
use super::turns;
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior};
use std::path::Path;

/// So many leads on which outcomes rest are named.
const NAMED: usize = 10;

/// A run that was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// Its number.
    pub run: u64,
    /// Its moment as text.
    pub as_of_text: String,
    /// Its out folder, which stays as it is.
    pub out: String,
    /// Leads that it had dealt.
    pub leads: u64,
    /// Leads that are with their reps again, from whom it had taken them.
    pub restored: u64,
    /// Outcomes that went with it.
    pub outcomes: u64,
}

impl Ledger {
    /// Takes the latest run back: its assignments, what it took from reps, clocks and turns. The run keeps
    /// its number, in state `undone`; asked again, the run before it is the latest.
    ///
    /// # Errors
    /// A mistake of the kind `bad-ledger` where there is no run, where `run` is another one than the latest,
    /// or where outcomes rest on it and `force` is not set; whatever the machine says.
    pub fn undo(&mut self, run: Option<u64>, force: bool) -> anyhow::Result<Undone> {
        let path = self.path.as_path();
        let work = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .at(path)?;
        let latest = work
            .query_row(
                "SELECT run, as_of_text, out FROM runs WHERE state <> 'undone' ORDER BY run DESC LIMIT 1",
                [],
                |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?)),
            )
            .optional()
            .at(path)?;
        let Some((number, as_of_text, out)) = latest else {
            return Err(refused(position(path), "the ledger holds no run").into());
        };
        if let Some(wanted) = run.filter(|run| *run != number.unsigned_abs()) {
            let found = format!("run {wanted} is not the latest; only run {number} can be taken back now");
            return Err(refused(position(path), found).into());
        }
        let outcomes = outcomes_of(&work, number).at(path)?;
        if !outcomes.is_empty() && !force {
            return Err(rests(path, number, &outcomes).into());
        }
        let (leads, restored) = take_back(&work, number, path)?;
        work.commit().at(path)?;
        Ok(Undone {
            run: number.unsigned_abs(),
            as_of_text,
            out,
            leads,
            restored,
            outcomes: outcomes.len() as u64,
        })
    }
}

fn refused(position: Position, found: impl Into<String>) -> Mistakes {
    Mistake::new(Kind::BadLedger, position, found).into()
}

/// The leads and words of the outcomes that rest on a run.
fn outcomes_of(work: &Connection, run: i64) -> rusqlite::Result<Vec<(String, String)>> {
    let mut find = work.prepare(
        "SELECT leads.id, word FROM assignments JOIN outcomes USING (assignment) JOIN leads USING (lead)
         WHERE assignments.run = ?1 ORDER BY assignment, at, outcome",
    )?;
    find.query_map([run], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

fn rests(path: &Path, run: i64, outcomes: &[(String, String)]) -> Mistakes {
    let named = outcomes.iter().take(NAMED);
    let named: Vec<String> = named.map(|(lead, word)| format!("`{lead}` {word}")).collect();
    let more = match outcomes.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let found = format!("outcomes rest on run {run}: {}{more}", named.join(", "));
    Mistake::new(Kind::BadLedger, position(path), found)
        .hint("`--force` takes the run back with its outcomes")
        .into()
}

/// Takes a run back; the counts of its leads and of those that are with their reps again.
fn take_back(work: &Connection, run: i64, path: &Path) -> anyhow::Result<(u64, u64)> {
    let numbers = |query: &str| -> anyhow::Result<Vec<i64>> {
        let mut find = work.prepare(query).at(path)?;
        let rows = find.query_map([run], |row: &Row<'_>| row.get(0)).at(path)?;
        rows.collect::<rusqlite::Result<_>>().at(path)
    };
    let own = numbers("SELECT assignment FROM assignments WHERE run = ?1")?;
    let before = numbers("SELECT assignment FROM assignments WHERE dealt_on = ?1 AND run <> ?1")?;
    let ended = numbers("SELECT assignment FROM assignments WHERE ended_run = ?1")?;
    work.execute(
        "DELETE FROM outcomes WHERE assignment IN (SELECT assignment FROM assignments WHERE run = ?1)",
        [run],
    )
    .at(path)?;
    for &assignment in &own {
        // turns that were given back are taken again, so that the run's whole difference can go
        settle(work, assignment, path)?;
    }
    turns::take_back(work, run, path)?;
    for step in [
        "DELETE FROM dealt_rows WHERE assignment IN (SELECT assignment FROM assignments WHERE run = ?1)",
        "DELETE FROM assignments WHERE run = ?1",
        "UPDATE assignments SET dealt_on = NULL WHERE dealt_on = ?1",
        "UPDATE assignments SET ended = NULL, ended_at = NULL, ended_run = NULL WHERE ended_run = ?1",
        "UPDATE runs SET state = 'undone' WHERE run = ?1",
    ] {
        work.execute(step, [run]).at(path)?;
    }
    // what was recorded since of leads that the run had dealt on counts now
    for assignment in before.into_iter().chain(ended.iter().copied()) {
        settle(work, assignment, path)?;
    }
    Ok((own.len() as u64, ended.len() as u64))
}
