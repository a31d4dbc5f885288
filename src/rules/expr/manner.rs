//! How texts compare: without case, as ids, as states, countries or time zones.

use super::datum::Datum;
use super::zone;
use crate::model::{AsOf, Country, State};
use crate::places;
use std::sync::Arc;

/// How two texts compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// Without regard to case and surrounding blanks.
    Folded,
    /// To the letter; Salesforce ids of 15 characters equal those of 18.
    Id,
    /// In every spelling of a state that is recognised.
    State,
    /// In every spelling of a country that is recognised.
    Country,
    /// By the zone's offset at as-of.
    Zone,
}

impl Manner {
    /// The manner that a field brings with it.
    pub fn of_field(name: &str) -> Option<Self> {
        match name {
            "id" => Some(Self::Id),
            "state" => Some(Self::State),
            "country" => Some(Self::Country),
            "time_zone" => Some(Self::Zone),
            _ => None,
        }
    }
}

/// The settings that give texts their meaning.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// The country of states whose own row names none.
    pub country: Option<Country>,
    /// The moment at which zones are compared.
    pub as_of: AsOf,
}

impl Setting {
    /// A text, or each text of a list, in the form in which equal ones are equal. `country` is the cell
    /// beside a state, if there is one.
    pub fn canonical(&self, manner: Manner, datum: &Datum, country: Option<&Datum>) -> Datum {
        match datum {
            Datum::Text(text) => self.canonical_text(manner, text, country),
            Datum::List(items) => {
                let items = items.iter().map(|item| self.canonical(manner, item, country));
                Datum::List(items.collect())
            }
            other => other.clone(),
        }
    }

    /// A text in the form in which equal ones are equal.
    pub fn canonical_text(&self, manner: Manner, text: &str, country: Option<&Datum>) -> Datum {
        let canonical = match manner {
            Manner::Folded => fold(text),
            Manner::Id => widened(text.trim()),
            Manner::Country => match places::country(text.trim()) {
                Some(country) => format!("\u{1}{country}"),
                None => fold(text),
            },
            Manner::Zone => match zone::offset(text, &self.as_of) {
                Some(seconds) => format!("\u{1}{seconds}"),
                None => fold(text),
            },
            Manner::State => {
                let own = match country {
                    Some(Datum::Text(country)) => places::country(country),
                    _ => None,
                };
                return Datum::Spot(Arc::new(Spot::new(text, own, self.country)));
            }
        };
        Datum::Text(canonical.into())
    }
}

/// A text that should name a state, with what is known of its country.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    /// The text, folded.
    pub text: String,
    /// The country that its own row names.
    country: Option<Country>,
    /// The state, where the text names one in that country or else in the usual one.
    state: Option<State>,
}

impl Spot {
    fn new(text: &str, own: Option<Country>, usual: Option<Country>) -> Self {
        let state = match own.or(usual) {
            Some(country) => places::state(Some(country), text.trim()),
            None => None,
        };
        Self {
            state: state.or_else(|| places::state(None, text.trim())),
            text: fold(text),
            country: own,
        }
    }

    /// Tells whether two texts name one state. A text whose row names no country, such as one in a rule,
    /// is read in the country of the other.
    pub fn same(&self, other: &Self) -> bool {
        let (one, two) = (self.beside(other), other.beside(self));
        match (one, two) {
            (Some(one), Some(two)) => one == two,
            _ => self.text == other.text,
        }
    }

    fn beside(&self, other: &Self) -> Option<State> {
        let theirs = other.country.or(other.state.as_ref().map(|state| state.country));
        match (self.country, theirs) {
            (None, Some(country)) if self.state.is_none() || other.country.is_some() => {
                places::state(Some(country), &self.text).or_else(|| self.state.clone())
            }
            _ => self.state.clone(),
        }
    }
}

/// A text without surrounding blanks and in one case, so that texts that differ in neither are equal.
pub fn fold(text: &str) -> String {
    let text = text.trim();
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .collect()
}

/// A Salesforce id of 15 characters with the three that tell the case of its letters; any other text as it is.
fn widened(id: &str) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let mut wide = id.to_owned();
    if id.len() == 15 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        for five in id.as_bytes().chunks(5) {
            let upper = (0..5).filter(|&at| five[at].is_ascii_uppercase());
            let bits: usize = upper.map(|at| 1 << at).sum();
            wide.push(char::from(LETTERS[bits]));
        }
    }
    wide
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_forgets_case_and_surrounding_blanks_in_every_alphabet() {
        for (one, other) in [
            ("Hot", "  hOT\u{a0}"),
            ("STRASSE", "straße"),
            ("ΟΔΟΣ", "οδος"),
            ("ÉCOLE", "école"),
            ("", " "),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_ne!(fold("a b"), fold("ab"));
    }

    #[test]
    fn salesforce_ids_widen_to_eighteen_characters() {
        for (id, expected) in [
            ("0014000000rMPzF", "0014000000rMPzFAAW"),
            ("003D000000QYoTz", "003D000000QYoTzIAL"),
            ("0014000000rMPzFAAW", "0014000000rMPzFAAW"),
            ("lead-0000000001", "lead-0000000001"),
            ("7", "7"),
        ] {
            assert_eq!(widened(id), expected, "{id}");
        }
    }
}
