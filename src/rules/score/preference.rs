//! Preference: how much of what the rep likes the lead is.
//!
//! ```toml
//! [score]
//! preference = 2
//! ```
//!
//! The share of the rep's stated `preferences` that name something of the lead: its industry, product,
//! source, language, city, state or country, or a band of company sizes: `50-249`, `1000+`, `micro`,
//! `small`, `medium`, `large`, `enterprise` (see `[experience] bands`). Left out where the lead tells none
//! of these, or no rep states a preference; 0 for a rep who states none.

use super::{Ground, Units, units_of_ratio};
use crate::model::{Country, State};
use crate::places;
use crate::rules::keys::Keys;
use crate::rules::location::Location;
use crate::rules::words::{folded, items};
use std::collections::{BTreeSet, HashMap};

/// Columns whose text a preference can name.
const TEXTS: [&str; 5] = ["industry", "product", "source", "language", "city"];
/// All columns that say something a preference can name.
pub const COLUMNS: [&str; 9] = [
    "industry",
    "product",
    "source",
    "language",
    "city",
    "state",
    "country",
    "postal_code",
    "employees",
];

/// Which stated preferences each lead key meets, and which each rep states.
#[derive(Debug)]
pub struct Preference {
    met: Vec<Vec<u32>>,
    stated: Vec<Vec<u32>>,
}

impl Preference {
    /// Binds the part to the leads that tell anything a preference can name.
    pub fn bind(ground: &Ground<'_>) -> Option<(Keys, Self)> {
        let mut wishes = Wishes::default();
        let stated: Vec<Vec<u32>> = ground
            .rep_rows()
            .map(|row| wishes.add(&items(ground.batch.reps.frame.value("preferences", row)), ground))
            .collect();
        if stated.iter().all(Vec::is_empty) {
            return None;
        }
        let (keys, rows) = Keys::of_columns(ground.leads, COLUMNS);
        let (keys, met) = keys.refine(|key| wishes.met(ground, rows[key as usize]));
        Some((keys, Self { met, stated }))
    }
}

impl Units for Preference {
    fn units(&self, key: u32, rep: usize) -> i32 {
        let (met, stated) = (&self.met[key as usize], &self.stated[rep]);
        let named = stated
            .iter()
            .filter(|wish| met.binary_search(wish).is_ok())
            .count();
        units_of_ratio(named as u64, stated.len() as u64)
    }
}

/// The distinct preferences of a roster, by what of a lead they name.
#[derive(Default)]
struct Wishes {
    texts: HashMap<String, u32>,
    countries: HashMap<Country, Vec<u32>>,
    states: HashMap<State, Vec<u32>>,
    sizes: Vec<(f64, f64, u32)>,
}

impl Wishes {
    /// Numbers the items of a rep; says their numbers, each once.
    fn add(&mut self, preferences: &[String], ground: &Ground<'_>) -> Vec<u32> {
        let mut numbers = BTreeSet::new();
        for item in preferences {
            let text = folded(item);
            if text.is_empty() {
                continue;
            }
            let next = u32::try_from(self.texts.len()).expect("there are no more wishes than cells");
            let number = *self.texts.entry(text.clone()).or_insert(next);
            numbers.insert(number);
            if number < next {
                continue;
            }
            if let Some(country) = places::country(item) {
                self.countries.entry(country).or_default().push(number);
            }
            let state = places::explicit_state(item).or_else(|| places::state(ground.home.most, item));
            if let Some(state) = state {
                self.states.entry(state).or_default().push(number);
            }
            if let Some((least, most)) = size(&text, &ground.written.bands.employees) {
                self.sizes.push((least, most, number));
            }
        }
        numbers.into_iter().collect()
    }

    /// The numbers of the preferences that a row meets; `None` where the row tells nothing.
    fn met(&self, ground: &Ground<'_>, row: usize) -> Option<Vec<u32>> {
        let frame = ground.leads;
        if COLUMNS.iter().all(|name| frame.value(name, row).is_empty()) {
            return None;
        }
        let mut met = BTreeSet::new();
        for name in TEXTS {
            for item in items(frame.value(name, row)) {
                met.extend(self.texts.get(&folded(&item)));
            }
        }
        let location = Location::of_row(frame, row, ground.home.only);
        met.extend(
            location
                .country
                .iter()
                .filter_map(|country| self.countries.get(country))
                .flatten(),
        );
        met.extend(
            location
                .state
                .iter()
                .filter_map(|state| self.states.get(state))
                .flatten(),
        );
        if let Some(employees) = frame.value("employees", row).number() {
            let sizes = self.sizes.iter();
            met.extend(
                sizes
                    .filter(|(least, most, _)| (*least..=*most).contains(&employees))
                    .map(|size| size.2),
            );
        }
        Some(met.into_iter().collect())
    }
}

/// The company sizes that a text names: `50-249`, `1000+`, or a word.
fn size(text: &str, bands: &[f64]) -> Option<(f64, f64)> {
    let number = |text: &str| text.trim().replace(',', "").parse::<f64>().ok();
    if let Some(least) = text.strip_suffix('+') {
        return Some((number(least)?, f64::INFINITY));
    }
    if let Some((least, most)) = text.split_once(['-', '–']) {
        return Some((number(least)?, number(most)?));
    }
    let words = ["micro", "small", "medium", "large", "enterprise"];
    let at = words.iter().position(|word| *word == text)?;
    let least = if at == 0 { 0.0 } else { *bands.get(at - 1)? };
    let next = bands.get(at).filter(|_| at + 1 < words.len());
    Some((least, next.map_or(f64::INFINITY, |next| next - 0.5)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(f64, f64)>) {
        assert_eq!(
            size(text, &[10.0, 50.0, 250.0, 1000.0, 3000.0]),
            expected,
            "{text}"
        );
    }

    #[test]
    fn preference_is_the_share_of_wishes_that_the_lead_meets() {
        super::super::tests::check(
            "preference",
            "id|industry|state|employees|product\n1|Software|CA|120|\n2|Retail|New York|9|\n3||||",
            "id|preferences\na|software;California;50-249;Web\nb|retail\nc|",
            &[&[75.0, 0.0, 0.0], &[0.0, 100.0, 0.0], &[]],
        );
    }

    #[test]
    fn company_sizes_are_ranges_or_words() {
        check("50-249", Some((50.0, 249.0)));
        check("1,000+", Some((1000.0, f64::INFINITY)));
        check("micro", Some((0.0, 9.5)));
        check("enterprise", Some((1000.0, f64::INFINITY)));
        check("software", None);
        check("asia-pacific", None);
    }
}
