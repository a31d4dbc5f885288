//! Tables for the tests of reading.

use crate::model::{Cells, Ragged, Shape, Source, Table};

/// Makes a table of lines; cells stand between bars, a row with another number of cells is ragged.
pub(super) fn table(file: &str, text: &str) -> Table {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let split = |line: &str| -> Vec<String> { line.split('¦').map(|cell| cell.trim().to_owned()).collect() };
    let headers = split(lines.next().unwrap_or_default());
    let mut table = Table {
        source: Source {
            file: file.to_owned(),
            shape: Shape::Lines,
        },
        cells: Cells::new(headers.len()),
        headers,
        header_row: 1,
        rows: Vec::new(),
        ragged: Vec::new(),
        delimiter: b',',
        bom: false,
        notes: Vec::new(),
    };
    for (row, line) in (2..).zip(lines) {
        let cells = split(line);
        if cells.len() == table.headers.len() {
            table.cells.push(cells.iter().map(String::as_str));
            table.rows.push(row);
        } else {
            table.ragged.push(Ragged { row, cells });
        }
    }
    table
}
