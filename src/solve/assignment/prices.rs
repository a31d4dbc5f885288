//! The prices of the columns, exact, and an image of them in 32 bits for reads of whole rows.

use super::FORBIDDEN;
use super::lanes::Key;
use super::survey::Range;

/// What each column costs on top of its pair, exact and, where it fits, narrow.
///
/// Prices only rise: what was a lower bound on `cost + price` stays one.
pub(super) struct Prices {
    exact: Vec<i64>,
    narrow: Option<Narrow>,
}

/// How far each price lies below `top`: for every permitted pair `cost - below` fits into 32 bits, and that
/// of a forbidden pair is above all of them.
struct Narrow {
    top: i64,
    below: Vec<i32>,
    /// The greatest distance below `top` for which that holds.
    reach: i64,
    /// The greatest cost of a permitted pair, and so the greatest key.
    greatest: i32,
}

/// Prices in the form in which whole rows are read.
pub(super) enum Image<'a> {
    /// The key is `cost - below`, which is `top` less than `cost + price`; beyond `greatest`: forbidden.
    Narrow {
        below: &'a [i32],
        top: i64,
        greatest: i32,
    },
    /// The key is `cost + price`; the greatest number: forbidden.
    Wide { prices: &'a [i64] },
}

impl Prices {
    /// Starts with `prices`, one a column, for costs in a range.
    pub fn new(prices: Vec<i64>, range: Range) -> Self {
        let narrow = range.permitted().and_then(|(least, greatest)| {
            let over = i64::from(i32::MAX) - 1 - i64::from(greatest);
            let under = i64::from(least) - i64::from(i32::MIN);
            let reach = over.min(under).min(i64::from(i32::MAX));
            Narrow::new(&prices, reach, greatest)
        });
        Self {
            exact: prices,
            narrow,
        }
    }

    pub fn of(&self, column: usize) -> i64 {
        self.exact[column]
    }

    pub fn into_all(self) -> Vec<i64> {
        self.exact
    }

    pub fn all(&self) -> &[i64] {
        &self.exact
    }

    /// Raises the price of a column to `price`.
    pub fn raise(&mut self, column: usize, price: i64) {
        debug_assert!(price >= self.exact[column], "prices only rise");
        self.exact[column] = price;
        let Some(narrow) = &mut self.narrow else {
            return;
        };
        match i32::try_from(narrow.top - price) {
            Ok(below) if below >= 0 => narrow.below[column] = below,
            _ => self.narrow = Narrow::new(&self.exact, narrow.reach, narrow.greatest),
        }
    }

    pub fn image(&self) -> Image<'_> {
        match &self.narrow {
            Some(narrow) => Image::Narrow {
                below: &narrow.below,
                top: narrow.top,
                greatest: narrow.greatest,
            },
            None => Image::Wide { prices: &self.exact },
        }
    }
}

impl Narrow {
    /// Makes the image if the prices take up at most half of the reach, so that it serves for long.
    fn new(prices: &[i64], reach: i64, greatest: i32) -> Option<Self> {
        let lowest = prices.iter().copied().min()?;
        let highest = prices.iter().copied().max()?;
        if highest - lowest > reach / 2 {
            return None;
        }
        let top = lowest + reach;
        let below = prices.iter().map(|price| i32::try_from(top - price));
        Some(Self {
            top,
            below: below.collect::<Result<_, _>>().ok()?,
            reach,
            greatest,
        })
    }
}

impl Key for i32 {
    type Price = i32;
    const GREATEST: Self = i32::MAX;

    /// Never wraps: the reach of the image sees to it.
    fn of(cost: i32, below: i32) -> Self {
        cost.wrapping_sub(below)
    }

    fn next(self) -> Self {
        self.saturating_add(1)
    }
}

impl Key for i64 {
    type Price = i64;
    const GREATEST: Self = i64::MAX;

    fn of(cost: i32, price: i64) -> Self {
        if cost == FORBIDDEN {
            i64::MAX
        } else {
            i64::from(cost) + price
        }
    }

    fn next(self) -> Self {
        self.saturating_add(1)
    }
}
