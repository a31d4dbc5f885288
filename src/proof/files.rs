//! The files of a finished run, read back: CSV as RFC 4180 has it, positions kept.

use crate::model::Cells;

/// A table of a run's folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OutTable {
    /// The headers as they stand there.
    pub headers: Vec<String>,
    /// The cells of the rows that have as many as the header.
    pub cells: Cells,
    /// The line at which each of these begins.
    pub lines: Vec<u32>,
    /// Lines that begin a row with another number of cells.
    pub ragged: Vec<u32>,
}

/// What is wrong with a file as a whole, as a phrase, and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    pub line: u32,
    pub why: &'static str,
}

impl OutTable {
    /// Reads a table; a byte-order mark is skipped.
    pub fn read(bytes: &[u8], delimiter: u8) -> Result<Self, Broken> {
        let text = std::str::from_utf8(bytes).map_err(|error| Broken {
            line: line_of(&bytes[..error.valid_up_to()]),
            why: "it is not UTF-8",
        })?;
        let mut rows = Rows {
            rest: text.strip_prefix('\u{feff}').unwrap_or(text),
            delimiter: char::from(delimiter),
            line: 1,
        };
        let mut row = Row::default();
        if !rows.next(&mut row)? {
            return Err(Broken {
                line: 1,
                why: "it has no header",
            });
        }
        let headers: Vec<String> = row.cells().map(str::to_owned).collect();
        let mut table = Self {
            cells: Cells::new(headers.len()),
            headers,
            lines: Vec::new(),
            ragged: Vec::new(),
        };
        loop {
            let line = rows.line;
            if !rows.next(&mut row)? {
                return Ok(table);
            }
            if row.ends.len() == table.headers.len() {
                table.cells.push(row.cells());
                table.lines.push(line);
            } else {
                table.ragged.push(line);
            }
        }
    }
}

fn line_of(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.split(|&byte| byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// The cells of one row, in one piece of memory.
#[derive(Default)]
struct Row {
    text: String,
    ends: Vec<usize>,
}

impl Row {
    fn cells(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| &self.text[start..end])
    }
}

struct Rows<'a> {
    rest: &'a str,
    delimiter: char,
    line: u32,
}

impl Rows<'_> {
    /// Reads the next row; false at the end.
    fn next(&mut self, row: &mut Row) -> Result<bool, Broken> {
        row.text.clear();
        row.ends.clear();
        if self.rest.is_empty() {
            return Ok(false);
        }
        loop {
            self.cell(&mut row.text)?;
            row.ends.push(row.text.len());
            if let Some(rest) = self.rest.strip_prefix(self.delimiter) {
                self.rest = rest;
                continue;
            }
            let rest = self
                .rest
                .strip_prefix("\r\n")
                .or(self.rest.strip_prefix(['\n', '\r']));
            self.rest = rest.unwrap_or_default();
            self.line += 1;
            return Ok(true);
        }
    }

    fn cell(&mut self, text: &mut String) -> Result<(), Broken> {
        let Some(mut quoted) = self.rest.strip_prefix('"') else {
            let end = self
                .rest
                .find([self.delimiter, '\n', '\r'])
                .unwrap_or(self.rest.len());
            text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end..];
            return Ok(());
        };
        let first = self.line;
        loop {
            let Some(end) = quoted.find('"') else {
                return Err(Broken {
                    line: first,
                    why: "a quote is never closed",
                });
            };
            text.push_str(&quoted[..end]);
            self.line += line_of(&quoted.as_bytes()[..end]) - 1;
            quoted = &quoted[end + 1..];
            let Some(rest) = quoted.strip_prefix('"') else {
                break;
            };
            text.push('"');
            quoted = rest;
        }
        self.rest = quoted;
        if quoted.is_empty() || quoted.starts_with([self.delimiter, '\n', '\r']) {
            return Ok(());
        }
        Err(Broken {
            line: self.line,
            why: "there is text after a closing quote",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &[(u32, &[&str])]) {
        let table = OutTable::read(text.as_bytes(), b',').expect("it is whole");
        let found: Vec<(u32, Vec<&str>)> = (0..table.cells.rows())
            .map(|row| (table.lines[row], table.cells.row(row).collect()))
            .collect();
        let expected: Vec<(u32, Vec<&str>)> = expected
            .iter()
            .map(|(line, cells)| (*line, cells.to_vec()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn quotes_hold_delimiters_breaks_and_quotes() {
        check(
            "a,b\r\n\"1,\"\"x\"\"\",\"two\nlines\"\r\n,\n",
            &[(2, &["1,\"x\"", "two\nlines"]), (4, &["", ""])],
        );
    }

    #[test]
    fn the_last_line_needs_no_break() {
        check("\u{feff}a\n1", &[(2, &["1"])]);
    }

    #[test]
    fn a_row_of_another_width_is_set_apart() {
        let table = OutTable::read(b"a,b\n1\n2,3\n", b',').expect("it is whole");
        assert_eq!((table.ragged, table.lines), (vec![2], vec![3]));
    }

    #[test]
    fn what_is_broken_is_named_with_its_line() {
        let broken = |bytes: &[u8]| OutTable::read(bytes, b',').expect_err("it is broken");
        assert_eq!(broken(b"a\n\"1\n").line, 2);
        assert_eq!(broken(b"a\n1\n\"x\"y\n").line, 3);
        assert_eq!(broken(b"a\n\xff\n").why, "it is not UTF-8");
        assert_eq!(broken(b"").why, "it has no header");
    }

    proptest! {
        #[test]
        fn any_cells_come_back_when_they_are_quoted(rows in prop::collection::vec(prop::collection::vec("[a,\"\r\n ü]{0,4}", 2), 0..5)) {
            let quoted = |row: &Vec<String>| row
                .iter()
                .map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")))
                .collect::<Vec<_>>()
                .join(",");
            let text: Vec<String> = rows.iter().map(quoted).collect();
            let table = OutTable::read(format!("x,y\n{}", text.join("\r\n")).as_bytes(), b',').expect("it is whole");
            let found: Vec<Vec<String>> = (0..table.cells.rows())
                .map(|row| table.cells.row(row).map(str::to_owned).collect())
                .collect();
            prop_assert_eq!(found, rows);
        }

        #[test]
        fn no_bytes_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = OutTable::read(&bytes, b',');
        }
    }
}
