//! Addresses the way people write them.

use super::{find, km};
use crate::model::Confidence::{self, City, Country, None, Postal, State};

/// Checks where an address is found: how, in which country, and within 15 km of which point.
fn check(cells: &str, home: &str, confidence: Confidence, country: &str, point: (f64, f64)) {
    let found = find(cells, home);
    let named = found
        .country
        .map(|country| country.to_string())
        .unwrap_or_default();
    assert_eq!(
        (found.place.confidence, named.as_str()),
        (confidence, country),
        "{cells}: {found:?}"
    );
    let away = found.place.degrees.map(|degrees| km(degrees, point));
    assert!(
        away.is_some_and(|away| away < 15.0),
        "{cells}: {away:?} km, {found:?}"
    );
}

fn check_missed(cells: &str, home: &str, confidence: Confidence, missed: &str) {
    let found = find(cells, home);
    let text = found.missed.clone().unwrap_or_default();
    assert_eq!(
        (found.place.confidence, text.as_str()),
        (confidence, missed),
        "{cells}: {found:?}"
    );
}

const AUSTIN: (f64, f64) = (30.27, -97.74);
const BERLIN: (f64, f64) = (52.52, 13.40);
const LONDON: (f64, f64) = (51.51, -0.13);
const MUNICH: (f64, f64) = (48.14, 11.57);
const NEW_YORK: (f64, f64) = (40.71, -74.00);
const PARIS: (f64, f64) = (48.86, 2.34);
const PORTLAND: (f64, f64) = (45.52, -122.68);
const SAN_FRANCISCO: (f64, f64) = (37.78, -122.41);
const SYDNEY: (f64, f64) = (-33.87, 151.21);
const TORONTO: (f64, f64) = (43.65, -79.38);
const WASHINGTON: (f64, f64) = (38.90, -77.03);

#[test]
fn american_codes_are_found_however_spreadsheets_left_them() {
    let gibbstown = (39.80, -75.35);
    for code in [
        "08014",
        "8014",
        "8014.0",
        " 8014 ",
        "08014-1234",
        "080141234",
        "8014-1234",
    ] {
        check(&format!("|||{code}|USA"), "", Postal, "US", gibbstown);
    }
    check("|||94105 1234|US", "", Postal, "US", SAN_FRANCISCO);
    check("|||94105|", "US", Postal, "US", SAN_FRANCISCO);
}

#[test]
fn codes_of_other_countries_are_found_in_their_usual_forms() {
    check("|||SW1A 1AA|UK", "", Postal, "GB", LONDON);
    check("|||sw1a1aa|United Kingdom", "", Postal, "GB", LONDON);
    check("|||SW1A|England", "", Postal, "GB", LONDON);
    check("|||EC1|UK", "", Postal, "GB", LONDON);
    check("|||m5v 2t6|Canada", "", Postal, "CA", TORONTO);
    check("|||M5V|CA", "", Postal, "CA", TORONTO);
    check("|||D-80331|Germany", "", Postal, "DE", MUNICH);
    check("|||D 80331|Germany", "", Postal, "DE", MUNICH);
    check("|||1067|DE", "", Postal, "DE", (51.06, 13.73));
    check("|||F-75008 CEDEX 08|France", "", Postal, "FR", PARIS);
    check("|||75008 Paris|France", "", Postal, "FR", PARIS);
    check("|||S-111 22|Sweden", "", Postal, "SE", (59.33, 18.06));
    check("|||B-6000|Belgium", "", Postal, "BE", (50.41, 4.44));
    check("|||L-1234|Luxembourg", "", Postal, "LU", (49.61, 6.13));
    check("|||LV-1010|Latvia", "", Postal, "LV", (56.95, 24.11));
    check("|||1012ab|NL", "", Postal, "NL", (52.37, 4.90));
    check("|||800|Australia", "", Postal, "AU", (-12.46, 130.84));
    check("|||〒100-0001|Japan", "", Postal, "JP", (35.68, 139.75));
    check("|||C.P. 06600|Mexico", "", Postal, "MX", (19.43, -99.15));
    check("|||1100|Portugal", "", Postal, "PT", (38.72, -9.14));
    check("|||JE2 3AB|UK", "", Postal, "GB", (49.19, -2.11));
    check("|||22070-900|Brazil", "", City, "BR", (-22.92, -43.30));
}

