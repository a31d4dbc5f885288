//! Tests of workbooks, written with the crate that also writes our own.

use rust_xlsxwriter::{ExcelDateTime, Format as Style, Formula, Workbook, Worksheet};

use super::*;
use crate::mistake::Kind;

fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("Leads").unwrap());
    book.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, top: u32, rows: &[&str]) {
    for (line, row) in rows.iter().zip(top..) {
        for (cell, column) in line.split('|').zip(0..) {
            if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
}

fn shown(result: Result<Table, Mistakes>) -> String {
    let table = match result {
        Ok(table) => table,
        Err(mistakes) => return mistakes.to_string(),
    };
    let mut lines = vec![format!("{}: {}", table.header_row, table.headers.join("|"))];
    for (row, number) in table.rows.iter().enumerate() {
        let cells: Vec<&str> = table.cells.row(row).collect();
        lines.push(format!("{number}: {}", cells.join("|")));
    }
    lines.extend(table.notes.iter().map(|note| note.text.clone()));
    lines.join("\n")
}

fn check(bytes: &[u8], expected: &str) {
    assert_eq!(shown(table("book.xlsx", bytes, Format::Xlsx, None)), expected);
}

#[test]
fn cells_come_as_text_and_keep_the_rows_of_the_sheet() {
    let bytes = book(|sheet| {
        write(sheet, 0, &["id|zip|day|when|ok|plain"]);
        sheet.write(2, 0, 8014).unwrap();
        let zip = Style::new().set_num_format("00000");
        sheet.write_with_format(2, 1, 8014, &zip).unwrap();
        let day = ExcelDateTime::from_ymd(2026, 6, 2).unwrap();
        let style = Style::new().set_num_format("yyyy-mm-dd");
        sheet.write_with_format(2, 2, &day, &style).unwrap();
        let time = day.and_hms(15, 4, 5).unwrap();
        let style = Style::new().set_num_format("d/m/yyyy hh:mm:ss");
        sheet.write_with_format(2, 3, &time, &style).unwrap();
        sheet.write(2, 4, true).unwrap();
        sheet.write(2, 5, 0.25).unwrap();
    });
    check(
        &bytes,
        "1: id|zip|day|when|ok|plain\n3: 8014|08014|2026-06-02|2026-06-02T15:04:05|true|0.25",
    );
}

#[test]
fn titles_blank_rows_and_footers_are_skipped() {
    let bytes = book(|sheet| {
        write(
            sheet,
            1,
            &[
                "Open leads",
                "",
                "|id|name|city",
                "|1|Acme|Bonn",
                "",
                "|2|Bolt|",
                "",
                "|Total|2",
            ],
        );
    });
    check(
        &bytes,
        "4: |id|name|city\n5: |1|Acme|Bonn\n7: |2|Bolt|\n\
         `book.xlsx#Leads`, row 2: skipped 1 title row above the header: `Open leads`\n\
         `book.xlsx#Leads`, row 9: skipped 1 row of a report footer: `Total 2`",
    );
}

#[test]
fn errors_are_empty_and_counted() {
    let bytes = book(|sheet| {
        write(sheet, 0, &["id|score", "1|5"]);
        sheet
            .write_formula(2, 1, Formula::new("=NA()").set_result("#N/A"))
            .unwrap();
        sheet.write(2, 0, "2").unwrap();
    });
    check(
        &bytes,
        "1: id|score\n2: 1|5\n3: 2|\n`book.xlsx#Leads`: 1 cells hold an error such as #N/A and are read as empty",
    );
}

#[test]
fn hidden_rows_are_read_and_counted() {
    let bytes = book(|sheet| {
        write(sheet, 0, &["id|name", "1|Acme", "2|Bolt", "3|Cog"]);
        sheet.set_row_hidden(1).unwrap();
        sheet.set_row_hidden(3).unwrap();
        sheet.set_row_hidden(9).unwrap();
    });
    check(
        &bytes,
        "1: id|name\n2: 1|Acme\n3: 2|Bolt\n4: 3|Cog\n`book.xlsx#Leads`: 2 rows are hidden or filtered out; they are read like all others",
    );
}

#[test]
fn merged_cells_fill_their_first_cell() {
    let bytes = book(|sheet| {
        write(sheet, 0, &["id|name|city", "1|x|Bonn"]);
        sheet.merge_range(2, 0, 2, 1, "2", &Style::new()).unwrap();
        sheet.write(2, 2, "Ulm").unwrap();
    });
    check(&bytes, "1: id|name|city\n2: 1|x|Bonn\n3: 2||Ulm");
}

fn three_sheets() -> Vec<u8> {
    let mut book = Workbook::new();
    for name in ["Old", "Leads", "Reps"] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        write(sheet, 0, &["id", name]);
        sheet.set_hidden(name == "Old");
        sheet.set_active(name == "Leads");
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn the_first_visible_sheet_is_read_or_the_one_that_is_named() {
    let bytes = three_sheets();
    let read = |sheet| shown(table("book.xlsx", &bytes, Format::Xlsx, sheet));
    assert_eq!(read(None), "1: id\n2: Leads");
    assert_eq!(read(Some("REPS")), "1: id\n2: Reps");
    assert_eq!(read(Some("Old")), "1: id\n2: Old");
    assert_eq!(
        read(Some("Rep")),
        "error: book.xlsx: no sheet `Rep`; expected one of `Old`, `Leads`, `Reps` [no-such-sheet]\n  hint: did you mean `book.xlsx#Reps`"
    );
    let names = names("book.xlsx", &bytes, Format::Xlsx).unwrap();
    assert_eq!(names, ["Leads", "Reps"]);
}

#[test]
fn positions_name_the_sheet_and_the_cell() {
    let table = table("book.xlsx", &three_sheets(), Format::Xlsx, Some("Reps")).unwrap();
    assert_eq!(table.source.cell(2, 0).to_string(), "book.xlsx#Reps!A2");
}

#[test]
fn a_column_beside_the_table_is_named_by_its_number() {
    let bytes = book(|sheet| {
        write(sheet, 0, &["id|name", "1|Acme||call first", "2|Bolt"]);
    });
    check(
        &bytes,
        "1: id|name||column_4\n2: 1|Acme||call first\n3: 2|Bolt||\n`book.xlsx`: column 4 has no header; it is called `column_4`",
    );
}

#[test]
fn an_empty_sheet_and_a_damaged_workbook_are_told() {
    check(
        &book(|_| {}),
        "error: book.xlsx: no cells in `book.xlsx#Leads`; expected a header and rows below it [empty-file]",
    );
    let bytes = three_sheets();
    let mistakes = table("book.xlsx", &bytes[..bytes.len() / 2], Format::Xlsx, None).unwrap_err();
    assert_eq!(mistakes.0[0].kind, Kind::BadSpreadsheet);
}

/// An archive of members that are stored as they are.
fn stored(members: &[(&str, &str)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, text) in members {
        let mut sum = flate2::Crc::new();
        sum.update(text.as_bytes());
        let size = u32::try_from(text.len()).unwrap().to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let common = [
            &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            &sum.sum().to_le_bytes()[..],
            &size,
            &size,
            &length,
            &[0, 0],
        ];
        let offset = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        list.extend(
            [
                &b"PK\x01\x02\x14\0"[..],
                &common.concat(),
                &[0; 10],
                &offset,
                name.as_bytes(),
            ]
            .concat(),
        );
        bytes.extend(
            [
                &b"PK\x03\x04"[..],
                &common.concat(),
                name.as_bytes(),
                text.as_bytes(),
            ]
            .concat(),
        );
    }
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    let size = u32::try_from(list.len()).unwrap().to_le_bytes();
    let offset = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let end = [
        &b"PK\x05\x06\0\0\0\0"[..],
        &count,
        &count,
        &size,
        &offset,
        &[0, 0],
    ]
    .concat();
    [bytes, list, end].concat()
}

fn open_document(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    stored(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest></manifest:manifest>"),
        ("content.xml", &content),
    ])
}

fn open_row(attributes: &str, cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"
            )
        })
        .collect();
    format!(
        "<table:table-row{attributes}>{}</table:table-row>",
        cells.concat()
    )
}

