//! Where an address is: by postal code, else city, else state, else country.

use super::attempts;
use super::divisions::Spot;
use super::lazy::Tables;
use super::own_rows::{self, OwnRow};
use super::search::Answer;
use crate::model::{Country, Place};
use std::sync::Arc;

/// An address as its cells were written; what is not known is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Address<'a> {
    /// Street and number, or a whole address in one line.
    pub street: &'a str,
    /// The city.
    pub city: &'a str,
    /// The state, by code or name.
    pub state: &'a str,
    /// The postal code.
    pub postal_code: &'a str,
    /// The country, by code or name.
    pub country: &'a str,
}

/// What the tables know of an address.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Where it is, and by what it was found.
    pub place: Place,
    /// The country it is in, if that is known.
    pub country: Option<Country>,
    /// The IANA name of its time zone, if the tables tell one.
    pub zone: Option<Arc<str>>,
    /// How many places bear the city's name, where the largest of several was taken; else 0.
    pub namesakes: u32,
    /// The most telling text of the address that the tables do not know, where it would have placed it
    /// better.
    pub missed: Option<String>,
}

/// The tables of places, unpacked when they are first asked.
#[derive(Debug)]
pub struct Gazetteer(Tables);

impl Gazetteer {
    /// The embedded tables.
    pub fn embedded() -> Self {
        Self(Tables::embedded())
    }

    /// A user's own postal codes and cities in place of the embedded ones; states and countries stay.
    pub fn of_rows<'a>(rows: impl IntoIterator<Item = OwnRow<'a>>) -> Self {
        Self(own_rows::tables(rows))
    }

    /// Finds an address. Without a country of its own it is taken to be in `home`, unless its state or
    /// postal code can only be elsewhere.
    pub fn find(&self, address: &Address<'_>, home: Option<Country>) -> Found {
        let (answer, missed) = attempts::find(&self.0, address, home);
        self.found(&answer, missed)
    }

    /// Tells whether no table was unpacked yet.
    #[cfg(test)]
    pub(crate) fn is_packed(&self) -> bool {
        self.0.is_packed()
    }

    fn found(&self, answer: &Answer, missed: Option<String>) -> Found {
        let of_spot = |spot: Spot| match spot.zone {
            Some(zone) => self.0.divisions().zone_name(zone),
            None => self.zone_at(spot.degrees, answer.country),
        };
        Found {
            place: Place {
                degrees: answer.spot.map(|spot| spot.degrees),
                confidence: answer.confidence,
            },
            country: answer.country,
            zone: answer.spot.and_then(of_spot),
            namesakes: answer.namesakes,
            missed,
        }
    }

    /// The IANA name of the time zone of a point given in degrees, by the nearest city; in a country if it
    /// is known.
    pub fn zone_at(&self, degrees: (f64, f64), country: Option<Country>) -> Option<Arc<str>> {
        let divisions = self.0.divisions();
        let country = country.and_then(|country| divisions.country(country));
        let only = country.and_then(|country| divisions.only_zone(country));
        let zone = only.or_else(|| self.0.nearest().zone(degrees, country));
        divisions.zone_name(zone?)
    }
}
