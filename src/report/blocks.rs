//! Files of many rows, written block by block by several threads and put together in order.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

/// As many rows are in a block.
const ROWS: usize = 8192;
/// Blocks that may wait to be put in their place.
const WAITING: usize = 4;
/// Most threads that write blocks.
const MOST_THREADS: usize = 8;

/// Writes `rows` rows to `to`: `block` writes those of a range into memory, and any thread may be asked to;
/// the ranges come out in their order, so that the file does not depend on the threads.
///
/// # Errors
/// The first that `to` fails with, or else that of the first block that fails.
pub fn write(
    rows: usize,
    to: &mut dyn Write,
    block: impl Fn(Range<usize>, &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    let blocks = rows.div_ceil(ROWS);
    let range = |number: usize| number * ROWS..rows.min((number + 1) * ROWS);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.min(MOST_THREADS).min(blocks);
    if threads < 2 {
        let mut bytes = Vec::new();
        for number in 0..blocks {
            bytes.clear();
            block(range(number), &mut bytes)?;
            to.write_all(&bytes)?;
        }
        return Ok(());
    }
    let next = AtomicUsize::new(0);
    let (finished, waiting) = sync_channel(WAITING);
    thread::scope(|scope| {
        for _ in 0..threads {
            let finished = finished.clone();
            let (next, block) = (&next, &block);
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= blocks {
                        break;
                    }
                    let mut bytes = Vec::new();
                    let made = block(range(number), &mut bytes).map(|()| bytes);
                    // Nobody takes it any more once the file cannot be written.
                    if finished.send((number, made)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(finished);
        // Moved in here, so that it is gone, and nobody waits for it, where writing fails.
        let waiting = waiting;
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (number, made) in &waiting {
            early.insert(number, made);
            while let Some(made) = early.remove(&due) {
                to.write_all(&made?)?;
                due += 1;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(range: Range<usize>, out: &mut Vec<u8>) -> io::Result<()> {
        range.into_iter().try_for_each(|row| writeln!(out, "{row}"))
    }

    fn check(rows: usize) {
        let mut file = Vec::new();
        write(rows, &mut file, lines).unwrap();
        let mut expected = Vec::new();
        lines(0..rows, &mut expected).unwrap();
        assert!(file == expected, "{rows} rows");
    }

    #[test]
    fn rows_come_in_their_order() {
        for rows in [0, 1, ROWS, ROWS + 1, 20 * ROWS + 7] {
            check(rows);
        }
    }

    #[test]
    fn a_block_or_a_disk_that_fails_ends_it() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let full = write(30 * ROWS, &mut Full, lines).unwrap_err();
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        let fails = |range: Range<usize>, out: &mut Vec<u8>| match range.start / ROWS {
            7.. => Err(io::ErrorKind::InvalidData.into()),
            _ => lines(range, out),
        };
        let mut file = Vec::new();
        assert_eq!(
            write(30 * ROWS, &mut file, fails).unwrap_err().kind(),
            io::ErrorKind::InvalidData
        );
    }
}
