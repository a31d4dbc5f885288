//! What a ledger tells of the nights before, taken into a batch: rows that no file holds any more, and what
//! became of each rep's leads.

use super::columnwise::Sheet;
use crate::model::{
    Batch, Cells, Column, Kind, Note, OpenBy, Ownership, Past, PastRep, PastRows, Rep, RepDirectory,
    Settings, Shape, Source, Table, Value,
};

/// A number of a rep's record.
type Number = fn(&PastRep) -> Option<f64>;

/// Columns of reps that only a ledger can fill.
const COLUMNS: &[(&str, Number)] = &[
    ("accept_rate", |rep| rep.accept_rate),
    ("win_rate", |rep| rep.win_rate),
    ("response_minutes", |rep| rep.response_minutes),
    ("recent", |rep| Some(f64::from(rep.recent))),
];

/// The tables of leads that are back in the pool; their rows count from 1.
pub(super) fn tables(past: &[PastRows]) -> Vec<Table> {
    past.iter().map(table).collect()
}

fn table(past: &PastRows) -> Table {
    let mut cells = Cells::new(past.headers.len());
    for (_, row) in &past.rows {
        cells.push(row.iter().map(String::as_str));
    }
    Table {
        source: Source {
            file: format!("{} (ledger)", past.file),
            shape: Shape::Records,
        },
        headers: past.headers.clone(),
        header_row: 0,
        cells,
        rows: (1..).take(past.rows.len()).collect(),
        ragged: Vec::new(),
        delimiter: b',',
        bom: false,
        notes: Vec::new(),
    }
}

/// Marks the last sheets as those of leads that are back in the pool.
pub(super) fn mark<'a>(sheets: &mut [Sheet<'a>], past: &'a [PastRows]) {
    let files = sheets.len().saturating_sub(past.len());
    for (sheet, rows) in sheets[files..].iter_mut().zip(past) {
        sheet.past = Some(rows);
    }
}

/// Gives a batch what the ledger says: each rep's load and record, and freedom to leads whose owner is only
/// the rep who let them go.
pub fn remember(batch: &mut Batch, past: Past, settings: &Settings) {
    if !past.is_kept {
        return;
    }
    let fields = &batch.reps.columns.fields;
    let has_open = fields.iter().any(|(_, field)| field == "open");
    let of = |rep: &Rep| past.reps.get(&rep.id).cloned().unwrap_or_default();
    let records: Vec<PastRep> = batch.reps.list.iter().map(of).collect();
    let by_ledger = match settings.ledger.open {
        Some(by) => by == OpenBy::Ledger,
        None => !has_open,
    };
    if !past.reps.is_empty() {
        note_difference(batch, &records, has_open);
    }
    for (rep, record) in batch.reps.list.iter_mut().zip(&records) {
        rep.new_today = record.today;
        if by_ledger {
            rep.open = record.open;
        }
    }
    if by_ledger {
        let open = records.iter().map(|record| Some(f64::from(record.open)));
        batch.reps.frame.set(column("open", open));
    }
    for (name, number) in COLUMNS {
        if batch.reps.frame.column(name).is_none() {
            batch.reps.frame.set(column(name, records.iter().map(number)));
        }
    }
    free(batch, &past);
    note_absent(batch, &past);
    batch.past = past;
}

fn column(name: &str, numbers: impl Iterator<Item = Option<f64>>) -> Column {
    let mut values = vec![Value::Empty];
    let codes = numbers.map(|number| match number {
        None => 0,
        Some(number) => {
            values.push(Value::Number(number));
            u32::try_from(values.len() - 1).expect("there are no more values than reps")
        }
    });
    let codes = codes.collect();
    Column {
        name: name.to_owned(),
        header: name.to_owned(),
        kind: Kind::Number,
        codes,
        values,
    }
}

/// Says where roster and ledger count the open leads of all differently by more than a fifth.
fn note_difference(batch: &mut Batch, records: &[PastRep], has_open: bool) {
    let by_file: u64 = batch.reps.list.iter().map(|rep| u64::from(rep.open)).sum();
    let by_ledger: u64 = records.iter().map(|record| u64::from(record.open)).sum();
    let larger = by_file.max(by_ledger);
    if has_open && by_file.abs_diff(by_ledger) * 5 > larger {
        batch.notes.push(Note::warning(format!(
            "open leads: {by_file} by the roster, {by_ledger} by the ledger; `[ledger] open = \"file\"` or \
             `\"ledger\"` says which counts"
        )));
    }
}

/// Names everybody who takes no new lead and keeps open ones.
fn note_absent(batch: &mut Batch, past: &Past) {
    let reps = &batch.reps.list;
    let directory = RepDirectory::new(reps);
    let open = past.reps.iter().filter(|(_, record)| record.open > 0);
    let absent: Vec<String> = open
        .filter_map(|(id, record)| {
            let (name, why) = match directory.of_id(id).map(|rep| &reps[rep.at()]) {
                None => (&record.name, "not on the roster".to_owned()),
                Some(rep) if !rep.active => (&rep.name, "inactive".to_owned()),
                Some(rep) if rep.is_away() => (&rep.name, rep.absence.as_ref()?.text()),
                Some(_) => return None,
            };
            Some(format!("{name} {} ({why})", record.open))
        })
        .collect();
    if !absent.is_empty() {
        batch.notes.push(Note::warning(format!(
            "open leads stay with reps who take no new ones: {}; `--release REP` takes them back",
            absent.join(", ")
        )));
    }
}

/// Frees leads that are back in the pool from an owner who only has them by an earlier deal.
fn free(batch: &mut Batch, past: &Past) {
    let reps = &batch.reps.list;
    let directory = RepDirectory::new(reps);
    for (id, ownership) in batch.leads.ids.iter().zip(&mut batch.leads.ownership) {
        let (Some(returned), Ownership::Owned(owner)) = (past.returned.get(id), &*ownership) else {
            continue;
        };
        let had = |id: &str| returned.had.iter().any(|rep| rep == id);
        let by_deal = match directory.find(owner) {
            crate::model::Found::One(rep) => had(&reps[rep.at()].id),
            crate::model::Found::Several(several) => several.iter().any(|rep| had(&reps[rep.at()].id)),
            crate::model::Found::Nobody => had(crate::model::widened(owner.trim()).as_ref()),
        };
        if by_deal {
            *ownership = Ownership::Free;
        }
    }
}

#[cfg(test)]
#[path = "past_tests.rs"]
mod tests;
