//! Addresses of leads and reps to places: each distinct address is looked up once.

use super::coding::{Coded, Combined, combine};
use super::columnwise::Sheets;
use super::home_country::Clues;
use super::place_zones::{PlaceZones, fill_time_zones};
use super::side_by_side;
use crate::model::{Country, Note, Place, Placing, Rep, Reps, zone};
use crate::places::{Address, Found, Gazetteer, country, postal_key, state, state_of_zip};
use std::collections::BTreeMap;

/// Fewer distinct addresses than this are looked up by one thread.
const MANY: usize = 4_096;
/// So many texts that no table knows are named.
const NAMED: usize = 10;

/// Where the rows of some files are, as far as their addresses tell.
#[derive(Debug)]
pub(super) struct Addresses<'a> {
    combined: Combined<'a>,
    found: Vec<Found>,
}

impl<'a> Addresses<'a> {
    /// Looks the rows up whose place is not known already; `clues` are their columns of countries, states and
    /// postal codes.
    pub fn read(
        sheets: &Sheets<'a>,
        clues: &Clues<'a>,
        is_known: impl Fn(usize) -> bool,
        gazetteer: &Gazetteer,
        home: Option<Country>,
    ) -> Self {
        let rows = sheets.rows();
        if (0..rows).all(&is_known) {
            return Self {
                combined: combine(&[], rows),
                found: vec![gazetteer.find(&Address::default(), None)],
            };
        }
        let [street, city] = ["street", "city"].map(|field| sheets.code(&sheets.field(field)));
        let Clues {
            countries,
            states,
            postal_codes,
        } = clues.clone();
        let mut columns = [street, city, states, postal_codes, countries];
        forget(&mut columns, (0..rows).filter(|row| is_known(*row)));
        leave_streets_out(&mut columns);
        let combined = combine(&columns, rows);
        let found = find_all(&combined.texts, gazetteer, home);
        Self { combined, found }
    }

    /// What the tables know of a row's address.
    pub fn found(&self, row: usize) -> &Found {
        &self.found[self.combined.codes[row] as usize]
    }

    /// Where a row is.
    pub fn place(&self, row: usize) -> Place {
        self.found(row).place
    }

    /// What is to be said of some rows' addresses.
    pub fn placing(&self, rows: impl Iterator<Item = usize>) -> Placing {
        let mut counts = vec![0_u64; self.found.len()];
        for row in rows {
            counts[self.combined.codes[row] as usize] += 1;
        }
        let [mut missed, mut namesakes, mut torn] = [const { BTreeMap::<String, u64>::new() }; 3];
        for ((found, count), texts) in self.found.iter().zip(counts).zip(&self.combined.texts) {
            if count == 0 {
                continue;
            }
            if let Some(text) = &found.missed {
                *missed.entry(text.clone()).or_default() += count;
            }
            if is_torn(found.country, texts) {
                *torn.entry(format!("{} {}", texts[2], texts[3])).or_default() += count;
            }
            if found.namesakes > 0 {
                *namesakes.entry(texts[1].to_owned()).or_default() += count;
            }
        }
        Placing {
            missed_leads: missed.values().sum(),
            missed: commonest(missed),
            torn_leads: torn.values().sum(),
            torn: commonest(torn),
            namesake_leads: namesakes.values().sum(),
            namesakes: commonest(namesakes),
        }
    }
}

/// Places the reps whose own cells give no latitude and longitude; names those whom no table knows.
///
/// With `zones` those who name no time zone get that of their place. The country of each, if it is known.
pub(super) fn place_reps<'a>(
    reps: &mut Reps,
    sheets: &Sheets<'a>,
    clues: &Clues<'a>,
    gazetteer: &Gazetteer,
    home: Option<Country>,
    zones: bool,
    notes: &mut Vec<Note>,
) -> Vec<Option<Country>> {
    let exact: Vec<_> = reps.list.iter().map(|rep| rep.place.degrees).collect();
    let addresses = Addresses::read(sheets, clues, |row| exact[row].is_some(), gazetteer, home);
    if zones {
        let zones = PlaceZones::find(sheets, &addresses, gazetteer, |row| exact[row]);
        let zones = zones.coded();
        for (row, rep) in reps.list.iter_mut().enumerate() {
            rep.zone = rep.zone.take().or_else(|| zone(zones.text(row)));
        }
        let rows: Vec<usize> = (0..exact.len()).collect();
        fill_time_zones(&mut reps.frame, &zones, &rows);
    }
    let column = sheets.field("country");
    let named = sheets.texts(&column).map(country);
    let of_address = |(row, named): (usize, Option<Country>)| named.or_else(|| addresses.found(row).country);
    let countries = named.enumerate().map(of_address).collect();
    let mut lost = Vec::new();
    let inexact = |(row, _): &(usize, &mut Rep)| exact[*row].is_none();
    for (row, rep) in reps.list.iter_mut().enumerate().filter(inexact) {
        let found = addresses.found(row);
        rep.place = found.place;
        if let (Some(text), None) = (&found.missed, found.place.measurable()) {
            lost.push(format!("{} (`{text}`)", rep.name));
        }
    }
    if !lost.is_empty() {
        let rest = match lost.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        lost.truncate(NAMED);
        notes.push(Note::warning(format!(
            "reps whose address no table of places knows to the city: {}{rest}",
            lost.join(", ")
        )));
    }
    countries
}

/// Empties the cells of some rows.
fn forget(columns: &mut [Coded<'_>], rows: impl Iterator<Item = usize>) {
    for row in rows {
        for column in columns.iter_mut() {
            column.codes[row] = 0;
        }
    }
}

/// Streets tell a place only where they hold the whole address; else they would make nearly every row's
/// address one of its own.
fn leave_streets_out(columns: &mut [Coded<'_>; 5]) {
    let [street, city, state, postal_code, _] = columns;
    for (row, code) in street.codes.iter_mut().enumerate() {
        if city.codes[row] != 0 || state.codes[row] != 0 || postal_code.codes[row] != 0 {
            *code = 0;
        }
    }
}

fn find_all(texts: &[Vec<&str>], gazetteer: &Gazetteer, home: Option<Country>) -> Vec<Found> {
    let find = |texts: &Vec<&str>| {
        gazetteer.find(
            &Address {
                street: texts[0],
                city: texts[1],
                state: texts[2],
                postal_code: texts[3],
                country: texts[4],
            },
            // An address without any text is nowhere, whatever the country of the others.
            home.filter(|_| texts.iter().any(|text| !text.is_empty())),
        )
    };
    side_by_side::each(texts, MANY, find)
}

/// Tells whether an American address names one state and a postal code of another.
fn is_torn(country: Option<Country>, texts: &[&str]) -> bool {
    if country != Some(Country(*b"US")) || texts.get(2..4).is_none_or(|texts| texts.contains(&"")) {
        return false;
    }
    let by_code = state_of_zip(&postal_key(country, texts[3]));
    match (state(country, texts[2]), by_code) {
        (Some(named), Some(by_code)) => named != by_code,
        _ => false,
    }
}

/// The commonest texts, the most leads first, then by the alphabet.
fn commonest(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut all: Vec<(String, u64)> = counts.into_iter().collect();
    all.sort_by(|(one, count), (other, of_other)| of_other.cmp(count).then_with(|| one.cmp(other)));
    all.truncate(NAMED);
    all
}

#[cfg(test)]
#[path = "addresses_tests.rs"]
mod tests;
