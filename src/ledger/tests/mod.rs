//! A ledger in a folder of its own, told in short texts.

mod asking;
mod files;
mod locks;
mod recording;
mod runs;
mod undoing;

use super::{Answer, Dealt, LeadRow, Ledger, Night, Opening, Question, Recorded, RosterEntry};
use crate::mistake::Position;
use crate::model::{
    AsOf, History, LeadOutcome, LedgerSettings, Moment, OutcomeWord, Period, Rep, ReturnedBy,
};
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that is gone with its value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "dealt-ledger-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        Self(folder)
    }

    fn ledger(&self) -> PathBuf {
        self.0.join("team.ledger")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A ledger with a roster of `r1` to `r3` in the zone of New York.
struct Book {
    _folder: Folder,
    ledger: Ledger,
}

/// A lead of a night: `L1 r1`, and what it counts for and moves.
#[derive(Clone, Default)]
struct Lead<'a> {
    deal: &'a str,
    limits: Vec<&'a str>,
    turns: Vec<(&'a str, &'a str, i128)>,
}

impl<'a> From<&'a str> for Lead<'a> {
    fn from(deal: &'a str) -> Self {
        Self {
            deal,
            ..Self::default()
        }
    }
}

fn zone() -> TimeZone {
    TimeZone::get("America/New_York").expect("a zone")
}

/// `2026-06-01 09:00` in New York.
fn moment(text: &str) -> Moment {
    let local: jiff::civil::DateTime = text.parse().expect("a date and a time");
    let zoned = local.to_zoned(zone()).expect("a moment");
    Moment(zoned.timestamp().as_second())
}

fn as_of(text: &str) -> AsOf {
    AsOf {
        moment: moment(text),
        zone: zone(),
    }
}

fn rep(id: &str) -> Rep {
    Rep {
        email: format!("{id}@example.com"),
        ..Rep::named(id, format!("Rep {id}"))
    }
}

impl Book {
    fn new() -> Self {
        let folder = Folder::new();
        let ledger = Ledger::open(&folder.ledger(), Opening::Create).expect("a new ledger");
        Self {
            _folder: folder,
            ledger,
        }
    }

    /// Deals at a moment, `L1 r1` a lead, and says that all is in place.
    fn deal<'a>(&mut self, at: &str, leads: &[&'a str]) -> u64 {
        let leads: Vec<Lead<'a>> = leads.iter().map(|&lead| lead.into()).collect();
        self.run(at, &leads, &[], &History::default())
            .expect("it is recorded")
    }

    fn run(
        &mut self,
        at: &str,
        leads: &[Lead<'_>],
        returned: &[(&str, &str, ReturnedBy)],
        history: &History,
    ) -> anyhow::Result<u64> {
        let run = commit(&mut self.ledger, at, leads, returned, history)?;
        self.ledger.placed(run)?;
        Ok(run)
    }

    fn ask(&self, at: &str, leads: &[&str], settings: &LedgerSettings, release: &[&str]) -> Answer {
        let reps = ["r1", "r2", "r3"].map(rep);
        self.ask_of(at, leads, settings, release, &reps)
    }

    fn ask_of(
        &self,
        at: &str,
        leads: &[&str],
        settings: &LedgerSettings,
        release: &[&str],
        reps: &[Rep],
    ) -> Answer {
        let as_of = as_of(at);
        let leads: Vec<String> = leads.iter().map(|&lead| lead.to_owned()).collect();
        let release: Vec<String> = release.iter().map(|&rep| rep.to_owned()).collect();
        let limits = [
            ("daily".to_owned(), Period::Day),
            ("weekly".to_owned(), Period::Week),
        ];
        let question = Question {
            as_of: &as_of,
            lead_ids: &leads,
            reps,
            settings,
            release: &release,
            limits: &limits,
        };
        self.ledger.past(&question).expect("an answer")
    }

    /// Records `L1 r1 won 2026-06-05T09:00` each; a word with `+` has credit, a date alone is a day.
    fn record(&mut self, rows: &[&str]) -> Recorded {
        let outcome = |row: &&str| {
            let cells: Vec<&str> = row.split(' ').collect();
            LeadOutcome {
                lead_id: cells[0].to_owned(),
                rep: cells[1].to_owned(),
                word: OutcomeWord::of(cells[2].trim_end_matches('+')).expect("a word"),
                at: moment(&cells[3].replace('T', " ")),
                is_day: !cells[3].contains('T'),
                credit: cells[2].ends_with('+'),
                note: String::new(),
                position: Position::File("row 7".to_owned()),
            }
        };
        let outcomes: Vec<LeadOutcome> = rows.iter().map(outcome).collect();
        self.ledger.record(&outcomes).expect("they are recorded")
    }

    /// How many rows a table has.
    fn count(&self, table: &str) -> i64 {
        let query = format!("SELECT count(*) FROM {table}");
        let count = self.ledger.connection.query_row(&query, [], |row| row.get(0));
        count.expect("a count")
    }
}

fn commit(
    ledger: &mut Ledger,
    at: &str,
    leads: &[Lead<'_>],
    returned: &[(&str, &str, ReturnedBy)],
    history: &History,
) -> anyhow::Result<u64> {
    let as_of = as_of(at);
    let headers = ["id", "company"].map(str::to_owned);
    let ours = ["lead_id", "rep_id", "reason"].map(str::to_owned);
    let dealt: Vec<Dealt<'_>> = leads
        .iter()
        .map(|lead| {
            let (lead_id, rep_id) = lead.deal.split_once(' ').unwrap_or((lead.deal, ""));
            Dealt {
                lead_id,
                rep_id,
                team: "East",
                by: "in turn",
                tier: "hot",
                score: 123,
                reason: "its turn".to_owned(),
                limits: lead.limits.clone(),
                turns: lead.turns.clone(),
                cells: [lead_id, rep_id, "its turn"].map(str::to_owned).to_vec(),
                row: LeadRow {
                    file: "leads.csv",
                    headers: &headers,
                    cells: vec![lead_id, "Acme"],
                },
            }
        })
        .collect();
    let returned: Vec<(String, String, ReturnedBy)> = returned
        .iter()
        .map(|&(lead, rep, by)| (lead.to_owned(), rep.to_owned(), by))
        .collect();
    let roster = ["r1", "r2", "r3"].map(|id| RosterEntry {
        id: id.to_owned(),
        name: format!("Rep {id}"),
        email: format!("{id}@example.com"),
        team: "East".to_owned(),
        active: true,
    });
    ledger.commit(&Night {
        as_of: as_of.moment,
        as_of_text: &as_of.text(),
        time_zone: "America/New_York",
        version: "0.0.0",
        command: &[],
        fingerprint: at,
        out: "/out",
        manifest: at,
        roster: &roster,
        headers: &ours,
        shape: (b',', false),
        dealt: &dealt,
        returned: &returned,
        history,
    })
}
