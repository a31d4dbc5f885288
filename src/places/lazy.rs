//! The tables in use, each unpacked when it is first asked.

use super::cities::{Cities, City, OtherNames};
use super::codes::Codes;
use super::divisions::{Divisions, Spot};
use super::nearest::Nearest;
use super::postal_search;
use crate::model::Country;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// As many countries as there can be codes of.
const COUNTRIES: usize = 26 * 26;

/// Embedded tables, or a user's own in place of those of postal codes and cities.
#[derive(Debug)]
pub(super) struct Tables {
    divisions: OnceLock<Divisions>,
    cities: OnceLock<Cities>,
    other_names: OnceLock<OtherNames>,
    nearest: OnceLock<Nearest>,
    codes: Vec<OnceLock<Option<Codes>>>,
    own: bool,
}

impl Tables {
    /// The embedded tables.
    pub fn embedded() -> Self {
        Self {
            divisions: OnceLock::new(),
            cities: OnceLock::new(),
            other_names: OnceLock::new(),
            nearest: OnceLock::new(),
            codes: (0..COUNTRIES).map(|_| OnceLock::new()).collect(),
            own: false,
        }
    }

    /// Own tables of cities and of each country's postal codes.
    pub fn own(divisions: Divisions, cities: Cities, codes: BTreeMap<Country, Codes>) -> Self {
        let mut tables = Self::embedded();
        tables.own = true;
        for (country, codes) in codes {
            if let Some(slot) = slot(country) {
                tables.codes[slot] = OnceLock::from(Some(codes));
            }
        }
        Self {
            divisions: OnceLock::from(divisions),
            cities: OnceLock::from(cities),
            ..tables
        }
    }

    /// Tells whether none was unpacked yet.
    #[cfg(test)]
    pub fn is_packed(&self) -> bool {
        let codes = self.codes.iter().all(|codes| codes.get().is_none());
        let names = self.cities.get().is_none() && self.other_names.get().is_none();
        codes && names && self.divisions.get().is_none() && self.nearest.get().is_none()
    }

    /// Countries, states and zones.
    pub fn divisions(&self) -> &Divisions {
        self.divisions.get_or_init(Divisions::unpack)
    }

    /// All places of a city's key, the largest first.
    pub fn cities(&self, key: &str) -> Cow<'_, [City]> {
        let cities = self.all_cities();
        let found = cities.named(key);
        if !found.is_empty() || self.own {
            return Cow::Borrowed(found);
        }
        Cow::Owned(
            self.other_names
                .get_or_init(OtherNames::unpack)
                .named(key, cities),
        )
    }

    fn all_cities(&self) -> &Cities {
        self.cities.get_or_init(|| Cities::unpack(self.divisions()))
    }

    /// The cities by their position on Earth.
    pub fn nearest(&self) -> &Nearest {
        self.nearest.get_or_init(|| {
            if self.own {
                // Whose places need not have zones.
                let divisions = self.divisions();
                Nearest::of(Cities::unpack(divisions).all())
            } else {
                Nearest::of(self.all_cities().all())
            }
        })
    }

    /// The postal codes of a country, if the tables have some.
    pub fn codes(&self, country: Country) -> Option<&Codes> {
        let slot = self.codes.get(slot(country)?)?;
        slot.get_or_init(|| if self.own { None } else { Codes::unpack(country) })
            .as_ref()
    }

    /// The spot of a postal code of a country, in any of its forms.
    pub fn postal_code(&self, country: Country, text: &str) -> Option<Spot> {
        let own = self
            .codes(country)
            .and_then(|codes| postal_search::find(codes, country, text));
        own.or_else(|| {
            let other = postal_search::codes_elsewhere(country, text)?;
            postal_search::find(self.codes(other)?, other, text)
        })
    }
}

fn slot(Country([first, second]): Country) -> Option<usize> {
    let letter = |byte: u8| byte.is_ascii_uppercase().then(|| usize::from(byte - b'A'));
    Some(letter(first)? * 26 + letter(second)?)
}
