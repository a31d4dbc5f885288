//! The one place for units of points and weights.

use std::fmt;

/// Units in one point.
pub const POINT: i64 = 10_000;

/// Points in exact units: 10,000 a point, so that 100 points are 1,000,000 units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(pub i64);

impl Points {
    /// The score of a perfect pair: 100 points.
    pub const BEST: Self = Self(100 * POINT);

    /// Rounds points given as a number to units, half away from zero.
    #[expect(clippy::cast_possible_truncation, reason = "points are small")]
    pub fn from_number(points: f64) -> Self {
        Self((points * 10_000.0).round() as i64)
    }
}

impl fmt::Display for Points {
    /// Writes points with up to four decimals and no trailing zeros: `87.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let (whole, rest) = (units / POINT.unsigned_abs(), units % POINT.unsigned_abs());
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let decimals = format!("{rest:04}");
        write!(f, "{sign}{whole}.{}", decimals.trim_end_matches('0'))
    }
}

/// A weight in thousandths, at most 1,000,000,000 of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(pub u32);

impl Weight {
    /// The weight 1.
    pub const ONE: Self = Self(1000);
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Points(i64::from(self.0) * 10).fmt(f)
    }
}
