//! What is known half-way: who has which column, at which prices.

use super::Matrix;
use super::nearest::{Best, Nearest};
use super::prices::Prices;
use super::start::Start;
use super::survey::Range;

/// Marks a row without column, or a column without row.
pub(super) const NONE: u32 = u32::MAX;

/// Marks a row that is left without a column for good.
pub(super) const OUT: u32 = u32::MAX - 1;

/// What it costs to leave a row without a column.
#[derive(Clone, Copy)]
pub(super) enum Leave<'a> {
    /// No row may be left out.
    Never,
    /// Each may, at no cost.
    Free,
    /// Each may, at its own cost.
    At(&'a [i64]),
}

impl Leave<'_> {
    /// What leaving the row out costs; `None` if it may not be.
    pub fn of(self, row: usize) -> Option<i64> {
        match self {
            Self::Never => None,
            Self::Free => Some(0),
            Self::At(costs) => Some(costs[row]),
        }
    }
}

/// A matching of some rows, with prices at which each of them has the best that it can.
///
/// A free column has the price that it had at the start, unless all columns are needed.
pub(super) struct Pairing<'a> {
    /// No more rows than columns.
    pub matrix: Matrix<'a>,
    pub leave: Leave<'a>,
    pub range: Range,
    pub prices: Prices,
    pub nearest: Nearest,
    /// The column of each row, [`NONE`] or [`OUT`].
    pub column_of: Vec<u32>,
    /// The row of each column, or [`NONE`].
    pub row_of: Vec<u32>,
}

impl<'a> Pairing<'a> {
    /// Starts with no row matched.
    pub fn new(matrix: &Matrix<'a>, leave: Leave<'a>, start: Start) -> Self {
        Self {
            matrix: *matrix,
            leave,
            range: start.range,
            prices: start.prices,
            nearest: start.nearest,
            column_of: vec![NONE; matrix.rows],
            row_of: vec![NONE; matrix.columns],
        }
    }

    /// The rows that have no column and are not left out either.
    pub fn waiting(&self) -> Vec<u32> {
        let rows = (0_u32..).zip(&self.column_of);
        rows.filter(|(_, column)| **column == NONE)
            .map(|(row, _)| row)
            .collect()
    }

    pub fn cost(&self, row: u32, column: u32) -> i32 {
        self.matrix.row(row as usize)[column as usize]
    }

    /// What a column is worth to a row: its cost and its price.
    pub fn value(&self, row: u32, column: u32) -> i64 {
        i64::from(self.cost(row, column)) + self.prices.of(column as usize)
    }

    /// Gives a column to a row and returns the row that had it, which now has none, or [`NONE`].
    pub fn give(&mut self, column: u32, row: u32) -> u32 {
        let before = std::mem::replace(&mut self.row_of[column as usize], row);
        if before != NONE {
            self.column_of[before as usize] = NONE;
        }
        self.column_of[row as usize] = column;
        before
    }

    pub fn renew(&mut self, row: u32) {
        let costs = self.matrix.row(row as usize);
        self.nearest.renew(row as usize, costs, &self.prices);
    }

    /// The best column of a row by its list, which is made anew if need be; `None` if the row has no column.
    pub fn best(&mut self, row: u32) -> Option<Best> {
        let listed = self.nearest.best(row as usize, &self.prices);
        listed.or_else(|| {
            self.renew(row);
            self.nearest.best(row as usize, &self.prices)
        })
    }
}
