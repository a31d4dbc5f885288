//! Long CSV text read in stretches by several threads, with the table and the mistakes of reading it from
//! beginning to end.
//!
//! A stretch begins and ends behind a line feed. Whether that is where a record ends, and not in the middle
//! of a quoted cell, is known once the stretch before is read; where it is not, or where blank lines or the
//! rows of a footer stand at the seam, or anything is wrong, the rest is read from there in one go.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

use super::assembly::Assembly;
use super::csv::Records;
use super::lines::LineCounter;
use crate::mistake::Mistakes;

/// A stretch of fewer bytes is not worth a thread.
const WORTH_A_THREAD: usize = 1 << 20;
/// Most threads that read.
const MOST_THREADS: usize = 8;

/// What a thread made of a stretch, as if lines began at 1 there.
struct Stretch {
    assembly: Assembly,
    /// How many lines it has.
    lines: u32,
}

/// Adds the rows of a text that begins with a record to a table whose header is known.
///
/// # Errors
/// As [`Records::into_rows`].
pub(super) fn rows(
    name: &str,
    text: &str,
    delimiter: u8,
    counter: LineCounter,
    assembly: &mut Assembly,
) -> Result<(), Mistakes> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let most = threads.min(MOST_THREADS).min(text.len() / WORTH_A_THREAD);
    rows_in(name, text, delimiter, counter, assembly, ranges(text, most))
}

fn rows_in(
    name: &str,
    text: &str,
    delimiter: u8,
    mut counter: LineCounter,
    assembly: &mut Assembly,
    ranges: Vec<Range<usize>>,
) -> Result<(), Mistakes> {
    if ranges.len() < 2 || !assembly.is_between_rows() {
        return Records::resumed(text, delimiter, counter).into_rows(name, assembly);
    }
    let stretches: Vec<Option<Stretch>> = thread::scope(|scope| {
        let read = |range: &Range<usize>| {
            let (range, assembly) = (range.clone(), assembly.without_rows());
            scope.spawn(move || stretch(name, text, range, delimiter, assembly?))
        };
        let started: Vec<_> = ranges.iter().map(read).collect();
        let joined = started
            .into_iter()
            .map(|started| started.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.collect()
    });
    for (range, stretch) in ranges.into_iter().zip(stretches) {
        let Some(stretch) = stretch.filter(|_| assembly.is_between_rows()) else {
            let rest = Records::resumed(&text[range.start..], delimiter, counter);
            return rest.into_rows(name, assembly);
        };
        // Behind a line feed a counter says the same whatever stood before.
        let line = counter.line();
        assembly.append(stretch.assembly, line - 1)?;
        counter = LineCounter::at(line.saturating_add(stretch.lines));
    }
    Ok(())
}

/// Reads a stretch; nothing if something is wrong in it, or if it does not end with a record, as all but the
/// last must.
fn stretch(
    name: &str,
    text: &str,
    range: Range<usize>,
    delimiter: u8,
    mut assembly: Assembly,
) -> Option<Stretch> {
    let is_last = range.end == text.len();
    let mut records = Records::resumed(&text[range], delimiter, LineCounter::at(1));
    while records.add_row(name, &mut assembly).ok()? {}
    let lines = records.whole_lines();
    Some(Stretch {
        assembly,
        lines: if is_last { lines.unwrap_or(0) } else { lines? },
    })
}

/// Cuts a text behind line feeds into stretches, about equal and at most so many.
fn ranges(text: &str, most: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(most);
    let mut start = 0;
    for at in 1..=most {
        let from = (text.len() / most * at).max(start);
        let line_feed = text.as_bytes()[from..].iter().position(|&byte| byte == b'\n');
        let end = match line_feed {
            Some(ahead) if at < most => from + ahead + 1,
            _ => text.len(),
        };
        if end > start {
            ranges.push(start..end);
        }
        start = end;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Shape, Source, Table};
    use proptest::prelude::*;

    /// Reads a tail below a header and as many rows as settle it, cut into at most so many stretches.
    fn table(tail: &str, most: usize) -> Result<Table, Mistakes> {
        let source = Source {
            file: "leads.csv".to_owned(),
            shape: Shape::Lines,
        };
        let mut assembly = Assembly::new(source);
        let head = format!("id,name,city,\n{}", "1,Ann,Bonn,\n".repeat(100));
        Records::resumed(&head, b',', LineCounter::at(1)).into_rows("leads.csv", &mut assembly)?;
        assert!(assembly.is_settled());
        let counter = LineCounter::at(102);
        rows_in(
            "leads.csv",
            tail,
            b',',
            counter,
            &mut assembly,
            ranges(tail, most),
        )?;
        assembly.finish()
    }

    fn check(tail: &str) {
        let whole = table(tail, 1);
        for most in 2..9 {
            assert_eq!(table(tail, most), whole, "{tail:?} in {most}");
        }
    }

    #[test]
    fn a_cut_within_a_quoted_cell_does_not_show() {
        check("2,\"Ann\nLee\",Ulm,\n3,\"\n\n\n\n\n\n\n\n\n\n\n\n\",Ulm,\n4,Eve,Ulm,x\n");
    }

    #[test]
    fn blank_lines_and_footers_at_a_cut_do_not_show() {
        check("2,Ann,Ulm,\n\n\n\n\n\n\n\n\n\n\n\n3,Eve,Ulm,\n\n\n\nTotal,,,\n\n\n");
        check("2,Ann,Ulm,\r\n3,Eve,Ulm,\r\n\r\n\r\n4,Eve,Ulm,\r\n5,Eve,Ulm,");
        check("Total,,,\nTotal,,,\nTotal,,,\nTotal,,,\n5,Eve,Ulm,\n");
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        check("2,Ann,Ulm,\n3,Eve,Ulm,\n4,\"Eve,Ulm,\n5,Eve,Ulm,\n6,Eve,Ulm,\n");
        check("2,Ann,Ulm,\n3,Eve,Ulm,\n4,Eve\n5,\"Eve\"x,Ulm,\n6,Eve,Ulm,\n");
    }

    proptest! {
        #[test]
        fn stretches_do_not_show(
            rows in proptest::collection::vec(
                "(2,Ann,Ulm,(\n|\r\n|\r)){1,3}|\"|\n|\r|3,\"E\n\"\"\n\",Ulm,\n|Total:,,,\n|[,x'=\"\n]{0,6}\n",
                0..12,
            )
        ) {
            check(&rows.concat());
        }
    }
}
