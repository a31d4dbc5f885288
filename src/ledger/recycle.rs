//! Leads that nobody answered in time.
//!
//! Time runs from the deal to the newest outcome that the ledger holds: nobody is late by what has not been
//! recorded yet. It never runs beyond as-of.

use super::ask::{Look, Question, Taken};
use super::fault::Fault;
use crate::model::{Moment, Patience, Rep, ReturnedBy, Schedule, Span, WeeklyHours};
use std::collections::BTreeMap;
use std::path::Path;

/// Working time is counted in stretches of so many seconds, so that leads long overdue cost little.
const STRETCH: i64 = 14 * 24 * 3600;

/// Adds the standing leads that are without an answer for too long.
pub(super) fn add(
    look: &Look<'_>,
    question: &Question<'_>,
    taken: &mut BTreeMap<i64, Taken>,
) -> anyhow::Result<()> {
    let newest = newest_outcome(look)?;
    let (Some(patience), Some(newest)) = (question.settings.recycle_after, newest) else {
        return Ok(());
    };
    let until = newest.min(question.as_of.moment);
    let people: BTreeMap<&str, &Rep> = question.reps.iter().map(|rep| (rep.id.as_str(), rep)).collect();
    let mut known: BTreeMap<(Option<i64>, i64), bool> = BTreeMap::new();
    let mut late = |rep: Option<i64>, run: i64| {
        *known.entry((rep, run)).or_insert_with(|| {
            let rep = people.get(look.rep_id(rep)).copied();
            let span = Span {
                from: look.dealt_at(run),
                to: until,
            };
            is_late(rep, question, span, patience)
        })
    };
    // working time is never longer than time by the clock
    let latest = until.0.saturating_sub(patience.seconds);
    let mut rows = look
        .connection
        .prepare_cached(
            "SELECT assignment, lead, rep, runs.run FROM runs CROSS JOIN assignments USING (run)
             WHERE runs.as_of <= ?1 AND ended IS NULL AND wait IS NULL",
        )
        .at(look.path)?;
    let rows = rows
        .query_map([latest], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .at(look.path)?;
    for row in rows {
        let (assignment, lead, rep, run): (i64, i64, Option<i64>, i64) = row.at(look.path)?;
        if late(rep, run) {
            taken.entry(assignment).or_insert(Taken {
                lead,
                rep,
                by: ReturnedBy::Recycled,
            });
        }
    }
    Ok(())
}

fn newest_outcome(look: &Look<'_>) -> anyhow::Result<Option<Moment>> {
    let path: &Path = look.path;
    let newest = look
        .connection
        .query_row("SELECT max(at) FROM outcomes", [], |row| {
            row.get::<_, Option<i64>>(0)
        });
    Ok(newest.at(path)?.map(Moment))
}

/// Tells whether the time of a rep within a span is as long as its patience.
fn is_late(rep: Option<&Rep>, question: &Question<'_>, span: Span, patience: Patience) -> bool {
    if !patience.is_working {
        return span.to.0 - span.from.0 >= patience.seconds;
    }
    let schedule = Schedule {
        zone: rep
            .and_then(|rep| rep.zone.clone())
            .unwrap_or_else(|| question.as_of.zone.clone()),
        hours: rep
            .and_then(|rep| rep.hours.clone())
            .unwrap_or_else(WeeklyHours::office),
    };
    let off: &[Span] = rep.map_or(&[], |rep| &rep.off);
    let (mut worked, mut from) = (0, span.from);
    while from < span.to {
        let to = Moment(from.0.saturating_add(STRETCH)).min(span.to);
        let working = schedule.working(Span { from, to });
        worked += Span::shared(&working, &working) - Span::shared(&working, off);
        if worked >= patience.seconds {
            return true;
        }
        from = to;
    }
    false
}
