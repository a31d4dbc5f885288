//! What a run asks the ledger before it deals.

use super::fault::Fault;
use super::file::Ledger;
use super::tally::{Tallies, Tally, tallies};
use super::{names, pool, recycle, standing, turns};
use crate::model::{AsOf, History, LedgerSettings, Moment, Past, Period, Rep, ReturnedBy};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a run asks.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The moment of the run; its zone bounds days, weeks and months.
    pub as_of: &'a AsOf,
    /// The ids of the batch's leads.
    pub lead_ids: &'a [String],
    /// The roster.
    pub reps: &'a [Rep],
    /// `[ledger]` and `[recycle]`.
    pub settings: &'a LedgerSettings,
    /// The ids of reps whose open leads come back.
    pub release: &'a [String],
    /// The limits that have a period, by name.
    pub limits: &'a [(String, Period)],
}

/// What the ledger answers; nothing is written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// The nights before, as if what this run takes back were in the pool already.
    pub past: Past,
    /// Leads that this run takes back: the lead's id, the rep's, and how; in the order they were dealt in.
    pub returned: Vec<(String, String, ReturnedBy)>,
}

/// A standing assignment that this run takes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub lead: i64,
    pub rep: Option<i64>,
    pub by: ReturnedBy,
}

/// What all parts of the answer look at.
pub(super) struct Look<'a> {
    pub connection: &'a Connection,
    pub path: &'a Path,
    /// The ids of reps by their numbers.
    pub reps: BTreeMap<i64, String>,
    /// Repeated texts by their numbers.
    pub texts: BTreeMap<i64, String>,
    /// The moments of runs by their numbers.
    pub runs: BTreeMap<i64, Moment>,
}

impl<'a> Look<'a> {
    /// Reads what is small.
    pub fn new(connection: &'a Connection, path: &'a Path) -> anyhow::Result<Self> {
        Ok(Self {
            connection,
            path,
            reps: names::rep_ids(connection).at(path)?,
            texts: names::texts(connection).at(path)?,
            runs: runs(connection).at(path)?,
        })
    }

    /// A rep's id; empty for nobody.
    pub fn rep_id(&self, rep: Option<i64>) -> &str {
        let id = rep.and_then(|rep| self.reps.get(&rep));
        id.map_or("", String::as_str)
    }

    /// A repeated text.
    pub fn text(&self, number: i64) -> &str {
        self.texts.get(&number).map_or("", String::as_str)
    }

    /// When a run took place.
    pub fn dealt_at(&self, run: i64) -> Moment {
        self.runs.get(&run).copied().unwrap_or(Moment(0))
    }
}

fn runs(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, Moment>> {
    let mut runs = connection.prepare_cached("SELECT run, as_of FROM runs")?;
    let rows = runs.query_map([], |row| Ok((row.get(0)?, Moment(row.get(1)?))))?;
    rows.collect()
}

impl Ledger {
    /// Answers what a run asks, from one moment of the ledger; writes nothing.
    ///
    /// # Errors
    /// A damaged ledger; whatever the machine says.
    pub fn past(&self, question: &Question<'_>) -> anyhow::Result<Answer> {
        let path = self.path.as_path();
        // all is read from one state of the file
        let view = self.connection.unchecked_transaction().at(path)?;
        let look = Look::new(&view, path)?;
        let released: BTreeSet<&str> = question.release.iter().map(String::as_str).collect();
        let counted = tallies(&look, question)?;
        let mut taken = pool::released(&look, &released)?;
        recycle::add(&look, question, &mut taken)?;
        let standing = standing::of(&look, question.lead_ids, &taken)?;
        let (returned, rows) = pool::returned(&look, question.lead_ids, &taken)?;
        let mut clocks = turns::clocks(&view, path)?;
        // the clock of all methods together has no name
        let served = clocks.remove(&(String::new(), String::new())).unwrap_or_default();
        let names = pool::named(&look, &taken)?;
        let Tallies { counted, mut reps } = counted;
        count_taken(&look, &taken, &mut reps);
        let called: BTreeMap<String, String> =
            self.reps()?.into_iter().map(|rep| (rep.id, rep.name)).collect();
        let record = |(id, tally): (String, Tally)| {
            let name = called.get(&id).cloned().unwrap_or_default();
            let record = tally.record(name);
            (id, record)
        };
        Ok(Answer {
            past: Past {
                is_kept: true,
                history: History {
                    served,
                    clocks,
                    counted,
                },
                standing,
                returned,
                rows,
                reps: reps.into_iter().map(record).collect(),
            },
            returned: names,
        })
    }
}

/// Counts what the run takes back as if it were so already.
fn count_taken(look: &Look<'_>, taken: &BTreeMap<i64, Taken>, reps: &mut BTreeMap<String, Tally>) {
    for taken in taken.values() {
        if let Some(tally) = reps.get_mut(look.rep_id(taken.rep)) {
            tally.open = tally.open.saturating_sub(1);
            if taken.by == ReturnedBy::Recycled {
                tally.recycled += 1;
            } else {
                tally.released += 1;
            }
        }
    }
}
