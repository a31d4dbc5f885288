//! Records a run: in one transaction, all of it or nothing.

use super::cells;
use super::fault::{self, Fault, to_json};
use super::file::Ledger;
use super::names::{self, Texts};
use super::night::{Dealt, Night};
use super::turns;
use anyhow::bail;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::path::Path;

impl Ledger {
    /// Records a run, in state `placing`; its number. This is the one point at which a run counts.
    ///
    /// # Errors
    /// Where a lead stands already, was not with the rep it is taken from, or another run is still placing;
    /// whatever the machine says. The ledger is as before then.
    pub fn commit(&mut self, night: &Night<'_>) -> anyhow::Result<u64> {
        let path = self.path.as_path();
        let work = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .at(path)?;
        if let Some(other) = placing(&work).at(path)? {
            bail!("run {other} in `{}` is not finished yet", path.display());
        }
        let run = add_run(&work, night, path)?;
        for (lead, rep, by) in night.returned {
            let taken = work
                .prepare_cached(
                    "UPDATE assignments SET ended = ?1, ended_at = ?2, ended_run = ?3 WHERE ended IS NULL
                     AND lead = (SELECT lead FROM leads WHERE id = ?4)
                     AND rep IS (SELECT rep FROM reps WHERE id = ?5)",
                )
                .and_then(|mut take| take.execute(params![by.name(), night.as_of.0, run, lead, rep]))
                .at(path)?;
            if taken == 0 {
                bail!("lead `{lead}` does not stand with rep `{rep}`, so it cannot be taken back");
            }
        }
        let mut writer = Writer {
            work: &work,
            path,
            run,
            texts: Texts::default(),
            shape: None,
        };
        for dealt in night.dealt {
            writer.deal(dealt)?;
        }
        turns::keep(&work, run, night.history).at(path)?;
        work.commit().at(path)?;
        Ok(run.unsigned_abs())
    }
}

fn placing(work: &Connection) -> rusqlite::Result<Option<i64>> {
    work.query_row("SELECT run FROM runs WHERE state = 'placing'", [], |row| {
        row.get(0)
    })
    .optional()
}

/// Writes down the run itself and its roster, which is kept once as long as it does not change.
fn add_run(work: &Connection, night: &Night<'_>, path: &Path) -> anyhow::Result<i64> {
    let roster: Vec<_> = night
        .roster
        .iter()
        .map(|rep| (&rep.id, &rep.name, &rep.email, &rep.team, rep.active))
        .collect();
    let roster = to_json(&roster)?;
    let last = work
        .query_row(
            "SELECT roster, reps FROM rosters ORDER BY roster DESC LIMIT 1",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
        )
        .optional()
        .at(path)?;
    let roster = match last {
        Some((number, same)) if same == roster => number,
        _ => {
            for entry in night.roster {
                names::keep_rep(work, entry).at(path)?;
            }
            work.prepare_cached("INSERT INTO rosters (reps) VALUES (?1)")
                .and_then(|mut add| add.insert([&roster]))
                .at(path)?
        }
    };
    let (command, headers) = (to_json(&night.command)?, to_json(&night.headers)?);
    let (delimiter, bom) = night.shape;
    work.prepare_cached(
        "INSERT INTO runs (as_of, as_of_text, time_zone, version, command, fingerprint, out, manifest, roster, headers,
            delimiter, bom, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'placing')",
    )
    .and_then(|mut add| {
        add.insert(params![
            night.as_of.0,
            night.as_of_text,
            night.time_zone,
            night.version,
            command,
            night.fingerprint,
            night.out,
            night.manifest,
            roster,
            headers,
            delimiter,
            bom
        ])
    })
    .at(path)
}

/// Writes the leads of a run.
struct Writer<'a> {
    work: &'a Connection,
    path: &'a Path,
    run: i64,
    texts: Texts,
    /// The file that the last lead came from with its headers, and the number of that shape.
    shape: Option<((String, String), i64)>,
}

impl Writer<'_> {
    fn deal(&mut self, dealt: &Dealt<'_>) -> anyhow::Result<()> {
        let (work, path) = (self.work, self.path);
        let lead = names::lead(work, dealt.lead_id).at(path)?;
        let rep = match dealt.rep_id {
            "" => None,
            id => Some(names::rep(work, id).at(path)?),
        };
        work.prepare_cached(
            "UPDATE assignments SET dealt_on = ?1
             WHERE lead = ?2 AND ended IS NOT NULL AND dealt_on IS NULL",
        )
        .and_then(|mut dealt_on| dealt_on.execute([self.run, lead]))
        .at(path)?;
        let limits = to_json(&dealt.limits)?;
        let mut number = |text: &str| self.texts.number(work, text);
        let (team, by, tier) = (
            number(dealt.team).at(path)?,
            number(dealt.by).at(path)?,
            number(dealt.tier).at(path)?,
        );
        let limits = number(&limits).at(path)?;
        let moves = match turns::moves_text(&dealt.turns)? {
            Some(moves) => Some(number(&moves).at(path)?),
            None => None,
        };
        let mut add = work
            .prepare_cached(
                "INSERT INTO assignments (run, lead, rep, team, dealt_by, tier, score, limits, moves, state,
                    accepted, credit)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'dealt', 0, 0)",
            )
            .at(path)?;
        let assignment = add
            .insert(params![
                self.run,
                lead,
                rep,
                team,
                by,
                tier,
                dealt.score,
                limits,
                moves
            ])
            .map_err(|error| match error.sqlite_error() {
                Some(failure) if failure.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE => {
                    anyhow::anyhow!("lead `{}` stands already, so it cannot be dealt", dealt.lead_id)
                }
                _ => fault::of(error, path),
            })?;
        let shape = self.shape(dealt)?;
        let ours = cells::squeezed(&dealt.cells, &cells::known(dealt))?;
        let own = to_json(&dealt.row.cells)?;
        work.prepare_cached(
            "INSERT INTO dealt_rows (assignment, reason, cells, shape, own) VALUES (?1, ?2, ?3, ?4, ?5)",
        )
        .and_then(|mut add| add.execute(params![assignment, dealt.reason, ours, shape, own]))
        .at(path)?;
        Ok(())
    }

    /// The number of the shape that a lead's row has.
    fn shape(&mut self, dealt: &Dealt<'_>) -> anyhow::Result<i64> {
        let headers = to_json(&dealt.row.headers)?;
        let key = (dealt.row.file.to_owned(), headers);
        match &self.shape {
            Some((same, shape)) if *same == key => Ok(*shape),
            _ => {
                let shape = names::shape(self.work, &key.0, &key.1).at(self.path)?;
                self.shape = Some((key, shape));
                Ok(shape)
            }
        }
    }
}
