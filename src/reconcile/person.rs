//! Names of persons: order, initials, titles, middle names and short forms.

use super::nicknames;
use super::similar::{Nearness, nearness, within_typing_error};
use crate::places::ascii;

/// A name as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PersonName {
    /// Its words in lower case, the given name first.
    pub words: Vec<String>,
}

/// Words that are no part of a name.
#[rustfmt::skip]
const TITLES: &[&str] = &[
    "dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "herr", "frau", "hr", "fr", "mme", "mlle",
    "m", "sr", "sra", "srta", "sig", "dott", "dipl", "ing", "mag", "med", "sir", "dame", "lord", "lady",
    "rev", "hon", "capt", "col", "lt", "maj", "gen", "jr", "snr", "jnr", "ii", "iii", "iv", "phd", "md",
    "mba", "cpa", "esq", "dds", "dvm", "bsc", "msc", "ba", "ma", "pe", "rn",
];

/// Words before a family name that belong to it.
const PARTICLES: &[&str] = &[
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "al", "el", "bin",
    "ibn", "ten", "ter", "zu", "zum", "zur",
];

/// So many words are looked at.
const MOST_WORDS: usize = 6;

impl PersonName {
    /// Reads a name; none where nothing is left of it.
    pub fn read(text: &str) -> Option<Self> {
        let (text, turned) = match text.split_once(',') {
            // `Lee, Ann`, but not `Ann Lee, PhD`.
            Some((family, given)) if words(given).any(|word| !is_title(&word)) => (given, Some(family)),
            Some((name, _)) => (name, None),
            None => (text, None),
        };
        let all: Vec<String> = words(text).chain(words(turned.unwrap_or_default())).collect();
        let mut kept: Vec<String> = all.iter().filter(|word| !is_title(word)).cloned().collect();
        if kept.is_empty() {
            kept = all;
        }
        kept.truncate(MOST_WORDS);
        (!kept.is_empty()).then_some(Self { words: kept })
    }

    fn given(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    fn family(&self) -> &str {
        self.words.last().map_or("", String::as_str)
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let text = ascii(text).to_lowercase();
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '\'' && letter != '`')
        .map(|word| word.replace(['\'', '`'], ""))
        .filter(|word| !word.is_empty())
        .collect();
    words.into_iter()
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

/// Holds two names against each other.
pub(super) fn compare(left: &PersonName, right: &PersonName) -> Nearness {
    if left.words == right.words {
        return Nearness::Equal;
    }
    let (given, family) = (
        given_names(left.given(), right.given()),
        nearness(left.family(), right.family()),
    );
    let turned = left.given() == right.family() && left.family() == right.given();
    match (left.words.len(), right.words.len()) {
        // One word alone is a given or a family name.
        (1, _) | (_, 1) => {
            let (short, long) = if left.words.len() == 1 {
                (left, right)
            } else {
                (right, left)
            };
            let word = short.given();
            if long.words.iter().any(|other| within_typing_error(word, other)) {
                Nearness::Similar
            } else {
                Nearness::Different
            }
        }
        _ if turned => Nearness::Equal,
        _ => match (given, family) {
            (Nearness::Equal, Nearness::Equal) => Nearness::Equal,
            (Nearness::Equal | Nearness::Similar, Nearness::Equal | Nearness::Similar) => Nearness::Similar,
            _ if share_family(left, right) && given != Nearness::Different => Nearness::Similar,
            // A family name may change by marriage, and compound ones are cut.
            (Nearness::Equal, _) => Nearness::Unclear,
            _ => Nearness::Different,
        },
    }
}

/// Tells whether one's family name is among the other's words: `García Márquez` and `García`.
fn share_family(left: &PersonName, right: &PersonName) -> bool {
    let holds = |of: &PersonName, word: &str| {
        !PARTICLES.contains(&word) && of.words[1..].iter().any(|other| other == word)
    };
    holds(left, right.family()) || holds(right, left.family())
}

fn given_names(left: &str, right: &str) -> Nearness {
    if left == right {
        return Nearness::Equal;
    }
    let initial = |short: &str, long: &str| short.len() == 1 && long.starts_with(short);
    if initial(left, right) || initial(right, left) || nicknames::same(left, right) {
        return Nearness::Similar;
    }
    nearness(left, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: Nearness) {
        let read = |text| PersonName::read(text).unwrap_or_default();
        assert_eq!(compare(&read(left), &read(right)), expected, "{left} and {right}");
        assert_eq!(compare(&read(right), &read(left)), expected, "{right} and {left}");
    }

    #[test]
    fn order_titles_case_and_middle_names_do_not_count() {
        for other in [
            "ANN LEE",
            "Lee, Ann",
            "Dr. Ann Lee",
            "Ann Lee, PhD",
            "Lee, Dr. Ann",
            "Ann M. Lee",
            "Lee Ann",
            "Änn Lee",
        ] {
            check("Ann Lee", other, Nearness::Equal);
        }
    }

    #[test]
    fn initials_short_forms_and_typing_errors_are_similar() {
        check("Ann Lee", "A. Lee", Nearness::Similar);
        check("Robert Smith", "Bob Smith", Nearness::Similar);
        check("Robert Smith", "Robert Smtih", Nearness::Similar);
        check("Gabriel García Márquez", "Gabriel García", Nearness::Similar);
        check("Ann Lee", "Lee", Nearness::Similar);
    }

    #[test]
    fn other_persons_are_different() {
        check("Ann Lee", "Bob Lee", Nearness::Different);
        check("Ann Lee", "Carl Smith", Nearness::Different);
        check("Ann Lee", "Carl", Nearness::Different);
        check("Jan de Vries", "Piet de Boer", Nearness::Different);
        check("Ann Lee", "Ann Smith", Nearness::Unclear);
    }
}