#[test]
fn cities_are_found_under_the_names_that_people_use() {
    for city in [
        "München",
        "Muenchen",
        "MUNCHEN",
        "Munich",
        "Monaco di Baviera",
        " münchen ",
    ] {
        check(&format!("|{city}|||Germany"), "", City, "DE", MUNICH);
    }
    for city in ["NYC", "New York City", "New York", "new york, ny"] {
        check(&format!("|{city}|||US"), "", City, "US", NEW_YORK);
    }
    for city in [
        "Washington, D.C.",
        "Washington DC",
        "Washington, District of Columbia",
    ] {
        check(&format!("|{city}|||US"), "", City, "US", WASHINGTON);
    }
    for city in ["St. Louis", "Saint Louis", "ST LOUIS", "St-Louis"] {
        check(&format!("|{city}|MO||US"), "", City, "US", (38.63, -90.20));
    }
    check("|Ft. Worth|TX||US", "", City, "US", (32.76, -97.33));
    check("|Mt. Pleasant|SC||US", "", City, "US", (32.79, -79.86));
    check("|Winston Salem|NC||US", "", City, "US", (36.10, -80.25));
    for city in [
        "Frankfurt/Main",
        "Frankfurt am Main",
        "Frankfurt a.M.",
        "Frankfurt (Main)",
        "Frankfurt",
    ] {
        check(&format!("|{city}|||DE"), "", City, "DE", (50.11, 8.68));
    }
    check("|Frankfurt (Oder)|||DE", "", City, "DE", (52.34, 14.55));
    check("|Köln|||DE", "", City, "DE", (50.94, 6.96));
    check("|Koeln|||DE", "", City, "DE", (50.94, 6.96));
    check("|Bueckeburg|||DE", "", City, "DE", (52.26, 9.05));
    for city in ["Paris 8e", "Paris Cedex", "PARIS CEDEX 08", "Ville de Paris"] {
        check(&format!("|{city}|||France"), "", City, "FR", PARIS);
    }
    check("|Praha 1|||Czechia", "", City, "CZ", (50.09, 14.42));
    check("|Dublin 2|||Ireland", "", City, "IE", (53.34, -6.26));
    check("|London SW1|||UK", "", City, "GB", LONDON);
    check("|Den Haag|||Holland", "", City, "NL", (52.08, 4.30));
    check("|'s-Hertogenbosch|||NL", "", City, "NL", (51.69, 5.31));
    check("|Москва|||Россия", "", City, "RU", (55.75, 37.62));
    check("|東京|||Japan", "", City, "JP", (35.69, 139.69));
    check("|Minneapolis/St. Paul|MN||US", "", City, "US", (44.98, -93.27));
    check("|Basingstoke Hants|England||UK", "", City, "GB", (51.26, -1.09));
}

#[test]
fn a_cell_may_hold_more_than_its_header_says() {
    check("|Portland, OR|||", "", City, "US", PORTLAND);
    check("|Portland, OR 97201|||", "", Postal, "US", PORTLAND);
    check("|Portland, ME|||US", "", City, "US", (43.66, -70.26));
    check("|Portland Maine|||US", "", City, "US", (43.66, -70.26));
    check("|Albuquerque New Mexico|||", "US", City, "US", (35.08, -106.65));
    check("|Austin TX USA|||", "", City, "US", AUSTIN);
    check("|80331 München|||", "", Postal, "DE", MUNICH);
    check("|75008 Paris|||FR", "", Postal, "FR", PARIS);
    check("|110 00 Praha 1|||CZ", "", Postal, "CZ", (50.09, 14.42));
    check("|Sydney NSW 2000|||", "", Postal, "AU", SYDNEY);
    check("|Paris, France|||", "US", City, "FR", PARIS);
    check("|Paris|France||", "", City, "FR", PARIS);
    check("|Atlanta, Georgia|||", "", City, "US", (33.75, -84.39));
    check("|Tbilisi, Georgia|||", "", City, "GE", (41.70, 44.80));
    check("|Los Angeles|||California", "", City, "US", (34.05, -118.24));
}

