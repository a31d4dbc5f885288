//! Cities and towns of the world under their names.

use super::blob::section;
use super::divisions::{CountryIndex, Divisions, Spot, StateIndex, zone_index};
use super::name_index::NameIndex;

/// A place under one of its names.
#[derive(Clone, Copy, Debug)]
pub(super) struct City {
    pub country: CountryIndex,
    pub state: Option<StateIndex>,
    pub spot: Spot,
    /// Orders places of one name: over 40, eighths of a doubling of the population.
    pub size: u8,
}

/// How many parts of a degree the points have.
const TO_THE_DEGREE: f64 = 200.0;

/// How much smaller a place counts under a name that is not its first.
const OTHER_NAME: u8 = 16;

/// All places; those of one name are beside each other, the largest first.
#[derive(Debug, Default)]
pub(super) struct Cities {
    index: NameIndex,
    /// For each name, its first place; and the end.
    firsts: Vec<u32>,
    places: Vec<City>,
}

impl Cities {
    /// Unpacks the section `city`.
    pub fn unpack(divisions: &Divisions) -> Self {
        let Some(mut columns) = section(*b"city") else {
            return Self::default();
        };
        let (names, count) = (columns.count(), columns.count());
        let index = NameIndex::of(columns.texts(names));
        let mut end = 0;
        let mut firsts = vec![0];
        for _ in 0..names {
            end += u32::try_from(columns.count()).unwrap_or(0);
            firsts.push(end);
        }
        let countries: Vec<_> = columns
            .counts(count)
            .into_iter()
            .map(Divisions::country_at)
            .collect();
        let states: Vec<_> = columns
            .counts(count)
            .into_iter()
            .map(Divisions::state_at)
            .collect();
        let middles: Vec<Spot> = countries
            .iter()
            .zip(&states)
            .map(|(&country, state)| {
                state.map_or_else(
                    || divisions.country_spot(country),
                    |state| divisions.state_spot(country, state),
                )
            })
            .collect();
        // Points are written as steps from the middle of the state or country.
        let (up, right) = (columns.signed(count), columns.signed(count));
        let zones = columns.counts(count);
        let places = (0..count)
            .map(|at| {
                let middle = middles[at];
                let own = zones[at].checked_sub(1).and_then(zone_index);
                City {
                    country: countries[at],
                    state: states[at],
                    spot: Spot {
                        degrees: (
                            stepped(middle.degrees.0, up[at]),
                            stepped(middle.degrees.1, right[at]),
                        ),
                        zone: own.or(middle.zone),
                    },
                    size: u8::try_from(columns.count()).unwrap_or(u8::MAX),
                }
            })
            .collect();
        Self {
            index,
            firsts,
            places,
        }
    }

    /// The places of a list under their keys; of two with one key in one state the first counts.
    pub fn of_rows(mut rows: Vec<(String, City)>) -> Self {
        rows.sort_by(|one, other| one.0.cmp(&other.0));
        let (mut names, mut firsts, mut places) =
            (super::blob::Texts::default(), Vec::new(), Vec::<City>::new());
        let mut before: Option<String> = None;
        for (key, city) in rows {
            if before.as_ref() != Some(&key) {
                names.push(&key);
                firsts.push(u32::try_from(places.len()).unwrap_or(0));
                before = Some(key);
            }
            let first = firsts.last().map_or(0, |&first| first as usize);
            if places[first..]
                .iter()
                .all(|other| (other.country, other.state) != (city.country, city.state))
            {
                places.push(city);
            }
        }
        firsts.push(u32::try_from(places.len()).unwrap_or(0));
        Self {
            index: NameIndex::of(names),
            firsts,
            places,
        }
    }

    /// The places that a key names, the largest first.
    pub fn named(&self, key: &str) -> &[City] {
        let Some(name) = self.index.find(key).next() else {
            return &[];
        };
        &self.places[self.firsts[name] as usize..self.firsts[name + 1] as usize]
    }

    /// All places, some under several names.
    pub fn all(&self) -> &[City] {
        &self.places
    }
}

fn stepped(middle: f64, steps: i32) -> f64 {
    ((middle * TO_THE_DEGREE).round() + f64::from(steps)) / TO_THE_DEGREE
}

/// Names of cities in other languages and spellings, none of which is a name in [`Cities`].
#[derive(Debug, Default)]
pub(super) struct OtherNames {
    index: NameIndex,
    /// For each name the place that bears it.
    places: Vec<u32>,
}

impl OtherNames {
    /// Unpacks the section `alts`.
    pub fn unpack() -> Self {
        let Some(mut columns) = section(*b"alts") else {
            return Self::default();
        };
        let (count, names) = (columns.count(), columns.count());
        let (steps, counts) = (columns.counts(count), columns.counts(count));
        let mut places = Vec::with_capacity(names);
        let mut here = 0;
        for (step, count) in steps.into_iter().zip(counts) {
            here += step;
            places.resize(places.len() + count, u32::try_from(here).unwrap_or(0));
        }
        Self {
            index: NameIndex::of(columns.texts(names)),
            places,
        }
    }

    /// The places that a key names, the largest first.
    pub fn named(&self, key: &str, cities: &Cities) -> Vec<City> {
        let mut found: Vec<City> = self
            .index
            .find(key)
            .filter_map(|name| {
                let city = cities.places.get(self.places[name] as usize)?;
                Some(City {
                    size: city.size.saturating_sub(OTHER_NAME),
                    ..*city
                })
            })
            .collect();
        found.sort_by_key(|city| std::cmp::Reverse(city.size));
        found
    }
}
