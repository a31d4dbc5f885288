//! A run as it was recorded, to write its files again.

use super::cells::restored;
use super::fault::{Fault, from_json};
use super::file::Ledger;
use rusqlite::{OptionalExtension, Row};

/// A run as it was recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedRun {
    /// Its number.
    pub run: u64,
    /// Its moment as text, RFC 3339.
    pub as_of_text: String,
    /// The headers of `assignments.csv` before the leads' own.
    pub headers: Vec<String>,
    /// The delimiter of the leads, and whether they had a byte-order mark.
    pub shape: (u8, bool),
    /// What it dealt, in input order.
    pub leads: Vec<RecordedLead>,
}

/// A lead as a run dealt it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedLead {
    /// Its id.
    pub lead_id: String,
    /// The rep's id; empty where it stays with a team.
    pub rep_id: String,
    /// The team; may be empty.
    pub team: String,
    /// The cells of `assignments.csv` before its own.
    pub cells: Vec<String>,
    /// The file it came from.
    pub file: String,
    /// The headers of that file's own columns.
    pub own_headers: Vec<String>,
    /// The cells under them.
    pub own_cells: Vec<String>,
}

impl Ledger {
    /// Every run that was not taken back and is not before a moment, by number.
    ///
    /// # Errors
    /// A damaged ledger; whatever the machine says.
    pub fn runs_since(&self, since: Option<crate::model::Moment>) -> anyhow::Result<Vec<u64>> {
        let mut find = self
            .connection
            .prepare("SELECT run FROM runs WHERE state <> 'undone' AND as_of >= ?1 ORDER BY run")
            .at(&self.path)?;
        let since = since.map_or(i64::MIN, |since| since.0);
        let rows = find.query_map([since], |row| Ok(row.get::<_, i64>(0)?.unsigned_abs()));
        rows.at(&self.path)?
            .collect::<rusqlite::Result<_>>()
            .at(&self.path)
    }

    /// A run as it was recorded; none where there is no such run or it was taken back.
    ///
    /// # Errors
    /// A damaged ledger; whatever the machine says.
    pub fn recorded_run(&self, run: u64) -> anyhow::Result<Option<RecordedRun>> {
        let path = self.path.as_path();
        let view = self.connection.unchecked_transaction().at(path)?;
        let query =
            "SELECT as_of_text, headers, delimiter, bom FROM runs WHERE run = ?1 AND state <> 'undone'";
        let found = view
            .query_row(query, [run.cast_signed()], |row| {
                let texts: (String, String) = (row.get(0)?, row.get(1)?);
                Ok((texts, (row.get::<_, u8>(2)?, row.get::<_, bool>(3)?)))
            })
            .optional()
            .at(path)?;
        let Some(((as_of_text, headers), shape)) = found else {
            return Ok(None);
        };
        let mut find = view
            .prepare(
                "SELECT leads.id, coalesce(reps.id, ''), teams.content, passes.content, tiers.content, reason,
                    cells, shapes.file, shapes.headers, own
                 FROM assignments JOIN leads USING (lead) LEFT JOIN reps USING (rep)
                 JOIN texts AS teams ON teams.text = assignments.team
                 JOIN texts AS passes ON passes.text = dealt_by
                 JOIN texts AS tiers ON tiers.text = assignments.tier
                 JOIN dealt_rows USING (assignment) JOIN shapes USING (shape)
                 WHERE run = ?1 ORDER BY assignment",
            )
            .at(path)?;
        let texts = |row: &Row<'_>| {
            let texts: rusqlite::Result<Vec<String>> = (0..10).map(|at| row.get(at)).collect();
            texts
        };
        let rows = find.query_map([run.cast_signed()], texts).at(path)?;
        let mut leads = Vec::new();
        for row in rows {
            let mut row = row.at(path)?;
            let [cells, file, own_headers, own] = [6, 7, 8, 9].map(|at| std::mem::take(&mut row[at]));
            let known: Vec<&str> = row[..6].iter().map(String::as_str).collect();
            let cells = restored(&cells, &known, path)?;
            row.truncate(3);
            let [lead_id, rep_id, team] = [0, 1, 2].map(|at| std::mem::take(&mut row[at]));
            leads.push(RecordedLead {
                lead_id,
                rep_id,
                team,
                cells,
                file,
                own_headers: from_json(&own_headers, path)?,
                own_cells: from_json(&own, path)?,
            });
        }
        Ok(Some(RecordedRun {
            run,
            as_of_text,
            headers: from_json(&headers, path)?,
            shape,
            leads,
        }))
    }
}
