//! Leads that are back in the pool, and those that a run takes back.

use super::ask::{Look, Taken};
use super::fault::{Fault, from_json};
use crate::model::{PastRows, Returned, ReturnedBy};
use rusqlite::Row;
use std::collections::{BTreeMap, BTreeSet};

/// The open leads of reps who are released, by assignment.
pub(super) fn released(look: &Look<'_>, reps: &BTreeSet<&str>) -> anyhow::Result<BTreeMap<i64, Taken>> {
    let mut taken = BTreeMap::new();
    let mut open = look
        .connection
        .prepare_cached(
            "SELECT assignment, lead FROM assignments
             WHERE rep = ?1 AND ended IS NULL AND state NOT IN ('won', 'lost', 'cancelled')",
        )
        .at(look.path)?;
    for (&rep, _) in look.reps.iter().filter(|(_, id)| reps.contains(id.as_str())) {
        let rows = open.query_map([rep], |row| Ok((row.get(0)?, row.get(1)?)));
        for row in rows.at(look.path)? {
            let (assignment, lead): (i64, i64) = row.at(look.path)?;
            let released = Taken {
                lead,
                rep: Some(rep),
                by: ReturnedBy::Released,
            };
            taken.insert(assignment, released);
        }
    }
    Ok(taken)
}

/// What a run takes back, by the ids of lead and rep.
pub(super) fn named(
    look: &Look<'_>,
    taken: &BTreeMap<i64, Taken>,
) -> anyhow::Result<Vec<(String, String, ReturnedBy)>> {
    let name = |taken: &Taken| {
        let id = lead_id(look, taken.lead)?;
        Ok((id, look.rep_id(taken.rep).to_owned(), taken.by))
    };
    taken.values().map(name).collect()
}

fn lead_id(look: &Look<'_>, lead: i64) -> anyhow::Result<String> {
    look.connection
        .prepare_cached("SELECT id FROM leads WHERE lead = ?1")
        .and_then(|mut find| find.query_row([lead], |row| row.get(0)))
        .at(look.path)
}

/// Leads in the pool by id, and the rows of those that are not among `lead_ids`.
pub(super) fn returned(
    look: &Look<'_>,
    lead_ids: &[String],
    taken: &BTreeMap<i64, Taken>,
) -> anyhow::Result<(BTreeMap<String, Returned>, Vec<PastRows>)> {
    let mut back: Vec<(i64, i64)> = in_pool(look)?;
    back.extend(taken.iter().map(|(&assignment, taken)| (assignment, taken.lead)));
    let mut leads = BTreeMap::new();
    let mut lacking = Vec::new();
    let present: BTreeSet<&str> = if back.is_empty() {
        BTreeSet::new()
    } else {
        lead_ids.iter().map(String::as_str).collect()
    };
    for (assignment, lead) in back {
        let id = lead_id(look, lead)?;
        if !present.contains(id.as_str()) {
            lacking.push((assignment, id.clone()));
        }
        if let Some(returned) = chain(look, lead, taken)? {
            leads.insert(id, returned);
        }
    }
    lacking.sort();
    Ok((leads, rows(look, &lacking)?))
}

/// The last assignment of every lead in the pool, with the lead.
fn in_pool(look: &Look<'_>) -> anyhow::Result<Vec<(i64, i64)>> {
    let pool = "SELECT assignment, lead FROM assignments INDEXED BY pool
         WHERE ended IS NOT NULL AND dealt_on IS NULL ORDER BY lead";
    let mut rows = look.connection.prepare_cached(pool).at(look.path)?;
    let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.at(look.path)?.collect::<rusqlite::Result<_>>().at(look.path)
}

/// Who had a lead, who let it go, and how it came back last.
fn chain(look: &Look<'_>, lead: i64, taken: &BTreeMap<i64, Taken>) -> anyhow::Result<Option<Returned>> {
    let mut links = look
        .connection
        .prepare_cached(
            "SELECT assignment, rep, team, ended FROM assignments WHERE lead = ?1 ORDER BY assignment",
        )
        .at(look.path)?;
    let link = |row: &Row<'_>| {
        let (assignment, rep, team) = (row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?);
        Ok((assignment, rep, team, row.get::<_, Option<String>>(3)?))
    };
    let links = links.query_map([lead], link).at(look.path)?;
    let (mut had, mut refused, mut returns) = (BTreeSet::new(), BTreeSet::new(), 0);
    let mut last = None;
    for link in links {
        let (assignment, rep, team, ended) = link.at(look.path)?;
        let ended = match ended.as_deref() {
            Some("declined") => Some(ReturnedBy::Declined),
            Some("recycled") => Some(ReturnedBy::Recycled),
            Some(_) => Some(ReturnedBy::Released),
            None => taken.get(&assignment).map(|taken| taken.by),
        };
        let rep_id = look.rep_id(rep).to_owned();
        if !rep_id.is_empty() {
            had.insert(rep_id.clone());
        }
        if matches!(ended, Some(ReturnedBy::Declined | ReturnedBy::Recycled)) {
            returns += 1;
            if !rep_id.is_empty() {
                refused.insert(rep_id.clone());
            }
        }
        last = ended.map(|by| (by, rep_id, look.text(team).to_owned()));
    }
    Ok(last.map(|(by, rep_id, team)| Returned {
        by,
        rep_id,
        team,
        refused: refused.into_iter().collect(),
        had: had.into_iter().collect(),
        returns,
    }))
}

/// The rows of leads as they came in last, those of one shape together, in the order they were dealt in.
fn rows(look: &Look<'_>, lacking: &[(i64, String)]) -> anyhow::Result<Vec<PastRows>> {
    let mut find = look
        .connection
        .prepare_cached("SELECT shape, own FROM dealt_rows WHERE assignment = ?1")
        .at(look.path)?;
    let mut by_shape: BTreeMap<i64, Vec<(String, Vec<String>)>> = BTreeMap::new();
    for (assignment, id) in lacking {
        let (shape, own): (i64, String) = find
            .query_row([assignment], |row| Ok((row.get(0)?, row.get(1)?)))
            .at(look.path)?;
        let cells = from_json(&own, look.path)?;
        by_shape.entry(shape).or_default().push((id.clone(), cells));
    }
    let mut shapes = look
        .connection
        .prepare_cached("SELECT file, headers FROM shapes WHERE shape = ?1")
        .at(look.path)?;
    let mut grouped = Vec::new();
    for (shape, rows) in by_shape {
        let (file, headers): (String, String) = shapes
            .query_row([shape], |row| Ok((row.get(0)?, row.get(1)?)))
            .at(look.path)?;
        grouped.push(PastRows {
            file,
            headers: from_json(&headers, look.path)?,
            rows,
        });
    }
    Ok(grouped)
}
