//! States (first-level divisions) by code or name.

use super::countries::{country, from_code};
use super::spelling::key;
use crate::model::{Country, State};
use std::collections::HashMap;
use std::sync::OnceLock;

static TABLE: &str = include_str!("tables/states.csv");

/// For a key the countries that have such a state, with its code, in order of the countries' codes.
fn table() -> &'static HashMap<&'static str, Vec<(Country, &'static str)>> {
    static STATES: OnceLock<HashMap<&str, Vec<(Country, &str)>>> = OnceLock::new();
    STATES.get_or_init(|| {
        let mut states: HashMap<_, Vec<_>> = HashMap::new();
        for (country, code, key) in TABLE.lines().skip(1).filter_map(entry) {
            states.entry(key).or_default().push((country, code));
        }
        states
    })
}

fn entry(line: &'static str) -> Option<(Country, &'static str, &'static str)> {
    let mut cells = line.split(',');
    Some((from_code(cells.next()?)?, cells.next()?, cells.next()?))
}

/// The state that a text names, by code or name, in a country; without one, in the only country that has it.
pub fn state(country: Option<Country>, text: &str) -> Option<State> {
    let (country, code) = state_code(country, text)?;
    Some(State {
        country,
        code: code.to_owned(),
    })
}

/// The same as [`state`], as the state's country and code.
pub(super) fn state_code(country: Option<Country>, text: &str) -> Option<(Country, &'static str)> {
    let found = table().get(key(text).as_str())?;
    match country {
        Some(country) => found.iter().find(|(of, _)| *of == country).copied(),
        None if found.len() == 1 => Some(found[0]),
        None => None,
    }
}

/// The countries that have a state of this code or name, in order of their codes.
pub fn countries_of_state(text: &str) -> Vec<Country> {
    let found = table().get(key(text).as_str());
    found.map_or_else(Vec::new, |states| {
        states.iter().map(|(country, _)| *country).collect()
    })
}

/// The state that a text such as `US-CA` names with its country.
pub fn explicit_state(text: &str) -> Option<State> {
    let (of, name) = text.trim().split_once('-')?;
    if of.len() != 2 {
        return None;
    }
    state(Some(country(of)?), name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(of: &str, text: &str, expected: &str) {
        let found = state(country(of), text)
            .map_or_else(String::new, |state| format!("{}-{}", state.country, state.code));
        assert_eq!(found, expected, "{text} in `{of}`");
    }

    #[test]
    fn a_state_is_known_by_letters_and_by_name() {
        check("US", "CA", "US-CA");
        check("US", "california", "US-CA");
        check("US", "Calif.", "US-CA");
        check("US", "Washington, D.C.", "US-DC");
        check("CA", "Québec", "CA-QC");
        check("AU", "n.s.w.", "AU-NSW");
        check("DE", "Bayern", "DE-02");
        check("US", "Puerto Rico", "US-PR");
    }

    #[test]
    fn without_a_country_only_an_unmistakable_state_is_known() {
        check("", "Ontario", "CA-ON");
        check("", "TX", "US-TX");
        check("", "WA", "");
        check("", "Bavaria", "DE-02");
    }

    #[test]
    fn a_state_of_another_country_is_not_known() {
        check("DE", "California", "");
        check("US", "", "");
    }

    #[test]
    fn a_country_before_the_state_settles_it() {
        assert_eq!(explicit_state("US-WA"), state(country("US"), "WA"));
        assert_eq!(explicit_state("AU-WA"), state(country("AU"), "WA"));
        assert_eq!(explicit_state("Baden-Baden"), None);
        assert_eq!(explicit_state("WA"), None);
    }

    #[test]
    fn every_line_of_the_table_is_an_entry() {
        assert!(TABLE.lines().skip(1).all(|line| entry(line).is_some()));
    }
}
