//! Tests of the whole gazetteer, against known places and against its sources.

mod exact;
mod known_places;
mod properties;
mod samples;
mod sweeps;
mod written;

use super::{Address, Found, Gazetteer, country};
use std::sync::LazyLock;

/// The embedded tables, unpacked once for all tests.
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::embedded);

/// Finds `street | city | state | postal code | country`; cells left out at the end are empty.
fn find(cells: &str, home: &str) -> Found {
    let cells: Vec<&str> = cells.split('|').chain([""; 5]).collect();
    let address = Address {
        street: cells[0],
        city: cells[1],
        state: cells[2],
        postal_code: cells[3],
        country: cells[4],
    };
    GAZETTEER.find(&address, country(home))
}

/// The great-circle distance in kilometres on a sphere of radius 6371.
fn km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (up, right) = ((other.0 - one.0).to_radians(), (other.1 - one.1).to_radians());
    let half = (up / 2.0).sin().powi(2)
        + one.0.to_radians().cos() * other.0.to_radians().cos() * (right / 2.0).sin().powi(2);
    2.0 * 6371.0 * half.sqrt().asin()
}
