//! Work over many leads on several threads.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Leads in one piece of work.
const BLOCK: usize = 1024;

/// Does `work` for every block of `0..count`; each thread gathers into one that `make` gave it, and
/// takes its blocks in rising order.
///
/// Which thread takes which block is left to chance: what is gathered must come to the same whatever
/// the order in which the caller joins it. `begun` is told how many leads stand before a block that begins.
pub(crate) fn fold<T: Send>(
    count: usize,
    begun: &(dyn Fn(usize) + Sync),
    make: &(dyn Fn() -> T + Sync),
    work: &(dyn Fn(&mut T, Range<usize>) + Sync),
) -> Vec<T> {
    let pieces = count.div_ceil(BLOCK);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(pieces);
    let next = AtomicUsize::new(0);
    let gathered = Mutex::new(Vec::with_capacity(threads));
    let labour = || {
        let mut own = make();
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= pieces {
                break;
            }
            let start = piece * BLOCK;
            begun(start);
            work(&mut own, start..count.min(start + BLOCK));
        }
        gathered.lock().unwrap_or_else(PoisonError::into_inner).push(own);
    };
    if threads <= 1 {
        labour();
    } else {
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(labour);
            }
        });
    }
    gathered.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lead_is_worked_on_once() {
        for count in [0, 1, BLOCK, 3 * BLOCK + 5] {
            let gathered = fold(count, &|_| (), &Vec::new, &|own: &mut Vec<usize>, range| {
                own.extend(range);
            });
            let mut all: Vec<usize> = gathered.into_iter().flatten().collect();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..count));
        }
    }
}
