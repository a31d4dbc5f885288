//! Every row of the sources is found by its own key.

use super::{GAZETTEER, km};
use crate::model::Confidence;
use crate::places::{Address, Found};
use flate2::read::GzDecoder;
use std::fs::File;
use std::path::Path;

/// The rows of a source.
fn rows(name: &str) -> impl Iterator<Item = csv::StringRecord> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/places/tables/sources");
    let file = File::open(folder.join(name)).unwrap();
    csv::Reader::from_reader(GzDecoder::new(file))
        .into_records()
        .map(Result::unwrap)
}

/// How far what was found is from the point in two cells.
fn away(found: &Found, latitude: &str, longitude: &str) -> f64 {
    let point = (latitude.parse().unwrap(), longitude.parse().unwrap());
    found
        .place
        .degrees
        .map_or(f64::INFINITY, |degrees| km(degrees, point))
}

fn code<'a>(postal_code: &'a str, country: &'a str) -> Address<'a> {
    Address {
        postal_code,
        country,
        ..Address::default()
    }
}

#[test]
fn every_american_zip_is_where_its_row_says_and_in_its_zone() {
    for row in rows("us_zip.csv.gz") {
        let found = GAZETTEER.find(&code(&row[0], "US"), None);
        assert_eq!(found.place.confidence, Confidence::Postal, "{row:?}");
        assert!(away(&found, &row[3], &row[4]) < 0.5, "{row:?}: {found:?}");
        assert_eq!(found.zone.as_deref(), Some(&row[5]), "{row:?}");
    }
}

#[test]
fn every_american_zip_tells_the_state_of_its_row() {
    for row in rows("us_zip.csv.gz") {
        let is_american = crate::places::state(crate::places::country("US"), &row[2]).is_some();
        let expected = is_american.then_some(&row[2]);
        let found = crate::places::state_of_zip(&row[0]);
        assert_eq!(
            found.as_ref().map(|state| state.code.as_str()),
            expected,
            "{row:?}"
        );
    }
}

#[test]
fn every_postal_code_of_many_countries_is_where_its_row_says() {
    let countries = [
        "AU", "BR", "CA", "DE", "FR", "GB", "IE", "IN", "LU", "LV", "MX", "NL", "SE", "SG",
    ];
    let mut count = 0;
    for row in rows("postal.csv.gz").filter(|row| countries.contains(&&row[0])) {
        // `75700SP07` names an office.
        if row[0] == *"FR" && row[1].len() > 5 {
            continue;
        }
        let found = GAZETTEER.find(&code(&row[1], &row[0]), None);
        assert_eq!(found.place.confidence, Confidence::Postal, "{row:?}: {found:?}");
        assert!(away(&found, &row[2], &row[3]) < 0.5, "{row:?}: {found:?}");
        count += 1;
    }
    assert!(count > 200_000);
}

#[test]
fn cities_are_found_by_name_state_and_country() {
    let (mut all, mut far) = (0, 0);
    for row in rows("cities.csv.gz") {
        let address = Address {
            city: &row[1],
            state: &row[5],
            country: &row[3],
            ..Address::default()
        };
        let found = GAZETTEER.find(&address, None);
        assert!(found.place.confidence <= Confidence::City, "{row:?}: {found:?}");
        all += 1;
        // One name twice in one state, or in a country whose states the row does not name.
        far += usize::from(away(&found, &row[6], &row[7]) > 26.0);
    }
    assert!(far * 100 < all, "{far} of {all}");
}

#[test]
fn most_other_names_of_cities_are_found() {
    let places: std::collections::HashMap<String, (String, String)> = rows("cities.csv.gz")
        .map(|row| (row[0].to_owned(), (row[6].to_owned(), row[7].to_owned())))
        .collect();
    let (mut all, mut far) = (0, 0);
    for row in rows("city_names.csv.gz")
        .step_by(7)
        .filter(|row| row[1].len() > 2)
    {
        let (latitude, longitude) = &places[&row[2]];
        let address = Address {
            city: &row[1],
            country: &row[0],
            ..Address::default()
        };
        all += 1;
        far += usize::from(away(&GAZETTEER.find(&address, None), latitude, longitude) > 26.0);
    }
    assert!(far * 20 < all, "{far} of {all}");
}
