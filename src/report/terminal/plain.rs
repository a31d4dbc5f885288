//! Any table for the terminal: a column of names, the others numbers.

use super::text::{clean, cut};
use comfy_table::{CellAlignment, Table, presets};

/// Names take so many characters at most.
const LONGEST_NAME: usize = 24;

/// Lays out rows under headers, each line ending with a line end.
pub fn table(headers: &[&str], rows: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.force_no_tty().load_style(presets::NOTHING);
    table.set_header(headers);
    for row in rows {
        table.add_row(row.iter().map(|cell| cut(&clean(cell), LONGEST_NAME)));
    }
    for at in 1..headers.len() {
        if let Some(column) = table.column_mut(at) {
            column.set_cell_alignment(CellAlignment::Right);
            column.set_padding((0, 1));
        }
    }
    let mut text = String::new();
    for line in table.trim_fmt().lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
