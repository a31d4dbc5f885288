//! Where leads are in the words of territories: country, state and postal code in one spelling each.

use super::keys::Keys;
use super::words;
use crate::model::{Batch, Country, Frame, State, Value};
use crate::places;
use std::collections::BTreeMap;

/// A country, state and postal code, each as far as known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Location {
    /// The country.
    pub country: Option<Country>,
    /// The state.
    pub state: Option<State>,
    /// The key of the postal code (see [`places::postal_key`]).
    pub postal: Option<String>,
}

impl Location {
    /// Tells whether none of the cells says anything.
    pub fn is_nowhere(&self) -> bool {
        self.state.is_none() && self.postal.is_none() && self.country.is_none()
    }

    /// Reads the cells of a row.
    pub fn read(country: &Value, state: &Value, postal_code: &Value, default: Option<Country>) -> Self {
        let own = places::country(&words::text(country));
        let state_text = words::text(state);
        let found = match own.or(default) {
            Some(country) if !state_text.is_empty() => places::state(Some(country), &state_text),
            _ => None,
        };
        let state = found.or_else(|| {
            let anywhere = own.is_none() && !state_text.is_empty();
            anywhere
                .then(|| places::explicit_state(&state_text).or_else(|| places::state(None, &state_text)))?
        });
        let postal_text = words::text(postal_code);
        let says_something = state.is_some() || !postal_text.is_empty();
        let country = own
            .or_else(|| state.as_ref().map(|state| state.country))
            .or(default.filter(|_| says_something));
        Self {
            country,
            state,
            postal: (!postal_text.is_empty())
                .then(|| places::postal_key(country, &postal_text))
                .filter(|key| !key.is_empty()),
        }
    }

    /// Reads the row of a frame.
    pub fn of_row(frame: &Frame, row: usize, default: Option<Country>) -> Self {
        Self::read(
            frame.value("country", row),
            frame.value("state", row),
            frame.value("postal_code", row),
            default,
        )
    }
}

/// The country that bare codes and places without a country are read in: that of the rules or files, or the
/// one that more than half of the leads that name a country name.
pub fn country_of_leads(batch: &Batch) -> Option<Country> {
    if batch.country.is_some() {
        return batch.country;
    }
    let column = batch.leads.frame.column("country")?;
    let of_value: Vec<Option<Country>> = column
        .values
        .iter()
        .map(|value| places::country(&words::text(value)))
        .collect();
    let mut counts: BTreeMap<Country, usize> = BTreeMap::new();
    for country in column.codes.iter().filter_map(|&code| of_value[code as usize]) {
        *counts.entry(country).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    counts
        .into_iter()
        .find(|(_, count)| 2 * count > all)
        .map(|(country, _)| country)
}
