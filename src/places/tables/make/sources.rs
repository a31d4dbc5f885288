//! The sources as they were found, in rows.

use flate2::read::GzDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

/// Latitude and longitude in degrees.
pub type Point = (f64, f64);

/// A row of `countries.csv`.
pub struct Country {
    pub code: String,
    /// Absent where nobody lives.
    pub point: Option<Point>,
    pub zone: String,
    pub only_zone: bool,
}

/// A row of `admin1.csv`.
pub struct Admin {
    pub country: String,
    pub code: String,
    pub name: String,
    pub point: Point,
    pub zone: String,
}

/// A row of `cities.csv`.
pub struct City {
    pub id: u32,
    pub names: Vec<String>,
    pub country: String,
    pub admin: String,
    pub point: Point,
    pub population: u64,
    pub zone: String,
}

/// A row of `us_zip.csv`.
pub struct Zip {
    pub city: String,
    pub state: String,
    pub point: Point,
    pub zone: String,
}

/// A postal code's place.
#[derive(Clone)]
pub struct Code {
    pub point: Point,
    /// Known for American codes.
    pub zone: Option<String>,
}

/// All sources.
pub struct Sources {
    pub countries: Vec<Country>,
    pub admins: Vec<Admin>,
    pub cities: Vec<City>,
    /// Other names, lower case in ASCII, with the id of the city.
    pub other_names: Vec<(String, u32)>,
    pub zips: Vec<Zip>,
    /// Postal codes of each country, in order.
    pub codes: BTreeMap<String, BTreeMap<String, Code>>,
}

/// Countries whose codes are American ZIPs, and stand among those.
const WITH_ZIPS: &[&str] = &["US", "PR", "GU", "VI", "AS", "MP", "FM", "PW", "MH"];

/// The codes of these are five digits; what follows them names an office, not a place.
const FIVE_DIGITS: &[&str] = &["FR", "GF", "GP", "MQ", "RE", "YT", "NC", "PF", "PM", "WF"];

impl Sources {
    /// Reads all sources in a folder.
    pub fn read(folder: &Path) -> Self {
        let mut codes: BTreeMap<String, BTreeMap<String, Code>> = BTreeMap::new();
        rows(folder, "postal.csv.gz", |row| {
            if !WITH_ZIPS.contains(&&row[0]) {
                let code = Code {
                    point: point(row, 2),
                    zone: None,
                };
                let text = plain(&row[0], &row[1]);
                codes
                    .entry(row[0].to_owned())
                    .or_default()
                    .entry(text)
                    .or_insert(code);
            }
        });
        let mut zips = Vec::new();
        rows(folder, "us_zip.csv.gz", |row| {
            let code = Code {
                point: point(row, 3),
                zone: Some(row[5].to_owned()),
            };
            zips.push(Zip {
                city: row[1].to_owned(),
                state: row[2].to_owned(),
                point: code.point,
                zone: row[5].to_owned(),
            });
            codes
                .entry("US".to_owned())
                .or_default()
                .insert(row[0].to_owned(), code);
        });
        let (mut countries, mut admins, mut cities, mut other_names) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        rows(folder, "countries.csv.gz", |row| countries.push(country(row)));
        rows(folder, "admin1.csv.gz", |row| admins.push(admin(row)));
        rows(folder, "cities.csv.gz", |row| cities.push(city(row)));
        rows(folder, "city_names.csv.gz", |row| {
            other_names.push((row[1].to_owned(), row[2].parse().expect("a number")));
        });
        Self {
            countries,
            admins,
            cities,
            other_names,
            zips,
            codes,
        }
    }

    /// The names of all time zones, in order.
    pub fn zones(&self) -> Vec<&str> {
        let zones: BTreeSet<&str> = self
            .cities
            .iter()
            .map(|city| city.zone.as_str())
            .chain(
                self.countries
                    .iter()
                    .map(|country| country.zone.as_str())
                    .filter(|zone| !zone.is_empty()),
            )
            .chain(self.admins.iter().map(|admin| admin.zone.as_str()))
            .chain(self.zips.iter().map(|zip| zip.zone.as_str()))
            .collect();
        zones.into_iter().collect()
    }

    /// The cities of a country.
    pub fn cities_of<'a>(&'a self, country: &'a str) -> impl Iterator<Item = &'a City> {
        self.cities.iter().filter(move |city| city.country == country)
    }
}

/// Shows every row of a compressed table to a reader.
fn rows(folder: &Path, name: &str, mut reader: impl FnMut(&csv::StringRecord)) {
    let path = folder.join(name);
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut table = csv::Reader::from_reader(GzDecoder::new(file));
    let mut row = csv::StringRecord::new();
    while table.read_record(&mut row).expect("a table") {
        reader(&row);
    }
}

/// A postal code without the country's letters and without what follows five digits in France.
fn plain(country: &str, text: &str) -> String {
    let digits = text.trim_start_matches(|letter: char| letter.is_ascii_uppercase());
    let letters = &text[..text.len() - digits.len()];
    let own = !letters.is_empty() && country.starts_with(letters) && digits.len() > 2;
    let text = if own && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        digits
    } else {
        text
    };
    let text = if FIVE_DIGITS.contains(&country) {
        &text[..5]
    } else {
        text
    };
    text.to_owned()
}

fn degrees(text: &str) -> f64 {
    text.parse().expect("degrees")
}

fn point(row: &csv::StringRecord, at: usize) -> Point {
    (degrees(&row[at]), degrees(&row[at + 1]))
}

fn country(row: &csv::StringRecord) -> Country {
    Country {
        code: row[0].to_owned(),
        point: (!row[5].is_empty()).then(|| point(row, 5)),
        zone: row[7].to_owned(),
        only_zone: !row[9].contains('|'),
    }
}

fn admin(row: &csv::StringRecord) -> Admin {
    Admin {
        country: row[0].to_owned(),
        code: row[1].to_owned(),
        name: row[2].to_owned(),
        point: point(row, 4),
        zone: row[6].to_owned(),
    }
}

fn city(row: &csv::StringRecord) -> City {
    let names = [&row[1], &row[2]];
    City {
        id: row[0].parse().expect("a number"),
        names: names
            .into_iter()
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        country: row[3].to_owned(),
        admin: row[4].to_owned(),
        point: point(row, 6),
        population: row[8].parse().unwrap_or(0),
        zone: row[9].to_owned(),
    }
}
