//! Makes a ledger of many nights and tells what one more night costs it.
//!
//! `cargo run --release --example ledger_year -- FILE [ASSIGNMENTS] [NIGHTS] [wal]`; prints one line of
//! JSON. FILE must not exist; a file that does is taken as it is and given one more night.

#![expect(
    clippy::print_stdout,
    reason = "the line that is printed is what the program is for"
)]

use dealt::ledger::{Dealt, LeadRow, Ledger, Night, Opening, Question, RosterEntry};
use dealt::mistake::Position;
use dealt::model::{
    AsOf, Clock, History, LeadOutcome, LedgerSettings, Moment, OutcomeWord, Patience, Period,
};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

const REPS: usize = 200;
const DAY: i64 = 24 * 3600;
/// Leads of the night that is measured.
const NIGHT: usize = 2000;

fn headers() -> Vec<String> {
    let own =
        "Lead ID,Company,First Name,Last Name,Email,Phone,City,State,Postal Code,Employees,Industry,Rating";
    own.split(',').map(str::to_owned).collect()
}

fn ours() -> Vec<String> {
    let ours = "lead_id,rep_id,rep_name,assigned_team,tier,pass,score,reason,runner_up,runner_up_score,\
                distance_km,place,skill,proximity,availability,assigned_at";
    ours.split(',').map(str::to_owned).collect()
}

/// The texts of a lead: its id and its own cells.
fn lead(number: usize) -> Vec<String> {
    let cells = [
        format!("00Q5e00000{number:08}"),
        format!("Company {number} Holdings"),
        "Alexandra".to_owned(),
        format!("Surname{}", number % 7919),
        format!("alexandra.{number}@company{number}.example.com"),
        format!("+1 555 {:07}", number % 10_000_000),
        format!("City {}", number % 997),
        "NY".to_owned(),
        format!("{:05}", number % 99_999),
        (number % 5000).to_string(),
        "Manufacturing".to_owned(),
        "Hot".to_owned(),
    ];
    cells.to_vec()
}

struct Year {
    roster: Vec<RosterEntry>,
    headers: Vec<String>,
    ours: Vec<String>,
}

impl Year {
    fn new() -> Self {
        let entry = |at: usize| RosterEntry {
            id: format!("0055e00000{at:08}"),
            name: format!("Rep Number {at}"),
            email: format!("rep{at}@example.com"),
            team: format!("Team {}", at % 10),
            active: true,
        };
        Self {
            roster: (0..REPS).map(entry).collect(),
            headers: headers(),
            ours: ours(),
        }
    }

    /// Commits a night; the rep of lead n is rep n modulo their number.
    fn night(&self, ledger: &mut Ledger, at: i64, numbers: std::ops::Range<usize>) -> anyhow::Result<()> {
        let rows: Vec<Vec<String>> = numbers.clone().map(lead).collect();
        let dealt: Vec<Dealt<'_>> = numbers
            .zip(&rows)
            .map(|(number, row)| self.dealt(number, row))
            .collect();
        let mut clock = Clock {
            now: i128::from(at) << 60,
            turns: BTreeMap::new(),
        };
        for rep in &self.roster {
            clock.turns.insert(rep.id.clone(), i128::from(at) << 61);
        }
        let history = History {
            clocks: [(("in turn".to_owned(), String::new()), clock)].into(),
            ..History::default()
        };
        let run = ledger.commit(&Night {
            as_of: Moment(at),
            as_of_text: "2026-01-01T02:00:00Z",
            time_zone: "UTC",
            version: "0",
            command: &[],
            fingerprint: "f",
            out: "/out",
            manifest: "m",
            roster: &self.roster,
            headers: &self.ours,
            shape: (b',', false),
            dealt: &dealt,
            returned: &[],
            history: &history,
        })?;
        ledger.placed(run)
    }

