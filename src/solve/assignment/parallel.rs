//! Splits a pass over rows over the processors so that their number never shows.

use std::ops::Range;
use std::thread;

/// Below so many pairs a second thread costs more than it saves.
const PAIRS_WORTH_A_THREAD: usize = 1 << 18;

/// More threads than this wait for memory.
const MOST_THREADS: usize = 4;

/// The number of threads that a pass over `rows` of `columns` is worth.
fn threads_for(rows: usize, columns: usize) -> usize {
    let worthwhile = (rows.saturating_mul(columns) / PAIRS_WORTH_A_THREAD).min(rows);
    if worthwhile < 2 {
        return 1;
    }
    let there = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    worthwhile.min(there).min(MOST_THREADS)
}

/// Runs `work` on consecutive ranges that cover all `rows`, and returns what it made in their order.
///
/// What is made must be put together in a way that does not show where the ranges end: strung in
/// order, summed, the greatest, the least.
pub(super) fn in_ranges<Made: Send>(
    rows: usize,
    columns: usize,
    work: impl Fn(Range<usize>) -> Made + Sync,
) -> Vec<Made> {
    let threads = threads_for(rows, columns);
    let bound = |at: usize| rows / threads * at + (rows % threads).min(at);
    let mut made = Vec::with_capacity(threads);
    thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = (1..threads)
            .map(|at| scope.spawn(move || work(bound(at)..bound(at + 1))))
            .collect();
        made.push(work(bound(0)..bound(1)));
        for other in others {
            let result = other.join();
            made.push(result.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
    });
    made
}
