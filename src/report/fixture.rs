//! A small run built by hand, for the tests of this part.

use super::{By, Crm, InputCopy, Memory, Options, Run, write};
use crate::mistake::Position;
use crate::model::*;
use jiff::tz::TimeZone;

/// All that a run borrows.
pub struct Sample {
    pub batch: Batch,
    pub allocation: Allocation,
    pub history: History,
    pub options: Options,
    pub leads_file: Vec<u8>,
}

pub fn rep(id: &str, name: &str, open: u32, max_open: u32) -> Rep {
    Rep {
        email: format!("{}@acme.example", id.to_lowercase()),
        max_open: Ceiling::At(max_open),
        open,
        row: 2,
        ..Rep::named(id, name)
    }
}

pub fn leads(headers: &[&str], rows: &[&[&str]]) -> Leads {
    let mut cells = Cells::new(headers.len());
    for row in rows {
        cells.push(row.iter().copied());
    }
    let known = headers.iter().map(|header| header.to_lowercase()).collect();
    Leads {
        sources: vec![Source {
            file: "leads.csv".to_owned(),
            shape: Shape::Lines,
        }],
        ids: rows.iter().map(|row| row[0].to_owned()).collect(),
        origins: (0..rows.len())
            .map(|row| Origin {
                source: 0,
                row: u32::try_from(row).expect("few") + 2,
            })
            .collect(),
        headers: headers.iter().map(|&header| header.to_owned()).collect(),
        columns: vec![FileColumns {
            headers: headers.iter().map(|&header| header.to_owned()).collect(),
            fields: Vec::new(),
        }],
        cells,
        frame: Frame::new(rows.len(), known),
        places: vec![Place::NOWHERE; rows.len()],
        placing: Placing::default(),
        offices: Vec::new(),
        office_of: Vec::new(),
        ownership: vec![Ownership::Free; rows.len()],
        account_owners: vec![None; rows.len()],
        set_aside: Vec::new(),
        delimiter: b',',
        bom: false,
        ids_are_rows: false,
        ..Leads::default()
    }
}

pub fn batch(leads: Leads, reps: Vec<Rep>) -> Batch {
    let frame = Frame::new(reps.len(), Vec::new());
    Batch {
        leads,
        reps: Reps {
            source: Source {
                file: "reps.csv".to_owned(),
                shape: Shape::Lines,
            },
            columns: FileColumns::default(),
            list: reps,
            frame,
        },
        pins: Vec::new(),
        claims: Vec::new(),
        teams: Vec::new(),
        past: crate::model::Past::default(),
        listings: Vec::new(),
        reconciled: None,
        as_of: AsOf {
            moment: Moment(1_780_297_200),
            zone: TimeZone::get("Europe/Berlin").expect("it is bundled"),
        },
        country: None,
        time_off: Vec::new(),
        notes: Vec::new(),
    }
}

/// A deal of a rep by the first pass.
pub fn deal(rep: u32, score: i64) -> Deal {
    Deal {
        rep: Some(RepIndex(rep)),
        team: None,
        by: crate::model::By::Pass(PassIndex(0)),
        score: Points(score),
        parts: vec![Some(Points(score)), None],
        distance_km: Some(12.34),
        why: Why::HighestScore,
        runner_up: None,
        former: None,
    }
}

