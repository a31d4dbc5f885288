//! Prices for hard instances: an auction that is at first content with columns that are nearly best.
//!
//! Where shortest paths crawl, every new row moves the prices of nearly all columns by a little. The auction
//! moves them by at least `slack` at a time, and `slack` shrinks by a factor from phase to phase. In each
//! phase every row ends with a column that is at most `slack` worse than its best. It stops well before
//! `slack` is so small that the matching must be optimal: its prices, being integers, are all that is kept,
//! with the pairs that are best at them, and the few rows left over get their columns over shortest paths,
//! which are short now. So the result is as exact as without it.
//!
//! Prices of columns that end free would be wrong: it serves only where every column is needed.

use super::nearest::{Best, Nearest};
use super::pairing::{NONE, OUT, Pairing};

/// The first slack is the range of costs divided by this.
const FIRST_PART: i64 = 32;

/// From phase to phase slack is divided by this.
const STEP: i64 = 16;

/// The last slack is the range of costs, divided by the number of rows and by this.
const LAST_PART: i64 = 32;

/// A phase with more bids than this for each row is one that may never end: some rows can have no column.
const BIDS_PER_ROW: usize = 60;

/// A list is made anew for a row whose lists have lately been of use so many times.
const TRUST: u8 = 4;

/// Each use of a list outweighs so many reads of the row.
const USE: u8 = 2;

impl Pairing<'_> {
    /// Moves prices close to the best, and keeps the pairs that are best at them.
    pub fn scale(&mut self) {
        let (lowest, highest) = self.range.permitted().unwrap_or_default();
        let range = i64::from(highest) - i64::from(lowest);
        let rows = i64::try_from(self.matrix.rows).unwrap_or(i64::MAX);
        let end = (range / LAST_PART / rows).max(1);
        let mut slack = (range / FIRST_PART).max(end);
        let mut trust = vec![0; self.matrix.rows];
        loop {
            self.keep_within(slack);
            if self.auction(slack, &mut trust).is_none() || slack == end {
                break;
            }
            slack = (slack / STEP).max(end);
        }
        self.nearest = Nearest::new(&self.matrix, &self.prices);
        self.keep_within(0);
    }

    /// Takes away from each row a column that is not known to be within `slack` of its best.
    fn keep_within(&mut self, slack: i64) {
        for row in 0_u32.. {
            let Some(&column) = self.column_of.get(row as usize) else {
                break;
            };
            if column >= OUT {
                continue;
            }
            let listed = self.nearest.best(row as usize, &self.prices);
            let bound = listed.map_or(self.nearest.rest(row as usize), |best| best.value);
            if self.value(row, column) > bound.saturating_add(slack) {
                self.column_of[row as usize] = NONE;
                self.row_of[column as usize] = NONE;
            }
        }
    }

    /// Lets rows bid until all have a column that is within `slack` of their best; `None` if it gives up.
    fn auction(&mut self, slack: i64, trust: &mut [u8]) -> Option<()> {
        let mut waiting = self.waiting();
        let mut left = BIDS_PER_ROW * self.matrix.rows;
        while let Some(row) = waiting.pop() {
            left = left.checked_sub(1)?;
            let best = self.best_for_auction(row, &mut trust[row as usize])?;
            let above = if best.second < i64::MAX {
                best.second - best.value
            } else {
                0
            };
            let price = self.prices.of(best.column as usize) + above + slack;
            self.prices.raise(best.column as usize, price);
            let driven_out = self.give(best.column, row);
            if driven_out != NONE {
                waiting.push(driven_out);
            }
        }
        Some(())
    }

    /// The best column of a row: by its list, or by reading the row, with a new list only where lists
    /// have been of use, for making one costs as much as several reads.
    fn best_for_auction(&mut self, row: u32, trust: &mut u8) -> Option<Best> {
        let listed = self.nearest.best(row as usize, &self.prices);
        let rest = self.nearest.rest(row as usize);
        if let Some(best) = listed.filter(|best| best.value < rest) {
            *trust = trust.saturating_add(USE).min(TRUST * USE);
            return Some(best);
        }
        if *trust < TRUST {
            *trust += 1;
            let costs = self.matrix.row(row as usize);
            return self.nearest.reader().best(costs, &self.prices);
        }
        *trust = 0;
        self.renew(row);
        self.nearest.best(row as usize, &self.prices)
    }
}
