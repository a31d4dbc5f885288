//! Brings a problem into the form that the search wants, no more rows than columns, and its result back.

use super::bound::prove;
use super::pairing::{Leave, OUT, Pairing, Sides};
use super::survey::Survey;
use super::{FORBIDDEN, Matching, Matrix, NoMatching, index};

/// So many rows and columns of a block are turned at once.
const BLOCK: usize = 32;

/// Solves a problem with as many rows as columns such that all rows get a column.
///
/// Every column is needed, so prices may start anywhere, and start at the least cost of each column. `None`
/// if it pays to leave some row out: all prices can be raised by the same, but not so much that each is at
/// least 0 without some row's value passing what leaving it costs.
pub(super) fn complete(
    matrix: &Matrix<'_>,
    leave: Option<&[i64]>,
    survey: &Survey,
    patience: usize,
) -> Result<Option<Matching>, NoMatching> {
    if survey.column_least.contains(&FORBIDDEN) {
        return Err(NoMatching::Impossible);
    }
    let sides = Sides {
        rows: matrix.rows,
        columns: matrix.columns,
        costs: matrix.costs,
        leave: Leave::Never,
    };
    let start = survey.column_least.iter().map(|&cost| -i64::from(cost));
    let mut pairing = Pairing::new(&sides, start.collect(), survey);
    pairing.complete(survey, patience)?;
    let lowest = pairing.prices.all().iter().copied().min().unwrap_or(0);
    if let Some(leave) = leave {
        let mut rows = (0_u32..).zip(&pairing.column_of).zip(leave);
        if rows.any(|((row, &column), &leave)| pairing.value(row, column) - lowest > leave) {
            return Ok(None);
        }
    }
    let prices = pairing.prices.all().iter().map(|price| price - lowest);
    let columns = pairing.column_of.iter().map(|&column| Some(column));
    Ok(Some(prove(
        matrix,
        leave,
        survey,
        columns.collect(),
        prices.collect(),
    )))
}

/// Solves a problem with no more rows than columns.
pub(super) fn along(
    matrix: &Matrix<'_>,
    leave: Option<&[i64]>,
    survey: &Survey,
) -> Result<Matching, NoMatching> {
    let sides = Sides {
        rows: matrix.rows,
        columns: matrix.columns,
        costs: matrix.costs,
        leave: leave.map_or(Leave::Never, Leave::At),
    };
    let mut pairing = Pairing::new(&sides, vec![0; matrix.columns], survey);
    pairing.match_all()?;
    let columns = pairing
        .column_of
        .iter()
        .map(|&column| (column < OUT).then_some(column));
    let columns = columns.collect();
    let prices = pairing.prices.all().to_vec();
    Ok(prove(matrix, leave, survey, columns, prices))
}

/// Solves a problem with more rows than columns: the columns look for rows.
///
/// To a column a row is worth its cost less what leaving it out costs, and being free is worth 0. So rows
/// start at the price of minus their leave, where those end that no column takes; and what a column's place
/// is worth to it in the end is, turned round, its price.
pub(super) fn across(matrix: &Matrix<'_>, leave: &[i64], survey: &Survey) -> Result<Matching, NoMatching> {
    let turned = turned(matrix);
    let sides = Sides {
        rows: matrix.columns,
        columns: matrix.rows,
        costs: &turned,
        leave: Leave::Free,
    };
    let start = leave.iter().map(|leave| -leave).collect();
    let mut pairing = Pairing::new(&sides, start, survey);
    pairing.match_all()?;
    let mut columns = vec![None; matrix.rows];
    let mut prices = vec![0; matrix.columns];
    for (column, &row) in pairing.column_of.iter().enumerate() {
        if row < OUT {
            let column_number = index(column);
            columns[row as usize] = Some(column_number);
            prices[column] = -pairing.value(column_number, row);
        }
    }
    Ok(prove(matrix, Some(leave), survey, columns, prices))
}

/// The costs column by column.
fn turned(matrix: &Matrix<'_>) -> Vec<i32> {
    let mut turned = vec![0; matrix.costs.len()];
    for first_row in (0..matrix.rows).step_by(BLOCK) {
        for first_column in (0..matrix.columns).step_by(BLOCK) {
            for row in first_row..(first_row + BLOCK).min(matrix.rows) {
                let end = (first_column + BLOCK).min(matrix.columns);
                let costs = &matrix.row(row)[first_column..end];
                for (column, &cost) in (first_column..).zip(costs) {
                    turned[column * matrix.rows + row] = cost;
                }
            }
        }
    }
    turned
}
