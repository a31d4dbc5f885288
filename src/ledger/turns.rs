//! Clocks and turns as whole numbers in text, for SQLite has none so large; what each run changed of them.

use super::fault::{Fault, damaged, from_json, to_json};
use crate::model::{Clock, History};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeMap;
use std::path::Path;

/// Group keys with their clocks.
type Clocks = BTreeMap<(String, String), Clock>;

/// Reads all clocks and turns.
pub(super) fn clocks(connection: &Connection, path: &Path) -> anyhow::Result<Clocks> {
    let mut clocks = Clocks::new();
    let mut read = |query: &str| -> anyhow::Result<()> {
        let mut rows = connection.prepare_cached(query).at(path)?;
        let mut rows = rows.query([]).at(path)?;
        while let Some(row) = rows.next().at(path)? {
            let texts = [0, 1, 3].map(|at| row.get::<_, String>(at));
            let [pass, within, units] = texts;
            let units = number(&units.at(path)?, path)?;
            let clock = clocks.entry((pass.at(path)?, within.at(path)?)).or_default();
            match row.get::<_, Option<String>>(2).at(path)? {
                None => clock.now = units,
                Some(rep) => {
                    clock.turns.insert(rep, units);
                }
            }
        }
        Ok(())
    };
    read("SELECT pass, within, NULL, now FROM clocks")?;
    read("SELECT pass, within, reps.id, turn FROM turns JOIN reps USING (rep)")?;
    Ok(clocks)
}

fn number(text: &str, path: &Path) -> anyhow::Result<i128> {
    let number = text.parse();
    number.map_err(|_| damaged(path, format!("the ledger is damaged (`{text}` is no turn)")).into())
}

/// Writes the clocks and turns that a run leaves behind, and what they were before it where it changed them.
pub(super) fn keep(work: &Connection, run: i64, history: &History) -> rusqlite::Result<()> {
    let clocks = history.clocks.iter();
    let clocks = clocks.map(|((pass, within), clock)| ((pass.as_str(), within.as_str()), clock));
    for ((pass, within), clock) in clocks.chain([(("", ""), &history.served)]) {
        let now = clock.now.to_string();
        let before: Option<String> = work
            .prepare_cached("SELECT now FROM clocks WHERE pass = ?1 AND within = ?2")?
            .query_row([pass, within], |row| row.get(0))
            .optional()?;
        if before.as_ref() != Some(&now) {
            work.prepare_cached("INSERT OR REPLACE INTO clocks (pass, within, now) VALUES (?1, ?2, ?3)")?
                .execute([pass, within, &now])?;
            work.prepare_cached(
                "INSERT INTO clock_changes (run, pass, within, before, after) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![run, pass, within, before, now])?;
        }
        for (rep, turn) in &clock.turns {
            let (rep, turn) = (super::names::rep(work, rep)?, turn.to_string());
            let before = turn_of(work, pass, within, rep)?;
            if before.as_ref() != Some(&turn) {
                set_turn(work, pass, within, rep, &turn)?;
                work.prepare_cached(
                    "INSERT INTO turn_changes (run, pass, within, rep, before, after)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![run, pass, within, rep, before, turn])?;
            }
        }
    }
    Ok(())
}

fn turn_of(work: &Connection, pass: &str, within: &str, rep: i64) -> rusqlite::Result<Option<String>> {
    work.prepare_cached("SELECT turn FROM turns WHERE pass = ?1 AND within = ?2 AND rep = ?3")?
        .query_row(params![pass, within, rep], |row| row.get(0))
        .optional()
}

fn set_turn(work: &Connection, pass: &str, within: &str, rep: i64, turn: &str) -> rusqlite::Result<()> {
    work.prepare_cached("INSERT OR REPLACE INTO turns (pass, within, rep, turn) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![pass, within, rep, turn])?;
    Ok(())
}

/// What a lead moved, as a text; none where it moved nothing.
pub(super) fn moves_text(moves: &[(&str, &str, i128)]) -> anyhow::Result<Option<String>> {
    if moves.is_empty() {
        return Ok(None);
    }
    let texts: Vec<_> = moves
        .iter()
        .map(|(pass, within, units)| (pass, within, units.to_string()))
        .collect();
    to_json(&texts).map(Some)
}

/// Moves a rep's turns by what one of its leads moved them: back, or on again.
pub(super) fn shift(
    work: &Connection,
    rep: i64,
    moves: &str,
    is_back: bool,
    path: &Path,
) -> anyhow::Result<()> {
    let moves: Vec<(String, String, String)> = from_json(moves, path)?;
    for (pass, within, units) in moves {
        let units = number(&units, path)?;
        let Some(turn) = turn_of(work, &pass, &within, rep).at(path)? else {
            continue;
        };
        let turn = number(&turn, path)?;
        let changed = if is_back { turn - units } else { turn + units };
        set_turn(work, &pass, &within, rep, &changed.to_string()).at(path)?;
    }
    Ok(())
}

/// Takes back what a run changed, by the difference, so that what was given back since stays so.
pub(super) fn take_back(work: &Connection, run: i64, path: &Path) -> anyhow::Result<()> {
    for is_turn in [false, true] {
        let (changes, current) = if is_turn {
            ("turn_changes", "turns")
        } else {
            ("clock_changes", "clocks")
        };
        let (rep, value) = if is_turn { ("rep", "turn") } else { ("0", "now") };
        let and_rep = if is_turn { "rep = ?3" } else { "?3 = 0" };
        let mut rows = work
            .prepare(&format!(
                "SELECT pass, within, {rep}, changes.before, changes.after, {value}
                 FROM {changes} AS changes JOIN {current} USING (pass, within{})
                 WHERE changes.run = ?1",
                if is_turn { ", rep" } else { "" }
            ))
            .at(path)?;
        let rows = rows.query_map([run], |row| {
            let key = (
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, i64>(2)?,
            );
            let before = row.get::<_, Option<String>>(3)?;
            Ok((key, before, row.get::<_, String>(4)?, row.get::<_, String>(5)?))
        });
        let rows: Vec<_> = rows.at(path)?.collect::<rusqlite::Result<_>>().at(path)?;
        for ((pass, within, rep), before, after, now) in rows {
            let which = format!("pass = ?1 AND within = ?2 AND {and_rep}");
            if let Some(before) = before {
                let back = number(&now, path)? - (number(&after, path)? - number(&before, path)?);
                let set = format!("UPDATE {current} SET {value} = ?4 WHERE {which}");
                work.execute(&set, params![pass, within, rep, back.to_string()])
                    .at(path)?;
            } else {
                work.execute(
                    &format!("DELETE FROM {current} WHERE {which}"),
                    params![pass, within, rep],
                )
                .at(path)?;
            }
        }
        work.execute(&format!("DELETE FROM {changes} WHERE run = ?1"), [run])
            .at(path)?;
    }
    Ok(())
}
