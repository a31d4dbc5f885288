//! Time zones of places, where a row names none of its own.

use super::addresses::Addresses;
use super::coding::Coded;
use super::columnwise::Sheets;
use crate::model::{Column, Country, Frame, Kind, QuickMap, Value, zone};
use crate::places::{Gazetteer, country};
use std::sync::Arc;

/// The field that holds a row's own zone.
const FIELD: &str = "time_zone";

/// The zone of the place of every row of some files.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlaceZones {
    codes: Vec<u32>,
    /// The IANA names; the first is empty, for places of which no zone is known.
    names: Vec<Arc<str>>,
}

impl PlaceZones {
    /// Places of which no zone is known.
    pub fn unknown(rows: usize) -> Self {
        Self {
            codes: vec![0; rows],
            names: vec![Arc::from("")],
        }
    }

    /// Finds the zones of rows that name none that is known: by the address, or, where `exact` gives degrees, by these.
    pub fn find(
        sheets: &Sheets<'_>,
        addresses: &Addresses<'_>,
        gazetteer: &Gazetteer,
        exact: impl Fn(usize) -> Option<(f64, f64)>,
    ) -> Self {
        let own = sheets.code(&sheets.field(FIELD));
        let names_one: Vec<bool> = own.texts.iter().map(|text| zone(text).is_some()).collect();
        let countries = sheets.code(&sheets.field("country"));
        let named: Vec<Option<Country>> = countries.texts.iter().map(|text| country(text)).collect();
        let mut found = Self::unknown(sheets.rows());
        let mut known: QuickMap<Arc<str>, u32> = QuickMap::default();
        for row in (0..sheets.rows()).filter(|&row| !names_one[own.codes[row] as usize]) {
            let of_place = match exact(row) {
                Some(degrees) => gazetteer.zone_at(degrees, named[countries.codes[row] as usize]),
                None => addresses.found(row).zone.clone(),
            };
            let Some(of_place) = of_place else { continue };
            let next = u32::try_from(found.names.len()).expect("there are fewer zones than codes");
            let code = *known.entry(of_place).or_insert_with_key(|zone| {
                found.names.push(Arc::clone(zone));
                next
            });
            found.codes[row] = code;
        }
        found
    }

    /// The names as the cells of a column.
    pub fn coded(&self) -> Coded<'_> {
        Coded {
            codes: self.codes.clone(),
            texts: self.names.iter().map(AsRef::as_ref).collect(),
        }
    }
}

/// Fills the empty cells of `time_zone` with the zones of places, for rules to read. `zones` holds for every row
/// of the files the IANA name of the zone of its place, empty where that is not known; `rows` says which of them
/// the frame has.
pub(super) fn fill_time_zones(frame: &mut Frame, zones: &Coded<'_>, rows: &[usize]) {
    if rows.iter().all(|&row| zones.text(row).is_empty()) {
        return;
    }
    let mut column = frame.column(FIELD).cloned().unwrap_or_else(|| Column {
        name: FIELD.to_owned(),
        header: FIELD.to_owned(),
        kind: Kind::Text,
        codes: vec![0; rows.len()],
        values: vec![Value::Empty],
    });
    let mut known: QuickMap<String, u32> = QuickMap::default();
    for (code, value) in (0..).zip(&column.values) {
        known.extend(value.text().map(|text| (text.to_owned(), code)));
    }
    let mut of_place = Vec::with_capacity(zones.texts.len());
    for &text in &zones.texts {
        let next = u32::try_from(column.values.len()).expect("there are no more values than rows");
        of_place.push(if text.is_empty() {
            0
        } else {
            *known.entry(text.to_owned()).or_insert(next)
        });
        if of_place.last() == Some(&next) {
            column.values.push(Value::Text(text.to_owned()));
        }
    }
    for (code, &row) in column.codes.iter_mut().zip(rows) {
        if *code == 0 {
            *code = of_place[zones.codes[row] as usize];
        }
    }
    frame.set(column);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the cells of `time_zone` after filling; `own` are those before, if there is such a column.
    fn check(own: Option<&[&str]>, places: &[&str], rows: &[usize], expected: &[&str]) {
        let mut frame = Frame::new(rows.len(), Vec::new());
        let of_texts = |cells: &[&str]| {
            let mut texts = vec![String::new()];
            let codes = cells.iter().map(|cell| {
                let at = texts.iter().position(|text| text == cell);
                u32::try_from(at.unwrap_or_else(|| {
                    texts.push((*cell).to_owned());
                    texts.len() - 1
                }))
                .unwrap()
            });
            (codes.collect::<Vec<_>>(), texts)
        };
        if let Some(own) = own {
            let (codes, texts) = of_texts(own);
            let values = texts.into_iter().map(Value::Text);
            frame.set(Column {
                name: FIELD.to_owned(),
                header: "Zone".to_owned(),
                kind: Kind::Text,
                codes,
                values: std::iter::once(Value::Empty).chain(values.skip(1)).collect(),
            });
        }
        let (codes, texts) = of_texts(places);
        let texts = texts.iter().map(String::as_str).collect();
        fill_time_zones(&mut frame, &Coded { codes, texts }, rows);
        let cell = |row| frame.value(FIELD, row).text().unwrap_or_default();
        assert_eq!((0..rows.len()).map(cell).collect::<Vec<_>>(), expected);
        assert_eq!(
            frame.column(FIELD).is_some(),
            own.is_some() || !expected.iter().all(|cell| cell.is_empty())
        );
    }

    #[test]
    fn empty_cells_are_filled_and_others_kept() {
        check(
            Some(&["EST", "", "", "Asia/Tokyo"]),
            &["UTC", "Asia/Tokyo", "", ""],
            &[0, 1, 2, 3],
            &["EST", "Asia/Tokyo", "", "Asia/Tokyo"],
        );
        check(Some(&["", "x"]), &["", ""], &[0, 1], &["", "x"]);
    }

    #[test]
    fn a_file_without_the_column_gets_one_where_some_place_has_a_zone() {
        check(None, &["", "UTC", "Asia/Tokyo"], &[0, 2], &["", "Asia/Tokyo"]);
        check(None, &["", "UTC", ""], &[0, 2], &["", ""]);
    }
}
