//! The first part: rows bid for their best columns, as in the augmenting row reduction of Jonker and
//! Volgenant.
//!
//! A row takes its best column and raises the price by what the column is better than the row's second
//! best: the row still has its best, and whoever is driven out bids next.

use super::pairing::{NONE, OUT, Pairing};

/// So many times the rows without a column are gone through; then paths are shorter.
const PASSES: usize = 8;

/// So many bids are made for each row on average at the most.
const BIDS_PER_ROW: usize = 12;

impl Pairing<'_> {
    /// Lets rows bid until all have a column or bidding has taken its time.
    pub fn bid(&mut self) {
        let mut waiting = self.waiting();
        let mut left = BIDS_PER_ROW * waiting.len();
        for _ in 0..PASSES {
            let mut driven_out = Vec::new();
            for row in waiting {
                let mut bidder = row;
                while bidder != NONE && left > 0 {
                    left -= 1;
                    bidder = self.bid_of(bidder, &mut driven_out);
                }
            }
            waiting = driven_out;
            if left == 0 {
                break;
            }
        }
    }

    /// Makes the bid of one row, and returns the row that it drives out and that bids next.
    ///
    /// A row driven out at an unchanged price would take the column back: it waits for the next pass.
    fn bid_of(&mut self, row: u32, next_pass: &mut Vec<u32>) -> u32 {
        let Some(best) = self.best(row) else {
            return NONE;
        };
        let leave = self.leave.of(row as usize).unwrap_or(i64::MAX);
        if leave <= best.value {
            self.column_of[row as usize] = OUT;
            return NONE;
        }
        let second = best.second.min(leave);
        if second > best.value {
            if second < i64::MAX {
                let price = self.prices.of(best.column as usize) + (second - best.value);
                self.prices.raise(best.column as usize, price);
            }
            return self.give(best.column, row);
        }
        let column = self.free_at(row, best.value).or(best.second_column);
        let driven_out = self.give(column.unwrap_or(best.column), row);
        if driven_out != NONE {
            next_pass.push(driven_out);
        }
        NONE
    }

    /// A free column that is worth `value` to a row, from its list.
    fn free_at(&self, row: u32, value: i64) -> Option<u32> {
        let is_free = |column: u32| self.row_of[column as usize] == NONE;
        let mut listed = self.nearest.of(row as usize).iter().map(|near| near.column);
        listed.find(|&column| is_free(column) && self.value(row, column) == value)
    }
}
