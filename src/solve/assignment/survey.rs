//! One pass over all costs before anything else: their range, and the least of each column.

use super::parallel::in_ranges;
use super::{FORBIDDEN, Matrix};

/// What one pass over a matrix tells.
pub(super) struct Survey {
    /// The least cost of each column; [`FORBIDDEN`] where all of it is forbidden.
    pub column_least: Vec<i32>,
    /// The greatest cost that is not forbidden, plus one and wrapped: `i32::MIN` where there is none.
    most_and_one: i32,
}

impl Survey {
    /// Reads all costs once.
    pub fn new(matrix: &Matrix<'_>) -> Self {
        let none = || Self {
            column_least: vec![FORBIDDEN; matrix.columns],
            most_and_one: i32::MIN,
        };
        let parts = in_ranges(matrix.rows, matrix.columns, |rows| {
            let mut part = none();
            rows.for_each(|row| part.read(matrix.row(row)));
            part
        });
        let mut whole = none();
        for part in parts {
            whole.most_and_one = whole.most_and_one.max(part.most_and_one);
            for (least, other) in whole.column_least.iter_mut().zip(&part.column_least) {
                *least = (*least).min(*other);
            }
        }
        whole
    }

    /// Adding one wraps a forbidden cost to the least number, and so out of the way of the greatest.
    fn read(&mut self, row: &[i32]) {
        let mut most = self.most_and_one;
        for (least, &cost) in self.column_least.iter_mut().zip(row) {
            *least = (*least).min(cost);
            most = most.max(cost.wrapping_add(1));
        }
        self.most_and_one = most;
    }

    /// The least and the greatest permitted cost.
    pub fn permitted(&self) -> Option<(i32, i32)> {
        let least = self.column_least.iter().copied().min()?;
        (least != FORBIDDEN).then(|| (least, self.most_and_one.wrapping_sub(1)))
    }
}
