//! Leads as they are read: ids, types, owners, rows set aside.

use crate::model::{Country, Kind as Type, Ownership, RepIndex, Settings};
use crate::read::testing::{batch, said, settings, shown};

/// Checks the values of a column as text, one a row.
fn check(leads: &str, column: &str, kind: Option<Type>, expected: &[&str]) {
    let batch = batch(leads, &settings(&[(column, kind)]));
    let values = (0..batch.leads.len()).map(|row| shown(batch.leads.frame.value(column, row)));
    assert_eq!(values.collect::<Vec<_>>(), expected, "{leads}");
}

/// Checks what is set aside, as `position reason`.
fn check_set_aside(leads: &str, settings: &Settings, expected: &[&str]) {
    let batch = batch(leads, settings);
    let rows = batch
        .leads
        .set_aside
        .iter()
        .map(|row| format!("{} {}", row.position, row.reason));
    assert_eq!(rows.collect::<Vec<_>>(), expected);
}

#[test]
fn only_columns_that_rules_read_are_typed_and_all_are_known() {
    let batch = batch(
        "Id¦Email¦Zip\nL1¦a@b.c¦94105",
        &settings(&[("postal_code", None)]),
    );
    assert!(batch.leads.frame.column("email").is_none());
    assert_eq!(
        batch.leads.frame.column("postal_code").expect("read").header,
        "Zip"
    );
    assert_eq!(batch.leads.frame.known, ["id", "email", "postal_code"]);
    assert_eq!(
        batch.leads.columns[0].fields[2],
        ("Zip".to_owned(), "postal_code".to_owned())
    );
}

