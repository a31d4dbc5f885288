//! The columns of leads that rules read, typed.

use super::aliases::{LEAD_FIELDS, field};
use super::columnwise::{Places, Sheets, Typed};
use super::lead_ids::labels;
use super::names::full_name;
use super::side_by_side;
use super::typed::{Customs, How, code_values};
use crate::model::{Column, Country, Frame, Kind, Moment, Settings, Value};
use crate::places::country;
use std::collections::BTreeSet;

/// Rows below which one thread types all columns.
const ROWS_FOR_THREADS: usize = 50_000;

/// The columns of leads that rules read.
#[derive(Clone, Copy)]
pub(super) struct LeadColumns<'a, 'b> {
    pub sheets: &'b Sheets<'a>,
    pub settings: &'b Settings,
    pub customs: Customs<'b>,
    pub country: Option<Country>,
}

impl LeadColumns<'_, '_> {
    /// Types every column that the rules read and the files have, in order of the names.
    pub fn typed(&self) -> Vec<(Places, Typed)> {
        let names = self.wanted();
        // A few columns of few rows are typed sooner than a thread begins.
        let many = if self.sheets.rows() < ROWS_FOR_THREADS {
            usize::MAX
        } else {
            0
        };
        let typed = side_by_side::each(&names, many, |name| self.one(name));
        typed.into_iter().flatten().collect()
    }

    fn wanted(&self) -> Vec<&str> {
        let settings = self.settings;
        let mut names: BTreeSet<&str> = settings.lead_columns.keys().map(String::as_str).collect();
        names.extend(settings.skill_from.iter().map(String::as_str));
        if names.contains("age_days") {
            names.insert("created_at");
        }
        names.into_iter().filter(|name| *name != "id").collect()
    }

    fn one(&self, name: &str) -> Option<(Places, Typed)> {
        let places = self.sheets.named(name);
        let has = |field: &str| self.sheets.field(field).iter().any(|columns| !columns.is_empty());
        if name == "name" && (has("first_name") || has("last_name")) {
            return Some((places.clone(), self.full_names(&places)));
        }
        if places.iter().all(Vec::is_empty) {
            return None;
        }
        if name == "postal_code" || self.sheets.field_behind(name) == Some("postal_code") {
            return Some((places.clone(), self.postal_codes(name, &places)));
        }
        let typed = self.sheets.typed(name, &places, self.how(name), self.customs);
        Some((places, typed))
    }

    /// How a column is read: a field as the field's type, any other as the rules say or its cells tell.
    fn how(&self, name: &str) -> How {
        let settings = self.settings;
        let declared = settings.lead_types.get(name).copied();
        let compared = settings.lead_columns.get(name).copied().flatten();
        let behind = self.sheets.field_behind(name).unwrap_or(name);
        let is_skill = settings.skill_from.iter().any(|column| column == name);
        match field(LEAD_FIELDS, name).or_else(|| field(LEAD_FIELDS, behind)) {
            Some(field) if field.name == "latitude" => How::Latitude,
            Some(field) if field.name == "longitude" => How::Longitude,
            Some(field) if field.kind != Kind::Text => How::Fixed(field.kind),
            Some(_) if declared.is_some_and(|kind| kind != Kind::Text) => {
                How::Fixed(declared.unwrap_or(Kind::Text))
            }
            Some(_) if is_skill && compared.is_none() => How::TextOrList,
            Some(_) => How::Fixed(Kind::Text),
            None => match declared.or(compared) {
                Some(kind) => How::Fixed(kind),
                None if is_skill => How::TextOrList,
                None => How::Found,
            },
        }
    }

    /// Names as written, or made of first and last names.
    fn full_names(&self, places: &Places) -> Typed {
        let [first, last] =
            ["first_name", "last_name"].map(|field| self.sheets.code(&self.sheets.field(field)));
        let parts = [self.sheets.code(places), first, last];
        self.sheets.combined("name", places, &parts, Kind::Text, |texts| {
            text_value(&full_name(texts[0], texts[1], texts[2]))
        })
    }

