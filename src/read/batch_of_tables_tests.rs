//! Batches made of several tables: what is united, refused and said.

use super::*;
use crate::model::{Ownership, Settings};
use crate::read::testing::{REPS, as_of, batch, run, said, settings, shown, table};
use proptest::prelude::*;

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
fn where_most_leads_are_owned_the_line_to_paste_is_said() {
    let batch = batch("id¦owner\nL1¦Q\nL2¦Q\nL3¦Z\nL4¦", &settings(&[]));
    assert!(said(
        &batch,
        "`Q` 2, `Z` 1; name those that are no persons in the rules: `[owner] pool = [\"Q\", \"Z\"]`"
    ));
}

#[test]
fn dates_that_nothing_settles_are_a_mistake_only_if_they_are_read() {
    let leads = || vec![table("leads.csv", "id¦created_at\nL1¦6/4/2026")];
    assert!(run(leads(), &settings(&[])).is_ok());
    let mistakes = run(leads(), &settings(&[("created_at", None)])).expect_err("ambiguous");
    assert!(mistakes.to_string().contains("[ambiguous-dates]"), "{mistakes}");
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
        claims: None,
        teams: None,
        geodata: None,
        time_off: Vec::new(),
        existing: Vec::new(),
        accounts: Vec::new(),
        past: crate::model::Past::default(),
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
        claims: None,
        teams: None,
        geodata: None,
        time_off: Vec::new(),
        existing: Vec::new(),
        accounts: Vec::new(),
        past: crate::model::Past::default(),
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
        let tables = Tables { leads: vec![found], reps: roster, pins: None, claims: None, teams: None, geodata: None, time_off: Vec::new() , existing: Vec::new(), accounts: Vec::new(), past: crate::model::Past::default()};
        let _ = assemble(tables, &settings(&columns), as_of());
    }
}
