//! An area as territory items describe it: a country, a state, a postal prefix or range.

use crate::model::{Country, State};
use crate::places;
use crate::rules::location::{Home, Location};

/// Postal codes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Postal {
    /// All that begin so.
    Prefix(String),
    /// All whose first characters are between two texts of one length, both included.
    Range(String, String),
    /// One.
    Exact(String),
}

impl Postal {
    fn holds(&self, code: &str) -> bool {
        match self {
            Self::Prefix(prefix) => code.starts_with(prefix.as_str()),
            Self::Range(from, to) => code
                .get(..from.len())
                .is_some_and(|start| (from.as_str()..=to.as_str()).contains(&start)),
            Self::Exact(exact) => code == exact,
        }
    }
}

/// An area: all that it says must hold of a location.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Area {
    /// Its country.
    pub country: Option<Country>,
    /// Its state.
    pub state: Option<State>,
    /// Its postal codes.
    pub postal: Option<Postal>,
}

impl Area {
    /// Tells whether a location is known to lie in the area. A postal code without a country is taken to
    /// be of the area's country.
    pub fn holds(&self, location: &Location) -> bool {
        let assumed = self.postal.is_some();
        let country = self.country.is_none_or(|country| match location.country {
            Some(own) => own == country,
            None => assumed,
        });
        country
            && self
                .state
                .as_ref()
                .is_none_or(|state| location.state.as_ref() == Some(state))
            && self
                .postal
                .as_ref()
                .is_none_or(|postal| location.postal.as_ref().is_some_and(|code| postal.holds(code)))
    }

    /// The area in words, for notes.
    pub fn words(&self) -> String {
        let state = self
            .state
            .as_ref()
            .map(|state| format!("state {}-{}", state.country, state.code));
        let postal = self.postal.as_ref().map(|postal| match postal {
            Postal::Prefix(prefix) => format!("postal codes from {prefix}"),
            Postal::Range(from, to) => format!("postal codes {from} to {to}"),
            Postal::Exact(code) => format!("postal code {code}"),
        });
        let country = self
            .country
            .filter(|_| state.is_none())
            .map(|country| format!("country {country}"));
        let words: Vec<String> = [postal, state, country].into_iter().flatten().collect();
        words.join(" in ")
    }
}

/// How an item was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The area.
    pub area: Area,
    /// Another area that it could have been.
    pub instead_of: Option<Area>,
}

/// Reads an item; `home` is that of the leads. `None` where nothing knows it.
///
/// A bare two-letter code is a state of the leads' country if it has one, else a country.
pub fn read(item: &str, home: Home) -> Option<Reading> {
    let item = item.trim();
    let sure = |area| {
        Some(Reading {
            area,
            instead_of: None,
        })
    };
    if let Some((code, rest)) = explicit(item) {
        if let Some(state) = places::state(Some(code), rest).filter(|_| !rest.ends_with('*')) {
            return sure(of_state(state));
        }
        if let Some(postal) = postal(rest, Some(code)) {
            return sure(of_postal(postal, Some(code)));
        }
    }
    let own_state = home
        .most
        .and_then(|country| places::state(Some(country), item))
        .map(of_state);
    let named_country = places::country(item).map(|country| Area {
        country: Some(country),
        ..Area::default()
    });
    match (own_state, named_country) {
        (Some(area), instead_of) => Some(Reading { area, instead_of }),
        (None, Some(area)) => Some(Reading {
            area,
            instead_of: places::state(None, item).map(of_state),
        }),
        (None, None) => match postal(item, home.only) {
            Some(postal) => sure(of_postal(postal, home.only)),
            None => sure(of_state(
                places::explicit_state(item).or_else(|| places::state(None, item))?,
            )),
        },
    }
}

fn of_state(state: State) -> Area {
    Area {
        country: Some(state.country),
        state: Some(state),
        postal: None,
    }
}

fn of_postal(postal: Postal, country: Option<Country>) -> Area {
    Area {
        country,
        state: None,
        postal: Some(postal),
    }
}

