//! Countries and their states, with the point in the middle of their people.

use super::packing::{number, numbers, parts, signed};
use super::sources::{Admin, Point, Sources};
use dealt::model;
use dealt::places;
use std::collections::HashMap;

/// A country or state.
pub struct Division {
    pub code: String,
    pub point: Point,
    pub zone: String,
}

/// A country with its states in order of their codes.
pub struct Country {
    pub own: Division,
    pub only_zone: bool,
    pub states: Vec<Division>,
}

/// All countries in order of their codes.
pub struct Divisions(pub Vec<Country>);

/// How many parts of a degree the points of divisions have.
const TO_THE_DEGREE: f64 = 100.0;

/// The American states whose offices lie anywhere in the world.
const MILITARY: &[&str] = &["AA", "AE", "AP"];

impl Divisions {
    /// The divisions of the sources, and the American territories out of their ZIPs.
    pub fn of(sources: &Sources) -> Self {
        let mut countries: Vec<Country> = sources
            .countries
            .iter()
            .filter_map(|row| {
                Some(Country {
                    own: Division {
                        code: row.code.clone(),
                        point: row.point?,
                        zone: row.zone.clone(),
                    },
                    only_zone: row.only_zone,
                    states: Vec::new(),
                })
            })
            .collect();
        countries.sort_by(|one, other| one.own.code.cmp(&other.own.code));
        for country in &mut countries {
            let code = country.own.code.as_str();
            let admins = sources.admins.iter().filter(|admin| admin.country == code);
            country.states = admins
                .map(|admin| Division {
                    code: state_code(admin),
                    point: admin.point,
                    zone: admin.zone.clone(),
                })
                .collect();
            if code == "US" {
                add_territories(&mut country.states, sources);
            }
            country.states.sort_by(|one, other| one.code.cmp(&other.code));
        }
        Self(countries)
    }

    /// The index of a country.
    pub fn country(&self, code: &str) -> usize {
        let at = self
            .0
            .binary_search_by(|country| country.own.code.as_str().cmp(code));
        at.unwrap_or_else(|_| panic!("no country {code}"))
    }

    /// For a country and its state's code in the sources, the state's place in the country, from 1.
    pub fn states<'a>(&self, sources: &'a Sources) -> HashMap<(&'a str, &'a str), usize> {
        let of = |admin: &'a Admin| {
            let country = self.country(&admin.country);
            let place = self.code(country, &state_code(admin));
            ((admin.country.as_str(), admin.code.as_str()), place)
        };
        sources.admins.iter().map(of).collect()
    }

    /// The place of a state in its country by the program's code, from 1; 0 if there is none.
    pub fn code(&self, country: usize, code: &str) -> usize {
        let states = &self.0[country].states;
        let at = states.binary_search_by(|state| state.code.as_str().cmp(code));
        at.map_or(0, |at| at + 1)
    }

    /// The columns of the section.
    pub fn columns(&self, zones: &[&str]) -> Vec<u8> {
        let zone = |name: &str| zones.binary_search(&name).expect("all zones are listed");
        let mut columns = Vec::new();
        number(&mut columns, self.0.len() as u64);
        for Country { own, .. } in &self.0 {
            columns.extend(own.code.as_bytes());
        }
        numbers(&mut columns, self.0.iter().map(|country| country.states.len()));
        let states = || self.0.iter().flat_map(|country| &country.states);
        for state in states() {
            columns.extend(state.code.as_bytes());
            columns.push(b'\n');
        }
        let all: Vec<&Division> = self
            .0
            .iter()
            .map(|country| &country.own)
            .chain(states())
            .collect();
        for latitude in all.iter().map(|division| division.point.0) {
            signed(&mut columns, parts(latitude, TO_THE_DEGREE));
        }
        for longitude in all.iter().map(|division| division.point.1) {
            signed(&mut columns, parts(longitude, TO_THE_DEGREE));
        }
        numbers(&mut columns, all.iter().map(|division| zone(&division.zone)));
        numbers(
            &mut columns,
            self.0.iter().map(|country| usize::from(country.only_zone)),
        );
        columns
    }
}

/// The code by which the program knows a state.
fn state_code(admin: &Admin) -> String {
    if !matches!(admin.country.as_str(), "AU" | "CA") {
        return admin.code.clone();
    }
    let country = <[u8; 2]>::try_from(admin.country.as_bytes()).expect("two letters");
    let state = places::state(Some(model::Country(country)), &admin.name);
    state.unwrap_or_else(|| panic!("no state {}", admin.name)).code
}

fn add_territories(states: &mut Vec<Division>, sources: &Sources) {
    let known: Vec<String> = states.iter().map(|state| state.code.clone()).collect();
    for zip in &sources.zips {
        if known.contains(&zip.state) || MILITARY.contains(&zip.state.as_str()) {
            continue;
        }
        if states.iter().all(|state| state.code != zip.state) {
            let points: Vec<Point> = sources
                .zips
                .iter()
                .filter(|other| other.state == zip.state)
                .map(|other| other.point)
                .collect();
            states.push(Division {
                code: zip.state.clone(),
                point: middle(points),
                zone: zip.zone.clone(),
            });
        }
    }
}

/// The median of points, by latitude and by longitude.
pub fn middle(points: Vec<Point>) -> Point {
    let (mut latitudes, mut longitudes): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
    latitudes.sort_by(f64::total_cmp);
    longitudes.sort_by(f64::total_cmp);
    let half = latitudes.len() / 2;
    (latitudes[half], longitudes[half])
}
