//! The runs that the ledger holds.

use super::fault::{Fault, from_json};
use super::file::Ledger;
use crate::model::{Moment, Rep};
use rusqlite::{OptionalExtension, Row, params};

/// A run that counts but whose files are not known to be in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placing {
    /// Its number.
    pub run: u64,
    /// Its moment as text, RFC 3339.
    pub as_of_text: String,
    /// Its out folder.
    pub out: String,
    /// The manifest of its files.
    pub manifest: String,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// It counts, and its files are to be put in place.
    Placing,
    /// Its files are in place.
    Done,
    /// It was taken back.
    Undone,
}

impl RunState {
    /// The word in the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Self::Placing => "placing",
            Self::Done => "done",
            Self::Undone => "undone",
        }
    }

    fn of(word: &str) -> Self {
        match word {
            "placing" => Self::Placing,
            "undone" => Self::Undone,
            _ => Self::Done,
        }
    }
}

/// The latest run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastRun {
    /// Its number.
    pub run: u64,
    /// Its moment.
    pub as_of: Moment,
    /// The same as text, RFC 3339.
    pub as_of_text: String,
    /// The name of its zone.
    pub time_zone: String,
    /// The hash of all its inputs, rules and options but a defaulted as-of.
    pub fingerprint: String,
    /// Its out folder.
    pub out: String,
    /// The manifest of its files.
    pub manifest: String,
    /// How far it is.
    pub state: RunState,
    /// The ids of its roster, in the roster's order.
    pub roster: Vec<String>,
}

/// A rep in a roster as it is stored: id, name, e-mail, team, active.
type StoredRep = (String, String, String, String, bool);

impl Ledger {
    /// Says that the files of a run are in place.
    ///
    /// # Errors
    /// Whatever the machine says.
    pub fn placed(&mut self, run: u64) -> anyhow::Result<()> {
        let done = "UPDATE runs SET state = 'done' WHERE run = ?1 AND state = 'placing'";
        self.connection
            .execute(done, [run.cast_signed()])
            .at(&self.path)?;
        Ok(())
    }

    /// The run whose files are still to be put in place.
    ///
    /// # Errors
    /// Whatever the machine says.
    pub fn placing(&self) -> anyhow::Result<Option<Placing>> {
        let query = "SELECT run, as_of_text, out, manifest FROM runs WHERE state = 'placing'";
        let placing = |row: &Row<'_>| {
            Ok(Placing {
                run: row.get::<_, i64>(0)?.unsigned_abs(),
                as_of_text: row.get(1)?,
                out: row.get(2)?,
                manifest: row.get(3)?,
            })
        };
        self.connection
            .query_row(query, [], placing)
            .optional()
            .at(&self.path)
    }

    /// The latest run that was not taken back.
    ///
    /// # Errors
    /// A damaged ledger; whatever the machine says.
    pub fn last_run(&self) -> anyhow::Result<Option<LastRun>> {
        let query = "SELECT run, as_of, as_of_text, fingerprint, out, manifest, state, reps, time_zone
             FROM runs JOIN rosters USING (roster) WHERE state <> 'undone' ORDER BY run DESC LIMIT 1";
        let last = |row: &Row<'_>| {
            let run = LastRun {
                run: row.get::<_, i64>(0)?.unsigned_abs(),
                as_of: Moment(row.get(1)?),
                as_of_text: row.get(2)?,
                time_zone: row.get(8)?,
                fingerprint: row.get(3)?,
                out: row.get(4)?,
                manifest: row.get(5)?,
                state: RunState::of(&row.get::<_, String>(6)?),
                roster: Vec::new(),
            };
            Ok((run, row.get::<_, String>(7)?))
        };
        let found = self
            .connection
            .query_row(query, [], last)
            .optional()
            .at(&self.path)?;
        let Some((mut run, roster)) = found else {
            return Ok(None);
        };
        let roster: Vec<StoredRep> = from_json(&roster, &self.path)?;
        run.roster = roster.into_iter().map(|(id, ..)| id).collect();
        Ok(Some(run))
    }

    /// Every rep that a roster ever showed, as the last one showed it, by id.
    ///
    /// # Errors
    /// Whatever the machine says.
    pub fn reps(&self) -> anyhow::Result<Vec<Rep>> {
        let mut find = self
            .connection
            .prepare("SELECT id, name, email, team, active FROM reps ORDER BY id")
            .at(&self.path)?;
        let rows = find.query_map([], |row| {
            let (id, name): (String, String) = (row.get(0)?, row.get(1)?);
            Ok(Rep {
                email: row.get(2)?,
                team: row.get(3)?,
                active: row.get(4)?,
                ..Rep::named(id, name)
            })
        });
        rows.at(&self.path)?
            .collect::<rusqlite::Result<_>>()
            .at(&self.path)
    }

    /// The number that the next run will have.
    ///
    /// # Errors
    /// Whatever the machine says.
    pub fn next_run(&self) -> anyhow::Result<u64> {
        let query = "SELECT coalesce(max(run), 0) + 1 FROM runs";
        let next = self.connection.query_row(query, [], |row| row.get::<_, i64>(0));
        Ok(next.at(&self.path)?.unsigned_abs())
    }

    /// Tells whether a run with this manifest counts.
    ///
    /// # Errors
    /// Whatever the machine says.
    pub fn has_run(&self, run: u64, manifest: &str) -> anyhow::Result<bool> {
        let query = "SELECT 1 FROM runs WHERE run = ?1 AND manifest = ?2 AND state <> 'undone'";
        let found = self
            .connection
            .query_row(query, params![run.cast_signed(), manifest], |_| Ok(()))
            .optional()
            .at(&self.path)?;
        Ok(found.is_some())
    }
}