#[test]
fn standard_fields_have_their_types() {
    check(
        "id¦Employees\nL1¦51-100\nL2¦1,200\nL3¦",
        "employees",
        None,
        &["51", "1200", "-"],
    );
    check("id¦Skills\nL1¦SQL, Java", "skills", None, &[r#"["SQL", "Java"]"#]);
    check("id¦Rating\nL1¦1", "rating", None, &["1"]);
    check(
        "id¦Create Date\nL1¦2026-05-20T00:00:00Z",
        "created_at",
        None,
        &["2026-05-20T00:00:00Z"],
    );
    check(
        "id¦First Name¦Last Name¦Name\nL1¦Ann¦Lee¦\nL2¦¦¦Bo Chan",
        "name",
        None,
        &["Ann Lee", "Bo Chan"],
    );
}

#[test]
fn other_columns_are_what_their_cells_are_or_what_a_comparison_says() {
    check("id¦Fit__c\nL1¦7\nL2¦8.5", "fit_c", None, &["7", "8.5"]);
    check("id¦Fit\nL1¦7\nL2¦8.5", "fit", Some(Type::Text), &["7", "8.5"]);
    check("id¦Hot?\nL1¦Yes\nL2¦no", "hot", None, &["true", "false"]);
    check(
        "id¦Tags\nL1¦a;b\nL2¦c",
        "tags",
        None,
        &[r#"["a", "b"]"#, r#"["c"]"#],
    );
    check("id¦Code\nL1¦007\nL2¦12", "code", None, &["007", "12"]);
}

#[test]
fn a_fields_column_is_also_known_by_its_own_header() {
    check("id¦Lead Source\nL1¦Web", "lead_source", None, &["Web"]);
    check("id¦No. of Employees\nL1¦1k", "no_of_employees", None, &["1000"]);
}

#[test]
fn ages_and_files_are_derived_where_rules_read_them() {
    check(
        "id¦created_at\nL1¦2026-05-30\nL2¦2026-06-02\nL3¦",
        "age_days",
        None,
        &["2", "-1", "-"],
    );
    check("id\nL1", "file", None, &["leads.csv"]);
}

#[test]
fn american_postal_codes_get_their_zeros_back_and_own_cells_stay_exact() {
    let batch = batch(
        "id¦state¦zip\nL1¦NJ¦8014.0\nL2¦CA¦94105",
        &settings(&[("postal_code", None)]),
    );
    assert_eq!(batch.country, Some(Country(*b"US")));
    assert_eq!(shown(batch.leads.frame.value("postal_code", 0)), "08014");
    assert_eq!(batch.leads.cells.get(0, 2), "8014.0");
    assert!(said(&batch, "taken to be in US"));
}

#[test]
fn bad_cells_of_columns_that_are_read_set_their_rows_aside() {
    let leads = "id¦employees¦lat¦lng¦note\nL1¦abc¦¦¦x\nL2¦5¦91¦0¦y\nL3¦6¦¦¦z";
    check_set_aside(
        leads,
        &settings(&[("employees", None)]),
        &[
            "leads.csv:2 `employees`: `abc` is not a number",
            "leads.csv:3 `lat`: `91` is not on Earth",
        ],
    );
    check_set_aside(
        leads,
        &settings(&[]),
        &["leads.csv:3 `lat`: `91` is not on Earth"],
    );
    let batch = batch(leads, &settings(&[("employees", None)]));
    assert_eq!(batch.leads.ids, ["L3"]);
    assert_eq!(batch.leads.cells.get(0, 4), "z");
    assert_eq!(shown(batch.leads.frame.value("employees", 0)), "6");
    assert_eq!(batch.leads.set_aside[0].cells, ["L1", "abc", "", "", "x"]);
}

#[test]
fn empty_and_repeated_ids_and_other_widths_set_rows_aside() {
    check_set_aside(
        "id¦name\nL1¦Ann\n¦Bo\nL2\nL1¦Cy\nl1¦Di",
        &settings(&[]),
        &[
            "leads.csv:3 `id`: the id is empty",
            "leads.csv:4 1 cells where the header has 2",
            "leads.csv:5 id `L1` was seen before at leads.csv:2",
        ],
    );
}

#[test]
fn salesforce_ids_of_either_length_are_one() {
    check_set_aside(
        "id¦name\n00Q4W00000AuCYf¦Ann\n00Q4W00000AuCYfUAN¦Bo",
        &settings(&[]),
        &["leads.csv:3 id `00Q4W00000AuCYfUAN` was seen before at leads.csv:2"],
    );
}

#[test]
fn without_an_id_column_the_row_is_the_id() {
    let batch = batch("name¦email\nAnn¦a@b.c", &settings(&[]));
    assert_eq!(batch.leads.ids, ["leads.csv:2"]);
    assert!(batch.leads.ids_are_rows);
    assert!(said(&batch, "known by its row"));
}

#[test]
fn owners_make_leads_owned_unless_nobody_works_them() {
    let mut settings = settings(&[]);
    settings.owner_pool = vec!["Marketing queue".to_owned()];
    let leads = "id¦owner¦converted
        L1¦¦
        L2¦ann@example.com¦
        L3¦Bo Chan¦no
        L4¦MARKETING  Queue¦
        L5¦00G4W00000AuCYf¦
        L6¦Somebody¦yes
        L7¦Cy Day¦";
    let owned = |text: &str| Ownership::Owned(text.to_owned());
    let found = batch(leads, &settings);
    assert_eq!(
        found.leads.ownership,
        [
            Ownership::Free,
            owned("ann@example.com"),
            Ownership::FormerOwner("Bo Chan".to_owned()),
            Ownership::Free,
            Ownership::Free,
            Ownership::Converted,
            owned("Cy Day"),
        ]
    );
    assert!(said(&found, "several reps answer to the owner `Cy Day`"));
    settings.owner_redeal = true;
    let found = batch(leads, &settings);
    assert_eq!(found.leads.ownership[1], Ownership::Free);
    assert_eq!(found.leads.ownership[5], Ownership::Converted);
}

#[test]
fn the_owner_of_the_account_is_another_thing() {
    let batch = batch("id¦Account Owner\nL1¦Ann Lee\nL2¦Zed", &settings(&[]));
    assert_eq!(batch.leads.account_owners, [Some(RepIndex(0)), None]);
    assert_eq!(batch.leads.ownership[0], Ownership::Free);
}

#[test]
fn skills_may_come_from_plain_text_split_at_semicolons_only() {
    let mut settings = settings(&[]);
    settings.skill_from = vec!["product".to_owned(), "need".to_owned()];
    let batch = batch("id¦product¦need\nL1¦Pots; pans¦a, b\nL2¦Lids¦c", &settings);
    assert_eq!(
        shown(batch.leads.frame.value("product", 0)),
        r#"["Pots", "pans"]"#
    );
    assert_eq!(shown(batch.leads.frame.value("need", 0)), "a, b");
}
