//! Tests of reading an import.

use super::*;
use crate::read::InputFile;
use crate::read::testing::as_of;

fn file(name: &str, text: &str) -> InputTable {
    InputTable {
        file: InputFile {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        },
        sheet: None,
    }
}

fn read(inputs: &ImportInputs) -> Import {
    import(inputs, &Settings::default(), as_of()).expect("it can be read")
}

fn ids(files: &[(&str, &str)]) -> Vec<String> {
    let inputs = ImportInputs {
        imports: files.iter().map(|(name, text)| file(name, text)).collect(),
        ..ImportInputs::default()
    };
    read(&inputs).leads.ids
}

#[test]
fn rows_without_an_id_or_with_a_known_one_go_by_their_row() {
    let found = ids(&[("fair.csv", "id,name\nL-1,Ann\n,Bo\nL-1,Cy\nfair.csv:3,Di\n")]);
    assert_eq!(found, ["L-1", "fair.csv:3*", "fair.csv:4", "fair.csv:3"]);
    let found = ids(&[
        ("a.csv", "email,name\na@x.example,Ann\n"),
        ("b.csv", "ID;Mail\n7;b@x.example\n"),
    ]);
    assert_eq!(found, ["a.csv:2", "7"]);
}

#[test]
fn no_cell_makes_a_row_of_an_import_unreadable() {
    let inputs = ImportInputs {
        imports: vec![file(
            "fair.csv",
            "id,latitude,employees,converted,email\n1,912,many,perhaps,a@x.example\n2,,,\n3,1,1,no,b@x.example\n",
        )],
        ..ImportInputs::default()
    };
    let import = read(&inputs);
    assert_eq!(import.leads.ids, ["1", "3"]);
    assert_eq!(import.leads.set_aside.len(), 1);
    assert_eq!(import.leads.cells.get(0, 1), "912");
}

#[test]
fn a_roster_tells_the_cells_that_only_one_rep_has() {
    let inputs = ImportInputs {
        imports: vec![file("fair.csv", "email\na@x.example\n")],
        reps: Some(file(
            "reps.csv",
            "id,name,team,crm user\nr1,Ann Lee,East,005A\nr2,Bo Day,East,005B\n",
        )),
        ..ImportInputs::default()
    };
    let import = read(&inputs);
    assert_eq!(import.rep_keys[1], ["r2", "Bo Day", "005B"]);
}
