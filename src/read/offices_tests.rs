use super::super::cells::Emptiness;
use super::super::coding::code;
use super::super::columns::Role;
use super::super::columnwise::Sheet;
use super::super::matching::match_columns;
use super::super::testing::{as_of, table};
use super::super::{Tables, assemble};
use super::*;
use crate::mistake::Mistakes;

/// Checks the office hours of leads (`zone hours`, `-` where there are none) and what is said. `places` are the
/// zones of their places.
fn check(leads: &str, places: &[&str], settings: &Settings, expected: &[&str], said: &[&str]) {
    let table = table("leads.csv", leads);
    let columns = match_columns(
        &table,
        Role::Leads,
        &settings.lead_headers,
        &mut Mistakes::default(),
    );
    let sheets = Sheets {
        list: vec![Sheet {
            table: &table,
            columns,
            past: None,
        }],
        empty: Emptiness::default(),
    };
    let rows: Vec<usize> = (0..sheets.rows()).collect();
    let places = (0..rows.len()).map(|row| places.get(row).copied().unwrap_or_default());
    let places = code(places, &sheets.empty);
    let mut notes = Vec::new();
    let offices = offices(&sheets, settings, &places, &rows, &mut notes);
    let found = offices.of.iter().map(|office| {
        office.map_or("-".to_owned(), |office| {
            let office = &offices.list[office.at()];
            format!("{} {}", zone_name(&office.zone), office.hours)
        })
    });
    assert_eq!(found.collect::<Vec<_>>(), expected, "{leads}");
    let notes: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, said, "{leads}");
    let keys: Vec<_> = offices.list.iter().map(Schedule::key).collect();
    assert!(
        (1..keys.len()).all(|at| !keys[..at].contains(&keys[at])),
        "{keys:?}"
    );
}

const NOWHERE: &str = "1 lead without a time zone: their office hours are not compared";

#[test]
fn the_zone_is_the_cells_else_the_places_else_the_rules() {
    let leads = "id¦time_zone¦hours\n1¦Europe/Berlin¦\n2¦¦8-18\n3¦¦";
    let places = ["Asia/Tokyo", "Asia/Tokyo", ""];
    let berlin = "Europe/Berlin Mon-Fri 09:00-17:00";
    let tokyo = "Asia/Tokyo Mon-Fri 08:00-18:00";
    check(
        leads,
        &places,
        &Settings::default(),
        &[berlin, tokyo, "-"],
        &[NOWHERE],
    );
    let settings = Settings {
        time_zone: zone("America/New_York"),
        lead_hours: WeeklyHours::parse("8-18").unwrap(),
        ..Settings::default()
    };
    check(
        leads,
        &places,
        &settings,
        &[
            "Europe/Berlin Mon-Fri 08:00-18:00",
            tokyo,
            "America/New_York Mon-Fri 08:00-18:00",
        ],
        &["1 lead without a time zone, taken to be in America/New_York"],
    );
}

#[test]
fn equal_hours_in_one_zone_are_one_office_however_they_are_written() {
    let office = "America/New_York Mon-Fri 09:00-17:00";
    check(
        "id¦time_zone¦hours\n1¦EST¦9-17\n2¦America/New York¦9am-5pm\n3¦Eastern Standard Time¦\n4¦¦Mo-Fr 9-17",
        &["", "", "", "America/New_York"],
        &Settings::default(),
        &[office; 4],
        &[],
    );
}

#[test]
fn cells_that_cannot_be_read_count_as_empty_and_are_told_with_the_commonest() {
    let office = "Asia/Tokyo Mon-Fri 09:00-17:00";
    check(
        "id¦time_zone¦hours\n1¦Shire¦\n2¦Gondor¦flexible\n3¦Shire¦\n4¦UTC¦9-17",
        &["Asia/Tokyo", "Asia/Tokyo", "", ""],
        &Settings::default(),
        &[office, office, "-", "UTC Mon-Fri 09:00-17:00"],
        &[
            "the time zone of 3 leads cannot be read and counts as empty: `Shire` 2, `Gondor` 1",
            "the hours of 1 lead cannot be read and count as Mon-Fri 09:00-17:00: `flexible` 1",
            NOWHERE,
        ],
    );
}

#[test]
fn a_zone_that_cannot_be_read_gives_way_to_that_of_the_place() {
    let tables = Tables {
        leads: vec![table(
            "leads.csv",
            "id¦city¦country¦time_zone\n1¦Tokyo¦Japan¦Shire",
        )],
        reps: table("reps.csv", "id¦hours\na¦9-17"),
        pins: None,
        claims: None,
        teams: None,
        geodata: None,
        time_off: Vec::new(),
        existing: Vec::new(),
        accounts: Vec::new(),
        past: crate::model::Past::default(),
    };
    let settings = Settings {
        reads_hours: true,
        ..Settings::default()
    };
    let leads = assemble(tables, &settings, as_of()).unwrap().leads;
    let zones: Vec<String> = leads
        .offices
        .iter()
        .map(|office| zone_name(&office.zone))
        .collect();
    assert_eq!(zones, ["Asia/Tokyo"]);
}

#[test]
fn office_hours_are_read_only_where_some_rep_has_hours_and_the_rules_compare_them() {
    let read = |reps: &str, reads_hours| {
        let tables = Tables {
            leads: vec![table("leads.csv", "id¦time_zone\n1¦UTC")],
            reps: table("reps.csv", reps),
            pins: None,
            claims: None,
            teams: None,
            geodata: None,
            time_off: Vec::new(),
            existing: Vec::new(),
            accounts: Vec::new(),
            past: crate::model::Past::default(),
        };
        let settings = Settings {
            reads_hours,
            ..Settings::default()
        };
        assemble(tables, &settings, as_of())
            .unwrap()
            .leads
            .office_of
            .len()
    };
    assert_eq!(read("id¦hours\na¦9-17\nb¦", true), 1);
    assert_eq!(read("id¦hours\na¦9-17\nb¦", false), 0);
    assert_eq!(read("id¦hours\na¦\nb¦", true), 0);
}
