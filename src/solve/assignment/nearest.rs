//! For each row its nearest columns at the prices of some moment, and a bound on all the others.
//!
//! Prices only rise, so the bound holds until the list is made anew: nearly all that a search would read of
//! a row of thousands is found in a list of some sixteen.

use super::Matrix;
use super::lanes::{Lanes, Raw};
use super::parallel::in_ranges;
use super::prices::{Image, Prices};

/// A list has at least so many columns, where the row has them.
const WANTED: usize = 12;

/// A list has at most so many columns.
const AT_MOST: usize = 20;

/// One column near a row.
#[derive(Clone, Copy, Default)]
pub(super) struct Near {
    pub column: u32,
    pub cost: i32,
}

/// A row's nearest columns, and what bounds the others.
#[derive(Clone, Copy)]
pub(super) struct List {
    near: [Near; AT_MOST],
    length: usize,
    /// No permitted column beyond the list has less `cost + price`; `i64::MAX` if there is none.
    rest: i64,
}

/// The lists of all rows.
pub(super) struct Nearest {
    lists: Vec<List>,
    reader: Reader,
}

/// The best column of a row at the prices of now, and a bound on all others.
#[derive(Clone, Copy)]
pub(super) struct Best {
    pub column: u32,
    pub value: i64,
    /// No other column is worth less; `i64::MAX` if there is no other.
    pub second: i64,
    /// A column that is worth `second`, if one is known.
    pub second_column: Option<u32>,
}

impl Nearest {
    /// Makes the lists of all rows; one pass over the matrix.
    pub fn new(matrix: &Matrix<'_>, prices: &Prices) -> Self {
        let parts = in_ranges(matrix.rows, matrix.columns, |rows| {
            let mut reader = Reader::default();
            let make = |row: usize| reader.list(matrix.row(row), prices, row);
            rows.map(make).collect::<Vec<_>>()
        });
        Self::strung(parts.into_iter())
    }

    /// Strings lists together.
    pub fn strung(mut parts: impl Iterator<Item = Vec<List>>) -> Self {
        let mut lists = parts.next().unwrap_or_default();
        parts.for_each(|part| lists.extend(part));
        Self {
            lists,
            reader: Reader::default(),
        }
    }

    pub fn of(&self, row: usize) -> &[Near] {
        let list = &self.lists[row];
        &list.near[..list.length]
    }

    /// The bound on `cost + price` of all permitted columns that are not listed; `i64::MAX` if all are.
    pub fn rest(&self, row: usize) -> i64 {
        self.lists[row].rest
    }

    /// The best column of a row as far as its list tells: `None` if an unlisted one may be better.
    pub fn best(&self, row: usize, prices: &Prices) -> Option<Best> {
        let mut least = (i64::MAX, u32::MAX);
        let mut second = least;
        for near in self.of(row) {
            let pair = (
                i64::from(near.cost) + prices.of(near.column as usize),
                near.column,
            );
            if pair.0 < second.0 {
                (least, second) = if pair.0 < least.0 {
                    (pair, least)
                } else {
                    (least, pair)
                };
            }
        }
        let rest = self.rest(row);
        let is_known = least.0 <= rest && least.0 < i64::MAX;
        is_known.then(|| Best {
            column: least.1,
            value: least.0,
            second: second.0.min(rest),
            second_column: (second.0 <= rest && second.0 < i64::MAX).then_some(second.1),
        })
    }

    /// Makes the list of one row anew at the prices of now.
    pub fn renew(&mut self, row: usize, costs: &[i32], prices: &Prices) {
        self.lists[row] = self.reader.list(costs, prices, row);
    }

    /// Reads a whole row, which may be done where its list says too little.
    pub fn reader(&mut self) -> &mut Reader {
        &mut self.reader
    }
}

/// Reads whole rows in the form that the prices have.
#[derive(Default)]
pub(super) struct Reader {
    narrow: Lanes<i32>,
    wide: Lanes<i64>,
    raw: Lanes<Raw>,
}

impl Reader {
    /// Reads rows by cost alone, and the lengths that lists should have.
    pub fn raw(&mut self) -> (&mut Lanes<Raw>, (usize, usize)) {
        (&mut self.raw, (WANTED, AT_MOST))
    }

    fn list(&mut self, costs: &[i32], prices: &Prices, row: usize) -> List {
        let lengths = (WANTED, AT_MOST);
        match prices.image() {
            Image::Narrow { below, top, greatest } => {
                let rest = self.narrow.choose((costs, below), greatest, row, lengths);
                let rest = rest.map_or(i64::MAX, |rest| i64::from(rest) + top);
                List::new(costs, rest, &self.narrow.found)
            }
            Image::Wide { prices } => {
                let rest = self.wide.choose((costs, prices), i64::MAX - 1, row, lengths);
                List::new(costs, rest.unwrap_or(i64::MAX), &self.wide.found)
            }
        }
    }

    /// The best of all columns; `None` if all are forbidden.
    pub fn best(&mut self, costs: &[i32], prices: &Prices) -> Option<Best> {
        match prices.image() {
            Image::Narrow { below, top, greatest } => {
                let best = self.narrow.best_two(costs, below, greatest)?;
                let is_second = best.second <= greatest;
                Some(Best {
                    column: best.column,
                    value: i64::from(best.value) + top,
                    second: if is_second {
                        i64::from(best.second) + top
                    } else {
                        i64::MAX
                    },
                    second_column: None,
                })
            }
            Image::Wide { prices } => {
                let best = self.wide.best_two(costs, prices, i64::MAX - 1)?;
                Some(Best {
                    column: best.column,
                    value: best.value,
                    second: best.second,
                    second_column: None,
                })
            }
        }
    }

    /// The least `cost + price` of all columns; `i64::MAX` if all are forbidden.
    pub fn least(&mut self, costs: &[i32], prices: &Prices) -> i64 {
        match prices.image() {
            Image::Narrow { below, top, greatest } => {
                let least = self.narrow.least(costs, below);
                least
                    .filter(|key| *key <= greatest)
                    .map_or(i64::MAX, |key| i64::from(key) + top)
            }
            Image::Wide { prices } => self.wide.least(costs, prices).unwrap_or(i64::MAX),
        }
    }

    /// Calls `each` with every permitted column whose `cost + price` is below `bar`, and that value.
    pub fn below(&mut self, costs: &[i32], prices: &Prices, bar: i64, mut each: impl FnMut(u32, i64)) {
        match prices.image() {
            Image::Narrow { below, top, greatest } => {
                let past = greatest.saturating_add(1);
                let key =
                    i32::try_from(bar.saturating_sub(top)).unwrap_or(if bar > top { past } else { i32::MIN });
                self.narrow.below(costs, below, key.min(past));
                for &(key, column) in &self.narrow.found {
                    each(column, i64::from(key) + top);
                }
            }
            Image::Wide { prices } => {
                self.wide.below(costs, prices, bar);
                for &(key, column) in &self.wide.found {
                    each(column, key);
                }
            }
        }
    }
}

impl List {
    /// Lists the columns found in a row.
    pub fn new<K>(costs: &[i32], rest: i64, found: &[(K, u32)]) -> Self {
        let mut list = Self {
            near: [Near::default(); AT_MOST],
            length: found.len(),
            rest,
        };
        for (near, &(_, column)) in list.near.iter_mut().zip(found) {
            let cost = costs[column as usize];
            *near = Near { column, cost };
        }
        list
    }
}
