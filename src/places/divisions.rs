//! Countries and states with their points, and the names of time zones.

use super::blob::section;
use crate::model::Country;
use std::sync::Arc;

/// A time zone in the list of [`Divisions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ZoneIndex(u16);

/// A country in the list of [`Divisions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CountryIndex(u8);

/// A state's place in its country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StateIndex(u16);

/// A point with its time zone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    /// Latitude and longitude in degrees.
    pub degrees: (f64, f64),
    /// The time zone, if it is known.
    pub zone: Option<ZoneIndex>,
}

#[derive(Debug)]
struct CountryRow {
    code: Country,
    spot: Spot,
    only_zone: bool,
    states: std::ops::Range<usize>,
}

#[derive(Debug)]
struct StateRow {
    code: String,
    spot: Spot,
}

/// All countries and states that have people, in order of their codes.
#[derive(Debug, Default)]
pub(super) struct Divisions {
    zones: Vec<Arc<str>>,
    countries: Vec<CountryRow>,
    states: Vec<StateRow>,
}

/// How many parts of a degree the points of divisions have.
pub(super) const TO_THE_DEGREE: f64 = 100.0;

impl Divisions {
    /// Unpacks the sections `zone` and `divs`.
    pub fn unpack() -> Self {
        let (Some(mut names), Some(mut columns)) = (section(*b"zone"), section(*b"divs")) else {
            return Self::default();
        };
        let mut zones = Vec::new();
        while let name @ [_, ..] = names.line().as_bytes() {
            zones.push(Arc::from(String::from_utf8_lossy(name)));
        }
        let count = columns.count();
        let codes: Vec<Country> = columns
            .bytes(2 * count)
            .chunks_exact(2)
            .map(|code| Country([code[0], code[1]]))
            .collect();
        let counts = columns.counts(codes.len());
        let all: usize = counts.iter().sum();
        let state_codes: Vec<String> = (0..all).map(|_| columns.line().to_owned()).collect();
        let (latitudes, longitudes) = (columns.signed(count + all), columns.signed(count + all));
        let spots: Vec<Spot> = latitudes
            .iter()
            .zip(longitudes)
            .map(|(&latitude, longitude)| Spot {
                degrees: (
                    f64::from(latitude) / TO_THE_DEGREE,
                    f64::from(longitude) / TO_THE_DEGREE,
                ),
                zone: zone_index(columns.count()),
            })
            .collect();
        let mut first = 0;
        let countries = codes
            .into_iter()
            .zip(&spots)
            .zip(counts)
            .map(|((code, spot), count)| {
                first += count;
                CountryRow {
                    code,
                    spot: *spot,
                    only_zone: columns.count() == 1,
                    states: first - count..first,
                }
            })
            .collect();
        let states = state_codes
            .into_iter()
            .zip(spots.iter().skip(count))
            .map(|(code, spot)| StateRow { code, spot: *spot })
            .collect();
        Self {
            zones,
            countries,
            states,
        }
    }

    /// The index of a country, if it has people.
    pub fn country(&self, country: Country) -> Option<CountryIndex> {
        let at = self
            .countries
            .binary_search_by_key(&country, |row| row.code)
            .ok()?;
        u8::try_from(at).ok().map(CountryIndex)
    }

    /// The country at a position in the tables.
    pub fn country_at(at: usize) -> CountryIndex {
        CountryIndex(u8::try_from(at).unwrap_or(u8::MAX))
    }

    /// The code of a country.
    pub fn code(&self, country: CountryIndex) -> Country {
        self.countries[usize::from(country.0)].code
    }

    /// The middle of a country's people, with its main zone.
    pub fn country_spot(&self, country: CountryIndex) -> Spot {
        self.countries[usize::from(country.0)].spot
    }

    /// The only time zone of a country that has one alone.
    pub fn only_zone(&self, country: CountryIndex) -> Option<ZoneIndex> {
        let row = &self.countries[usize::from(country.0)];
        row.spot.zone.filter(|_| row.only_zone)
    }

    /// A state of a country by its code.
    pub fn state(&self, country: CountryIndex, code: &str) -> Option<StateIndex> {
        let states = &self.states[self.countries[usize::from(country.0)].states.clone()];
        let at = states
            .binary_search_by(|state| state.code.as_str().cmp(code))
            .ok()?;
        u16::try_from(at).ok().map(StateIndex)
    }

    /// The state at a position in the tables: from 1, and 0 for none.
    pub fn state_at(at: usize) -> Option<StateIndex> {
        at.checked_sub(1)
            .and_then(|at| u16::try_from(at).ok())
            .map(StateIndex)
    }

    /// The middle of a state's people, with its main zone.
    pub fn state_spot(&self, country: CountryIndex, state: StateIndex) -> Spot {
        let first = self.countries[usize::from(country.0)].states.start;
        self.states[first + usize::from(state.0)].spot
    }

    /// The IANA name of a time zone.
    pub fn zone_name(&self, zone: ZoneIndex) -> Option<Arc<str>> {
        self.zones.get(usize::from(zone.0)).cloned()
    }

    /// The time zone of a name, which is added to the list if it is new.
    pub fn zone_of(&mut self, name: &str) -> Option<ZoneIndex> {
        let known = self.zones.iter().position(|zone| zone.eq_ignore_ascii_case(name));
        zone_index(known.unwrap_or_else(|| {
            self.zones.push(Arc::from(name));
            self.zones.len() - 1
        }))
    }
}

/// The time zone at a position in the tables.
pub(super) fn zone_index(at: usize) -> Option<ZoneIndex> {
    u16::try_from(at).ok().map(ZoneIndex)
}
