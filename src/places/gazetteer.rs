//! Where an address is: by postal code, else city, else state, else country.

use crate::model::{Country, Place};

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
    pub zone: Option<String>,
    /// How many places bear the city's name, where the largest of several was taken; else 0.
    pub namesakes: u32,
    /// The most telling text of the address that the tables do not know, where it would have placed it
    /// better.
    pub missed: Option<String>,
}

/// The tables of places, unpacked when they are first asked.
#[derive(Debug, Default)]
pub struct Gazetteer {}

impl Gazetteer {
    /// The embedded tables.
    pub fn embedded() -> Self {
        Self {}
    }

    /// Finds an address. Without a country of its own it is taken to be in `home`.
    pub fn find(&self, _address: &Address<'_>, home: Option<Country>) -> Found {
        Found {
            place: Place::NOWHERE,
            country: home,
            zone: None,
            namesakes: 0,
            missed: None,
        }
    }

    /// The IANA name of the time zone of a point given in degrees, by the nearest city; in a country if it
    /// is known.
    pub fn zone_at(&self, _degrees: (f64, f64), _country: Option<Country>) -> Option<String> {
        None
    }
}
