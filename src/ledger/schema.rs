//! The tables of the ledger, version by version, and how an older file comes to the newest.
//!
//! Leads, reps and repeated texts are written once and referred to by number, which halves the file; the
//! view `leads_now` shows ids and words for whoever looks with another program. Rows as they came in are
//! kept apart from the assignments, so that counting those reads a tenth of the file.

use super::fault::Fault;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;

/// Marks a SQLite file as a ledger: "deal" in ASCII.
pub(super) const APPLICATION_ID: i32 = 0x6465_616c;

/// The steps from each version to the next; the first makes a new file.
pub(super) const STEPS: &[&str] = &[FIRST, SECOND];

const FIRST: &str = "
CREATE TABLE rosters (
    roster INTEGER PRIMARY KEY,
    reps TEXT NOT NULL
) STRICT;
CREATE TABLE runs (
    run INTEGER PRIMARY KEY AUTOINCREMENT,
    as_of INTEGER NOT NULL,
    as_of_text TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    version TEXT NOT NULL,
    command TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    out TEXT NOT NULL,
    manifest TEXT NOT NULL,
    roster INTEGER NOT NULL REFERENCES rosters,
    headers TEXT NOT NULL,
    delimiter INTEGER NOT NULL,
    bom INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('placing', 'done', 'undone'))
) STRICT;
CREATE UNIQUE INDEX one_is_placing ON runs (state) WHERE state = 'placing';
CREATE TABLE reps (
    rep INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    team TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT;
CREATE TABLE leads (
    lead INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE texts (
    text INTEGER PRIMARY KEY,
    content TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE shapes (
    shape INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    headers TEXT NOT NULL,
    UNIQUE (file, headers)
) STRICT;
CREATE TABLE assignments (
    assignment INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL REFERENCES runs,
    lead INTEGER NOT NULL REFERENCES leads,
    rep INTEGER REFERENCES reps,
    team INTEGER NOT NULL REFERENCES texts,
    dealt_by INTEGER NOT NULL REFERENCES texts,
    tier INTEGER NOT NULL REFERENCES texts,
    score INTEGER NOT NULL,
    limits INTEGER NOT NULL REFERENCES texts,
    state TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    wait INTEGER,
    ended TEXT CHECK (ended IN ('declined', 'recycled', 'released')),
    ended_at INTEGER,
    ended_run INTEGER REFERENCES runs,
    dealt_on INTEGER REFERENCES runs
) STRICT;
CREATE UNIQUE INDEX stands_once ON assignments (lead) WHERE ended IS NULL;
CREATE INDEX chain ON assignments (lead);
CREATE INDEX of_run ON assignments (run);
CREATE INDEX ended_by_run ON assignments (ended_run) WHERE ended_run IS NOT NULL;
CREATE INDEX dealt_on_by_run ON assignments (dealt_on) WHERE dealt_on IS NOT NULL;
CREATE TABLE dealt_rows (
    assignment INTEGER PRIMARY KEY REFERENCES assignments,
    reason TEXT NOT NULL,
    cells TEXT NOT NULL,
    shape INTEGER NOT NULL REFERENCES shapes,
    own TEXT NOT NULL
) STRICT;
CREATE TABLE outcomes (
    outcome INTEGER PRIMARY KEY AUTOINCREMENT,
    assignment INTEGER NOT NULL REFERENCES assignments,
    word TEXT NOT NULL,
    at INTEGER NOT NULL,
    credit INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX said_once ON outcomes (assignment, at, word);
CREATE INDEX newest ON outcomes (at);
CREATE TABLE clocks (
    pass TEXT NOT NULL,
    within TEXT NOT NULL,
    now TEXT NOT NULL,
    PRIMARY KEY (pass, within)
) STRICT, WITHOUT ROWID;
CREATE TABLE turns (
    pass TEXT NOT NULL,
    within TEXT NOT NULL,
    rep INTEGER NOT NULL REFERENCES reps,
    turn TEXT NOT NULL,
    PRIMARY KEY (pass, within, rep)
) STRICT, WITHOUT ROWID;
CREATE TABLE clock_changes (
    run INTEGER NOT NULL REFERENCES runs,
    pass TEXT NOT NULL,
    within TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    PRIMARY KEY (run, pass, within)
) STRICT, WITHOUT ROWID;
CREATE TABLE turn_changes (
    run INTEGER NOT NULL REFERENCES runs,
    pass TEXT NOT NULL,
    within TEXT NOT NULL,
    rep INTEGER NOT NULL REFERENCES reps,
    before TEXT,
    after TEXT NOT NULL,
    PRIMARY KEY (run, pass, within, rep)
) STRICT, WITHOUT ROWID;
";

/// What each lead moved in the rotations, so that it can be given back; the indexes of leads that are back
/// in the pool, of those without an answer, and of what reps did, without which a night of a year's ledger
/// would walk through all of it; ids and words for other programs.
const SECOND: &str = "
ALTER TABLE assignments ADD COLUMN moves INTEGER REFERENCES texts;
CREATE INDEX pool ON assignments (lead) WHERE ended IS NOT NULL AND dealt_on IS NULL;
CREATE INDEX unanswered ON assignments (run) WHERE ended IS NULL AND wait IS NULL;
CREATE INDEX records ON assignments (rep, state, ended, accepted, credit);
CREATE INDEX waits ON assignments (rep, wait) WHERE wait IS NOT NULL;
CREATE VIEW leads_now AS
SELECT leads.id AS lead_id, reps.id AS rep_id, reps.name AS rep_name, teams.content AS team,
    runs.run, runs.as_of_text AS dealt_as_of, passes.content AS dealt_by, assignments.state,
    assignments.ended, dealt_rows.reason
FROM assignments
JOIN leads USING (lead)
JOIN runs ON runs.run = assignments.run
JOIN dealt_rows USING (assignment)
LEFT JOIN reps ON reps.rep = assignments.rep
JOIN texts AS teams ON teams.text = assignments.team
JOIN texts AS passes ON passes.text = assignments.dealt_by
WHERE assignments.dealt_on IS NULL;
";

/// The newest version.
pub(super) fn newest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// Brings a file from a version to the newest: all steps or none.
pub(super) fn migrate(connection: &mut Connection, from: i64, path: &Path) -> anyhow::Result<()> {
    let work = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .at(path)?;
    // another program may have been first
    let now: i64 = work
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .at(path)?;
    if now != from {
        return Ok(());
    }
    let done = usize::try_from(from).unwrap_or(0);
    apply(&work, &STEPS[done.min(STEPS.len())..], newest()).at(path)?;
    work.commit().at(path)
}

/// Applies steps and marks the file as a ledger of a version.
pub(super) fn apply(work: &Transaction<'_>, steps: &[&str], version: i64) -> rusqlite::Result<()> {
    for step in steps {
        work.execute_batch(step)?;
    }
    work.pragma_update(None, "application_id", APPLICATION_ID)?;
    work.pragma_update(None, "user_version", version)
}
