//! Splits work over threads so that their number never shows.

use std::ops::Range;

/// Below so many pairs of lead and leaf a thread costs more than it saves.
const PAIRS_WORTH_A_THREAD: usize = 1 << 18;

/// Runs `work` on consecutive ranges that cover `0..count`, and returns what it made in their order.
///
/// Where the ranges end depends on the number of threads: results must be put together in a way
/// that does not (strung in order, summed, greatest).
pub(super) fn in_ranges<R: Send>(
    threads: usize,
    count: usize,
    width: usize,
    work: impl Fn(Range<usize>) -> R + Sync,
) -> Vec<R> {
    let worthwhile = count.saturating_mul(width) / PAIRS_WORTH_A_THREAD;
    let threads = threads.min(worthwhile).min(count).max(1);
    let bound = |at: usize| count / threads * at + (count % threads).min(at);
    let mut made = Vec::with_capacity(threads);
    std::thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = (1..threads)
            .map(|at| scope.spawn(move || work(bound(at)..bound(at + 1))))
            .collect();
        made.push(work(bound(0)..bound(1)));
        for other in others {
            made.push(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
    });
    made
}