    /// Postal codes with what spreadsheets take off American ones.
    fn postal_codes(&self, name: &str, places: &Places) -> Typed {
        let parts = [
            self.sheets.code(places),
            self.sheets.code(&self.sheets.field("country")),
        ];
        self.sheets.combined(name, places, &parts, Kind::Text, |texts| {
            let own = if texts[1].is_empty() {
                self.country
            } else {
                country(texts[1])
            };
            text_value(&postal_text(own, texts[0]))
        })
    }

    /// Every name that rules can use, in the files' order, each once.
    pub fn known(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let all = self.sheets.list.iter().flat_map(|sheet| sheet.columns.known());
        all.filter(|name| seen.insert(*name)).map(str::to_owned).collect()
    }

    /// Adds the columns that no file holds: ids, ages and files, where the rules read them.
    pub fn derive(&self, frame: &mut Frame, rows: &[usize], ids: &[String], as_of: Moment) {
        let reads =
            |name: &str| self.settings.lead_columns.contains_key(name) && frame.column(name).is_none();
        let mut derived = Vec::new();
        if reads("id") {
            let places = self.sheets.field("id");
            let texts = ids.iter().map(|id| text_value(id)).collect();
            derived.push(self.sheets.of_values("id", &places, Kind::Text, texts));
        }
        if reads("file") {
            let labels = labels(self.sheets);
            let of = |&row: &usize| text_value(&labels[self.sheets.at(row).0]);
            let none = vec![Vec::new(); self.sheets.list.len()];
            derived.push(
                self.sheets
                    .of_values("file", &none, Kind::Text, rows.iter().map(of).collect()),
            );
        }
        if reads("age_days")
            && let Some(created) = frame.column("created_at")
        {
            derived.push(ages(created, as_of));
        }
        for column in derived {
            frame.set(column);
        }
    }
}

fn text_value(text: &str) -> Value {
    if text.is_empty() {
        Value::Empty
    } else {
        Value::Text(text.to_owned())
    }
}

/// Whole days since each lead was created.
fn ages(created: &Column, as_of: Moment) -> Column {
    let age = |value: &Value| match value {
        #[expect(clippy::cast_precision_loss, reason = "days of a calendar are far below 2^52")]
        Value::Date(at) => Value::Number((as_of.0 - at.0).div_euclid(86_400) as f64),
        _ => Value::Empty,
    };
    let ages = code_values(created.values.iter().map(|value| Ok(age(value))).collect());
    Column {
        name: "age_days".to_owned(),
        header: "age_days".to_owned(),
        kind: Kind::Number,
        codes: created
            .codes
            .iter()
            .map(|&code| ages.of_text[code as usize])
            .collect(),
        values: ages.values,
    }
}

/// A postal code without the `.0` of a spreadsheet, an American one with its zeros.
fn postal_text(country: Option<Country>, text: &str) -> String {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let (five, rest) = text.split_once('-').unwrap_or((text, ""));
    let lost = (3..5).contains(&five.len())
        && five.bytes().chain(rest.bytes()).all(|byte| byte.is_ascii_digit())
        && (rest.is_empty() || rest.len() == 4);
    if country == Some(Country(*b"US")) && lost {
        format!("{text:0>width$}", width = text.len() + 5 - five.len())
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(country: [u8; 2], text: &str, expected: &str) {
        assert_eq!(postal_text(Some(Country(country)), text), expected);
    }

    #[test]
    fn american_postal_codes_get_their_zeros_back() {
        check(*b"US", "8014", "08014");
        check(*b"US", "8014.0", "08014");
        check(*b"US", "501", "00501");
        check(*b"US", "8014-1234", "08014-1234");
        check(*b"US", "94105-1234", "94105-1234");
    }

    #[test]
    fn other_postal_codes_stay_as_they_are() {
        check(*b"CH", "8014", "8014");
        check(*b"CH", "8014.0", "8014");
        check(*b"US", "SW1A 1AA", "SW1A 1AA");
        check(*b"US", "12", "12");
    }
}
