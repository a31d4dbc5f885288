//! Where leads are in the words of territories: country, state and postal code in one spelling each.

use super::keys::Keys;
use super::words;
use crate::model::{Batch, Country, Frame, State, Value};
use crate::places;
use std::cmp::Reverse;
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

    /// Reads the cells of a row; an American postal code tells its state where no cell does.
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
        let postal = (!postal_text.is_empty())
            .then(|| places::postal_key(country, &postal_text))
            .filter(|key| !key.is_empty());
        // A cell that names a state counts, even one that nothing knows.
        let by_zip = |key: &String| places::state_of_zip(key);
        let is_american = country == Some(Country(*b"US")) && state_text.is_empty();
        let state = state.or_else(|| postal.as_ref().filter(|_| is_american).and_then(by_zip));
        Self {
            country,
            state,
            postal,
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

/// The countries in which places that name none are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// Of leads without a country, and of postal codes: that of the rules or files, or the only one that
    /// leads name.
    pub only: Option<Country>,
    /// Of bare codes and names of states: the only one, or the one that most leads name.
    pub most: Option<Country>,
}

impl Home {
    /// Finds the countries of a batch's leads.
    pub fn of(batch: &Batch) -> Self {
        let frame = &batch.leads.frame;
        let (keys, rows) = Keys::of_columns(frame, ["country"]);
        let mut counts: BTreeMap<Country, u64> = BTreeMap::new();
        for (row, size) in rows.into_iter().zip(keys.sizes()) {
            let country = places::country(&words::text(frame.value("country", row)));
            if let Some(country) = country {
                *counts.entry(country).or_default() += size;
            }
        }
        let first = counts.keys().next().copied().filter(|_| counts.len() == 1);
        let only = batch.country.or(first);
        let most = counts
            .iter()
            .max_by_key(|(country, count)| (**count, Reverse(**country)));
        Self {
            only,
            most: only.or(most.map(|(country, _)| *country)),
        }
    }
}
