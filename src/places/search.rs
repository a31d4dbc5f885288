//! The order of a search: postal code, city, state, country; and the country where an address names none.

use super::city_search::{self, Bounds, Chosen};
use super::countries::country;
use super::divisions::{CountryIndex, Spot, StateIndex};
use super::lazy::Tables;
use super::postal::countries_of_postal;
use super::postal_search;
use super::states::{countries_of_state, explicit_state, state_code};
use crate::model::{Confidence, Country};

/// What an address says, told apart by cell; what it does not say is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said<'a> {
    pub postal_code: &'a str,
    pub city: &'a str,
    pub state: &'a str,
    pub country: Option<Country>,
    /// Whether a city may be found under a part of its text.
    pub loose: bool,
}

/// Where an address is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    pub spot: Option<Spot>,
    pub confidence: Confidence,
    pub country: Option<Country>,
    pub namesakes: u32,
}

impl Answer {
    /// No place, with the country if that is known.
    pub fn none(country: Option<Country>) -> Self {
        Self {
            spot: None,
            confidence: Confidence::None,
            country,
            namesakes: 0,
        }
    }

    fn at(spot: Spot, confidence: Confidence, country: Country) -> Self {
        Self {
            spot: Some(spot),
            confidence,
            country: Some(country),
            namesakes: 0,
        }
    }

    fn city(chosen: Chosen, country: Country) -> Self {
        Self {
            namesakes: chosen.namesakes,
            ..Self::at(chosen.city.spot, Confidence::City, country)
        }
    }

    /// Tells whether the place is known well enough to measure from.
    pub fn is_good(&self) -> bool {
        self.confidence <= Confidence::City
    }
}

/// Where states go by letters and stand without the country.
const BY_LETTERS: [Country; 3] = [Country(*b"US"), Country(*b"CA"), Country(*b"AU")];

/// The least size of a city that is taken to be meant without any hint of its country: 100,000 people.
const KNOWN_ABROAD: u8 = 41 + 132;

/// Finds what an address says, in its country, else in `home`, else where its words point.
pub(super) fn find(tables: &Tables, said: &Said<'_>, home: Option<Country>) -> Answer {
    if let Some(country) = said.country {
        return within(tables, country, said);
    }
    let pointed = pointed_to(said, home);
    if let Some(country) = pointed {
        let answer = within(tables, country, said);
        if answer.is_good() || home.is_none() {
            return answer;
        }
    }
    let anywhere = || city(tables, said, bounds_of_states(tables, said));
    let abroad = |chosen: Chosen| {
        let answer = within(tables, tables.divisions().code(chosen.city.country), said);
        // Its namesakes in all countries count where nothing but its size told the country.
        let namesakes = if answer.confidence == Confidence::City {
            chosen.namesakes
        } else {
            0
        };
        Answer { namesakes, ..answer }
    };
    match home {
        Some(home) => {
            let answer = within(tables, home, said);
            if answer.is_good() || !(said.state.is_empty() || answer.confidence == Confidence::Country) {
                return answer;
            }
            anywhere()
                .filter(|chosen| chosen.city.size >= KNOWN_ABROAD)
                .map_or(answer, abroad)
        }
        None => anywhere().map_or_else(|| by_letters(tables, said), abroad),
    }
}

/// A code or state in the first country where states go by letters that has both.
fn by_letters(tables: &Tables, said: &Said<'_>) -> Answer {
    let countries = countries_of_state(said.state)
        .into_iter()
        .filter(|country| BY_LETTERS.contains(country));
    let mut answers = countries.map(|country| within(tables, country, said));
    answers.find(Answer::is_good).unwrap_or(Answer::none(None))
}

fn city(tables: &Tables, said: &Said<'_>, bounds: Bounds) -> Option<Chosen> {
    let whole = city_search::whole(tables, said.city, bounds);
    whole.or_else(|| {
        if said.loose {
            city_search::part(tables, said.city, bounds)
        } else {
            None
        }
    })
}

/// The country that state or postal code point to, where that is not `home`.
fn pointed_to(said: &Said<'_>, home: Option<Country>) -> Option<Country> {
    let known_at_home = home.is_some_and(|home| state_code(Some(home), said.state).is_some());
    if !said.state.is_empty() && !known_at_home {
        let named = explicit_state(said.state).map(|state| state.country);
        if let Some(country) = named.or_else(|| state_code(None, said.state).map(|(country, _)| country)) {
            return Some(country);
        }
    }
    match countries_of_postal(said.postal_code) {
        [only] if home != Some(*only) => Some(*only),
        _ => None,
    }
}

/// Without a country, a state of several countries still tells that the city is in one of them.
fn bounds_of_states(tables: &Tables, said: &Said<'_>) -> Bounds {
    let countries = countries_of_state(said.state);
    let found = countries.into_iter().find_map(|country| {
        let bounds = bounds(tables, country, said.state)?;
        bounds.state?;
        city(tables, said, bounds).filter(|chosen| chosen.city.state == bounds.state)?;
        Some(bounds)
    });
    found.unwrap_or_default()
}

/// The country and state that a state's cell tells within a country.
pub(super) fn bounds(tables: &Tables, country: Country, state: &str) -> Option<Bounds> {
    let divisions = tables.divisions();
    let index = divisions.country(country)?;
    Some(Bounds {
        country: Some(index),
        state: state_of(tables, index, country, state),
    })
}

/// The state that a cell names in a country: `CA`, `California`, `US-CA`, `CA - California`, `California, USA`.
fn state_of(tables: &Tables, index: CountryIndex, country: Country, text: &str) -> Option<StateIndex> {
    if text.is_empty() {
        return None;
    }
    let code = |text: &str| state_code(Some(country), text).map(|(_, code)| code);
    let part = || {
        text.split([',', '-', '(', '/'])
            .find_map(|part| code(part.trim()))
    };
    let code = code(text).or_else(part)?;
    tables.divisions().state(index, code)
}

/// Finds what an address says in a country.
pub(super) fn within(tables: &Tables, country: Country, said: &Said<'_>) -> Answer {
    if let Some(spot) = tables.postal_code(country, said.postal_code) {
        return Answer::at(spot, Confidence::Postal, country);
    }
    let Some(Bounds {
        country: Some(index),
        state,
    }) = bounds(tables, country, said.state)
    else {
        return Answer::none(Some(country));
    };
    let bounds = Bounds {
        country: Some(index),
        state,
    };
    if let Some(chosen) = city(tables, said, bounds) {
        return Answer::city(chosen, country);
    }
    let codes = tables.codes(country);
    if let Some(spot) = codes.and_then(|codes| postal_search::town(codes, country, said.postal_code)) {
        return Answer::at(spot, Confidence::City, country);
    }
    let divisions = tables.divisions();
    match state {
        Some(state) => Answer::at(divisions.state_spot(index, state), Confidence::State, country),
        None => Answer::at(divisions.country_spot(index), Confidence::Country, country),
    }
}

/// The country that a cell names, also with words around it: `USA (East)`, `Germany, EU`.
pub(super) fn country_of(text: &str) -> Option<Country> {
    country(text).or_else(|| text.split([',', '(', '/', '-']).find_map(country))
}

/// Tells whether a text is a state of a country where states go by letters and stand without the country.
pub(super) fn is_known_state(text: &str) -> bool {
    BY_LETTERS
        .into_iter()
        .any(|country| state_code(Some(country), text).is_some())
}
