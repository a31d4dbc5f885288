use super::*;
use crate::model::{Country, Kind as Type, Moment, Ownership, Value};
use crate::read::testing::table;
use jiff::tz::TimeZone;
use proptest::prelude::*;

const REPS: &str = "id¦name¦email¦active
    r1¦Ann Lee¦ann@example.com¦yes
    r2¦Bo Chan¦bo@example.com¦no
    r3¦Cy Day¦¦yes
    r4¦Cy Day¦¦yes";

fn as_of() -> AsOf {
    AsOf {
        // 2026-06-01T09:00:00Z
        moment: Moment(1_780_304_400),
        zone: TimeZone::UTC,
    }
}

fn run(leads: Vec<Table>, settings: &Settings) -> Result<Batch, Mistakes> {
    let tables = Tables {
        leads,
        reps: table("reps.csv", REPS),
        pins: None,
    };
    assemble(tables, settings, as_of())
}

fn settings(columns: &[(&str, Option<Type>)]) -> Settings {
    let columns = columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind));
    Settings {
        lead_columns: columns.collect(),
        ..Settings::default()
    }
}

fn batch(leads: &str, settings: &Settings) -> Batch {
    run(vec![table("leads.csv", leads)], settings).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

/// Checks the values of a column as text, one a row.
fn check(leads: &str, column: &str, kind: Option<Type>, expected: &[&str]) {
    let batch = batch(leads, &settings(&[(column, kind)]));
    let values = (0..batch.leads.len()).map(|row| shown(batch.leads.frame.value(column, row)));
    assert_eq!(values.collect::<Vec<_>>(), expected, "{leads}");
}

fn shown(value: &Value) -> String {
    match value {
        Value::Empty => "-".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Boolean(boolean) => boolean.to_string(),
        Value::Date(moment) => as_of().write(*moment),
        Value::List(items) => format!("{items:?}"),
    }
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

fn said(batch: &Batch, part: &str) -> bool {
    batch.notes.iter().any(|note| note.text.contains(part))
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
fn files_are_united_and_clashing_ids_are_said() {
    let files = || {
        vec![
            table("a/one.csv", "Id¦Zip\nL1¦94105"),
            table("b/two.csv", "Name¦ID¦zip\nAnn¦L1¦10001\nBo¦L2¦60601"),
        ]
    };
    let batch = run(files(), &settings(&[("postal_code", None), ("file", None)])).expect("a batch");
    assert_eq!(batch.leads.headers, ["Id", "Zip", "Name"]);
    assert_eq!(batch.leads.ids, ["L1", "L2"]);
    assert_eq!(
        batch.leads.cells.row(1).collect::<Vec<_>>(),
        ["L2", "60601", "Bo"]
    );
    assert_eq!(shown(batch.leads.frame.value("postal_code", 1)), "60601");
    assert_eq!(shown(batch.leads.frame.value("file", 1)), "two.csv");
    assert!(
        batch.leads.set_aside[0]
            .reason
            .contains("[sources] prefix = true")
    );
    assert_eq!(batch.leads.columns[1].headers, ["Name", "ID", "zip"]);

    let prefixed = Settings {
        prefix: true,
        ..Settings::default()
    };
    let batch = run(files(), &prefixed).expect("a batch");
    assert_eq!(batch.leads.ids, ["one.csv:L1", "two.csv:L1", "two.csv:L2"]);
}

#[test]
fn too_many_bad_rows_are_a_mistake_that_shows_the_line_to_write() {
    let rows: Vec<String> = (0..20)
        .map(|row| format!("L{row}¦{}", if row < 11 { "x" } else { "1" }))
        .collect();
    let leads = || vec![table("leads.csv", &format!("id¦employees\n{}", rows.join("\n")))];
    let mut settings = settings(&[("employees", None)]);
    let mistakes = run(leads(), &settings).expect_err("too many");
    assert_eq!(
        mistakes.to_string(),
        "error: leads.csv: 11 of 20 rows of leads cannot be read; expected at most 20% [too-many-bad-rows]\n  \
         | 11 rows, the first leads.csv:2: `employees`: `x` is not a number\n  \
         hint: if the other rows are to be dealt all the same, write `[read] max_set_aside = \"60%\"`"
    );
    settings.read.max_set_aside = Some(0.6);
    assert_eq!(run(leads(), &settings).expect("a batch").leads.len(), 9);
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
fn where_most_leads_are_owned_the_line_to_paste_is_said() {
    let batch = batch("id¦owner\nL1¦Q\nL2¦Q\nL3¦Z\nL4¦", &settings(&[]));
    assert!(said(
        &batch,
        "`Q` 2, `Z` 1; name those that are no persons in the rules: `[owner] pool = [\"Q\", \"Z\"]`"
    ));
}

#[test]
fn the_owner_of_the_account_is_another_thing() {
    let batch = batch("id¦Account Owner\nL1¦Ann Lee\nL2¦Zed", &settings(&[]));
    assert_eq!(
        batch.leads.account_owners,
        [Some(crate::model::RepIndex(0)), None]
    );
    assert_eq!(batch.leads.ownership[0], Ownership::Free);
}

#[test]
fn dates_that_nothing_settles_are_a_mistake_only_if_they_are_read() {
    let leads = || vec![table("leads.csv", "id¦created_at\nL1¦6/4/2026")];
    assert!(run(leads(), &settings(&[])).is_ok());
    let mistakes = run(leads(), &settings(&[("created_at", None)])).expect_err("ambiguous");
    assert!(mistakes.to_string().contains("[ambiguous-dates]"), "{mistakes}");
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

#[test]
fn a_file_without_rows_is_a_quiet_sunday() {
    let found = batch("id¦name", &settings(&[("name", None)]));
    assert!(found.leads.is_empty());
    assert_eq!(found.leads.headers, ["id", "name"]);
    let found = batch("", &settings(&[("name", None)]));
    assert!(found.leads.is_empty());
}

#[test]
fn our_own_assignments_can_be_dealt_again() {
    let found = batch(
        "lead_id¦rep_id¦rep_name¦score¦runner_up¦place¦skill¦assigned_at¦Id¦Score
         L1¦r1¦Ann¦87¦r2¦exact¦100¦2026-06-01¦x1¦12",
        &settings(&[("score", None)]),
    );
    assert_eq!(found.leads.ids, ["L1"]);
    assert_eq!(found.leads.headers, ["Id", "Score"]);
    assert_eq!(found.leads.cells.row(0).collect::<Vec<_>>(), ["x1", "12"]);
    assert_eq!(found.leads.ownership, [Ownership::Free]);
    assert_eq!(shown(found.leads.frame.value("score", 0)), "12");
}

#[test]
fn pins_need_leads_with_ids() {
    let tables = Tables {
        leads: vec![table("leads.csv", "name\nAnn")],
        reps: table("reps.csv", REPS),
        pins: Some(table("pins.csv", "lead_id¦rep_id\nL1¦r1")),
    };
    let mistakes = assemble(tables, &Settings::default(), as_of()).expect_err("no ids");
    assert!(mistakes.to_string().contains("[no-such-column]"), "{mistakes}");
}

#[test]
fn mistakes_of_all_files_are_said_at_once() {
    let tables = Tables {
        leads: vec![table("leads.csv", "id¦Hot¦Hot?\nL1¦¦")],
        reps: table("reps.csv", "id¦max_open\nr1¦x\nr2¦3"),
        pins: Some(table("pins.csv", "lead_id¦rep_id\nL1¦r9")),
    };
    let mistakes = assemble(tables, &Settings::default(), as_of()).expect_err("mistakes");
    let names: Vec<&str> = mistakes.0.iter().map(|mistake| mistake.kind.name()).collect();
    assert_eq!(names, ["bad-number", "two-columns-one-name", "unknown-rep"]);
}

proptest! {
    #[test]
    fn every_row_is_a_lead_or_set_aside(rows in proptest::collection::vec(("[ab]?[12]?", "[0-9x]{0,2}", any::<bool>()), 0..9)) {
        let lines: Vec<String> = rows
            .iter()
            .map(|(id, number, short)| if *short { format!("{id}x") } else { format!("{id}¦{number}¦.") })
            .collect();
        let text = format!("id¦employees¦x\n{}", lines.join("\n"));
        let found = batch(&text, &settings(&[("employees", None)]));
        prop_assert_eq!(found.leads.len() + found.leads.set_aside.len(), rows.len());
        prop_assert_eq!(found.leads.len(), found.leads.cells.rows());
        prop_assert_eq!(found.leads.len(), found.leads.frame.rows);
    }

    #[test]
    fn any_cells_are_read_without_panic(cells in proptest::collection::vec("\\PC{0,9}|[-0-9./;:, ]{0,12}", 12)) {
        let mut found = table("leads.csv", "Id¦Lat¦Lng¦Zip¦State¦Owner¦Created¦Employees¦Skills¦Converted¦X¦Y");
        found.cells.push(cells.iter().map(String::as_str));
        found.rows.push(2);
        let columns = ["latitude", "postal_code", "created_at", "employees", "skills", "x", "y", "age_days", "name", "id"];
        let columns: Vec<_> = columns.iter().map(|name| (*name, None)).collect();
        let _ = run(vec![found.clone()], &settings(&columns));
        let mut roster = table("reps.csv", "Id¦Lat¦Lng¦Max open¦Weight¦Active¦Open¦Tenure¦Skills¦Territory¦X¦Y");
        roster.cells = found.cells.clone();
        roster.rows = found.rows.clone();
        let tables = Tables { leads: vec![found], reps: roster, pins: None };
        let _ = assemble(tables, &settings(&columns), as_of());
    }
}
