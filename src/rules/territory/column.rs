//! The lead field `territory`: the leads' own column, filled from the named territories where it is empty.

use super::{COLUMNS, Names};
use crate::model::{Column, Country, Frame, Kind, LeadIndex, Value};
use crate::rules::keys::Keys;
use crate::rules::location::Location;
use crate::rules::words;
use std::collections::HashMap;

/// Fills the leads' column `territory` where it is empty with the first named territory that holds them.
pub fn fill_column(leads: &mut Frame, names: &Names, country: Option<Country>) {
    if names.is_empty() {
        return;
    }
    let mut column = leads.column("territory").cloned().unwrap_or_else(|| Column {
        name: "territory".to_owned(),
        header: "territory".to_owned(),
        kind: Kind::Text,
        codes: vec![0; leads.rows],
        values: vec![Value::Empty],
    });
    let mut codes: HashMap<String, u32> = (0..)
        .zip(&column.values)
        .map(|(code, value)| (words::text(value), code))
        .collect();
    let (keys, rows) = Keys::of_columns(leads, COLUMNS);
    let index = names.index();
    let of_keys: Vec<u32> = rows
        .iter()
        .map(|&row| {
            let own = column.codes[row];
            let first = index
                .holding(&Location::of_row(leads, row, country))
                .first()
                .copied();
            let Some(territory) = first.filter(|_| own == 0) else {
                return own;
            };
            let name = names.name(territory);
            *codes.entry(name.to_owned()).or_insert_with(|| {
                column.values.push(Value::Text(name.to_owned()));
                u32::try_from(column.values.len() - 1).expect("there are no more territories than items")
            })
        })
        .collect();
    let code = |row| {
        keys.of(LeadIndex::new(row))
            .map_or(0, |key| of_keys[key as usize])
    };
    column.codes = (0..leads.rows).map(code).collect();
    leads.set(column);
}
