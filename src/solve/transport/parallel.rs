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

/// Tells from time to time how much of the first range is done, which stands for all: from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "progress is a rough number")]
pub(super) fn tell_at(at: usize, range: &Range<usize>, tell: &(dyn Fn(f64) + Sync)) {
    if range.start == 0 && at.is_multiple_of(1 << 12) {
        tell(at as f64 / range.end as f64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_the_whole_in_order_with_any_number_of_threads() {
        for threads in [1, 2, 3, 7] {
            let parts = in_ranges(threads, 1001, 1 << 20, Iterator::collect::<Vec<_>>);
            assert_eq!(parts.len(), threads);
            assert_eq!(parts.concat(), (0..1001).collect::<Vec<_>>());
        }
    }

    #[test]
    fn little_work_takes_one_thread() {
        assert_eq!(in_ranges(8, 0, 5, |range| range.len()), [0]);
        assert_eq!(in_ranges(8, 100, 5, |range| range.len()), [100]);
    }
}
