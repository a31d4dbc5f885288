//! The linear assignment problem: at most one column to each row and one row to each column, at the least
//! sum of costs, for problems with few rows a column.
//!
//! # Problem
//!
//! A matrix of costs c(i, j), some pairs forbidden. Each row takes one column, or is left out at a cost of its
//! own if that is allowed; no column is taken twice. The sum of the costs is to be as small as can be. There may
//! be more columns than rows or more rows than columns, and costs may be negative.
//!
//! The dual problem: prices p(j) ≥ 0. A row's value v(i) is the least of its leave cost and all c(i, j) + p(j).
//! Σ v − Σ p bounds every matching from below, and is reached at the optimum; both sums are in the [`Matching`],
//! added anew over the whole matrix.
//!
//! # Principle
//!
//! Jonker and Volgenant's algorithm (1987), with lists in place of most reads of rows:
//!
//! 1. Where every column is needed (as many rows, and leaving one out costs more than any pair), prices start at
//!    the column minima (column reduction), else at 0.
//! 2. Each row gets a *list* of its 12 to 20 nearest columns by c + p and a bound on the rest. Prices only rise from
//!    here on, so the bound stays true: what a list says is exact until the bound is reached, and only then is the
//!    row read again. The proof does not lean on lists; it reads everything.
//! 3. Rows bid for columns (augmenting row reduction), a limited number of times.
//! 4. Rows that still wait get columns over shortest augmenting paths, on the lists. At equal distance a path ends at
//!    a free column.
//! 5. If the paths of a problem that needs every column read more than half as many rows as there are, it is a hard
//!    one (such as c(i, j) = i·j of Machol and Wien): prices are made by an ε-scaling auction first (Bertsekas 1988;
//!    Goldberg and Kennedy 1995), without its long exact end, for paths do that quickly (as in Orlin and Ahuja 1992).
//!
//! With more rows than columns the matrix is turned and columns look for rows.
//!
//! # Cost
//!
//! n rows ≤ m columns: two or three passes over the matrix on easy instances, so O(n·m), the proof included. At
//! worst O(n²·m) for the paths, like all of their kind. Memory: the matrix as given (once more if it is turned),
//! some 200 bytes a row and 40 a column. Whole rows are read by 32-bit keys in vector instructions as long as costs and
//! the spread of prices fit, else by 64 bits, about four times slower. Passes use up to four threads.
//!
//! # Ties and limits
//!
//! The same matching every time, on any number of threads; which of several optimal matchings it is depends on
//! the order of rows and columns. Leave costs are at most [`GREATEST_LEAVE`] either way; rows and columns fewer
//! than 2³¹. Step 5 needs as many rows as columns and no row left out: rectangular hard instances crawl.
//!
//! # Sources
//!
//! - R. Jonker, A. Volgenant: A shortest augmenting path algorithm for dense and sparse linear assignment problems,
//!   Computing 38 (1987), doi:10.1007/BF02278710.
//! - A. Volgenant: Linear and semi-assignment problems, a core oriented approach, Computers & Operations Research 23
//!   (1996), doi:10.1016/0305-0548(96)00010-X.
//! - D. P. Bertsekas: The auction algorithm, Annals of Operations Research 14 (1988), doi:10.1007/BF02186476.
//! - A. V. Goldberg, R. Kennedy: An efficient cost scaling algorithm for the assignment problem, Mathematical
//!   Programming 71 (1995), doi:10.1007/BF01585996.
//! - J. B. Orlin, R. K. Ahuja: New scaling algorithms for the assignment and minimum mean cycle problems,
//!   Mathematical Programming 54 (1992), doi:10.1007/BF01586040.

mod bidding;
mod bound;
mod lanes;
mod nearest;
mod order;
mod orient;
mod pairing;
mod parallel;
mod paths;
mod prices;
mod scaling;
mod start;
mod survey;
#[cfg(test)]
mod tests;

/// The cost that marks a pair that may not be.
pub const FORBIDDEN: i32 = i32::MAX;

/// The greatest that leaving a row out may cost, or bring.
pub const GREATEST_LEAVE: i64 = 1 << 60;

/// A matrix of costs, row by row.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    /// The number of rows.
    pub rows: usize,
    /// The number of columns.
    pub columns: usize,
    /// The cost of each pair, `columns` a row; [`FORBIDDEN`] where the pair may not be.
    pub costs: &'a [i32],
}

/// An optimal matching with its proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matching {
    /// The column of each row; `None` where the row is left out.
    pub columns: Vec<Option<u32>>,
    /// The price of each column: at least 0, and 0 where the column is free.
    pub prices: Vec<i64>,
    /// The cost of the matched pairs and of the rows left out.
    pub cost: i128,
    /// The bound that the prices prove: no matching costs less. Always equal to `cost`.
    pub bound: i128,
}

/// Why there is no matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoMatching {
    /// The rows cannot all have a column, and none may be left out.
    Impossible,
    /// A side has 2³¹ rows or columns or more, or leaving a row out costs more than [`GREATEST_LEAVE`].
    TooLarge,
}

impl Matrix<'_> {
    fn row(&self, row: usize) -> &[i32] {
        &self.costs[row * self.columns..(row + 1) * self.columns]
    }
}

/// Finds a matching of the least cost, with the prices that prove it.
///
/// `leave` holds what it costs to leave each row without a column; `None`: every row must have one.
///
/// # Errors
/// There is no matching, or numbers are too large: [`NoMatching`].
///
/// # Panics
/// `matrix.costs` has not `rows` times `columns` costs, or `leave` is given and not `rows` long.
pub fn solve(matrix: &Matrix<'_>, leave: Option<&[i64]>) -> Result<Matching, NoMatching> {
    solve_with(matrix, leave, matrix.rows / 2)
}

/// As [`solve`]; paths may read `patience` whole rows before scaling takes over.
fn solve_with(matrix: &Matrix<'_>, leave: Option<&[i64]>, patience: usize) -> Result<Matching, NoMatching> {
    assert_eq!(
        Some(matrix.costs.len()),
        matrix.rows.checked_mul(matrix.columns),
        "a cost for each pair"
    );
    assert!(
        leave.is_none_or(|leave| leave.len() == matrix.rows),
        "a leave cost for each row"
    );
    let marks_fit = |count: usize| u32::try_from(count).is_ok_and(|count| count < paths::MARK);
    let leaves_fit = leave.is_none_or(|leave| {
        leave
            .iter()
            .all(|leave| leave.unsigned_abs() <= GREATEST_LEAVE.unsigned_abs())
    });
    if !marks_fit(matrix.rows) || !marks_fit(matrix.columns) || !leaves_fit {
        return Err(NoMatching::TooLarge);
    }
    match leave {
        None if matrix.rows > matrix.columns => Err(NoMatching::Impossible),
        _ if matrix.rows == 0 || matrix.columns == 0 => {
            let (columns, prices) = (vec![None; matrix.rows], vec![0; matrix.columns]);
            Ok(bound::prove(matrix, leave, survey::Range::NONE, columns, prices))
        }
        Some(leave) if matrix.rows > matrix.columns => orient::across(matrix, leave),
        _ if matrix.rows == matrix.columns => orient::square(matrix, leave, patience),
        _ => orient::along(matrix, leave),
    }
}

/// A row's or column's number as it is kept.
fn index(number: usize) -> u32 {
    u32::try_from(number).expect("checked at entry: fewer than 2³¹ rows and columns")
}
