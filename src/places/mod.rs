//! Countries and states in every spelling that is recognised: embedded tables behind a few look-ups.
//!
//! Attribution and licence of the tables: `tables/README.md`.

mod attempts;
mod blob;
mod cities;
mod city_names;
mod city_search;
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

use crate::model::{Confidence, Place};
pub use city_names::city_key;
pub use countries::country;
pub use gazetteer::{Address, Found, Gazetteer};
pub use own_rows::OwnRow;
pub use postal::{countries_of_postal, postal_key};
pub use spelling::{ascii, key};
pub use states::{countries_of_state, explicit_state, state};

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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(latitude: Option<f64>, longitude: Option<f64>, expected: Option<(f64, f64)>) {
        assert_eq!(
            exact(latitude, longitude).degrees,
            expected,
            "{latitude:?}, {longitude:?}"
        );
    }

    #[test]
    fn a_place_needs_both_numbers_on_earth() {
        check(Some(48.1), Some(11.6), Some((48.1, 11.6)));
        check(Some(48.1), None, None);
        check(Some(98.1), Some(11.6), None);
        check(Some(48.1), Some(-180.5), None);
    }

    #[test]
    fn zero_and_zero_is_not_a_place_but_the_equator_is() {
        check(Some(0.0), Some(0.0), None);
        check(Some(0.0), Some(32.5), Some((0.0, 32.5)));
    }
}
