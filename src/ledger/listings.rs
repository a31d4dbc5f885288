//! All that the ledger holds, as plain tables with ids and words: what `history --csv` writes.

use super::fault::Fault;
use super::file::Ledger;
use rusqlite::types::ValueRef;
use std::fmt::Write;

/// A table of the ledger as it is told.
#[derive(Clone, Copy, Debug)]
pub struct Listing {
    /// Its name.
    pub name: &'static str,
    query: &'static str,
}

/// Every table; together they hold all of the ledger.
pub const LISTINGS: &[Listing] = &[
    Listing {
        name: "runs",
        query:
            "SELECT run, as_of_text AS as_of, time_zone, state, version, command, fingerprint, out, manifest,
                roster, headers, delimiter, bom,
                (SELECT count(*) FROM assignments WHERE assignments.run = runs.run) AS leads
            FROM runs ORDER BY run",
    },
    Listing {
        name: "assignments",
        query: "SELECT assignments.run, leads.id AS lead_id, coalesce(reps.id, '') AS rep_id,
                teams.content AS team, passes.content AS dealt_by, tiers.content AS tier, score, reason,
                state, accepted, wait AS response_seconds,
                ended, credit, dealt_on AS dealt_on_in_run, limits.content AS limits, moved.content AS turns,
                shapes.file, shapes.headers AS own_headers, own AS own_cells, cells
            FROM assignments JOIN leads USING (lead) LEFT JOIN reps USING (rep)
            JOIN texts AS teams ON teams.text = assignments.team
            JOIN texts AS passes ON passes.text = dealt_by
            JOIN texts AS tiers ON tiers.text = assignments.tier
            JOIN texts AS limits ON limits.text = assignments.limits
            LEFT JOIN texts AS moved ON moved.text = moves
            JOIN dealt_rows USING (assignment) JOIN shapes USING (shape)
            ORDER BY assignment",
    },
    Listing {
        name: "outcomes",
        query: "SELECT leads.id AS lead_id, coalesce(reps.id, '') AS rep_id, word AS outcome,
                strftime('%Y-%m-%dT%H:%M:%SZ', at, 'unixepoch') AS at, note, outcomes.credit,
                assignments.run
            FROM outcomes JOIN assignments USING (assignment) JOIN leads USING (lead)
            LEFT JOIN reps USING (rep) ORDER BY outcome",
    },
    Listing {
        name: "returns",
        query: "SELECT leads.id AS lead_id, coalesce(reps.id, '') AS rep_id, ended AS returned,
                strftime('%Y-%m-%dT%H:%M:%SZ', ended_at, 'unixepoch') AS at, assignments.run AS dealt_in_run,
                ended_run AS taken_back_in_run, dealt_on AS dealt_on_in_run
            FROM assignments JOIN leads USING (lead) LEFT JOIN reps USING (rep)
            WHERE ended IS NOT NULL ORDER BY ended_at, assignment",
    },
    Listing {
        name: "reps",
        query: "SELECT id AS rep_id, name AS rep_name, email, team, active FROM reps ORDER BY id",
    },
    Listing {
        name: "rosters",
        query: "SELECT roster, reps FROM rosters ORDER BY roster",
    },
    Listing {
        name: "clocks",
        query: "SELECT pass, within, now FROM clocks ORDER BY pass, within",
    },
    Listing {
        name: "turns",
        query: "SELECT pass, within, reps.id AS rep_id, turn FROM turns JOIN reps USING (rep)
            ORDER BY pass, within, reps.id",
    },
    Listing {
        name: "clock_changes",
        query: "SELECT run, pass, within, before, after FROM clock_changes ORDER BY run, pass, within",
    },
    Listing {
        name: "turn_changes",
        query: "SELECT run, pass, within, reps.id AS rep_id, before, after FROM turn_changes
            JOIN reps USING (rep) ORDER BY run, pass, within, reps.id",
    },
];

impl Ledger {
    /// Calls back with the headers of a table, then with every row of it, always in the same order.
    ///
    /// # Errors
    /// A damaged ledger; whatever the machine or `each` says.
    pub fn list(
        &self,
        listing: &Listing,
        each: &mut dyn FnMut(&[String]) -> std::io::Result<()>,
    ) -> anyhow::Result<()> {
        let path = self.path.as_path();
        let mut found = self.connection.prepare(listing.query).at(path)?;
        let headers: Vec<String> = found.column_names().into_iter().map(str::to_owned).collect();
        each(&headers)?;
        let mut rows = found.query([]).at(path)?;
        let mut cells = vec![String::new(); headers.len()];
        while let Some(row) = rows.next().at(path)? {
            for (at, cell) in cells.iter_mut().enumerate() {
                cell.clear();
                match row.get_ref(at).at(path)? {
                    ValueRef::Text(text) => cell.push_str(&String::from_utf8_lossy(text)),
                    ValueRef::Integer(number) => {
                        let _ = write!(cell, "{number}");
                    }
                    ValueRef::Real(number) => {
                        let _ = write!(cell, "{number}");
                    }
                    ValueRef::Null | ValueRef::Blob(_) => {}
                }
            }
            each(&cells)?;
        }
        Ok(())
    }
}
