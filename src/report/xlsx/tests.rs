use super::*;
use crate::report::fixture::{leads, sample};
use calamine::{Data, Reader, Xlsx};

fn open(bytes: Vec<u8>) -> Xlsx<io::Cursor<Vec<u8>>> {
    Xlsx::new(io::Cursor::new(bytes)).expect("it is a workbook")
}

fn sheet(book: &mut Xlsx<io::Cursor<Vec<u8>>>, name: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(name).expect("the sheet is there");
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn the_workbook_has_three_sheets_with_typed_cells() {
    let mut sample = sample();
    sample.options.xlsx = true;
    let mut book = open(sample.bytes("assignments.xlsx"));
    assert_eq!(book.sheet_names(), ["assignments", "workload", "unassigned"]);
    let rows = sheet(&mut book, "assignments");
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][16], Data::String("lead_score".to_owned()));
    assert_eq!(rows[1][6], Data::Float(87.5));
    assert_eq!(rows[1][16], Data::Float(90.0));
    assert_eq!(rows[1][17], Data::String("=cmd|' /C calc'!A0".to_owned()));
    assert_eq!(rows[1][18], Data::String("+1 555 0100".to_owned()));
    let rows = sheet(&mut book, "workload");
    assert_eq!(rows[1][4..8], [3.0, 1.0, 4.0, 50.0].map(Data::Float));
    assert_eq!(sheet(&mut book, "unassigned").len(), 2);
}

#[test]
fn no_cell_is_a_formula() {
    let mut sample = sample();
    sample.options.xlsx = true;
    let mut book = open(sample.bytes("assignments.xlsx"));
    for name in ["assignments", "workload", "unassigned"] {
        let formulas = book.worksheet_formula(name).expect("the sheet is there");
        assert!(formulas.rows().flatten().all(String::is_empty), "{name}");
    }
}

#[test]
fn only_columns_of_plain_numbers_become_numbers() {
    let leads = leads(
        &[
            "Id",
            "Zip Code",
            "Employees",
            "Price",
            "LeadPhone",
            "Blank",
            "Mixed",
        ],
        &[
            &["1", "10115", "50", "1.50", "5550100", "", "1"],
            &["2", "20095", "", "2", "5550101", "", "many"],
        ],
    );
    assert_eq!(
        numeric_columns(&leads),
        [false, false, true, false, false, false, false]
    );
}

#[test]
fn a_cell_that_is_too_long_is_cut_and_said() {
    let mut sample = sample();
    sample.options.xlsx = true;
    let long = "😀".repeat(20_000);
    sample.batch.leads = leads(&["Id"], &[&["L1"], &["L2"], &[&long]]);
    let mut book = open(sample.bytes("assignments.xlsx"));
    let rows = sheet(&mut book, "assignments");
    let Data::String(text) = &rows[2][15] else {
        panic!("a text: {:?}", rows[2][15]);
    };
    assert_eq!(text.encode_utf16().count(), 32_767);
    assert!(text.ends_with('…'));
    let said = crate::report::notes(&sample.run());
    assert!(
        said[0].text.starts_with("1 cells are cut in assignments.xlsx"),
        "{said:?}"
    );
}
