//! The leads' own headers and cells, exactly as in their files.

use super::columns::Columns;
use crate::model::{Cells, Table};
use crate::places::key;
use std::collections::BTreeMap;

/// The headers of all files in the order of their first appearance, and the cells of the rows that stay.
///
/// Headers of several files are one where they differ in case and punctuation only. The program's own
/// columns, in one of its output files, are no lead's own. The cells of a single file are moved, not copied.
pub(super) fn own_cells(
    mut tables: Vec<Table>,
    columns: &[Columns],
    kept: Option<&[usize]>,
) -> (Vec<String>, Cells) {
    if let (1, None, [only]) = (tables.len(), kept, columns)
        && only.own == 0
    {
        let table = tables.remove(0);
        return (table.headers, table.cells);
    }
    let (headers, places) = united(&tables, columns);
    let mut cells = Cells::new(headers.len());
    let mut kept = kept.map(|rows| rows.iter().copied().peekable());
    let mut row = 0;
    for (table, places) in tables.iter().zip(&places) {
        let mut own = vec![None; headers.len()];
        for (from, to) in places {
            own[*to] = Some(*from);
        }
        for at in 0..table.rows.len() {
            let stays = kept.as_mut().is_none_or(|rows| rows.next_if_eq(&row).is_some());
            if stays {
                cells.push(
                    own.iter()
                        .map(|from| from.map_or("", |from| table.cells.get(at, from))),
                );
            }
            row += 1;
        }
    }
    (headers, cells)
}

/// The headers of all files, and for each file which of its columns is which of them.
fn united(tables: &[Table], columns: &[Columns]) -> (Vec<String>, Vec<Vec<(usize, usize)>>) {
    let mut headers: Vec<String> = Vec::new();
    let mut known: BTreeMap<(String, usize), usize> = BTreeMap::new();
    let mut places = Vec::new();
    for (table, columns) in tables.iter().zip(columns) {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let mut of_table = Vec::new();
        for (from, header) in table.headers.iter().enumerate().skip(columns.own) {
            let key = key(header);
            let time = times.entry(key.clone()).or_default();
            let to = *known.entry((key, *time)).or_insert_with(|| {
                headers.push(header.clone());
                headers.len() - 1
            });
            *time += 1;
            of_table.push((from, to));
        }
        places.push(of_table);
    }
    (headers, places)
}
