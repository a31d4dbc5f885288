//! Time off, read and applied to a roster on Monday 2026-06-01, 09:00 UTC.

mod calendars;
mod rows;

use super::TimeOff;
use crate::mistake::Mistakes;
use crate::model::{Batch, Settings};
use crate::read::testing::{as_of, table};
use crate::read::{Tables, assemble};

const REPS: &str = "id¦name¦email¦country¦time_zone¦hours
    r1¦Ann Lee¦ann@example.com¦US¦America/New_York¦
    r2¦Bo Chan¦bo@example.com¦Germany¦Europe/Berlin¦Mon-Thu 08:00-16:00
    r3¦Cy Day¦cy@example.com¦¦¦";

fn run(files: Vec<TimeOff>, settings: &Settings) -> Result<Batch, Mistakes> {
    let tables = Tables {
        leads: vec![table("leads.csv", "id¦country\nL1¦US")],
        reps: table("reps.csv", REPS),
        pins: None,
        claims: None,
        teams: None,
        geodata: None,
        time_off: files,
        existing: Vec::new(),
        accounts: Vec::new(),
        past: crate::model::Past::default(),
    };
    assemble(tables, settings, as_of())
}

fn table_of(text: &str) -> Vec<TimeOff> {
    vec![TimeOff::Table(table("off.csv", text))]
}

/// An iCalendar file of events, each given by the lines between its `BEGIN` and `END`.
fn calendar(events: &[&str]) -> Vec<TimeOff> {
    let events: Vec<String> = events
        .iter()
        .map(|event| {
            let lines = event.lines().map(|line| format!("{}\r\n", line.trim()));
            format!("BEGIN:VEVENT\r\n{}END:VEVENT\r\n", lines.collect::<String>())
        })
        .collect();
    vec![TimeOff::Calendar {
        name: "off.ics".to_owned(),
        text: format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n",
            events.concat()
        ),
    }]
}

/// Every absence as `r1 8/8 until 2026-06-02 (holiday)`, in hours.
fn told(batch: &Batch) -> String {
    let absences = batch.reps.list.iter().filter_map(|rep| {
        let absence = rep.absence.as_ref()?;
        #[expect(clippy::cast_precision_loss, reason = "seconds of some days")]
        let hours = |seconds: i64| seconds as f64 / 3600.0;
        let text = absence.text();
        let text = text.strip_prefix("away").unwrap_or_default();
        Some(format!(
            "{} {}/{}{text}",
            rep.id,
            hours(absence.away),
            hours(absence.working)
        ))
    });
    absences.collect::<Vec<_>>().join(", ")
}

fn check(files: Vec<TimeOff>, expected: &str) -> Batch {
    match run(files, &Settings::default()) {
        Ok(batch) => {
            assert_eq!(told(&batch), expected);
            batch
        }
        Err(mistakes) => panic!("{mistakes}"),
    }
}

fn check_mistakes(files: Vec<TimeOff>, expected: &[&str]) {
    let mistakes = run(files, &Settings::default()).expect_err("there are mistakes");
    let found: Vec<String> = mistakes.0.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

fn warnings(batch: &Batch) -> Vec<&str> {
    let of_time_off = batch.notes.iter().filter(|note| note.text.contains("left out"));
    of_time_off.map(|note| note.text.as_str()).collect()
}
