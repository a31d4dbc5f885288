//! The ways in which one address is tried: its cells as they are, its city read as a line, its street read
//! as a line.

use super::Address;
use super::city_names::city_key;
use super::lazy::Tables;
use super::line;
use super::postal_search;
use super::search::{self, Answer, Said, country_of, is_known_state};
use super::states::state_code;
use crate::model::{Confidence, Country};

/// Finds an address, and says which of its texts the tables do not know.
pub(super) fn find(
    tables: &Tables,
    address: &Address<'_>,
    home: Option<Country>,
) -> (Answer, Option<String>) {
    let said = said(address, home);
    let cells = [address.street, said.city, said.state, said.postal_code];
    if said.country.is_none() && cells.iter().all(|text| cell(text).is_empty()) {
        return (Answer::none(home), None);
    }
    let answer = best_of(tables, address, &said, home);
    let missed = missed(tables, address, &said, &answer);
    (answer, missed)
}

/// The cells without blanks around them; what stands in the cell of another is put right.
fn said<'a>(address: &Address<'a>, home: Option<Country>) -> Said<'a> {
    let mut said = Said {
        postal_code: cell(address.postal_code),
        city: cell(address.city),
        state: cell(address.state),
        country: country_of(address.country),
        loose: false,
    };
    if said.country.is_none() && said.state.is_empty() {
        said.state = cell(address.country);
    } else if said.country.is_none() && is_country(said.state, home) {
        (said.country, said.state) = (country_of(said.state), "");
    }
    said
}

/// A cell without blanks around it; `-` and the like are empty.
fn cell(text: &str) -> &str {
    if text.contains(char::is_alphanumeric) {
        text.trim()
    } else {
        ""
    }
}

/// Tells whether the cell of the state names a country; letters are a state where states go by letters.
fn is_country(state: &str, home: Option<Country>) -> bool {
    let at_home = home.is_some_and(|home| state_code(Some(home), state).is_some());
    !state.is_empty() && !at_home && !is_known_state(state) && country_of(state).is_some()
}

fn best_of(tables: &Tables, address: &Address<'_>, said: &Said<'_>, home: Option<Country>) -> Answer {
    let mut best = Best {
        tables,
        home,
        answer: Answer::none(said.country.or(home)),
    };
    best.by_cells(said);
    let alone = said.postal_code.is_empty() && said.city.is_empty();
    if !address.street.is_empty() && said.postal_code.is_empty() && (alone || has_parts(address.street)) {
        best.by_street(address.street, said, alone);
    }
    best.answer
}

/// The best answer of the attempts so far.
struct Best<'a> {
    tables: &'a Tables,
    home: Option<Country>,
    answer: Answer,
}

impl Best<'_> {
    /// Tries once; tells whether the answer is good.
    fn attempt(&mut self, said: &Said<'_>, loose: bool) -> bool {
        let answer = search::find(self.tables, &Said { loose, ..*said }, self.home);
        if answer.confidence < self.answer.confidence {
            self.answer = answer;
        }
        answer.is_good()
    }

    /// Tries the cells as they are, and with the city's read as a line.
    fn by_cells(&mut self, said: &Said<'_>) {
        // `Portland, ME` is not the larger Portland: where there are parts, the line comes first.
        let parts = has_parts(said.city);
        if !parts && (self.attempt(said, false) || said.city.is_empty()) {
            return;
        }
        let mut line = line::read(self.tables, said.city, said, self.home);
        if !said.postal_code.is_empty() {
            line.postal_code = said.postal_code;
        }
        if !(parts && (self.attempt(&line, false) || self.attempt(said, false))) {
            self.attempt(&line, true);
        }
    }

    /// Tries the street as a line; beside a city only one that ends with that city and its postal code.
    fn by_street(&mut self, street: &str, said: &Said<'_>, alone: bool) {
        let line = line::read(self.tables, street, said, self.home);
        if alone {
            let _ = self.attempt(&line, false) || self.attempt(&line, true);
        } else if !line.postal_code.is_empty() && city_key(line.city) == city_key(said.city) {
            self.attempt(&line, false);
        }
    }
}

/// Tells whether a text is more than a name.
fn has_parts(text: &str) -> bool {
    text.bytes()
        .any(|byte| matches!(byte, b',' | b'\n' | b';' | b'|' | b'0'..=b'9'))
}

/// The most telling text that was not found: city with state where no city was found, else the postal code
/// where its country's are known, else what there is.
fn missed(tables: &Tables, address: &Address<'_>, said: &Said<'_>, answer: &Answer) -> Option<String> {
    let city = said.city;
    let texts: &[&str] = match answer.confidence {
        Confidence::Exact | Confidence::Postal => &[],
        Confidence::City => {
            let unknown = |country| {
                let codes = tables.codes(country);
                codes.is_some_and(|codes| postal_search::town(codes, country, said.postal_code).is_none())
            };
            if answer.country.is_some_and(unknown) {
                &[said.postal_code]
            } else {
                &[]
            }
        }
        _ if !city.is_empty() => &[city, said.state],
        _ if !said.postal_code.is_empty() => &[said.postal_code],
        Confidence::State => &[],
        _ if !said.state.is_empty() => &[said.state],
        Confidence::Country => &[],
        _ if !cell(address.country).is_empty() => &[address.country],
        Confidence::None => &[address.street],
    };
    let tidied = |text: &&str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let texts: Vec<String> = texts.iter().map(tidied).filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}
