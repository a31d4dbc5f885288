//! Reads a whole address, or the end of one, out of a single line: `1 Market St, San Francisco, CA 94105,
//! USA`, `Marienplatz 1, 80331 München`, `Portland, OR`.

use super::city_search;
use super::countries::country;
use super::lazy::Tables;
use super::postal::countries_of_postal;
use super::search::{Said, bounds, is_known_state};
use super::spelling::key;
use super::states::state_code;
use crate::model::Country;

/// So many parts of a line are looked at, from its end.
const PARTS: usize = 5;

/// Countries that write the postal code after the city; elsewhere a number before a name can be one.
const CODE_LAST: &[&[u8; 2]] = &[
    b"AU", b"CA", b"GB", b"IE", b"IN", b"NZ", b"PH", b"SG", b"US", b"ZA",
];

/// Short names of countries that stand after a name without a comma.
const AFTER_A_NAME: &[&str] = &["uae", "uk", "us", "usa"];

/// Reads a line. What cells beside it have said already is taken as given: the country, and the state.
pub(super) fn read<'a>(tables: &Tables, line: &'a str, given: &Said<'a>, home: Option<Country>) -> Said<'a> {
    let parts = line.split([',', '\n', '\r', ';', '|']).map(str::trim);
    let mut parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let mut reader = Reader {
        tables,
        said: Said {
            city: "",
            postal_code: "",
            ..*given
        },
        home,
        known: false,
    };
    reader.take_country(&mut parts);
    let whole = parts.len() == 1;
    let mut left = parts.len().min(PARTS);
    while left > 0 && !reader.known {
        left -= 1;
        if let Some(part) = parts.pop() {
            reader.take_part(part, whole, !parts.is_empty());
        }
    }
    reader.said
}

struct Reader<'a, 'b> {
    tables: &'b Tables,
    said: Said<'a>,
    home: Option<Country>,
    /// Whether the city is one of the tables.
    known: bool,
}

