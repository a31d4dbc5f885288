//! Where prices start, and the lists of all rows at these prices.

use super::lanes::Raw;
use super::nearest::{List, Nearest, Reader};
use super::parallel::in_ranges;
use super::prices::Prices;
use super::survey::{Range, column_minima, columns_are_alike};
use super::{FORBIDDEN, Matrix};

/// Prices with the lists of all rows.
pub(super) struct Start {
    pub prices: Prices,
    pub nearest: Nearest,
    pub range: Range,
}

impl Start {
    /// Starts all columns at the same price; one pass over the matrix.
    pub fn level(matrix: &Matrix<'_>, price: i64) -> Self {
        let parts = in_ranges(matrix.rows, matrix.columns, |rows| {
            let mut reader = Reader::default();
            let no_prices = vec![(); matrix.columns];
            let mut range = Range::NONE;
            let make = |row: usize| {
                let costs = matrix.row(row);
                let (lanes, lengths) = reader.raw();
                let rest = lanes.choose((costs, &no_prices), Raw(FORBIDDEN - 1), row, lengths);
                range = range.and(Range::from(lanes.lowest().0, costs));
                let rest = rest.map_or(i64::MAX, |Raw(cost)| i64::from(cost) + price);
                List::new(costs, rest, &lanes.found)
            };
            (rows.map(make).collect::<Vec<_>>(), range)
        });
        let ranges = parts.iter().map(|(_, range)| *range);
        let range = ranges.fold(Range::NONE, Range::and);
        Self {
            prices: Prices::new(vec![price; matrix.columns], range),
            nearest: Nearest::strung(parts.into_iter().map(|(lists, _)| lists)),
            range,
        }
    }

    /// Starts where each column's least `cost + price` is 0 (column reduction), which is for problems that
    /// need every column; two passes over the matrix, or one if columns are alike.
    pub fn reduced(matrix: &Matrix<'_>) -> Self {
        if columns_are_alike(matrix) {
            return Self::level(matrix, 0);
        }
        let (minima, range) = column_minima(matrix);
        let prices = minima.into_iter().map(|cost| -i64::from(cost));
        Self::at(matrix, prices.collect(), range)
    }

    /// Starts at given prices; one pass over the matrix, the range of whose costs is known.
    pub fn at(matrix: &Matrix<'_>, prices: Vec<i64>, range: Range) -> Self {
        let prices = Prices::new(prices, range);
        Self {
            nearest: Nearest::new(matrix, &prices),
            prices,
            range,
        }
    }
}
