//! Rows that are made when first asked for and kept, as far as memory is granted.

use std::sync::OnceLock;

/// Rows by key, made at most once each when they are kept. Safe to share between threads; a row's
/// content does not depend on who makes it.
#[derive(Debug)]
pub struct Kept<T> {
    rows: Option<Vec<OnceLock<Box<[T]>>>>,
    width: usize,
}

impl<T: Copy + Default> Kept<T> {
    /// Prepares rows of a width for a number of keys; keeps them if all fit into `budget` bytes, of
    /// which it takes what it may use.
    pub fn new(keys: usize, width: usize, budget: &mut usize) -> Self {
        let row = width * size_of::<T>() + size_of::<OnceLock<Box<[T]>>>();
        let needed = keys.saturating_mul(row);
        let fits = needed <= *budget;
        if fits {
            *budget -= needed;
        }
        Self {
            rows: fits.then(|| std::iter::repeat_with(OnceLock::new).take(keys).collect()),
            width,
        }
    }

    /// Tells whether rows are kept.
    pub fn keeps(&self) -> bool {
        self.rows.is_some()
    }

    /// The row of a key; `make` fills it where it is not there yet, or fills `spare` where it is not kept.
    pub fn row<'r>(&'r self, key: u32, spare: &'r mut Vec<T>, make: impl FnOnce(&mut [T])) -> &'r [T] {
        if let Some(rows) = &self.rows {
            return rows[key as usize].get_or_init(|| {
                let mut row = vec![T::default(); self.width].into_boxed_slice();
                make(&mut row);
                row
            });
        }
        spare.resize(self.width, T::default());
        make(spare);
        spare
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_row_is_made_once_and_any_other_every_time() {
        for (mut budget, times) in [(1000, 1), (10, 2)] {
            let kept = Kept::new(3, 2, &mut budget);
            let mut made = 0;
            for _ in 0..2 {
                let mut spare = Vec::new();
                let row = kept.row(1, &mut spare, |row| {
                    row.fill(7i32);
                    made += 1;
                });
                assert_eq!(row, [7, 7]);
            }
            assert_eq!(made, times);
        }
    }
}
