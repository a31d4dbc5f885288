//! The few functions that scoring needs beyond + − × ÷ √, as fixed polynomials: no library's rounding shows.

use std::f64::consts::{FRAC_PI_2, LN_2, PI};

/// Adding it to a number of moderate size leaves the nearest whole number in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// Rounds a number from 0 to below 2^31 half up, by additions alone so that a loop of it has no branches.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the low 32 bits hold the whole number"
)]
#[inline]
pub fn half_up(number: f64) -> i32 {
    let above = number + 0.5;
    let nearest = (above + ROUND) - ROUND;
    let floor = if nearest > above { nearest - 1.0 } else { nearest };
    (floor + ROUND).to_bits() as i32
}

/// Two to the power of `-t`, for `t` from 0; anything beyond 60 halvings counts as 60.
///
/// The Taylor polynomial of degree 10 on half a unit around 0: the error is below 1e-12.
#[inline]
pub fn halved(t: f64) -> f64 {
    /// ln(2)^k / k!, from k = 10 down to 0, for 2^x = e^(x ln 2).
    const FACTORIALS: [f64; 11] = [
        1.0 / 3_628_800.0,
        1.0 / 362_880.0,
        1.0 / 40_320.0,
        1.0 / 5_040.0,
        1.0 / 720.0,
        1.0 / 120.0,
        1.0 / 24.0,
        1.0 / 6.0,
        1.0 / 2.0,
        1.0,
        1.0,
    ];
    let t = if t < 60.0 { t } else { 60.0 };
    let rounded = t + ROUND;
    let whole = rounded - ROUND;
    let x = (whole - t) * LN_2;
    let mut sum = FACTORIALS[0];
    for factor in &FACTORIALS[1..] {
        sum = sum * x + factor;
    }
    // The low twelve bits of `rounded` are the whole number, so this is 2^-whole by its exponent.
    let scale = f64::from_bits(1023_u64.wrapping_sub(rounded.to_bits()) << 52);
    sum * scale
}

/// The arc sine of a number from 0 to 1, by the rational approximation of Sun's fdlibm (error below 1e-15).
#[inline]
pub fn asin(x: f64) -> f64 {
    const P: [f64; 6] = [
        3.479_331_075_960_212e-5,
        7.915_349_942_898_145e-4,
        -4.005_553_450_067_941e-2,
        2.012_125_321_348_629_3e-1,
        -3.255_658_186_224_009e-1,
        1.666_666_666_666_666_6e-1,
    ];
    const Q: [f64; 5] = [
        7.703_815_055_590_194e-2,
        -6.882_839_716_054_533e-1,
        2.020_945_760_233_505_7,
        -2.403_394_911_734_414,
        1.0,
    ];
    let far = x > 0.5;
    let square = if far { (1.0 - x) * 0.5 } else { x * x };
    let root = if far { square.sqrt() } else { x };
    let (mut above, mut below) = (P[0], Q[0]);
    for factor in &P[1..] {
        above = above * square + factor;
    }
    for factor in &Q[1..] {
        below = below * square + factor;
    }
    let angle = root + root * (square * above / below);
    if far { FRAC_PI_2 - 2.0 * angle } else { angle }
}

/// Sine and cosine of an angle in degrees within a turn, by Taylor polynomials on an eighth of a turn
/// (error below 1e-15).
pub fn sin_cos_degrees(degrees: f64) -> (f64, f64) {
    let mut quarter = 0_u8;
    let mut rest = degrees;
    while rest > 45.0 && quarter < 8 {
        rest -= 90.0;
        quarter += 1;
    }
    let mut turns = quarter;
    while rest < -45.0 && quarter < 8 {
        rest += 90.0;
        quarter += 1;
        turns += 3;
    }
    let x = rest * (PI / 180.0);
    let square = x * x;
    let (mut sin, mut cos) = (0.0, 0.0);
    let mut k = 17.0;
    while k > 1.0 {
        sin = (1.0 - sin) * square / (k * (k - 1.0));
        cos = (1.0 - cos) * square / ((k - 1.0) * (k - 2.0).max(1.0));
        k -= 2.0;
    }
    let (sin, cos) = (x - x * sin, 1.0 - cos);
    match turns % 4 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_are_rounded_up() {
        let rounded = [0.0, 0.49, 0.5, 1.5, 2.5, 7812.5, 999_999.5, 1e6].map(half_up);
        assert_eq!(rounded, [0, 0, 1, 2, 3, 7813, 1_000_000, 1_000_000]);
    }

    #[test]
    fn a_half_distance_halves() {
        assert!((halved(0.0) - 1.0).abs() < 1e-15);
        assert!((halved(1.0) - 0.5).abs() < 1e-15);
        assert!((halved(7.0) - 0.007_812_5).abs() < 1e-15);
        assert!(halved(1e300) < 1e-17);
    }

    proptest! {
        #[test]
        fn halving_agrees_with_the_library(t in 0.0..60.0_f64) {
            prop_assert!((halved(t) - (-t).exp2()).abs() < 1e-12);
        }

        #[test]
        fn sine_cosine_and_arc_sine_agree_with_the_library(degrees in -360.0..360.0_f64, x in 0.0..=1.0_f64) {
            let (sin, cos) = sin_cos_degrees(degrees);
            prop_assert!((sin - degrees.to_radians().sin()).abs() < 1e-14);
            prop_assert!((cos - degrees.to_radians().cos()).abs() < 1e-14);
            prop_assert!((asin(x) - x.asin()).abs() < 1e-14);
        }
    }
}