    fn dealt<'a>(&'a self, number: usize, row: &'a [String]) -> Dealt<'a> {
        let rep = &self.roster[number % REPS];
        let reason = format!(
            "the highest score: 87.{} points, ahead of Rep Number 7",
            number % 100
        );
        let cells = [
            &row[0],
            &rep.id,
            &rep.name,
            &rep.team,
            "hot",
            "best match",
            "87.1234",
            &reason,
            "0055e0000000000007",
            "80.1234",
            "123.4",
            "postal",
            "100",
            "71.3",
            "50",
            "2026-01-01T02:00:00Z",
        ];
        Dealt {
            lead_id: &row[0],
            rep_id: &rep.id,
            team: &rep.team,
            by: "best match",
            tier: "hot",
            score: 871_234,
            cells: cells.map(str::to_owned).to_vec(),
            reason,
            limits: vec!["three a day"],
            turns: vec![("in turn", "", 1_000_000)],
            row: LeadRow {
                file: "leads.csv",
                headers: &self.headers,
                cells: row.iter().map(String::as_str).collect(),
            },
        }
    }
}

/// Every second lead is accepted and won or lost, every tenth declined.
fn outcomes(at: i64, numbers: std::ops::Range<usize>) -> Vec<LeadOutcome> {
    let outcome = |number: usize, word, later: i64| LeadOutcome {
        lead_id: lead(number)[0].clone(),
        rep: String::new(),
        word,
        at: Moment(at + later),
        is_day: false,
        credit: false,
        note: String::new(),
        position: Position::Nowhere,
    };
    let mut outcomes = Vec::new();
    for number in numbers {
        let later = i64::try_from(number % 20_000).unwrap_or(0);
        if number % 2 == 0 {
            outcomes.push(outcome(number, OutcomeWord::Accepted, later));
            let end = if number % 4 == 0 {
                OutcomeWord::Won
            } else {
                OutcomeWord::Lost
            };
            outcomes.push(outcome(number, end, later + DAY));
        } else if number % 10 == 1 {
            outcomes.push(outcome(number, OutcomeWord::Declined, later));
        }
    }
    outcomes
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = Path::new(arguments.first().map_or("year.ledger", String::as_str));
    let number = |at: usize, other: usize| {
        arguments
            .get(at)
            .and_then(|text| text.parse().ok())
            .unwrap_or(other)
    };
    let (all, nights) = (number(1, 1_000_000), number(2, 365));
    let (year, is_new) = (Year::new(), !path.exists());
    let start = Instant::now();
    if is_new {
        let mut ledger = Ledger::open(path, Opening::Create)?;
        for night in 0..nights {
            let numbers = all * night / nights..all * (night + 1) / nights;
            let at = i64::try_from(night)? * DAY;
            year.night(&mut ledger, at, numbers.clone())?;
            ledger.record(&outcomes(at, numbers))?;
        }
    }
    let made = start.elapsed();
    if let Some(mode) = arguments.get(3) {
        rusqlite::Connection::open(path)?.pragma_update(None, "journal_mode", mode)?;
    }
    let start = Instant::now();
    let mut ledger = Ledger::open(path, Opening::Existing)?;
    let first = all + usize::try_from(ledger.last_run()?.map_or(0, |last| last.run))? * NIGHT;
    let opened = start.elapsed();
    let at = i64::try_from(nights + first)? * DAY;
    let lead_ids: Vec<String> = (first..first + NIGHT)
        .map(|number| lead(number)[0].clone())
        .collect();
    let answer = ledger.past(&Question {
        as_of: &AsOf {
            moment: Moment(at),
            zone: TimeZone::UTC,
        },
        lead_ids: &lead_ids,
        reps: &[],
        settings: &LedgerSettings {
            recycle_after: Patience::parse("9999 days"),
            ..LedgerSettings::default()
        },
        release: &[],
        limits: &[("three a day".to_owned(), Period::Day)],
    })?;
    let asked = start.elapsed();
    year.night(&mut ledger, at, first..first + NIGHT)?;
    let committed = start.elapsed();
    println!(
        "{{\"assignments\":{all},\"nights\":{nights},\"made_s\":{:.1},\"open_ms\":{},\"ask_ms\":{},\"commit_ms\":{},\
         \"in_pool\":{},\"bytes\":{}}}",
        made.as_secs_f64(),
        opened.as_millis(),
        asked.saturating_sub(opened).as_millis(),
        committed.saturating_sub(asked).as_millis(),
        answer.past.returned.len(),
        std::fs::metadata(path)?.len()
    );
    Ok(())
}
