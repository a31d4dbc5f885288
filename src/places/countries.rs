//! Countries by code or name.

use super::spelling::key;
use crate::model::Country;
use std::collections::HashMap;
use std::sync::OnceLock;

static TABLE: &str = include_str!("tables/countries.csv");

/// The country that a text names: a code of two or three letters, or a name in one of 32 languages.
pub fn country(text: &str) -> Option<Country> {
    static COUNTRIES: OnceLock<HashMap<&str, Country>> = OnceLock::new();
    COUNTRIES
        .get_or_init(|| TABLE.lines().skip(1).filter_map(entry).collect())
        .get(key(text).as_str())
        .copied()
}

fn entry(line: &'static str) -> Option<(&'static str, Country)> {
    let (key, code) = line.split_once(',')?;
    Some((key, from_code(code)?))
}

/// The country of a code of two upper-case letters in the tables.
pub(super) fn from_code(code: &str) -> Option<Country> {
    <[u8; 2]>::try_from(code.as_bytes()).ok().map(Country)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = country(text).map_or_else(String::new, |country| country.to_string());
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_country_is_known_by_codes_and_by_names_in_many_languages() {
        for text in ["US", "usa", "U.S.A.", "United States", "Estados Unidos", "the US"] {
            check(text, "US");
        }
        for text in ["DE", "deu", "Germany", "Deutschland", "Allemagne"] {
            check(text, "DE");
        }
        check("Österreich", "AT");
        check("UK", "GB");
        check("Korea", "KR");
    }

    #[test]
    fn what_is_no_country_is_not_guessed() {
        check("", "");
        check("Atlantis", "");
    }

    #[test]
    fn every_line_of_the_table_is_an_entry() {
        assert!(TABLE.lines().skip(1).all(|line| entry(line).is_some()));
    }
}
