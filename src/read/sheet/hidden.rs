//! Rows that a sheet hides or filters out, which calamine does not tell: found in the sheet's XML.

use std::io::Read;

use super::super::format::Format;
use super::super::zip::Archive;
use super::tags::{attribute, each_tag, name};

/// The longest list of sheets that is looked at, in bytes.
const LONGEST_LIST: u64 = 16 << 20;

/// Some rows one after another, by their own numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    /// The first.
    pub(super) first: u32,
    /// The last.
    pub(super) last: u32,
}

/// Finds the hidden rows of a sheet by its place among all sheets, from 0; none where that cannot be told.
pub(super) fn rows(bytes: &[u8], format: Format, sheet: usize) -> Vec<Rows> {
    let found = Archive::open(bytes).and_then(|archive| match format {
        Format::Xlsx => rows_of_excel(&archive, sheet),
        Format::Ods => rows_of_open_document(&archive, sheet),
        _ => None,
    });
    found.unwrap_or_default()
}

fn rows_of_excel(archive: &Archive<'_>, sheet: usize) -> Option<Vec<Rows>> {
    let (mut ids, mut targets) = (Vec::new(), Vec::new());
    each_tag(archive.read("xl/workbook.xml")?.take(LONGEST_LIST), |tag| {
        if name(tag) == "sheet" {
            ids.push(attribute(tag, "r:id").unwrap_or_default().to_owned());
        }
    })?;
    let wanted = ids.get(sheet)?;
    each_tag(
        archive.read("xl/_rels/workbook.xml.rels")?.take(LONGEST_LIST),
        |tag| {
            if name(tag) == "Relationship" && attribute(tag, "Id") == Some(wanted) {
                targets.extend(attribute(tag, "Target").map(str::to_owned));
            }
        },
    )?;
    let target = targets.first()?;
    let path = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{target}"),
    };
    let (mut hidden, mut row) = (Vec::new(), 0_u32);
    each_tag(archive.read(&path)?, |tag| {
        if name(tag) != "row" {
            return;
        }
        let number = attribute(tag, "r").and_then(|number| number.parse().ok());
        row = number.unwrap_or(row.saturating_add(1));
        if matches!(attribute(tag, "hidden"), Some("1" | "true")) {
            hidden.push(Rows {
                first: row,
                last: row,
            });
        }
    })?;
    hidden.sort_by_key(|rows| rows.first);
    Some(hidden)
}

fn rows_of_open_document(archive: &Archive<'_>, sheet: usize) -> Option<Vec<Rows>> {
    let (mut hidden, mut row, mut tables) = (Vec::new(), 1_u32, 0_usize);
    each_tag(archive.read("content.xml")?, |tag| {
        if name(tag) == "table:table" {
            tables += 1;
        } else if tables == sheet + 1 && name(tag) == "table:table-row" {
            let repeated = attribute(tag, "table:number-rows-repeated").and_then(|count| count.parse().ok());
            let next = row.saturating_add(repeated.unwrap_or(1));
            if matches!(attribute(tag, "table:visibility"), Some("collapse" | "filter")) {
                hidden.push(Rows {
                    first: row,
                    last: next.saturating_sub(1),
                });
            }
            row = next;
        }
    })?;
    Some(hidden)
}
