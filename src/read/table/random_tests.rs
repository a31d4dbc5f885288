//! Properties of reading: no bytes panic, and what is written as CSV comes back as it was.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::read::armour;

const NAMES: [&str; 9] = [
    "a.csv", "a.tsv", "a.json", "a.jsonl", "a.xlsx", "a.xlsb", "a.xls", "a.ods", "-",
];

fn read(name: &str, bytes: Vec<u8>) -> Result<Table, Mistakes> {
    let file = InputFile {
        name: name.to_owned(),
        bytes,
    };
    let _ = sheets(&file);
    table(&file, None, &Reading::default())
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for row in 0..9 {
        sheet.write(row, 0, "id").unwrap();
        sheet.write(row, 1, row).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// Bytes that begin like each of the formats, and go on at random.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let beginnings = prop::sample::select(vec![
        &b""[..],
        b"PK\x03\x04",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        b"\x1F\x8B\x08\0",
        b"\xFF\xFE",
        b"\xFE\xFF",
        b"\xEF\xBB\xBF",
        b"id,name\n",
        b"[{\"a\":",
        b"{\"records\":[",
        b"sep=;\n",
    ]);
    let random = prop::collection::vec(any::<u8>(), 0..300);
    let texty = prop::collection::vec(
        prop::sample::select(b"ab1,;|\t\"'=\n\r {}[]:\xC3\xA4".to_vec()),
        0..300,
    );
    (beginnings, prop_oneof![random, texty]).prop_map(|(beginning, rest)| [beginning.to_vec(), rest].concat())
}

fn cells(width: usize) -> impl Strategy<Value = Vec<Vec<String>>> {
    let cell = prop_oneof!["[a-z]{1,5}", "[ab,;|\t\"\n\r '=0-9-]{0,6}", "\\PC{0,4}"];
    prop::collection::vec(prop::collection::vec(cell, width), 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in bytes(), name in prop::sample::select(NAMES.to_vec())) {
        if let Ok(table) = read(name, bytes) {
            prop_assert_eq!(table.cells.rows(), if table.headers.is_empty() { 0 } else { table.rows.len() });
            prop_assert!(table.rows.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn no_damage_to_a_workbook_panics(at in 0..5000_usize, value in any::<u8>(), length in 0..9000_usize) {
        let mut bytes = workbook();
        let end = bytes.len();
        bytes[at % end] = value;
        bytes.truncate(length.max(1));
        let _ = read("a.xlsx", bytes);
    }

    #[test]
    fn csv_comes_back_as_it_was_written(
        rows in cells(4),
        delimiter in prop::sample::select(b",;\t|".to_vec()),
        crlf in any::<bool>(),
    ) {
        let mut writer = ::csv::WriterBuilder::new()
            .delimiter(delimiter)
            .terminator(if crlf { ::csv::Terminator::CRLF } else { ::csv::Terminator::Any(b'\n') })
            .from_writer(Vec::new());
        writer.write_record(["lead", "name", "city", "note"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let table = read("a.csv", writer.into_inner().unwrap()).unwrap();
        prop_assert_eq!(table.delimiter, delimiter);
        let plain = |cell: &String| armour::from_excel(cell).map_or_else(|| cell.clone(), Cow::into_owned);
        let expected: Vec<Vec<String>> = rows
            .iter()
            .filter(|row| row.iter().any(|cell| !cell.trim().is_empty()))
            .map(|row| row.iter().map(plain).collect())
            .collect();
        let found: Vec<Vec<String>> = (0..table.rows.len())
            .map(|row| table.cells.row(row).map(str::to_owned).collect())
            .collect();
        prop_assert_eq!(found, expected);
    }
}
