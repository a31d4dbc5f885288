//! A table of places that stands for the embedded ones. Anything wrong in it stops the run.

use super::coding::Coded;
use super::columns::{Role, header_position};
use super::columnwise::{Places, Sheets};
use super::complaints::report_ragged;
use super::matching::match_columns;
use super::typed::degrees;
use crate::mistake::{Kind, Mistake, Mistakes};
use crate::model::{ColumnNames, Country, Note, Settings, Table, zone};
use crate::places::{OwnRow, country};

/// Reads places: `country, postal_code, city, state, latitude, longitude, time_zone`.
pub(super) fn places<'a>(
    table: &'a Table,
    settings: &Settings,
    notes: &mut Vec<Note>,
    mistakes: &mut Mistakes,
) -> Vec<OwnRow<'a>> {
    let columns = match_columns(table, Role::Places, &ColumnNames::new(), mistakes);
    notes.extend(table.notes.iter().cloned());
    report_ragged(table, mistakes);
    let lacks = |field: &&str| columns.field(field).is_empty();
    let mut lacking: Vec<&str> = ["latitude", "longitude"].into_iter().filter(lacks).collect();
    if ["postal_code", "city"].iter().all(lacks) {
        lacking.push("postal_code");
    }
    for field in lacking.iter().filter(|_| !table.headers.is_empty()) {
        let found = format!("places have no column `{field}`");
        mistakes.push(
            Mistake::new(Kind::NoSuchColumn, header_position(table, 0), found)
                .expected("columns `postal_code` or `city`, `latitude` and `longitude`"),
        );
    }
    if !lacking.is_empty() {
        return Vec::new();
    }
    let reader = Reader {
        sheets: Sheets::of_one(table, columns, &settings.read.empty),
        home: settings.country,
    };
    reader.read(mistakes)
}

/// Reads the cells of a table of places.
struct Reader<'a> {
    sheets: Sheets<'a>,
    home: Option<Country>,
}

/// A column with its place in the file.
struct Cells<'a> {
    field: &'static str,
    places: Places,
    coded: Coded<'a>,
}

impl<'a> Reader<'a> {
    fn cells(&self, field: &'static str) -> Cells<'a> {
        let places = self.sheets.field(field);
        let coded = self.sheets.code(&places);
        Cells { field, places, coded }
    }

    fn read(&self, mistakes: &mut Mistakes) -> Vec<OwnRow<'a>> {
        let [countries, states, cities, codes] =
            ["country", "state", "city", "postal_code"].map(|field| self.cells(field));
        let [latitudes, longitudes, zones] =
            ["latitude", "longitude", "time_zone"].map(|field| self.cells(field));
        let mut known = Vec::new();
        for row in 0..self.sheets.rows() {
            let before = mistakes.0.len();
            let of = |cells: &Cells<'a>| cells.coded.text(row);
            let country = self.country(row, &countries, mistakes);
            let latitude = self.degrees(row, &latitudes, 90.0, mistakes);
            let longitude = self.degrees(row, &longitudes, 180.0, mistakes);
            if of(&codes).is_empty() && of(&cities).is_empty() {
                let found = "a place without postal code and city".to_owned();
                mistakes.push(self.wrong(row, &codes, Kind::BadValue, found));
            }
            if !of(&zones).is_empty() && zone(of(&zones)).is_none() {
                let found = format!("no time zone is called `{}`", of(&zones));
                let mistake = self.wrong(row, &zones, Kind::BadValue, found);
                mistakes.push(mistake.expected("an IANA name such as `America/New_York`"));
            }
            if let (Some(country), Some(latitude), Some(longitude)) = (country, latitude, longitude)
                && mistakes.0.len() == before
            {
                known.push(OwnRow {
                    country,
                    state: of(&states),
                    city: of(&cities),
                    postal_code: of(&codes),
                    degrees: (latitude, longitude),
                    time_zone: of(&zones),
                });
            }
        }
        known
    }

    fn country(&self, row: usize, cells: &Cells<'_>, mistakes: &mut Mistakes) -> Option<Country> {
        let text = cells.coded.text(row);
        let found = match (text, self.home) {
            ("", Some(home)) => return Some(home),
            ("", None) => "a place without country".to_owned(),
            (text, _) => match country(text) {
                Some(country) => return Some(country),
                None => format!("no country is called `{text}`"),
            },
        };
        let mistake = self.wrong(row, cells, Kind::BadValue, found);
        mistakes.push(
            mistake
                .expected("a code such as `US`, or a name")
                .hint("`[places] country = \"...\"` in the rules names that of all rows without one"),
        );
        None
    }

    fn degrees(&self, row: usize, cells: &Cells<'_>, most: f64, mistakes: &mut Mistakes) -> Option<f64> {
        let text = cells.coded.text(row);
        if text.is_empty() {
            let found = format!("a place without {}", cells.field);
            mistakes.push(self.wrong(row, cells, Kind::BadNumber, found));
            return None;
        }
        match degrees(text, most) {
            Ok(degrees) => Some(degrees),
            Err(misfit) => {
                let mistake = self.wrong(row, cells, misfit.kind, misfit.found);
                mistakes.push(mistake.expected(misfit.expected));
                None
            }
        }
    }

    fn wrong(&self, row: usize, cells: &Cells<'_>, kind: Kind, found: String) -> Mistake {
        let header = self.sheets.header(&cells.places, cells.field);
        Mistake::new(kind, self.sheets.position(row, &cells.places), found).column(header)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::table;
    use super::*;

    fn check(text: &str, home: Option<Country>, expected: &[&str]) {
        let (mut notes, mut mistakes) = (Vec::new(), Mistakes::default());
        let settings = Settings {
            country: home,
            ..Settings::default()
        };
        let table = table("places.csv", text);
        let known = places(&table, &settings, &mut notes, &mut mistakes);
        let mut found: Vec<String> = known
            .iter()
            .map(|place| {
                let (latitude, longitude) = place.degrees;
                format!(
                    "{} {} {} {latitude} {longitude}",
                    place.country, place.postal_code, place.city
                )
            })
            .collect();
        found.extend(mistakes.0.iter().map(|mistake| mistake.found.clone()));
        assert_eq!(found, expected);
    }

    #[test]
    fn places_are_read_with_headers_as_people_write_them() {
        check(
            "Country¦Postcode¦Town¦lat¦lng\nUK¦SW1A 1AA¦¦51,501¦-0.142\nDE¦¦Kiel¦54.32¦10.14",
            None,
            &["GB SW1A 1AA  51.501 -0.142", "DE  Kiel 54.32 10.14"],
        );
        check(
            "zip¦latitude¦longitude\n94105¦37.79¦-122.39",
            Some(Country(*b"US")),
            &["US 94105  37.79 -122.39"],
        );
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        check(
            "country¦zip¦latitude¦longitude¦tz\n¦1¦1¦1¦\nAtlantis¦1¦1¦1¦\nUS¦1¦x¦200¦\nUS¦¦1¦¦Mars",
            None,
            &[
                "a place without country",
                "no country is called `Atlantis`",
                "`x` is not a number",
                "`200` is not on Earth",
                "a place without longitude",
                "a place without postal code and city",
                "no time zone is called `Mars`",
            ],
        );
        check("zip¦latitude\n1¦1", None, &["places have no column `longitude`"]);
    }
}
