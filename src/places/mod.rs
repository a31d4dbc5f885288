//! Where an address is, and in which time zone: embedded tables of postal codes, cities, states and countries
//! behind [`Gazetteer::find`] and [`Gazetteer::zone_at`]; and countries and states in every spelling.
//!
//! ```text
//!  address ─► attempts: cells as they are, else read as lines (line) ─► search: in which country, and there
//!                                                                        by postal code (postal_search, codes)
//!  blob ─► lazy: each table unpacked                                     by city (city_search, cities)
//!          when it is first asked ─────────────────────────────────────► by state or country (divisions)
//!  own rows ─┘                                              point ─────► zone of the nearest city (nearest)
//! ```
//!
//! What is in the tables, how they are made and under which licence: `tables/README.md`.

mod attempts;
mod blob;
mod cities;
mod city_names;
mod city_search;
mod city_variants;
mod codes;
mod countries;
mod divisions;
mod gazetteer;
mod lazy;
mod line;
mod name_index;
mod nearest;
mod own_rows;
mod postal;
mod postal_search;
mod search;
mod spelling;
mod states;
#[cfg(test)]
mod tests;
mod zip_states;

use crate::model::{Confidence, Place};
pub use city_names::city_key;
pub use countries::country;
pub use gazetteer::{Address, Found, Gazetteer};
pub use own_rows::OwnRow;
pub use postal::{countries_of_postal, postal_key};
pub use spelling::{ascii, key};
pub use states::{countries_of_state, explicit_state, state};
pub use zip_states::state_of_zip;

/// The notices that go with the embedded tables wherever they go.
pub const LICENSES: &str = include_str!("tables/LICENSES.txt");

/// Tells whether both numbers can be a latitude and a longitude.
pub fn on_earth(latitude: f64, longitude: f64) -> bool {
    (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)
}

/// The place of a latitude and longitude if both are given and on Earth, else nowhere.
///
/// The point `0, 0` is what exports write for unknown, so it counts as not known.
pub fn exact(latitude: Option<f64>, longitude: Option<f64>) -> Place {
    match (latitude, longitude) {
        (Some(latitude), Some(longitude))
            if on_earth(latitude, longitude) && (latitude != 0.0 || longitude != 0.0) =>
        {
            Place {
                degrees: Some((latitude, longitude)),
                confidence: Confidence::Exact,
            }
        }
        _ => Place::NOWHERE,
    }
}
