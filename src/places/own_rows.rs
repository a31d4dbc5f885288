//! A user's own rows in place of the embedded postal codes and cities.

use super::cities::{Cities, City};
use super::city_names::city_key;
use super::codes::Codes;
use super::divisions::{Divisions, Spot, ZoneIndex};
use super::lazy::Tables;
use super::on_earth;
use super::postal::postal_key;
use super::states::state_code;
use crate::model::Country;
use std::collections::BTreeMap;

/// A row of a user's own table: the point of a postal code, of a city, or of both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnRow<'a> {
    /// The country.
    pub country: Country,
    /// The postal code; may be empty.
    pub postal_code: &'a str,
    /// The city; may be empty.
    pub city: &'a str,
    /// The state, by code or name; may be empty.
    pub state: &'a str,
    /// Latitude and longitude in degrees. A row that is not on Earth is left out.
    pub degrees: (f64, f64),
    /// The IANA name of the time zone; empty for that of the nearest city of the embedded tables.
    pub time_zone: &'a str,
}

/// A point, and where it is known the zone.
type Point = ((f64, f64), Option<ZoneIndex>);

/// The tables of own rows.
///
/// Several rows of one postal code give it the median of their latitudes and of their longitudes, and the zone
/// of the first; of several cities with one name in one state the first row counts, and without a state the first of all.
pub(super) fn tables<'a>(rows: impl IntoIterator<Item = OwnRow<'a>>) -> Tables {
    let mut divisions = Divisions::unpack();
    let mut codes: BTreeMap<Country, BTreeMap<String, Vec<Point>>> = BTreeMap::new();
    let mut cities = Vec::new();
    for row in rows
        .into_iter()
        .filter(|row| on_earth(row.degrees.0, row.degrees.1))
    {
        let name = row.time_zone.trim();
        let zone = if name.is_empty() {
            None
        } else {
            divisions.zone_of(name)
        };
        let code = postal_key(Some(row.country), row.postal_code.trim());
        if !code.is_empty() {
            let points = codes.entry(row.country).or_default().entry(code).or_default();
            points.push((row.degrees, zone));
        }
        let key = city_key(row.city);
        if let (false, Some(country)) = (key.is_empty(), divisions.country(row.country)) {
            let state = state_code(Some(row.country), row.state);
            let city = City {
                country,
                state: state.and_then(|(_, code)| divisions.state(country, code)),
                spot: Spot {
                    degrees: row.degrees,
                    zone,
                },
                size: 0,
            };
            cities.push((key, city));
        }
    }
    let codes = codes
        .into_iter()
        .map(|(country, codes)| (country, Codes::of_rows(codes.into_iter().map(middle))));
    Tables::own(divisions, Cities::of_rows(cities), codes.collect())
}

fn middle((code, points): (String, Vec<Point>)) -> (String, Spot) {
    let zone = points.first().and_then(|(_, zone)| *zone);
    let (mut latitudes, mut longitudes): (Vec<f64>, Vec<f64>) =
        points.into_iter().map(|(degrees, _)| degrees).unzip();
    (
        code,
        Spot {
            degrees: (median(&mut latitudes), median(&mut longitudes)),
            zone,
        },
    )
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let half = numbers.len() / 2;
    let odd = numbers.len() % 2 == 1;
    if odd {
        numbers[half]
    } else {
        f64::midpoint(numbers[half - 1], numbers[half])
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Gazetteer, country};
    use super::*;
    use crate::model::Confidence;

    fn row<'a>(
        of: &str,
        postal_code: &'a str,
        city: &'a str,
        state: &'a str,
        degrees: (f64, f64),
    ) -> OwnRow<'a> {
        OwnRow {
            country: country(of).unwrap(),
            postal_code,
            city,
            state,
            degrees,
            time_zone: "",
        }
    }

    fn check(rows: &[OwnRow<'_>], address: Address<'_>, expected: (Confidence, Option<(f64, f64)>)) {
        let found = Gazetteer::of_rows(rows.iter().copied()).find(&address, None);
        assert_eq!(
            (found.place.confidence, found.place.degrees),
            expected,
            "{address:?}"
        );
    }

    fn code<'a>(postal_code: &'a str, country: &'a str) -> Address<'a> {
        Address {
            postal_code,
            country,
            ..Address::default()
        }
    }

    #[test]
    fn own_codes_are_found_in_every_form_and_lie_in_the_middle_of_their_rows() {
        let rows = [
            row("US", "501", "", "", (1.0, 10.0)),
            row("US", "00501", "", "", (3.0, 20.0)),
            row("US", "00501-1234", "", "", (2.0, 90.0)),
            row("CA", "k1a 0b1", "", "", (4.0, 5.0)),
            row("CA", "K1A", "", "", (6.0, 7.0)),
            row("US", "99999", "", "", (95.0, 7.0)),
        ];
        check(
            &rows,
            code("00501", "US"),
            (Confidence::Postal, Some((2.0, 20.0))),
        );
        check(
            &rows,
            code("K1A 0B1", "CA"),
            (Confidence::Postal, Some((4.0, 5.0))),
        );
        check(
            &rows,
            code("K1A 9Z9", "CA"),
            (Confidence::Postal, Some((6.0, 7.0))),
        );
        assert_eq!(
            Gazetteer::of_rows(rows)
                .find(&code("99999", "US"), None)
                .place
                .confidence,
            Confidence::Country
        );
    }

    #[test]
    fn own_rows_take_the_place_of_embedded_codes_and_cities() {
        let rows = [
            row("DE", "", "Musterstadt", "Bayern", (48.0, 11.0)),
            row("DE", "", "Musterstadt", "Hessen", (50.0, 9.0)),
        ];
        let city = |city, state| Address {
            city,
            state,
            country: "DE",
            ..Address::default()
        };
        check(
            &rows,
            city("musterstadt", "Hessen"),
            (Confidence::City, Some((50.0, 9.0))),
        );
        check(
            &rows,
            city("Musterstadt", ""),
            (Confidence::City, Some((48.0, 11.0))),
        );
        assert_eq!(
            Gazetteer::of_rows(rows)
                .find(&city("München", ""), None)
                .place
                .confidence,
            Confidence::Country
        );
        assert_eq!(
            Gazetteer::of_rows(rows)
                .find(&code("80331", "DE"), None)
                .place
                .confidence,
            Confidence::Country
        );
    }

    #[test]
    fn the_zone_is_the_rows_own_else_that_of_the_nearest_city() {
        let mut rows = [
            row("US", "00001", "", "", (40.7, -74.0)),
            row("US", "00002", "", "", (40.7, -74.0)),
        ];
        rows[0].time_zone = "America/Denver";
        let gazetteer = Gazetteer::of_rows(rows);
        let zone = |text| gazetteer.find(&code(text, "US"), None).zone;
        assert_eq!(zone("1").as_deref(), Some("America/Denver"));
        assert_eq!(zone("2").as_deref(), Some("America/New_York"));
    }
}
