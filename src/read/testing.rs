//! Tables and batches for the tests of reading.

use super::{Tables, assemble};
use crate::mistake::Mistakes;
use crate::model::{AsOf, Batch, Cells, Kind as Type, Moment, Ragged, Settings, Shape, Source, Table, Value};
use jiff::tz::TimeZone;

/// Makes a table of lines; cells stand between bars, a row with another number of cells is ragged.
pub(super) fn table(file: &str, text: &str) -> Table {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let split = |line: &str| -> Vec<String> { line.split('¦').map(|cell| cell.trim().to_owned()).collect() };
    let headers = split(lines.next().unwrap_or_default());
    let mut table = Table {
        source: Source {
            file: file.to_owned(),
            shape: Shape::Lines,
        },
        cells: Cells::new(headers.len()),
        headers,
        header_row: 1,
        rows: Vec::new(),
        ragged: Vec::new(),
        delimiter: b',',
        bom: false,
        notes: Vec::new(),
    };
    for (row, line) in (2..).zip(lines) {
        let cells = split(line);
        if cells.len() == table.headers.len() {
            table.cells.push(cells.iter().map(String::as_str));
            table.rows.push(row);
        } else {
            table.ragged.push(Ragged { row, cells });
        }
    }
    table
}

pub(super) const REPS: &str = "id¦name¦email¦active
    r1¦Ann Lee¦ann@example.com¦yes
    r2¦Bo Chan¦bo@example.com¦no
    r3¦Cy Day¦¦yes
    r4¦Cy Day¦¦yes";

pub(super) fn as_of() -> AsOf {
    AsOf {
        // 2026-06-01T09:00:00Z
        moment: Moment(1_780_304_400),
        zone: TimeZone::UTC,
    }
}

pub(super) fn run(leads: Vec<Table>, settings: &Settings) -> Result<Batch, Mistakes> {
    let tables = Tables {
        leads,
        reps: table("reps.csv", REPS),
        pins: None,
        claims: None,
        teams: None,
        geodata: None,
        time_off: Vec::new(),
        existing: Vec::new(),
        accounts: Vec::new(),
        past: crate::model::Past::default(),
    };
    assemble(tables, settings, as_of())
}

pub(super) fn settings(columns: &[(&str, Option<Type>)]) -> Settings {
    let columns = columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind));
    Settings {
        lead_columns: columns.collect(),
        ..Settings::default()
    }
}

pub(super) fn batch(leads: &str, settings: &Settings) -> Batch {
    run(vec![table("leads.csv", leads)], settings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Empty => "-".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Date(moment) => as_of().write(*moment),
        Value::List(items) => format!("{items:?}"),
    }
}

pub(super) fn said(batch: &Batch, part: &str) -> bool {
    batch.notes.iter().any(|note| note.text.contains(part))
}
