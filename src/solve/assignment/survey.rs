//! What is to be known of a matrix before anything else: the range of its costs, the least of each column.

use super::parallel::in_ranges;
use super::{FORBIDDEN, Matrix};

/// So many rows are read to tell whether the columns are alike.
const SAMPLE: usize = 64;

/// So many minima and maxima of a row are kept side by side.
const LANES: usize = 64;

/// The range of the permitted costs of a matrix.
#[derive(Clone, Copy)]
pub(super) struct Range {
    least: i32,
    /// The greatest cost that is not forbidden, plus one: `i32::MIN` where there is none.
    end: i32,
}

impl Range {
    /// The range of no cost at all.
    pub const NONE: Self = Self {
        least: FORBIDDEN,
        end: i32::MIN,
    };

    /// The range of some costs.
    fn of(costs: &[i32]) -> Self {
        let mut least = [FORBIDDEN; LANES];
        for costs in costs.chunks(LANES) {
            for (least, &cost) in least.iter_mut().zip(costs) {
                *least = (*least).min(cost);
            }
        }
        Self::from(least.into_iter().fold(FORBIDDEN, Ord::min), costs)
    }

    /// The range of some costs, whose least is known.
    ///
    /// Adding one wraps a forbidden cost to the least number, and so out of the way of the greatest. The
    /// lanes are what a compiler turns into vector instructions.
    pub fn from(least: i32, costs: &[i32]) -> Self {
        let mut end = [i32::MIN; LANES];
        for costs in costs.chunks(LANES) {
            for (end, &cost) in end.iter_mut().zip(costs) {
                *end = (*end).max(cost.wrapping_add(1));
            }
        }
        Self {
            least,
            end: end.into_iter().fold(i32::MIN, Ord::max),
        }
    }

    /// The range of a whole matrix; one pass.
    pub fn of_all(matrix: &Matrix<'_>) -> Self {
        let parts = in_ranges(matrix.rows, matrix.columns, |rows| {
            rows.fold(Self::NONE, |range, row| range.and(Self::of(matrix.row(row))))
        });
        parts.into_iter().fold(Self::NONE, Self::and)
    }

    /// The range of all costs of both.
    pub fn and(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            end: self.end.max(other.end),
        }
    }

    /// The least and the greatest permitted cost.
    pub fn permitted(self) -> Option<(i32, i32)> {
        (self.least != FORBIDDEN).then(|| (self.least, self.end.wrapping_sub(1)))
    }
}

/// The least cost of each column, [`FORBIDDEN`] where all of it is, and the range of all; one pass.
pub(super) fn column_minima(matrix: &Matrix<'_>) -> (Vec<i32>, Range) {
    let parts = in_ranges(matrix.rows, matrix.columns, |rows| {
        let mut minima = vec![FORBIDDEN; matrix.columns];
        let mut end = vec![i32::MIN; matrix.columns];
        for row in rows {
            for ((least, end), &cost) in minima.iter_mut().zip(&mut end).zip(matrix.row(row)) {
                *least = (*least).min(cost);
                *end = (*end).max(cost.wrapping_add(1));
            }
        }
        (minima, end.into_iter().fold(i32::MIN, Ord::max))
    });
    let mut minima = vec![FORBIDDEN; matrix.columns];
    let mut end = i32::MIN;
    for (part, part_end) in parts {
        end = end.max(part_end);
        for (least, other) in minima.iter_mut().zip(part) {
            *least = (*least).min(other);
        }
    }
    let least = minima.iter().copied().fold(FORBIDDEN, Ord::min);
    (minima, Range { least, end })
}

/// Tells by a sample of rows whether all columns seem to have the same least cost.
pub(super) fn columns_are_alike(matrix: &Matrix<'_>) -> bool {
    let mut minima = vec![FORBIDDEN; matrix.columns];
    for row in (0..matrix.rows).step_by(matrix.rows.div_ceil(SAMPLE).max(1)) {
        for (least, &cost) in minima.iter_mut().zip(matrix.row(row)) {
            *least = (*least).min(cost);
        }
    }
    minima.windows(2).all(|pair| pair[0] == pair[1])
}
