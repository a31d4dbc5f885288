//! Finds a city under the names that people give it.

use super::cities::City;
use super::city_names::city_key;
use super::divisions::{CountryIndex, StateIndex};
use super::lazy::Tables;
use std::borrow::Cow;

/// Where a city may be.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bounds {
    pub country: Option<CountryIndex>,
    pub state: Option<StateIndex>,
}

/// A city that was found, and how many places bear its name where it was not the only one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    pub city: City,
    pub namesakes: u32,
}

/// The longest key that is looked for.
const LONGEST: usize = 60;

/// A city that is found under a part of its text has at least 15,000 people.
const FOUND_BY_PART: u8 = 41 + 111;

/// The city that a whole text names within bounds.
pub(super) fn whole(tables: &Tables, text: &str, bounds: Bounds) -> Option<Chosen> {
    let key = city_key(text);
    let fits = (2..=LONGEST).contains(&key.len());
    fits.then(|| choose(&tables.cities(&key), bounds)).flatten()
}

/// The city that a text names within bounds under what is left of it without districts, rivers and other
/// words.
pub(super) fn part(tables: &Tables, text: &str, bounds: Bounds) -> Option<Chosen> {
    let mut tried = Vec::new();
    for variant in variants(text) {
        let key = city_key(&variant);
        if key.len() < 3 || key.len() > LONGEST || tried.contains(&key) {
            continue;
        }
        let chosen = choose(&tables.cities(&key), bounds);
        if chosen.is_some() {
            return chosen;
        }
        tried.push(key);
    }
    // `Basingstoke Hants`
    let (first, _) = text.trim().rsplit_once(char::is_whitespace)?;
    whole(tables, first, bounds).filter(|chosen| {
        let in_state = bounds.state.is_none() || chosen.city.state == bounds.state;
        chosen.city.size >= FOUND_BY_PART && in_state
    })
}

/// Of places with one name the largest in the state; without a state the largest in the country, or in
/// the world.
///
/// Where the state is known and has no such place, a place elsewhere in the country is taken only if no
/// other bears the name there: a state is seldom wrong, and of many Springfields the largest would be.
fn choose(places: &[City], bounds: Bounds) -> Option<Chosen> {
    let inside = || {
        places
            .iter()
            .filter(|city| bounds.country.is_none_or(|country| city.country == country))
    };
    if let Some(state) = bounds.state {
        if let Some(city) = inside().find(|city| city.state == Some(state)) {
            return Some(Chosen {
                city: *city,
                namesakes: 0,
            });
        }
        let mut all = inside();
        let only = all.next().filter(|_| all.next().is_none())?;
        return Some(Chosen {
            city: *only,
            namesakes: 0,
        });
    }
    let count = u32::try_from(inside().count()).unwrap_or(u32::MAX);
    let city = inside().min_by_key(|city| (std::cmp::Reverse(city.size), city.country))?;
    Some(Chosen {
        city: *city,
        namesakes: if count > 1 { count } else { 0 },
    })
}

/// Short names that stand for whole ones.
const NICKNAMES: &[(&str, &str)] = &[
    ("nyc", "New York City"),
    ("ny", "New York City"),
    ("la", "Los Angeles"),
    ("sf", "San Francisco"),
    ("dc", "Washington"),
    ("philly", "Philadelphia"),
    ("vegas", "Las Vegas"),
    ("slc", "Salt Lake City"),
    ("nola", "New Orleans"),
];

/// Words before a name that are not part of it.
const BEFORE: &[&str] = &[
    "city of ",
    "town of ",
    "village of ",
    "greater ",
    "metro ",
    "downtown ",
    "central ",
    "the ",
    "ville de ",
    "stadt ",
    "comune di ",
];

/// Words after a name that are not part of it.
const AFTER: &[&str] = &[
    " city",
    " town",
    " township",
    " village",
    " area",
    " metropolitan area",
    " metro area",
    " metro",
    " bay area",
    " cedex",
    " shi",
    " si",
    " gun",
];

/// Words that tell where a place of a common name is: `Frankfurt am Main`, `Weiden i.d.OPf.`.
const WHERE: &[&str] = &[
    "a", "am", "an", "auf", "b", "bei", "d", "der", "di", "i", "im", "in", "ob", "o", "on", "sul", "sur",
    "upon", "v", "vor", "en", "de", "near",
];

/// A doubled or changed vowel where an accent was written out, with the vowel without it.
const WRITTEN_OUT: &[(&str, &str)] = &[("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a")];

/// Other texts under which a city may be known, the most faithful first.
fn variants(text: &str) -> Vec<Cow<'_, str>> {
    let mut found: Vec<Cow<'_, str>> = Vec::new();
    let text = text.trim();
    let lower = text.to_lowercase();
    if let Some((_, name)) = NICKNAMES.iter().find(|(short, _)| **short == city_key(text)) {
        found.push(Cow::Borrowed(name));
    }
    found.extend(
        WRITTEN_OUT
            .iter()
            .fold(Some(lower.clone()), |text, (long, short)| {
                text.map(|text| text.replace(long, short))
            })
            .map(Cow::Owned),
    );
    let head = text
        .split([',', '(', '/', '[', ';', '|', '\n'])
        .next()
        .unwrap_or_default();
    let head = head.split(" - ").next().unwrap_or_default().trim();
    found.push(Cow::Borrowed(head));
    let words: Vec<&str> = head.split_whitespace().collect();
    // `Paris 8e`, `Praha 1`, `London SW1`, `80331 München`.
    let plain: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    let plain = plain.join(" ");
    let lower = plain.to_lowercase();
    let without = BEFORE
        .iter()
        .find_map(|word| lower.strip_prefix(word))
        .unwrap_or(&lower);
    let shorter = AFTER
        .iter()
        .find_map(|word| without.strip_suffix(word))
        .unwrap_or(without);
    found.extend([lower.clone(), without.to_owned(), shorter.to_owned()].map(Cow::Owned));
    let told = words.iter().skip(1).position(|word| {
        let word = word.split('.').next().unwrap_or_default().to_lowercase();
        WHERE.contains(&word.as_str())
    });
    if let Some(at) = told {
        found.push(Cow::Owned(words[..=at].join(" ")));
    }
    if let Some((first, _)) = head.split_once(['-', '–']) {
        found.push(Cow::Borrowed(first));
    }
    found
}
