//! Leads and reps found by their addresses.

use super::Addresses;
use crate::mistake::Mistakes;
use crate::model::{Batch, Confidence, Place, Settings};
use crate::places::Gazetteer;
use crate::read::lead_files;
use crate::read::testing::{as_of, batch, table};
use crate::read::{Tables, assemble};

fn shown(place: &Place) -> String {
    let (latitude, longitude) = place.degrees.unwrap_or_default();
    format!("{} {latitude:.0} {longitude:.0}", place.confidence.name())
}

/// Checks where leads are, as `confidence latitude longitude` in whole degrees.
fn check(leads: &str, expected: &[&str]) {
    let batch = batch(leads, &Settings::default());
    let found: Vec<String> = batch.leads.places.iter().map(shown).collect();
    assert_eq!(found, expected);
}

#[test]
fn coordinates_come_before_the_address() {
    check(
        "id¦city¦state¦zip¦country¦lat¦lon\n\
         1¦San Francisco¦CA¦94105¦USA¦48.1¦11.6\n\
         2¦San Francisco¦CA¦94105¦USA¦¦\n\
         3¦San Francisco¦CA¦¦USA¦0¦0\n\
         4¦¦CA¦¦USA¦48.1¦\n\
         5¦¦¦¦¦¦",
        &[
            "exact 48 12",
            "postal 38 -122",
            "city 38 -122",
            "state 35 -119",
            "none 0 0",
        ],
    );
}

#[test]
fn no_table_is_unpacked_where_all_have_coordinates() {
    let table = table("leads.csv", "id¦city¦zip¦country\n1¦Chicago¦60601¦US");
    let (settings, mut mistakes) = (Settings::default(), Mistakes::default());
    let tables = [table];
    let sheets = lead_files::sheets(&tables, &settings, &mut mistakes);
    for known in [true, false] {
        let gazetteer = Gazetteer::embedded();
        let addresses = Addresses::read(&sheets, &lead_files::clues(&sheets), |_| known, &gazetteer, None);
        assert_eq!(gazetteer.is_packed(), known);
        assert_eq!(addresses.place(0).degrees.is_none(), known);
    }
}

#[test]
fn a_street_is_read_only_where_it_holds_the_whole_address() {
    check(
        "id¦Address¦City\n1¦Ontario Street 7¦Chicago\n2¦¦Chicago\n",
        &["city 42 -88", "city 42 -88"],
    );
    check(
        "id¦Organization - Address\n1¦1 Market St, San Francisco, CA 94105, USA",
        &["postal 38 -122"],
    );
}

#[test]
fn what_no_table_knows_is_counted_with_the_commonest_first() {
    let batch = batch(
        "id¦city¦state\n1¦Springfeld¦IL\n2¦Chicagoo¦IL\n3¦Chicagoo¦IL\n4¦Chicago¦IL",
        &Settings::default(),
    );
    let placing = &batch.leads.placing;
    assert_eq!(placing.missed_leads, 3);
    assert_eq!(
        placing.missed,
        [("Chicagoo, IL".to_owned(), 2), ("Springfeld, IL".to_owned(), 1)]
    );
}

#[test]
fn a_postal_code_of_another_state_is_told() {
    let batch = batch(
        "id¦city¦state¦zip¦country\n1¦Portland¦ME¦97201¦US\n2¦Portland¦Maine¦4101¦US\n3¦Portland¦OR¦97201¦US",
        &Settings::default(),
    );
    assert_eq!(batch.leads.placing.torn_leads, 1);
    assert_eq!(batch.leads.placing.torn, [("ME 97201".to_owned(), 1)]);
}

fn with_reps(leads: &str, reps: &str) -> Batch {
    let tables = Tables {
        leads: vec![table("leads.csv", leads)],
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
    assemble(tables, &Settings::default(), as_of()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn reps_are_found_in_the_country_of_their_own_file_and_the_lost_are_named() {
    let batch = with_reps(
        "id¦zip¦country\n1¦10115¦Germany",
        "id¦name¦city¦state\na¦Ann¦Portland¦OR\nb¦Bo¦Nowhereville¦TX",
    );
    let places: Vec<String> = batch.reps.list.iter().map(|rep| shown(&rep.place)).collect();
    assert_eq!(places, ["city 46 -123", "state 31 -98"]);
    let said = |note: &crate::model::Note| note.text.contains("Bo (`Nowhereville, TX`)");
    assert!(batch.notes.iter().any(said), "{:?}", batch.notes);
}

#[test]
fn a_place_below_a_city_is_not_measured_from() {
    let batch = batch("id¦state¦country\n1¦CA¦US", &Settings::default());
    assert_eq!(batch.leads.places[0].confidence, Confidence::State);
    assert_eq!(batch.leads.places[0].measurable(), None);
}
