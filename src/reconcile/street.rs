//! Streets: number and name, however the kind of street is written.

use super::similar::{Nearness, within_typing_error};
use crate::places::ascii;

/// A street as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Street {
    /// The words with digits, in order.
    numbers: Vec<String>,
    /// The other words, without those that every street has.
    words: Vec<String>,
}

/// Words that tell nothing, in full and cut short.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "street", "st", "str", "strasse", "avenue", "ave", "av", "avenida", "avda", "boulevard", "blvd", "bd",
    "road", "rd", "drive", "dr", "lane", "ln", "court", "ct", "place", "pl", "plaza", "platz", "square",
    "sq", "way", "weg", "parkway", "pkwy", "highway", "hwy", "circle", "cir", "terrace", "ter", "trail",
    "trl", "suite", "ste", "unit", "floor", "fl", "room", "rm", "apt", "apartment", "building", "bldg",
    "po", "box", "postfach", "rue", "via", "viale", "piazza", "calle", "c", "rua", "allee", "gasse", "ring",
    "ufer", "damm", "the", "de", "la", "le", "les", "du", "des", "del", "di", "am", "an", "der", "im", "no",
    "nr", "north", "south", "east", "west", "n", "s", "e", "w", "ne", "nw", "se", "sw", "po box",
];

/// Ends of words that tell nothing: `Hauptstr.`, `Hauptstraße`.
const ENDS: &[&str] = &["strasse", "str", "straat", "gatan", "vej", "gade"];

impl Street {
    /// Reads a street; none where nothing is left of it.
    pub fn read(text: &str) -> Option<Self> {
        let text = ascii(text).to_ascii_lowercase().replace(['.', '\''], "");
        let mut street = Self::default();
        for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()) {
            if word.is_empty() {
                continue;
            }
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                street.numbers.push(word.to_owned());
                continue;
            }
            let stem = ENDS.iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
            let stem = if stem.len() < 3 { word } else { stem };
            if !COMMON.contains(&stem) {
                street.words.push(stem.to_owned());
            }
        }
        (!street.numbers.is_empty() || !street.words.is_empty()).then_some(street)
    }
}

/// Holds two streets against each other.
pub(super) fn compare(left: &Street, right: &Street) -> Nearness {
    if left == right {
        return Nearness::Equal;
    }
    let first = |street: &Street| street.numbers.first().cloned();
    let same_number = first(left) == first(right);
    let shared = left
        .words
        .iter()
        .any(|word| right.words.iter().any(|other| within_typing_error(word, other)));
    let unnumbered = left.numbers.is_empty() || right.numbers.is_empty();
    let unnamed = left.words.is_empty() && right.words.is_empty();
    if (same_number || unnumbered) && (shared || unnamed && !unnumbered) {
        Nearness::Similar
    } else if shared || same_number {
        Nearness::Unclear
    } else {
        Nearness::Different
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expected: Nearness) {
        let read = |text| Street::read(text).unwrap_or_default();
        assert_eq!(compare(&read(left), &read(right)), expected, "{left} and {right}");
    }

    #[test]
    fn the_kind_of_street_is_written_in_many_ways() {
        check("123 Main St.", "123 main street", Nearness::Equal);
        check("Hauptstr. 5", "Hauptstraße 5", Nearness::Equal);
        check("1, place de la République", "1 Pl. Republique", Nearness::Equal);
        check("123 Main St", "123 Main St Suite 4", Nearness::Similar);
        check("123 Camelia Avenue", "123 Cameila Ave", Nearness::Similar);
    }

    #[test]
    fn other_houses_are_no_equals() {
        check("123 Main St", "124 Main St", Nearness::Unclear);
        check("123 Main St", "77 Oak Ave", Nearness::Different);
        check("", "77 Oak Ave", Nearness::Different);
    }
}
