//! What became of each rep's leads: counted along indexes, so that a year of nights costs little.

use super::ask::{Look, Question};
use super::fault::{Fault, from_json};
use super::periods::{around, holds, recent};
use crate::model::{PastRep, Period, Span};
use rusqlite::Row;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Leads of a rep by what became of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// All that were dealt.
    pub dealt: u64,
    /// Those that were given back because they were bad.
    pub credited: u64,
    /// Those that stand and are not won, lost or cancelled.
    pub open: u64,
    /// Those dealt in the calendar day of a run that asks.
    pub today: u32,
    /// Those dealt in the days before it.
    pub recent: u32,
    /// Those that the rep accepted or worked on, and did not give back.
    pub accepted: u64,
    /// Those that it declined.
    pub declined: u64,
    /// Those that it let lie.
    pub recycled: u64,
    /// Those that the user took from it.
    pub released: u64,
    /// Those that it won.
    pub won: u64,
    /// Those that it lost.
    pub lost: u64,
    /// Those that were cancelled.
    pub cancelled: u64,
    /// Mean seconds from deal to first answer.
    pub mean: Option<f64>,
    /// Median seconds from deal to first answer.
    pub median: Option<f64>,
}

impl Tally {
    /// Adds leads of one kind.
    fn add(&mut self, leads: &Alike) {
        let count = leads.count;
        let state = leads.state.as_str();
        self.dealt += count;
        match state {
            "won" => self.won += count,
            "lost" => self.lost += count,
            "cancelled" => self.cancelled += count,
            _ if leads.ended.is_none() => self.open += count,
            _ => {}
        }
        if leads.credit {
            self.credited += count;
        }
        match leads.ended.as_deref() {
            Some("declined") => self.declined += count,
            Some("recycled") => self.recycled += count,
            Some(_) => self.released += count,
            None => {}
        }
        if leads.accepted && !matches!(leads.ended.as_deref(), Some("declined" | "recycled")) {
            self.accepted += count;
        }
    }

    /// The record of a rep as rules may ask for it.
    pub(super) fn record(&self, name: String) -> PastRep {
        let share = |some: u64, all: u64| {
            #[expect(clippy::cast_precision_loss, reason = "counts of leads are far below 2^53")]
            (all > 0).then(|| some as f64 / all as f64)
        };
        let answered = self.accepted + self.declined + self.recycled;
        PastRep {
            name,
            open: u32::try_from(self.open).unwrap_or(u32::MAX),
            today: self.today,
            recent: self.recent,
            accept_rate: share(self.accepted, answered),
            win_rate: share(self.won, self.won + self.lost),
            response_minutes: self.median.map(|seconds| seconds / 60.0),
        }
    }
}

/// Leads of one rep that became the same.
struct Alike {
    state: String,
    ended: Option<String>,
    accepted: bool,
    credit: bool,
    count: u64,
}

/// Counts what became of every rep's leads, by the rep's number.
pub(super) fn all(look: &Look<'_>) -> anyhow::Result<BTreeMap<i64, Tally>> {
    let mut tallies: BTreeMap<i64, Tally> = BTreeMap::new();
    let mut find = look
        .connection
        .prepare_cached(
            "SELECT rep, state, ended, accepted, credit, count(*) FROM assignments INDEXED BY records
             WHERE rep IS NOT NULL GROUP BY rep, state, ended, accepted, credit",
        )
        .at(look.path)?;
    let rows = find.query_map([], |row: &Row<'_>| {
        let alike = Alike {
            state: row.get(1)?,
            ended: row.get(2)?,
            accepted: row.get(3)?,
            credit: row.get(4)?,
            count: row.get::<_, i64>(5)?.unsigned_abs(),
        };
        Ok((row.get::<_, i64>(0)?, alike))
    });
    for row in rows.at(look.path)? {
        let (rep, alike) = row.at(look.path)?;
        tallies.entry(rep).or_default().add(&alike);
    }
    for (rep, tally) in &mut tallies {
        (tally.mean, tally.median) = waits(look, *rep).at(look.path)?;
    }
    Ok(tallies)
}

