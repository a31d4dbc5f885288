//! Rows that a sheet hides or filters out, which calamine does not tell: found in the sheet's XML.

use std::io::{self, BufReader, Read};

use super::super::format::Format;
use super::super::zip::Archive;

/// The longest tag that is looked at, in bytes; longer ones name no row.
const LONGEST_TAG: usize = 64 << 10;
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
        if tag.starts_with("sheet ") {
            ids.push(attribute(tag, "r:id").unwrap_or_default().to_owned());
        }
    })?;
    let wanted = ids.get(sheet)?;
    each_tag(
        archive.read("xl/_rels/workbook.xml.rels")?.take(LONGEST_LIST),
        |tag| {
            if tag.starts_with("Relationship ") && attribute(tag, "Id") == Some(wanted) {
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
        if !tag.starts_with("row") || !tag[3..].starts_with([' ', '/']) && tag.len() > 3 {
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
        if tag.starts_with("table:table ") {
            tables += 1;
        } else if tables == sheet + 1 && tag.starts_with("table:table-row") && !tag.contains("-rows") {
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

/// The value of a tag's attribute, as it is written.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = &rest[at + name.len()..];
        if before.is_none_or(char::is_whitespace)
            && let Some(value) = after.trim_start().strip_prefix('=')
        {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            return value[1..].split(quote).next();
        }
        rest = after;
    }
}

/// Gives each tag of an XML text, without its brackets, to `take`; nothing if reading fails.
fn each_tag(reader: impl Read, mut take: impl FnMut(&str)) -> Option<()> {
    use io::BufRead;
    let mut reader = BufReader::with_capacity(LONGEST_TAG, reader);
    let mut tag: Vec<u8> = Vec::new();
    let mut inside = false;
    loop {
        let chunk = reader.fill_buf().ok()?;
        if chunk.is_empty() {
            return Some(());
        }
        let wanted = if inside { b'>' } else { b'<' };
        let found = chunk.iter().position(|byte| *byte == wanted);
        let end = found.unwrap_or(chunk.len());
        if inside && tag.len() < LONGEST_TAG {
            tag.extend_from_slice(&chunk[..end]);
        }
        if found.is_some() {
            if inside {
                if let Ok(text) = std::str::from_utf8(&tag) {
                    take(text);
                }
                tag.clear();
            }
            inside = !inside;
        }
        let used = found.map_or(end, |at| at + 1);
        reader.consume(used);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_by_their_whole_name() {
        let tag = "row r='5' spans=\"1:2\" x:hidden=\"0\" hidden = \"1\"";
        assert_eq!(attribute(tag, "hidden"), Some("1"));
        assert_eq!(attribute(tag, "r"), Some("5"));
        assert_eq!(attribute(tag, "span"), None);
    }

    #[test]
    fn tags_are_found_in_any_chunks() {
        let mut tags = Vec::new();
        let text = "<a b=\"1\">text</a><c/>";
        each_tag(text.as_bytes(), |tag| tags.push(tag.to_owned())).unwrap();
        assert_eq!(tags, ["a b=\"1\"", "/a", "c/"]);
    }
}
