//! What a run took from a ledger, as the copy in its folder has it: JSON, all but clocks and turns, which
//! stand in `run.json`.

use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{Moment, Past, PastRep, PastRows, Returned, ReturnedBy, Standing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct PastRecord {
    standing: BTreeMap<String, StandingRecord>,
    returned: BTreeMap<String, ReturnedRecord>,
    rows: Vec<RowsRecord>,
    reps: BTreeMap<String, RepRecord>,
}

#[derive(Serialize, Deserialize)]
struct StandingRecord {
    rep: String,
    team: String,
    dealt_at: i64,
    run: u64,
    state: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ByRecord {
    Declined,
    Recycled,
    Released,
}

#[derive(Serialize, Deserialize)]
struct ReturnedRecord {
    by: ByRecord,
    rep: String,
    team: String,
    refused: Vec<String>,
    had: Vec<String>,
    returns: u32,
}

#[derive(Serialize, Deserialize)]
struct RowsRecord {
    file: String,
    headers: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

#[derive(Serialize, Deserialize)]
struct RepRecord {
    name: String,
    open: u32,
    today: u32,
    recent: u32,
    accept_rate: Option<f64>,
    win_rate: Option<f64>,
    response_minutes: Option<f64>,
}

/// Writes what a ledger told, but for its history, as JSON with a line end.
///
/// # Panics
/// Never: every key is text and every number finite.
pub fn past_to_json(past: &Past) -> String {
    let standing = past.standing.iter().map(|(id, of)| {
        let record = StandingRecord {
            rep: of.rep_id.clone(),
            team: of.team.clone(),
            dealt_at: of.dealt_at.0,
            run: of.run,
            state: of.state.clone(),
        };
        (id.clone(), record)
    });
    let returned = past.returned.iter().map(|(id, of)| {
        let record = ReturnedRecord {
            by: match of.by {
                ReturnedBy::Declined => ByRecord::Declined,
                ReturnedBy::Recycled => ByRecord::Recycled,
                ReturnedBy::Released => ByRecord::Released,
            },
            rep: of.rep_id.clone(),
            team: of.team.clone(),
            refused: of.refused.clone(),
            had: of.had.clone(),
            returns: of.returns,
        };
        (id.clone(), record)
    });
    let rows = past.rows.iter().map(|of| RowsRecord {
        file: of.file.clone(),
        headers: of.headers.clone(),
        rows: of.rows.clone(),
    });
    let reps = past.reps.iter().map(|(id, of)| {
        let record = RepRecord {
            name: of.name.clone(),
            open: of.open,
            today: of.today,
            recent: of.recent,
            accept_rate: of.accept_rate,
            win_rate: of.win_rate,
            response_minutes: of.response_minutes,
        };
        (id.clone(), record)
    });
    let record = PastRecord {
        standing: standing.collect(),
        returned: returned.collect(),
        rows: rows.collect(),
        reps: reps.collect(),
    };
    let mut text = serde_json::to_string_pretty(&record).expect("every key is text and every number finite");
    text.push('\n');
    text
}

/// Reads it again; the history is left empty.
///
/// # Errors
/// A mistake if the text is no such record.
pub fn past_from_json(file: &str, text: &str) -> Result<Past, Mistakes> {
    let record: PastRecord = serde_json::from_str(text).map_err(|error| {
        Mistake::new(
            Kind::NotARun,
            Position::File(file.to_owned()),
            format!("the copy of the ledger cannot be read: {error}"),
        )
    })?;
    let standing = record.standing.into_iter().map(|(id, of)| {
        let standing = Standing {
            rep_id: of.rep,
            team: of.team,
            dealt_at: Moment(of.dealt_at),
            run: of.run,
            state: of.state,
        };
        (id, standing)
    });
    let returned = record.returned.into_iter().map(|(id, of)| {
        let returned = Returned {
            by: match of.by {
                ByRecord::Declined => ReturnedBy::Declined,
                ByRecord::Recycled => ReturnedBy::Recycled,
                ByRecord::Released => ReturnedBy::Released,
            },
            rep_id: of.rep,
            team: of.team,
            refused: of.refused,
            had: of.had,
            returns: of.returns,
        };
        (id, returned)
    });
    let rows = record.rows.into_iter().map(|of| PastRows {
        file: of.file,
        headers: of.headers,
        rows: of.rows,
    });
    let reps = record.reps.into_iter().map(|(id, of)| {
        let rep = PastRep {
            name: of.name,
            open: of.open,
            today: of.today,
            recent: of.recent,
            accept_rate: of.accept_rate,
            win_rate: of.win_rate,
            response_minutes: of.response_minutes,
        };
        (id, rep)
    });
    Ok(Past {
        is_kept: true,
        history: crate::model::History::default(),
        standing: standing.collect(),
        returned: returned.collect(),
        rows: rows.collect(),
        reps: reps.collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_ledger_told_is_read_as_it_was_written() {
        let past = Past {
            is_kept: true,
            standing: [(
                "L1".to_owned(),
                Standing {
                    rep_id: "R1".to_owned(),
                    team: String::new(),
                    dealt_at: Moment(1_780_000_000),
                    run: 7,
                    state: "won".to_owned(),
                },
            )]
            .into(),
            returned: [(
                "L2".to_owned(),
                Returned {
                    by: ReturnedBy::Recycled,
                    rep_id: "R2".to_owned(),
                    team: "East".to_owned(),
                    refused: vec!["R2".to_owned()],
                    had: vec!["R1".to_owned(), "R2".to_owned()],
                    returns: 2,
                },
            )]
            .into(),
            rows: vec![PastRows {
                file: "leads.csv".to_owned(),
                headers: vec!["Id".to_owned(), "Näme".to_owned()],
                rows: vec![("L2".to_owned(), vec!["L2".to_owned(), "=1\n\"x\"".to_owned()])],
            }],
            reps: [(
                "R1".to_owned(),
                PastRep {
                    name: "Ann Lee".to_owned(),
                    open: 3,
                    today: 1,
                    recent: 2,
                    accept_rate: Some(1.0 / 3.0),
                    win_rate: None,
                    response_minutes: Some(12.5),
                },
            )]
            .into(),
            ..Past::default()
        };
        let text = past_to_json(&past);
        assert_eq!(past_from_json("ledger.json", &text).expect("it is whole"), past);
        assert!(past_from_json("ledger.json", "{}").is_err());
    }
}
