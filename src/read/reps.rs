//! The roster: a table to reps. Anything wrong in it stops the run.

use super::aliases::INVERTED;
use super::columns::Role;
use super::columnwise::{Places, Sheets};
use super::complaints::{ambiguous_dates, nameless_roster, report_missing, report_ragged};
use super::matching::match_columns;
use super::names::{full_name, matching_key};
use super::roster_check::{check_ceilings, check_is_roster, check_size, check_usable, note_columns};
use super::typed::{Customs, How, Misfit};
use super::{booleans, capacity};
use crate::mistake::{Kind as MistakeKind, Mistake, Mistakes};
use crate::model::{Ceiling, Column, Kind, Note, Place, Rep, Reps, Settings, Table, Weight, widened};
use crate::places::exact;
use std::collections::BTreeMap;

/// Reads a roster; `None` where it is not one at all.
pub(super) fn roster(
    table: &Table,
    settings: &Settings,
    customs: Customs<'_>,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Option<Reps> {
    let before = mistakes.0.len();
    check_size(table, mistakes);
    if mistakes.0.len() > before {
        return None;
    }
    let columns = match_columns(table, Role::Reps, &settings.rep_headers, mistakes);
    check_is_roster(table, &columns, mistakes);
    if mistakes.0.len() > before {
        return None;
    }
    report_missing(table, &columns, Role::Reps, mistakes);
    report_ragged(table, mistakes);
    notes.extend(table.notes.iter().cloned());
    note_columns(table, &columns, notes);
    let sheets = Sheets::of_one(table, columns, &settings.read.empty);
    let mut reader = Reader {
        sheets,
        customs,
        mistakes: Mistakes::default(),
        typed: BTreeMap::new(),
    };
    let list = reader.reps(settings, notes);
    let frame = reader.frame(&list, settings);
    mistakes.append(reader.mistakes);
    if table.ragged.is_empty() {
        check_usable(table, &list, notes, mistakes);
    }
    let columns = reader.sheets.list[0].columns.described(table);
    Some(Reps {
        source: table.source.clone(),
        columns,
        list,
        frame,
    })
}

/// Reads the cells of a roster and collects what is wrong with them.
pub(super) struct Reader<'a> {
    pub sheets: Sheets<'a>,
    customs: Customs<'a>,
    pub mistakes: Mistakes,
    typed: BTreeMap<String, Column>,
}

