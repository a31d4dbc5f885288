//! The roster: a table to reps. Anything wrong in it stops the run.

use super::aliases::{INVERTED, NOT_CAPACITY, REP_FIELDS, field};
use super::cells::Emptiness;
use super::columns::{Columns, Role, header_position, match_columns};
use super::columnwise::{Places, Sheet, Sheets};
use super::names::matching_key;
use super::roster_check::{check_ceilings, check_is_roster, check_size, check_usable};
use super::typed::{Customs, How, Misfit};
use super::{booleans, capacity, own_files};
use crate::mistake::{Kind as MistakeKind, Mistake, Mistakes, did_you_mean};
use crate::model::{
    Ceiling, Column, Frame, Kind, Note, Place, Rep, Reps, Settings, Table, Value, Weight, widened,
};
use crate::places::{Address, locate};
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
    let sheets = Sheets {
        list: vec![Sheet { table, columns }],
        empty: Emptiness::new(&settings.read.empty),
    };
    let mut reader = Reader {
        sheets,
        customs,
        mistakes: Mistakes::default(),
    };
    let list = reader.reps(notes);
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

/// Reports overrides whose header a table does not have.
pub(super) fn report_missing(table: &Table, columns: &Columns, role: Role, mistakes: &mut Mistakes) {
    for (field, header) in &columns.missing {
        let mut mistake = Mistake::new(
            MistakeKind::NoSuchColumn,
            header_position(table, 0),
            format!("no column `{header}`, which `[{}] {field}` names", role.key()),
        )
        .column(field.clone());
        if let Some(meant) = did_you_mean(header, table.headers.iter().map(String::as_str)) {
            mistake = mistake.hint(format!("did you mean `{meant}`?"));
        }
        mistakes.push(mistake);
    }
}

/// Reports every row with a wrong number of cells.
pub(super) fn report_ragged(table: &Table, mistakes: &mut Mistakes) {
    for ragged in &table.ragged {
        mistakes.push(
            Mistake::new(
                MistakeKind::RaggedRow,
                table.source.row(ragged.row),
                format!("{} cells", ragged.cells.len()),
            )
            .expected(format!("{}, as in the header", table.headers.len())),
        );
    }
}

fn note_columns(table: &Table, columns: &Columns, notes: &mut Vec<Note>) {
    if columns.field("max_open").is_empty() {
        let goals = table.headers.iter().filter(|header| {
            NOT_CAPACITY
                .iter()
                .any(|goal| matching_key(goal) == matching_key(header))
        });
        for header in goals {
            notes.push(Note::fact(format!(
                "`{header}` is not read as a ceiling; if it is one, write `[columns.reps] max_open = \"{header}\"`"
            )));
        }
    }
    if own_files::is_workload(&table.headers) && columns.field("open").is_empty() {
        notes.push(Note::warning(
            "the roster is a `workload.csv`: reps start with no open leads unless you write \
             `[columns.reps] open = \"open_after\"`",
        ));
    }
}

