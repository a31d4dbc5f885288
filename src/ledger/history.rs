//! What is told of reps and leads: every rep's record, every lead's chain.

use super::ask::Look;
use super::fault::Fault;
use super::file::Ledger;
use super::tally::{self, Tally};
use crate::model::Moment;
use rusqlite::{Row, params};

/// A rep's record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RepRecord {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What became of its leads.
    pub leads: Tally,
}

/// A link of a lead's chain: one rep who had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The run that dealt it.
    pub run: u64,
    /// Its moment as text.
    pub as_of_text: String,
    /// The rep's id; empty where the lead stayed with a team.
    pub rep_id: String,
    /// The rep's name.
    pub rep_name: String,
    /// The team; may be empty.
    pub team: String,
    /// What dealt it: a pass, `pin`, `fallback`, `edit`.
    pub by: String,
    /// Why this rep.
    pub reason: String,
    /// What became of it, in the order of time: when, the word, whether with credit, the note.
    pub outcomes: Vec<(Moment, String, bool, String)>,
    /// How it came back, with the run that took it back, if a run did.
    pub ended: Option<(String, Option<u64>)>,
}

impl Ledger {
    /// The record of every rep, or of one by id, e-mail or name, in id order.
    ///
    /// # Errors
    /// A damaged ledger; whatever the machine says.
    pub fn rep_records(&self, rep: Option<&str>) -> anyhow::Result<Vec<RepRecord>> {
        let path = self.path.as_path();
        let view = self.connection.unchecked_transaction().at(path)?;
        let look = Look::new(&view, path)?;
        let tallies = tally::all(&look)?;
        let mut find = view
            .prepare("SELECT rep, id, name, email FROM reps ORDER BY id")
            .at(path)?;
        let reps = find
            .query_map([], |row: &Row<'_>| {
                let texts: [String; 3] = [row.get(1)?, row.get(2)?, row.get(3)?];
                Ok((row.get::<_, i64>(0)?, texts))
            })
            .at(path)?;
        let reps: Vec<(i64, [String; 3])> = reps.collect::<rusqlite::Result<_>>().at(path)?;
        let of = |at: usize, wanted: &str| {
            let is = |text: &str| text == wanted || (at > 0 && text.to_lowercase() == wanted.to_lowercase());
            reps.iter().any(|(_, texts)| is(&texts[[0, 2, 1][at]]))
        };
        // by id, else e-mail, else name
        let by = rep.and_then(|wanted| Some([0, 2, 1][(0..3).find(|&at| of(at, wanted))?]));
        let is_wanted = |texts: &[String; 3]| match (rep, by) {
            (None, _) => true,
            (Some(wanted), Some(by)) => {
                texts[by] == wanted || texts[by].to_lowercase() == wanted.to_lowercase()
            }
            (Some(_), None) => false,
        };
        let wanted = reps.iter().filter(|(_, texts)| is_wanted(texts));
        Ok(wanted
            .map(|(rep, [id, name, _])| RepRecord {
                id: id.clone(),
                name: name.clone(),
                leads: tallies.get(rep).cloned().unwrap_or_default(),
            })
            .collect())
    }

    /// The chain of a lead, in the order it was dealt in; empty for a lead that the ledger does not know.
    ///
    /// # Errors
    /// A damaged ledger; whatever the machine says.
    pub fn chain(&self, lead_id: &str) -> anyhow::Result<Vec<Link>> {
        let path = self.path.as_path();
        let view = self.connection.unchecked_transaction().at(path)?;
        let mut find = view
            .prepare(
                "SELECT assignment, runs.run, as_of_text, coalesce(reps.id, ''), coalesce(reps.name, ''),
                    teams.content, passes.content, reason, ended, ended_run
                 FROM leads JOIN assignments USING (lead) JOIN runs ON runs.run = assignments.run
                 JOIN dealt_rows USING (assignment) LEFT JOIN reps USING (rep)
                 JOIN texts AS teams ON teams.text = assignments.team
                 JOIN texts AS passes ON passes.text = dealt_by
                 WHERE leads.id = ?1 ORDER BY assignment",
            )
            .at(path)?;
        let links = find
            .query_map([lead_id], |row: &Row<'_>| {
                let ended: Option<String> = row.get(8)?;
                let by: Option<i64> = row.get(9)?;
                let link = Link {
                    run: row.get::<_, i64>(1)?.unsigned_abs(),
                    as_of_text: row.get(2)?,
                    rep_id: row.get(3)?,
                    rep_name: row.get(4)?,
                    team: row.get(5)?,
                    by: row.get(6)?,
                    reason: row.get(7)?,
                    outcomes: Vec::new(),
                    ended: ended.map(|ended| (ended, by.map(i64::unsigned_abs))),
                };
                Ok((row.get::<_, i64>(0)?, link))
            })
            .at(path)?;
        let mut chain = Vec::new();
        let mut outcomes = view
            .prepare("SELECT at, word, credit, note FROM outcomes WHERE assignment = ?1 ORDER BY at, outcome")
            .at(path)?;
        for link in links {
            let (assignment, mut link) = link.at(path)?;
            let rows = outcomes.query_map(params![assignment], |row| {
                Ok((Moment(row.get(0)?), row.get(1)?, row.get(2)?, row.get(3)?))
            });
            link.outcomes = rows.at(path)?.collect::<rusqlite::Result<_>>().at(path)?;
            chain.push(link);
        }
        Ok(chain)
    }
}
