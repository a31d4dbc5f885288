//! Numbers of ours as they are printed everywhere, written without detours for files of a million rows.

use crate::model::{POINT, Points};
use std::fmt::Write as _;

/// Below it ten times a number is off by less than a hundredth of [`NEAR`]: 2³².
const MOST: f64 = 4_294_967_296.0;
/// How near to the middle of two tenths a number is left to the library.
const NEAR: f64 = 1e-3;

/// Writes points as they print themselves: up to four decimals, no trailing zeros.
pub fn points(points: Points, out: &mut String) {
    if points.0 < 0 {
        out.push('-');
    }
    let units = points.0.unsigned_abs();
    whole(units / POINT.unsigned_abs(), out);
    let mut rest = units % POINT.unsigned_abs();
    if rest == 0 {
        return;
    }
    out.push('.');
    while rest > 0 {
        rest *= 10;
        out.push(digit(rest / POINT.unsigned_abs()));
        rest %= POINT.unsigned_abs();
    }
}

/// Writes a number to one decimal, as `{:.1}` does.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is not negative and below 2^36"
)]
pub fn tenths(number: f64, out: &mut String) {
    let tenths = number * 10.0;
    let below = tenths.floor();
    let over = tenths - below;
    // What is no number fails each of these.
    let sure = number.is_sign_positive() && number < MOST && (over - 0.5).abs() >= NEAR;
    if !sure {
        let _ = write!(out, "{number:.1}");
        return;
    }
    let nearest = below as u64 + u64::from(over > 0.5);
    whole(nearest / 10, out);
    out.push('.');
    out.push(digit(nearest % 10));
}

fn whole(mut number: u64, out: &mut String) {
    let mut digits = ['0'; 20];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = digit(number % 10);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(&digits[first..]);
}

fn digit(of: u64) -> char {
    char::from(b'0' + (of % 10) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(units: i64, number: f64) {
        let (mut of_points, mut of_tenths) = (String::new(), String::new());
        points(Points(units), &mut of_points);
        tenths(number, &mut of_tenths);
        assert_eq!(of_points, Points(units).to_string());
        assert_eq!(of_tenths, format!("{number:.1}"));
    }

    #[test]
    fn ends_and_middles_are_written_as_the_library_does() {
        for number in [
            0.0,
            -0.0,
            0.05,
            0.15,
            0.25,
            0.95,
            99.95,
            1e300,
            f64::NAN,
            f64::INFINITY,
            -3.21,
        ] {
            check(0, number);
        }
        for units in [
            i64::MIN,
            -1,
            -10_000,
            1,
            10,
            100,
            1000,
            999_999,
            1_000_000,
            i64::MAX,
        ] {
            check(units, 0.0);
        }
    }

    proptest! {
        #[test]
        fn any_number_is_written_as_the_library_does(
            units in prop_oneof![any::<i64>(), 0..1_000_000i64],
            number in prop_oneof![0.0..20_100.0_f64, (0..400_000u32).prop_map(|at| f64::from(at) / 20.0), any::<f64>()],
        ) {
            check(units, number);
        }
    }
}