/// Reads the cells of a roster and collects what is wrong with them.
struct Reader<'a> {
    sheets: Sheets<'a>,
    customs: Customs<'a>,
    mistakes: Mistakes,
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

    fn reps(&mut self, notes: &mut Vec<Note>) -> Vec<Rep> {
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
                weight: weights[row].unwrap_or(Weight::ONE),
                territories: territories[row].clone(),
                max_km: max_km[row],
                place: places[row],
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
        both.map(|(latitude, longitude)| locate(&Address { latitude, longitude }))
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

    /// Types a column and reports what does not fit.
    fn column(&mut self, name: &str, how: How) -> Column {
        let places = self.sheets.named(name);
        let typed = self.sheets.typed(name, &places, how, self.customs);
        for (row, misfit) in typed.misfits {
            self.misfit(row, &places, name, misfit);
        }
        if let Some((row, text)) = typed.ambiguous_date {
            self.mistakes
                .push(ambiguous_dates(&self.sheets, row, &text, &places, name));
        }
        typed.column
    }

    /// The columns that rules and score parts read: every field, and what the rules name besides.
    fn frame(&mut self, reps: &[Rep], settings: &Settings) -> Frame {
        let known = self.sheets.list[0].columns.known().map(str::to_owned).collect();
        let mut frame = Frame::new(reps.len(), known);
        let mut set = |name: &str, kind, values: Vec<Value>, sheets: &Sheets<'_>| {
            frame.set(sheets.of_values(name, &sheets.field(name), kind, values));
        };
        let text = |text: &str| {
            if text.is_empty() {
                Value::Empty
            } else {
                Value::Text(text.to_owned())
            }
        };
        let of = |value: &dyn Fn(&Rep) -> Value| reps.iter().map(value).collect::<Vec<Value>>();
        set("id", Kind::Text, of(&|rep| text(&rep.id)), &self.sheets);
        set("name", Kind::Text, of(&|rep| text(&rep.name)), &self.sheets);
        set(
            "active",
            Kind::Boolean,
            of(&|rep| Value::Boolean(rep.active)),
            &self.sheets,
        );
        let numbers: [(&str, &dyn Fn(&Rep) -> Option<f64>); 5] = [
            ("max_open", &|rep| match rep.max_open {
                Ceiling::Unlimited => None,
                Ceiling::At(most) => Some(f64::from(most)),
            }),
            ("open", &|rep| Some(f64::from(rep.open))),
            ("max_new", &|rep| rep.max_new.map(f64::from)),
            ("weight", &|rep| Some(f64::from(rep.weight.0) / 1000.0)),
            ("max_km", &|rep| rep.max_km),
        ];
        for (name, number) in numbers {
            let values = of(&|rep| number(rep).map_or(Value::Empty, Value::Number));
            set(name, Kind::Number, values, &self.sheets);
        }
        self.fields(&mut frame, settings);
        frame
    }

    fn fields(&mut self, frame: &mut Frame, settings: &Settings) {
        let fields: Vec<&str> = REP_FIELDS.iter().map(|field| field.name).collect();
        let named = settings.rep_columns.keys().map(String::as_str);
        for name in fields.into_iter().chain(named) {
            let places = self.sheets.named(name);
            if frame.column(name).is_some() || places[0].is_empty() {
                continue;
            }
            let standard = field(REP_FIELDS, name).map(|field| match field.name {
                "latitude" => How::Latitude,
                "longitude" => How::Longitude,
                _ => How::Fixed(field.kind),
            });
            let behind = self.sheets.field_behind(name).map(str::to_owned);
            let kept = behind.and_then(|field| frame.column(&field).cloned());
            if let (None, Some(column)) = (standard, kept) {
                frame.set(Column {
                    name: name.to_owned(),
                    ..column
                });
                continue;
            }
            let fixed = settings.rep_columns.get(name).copied().flatten().map(How::Fixed);
            let reported = ["latitude", "longitude"].contains(&name);
            let count = self.mistakes.0.len();
            let column = self.column(name, standard.or(fixed).unwrap_or(How::Found));
            if reported {
                self.mistakes.0.truncate(count);
            }
            frame.set(column);
        }
    }
}

/// A name as written, or made of first and last name.
pub(super) fn full_name(whole: &str, first: &str, last: &str) -> String {
    if !whole.is_empty() {
        return whole.to_owned();
    }
    let both = [first, last];
    let parts: Vec<&str> = both.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// The mistake of a column whose days and months cannot be told apart.
pub(super) fn ambiguous_dates(
    sheets: &Sheets<'_>,
    row: usize,
    text: &str,
    places: &Places,
    name: &str,
) -> Mistake {
    Mistake::new(
        MistakeKind::AmbiguousDates,
        sheets.position(row, places),
        format!("`{text}` could be day and month or month and day, and no date of the column settles it"),
    )
    .column(sheets.header(places, name))
    .expected("dates of one order, such as 2026-06-01")
    .hint("write `[read] date_order = \"day-month\"` or `\"month-day\"`")
}

#[cfg(test)]
#[path = "reps_tests.rs"]
mod tests;
