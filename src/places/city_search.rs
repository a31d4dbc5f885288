//! Finds a city under the names that people give it.

use super::cities::City;
use super::city_names::city_key;
use super::city_variants::variants;
use super::divisions::{CountryIndex, StateIndex};
use super::lazy::Tables;
use crate::model::Country;

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
const LONGEST: usize = 100;

/// A city that is found under a part of its text has at least 15,000 people.
const FOUND_BY_PART: u8 = 41 + 111;

/// The city that a whole text names within bounds.
pub(super) fn whole(tables: &Tables, text: &str, bounds: Bounds) -> Option<Chosen> {
    let key = city_key(text);
    let fits = (2..=LONGEST).contains(&key.len());
    fits.then(|| choose(&tables.cities(&key), bounds)).flatten()
}

/// The city that a text names within bounds under what is left of it without districts, rivers and other
/// words. Where the state is known it lies there: a part of a name is too little to look elsewhere.
pub(super) fn part(tables: &Tables, text: &str, bounds: Bounds) -> Option<Chosen> {
    let inside = |chosen: &Chosen| bounds.state.is_none() || chosen.city.state == bounds.state;
    let mut tried = Vec::new();
    for key in variants(text).iter().map(|variant| city_key(variant)) {
        if !(3..=LONGEST).contains(&key.len()) || tried.contains(&key) {
            continue;
        }
        let chosen = choose(&tables.cities(&key), bounds).filter(inside);
        if chosen.is_some() {
            return chosen;
        }
        tried.push(key);
    }
    // `Basingstoke Hants`; but of America all towns are known, and one that is not has a mistake in it.
    let (first, _) = text.trim().rsplit_once(char::is_whitespace)?;
    let america = |country| tables.divisions().code(country) == Country(*b"US");
    let sure = bounds.state.is_some() || bounds.country.is_some_and(|country| !america(country));
    let chosen = whole(tables, first, bounds).filter(inside)?;
    (sure && chosen.city.size >= FOUND_BY_PART).then_some(chosen)
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
