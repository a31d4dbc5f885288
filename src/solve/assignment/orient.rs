//! Brings a problem into the form that the search wants, no more rows than columns, and its result back.

use super::bound::prove;
use super::pairing::{Leave, NONE, OUT, Pairing};
use super::start::Start;
use super::survey::Range;
use super::{Matching, Matrix, NoMatching};

/// So many rows and columns of a block are turned at once.
const BLOCK: usize = 32;

/// Leave costs are drawn together to so many times the range of costs.
const PAIRS_APART: i64 = 4;

/// Solves a problem with as many rows as columns.
///
/// If leaving a row out costs no less than any pair, all rows are given a column first, and if that is best
/// it is done; a problem that needs every column is the easier one.
pub(super) fn square(
    matrix: &Matrix<'_>,
    leave: Option<&[i64]>,
    patience: usize,
) -> Result<Matching, NoMatching> {
    let start = Start::reduced(matrix);
    let greatest = start
        .range
        .permitted()
        .map_or(0, |(_, greatest)| i64::from(greatest));
    if leave.is_none_or(|leave| leave.iter().all(|leave| *leave >= greatest)) {
        match complete(matrix, leave, start, patience) {
            Ok(Some(matching)) => return Ok(matching),
            Err(impossible) if leave.is_none() => return Err(impossible),
            _ => {}
        }
    }
    along(matrix, leave)
}

/// Gives every row a column, out of as many.
///
/// `None` if it pays to leave some row out: all prices can be raised by the same, but not so much that each is at
/// least 0 without some row's value passing what leaving it costs.
fn complete(
    matrix: &Matrix<'_>,
    leave: Option<&[i64]>,
    start: Start,
    patience: usize,
) -> Result<Option<Matching>, NoMatching> {
    let range = start.range;
    let mut pairing = Pairing::new(matrix, Leave::Never, start);
    pairing.complete(patience)?;
    let lowest = pairing.prices.all().iter().copied().min().unwrap_or(0);
    if let Some(leave) = leave {
        let mut rows = (0_u32..).zip(&pairing.column_of).zip(leave);
        if rows.any(|((row, &column), &leave)| pairing.value(row, column) - lowest > leave) {
            return Ok(None);
        }
    }
    let prices = pairing.prices.all().iter().map(|price| price - lowest);
    let columns = pairing.column_of.iter().map(|&column| Some(column));
    let matching = prove(matrix, leave, range, columns.collect(), prices.collect());
    Ok(Some(matching))
}

/// Solves a problem with no more rows than columns.
pub(super) fn along(matrix: &Matrix<'_>, leave: Option<&[i64]>) -> Result<Matching, NoMatching> {
    let start = Start::level(matrix, 0);
    let range = start.range;
    let mut pairing = Pairing::new(matrix, leave.map_or(Leave::Never, Leave::At), start);
    pairing.match_all()?;
    let columns = pairing.column_of.iter();
    let columns = columns.map(|&column| (column < OUT).then_some(column)).collect();
    Ok(prove(matrix, leave, range, columns, pairing.prices.into_all()))
}

/// Solves a problem with more rows than columns: the columns look for rows.
///
/// To a column a row is worth its cost less what leaving it out costs, and being free is worth 0. So rows
/// start at the price of minus their leave, where those end that no column takes; and what a column has is
/// worth, turned round, its price.
///
/// Leave costs may be orders of magnitude apart, which makes reads of rows slow. They are drawn together first; if
/// every row that this has cheapened has a column in the end, and every row that it has made dearer has none, all other
/// matchings have come off at least as well by it, and so the matching is the best for the true costs too.
pub(super) fn across(matrix: &Matrix<'_>, leave: &[i64]) -> Result<Matching, NoMatching> {
    let costs = turned(matrix);
    let turned = Matrix {
        rows: matrix.columns,
        columns: matrix.rows,
        costs: &costs,
    };
    let range = Range::of_all(matrix);
    let drawn = drawn_together(leave, matrix.columns, range);
    let mut pairing = take_rows(&turned, &drawn, range)?;
    let has_column = |row: usize| pairing.row_of[row] != NONE;
    let mut rows = leave.iter().zip(&drawn).enumerate();
    let is_best = rows.all(|(row, (leave, drawn))| leave == drawn || has_column(row) == (leave > drawn));
    if !is_best {
        pairing = take_rows(&turned, leave, range)?;
    }
    let columns = pairing.row_of.iter();
    let columns = columns
        .map(|&column| (column != NONE).then_some(column))
        .collect();
    let mut prices = vec![0; matrix.columns];
    for ((column, &row), price) in (0_u32..).zip(&pairing.column_of).zip(&mut prices) {
        if row < OUT {
            *price = -pairing.value(column, row);
        }
    }
    Ok(prove(matrix, Some(leave), range, columns, prices))
}

/// Lets columns, which are the rows of a turned matrix, take rows.
fn take_rows<'a>(turned: &Matrix<'a>, leave: &[i64], range: Range) -> Result<Pairing<'a>, NoMatching> {
    let prices = leave.iter().map(|leave| -leave).collect();
    let mut pairing = Pairing::new(turned, Leave::Free, Start::at(turned, prices, range));
    pairing.match_all()?;
    Ok(pairing)
}

/// Leave costs no farther than some pairs' costs from that of the last row for which there is a column.
fn drawn_together(leave: &[i64], columns: usize, range: Range) -> Vec<i64> {
    let mut ranked = leave.to_vec();
    let (_, last, _) = ranked.select_nth_unstable_by(columns - 1, |one, other| other.cmp(one));
    let (lowest, highest) = range.permitted().unwrap_or_default();
    let margin = PAIRS_APART * (i64::from(highest) - i64::from(lowest) + 1);
    let together = *last - margin..=*last + margin;
    leave
        .iter()
        .map(|leave| *leave.clamp(together.start(), together.end()))
        .collect()
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
