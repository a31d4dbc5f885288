//! Places on Earth, countries and states.

use std::fmt;

/// How well a place is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Latitude and longitude were given.
    Exact,
    /// By postal code.
    Postal,
    /// By city.
    City,
    /// By state.
    State,
    /// By country.
    Country,
    /// Not known.
    None,
}

impl Confidence {
    /// The word in the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Postal => "postal",
            Self::City => "city",
            Self::State => "state",
            Self::Country => "country",
            Self::None => "none",
        }
    }
}

/// A place on Earth with how well it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Latitude and longitude in degrees, -90..=90 and -180..=180; absent when not known.
    pub degrees: Option<(f64, f64)>,
    /// How it was found.
    pub confidence: Confidence,
}

impl Place {
    /// No place at all.
    pub const NOWHERE: Self = Self {
        degrees: None,
        confidence: Confidence::None,
    };

    /// The degrees if the place is known well enough to measure distances from (city or better).
    pub fn measurable(&self) -> Option<(f64, f64)> {
        self.degrees.filter(|_| self.confidence <= Confidence::City)
    }
}

/// What came of looking up the addresses of leads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placing {
    /// How many leads have a text in their address that the tables of places do not know and that would
    /// have placed them better.
    pub missed_leads: u64,
    /// The commonest of these texts with their leads, the most leads first; ten at most.
    pub missed: Vec<(String, u64)>,
    /// How many leads name a state in which their postal code is not.
    pub torn_leads: u64,
    /// The commonest of these states and codes with their leads, the most leads first; ten at most.
    pub torn: Vec<(String, u64)>,
    /// How many leads were put into the largest of several cities of one name.
    pub namesake_leads: u64,
    /// The commonest of these names with their leads, the most leads first; ten at most.
    pub namesakes: Vec<(String, u64)>,
}

/// A country by its ISO 3166-1 alpha-2 code, upper case.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(pub [u8; 2]);

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", char::from(self.0[0]), char::from(self.0[1]))
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A first-level division of a country (state, province, region).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct State {
    /// Its country.
    pub country: Country,
    /// Its code in the tables: letters in the US, Canada and Australia, else that of `GeoNames`.
    pub code: String,
}