impl<'a> Reader<'a> {
    fn texts(&self, field: &str) -> Vec<&'a str> {
        let coded = self.sheets.code(&self.sheets.field(field));
        (0..self.sheets.rows()).map(|row| coded.text(row)).collect()
    }

    fn misfit(&mut self, row: usize, places: &Places, column: &str, misfit: Misfit) {
        let mistake = Mistake::new(misfit.kind, self.sheets.position(row, places), misfit.found);
        let header = self.sheets.header(places, column);
        self.mistakes
            .push(mistake.column(header).expected(misfit.expected));
    }

    /// Reads a field of every rep; an empty or wrong cell gives `None`.
    fn each<T>(&mut self, field: &str, read: impl Fn(&str) -> Result<T, Misfit>) -> Vec<Option<T>> {
        let places = self.sheets.field(field);
        let mut values = Vec::new();
        for (row, text) in self.texts(field).into_iter().enumerate() {
            values.push(match read(text) {
                _ if text.is_empty() => None,
                Ok(value) => Some(value),
                Err(misfit) => {
                    self.misfit(row, &places, field, misfit);
                    None
                }
            });
        }
        values
    }

    fn reps(&mut self, settings: &Settings, notes: &mut Vec<Note>) -> Vec<Rep> {
        let table = self.sheets.list[0].table;
        let decimal = self.customs.decimal;
        let names = self.names();
        let emails = self.texts("email");
        let ids = self.ids(&names, notes);
        let active = self.active(notes);
        let teams = self.texts("team");
        let ceilings = self.each("max_open", |text| capacity::ceiling(text, decimal));
        let open = self.each("open", |text| capacity::count(text, decimal));
        let max_new = self.each("max_new", |text| capacity::count(text, decimal));
        let weights = self.each("weight", |text| capacity::weight(text, decimal));
        let max_km = self.each("max_km", |text| capacity::distance(text, decimal));
        let places = self.places();
        let hours = self.hours(settings);
        let compared = settings.reads_hours && hours.iter().any(Option::is_some);
        let zones = self.zones(compared);
        let territories = self.list("territories");
        let reps: Vec<Rep> = (0..table.rows.len())
            .map(|row| Rep {
                name: if names[row].is_empty() {
                    ids[row].clone()
                } else {
                    names[row].clone()
                },
                id: ids[row].clone(),
                email: emails[row].to_owned(),
                active: active[row],
                team: teams[row].to_owned(),
                max_open: ceilings[row].unwrap_or(Ceiling::Unlimited),
                open: open[row].unwrap_or(0),
                max_new: max_new[row],
                new_today: 0,
                weight: weights[row].unwrap_or(Weight::ONE),
                territories: territories[row].clone(),
                max_km: max_km[row],
                place: places[row],
                zone: zones[row].clone(),
                hours: hours[row].clone(),
                off: Vec::new(),
                absence: None,
                row: table.rows[row],
            })
            .collect();
        let filled: Vec<bool> = self
            .texts("max_open")
            .iter()
            .map(|text| !text.is_empty())
            .collect();
        let header = self.sheets.header(&self.sheets.field("max_open"), "max_open");
        check_ceilings(table, &reps, &filled, &header, &mut self.mistakes);
        reps
    }

    /// Names as written, or made of first and last names.
    fn names(&self) -> Vec<String> {
        let (whole, first, last) = (
            self.texts("name"),
            self.texts("first_name"),
            self.texts("last_name"),
        );
        let rows = whole.into_iter().zip(first).zip(last);
        rows.map(|((whole, first), last)| full_name(whole, first, last))
            .collect()
    }

    /// Ids from the id column, else e-mails, else names: one of them for the whole file.
    fn ids(&mut self, names: &[String], notes: &mut Vec<Note>) -> Vec<String> {
        let own = |texts: Vec<&str>| -> Vec<String> { texts.into_iter().map(str::to_owned).collect() };
        let (ids, emails) = (own(self.texts("id")), own(self.texts("email")));
        let full = |texts: &[String]| texts.iter().all(|text| !text.is_empty());
        let (field, ids) = if ids.iter().any(|id| !id.is_empty()) {
            ("id", ids)
        } else if !self.sheets.field("email")[0].is_empty() && full(&emails) {
            ("email", emails)
        } else if full(names) || emails.iter().all(String::is_empty) {
            ("name", names.to_vec())
        } else {
            ("email", emails)
        };
        if ids.iter().all(String::is_empty) && !ids.is_empty() {
            self.mistakes.push(nameless_roster(self.sheets.list[0].table));
            return ids;
        }
        if field != "id" {
            let what = if field == "email" { "e-mail" } else { "name" };
            notes.push(Note::fact(format!(
                "reps are known by {what}: no column of the roster holds an id"
            )));
        }
        let ids: Vec<String> = ids.iter().map(|id| widened(id).into_owned()).collect();
        self.check_ids(field, &ids);
        ids
    }

    fn check_ids(&mut self, field: &str, ids: &[String]) {
        let places = self.sheets.field(field);
        let table = self.sheets.list[0].table;
        let header = self.sheets.header(&places, field);
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (row, id) in ids.iter().enumerate() {
            let position = self.sheets.position(row, &places);
            if id.is_empty() {
                let found = format!("the {field} of a rep is empty");
                self.mistakes
                    .push(Mistake::new(MistakeKind::EmptyId, position, found).column(header.clone()));
            } else if let Some(&first) = seen.get(id.as_str()) {
                let first = table.source.row(table.rows[first]);
                let found = format!("`{id}` was seen before at {first}");
                self.mistakes
                    .push(Mistake::new(MistakeKind::DuplicateRep, position, found).column(header.clone()));
            } else {
                seen.insert(id, row);
            }
        }
    }

    /// Whether each rep is active; an empty cell counts as active, which is said.
    fn active(&mut self, notes: &mut Vec<Note>) -> Vec<bool> {
        let places = self.sheets.field("active");
        let header = self.sheets.header(&places, "active");
        let inverted = INVERTED.contains(&matching_key(&header).as_str());
        let found = self.each("active", |text| {
            booleans::read_active(text).ok_or_else(|| Misfit {
                kind: MistakeKind::BadBoolean,
                found: format!("`{text}` does not say whether the rep is active"),
                expected: "yes or no, active or inactive",
            })
        });
        let empty = self.texts("active").iter().filter(|text| text.is_empty()).count();
        if !places[0].is_empty() && empty > 0 && !inverted {
            notes.push(Note::warning(format!(
                "`{header}` is empty for {empty} of {} reps, who are taken for active",
                found.len()
            )));
        }
        // `archived` says yes, but a word such as "deleted" in it says the same as in any other column.
        let is_active = |text: &str, said: bool| {
            if inverted && booleans::read(text).is_some() {
                !said
            } else {
                said
            }
        };
        let texts = self.texts("active");
        found
            .iter()
            .zip(texts)
            .map(|(said, text)| said.is_none_or(|said| is_active(text, said)))
            .collect()
    }

    fn places(&mut self) -> Vec<Place> {
        let latitude = self.degrees("latitude", How::Latitude);
        let longitude = self.degrees("longitude", How::Longitude);
        let both = latitude.into_iter().zip(longitude);
        both.map(|(latitude, longitude)| exact(latitude, longitude))
            .collect()
    }

    fn degrees(&mut self, field: &str, how: How) -> Vec<Option<f64>> {
        let column = self.column(field, how);
        (0..self.sheets.rows())
            .map(|row| column.value(row).number())
            .collect()
    }

    fn list(&mut self, field: &str) -> Vec<Vec<String>> {
        let column = self.column(field, How::Fixed(Kind::List));
        (0..self.sheets.rows())
            .map(|row| column.value(row).items().to_vec())
            .collect()
    }

    /// Types a column and reports what does not fit, once.
    pub fn column(&mut self, name: &str, how: How) -> Column {
        if let Some(column) = self.typed.get(name) {
            return column.clone();
        }
        let places = self.sheets.named(name);
        let typed = self.sheets.typed(name, &places, how, self.customs);
        for (row, misfit) in typed.misfits {
            self.misfit(row, &places, name, misfit);
        }
        if let Some((row, text)) = typed.ambiguous_date {
            self.mistakes
                .push(ambiguous_dates(&self.sheets, row, &text, &places, name));
        }
        self.typed.insert(name.to_owned(), typed.column.clone());
        typed.column
    }
}

#[cfg(test)]
#[path = "reps_tests.rs"]
mod tests;
