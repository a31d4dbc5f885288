//! The two integer types that packed values are kept in.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

/// An integer that packed values are kept in: `i64` where they fit, else `i128`.
pub(super) trait Number:
    Copy
    + Ord
    + Debug
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
{
    /// Nothing.
    const ZERO: Self;
    /// "There is no such arc": far below every value, yet far from overflow when values are added to it.
    const NONE: Self;
    /// Distances from here on go over an arc that does not exist.
    const FAR: Self;
    /// Greater than every distance.
    const MOST: Self;
    /// No value of a problem exceeds this, in either direction.
    const LIMIT: i128;

    /// Narrows a value that the packing has shown to fit.
    fn of(wide: i128) -> Self;
    /// Widens.
    fn wide(self) -> i128;
    /// A count of units as a number.
    fn units(count: i64) -> Self;
    /// The whole multiples of a positive unit in it, rounded down, as far as they fit ±2³¹.
    fn in_units(self, unit: Self) -> i32;
    /// About the same number; prices to start from need no more.
    fn float(self) -> f64;
    /// The integer nearest to a number of moderate size.
    fn round(number: f64) -> Self;
}

impl Number for i64 {
    const ZERO: Self = 0;
    const NONE: Self = -(1 << 61);
    const FAR: Self = 1 << 60;
    const MOST: Self = i64::MAX;
    const LIMIT: i128 = 1 << 56;

    fn of(wide: i128) -> Self {
        Self::try_from(wide).expect("the packing checks that values fit")
    }
    fn wide(self) -> i128 {
        i128::from(self)
    }
    fn units(count: i64) -> Self {
        count
    }
    fn in_units(self, unit: Self) -> i32 {
        clamped(self.div_euclid(unit).into())
    }
    #[expect(clippy::cast_precision_loss, reason = "about the same number is asked for")]
    fn float(self) -> f64 {
        self as f64
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "saturates, and starts need no more"
    )]
    fn round(number: f64) -> Self {
        number.round() as i64
    }
}

impl Number for i128 {
    const ZERO: Self = 0;
    const NONE: Self = -(1 << 125);
    const FAR: Self = 1 << 124;
    const MOST: Self = i128::MAX;
    const LIMIT: i128 = 1 << 120;

    fn of(wide: i128) -> Self {
        wide
    }
    fn wide(self) -> i128 {
        self
    }
    fn units(count: i64) -> Self {
        count.into()
    }
    fn in_units(self, unit: Self) -> i32 {
        clamped(self.div_euclid(unit))
    }
    #[expect(clippy::cast_precision_loss, reason = "about the same number is asked for")]
    fn float(self) -> f64 {
        self as f64
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "saturates, and starts need no more"
    )]
    fn round(number: f64) -> Self {
        number.round() as i128
    }
}

fn clamped(wide: i128) -> i32 {
    let most = i128::from(i32::MAX);
    i32::try_from(wide.clamp(-most, most)).expect("clamped")
}