#[test]
fn whole_addresses_in_one_line_are_read() {
    check(
        "1 Market St, San Francisco, CA 94105, USA",
        "",
        Postal,
        "US",
        SAN_FRANCISCO,
    );
    check("1 Market St, San Francisco, CA", "", City, "US", SAN_FRANCISCO);
    check(
        "312 Constitution Place\nAustin, TX 78767\nUSA|Austin|TX||",
        "",
        Postal,
        "US",
        AUSTIN,
    );
    check("10 Downing St, London SW1A 2AA, UK", "", Postal, "GB", LONDON);
    check(
        "Team Valley,\nGateshead, Tyne and Wear NE11 0NX\nUnited Kingdom||UK",
        "",
        Postal,
        "GB",
        (54.93, -1.62),
    );
    check("Marienplatz 1, 80331 München, Germany", "", Postal, "DE", MUNICH);
    check("Marienplatz 1, 80331 München", "DE", Postal, "DE", MUNICH);
    check("5 Rue de Rivoli, 75001 Paris, France", "", Postal, "FR", PARIS);
    check(
        "Damrak 1, 1012 LG Amsterdam, Netherlands",
        "",
        Postal,
        "NL",
        (52.37, 4.90),
    );
    check(
        "200 Bay St, Toronto, ON M5J 2J2, Canada",
        "",
        Postal,
        "CA",
        TORONTO,
    );
    check(
        "Level 5, 1 Macquarie Pl, Sydney NSW 2000, Australia",
        "",
        Postal,
        "AU",
        SYDNEY,
    );
    check(
        "Via Roma 1, 20121 Milano MI, Italy",
        "",
        Postal,
        "IT",
        (45.47, 9.19),
    );
    check(
        "1-1 Marunouchi, Chiyoda-ku, Tokyo 100-0005, Japan",
        "",
        Postal,
        "JP",
        (35.68, 139.76),
    );
    check(
        "Av. Paulista 1000, São Paulo - SP, 01310-100, Brazil",
        "",
        City,
        "BR",
        (-23.55, -46.64),
    );
    check(
        "9 Tagore Lane\nSingapore, Singapore 787472|Singapore|Singapore",
        "",
        Postal,
        "SG",
        (1.384, 103.83),
    );
}

#[test]
fn without_a_country_state_code_or_size_tell_it() {
    check("|Toronto|ON||", "", City, "CA", TORONTO);
    check("|London|ON||", "", City, "CA", (42.98, -81.25));
    check("|Perth|WA||", "", City, "AU", (-31.95, 115.86));
    check("|Seattle|WA||", "", City, "US", (47.61, -122.33));
    check("|||M5V 2T6", "US", Postal, "CA", TORONTO);
    check("|||SW1A 1AA", "", Postal, "GB", LONDON);
    check("||CA|94105", "", Postal, "US", SAN_FRANCISCO);
    check("|Berlin|||", "", City, "DE", BERLIN);
    check("|London|||", "", City, "GB", LONDON);
    check("|Berlin|||", "US", City, "US", (44.47, -71.19));
    check("|Munich|||", "FR", City, "DE", MUNICH);
    check("|Toronto|Ontario||", "US", City, "CA", TORONTO);
}

#[test]
fn what_is_no_better_known_is_placed_by_state_or_country() {
    check("|Springfeld|Illinois||US", "", State, "US", (41.47, -88.22));
    check("||CA||US", "", State, "US", (35.34, -119.25));
    check("||||California", "", State, "US", (35.34, -119.25));
    check("||||Deutschland", "", Country, "DE", (51.05, 9.79));
    check("||Greater London||UK", "", Country, "GB", (52.58, -1.42));
    assert_eq!(find("||||", "").place.confidence, None);
    assert_eq!(find(" || ||", "US").place.confidence, None);
    check("somewhere", "DE", Country, "DE", (51.05, 9.79));
    assert_eq!(find("||||Atlantis", "").place.confidence, None);
}

#[test]
fn a_state_that_lacks_the_city_sends_no_lead_to_a_namesake_unless_it_is_the_only_one() {
    check("|Springfield|CA||US", "", State, "US", (35.34, -119.25));
    check("|Winston-Salem|SC||US", "", City, "US", (36.10, -80.25));
    check("|London|Greater London||UK", "", City, "GB", LONDON);
}

#[test]
fn a_city_with_namesakes_is_the_largest_and_says_so() {
    let found = find("|Springfield|||US", "");
    assert!(found.namesakes > 10, "{found:?}");
    assert!(find("|Georgetown", "").namesakes > 10);
    assert_eq!(find("|Springfield|MO||US", "").namesakes, 0);
    assert_eq!(find("|Winston-Salem|||US", "").namesakes, 0);
}

#[test]
fn the_most_telling_text_that_is_not_known_is_told() {
    check_missed("|Springfeld|IL||US", "", State, "Springfeld, IL");
    check_missed("|  Spring\u{a0} feld |||US", "", Country, "Spring feld");
    check_missed("|Springfield|IL|99999|US", "", City, "99999");
    check_missed("|São Paulo||01310-100|Brazil", "", City, "");
    check_missed("|-|-|-|US", "", Country, "");
    check_missed("|Jerusalem||99999|Israel", "", City, "");
    check_missed("|||99999|US", "", Country, "99999");
    check_missed("||Atlantis||US", "", Country, "Atlantis");
    check_missed("||||Atlantis", "", None, "Atlantis");
    check_missed("|||94105|US", "", Postal, "");
    check_missed("||CA||US", "", State, "");
    check_missed("somewhere|||", "", None, "somewhere");
}
