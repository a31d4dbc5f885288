//! Rows that are made when first asked for and kept, as far as memory is granted.

use std::ops::Deref;
use std::sync::OnceLock;

/// Rows by key, made at most once each when they are kept. Safe to share between threads; a row's
/// content does not depend on who makes it.
#[derive(Debug)]
pub struct Kept<T> {
    rows: Option<Vec<OnceLock<Box<[T]>>>>,
    width: usize,
}

/// A row that is kept, or one made for the occasion.
pub enum Row<'a, T> {
    /// Kept.
    Kept(&'a [T]),
    /// Made for the occasion.
    Made(Box<[T]>),
}

impl<T> Deref for Row<'_, T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        match self {
            Self::Kept(row) => row,
            Self::Made(row) => row,
        }
    }
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

    /// The row of a key; `make` fills it where it is not there yet.
    pub fn row(&self, key: u32, make: impl FnOnce(&mut [T])) -> Row<'_, T> {
        let fill = || {
            let mut row = vec![T::default(); self.width].into_boxed_slice();
            make(&mut row);
            row
        };
        match &self.rows {
            Some(rows) => Row::Kept(rows[key as usize].get_or_init(fill)),
            None => Row::Made(fill()),
        }
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
                let row = kept.row(1, |row| {
                    row.fill(7i32);
                    made += 1;
                });
                assert_eq!(&*row, [7, 7]);
            }
            assert_eq!(made, times);
        }
    }
}
