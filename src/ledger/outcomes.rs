//! Records outcomes: in one transaction, in the order of their times.
//!
//! An outcome belongs to the last assignment of its lead, to its rep where it names one, that was dealt by
//! then. One that only names a day may be of the day of the deal. What it changes is said in `fold`; a lead
//! that a run has taken back or dealt on stays where that run put it.

use super::fault::Fault;
use super::file::Ledger;
use super::fold::{Said, oddity};
use super::names;
use super::settle::{said, settle};
use crate::mistake::Position;
use crate::model::{LeadOutcome, Moment};
use rusqlite::{Connection, Row, TransactionBehavior, params};
use std::path::Path;

/// So many odd outcomes are told one by one.
const TOLD: usize = 20;
/// A day that is known by its date alone is over so many seconds after its midnight.
const DAY: i64 = 24 * 3600;

/// What came of recording outcomes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recorded {
    /// Outcomes that are new.
    pub new: u64,
    /// Outcomes that were recorded before.
    pub repeated: u64,
    /// Outcomes of leads that the ledger does not know.
    pub unknown: u64,
    /// Outcomes that were left out for a reason that is told.
    pub left_out: u64,
    /// Leads that are back in the pool by them.
    pub back: u64,
    /// Leads whose rep gets its turn back.
    pub credited: u64,
    /// What is odd, by where it stands, in the order of the file.
    pub odd: Vec<(Position, String)>,
}

impl Recorded {
    /// What is odd, line by line, the many counted.
    pub fn warnings(&self) -> Vec<String> {
        let odd = self.odd.iter().take(TOLD);
        let mut lines: Vec<String> = odd
            .map(|(position, text)| format!("{position}: {text}"))
            .collect();
        if self.odd.len() > TOLD {
            lines.push(format!("and {} more outcomes like these", self.odd.len() - TOLD));
        }
        if self.unknown > 0 {
            let (leads, they) = match self.unknown {
                1 => ("1 outcome is", "it was"),
                _ => ("outcomes are", "they were"),
            };
            let count = match self.unknown {
                1 => String::new(),
                many => format!("{many} "),
            };
            lines.push(format!(
                "{count}{leads} of leads that the ledger does not know; {they} left out"
            ));
        }
        lines
    }
}

/// An assignment that an outcome may belong to.
struct Candidate {
    assignment: i64,
    dealt_at: i64,
    run: i64,
    is_frozen: bool,
    rep: Option<i64>,
    names: [String; 3],
}

/// What came of one outcome.
enum Came {
    Recorded,
    Repeated,
    Unknown,
    LeftOut,
}

impl Ledger {
    /// Records outcomes, all or none of them.
    ///
    /// # Errors
    /// A damaged ledger; whatever the machine says.
    pub fn record(&mut self, outcomes: &[LeadOutcome]) -> anyhow::Result<Recorded> {
        let path = self.path.as_path();
        let work = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .at(path)?;
        let mut order: Vec<usize> = (0..outcomes.len()).collect();
        order.sort_by_key(|&at| (outcomes[at].at, outcomes[at].word, at));
        let mut recorded = Recorded::default();
        let mut odd = Vec::new();
        for at in order {
            let mut remarks = Vec::new();
            match one(&work, &outcomes[at], &mut recorded, &mut remarks, path)? {
                Came::Recorded => recorded.new += 1,
                Came::Repeated => recorded.repeated += 1,
                Came::Unknown => recorded.unknown += 1,
                Came::LeftOut => recorded.left_out += 1,
            }
            odd.extend(remarks.into_iter().map(|remark| (at, remark)));
        }
        odd.sort_by_key(|(at, _)| *at);
        recorded.odd = odd
            .into_iter()
            .map(|(at, remark)| (outcomes[at].position.clone(), remark))
            .collect();
        work.commit().at(path)?;
        Ok(recorded)
    }
}

