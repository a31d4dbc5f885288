//! The same work for each of many items, by several threads; what comes of it is in the items' order.

use std::num::NonZero;
use std::thread;

/// Does the work for every item: by one thread where they are fewer than `many`.
pub(super) fn each<T: Sync, R: Send>(items: &[T], many: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if items.len() < many || threads == 1 {
        return items.iter().map(work).collect();
    }
    thread::scope(|scope| {
        let parts = items.chunks(items.len().div_ceil(threads).max(1));
        let started: Vec<_> = parts
            .map(|part| scope.spawn(|| part.iter().map(&work).collect::<Vec<_>>()))
            .collect();
        let joined = started.into_iter().map(|handle| match handle.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.flatten().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_are_in_the_order_of_the_items_however_many_threads_work() {
        let items: Vec<u32> = (0..1_001).collect();
        let squares: Vec<u32> = items.iter().map(|item| item * item).collect();
        for many in [0, 1_001, 1_002] {
            assert_eq!(each(&items, many, |item| item * item), squares);
        }
        assert!(each(&[0_u32; 0], 0, |item| *item).is_empty());
    }
}
