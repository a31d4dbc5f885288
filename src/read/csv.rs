//! CSV text to a table: the only reader that knows the `csv` crate.

use csv::{ReaderBuilder, StringRecord};

use super::assembly::{Assembly, MAX_COLUMNS, SampleRow, is_blank};
use super::lines::{LineCounter, is_line_end};
use super::quotes::{self, Fault};
use super::row::Row;
use super::{delimiter, lines, stretches};
use crate::mistake::{Kind, Mistake, Mistakes, Position};
use crate::model::{Shape, Source, Table};

/// What ends a line.
const LINE_ENDS: [char; 2] = ['\n', '\r'];
/// Without a line end in so many bytes, the cells of the line are counted before it is read.
const LONG_LINE: usize = 16 << 20;

/// Reads CSV text; the delimiter is found unless it is given.
///
/// # Errors
/// A fault in the quotes, too many columns, too big a cell, no header.
pub(super) fn table(name: &str, text: &str, given: Option<u8>) -> Result<Table, Mistakes> {
    let declared = delimiter::declared(text);
    let (delimiter, body, line) = match (declared, given) {
        (Some((declared, rest)), given) => (given.unwrap_or(declared), rest, 2),
        (None, Some(given)) => (given, text, 1),
        (None, None) => (delimiter::find(text), text, 1),
    };
    refuse_endless_line(name, body, delimiter)?;
    let mut assembly = Assembly::new(Source {
        file: name.to_owned(),
        shape: Shape::Lines,
    });
    let mut records = Records::new(body, delimiter, line);
    while !assembly.is_settled() && records.add_row(name, &mut assembly)? {}
    let rest = &body[records.offset()..];
    stretches::rows(name, rest, delimiter, records.counter, &mut assembly)?;
    let mut table = assembly.finish()?;
    table.delimiter = delimiter;
    Ok(table)
}

/// Reads the first rows of a text as well as they can be read.
pub(super) fn sample(text: &str, delimiter: u8, rows: usize) -> Vec<SampleRow> {
    let mut records = Records::new(text, delimiter, 1);
    let mut sample = Vec::new();
    while sample.len() < rows {
        let Ok(Some(after_blank)) = records.next_record() else {
            break;
        };
        if records.record.len() > MAX_COLUMNS || records.record.iter().all(is_blank) {
            continue;
        }
        sample.push(SampleRow {
            number: records.line,
            cells: records.record.iter().map(str::to_owned).collect(),
            after_blank,
        });
    }
    sample
}

/// Reads records and keeps count of the lines that they start on.
pub(super) struct Records<'a> {
    text: &'a str,
    delimiter: u8,
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    ends: Vec<usize>,
    counter: LineCounter,
    line: u32,
    /// Where the last record ended, once all are read.
    end: usize,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, delimiter: u8, line: u32) -> Self {
        Self::resumed(text, delimiter, LineCounter::at(line))
    }

    /// Reads on behind a record, with the count of lines so far.
    pub(super) fn resumed(text: &'a str, delimiter: u8, counter: LineCounter) -> Self {
        Self {
            text,
            delimiter,
            reader: ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .delimiter(delimiter)
                .from_reader(text.as_bytes()),
            record: StringRecord::new(),
            ends: Vec::new(),
            counter,
            line: counter.line(),
            end: 0,
        }
    }

    /// Adds all rows to a table.
    ///
    /// # Errors
    /// A fault in the quotes, too many columns, too big a cell.
    pub(super) fn into_rows(mut self, name: &str, assembly: &mut Assembly) -> Result<(), Mistakes> {
        while self.add_row(name, assembly)? {}
        Ok(())
    }

    /// Adds the next row to a table; tells whether there was one.
    ///
    /// # Errors
    /// As [`Records::into_rows`].
    pub(super) fn add_row(&mut self, name: &str, assembly: &mut Assembly) -> Result<bool, Mistakes> {
        let end = self.offset();
        let Some(gap) = self.next_record().map_err(|fault| fault.mistake(name))? else {
            self.end = end;
            return Ok(false);
        };
        if gap {
            assembly.blank();
        }
        assembly.row(self.line, self.row())?;
        Ok(true)
    }

    /// How many lines there were, once all rows are read; nothing where the text does not end with the
    /// line of a record.
    pub(super) fn whole_lines(mut self) -> Option<u32> {
        let line = self.counter.line();
        self.counter.pass(&self.text.as_bytes()[self.end..]);
        let ends = self.text.ends_with('\n') && self.counter.line() == line;
        ends.then(|| line - 1)
    }

    /// Reads the next record; whether blank lines came before it, or nothing at the end.
    fn next_record(&mut self) -> Result<Option<bool>, QuoteFault> {
        let start = self.offset();
        // Reading from memory cannot fail, and cells of valid UTF-8 are valid UTF-8.
        if !self.reader.read_record(&mut self.record).unwrap_or(false) {
            return Ok(None);
        }
        let raw = self.text.get(start..self.offset()).unwrap_or_default();
        let (blank, raw) = raw.split_at(raw.len() - raw.trim_start_matches(LINE_ENDS).len());
        let before = self.counter.line();
        self.counter.pass(blank.as_bytes());
        self.line = self.counter.line();
        let gap = self.line > before;
        if let Some(fault) = quotes::fault(raw, self.delimiter) {
            return Err(QuoteFault::new(fault, raw.as_bytes(), self.counter));
        }
        // Searching bytes for a single one looks at many at a time.
        let inside = raw.trim_end_matches(LINE_ENDS).as_bytes();
        if inside.contains(&b'\n') || inside.contains(&b'\r') {
            self.counter.pass(raw.as_bytes());
        } else {
            self.counter.pass_one_line(raw.as_bytes());
        }
        Ok(Some(gap))
    }

    /// The record that was read last.
    fn row(&mut self) -> Row<'_> {
        let ends = (0..self.record.len()).filter_map(|at| Some(self.record.range(at)?.end));
        self.ends.clear();
        self.ends.extend(ends);
        Row::new(self.record.as_slice(), &self.ends)
    }

    fn offset(&self) -> usize {
        usize::try_from(self.reader.position().byte()).map_or(self.text.len(), |at| at.min(self.text.len()))
    }
}