/// The mean and the median of a rep's seconds from deal to first answer.
fn waits(look: &Look<'_>, rep: i64) -> rusqlite::Result<(Option<f64>, Option<f64>)> {
    let mut sum = look.connection.prepare_cached(
        "SELECT count(*), avg(wait) FROM assignments INDEXED BY waits WHERE rep = ?1 AND wait IS NOT NULL",
    )?;
    let (count, mean): (i64, Option<f64>) = sum.query_row([rep], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut middle = look.connection.prepare_cached(
        "SELECT avg(wait) FROM (SELECT wait FROM assignments INDEXED BY waits
         WHERE rep = ?1 AND wait IS NOT NULL ORDER BY wait LIMIT ?2 OFFSET ?3)",
    )?;
    let (two_or_one, before) = (2 - count % 2, (count - 1).max(0) / 2);
    let median = middle.query_row([rep, two_or_one, before], |row| row.get(0))?;
    Ok((mean, median))
}

/// What a run asks about reps.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    /// Leads that limits count in the present period, by limit and rep id.
    pub counted: BTreeMap<(String, String), u32>,
    /// All by rep id.
    pub reps: BTreeMap<String, Tally>,
}

/// Counts what a run asks about.
pub(super) fn tallies(look: &Look<'_>, question: &Question<'_>) -> anyhow::Result<Tallies> {
    let mut by_rep = all(look)?;
    let mut tallies = Tallies::default();
    for ((limit, rep), count) in lately(look, question, &mut by_rep)? {
        let key = (limit.to_owned(), look.rep_id(Some(rep)).to_owned());
        tallies.counted.insert(key, count);
    }
    for (rep, tally) in by_rep {
        let id = look.rep_id(Some(rep)).to_owned();
        tallies.reps.insert(id, tally);
    }
    Ok(tallies)
}

/// Counts the leads of today, of the last days, and of limits in their periods, by limit and rep.
fn lately<'a>(
    look: &Look<'_>,
    question: &'a Question<'_>,
    by_rep: &mut BTreeMap<i64, Tally>,
) -> anyhow::Result<BTreeMap<(&'a str, i64), u32>> {
    let path = look.path;
    let today = around(Period::Day, question.as_of);
    let recent = recent(question.as_of, question.settings.recent_days);
    let periods = question.limits.iter();
    let periods: BTreeMap<&str, Span> = periods
        .map(|(name, period)| (name.as_str(), around(*period, question.as_of)))
        .collect();
    let mut limits_of: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    let mut counted = BTreeMap::new();
    let mut find = look
        .connection
        .prepare_cached(
            "SELECT rep, limits FROM assignments WHERE run = ?1 AND rep IS NOT NULL AND credit = 0",
        )
        .at(path)?;
    for (&run, &dealt_at) in &look.runs {
        let is_counted = periods.values().any(|span| holds(*span, dealt_at));
        let (is_today, is_recent) = (holds(today, dealt_at), holds(recent, dealt_at));
        if !(is_counted || is_today || is_recent) {
            continue;
        }
        let rows = find.query_map([run], |row| Ok((row.get(0)?, row.get(1)?)));
        for row in rows.at(path)? {
            let (rep, limits): (i64, i64) = row.at(path)?;
            let tally = by_rep.entry(rep).or_default();
            tally.today += u32::from(is_today);
            tally.recent += u32::from(is_recent);
            if !is_counted {
                continue;
            }
            let named = match limits_of.entry(limits) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => {
                    let names: Vec<String> = from_json(look.text(limits), path)?;
                    let names = names.iter();
                    let known = names.filter_map(|name| periods.get_key_value(name.as_str()));
                    unknown.insert(known.map(|(name, _)| *name).collect())
                }
            };
            for &limit in named.iter() {
                if holds(periods[limit], dealt_at) {
                    *counted.entry((limit, rep)).or_default() += 1;
                }
            }
        }
    }
    Ok(counted)
}
