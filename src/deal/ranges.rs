//! Work on many classes, shared out over threads so that their number never shows.

use std::ops::Range;
use std::panic::resume_unwind;
use std::thread;

/// As many classes are shared out at a time, so that what is made of them never takes much memory.
const AT_A_TIME: usize = 1 << 15;
/// Fewer classes than so many are not worth a thread.
const WORTH_A_THREAD: usize = 256;

/// Consecutive ranges of at most so many that cover `0..count`.
pub(super) fn blocks(count: usize) -> impl Iterator<Item = Range<usize>> {
    (0..count)
        .step_by(AT_A_TIME)
        .map(move |start| start..count.min(start + AT_A_TIME))
}

/// What `work` makes of consecutive ranges that cover a block, in their order.
///
/// Where ranges end depends on the number of threads: what is made of them must not, once strung together.
pub(super) fn in_ranges<R: Send>(
    threads: usize,
    block: Range<usize>,
    work: impl Fn(Range<usize>) -> R + Sync,
) -> Vec<R> {
    let threads = threads.min(block.len() / WORTH_A_THREAD).max(1);
    let bound = |at: usize| block.start + block.len() * at / threads;
    thread::scope(|scope| {
        let work = &work;
        let others: Vec<_> = (1..threads)
            .map(|at| scope.spawn(move || work(bound(at)..bound(at + 1))))
            .collect();
        let mut made = vec![work(bound(0)..bound(1))];
        for other in others {
            made.push(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_the_whole_in_order_with_any_number_of_threads() {
        for count in [0, 7, 1000, 3 * AT_A_TIME + 77] {
            for threads in [0, 1, 2, 7] {
                let all =
                    blocks(count).flat_map(|block| in_ranges(threads, block, Iterator::collect::<Vec<_>>));
                assert!(all.flatten().eq(0..count), "{count} in {threads}");
            }
        }
    }
}
