//! Leads of a batch that were dealt before and stay where they are.

use super::ask::{Look, Taken};
use super::fault::Fault;
use crate::model::Standing;
use rusqlite::OptionalExtension;
use std::collections::BTreeMap;

/// Finds those of the leads asked for that stand and are not taken back by this run.
pub(super) fn of(
    look: &Look<'_>,
    lead_ids: &[String],
    taken: &BTreeMap<i64, Taken>,
) -> anyhow::Result<BTreeMap<String, Standing>> {
    let path = look.path;
    let mut find = look
        .connection
        .prepare_cached(
            "SELECT assignment, rep, team, run, state FROM leads JOIN assignments USING (lead)
             WHERE leads.id = ?1 AND ended IS NULL",
        )
        .at(path)?;
    let mut standing = BTreeMap::new();
    for id in lead_ids {
        let found = find.query_row([id], |row| {
            let run: i64 = row.get(3)?;
            let lead = Standing {
                rep_id: look.rep_id(row.get(1)?).to_owned(),
                team: look.text(row.get(2)?).to_owned(),
                dealt_at: look.dealt_at(run),
                run: run.unsigned_abs(),
                state: row.get(4)?,
            };
            Ok((row.get::<_, i64>(0)?, lead))
        });
        if let Some((assignment, lead)) = found.optional().at(path)?
            && !taken.contains_key(&assignment)
        {
            standing.insert(id.clone(), lead);
        }
    }
    Ok(standing)
}