#[test]
fn open_documents_are_read_with_their_hidden_rows() {
    let day = "<table:table-row><table:table-cell office:value-type=\"date\" office:date-value=\"2026-06-02\"/>\
               <table:table-cell office:value-type=\"float\" office:value=\"8014\"/></table:table-row>";
    let bytes = open_document(&format!(
        "<table:table table:name=\"Leads\">{}{}{}{day}</table:table>",
        open_row("", &["id", "zip"]),
        open_row(" table:visibility=\"filter\"", &["1", "x"]),
        open_row(
            " table:number-rows-repeated=\"2\" table:visibility=\"collapse\"",
            &["2", "y"]
        ),
    ));
    assert_eq!(
        shown(table("book.ods", &bytes, Format::Ods, None)),
        "1: id|zip\n2: 1|x\n3: 2|y\n4: 2|y\n5: 2026-06-02|8014\n\
         `book.ods#Leads`: 3 rows are hidden or filtered out; they are read like all others"
    );
}

#[test]
fn an_open_document_whose_content_is_cut_off_is_told() {
    let bytes = open_document("<table:table table:name=\"Leads\"><table:table-row>");
    assert_eq!(
        shown(table("book.ods", &bytes, Format::Ods, None)),
        "error: book.ods: a workbook that does not open: its content is cut off [bad-spreadsheet]\n  \
         hint: open it in a spreadsheet and save it again, as XLSX or CSV"
    );
}