impl<'a> Reader<'a, '_> {
    /// Takes the country from the end of the last part.
    fn take_country(&mut self, parts: &mut Vec<&'a str>) {
        let Some(last) = parts.pop() else {
            return;
        };
        let mut rest = last;
        for word_start in std::iter::once(0).chain(word_starts(last)) {
            let (before, name) = last.split_at(word_start);
            let alone = before.is_empty();
            // `MAIN ST` is not in São Tomé.
            let clear = alone || name.len() > 3 || AFTER_A_NAME.contains(&key(name).as_str());
            if !alone && self.is_state(name) {
                // `Albuquerque New Mexico`
                break;
            }
            let named = country(name).filter(|&named| {
                clear && (!self.is_state(name) || self.is_country_after_all(named, name, parts.last()))
            });
            let fits = |named: Country| self.said.country.is_none_or(|country| country == named);
            if let Some(named) = named.filter(|&named| fits(named)) {
                // `Singapore` alone is the city.
                if !(parts.is_empty() && alone && self.city_is_known(name)) {
                    self.said.country = Some(named);
                    rest = before.trim();
                }
                break;
            }
        }
        if !rest.is_empty() {
            parts.push(rest);
        }
    }

    /// Takes postal code, state and city from a part, which may be the whole line, with others before it.
    fn take_part(&mut self, part: &'a str, whole: bool, more: bool) {
        let mut rest = part;
        if self.said.postal_code.is_empty() {
            let (code, without) = self.split_code(part, whole);
            (self.said.postal_code, rest) = (code, without);
        }
        if rest.is_empty() {
            return;
        }
        if self.said.state.is_empty() {
            if more && self.is_state(rest) {
                self.said.state = rest;
                return;
            }
            if let Some((city, state)) = self.split_state(rest) {
                (rest, self.said.state) = (city, state);
            }
        }
        let known = self.city_is_known(rest);
        if known || self.said.city.is_empty() {
            (self.said.city, self.known) = (rest, known);
        }
    }

    /// The country that is meant where states and codes need one.
    fn country(&self) -> Option<Country> {
        self.said.country.or(self.home)
    }

    fn is_state(&self, text: &str) -> bool {
        match self.country() {
            Some(country) => state_code(Some(country), text).is_some(),
            None => is_known_state(text) || text.len() > 3 && state_code(None, text).is_some(),
        }
    }

    /// Tells whether the last part is a country although a state has its name: `Tbilisi, Georgia`.
    fn is_country_after_all(&self, named: Country, name: &str, before: Option<&&'a str>) -> bool {
        let known = |country: Country, city: &str| {
            let bounds = bounds(self.tables, country, "").unwrap_or_default();
            city_search::whole(self.tables, city, bounds).is_some()
        };
        name.len() > 3 && before.is_some_and(|city| !self.lies_in(city, name) && known(named, city))
    }

    fn city_is_known(&self, text: &str) -> bool {
        let bounds = self
            .country()
            .and_then(|country| bounds(self.tables, country, self.said.state));
        city_search::whole(self.tables, text, bounds.unwrap_or_default()).is_some()
    }

    /// Splits a state from the end: letters in capitals, or a name after a city that lies in it.
    fn split_state(&self, text: &'a str) -> Option<(&'a str, &'a str)> {
        let starts: Vec<usize> = word_starts(text).collect();
        starts.iter().rev().take(2).find_map(|&start| {
            let (city, state) = (text[..start].trim(), &text[start..]);
            let letters = state.len() <= 4 && state.bytes().all(|byte| !byte.is_ascii_lowercase());
            let is_state = self.is_state(state) && !city.is_empty();
            (is_state && (letters || self.lies_in(city, state))).then_some((city, state))
        })
    }

    fn lies_in(&self, city: &str, state: &str) -> bool {
        let country = self
            .country()
            .or_else(|| state_code(None, state).map(|(country, _)| country));
        let bounds = bounds(self.tables, country.unwrap_or(Country(*b"US")), state).unwrap_or_default();
        let found = city_search::whole(self.tables, city, bounds);
        found.is_some_and(|chosen| bounds.state.is_some() && chosen.city.state == bounds.state)
    }

    /// Splits a postal code from the end or the beginning: the code, and what is left.
    fn split_code(&self, part: &'a str, whole: bool) -> (&'a str, &'a str) {
        let starts: Vec<usize> = std::iter::once(0).chain(word_starts(part)).collect();
        let count = starts.len();
        let words: Vec<&str> = part.split_whitespace().collect();
        if count <= 2 && words.iter().all(|word| digits(word) > 0) && digits(part) > 2 {
            return (part, "");
        }
        if count >= 2 {
            let two = &part[starts[count - 2]..];
            if !countries_of_postal(two).is_empty()
                || digits(words[count - 2]) > 0 && is_half(words[count - 1])
            {
                return (two, part[..starts[count - 2]].trim());
            }
            if digits(words[count - 1]) >= 4 {
                return (words[count - 1], part[..starts[count - 1]].trim());
            }
        }
        let first = self
            .country()
            .is_some_and(|Country(code)| CODE_LAST.contains(&&code));
        if !first && digits(words[0]) >= 3 && count >= 2 {
            let second =
                count > 2 && (words[1].len() < 4 && digits(words[1]) == words[1].len() || is_dutch(&words));
            let (code, rest) = part.split_at(starts[if second { 2 } else { 1 }]);
            // A house's number also stands before a name.
            if digits(code) >= 4 && (!whole || self.city_is_known(without_numbers(rest))) {
                return (code.trim(), rest);
            }
        }
        ("", part)
    }
}

/// Tells whether a word is the last half of a British or Canadian code.
fn is_half(word: &str) -> bool {
    matches!(word.as_bytes(), [b'0'..=b'9', second, third] if second.is_ascii_uppercase() && third.is_ascii_alphanumeric())
}

/// `1012 AB Amsterdam`
fn is_dutch(words: &[&str]) -> bool {
    digits(words[0]) == 4
        && words[0].len() == 4
        && words[1].len() == 2
        && words[1].bytes().all(|byte| byte.is_ascii_uppercase())
}

/// A name without the number of a district after it: `Praha 1`.
fn without_numbers(text: &str) -> &str {
    let name = text.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter.is_whitespace());
    if name.is_empty() { text } else { name }
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Where words but the first begin.
fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let letters = text.char_indices().zip(text.char_indices().skip(1));
    letters.filter_map(|((_, before), (at, letter))| {
        (before.is_whitespace() && !letter.is_whitespace()).then_some(at)
    })
}
