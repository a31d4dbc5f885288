//! Pins: manual allocations. A rep who is not there or not active stops the run.

use super::columns::{Role, header_position};
use super::columnwise::Sheets;
use super::complaints::report_ragged;
use super::matching::match_columns;
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{ColumnNames, Found, Note, Pin, Rep, RepDirectory, RepIndex, Settings, Table, widened};
use std::collections::BTreeMap;

/// Reads pins: `lead_id, rep_id[, reason]`.
pub(super) fn pins(
    table: &Table,
    reps: &[Rep],
    directory: &RepDirectory,
    settings: &Settings,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Vec<Pin> {
    let columns = match_columns(table, Role::Pins, &ColumnNames::new(), mistakes);
    notes.extend(table.notes.iter().cloned());
    report_ragged(table, mistakes);
    let lacking = ["lead_id", "rep_id"]
        .into_iter()
        .filter(|field| columns.field(field).is_empty());
    let lacking: Vec<&str> = lacking.collect();
    for field in &lacking {
        if table.headers.is_empty() {
            break;
        }
        mistakes.push(
            Mistake::new(
                Kind::NoSuchColumn,
                header_position(table, 0),
                format!("pins have no column `{field}`"),
            )
            .expected("columns `lead_id` and `rep_id`, and `reason` if you like"),
        );
    }
    if !lacking.is_empty() {
        return Vec::new();
    }
    let sheets = Sheets::of_one(table, columns, &settings.read.empty);
    Reader {
        sheets,
        reps,
        directory,
        mistakes,
    }
    .pins()
}

struct Reader<'a> {
    sheets: Sheets<'a>,
    reps: &'a [Rep],
    directory: &'a RepDirectory,
    mistakes: &'a mut Mistakes,
}

impl Reader<'_> {
    fn pins(&mut self) -> Vec<Pin> {
        let [leads, reps, reasons] =
            ["lead_id", "rep_id", "reason"].map(|field| self.sheets.code(&self.sheets.field(field)));
        let mut seen: BTreeMap<String, (usize, RepIndex)> = BTreeMap::new();
        let mut pins = Vec::new();
        for row in 0..self.sheets.rows() {
            let [lead, rep, reason] = [&leads, &reps, &reasons].map(|column| column.text(row));
            if lead.is_empty() && rep.is_empty() {
                continue;
            }
            let found = self.rep(row, rep);
            if lead.is_empty() {
                self.wrong(
                    row,
                    "lead_id",
                    Kind::EmptyId,
                    "the id of the lead is empty".to_owned(),
                    None,
                );
            }
            let (Some(rep), false) = (found, lead.is_empty()) else {
                continue;
            };
            let lead_id = lead_reference(lead);
            match seen.get(&lead_id) {
                Some((first, other)) if *other != rep => {
                    let before = self.sheets.position(*first, &self.sheets.field("lead_id"));
                    let other = &self.reps[other.at()].id;
                    let found = format!("lead `{lead_id}` is pinned to `{other}` at {before} already");
                    self.wrong(
                        row,
                        "rep_id",
                        Kind::BadPin,
                        found,
                        Some("keep one of the two".to_owned()),
                    );
                }
                Some(_) => {}
                None => {
                    seen.insert(lead_id.clone(), (row, rep));
                    pins.push(Pin {
                        lead_id,
                        rep,
                        reason: reason.to_owned(),
                    });
                }
            }
        }
        pins
    }

    /// The rep that a pin names, who must be active.
    fn rep(&mut self, row: usize, text: &str) -> Option<RepIndex> {
        match self.directory.find(text) {
            Found::One(rep) if self.reps[rep.at()].active => Some(rep),
            Found::One(rep) => {
                let found = format!("rep `{}` is not active", self.reps[rep.at()].id);
                self.wrong(row, "rep_id", Kind::BadPin, found, None);
                None
            }
            Found::Several(reps) => {
                let found = format!("`{text}` is the name or e-mail of {} reps", reps.len());
                self.wrong(
                    row,
                    "rep_id",
                    Kind::AmbiguousRep,
                    found,
                    Some("write the rep's id".to_owned()),
                );
                None
            }
            Found::Nobody => {
                let found = if text.is_empty() {
                    "the pin names no rep".to_owned()
                } else {
                    format!("no rep `{text}` is on the roster")
                };
                let hint = self
                    .directory
                    .suggestion(text)
                    .map(|meant| format!("did you mean `{meant}`?"));
                self.wrong(row, "rep_id", Kind::UnknownRep, found, hint);
                None
            }
        }
    }

    fn wrong(&mut self, row: usize, field: &str, kind: Kind, found: String, hint: Option<String>) {
        let places = self.sheets.field(field);
        let mut mistake = Mistake::new(kind, self.sheets.position(row, &places), found);
        mistake = mistake.column(self.sheets.header(&places, field));
        mistake.hint = hint;
        self.mistakes.push(mistake);
    }
}

/// The id of a lead that another file names, as leads bear it: also behind the file's name and a colon.
pub(super) fn lead_reference(text: &str) -> String {
    match text.rsplit_once(':') {
        Some((file, id)) => format!("{file}:{}", widened(id)),
        None => widened(text).into_owned(),
    }
}

#[cfg(test)]
#[path = "pins_tests.rs"]
mod tests;