fn allocation() -> Allocation {
    let full = Outcome::Unassigned {
        reason: NotDealt::NoRoom {
            rep: RepIndex(1),
            lost_by: Some(Potential {
                tier: None,
                points: Points(32_000),
                fairness: 0,
            }),
        },
        nearest: Some(RepIndex(1)),
    };
    let mut turn = deal(1, 400_000);
    turn.by = crate::model::By::Pass(PassIndex(1));
    turn.why = Why::Turn;
    turn.runner_up = Some((RepIndex(0), Points(399_999)));
    let totals = Totals {
        assigned: vec![1, 0],
        points: 875_000,
        balance: 500,
        fairness: 3,
    };
    let price = Potential {
        tier: Some(TierIndex(1)),
        points: Points(-32_000),
        fairness: 7,
    };
    Allocation {
        outcomes: vec![Outcome::Assigned(deal(0, 875_000)), full, Outcome::Assigned(turn)],
        tiers: vec![TierIndex(0), TierIndex(1), TierIndex(1)],
        tier_names: vec!["hot".to_owned(), "other".to_owned()],
        part_names: vec!["skill".to_owned(), "proximity".to_owned()],
        passes: vec![
            PassReport {
                name: "best match".to_owned(),
                method: "optimal",
                leads: 3,
                dealt: 1,
                proof: Some(Proof {
                    objective: totals.clone(),
                    bound: totals,
                    gap: None,
                    fairness_unit: 1000,
                    potentials: vec![(RepIndex(0), price)],
                    greatest: vec![(RepIndex(0), price)],
                    prices: vec![(RepIndex(0), price)],
                    limits: None,
                }),
                overtaken: 0,
            },
            PassReport {
                name: "the rest".to_owned(),
                method: "round_robin",
                leads: 2,
                dealt: 1,
                proof: None,
                overtaken: 0,
            },
        ],
        prices: vec![price, Potential::default(), Potential::default()],
        eligible: vec![3, 2, 0],
        ..Allocation::default()
    }
}

/// Three leads, one of them not dealt, one row set aside; three reps, one of them inactive. Own columns
/// that clash with ours, and one whose text a spreadsheet would run.
pub fn sample() -> Sample {
    let mut leads = leads(
        &["Id", "score", "Company", "Phone"],
        &[
            &["L1", "90", "=cmd|' /C calc'!A0", "+1 555 0100"],
            &["L2", "", "Doe, \"Sons\"\nLtd", "'=1"],
            &["L3", "7", "Ünïon", ""],
        ],
    );
    leads.set_aside.push(SetAside {
        position: Position::Line {
            file: "leads.csv".to_owned(),
            line: 5,
            column: None,
        },
        source: 0,
        reason: "has 6 cells; the header has 4".to_owned(),
        cells: ["L4", "1", "@x", "", "five", "six"].map(str::to_owned).to_vec(),
    });
    leads.places[0].confidence = Confidence::Postal;
    let mut away = rep("R3", "Cleo", 2, 10);
    away.active = false;
    let reps = vec![rep("R1", "Anna", 3, 8), rep("R2", "Bo, Jr.", 0, 1), away];
    let mut batch = batch(leads, reps);
    batch.notes = vec![
        Note::fact("`Id` is the id"),
        Note::warning("3 leads have no place"),
    ];
    Sample {
        batch,
        allocation: allocation(),
        history: History::default(),
        options: Options {
            crm: None,
            by: None,
            xlsx: false,
            keep_inputs: true,
            strict: None,
        },
        leads_file: b"Id,score,Company,Phone\n".to_vec(),
    }
}

impl Sample {
    pub fn run(&self) -> Run<'_> {
        Run {
            ledger: None,
            batch: &self.batch,
            allocation: &self.allocation,
            history: &self.history,
            command: ["dealt", "run", "leads.csv", "reps.csv"]
                .map(str::to_owned)
                .to_vec(),
            inputs: vec![InputCopy {
                role: "leads".to_owned(),
                name: "in/leads.csv".to_owned(),
                sheet: None,
                format: None,
                bytes: &self.leads_file,
                builtin: false,
            }],
            options: self.options.clone(),
        }
    }

    pub fn with_everything(mut self) -> Self {
        self.options.crm = Some(Crm::Salesforce);
        self.options.by = Some(By::Rep);
        self.options.xlsx = true;
        self
    }

    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut memory = Memory::default();
        write(&self.run(), &mut memory).expect("memory takes everything");
        memory.0
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        let files = self.files();
        let file = files.into_iter().find(|(file, _)| file == name);
        file.unwrap_or_else(|| panic!("no file {name}")).1
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("our files are UTF-8")
    }
}

/// The rows of a CSV text, read back as our readers do.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let rows = reader.records().map(|row| {
        let row = row.expect("it is CSV");
        row.iter().map(|cell| restore(cell).to_owned()).collect()
    });
    rows.collect()
}
