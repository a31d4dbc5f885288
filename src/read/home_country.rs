//! The country of places that name none: the one that a whole file agrees with.

use super::coding::Coded;
use crate::model::{Country, Note};
use crate::places::{countries_of_postal, countries_of_state, country};
use std::collections::BTreeSet;

/// The columns of a file that tell its country.
#[derive(Clone, Debug, Default)]
pub(super) struct Clues<'a> {
    pub countries: Coded<'a>,
    pub states: Coded<'a>,
    pub postal_codes: Coded<'a>,
}

impl Clues<'_> {
    /// The country that every country cell names, else the one that all states fit, else the one that
    /// all postal codes fit; with the words for what agrees.
    pub fn country(&self) -> Option<(Country, &'static str)> {
        let filled = |coded: &Coded<'_>| coded.texts.len() > 1;
        if filled(&self.countries) {
            let named: BTreeSet<_> = self.countries.texts[1..]
                .iter()
                .map(|text| country(text))
                .collect();
            let only = named.first().copied().flatten().filter(|_| named.len() == 1)?;
            return Some((only, "every country cell names it"));
        }
        if filled(&self.states) {
            let fitting = common(self.states.texts[1..].iter().map(|text| countries_of_state(text)));
            if let [only] = fitting.as_slice() {
                return Some((*only, "every state is one of its states"));
            }
        }
        // Five digits alone could be anywhere, but beside nine of them they are American.
        let (five, telling): (Vec<&str>, Vec<&str>) = self
            .postal_codes
            .texts
            .iter()
            .skip(1)
            .partition(|text| is_five_digits(text));
        let fitting = common(telling.into_iter().map(|text| countries_of_postal(text).to_vec()));
        match fitting.as_slice() {
            [only] if five.is_empty() || *only == Country(*b"US") => {
                Some((*only, "every postal code has its form"))
            }
            _ => None,
        }
    }
}

fn is_five_digits(text: &str) -> bool {
    text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The countries that are in every list.
fn common(mut lists: impl Iterator<Item = Vec<Country>>) -> Vec<Country> {
    let mut left = lists.next().unwrap_or_default();
    for list in lists {
        left.retain(|country| list.contains(country));
        if left.is_empty() {
            break;
        }
    }
    left
}

/// Chooses the country of a batch: the rules', else the leads', else the roster's; says so.
pub(super) fn choose(
    given: Option<Country>,
    leads: &Clues<'_>,
    reps: &Clues<'_>,
    notes: &mut Vec<Note>,
) -> Option<Country> {
    if given.is_some() {
        return given;
    }
    let found = leads.country().map(|found| (found, "the leads"));
    let ((country, why), whose) = found.or_else(|| reps.country().map(|found| (found, "the roster")))?;
    notes.push(Note::fact(format!(
        "places of {whose} without a country are taken to be in {country}: {why}"
    )));
    Some(country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::cells::Emptiness;
    use crate::read::coding::code;

    fn check(countries: &[&'static str], states: &[&'static str], postal: &[&'static str], expected: &str) {
        let coded = |cells: &[&'static str]| code(cells.iter().copied(), &Emptiness::default());
        let clues = Clues {
            countries: coded(countries),
            states: coded(states),
            postal_codes: coded(postal),
        };
        let found = clues
            .country()
            .map_or_else(String::new, |(country, _)| country.to_string());
        assert_eq!(found, expected);
    }

    #[test]
    fn all_states_of_one_country_tell_it() {
        check(&[], &["CA", "Texas", "NY"], &[], "US");
        check(&[], &["CA", "Ontario"], &[], "");
        check(&[], &["TX", "Atlantis"], &[], "");
    }

    #[test]
    fn postal_codes_of_a_form_of_their_own_tell_it() {
        check(&[], &[], &["SW1A 1AA", "M1 1AE"], "GB");
        check(&[], &[], &["94105", "10115"], "");
        check(&[], &[], &["94105", "94105-1234"], "US");
        check(&[], &[], &["94105", "SW1A 1AA"], "");
    }

    #[test]
    fn country_cells_come_first_and_must_agree() {
        check(&["USA", "", "United States"], &["Bayern"], &[], "US");
        check(&["US", "Canada"], &["TX"], &[], "");
        check(&["Atlantis"], &["TX"], &[], "");
    }

    #[test]
    fn nothing_tells_nothing() {
        check(&[], &[], &[], "");
    }
}