fn one(
    work: &Connection,
    outcome: &LeadOutcome,
    recorded: &mut Recorded,
    remarks: &mut Vec<String>,
    path: &Path,
) -> anyhow::Result<Came> {
    let Some(lead) = names::known_lead(work, &outcome.lead_id).at(path)? else {
        return Ok(Came::Unknown);
    };
    let candidates = candidates(work, lead).at(path)?;
    if candidates.is_empty() {
        return Ok(Came::Unknown);
    }
    let theirs = match of_rep(&candidates, &outcome.rep) {
        Ok(theirs) => theirs,
        Err(why) => {
            remarks.push(format!("lead `{}` {why}; it was left out", outcome.lead_id));
            return Ok(Came::LeftOut);
        }
    };
    let latest = if outcome.is_day {
        outcome.at.0 + DAY - 1
    } else {
        outcome.at.0
    };
    let Some(mine) = theirs.iter().rev().find(|candidate| candidate.dealt_at <= latest) else {
        let said = outcome.word.name();
        remarks.push(format!(
            "`{said}` is from before lead `{}` was dealt; it was left out",
            outcome.lead_id
        ));
        return Ok(Came::LeftOut);
    };
    let at = outcome.at.max(Moment(mine.dealt_at)).0;
    let before = said(work, mine.assignment).at(path)?;
    let new = Said {
        at,
        word: outcome.word,
        credit: outcome.credit,
    };
    if let Some(same) = before.iter().find(|said| said.at == at && said.word == new.word)
        && same.credit >= new.credit
    {
        return Ok(Came::Repeated);
    }
    work.prepare_cached(
        "INSERT INTO outcomes (assignment, word, at, credit, note) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (assignment, at, word) DO UPDATE SET credit = ?4, note = ?5",
    )
    .and_then(|mut add| {
        add.execute(params![
            mine.assignment,
            new.word.name(),
            at,
            new.credit,
            outcome.note
        ])
    })
    .at(path)?;
    if mine.is_frozen {
        remarks.push(format!(
            "lead `{}` is no longer with rep `{}`, who had it from run {}; it stays where it is",
            outcome.lead_id, mine.names[0], mine.run
        ));
    } else if let Some(odd) = oddity(&before, new) {
        remarks.push(format!("lead `{}`: {odd}", outcome.lead_id));
    }
    let change = settle(work, mine.assignment, path)?;
    recorded.back = recorded.back.saturating_add_signed(change.back);
    recorded.credited = recorded.credited.saturating_add_signed(change.credited);
    Ok(Came::Recorded)
}

/// All assignments of a lead, in the order they were dealt in.
fn candidates(work: &Connection, lead: i64) -> rusqlite::Result<Vec<Candidate>> {
    let mut find = work.prepare_cached(
        "SELECT assignment, as_of, run, ended_run IS NOT NULL OR dealt_on IS NOT NULL, rep,
            coalesce(reps.id, ''), coalesce(reps.email, ''), coalesce(reps.name, '')
         FROM assignments JOIN runs USING (run) LEFT JOIN reps USING (rep)
         WHERE lead = ?1 ORDER BY assignment",
    )?;
    let candidate = |row: &Row<'_>| {
        Ok(Candidate {
            assignment: row.get(0)?,
            dealt_at: row.get(1)?,
            run: row.get(2)?,
            is_frozen: row.get(3)?,
            rep: row.get(4)?,
            names: [row.get(5)?, row.get(6)?, row.get(7)?],
        })
    };
    find.query_map([lead], candidate)?.collect()
}

/// Those of one rep, who is named by id, else e-mail, else name; all where nobody is named.
fn of_rep<'a>(candidates: &'a [Candidate], rep: &str) -> Result<Vec<&'a Candidate>, String> {
    if rep.is_empty() {
        return Ok(candidates.iter().collect());
    }
    let folded = rep.to_lowercase();
    for which in 0..3 {
        let is = |candidate: &&Candidate| {
            let name = &candidate.names[which];
            name == rep || (which > 0 && name.to_lowercase() == folded)
        };
        let theirs: Vec<&Candidate> = candidates.iter().filter(is).collect();
        if let Some(first) = theirs.first() {
            if theirs.iter().any(|other| other.rep != first.rep) {
                return Err(format!("was dealt to several reps called `{rep}`"));
            }
            return Ok(theirs);
        }
    }
    Err(format!("was never dealt to rep `{rep}`"))
}
