//! Splits work over threads so that their number never shows.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs `work` on consecutive ranges of `size` that cover `0..count` and returns what it made in their order.
/// Each thread makes a state of its own with `start`; all states come back in no order.
pub(super) fn in_chunks<S: Send, R: Send>(
    threads: usize,
    (count, size): (usize, usize),
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, Range<usize>) -> R + Sync,
) -> (Vec<R>, Vec<S>) {
    let chunks = count.div_ceil(size.max(1));
    let next = AtomicUsize::new(0);
    let run = || {
        let (mut state, mut made) = (start(), Vec::new());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= chunks {
                return (state, made);
            }
            made.push((at, work(&mut state, at * size..((at + 1) * size).min(count))));
        }
    };
    let threads = threads.clamp(1, chunks.max(1));
    let mut all = Vec::with_capacity(threads);
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        all.push(run());
        for other in others {
            all.push(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
    });
    let (states, parts): (Vec<S>, Vec<Vec<(usize, R)>>) = all.into_iter().unzip();
    let mut made: Vec<(usize, R)> = parts.into_iter().flatten().collect();
    made.sort_by_key(|(at, _)| *at);
    (made.into_iter().map(|(_, made)| made).collect(), states)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_the_whole_in_order_with_any_number_of_threads() {
        for threads in [1, 2, 7] {
            let (parts, states) = in_chunks(
                threads,
                (1001, 10),
                || 0,
                |seen, range| {
                    *seen += range.len();
                    range.collect::<Vec<_>>()
                },
            );
            assert_eq!(parts.concat(), (0..1001).collect::<Vec<_>>());
            assert_eq!(states.iter().sum::<usize>(), 1001);
        }
        assert!(in_chunks(3, (0, 10), || (), |(), range| range.len()).0.is_empty());
    }
}
