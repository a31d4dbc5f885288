//! What time off takes of every rep's next working days.

use super::{Leave, Leaves};
use crate::model::{Absence, AsOf, Moment, Rep, RepIndex, Schedule, Span, TimeOffFile, WorkingDay};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::cmp::Reverse;

/// So far ahead is looked for the day on which a rep is back: a year, in seconds.
const YEAR: i64 = 366 * 24 * 3600;

/// Gives every rep all its time off and its absence over its next `horizon` working days; tells what became
/// of each file.
///
/// A rep without hours works Monday to Friday, 09:00 to 17:00, and one without a zone in that of the run.
pub(in crate::read) fn apply(
    leaves: &[Leaves],
    reps: &mut [Rep],
    as_of: &AsOf,
    horizon: u32,
) -> Vec<TimeOffFile> {
    let list: Vec<&Leave> = leaves.iter().flat_map(|file| &file.list).collect();
    let mut of_rep: Vec<Vec<usize>> = vec![Vec::new(); reps.len()];
    for (at, leave) in list.iter().enumerate() {
        let is_near = is_near(leave, as_of.moment);
        for rep in leave.reps.iter().map(|rep| rep.at()) {
            let zone = reps[rep].zone.as_ref().unwrap_or(&as_of.zone);
            let spans: Vec<Span> = leave.spells.iter().filter_map(|spell| spell.span(zone)).collect();
            reps[rep].off.extend(spans);
            if is_near {
                of_rep[rep].push(at);
            }
        }
    }
    let mut used = vec![false; list.len()];
    for (rep, own) in reps.iter_mut().zip(&of_rep) {
        rep.off = merged(std::mem::take(&mut rep.off));
        rep.absence = absence(
            &rep.schedule(as_of),
            own,
            &list,
            (as_of.moment, horizon),
            &mut used,
        );
    }
    let zone = |rep: &RepIndex| reps[rep.at()].zone.as_ref().unwrap_or(&as_of.zone);
    let is_past = |leave: &Leave| {
        let zone = leave.reps.first().map_or(&as_of.zone, zone);
        let ends = |spell: &super::Spell| spell.to.moment(zone);
        leave
            .spells
            .iter()
            .filter_map(ends)
            .all(|end| end <= as_of.moment)
    };
    let mut flags = list.iter().zip(&used);
    let count = |file: &Leaves| {
        let mut said = file.file.clone();
        for (leave, &used) in flags.by_ref().take(file.list.len()) {
            said.used += u64::from(used);
            said.past += u64::from(!used && is_past(leave));
        }
        said
    };
    leaves.iter().map(count).collect()
}

/// Whether time off can matter in some zone, so that few rows are looked at for every rep.
fn is_near(leave: &Leave, as_of: Moment) -> bool {
    const DAY: i64 = 24 * 3600;
    let mut spans = leave.spells.iter().filter_map(|spell| spell.span(&TimeZone::UTC));
    spans.any(|span| span.to.0 > as_of.0 - 2 * DAY && span.from.0 < as_of.0 + 2 * YEAR)
}

/// A rep's absence; marks the time off that it is made of.
fn absence(
    schedule: &Schedule,
    own: &[usize],
    list: &[&Leave],
    (as_of, horizon): (Moment, u32),
    used: &mut [bool],
) -> Option<Absence> {
    if own.is_empty() {
        return None;
    }
    let days = schedule.working_days(as_of, horizon);
    // Hours that are over by then are no longer anybody's to miss.
    let to_come = |span: &Span| Span {
        from: span.from.max(as_of),
        to: span.to,
    };
    let working = days.iter().flat_map(|day| day.working.iter().map(to_come));
    let working = merged(working.filter(|span| span.from < span.to).collect());
    let mut off = Vec::new();
    // the most working time, then the first to begin, the last to end
    let mut longest = ((0, Reverse(Moment(0)), Moment(0)), "");
    for &at in own {
        let spans = list[at]
            .spells
            .iter()
            .filter_map(|spell| spell.span(&schedule.zone));
        let spans = merged(
            spans
                .filter(|span| span.to > as_of || reaches(&working, *span))
                .collect(),
        );
        let taken = Span::shared(&working, &spans);
        used[at] |= taken > 0;
        let first = spans.iter().find(|span| reaches(&working, **span));
        if let Some(&first) = first {
            let weight = (taken, Reverse(first.from), first.to);
            if weight > longest.0 {
                longest = (weight, &list[at].reason);
            }
        }
        off.extend(spans);
    }
    let off = merged(off);
    let taken = Span::shared(&working, &off);
    (taken > 0).then(|| Absence {
        away: taken,
        working: Span::shared(&working, &working),
        back: days.last().and_then(|last| back(schedule, last, &off)),
        reason: longest.1.to_owned(),
    })
}

fn reaches(working: &[Span], span: Span) -> bool {
    Span::shared(working, &[span]) > 0
}

/// The first working day after one on which some working time is not off, within a year.
fn back(schedule: &Schedule, last: &WorkingDay, off: &[Span]) -> Option<Date> {
    let (mut from, mut before) = (last.whole.to, last.date);
    let until = from.0.saturating_add(YEAR);
    while from.0 < until {
        // a shift over midnight has not ended then, and its day comes up again
        let days = schedule.working_days(from, 2);
        let day = days.into_iter().find(|day| day.date > before)?;
        if Span::shared(&day.working, off) < Span::shared(&day.working, &day.working) {
            return Some(day.date);
        }
        // the time off of that day may end many days ahead
        let end = day.working.last().and_then(|working| {
            let covering = off
                .iter()
                .find(|span| span.from < working.to && working.to <= span.to);
            covering.map(|span| span.to)
        });
        from = end.map_or(day.whole.to, |end| end.max(day.whole.to));
        before = day.date;
    }
    None
}

/// Spans in order, those that touch as one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => merged.push(span),
        }
    }
    merged
}
