//! The proof: what a matching costs, and what its prices say that any must cost at least.

use super::nearest::Reader;
use super::parallel::in_ranges;
use super::prices::Prices;
use super::survey::Range;
use super::{Matching, Matrix};

/// Adds up a matching and the bound that its prices prove; one pass over the whole matrix.
///
/// For any prices of at least 0, and any matching: each row pays at least `min(leave, min(cost + price))` less
/// the price of its column, if it has one, and no column is taken twice. So the sum of these minima less the
/// sum of the prices is a bound on the cost of all matchings.
pub(super) fn prove(
    matrix: &Matrix<'_>,
    leave: Option<&[i64]>,
    range: Range,
    columns: Vec<Option<u32>>,
    prices: Vec<i64>,
) -> Matching {
    let pairs = columns.iter().enumerate();
    let cost = pairs.map(|(row, column)| match (column, leave) {
        (Some(column), _) => i128::from(matrix.row(row)[*column as usize]),
        (None, Some(leave)) => i128::from(leave[row]),
        (None, None) => 0,
    });
    let cost = cost.sum();
    let prices = Prices::new(prices, range);
    let bound =
        sum_of_values(matrix, leave, &prices) - prices.all().iter().copied().map(i128::from).sum::<i128>();
    debug_assert_eq!(cost, bound, "the prices prove the matching");
    Matching {
        columns,
        prices: prices.into_all(),
        cost,
        bound,
    }
}

/// The sum of the least that each row must pay at these prices.
fn sum_of_values(matrix: &Matrix<'_>, leave: Option<&[i64]>, prices: &Prices) -> i128 {
    let parts = in_ranges(matrix.rows, matrix.columns, |rows| {
        let mut reader = Reader::default();
        let value = |row: usize| {
            let least = reader.least(matrix.row(row), prices);
            i128::from(leave.map_or(least, |leave| least.min(leave[row])))
        };
        rows.map(value).sum::<i128>()
    });
    parts.into_iter().sum()
}
