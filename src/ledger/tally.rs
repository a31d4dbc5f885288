//! What became of each rep's leads, from one walk over all assignments.

use super::ask::{Look, Question};
use super::fault::Fault;
use super::periods::{around, holds, recent};
use crate::model::{PastRep, Period, Span};
use std::collections::BTreeMap;

/// Leads of a rep by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// All that were dealt.
    pub dealt: u64,
    /// Those that were given back because they were bad.
    pub credited: u64,
    /// Those that stand and are not won, lost or cancelled.
    pub open: u64,
    pub today: u32,
    pub recent: u32,
    /// Those that the rep accepted or worked on, and did not give back.
    pub accepted: u64,
    pub declined: u64,
    pub recycled: u64,
    pub released: u64,
    pub won: u64,
    pub lost: u64,
    pub cancelled: u64,
    /// Seconds from deal to first answer, of all that were answered.
    pub waits: Vec<i64>,
}

impl Tally {
    /// The median of the seconds to the first answer.
    pub fn median(&self) -> Option<f64> {
        let mut waits = self.waits.clone();
        waits.sort_unstable();
        let (&low, &high) = (
            waits.get(waits.len().saturating_sub(1) / 2)?,
            waits.get(waits.len() / 2)?,
        );
        #[expect(
            clippy::cast_precision_loss,
            reason = "seconds between two dates are far below 2^53"
        )]
        Some((low + high) as f64 / 2.0)
    }

    /// The mean of the seconds to the first answer.
    pub fn mean(&self) -> Option<f64> {
        let sum: i64 = self.waits.iter().sum();
        #[expect(clippy::cast_precision_loss, reason = "sums of seconds are far below 2^53")]
        (!self.waits.is_empty()).then(|| sum as f64 / self.waits.len() as f64)
    }

    /// Adds one assignment.
    pub fn add(&mut self, kept: &Kept<'_>) {
        self.dealt += 1;
        self.credited += u64::from(kept.credit);
        let is_closed = matches!(kept.state, "won" | "lost" | "cancelled");
        self.open += u64::from(kept.ended.is_none() && !is_closed);
        self.won += u64::from(kept.state == "won");
        self.lost += u64::from(kept.state == "lost");
        self.cancelled += u64::from(kept.state == "cancelled");
        match kept.ended {
            Some("declined") => self.declined += 1,
            Some("recycled") => self.recycled += 1,
            other => {
                self.released += u64::from(other.is_some());
                self.accepted += u64::from(kept.accepted);
            }
        }
        self.waits.extend(kept.wait);
    }
}

impl From<Tally> for PastRep {
    fn from(tally: Tally) -> Self {
        let share = |some: u64, all: u64| {
            #[expect(clippy::cast_precision_loss, reason = "counts of leads are far below 2^53")]
            (all > 0).then(|| some as f64 / all as f64)
        };
        let answered = tally.accepted + tally.declined + tally.recycled;
        Self {
            open: u32::try_from(tally.open).unwrap_or(u32::MAX),
            today: tally.today,
            recent: tally.recent,
            accept_rate: share(tally.accepted, answered),
            win_rate: share(tally.won, tally.won + tally.lost),
            response_minutes: tally.median().map(|seconds| seconds / 60.0),
        }
    }
}

/// An assignment, as far as it is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'a> {
    pub run: i64,
    pub state: &'a str,
    pub ended: Option<&'a str>,
    pub accepted: bool,
    pub credit: bool,
    /// The number of the text of its limits.
    pub limits: i64,
    /// Seconds from deal to first answer.
    pub wait: Option<i64>,
}

/// Calls back for every assignment that a rep has or had, in the order they were dealt in.
pub(super) fn walk(look: &Look<'_>, mut each: impl FnMut(i64, &Kept<'_>)) -> anyhow::Result<()> {
    let path = look.path;
    let mut rows = look
        .connection
        .prepare_cached(
            "SELECT rep, run, state, ended, accepted, credit, limits, answered_at FROM assignments
             WHERE rep IS NOT NULL",
        )
        .at(path)?;
    let mut rows = rows.query([]).at(path)?;
    let mut last = (0, 0);
    while let Some(row) = rows.next().at(path)? {
        let run: i64 = row.get(1).at(path)?;
        if run != last.0 {
            last = (run, look.dealt_at(run).0);
        }
        let answered: Option<i64> = row.get(7).at(path)?;
        let text = |at: usize| {
            let text = row.get_ref(at)?.as_str_or_null();
            text.map_err(rusqlite::Error::from)
        };
        let kept = Kept {
            run,
            state: text(2).at(path)?.unwrap_or_default(),
            ended: text(3).at(path)?,
            accepted: row.get(4).at(path)?,
            credit: row.get(5).at(path)?,
            limits: row.get(6).at(path)?,
            wait: answered.map(|at| (at - last.1).max(0)),
        };
        each(row.get(0).at(path)?, &kept);
    }
    Ok(())
}

/// What a run asks about reps.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    /// Leads that limits count in the present period, by limit and rep id.
    pub counted: BTreeMap<(String, String), u32>,
    /// All by rep id.
    pub reps: BTreeMap<String, Tally>,
}

/// Counts all assignments.
pub(super) fn tallies(look: &Look<'_>, question: &Question<'_>) -> anyhow::Result<Tallies> {
    let today = around(Period::Day, question.as_of);
    let recent = recent(question.as_of, question.settings.recent_days);
    let periods = question.limits.iter();
    let periods: Vec<(&str, Span)> = periods
        .map(|(name, period)| (name.as_str(), around(*period, question.as_of)))
        .collect();
    let first = periods.iter().map(|(_, span)| span.from).min();
    let mut by_limits: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (&number, text) in look.texts.iter().filter(|_| first.is_some()) {
        // other texts are not lists
        if let Ok(names) = serde_json::from_str::<Vec<String>>(text) {
            let of = |name: &String| periods.iter().position(|(limit, _)| limit == name);
            by_limits.insert(number, names.iter().filter_map(of).collect());
        }
    }
    let mut by_rep: BTreeMap<i64, Tally> = BTreeMap::new();
    let mut counted: BTreeMap<(usize, i64), u32> = BTreeMap::new();
    walk(look, |rep, kept| {
        let tally = by_rep.entry(rep).or_default();
        tally.add(kept);
        let dealt_at = look.dealt_at(kept.run);
        if kept.credit {
            return;
        }
        tally.today += u32::from(holds(today, dealt_at));
        tally.recent += u32::from(holds(recent, dealt_at));
        if first.is_some_and(|first| first <= dealt_at) {
            for &limit in by_limits.get(&kept.limits).into_iter().flatten() {
                if holds(periods[limit].1, dealt_at) {
                    *counted.entry((limit, rep)).or_default() += 1;
                }
            }
        }
    })?;
    let mut tallies = Tallies::default();
    for ((limit, rep), count) in counted {
        let key = (periods[limit].0.to_owned(), look.rep_id(Some(rep)).to_owned());
        tallies.counted.insert(key, count);
    }
    for (rep, tally) in by_rep {
        tallies.reps.insert(look.rep_id(Some(rep)).to_owned(), tally);
    }
    Ok(tallies)
}
