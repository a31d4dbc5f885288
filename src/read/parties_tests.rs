//! Tests of rows as parties, kept beside what they test.

use super::super::testing::table;
use super::*;

fn check(sort: ListingSort, text: &str, of: PartyField, expected: &[&str]) {
    let (mut notes, mut mistakes) = (Vec::new(), Mistakes::default());
    let listing = listing(
        &table("crm.csv", text),
        sort,
        &Settings::default(),
        &mut notes,
        &mut mistakes,
    );
    let listing = listing.expect("it can be compared with");
    let found: Vec<&str> = (0..listing.parties.len())
        .map(|row| listing.parties.get(row, of))
        .collect();
    assert_eq!(found, expected, "{mistakes}");
}

#[test]
fn all_cells_that_hold_addresses_and_numbers_are_joined() {
    let people = "Contact ID¦Name¦Email¦Secondary Email¦Phone¦Mobile¦Phone 2¦Account Name
        1¦Ann Lee¦ann@a.com¦a@b.org¦1¦2¦3¦Acme
        2¦Bo Chan¦¦bo@b.org¦¦2¦¦NULL";
    check(
        ListingSort::Existing,
        people,
        PartyField::Email,
        &["ann@a.com; a@b.org", "bo@b.org"],
    );
    check(
        ListingSort::Existing,
        people,
        PartyField::Phone,
        &["1; 2; 3", "2"],
    );
    check(ListingSort::Existing, people, PartyField::Company, &["Acme", ""]);
    check(
        ListingSort::Existing,
        people,
        PartyField::Person,
        &["Ann Lee", "Bo Chan"],
    );
}

#[test]
fn a_name_is_an_organisation_where_nothing_speaks_of_persons() {
    let stores = "Id¦Name¦City\n1¦Bike World¦Bonn";
    check(
        ListingSort::Existing,
        stores,
        PartyField::Company,
        &["Bike World"],
    );
    check(ListingSort::Existing, stores, PartyField::Person, &[""]);
    check(
        ListingSort::Accounts,
        stores,
        PartyField::Company,
        &["Bike World"],
    );
}

#[test]
fn accounts_know_the_account_above_them() {
    let accounts = "account¦office_location¦subsidiary_of\nBluth¦Spain¦Acme";
    check(ListingSort::Accounts, accounts, PartyField::Company, &["Bluth"]);
    check(ListingSort::Accounts, accounts, PartyField::Parent, &["Acme"]);
}

#[test]
fn a_list_with_nothing_to_compare_is_a_mistake() {
    let (mut notes, mut mistakes) = (Vec::new(), Mistakes::default());
    let table = table("crm.csv", "colour¦size\nred¦2");
    let found = listing(
        &table,
        ListingSort::Accounts,
        &Settings::default(),
        &mut notes,
        &mut mistakes,
    );
    assert_eq!(found, None);
    assert!(mistakes.to_string().contains("[columns.accounts]"), "{mistakes}");
}