/// A country's code and what follows its dash, as in `US-CA` and `DE-80*`.
fn explicit(item: &str) -> Option<(Country, &str)> {
    let (code, rest) = item.split_once('-')?;
    let letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    letters
        .then(|| places::country(code))
        .flatten()
        .map(|country| (country, rest.trim()))
}

/// Reads `902*`, `90000-93599` or `90210`; each holds a digit.
pub fn postal(text: &str, country: Option<Country>) -> Option<Postal> {
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let plain = |text: &str| -> String {
        let kept = text.chars().filter(char::is_ascii_alphanumeric);
        kept.map(|letter| letter.to_ascii_uppercase()).collect()
    };
    if let Some(prefix) = text.strip_suffix('*') {
        return has_digit(prefix).then(|| Postal::Prefix(plain(prefix)));
    }
    if let Some((from, to)) = text.split_once(['-', '–']) {
        let (from, to) = (plain(from), plain(to));
        if has_digit(&from) && has_digit(&to) && from.len() == to.len() && from <= to {
            return Some(Postal::Range(from, to));
        }
    }
    let letters = text
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || " -".contains(letter));
    (has_digit(text) && letters).then(|| Postal::Exact(places::postal_key(country, text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const US: Country = Country(*b"US");

    fn at_home(country: Country) -> Home {
        Home {
            only: Some(country),
            most: Some(country),
        }
    }

    #[test]
    fn among_many_countries_bare_codes_are_of_the_one_that_most_leads_name() {
        let home = Home {
            only: None,
            most: Some(US),
        };
        assert_eq!(read("VA", home).unwrap().area.words(), "state US-VA");
        assert_eq!(read("75*", home).unwrap().area.words(), "postal codes from 75");
    }

    fn check(item: &str, country: Option<Country>, expected: &str) {
        let home = Home {
            only: country,
            most: country,
        };
        let words = read(item, home).map_or_else(|| "nothing".to_owned(), |reading| reading.area.words());
        assert_eq!(words, expected, "{item}");
    }

    #[test]
    fn a_bare_code_is_a_state_of_the_leads_country_if_it_has_one() {
        check("CA", Some(US), "state US-CA");
        check("CA", Some(Country(*b"GB")), "country CA");
        check("CA", None, "country CA");
        check("DE", Some(Country(*b"FR")), "country DE");
        assert!(read("CA", at_home(US)).unwrap().instead_of.is_some());
        assert!(read("TX", at_home(US)).unwrap().instead_of.is_none());
    }

    #[test]
    fn a_code_with_its_country_leaves_no_doubt() {
        check("US-CA", None, "state US-CA");
        check("US-CA", Some(Country(*b"GB")), "state US-CA");
        check("DE-80*", Some(US), "postal codes from 80 in country DE");
    }

    #[test]
    fn postal_items_are_prefixes_ranges_or_codes() {
        check("902*", Some(US), "postal codes from 902 in country US");
        check("90000-93599", None, "postal codes 90000 to 93599");
        check("90210", Some(US), "postal code 90210 in country US");
        check("SW1A*", None, "postal codes from SW1A");
        check("Atlantis", Some(US), "nothing");
    }

    #[test]
    fn names_are_known_in_full() {
        check("California", None, "state US-CA");
        check("Germany", Some(US), "country DE");
    }

    #[test]
    fn ranges_and_prefixes_hold_what_lies_in_them() {
        let at = |postal: &str| Location {
            country: Some(US),
            state: None,
            postal: Some(postal.into()),
        };
        let range = read("90000-93599", at_home(US)).unwrap().area;
        assert!(range.holds(&at("90000")) && range.holds(&at("93599")));
        assert!(!range.holds(&at("93600")) && !range.holds(&at("9")));
        let prefix = read("902*", at_home(US)).unwrap().area;
        assert!(prefix.holds(&at("90210")) && !prefix.holds(&at("90310")));
        let abroad = Location {
            country: Some(Country(*b"DE")),
            ..at("90210")
        };
        assert!(!prefix.holds(&abroad));
    }
}
