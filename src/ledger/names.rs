//! Ids and texts to the numbers that stand for them in the file.

use super::night::RosterEntry;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;

/// The number of a lead, which is given one if it has none.
pub(super) fn lead(work: &Connection, id: &str) -> rusqlite::Result<i64> {
    if let Some(lead) = known_lead(work, id)? {
        return Ok(lead);
    }
    let mut add = work.prepare_cached("INSERT INTO leads (id) VALUES (?1)")?;
    add.insert([id])
}

/// The number of a lead that the ledger knows.
pub(super) fn known_lead(work: &Connection, id: &str) -> rusqlite::Result<Option<i64>> {
    let mut find = work.prepare_cached("SELECT lead FROM leads WHERE id = ?1")?;
    find.query_row([id], |row| row.get(0)).optional()
}

/// The number of a rep, who is given one if it has none.
pub(super) fn rep(work: &Connection, id: &str) -> rusqlite::Result<i64> {
    let mut find = work.prepare_cached("SELECT rep FROM reps WHERE id = ?1")?;
    if let Some(rep) = find.query_row([id], |row| row.get(0)).optional()? {
        return Ok(rep);
    }
    let mut add =
        work.prepare_cached("INSERT INTO reps (id, name, email, team, active) VALUES (?1, ?1, '', '', 0)")?;
    add.insert([id])
}

/// Writes down how the roster shows a rep now.
pub(super) fn keep_rep(work: &Connection, entry: &RosterEntry) -> rusqlite::Result<()> {
    let mut keep = work.prepare_cached(
        "INSERT INTO reps (id, name, email, team, active) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (id) DO UPDATE SET name = ?2, email = ?3, team = ?4, active = ?5",
    )?;
    let RosterEntry {
        id,
        name,
        email,
        team,
        active,
    } = entry;
    keep.execute(params![id, name, email, team, active])?;
    Ok(())
}

/// Every rep's id by its number.
pub(super) fn rep_ids(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, String>> {
    let mut reps = connection.prepare_cached("SELECT rep, id FROM reps")?;
    let rows = reps.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// Every repeated text by its number.
pub(super) fn texts(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, String>> {
    let mut texts = connection.prepare_cached("SELECT text, content FROM texts")?;
    let rows = texts.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// Gives texts that repeat their numbers, and remembers them.
#[derive(Debug, Default)]
pub(super) struct Texts {
    known: BTreeMap<String, i64>,
}

impl Texts {
    /// The number of a text, which is given one if it has none.
    pub fn number(&mut self, work: &Connection, content: &str) -> rusqlite::Result<i64> {
        if let Some(&number) = self.known.get(content) {
            return Ok(number);
        }
        let mut find = work.prepare_cached("SELECT text FROM texts WHERE content = ?1")?;
        let found = find.query_row([content], |row| row.get(0)).optional()?;
        let number = match found {
            Some(number) => number,
            None => work
                .prepare_cached("INSERT INTO texts (content) VALUES (?1)")?
                .insert([content])?,
        };
        self.known.insert(content.to_owned(), number);
        Ok(number)
    }
}

/// The number of a file's shape, which is given one if it has none.
pub(super) fn shape(work: &Connection, file: &str, headers: &str) -> rusqlite::Result<i64> {
    let mut find = work.prepare_cached("SELECT shape FROM shapes WHERE file = ?1 AND headers = ?2")?;
    if let Some(shape) = find.query_row([file, headers], |row| row.get(0)).optional()? {
        return Ok(shape);
    }
    let mut add = work.prepare_cached("INSERT INTO shapes (file, headers) VALUES (?1, ?2)")?;
    add.insert([file, headers])
}