/// A fault in the quotes with the line where the quote opens, and where it closes if it does.
struct QuoteFault {
    opened: u32,
    closed: Option<u32>,
    column: u32,
    line: String,
}

impl QuoteFault {
    fn new(fault: Fault, raw: &[u8], counter: LineCounter) -> Self {
        const LETTERS: usize = 80;
        let line_at = |position: usize| {
            let mut counter = counter;
            counter.pass(&raw[..position]);
            counter.line()
        };
        let (open, closed) = match fault {
            Fault::Unclosed(open) => (open, None),
            Fault::TextAfter(open, close) => (open, Some(line_at(close))),
        };
        let begin = raw[..open]
            .iter()
            .rposition(|byte| is_line_end(*byte))
            .map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&raw[begin..open]).chars().count() + 1;
        let rest = &raw[begin..];
        let end = rest
            .iter()
            .position(|byte| is_line_end(*byte))
            .unwrap_or(rest.len());
        Self {
            opened: line_at(open),
            closed,
            column: u32::try_from(column).unwrap_or(u32::MAX),
            line: String::from_utf8_lossy(&rest[..end.min(LETTERS * 4)])
                .chars()
                .take(LETTERS)
                .collect(),
        }
    }

    fn mistake(self, name: &str) -> Mistake {
        let position = Position::Line {
            file: name.to_owned(),
            line: self.opened,
            column: Some(self.column),
        };
        let mistake = match self.closed {
            None => Mistake::new(Kind::BadQuote, position, "a quote that is never closed"),
            Some(line) if line == self.opened => Mistake::new(
                Kind::BadQuote,
                position,
                "a quoted cell with text after its closing quote",
            ),
            Some(line) => Mistake::new(
                Kind::BadQuote,
                position,
                format!("a quote that closes on line {line} with text after it"),
            ),
        };
        mistake
            .expected("a quote at both ends of the cell, and every quote inside it doubled")
            .excerpt(self.line)
    }
}

/// Refuses a line of far too many cells before memory is taken for them.
fn refuse_endless_line(name: &str, text: &str, delimiter: u8) -> Result<(), Mistakes> {
    let text = text.as_bytes();
    for (block, start) in text.chunks(LONG_LINE).zip((0..).step_by(LONG_LINE)) {
        if block.len() < LONG_LINE || block.contains(&b'\n') || block.contains(&b'\r') {
            continue;
        }
        if block
            .iter()
            .filter(|byte| **byte == delimiter)
            .nth(MAX_COLUMNS)
            .is_some()
        {
            let position = Position::Line {
                file: name.to_owned(),
                line: lines::line_of(text, start),
                column: None,
            };
            return Err(Mistake::new(
                Kind::TooBig,
                position,
                format!("a row of over {MAX_COLUMNS} cells"),
            )
            .expected(format!("at most {MAX_COLUMNS} columns"))
            .into());
        }
    }
    Ok(())
}
